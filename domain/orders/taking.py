"""Taking steps: rows are locked in one order, a step is one guarded UPDATE, and every step leaves a sentence.

Whoever needs several locks takes them in this order: member, trade, its orders by id, its payments by attempt, its
refunds, a group's activity or a presale's offer, the group, flash offers, vouchers, coupons, gift cards, points by
member, stock, each by id. Nobody waits therefore for somebody who waits for him.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import cards, payments, pickups, points, promotions, vouchers
from domain.base import NotFound, RowDict, UnitOfWork, Viewer, clock
from domain.orders.events import OrderChanged
from domain.orders.states import (
    ORDER_REFUSALS,
    ORDER_STEPS,
    TRADE_REFUSALS,
    TRADE_STEPS,
    OrderEvent,
    TradeEvent,
)
from models.base import new_id
from models.orders import Order, OrderState, OrderStep, Trade

# What a rule needs to know of an order; personal data stays where it is.
ORDER = (
    "number",
    "trade_id",
    "member_id",
    "merchant_id",
    "state",
    "total",
    "discount_total",
    "card_total",
    "points_total",
    "close_reason",
    "pickup_point_id",
)
TIMES = ("expires_at", "paid_at")


@dataclass(frozen=True)
class Locked:
    """A trade with its orders and attempts, all locked until the transaction ends."""

    trade: RowDict
    orders: Sequence[RowDict]
    attempts: Sequence[payments.Attempt]

    @property
    def order_ids(self) -> list[UUID]:
        return [order["id"] for order in self.orders]


async def lock(uow: UnitOfWork, trade_id: UUID) -> Locked:
    """Locks a trade and everything that hangs on it, in the order stated above."""
    table = Trade.__table__.c
    found = await uow.session.execute(select(*table).where(table.id == trade_id).with_for_update())
    trade = found.mappings().first()
    if trade is None:
        raise NotFound("订单不存在")
    rows = await uow.session.execute(_orders(trade_id).with_for_update())
    return Locked(dict(trade), [dict(row) for row in rows.mappings()], await payments.locked(uow, trade_id))


def _orders(trade_id: UUID) -> Any:
    table = Order.__table__.c
    chosen = select(table.id, *(table[name] for name in (*ORDER, *TIMES)))
    return chosen.where(table.trade_id == trade_id).order_by(table.id)


async def trade_of(session: AsyncSession, order_id: UUID) -> UUID:
    trade_id = await session.scalar(select(Order.trade_id).where(Order.id == order_id))
    if trade_id is None:
        raise NotFound("订单不存在")
    return trade_id


async def step_trade(uow: UnitOfWork, trade_id: UUID, event: TradeEvent, **to: Any) -> RowDict:
    return await payments.move(uow.session, Trade, TRADE_STEPS, trade_id, event, TRADE_REFUSALS[event], **to)


async def step_order(
    uow: UnitOfWork, order_id: UUID, event: OrderEvent, viewer: Viewer, sentence: str, **to: Any
) -> RowDict:
    """Takes the step, adds `sentence` to the order's log and tells of it; answers the order's row.

    WrongState from any state the table does not name.
    """
    refusal = ORDER_REFUSALS[event]
    changes = {"version": Order.version + 1, **to}
    row = await payments.move(uow.session, Order, ORDER_STEPS, order_id, event, refusal, **changes)
    if row["discount_total"] and row["state"] == OrderState.CLOSED:
        if event is not OrderEvent.REFUND_LATE:  # it was closed before, and has nothing of a budget any more
            await promotions.free(uow, [order_id])
        await promotions.give_back(uow, row["trade_id"])
    if row["card_total"] and row["state"] == OrderState.CLOSED:
        await cards.release(uow, order_id)
        await vouchers.release(uow, order_id)
    if row["points_total"] and row["state"] == OrderState.CLOSED:
        await points.release(uow, order_id)
    if row["pickup_point_id"] and row["state"] == OrderState.CLOSED:
        await pickups.end(uow, order_id)
    await note(uow, [row], event, viewer, sentence)
    return row


async def note(uow: UnitOfWork, orders: Sequence[RowDict], event: str, viewer: Viewer, sentence: str) -> None:
    """Adds `sentence` to the log of orders, in the state they are in now, and tells of it."""
    now = clock.now()
    entry = {"event": event, "actor_kind": viewer.actor, "actor_id": viewer.id, "text": sentence, "created_at": now}
    rows = [{"id": new_id(), "order_id": order["id"], "state": order["state"], **entry} for order in orders]
    await uow.session.execute(insert(OrderStep), rows)
    for order in orders:
        tell(uow, order)


def tell(uow: UnitOfWork, order: RowDict) -> None:
    uow.emit(
        OrderChanged(
            order["id"], order["trade_id"], order["member_id"], order["merchant_id"], OrderState(order["state"])
        )
    )
