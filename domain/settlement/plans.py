"""When a shop is paid out by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit
from domain.base import SHANGHAI, Invalid, RowDict, UnitOfWork, Viewer, clock
from domain.statements import OneBy
from models.merchants import Merchant
from models.settlement import PayoutEvery, PayoutPlan

# At this hour in Shanghai, when bills and banks are awake.
AT = time(10)
DEFAULT_EVERY, DEFAULT_LEAST = PayoutEvery.WEEK, 100
LEAST, MOST = 100, 100_000_000

plans_by_merchant = OneBy(PayoutPlan.__table__, "merchant_id")


def next_time(every: PayoutEvery, after: datetime) -> datetime:
    """The first moment of the cycle after a moment: every day, Mondays, the first of the month."""
    day = after.astimezone(SHANGHAI).date()
    if _at(day) <= after:
        day += timedelta(days=1)
    if every is PayoutEvery.WEEK:
        day += timedelta(days=(-day.weekday()) % 7)
    elif every is PayoutEvery.MONTH and day.day > 1:
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return _at(day)


def _at(day: date) -> datetime:
    return datetime.combine(day, AT, SHANGHAI).astimezone(UTC)


async def set_plan(uow: UnitOfWork, viewer: Viewer, every: PayoutEvery, least: int) -> None:
    """The shop chooses its cycle, and below how many fen nothing is paid out. Counts from now."""
    if not LEAST <= least <= MOST:
        raise Invalid(f"起付金额须在 {LEAST // 100} 元到 {MOST // 100} 元之间", field="least")
    values = {"every": every, "least": least, "next_at": next_time(every, clock.now())}
    new = insert(PayoutPlan).values(merchant_id=viewer.shop_id, **values)
    await uow.session.execute(new.on_conflict_do_update(index_elements=["merchant_id"], set_=values))
    detail = {"every": every.value, "least": least}
    await audit.record(uow, viewer, "payout.plan", "merchant", viewer.shop_id, detail)


async def make_missing_plans(uow: UnitOfWork) -> None:
    """Every shop has a plan, those that never chose one the usual."""
    table = Merchant.__table__.c
    known = select(PayoutPlan.merchant_id).where(PayoutPlan.merchant_id == table.id).exists()
    columns = PayoutPlan.__table__.c
    usual = select(
        table.id,
        literal(DEFAULT_EVERY, columns.every.type),
        literal(DEFAULT_LEAST, columns.least.type),
        literal(next_time(DEFAULT_EVERY, clock.now()), columns.next_at.type),
    ).where(~known)
    new = insert(PayoutPlan).from_select(["merchant_id", "every", "least", "next_at"], usual)
    await uow.session.execute(new.on_conflict_do_nothing())


async def due_plans(session: AsyncSession, *, most: int = 100) -> Sequence[UUID]:
    """Shops whose time has come, those that have waited longest first."""
    table = PayoutPlan.__table__.c
    chosen = select(table.merchant_id).where(table.every != PayoutEvery.NEVER, table.next_at <= clock.now())
    return (await session.scalars(chosen.order_by(table.next_at).limit(most))).all()


async def lock(uow: UnitOfWork, merchant_id: UUID) -> RowDict:
    """The shop's plan, locked: whoever pays a shop out holds it, so that nobody else counts the same money."""
    new = insert(PayoutPlan).values(
        merchant_id=merchant_id,
        every=DEFAULT_EVERY,
        least=DEFAULT_LEAST,
        next_at=next_time(DEFAULT_EVERY, clock.now()),
    )
    await uow.session.execute(new.on_conflict_do_nothing())
    table = PayoutPlan.__table__.c
    chosen = select(*table).where(table.merchant_id == merchant_id).with_for_update()
    return dict((await uow.session.execute(chosen)).mappings().one())
