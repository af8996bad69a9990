"""What one member may keep from others without paying: settings of the platform, and what is kept at the moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit, bulk
from domain.base import Forbidden, Invalid, UnitOfWork, Viewer, ViewerKind
from domain.checkout import MOST_OF_ONE
from models.inventory import HoldState
from models.orders import OrderLimits, OrderState

MOST_TRADES = 50


@dataclass(frozen=True)
class Limits:
    """Unpaid trades of a member, and pieces of one SKU in all of them."""

    most_unpaid: int
    most_pieces: int


# Who never pays keeps no more from others than one order could.
USUAL = Limits(10, MOST_OF_ONE)
# Read along with what the member has not paid: what is set holds for the next order, in every process.
CHOSEN = "order_limits.most_unpaid, order_limits.most_pieces"


def of(row: Mapping[Any, Any]) -> Limits:
    """The limits in a row that holds `CHOSEN`; the usual ones where nothing was ever set."""
    return USUAL if row["most_unpaid"] is None else Limits(row["most_unpaid"], row["most_pieces"])


# By each buyer's own orders: of a rush, PostgreSQL would else read what all buyers hold.
PIECES = f"""
SELECT asked.member_id, h.sku_id, sum(h.quantity) AS pieces
FROM unnest($1::uuid[]) AS asked(member_id)
CROSS JOIN LATERAL (
    SELECT id FROM orders WHERE member_id = asked.member_id AND state = '{OrderState.AWAITING_PAYMENT}' OFFSET 0
) AS o
CROSS JOIN LATERAL (
    SELECT sku_id, quantity FROM stock_holds WHERE order_id = o.id AND state = '{HoldState.HELD}' OFFSET 0
) AS h
GROUP BY asked.member_id, h.sku_id
"""


async def unpaid_pieces(session: bulk.Writes, member_ids: Sequence[UUID]) -> dict[tuple[UUID, UUID], int]:
    """Pieces by member and SKU that unpaid orders hold; most buyers have none, and cost no statement."""
    if not member_ids:
        return {}
    rows = await bulk.run(session, PIECES, list(set(member_ids)))
    return {(row["member_id"], row["sku_id"]): int(row["pieces"]) for row in rows}


# ------------------------------------------------------------------------------------------------ the setting
async def limits_now(session: AsyncSession, viewer: Viewer) -> Limits:
    """What holds now, for the platform."""
    _only_platform(viewer)
    table = OrderLimits.__table__.c
    row = (await session.execute(select(table.most_unpaid, table.most_pieces))).mappings().first()
    return of(row) if row else USUAL


async def set_limits(uow: UnitOfWork, viewer: Viewer, wanted: Limits) -> None:
    """From the next order on, in every process; what stands already stays. Invalid out of bounds."""
    _only_platform(viewer)
    if not 1 <= wanted.most_unpaid <= MOST_TRADES:
        raise Invalid(f"未支付订单须为 1 到 {MOST_TRADES} 笔", field="mostUnpaid")
    if not 1 <= wanted.most_pieces <= MOST_OF_ONE:
        raise Invalid(f"未支付件数须为 1 到 {MOST_OF_ONE} 件", field="mostPieces")
    values = {"most_unpaid": wanted.most_unpaid, "most_pieces": wanted.most_pieces}
    written = insert(OrderLimits).values(single=True, **values)
    await uow.session.execute(written.on_conflict_do_update(index_elements=["single"], set_=values))
    await audit.record(uow, viewer, "order.limits", "order_limits", "order_limits", values)


def _only_platform(viewer: Viewer) -> None:
    if viewer.kind is not ViewerKind.PLATFORM:
        raise Forbidden("仅平台可以设置下单限制")
