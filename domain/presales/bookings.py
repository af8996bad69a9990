"""Bookings: taken by placing an order, paid, freed, refunded or forfeited; what is taken is counted at the offer.

Whoever takes or gives pieces back locks the offer first. It stands after a trade's rows and before the stock's in the
order of locks.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import RowDict, UnitOfWork, among
from domain.presales.states import BOOKING_STEPS, LIVING, BookingEvent
from models.presales import BookingState, DepositKind, PresaleBooking, PresaleOffer, PresaleState

OFFER, BOOKING = PresaleOffer.__table__.c, PresaleBooking.__table__.c


async def booking_of(session: AsyncSession, order_id: UUID) -> RowDict:
    """The booking of a presale's order."""
    return dict((await session.execute(select(*BOOKING).where(BOOKING.order_id == order_id))).mappings().one())


async def offer_row(session: AsyncSession, id: UUID) -> RowDict:
    return dict((await session.execute(select(*OFFER).where(OFFER.id == id))).mappings().one())


async def lock_offer(uow: UnitOfWork, id: UUID) -> RowDict:
    chosen = select(*OFFER).where(OFFER.id == id).with_for_update(key_share=True)
    return dict((await uow.session.execute(chosen)).mappings().one())


async def step_booking(uow: UnitOfWork, id: UUID, event: BookingEvent, **to: Any) -> RowDict | None:
    """Takes the step and answers the booking as it is now; None where the table names no such step from here."""
    before = [state for state, name in BOOKING_STEPS if name is event]
    (after,) = {BOOKING_STEPS[state, event] for state in before}
    moved = update(PresaleBooking).where(BOOKING.id == id, BOOKING.state.in_(before))
    row = (await uow.session.execute(moved.values(state=after, **to).returning(*BOOKING))).mappings().first()
    return dict(row) if row else None


async def take_pieces(uow: UnitOfWork, offer_id: UUID, pieces: int) -> None:
    changed = update(PresaleOffer).where(OFFER.id == offer_id)
    await uow.session.execute(changed.values(taken=OFFER.taken + pieces))


# ------------------------------------------------------------------------------------------------ paying
async def pay(uow: UnitOfWork, booking: RowDict, at: datetime) -> None:
    """What is due first was paid in time; RuntimeError for a booking that is not held, which nothing may lead to."""
    if await step_booking(uow, booking["id"], BookingEvent.PAY, paid_at=at) is None:
        raise RuntimeError("the booking of an unpaid order was not held")


async def pay_late(uow: UnitOfWork, booking: RowDict, at: datetime, now: datetime) -> bool:
    """Paid after it was freed: whether the offer still takes it. If not, the money goes back."""
    offer = await lock_offer(uow, booking["offer_id"])
    room = offer["taken"] + booking["quantity"] <= offer["stock"]
    if offer["state"] is not PresaleState.RUNNING or now >= offer["ends_at"] or not room:
        return False
    if await step_booking(uow, booking["id"], BookingEvent.PAY_LATE, paid_at=at, ended_at=None) is None:
        return False
    await take_pieces(uow, offer["id"], booking["quantity"])
    return True


async def pay_balance(uow: UnitOfWork, booking: RowDict, at: datetime) -> None:
    paid = update(PresaleBooking).where(BOOKING.id == booking["id"]).values(balance_paid_at=at)
    await uow.session.execute(paid)


async def reminded(uow: UnitOfWork, id: UUID, at: datetime) -> None:
    await uow.session.execute(update(PresaleBooking).where(BOOKING.id == id).values(reminded_at=at))


async def compensation_paid(uow: UnitOfWork, id: UUID, transfer: str, at: datetime) -> None:
    to = {"compensation_paid_at": at, "compensation_ref": transfer}
    await uow.session.execute(update(PresaleBooking).where(BOOKING.id == id).values(to))


# ------------------------------------------------------------------------------------------------ ending
async def free(uow: UnitOfWork, order_id: UUID, now: datetime) -> None:
    """Nothing of the order was paid and nothing will be: its pieces can be booked by others. Done once."""
    await _end(uow, await booking_of(uow.session, order_id), BookingEvent.FREE, now)


async def refund(uow: UnitOfWork, booking: RowDict, now: datetime, compensation: int = 0) -> bool:
    """All that was paid goes back, with `compensation` on top. Whether it was not so already."""
    return await _end(uow, booking, BookingEvent.REFUND, now, compensation=compensation)


async def forfeit(uow: UnitOfWork, booking: RowDict, now: datetime) -> bool:
    return await _end(uow, booking, BookingEvent.FORFEIT, now)


async def _end(uow: UnitOfWork, booking: RowDict, event: BookingEvent, now: datetime, **to: Any) -> bool:
    await lock_offer(uow, booking["offer_id"])
    if await step_booking(uow, booking["id"], event, ended_at=now, **to) is None:
        return False
    await take_pieces(uow, booking["offer_id"], -booking["quantity"])
    return True


# ------------------------------------------------------------------------------------------------ rules
def loses_deposit(booking: Mapping[str, Any]) -> bool:
    """Whether a buyer who gives up loses the deposit: only a 定金, by a rule that was shown and agreed to."""
    return booking["deposit_kind"] is DepositKind.DINGJIN and booking["agreed_at"] is not None


def owed_twice(booking: Mapping[str, Any]) -> int:
    """Fen that a failing shop owes on top of what was paid: the deposit once more, where it is a 定金."""
    return int(booking["deposit"]) if loses_deposit(booking) else 0


def ships_by(offer: Mapping[str, Any], booking: Mapping[str, Any]) -> datetime:
    """Until when it must be shipped, once all of it is paid."""
    paid = booking["balance_paid_at"] or booking["paid_at"] or offer["ships_at"]
    last: datetime = max(offer["ships_at"], paid) + timedelta(days=offer["ship_days"])
    return last


async def living(session: AsyncSession, offer_id: UUID) -> Sequence[RowDict]:
    """Living bookings in the order in which goods are given out: who paid first, then by id."""
    chosen = select(*BOOKING).where(BOOKING.offer_id == offer_id, BOOKING.state.in_(LIVING))
    return [dict(row) for row in (await session.execute(chosen.order_by(BOOKING.paid_at, BOOKING.id))).mappings()]


async def allot(uow: UnitOfWork, ids: Collection[UUID], *, allotted: bool) -> None:
    if ids:
        chosen = update(PresaleBooking).where(among(PresaleBooking, "id", list(ids)))
        await uow.session.execute(chosen.where(BOOKING.state == BookingState.BOOKED).values(allotted=allotted))
