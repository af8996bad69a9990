"""Attempts to pay a trade: one order at WeChat Pay each, at most one of them payable at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Columns, Job, RowDict, UnitOfWork, WrongState, clock, page_offset, pick
from domain.payments.port import PartAsked, PartPaid, PaymentAsked, PaymentSeen
from domain.payments.steps import PAYMENT_STEPS, PaymentEvent, move
from domain.shares import apportion
from domain.statements import ManyBy, OneBy
from models.base import new_id
from models.payments import Payment, PaymentPart, PaymentState, PayWay

# When WeChat Pay is asked about an attempt, counted from its opening: notices have no delivery guarantee.
CHECKS = (timedelta(seconds=10), timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10))
# WeChat Pay refuses to open an order that would end within a minute.
SHORTEST = timedelta(seconds=90)


@dataclass(frozen=True)
class Share:
    """One order's share of a trade. Amount in fen; `number` is the order's."""

    order_id: UUID
    number: str
    sub_mchid: str
    description: str
    amount: int
    # The most that the platform will add to it.
    subsidy: int = 0


@dataclass(frozen=True)
class Part:
    """One order's part of an attempt. Amount in fen."""

    id: UUID
    order_id: UUID
    number: str
    sub_mchid: str
    description: str
    amount: int
    transaction_id: str | None
    # What came, where it was not `amount`.
    paid: int | None = None
    subsidy: int = 0
    # The sum of all refunds that were asked for.
    refunded: int = 0

    @property
    def received(self) -> int:
        """Fen that can go back."""
        return self.amount if self.paid is None else self.paid


@dataclass(frozen=True)
class Attempt:
    """One attempt to pay a trade. Amount in fen."""

    id: UUID
    trade_id: UUID
    attempt: int
    stage: int
    number: str
    state: PaymentState
    way: PayWay
    amount: int
    openid: str
    prepay_id: str | None
    created_at: datetime
    expires_at: datetime
    parts: tuple[Part, ...]

    def asked(self, client_address: str = "127.0.0.1") -> PaymentAsked:
        parts = (_asked(part) for part in self.parts)
        return PaymentAsked(self.number, self.openid, self.expires_at, tuple(parts), client_address)

    def named(self, part: Part) -> str:
        """The number by which WeChat Pay's bill knows a part."""
        return part.number if self.way is PayWay.COMBINED else self.number


async def was_sent_back(session: AsyncSession, part_id: UUID) -> bool:
    """Whether the part's payment was disputed money that a person sent back."""
    chosen = select(Payment.state).join(PaymentPart, PaymentPart.payment_id == Payment.id)
    return await session.scalar(chosen.where(PaymentPart.id == part_id)) is PaymentState.SENT_BACK


def _asked(part: Part) -> PartAsked:
    return PartAsked(part.number, part.sub_mchid, part.description, part.amount, part.subsidy)


# ------------------------------------------------------------------------------------------------ reading
payments_by_id = OneBy(Payment.__table__, "id")
parts_by_payment = ManyBy(PaymentPart.__table__, "payment_id", order_by=("number",))


async def attempts_of(session: AsyncSession, trade_id: UUID) -> list[Attempt]:
    """All attempts of a trade with their parts, oldest first."""
    return await _attempts(session, trade_id, lock=False)


async def locked(uow: UnitOfWork, trade_id: UUID) -> list[Attempt]:
    """As `attempts_of`, with the rows locked. The trade and its orders must be locked already."""
    return await _attempts(uow.session, trade_id, lock=True)


async def trade_of(session: AsyncSession, *, number: str | None = None, id: UUID | None = None) -> UUID | None:
    """The trade an attempt belongs to."""
    table = Payment.__table__.c
    found = table.id == id if number is None else table.number == number
    return await session.scalar(select(Payment.trade_id).where(found))


async def _attempts(session: AsyncSession, trade_id: UUID, *, lock: bool) -> list[Attempt]:
    table = Payment.__table__.c
    chosen = select(*table).where(table.trade_id == trade_id).order_by(table.attempt)
    rows = (await session.execute(chosen.with_for_update() if lock else chosen)).mappings().all()
    if not rows:
        return []
    parts = PaymentPart.__table__.c
    chosen_parts = select(*parts).where(parts.payment_id.in_([row["id"] for row in rows])).order_by(parts.number)
    found = (await session.execute(chosen_parts)).mappings().all()
    return [_attempt(dict(row), [dict(part) for part in found if part["payment_id"] == row["id"]]) for row in rows]


def _attempt(row: RowDict, parts: Sequence[RowDict]) -> Attempt:
    made = tuple(Part(**{name: part[name] for name in Part.__dataclass_fields__}) for part in parts)
    return Attempt(**{name: row[name] for name in Attempt.__dataclass_fields__ if name != "parts"}, parts=made)


