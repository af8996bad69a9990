"""The harvest is smaller than what was sold: who gets goods.

Whole orders, in the order in which their first payment was made; one that no longer fits is passed over and later
ones may still fit. What is shipped already has its goods. Nobody who paid earlier is worse off by it, and less is left
than by stopping at the first that does not fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit
from domain.base import Conflict, Invalid, NotFound, RowDict, UnitOfWork, Viewer, WrongState, clock, next_state
from domain.presales.bookings import BOOKING, OFFER, allot, living, owed_twice
from domain.presales.events import PresaleChanged
from domain.presales.offers import MOST_STOCK, NONE, mine
from domain.presales.states import OFFER_REFUSALS, OFFER_STEPS, OfferEvent
from models.orders import Order, OrderState
from models.presales import BookingState, PresaleBooking, PresaleOffer, PresaleState

SHIPPED = (OrderState.PARTLY_SHIPPED, OrderState.SHIPPED, OrderState.RECEIVED, OrderState.COMPLETED)


@dataclass(frozen=True)
class Claim:
    """A paid booking in the order of its payment."""

    id: UUID
    quantity: int
    shipped: bool = False


def give_out(harvested: int, claims: Sequence[Claim]) -> tuple[list[UUID], list[UUID]]:
    """Who gets goods and who does not, by the rule above."""
    left = harvested - sum(claim.quantity for claim in claims if claim.shipped)
    served, failed = [], []
    for claim in claims:
        if claim.shipped:
            served.append(claim.id)
        elif claim.quantity <= left:
            served.append(claim.id)
            left -= claim.quantity
        else:
            failed.append(claim.id)
    return served, failed


@dataclass(frozen=True)
class Allocation:
    """What would come of a harvest. Money in fen: what buyers get back of what they paid, and what is owed on top."""

    harvested: int
    served: int
    served_pieces: int
    failed: int
    failed_pieces: int
    refunded: int
    compensation: int


async def preview(session: AsyncSession, viewer: Viewer, id: UUID, harvested: int) -> Allocation:
    """What `allocate` would do now; nothing is written."""
    _check(harvested)
    chosen = select(OFFER.id).where(OFFER.id == id, OFFER.merchant_id == viewer.shop_id)
    if await session.scalar(chosen) is None:
        raise NotFound(NONE)
    return (await _outcome(session, id, harvested))[0]


async def allocate(uow: UnitOfWork, viewer: Viewer, id: UUID, harvested: int, failing: int) -> list[UUID]:
    """The shop says how much there is, once and for good; answers the orders that get nothing and must be refunded.

    `failing`: how many orders the preview said would get nothing; Conflict where it is another number by now.
    """
    _check(harvested)
    offer = await mine(uow, viewer, id)
    next_state(OFFER_STEPS, offer["state"], OfferEvent.ALLOCATE, OFFER_REFUSALS[OfferEvent.ALLOCATE])
    now = clock.now()
    if offer["state"] is PresaleState.RUNNING and now < offer["ends_at"]:
        raise WrongState("预售还在接单，请先停止接单，再分配")
    rows = await living(uow.session, id)
    if any(row["state"] is BookingState.HELD for row in rows):
        raise WrongState("还有买家正在付款，请十五分钟后再分配")
    outcome, served, failed = await _outcome(uow.session, id, harvested)
    if outcome.failed != failing:
        raise Conflict("预订情况有变化，请重新预览后再确认", field="failing")
    await allot(uow, served, allotted=True)
    await allot(uow, failed, allotted=False)
    to = {"state": PresaleState.ALLOCATED, "harvested": harvested, "allocated_at": now, "version": OFFER.version + 1}
    await uow.session.execute(update(PresaleOffer).where(OFFER.id == id).values(to))
    uow.emit(PresaleChanged(id, offer["product_id"]))
    about = {"harvested": harvested, "served": outcome.served, "failed": outcome.failed}
    await audit.record(uow, viewer, "presale.allocate", "presale", id, about)
    gone = set(failed)
    return [row["order_id"] for row in rows if row["id"] in gone]


async def _outcome(session: AsyncSession, id: UUID, harvested: int) -> tuple[Allocation, list[UUID], list[UUID]]:
    orders = await _orders(session, id)
    rows = [row for row in await living(session, id) if row["order_id"] in orders]
    claims = [Claim(row["id"], row["quantity"], orders[row["order_id"]].state in SHIPPED) for row in rows]
    served, failed = give_out(harvested, claims)
    got, lost = _of(rows, served), _of(rows, failed)
    made = Allocation(
        harvested=harvested,
        served=len(got),
        served_pieces=sum(row["quantity"] for row in got),
        failed=len(lost),
        failed_pieces=sum(row["quantity"] for row in lost),
        refunded=sum(_paid(row, orders[row["order_id"]].total) for row in lost),
        compensation=sum(owed_twice(row) for row in lost),
    )
    return made, served, failed


def _of(rows: Sequence[RowDict], ids: Sequence[UUID]) -> list[RowDict]:
    wanted = set(ids)
    return [row for row in rows if row["id"] in wanted]


def _paid(row: RowDict, total: int) -> int:
    if row["deposit_kind"] is None or row["balance_paid_at"] is not None:
        return total
    deposit: int = row["deposit"]
    return deposit


async def _orders(session: AsyncSession, id: UUID) -> dict[UUID, Any]:
    """The orders of paid bookings that were not closed since, such as by an after-sale."""
    chosen = select(Order.id, Order.state, Order.total).join_from(PresaleBooking, Order, Order.id == BOOKING.order_id)
    chosen = chosen.where(BOOKING.offer_id == id, BOOKING.state == BookingState.BOOKED)
    found = await session.execute(chosen.where(Order.state != OrderState.CLOSED))
    return {row.id: row for row in found}


def _check(harvested: int) -> None:
    if not 0 <= harvested <= MOST_STOCK:
        raise Invalid(f"实际收成须在 0 到 {MOST_STOCK} 件之间", field="harvested")
