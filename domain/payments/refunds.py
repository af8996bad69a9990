"""Money on its way back. A refund's number is its key at WeChat Pay: however often it is sent, it is one refund."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Event, Job, NotFound, RowDict, UnitOfWork, clock
from domain.payments.attempts import Part
from domain.payments.port import RefundAsked, RefundOutcome, RefundSeen
from domain.payments.steps import REFUND_STEPS, RefundEvent, move
from domain.statements import ManyBy
from models.base import new_id
from models.payments import PaymentPart, Refund, RefundState

SOONEST, LATEST = timedelta(minutes=1), timedelta(hours=6)


class Cause(StrEnum):
    """Why money goes back. One part of a payment has at most one refund for one cause."""

    # Another attempt of the same trade had been paid already.
    DOUBLE = "double"
    # Paid after the trade was closed, and the goods were gone.
    LATE = "late"
    # The order was called off before it was shipped.
    UNSHIPPED = "unshipped"


@dataclass(frozen=True)
class RefundChanged(Event):
    refund_id: UUID
    order_id: UUID
    state: RefundState


@dataclass(frozen=True)
class SentRefund:
    """A refund and what WeChat Pay is asked for it."""

    id: UUID
    order_id: UUID
    state: RefundState
    asked: RefundAsked


#: The refunds of each order, oldest first.
refunds_by_order = ManyBy(Refund.__table__, "order_id", order_by=("created_at", "id"))


async def ask_refund(uow: UnitOfWork, part: Part, cause: Cause, reason: str) -> UUID | None:
    """Asks for the whole of a part back; None when all of it is on its way already. The payment must be locked."""
    found = await uow.session.execute(select(Refund.amount).where(Refund.part_id == part.id))
    earlier = [row[0] for row in found]
    if sum(earlier) + part.amount > part.amount:
        return None
    id = new_id()
    row = {
        "id": id,
        "part_id": part.id,
        "order_id": part.order_id,
        "number": f"{part.number}R{len(earlier) + 1}",
        "cause": cause.value,
        "reason": reason,
        "amount": part.amount,
        "created_at": clock.now(),
    }
    await uow.session.execute(insert(Refund).values(row))
    uow.emit(RefundChanged(id, part.order_id, RefundState.REQUESTED))
    uow.later(Job("refund.submit", {"refund_id": str(id)}, key=f"refund:{id}:submit"))
    return id


async def refund_to_send(session: AsyncSession, refund_id: UUID) -> SentRefund:
    """What WeChat Pay is asked for a refund; the same each time."""
    chosen = (
        select(Refund.id, Refund.order_id, Refund.state, Refund.number, Refund.amount, Refund.reason)
        .add_columns(PaymentPart.sub_mchid, PaymentPart.transaction_id, PaymentPart.amount.label("total"))
        .join(PaymentPart, PaymentPart.id == Refund.part_id)
        .where(Refund.id == refund_id)
    )
    row = (await session.execute(chosen)).mappings().first()
    if row is None:
        raise NotFound("退款单不存在")
    asked = RefundAsked(
        number=row["number"],
        sub_mchid=row["sub_mchid"],
        transaction_id=row["transaction_id"] or "",
        amount=row["amount"],
        total=row["total"],
        reason=row["reason"],
    )
    return SentRefund(row["id"], row["order_id"], row["state"], asked)


async def refund_by_number(session: AsyncSession, number: str) -> RowDict:
    """`id`, `order_id`, `state` and `amount` of a refund."""
    chosen = select(Refund.id, Refund.order_id, Refund.state, Refund.amount).where(Refund.number == number)
    row = (await session.execute(chosen)).mappings().first()
    if row is None:
        raise NotFound("退款单不存在")
    return dict(row)


EVENTS = {
    RefundOutcome.PROCESSING: RefundEvent.ACCEPT,
    RefundOutcome.SUCCEEDED: RefundEvent.SUCCEED,
    RefundOutcome.ABNORMAL: RefundEvent.FAIL,
}


async def settle_refund(uow: UnitOfWork, seen: RefundSeen) -> RowDict | None:
    """Writes down how a refund stands; None when that is no news. The order must be locked."""
    before = await refund_by_number(uow.session, seen.number)
    event = EVENTS.get(seen.outcome)
    # Notices come late and out of order: what the table does not allow from here is old news, not a fault.
    if event is None or (before["state"], event) not in REFUND_STEPS:
        return None
    to: dict[str, Any] = {"finished_at": clock.now()} if event is RefundEvent.SUCCEED else {}
    if seen.provider_id:
        to |= {"provider_id": func.coalesce(Refund.provider_id, seen.provider_id)}
    row = await move(uow.session, Refund, REFUND_STEPS, before["id"], event, "退款已处理", **to)
    uow.emit(RefundChanged(row["id"], row["order_id"], row["state"]))
    return row


async def check_later(uow: UnitOfWork, refund_id: UUID) -> None:
    """Asks again after as long as it has taken so far, between a minute and six hours."""
    created = await uow.session.scalar(select(Refund.created_at).where(Refund.id == refund_id))
    age = clock.now() - created if created else SOONEST
    uow.later(Job("refund.check", {"refund_id": str(refund_id)}, after=min(max(age, SOONEST), LATEST)))
