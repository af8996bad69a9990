"""The third and fourth step: one coupon of each merchant's, then one of the platform's, whichever saves most."""

from __future__ import annotations

from uuid import UUID

from domain.pricing.benefits import Coupon
from domain.pricing.priced import G, PricedLine, Unused
from domain.pricing.sheet import Cause, Sheet
from domain.pricing.words import exact_yuan, fold, yuan
from models.pricing import Party, ShareKind


def merchant_coupons(sheet: Sheet[G], coupons: tuple[Coupon, ...]) -> None:
    """Each merchant's best coupon, on that merchant's goods."""
    present = {line.offer.merchant_id for line in sheet.lines}
    for merchant_id in sorted(present, key=lambda id: id.int):
        own = [coupon for coupon in coupons if coupon.merchant_id == merchant_id]
        _best_of(sheet, own, ShareKind.MERCHANT_COUPON, merchant_id)


def platform_coupons(sheet: Sheet[G], coupons: tuple[Coupon, ...]) -> None:
    """The platform's best coupon, over the goods of all merchants."""
    _best_of(sheet, [coupon for coupon in coupons if coupon.merchant_id is None], ShareKind.PLATFORM_COUPON, None)


def _best_of(sheet: Sheet[G], coupons: list[Coupon], kind: ShareKind, merchant_id: UUID | None) -> None:
    """Uses the coupon that saves most, of equal ones the first by id, and says of the others why they are not used."""
    asked = [(coupon, lines, sheet.worth(lines)) for coupon in coupons for lines in [sheet.of(coupon.covers)]]
    best = min(asked, key=lambda each: (-each[0].saves(each[2]), each[0].id.int), default=None)
    used = None
    if best and (off := best[0].saves(best[2])):
        used, lines, _ = best
        borne = 100 if merchant_id else used.merchant_percent
        sheet.take(lines, off, Cause(kind, used.id, used.name), borne)
    party = Party.MERCHANT if merchant_id else Party.PLATFORM
    for coupon, lines, worth in sorted(asked, key=lambda each: each[0].id.int):
        if coupon is not used:
            note = _why_not(coupon, lines, worth)
            sheet.leave(merchant_id, Unused(kind, party, coupon.name, note, coupon.id))


def _why_not(coupon: Coupon, lines: list[PricedLine[G]], worth: int) -> str:
    if not lines:
        return "所选商品不适用"
    if worth < coupon.threshold:
        gain = f"享 {fold(coupon.percent_off)}" if coupon.percent_off else f"减 {yuan(coupon.off)} 元"
        return f"再买 {exact_yuan(coupon.threshold - worth)} 元可{gain}"
    return "已使用更优惠的券" if coupon.saves(worth) else "商品金额已抵扣完"
