"""What orders tell the ledger, in the transaction that makes it true; and what old rows still have to tell it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Exists, Select, String, cast, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain import commissions, ledger, points
from domain.base import RowDict, UnitOfWork, among
from domain.ledger import NOTHING_SUBSIDISED, Of, Subsidy, Taken
from domain.payments import Attempt, Cause, PaymentSeen
from domain.shares import of_units
from models.ledger import AccountKind, Commission, LedgerTransaction, TransactionKind
from models.merchants import Merchant
from models.orders import CloseReason, Order, OrderLine
from models.payments import PREPAID, Payment, PaymentPart, PaymentState, Refund, RefundState
from models.pricing import OrderLineShare, Party, ShareKind

# Money that never paid for goods, so that nobody adds to it.
NOT_SOLD = (Cause.DOUBLE.value, Cause.LATE.value)
SHARED_OUT = (AccountKind.MERCHANT_PAYABLE, AccountKind.PLATFORM_REVENUE, AccountKind.FEE_EXPENSE)
COMPLETED = "订单完成，结算"
# A deposit that stays with the shop: income only from here on.
FORFEITED = "买家放弃预订，定金归商家"
LOST = (CloseReason.PRESALE_GIVEN_UP, CloseReason.BALANCE_MISSED)
MEMOS = {
    Cause.DOUBLE.value: "重复支付退回",
    Cause.LATE.value: "订单关闭后付款退回",
    Cause.GROUP.value: "拼团未成团退款",
    Cause.PRESALE.value: "预售取消退款",
}


# ------------------------------------------------------------------------------------------------ payments
async def paid(uow: UnitOfWork, attempt: Attempt, sold: Collection[UUID], at: datetime) -> None:
    """An attempt was paid as asked; it buys the orders `sold`, the rest of it goes back.

    One that was disputed, and is taken as the payment now, arrived earlier.
    """
    fact = ledger.dispute_accepted if attempt.state is PaymentState.DISPUTED else ledger.paid
    subsidies = await subsidies_of(uow.session, sold)
    await commissions.fix(uow.session, sold, at)
    postings = []
    for part in attempt.parts:
        of, by = Of(part.order_id, attempt.trade_id), subsidies.get(part.order_id, NOTHING_SUBSIDISED)
        postings.append(fact(part.id, of, part.amount, at, by=by, memo=f"微信支付 {attempt.named(part)}"))
    await ledger.post(uow, *postings)
    await points_spent(uow, subsidies)


async def points_spent(uow: UnitOfWork, subsidies: Mapping[UUID, Subsidy]) -> None:
    """What points pay of these orders is in the books: they are spent. No statement where none do."""
    if pointed := [id for id, by in subsidies.items() if by.points]:
        await points.spend(uow, pointed)


async def disputed(uow: UnitOfWork, attempt: Attempt, seen: PaymentSeen, at: datetime) -> None:
    """An attempt was paid, but not as asked: what arrived, part by part as WeChat Pay tells it, is nobody's yet."""
    orders = {part.number: part.order_id for part in attempt.parts}
    await ledger.post(
        uow,
        *(
            ledger.disputed(
                f"{attempt.id}:{part.number}",
                Of(orders.get(part.number), attempt.trade_id),
                part.amount,
                at,
                f"支付信息不符，待核实 {part.number}",
            )
            for part in seen.parts
            if part.amount
        ),
    )


async def subsidies_of(session: AsyncSession, order_ids: Collection[UUID]) -> dict[UUID, Subsidy]:
    """What the platform adds to each order; those without are missing."""
    return {id: subsidy for id, (subsidy, _) in (await _subsidised(session, order_ids)).items()}


async def _subsidised(session: AsyncSession, order_ids: Collection[UUID]) -> dict[UUID, tuple[Subsidy, Subsidy]]:
    """What the platform added to each order, and how much of it is kept for what was not given back, unit by unit."""
    share, line = OrderLineShare.__table__.c, OrderLine.__table__.c
    chosen = (
        select(line.order_id, share.kind, share.amount, line.quantity, line.refunded_quantity)
        .join_from(OrderLineShare, OrderLine, line.id == share.line_id)
        .where(among(OrderLine, "order_id", list(order_ids)), share.party == Party.PLATFORM)
    )
    found: dict[UUID, list[Any]] = {}
    for row in (await session.execute(chosen)) if order_ids else ():
        found.setdefault(row.order_id, []).append(row)
    return {id: (_sum(rows, whole=True), _sum(rows, whole=False)) for id, rows in found.items()}


def _sum(rows: Iterable[Any], *, whole: bool) -> Subsidy:
    coupons = pointed = 0
    for row in rows:
        back = 0 if whole else of_units(row.amount, row.quantity, 0, row.refunded_quantity)
        if row.kind is ShareKind.POINTS:
            pointed += row.amount - back
        else:
            coupons += row.amount - back
    return Subsidy(coupons=coupons, points=pointed)


