"""The last step: gift cards pay for goods and freight alike, the one that expires first before the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from domain.pricing.benefits import GiftCard
from domain.pricing.priced import CardPart, G, PricedGroup

NEVER = datetime.max.replace(tzinfo=UTC)


def pay(groups: Sequence[PricedGroup[G]], cards: Sequence[GiftCard]) -> tuple[PricedGroup[G], ...]:
    """The groups with what each card pays of its issuer's. The prices stay what they are.

    A card is money paid before (a liability of the platform until it is spent), not a discount: payable, refunds and
    commission count from the price, and only the way it is paid differs. What expires first pays first, and of those
    that expire together the one with least on it, so that few cards are left with small change.
    """
    in_turn = sorted(cards, key=lambda each: (each.expires_at or NEVER, each.balance, each.id.int))
    return tuple(_paid(group, in_turn) for group in groups)


def _paid(group: PricedGroup[G], cards: Sequence[GiftCard]) -> PricedGroup[G]:
    """An issuer has one group of a trade, so its cards need not be divided."""
    due, parts = group.total, []
    for card in cards:
        part = min(max(card.balance, 0), due) if card.issuer_id == group.merchant_id else 0
        if part:
            due -= part
            parts.append(CardPart(card.id, card.name, part, card.voucher))
    return replace(group, cards=tuple(parts)) if parts else group
