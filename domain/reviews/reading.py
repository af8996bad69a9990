"""Reading reviews: a product's for everybody, a shop's for its staff, his own for a buyer, all for the platform."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from domain import orders
from domain.base import Columns, NotFound, RowDict, Viewer, clock, page_offset, page_size
from domain.orders.reading import in_range
from domain.reviews.states import FOLLOW_UP_WINDOW, GOOD_SCORE, LOW_SCORE, REVIEW_WINDOW, REVIEWABLE
from domain.reviews.writing import MISSING
from domain.statements import ManyBy, OneBy, own, read_along
from models.orders import Order, OrderLine
from models.reviews import Review, ReviewPart, ReviewPicture, ReviewState, ReviewWords, WordsState

REVIEW, WORDS = Review.__table__, ReviewWords.__table__
PUBLISHED = REVIEW.c.state == ReviewState.PUBLISHED

reviews_by_id = OneBy(REVIEW, "id")
#: What a review points to: words that passed the check, and are on the page.
words_by_id = OneBy(WORDS, "id")
#: Every version of every part, the oldest first: for the author and the platform.
words_by_review = ManyBy(WORDS, "review_id", order_by=("created_at", "id"))
#: Every answer of the shop, the oldest first: for the shop.
replies_by_review = ManyBy(
    select(WORDS).where(WORDS.c.part == ReviewPart.REPLY).subquery("replies"), "review_id", order_by=("version",)
)
lines_by_id = OneBy(OrderLine.__table__, "id")
pictures_by_words = ManyBy(ReviewPicture.__table__, "words_id", order_by=("position",))


class ReviewOrder(StrEnum):
    HELPFUL = "HELPFUL"
    NEWEST = "NEWEST"


class ReviewRating(StrEnum):
    """好评、中评、差评: 4 and 5, 3, 1 and 2."""

    GOOD = "GOOD"
    MIDDLE = "MIDDLE"
    BAD = "BAD"


@dataclass(frozen=True)
class Wanted:
    """Which reviews of a product, in what order."""

    order: ReviewOrder = ReviewOrder.HELPFUL
    rating: ReviewRating | None = None
    with_pictures: bool = False
    with_follow_up: bool = False


@dataclass(frozen=True)
class Seen:
    """One page; `total` counts all that match."""

    rows: Sequence[RowDict]
    total: int
    has_next: bool


Place = tuple[int, datetime, UUID]


def _matching(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [PUBLISHED]
    scores = {
        ReviewRating.GOOD: REVIEW.c.score >= GOOD_SCORE,
        ReviewRating.MIDDLE: REVIEW.c.score == LOW_SCORE + 1,
        ReviewRating.BAD: REVIEW.c.score <= LOW_SCORE,
    }
    if wanted.rating is not None:
        found.append(scores[wanted.rating])
    if wanted.with_pictures:
        found.append(REVIEW.c.picture_count > 0)
    if wanted.with_follow_up:
        found.append(REVIEW.c.follow_up_id.is_not(None))
    return found


async def of_product(
    session: AsyncSession, product_id: UUID, wanted: Wanted, first: int, after: Place | None, columns: Columns
) -> Seen:
    """The published reviews of a product after the one at `after` (helpful, published at, id)."""
    matches = [REVIEW.c.product_id == product_id, *_matching(wanted)]
    keys: tuple[Any, ...] = (REVIEW.c.published_at, REVIEW.c.id)
    if wanted.order is ReviewOrder.HELPFUL:
        keys = (REVIEW.c.helpful_count, *keys)
    chosen = _select(columns, "helpful_count", "published_at").where(*matches)
    if after is not None:
        place: tuple[Any, ...] = (in_range(after[1], field="after"), after[2])
        if wanted.order is ReviewOrder.HELPFUL:
            place = (after[0], *place)
        chosen = chosen.where(tuple_(*keys) < place)
    chosen = chosen.order_by(*(key.desc() for key in keys)).limit(page_size(first) + 1)
    rows = await _rows(session, chosen, columns)
    total = await session.scalar(select(func.count()).select_from(REVIEW).where(*matches))
    return Seen(rows[:first], total or 0, len(rows) > first)


def _select(columns: Columns, *always: str) -> Any:
    names = dict.fromkeys(["id", *always, *sorted(own(columns))])
    return select(*[REVIEW.c[name] for name in names if name in REVIEW.c])


async def _rows(session: AsyncSession, chosen: Any, columns: Columns) -> list[RowDict]:
    return [dict(row) for row in (await session.execute(read_along(chosen, REVIEW, columns))).mappings()]


# ------------------------------------------------------------------------------------------------ of a buyer
async def of_member(
    session: AsyncSession, viewer: Viewer, first: int, after: tuple[datetime, UUID] | None, columns: Columns
) -> Seen:
    """The viewer's own reviews, in any state, newest first."""
    mine = [REVIEW.c.member_id == viewer.member_id]
    chosen = _select(columns, "created_at").where(*mine)
    if after is not None:
        chosen = chosen.where(tuple_(REVIEW.c.created_at, REVIEW.c.id) < (in_range(after[0], field="after"), after[1]))
    chosen = chosen.order_by(REVIEW.c.created_at.desc(), REVIEW.c.id.desc()).limit(page_size(first) + 1)
    rows = await _rows(session, chosen, columns)
    total = await session.scalar(select(func.count()).select_from(REVIEW).where(*mine))
    return Seen(rows[:first], total or 0, len(rows) > first)


