"""Reading stories: what is on the page for everybody, in one order for all; an author's own; all for the platform."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from domain import catalog, merchants
from domain.base import Columns, Invalid, NotFound, RowDict, Viewer, page_offset, page_size
from domain.community import authors, goods
from domain.community.commenting import MISSING as NO_COMMENT
from domain.community.opening import is_open, require_open
from domain.community.showing import ON_PAGE
from domain.community.writing import MISSING
from domain.orders.reading import in_range
from domain.statements import ManyBy, OneBy, own, read_along
from models.community import CommentState, Post, PostComment, PostGood, PostPicture, PostState, PostWords

POST, WORDS, GOOD, COMMENT = Post.__table__, PostWords.__table__, PostGood.__table__, PostComment.__table__

posts_by_id = OneBy(POST, "id")
#: Stories that are on the page.
_published_by_id = OneBy(POST, "id", where=ON_PAGE)
#: What a story points to: words that passed the check, and are on the page.
words_by_id = OneBy(WORDS, "id")
#: Every version, the oldest first: for the author and the platform.
words_by_post = ManyBy(WORDS, "post_id", order_by=("version",))
pictures_by_words = ManyBy(PostPicture.__table__, "words_id", order_by=("position",))
goods_by_words = ManyBy(GOOD, "words_id", order_by=("position",))
comments_by_id = OneBy(COMMENT, "id")


@dataclass(frozen=True)
class WantedFeed:
    """Which stories: from a place and below it, about a product, of a member, of a shop; all of it must hold."""

    region_code: str | None = None
    product_id: UUID | None = None
    member_id: UUID | None = None
    merchant_id: UUID | None = None


@dataclass(frozen=True)
class Seen:
    """One page; `total` counts all that match."""

    rows: Sequence[RowDict]
    total: int
    has_next: bool


Place = tuple[datetime, UUID]


async def shown_by_id(session: AsyncSession, keys: Sequence[UUID], columns: Columns) -> dict[UUID, RowDict]:
    """The stories of these ids that are on the page, whatever a search believes; none without a community."""
    if not is_open():
        return {}
    return dict(await _published_by_id(session, keys, columns))


async def shown(session: AsyncSession, id: UUID, columns: Columns) -> RowDict:
    """A story that is on the page; NotFound for any other."""
    require_open()
    row = (await shown_by_id(session, [id], columns)).get(id)
    if row is None:
        raise NotFound(MISSING)
    return row


async def feed(session: AsyncSession, wanted: WantedFeed, first: int, after: Place | None, columns: Columns) -> Seen:
    """Stories on the page, the newest first, the same for everybody."""
    require_open()
    return await _seen(session, [ON_PAGE, *_matching(wanted)], POST.c.published_at, first, after, columns)


def _matching(wanted: WantedFeed) -> list[ColumnElement[bool]]:
    authors.one_author(wanted.member_id, wanted.merchant_id)
    found: list[ColumnElement[bool]] = []
    if wanted.region_code is not None:
        if not merchants.CODE.fullmatch(wanted.region_code):
            raise Invalid("产地代码不正确", field="regionCode")
        there = select(WORDS.c.id).where(WORDS.c.region_code.in_(merchants.codes_under(wanted.region_code)))
        found.append(POST.c.words_id.in_(there))
    if wanted.product_id is not None:
        about = select(GOOD.c.words_id).where(GOOD.c.product_id == wanted.product_id)
        found.append(POST.c.words_id.in_(about))
    if wanted.member_id is not None:
        found.append(POST.c.member_id == wanted.member_id)
    if wanted.merchant_id is not None:
        found.append(POST.c.merchant_id == wanted.merchant_id)
    return found


async def _seen(
    session: AsyncSession,
    matches: Sequence[ColumnElement[bool]],
    moment: Any,
    first: int,
    after: Place | None,
    columns: Columns,
) -> Seen:
    chosen = _select(columns, moment.name).where(*matches)
    if after is not None:
        chosen = chosen.where(tuple_(moment, POST.c.id) < (in_range(after[0], field="after"), after[1]))
    chosen = chosen.order_by(moment.desc(), POST.c.id.desc()).limit(page_size(first) + 1)
    rows = await _rows(session, chosen, columns)
    total = await session.scalar(select(func.count()).select_from(POST).where(*matches))
    return Seen(rows[:first], total or 0, len(rows) > first)


def _select(columns: Columns, *always: str) -> Any:
    names = dict.fromkeys(["id", *always, *sorted(own(columns))])
    return select(*[POST.c[name] for name in names if name in POST.c])


async def _rows(session: AsyncSession, chosen: Any, columns: Columns) -> list[RowDict]:
    return [dict(row) for row in (await session.execute(read_along(chosen, POST, columns))).mappings()]


# ------------------------------------------------------------------------------------------------ comments
async def comments(session: AsyncSession, post_id: UUID, first: int, after: Place | None, columns: Columns) -> Seen:
    """What is said below a story that is on the page, the newest first; NotFound for any other story."""
    await shown(session, post_id, frozenset({"id"}))
    there = [COMMENT.c.post_id == post_id, COMMENT.c.state == CommentState.PUBLISHED]
    names = dict.fromkeys(["id", "created_at", *sorted(own(columns))])
    chosen = select(*[COMMENT.c[name] for name in names if name in COMMENT.c]).where(*there)
    if after is not None:
        place = (in_range(after[0], field="after"), after[1])
        chosen = chosen.where(tuple_(COMMENT.c.created_at, COMMENT.c.id) < place)
    chosen = chosen.order_by(COMMENT.c.created_at.desc(), COMMENT.c.id.desc()).limit(page_size(first) + 1)
    rows = [dict(row) for row in (await session.execute(chosen)).mappings()]
    total = await session.scalar(select(func.count()).select_from(COMMENT).where(*there))
    return Seen(rows[:first], total or 0, len(rows) > first)


async def my_comments(session: AsyncSession, viewer: Viewer, post_id: UUID, columns: Columns) -> Sequence[RowDict]:
    """What the viewer said below a story, in any state but taken away, the newest first; at most 50."""
    require_open()
    mine = [COMMENT.c.post_id == post_id, COMMENT.c.member_id == viewer.member_id]
    names = dict.fromkeys(["id", *sorted(own(columns))])
    chosen = select(*[COMMENT.c[name] for name in names if name in COMMENT.c])
    chosen = chosen.where(*mine, COMMENT.c.state != CommentState.REMOVED)
    rows = await session.execute(chosen.order_by(COMMENT.c.created_at.desc(), COMMENT.c.id.desc()).limit(50))
    return [dict(row) for row in rows.mappings()]


async def my_comment(session: AsyncSession, viewer: Viewer, id: UUID, columns: Columns) -> RowDict:
    """The viewer's own comment, in any state; NotFound for anybody else's."""
    row = (await comments_by_id(session, [id], columns | {"member_id"})).get(id)
    if row is None or row["member_id"] != viewer.member_id:
        raise NotFound(NO_COMMENT)
    return row


# ------------------------------------------------------------------------------------------------ of an author
async def of_author(session: AsyncSession, viewer: Viewer, first: int, after: Place | None, columns: Columns) -> Seen:
    """The viewer's own stories, or his shop's, in any state but taken away, the newest first."""
    require_open()
    name, id = authors.author_of(viewer)
    own_ones = [POST.c[name] == id, POST.c.state != PostState.REMOVED]
    return await _seen(session, own_ones, POST.c.created_at, first, after, columns)


async def access(session: AsyncSession, viewer: Viewer, id: UUID, columns: Columns) -> RowDict:
    """The viewer's own story, in any state but taken away; NotFound for anybody else's."""
    require_open()
    row = (await posts_by_id(session, [id], columns | {"member_id", "merchant_id", "state"})).get(id)
    if row is None or row["state"] is PostState.REMOVED or not authors.is_author(viewer, row):
        raise NotFound(MISSING)
    return row


async def linkable(session: AsyncSession, viewer: Viewer, most: int, columns: Columns) -> Sequence[RowDict]:
    """The products the viewer received last, for linking to a story; also such as are no longer on sale."""
    require_open()
    ids = await goods.bought_lately(session, viewer, page_size(most))
    found = await catalog.products_by_id(session, ids, columns)
    return [found[id] for id in ids if id in found]


# ------------------------------------------------------------------------------------------------ of the platform
async def of_platform(
    session: AsyncSession, state: PostState | None, page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    """A page of everybody's stories, the newest first; drafts are their authors' own."""
    matches = [POST.c.state != PostState.DRAFT] if state is None else [POST.c.state == state]
    if state is PostState.DRAFT:
        raise Invalid("草稿只有作者自己可以看", field="state")
    chosen = _select(columns).where(*matches).order_by(POST.c.created_at.desc(), POST.c.id.desc())
    rows = await _rows(session, chosen.offset(page_offset(page, size)).limit(size), columns)
    total = await session.scalar(select(func.count()).select_from(POST).where(*matches))
    return rows, total or 0


async def for_platform(session: AsyncSession, id: UUID, columns: Columns) -> RowDict:
    """Anybody's story in any state but drafts."""
    row = (await posts_by_id(session, [id], columns | {"state"})).get(id)
    if row is None or row["state"] is PostState.DRAFT:
        raise NotFound(MISSING)
    return row


async def comment_for_platform(session: AsyncSession, id: UUID, columns: Columns) -> RowDict:
    """Anybody's comment in any state."""
    row = (await comments_by_id(session, [id], columns)).get(id)
    if row is None:
        raise NotFound(NO_COMMENT)
    return row
