"""满减 over the goods of several shops, against sums made the long way round: in fractions, without the engine."""

from __future__ import annotations

from fractions import Fraction
from uuid import UUID

import pytest

from domain.pricing import Benefits, Priced, Reduction, Scope, of_trade
from models.pricing import Party, ShareKind
from tests.pricing.carts import MERCHANTS, SOURCES, Case, FlatFreight, Goods, Maker, goods
from tests.pricing.rules import below

CARTS = 5_000
FREE = FlatFreight(0, 0)


def alone(case: Case) -> Case:
    """The same cart with nothing but its 满减, and with freight: no order is without anything to pay."""
    return Case(case.wanted, Benefits(reductions=case.benefits.reductions), FlatFreight(800, 10**9))


def expected(case: Case) -> dict[tuple[UUID, UUID], int]:
    """Fen by SKU and 满减: again and again the one that takes most off what is free, the lowest id of equal ones."""
    left = {offer.sku_id: offer.price * many for offer, many in case.wanted}
    offers = sorted((offer for offer, _ in case.wanted), key=lambda offer: offer.sku_id.int)
    free, waiting, found = set(left), sorted(case.benefits.reductions, key=lambda each: each.id.int), {}
    while waiting:
        best, lines, off = None, list[Goods](), 0
        for each in waiting:
            own = [offer for offer in offers if offer.sku_id in free and each.covers(offer)]
            worth = sum(left[offer.sku_id] for offer in own)
            steps = [less for threshold, less in each.steps if worth >= threshold]
            if (most := min(max(steps, default=0), worth)) > off:
                best, lines, off = each, own, most
        if best is None:
            break
        found |= {(sku, best.id): fen for sku, fen in divided(off, {each.sku_id: left[each.sku_id] for each in lines})}
        free -= {each.sku_id for each in lines}
        waiting.remove(best)
    return {place: fen for place, fen in found.items() if fen}


def divided(off: int, weights: dict[UUID, int]) -> list[tuple[UUID, int]]:
    """The exact parts, rounded down; the fen that are left go to those that lost most."""
    whole = sum(weights.values())
    exact = {sku: Fraction(off * weight, whole) for sku, weight in weights.items()}
    parts = {sku: int(part) for sku, part in exact.items()}
    losers = sorted(exact, key=lambda sku: (parts[sku] - exact[sku], sku.int))
    for sku in losers[: off - sum(parts.values())]:
        parts[sku] += 1
    return list(parts.items())


def taken(priced: Priced[Goods]) -> dict[tuple[UUID, UUID], int]:
    found: dict[tuple[UUID, UUID], int] = {}
    for line in priced.lines:
        for share in line.shares:
            assert share.source
            place = line.offer.sku_id, share.source
            found[place] = found.get(place, 0) + share.amount
    return found


@pytest.mark.parametrize("seed", range(4))
def test_five_thousand_carts_are_reduced_as_sums_say(seed: int) -> None:
    maker = Maker(7000 + seed)
    across = 0
    for at in range(CARTS):
        case = alone(maker.case())
        priced = case.priced()
        assert taken(priced) == expected(case), f"cart {at} of seed {seed}: {case}"
        shops = {
            line.offer.merchant_id
            for line in priced.lines
            for share in line.shares
            if share.kind is ShareKind.PLATFORM_REDUCTION
        }
        across += len(shops) > 1
    assert across > CARTS // 100  # several shops of one cart are no rarity here


def across(*shops: int, percent: int = 30, steps: tuple[tuple[int, int], ...] = ((10_000, 1000),)) -> Reduction:
    return Reduction(
        SOURCES[0], "丰收节", None, steps, merchant_percent=percent, shops={MERCHANTS[n]: Scope() for n in shops}
    )


def test_what_is_missing_is_said_once_for_all_shops() -> None:
    case = Case([goods(1, 3000), goods(2, 4000, merchant=1)], Benefits(reductions=(across(0, 1),)), FREE)
    priced = case.priced()
    assert [each.note for each in priced.unused] == ["再买 30.00 元可减 10 元"]
    assert all(not group.unused for group in priced.groups)


def test_one_fen_goes_whole_to_one_party() -> None:
    reduced = across(0, 1, percent=50, steps=((100, 3),))
    priced = Case([goods(1, 100), goods(2, 100, merchant=1)], Benefits(reductions=(reduced,)), FREE).priced()
    assert [sum(share.amount for share in line.shares) for line in priced.lines] == [2, 1]
    parts = [[share.amount for share in line.shares if share.party is Party.PLATFORM] for line in priced.lines]
    assert parts == [[1], []]
    nodes = [node for node in below(of_trade(priced)) if node.label == "平台满减"]
    assert sum(node.amount for node in nodes) == -3
