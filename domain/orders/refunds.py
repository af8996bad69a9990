"""Refunds: asked for in the transaction that decides, sent after it, and heard of by answer, question or notice."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import Update, update
from sqlalchemy.exc import IntegrityError

from domain import audit, cards, inventory, payments
from domain.base import (
    SYSTEM,
    Conflict,
    Database,
    NotFound,
    RowDict,
    Unavailable,
    UnitOfWork,
    Viewer,
    ViewerKind,
    WrongState,
    clean_text,
    clock,
)
from domain.orders import bookkeeping, presaling
from domain.orders.returning import give_back
from domain.orders.states import OrderEvent
from domain.orders.taking import Locked, lock, note, step_order, trade_of
from domain.payments import Cause, Gateway, RefundOutcome, RefundSeen, SentRefund
from models.orders import CloseReason, OrderLine
from models.payments import RefundState

SENTENCES = {
    RefundState.REQUESTED: "退款重新提交",
    RefundState.PROCESSING: "退款已受理，款项将原路退回",
    RefundState.SUCCEEDED: "退款已到账",
    RefundState.ABNORMAL: "退款未能到账，平台将人工处理",
}
# WeChat Pay has one code for too soon and for never: what it refuses for so long needs a person. A shop whose account
# is short has a day to put money into it, or to earn it.
FOR_GOOD = {RefundOutcome.REFUSED: timedelta(hours=1), RefundOutcome.SHORT: timedelta(days=1)}


# ------------------------------------------------------------------------------------------------ deciding
async def refund_unshipped(uow: UnitOfWork, viewer: Viewer, order_id: UUID, reason: str, *, restock: bool) -> None:
    """Calls off a paid order before it is shipped, by its merchant or the platform: it closes, the money goes back.

    `restock`: the goods can be sold again. WrongState once it is shipped, or called off already.
    """
    reason = clean_text(reason, field="reason", most=80, least=2, label="退款原因")
    locked, order = await _with_trade(uow, order_id)
    if viewer.kind not in (ViewerKind.PLATFORM, ViewerKind.SYSTEM) and order["merchant_id"] != viewer.shop_id:
        raise NotFound("订单不存在")
    await _call_off(uow, viewer, locked, order, CloseReason.REFUNDED, reason)
    if locked.trade["presale"]:
        await presaling.called_off(uow, viewer, order)
    if restock:
        await inventory.put_back(uow, [order_id])
    await audit.record(uow, viewer, "order.refund", "order", order_id, {"reason": reason, "restock": restock})


async def refund_uncollected(uow: UnitOfWork, viewer: Viewer, order_id: UUID, why: CloseReason, reason: str) -> None:
    """Calls off an order that waits to be picked up: its buyer does not want it any more, or nobody came in time.

    The goods never left the shop, and are for sale again. WrongState once it was handed over or called off.
    """
    locked, order = await _with_trade(uow, order_id)
    if viewer.kind is not ViewerKind.SYSTEM and order["member_id"] != viewer.member_id:
        raise NotFound("订单不存在")
    if order["pickup_point_id"] is None:
        raise WrongState("只有待自提的订单可以直接取消，其他订单请申请售后")
    await _call_off(uow, viewer, locked, order, why, reason)
    await inventory.put_back(uow, [order_id])


async def _with_trade(uow: UnitOfWork, order_id: UUID) -> tuple[Locked, RowDict]:
    locked = await lock(uow, await trade_of(uow.session, order_id))
    return locked, next(each for each in locked.orders if each["id"] == order_id)


async def _call_off(
    uow: UnitOfWork, viewer: Viewer, locked: Locked, order: RowDict, why: CloseReason, reason: str
) -> None:
    """A paid order of which nothing left the shop closes, and what was paid goes back."""
    to = {"closed_at": clock.now(), "close_reason": why}
    await step_order(uow, order["id"], OrderEvent.REFUND, viewer, f"订单已取消，全额退款：{reason}", **to)
    # Before the money: what the platform had added goes back by what its lines still count.
    await uow.session.execute(all_given_back(order["id"]))
    await give_back(uow, locked, order["id"], Cause.UNSHIPPED, reason)


def all_given_back(order_id: UUID) -> Update:
    """What its lines count when the whole order goes back before anything of it was shipped."""
    line = OrderLine.__table__.c
    counted = {"withdrawn_quantity": line.quantity, "refunded_quantity": line.quantity, "refunded_amount": line.payable}
    return update(OrderLine).where(line.order_id == order_id).values(counted)


# ------------------------------------------------------------------------------------------------ sending
async def submit_refund(database: Database, gateway: Gateway, refund_id: UUID) -> None:
    """Sends a refund to WeChat Pay. Safe to repeat after a lost answer: the number makes it the same refund.

    Within a minute of another refund of the same part it is put off. Raises Unavailable, to be run again, without an
    answer. One for which the shop's account is short is sent again by the sweep; after a day it is a person's.
    """
    sent = await _to_send(database, refund_id)
    if sent.state not in (RefundState.REQUESTED, RefundState.PROCESSING):
        return
    asked = sent.asked
    seen = await gateway.query_refund(asked.number, asked.sub_mchid)
    if seen.outcome is RefundOutcome.UNKNOWN:
        async with database.begin() as uow:
            if not await payments.take_turn(uow, refund_id):
                return
        seen = await gateway.refund(asked)
        if seen.outcome in FOR_GOOD and clock.now() - sent.since < FOR_GOOD[seen.outcome]:
            return await _again(database, seen)
    await _heard(database, seen, refund_id)


async def _again(database: Database, seen: RefundSeen) -> None:
    """What is refused is tried again by its job. For money of the shop the sweep waits longer, and all are told."""
    if seen.outcome is RefundOutcome.REFUSED:
        raise Unavailable("微信支付暂未受理退款，请稍后再试")
    async with database.begin() as uow:
        refund = await payments.refund_by_number(uow.session, seen.number)
        locked = await _locked(uow, refund["order_id"])
        if await payments.wait_for_money(uow, seen) and locked is not None:
            order = next(each for each in locked.orders if each["id"] == refund["order_id"])
            await note(uow, [order], "REFUND_SHORT", SYSTEM, "商家账户余额暂时不足，退款已排队，最迟一天后由平台处理")


async def check_refund(database: Database, gateway: Gateway, refund_id: UUID) -> None:
    """Asks how a refund stands, and again later while it is on its way; one they never saw is sent again."""
    await submit_refund(database, gateway, refund_id)


async def _to_send(database: Database, refund_id: UUID) -> SentRefund:
    async with database.begin() as uow:
        return await payments.refund_to_send(uow.session, refund_id)


async def _heard(database: Database, seen: RefundSeen, refund_id: UUID) -> None:
    async with database.begin() as uow:
        await record_refund(uow, seen)
        if seen.outcome is RefundOutcome.PROCESSING:
            await payments.check_later(uow, refund_id)


async def record_refund(uow: UnitOfWork, seen: RefundSeen) -> UUID:
    """Writes down what WeChat Pay says of a refund, once; answers the order's id. NotFound for one not ours."""
    refund = await payments.refund_by_number(uow.session, seen.number)
    locked = await _locked(uow, refund["order_id"])
    await _note_news(uow, locked, await payments.settle_refund(uow, seen))
    order_id: UUID = refund["order_id"]
    return order_id


