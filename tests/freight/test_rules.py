"""What sending costs, to the gram and to the fen; each test named after a defect is one seen in another mall."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.freight import Goods, Shop, Undeliverable
from domain.freight.rules import NO_TEMPLATE, Closed, Fee, Free, Template, path_of
from models.freight import FreightUnit

APPLES, HAMS, EGGS = (UUID(int=number) for number in (1, 2, 3))
YUNNAN, ZHAOTONG, ZHAOYANG, TOWN = "530000", "530600", "530602", "530602106"
WUHOU, TIBET_COUNTY = "510107", "540102"
JULY = 7
BY_KILO = Fee(1000, 800, 1000, 300)


def template(id: UUID = APPLES, default: Any = BY_KILO, **values: Any) -> Template:
    return Template(id, "生鲜", values.pop("unit", FreightUnit.WEIGHT), default, **values)


def shop(*templates: Template) -> Shop:
    return Shop({each.id: each for each in templates}, templates[0].id if templates else None)


def goods(grams: int, quantity: int = 1, **values: Any) -> Goods:
    sku_id, template_id = values.pop("sku_id", UUID(int=99)), values.pop("template_id", None)
    payable = values.pop("payable", 0)
    return Goods(sku_id, template_id, quantity, grams, values.pop("volume", None), payable, **values)


def fee(where: Shop, *what: Goods, to: str | None = ZHAOYANG) -> int:
    return where.freight(to, what, JULY).fen


# ------------------------------------------------------------------------------------------------ to the gram
@pytest.mark.parametrize(
    ("grams", "fen"),
    [(0, 800), (1, 800), (999, 800), (1000, 800), (1001, 1100), (1009, 1100), (2000, 1100), (2001, 1400), (9999, 3500)],
)
def test_a_step_begun_is_a_step_paid(grams: int, fen: int) -> None:
    """CRMEB rounds the weight to two decimals of a kilogram and sends 1 to 9 grams for nothing."""
    assert fee(shop(template()), goods(grams)) == fen


def test_pieces_are_counted_not_weighed() -> None:
    by_piece = template(default=Fee(2, 1000, 3, 500), unit=FreightUnit.PIECE)
    assert [fee(shop(by_piece), goods(9_000, n)) for n in (1, 2, 3, 5, 6)] == [1000, 1000, 1500, 1500, 2000]


def test_bulky_goods_weigh_what_their_volume_says() -> None:
    # 300 × 200 × 200 mm are 2000 g; one more mm³ begins another gram.
    here = shop(template())
    assert fee(here, goods(500, volume=12_000_000)) == 1100
    assert fee(here, goods(500, volume=12_000_001)) == 1400
    assert fee(here, goods(2500, volume=12_000_000)) == 1400


def test_all_pieces_of_a_template_share_one_first_unit() -> None:
    """mall4j lets every line pay its own first unit."""
    both = (goods(600, sku_id=UUID(int=7)), goods(300, 2, sku_id=UUID(int=8)))
    assert fee(shop(template()), *both) == 1100


# ------------------------------------------------------------------------------------------------ regions
def test_the_most_specific_region_holds() -> None:
    """likeshop assigns where it means to compare, so any row becomes the one for everywhere."""
    places = {ZHAOYANG: 1, ZHAOTONG: 2, YUNNAN: 3, TOWN: 4}
    rules = {number: Fee(1000, number, 1000, 0) for number in places.values()}
    here = shop(template(default=Fee(1000, 9, 1000, 0), places=places, rules=rules))
    for code, fen in ((TOWN, 4), (ZHAOYANG, 1), ("530602107", 1), ("530627", 2), ("530102", 3), (WUHOU, 9)):
        assert fee(here, goods(1), to=code) == fen


def test_regions_are_compared_whole() -> None:
    """lilishop looks for the region's text anywhere inside the address."""
    here = shop(template(places={"130600": 1}, rules={1: Fee(1, 1, 1, 0)}))
    assert fee(here, goods(1), to="513060") == 800
    assert path_of("530602106") == ("530602106", "530602", "530600", "530000")
    assert path_of("530000") == ("530000",)


