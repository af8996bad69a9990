"""Offers and bookings as buyers, shops and the platform see them; and what of them the clock has to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Select, Uuid, any_, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import catalog
from domain.base import Columns, Forbidden, NotFound, RowDict, Viewer, ViewerKind, clock, page_offset, pick
from domain.presales.bookings import BOOKING, OFFER
from domain.presales.offers import NONE
from domain.presales.states import REMIND_BEFORE
from domain.statements import OneBy, Statement
from models.orders import Order, OrderState
from models.presales import BookingState, PresaleBooking, PresaleKind, PresaleOffer, PresaleState

MOST_OFFERS = 20
ORDER = Order.__table__.c

offers_by_id = OneBy(PresaleOffer.__table__, "id")
#: The booking of an order that was bought before the harvest; most orders have none.
bookings_by_order = OneBy(PresaleBooking.__table__, "order_id")


# ------------------------------------------------------------------------------------------------ buyers
def _running(columns: Columns) -> Select[tuple[object, ...]]:
    chosen = select(*pick(PresaleOffer, columns, "id", "sku_id"))
    now = bindparam("now", type_=DateTime(timezone=True))
    chosen = chosen.where(OFFER.product_id == bindparam("product_id", type_=Uuid))
    chosen = chosen.where(OFFER.state == PresaleState.RUNNING, OFFER.ends_at > now)
    return chosen.order_by(OFFER.price, OFFER.id).limit(MOST_OFFERS)


RUNNING = Statement(PresaleOffer.__table__, _running)


async def running(session: AsyncSession, product_id: UUID, columns: Columns) -> list[RowDict]:
    """Offers of a product that can be booked now or will be soon, one for a SKU at most."""
    found = await RUNNING.rows(session, columns, product_id=product_id, now=clock.now())
    return list(found)


async def page_of_running(session: AsyncSession, page: int, size: int, columns: Columns) -> tuple[list[RowDict], int]:
    """What all shops offer before the harvest, now or soon, and is not gone, the first to end first; and how many."""
    wanted = OFFER.state == PresaleState.RUNNING, OFFER.ends_at > clock.now(), OFFER.taken < OFFER.stock
    chosen = catalog.only_for_sale(select(*pick(PresaleOffer, columns, "id")).where(*wanted), OFFER.product_id)
    total = await session.scalar(select(func.count()).select_from(chosen.subquery()))
    chosen = chosen.order_by(OFFER.ends_at, OFFER.id)
    rows = (await session.execute(chosen.offset(page_offset(page, size)).limit(size))).mappings()
    return [dict(row) for row in rows], total or 0


# ------------------------------------------------------------------------------------------------ consoles
async def access_offer(session: AsyncSession, viewer: Viewer, id: UUID, columns: Columns) -> RowDict:
    """One of the shop's own, or any for the platform."""
    row = (await offers_by_id(session, [id], columns | {"id", "merchant_id"})).get(id)
    if row is None or (viewer.kind is not ViewerKind.PLATFORM and row["merchant_id"] != viewer.shop_id):
        raise NotFound(NONE)
    return row


async def page_of_offers(
    session: AsyncSession, viewer: Viewer, page: int, size: int, columns: Columns
) -> tuple[list[RowDict], int]:
    """The shop's offers, or those of all shops for the platform, the newest first."""
    whose = () if viewer.kind is ViewerKind.PLATFORM else (OFFER.merchant_id == viewer.shop_id,)
    chosen = select(*pick(PresaleOffer, columns, "id")).where(*whose)
    chosen = chosen.order_by(OFFER.created_at.desc(), OFFER.id.desc())
    rows = (await session.execute(chosen.offset(page_offset(page, size)).limit(size))).mappings()
    total = await session.scalar(select(func.count()).select_from(PresaleOffer).where(*whose))
    return [dict(row) for row in rows], total or 0


async def page_of_owed(
    session: AsyncSession, viewer: Viewer, page: int, size: int, columns: Columns
) -> tuple[list[RowDict], int]:
    """Second halves of deposits that wait to be transferred to their buyers, the oldest first."""
    if viewer.kind is not ViewerKind.PLATFORM:
        raise Forbidden("仅平台可以查看定金赔付")
    owed = BOOKING.compensation > 0, BOOKING.compensation_paid_at.is_(None)
    chosen = select(*pick(PresaleBooking, columns, "id")).where(*owed).order_by(BOOKING.created_at, BOOKING.id)
    rows = (await session.execute(chosen.offset(page_offset(page, size)).limit(size))).mappings()
    total = await session.scalar(select(func.count()).select_from(PresaleBooking).where(*owed))
    return [dict(row) for row in rows], total or 0


