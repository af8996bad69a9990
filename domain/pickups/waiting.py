"""Orders that wait at a counter: each with a code and a last day, told beforehand.

A row follows its order: whoever takes the order's step, with the order locked, changes it in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from domain import days
from domain.base import SHANGHAI, Event, RowDict, TooMany, UnitOfWork, Viewer, clock
from domain.pickups import codes
from domain.statements import OneBy
from models.base import new_id
from models.pickups import OrderPickup, PickupState, PickupTry

PICKUP, TRY = OrderPickup.__table__.c, PickupTry.__table__.c
WAIT_DAYS = 7
REMIND_BEFORE = timedelta(days=2)
MOST_WRONG = 50
# A code that another order of the shop had is drawn anew; with a million codes taken, one in a hundred is.
DRAWS = 20
NO_CODE = "提货码不正确，请核对后再试"

by_order = OneBy(OrderPickup.__table__, "order_id")


@dataclass(frozen=True)
class PickupDue(Event):
    """An order has waited so long that its time is nearly over."""

    order_id: UUID


def deadline_of(paid_at: datetime) -> datetime:
    """The end of the seventh day after the day of payment, Shanghai's; the moment itself is too late."""
    return days.midnight(paid_at.astimezone(SHANGHAI).date() + timedelta(days=WAIT_DAYS + 1))


async def expect(uow: UnitOfWork, orders: Iterable[RowDict], paid_at: datetime) -> None:
    """These orders are paid: those that are picked up get their codes. No statement where none is."""
    for order in orders:
        if order["pickup_point_id"] is not None:
            await _expect(uow, order, paid_at)


async def _expect(uow: UnitOfWork, order: RowDict, paid_at: datetime) -> None:
    about = {"order_id": order["id"], "merchant_id": order["merchant_id"], "member_id": order["member_id"]}
    about |= {"point_id": order["pickup_point_id"], "deadline": deadline_of(paid_at), "created_at": clock.now()}
    for _ in range(DRAWS):
        id, code = new_id(), codes.draw()
        row = {"id": id, "digest": codes.digest(code), "code_sealed": codes.sealed(code, id), **about}
        new = upsert(OrderPickup).values(state=PickupState.WAITING, **row)
        fresh = new.on_conflict_do_nothing(index_elements=["merchant_id", "digest"]).returning(PICKUP.id)
        if (await uow.session.execute(fresh)).first() is not None:
            return
    raise RuntimeError(f"no code is left for order {order['id']}")


async def end(uow: UnitOfWork, order_id: UUID) -> None:
    """The order is closed: its code is good for nothing. Nothing for one that was picked up before."""
    waits = update(OrderPickup).where(PICKUP.order_id == order_id, PICKUP.state == PickupState.WAITING)
    await uow.session.execute(waits.values(state=PickupState.ENDED, code_sealed=None))


# ------------------------------------------------------------------------------------------------ at the counter
async def refuse_guessing(uow: UnitOfWork, viewer: Viewer) -> None:
    """TooMany once the shop's staff typed fifty codes in a day that are none of its orders'."""
    today = select(TRY.wrong).where(TRY.merchant_id == viewer.shop_id, TRY.day == clock.today())
    if (await uow.session.scalar(today) or 0) >= MOST_WRONG:
        raise TooMany("今天输错提货码的次数过多，请明天再试或联系平台")


async def count_wrong(uow: UnitOfWork, viewer: Viewer) -> None:
    first = upsert(PickupTry).values(merchant_id=viewer.shop_id, day=clock.today(), wrong=1)
    again = first.on_conflict_do_update(index_elements=["merchant_id", "day"], set_={"wrong": TRY.wrong + 1})
    await uow.session.execute(again)


async def of_code(session: AsyncSession, viewer: Viewer, text: str) -> RowDict | None:
    """What waits, or waited, at the viewer's shop under this code; None for a code that is none of its."""
    code = codes.typed(text)
    if code is None:
        return None
    mine = PICKUP.merchant_id == viewer.shop_id
    chosen = select(*PICKUP).where(mine, PICKUP.digest == codes.digest(code))
    row = (await session.execute(chosen)).mappings().first()
    return None if row is None else dict(row)


async def of_order(session: AsyncSession, order_id: UUID) -> RowDict:
    chosen = select(*PICKUP).where(PICKUP.order_id == order_id)
    return dict((await session.execute(chosen)).mappings().one())


async def pick_up(uow: UnitOfWork, viewer: Viewer, order_id: UUID) -> None:
    """The goods were handed over; the order is locked and waits."""
    gone: Mapping[str, Any] = {"state": PickupState.PICKED_UP, "code_sealed": None, "picked_up_at": clock.now()}
    gone = {**gone, "handed_over_by": viewer.name[:60] or "店员"}
    waits = update(OrderPickup).where(PICKUP.order_id == order_id, PICKUP.state == PickupState.WAITING)
    done = await uow.session.execute(waits.values(**gone).returning(PICKUP.id))
    done.one()


# ------------------------------------------------------------------------------------------------ time
async def due(session: AsyncSession, *, most: int = 100) -> Sequence[UUID]:
    """Orders for which nobody came in time."""
    late = select(PICKUP.order_id).where(PICKUP.state == PickupState.WAITING, PICKUP.deadline <= clock.now())
    return (await session.scalars(late.order_by(PICKUP.deadline).limit(most))).all()


async def to_remind(session: AsyncSession, *, most: int = 100) -> Sequence[UUID]:
    """Orders whose last two days have begun and of which nobody was reminded."""
    soon = (PICKUP.deadline <= clock.now() + REMIND_BEFORE) & (PICKUP.deadline > clock.now())
    waits = select(PICKUP.order_id).where(PICKUP.state == PickupState.WAITING, soon, PICKUP.reminded_at.is_(None))
    return (await session.scalars(waits.order_by(PICKUP.deadline).limit(most))).all()


async def remind(uow: UnitOfWork, order_id: UUID) -> RowDict | None:
    """The pickup of a locked order that is to be reminded of now, marked; None where it was, or waits no more."""
    waits = (PICKUP.order_id == order_id) & (PICKUP.state == PickupState.WAITING) & PICKUP.reminded_at.is_(None)
    marked = update(OrderPickup).where(waits).values(reminded_at=clock.now()).returning(*PICKUP)
    row = (await uow.session.execute(marked)).mappings().first()
    if row is None:
        return None
    uow.emit(PickupDue(order_id))
    return dict(row)
