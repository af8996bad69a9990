"""Paying shops out: written down with a number first, asked for under that number only, and never twice.

What can be paid is the lesser of what WeChat Pay says is at the shop's disposal and what the ledger says it is owed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit, ledger
from domain.base import (
    SHANGHAI,
    SYSTEM,
    Conflict,
    Database,
    Event,
    Invalid,
    Job,
    NotFound,
    RowDict,
    UnitOfWork,
    Viewer,
    clean_text,
    clock,
)
from domain.payments import move
from domain.settlement import plans
from domain.settlement.calls import pause
from domain.settlement.port import Balance, Clearing, WithdrawalAsked, WithdrawalOutcome, WithdrawalSeen
from domain.settlement.states import PAYOUT_STEPS, PayoutEvent
from models.base import new_id
from models.ledger import AccountKind, LedgerEntry
from models.merchants import Merchant
from models.settlement import Payout, PayoutEvery, PayoutPlan, PayoutState

OPEN = (PayoutState.ASKED, PayoutState.PROCESSING)
# A bank may send back what had arrived (退票), mostly within days: until then WeChat Pay is asked so often.
WATCHED, WATCH_EVERY = timedelta(days=10), timedelta(hours=12)
# When nobody asks any more.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
EVENTS = {
    WithdrawalOutcome.PROCESSING: PayoutEvent.ACCEPT,
    WithdrawalOutcome.SUCCEEDED: PayoutEvent.SUCCEED,
    WithdrawalOutcome.FAILED: PayoutEvent.FAIL,
    WithdrawalOutcome.BOUNCED: PayoutEvent.BOUNCE,
}


@dataclass(frozen=True)
class PayoutEnded(Event):
    """A payout has arrived, failed, or was sent back."""

    payout_id: UUID
    state: PayoutState


# ------------------------------------------------------------------------------------------------ asking for one
async def request_payout(
    database: Database, clearing: Clearing, viewer: Viewer, amount: int | None, idempotency_key: str
) -> UUID:
    """The shop wants `amount` fen paid out, or all there is; answers the payout, the same for the same key.

    Invalid for more than there is, Conflict while another payout is under way, Unavailable when WeChat Pay does not
    say how much there is.
    """
    key = clean_text(idempotency_key, field="idempotencyKey", least=8, most=60, label="提交标识")
    if amount is not None and amount <= 0:
        raise Invalid("提现金额须大于 0", field="amount")
    if (known := await _known(database, viewer.shop_id, key)) is not None:
        return known
    balance = await clearing.balance(await _sub_mchid(database, viewer.shop_id))
    async with database.begin() as uow:
        await plans.lock(uow, viewer.shop_id)
        known = await uow.session.scalar(_of_key(viewer.shop_id, key))
        if known is not None:
            return known
        most = _most(balance, await owed(uow.session, viewer.shop_id))
        wanted = most if amount is None else amount
        if wanted <= 0 or wanted > most:
            raise Invalid(f"当前最多可提现 {max(most, 0) / 100:.2f} 元", field="amount", most=max(most, 0))
        account = await _account(uow.session, clearing, viewer.shop_id)
        id = await _add(uow, viewer.shop_id, account, wanted, key, viewer.name[:60] or "商户")
        await audit.record(uow, viewer, "payout.request", "payout", id, {"amount": wanted})
    return id


async def _known(database: Database, merchant_id: UUID, key: str) -> UUID | None:
    async with database.read() as session:
        return await session.scalar(_of_key(merchant_id, key))


def _of_key(merchant_id: UUID, key: str) -> Select[UUID]:
    return select(Payout.id).where(Payout.merchant_id == merchant_id, Payout.key == key)


async def _sub_mchid(database: Database, merchant_id: UUID) -> str:
    async with database.read() as session:
        found = await session.scalar(select(Merchant.sub_mchid).where(Merchant.id == merchant_id))
    if found is None:
        raise NotFound("商户不存在")
    return found


def _most(balance: Balance | None, owed: int) -> int:
    return owed if balance is None else min(balance.available, owed)


async def _account(session: AsyncSession, clearing: Clearing, merchant_id: UUID) -> str:
    """Where the money is: the shop's account at WeChat Pay; empty for the platform's own at its bank."""
    if not clearing.divides:
        return ""
    return (await session.scalars(select(Merchant.sub_mchid).where(Merchant.id == merchant_id))).one()


async def owed(session: AsyncSession, merchant_id: UUID) -> int:
    """Fen that the ledger says a shop is owed, less what is on its way to its bank."""
    account = ledger.Account(AccountKind.MERCHANT_PAYABLE, merchant_id)
    booked = await session.scalar(select(func.sum(LedgerEntry.amount)).where(LedgerEntry.account_id == account.id))
    way = select(func.sum(Payout.amount)).where(Payout.merchant_id == merchant_id, Payout.state.in_(OPEN))
    return -int(booked or 0) - int(await session.scalar(way) or 0)


async def _add(uow: UnitOfWork, merchant_id: UUID, sub_mchid: str, amount: int, key: str, asked_by: str | None) -> UUID:
    under_way = select(Payout.id).where(Payout.merchant_id == merchant_id, Payout.state.in_(OPEN))
    if await uow.session.scalar(under_way) is not None:
        raise Conflict("上一笔提现还在处理中，请到账后再试")
    id, now = new_id(), clock.now()
    row = {
        "id": id,
        "merchant_id": merchant_id,
        "sub_mchid": sub_mchid,
        "number": f"W{now.astimezone(SHANGHAI):%y%m%d}{id.hex[-20:].upper()}",
        "key": key,
        "amount": amount,
        "state": PayoutState.ASKED,
        "asked_by": asked_by,
        "next_at": now + pause(1),
        "created_at": now,
    }
    await uow.session.execute(insert(Payout).values(row))
    uow.later(Job("payout.submit", {"id": str(id)}, key=f"payout:{id}"))
    return id


# ------------------------------------------------------------------------------------------------ making it
async def submit_payout(database: Database, clearing: Clearing, payout_id: UUID) -> None:
    """Asks WeChat Pay how a payout stands, and for it where they have never seen its number.

    One that has arrived is only asked about, in case that the bank sent it back. Safe to repeat after a lost answer.
    Raises Unavailable, to be run again, without one.
    """
    async with database.begin() as uow:
        payout = await _to_ask(uow, payout_id)
    if payout is None:
        return
    seen = await clearing.find_withdrawal(payout["number"], payout["sub_mchid"])
    if seen.outcome is WithdrawalOutcome.UNKNOWN and payout["state"] in OPEN:
        asked = WithdrawalAsked(payout["number"], payout["sub_mchid"], payout["amount"])
        seen = await clearing.withdraw(asked)
    async with database.begin() as uow:
        await record_payout(uow, payout_id, seen)


async def _to_ask(uow: UnitOfWork, payout_id: UUID) -> RowDict | None:
    """The payout, if it has not ended or may still come back; the next question is put off."""
    table = Payout.__table__.c
    chosen = select(*table).where(table.id == payout_id, or_(table.state.in_(OPEN), _watched())).with_for_update()
    row = (await uow.session.execute(chosen)).mappings().first()
    if row is None:
        return None
    tried = {"tries": row["tries"] + 1, "next_at": clock.now() + pause(row["tries"])}
    if row["state"] is PayoutState.SUCCEEDED:
        tried = {"next_at": _watch_next(row["finished_at"])}
    await uow.session.execute(update(Payout).where(table.id == payout_id).values(tried))
    return dict(row)


def _watched() -> ColumnElement[bool]:
    return and_(Payout.state == PayoutState.SUCCEEDED, Payout.sub_mchid != "")


def _watch_next(arrived_at: datetime) -> datetime:
    """When one that arrived is asked about next."""
    soon = clock.now() + WATCH_EVERY
    return soon if soon <= arrived_at + WATCHED else NEVER


async def record_payout(uow: UnitOfWork, payout_id: UUID, seen: WithdrawalSeen) -> None:
    """Writes down how a payout stands, once, and posts it to the ledger when the money has left, or is back."""
    table = Payout.__table__.c
    chosen = select(*table).where(table.id == payout_id).with_for_update()
    before = (await uow.session.execute(chosen)).mappings().one()
    event = EVENTS.get(seen.outcome)
    if event is None or (before["state"], event) not in PAYOUT_STEPS:
        return
    at = seen.at or clock.now()
    to: dict[str, Any] = {"reason": seen.reason, "provider_id": seen.provider_id or before["provider_id"]}
    if event is not PayoutEvent.ACCEPT:
        to["finished_at"] = at
    if event is PayoutEvent.SUCCEED:
        to["next_at"] = _watch_next(at)
    await move(uow.session, Payout, PAYOUT_STEPS, payout_id, event, "该笔提现已处理", **to)
    await _post(uow, dict(before), event, at)
    if event is not PayoutEvent.ACCEPT:
        uow.emit(PayoutEnded(payout_id, PAYOUT_STEPS[before["state"], event]))


async def _post(uow: UnitOfWork, payout: RowDict, event: PayoutEvent, at: datetime) -> None:
    ref, nothing = str(payout["id"]), ledger.Of(None, None)
    source = ledger.RECEIVABLE if payout["sub_mchid"] else ledger.BANK
    if event is PayoutEvent.SUCCEED:
        await ledger.post(uow, ledger.paid_out(ref, nothing, payout["merchant_id"], payout["amount"], at, source))
    elif event is PayoutEvent.BOUNCE and payout["state"] is PayoutState.SUCCEEDED:
        await ledger.post(uow, ledger.payout_returned(ref, payout["merchant_id"], payout["amount"], at, source))


# ------------------------------------------------------------------------------------------------ by itself
async def pay_by_plan(database: Database, clearing: Clearing, merchant_id: UUID) -> UUID | None:
    """Pays out a shop whose time has come, if there is enough and nothing is under way; once for each time."""
    balance = await clearing.balance(await _sub_mchid(database, merchant_id))
    async with database.begin() as uow:
        plan = await plans.lock(uow, merchant_id)
        now = clock.now()
        if plan["every"] is PayoutEvery.NEVER or plan["next_at"] > now:
            return None
        after = plans.next_time(plan["every"], now)
        await uow.session.execute(_put_off(merchant_id, after))
        amount = _most(balance, await owed(uow.session, merchant_id))
        if amount < plan["least"]:
            return None
        try:
            account = await _account(uow.session, clearing, merchant_id)
            id = await _add(uow, merchant_id, account, amount, f"plan:{plan['next_at']:%Y-%m-%dT%H}", None)
        except Conflict:
            return None
        await audit.record(uow, SYSTEM, "payout.plan_due", "payout", id, {"amount": amount})
        return id


def _put_off(merchant_id: UUID, after: datetime) -> Any:
    return update(PayoutPlan).where(PayoutPlan.merchant_id == merchant_id).values(next_at=after)


async def due_payouts(session: AsyncSession, *, most: int = 50) -> Sequence[UUID]:
    """Payouts to be asked about now: those that have not ended, their answer or job lost perhaps, and those that have
    arrived and may come back."""
    table = Payout.__table__.c
    chosen = select(table.id).where(or_(table.state.in_(OPEN), _watched()), table.next_at <= clock.now())
    return (await session.scalars(chosen.order_by(table.next_at).limit(most))).all()
