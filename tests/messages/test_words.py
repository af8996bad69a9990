"""Values as WeChat takes them; the simulator, written apart, takes every one of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from integrations import templates as wire
from integrations.templates import TYPES, template_of
from integrations.wxsim.messages import SHAPES
from models.base import Fen
from models.messages import MessageKind
from server.settings import Settings
from server.templates import FIELDS, template_faults

WHEN = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
ID = "aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789_-aBcDe"


@pytest.mark.parametrize(
    ("type", "value", "said"),
    [
        ("thing", "昭通苹果", "昭通苹果"),
        ("thing", "昭通苹果一二三四五六七八九十一二三四五六", "昭通苹果一二三四五六七八九十一二三四五六"),
        ("thing", "昭通苹果一二三四五六七八九十一二三四五六七", "昭通苹果一二三四五六七八九十一二三四五…"),
        ("thing", "第一行\n第二行\t三\u200b", "第一行 第二行 三"),
        ("thing", "🍎" * 11, "🍎" * 9 + "…"),
        ("thing", "  \n", "无"),
        ("thing", Fen(1230), "¥12.30"),
        ("thing", WHEN, "2026年11月22日 10:00"),
        ("character_string", "ZT2026-1122", "ZT2026-1122"),
        ("character_string", "单号 ZT 1", "ZT1"),
        ("character_string", "A" + "1" * 32, "1" * 32),
        ("character_string", "苹果", "-"),
        ("amount", Fen(0), "¥0.00"),
        ("amount", Fen(3980), "¥39.80"),
        ("amount", Fen(9_999_999_999), "¥99999999.99"),
        ("number", Fen(3980), "39.80"),
        ("number", "共 12 件", "12"),
        ("number", "", "0"),
        ("phrase", "同意退货", "同意退货"),
        ("phrase", "换货已经寄出了", "换货已经寄"),
        ("phrase", "OK！", "无"),
        ("name", "昭通苹果园合作社一二三四", "昭通苹果园合作社一二"),
        ("name", "Zhaotong Apple Orchard Ltd", "Zhaotong Apple Orcha"),
        ("phone_number", "138 0000-0001 转 1", "1380000-00011"),
        ("time", WHEN, "2026年11月22日 10:00"),
        ("time", datetime(2026, 12, 31, 16, 5, tzinfo=UTC), "2027年1月1日 00:05"),
        ("date", WHEN, "2026年11月22日"),
    ],
)
def test_values_are_written_as_wechat_takes_them(type: str, value: object, said: str) -> None:
    assert TYPES[type](value) == said
    assert SHAPES[type].fullmatch(said)


@pytest.mark.parametrize("value", [Fen(-1), Fen(10_000_000_000), 39.8, "39.80"])
def test_an_amount_that_does_not_fit_is_refused_and_not_cut(value: object) -> None:
    with pytest.raises(ValueError, match="no amount"):
        wire.amount(value)


@given(st.text(max_size=60))
def test_whatever_a_text_holds_it_is_taken(text: str) -> None:
    for type in ("thing", "character_string", "phrase", "number", "phone_number"):
        said = TYPES[type](text)
        assert SHAPES[type].fullmatch(said), (type, text)
        assert len(said.encode("utf-16-le")) <= 64


@given(st.integers(0, 9_999_999_999))
def test_every_amount_is_taken(fen: int) -> None:
    assert SHAPES["amount"].fullmatch(wire.amount(Fen(fen)))


def test_a_template_says_where_each_word_stands() -> None:
    usual = template_of(MessageKind.REFUND, ID)
    said = {"number": "ZT1", "goods": "苹果", "amount": Fen(100), "time": WHEN}
    assert usual.data(said)["amount3"] == {"value": "¥1.00"}
    other = template_of(MessageKind.REFUND, f"{ID} amount=amount12 goods=thing7")
    assert other.data(said) == {"amount12": {"value": "¥1.00"}, "thing7": {"value": "苹果"}}


@pytest.mark.parametrize(
    "text",
    [
        "short",
        f"{ID} amount",
        f"{ID} amount=thing",
        f"{ID} amount=phrase1",
        f"{ID} colour=thing1",
        f"{ID} amount=thing1 goods=thing1",
        f"{ID} goods=thing1 goods=thing2",
        f"{ID} goods=picture1",
        f"{ID} goods=thing0",
    ],
)
def test_a_template_that_cannot_be_filled_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        template_of(MessageKind.REFUND, text)


# ------------------------------------------------------------------------------------------------ settings
ONE, OTHER = "A" * 43, "B" * 43


def faults(settings: Settings, env: str = "development", **given: str) -> list[str]:
    named = {f"wechat_template_{kind}": id for kind, id in given.items()}
    return template_faults(settings.model_copy(update=dict.fromkeys(FIELDS, "") | named), env)


def test_no_template_is_of_two_kinds(settings: Settings) -> None:
    assert faults(settings, shipped=ONE, refund=OTHER) == []
    assert len(faults(settings, shipped=ONE, refund=ONE)) == 2


def test_without_the_push_nothing_could_be_counted(settings: Settings) -> None:
    deaf = settings.model_copy(update={"wechat_push_token": SecretStr("")})
    assert ["WECHAT_PUSH_TOKEN" in fault for fault in faults(deaf, shipped=ONE)] == [True]
    assert faults(deaf) == []


def test_the_simulators_are_not_for_production(settings: Settings) -> None:
    simulated = "SIMULATED_" + "C" * 33
    assert faults(settings, shipped=simulated) == []
    assert [fault.partition(" ")[0] for fault in faults(settings, "production", shipped=simulated)] == [
        "WECHAT_TEMPLATE_SHIPPED"
    ]
