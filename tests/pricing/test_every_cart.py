"""Lines, orders and trades add up for every cart there is: a hundred thousand random ones, ten times as many before a
release, and as many as Hypothesis finds worth shrinking."""

from __future__ import annotations

import os
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.pricing import Benefits, price
from tests.pricing.carts import Maker
from tests.pricing.rules import assert_adds_up, by_sku, hold

FACTOR = int(os.environ.get("MALL_EXAMPLES_FACTOR", "1"))
CHUNKS, EACH = 10, 10_000 * FACTOR


@pytest.mark.parametrize("seed", range(CHUNKS))
def test_every_rule_holds_for_ten_thousand_carts(seed: int) -> None:
    maker = Maker(seed)
    for at in range(EACH):
        case = maker.case()
        try:
            hold(case, case.priced(), maker.random)
        except Exception as error:
            raise AssertionError(f"cart {at} of seed {seed}: {case}") from error


@settings(max_examples=300 * FACTOR, deadline=None)
@given(st.integers(0, 2**32))
def test_every_rule_holds_for_any_seed(seed: int) -> None:
    maker = Maker(seed)
    case = maker.case()
    hold(case, case.priced(), maker.random)


@settings(max_examples=300 * FACTOR, deadline=None)
@given(st.integers(0, 2**32))
def test_the_order_of_lines_and_benefits_does_not_matter(seed: int) -> None:
    maker = Maker(seed)
    case = maker.case()
    one, other = case.priced(), case.shuffled(Random(seed)).priced()
    assert by_sku(one) == by_sku(other)
    assert {group.merchant_id: (group.total, group.due, set(group.cards)) for group in one.groups} == {
        group.merchant_id: (group.total, group.due, set(group.cards)) for group in other.groups
    }


@settings(max_examples=200 * FACTOR, deadline=None)
@given(st.integers(0, 2**32))
def test_without_benefits_everything_costs_its_list_price(seed: int) -> None:
    case = Maker(seed).case()
    plain = price(case.wanted, case.freight)
    assert_adds_up(plain)
    assert plain.discount_total == 0
    assert plain == price(case.wanted, case.freight, Benefits())


@settings(max_examples=200 * FACTOR, deadline=None)
@given(st.integers(0, 2**32))
def test_a_coupon_more_never_makes_a_cart_dearer_in_goods(seed: int) -> None:
    """Each step uses the best of what there is: holding more of one giver's cannot take less off at that step."""
    maker = Maker(seed)
    case = maker.case()
    held = case.benefits
    fewer = Benefits(held.campaigns, held.member_prices, held.tier, held.reductions, ())
    more = Benefits(held.campaigns, held.member_prices, held.tier, held.reductions, held.coupons)
    without, with_them = (price(case.wanted, case.freight, each).discount_total for each in (fewer, more))
    assert with_them >= without