async def access(session: AsyncSession, viewer: Viewer, id: UUID, columns: Columns) -> RowDict:
    """The viewer's own review, in any state; NotFound for anybody else's."""
    row = (await reviews_by_id(session, [id], columns | {"member_id"})).get(id)
    if row is None or row["member_id"] != viewer.member_id:
        raise NotFound(MISSING)
    return row


# ------------------------------------------------------------------------------------------------ to be written
def _reviewable() -> list[ColumnElement[bool]]:
    line, order = OrderLine.__table__.c, Order.__table__.c
    return [
        order.state.in_(REVIEWABLE),
        order.received_at > clock.now() - REVIEW_WINDOW,
        line.shipped_quantity > 0,
        ~select(REVIEW.c.id).where(REVIEW.c.line_id == line.id).exists(),
    ]


async def to_review(session: AsyncSession, viewer: Viewer, first: int, after: tuple[datetime, UUID] | None) -> Seen:
    """Lines the viewer may review now, received last first: `line_id`, `order_id`, `received_at`, `until`."""
    line, order = OrderLine.__table__.c, Order.__table__.c
    matches = [order.member_id == viewer.member_id, *_reviewable()]
    joined = select(line.id.label("line_id"), order.id.label("order_id"), order.received_at)
    joined = joined.join_from(OrderLine, Order, order.id == line.order_id).where(*matches)
    if after is not None:
        joined = joined.where(tuple_(order.received_at, line.id) < (in_range(after[0], field="after"), after[1]))
    chosen = joined.order_by(order.received_at.desc(), line.id.desc()).limit(page_size(first) + 1)
    rows = [{**row, "until": row["received_at"] + REVIEW_WINDOW} for row in (await session.execute(chosen)).mappings()]
    counted = select(func.count()).select_from(OrderLine).join(Order, order.id == line.order_id).where(*matches)
    return Seen(rows[:first], await session.scalar(counted) or 0, len(rows) > first)


async def of_order(session: AsyncSession, viewer: Viewer, order_id: UUID) -> Sequence[RowDict]:
    """Each line of the viewer's order: `line_id`, its `review_id` or until when one may be written (`until`)."""
    order = await orders.access(session, viewer, order_id, frozenset({"state", "received_at"}))
    line = OrderLine.__table__.c
    wanted = select(line.id.label("line_id"), line.shipped_quantity, REVIEW.c.id.label("review_id"))
    wanted = wanted.outerjoin_from(OrderLine, Review, REVIEW.c.line_id == line.id).where(line.order_id == order_id)
    found = (await session.execute(wanted.order_by(line.id))).mappings()
    return [{**row, "order_id": order_id, "until": _until(order, dict(row))} for row in found]