def test_nothing_is_sent_where_the_shop_does_not_send() -> None:
    closed = {1: Closed("路途太远，无法保鲜")}
    here = shop(template(places={"540000": 1}, rules=closed), template(HAMS))
    fresh, ham = goods(1, sku_id=UUID(int=7)), goods(1, sku_id=UUID(int=8), template_id=HAMS)
    with pytest.raises(Undeliverable) as refused:
        fee(here, fresh, ham, to=TIBET_COUNTY)
    assert (refused.value.sku_ids, refused.value.region_code) == ([UUID(int=7)], TIBET_COUNTY)
    assert refused.value.reason == "路途太远，无法保鲜"
    assert fee(here, ham, to=TIBET_COUNTY) == 800


def test_a_free_rule_does_not_open_a_closed_region() -> None:
    here = shop(template(places={"540000": 1}, rules={1: Closed("不配送")}, frees=(Free(from_quantity=1),)))
    with pytest.raises(Undeliverable):
        fee(here, goods(1), to=TIBET_COUNTY)


@pytest.mark.parametrize("unknown", [None, HAMS])
def test_a_missing_template_is_never_free(unknown: UUID | None) -> None:
    """yudao skips such goods, mall4j charges 0, lilishop turns any mistake into 0."""
    where = shop(template()) if unknown else shop()
    with pytest.raises(Undeliverable) as refused:
        fee(where, goods(1, template_id=unknown))
    assert refused.value.reason == NO_TEMPLATE


def test_before_an_address_is_known_the_usual_fee_is_shown() -> None:
    assert fee(shop(template()), goods(1), to=None) == 800
    local = template(
        default=Closed("仅限本地"), places={ZHAOTONG: 1, YUNNAN: 2}, rules={1: Fee(1, 500, 1, 0), 2: BY_KILO}
    )
    assert fee(shop(local), goods(1), to=None) == 500
    with pytest.raises(Undeliverable):
        fee(shop(template(default=Closed("停业"))), goods(1), to=None)


# ------------------------------------------------------------------------------------------------ free
@pytest.mark.parametrize(
    ("free", "quantity", "payable", "holds"),
    [
        (Free(from_amount=9900), 1, 9900, True),
        (Free(from_amount=9900), 9, 9899, False),
        (Free(from_quantity=3), 3, 0, True),
        (Free(from_quantity=3), 2, 99999, False),
        (Free(from_quantity=3, from_amount=9900), 3, 9900, True),
        (Free(from_quantity=3, from_amount=9900), 2, 9900, False),
        (Free(from_quantity=3, from_amount=9900), 3, 9899, False),
        (Free(frozenset({YUNNAN}), from_quantity=1), 1, 0, True),
        (Free(frozenset({"510000"}), from_quantity=1), 1, 0, False),
    ],
)
def test_free_from_pieces_amount_or_both(free: Free, quantity: int, payable: int, holds: bool) -> None:
    here = shop(template(frees=(free,), cold_fee=300, pack_grams=1000, pack_fee=200))
    freight = here.freight(ZHAOYANG, [goods(1, quantity, payable=payable, cold=True)], JULY)
    assert (freight.fen == 0) is holds
    assert ("包邮" in freight.explained[0].label) is holds


def test_free_goods_neither_pay_nor_lend_their_first_fee() -> None:
    free = template(HAMS, Fee(1000, 5000, 1000, 0), frees=(Free(from_quantity=1),))
    assert fee(shop(template(), free), goods(2000), goods(1, template_id=HAMS)) == 1100