# ------------------------------------------------------------------------------------------------ completion
async def completed(uow: UnitOfWork, order_ids: Sequence[UUID]) -> int:
    """Orders that came to their end are settled: the platform's commission, WeChat Pay's fee, the rest to the shop.

    That is when they are completed, or closed with something left, such as the freight of goods that all came back.
    What is on its way back to the buyer stays held. Fixes the commission's rate for good; safe to repeat. Answers how
    many were settled.
    """
    found = await _orders(uow.session, order_ids)
    orders = {id: order for id, order in found.items() if not order["settled"]}
    subsidised = await _subsidised(uow.session, order_ids)
    rows = await _fix_commissions(uow, orders)
    postings = []
    for id, order in orders.items():
        _, kept = subsidised.get(id, (NOTHING_SUBSIDISED, NOTHING_SUBSIDISED))
        left = order["paid"] - order["asked"]
        taken = _taken(left, 0 if _elsewhere(order) else sum(row["amount"] for row in rows.get(id, ())))
        of, amount = Of(id, order["trade_id"]), left + order["cards"] + kept.total
        own, memo = _own(order, kept), FORFEITED if order["close_reason"] in LOST else COMPLETED
        about = (id, of, order["merchant_id"], amount, taken, order["ended_at"], own, memo)
        postings.append(ledger.settled(*about, earned=_earned(order)))
    return await ledger.post(uow, *postings)


def _own(order: RowDict, kept: Subsidy) -> int:
    """What of an order the platform owes nobody: gift cards or a voucher paid it, and its shop had the money before.

    Without any money by WeChat Pay there is nothing to add a subsidy to, and it stays where it is too.
    """
    own: int = order["cards"] + (kept.total if order["cards"] and not order["paid"] else 0)
    return own


def _elsewhere(order: RowDict) -> bool:
    """Whether its goods were paid by a voucher that the shop sold itself: nothing is taken of what never came here."""
    return bool(order["cards"]) and not order["is_platform_owned"]


def _earned(order: RowDict) -> ledger.Account:
    return ledger.prepaid_sales(order["merchant_id"], order["is_platform_owned"])


def _taken(left: int, commission: int) -> Taken:
    """Of `left` fen that the buyer paid for good; a fee and a commission are never more than that."""
    fee = ledger.fee(left)
    return Taken(min(commission, left - fee), fee)


async def _orders(session: AsyncSession, order_ids: Sequence[UUID]) -> dict[UUID, RowDict]:
    """Those of the orders that came to their end: what was `paid` in money and `asked` back, what `cards` paid for
    good, the rate, whether `settled`.
    """
    order, part = Order.__table__.c, PaymentPart.__table__.c
    ended = func.coalesce(order.completed_at, order.closed_at)
    came = select(func.coalesce(func.sum(part.amount), 0)).join_from(
        PaymentPart, Payment, Payment.id == part.payment_id
    )
    came = came.where(part.order_id == order.id, Payment.state == PaymentState.PAID, Payment.way.not_in(PREPAID))
    carded = select(func.coalesce(func.sum(part.amount - part.refunded), 0)).join_from(
        PaymentPart, Payment, Payment.id == part.payment_id
    )
    carded = carded.where(part.order_id == order.id, Payment.way.in_(PREPAID))
    asked = _refunds_of_paid(func.coalesce(func.sum(Refund.amount), 0)).where(Refund.order_id == order.id)
    settled = exists().where(
        LedgerTransaction.kind == TransactionKind.SETTLEMENT, LedgerTransaction.ref == cast(order.id, String)
    )
    chosen = (
        select(order.id, order.trade_id, order.merchant_id, order.close_reason, ended.label("ended_at"))
        .add_columns(Merchant.commission_rate)
        .add_columns(came.scalar_subquery().label("paid"), asked.scalar_subquery().label("asked"))
        .add_columns(carded.scalar_subquery().label("cards"))
        .add_columns(Merchant.is_platform_owned)
        .add_columns(settled.label("settled"))
        .join(Merchant, Merchant.id == order.merchant_id)
        .where(among(Order, "id", list(order_ids)), order.paid_at.is_not(None), ended.is_not(None))
    )
    rows = (await session.execute(chosen)).mappings()
    return {row["id"]: {**row, **{name: int(row[name]) for name in ("paid", "asked", "cards")}} for row in rows}


def _refunds_of_paid(*columns: Any) -> Select[Any]:
    """Refunds of what paid for orders in money, not of disputed money that was sent back, nor of gift cards."""
    chosen = select(*columns).join_from(Refund, PaymentPart, PaymentPart.id == Refund.part_id)
    chosen = chosen.join(Payment, Payment.id == PaymentPart.payment_id)
    return chosen.where(Payment.state == PaymentState.PAID, Payment.way.not_in(PREPAID))