# ------------------------------------------------------------------------------------------------ writing
async def open_attempt(
    uow: UnitOfWork,
    trade_id: UUID,
    trade_number: str,
    openid: str,
    expires_at: datetime,
    shares: Sequence[Share],
    way: PayWay = PayWay.COMBINED,
    stage: int = 1,
) -> Attempt:
    """Opens the next attempt. Only one may be OPEN: the caller has locked the trade and looked."""
    if way is PayWay.DIRECT:
        shares = [replace(share, sub_mchid="") for share in shares]
    count = len(await attempts_of(uow.session, trade_id)) + 1
    now = clock.now()
    row: dict[str, Any] = {
        "id": new_id(),
        "trade_id": trade_id,
        "attempt": count,
        "stage": stage,
        "number": f"{trade_number}P{count}",
        "state": PaymentState.OPEN,
        "way": way,
        "amount": sum(share.amount for share in shares),
        "openid": openid,
        "prepay_id": None,
        "expires_at": max(expires_at, now + SHORTEST),
        "created_at": now,
    }
    parts = [_part(row["id"], share, count, now) for share in shares]
    await uow.session.execute(insert(Payment).values(row))
    await uow.session.execute(insert(PaymentPart), parts)
    for number, after in enumerate(CHECKS):
        key = f"payment:{row['id']}:check:{number}"
        uow.later(Job("payment.check", {"payment_id": str(row["id"])}, after=after, key=key))
    return _attempt(row, sorted(parts, key=lambda part: part["number"]))


def _part(payment_id: UUID, share: Share, count: int, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "payment_id": payment_id,
        "order_id": share.order_id,
        "number": f"{share.number}P{count}",
        "sub_mchid": share.sub_mchid,
        "description": share.description[:127],
        "amount": share.amount,
        "transaction_id": None,
        "paid": None,
        "refunded": 0,
        "subsidy": share.subsidy,
        "created_at": now,
    }


async def paid_before(
    uow: UnitOfWork, trade_id: UUID, trade_number: str, shares: Sequence[Share], way: PayWay, paid_at: datetime
) -> Attempt:
    """Writes down that gift cards, or a voucher, paid so much of each order, at once and for good; WeChat Pay never
    hears of it.
    """
    count = len(await attempts_of(uow.session, trade_id)) + 1
    row: dict[str, Any] = {
        "id": new_id(),
        "trade_id": trade_id,
        "attempt": count,
        "stage": 1,
        "number": f"{trade_number}C{count}",
        "state": PaymentState.PAID,
        "way": way,
        "amount": sum(share.amount for share in shares),
        "openid": "",
        "prepay_id": None,
        "expires_at": paid_at,
        "paid_at": paid_at,
        "created_at": paid_at,
    }
    parts = [{**_part(row["id"], share, count, paid_at), "number": f"{share.number}C{count}"} for share in shares]
    await uow.session.execute(insert(Payment).values(row))
    await uow.session.execute(insert(PaymentPart), parts)
    return _attempt(row, sorted(parts, key=lambda part: part["number"]))


async def remember_prepay(uow: UnitOfWork, attempt: Attempt, prepay_id: str) -> bool:
    """Keeps the prepay id; False when the attempt was closed while WeChat Pay was being asked."""
    kept = (
        update(Payment)
        .where(Payment.id == attempt.id, Payment.state == PaymentState.OPEN)
        .values(prepay_id=prepay_id)
        .returning(Payment.id)
    )
    return await uow.session.scalar(kept) is not None


def by_part(attempt: Attempt, seen: PaymentSeen) -> PaymentSeen:
    """What came in one sum, told part by part: each has its share of it, under the one transaction."""
    whole = seen.whole
    if whole is None or attempt.way is not PayWay.DIRECT:
        return seen
    shares = _shared(whole.amount, [part.amount for part in attempt.parts])
    parts = (
        PartPaid(part.number, whole.transaction_id, share) for part, share in zip(attempt.parts, shares, strict=True)
    )
    return replace(seen, parts=tuple(parts))


def _shared(came: int, asked: list[int]) -> list[int]:
    """In proportion to what was asked for; what came beyond that is with the first."""
    shares = apportion(max(came, 0), asked)
    shares[0] += max(came - sum(asked), 0)
    return shares


