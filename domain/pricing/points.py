"""The fifth step: points, clipped to what they may pay rather than refused."""

from __future__ import annotations

from domain.pricing.benefits import Points
from domain.pricing.priced import G, Unused
from domain.pricing.sheet import Cause, Sheet
from domain.pricing.words import KINDS, yuan
from domain.shares import apportion
from models.pricing import Party, ShareKind

CAUSE = Cause(ShareKind.POINTS, None, KINDS[ShareKind.POINTS])


def spend(sheet: Sheet[G], points: Points) -> None:
    """Uses as many as there are and may be. Every line gets whole points, so that what is sent back returns whole ones.

    A point worth several fen never pays for less than its worth: the odd fen of a line stay to be paid.
    """
    room = [sheet.left[line.offer.sku_id] // points.fen_each for line in sheet.lines]
    worth = sheet.worth(sheet.lines)
    capped = worth * points.cap_percent // (100 * points.fen_each) if worth >= points.least else 0
    used = apportion(min(points.held, capped), room)
    for line, many in zip(sheet.lines, used, strict=True):
        sheet.spend(line, many, points.fen_each, CAUSE)
    if not sheet.points_used:
        note = "积分不足" if not points.held else "所选商品不可用积分抵扣"
        if points.held and worth < points.least:
            note = f"商品满 {yuan(points.least)} 元可用积分抵扣"
        sheet.leave(None, Unused(CAUSE.kind, Party.PLATFORM, CAUSE.name, note))
