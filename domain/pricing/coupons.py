"""The third and fourth step: at most one coupon of each merchant's, then at most one of the platform's.

Which ones is decided by what is paid in the end: a coupon may cost more than it saves, where it takes the goods below
what the platform's coupon or free freight asks for. So the engine makes the price with every combination that differs
in anything, and `combinations` says which those are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations as combinations_of
from itertools import product
from math import prod
from uuid import UUID

from domain.pricing.benefits import Coupon
from domain.pricing.priced import G, PricedLine, Unused
from domain.pricing.sheet import Cause, Sheet
from domain.pricing.words import exact_yuan, fold, yuan
from models.pricing import Party, ShareKind

# Beyond so many the smallest savings of the giver with the most choices are given up: nobody waits for all of them.
MOST_COMBINATIONS = 128


# ------------------------------------------------------------------------------------------------ choosing
def combinations(sheet: Sheet[G], coupons: Sequence[Coupon]) -> Iterator[tuple[Coupon, ...]]:
    """Every set of coupons that may be used together, none first; what takes the same off the same goods only once."""
    choices = [found for giver in _givers(coupons) if (found := _choices(sheet, _of(coupons, giver)))]
    while prod(len(each) + 1 for each in choices) > MOST_COMBINATIONS:
        max(choices, key=len).pop()
    covered = {coupon.id: _skus(sheet, coupon) for each in choices for coupon in each}
    for chosen in product(*[(None, *each) for each in choices]):
        together = tuple(coupon for coupon in chosen if coupon is not None)
        if _go_together(together, covered):
            yield together


def _skus(sheet: Sheet[G], coupon: Coupon) -> frozenset[UUID]:
    """The goods it is for."""
    return frozenset(line.offer.sku_id for line in sheet.of(coupon.covers))


def _go_together(chosen: Sequence[Coupon], skus: Mapping[UUID, frozenset[UUID]]) -> bool:
    """Whether no exclusive one meets another on the same goods."""
    return not any(
        (one.exclusive or other.exclusive) and skus[one.id] & skus[other.id]
        for one, other in combinations_of(chosen, 2)
    )


def _givers(coupons: Sequence[Coupon]) -> list[UUID | None]:
    """The merchants, then the platform."""
    merchants = {coupon.merchant_id for coupon in coupons if coupon.merchant_id is not None}
    return [*sorted(merchants, key=lambda id: id.int), None]


def _of(coupons: Sequence[Coupon], giver: UUID | None) -> list[Coupon]:
    return sorted((coupon for coupon in coupons if coupon.merchant_id == giver), key=lambda each: each.id.int)


def _choices(sheet: Sheet[G], own: Sequence[Coupon]) -> list[Coupon]:
    """What of one giver's is worth trying, what saves most first. What the platform's take off is not known before the
    merchants' are used, but it is never more than now: only those with nothing to gain are left out.
    """
    worth = {coupon.id: sheet.worth(sheet.of(coupon.covers)) for coupon in own}
    best = sorted(own, key=lambda each: (-each.saves(worth[each.id]), each.id.int))
    found: dict[object, Coupon] = {}
    for coupon in best:
        if off := coupon.saves(worth[coupon.id]):
            alike = (off, coupon.exclusive, _skus(sheet, coupon))
            found.setdefault(alike if coupon.merchant_id else coupon.id, coupon)
    return list(found.values())


# ------------------------------------------------------------------------------------------------ using
def use(sheet: Sheet[G], coupons: Sequence[Coupon], chosen: Sequence[Coupon]) -> None:
    """Uses those that are chosen, one of each giver's at most, and says of the others why they are not used."""
    present = {line.offer.merchant_id for line in sheet.lines}
    for giver in _givers(coupons):
        if giver is None or giver in present:
            _use(sheet, giver, _of(coupons, giver), chosen)


def _use(sheet: Sheet[G], giver: UUID | None, own: Sequence[Coupon], chosen: Sequence[Coupon]) -> None:
    ids = {coupon.id for coupon in chosen}
    kind = ShareKind.MERCHANT_COUPON if giver else ShareKind.PLATFORM_COUPON
    asked = [(coupon, lines, sheet.worth(lines)) for coupon in own for lines in [sheet.of(coupon.covers)]]
    used = None
    for coupon, lines, worth in asked:
        if coupon.id in ids and (off := coupon.saves(worth)):
            used = coupon
            borne = 100 if giver else coupon.merchant_percent
            sheet.take(lines, off, Cause(kind, coupon.id, coupon.name), borne)
    party = Party.MERCHANT if giver else Party.PLATFORM
    for coupon, lines, worth in asked:
        if coupon is not used:
            note = _why_not(coupon, lines, worth, any_used=used is not None) or _beside(sheet, coupon, chosen)
            sheet.leave(giver, Unused(kind, party, coupon.name, note, coupon.id))


def _why_not(coupon: Coupon, lines: list[PricedLine[G]], worth: int, *, any_used: bool) -> str | None:
    if not lines:
        return "所选商品不适用"
    if worth < coupon.threshold:
        gain = f"享 {fold(coupon.percent_off)}" if coupon.percent_off else f"减 {yuan(coupon.off)} 元"
        return f"再买 {exact_yuan(coupon.threshold - worth)} 元可{gain}"
    if not coupon.saves(worth):
        return "商品金额已抵扣完"
    return "已使用更优惠的券" if any_used else None


def _beside(sheet: Sheet[G], coupon: Coupon, chosen: Sequence[Coupon]) -> str:
    """Of one that would take something off, and is not used all the same."""
    own = _skus(sheet, coupon)
    met = (each for each in chosen if (each.exclusive or coupon.exclusive) and own & _skus(sheet, each))
    name = next((each.name for each in met), None)
    return f"与「{name}」不同享，已选实付更少的" if name else "不用这张券实付更少"