async def _locked(uow: UnitOfWork, order_id: UUID) -> Locked | None:
    """The order's trade with all that hangs on it; None when the refund is of a purchase of gift cards, then locked."""
    try:
        return await lock(uow, await trade_of(uow.session, order_id))
    except NotFound:
        if await cards.lock_purchase(uow, order_id) is None:
            raise
        return None


async def _note_news(uow: UnitOfWork, locked: Locked | None, news: RowDict | None) -> None:
    if news is not None and locked is None:
        await cards.refund_heard(uow, news["id"])
    elif news is not None and locked is not None:
        order = next(each for each in locked.orders if each["id"] == news["order_id"])
        await note(uow, [order], f"REFUND_{news['state']}", SYSTEM, SENTENCES[news["state"]])
        await bookkeeping.refunded(uow, [news["id"]])


# ------------------------------------------------------------------------------------------------ by hand
async def retry_refund(database: Database, gateway: Gateway, viewer: Viewer, refund_id: UUID, remark: str) -> None:
    """The platform has an abnormal refund tried again: under a new number when WeChat Pay has closed the old one.

    WrongState while WeChat Pay still calls it abnormal: then only `refund_to_merchant` helps.
    """
    sent = await _abnormal(database, viewer, refund_id)
    remark = _remark(remark)
    seen = await gateway.query_refund(sent.asked.number, sent.asked.sub_mchid)
    if seen.outcome is RefundOutcome.ABNORMAL:
        raise WrongState("微信支付仍判定该退款异常，请改为退到商户银行账户")
    async with database.begin() as uow:
        locked = await _locked(uow, sent.order_id)
        if seen.outcome in (RefundOutcome.CLOSED, RefundOutcome.UNKNOWN):
            news: RowDict | None = await payments.send_anew(uow, refund_id)
        elif seen.outcome is RefundOutcome.PROCESSING:
            news = await payments.resume(uow, refund_id)
        else:
            news = await payments.settle_refund(uow, seen)
        await _note_news(uow, locked, news)
        await audit.record(uow, viewer, "refund.retry", "refund", refund_id, {"note": remark, "seen": seen.outcome})


