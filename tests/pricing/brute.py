"""The best use of coupons, told by trying every set of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from domain.pricing import Coupon, Priced, PricedLine, coupons, engine, reductions, special
from domain.pricing.sheet import Sheet
from tests.pricing.carts import Case, Goods


def every_set(case: Case) -> Iterator[tuple[Coupon, ...]]:
    """At most one of each giver's, whatever it saves, and no exclusive one beside another on the same goods."""
    own = case.benefits.coupons
    givers = {coupon.merchant_id for coupon in own}
    choices = [[None, *(coupon for coupon in own if coupon.merchant_id == giver)] for giver in givers]
    for chosen in product(*choices):
        together = [coupon for coupon in chosen if coupon]
        covering = [[each for each in together if each.covers(offer)] for offer, _ in case.wanted]
        if not any(len(few) > 1 and any(each.exclusive for each in few) for few in covering):
            yield tuple(together)


def tried(case: Case, chosen: tuple[Coupon, ...]) -> Priced[Goods]:
    """The price with exactly these coupons."""
    lines = [PricedLine(offer, quantity) for offer, quantity in case.wanted]
    sheet = Sheet(lines)
    special.lowest_prices(sheet, case.benefits)
    reductions.reduce(sheet, case.benefits.reductions)
    coupons.use(sheet, case.benefits.coupons, chosen)
    return engine._finished(sheet, lines, case.freight, case.benefits)


def paid(found: Priced[Goods]) -> tuple[int, int, int]:
    """What is compared: least due, then the least total, then the fewest points."""
    return found.due, found.total, found.points_used


def least(case: Case) -> tuple[int, int, int]:
    """What the best of all sets comes to."""
    return min(paid(tried(case, chosen)) for chosen in every_set(case))
