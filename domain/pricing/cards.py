"""The last step: gift cards pay for goods and freight alike, the one that expires first before the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from domain.pricing.benefits import GiftCard
from domain.pricing.priced import CardPart, G, PricedGroup
from domain.shares import apportion

NEVER = datetime.max.replace(tzinfo=UTC)


def pay(groups: Sequence[PricedGroup[G]], cards: Sequence[GiftCard]) -> tuple[PricedGroup[G], ...]:
    """The groups with what each card pays of them, in proportion to what is due. The prices stay what they are.

    A card is money paid before (a liability of the platform until it is spent), not a discount: payable, refunds and
    commission count from the price, and only the way it is paid differs.
    """
    at = sorted(range(len(groups)), key=lambda each: groups[each].merchant_id.int)
    due = [groups[each].total for each in at]
    paid: list[list[CardPart]] = [[] for _ in groups]
    for card in sorted(cards, key=lambda each: (each.expires_at or NEVER, each.id.int)):
        for place, part in enumerate(apportion(max(card.balance, 0), due)):
            due[place] -= part
            if part:
                paid[at[place]].append(CardPart(card.id, card.name, part))
    return tuple(replace(group, cards=tuple(own)) for group, own in zip(groups, paid, strict=True))
