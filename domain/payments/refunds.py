"""Money on its way back. A refund's number is its key at WeChat Pay: however often it is sent, it is one refund."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from domain.base import (
    Columns,
    Event,
    Job,
    NotFound,
    RowDict,
    TooMany,
    UnitOfWork,
    WrongState,
    clock,
    page_offset,
    pick,
)
from domain.payments.attempts import Part
from domain.payments.port import RefundAsked, RefundOutcome, RefundSeen
from domain.payments.steps import REFUND_STEPS, RefundEvent, move
from domain.statements import ManyBy, OneBy
from models.base import new_id
from models.payments import PaymentPart, Refund, RefundState

SOONEST, LATEST = timedelta(minutes=1), timedelta(hours=6)
# So long after it was asked for, or sent off last, a refund that nobody has seen is sent again.
UNSENT = timedelta(minutes=10)
# WeChat Pay takes 50 refunds of one transaction, a minute apart; our clocks may differ by some seconds.
MOST_REFUNDS = 50
APART = timedelta(seconds=65)


class Cause(StrEnum):
    """Why money goes back. One part of a payment has at most one refund for one cause; after-sales name their own."""

    # Another attempt of the same trade had been paid already.
    DOUBLE = "double"
    # Paid after the trade was closed, and the goods were gone.
    LATE = "late"
    # The order was called off before it was shipped.
    UNSHIPPED = "unshipped"
    # The group it was bought with failed, or had no seat any more.
    GROUP = "group"
    # A presale: its shop could not keep the promise, or its buyer gave it up and may.
    PRESALE = "presale"
    # What came was not what had been asked for, and a person sent it back.
    DISPUTED = "disputed"


@dataclass(frozen=True)
class RefundChanged(Event):
    refund_id: UUID
    order_id: UUID
    state: RefundState


@dataclass(frozen=True)
class RefundShort(Event):
    """A shop's account at WeChat Pay has not enough for a refund; told once."""

    refund_id: UUID
    order_id: UUID


@dataclass(frozen=True)
class SentRefund:
    """A refund and what WeChat Pay is asked for it; `since` when it may be."""

    id: UUID
    order_id: UUID
    state: RefundState
    provider_id: str | None
    asked: RefundAsked
    since: datetime


#: The refunds of each order, oldest first.
refunds_by_order = ManyBy(Refund.__table__, "order_id", order_by=("created_at", "id"))
refunds_by_id = OneBy(Refund.__table__, "id")


async def abnormal(session: AsyncSession, page: int, size: int, columns: Columns) -> tuple[Sequence[RowDict], int]:
    """A page of refunds that did not arrive and wait for a person, the oldest first, and how many there are."""
    table, waits = Refund.__table__.c, Refund.state == RefundState.ABNORMAL
    chosen = select(*pick(Refund, columns, "id")).where(waits).order_by(table.created_at, table.id)
    rows = (await session.execute(chosen.offset(page_offset(page, size)).limit(size))).mappings()
    total = await session.scalar(select(func.count()).select_from(Refund).where(waits))
    return [dict(row) for row in rows], total or 0


# ------------------------------------------------------------------------------------------------ asking
async def ask_refund(uow: UnitOfWork, part: Part, cause: str, reason: str, amount: int | None = None) -> UUID | None:
    """Asks for `amount` fen of a part back, or for all that is left. The payment must be locked.

    None when this cause had its refund already, or nothing is left. WrongState for more than is left; TooMany beyond
    what WeChat Pay takes of one part.
    """
    found = select(Refund.part_id, Refund.cause, Refund.amount).join(PaymentPart, PaymentPart.id == Refund.part_id)
    same = (await uow.session.execute(found.where(_of_transaction(part.id, part.transaction_id)))).all()
    earlier = {row.cause: row.amount for row in same if row.part_id == part.id}
    left = part.received - sum(earlier.values())
    wanted = left if amount is None else amount
    if cause in earlier or wanted == 0:
        return None
    if not 0 < wanted <= left:
        raise WrongState(f"该订单最多还可退 {left} 分", left=left)
    if len(same) >= MOST_REFUNDS:
        raise TooMany("该订单的退款次数已达微信支付上限，请联系平台处理")
    return await _add(uow, part, cause, reason, wanted, len(earlier) + 1)


