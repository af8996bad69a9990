"""The order of the steps, what each counts from, and what it says when it takes nothing off."""

from __future__ import annotations

import inspect
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.pricing import (
    Benefits,
    Coupon,
    Freight,
    FreightStep,
    GiftCard,
    NodeKind,
    Points,
    Priced,
    PriceNode,
    Reduction,
    Scope,
    SpecialPrice,
    Tier,
    flat,
    of_trade,
    price,
)
from models.pricing import Party, ShareKind
from tests.pricing.carts import CATEGORIES, MERCHANTS, SKUS, SOURCES, FlatFreight, Goods, Wanted, goods

FREE = FlatFreight(0, 0)
OTHERS = Scope(category_ids=frozenset({CATEGORIES[5]}))


def priced(*wanted: Wanted, freight: FlatFreight = FREE, **benefits: Any) -> Priced[Goods]:
    return price(wanted, freight, Benefits(**benefits))


def kinds(found: Priced[Goods]) -> list[tuple[ShareKind, int]]:
    return [(share.kind, share.amount) for line in found.lines for share in line.shares]


def notes(found: Priced[Goods]) -> list[str | None]:
    return [node.note for _, node in flat(of_trade(found)) if node.kind is NodeKind.UNUSED]


def node(found: Priced[Goods], kind: NodeKind) -> PriceNode:
    return next(node for _, node in flat(of_trade(found)) if node.kind is kind)


def test_every_step_counts_from_what_the_one_before_left() -> None:
    found = priced(
        goods(1, 10_000, 2),
        freight=FlatFreight(800, 15_300),
        tier=Tier(SOURCES[0], "银卡", 95),
        reductions=(Reduction(SOURCES[1], "满 190 减 10", MERCHANTS[0], ((19_000, 1000),)),),
        coupons=(
            Coupon(SOURCES[2], "店铺九折券", MERCHANTS[0], percent_off=10),
            Coupon(SOURCES[3], "平台券", threshold=16_200, off=500),
        ),
        points=Points(400),
        cards=(GiftCard(SOURCES[4], "礼品卡", 5000, None, MERCHANTS[0]),),
    )
    assert kinds(found) == [
        (ShareKind.MEMBER, 1000),
        (ShareKind.REDUCTION, 1000),
        (ShareKind.MERCHANT_COUPON, 1800),
        (ShareKind.PLATFORM_COUPON, 500),
        (ShareKind.POINTS, 400),
    ]
    assert (found.goods_total, found.freight, found.total, found.due) == (20_000, 0, 15_300, 10_300)


@pytest.mark.parametrize(
    ("worth", "off", "note"),
    [
        (9680, 0, "未使用：再买 3.20 元可减 10 元"),
        (9999, 0, "未使用：再买 0.01 元可减 10 元"),
        (10_000, 1000, None),
        (20_000, 2500, None),
    ],
)
def test_a_reduction_takes_the_best_step_reached(worth: int, off: int, note: str | None) -> None:
    reduction = Reduction(SOURCES[0], "满减", MERCHANTS[0], ((10_000, 1000), (20_000, 2500)))
    found = priced(goods(1, worth), reductions=(reduction,))
    assert found.discount_total == off
    assert notes(found) == ([note] if note else [])


def test_a_line_takes_part_in_one_reduction_the_better_one() -> None:
    small = Reduction(SOURCES[0], "小", MERCHANTS[0], ((1000, 100),))
    large = Reduction(SOURCES[1], "大", MERCHANTS[0], ((1000, 300),), Scope(sku_ids=frozenset({SKUS[1]})))
    found = priced(goods(1, 1000), goods(2, 1000), reductions=(small, large))
    assert [line.discount for line in found.lines] == [300, 100]


def test_each_merchants_best_coupon_and_the_platforms_best() -> None:
    coupons = (
        Coupon(SOURCES[0], "甲小", MERCHANTS[0], off=100),
        Coupon(SOURCES[1], "甲大", MERCHANTS[0], off=200),
        Coupon(SOURCES[2], "乙", MERCHANTS[1], off=300),
        Coupon(SOURCES[3], "平台一", off=50),
        Coupon(SOURCES[4], "平台二", threshold=10**6, off=10**5),
    )
    found = priced(goods(1, 1000), goods(2, 1000, merchant=1), coupons=coupons)
    assert found.discount_total == 200 + 300 + 50
    assert notes(found) == ["未使用：已使用更优惠的券", "未使用：再买 9985.00 元可减 1000 元"]


