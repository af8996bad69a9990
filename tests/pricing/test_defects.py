"""What other malls get wrong with prices, each as they did it, and what is right."""

from __future__ import annotations

import pytest

from domain.pricing import (
    Benefits,
    Coupon,
    Freight,
    FreightStep,
    Points,
    Priced,
    Reduction,
    SpecialPrice,
    Tier,
    price,
)
from domain.shares import apportion
from models.pricing import Party, ShareKind
from tests.pricing.carts import MERCHANTS, SKUS, SOURCES, FlatFreight, Goods, Wanted, goods
from tests.pricing.rules import assert_adds_up, shares_of

FREE = FlatFreight(0, 0)


def priced(*wanted: Wanted, freight: FlatFreight = FREE, **benefits: object) -> Priced[Goods]:
    found = price(wanted, freight, Benefits(**benefits))  # type: ignore[arg-type]
    assert_adds_up(found)
    return found


def taken(found: Priced[Goods], kind: ShareKind) -> int:
    return sum(share.amount for group in found.groups for share in shares_of(group, kind))


def test_the_order_honours_the_whole_coupon_unlike_macrozheng() -> None:
    """There, ratios are rounded to three decimals per unit and nobody corrects the rest."""
    coupon = Coupon(SOURCES[0], "满减券", off=1000)
    found = priced(goods(1, 333, 7), goods(2, 1999, 3), goods(3, 777, 11), coupons=(coupon,))
    assert taken(found, ShareKind.PLATFORM_COUPON) == 1000


def test_a_reduction_is_not_rounded_to_percent_as_in_macrozheng() -> None:
    reduction = Reduction(SOURCES[0], "满 50 减 7", MERCHANTS[0], ((5000, 700),))
    found = priced(goods(1, 1700), goods(2, 1700), goods(3, 1700), reductions=(reduction,))
    assert [line.discount for line in found.lines] == [234, 233, 233]


def test_store_and_platform_coupon_are_not_counted_twice_as_in_lilishop() -> None:
    """There, the platform's part is added to the sum it was made of, so the shop's coupon counts twice."""
    own = Coupon(SOURCES[0], "店铺券", MERCHANTS[0], off=500)
    general = Coupon(SOURCES[1], "平台券", off=300)
    found = priced(goods(1, 10_000), coupons=(own, general))
    assert found.total == 10_000 - 500 - 300


@pytest.mark.parametrize("percent", [0, 30, 100])
def test_what_the_platform_gives_stands_apart_from_what_the_shop_gives_unlike_lilishop(percent: int) -> None:
    """There, a shop's bill forgets the platform's part when goods are sold and counts it when they come back."""
    coupon = Coupon(SOURCES[0], "平台券", off=2000, merchant_percent=percent)
    (line,) = priced(goods(1, 10_000), coupons=(coupon,)).lines
    given = {share.party: share.amount for share in line.shares}
    assert line.payable == 8000
    assert line.payable + given.get(Party.PLATFORM, 0) == 10_000 - 20 * percent
    assert given.get(Party.MERCHANT, 0) == 20 * percent


def test_parts_of_a_line_refund_what_was_paid_unlike_lilishop() -> None:
    """There, a unit is worth its rounded share, so three thirds of 10.00 are 9.99."""
    (line,) = priced(goods(1, 400, 3), coupons=(Coupon(SOURCES[0], "券", off=200),)).lines
    assert [line.of_units(taken, 1) for taken in range(3)] == [334, 333, 333]
    assert line.of_units(0, 2) + line.of_units(2, 1) == 1000


def test_the_fen_left_over_are_not_lost_with_the_last_line_as_in_yudao() -> None:
    """There, the last line takes the rest, even one that the coupon does not cover."""
    coupon = Coupon(SOURCES[0], "券", MERCHANTS[0], off=100)
    found = priced(goods(1, 500), goods(2, 500), goods(3, 500), goods(4, 9900, merchant=1), coupons=(coupon,))
    assert [line.discount for line in found.lines] == [34, 33, 33, 0]


def test_a_rich_member_may_use_points_unlike_yudao() -> None:
    """There, points worth as much as the goods are refused; here they are clipped, to a fen less."""
    found = priced(goods(1, 1999), goods(2, 1), points=Points(10**9))
    assert (found.points_used, found.total) == (1999, 1)
    assert priced(goods(1, 1999), points=Points(10**9, cap_percent=50)).total == 1000


