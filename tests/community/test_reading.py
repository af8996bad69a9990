"""Stories are read in one order, the same for everybody, page after page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain import community, merchants
from domain.base import Database, NotFound
from models.community import Post
from tests.factories import community as told
from tests.factories import merchants as shops

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


async def test_a_shop_that_is_suspended_tells_nothing_until_it_is_open_again(database: Database) -> None:
    shop, operator = await shops.merchant(database), shops.operator()
    _, id = await told.published(database, shops.shopkeeper(shop))
    reader = await told.teller(database)

    async def seen() -> tuple[list[UUID], bool, list[str]]:
        async with database.read() as session:
            feed = await community.feed(session, community.WantedFeed(merchant_id=shop), 20, None, ALL)
            by_id = await community.shown_by_id(session, [id], ALL)
            searched = await community.searchable(session, [str(id)])
        return [row["id"] for row in feed.rows], bool(by_id), [row.target for row in searched]

    assert await seen() == ([id], True, [str(id)])
    async with database.begin() as uow:
        await merchants.suspend(uow, operator, shop, "证照过期")
    assert await seen() == ([], False, [])
    with pytest.raises(NotFound):
        await told.commented(database, reader, id)
    with pytest.raises(NotFound):
        async with database.begin() as uow:
            await community.like(uow, reader, id, liked=True)
    async with database.begin() as uow:
        await merchants.reopen(uow, operator, shop)
    assert await seen() == ([id], True, [str(id)])
    await told.commented(database, reader, id)
