"""What shops and the platform see of settlements and payouts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import (
    Columns,
    Database,
    Forbidden,
    Invalid,
    NotFound,
    RowDict,
    Unavailable,
    Viewer,
    ViewerKind,
    clean_text,
    clock,
    page_offset,
    page_size,
    pick,
)
from domain.days import day_of, midnight
from domain.settlement import plans
from domain.settlement.payouts import owed
from domain.settlement.port import Balance, Clearing
from domain.statements import ManyBy, OneBy
from models.merchants import Merchant
from models.orders import Order, OrderState
from models.payments import Payment, PaymentPart, PaymentState
from models.settlement import (
    Payout,
    PayoutEvery,
    PayoutState,
    Settlement,
    SettlementCall,
    SettlementState,
)

#: The calls for each settlement, oldest first.
calls_by_settlement = ManyBy(SettlementCall.__table__, "settlement_id", order_by=("created_at", "id"))
settlements_by_id = OneBy(Settlement.__table__, "id")
#: The settlement of each order that has one.
settlements_by_order = OneBy(Settlement.__table__, "order_id", where=~Settlement.__table__.c.release)
payouts_by_id = OneBy(Payout.__table__, "id")

# Paid, and the sale may still be called off or the goods come back.
RUNNING = (OrderState.AWAITING_SHIPMENT, OrderState.PARTLY_SHIPPED, OrderState.SHIPPED, OrderState.RECEIVED)
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Span:
    """Days in Shanghai, both included, of at most a year; None: from the beginning, to the end."""

    since: date | None = None
    until: date | None = None

    @classmethod
    def of(cls, since: str | None, until: str | None) -> Span:
        span = cls(None if since is None else day_of(since, "since"), None if until is None else day_of(until, "until"))
        if span.since and span.until and not timedelta(0) <= span.until - span.since <= LONGEST:
            raise Invalid("结束日期须在开始日期之后，且不超过一年", field="until")
        return span

    def within(self, column: Any) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if self.since:
            found.append(column >= midnight(self.since))
        if self.until:
            found.append(column < midnight(self.until + timedelta(days=1)))
        return found


@dataclass(frozen=True)
class Funds:
    """Where a shop's money is, in fen. `held`: of orders that are not over; `coming`: of orders that are, not at its
    disposal yet; `owed`: all that the ledger says is the shop's, less what is on its way to its bank."""

    held: int
    coming: int
    owed: int
    paid_out: int
    on_the_way: int
    every: PayoutEvery
    least: int
    next_at: datetime | None


async def funds_of(session: AsyncSession, viewer: Viewer) -> Funds:
    """What a shop is told of its money without asking WeChat Pay."""
    shop = viewer.shop_id
    left = func.sum(PaymentPart.amount - PaymentPart.refunded)
    held = (
        select(left)
        .join_from(PaymentPart, Payment, Payment.id == PaymentPart.payment_id)
        .join(Order, Order.id == PaymentPart.order_id)
        .where(Order.merchant_id == shop, Order.state.in_(RUNNING), Payment.state == PaymentState.PAID)
    )
    coming = select(func.sum(Settlement.net)).where(
        Settlement.merchant_id == shop, Settlement.state != SettlementState.DONE, Settlement.shared_at.is_(None)
    )
    out = func.sum(Payout.amount).filter(Payout.state == PayoutState.SUCCEEDED)
    way = func.sum(Payout.amount).filter(Payout.state.in_((PayoutState.ASKED, PayoutState.PROCESSING)))
    paid = (await session.execute(select(out, way).where(Payout.merchant_id == shop))).one()
    plan = (await plans.plans_by_merchant(session, [shop], frozenset({"every", "least", "next_at"}))).get(shop)
    every = plan["every"] if plan else plans.DEFAULT_EVERY
    next_at = plan["next_at"] if plan else plans.next_time(every, clock.now())
    return Funds(
        held=int(await session.scalar(held) or 0),
        coming=int(await session.scalar(coming) or 0),
        owed=await owed(session, shop),
        paid_out=int(paid[0] or 0),
        on_the_way=int(paid[1] or 0),
        every=every,
        least=plan["least"] if plan else plans.DEFAULT_LEAST,
        next_at=None if every is PayoutEvery.NEVER else next_at,
    )


async def balance_of(database: Database, clearing: Clearing, viewer: Viewer) -> Balance | None:
    """What WeChat Pay says a shop's account has; None without an answer. Where it has none: what it is owed."""
    if not clearing.divides:
        async with database.read() as session:
            return Balance(max(await owed(session, viewer.shop_id), 0), 0)
    async with database.read() as session:
        sub_mchid = await session.scalar(select(Merchant.sub_mchid).where(Merchant.id == viewer.shop_id))
    try:
        return await clearing.balance(str(sub_mchid))
    except Unavailable:
        return None