async def _fix_commissions(uow: UnitOfWork, orders: Mapping[UUID, RowDict]) -> dict[UUID, list[RowDict]]:
    """Writes the commission of every line, once, and answers what is written."""
    line = OrderLine.__table__.c
    chosen = select(line.id, line.order_id, line.payable, line.refunded_amount, line.commission_rate)
    chosen = chosen.where(among(OrderLine, "order_id", list(orders))).order_by(line.id)
    lines: dict[UUID, list[RowDict]] = {}
    for found in (await uow.session.execute(chosen)).mappings():
        lines.setdefault(found["order_id"], []).append(dict(found))
    rows = [row for id, own in lines.items() for row in _commissions_of(own, orders[id])]
    if rows:
        await uow.session.execute(insert(Commission).on_conflict_do_nothing(), rows)
    return await _commissions(uow.session, list(orders))


def _commissions_of(lines: Sequence[RowDict], order: RowDict) -> Iterable[dict[str, Any]]:
    """Of the lines of one order, by the rates they were sold at."""
    rated = [(line["payable"] - line["refunded_amount"], _rate(line, order)) for line in lines]
    for line, (basis, rate), amount in zip(lines, rated, commissions.divide(rated), strict=True):
        about = {"line_id": line["id"], "order_id": line["order_id"], "settled_at": order["ended_at"]}
        yield {**about, "rate": rate, "basis": basis, "amount": amount}


def _rate(line: RowDict, order: RowDict) -> int:
    kept: int | None = line["commission_rate"]
    return order["commission_rate"] if kept is None else kept


async def _commissions(session: AsyncSession, order_ids: Sequence[UUID]) -> dict[UUID, list[RowDict]]:
    chosen = select(Commission.__table__).where(among(Commission, "order_id", list(order_ids)))
    found: dict[UUID, list[RowDict]] = {}
    for row in (await session.execute(chosen)).mappings():
        found.setdefault(row["order_id"], []).append(dict(row))
    return found


# ------------------------------------------------------------------------------------------------ refunds
async def refund_asked(uow: UnitOfWork, order_id: UUID, refund_id: UUID, at: datetime) -> None:
    """Before a settled order's refund is sent, its money is fetched from those it was shared out to.

    The lines' `refunded_amount` must be written already. Nothing for an order that is not settled; safe to repeat.
    """
    order = (await _orders(uow.session, [order_id])).get(order_id)
    if order is None or not order["settled"]:
        return
    booked = (await ledger.sums_by_order(uow.session, [order_id])).get(order_id, {})
    missing = await _awaited(uow.session, order_id, booked) + booked.get(AccountKind.BUYER_CLEARING, 0)
    if missing <= 0:
        return
    commission = await _commission_left(uow, order_id)
    back = _given_back(booked, order["paid"] - order["asked"], commission, missing)
    of = Of(order_id, order["trade_id"])
    # With every fetching less is left of what was shared out: the next one, for the same refund, has another name.
    ref = f"{refund_id}:{-sum(booked.get(kind, 0) for kind in SHARED_OUT)}"
    await ledger.post(uow, ledger.taken_back(ref, of, order["merchant_id"], missing, back, at))


async def _awaited(session: AsyncSession, order_id: UUID, booked: Mapping[AccountKind, int]) -> int:
    """Fen that must be held for refunds on their way: the buyer's, and what goes back to the platform with them.

    One that has arrived and is being written now is still on its way for the ledger.
    """
    under_way = _refunds_of_paid(func.coalesce(func.sum(Refund.amount), 0))
    under_way = under_way.where(Refund.order_id == order_id, ~_written())
    return int(await session.scalar(under_way) or 0) + (await _subsidy_back(session, order_id, booked)).total


def _written() -> Exists:
    """Whether a refund is in the ledger."""
    kinds = (TransactionKind.REFUND, TransactionKind.DISPUTE_RETURNED)
    return exists().where(LedgerTransaction.kind.in_(kinds), LedgerTransaction.ref == cast(Refund.id, String))


async def _subsidy_back(session: AsyncSession, order_id: UUID, booked: Mapping[AccountKind, int]) -> Subsidy:
    """What the platform gave to the order and is not kept for any unit the buyer keeps."""
    subsidised = (await _subsidised(session, [order_id])).get(order_id)
    if subsidised is None:
        return NOTHING_SUBSIDISED
    given = Subsidy(booked.get(AccountKind.COUPON_EXPENSE, 0), booked.get(AccountKind.POINTS_LIABILITY, 0))
    return given.less(subsidised[1])


