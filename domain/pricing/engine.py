"""The one way prices are made, for the cart, the checkout page and the order itself.

The order of the steps is fixed: campaign price or member price (the larger discount, never both), 满减, a coupon of the
merchant's, a coupon of the platform's, points, freight, gift cards. Each step counts from what the one before it left.
Of the coupons those are used with which least is paid in the end. Nobody's order costs nothing: WeChat Pay takes no
payment below one fen, and without a payment its shop would get nothing of what others added to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias
from uuid import UUID

from domain.pricing import cards, coupons, points, reductions, special
from domain.pricing.benefits import NO_BENEFITS, Benefits, Coupon
from domain.pricing.priced import Freight, G, Priced, PricedGroup, PricedLine
from domain.pricing.sheet import Sheet

#: What sending these lines of one merchant costs, from what is paid for them. May refuse what cannot be sent.
FreightOf: TypeAlias = Callable[[UUID, Sequence[PricedLine[G]]], Freight]


def price(wanted: Iterable[tuple[G, int]], freight: FreightOf[G], benefits: Benefits = NO_BENEFITS) -> Priced[G]:
    """Prices so many of each SKU, named once each.

    Lines and merchants come out in the order they came in, which has no influence on any amount.
    """
    lines = [PricedLine(offer, quantity) for offer, quantity in wanted]
    if benefits is NO_BENEFITS:
        return Priced(tuple(_group(merchant_id, own, freight) for merchant_id, own in _by_merchant(lines).items()))
    sheet = Sheet(lines)
    special.lowest_prices(sheet, benefits)
    reductions.reduce(sheet, benefits.reductions)
    if not benefits.coupons:
        return _finished(sheet, lines, freight, benefits)
    best = _best_coupons(sheet, lines, freight, benefits)
    coupons.use(sheet, benefits.coupons, best)
    return _finished(sheet, lines, freight, benefits)


def _best_coupons(
    sheet: Sheet[G], lines: Sequence[PricedLine[G]], freight: FreightOf[G], benefits: Benefits
) -> tuple[Coupon, ...]:
    """Those with which least is paid; of what costs the same the first, which has fewest."""
    prices: dict[tuple[Coupon, ...], tuple[int, int, int]] = {}
    for chosen in coupons.combinations(sheet, benefits.coupons):
        tried = sheet.copy()
        coupons.use(tried, chosen, chosen)
        prices[chosen] = _what_is_paid(_finished(tried, lines, freight, benefits))
    return min(prices, key=lambda each: prices[each])


def _what_is_paid(priced: Priced[G]) -> tuple[int, int, int]:
    """In money, then by cards as well, then in points."""
    return priced.due, priced.total, priced.points_used


def _finished(sheet: Sheet[G], lines: Sequence[PricedLine[G]], freight: FreightOf[G], benefits: Benefits) -> Priced[G]:
    """The steps after the coupons."""
    if benefits.points is not None:
        points.spend(sheet, benefits.points)
    groups = _groups(sheet, lines, freight)
    if free := [group for group in groups if not group.total]:
        for group in free:
            sheet.give_back_least([line.offer.sku_id for line in group.lines])
        groups = _groups(sheet, lines, freight)
    paid = cards.pay(groups, benefits.cards) if benefits.cards else tuple(groups)
    return Priced(paid, tuple(sheet.unused.get(None, ())), sheet.points_used)


def _groups(sheet: Sheet[G], lines: Sequence[PricedLine[G]], freight: FreightOf[G]) -> list[PricedGroup[G]]:
    by_merchant = _by_merchant(sheet.finished(line) for line in lines)
    return [_group(merchant_id, own, freight, sheet) for merchant_id, own in by_merchant.items()]


def _by_merchant(lines: Iterable[PricedLine[G]]) -> dict[UUID, list[PricedLine[G]]]:
    found: dict[UUID, list[PricedLine[G]]] = {}
    for line in lines:
        found.setdefault(line.offer.merchant_id, []).append(line)
    return found


def _group(
    merchant_id: UUID, lines: Sequence[PricedLine[G]], freight: FreightOf[G], sheet: Sheet[G] | None = None
) -> PricedGroup[G]:
    sent = freight(merchant_id, lines)
    goods_total = sum([line.amount for line in lines])
    if sheet is None:
        return PricedGroup(merchant_id, tuple(lines), goods_total, 0, sent.fen, sent.explained)
    discount_total = sum(line.discount for line in lines)
    unused = tuple(sheet.unused.get(merchant_id, ()))
    return PricedGroup(merchant_id, tuple(lines), goods_total, discount_total, sent.fen, sent.explained, unused)
