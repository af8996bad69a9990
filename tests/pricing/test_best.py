"""The coupons that are used are those with which least is paid: told by trying every set of them, a hundred thousand
times, and by the cases in which the best of each step is not the best of all."""

from __future__ import annotations

import os
from random import Random

import pytest

from domain.pricing import Coupon, PricedLine, Scope, coupons
from domain.pricing.sheet import Sheet
from tests.pricing.brute import least, paid
from tests.pricing.carts import MERCHANTS, SKUS, SOURCES, FlatFreight, Maker, goods
from tests.pricing.test_steps import notes, priced

FACTOR = int(os.environ.get("MALL_EXAMPLES_FACTOR", "1"))
CHUNKS, EACH = 10, 10_000 * FACTOR
FREE = FlatFreight(0, 0)


@pytest.mark.parametrize("seed", range(CHUNKS))
def test_no_other_set_of_coupons_is_better_in_ten_thousand_carts(seed: int) -> None:
    maker = Maker(1000 + seed)
    looked = 0
    while looked < EACH:
        case = maker.case()
        if not case.benefits.coupons:
            continue
        looked += 1
        assert paid(case.priced()) == least(case), f"cart {looked} of seed {seed}: {case}"


# ------------------------------------------------------------------------------------------------ by name
def test_a_coupon_that_costs_free_freight_is_not_used() -> None:
    found = priced(goods(1, 5000), freight=FlatFreight(801, 5000), coupons=(Coupon(SOURCES[0], "券", off=800),))
    assert (found.total, found.discount_total) == (5000, 0)
    assert notes(found) == ["未使用：不用这张券实付更少"]


def test_a_shops_coupon_gives_way_to_a_better_one_of_the_platform() -> None:
    """Used together the goods would come to less than the platform's asks for."""
    own, general = Coupon(SOURCES[0], "店铺券", MERCHANTS[0], off=100), Coupon(SOURCES[1], "平台券", None, 5000, 2000)
    found = priced(goods(1, 5000), freight=FREE, coupons=(own, general))
    assert (found.total, notes(found)) == (3000, ["未使用：不用这张券实付更少"])


def test_an_exclusive_coupon_goes_with_no_other_for_the_same_goods() -> None:
    """Either way round: the two together would save 400, and what is said names the one that is used."""
    for alone in (True, False):
        own = Coupon(SOURCES[0], "店铺券", MERCHANTS[0], off=100, exclusive=alone)
        general = Coupon(SOURCES[1], "平台券", None, off=300, exclusive=not alone)
        found = priced(goods(1, 5000), freight=FREE, coupons=(own, general))
        assert found.due == 4700
        assert notes(found) == ["未使用：与「平台券」不同享，已选实付更少的"]


def test_exclusive_coupons_of_different_goods_are_used_together() -> None:
    of = [Scope(sku_ids=frozenset({SKUS[at]})) for at in (1, 2)]
    own = Coupon(SOURCES[0], "单品券", MERCHANTS[0], off=100, scope=of[0], exclusive=True)
    general = Coupon(SOURCES[1], "平台券", None, off=300, scope=of[1], exclusive=True)
    both = {"freight": FREE, "coupons": (own, general)}
    assert priced(goods(1, 5000), goods(2, 5000), **both).due == 9600


def test_a_smaller_coupon_of_the_shop_leaves_room_for_the_platforms() -> None:
    large, small = (Coupon(SOURCES[at], "店铺券", MERCHANTS[0], off=off) for at, off in ((0, 300), (1, 200)))
    general = Coupon(SOURCES[2], "平台券", None, 4800, 1000)
    found = priced(goods(1, 5000), freight=FREE, coupons=(large, small, general))
    assert found.total == 5000 - 200 - 1000


def test_what_takes_the_same_off_the_same_goods_is_tried_once() -> None:
    sheet = Sheet([PricedLine(*goods(1, 5000)), PricedLine(*goods(2, 5000))])
    alike = [Coupon(id, "店铺券", MERCHANTS[0], off=300) for id in SOURCES[:50]]
    other = Coupon(SOURCES[60], "单品券", MERCHANTS[0], off=300, scope=Scope(sku_ids=frozenset({SKUS[1]})))
    assert len(list(coupons.combinations(sheet, [*alike, other]))) == 3


def test_who_holds_two_hundred_coupons_waits_for_few_combinations() -> None:
    random = Random(7)
    wanted = [goods(at, 9000, merchant=at % 4) for at in range(1, 9)]
    held = [
        Coupon(id, "券", random.choice([None, *MERCHANTS[:4]]), off=1 + random.randrange(3000)) for id in SOURCES[:200]
    ]
    sheet = Sheet([PricedLine(*each) for each in wanted])
    sets = list(coupons.combinations(sheet, held))
    assert len(sets) <= coupons.MOST_COMBINATIONS
    best = max(held, key=lambda each: each.off if each.merchant_id == MERCHANTS[1] else 0)
    assert any(best in chosen for chosen in sets)  # what saves most is never given up
