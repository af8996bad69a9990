"""Paying: transaction, call, transaction. WeChat Pay is never called while rows are locked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import payments
from domain.base import Conflict, Database, Job, NotFound, Unavailable, UnitOfWork, Viewer, WrongState, clock
from domain.orders import bookkeeping, carding, presaling
from domain.orders.asking import ask, end, unsettled
from domain.orders.taking import Locked, lock
from domain.payments import Attempt, Gateway, Share
from domain.payments import Prepay as Prepay
from models.members import Member
from models.merchants import Merchant
from models.orders import Order, OrderLine, Trade, TradeState
from models.payments import PaymentState, PayWay

# Whoever else asked for a prepay id of the attempt has his answer by then, or will never have it.
ANSWERED_WITHIN = timedelta(seconds=60)
# So long WeChat Pay's prepay ids are good.
PREPAID = timedelta(hours=2)


async def pay(
    database: Database, gateway: Gateway, viewer: Viewer, trade_id: UUID, client_address: str = "127.0.0.1"
) -> Prepay:
    """Opens an attempt to pay the viewer's trade, or takes the open one up again: two tabs get the same.

    WrongState when the trade is paid, closed, expired or disputed; Unavailable when WeChat Pay gives no answer.
    """
    attempt, expires_at = await _payable(database, gateway, viewer, trade_id)
    prepay_id = attempt.prepay_id or await _prepay(database, gateway, attempt, client_address)
    return Prepay(trade_id, prepay_id, gateway.client_parameters(prepay_id), expires_at)


async def confirm_payment(database: Database, gateway: Gateway, viewer: Viewer, trade_id: UUID) -> None:
    """「我已支付」: asks WeChat Pay about every attempt that is not settled and records what it says."""
    mine = select(Trade.id).where(Trade.id == trade_id, Trade.member_id == viewer.member_id)
    # On the primary: a replica may not have heard of the trade yet.
    async with database.begin() as uow:
        if await uow.session.scalar(mine) is None:
            raise NotFound("订单不存在")
        attempts = await payments.attempts_of(uow.session, trade_id)
    await ask(database, gateway, unsettled(attempts))


async def _payable(database: Database, gateway: Gateway, viewer: Viewer, trade_id: UUID) -> tuple[Attempt, datetime]:
    """The open attempt, and when the trade closes. Before a new one, the old are asked about: one may be paid."""
    old: Sequence[Attempt] = ()
    for _ in range(3):
        # One whose own time is over, in a window of days, makes way for the next.
        await end(database, gateway, [each for each in old if each.state is PaymentState.OPEN])
        await ask(database, gateway, [each for each in old if each.state is not PaymentState.OPEN])
        async with database.begin() as uow:
            locked = await _to_pay(uow, viewer, trade_id)
            left = unsettled(locked.attempts)
            live = [each for each in left if each.state is PaymentState.OPEN]
            if live and (live[0].expires_at > clock.now() or live[0].expires_at >= locked.trade["expires_at"]):
                return live[0], locked.trade["expires_at"]
            if not live and {each.id for each in left} <= {each.id for each in old}:
                return await _open(uow, locked, gateway.way), locked.trade["expires_at"]
            old = left
    raise Unavailable("订单正在支付中，请稍后再试")


async def _to_pay(uow: UnitOfWork, viewer: Viewer, trade_id: UUID) -> Locked:
    locked = await lock(uow, trade_id)
    if locked.trade["member_id"] != viewer.member_id:
        raise NotFound("订单不存在")
    if locked.trade["state"] is TradeState.PAID:
        raise WrongState("订单已支付")
    if locked.trade["state"] is TradeState.CLOSED:
        raise WrongState("订单已关闭，请重新下单")
    if locked.trade["presale"]:
        await presaling.refuse_paying(uow, locked)
    if any(attempt.state is PaymentState.DISPUTED for attempt in locked.attempts):
        raise WrongState("支付信息正在核实，请联系客服")
    if locked.trade["expires_at"] <= clock.now():
        raise WrongState("订单已超时，请重新下单")
    if carding.is_covered(locked.orders):
        raise WrongState("该订单由礼品卡或提货券全额支付，无需微信支付，请直接确认付款")
    return locked


async def _open(uow: UnitOfWork, locked: Locked, way: PayWay) -> Attempt:
    """From here on closing takes asking, which may have to be repeated: work for the queue. What nobody takes to the
    cashier needs no timer, and placing it no queue; the worker looks for it by itself.
    """
    trade, stage, expires_at = locked.trade, 1, locked.trade["expires_at"]
    if presaling.owes_balance(locked):
        # The end of the window is looked after by the sweep; a prepay id is good for two hours.
        stage, expires_at = 2, min(expires_at, clock.now() + PREPAID)
    else:
        timer, left = f"trade:{trade['id']}:expire", expires_at - clock.now()
        uow.later(Job("trade.expire", {"trade_id": str(trade["id"])}, after=left, key=timer))
    openid = await uow.session.scalar(select(Member.openid).where(Member.id == trade["member_id"]))
    shares = await _shares(uow.session, trade["id"])
    if trade["presale"]:
        shares = await presaling.due_now(uow.session, shares, stage)
    about = (trade["id"], trade["number"], str(openid), expires_at)
    return await payments.open_attempt(uow, *about, shares, way, stage)


async def _shares(session: AsyncSession, trade_id: UUID) -> list[Share]:
    first = (
        select(OrderLine.title).where(OrderLine.order_id == Order.id).order_by(OrderLine.id).limit(1).scalar_subquery()
    )
    chosen = (
        select(Order.id, Order.number, Merchant.sub_mchid, first, Order.total - Order.card_total)
        .join(Merchant, Merchant.id == Order.merchant_id)
        .where(Order.trade_id == trade_id, Order.total > Order.card_total)
        .order_by(Order.id)
    )
    rows = (await session.execute(chosen)).all()
    added = await bookkeeping.subsidies_of(session, [row[0] for row in rows])
    return [
        Share(id, number, sub_mchid, f"昭通商城-{title}", total, added[id].total if id in added else 0)
        for id, number, sub_mchid, title, total in rows
    ]


async def _prepay(database: Database, gateway: Gateway, attempt: Attempt, client_address: str) -> str:
    try:
        prepay_id = await gateway.prepay(attempt.asked(client_address))
    except WrongState:
        return await _prepaid(database, gateway, attempt)
    async with database.begin() as uow:
        kept = await payments.remember_prepay(uow, attempt, prepay_id)
    if not kept:
        await _withdraw(gateway, attempt)
        raise Conflict("订单状态刚刚发生变化，请刷新后查看")
    return prepay_id


async def _prepaid(database: Database, gateway: Gateway, attempt: Attempt) -> str:
    """WeChat Pay knows the number already, in another state or with other content, such as the buyer's new address
    after an answer was lost. Another tab's prepay id serves as well; without one the attempt makes way for the next.
    """
    await ask(database, gateway, [attempt])
    async with database.begin() as uow:
        attempts = await payments.attempts_of(uow.session, attempt.trade_id)
    now = next(each for each in attempts if each.id == attempt.id)
    if now.state is PaymentState.OPEN and now.prepay_id:
        return now.prepay_id
    if now.state is PaymentState.OPEN and now.created_at <= clock.now() - ANSWERED_WITHIN:
        await end(database, gateway, [now])
    raise WrongState("支付没有打开，请稍后再试一次")


async def _withdraw(gateway: Gateway, attempt: Attempt) -> None:
    """The attempt ended while WeChat Pay was opening it: nobody shall pay it."""
    try:
        await gateway.close(attempt.asked())
    except WrongState:
        return  # paid or closed elsewhere: the notice and the reconciling job tell which