def mismatch(attempt: Attempt, seen: PaymentSeen) -> str | None:
    """What of a paid attempt is not what was asked, in a Chinese sentence for the person who must look; or None."""
    asked = {part.number: part.amount for part in attempt.parts}
    paid = {part.number: part.amount for part in seen.parts}
    if asked.keys() != paid.keys() or len(seen.parts) != len(attempt.parts):
        return "子单与下单时不一致"
    wrong = [number for number in asked if asked[number] != paid[number]]
    if wrong:
        return f"子单 {wrong[0]} 应付 {asked[wrong[0]]} 分，实付 {paid[wrong[0]]} 分"
    if sum(paid.values()) != attempt.amount:
        return f"应付 {attempt.amount} 分，实付 {sum(paid.values())} 分"
    transactions = len(asked) if attempt.way is PayWay.COMBINED else 1
    if len({part.transaction_id for part in seen.parts} - {""}) != transactions:
        return "微信支付交易号缺失或重复"
    if seen.openid is not None and seen.openid != attempt.openid:
        return "付款人与下单人不一致"
    return None


async def settle(uow: UnitOfWork, attempt: Attempt, seen: PaymentSeen) -> None:
    """The attempt was paid, as asked: notes when and under which transactions."""
    paid_at = seen.paid_at or clock.now()
    to = {"paid_at": paid_at, **_own_transaction(attempt, seen)}
    await move(uow.session, Payment, PAYMENT_STEPS, attempt.id, PaymentEvent.PAY, "支付已处理", **to)
    await _note_transactions(uow.session, seen)


def _own_transaction(attempt: Attempt, seen: PaymentSeen) -> dict[str, Any]:
    """The column of a payment that has a transaction itself."""
    return {"transaction_id": seen.parts[0].transaction_id} if attempt.way is PayWay.DIRECT else {}


async def dispute(uow: UnitOfWork, attempt: Attempt, seen: PaymentSeen, reason: str) -> None:
    """The attempt was paid, but not as asked: it waits for a person. What came is noted, so that it can go back."""
    numbers = [part.transaction_id for part in seen.parts]
    taken = select(PaymentPart.transaction_id).where(PaymentPart.transaction_id.in_(numbers))
    known = {*(await uow.session.scalars(taken)), ""}
    if attempt.way is PayWay.COMBINED:
        known |= {each for each in numbers if numbers.count(each) > 1}
    own = _own_transaction(attempt, seen) if known.isdisjoint(numbers) else {}
    to = {"dispute": reason, "paid_at": seen.paid_at or clock.now(), **own}
    await move(uow.session, Payment, PAYMENT_STEPS, attempt.id, PaymentEvent.DISPUTE, "支付已处理", **to)
    for part in seen.parts:
        if part.transaction_id not in known and part.amount > 0:
            mine = (PaymentPart.payment_id == attempt.id, PaymentPart.number == part.number)
            noted = {"transaction_id": part.transaction_id, "paid": part.amount}
            await uow.session.execute(update(PaymentPart).where(*mine).values(noted))


async def accept(uow: UnitOfWork, attempt: Attempt) -> None:
    """A person takes disputed money as the payment. WrongState unless each part is what was asked for."""
    if any(part.transaction_id is None or part.received != part.amount for part in attempt.parts):
        raise WrongState("实收金额或交易号与应付不一致，只能退回")
    await move(uow.session, Payment, PAYMENT_STEPS, attempt.id, PaymentEvent.ACCEPT, "该支付不在待核实状态")


async def send_back(uow: UnitOfWork, attempt: Attempt) -> list[Part]:
    """A person sends disputed money back; answers the parts that came. WrongState when none is known to have."""
    came = [part for part in attempt.parts if part.transaction_id is not None]
    if not came:
        raise WrongState("没有可退回的微信支付交易号，请在微信支付商户平台处理")
    await move(uow.session, Payment, PAYMENT_STEPS, attempt.id, PaymentEvent.SEND_BACK, "该支付不在待核实状态")
    return came


async def disputed(session: AsyncSession, page: int, size: int, columns: Columns) -> tuple[Sequence[RowDict], int]:
    """A page of payments that wait for a person, the oldest first, and how many there are."""
    table, waits = Payment.__table__.c, Payment.state == PaymentState.DISPUTED
    chosen = select(*pick(Payment, columns, "id")).where(waits).order_by(table.created_at, table.id)
    rows = (await session.execute(chosen.offset(page_offset(page, size)).limit(size))).mappings()
    total = await session.scalar(select(func.count()).select_from(Payment).where(waits))
    return [dict(row) for row in rows], total or 0


async def close_attempt(uow: UnitOfWork, attempt: Attempt) -> None:
    """WeChat Pay says that nobody can pay the attempt any more."""
    await move(uow.session, Payment, PAYMENT_STEPS, attempt.id, PaymentEvent.CLOSE, "支付已处理", closed_at=clock.now())


async def _note_transactions(session: AsyncSession, seen: PaymentSeen) -> None:
    table = PaymentPart.__table__.c
    noted = update(PaymentPart).where(table.number == bindparam("part")).values(transaction_id=bindparam("transaction"))
    rows = [{"part": part.number, "transaction": part.transaction_id} for part in seen.parts]
    await (await session.connection()).execute(noted, rows)