def _until(order: RowDict, line: Mapping[str, Any]) -> datetime | None:
    if order["state"] not in REVIEWABLE or line["shipped_quantity"] == 0 or line["review_id"] is not None:
        return None
    until: datetime = order["received_at"] + REVIEW_WINDOW
    return until if clock.now() < until else None


def can_follow_up(state: ReviewState, published_at: datetime | None, follow_up_id: UUID | None) -> bool:
    """Whether a page should offer it; the verb looks at the order itself."""
    fresh = published_at is not None and clock.now() < published_at + FOLLOW_UP_WINDOW
    return state is ReviewState.PUBLISHED and follow_up_id is None and fresh


# ------------------------------------------------------------------------------------------------ of consoles
class ReviewDesk(StrEnum):
    """A shop's reviews, by what is to be done with them."""

    ALL = "ALL"
    UNANSWERED = "UNANSWERED"
    # Two stars or fewer and no answer yet: what a shop should see first.
    LOW = "LOW"
    WITH_PICTURES = "WITH_PICTURES"
    FOLLOWED_UP = "FOLLOWED_UP"


UNANSWERED = ~(
    select(WORDS.c.id)
    .where(
        WORDS.c.review_id == REVIEW.c.id,
        WORDS.c.part == ReviewPart.REPLY,
        or_(WORDS.c.state == WordsState.PENDING, WORDS.c.state == WordsState.PUBLISHED),
    )
    .exists()
)
DESKS: Mapping[ReviewDesk, tuple[ColumnElement[bool], ...]] = {
    ReviewDesk.ALL: (),
    ReviewDesk.UNANSWERED: (UNANSWERED,),
    ReviewDesk.LOW: (REVIEW.c.score <= LOW_SCORE, UNANSWERED),
    ReviewDesk.WITH_PICTURES: (REVIEW.c.picture_count > 0,),
    ReviewDesk.FOLLOWED_UP: (REVIEW.c.follow_up_id.is_not(None),),
}


async def of_shop(
    session: AsyncSession,
    viewer: Viewer,
    desk: ReviewDesk,
    product_id: UUID | None,
    page: int,
    size: int,
    columns: Columns,
) -> tuple[Sequence[RowDict], int]:
    """A page of what is on the page about the viewer's shop, newest first, and how many there are."""
    matches = [REVIEW.c.merchant_id == viewer.shop_id, PUBLISHED, *DESKS[desk]]
    if product_id is not None:
        matches.append(REVIEW.c.product_id == product_id)
    return await _page(session, matches, (REVIEW.c.published_at.desc(), REVIEW.c.id.desc()), page, size, columns)


async def counts_of_shop(session: AsyncSession, viewer: Viewer) -> dict[ReviewDesk, int]:
    """How many lie on the desks that ask for something."""
    shown = [REVIEW.c.merchant_id == viewer.shop_id, PUBLISHED]
    low = func.count().filter(REVIEW.c.score <= LOW_SCORE)
    row = (await session.execute(select(func.count(), low).select_from(REVIEW).where(*shown, UNANSWERED))).one()
    return {ReviewDesk.UNANSWERED: row[0], ReviewDesk.LOW: row[1]}


async def of_platform(
    session: AsyncSession, state: ReviewState | None, page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    """A page of everybody's reviews, newest first."""
    matches = [REVIEW.c.state == state] if state is not None else []
    return await _page(session, matches, (REVIEW.c.created_at.desc(), REVIEW.c.id.desc()), page, size, columns)


async def _page(
    session: AsyncSession, matches: Sequence[Any], order: Sequence[Any], page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    chosen = _select(columns).where(*matches).order_by(*order)
    rows = await _rows(session, chosen.offset(page_offset(page, size)).limit(size), columns)
    total = await session.scalar(select(func.count()).select_from(REVIEW).where(*matches))
    return rows, total or 0
