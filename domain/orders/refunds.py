"""Refunds: asked for in the transaction that decides, sent after it, and heard of by answer, question or notice."""

from __future__ import annotations

from uuid import UUID

from domain import audit, inventory, payments
from domain.base import SYSTEM, Database, NotFound, UnitOfWork, Viewer, ViewerKind, clean_text, clock
from domain.orders.states import OrderEvent
from domain.orders.taking import Locked, lock, note, step_order, trade_of
from domain.payments import Cause, Gateway, RefundOutcome, RefundSeen
from models.orders import CloseReason
from models.payments import PaymentState, RefundState

SENTENCES = {
    RefundState.PROCESSING: "退款已受理，款项将原路退回",
    RefundState.SUCCEEDED: "退款已到账",
    RefundState.ABNORMAL: "退款未能到账，平台将人工处理",
}


async def refund_unshipped(uow: UnitOfWork, viewer: Viewer, order_id: UUID, reason: str, *, restock: bool) -> None:
    """Calls off a paid order before it is shipped, by its merchant or the platform: it closes, the money goes back.

    `restock`: the goods can be sold again. WrongState once it is shipped, or called off already.
    """
    reason = clean_text(reason, field="reason", most=80, least=2, label="退款原因")
    locked = await lock(uow, await trade_of(uow.session, order_id))
    order = next(each for each in locked.orders if each["id"] == order_id)
    if viewer.kind not in (ViewerKind.PLATFORM, ViewerKind.SYSTEM) and order["merchant_id"] != viewer.shop_id:
        raise NotFound("订单不存在")
    to = {"closed_at": clock.now(), "close_reason": CloseReason.REFUNDED}
    await step_order(uow, order_id, OrderEvent.REFUND, viewer, f"订单已取消，全额退款：{reason}", **to)
    for part in _paid_parts(locked, order_id):
        await payments.ask_refund(uow, part, Cause.UNSHIPPED, reason)
    if restock:
        await inventory.put_back(uow, [order_id])
    await audit.record(uow, viewer, "order.refund", "order", order_id, {"reason": reason, "restock": restock})


def _paid_parts(locked: Locked, order_id: UUID) -> list[payments.Part]:
    """The part that paid the order; a second, doubly paid one is refused by `ask_refund` as on its way already."""
    paid = [attempt for attempt in locked.attempts if attempt.state is PaymentState.PAID]
    return [part for attempt in paid for part in attempt.parts if part.order_id == order_id]


async def submit_refund(database: Database, gateway: Gateway, refund_id: UUID) -> None:
    """Sends a refund to WeChat Pay. Safe to repeat after a lost answer: the number makes it the same refund.

    Raises Unavailable, to be run again, without an answer.
    """
    async with database.begin() as uow:
        sent = await payments.refund_to_send(uow.session, refund_id)
    if sent.state not in (RefundState.REQUESTED, RefundState.PROCESSING):
        return
    asked = sent.asked
    seen = await gateway.query_refund(asked.number, asked.sub_mchid)
    if seen.outcome is RefundOutcome.UNKNOWN:
        seen = await gateway.refund(asked)
    await _heard(database, seen, refund_id)


async def check_refund(database: Database, gateway: Gateway, refund_id: UUID) -> None:
    """Asks how a refund stands, and again later while it is on its way; one they never saw is sent again."""
    await submit_refund(database, gateway, refund_id)


async def _heard(database: Database, seen: RefundSeen, refund_id: UUID) -> None:
    async with database.begin() as uow:
        await record_refund(uow, seen)
        if seen.outcome is RefundOutcome.PROCESSING:
            await payments.check_later(uow, refund_id)


async def record_refund(uow: UnitOfWork, seen: RefundSeen) -> UUID:
    """Writes down what WeChat Pay says of a refund, once; answers the order's id. NotFound for one not ours."""
    refund = await payments.refund_by_number(uow.session, seen.number)
    order_id: UUID = refund["order_id"]
    locked = await lock(uow, await trade_of(uow.session, order_id))
    news = await payments.settle_refund(uow, seen)
    if news is not None:
        order = next(each for each in locked.orders if each["id"] == order_id)
        await note(uow, [order], f"REFUND_{news['state']}", SYSTEM, SENTENCES[news["state"]])
    return order_id
