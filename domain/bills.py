"""WeChat Pay's bill of a day, fetched and compared line by line with what we have written down.

A difference stays until a person has explained it, or until fetching the bill again finds that it is none any more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Select,
    String,
    Subquery,
    any_,
    cast,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit, bulk, ledger
from domain.base import (
    SHANGHAI,
    Columns,
    Database,
    Event,
    Forbidden,
    Invalid,
    Job,
    NotFound,
    RowDict,
    Unavailable,
    UnitOfWork,
    Viewer,
    ViewerKind,
    among,
    clean_text,
    clock,
    page_offset,
    page_size,
    pick,
)
from domain.statements import ManyBy, OneBy
from models.base import Base, new_id
from models.bills import Bill, BillDifference, BillFault, BillKind, BillLine, BillSubject
from models.payments import Payment, PaymentPart, PaymentState, PayWay, Refund, RefundState
from models.settlement import CallState, Payout, Settlement, SettlementCall

# Yesterday's bill is ready at about ten.
READY = time(10, 15)
# From then on a bill that is not there means that nothing happened.
SURE = time(14)
# How far back the daily job looks for days it has missed.
LOOK_BACK = 7
FIRST_DAY = date(2020, 1, 1)
# What each bill tells of.
OF = {
    BillKind.TRADE: (BillSubject.PAYMENT, BillSubject.REFUND),
    BillKind.FUNDS: (
        BillSubject.SPLIT,
        BillSubject.RETURN,
        BillSubject.SUBSIDY,
        BillSubject.SUBSIDY_RETURN,
        BillSubject.PAYOUT,
        BillSubject.OTHER,
    ),
}
INCOMING = (BillSubject.PAYMENT, BillSubject.RETURN, BillSubject.SUBSIDY)
OUTGOING = (BillSubject.REFUND, BillSubject.SPLIT, BillSubject.SUBSIDY_RETURN, BillSubject.PAYOUT)


@dataclass(frozen=True)
class LineSeen:
    """A line as WeChat Pay tells it. Amounts in fen; `number` is ours, `transaction_id` theirs."""

    subject: BillSubject
    number: str
    transaction_id: str
    sub_mchid: str
    state: str
    amount: int
    fee: int
    at: datetime


@dataclass(frozen=True)
class BillSeen:
    hash: str
    lines: Sequence[LineSeen]


@dataclass(frozen=True)
class BillDiffers(Event):
    """A day's bill is not what we have written down; some of it may have been explained already."""

    bill_id: UUID


class BillSource(Protocol):
    """Where bills come from."""

    async def trade_bill(self, day: date) -> BillSeen | None:
        """The bill of a day in Shanghai; None when WeChat Pay has none. Unavailable when no answer came."""
        ...

    async def fund_bill(self, day: date) -> BillSeen | None:
        """As `trade_bill`, of what else came to and left the shops' accounts: splits, subsidies, payouts."""
        ...


bills_by_id = OneBy(Bill.__table__, "id")
#: The differences of each bill, those to be explained first.
differences_by_bill = ManyBy(
    BillDifference.__table__,
    "bill_id",
    order_by=(BillDifference.__table__.c.explained_at.desc().nullsfirst(), "subject", "number"),
)


# ------------------------------------------------------------------------------------------------ fetching
async def due_days(session: AsyncSession, kind: BillKind = BillKind.TRADE) -> list[date]:
    """Days of the last week whose bill should be there by now and was not fetched; oldest first."""
    now = clock.now().astimezone(SHANGHAI)
    last = now.date() - timedelta(days=1 if now.time() >= READY else 2)
    recent = select(Bill.day).where(Bill.kind == kind, Bill.day > last - timedelta(days=LOOK_BACK))
    known = set(await session.scalars(recent))
    days = [last - timedelta(days=back) for back in range(LOOK_BACK - 1, -1, -1)]
    return [day for day in days if day not in known]


async def fetch(database: Database, source: BillSource, day: date, kind: BillKind = BillKind.TRADE) -> UUID:
    """Fetches the bill of a day and compares it; answers its id. Safe to repeat; Unavailable when no answer came.

    Unavailable too while the bill may still be made; Invalid for a day that is not over.
    """
    _over(day)
    seen = await (source.trade_bill(day) if kind is BillKind.TRADE else source.fund_bill(day))
    if seen is None and clock.now() < datetime.combine(day + timedelta(days=1), SURE, SHANGHAI):
        raise Unavailable("微信支付还没有出这一天的账单，请稍后再试")
    async with database.begin() as uow:
        return await record(uow, day, seen, kind)


