"""What keeps goods from being published: blocked categories, papers, attributes, words; and how words are found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain import catalog, policies
from domain.base import Conflict, Invalid, NotFound, Viewer, WrongState, clock
from domain.catalog.publication import MerchantStep
from domain.catalog.seasons import window_text
from domain.policies.words import Rule, find, folded
from models.base import new_id
from models.catalog import ProductState
from models.merchants import MerchantKind
from models.policies import AttributeKind, PaperKind, WordSeverity
from tests.factories.catalog import category, picture, product
from tests.factories.merchants import merchant, operator, shopkeeper


async def shelf(database: Any, **values: Any) -> tuple[Viewer, UUID, UUID, UUID]:
    """An owner, a root, a leaf below it, and a draft that is complete."""
    shop = await merchant(database, **values)
    root = await category(database)
    leaf = await category(database, parent_id=root)
    made = await product(
        database, shop, category_id=leaf, state=ProductState.DRAFT, published_at=None, title="洒渔苹果脆甜"
    )
    return shopkeeper(shop), root, leaf, made.id


async def submit(database: Any, viewer: Viewer, id: UUID) -> None:
    async with database.begin() as uow:
        await catalog.move_by_merchant(uow, viewer, id, MerchantStep.SUBMIT)


async def ruled(database: Any, id: UUID, **values: Any) -> None:
    async with database.begin() as uow:
        await policies.save_policy(uow, operator(), id, policies.PolicyWanted(**values))


async def shown(database: Any, viewer: Viewer, kind: PaperKind, expires_on: date | None, approve: bool = True) -> None:
    wanted = policies.PaperWanted(
        kind, f"JY-{new_id()}", await picture(database, merchant_id=viewer.shop_id), expires_on
    )
    async with database.begin() as uow:
        id = await policies.show_paper(uow, viewer, wanted)
        await policies.decide_paper(uow, operator(), id, approve, "照片不清楚" if not approve else "")


# ------------------------------------------------------------------------------------------------ categories, papers
async def test_nothing_below_a_blocked_category_is_published(database: Any) -> None:
    owner, root, _, id = await shelf(database)
    await ruled(database, root, blocked_reason="野生动物不得出售")
    with pytest.raises(policies.CategoryBlocked, match="野生动物"):
        await submit(database, owner, id)


@pytest.mark.parametrize("kind", list(MerchantKind))
@pytest.mark.parametrize("sellers", [(), (MerchantKind.COMPANY, MerchantKind.COOPERATIVE)])
async def test_papers_are_asked_of_whom_the_rule_says(database: Any, kind: MerchantKind, sellers: Any) -> None:
    owner, root, _, id = await shelf(database, kind=kind)
    need = policies.PaperNeed((PaperKind.FOOD_BUSINESS, PaperKind.PREPACKAGED_FILING), "食品安全法 35", sellers)
    await ruled(database, root, papers=(need,))
    if sellers and kind not in sellers:
        return await submit(database, owner, id)
    with pytest.raises(policies.PapersMissing, match="食品经营许可证或仅销售预包装食品备案"):
        await submit(database, owner, id)
    await shown(database, owner, PaperKind.PREPACKAGED_FILING, clock.today())
    await submit(database, owner, id)


@pytest.mark.parametrize("state", ["expired", "rejected", "another's", "of another kind"])
async def test_a_paper_that_is_not_good_does_not_count(database: Any, state: str) -> None:
    owner, root, _, id = await shelf(database)
    await ruled(database, root, papers=(policies.PaperNeed((PaperKind.ORGANIC,), "有机认证"),))
    holder = shopkeeper(await merchant(database)) if state == "another's" else owner
    kind = PaperKind.ALCOHOL if state == "of another kind" else PaperKind.ORGANIC
    await shown(database, holder, kind, clock.today() if state == "expired" else None, approve=state != "rejected")
    if state == "expired":
        clock.advance(timedelta(days=2))
    try:
        with pytest.raises(policies.PapersMissing):
            await submit(database, owner, id)
    finally:
        clock.reset()


async def test_a_paper_is_decided_once_and_shown_once(database: Any) -> None:
    owner = shopkeeper(await merchant(database))
    wanted = policies.PaperWanted(PaperKind.ORGANIC, "OR-0001", await picture(database, merchant_id=owner.shop_id))
    async with database.begin() as uow:
        id = await policies.show_paper(uow, owner, wanted)
    with pytest.raises(Conflict):
        async with database.begin() as uow:
            await policies.show_paper(uow, owner, wanted)
    async with database.begin() as uow:
        await policies.decide_paper(uow, operator(), id, True, "")
    with pytest.raises(WrongState):
        async with database.begin() as uow:
            await policies.decide_paper(uow, operator(), id, False, "再想想")


# ------------------------------------------------------------------------------------------------ attributes
async def attribute(database: Any, at: UUID, name: str, kind: AttributeKind, **values: Any) -> UUID:
    async with database.begin() as uow:
        wanted = policies.AttributeWanted(name, kind, **values)
        return await policies.save_attribute(uow, operator(), None, at, wanted)


async def said(database: Any, at: UUID, id: UUID, value: str) -> str:
    async with database.read() as session:
        return (await policies.checked_values(session, at, [policies.Said(id, value)]))[id]


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("NUMBER", "80", "80"),
        ("NUMBER", "80.500", "80.5"),
        ("NUMBER", "0", "0"),
        ("NUMBER", "1e2", "100"),
        ("NUMBER", "-1", None),
        ("NUMBER", "NaN", None),
        ("NUMBER", "Infinity", None),
        ("NUMBER", "80mm", None),
        ("NUMBER", "0.0001", None),
        ("NUMBER", "1e30", None),
        ("ENUM", "人工", "人工"),
        ("ENUM", "机器", None),
        ("BOOLEAN", "true", "true"),
        ("BOOLEAN", "是", None),
        ("TEXT", "  沙壤土 ", "沙壤土"),
        ("TEXT", " ", None),
        ("TEXT", "x" * 121, None),
    ],
)
async def test_values_have_one_form(database: Any, kind: str, value: str, kept: str | None) -> None:
    at = await category(database)
    id = await attribute(database, at, "属性", AttributeKind(kind), options=("人工",) if kind == "ENUM" else ())
    if kept is None:
        with pytest.raises(Invalid):
            await said(database, at, id, value)
    else:
        assert await said(database, at, id, value) == kept


async def test_a_leaf_asks_what_those_above_it_ask(database: Any) -> None:
    owner, root, leaf, id = await shelf(database)
    size = await attribute(database, root, "果径", AttributeKind.NUMBER, unit="mm", required=True)
    await attribute(database, leaf, "采摘", AttributeKind.ENUM, options=("人工",))
    async with database.read() as session:
        assert [row["name"] for row in await policies.asked_in(session, leaf)] == ["果径", "采摘"]
        assert [row["name"] for row in await policies.asked_in(session, root)] == ["果径"]
    with pytest.raises(policies.AttributesMissing, match="果径"):
        await submit(database, owner, id)
    async with database.begin() as uow:
        form = await catalog.as_wanted(uow.session, id)
        await catalog.save_product(uow, owner, id, replace(form, attributes=(policies.Said(size, "80"),)))
    await submit(database, owner, id)
    async with database.begin() as uow:
        await policies.retire_attribute(uow, operator(), size)
    with pytest.raises(NotFound):
        async with database.begin() as uow:
            await policies.retire_attribute(uow, operator(), size)


# ------------------------------------------------------------------------------------------------ words
def rule(word: str, severity: str = "BLOCK", *harmless: str, paper: PaperKind | None = None) -> Rule:
    return Rule(UUID(int=1), word, "原因", "依据", WordSeverity(severity), tuple(map(folded, harmless)), paper)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全网最甜的苹果", True),
        ("全网 最 甜", True),
        ("全网最·甜", True),
        ("全网最\u200b甜", True),
        ("最小起订量 3 箱", False),
        ("最小起订量 3 箱，最甜", True),
        ("最 小 起 订 量", False),
        ("小起订量", False),
    ],
)
def test_a_word_is_found_however_it_is_written(text: str, found: bool) -> None:
    assert bool(find([rule("最", "BLOCK", "最小起订量")], {"title": text})) is found


@pytest.mark.parametrize(
    ("severity", "field", "blocks"),
    [
        ("BLOCK", "description", True),
        ("BLOCK_IN_TITLE", "title", True),
        ("BLOCK_IN_TITLE", "description", False),
        ("WARN", "title", False),
    ],
)
def test_how_strict_a_rule_is(severity: str, field: str, blocks: bool) -> None:
    assert [each.blocks for each in find([rule("极品", severity)], {field: "极品苹果"})] == [blocks]


def test_a_paper_allows_its_word() -> None:
    known = [rule("有机", paper=PaperKind.ORGANIC)]
    assert find(known, {"title": "有机苹果"}, {"ORGANIC"}) == []
    assert find(known, {"title": "有机苹果"}, {"ALCOHOL"})


async def test_a_forbidden_word_is_named_with_its_reason_until_a_reviewer_allows_it(database: Any) -> None:
    owner, _, _, id = await shelf(database)
    async with database.begin() as uow:
        wanted = policies.WordWanted("脆甜", "示例原因", "广告法 9(3)", WordSeverity.BLOCK)
        word = await policies.save_word(uow, operator(), None, wanted)
    with pytest.raises(policies.ForbiddenWords, match="“脆甜”（示例原因，广告法 9\\(3\\)）") as refused:
        await submit(database, owner, id)
    assert refused.value.field == "title"
    with pytest.raises(Invalid):
        async with database.begin() as uow:
            await policies.except_word(uow, operator(), id, word, "")
    async with database.begin() as uow:
        await policies.except_word(uow, operator(), id, word, "品种登记名称就是脆甜")
    await submit(database, owner, id)


# ------------------------------------------------------------------------------------------------ seasons
@pytest.mark.parametrize(
    ("begins", "ends", "day", "today", "text"),
    [
        (10, 12, 15, date(2026, 10, 14), "10月15日起"),
        (10, 12, 15, date(2026, 10, 15), "应季中"),
        (10, 12, None, date(2026, 10, 1), "应季中"),
        (10, 12, None, date(2026, 9, 30), "10月起"),
        (11, 2, 20, date(2027, 1, 5), "应季中"),
        (11, 2, 20, date(2026, 11, 19), "11月20日起"),
        (None, None, None, date(2026, 1, 1), "全年供应"),
    ],
)
def test_what_a_buyer_reads_of_the_season(begins: Any, ends: Any, day: Any, today: date, text: str) -> None:
    assert window_text(begins, ends, day, today) == text