async def refund_prepaid(uow: UnitOfWork, part: Part, cause: str, reason: str, amount: int) -> UUID | None:
    """As `ask_refund`, of what cards or a voucher paid: nobody is asked, so it has arrived. None for a cause again."""
    same = select(Refund.cause).where(Refund.part_id == part.id)
    causes = (await uow.session.scalars(same)).all()
    if cause in causes or not amount:
        return None
    if not 0 < amount <= part.amount - part.refunded:
        raise WrongState(f"礼品卡或提货券最多还可退 {part.amount - part.refunded} 分")
    id, now = new_id(), clock.now()
    row = {"id": id, "part_id": part.id, "order_id": part.order_id, "number": f"{part.number}R{len(causes) + 1}"}
    row |= {"cause": str(cause), "reason": reason, "amount": amount, "state": RefundState.SUCCEEDED}
    await uow.session.execute(insert(Refund).values(**row, created_at=now, finished_at=now, sent_at=now))
    more = PaymentPart.refunded + amount
    await uow.session.execute(update(PaymentPart).where(PaymentPart.id == part.id).values(refunded=more))
    return id


async def doubles(session: AsyncSession, part_ids: Sequence[UUID]) -> set[UUID]:
    """Those of the parts that went back because another attempt had paid."""
    back = select(Refund.part_id).where(Refund.part_id.in_(part_ids), Refund.cause.in_((Cause.DOUBLE, Cause.LATE)))
    return set((await session.scalars(back)).all())


def _of_transaction(part_id: UUID, transaction_id: str | None) -> ColumnElement[bool]:
    """The part, and all others that were paid by the same transaction."""
    if transaction_id is None:
        return PaymentPart.id == part_id
    return PaymentPart.transaction_id == transaction_id


async def _add(uow: UnitOfWork, part: Part, cause: str, reason: str, amount: int, place: int) -> UUID:
    id = new_id()
    row = {"id": id, "part_id": part.id, "order_id": part.order_id, "number": f"{part.number}R{place}"}
    row |= {"cause": str(cause), "reason": reason, "amount": amount, "created_at": clock.now()}
    await uow.session.execute(insert(Refund).values(row))
    # The table's CHECK refuses what the sum above should have.
    more = PaymentPart.refunded + amount
    await uow.session.execute(update(PaymentPart).where(PaymentPart.id == part.id).values(refunded=more))
    uow.emit(RefundChanged(id, part.order_id, RefundState.REQUESTED))
    uow.later(Job("refund.submit", {"refund_id": str(id)}, key=f"refund:{id}:submit"))
    return id


# ------------------------------------------------------------------------------------------------ sending
async def refund_to_send(session: AsyncSession, refund_id: UUID) -> SentRefund:
    """What WeChat Pay is asked for a refund; the same each time."""
    other = aliased(PaymentPart)
    came = select(func.sum(func.coalesce(other.paid, other.amount))).correlate(PaymentPart)
    came = came.where(other.transaction_id == PaymentPart.transaction_id)
    own = func.coalesce(PaymentPart.paid, PaymentPart.amount)
    total = func.coalesce(came.scalar_subquery(), own).label("total")
    chosen = (
        select(Refund.id, Refund.order_id, Refund.state, Refund.number, Refund.amount, Refund.reason)
        .add_columns(Refund.provider_id, PaymentPart.sub_mchid, PaymentPart.transaction_id, total)
        .add_columns(func.coalesce(Refund.fetched_at, Refund.created_at).label("since"))
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
        total=int(row["total"]),
        reason=row["reason"],
    )
    return SentRefund(row["id"], row["order_id"], row["state"], row["provider_id"], asked, row["since"])


async def take_turn(uow: UnitOfWork, refund_id: UUID) -> bool:
    """Whether the refund may be sent off now. If not, a job sends it once another of its transaction is a minute old.

    Of a part that is shared out it may be once `fetched` was called; whoever calls that has it sent.
    """
    mine = select(PaymentPart.id, PaymentPart.transaction_id).join(Refund, Refund.part_id == PaymentPart.id)
    part_id, transaction_id = (await uow.session.execute(mine.where(Refund.id == refund_id))).one()
    locking = select(PaymentPart.id, PaymentPart.shared_at).where(_of_transaction(part_id, transaction_id))
    parts = (await uow.session.execute(locking.order_by(PaymentPart.id).with_for_update())).all()
    shared = {row.id: row.shared_at for row in parts}
    if shared[part_id] is not None and not await _is_fetched(uow.session, refund_id):
        return False
    others = select(func.max(Refund.sent_at)).where(Refund.part_id.in_(shared), Refund.id != refund_id)
    last, now = await uow.session.scalar(others), clock.now()
    # One that was sent in the future was sent by a clock that was wrong: to wait for that moment could take days.
    if last is not None and abs(now - last) < APART:
        uow.later(Job("refund.submit", {"refund_id": str(refund_id)}, after=APART - abs(now - last)))
        return False
    await uow.session.execute(update(Refund).where(Refund.id == refund_id).values(sent_at=now))
    return True


async def _is_fetched(session: AsyncSession, refund_id: UUID) -> bool:
    return await session.scalar(select(Refund.fetched_at).where(Refund.id == refund_id)) is not None


