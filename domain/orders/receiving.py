"""From a shipped order to a completed one: by the buyer's word, or by themselves in time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain import delivery
from domain.base import SHANGHAI, SYSTEM, Job, NotFound, RowDict, UnitOfWork, Viewer, clock
from domain.orders import bookkeeping
from domain.orders.shipping import confirm_later, locked
from domain.orders.states import OrderEvent
from domain.orders.taking import step_order
from models.orders import Order, OrderState

RETURN_DAYS = 7
COMPLETE_AFTER = timedelta(days=RETURN_DAYS)
LATE = timedelta(minutes=1)
TROUBLE_WAIT = timedelta(days=2)


def return_deadline(delivered_at: datetime) -> datetime:
    """When the right to return without a reason ends: with the seventh day after the day of signing.

    消费者权益保护法 Art. 25; days are Shanghai's. The moment itself is the first that is too late.
    """
    day = delivered_at.astimezone(SHANGHAI).date() + timedelta(days=RETURN_DAYS + 1)
    return datetime.combine(day, time(0), SHANGHAI).astimezone(delivered_at.tzinfo)


async def confirm_receipt(uow: UnitOfWork, viewer: Viewer, order_id: UUID) -> None:
    """The buyer has it. Saying so again is no news; WrongState unless all of it was shipped."""
    order = await locked(uow, order_id)
    if order["member_id"] != viewer.member_id:
        raise NotFound("订单不存在")
    if order["state"] not in (OrderState.RECEIVED, OrderState.COMPLETED):
        await _receive(uow, viewer, order, "买家确认收货")


async def auto_confirm(uow: UnitOfWork, order_id: UUID) -> None:
    """Confirms a shipped order whose time has come, for a buyer who says nothing. Safe to repeat."""
    order = await locked(uow, order_id)
    if order["state"] is not OrderState.SHIPPED or order["auto_confirm_at"] > clock.now():
        return
    parcels = await delivery.shipments_of(uow.session, order_id)
    if any(parcel["state"] in delivery.TROUBLES for parcel in parcels):
        # What is held up or on its way back was not received by silence.
        later = clock.now() + TROUBLE_WAIT
        await uow.session.execute(update(Order).where(Order.id == order_id).values(auto_confirm_at=later))
        confirm_later(uow, order_id, later)
    else:
        await _receive(uow, SYSTEM, order, "超时未确认，系统自动确认收货")


async def _receive(uow: UnitOfWork, viewer: Viewer, order: RowDict, sentence: str) -> None:
    to = received(uow, order["id"], order["signed_at"])
    await step_order(uow, order["id"], OrderEvent.RECEIVE, viewer, sentence, **to)


def received(uow: UnitOfWork, order_id: UUID, signed_at: datetime | None = None) -> dict[str, datetime]:
    """What an order says that is received now; has it looked at when it should be complete."""
    now = clock.now()
    complete_at = max(now + COMPLETE_AFTER, return_deadline(signed_at or now))
    key = f"order:{order_id}:complete"
    uow.later(Job("order.complete", {"order_id": str(order_id)}, after=complete_at - now, key=key))
    return {"received_at": now, "complete_at": complete_at}


async def complete(uow: UnitOfWork, order_id: UUID) -> None:
    """Ends a received order after its time. Safe to repeat."""
    order = await locked(uow, order_id)
    if order["state"] is OrderState.RECEIVED and order["complete_at"] <= clock.now():
        await step_order(uow, order_id, OrderEvent.COMPLETE, SYSTEM, "订单已完成", completed_at=clock.now())
        await bookkeeping.completed(uow, [order_id])


async def overdue_receipts(session: AsyncSession, *, most: int = 100) -> Sequence[UUID]:
    """Shipped orders that should have confirmed themselves a minute ago: their job was lost."""
    chosen = select(Order.id).where(Order.state == OrderState.SHIPPED, Order.auto_confirm_at <= clock.now() - LATE)
    return (await session.scalars(chosen.order_by(Order.auto_confirm_at).limit(most))).all()


async def overdue_completions(session: AsyncSession, *, most: int = 100) -> Sequence[UUID]:
    """Received orders that should have been completed a minute ago: their job was lost."""
    chosen = select(Order.id).where(Order.state == OrderState.RECEIVED, Order.complete_at <= clock.now() - LATE)
    return (await session.scalars(chosen.order_by(Order.complete_at).limit(most))).all()