def test_every_reduction_counts_not_only_the_newest_as_in_yudao() -> None:
    reductions = tuple(Reduction(SOURCES[at], "满减", MERCHANTS[at], ((1000, 100 + at),)) for at in range(3))
    found = priced(*(goods(at, 2000, merchant=at) for at in range(3)), reductions=reductions)
    assert [group.discount_total for group in found.groups] == [100, 101, 102]


def test_the_first_unit_sent_back_returns_its_discounted_price_unlike_shopxo() -> None:
    """There, discounts are deducted from the last piece only, and all others return their list price."""
    (line,) = priced(goods(1, 1000, 4), coupons=(Coupon(SOURCES[0], "券", off=400),)).lines
    assert [line.of_units(taken, 1) for taken in range(4)] == [900] * 4


def test_one_line_without_freight_does_not_reset_that_of_the_others_as_in_crmeb() -> None:
    def freight(merchant_id: object, lines: object) -> Freight:
        return Freight(800, (FreightStep("重货", 800), FreightStep("轻货包邮", 0)))

    found = price([goods(1, 1000), goods(2, 1000)], freight)
    assert found.freight == 800


def test_two_reasons_for_free_freight_do_not_make_it_negative_as_in_vendure() -> None:
    with pytest.raises(ValueError, match="-800"):
        Freight(-800)
    found = priced(goods(1, 1000), freight=FlatFreight(0, 1), coupons=(Coupon(SOURCES[0], "券", off=10**6),))
    assert (found.freight, found.total) == (0, 1)


def test_a_discount_stays_where_it_was_when_another_line_goes_back_unlike_vendure() -> None:
    """There, it is spread anew over the lines that are left; here every line keeps its share."""
    one, other = priced(goods(1, 3000), goods(2, 1000), coupons=(Coupon(SOURCES[0], "券", off=400),)).lines
    assert one.of_units(0, 1) == 2700
    assert other.payable == 900


def test_there_are_no_fractions_of_a_fen_as_in_medusa() -> None:
    found = priced(goods(1, 1), goods(2, 1), goods(3, 1), tier=Tier(SOURCES[0], "银卡", 95), points=Points(1))
    assert all(isinstance(line.payable, int) for line in found.lines)
    assert found.total == 2


def test_a_discount_never_exceeds_its_line_unlike_shares_by_ratio() -> None:
    assert apportion(10, [1, 100]) == [0, 10]
    found = priced(goods(1, 1), goods(2, 5000), coupons=(Coupon(SOURCES[0], "券", off=5001),))
    assert [line.payable for line in found.lines] == [1, 0]


def test_every_shops_order_has_a_fen_to_pay() -> None:
    """WeChat Pay takes no payment of nothing, and without one a shop would get nothing of what the platform adds."""
    dear, cheap = goods(1, 10_000), goods(2, 1, merchant=1)
    found = priced(dear, cheap, coupons=(Coupon(SOURCES[0], "券", off=9900),))
    assert [group.total for group in found.groups] == [101, 1]
    found = priced(dear, cheap, coupons=(Coupon(SOURCES[0], "券", off=9900),), points=Points(10**9, cap_percent=100))
    assert [(group.total, found.points_used) for group in found.groups] == [(1, 100), (1, 100)]
    agreed = Reduction(SOURCES[1], "平台满减", None, ((100, 100),), merchant_percent=50)
    (line,) = priced(goods(1, 100), reductions=(agreed,)).lines
    assert [(share.party, share.amount) for share in line.shares] == [(Party.MERCHANT, 49), (Party.PLATFORM, 50)]


def test_a_point_is_given_back_whole() -> None:
    found = priced(goods(1, 2000), points=Points(10**9, fen_each=10))
    assert (found.points_used, found.total) == (199, 10)


def test_campaign_and_member_price_are_never_both_taken_off() -> None:
    """Yudao's rule, kept: the larger of the two."""
    campaign, member = SpecialPrice(SOURCES[0], "秒杀", 800), SpecialPrice(SOURCES[1], "会员价", 700)
    special = {"campaigns": {SKUS[1]: campaign}, "member_prices": {SKUS[1]: member}}
    assert priced(goods(1, 1000), **special).total == 700
    assert priced(goods(1, 1000), campaigns={SKUS[1]: campaign}, tier=Tier(SOURCES[2], "银卡", 95)).total == 800