async def _commission_left(uow: UnitOfWork, order_id: UUID) -> int:
    """The commission on what is left of the lines, which is written down."""
    line, kept = OrderLine.__table__.c, Commission.__table__.c
    chosen = select(kept.line_id, kept.rate, (line.payable - line.refunded_amount).label("basis"))
    chosen = chosen.join_from(Commission, OrderLine, line.id == kept.line_id).where(kept.order_id == order_id)
    rows = (await uow.session.execute(chosen.order_by(kept.line_id))).all()
    amounts = commissions.divide([(row.basis, row.rate) for row in rows])
    for row, amount in zip(rows, amounts, strict=True):
        changed = update(Commission).where(kept.line_id == row.line_id)
        await uow.session.execute(changed.values(basis=row.basis, amount=amount))
    return sum(amounts)


def _given_back(booked: Mapping[AccountKind, int], left: int, commission: int, missing: int) -> Taken:
    """Of the `missing` fen, what platform and WeChat Pay give back: all beyond their share of what is left."""
    target = _taken(left, commission)
    fee = min(max(-booked.get(AccountKind.FEE_EXPENSE, 0) - target.fee, 0), missing)
    kept = -booked.get(AccountKind.PLATFORM_REVENUE, 0) - target.commission
    return Taken(min(max(kept, 0), missing - fee), fee)


async def card_refunded(
    uow: UnitOfWork, order_id: UUID, refund_id: UUID, amount: int, at: datetime, memo: str, into: ledger.Account
) -> None:
    """`amount` fen of an order are back on the gift cards (or the voucher, `into` whose account) that paid them, and
    with them what the platform had added.

    The lines' `refunded_amount` must be written already. Where a settled order was paid in money too, what was added
    lies with its shop, and the next refund in money fetches it.
    """
    trade_id = await uow.session.scalar(select(Order.trade_id).where(Order.id == order_id))
    of = Of(order_id, trade_id)
    booked = (await ledger.sums_by_order(uow.session, [order_id])).get(order_id, {})
    back = await _subsidy_back(uow.session, order_id, booked)
    if AccountKind.CARD_SALES in booked or AccountKind.SHOP_VOUCHERS in booked:
        order = (await _orders(uow.session, [order_id]))[order_id]
        if order["paid"]:
            back = NOTHING_SUBSIDISED
        undone = ledger.card_sale_undone(f"{refund_id}:cards", of, amount + back.total, at, _earned(order))
        await ledger.post(uow, undone)
    await ledger.post(uow, ledger.card_returned(refund_id, of, amount, at, by=back, memo=memo, into=into))
    if back.points:
        await points.give_back(uow, order_id, back.points, refund_id)


async def refunded(uow: UnitOfWork, refund_ids: Sequence[UUID]) -> int:
    """Refunds reached their buyers; answers how many were not in the ledger yet. Safe to repeat."""
    fresh = await _refunds(uow.session, refund_ids)
    for refund in fresh:
        id, at, of = refund["id"], refund["finished_at"], Of(refund["order_id"], refund["trade_id"])
        memo = f"{MEMOS.get(refund['cause'], '退款')} {refund['number']}"
        if offline := refund["offline_reference"] is not None:
            memo += f"（线下 {refund['offline_reference']}）"
        if refund["payment"] is not PaymentState.PAID:
            await ledger.post(uow, ledger.dispute_returned(id, of, refund["amount"], at, memo, offline=offline))
            continue
        back = NOTHING_SUBSIDISED
        if refund["cause"] not in NOT_SOLD:
            await refund_asked(uow, refund["order_id"], id, at)
            booked = (await ledger.sums_by_order(uow.session, [refund["order_id"]])).get(refund["order_id"], {})
            back = await _subsidy_back(uow.session, refund["order_id"], booked)
        fact = ledger.refunded(id, of, refund["amount"], at, by=back, memo=memo, offline=offline)
        await ledger.post(uow, fact)
        if back.points:
            await points.give_back(uow, refund["order_id"], back.points, id)
    return len(fresh)


async def _refunds(session: AsyncSession, refund_ids: Sequence[UUID]) -> Sequence[RowDict]:
    """Refunds that have reached their buyers and are not in the ledger yet, oldest first."""
    refund = Refund.__table__.c
    chosen = (
        select(refund.id, refund.order_id, refund.number, refund.cause, refund.amount, refund.finished_at)
        .add_columns(refund.offline_reference, Order.trade_id, Payment.state.label("payment"))
        .join_from(Refund, Order, Order.id == refund.order_id)
        .join(PaymentPart, PaymentPart.id == refund.part_id)
        .join(Payment, Payment.id == PaymentPart.payment_id)
        .where(among(Refund, "id", list(refund_ids)), refund.state == RefundState.SUCCEEDED, ~_written())
        .order_by(refund.finished_at, refund.id)
    )
    return [dict(row) for row in (await session.execute(chosen)).mappings()]
