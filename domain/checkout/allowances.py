"""How many of a SKU one member may buy, where its shop says so.

Counted is what the member ordered and did not give back, in all orders that are not closed. A late payment is honoured
even where it then is one too many: the buyer was asked for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Refusal, clock
from domain.checkout.offering import Offer
from models.orders import OrderState

#: Pieces by member and SKU.
Bought: TypeAlias = Mapping[tuple[UUID, UUID], int]
EVER = datetime(1970, 1, 1, tzinfo=UTC)


class OverLimit(Refusal):
    """More of a SKU than its shop sells to one member. `left` is what could still be bought."""

    code = "OVER_LIMIT"

    def __init__(self, offer: Offer, before: int) -> None:
        left = max(0, (offer.limit_each or 0) - before)
        had = f"，您已购买 {before} 件" if before else ""
        may = f"，还可购买 {left} 件" if left and before else ""
        super().__init__(f"“{offer.sku_name}”{said(offer)}{had}{may}", field="lines", sku_id=offer.sku_id, left=left)
        self.left = left


def said(offer: Offer) -> str:
    """The limit in words: 「每人限购 2 件」, 「每人 30 天内限购 2 件」."""
    within = "" if offer.limit_days is None else f" {offer.limit_days} 天内"
    return f"每人{within}限购 {offer.limit_each} 件"


# By each buyer's own orders, through the index of theirs: the lines of all who bought a SKU are far more.
BOUGHT = text(f"""
SELECT asked.member_id, asked.sku_id, sum(l.quantity - l.refunded_quantity) AS pieces
FROM unnest(:members, :skus, :since) AS asked(member_id, sku_id, since)
CROSS JOIN LATERAL (
    SELECT id FROM orders
    WHERE member_id = asked.member_id AND created_at >= asked.since AND state <> '{OrderState.CLOSED}' OFFSET 0
) AS o
JOIN order_lines l ON l.order_id = o.id AND l.sku_id = asked.sku_id
GROUP BY asked.member_id, asked.sku_id
""").bindparams(
    bindparam("members", type_=ARRAY(Uuid)),
    bindparam("skus", type_=ARRAY(Uuid)),
    bindparam("since", type_=ARRAY(DateTime(timezone=True))),
)


async def bought(session: AsyncSession, wanted: Iterable[tuple[UUID, Offer]]) -> Bought:
    """What each member has of each of these offers, as far as it counts; no statement where nothing is limited."""
    limited = {(member, offer.sku_id): offer for member, offer in wanted if offer.limit_each is not None}
    if not limited:
        return {}
    now = clock.now()
    since = [EVER if each.limit_days is None else now - timedelta(each.limit_days) for each in limited.values()]
    members, skus = [member for member, _ in limited], [sku for _, sku in limited]
    rows = await session.execute(BOUGHT, {"members": members, "skus": skus, "since": since})
    return {(row.member_id, row.sku_id): int(row.pieces) for row in rows}


def left(offer: Offer, before: int) -> int | None:
    """How many more a member may buy who has `before` of them; None: as many as there are."""
    return None if offer.limit_each is None else max(0, offer.limit_each - before)


def check_allowance(offer: Offer, quantity: int, before: int) -> None:
    """Refuses with OverLimit what is more than a member may have who has `before` of them."""
    may = left(offer, before)
    if may is not None and quantity > may:
        raise OverLimit(offer, before)
