"""Closing unpaid trades: asked about and closed at WeChat Pay first, here last.

A trade nobody could pay any more is closed; while WeChat Pay gives no answer, nothing is.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import cards, groups, payments, presales
from domain.base import SYSTEM, Database, Job, NotFound, Unavailable, UnitOfWork, Viewer, WrongState, clock
from domain.orders import flashing, presaling
from domain.orders.asking import ask, end, unsettled
from domain.orders.forfeiting import miss_balance
from domain.orders.grouping import seat_of
from domain.orders.states import OrderEvent, TradeEvent
from domain.orders.taking import Locked, lock, step_order, step_trade
from domain.payments import Gateway, Outcome
from models.orders import CloseReason, Trade, TradeState
from models.payments import Payment, PaymentState

SENTENCES = {
    OrderEvent.CANCEL: (CloseReason.BUYER_CANCELLED, "买家取消了订单"),
    OrderEvent.EXPIRE: (CloseReason.PAYMENT_TIMEOUT, "超时未付款，订单已自动关闭"),
}
TRIES = 3


async def expire(database: Database, gateway: Gateway, trade_id: UUID) -> None:
    """Closes a trade nobody paid in time; one with disputed money waits for a person.

    Safe to repeat; raises Unavailable, to be run again, while WeChat Pay gives no answer.
    """
    async with database.begin() as uow:
        locked = await lock(uow, trade_id)
        if not presaling.payable(locked):
            return
        early = locked.trade["expires_at"] - clock.now()
        if early.total_seconds() > 0:
            # The queue's clock is ahead of ours: come again when it is time.
            uow.later(Job("trade.expire", {"trade_id": str(trade_id)}, after=early))
            return
    with suppress(Disputed):
        if presaling.owes_balance(locked):
            await close(database, gateway, trade_id, Ending(presaling.owes_balance, miss_balance))
        else:
            await close(database, gateway, trade_id, _unpaid(OrderEvent.EXPIRE, SYSTEM))


async def cancel(database: Database, gateway: Gateway, viewer: Viewer, trade_id: UUID) -> None:
    """The buyer calls an unpaid trade off. WrongState when it is paid, if only a moment ago; closed stays closed."""
    async with database.begin() as uow:
        locked = await lock(uow, trade_id)
        if locked.trade["member_id"] != viewer.member_id:
            raise NotFound("订单不存在")
        if locked.trade["state"] is TradeState.CLOSED:
            return
        if locked.trade["state"] is TradeState.DEPOSIT_PAID:
            raise WrongState("定金已支付，请在订单详情中取消预订")
    if not await close(database, gateway, trade_id, _unpaid(OrderEvent.CANCEL, viewer)):
        raise WrongState("订单已支付，不能取消")


async def reconcile(database: Database, gateway: Gateway, payment_id: UUID) -> None:
    """Asks WeChat Pay how an attempt stands and does what follows. Safe to repeat; Unavailable without an answer."""
    async with database.begin() as uow:
        trade_id = await payments.trade_of(uow.session, id=payment_id)
        attempts = await payments.attempts_of(uow.session, trade_id) if trade_id else []
    mine = [attempt for attempt in unsettled(attempts) if attempt.id == payment_id]
    if trade_id is None or not mine:
        return
    said = await ask(database, gateway, mine)
    if said[payment_id] not in (Outcome.UNPAID, Outcome.UNKNOWN):
        return
    try:
        async with database.begin() as uow:
            locked = await lock(uow, trade_id)
    except NotFound:
        await cards.close_overdue(database, gateway, trade_id)
        return
    if not presaling.payable(locked, mine[0].stage):
        await end(database, gateway, mine)
    elif locked.trade["expires_at"] <= clock.now():
        await expire(database, gateway, trade_id)


async def overdue_trades(session: AsyncSession, *, most: int = 100) -> Sequence[UUID]:
    """Unpaid trades to be closed: those never taken to the cashier as soon as they are due, and they come first, since
    nobody need be asked; the others a minute later, for then the timer their attempt has set was lost.
    """
    attempted = exists().where(Payment.trade_id == Trade.id)
    disputed = exists().where(Payment.trade_id == Trade.id, Payment.state == PaymentState.DISPUTED)
    due, late = Trade.expires_at <= clock.now(), Trade.expires_at <= clock.now() - timedelta(minutes=1)
    chosen = select(Trade.id).where(Trade.state == TradeState.AWAITING_PAYMENT, due, late | ~attempted, ~disputed)
    return (await session.scalars(chosen.order_by(attempted, Trade.expires_at).limit(most))).all()


class Disputed(WrongState):
    """Money came that was not what was asked for: until a person has looked, the trade stays as it is."""


def _refuse_disputed(locked: Locked) -> None:
    if any(attempt.state is PaymentState.DISPUTED for attempt in locked.attempts):
        raise Disputed("支付信息正在核实，暂时不能取消")


@dataclass(frozen=True)
class Ending:
    """How a trade ends: while `open` is true of it, by `close`."""

    open: Callable[[Locked], bool]
    close: Callable[[UnitOfWork, Locked], Awaitable[None]]


def _unpaid(event: OrderEvent, viewer: Viewer) -> Ending:
    def waits(locked: Locked) -> bool:
        return bool(locked.trade["state"] is TradeState.AWAITING_PAYMENT)

    async def end_here(uow: UnitOfWork, locked: Locked) -> None:
        await _close_here(uow, locked, event, viewer)

    return Ending(waits, end_here)


async def close(database: Database, gateway: Gateway, trade_id: UUID, ending: Ending) -> bool:
    """Ends the trade once every attempt is closed at WeChat Pay; False when one of them turns out to be paid."""
    ended: set[UUID] = set()
    for _ in range(TRIES):
        async with database.begin() as uow:
            locked = await lock(uow, trade_id)
            if not ending.open(locked):
                return locked.trade["state"] is TradeState.CLOSED
            _refuse_disputed(locked)
            # An attempt may have been opened since the last look.
            left = [each for each in unsettled(locked.attempts) if each.id not in ended]
            if not left:
                await ending.close(uow, locked)
                return True
        await end(database, gateway, left)
        ended |= {each.id for each in left}
    raise Unavailable("订单正在支付中，请稍后再试")


async def _close_here(uow: UnitOfWork, locked: Locked, event: OrderEvent, viewer: Viewer) -> None:
    reason, sentence = SENTENCES[event]
    await step_trade(uow, locked.trade["id"], TradeEvent.CLOSE)
    for order in locked.orders:
        to = {"closed_at": clock.now(), "close_reason": reason}
        await step_order(uow, order["id"], event, viewer, sentence, **to)
    if locked.trade["presale"]:
        await presales.free(uow, locked.order_ids[0], clock.now())
    elif seat := await seat_of(uow, locked):
        await groups.free(uow, [seat])
    await flashing.release(uow, locked)