async def record(uow: UnitOfWork, day: date, seen: BillSeen | None, kind: BillKind = BillKind.TRADE) -> UUID:
    """Writes down a day's bill in place of what was known of it, and what it and our books differ in."""
    bill_id = await _keep(uow, day, seen, kind)
    found = await _differences(uow.session, day, bill_id, OF[kind])
    await _keep_differences(uow, bill_id, found)
    return bill_id


async def _keep(uow: UnitOfWork, day: date, seen: BillSeen | None, kind: BillKind) -> UUID:
    """The bill's row, locked; its lines are replaced, and what WeChat Pay took more than we knew goes to the ledger."""
    lines: Sequence[LineSeen] = seen.lines if seen else ()
    sums = {
        "hash": seen.hash if seen else None,
        "lines": len(lines),
        "paid": sum(line.amount for line in lines if line.subject in INCOMING),
        "refunded": sum(line.amount for line in lines if line.subject in OUTGOING),
        "fees": sum(line.fee for line in lines),
        "compared_at": clock.now(),
    }
    empty = dict.fromkeys(("lines", "paid", "refunded", "fees"), 0)
    new = insert(Bill).values(id=new_id(), day=day, kind=kind, compared_at=clock.now(), **empty)
    await uow.session.execute(new.on_conflict_do_nothing(index_elements=["day", "kind"]))
    table = Bill.__table__.c
    chosen = select(table.id, table.hash, table.fees).where(table.day == day, table.kind == kind)
    bill = (await uow.session.execute(chosen.with_for_update())).one()
    await uow.session.execute(update(Bill).where(table.id == bill.id).values(sums))
    if bill.hash != sums["hash"]:
        await uow.session.execute(delete(BillLine).where(BillLine.bill_id == bill.id))
        rows = [{"bill_id": bill.id, "position": at, **vars(line)} for at, line in enumerate(lines, 1)]
        await bulk.insert(uow.session, {BillLine: rows})
        if kind is BillKind.TRADE:
            await _post_fees(uow, day, str(sums["hash"]), int(str(sums["fees"])) - bill.fees)
    id: UUID = bill.id
    return id


async def _post_fees(uow: UnitOfWork, day: date, hash: str, more: int) -> None:
    noon = datetime.combine(day, time(12), SHANGHAI).astimezone(UTC)
    await ledger.post(uow, ledger.fee_charged(f"{day}:{hash}", more, noon, f"微信支付 {day} 手续费"))


# ------------------------------------------------------------------------------------------------ comparing
@dataclass(frozen=True)
class _Ours:
    """One of our rows: `done` when money moved, by what we know."""

    number: str
    order_id: UUID | None
    amount: int
    state: str
    done: bool


async def _differences(
    session: AsyncSession, day: date, bill_id: UUID, subjects: Sequence[BillSubject]
) -> list[dict[str, Any]]:
    found = []
    for subject in subjects:
        lines = await _lines(session, bill_id, subject)
        ours = await _ours(session, subject, _named(subject, [line["number"] for line in lines]))
        found += [row for line in lines if (row := _compared(line, ours.get(line["number"]))) is not None]
        silent = await _ours(session, subject, _done_on(subject, day), ~_in_a_bill(subject))
        found += [_missing_there(subject, each) for each in silent.values()]
    return found


async def _lines(session: AsyncSession, bill_id: UUID, subject: BillSubject) -> Sequence[RowDict]:
    chosen = select(BillLine.__table__).where(BillLine.bill_id == bill_id, BillLine.subject == subject)
    return [dict(row) for row in (await session.execute(chosen)).mappings()]


def _named(subject: BillSubject, numbers: Sequence[str]) -> ColumnElement[bool]:
    if subject is BillSubject.PAYMENT:
        return PAYMENTS.c.number == any_(literal(list(numbers), ARRAY(String)))
    return among(_model(subject), "number", numbers)