async def fetched(uow: UnitOfWork, refund_id: UUID) -> None:
    """What others had got of a refund's money is back at its shop: it is sent off now. Safe to repeat."""
    back = update(Refund).where(Refund.id == refund_id, Refund.fetched_at.is_(None)).values(fetched_at=clock.now())
    if await uow.session.scalar(back.returning(Refund.id)) is not None:
        uow.later(Job("refund.submit", {"refund_id": str(refund_id)}))


async def unsent(session: AsyncSession, *, most: int = 50) -> Sequence[UUID]:
    """Refunds that should have been sent off a while ago: their job was lost, or gave up for want of an answer."""
    late = Refund.created_at <= clock.now() - UNSENT
    idle = Refund.sent_at.is_(None) | (Refund.sent_at <= clock.now() - UNSENT)
    free = PaymentPart.shared_at.is_(None) | Refund.fetched_at.is_not(None)
    chosen = select(Refund.id).join(PaymentPart, PaymentPart.id == Refund.part_id)
    chosen = chosen.where(Refund.state == RefundState.REQUESTED, late, idle, free)
    return (await session.scalars(chosen.order_by(Refund.created_at).limit(most))).all()


# ------------------------------------------------------------------------------------------------ hearing
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
    RefundOutcome.CLOSED: RefundEvent.FAIL,
    RefundOutcome.REFUSED: RefundEvent.FAIL,
    RefundOutcome.SHORT: RefundEvent.FAIL,
}


async def settle_refund(uow: UnitOfWork, seen: RefundSeen) -> RowDict | None:
    """Writes down how a refund stands; None when that is no news. The order must be locked."""
    before = await refund_by_number(uow.session, seen.number)
    event = EVENTS.get(seen.outcome)
    # Notices come late and out of order: what the table does not allow from here is old news, not a fault.
    if event is None or (before["state"], event) not in REFUND_STEPS:
        return None
    # Their moment, not ours: it says on which day's bill the refund is.
    to: dict[str, Any] = {"finished_at": seen.at or clock.now()} if event is RefundEvent.SUCCEED else {}
    if event is RefundEvent.ACCEPT:
        to |= {"trouble": None}
    if seen.provider_id:
        to |= {"provider_id": func.coalesce(Refund.provider_id, seen.provider_id)}
    if event is RefundEvent.FAIL:
        to |= {"trouble": f"{seen.outcome} {seen.reason}".strip()[:200]}
    return await _step(uow, before["id"], event, **to)


async def wait_for_money(uow: UnitOfWork, seen: RefundSeen) -> bool:
    """Notes that the shop's account was short of a refund, which is sent again after UNSENT. False when known."""
    said = f"{seen.outcome} {seen.reason}".strip()[:200]
    waits = Refund.number == seen.number, Refund.state == RefundState.REQUESTED, Refund.trouble.is_(None)
    noted = update(Refund).where(*waits).values(trouble=said).returning(Refund.id, Refund.order_id)
    row = (await uow.session.execute(noted)).first()
    if row is not None:
        uow.emit(RefundShort(row.id, row.order_id))
    return row is not None


async def check_later(uow: UnitOfWork, refund_id: UUID) -> None:
    """Asks again after as long as it has taken so far, between a minute and six hours."""
    created = await uow.session.scalar(select(Refund.created_at).where(Refund.id == refund_id))
    age = clock.now() - created if created else SOONEST
    uow.later(Job("refund.check", {"refund_id": str(refund_id)}, after=min(max(age, SOONEST), LATEST)))


# ------------------------------------------------------------------------------------------------ by hand
async def send_anew(uow: UnitOfWork, refund_id: UUID) -> RowDict:
    """An abnormal refund whose number is used up at WeChat Pay is sent again under the next one."""
    number = Refund.number + "A"
    row = await _step(uow, refund_id, RefundEvent.RETRY, number=number, provider_id=None, sent_at=None, trouble=None)
    uow.later(Job("refund.submit", {"refund_id": str(refund_id)}))
    return row


async def resume(uow: UnitOfWork, refund_id: UUID) -> RowDict:
    """An abnormal refund is under way again; WeChat Pay is asked how it went."""
    row = await _step(uow, refund_id, RefundEvent.RESUME)
    await check_later(uow, refund_id)
    return row


async def paid_offline(uow: UnitOfWork, refund_id: UUID, reference: str) -> RowDict:
    """The buyer was paid otherwise, by the transfer of this number: nothing is asked of WeChat Pay any more."""
    to = {"finished_at": clock.now(), "offline_reference": reference}
    return await _step(uow, refund_id, RefundEvent.PAY_OFFLINE, **to)


async def _step(uow: UnitOfWork, refund_id: UUID, event: RefundEvent, **to: Any) -> RowDict:
    row = await move(uow.session, Refund, REFUND_STEPS, refund_id, event, "退款已处理", **to)
    uow.emit(RefundChanged(row["id"], row["order_id"], row["state"]))
    return row