# ------------------------------------------------------------------------------------------------ together
def test_templates_of_a_shop_travel_together() -> None:
    """The highest first fee pays first, the others only continue; CRMEB drops the first fee where nothing follows."""
    here = shop(template(), template(HAMS, Fee(500, 1200, 500, 400)), template(EGGS, Fee(6, 600, 6, 200)))
    apples, ham = goods(3000, sku_id=UUID(int=7)), goods(500, template_id=HAMS, sku_id=UUID(int=8))
    # The ham pays its 12.00; three kilos of apples continue at 3.00 each.
    assert fee(here, apples, ham) == 1200 + 900
    assert fee(here, ham) == 1200
    assert fee(here, apples) == 800 + 600


def test_together_is_never_dearer_than_alone() -> None:
    """Continuation of five kilos would cost 25.00 where the first five kilos cost 10.00."""
    here = shop(template(default=Fee(1000, 1200, 1000, 300)), template(HAMS, Fee(5000, 1000, 1000, 500)))
    assert fee(here, goods(1000), goods(5000, template_id=HAMS)) == 1200 + 1000


def test_cold_goods_pay_once_and_boxes_each() -> None:
    cold = template(cold_fee=1500, pack_grams=2000, pack_fee=400)
    colder = template(HAMS, cold_fee=2500)
    ham = goods(100, template_id=HAMS, cold=True, sku_id=UUID(int=8))
    # 8.00 + two steps, boxes for 2.001 kg, the dearer cold surcharge, ham continuing.
    assert fee(shop(cold, colder), goods(2001, cold=True), ham) == 1400 + 800 + 2500 + 300
    assert fee(shop(cold, colder), goods(2001)) == 1400 + 800


@pytest.mark.parametrize(
    ("first", "last", "season", "charged"),
    [
        (4, 10, "4—10 月", [4, 5, 6, 7, 8, 9, 10]),
        (11, 2, "11 月至次年 2 月", [1, 2, 11, 12]),
        (7, 7, "7 月", [7]),
        (1, 12, "", list(range(1, 13))),
        (6, 5, "", list(range(1, 13))),
    ],
)
def test_cold_goods_pay_in_the_season(first: int, last: int, season: str, charged: list[int]) -> None:
    """Which rule held is said, also where nothing is asked: the steps are kept with the order."""
    here = shop(template(cold_fee=1500, cold_from=first, cold_to=last))
    for month in range(1, 13):
        found = here.freight(TOWN, [goods(900, cold=True)], month)
        said = [step.label for step in found.explained]
        if month in charged:
            assert found.fen == 800 + 1500
            assert said[1] == f"冷链附加费{f'（{season}）' if season else ' '}15 元"
        else:
            assert found.fen == 800
            assert said[1] == f"冷链附加费：{month} 月不收（{season}收取）"
        assert here.freight(TOWN, [goods(900)], month).fen == 800


def test_of_templates_in_season_the_dearest_pays() -> None:
    summer = template(cold_fee=2500, cold_from=5, cold_to=9)
    always = template(HAMS, cold_fee=1000)
    what = [goods(900, cold=True), goods(1, template_id=HAMS, cold=True, sku_id=UUID(int=8))]
    both = [shop(summer, always).freight(TOWN, what, month).explained[2] for month in (7, 12)]
    assert [step.label for step in both] == ["冷链附加费（5—9 月）25 元", "冷链附加费 10 元"]


# ------------------------------------------------------------------------------------------------ in words
def test_the_sum_is_explained() -> None:
    assert [s.label for s in shop(template()).freight(TOWN, [goods(2500)], JULY).explained] == [
        "生鲜：首重 1 公斤 8 元 + 续重 2 公斤 6 元"
    ]
    here = shop(template(cold_fee=1500, pack_grams=2500, pack_fee=450), template(HAMS, Fee(500, 750, 250, 105)))
    freight = here.freight(TOWN, [goods(900, cold=True), goods(600, template_id=HAMS)], JULY)
    assert [(step.label, step.amount) for step in freight.explained] == [
        ("生鲜：首重 1 公斤 8 元", 800),
        ("生鲜：合并发货，续重 750 克 3.15 元", 315),
        ("冷链附加费 15 元", 1500),
        ("生鲜：包装箱（每箱 2.5 公斤）1 个 4.5 元", 450),
    ]
    pieces = shop(template(default=Fee(1, 600, 1, 0), unit=FreightUnit.PIECE))
    assert pieces.freight(TOWN, [goods(1, 5)], JULY).explained[0].label == "生鲜：一单 6 元"


