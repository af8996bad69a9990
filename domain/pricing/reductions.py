"""The second step: 满减 of the merchants and of the platform, on what is left to pay after special prices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from domain.pricing.benefits import Reduction
from domain.pricing.priced import G, Priced, PricedGroup, PricedLine, Unused
from domain.pricing.sheet import Cause, Sheet
from domain.pricing.words import exact_yuan, yuan
from models.pricing import Party, ShareKind


@dataclass(frozen=True)
class Reduced:
    """What a 满减 took off, in fen; or why it took nothing, as the buyer reads it.

    `worth` is what the goods that count for it come to; `missing` more of them take `next_off` off, where it is not
    None.
    """

    id: UUID | None
    name: str
    off: int
    note: str | None = None
    worth: int = 0
    missing: int | None = None
    next_off: int | None = None


Chosen = tuple[int, Reduction, list[PricedLine[G]]]


def reduce(sheet: Sheet[G], reductions: tuple[Reduction, ...]) -> None:
    """Applies all of them, the one that takes most off first; a line takes part in one at most."""
    waiting = sorted(reductions, key=lambda each: each.id.int)
    free = {line.offer.sku_id for line in sheet.lines}
    while waiting:
        found = [_worth(sheet, each, free) for each in waiting]
        off, best, lines = max(found, key=lambda each: each[0])
        if off == 0:
            break
        sheet.take(lines, off, Cause(_kind(best), best.id, best.name), best.merchant_percent)
        free -= {line.offer.sku_id for line in lines}
        waiting.remove(best)
    for each in waiting:
        _leave(sheet, each, free)


def _worth(sheet: Sheet[G], reduction: Reduction, free: set[UUID]) -> Chosen[G]:
    lines = [line for line in sheet.of(reduction.covers) if line.offer.sku_id in free]
    return reduction.off(sheet.worth(lines)), reduction, lines


def _leave(sheet: Sheet[G], reduction: Reduction, free: set[UUID]) -> None:
    """Says how far the goods are from it, to those who buy anything it covers."""
    covered = sheet.of(reduction.covers)
    if not covered:
        return
    lines = [line for line in covered if line.offer.sku_id in free]
    step = reduction.next_step(sheet.worth(lines))
    note = f"再买 {exact_yuan(step[0])} 元可减 {yuan(step[1])} 元" if lines and step else "这些商品已享其他满减"
    party = Party.MERCHANT if reduction.merchant_id else Party.PLATFORM
    sheet.leave(reduction.merchant_id, Unused(_kind(reduction), party, reduction.name, note, reduction.id))


def _kind(reduction: Reduction) -> ShareKind:
    return ShareKind.REDUCTION if reduction.merchant_id else ShareKind.PLATFORM_REDUCTION


Offered = Iterable[Reduction]
# What is taken off before any 满减, which counts from what that leaves.
BEFORE = (ShareKind.CAMPAIGN, ShareKind.MEMBER)
KINDS = (ShareKind.REDUCTION, ShareKind.PLATFORM_REDUCTION)


def reductions_of(group: PricedGroup[G], offered: Offered = ()) -> list[Reduced]:
    """The merchant's 满减 that are for goods of the group: first those that took something off.

    Of those `offered`, which the goods were priced with, it says how far they are from the next step.
    """
    return _reduced(group.lines, group.unused, ShareKind.REDUCTION, offered)


def reductions_across(priced: Priced[G], offered: Offered = ()) -> list[Reduced]:
    """The platform's, over the goods of all merchants."""
    return _reduced(priced.lines, priced.unused, ShareKind.PLATFORM_REDUCTION, offered)


def _reduced(
    lines: Sequence[PricedLine[G]], unused: Iterable[Unused], kind: ShareKind, offered: Offered
) -> list[Reduced]:
    taken: dict[UUID | None, Reduced] = {}
    for share in (share for line in lines for share in line.shares if share.kind is kind):
        before = taken.get(share.source, Reduced(share.source, share.name, 0))
        taken[share.source] = replace(before, off=before.off + share.amount)
    left = [Reduced(each.source, each.name, 0, each.note) for each in unused if each.kind is kind]
    known = {each.id: each for each in offered}
    return [_reached(each, known[each.id], lines) if each.id in known else each for each in (*taken.values(), *left)]


def _reached(reduced: Reduced, offered: Reduction, lines: Iterable[PricedLine[G]]) -> Reduced:
    """The same, with how far the goods are that no other 满减 has."""
    free = [line for line in lines if offered.covers(line.offer) and not _elsewhere(line, offered.id)]
    worth = sum(line.amount - sum(each.amount for each in line.shares if each.kind in BEFORE) for line in free)
    missing, next_off = (offered.next_step(worth) if free else None) or (None, None)
    return replace(reduced, worth=worth, missing=missing, next_off=next_off)


def _elsewhere(line: PricedLine[G], id: UUID) -> bool:
    return any(share.kind in KINDS and share.source != id for share in line.shares)