def _model(subject: BillSubject) -> type[Base]:
    """Where our numbers of a subject are; those of no subject of ours are looked for among the payouts, in vain."""
    if subject in (BillSubject.PAYOUT, BillSubject.OTHER):
        return Payout
    return {BillSubject.REFUND: Refund}.get(subject, SettlementCall)


def _done_on(subject: BillSubject, day: date) -> ColumnElement[bool]:
    since = datetime.combine(day, time(), SHANGHAI).astimezone(UTC)
    at = PAYMENTS.c.paid_at if subject is BillSubject.PAYMENT else _model(subject).__table__.c.finished_at
    return (at >= since) & (at < since + timedelta(days=1))


def _in_a_bill(subject: BillSubject) -> ColumnElement[bool]:
    """In that of any day: a refund of the last minute is heard of on the next."""
    number = PAYMENTS.c.number if subject is BillSubject.PAYMENT else _model(subject).__table__.c.number
    return exists().where(BillLine.subject == subject, BillLine.number == number)


def _payments() -> Subquery:
    """What was paid, by the numbers that WeChat Pay has for it: part by part, or the whole that was paid directly."""
    part, payment = PaymentPart.__table__.c, Payment.__table__.c
    amount = func.coalesce(part.paid, part.amount)
    parts = select(part.number, part.order_id, amount.label("amount"), payment.state, payment.paid_at)
    parts = parts.join(Payment, payment.id == part.payment_id).where(payment.way == PayWay.COMBINED)
    came = select(func.sum(amount)).where(part.payment_id == payment.id).scalar_subquery()
    nobody = literal(None, part.order_id.type)
    wholes = select(payment.number, nobody, cast(came, BigInteger), payment.state, payment.paid_at)
    return union_all(parts, wholes.where(payment.way == PayWay.DIRECT)).subquery("paid")


PAYMENTS = _payments()
PAID = (PaymentState.PAID, PaymentState.DISPUTED, PaymentState.SENT_BACK)


async def _ours(session: AsyncSession, subject: BillSubject, *where: ColumnElement[bool]) -> dict[str, _Ours]:
    if subject is BillSubject.PAYMENT:
        paid = PAYMENTS.c
        chosen: Select[Any] = select(paid.number, paid.order_id, paid.amount, paid.state, paid.state.in_(PAID))
    elif subject in OF[BillKind.FUNDS]:
        chosen = _moved(subject)
    else:
        refund = Refund.__table__.c  # nothing paid by bank, or back onto gift cards (…C1R1), is in a bill
        done = (refund.state == RefundState.SUCCEEDED) & refund.offline_reference.is_(None)
        about = (refund.number, refund.order_id, refund.amount, refund.state)
        chosen = select(*about, done).where(refund.number.not_like("%C%"))
    rows = await session.execute(chosen.where(*where))
    return {row[0]: _Ours(row[0], row[1], row[2], str(row[3]), row[4]) for row in rows}


def _moved(subject: BillSubject) -> Select[Any]:
    """Calls and payouts of ours as `_ours` reads them; none is of another subject."""
    if subject in (BillSubject.PAYOUT, BillSubject.OTHER):
        payout, nothing = Payout.__table__.c, literal(None, Settlement.__table__.c.order_id.type)
        # It left when it was taken in; one that failed came back, and that is a line of its own.
        left = payout.provider_id.is_not(None)
        chosen = select(payout.number, nothing, payout.amount, payout.state, left)
        return chosen.where(literal(subject is BillSubject.PAYOUT), payout.sub_mchid != "")
    call = SettlementCall.__table__.c
    done = call.state == CallState.SUCCEEDED
    chosen = select(call.number, Settlement.order_id, call.amount, call.state, done)
    return chosen.join(Settlement, Settlement.id == call.settlement_id).where(call.kind == subject.value)


def _compared(line: RowDict, ours: _Ours | None) -> dict[str, Any] | None:
    """One difference at most: a line that is not here at all, in another state, or of another amount."""
    if ours is None:
        fault = BillFault.MISSING_HERE
    elif not ours.done or line["state"] != "SUCCESS":
        fault = BillFault.STATE_DIFFERS
    elif ours.amount != line["amount"]:
        fault = BillFault.AMOUNT_DIFFERS
    else:
        return None
    theirs = {"theirs": line["amount"], "their_state": line["state"]}
    return {"fault": fault, "subject": line["subject"], "number": line["number"], **theirs, **_side(ours)}