# ------------------------------------------------------------------------------------------------ properties
fees = st.builds(Fee, st.integers(1, 5000), st.integers(0, 3000), st.integers(1, 3000), st.integers(0, 900))
units = st.sampled_from(FreightUnit)
templates = st.builds(
    lambda id, unit, fee, cold, grams, box: Template(
        id, "甲", unit, fee, cold_fee=cold, pack_grams=grams, pack_fee=box
    ),
    st.sampled_from([APPLES, HAMS, EGGS]),
    units,
    fees,
    st.integers(0, 2000),
    st.none() | st.integers(1, 5000),
    st.integers(0, 900),
)
shops = st.lists(templates, min_size=1, max_size=3, unique_by=lambda each: each.id).map(lambda all: shop(*all))
parcels = st.lists(
    st.builds(
        Goods,
        st.uuids(),
        st.sampled_from([APPLES, HAMS, EGGS]),
        st.integers(1, 9),
        st.integers(0, 9000),
        st.none() | st.integers(1, 90_000_000),
        st.integers(0, 50_000),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


def among(where: Shop, what: list[Goods]) -> list[Goods]:
    return [each for each in what if each.template_id in where.templates]


@settings(max_examples=300)
@given(shops, parcels, st.integers(1, 5000), st.data())
def test_more_weight_never_costs_less(where: Shop, what: list[Goods], more: int, data: st.DataObject) -> None:
    if what := among(where, what):
        place = data.draw(st.integers(0, len(what) - 1))
        one = what[place]
        heavier = Goods(one.sku_id, one.template_id, one.quantity, one.weight + more, one.volume, one.payable, one.cold)
        assert fee(where, *what) <= fee(where, *what[:place], heavier, *what[place + 1 :])
        another = Goods(one.sku_id, one.template_id, one.quantity + 1, one.weight, one.volume, one.payable, one.cold)
        assert fee(where, *what) <= fee(where, *what[:place], another, *what[place + 1 :])


@settings(max_examples=300)
@given(shops, parcels)
def test_templates_together_never_cost_more_than_each_alone(where: Shop, what: list[Goods]) -> None:
    if what := among(where, what):
        by_template = {each.template_id: [one for one in what if one.template_id == each.template_id] for each in what}
        together, alone = fee(where, *what), [fee(where, *own) for own in by_template.values()]
        assert max(alone) <= together <= sum(alone)


def is_usual(each: Template) -> bool:
    """The first unit costs no less than it would as continuation, as with every courier."""
    rule = each.default
    return isinstance(rule, Fee) and rule.first_fee >= -(-rule.first // rule.step) * rule.step_fee


@settings(max_examples=300)
@given(st.lists(templates.filter(is_usual), min_size=1, max_size=3, unique_by=lambda each: each.id), parcels, st.data())
def test_one_parcel_never_costs_more_than_two(all: list[Template], what: list[Goods], data: st.DataObject) -> None:
    where = shop(*all)
    if what := among(where, what):
        at = data.draw(st.integers(0, len(what)))
        parts = [fee(where, *part) for part in (what[:at], what[at:]) if part]
        assert max(parts) <= fee(where, *what) <= sum(parts)


@settings(max_examples=300)
@given(shops, parcels, st.randoms())
def test_the_order_of_goods_changes_nothing_and_steps_add_up(where: Shop, what: list[Goods], random: Any) -> None:
    if what := among(where, what):
        freight = where.freight(ZHAOYANG, what, JULY)
        assert freight.fen == sum(step.amount for step in freight.explained) >= 0
        shuffled = what[:]
        random.shuffle(shuffled)
        assert where.freight(ZHAOYANG, shuffled, JULY) == freight