async def refund_to_merchant(
    database: Database, gateway: Gateway, viewer: Viewer, refund_id: UUID, remark: str
) -> None:
    """The platform sends an abnormal refund to the merchant's bank account; the merchant pays the buyer otherwise."""
    sent = await _abnormal(database, viewer, refund_id)
    remark = _remark(remark)
    if sent.provider_id is None:
        raise WrongState("微信支付没有受理过这笔退款，请重试退款")
    seen = await gateway.refund_to_merchant(sent.asked.number, sent.provider_id, sent.asked.sub_mchid)
    async with database.begin() as uow:
        locked = await _locked(uow, sent.order_id)
        done = seen.outcome is RefundOutcome.SUCCEEDED
        news = await payments.settle_refund(uow, seen) if done else await payments.resume(uow, refund_id)
        await _note_news(uow, locked, news)
        await audit.record(uow, viewer, "refund.to_merchant", "refund", refund_id, {"note": remark})


async def refund_offline(
    database: Database, gateway: Gateway, viewer: Viewer, refund_id: UUID, reference: str, remark: str
) -> None:
    """The platform has paid the buyer by a transfer of its bank, since WeChat Pay will not: from here on the refund has
    arrived, and the shop owes it to the platform.

    WrongState while WeChat Pay may still pay it; Conflict for a transfer that paid another refund.
    """
    sent = await _abnormal(database, viewer, refund_id)
    reference = clean_text(reference, field="reference", most=64, least=4, label="转账凭证号")
    remark = _remark(remark)
    seen = await gateway.query_refund(sent.asked.number, sent.asked.sub_mchid)
    if seen.outcome not in (RefundOutcome.UNKNOWN, RefundOutcome.CLOSED):
        raise WrongState("微信支付仍可能退出这笔款项，请先重试退款或改为退到商户银行账户")
    try:
        async with database.begin() as uow:
            locked = await _locked(uow, sent.order_id)
            news = await payments.paid_offline(uow, refund_id, reference)
            if locked is None:
                await cards.refund_heard(uow, news["id"])
            else:
                order = next(each for each in locked.orders if each["id"] == sent.order_id)
                await note(uow, [order], "REFUND_OFFLINE", SYSTEM, f"退款已由平台线下转账，凭证号 {reference}")
                await bookkeeping.refunded(uow, [news["id"]])
            about = {"note": remark, "reference": reference}
            await audit.record(uow, viewer, "refund.offline", "refund", refund_id, about)
    except IntegrityError as error:
        if "offline_reference" not in str(error):
            raise
        raise Conflict("这个凭证号已用于另一笔退款", field="reference") from None


async def _abnormal(database: Database, viewer: Viewer, refund_id: UUID) -> SentRefund:
    if viewer.kind is not ViewerKind.PLATFORM:
        raise NotFound("退款单不存在")
    sent = await _to_send(database, refund_id)
    if sent.state is not RefundState.ABNORMAL:
        raise WrongState("只有异常退款需要人工处理")
    return sent


def _remark(text: str) -> str:
    return clean_text(text, field="note", most=200, least=2, label="处理说明")
