"""Points for complete orders: noted when an order is complete, decided when nobody can claim of it any more.

What an order brings goes by the rules of the time it was paid, by what of its goods was paid in money and kept.
Freight, points, gift cards and vouchers bring none. Goods that go back later take back what they had brought. The trade
is locked before the points, so of a refund and a decision the one that locks it first is seen by the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain import aftersales, orders, points
from domain.base import RowDict, UnitOfWork, clock
from domain.orders.taking import lock as lock_trade
from domain.orders.taking import trade_of
from models.aftersales import AfterSale
from models.orders import Order, OrderLine, OrderState
from models.payments import PREPAID, Payment, PaymentPart, PaymentState
from models.points import PointsEarning, PointsEarningState, PointsRule

ORDER, EARNING, RULE = Order.__table__.c, PointsEarning.__table__.c, PointsRule.__table__.c
S = PointsEarningState
MOST_AT_ONCE = 200
# How far back rounds look for facts that were lost.
LOOK_BACK = timedelta(days=7)
LOOK_BACK_REFUNDS = timedelta(days=180)


# ------------------------------------------------------------------------------------------------ noting
async def note(uow: UnitOfWork, order_id: UUID) -> None:
    """A complete order is going to bring points, if points were earned when it was paid. Safe to repeat."""
    chosen = select(ORDER.id, ORDER.member_id, ORDER.received_at, RULE.per_yuan, _kept().label("kept"))
    chosen = chosen.join_from(Order, PointsRule, RULE.version == _version()).where(RULE.earning)
    chosen = chosen.where(ORDER.id == order_id, ORDER.state == OrderState.COMPLETED)
    row = (await uow.session.execute(chosen)).mappings().first()
    if row is None:
        return
    fresh = {"order_id": order_id, "member_id": row["member_id"], "due_at": orders.return_deadline(row["received_at"])}
    fresh |= {"per_yuan": row["per_yuan"], "basis": max(int(row["kept"]), 0), "state": S.WAITING, "points": 0}
    await uow.session.execute(insert(PointsEarning).values(**fresh, taken=0).on_conflict_do_nothing())


def _version() -> Any:
    """The rules that held when an order was paid."""
    held = select(func.max(RULE.version)).where(RULE.created_at <= ORDER.paid_at)
    return held.correlate(Order).scalar_subquery()


def _kept() -> Any:
    """What was paid in money for an order's goods and did not go back, nor is on its way back: of what cards and money
    paid together, money counts for the goods first.
    """
    line, part = OrderLine.__table__.c, PaymentPart.__table__.c
    goods = select(func.coalesce(func.sum(line.payable - line.refunded_amount), 0)).where(line.order_id == ORDER.id)
    paid = select(func.coalesce(func.sum(func.coalesce(part.paid, part.amount) - part.refunded), 0))
    paid = paid.join_from(PaymentPart, Payment, Payment.id == part.payment_id)
    paid = paid.where(Payment.state == PaymentState.PAID, Payment.way.not_in(PREPAID), part.order_id == ORDER.id)
    return func.least(goods.correlate(Order).scalar_subquery(), paid.correlate(Order).scalar_subquery())


# ------------------------------------------------------------------------------------------------ deciding
async def decide(uow: UnitOfWork, order_id: UUID) -> None:
    """Gives what an order brings, once its claims are over and no case is open. Safe to repeat."""
    locked = await _locked(uow, order_id)
    if locked is None or locked["state"] is not S.WAITING or locked["due_at"] > clock.now() or locked["disputed"]:
        return
    many = points.earned(locked["kept"], locked["per_yuan"])
    if many:
        most = await _daily_most(uow.session, order_id)
        many = await points.earn(uow, locked["member_id"], order_id, locked["number"], many, most)
    to = {"state": S.EARNED if many else S.NOTHING, "points": many, "basis": max(locked["kept"], 0)}
    await _change(uow, order_id, **to, decided_at=clock.now())


async def look_again(uow: UnitOfWork, order_id: UUID) -> None:
    """After a refund of an order: takes back what the goods that went back had brought. Safe to repeat."""
    if await uow.session.scalar(select(EARNING.order_id).where(EARNING.order_id == order_id)) is None:
        return
    locked = await _locked(uow, order_id)
    if locked is not None and locked["state"] is S.WAITING:
        await _change(uow, order_id, basis=max(locked["kept"], 0))
    if locked is None or locked["state"] is not S.EARNED:
        return
    worth = min(points.earned(locked["kept"], locked["per_yuan"]), locked["points"])
    if (gone := locked["points"] - locked["taken"] - worth) > 0:
        taken = locked["taken"] + gone
        about = (locked["member_id"], order_id, locked["number"], gone, str(taken))
        await points.take_back(uow, *about)
        await _change(uow, order_id, taken=taken)


async def _locked(uow: UnitOfWork, order_id: UUID) -> RowDict | None:
    """What is noted of an order, what is kept of it, and whether a case is open, as they are under the trade's lock."""
    await lock_trade(uow, await trade_of(uow.session, order_id))
    disputed = exists().where(AfterSale.order_id == ORDER.id, AfterSale.state.in_(aftersales.OPEN))
    chosen = select(*EARNING, ORDER.number, _kept().label("kept"), disputed.label("disputed"))
    chosen = chosen.join_from(PointsEarning, Order, ORDER.id == EARNING.order_id).where(EARNING.order_id == order_id)
    row = (await uow.session.execute(chosen)).mappings().first()
    return None if row is None else {**row, "kept": int(row["kept"])}


