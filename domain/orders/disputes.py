"""Money that came, but not as asked: a person of the platform takes it as the payment or sends it back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain import audit, cards, payments
from domain.base import NotFound, UnitOfWork, Viewer, ViewerKind, clean_text, clock
from domain.orders.recording import take_effect
from domain.orders.taking import Locked, lock, note
from domain.payments import Attempt, Cause


async def accept_payment(uow: UnitOfWork, viewer: Viewer, payment_id: UUID, remark: str) -> UUID:
    """Takes a disputed payment as the payment, with all that follows; answers the trade.

    WrongState unless every part is what was asked for: what differs can then only be who paid.
    """
    locked, attempt, remark = await _opened(uow, viewer, payment_id, remark)
    await payments.accept(uow, attempt)
    if locked is None:
        await cards.accept_purchase(uow, attempt, await _paid_at(uow, payment_id))
        await audit.record(uow, viewer, "payment.accept", "payment", payment_id, {"note": remark})
        return attempt.trade_id
    await note(uow, locked.orders, "ACCEPT", viewer, "平台已核实这笔支付")
    await take_effect(uow, locked, attempt, await _paid_at(uow, payment_id))
    await audit.record(uow, viewer, "payment.accept", "payment", payment_id, {"note": remark})
    return attempt.trade_id


async def send_payment_back(uow: UnitOfWork, viewer: Viewer, payment_id: UUID, remark: str) -> UUID:
    """Sends all of a disputed payment back; the trade then waits for a right one until its time is over."""
    locked, attempt, remark = await _opened(uow, viewer, payment_id, remark)
    for part in await payments.send_back(uow, attempt):
        await payments.ask_refund(uow, part, Cause.DISPUTED, "支付信息与订单不符，原路退回")
    if locked is not None:
        await note(uow, locked.orders, "SEND_BACK", viewer, "支付信息与订单不符，款项将原路退回")
    await audit.record(uow, viewer, "payment.send_back", "payment", payment_id, {"note": remark})
    return attempt.trade_id


async def _opened(uow: UnitOfWork, viewer: Viewer, payment_id: UUID, remark: str) -> tuple[Locked | None, Attempt, str]:
    remark = clean_text(remark, field="note", most=200, least=2, label="处理说明")
    trade_id = await payments.trade_of(uow.session, id=payment_id)
    if viewer.kind is not ViewerKind.PLATFORM or trade_id is None:
        raise NotFound("支付单不存在")
    try:
        locked: Locked | None = await lock(uow, trade_id)
    except NotFound:  # of a purchase of gift cards
        locked = None
        await cards.lock_purchase(uow, trade_id)
    attempts = locked.attempts if locked else await payments.locked(uow, trade_id)
    return locked, next(each for each in attempts if each.id == payment_id), remark


async def _paid_at(uow: UnitOfWork, payment_id: UUID) -> datetime:
    found = await payments.payments_by_id(uow.session, [payment_id], frozenset({"paid_at"}))
    paid_at: datetime | None = found[payment_id]["paid_at"]
    return paid_at or clock.now()
