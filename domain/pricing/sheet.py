"""The lines of one pricing on their way through the steps: what is left of each, and what was taken off it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Generic
from uuid import UUID

from domain.pricing.priced import G, PricedLine, Share, Unused
from domain.shares import apportion
from models.pricing import Party, ShareKind


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something is taken off."""

    kind: ShareKind
    source: UUID | None
    name: str


class Sheet(Generic[G]):
    """Lines are kept sorted by SKU, so that what each one gets does not depend on the order they came in."""

    def __init__(self, lines: Iterable[PricedLine[G]]) -> None:
        self.lines = sorted(lines, key=lambda line: line.offer.sku_id.int)
        self.left = {line.offer.sku_id: line.amount for line in self.lines}
        self._shares: dict[UUID, list[Share]] = {line.offer.sku_id: [] for line in self.lines}
        # What no step used: by the merchant it belongs to, None for the platform's.
        self.unused: dict[UUID | None, list[Unused]] = {}
        self.points_used, self._point = 0, 1
        if len(self.left) != len(self.lines):
            raise ValueError("one line per SKU")

    def copy(self) -> Sheet[G]:
        """As far as it is, to go on in another way."""
        other = copy(self)
        other.left, other.unused = dict(self.left), {giver: list(own) for giver, own in self.unused.items()}
        other._shares = {sku_id: list(own) for sku_id, own in self._shares.items()}
        return other

    def of(self, covers: Callable[[G], bool]) -> list[PricedLine[G]]:
        return [line for line in self.lines if covers(line.offer)]

    def worth(self, lines: Iterable[PricedLine[G]]) -> int:
        """What is left to pay for these lines."""
        return sum(self.left[line.offer.sku_id] for line in lines)

    def take(self, lines: Sequence[PricedLine[G]], total: int, cause: Cause, merchant_percent: int) -> None:
        """Takes `total` off the lines, in proportion to what is left of each; the shops bear so much of it."""
        parts = apportion(total, [self.left[line.offer.sku_id] for line in lines])
        for line, part in zip(lines, parts, strict=True):
            own, others = _between(part, merchant_percent)
            self.take_from(line, own, cause, Party.MERCHANT)
            self.take_from(line, others, cause, Party.PLATFORM)

    def take_from(self, line: PricedLine[G], amount: int, cause: Cause, party: Party) -> None:
        """Takes `amount` off one line, which has at least that left."""
        if amount:
            self.left[line.offer.sku_id] -= amount
            self._shares[line.offer.sku_id].append(Share(cause.kind, party, cause.source, cause.name, amount))

    def spend(self, line: PricedLine[G], points: int, fen_each: int, cause: Cause) -> None:
        """Pays so much of one line with points, which has at least that left."""
        self.take_from(line, points * fen_each, cause, Party.PLATFORM)
        self.points_used, self._point = self.points_used + points, fen_each

    def give_back_least(self, sku_ids: Iterable[UUID]) -> None:
        """Of goods of which nothing is left to pay: takes as little as goes less off one of them, a fen or a point.

        Of what was taken off last, and at the shop's expense where the shop bears some of it: it never bears more than
        its part of what is left.
        """
        sku_id = min(sku_ids, key=lambda id: id.int)
        shares = self._shares[sku_id]
        cause = shares[-1].kind, shares[-1].source
        last = next(at for at, share in enumerate(shares) if (share.kind, share.source) == cause)
        share = shares[last]
        least = self._point if share.kind is ShareKind.POINTS else 1
        shares[last : last + 1] = [replace(share, amount=share.amount - least)] if share.amount > least else []
        self.left[sku_id] += least
        if share.kind is ShareKind.POINTS:
            self.points_used -= 1

    def leave(self, merchant_id: UUID | None, unused: Unused) -> None:
        """Notes a benefit that takes nothing off."""
        self.unused.setdefault(merchant_id, []).append(unused)

    def finished(self, line: PricedLine[G]) -> PricedLine[G]:
        return PricedLine(line.offer, line.quantity, tuple(self._shares[line.offer.sku_id]))


def _between(amount: int, merchant_percent: int) -> tuple[int, int]:
    """What of an amount the shop bears, and what the platform."""
    if merchant_percent in (0, 100):
        return (amount, 0) if merchant_percent else (0, amount)
    own, others = apportion(amount, [amount * merchant_percent, amount * (100 - merchant_percent)])
    return own, others