async def _daily_most(session: AsyncSession, order_id: UUID) -> int:
    chosen = select(RULE.daily_most).join_from(PointsRule, Order, RULE.version == _version())
    return int(await session.scalar(chosen.where(ORDER.id == order_id)) or 0)


async def _change(uow: UnitOfWork, order_id: UUID, **to: Any) -> None:
    await uow.session.execute(update(PointsEarning).where(EARNING.order_id == order_id).values(**to))


# ------------------------------------------------------------------------------------------------ rounds
async def ready(session: AsyncSession, *, most: int = MOST_AT_ONCE) -> Sequence[UUID]:
    """Orders whose claims are over."""
    disputed = exists().where(AfterSale.order_id == EARNING.order_id, AfterSale.state.in_(aftersales.OPEN))
    chosen = select(EARNING.order_id).where(EARNING.state == S.WAITING, EARNING.due_at <= clock.now(), ~disputed)
    return (await session.scalars(chosen.order_by(EARNING.due_at).limit(most))).all()


async def forgotten(session: AsyncSession, *, most: int = MOST_AT_ONCE) -> Sequence[UUID]:
    """Complete orders that are not noted: the fact that said so was lost."""
    noted = exists().where(EARNING.order_id == ORDER.id)
    chosen = select(ORDER.id).join_from(Order, PointsRule, RULE.version == _version())
    chosen = chosen.where(RULE.earning, ORDER.state == OrderState.COMPLETED, ~noted, ORDER.paid_at.is_not(None))
    return (await session.scalars(chosen.where(ORDER.completed_at >= _since(LOOK_BACK)).limit(most))).all()


async def gone_back(session: AsyncSession, *, most: int = MOST_AT_ONCE) -> Sequence[UUID]:
    """Orders that brought more than is kept of them now: the fact of the refund was lost."""
    worth = func.least(func.floor(func.greatest(_kept(), 0) / 100) * EARNING.per_yuan, EARNING.points)
    chosen = select(EARNING.order_id).join_from(PointsEarning, Order, ORDER.id == EARNING.order_id)
    chosen = chosen.where(EARNING.state == S.EARNED, EARNING.decided_at >= _since(LOOK_BACK_REFUNDS))
    refunded = exists().where(OrderLine.order_id == ORDER.id, OrderLine.refunded_amount > 0)
    more = EARNING.points - EARNING.taken > worth
    return (await session.scalars(chosen.where(refunded, more).limit(most))).all()


def _since(ago: timedelta) -> datetime:
    return clock.now() - ago
