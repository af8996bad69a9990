"""Flash sales as buyers, shops and the platform see them. What is only applied for is in here for no buyer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Select, Uuid, any_, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Columns, NotFound, RowDict, Viewer, ViewerKind, clock, page_offset, pick
from domain.flash.rows import HOLD, NO_OFFER, OFFER, SESSION, TIMES
from domain.statements import ManyBy, OneBy, Statement
from models.flash import FlashHold, FlashHoldState, FlashOffer, FlashSession, FlashState
from models.orders import Order, OrderLine

MOST_SESSIONS, MOST_OFFERS = 12, 20
# Sessions that ended so long ago are still shown, and those that begin so soon already.
PAST, AHEAD = timedelta(hours=3), timedelta(days=3)
SHOWN = (FlashState.PUBLISHED, FlashState.ENDED)

sessions_by_id = OneBy(FlashSession.__table__, "id")
offers_by_id = OneBy(FlashOffer.__table__, "id")
_SHOWN = (OFFER.state == FlashState.PUBLISHED) | (OFFER.state == FlashState.ENDED)
#: What buyers see of a session.
offers_by_session = ManyBy(FlashOffer.__table__, "session_id", order_by=("id",), where=_SHOWN)


# ------------------------------------------------------------------------------------------------ buyers
def _sessions(columns: Columns) -> Select[tuple[object, ...]]:
    after, before = (bindparam(name, type_=DateTime(timezone=True)) for name in ("after", "before"))
    chosen = select(*pick(FlashSession, columns, "id")).where(SESSION.ends_at > after, SESSION.starts_at < before)
    return chosen.order_by(SESSION.starts_at).limit(MOST_SESSIONS)


SESSIONS = Statement(FlashSession.__table__, _sessions)


async def sessions_now(session: AsyncSession, columns: Columns) -> list[RowDict]:
    """The sessions of these days, in their order: the last one over, the one that runs, those to come."""
    now = clock.now()
    return list(await SESSIONS.rows(session, columns, after=now - PAST, before=now + AHEAD))


def _of_product(columns: Columns) -> Select[tuple[object, ...]]:
    chosen = select(*pick(FlashOffer, columns, "id")).join(FlashSession, SESSION.id == OFFER.session_id)
    now = bindparam("now", type_=DateTime(timezone=True))
    chosen = chosen.where(OFFER.product_id == bindparam("product_id", type_=Uuid), OFFER.state == FlashState.PUBLISHED)
    return chosen.where(SESSION.ends_at > now).order_by(SESSION.starts_at, OFFER.id).limit(MOST_OFFERS)


OF_PRODUCT = Statement(FlashOffer.__table__, _of_product)


async def of_product(session: AsyncSession, product_id: UUID, columns: Columns) -> list[RowDict]:
    """Offers of a product that run or are to come, the next first."""
    return list(await OF_PRODUCT.rows(session, columns, product_id=product_id, now=clock.now()))


async def shown_offer(session: AsyncSession, id: UUID, columns: Columns) -> RowDict | None:
    row = (await offers_by_id(session, [id], columns | {"id", "state"})).get(id)
    return row if row is not None and row["state"] in SHOWN else None


async def offer_to_buy(session: AsyncSession, id: UUID) -> RowDict:
    """What pricing an offer takes. NotFound (`offerId`) for what buyers do not see."""
    chosen = select(OFFER.id, OFFER.sku_id, OFFER.merchant_id, OFFER.price, OFFER.total, OFFER.taken, *TIMES)
    chosen = chosen.join(FlashSession, SESSION.id == OFFER.session_id).where(OFFER.id == id, OFFER.state.in_(SHOWN))
    row = (await session.execute(chosen)).mappings().first()
    if row is None:
        raise NotFound(NO_OFFER, field="offerId")
    return dict(row)


# ------------------------------------------------------------------------------------------------ consoles
async def access_offer(session: AsyncSession, viewer: Viewer, id: UUID, columns: Columns) -> RowDict:
    """One of the shop's own, or any for the platform."""
    row = (await offers_by_id(session, [id], columns | {"id", "merchant_id"})).get(id)
    if row is None or (viewer.kind is not ViewerKind.PLATFORM and row["merchant_id"] != viewer.shop_id):
        raise NotFound(NO_OFFER)
    return row


async def page_of_sessions(session: AsyncSession, page: int, size: int, columns: Columns) -> tuple[list[RowDict], int]:
    """All sessions, the latest first."""
    chosen = select(*pick(FlashSession, columns, "id")).order_by(SESSION.starts_at.desc(), SESSION.id)
    rows = (await session.execute(chosen.offset(page_offset(page, size)).limit(size))).mappings()
    total = await session.scalar(select(func.count()).select_from(FlashSession))
    return [dict(row) for row in rows], total or 0


async def page_of_offers(
    session: AsyncSession,
    viewer: Viewer,
    session_id: UUID | None,
    state: FlashState | None,
    page: int,
    size: int,
    columns: Columns,
) -> tuple[list[RowDict], int]:
    """The shop's offers, or those of all shops for the platform, the newest first."""
    wanted = [] if viewer.kind is ViewerKind.PLATFORM else [OFFER.merchant_id == viewer.shop_id]
    wanted += [OFFER.session_id == session_id] if session_id else []
    wanted += [OFFER.state == state] if state else []
    total = func.count().over().label("total_of_all")
    chosen = select(*pick(FlashOffer, columns, "id"), total).where(*wanted)
    chosen = chosen.order_by(OFFER.created_at.desc(), OFFER.id.desc())
    found = await session.execute(chosen.offset(page_offset(page, size)).limit(size))
    rows: list[RowDict] = [dict(row) for row in found.mappings()]
    if rows:
        return rows, rows[0]["total_of_all"]
    return [], await session.scalar(select(func.count()).select_from(FlashOffer).where(*wanted)) or 0


@dataclass(frozen=True)
class Results:
    """What came of an offer: pieces `sold`, and `unpaid` still; `freed` orders that were not paid. `turnover` is what
    was paid, `refunded` what went back of it; both in fen, without freight.
    """

    sold: int = 0
    unpaid: int = 0
    freed: int = 0
    buyers: int = 0
    turnover: int = 0
    refunded: int = 0


async def results_by_offer(
    session: AsyncSession, keys: Sequence[UUID], _columns: Columns = frozenset()
) -> Mapping[UUID, RowDict]:
    """`results` of each offer, in one statement however many there are."""
    ids = bindparam("ids", list(keys), ARRAY(Uuid))
    line, order = OrderLine.__table__.c, Order.__table__.c
    sold = HOLD.state == FlashHoldState.SOLD
    sums = {
        "sold": func.sum(HOLD.quantity).filter(sold),
        "unpaid": func.sum(HOLD.quantity).filter(HOLD.state == FlashHoldState.HELD),
        "freed": func.count().filter(HOLD.state == FlashHoldState.FREED),
        "buyers": func.count(HOLD.member_id.distinct()).filter(sold),
        "turnover": func.sum(line.payable).filter(sold),
        "refunded": func.sum(line.refunded_amount).filter(sold),
    }
    chosen = select(HOLD.offer_id, *(func.coalesce(value, 0).label(name) for name, value in sums.items()))
    chosen = chosen.join_from(FlashHold, Order, order.id == HOLD.order_id).join(OrderLine, line.order_id == order.id)
    chosen = chosen.where(HOLD.offer_id == any_(ids)).group_by(HOLD.offer_id)
    return {
        row["offer_id"]: {"offer_id": row["offer_id"], "results": Results(**{name: int(row[name]) for name in sums})}
        for row in (await session.execute(chosen)).mappings()
    }