@pytest.mark.parametrize(
    ("coupon", "note"),
    [
        (Coupon(SOURCES[0], "券", threshold=2000, percent_off=15), "未使用：再买 10.00 元可享 8.5 折"),
        (
            Coupon(SOURCES[0], "券", off=100, scope=Scope(category_ids=frozenset({CATEGORIES[5]}))),
            "未使用：所选商品不适用",
        ),
        (Coupon(SOURCES[0], "券", MERCHANTS[0], off=0), "未使用：商品金额已抵扣完"),
    ],
)
def test_a_coupon_says_why_it_is_not_used(coupon: Coupon, note: str) -> None:
    assert notes(priced(goods(1, 1000), coupons=(coupon,))) == [note]


def test_a_percentage_is_rounded_down_and_capped() -> None:
    assert priced(goods(1, 999), coupons=(Coupon(SOURCES[0], "券", percent_off=15),)).discount_total == 149
    assert priced(goods(1, 99_900), coupons=(Coupon(SOURCES[0], "券", percent_off=15, most=500),)).discount_total == 500


def test_points_are_whole_on_every_line() -> None:
    """Ten fen a point: the odd fen of both lines stay to be paid, and what is sent back returns whole points."""
    found = priced(goods(1, 1005), goods(2, 1005), points=Points(10**6, fen_each=10))
    assert found.points_used == 200
    assert [line.payable for line in found.lines] == [5, 5]


def test_the_card_that_expires_first_pays_first_freight_included() -> None:
    """At its issuer's shop only, and of those that expire together the one with least on it."""
    year_end = datetime(2026, 12, 31, tzinfo=UTC)
    never = GiftCard(SOURCES[0], "长期卡", 10_000, None, MERCHANTS[0])
    large = GiftCard(SOURCES[1], "年底到期 600", 600, year_end, MERCHANTS[0])
    small = GiftCard(SOURCES[2], "年底到期 500", 500, year_end, MERCHANTS[0])
    elsewhere = GiftCard(SOURCES[3], "别店的卡", 9_000, year_end, MERCHANTS[2])
    cards = (never, large, small, elsewhere)
    found = priced(goods(1, 1000), goods(2, 3000, merchant=1), freight=FlatFreight(800, 10**9), cards=cards)
    paid = [(group.merchant_id, part.name, part.amount) for group in found.groups for part in group.cards]
    assert paid == [
        (MERCHANTS[0], "年底到期 500", 500),
        (MERCHANTS[0], "年底到期 600", 600),
        (MERCHANTS[0], "长期卡", 700),
    ]
    assert (found.total, found.due, found.discount_total) == (5600, 3800, 0)
    assert node(found, NodeKind.DUE).amount == 3800


def test_freight_counts_from_what_is_paid_and_tells_its_steps() -> None:
    found = priced(goods(1, 5000), freight=FlatFreight(801, 5000), coupons=(Coupon(SOURCES[0], "券", off=1000),))
    assert (found.freight, found.total) == (801, 4801)
    assert [child.amount for child in node(found, NodeKind.FREIGHT).children] == [400, 401]
    with pytest.raises(ValueError, match="explained as"):
        Freight(5, (FreightStep("首重", 4),))


def test_a_coupon_of_both_shows_who_bears_what() -> None:
    coupon = Coupon(SOURCES[0], "共担券", off=1000, merchant_percent=30)
    found = priced(goods(1, 5000), coupons=(coupon,))
    shown = [(n.party, n.amount) for _, n in flat(of_trade(found)) if n.kind is NodeKind.PLATFORM_COUPON]
    assert shown == [(Party.MERCHANT, -300), (Party.PLATFORM, -700)]


def test_a_price_that_is_no_advantage_changes_nothing() -> None:
    special = {SKUS[1]: SpecialPrice(SOURCES[0], "活动", 1001)}
    found = priced(goods(1, 1000), campaigns=special, member_prices=special, tier=Tier(SOURCES[1], "普通", 100))
    assert kinds(found) == []
    assert notes(found) == []


def test_a_member_price_beaten_by_a_campaign_says_so() -> None:
    special = {SKUS[1]: SpecialPrice(SOURCES[0], "秒杀", 500)}
    found = priced(goods(1, 1000), campaigns=special, tier=Tier(SOURCES[1], "银卡", 95))
    assert notes(found) == ["未使用：部分商品已有更低的价格，二者不同享"]


def test_one_sku_in_two_lines_is_a_fault() -> None:
    with pytest.raises(ValueError, match="one line per SKU"):
        priced(goods(1, 1000), goods(1, 1000), tier=Tier(SOURCES[0], "银卡", 95))


def test_a_price_knows_nothing_of_who_buys() -> None:
    """互联网平台价格行为规则: no prices by user. There is no way in for anything but goods, freight and benefits."""
    assert list(inspect.signature(price).parameters) == ["wanted", "freight", "benefits"]
    assert set(Benefits.__dataclass_fields__) == {
        "campaigns", "member_prices", "tier", "reductions", "coupons", "points", "cards",
        "agreed",  # what a 提货券 was made out for, the same for whoever holds it
    }  # fmt: skip