def _missing_there(subject: BillSubject, ours: _Ours) -> dict[str, Any]:
    theirs = {"theirs": None, "their_state": None}
    return {"fault": BillFault.MISSING_THERE, "subject": subject, "number": ours.number, **theirs, **_side(ours)}


def _side(ours: _Ours | None) -> dict[str, Any]:
    if ours is None:
        return {"order_id": None, "ours": None, "our_state": None}
    return {"order_id": ours.order_id, "ours": ours.amount, "our_state": ours.state}


async def _keep_differences(uow: UnitOfWork, bill_id: UUID, found: Sequence[Mapping[str, Any]]) -> None:
    """What was explained stays; of the rest, what is found now."""
    table = BillDifference.__table__.c
    await uow.session.execute(delete(BillDifference).where(table.bill_id == bill_id, table.explained_at.is_(None)))
    rows = [{"id": new_id(), "bill_id": bill_id, "created_at": clock.now(), **each} for each in found]
    if rows:
        await uow.session.execute(insert(BillDifference).on_conflict_do_nothing(), rows)
        uow.emit(BillDiffers(bill_id))


# ------------------------------------------------------------------------------------------------ people
def _only_platform(viewer: Viewer) -> None:
    if viewer.kind is not ViewerKind.PLATFORM:
        raise Forbidden("仅平台可以对账")


async def explain(uow: UnitOfWork, viewer: Viewer, difference_id: UUID, note: str) -> UUID:
    """A person says how a difference came about; answers the bill. Explained once more, the later note counts."""
    _only_platform(viewer)
    note = clean_text(note, field="note", most=200, least=2, label="说明")
    table = BillDifference.__table__.c
    said = {"note": note, "explained_by": viewer.name[:60] or "平台", "explained_at": clock.now()}
    done = update(BillDifference).where(table.id == difference_id).values(said).returning(table.bill_id, table.number)
    row = (await uow.session.execute(done)).first()
    if row is None:
        raise NotFound("没有这条差异")
    await audit.record(uow, viewer, "bill.explain", "bill_difference", difference_id, {"number": row[1], "note": note})
    bill_id: UUID = row[0]
    return bill_id


async def fetch_later(uow: UnitOfWork, viewer: Viewer, day: str) -> None:
    """A person wants a day's bill fetched and compared again; Invalid for a day that is not over."""
    _only_platform(viewer)
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        raise Invalid("日期须写作 2026-01-31", field="day") from None
    _over(wanted)
    uow.later(Job("bill.fetch", {"day": wanted.isoformat()}, key=f"bill:{wanted}"))
    await audit.record(uow, viewer, "bill.fetch", "bill", wanted.isoformat())


def _over(day: date) -> None:
    if not FIRST_DAY <= day < clock.today():
        raise Invalid("账单日期须早于今天", field="day")


async def bill(session: AsyncSession, viewer: Viewer, bill_id: UUID, columns: Columns) -> RowDict:
    """A day's bill; NotFound when there is none."""
    _only_platform(viewer)
    found = (await bills_by_id(session, [bill_id], columns)).get(bill_id)
    if found is None:
        raise NotFound("没有这份账单")
    return found


OPEN = func.count().filter(BillDifference.explained_at.is_(None)).label("open")
_counts = (
    select(BillDifference.bill_id, func.count().label("all"), OPEN).group_by(BillDifference.bill_id).subquery("counts")
)
#: `open` and `all` differences of each bill that has any.
counts_by_bill = OneBy(_counts, "bill_id", joinable=False)


async def page(
    session: AsyncSession, viewer: Viewer, open_only: bool, page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    """A page of bills, the latest day first; `open_only`: those with something to explain."""
    _only_platform(viewer)
    table = Bill.__table__.c
    waits = exists().where(BillDifference.bill_id == table.id, BillDifference.explained_at.is_(None))
    where = or_(waits, literal(not open_only))
    chosen = select(*pick(Bill, columns, "id")).where(where).order_by(table.day.desc(), table.id)
    rows = await session.execute(chosen.offset(page_offset(page, size)).limit(page_size(size)))
    total = await session.scalar(select(func.count()).select_from(Bill).where(where))
    return [dict(row) for row in rows.mappings()], total or 0
