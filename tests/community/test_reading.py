"""Stories are read in one order, the same for everybody, page after page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from domain import community
from domain.base import Database
from models.community import Post
from tests.factories import community as told

ALL = frozenset(Post.__table__.c.keys())


async def pages(database: Database, read: Any, moment: str, first: int) -> list[UUID]:
    found: list[UUID] = []
    after: community.Place | None = None
    while True:
        async with database.read() as session:
            seen = await read(session, first, after)
        found += [row["id"] for row in seen.rows]
        if not seen.has_next:
            return found
        after = (seen.rows[-1][moment], seen.rows[-1]["id"])


async def test_pages_follow_one_another_without_gap_or_repeat(database: Database) -> None:
    author = await told.teller(database)
    ids = [await told.written(database, author) for _ in range(7)]
    await told.checked(database)

    async def feed(session: Any, first: int, after: Any) -> Any:
        return await community.feed(session, community.WantedFeed(), first, after, ALL)

    async def mine(session: Any, first: int, after: Any) -> Any:
        return await community.of_author(session, author, first, after, ALL)

    whole = await pages(database, feed, "published_at", 50)
    assert set(whole) == set(ids)
    assert await pages(database, feed, "published_at", 3) == whole
    assert await pages(database, mine, "created_at", 2) == ids[::-1]


async def test_comments_follow_one_another_the_newest_first(database: Database) -> None:
    _, id = await told.published(database)
    reader = await told.teller(database)
    said = [await told.commented(database, reader, id, f"第 {n} 条") for n in range(5)]
    await told.checked(database)

    async def below(session: Any, first: int, after: Any) -> Any:
        return await community.comments(session, id, first, after, frozenset({"text"}))

    assert await pages(database, below, "created_at", 2) == said[::-1]


async def test_more_of_an_author_and_of_nobody_else(database: Database) -> None:
    author, id = await told.published(database)
    await told.published(database)
    async with database.read() as session:
        seen = await community.feed(session, community.WantedFeed(member_id=author.id), 20, None, ALL)
    assert [row["id"] for row in seen.rows] == [id]
