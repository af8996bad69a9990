"""What is asked of WeChat Pay for one order: written down first, asked between transactions, heard once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Database, Job, NotFound, RowDict, UnitOfWork, clock
from domain.payments import move
from domain.settlement.port import CallAsked, CallOutcome, CallSeen, Clearing
from domain.settlement.states import CALL_STEPS, SETTLEMENT_STEPS, CallEvent, SettlementEvent
from models.base import new_id
from models.payments import Refund
from models.settlement import CallKind, CallState, Settlement, SettlementCall

OPEN = (CallState.ASKED, CallState.PROCESSING)
# When WeChat Pay is asked again about what has not ended; the last one from then on.
AGAIN = (5, 15, 60, 300, 900, 3600)
# A call that is not taken in is sent again until it was sent so often, which takes six minutes: WeChat Pay has no code
# of its own for what may be asked for a minute later, and two clocks may differ by more than a minute.
MOST_REFUSALS = 5
# It takes 50 of a kind for one order.
MOST_CALLS = 50
LETTERS = {
    CallKind.SUBSIDY: "A",
    CallKind.SPLIT: "S",
    CallKind.FINISH: "S",
    CallKind.RETURN: "B",
    CallKind.SUBSIDY_RETURN: "C",
}
EVENTS = {
    CallOutcome.PROCESSING: CallEvent.ACCEPT,
    CallOutcome.SUCCEEDED: CallEvent.SUCCEED,
    CallOutcome.FAILED: CallEvent.FAIL,
    CallOutcome.REFUSED: CallEvent.FAIL,
}


def pause(tries: int) -> timedelta:
    """How long to wait before the next question after so many."""
    return timedelta(seconds=AGAIN[min(tries, len(AGAIN) - 1)])


def begin_soon(uow: UnitOfWork, settlement_id: UUID) -> None:
    uow.later(Job("settlement.begin", {"id": str(settlement_id)}, key=f"settlement:{settlement_id}:begin"))


async def step(uow: UnitOfWork, settlement_id: UUID, event: SettlementEvent, **to: Any) -> RowDict:
    refusal = "结算已处理，请刷新后查看"
    return await move(uow.session, Settlement, SETTLEMENT_STEPS, settlement_id, event, refusal, **to)


# ------------------------------------------------------------------------------------------------ writing down
async def calls_of(session: AsyncSession, settlement_id: UUID) -> list[RowDict]:
    """All calls for a settlement, oldest first."""
    table = SettlementCall.__table__.c
    chosen = select(*table).where(table.settlement_id == settlement_id).order_by(table.created_at, table.id)
    return [dict(row) for row in (await session.execute(chosen)).mappings()]


async def add_call(
    uow: UnitOfWork,
    settlement: RowDict,
    calls: Sequence[RowDict],
    kind: CallKind,
    amount: int,
    refund_id: UUID | None = None,
) -> UUID:
    """Writes down a call that is made after the commit; its number is of its own."""
    id, now = new_id(), clock.now()
    row = {
        "id": id,
        "settlement_id": settlement["id"],
        "kind": kind,
        "state": CallState.ASKED,
        "number": f"{settlement['part_number']}{LETTERS[kind]}{len(calls) + 1}",
        "amount": amount,
        "refund_id": refund_id,
        "next_at": now + pause(1),
        "created_at": now,
    }
    await uow.session.execute(insert(SettlementCall).values(row))
    uow.later(Job("settlement.call", {"id": str(id)}, key=f"settlement-call:{id}"))
    return id


# ------------------------------------------------------------------------------------------------ asking
async def ask(database: Database, clearing: Clearing, call_id: UUID) -> CallSeen | None:
    """Asks WeChat Pay about a call, and for it where they have not seen it; None when it has ended already.

    Safe to repeat after a lost answer: the number makes it the same call. Raises Unavailable without an answer.
    """
    async with database.begin() as uow:
        asked = await _to_ask(uow, call_id)
    if asked is None:
        return None
    seen = await clearing.find(asked)
    # A return that waits for the platform's money goes on when its number is sent once more.
    waits = asked.kind is CallKind.RETURN and seen.outcome is CallOutcome.PROCESSING
    if seen.outcome is CallOutcome.UNKNOWN or waits:
        seen = await clearing.ask(asked)
    return seen


async def _to_ask(uow: UnitOfWork, call_id: UUID) -> CallAsked | None:
    table = SettlementCall.__table__.c
    chosen = select(*table).where(table.id == call_id, table.state.in_(OPEN)).with_for_update()
    row = (await uow.session.execute(chosen)).mappings().first()
    if row is None:
        return None
    tried = {"tries": row["tries"] + 1, "next_at": clock.now() + pause(row["tries"])}
    await uow.session.execute(update(SettlementCall).where(table.id == call_id).values(tried))
    settlement = await settlement_row(uow.session, row["settlement_id"])
    return CallAsked(
        kind=row["kind"],
        number=row["number"],
        sub_mchid=settlement["sub_mchid"],
        transaction_id=settlement["transaction_id"],
        amount=row["amount"],
        about=await _about(uow.session, dict(row)),
    )


async def _about(session: AsyncSession, call: RowDict) -> str:
    if call["kind"] is CallKind.RETURN:
        table = SettlementCall.__table__.c
        shared = select(table.number).where(
            table.settlement_id == call["settlement_id"],
            table.kind == CallKind.SPLIT,
            table.state == CallState.SUCCEEDED,
        )
        return str(await session.scalar(shared))
    if call["kind"] is CallKind.SUBSIDY_RETURN:
        return str(await session.scalar(select(Refund.provider_id).where(Refund.id == call["refund_id"])))
    return ""


async def settlement_row(session: AsyncSession, id: UUID, *, lock: bool = False) -> RowDict:
    table = Settlement.__table__.c
    chosen = select(*table).where(table.id == id)
    row = (await session.execute(chosen.with_for_update() if lock else chosen)).mappings().first()
    if row is None:
        raise NotFound("结算单不存在")
    return dict(row)


# ------------------------------------------------------------------------------------------------ hearing
async def hear(uow: UnitOfWork, call_id: UUID, seen: CallSeen) -> RowDict | None:
    """Writes down how a call stands; None when that is no news. The settlement must be locked."""
    table = SettlementCall.__table__.c
    before = (await uow.session.execute(select(*table).where(table.id == call_id))).mappings().one()
    event = EVENTS.get(seen.outcome)
    patient = seen.outcome is CallOutcome.REFUSED and before["tries"] < MOST_REFUSALS
    if event is None or patient or (before["state"], event) not in CALL_STEPS:
        await uow.session.execute(update(SettlementCall).where(table.id == call_id).values(reason=seen.reason))
        return None
    to: dict[str, Any] = {"reason": seen.reason, "provider_id": seen.provider_id or before["provider_id"]}
    if event is not CallEvent.ACCEPT:
        # Their moment, not ours: it says on which day's bill the money is.
        to["finished_at"] = seen.at or clock.now()
    return await move(uow.session, SettlementCall, CALL_STEPS, call_id, event, "该笔请求已处理", **to)


async def due_calls(session: AsyncSession, *, most: int = 50) -> Sequence[UUID]:
    """Calls that have not ended and are to be asked about now."""
    table = SettlementCall.__table__.c
    due = select(table.id).where(table.state.in_(OPEN), table.next_at <= clock.now())
    return (await session.scalars(due.order_by(table.next_at).limit(most))).all()
