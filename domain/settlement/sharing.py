"""Sharing an order's money out, and fetching it back for a refund: which call comes next, and what its end means.

Locks: those of an order (trade, orders, payments), then the part, then the settlement. A refund is asked for under the
same trade's lock, so whichever of refund and sharing comes first is seen by the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain import payments
from domain.base import Database, Event, RowDict, UnitOfWork, clock
from domain.orders.taking import lock, trade_of
from domain.settlement import calls
from domain.settlement.calls import add_call, calls_of, settlement_row, step
from domain.settlement.figures import Figures, figures_for
from domain.settlement.port import Clearing
from domain.settlement.states import SettlementEvent
from models.payments import Payment, PaymentPart, Refund, RefundState
from models.settlement import CallKind, CallState, Settlement, SettlementCall, SettlementState

# WeChat Pay shares nothing out within a minute of the payment; our clocks may differ by some seconds.
SOONEST = timedelta(seconds=70)
# One that has to wait is looked at again after so long, if no event says so before.
PATIENCE = timedelta(minutes=10)
TIMED_OUT = "TIME_OUT_CLOSED"
SHARED = (CallKind.SPLIT, CallKind.FINISH)


@dataclass(frozen=True)
class SettlementStuck(Event):
    """WeChat Pay refused a call for good: a person must see to the settlement."""

    settlement_id: UUID
    call_id: UUID


# ------------------------------------------------------------------------------------------------ beginning
async def begin(database: Database, settlement_id: UUID) -> None:
    """Begins to share out an order whose settlement waits, unless something of it is on its way back. Repeatable."""
    async with database.begin() as uow:
        settlement = await locked(uow, settlement_id)
        if settlement["state"] is not SettlementState.WAITING:
            return
        figures = await figures_for(uow.session, settlement)
        if await _must_wait(uow.session, settlement, figures):
            later = update(Settlement).where(Settlement.id == settlement_id)
            await uow.session.execute(later.values(next_at=clock.now() + PATIENCE))
        elif not settlement["sub_mchid"] or not (figures.held or await _sets_free(uow.session, settlement)):
            to = {**figures.columns, "shared_at": clock.now()}
            await step(uow, settlement_id, SettlementEvent.EMPTY, **to)
        else:
            await _share_out(uow, settlement, figures)


async def locked(uow: UnitOfWork, settlement_id: UUID) -> RowDict:
    """The settlement, with its order, its part and itself locked."""
    found = await settlement_row(uow.session, settlement_id)
    await lock(uow, await trade_of(uow.session, found["order_id"]))
    part = select(PaymentPart.id).where(PaymentPart.id == found["part_id"])
    await uow.session.execute(part.with_for_update())
    return await settlement_row(uow.session, settlement_id, lock=True)


async def _must_wait(session: AsyncSession, settlement: RowDict, figures: Figures) -> bool:
    """Whether a refund is on its way, which takes what is frozen, or the payment is too young."""
    way = exists().where(Refund.part_id == settlement["part_id"], Refund.state != RefundState.SUCCEEDED)
    if figures.waits or await session.scalar(select(way)):
        return True
    paid = select(Payment.paid_at).join(PaymentPart, PaymentPart.payment_id == Payment.id)
    paid_at = await session.scalar(paid.where(PaymentPart.id == settlement["part_id"]))
    return paid_at is None or clock.now() - paid_at < SOONEST


async def _sets_free(session: AsyncSession, settlement: RowDict) -> bool:
    """Whether something of an earlier payment is still frozen."""
    left = select(PaymentPart.amount - PaymentPart.refunded).where(PaymentPart.id == settlement["part_id"])
    return bool(settlement["release"] and await session.scalar(left))


async def _share_out(uow: UnitOfWork, settlement: RowDict, figures: Figures) -> None:
    now = clock.now()
    mark = update(PaymentPart).where(PaymentPart.id == settlement["part_id"]).values(shared_at=now)
    await uow.session.execute(mark)
    row = await step(uow, settlement["id"], SettlementEvent.BEGIN, **figures.columns)
    await next_call(uow, row, figures)


# ------------------------------------------------------------------------------------------------ going on
async def call(database: Database, clearing: Clearing, call_id: UUID) -> None:
    """Makes a call, or asks how it stands, and does what follows. Raises Unavailable, to be run again, without."""
    seen = await calls.ask(database, clearing, call_id)
    if seen is None:
        return
    async with database.begin() as uow:
        of = select(SettlementCall.settlement_id).where(SettlementCall.id == call_id)
        settlement = await locked(uow, (await uow.session.scalars(of)).one())
        heard = await calls.hear(uow, call_id, seen)
        if heard is not None and heard["state"] is CallState.SUCCEEDED:
            await _succeeded(uow, settlement, heard)
        elif heard is not None and heard["state"] is CallState.FAILED:
            await _failed(uow, settlement, heard)


async def _succeeded(uow: UnitOfWork, settlement: RowDict, heard: RowDict) -> None:
    if heard["kind"] is CallKind.RETURN:
        await payments.fetched(uow, heard["refund_id"])
    if settlement["state"] is SettlementState.RUNNING:
        await next_call(uow, settlement, await figures_for(uow.session, settlement))


async def _failed(uow: UnitOfWork, settlement: RowDict, heard: RowDict) -> None:
    """A return that was given up for want of money is tried under another number; anything else is for a person."""
    made = await calls_of(uow.session, settlement["id"])
    if heard["kind"] is CallKind.RETURN and heard["reason"] == TIMED_OUT and len(made) < calls.MOST_CALLS:
        await add_call(uow, settlement, made, CallKind.RETURN, heard["amount"], heard["refund_id"])
    else:
        trouble = f"{heard['kind']} {heard['reason'] or ''}".strip()[:200]
        await step(uow, settlement["id"], SettlementEvent.FAIL, trouble=trouble)
        uow.emit(SettlementStuck(settlement["id"], heard["id"]))


async def next_call(uow: UnitOfWork, settlement: RowDict, figures: Figures) -> None:
    """Writes down the next call of a running settlement, or that nothing is left to be asked for."""
    made = await calls_of(uow.session, settlement["id"])
    done = [each for each in made if each["state"] is CallState.SUCCEEDED]
    if not any(each["kind"] in SHARED for each in done):
        await _first_calls(uow, settlement, figures, made, done)
        return
    excess = _sum(done, CallKind.SPLIT) - _sum(done, CallKind.RETURN) - figures.commission
    while refund_id := await waiting_refund(uow.session, settlement["part_id"]):
        if excess > 0:
            await add_call(uow, settlement, made, CallKind.RETURN, excess, refund_id)
            return
        await payments.fetched(uow, refund_id)
    if excess > 0 and (let_go := _let_go(made)) is not None:
        await add_call(uow, settlement, made, CallKind.RETURN, excess, let_go)
        return
    added = _sum(done, CallKind.SUBSIDY) - _sum(done, CallKind.SUBSIDY_RETURN)
    arrived = await _arrived_refund(uow.session, settlement)
    if arrived is not None and added > figures.subsidy:
        await add_call(uow, settlement, made, CallKind.SUBSIDY_RETURN, added - figures.subsidy, arrived)
        return
    to = {**figures.columns, "shared_at": settlement["shared_at"] or clock.now(), "trouble": None}
    await step(uow, settlement["id"], SettlementEvent.FINISH, **to)


async def _first_calls(
    uow: UnitOfWork, settlement: RowDict, figures: Figures, made: Sequence[RowDict], done: Sequence[RowDict]
) -> None:
    """The platform's coupons are paid first: once shared out, nothing can be added any more.

    By the books of now, not of the beginning: where WeChat Pay refused a call and a person has asked for it again, a
    refund may have taken its part meanwhile.
    """
    if figures.subsidy and not any(each["kind"] is CallKind.SUBSIDY for each in done):
        await add_call(uow, settlement, made, CallKind.SUBSIDY, figures.subsidy)
    elif figures.commission:
        await add_call(uow, settlement, made, CallKind.SPLIT, figures.commission)
    else:
        await add_call(uow, settlement, made, CallKind.FINISH, 0)


def _let_go(made: Sequence[RowDict]) -> UUID | None:
    """The refund that a person let go before the commission was fetched back for it: the shop is still owed that."""
    failed = (each for each in made if each["kind"] is CallKind.RETURN and each["state"] is CallState.FAILED)
    return max(failed, key=lambda each: each["number"], default={"refund_id": None})["refund_id"]


def _sum(done: Sequence[RowDict], kind: CallKind) -> int:
    return sum(each["amount"] for each in done if each["kind"] is kind)


async def waiting_refund(session: AsyncSession, part_id: UUID) -> UUID | None:
    """The oldest refund of a part that must not be sent before it was fetched back for."""
    waits = (Refund.part_id == part_id, Refund.state == RefundState.REQUESTED, Refund.fetched_at.is_(None))
    return await session.scalar(select(Refund.id).where(*waits).order_by(Refund.created_at, Refund.id).limit(1))


async def _arrived_refund(session: AsyncSession, settlement: RowDict) -> UUID | None:
    """The latest refund that has arrived and on whose ground no subsidy was fetched back yet."""
    used = exists().where(
        SettlementCall.refund_id == Refund.id,
        SettlementCall.kind == CallKind.SUBSIDY_RETURN,
        SettlementCall.state != CallState.FAILED,
    )
    arrived = (Refund.part_id == settlement["part_id"], Refund.state == RefundState.SUCCEEDED)
    chosen = select(Refund.id).where(*arrived, Refund.fetched_at.is_not(None), ~used)
    return await session.scalar(chosen.order_by(Refund.finished_at.desc()).limit(1))


# ------------------------------------------------------------------------------------------------ refunds
async def refund_heard(uow: UnitOfWork, refund_id: UUID) -> None:
    """A refund was asked for, or arrived: what was shared out is fetched back, what waited goes on. Repeatable."""
    of = select(Settlement.id).join(Refund, Refund.part_id == Settlement.part_id).where(Refund.id == refund_id)
    settlement_id = await uow.session.scalar(of)
    if settlement_id is not None:
        await look_again(uow, settlement_id)


async def look_again(uow: UnitOfWork, settlement_id: UUID) -> None:
    """Does what is to be done for a settlement now, if anything is."""
    settlement = await locked(uow, settlement_id)
    if settlement["state"] is SettlementState.WAITING:
        calls.begin_soon(uow, settlement_id)
    elif settlement["state"] is SettlementState.DONE and not settlement["sub_mchid"]:
        await _refresh(uow, settlement)
    elif settlement["state"] is SettlementState.DONE and await _is_shared(uow.session, settlement["part_id"]):
        figures = await figures_for(uow.session, settlement)
        if await _is_due(uow.session, settlement, figures):
            row = await step(uow, settlement_id, SettlementEvent.FETCH)
            await next_call(uow, row, figures)


async def _refresh(uow: UnitOfWork, settlement: RowDict) -> None:
    """What was paid to the platform is not shared out: after a refund its figures are what the ledger says."""
    figures = await figures_for(uow.session, settlement)
    if not figures.waits:
        changed = update(Settlement).where(Settlement.id == settlement["id"])
        await uow.session.execute(changed.values(figures.columns))


async def _is_shared(session: AsyncSession, part_id: UUID) -> bool:
    return await session.scalar(select(PaymentPart.shared_at).where(PaymentPart.id == part_id)) is not None


async def _is_due(session: AsyncSession, settlement: RowDict, figures: Figures) -> bool:
    """Whether something is to be fetched back: for a refund that waits, or of a subsidy after one that arrived."""
    if await waiting_refund(session, settlement["part_id"]) is not None:
        return True
    done = [each for each in await calls_of(session, settlement["id"]) if each["state"] is CallState.SUCCEEDED]
    added = _sum(done, CallKind.SUBSIDY) - _sum(done, CallKind.SUBSIDY_RETURN)
    return (figures.subsidy < added or figures.columns != _columns(settlement)) and figures.waits == 0


def _columns(settlement: RowDict) -> dict[str, int]:
    return {name: settlement[name] for name in ("net", "commission", "fee", "held", "subsidy")}


# ------------------------------------------------------------------------------------------------ the net under it
async def waiting(session: AsyncSession, *, most: int = 50) -> Sequence[UUID]:
    """Settlements that wait and are to be looked at now."""
    table = Settlement.__table__.c
    due = select(table.id).where(table.state == SettlementState.WAITING, table.next_at <= clock.now())
    return (await session.scalars(due.order_by(table.next_at).limit(most))).all()


async def forgotten_refunds(session: AsyncSession, *, most: int = 50) -> Sequence[UUID]:
    """Settlements that are done, with a refund that waits for them: its event was lost."""
    waits = (Refund.state == RefundState.REQUESTED, Refund.fetched_at.is_(None))
    late = Refund.created_at <= clock.now() - timedelta(minutes=1)
    chosen = select(Settlement.id).join(Refund, Refund.part_id == Settlement.part_id).where(*waits, late)
    chosen = chosen.join(PaymentPart, PaymentPart.id == Settlement.part_id).where(PaymentPart.shared_at.is_not(None))
    return (await session.scalars(chosen.where(Settlement.state == SettlementState.DONE).distinct().limit(most))).all()