# ------------------------------------------------------------------------------------------------ pages
@dataclass(frozen=True)
class Sums:
    count: int
    held: int
    net: int
    commission: int
    fee: int


async def page_of_merchant(
    session: AsyncSession, viewer: Viewer, span: Span, page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], Sums]:
    """A page of the shop's settlements, the latest end of an order first, and what all of the span add up to."""
    table = Settlement.__table__.c
    return await _page(
        session,
        [table.merchant_id == viewer.shop_id, ~table.release, *span.within(table.settled_at)],
        page,
        size,
        columns,
    )


async def page_of_platform(
    session: AsyncSession,
    viewer: Viewer,
    state: SettlementState | None,
    text: str | None,
    page: int,
    size: int,
    columns: Columns,
) -> tuple[Sequence[RowDict], Sums]:
    """A page of all settlements, of one state if asked, or those whose order's number begins with `text`."""
    _only_platform(viewer)
    table = Settlement.__table__.c
    where: list[ColumnElement[bool]] = [] if state is None else [table.state == state]
    if text and (words := clean_text(text, field="text", most=40, label="搜索内容")):
        where.append(table.order_number.startswith(words, autoescape=True))
    return await _page(session, where, page, size, columns)


async def _page(
    session: AsyncSession, where: Sequence[ColumnElement[bool]], page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], Sums]:
    table = Settlement.__table__.c
    chosen = select(*pick(Settlement, columns, "id")).where(*where).order_by(table.settled_at.desc(), table.id.desc())
    rows = await session.execute(chosen.offset(page_offset(page, size)).limit(page_size(size, field="size")))
    added = select(
        func.count(), *(func.coalesce(func.sum(table[name]), 0) for name in ("held", "net", "commission", "fee"))
    )
    sums = (await session.execute(added.where(*where))).one()
    return [dict(row) for row in rows.mappings()], Sums(*(int(each) for each in sums))


async def payouts_of_merchant(
    session: AsyncSession, viewer: Viewer, page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    """A page of the shop's payouts, the latest first, and how many there are."""
    return await _payouts(session, [Payout.merchant_id == viewer.shop_id], page, size, columns)


async def payouts_of_platform(
    session: AsyncSession, viewer: Viewer, state: PayoutState | None, page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    """A page of all payouts, of one state if asked, the latest first, and how many there are."""
    _only_platform(viewer)
    return await _payouts(session, [] if state is None else [Payout.state == state], page, size, columns)


async def _payouts(
    session: AsyncSession, where: Sequence[ColumnElement[bool]], page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    table = Payout.__table__.c
    chosen = select(*pick(Payout, columns, "id")).where(*where).order_by(table.created_at.desc(), table.id.desc())
    rows = await session.execute(chosen.offset(page_offset(page, size)).limit(page_size(size, field="size")))
    total = await session.scalar(select(func.count()).select_from(Payout).where(*where))
    return [dict(row) for row in rows.mappings()], total or 0


def _only_platform(viewer: Viewer) -> None:
    if viewer.kind is not ViewerKind.PLATFORM:
        raise Forbidden("仅平台可以查看全部结算")


def is_transfer(sub_mchid: str) -> bool:
    """Whether a payout, by its account at WeChat Pay, is for the platform to transfer."""
    return not sub_mchid


async def access(session: AsyncSession, viewer: Viewer, settlement_id: UUID, columns: Columns) -> RowDict:
    """A settlement, for the platform."""
    _only_platform(viewer)
    found = (await settlements_by_id(session, [settlement_id], columns)).get(settlement_id)
    if found is None:
        raise NotFound("结算单不存在")
    return found


async def access_any_payout(session: AsyncSession, viewer: Viewer, payout_id: UUID, columns: Columns) -> RowDict:
    """A payout, for the platform."""
    _only_platform(viewer)
    found = (await payouts_by_id(session, [payout_id], columns)).get(payout_id)
    if found is None:
        raise NotFound("提现单不存在")
    return found


async def access_payout(session: AsyncSession, viewer: Viewer, payout_id: UUID, columns: Columns) -> RowDict:
    """A payout, for its shop."""
    needed = columns | {"merchant_id"}
    found = (await payouts_by_id(session, [payout_id], needed)).get(payout_id)
    if found is None or found["merchant_id"] != viewer.shop_id:
        raise NotFound("提现单不存在")
    return found
