"""The steps of attempts and refunds as data, and the one statement that takes a step."""

from __future__ import annotations

from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import RowDict, Steps, WrongState
from models.base import Row
from models.payments import PaymentState, RefundState


class PaymentEvent(StrEnum):
    PAY = "PAY"
    CLOSE = "CLOSE"
    DISPUTE = "DISPUTE"
    # A person looked at disputed money: it pays after all, or it goes back.
    ACCEPT = "ACCEPT"
    SEND_BACK = "SEND_BACK"


# A closed attempt can still turn out to have been paid: WeChat Pay's word is the last.
PAYMENT_STEPS: Steps[PaymentState, PaymentEvent] = {
    (PaymentState.OPEN, PaymentEvent.PAY): PaymentState.PAID,
    (PaymentState.CLOSED, PaymentEvent.PAY): PaymentState.PAID,
    (PaymentState.OPEN, PaymentEvent.CLOSE): PaymentState.CLOSED,
    (PaymentState.OPEN, PaymentEvent.DISPUTE): PaymentState.DISPUTED,
    (PaymentState.CLOSED, PaymentEvent.DISPUTE): PaymentState.DISPUTED,
    (PaymentState.DISPUTED, PaymentEvent.ACCEPT): PaymentState.PAID,
    (PaymentState.DISPUTED, PaymentEvent.SEND_BACK): PaymentState.SENT_BACK,
}


class RefundEvent(StrEnum):
    ACCEPT = "ACCEPT"
    SUCCEED = "SUCCEED"
    FAIL = "FAIL"
    # A person saw to an abnormal refund: it is sent anew under another number, or goes on another way.
    RETRY = "RETRY"
    RESUME = "RESUME"
    # The buyer was paid by other means than WeChat Pay.
    PAY_OFFLINE = "PAY_OFFLINE"


# An abnormal refund may still succeed: somebody sees to it at WeChat Pay by hand.
REFUND_STEPS: Steps[RefundState, RefundEvent] = {
    (RefundState.REQUESTED, RefundEvent.ACCEPT): RefundState.PROCESSING,
    (RefundState.REQUESTED, RefundEvent.SUCCEED): RefundState.SUCCEEDED,
    (RefundState.PROCESSING, RefundEvent.SUCCEED): RefundState.SUCCEEDED,
    (RefundState.ABNORMAL, RefundEvent.SUCCEED): RefundState.SUCCEEDED,
    (RefundState.REQUESTED, RefundEvent.FAIL): RefundState.ABNORMAL,
    (RefundState.PROCESSING, RefundEvent.FAIL): RefundState.ABNORMAL,
    (RefundState.ABNORMAL, RefundEvent.RETRY): RefundState.REQUESTED,
    (RefundState.ABNORMAL, RefundEvent.RESUME): RefundState.PROCESSING,
    (RefundState.ABNORMAL, RefundEvent.PAY_OFFLINE): RefundState.SUCCEEDED,
}


async def move(
    session: AsyncSession, model: type[Row], steps: Steps[Any, Any], id: UUID, event: StrEnum, refusal: str, **to: Any
) -> RowDict:
    """Takes the step `event` of `steps` with the row and writes `to`, in one guarded statement; answers the row.

    WrongState, saying `refusal`, from any state the table does not name; the row is then as it was.
    """
    table = model.__table__.c
    before = [state for state, name in steps if name is event]
    (after,) = {steps[state, event] for state in before}
    taken = update(model).where(table.id == id, table.state.in_(before)).values(state=after, **to).returning(*table)
    row = (await session.execute(taken)).mappings().first()
    if row is None:
        raise WrongState(refusal, event=event.value)
    return dict(row)