@dataclass(frozen=True)
class Results:
    """What came of an offer. Money in fen: deposits of living bookings, deposits that stayed with the shop, what living
    bookings come to, and what is owed on top to buyers of failed ones."""

    booked: int = 0
    pieces: int = 0
    paid_up: int = 0
    given_up: int = 0
    failed: int = 0
    deposits: int = 0
    forfeited: int = 0
    turnover: int = 0
    compensation: int = 0


async def results_by_offer(
    session: AsyncSession, keys: Sequence[UUID], _columns: Columns = frozenset()
) -> Mapping[UUID, RowDict]:
    """`results` of each offer, in one statement however many there are."""
    living, lost = BOOKING.state == BookingState.BOOKED, BOOKING.state == BookingState.FORFEITED
    refunded = BOOKING.state == BookingState.REFUNDED
    figures = {
        "booked": func.count().filter(living),
        "pieces": func.sum(BOOKING.quantity).filter(living),
        "paid_up": func.count().filter(living, (BOOKING.balance == 0) | BOOKING.balance_paid_at.is_not(None)),
        "given_up": func.count().filter(lost | (refunded & BOOKING.allotted.is_not(False))),
        "failed": func.count().filter(refunded, BOOKING.allotted.is_(False)),
        "deposits": func.sum(BOOKING.deposit).filter(living),
        "forfeited": func.sum(BOOKING.deposit).filter(lost),
        "turnover": func.sum(BOOKING.goods).filter(living),
        "compensation": func.sum(BOOKING.compensation),
    }
    ids = bindparam("ids", list(keys), ARRAY(Uuid))
    chosen = select(BOOKING.offer_id, *(func.coalesce(value, 0).label(name) for name, value in figures.items()))
    chosen = chosen.where(BOOKING.offer_id == any_(ids)).group_by(BOOKING.offer_id)
    return {
        row["offer_id"]: {
            "offer_id": row["offer_id"],
            "results": Results(**{name: int(row[name]) for name in figures}),
        }
        for row in (await session.execute(chosen)).mappings()
    }


# ------------------------------------------------------------------------------------------------ by the clock
def _orders() -> Select[UUID]:
    chosen = select(BOOKING.order_id).join_from(PresaleBooking, PresaleOffer, OFFER.id == BOOKING.offer_id)
    return chosen.join(Order, ORDER.id == BOOKING.order_id).where(BOOKING.state == BookingState.BOOKED)


async def to_open(session: AsyncSession, *, most: int = 100) -> Sequence[UUID]:
    """Orders whose balance can be paid from now on."""
    due = _orders().where(ORDER.state == OrderState.RESERVED, OFFER.kind == PresaleKind.DEPOSIT)
    due = due.where(OFFER.balance_from <= clock.now(), BOOKING.allotted.is_not(False))
    return (await session.scalars(due.order_by(OFFER.balance_from, BOOKING.id).limit(most))).all()


async def to_release(session: AsyncSession, offer_id: UUID | None = None, *, most: int = 100) -> Sequence[UUID]:
    """Orders that were paid in full and can be shipped."""
    due = _orders().where(ORDER.state == OrderState.RESERVED, OFFER.kind == PresaleKind.FULL)
    time_has_come = BOOKING.allotted.is_(None) & (OFFER.ships_at <= clock.now())
    due = due.where(BOOKING.allotted.is_(True) | time_has_come)
    if offer_id is not None:
        due = due.where(BOOKING.offer_id == offer_id)
    return (await session.scalars(due.order_by(BOOKING.id).limit(most))).all()


async def to_remind(session: AsyncSession, *, most: int = 100) -> Sequence[UUID]:
    """Orders whose balance is due within a day and whose buyers were not told yet."""
    soon = clock.now() + REMIND_BEFORE
    due = _orders().where(ORDER.state == OrderState.AWAITING_BALANCE, ORDER.expires_at <= soon)
    due = due.where(ORDER.expires_at > clock.now(), BOOKING.reminded_at.is_(None))
    return (await session.scalars(due.order_by(ORDER.expires_at, BOOKING.id).limit(most))).all()


async def to_fail(session: AsyncSession, *, most: int = 100) -> Sequence[UUID]:
    """Orders that got nothing of the harvest and whose job was lost."""
    over = (OrderState.RESERVED, OrderState.AWAITING_BALANCE, OrderState.AWAITING_SHIPMENT)
    due = _orders().where(BOOKING.allotted.is_(False), ORDER.state.in_(over))
    return (await session.scalars(due.order_by(BOOKING.id).limit(most))).all()


async def overdue_balances(session: AsyncSession, *, most: int = 100) -> Sequence[UUID]:
    """Trades whose balance was not paid in time."""
    chosen = select(ORDER.trade_id).where(ORDER.state == OrderState.AWAITING_BALANCE, ORDER.expires_at <= clock.now())
    return (await session.scalars(chosen.order_by(ORDER.expires_at).limit(most))).all()
