"""Stories are found by their words, their place and what they are about, and vanish when they are hidden."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import text

from domain import community
from domain.base import Database
from domain.catalog import pages
from domain.catalog.finding import Finder, Hit, Mixed
from models.community import PostHiding
from search.sync import Indexer
from search.wiring import make_finder
from server.settings import Settings
from tests.factories import community as told
from tests.search.goods import Goods

ALL = frozenset({"PRODUCT", "MERCHANT", "ORIGIN", "BRAND", "POST"})
COLUMNS = frozenset({"id"})


async def hits(finder: Finder, words: str, kinds: frozenset[str] = frozenset({"POST"})) -> list[Hit]:
    return (await finder.mixed(Mixed(words, kinds))).hits


@pytest.mark.parametrize("with_engine", [True, False])
async def test_a_story_is_found_and_vanishes(
    database: Database, goods: Goods, indexer: Indexer, settings: Settings, with_engine: bool
) -> None:
    chosen = settings if with_engine else settings.model_copy(update={"meili_url": None})
    apples = next(iter(goods.products.values()))
    text = "霜降以后夜里要盖厚被子，糖就攒住了，这个时候最好吃。"
    _, id = await told.published(
        database, title="为什么要等一等", text=text, product_ids=[apples], region_code="530628109"
    )
    await indexer.apply_post(id)
    await indexer.catch_up()
    story = Hit("POST", str(id))
    async with make_finder(chosen, database) as finder:
        for words in ("为什么要等一等", "霜降", "小草坝 霜降"):
            assert story in await hits(finder, words), words
        # Its place finds it and does not name it.
        first, *_ = await hits(finder, "小草坝", ALL)
        assert first.kind == "ORIGIN"
        async with database.begin() as uow:
            await community.hide(uow, told.CENSOR, id, PostHiding.FALSE, "与实际不相符")
        async with database.read() as session:
            assert await community.shown_by_id(session, [id], COLUMNS) == {}
        await indexer.apply_post(id)
        await indexer.catch_up()
        assert story not in await hits(finder, "霜降")


async def test_thousands_of_pages_are_confirmed_in_no_time(database: Database) -> None:
    """Of a table that the planner knows nothing of; what changed meanwhile still waits."""
    columns = "kind, target, title, spellings, words, weight, document, digest, gone, since, mark, confirmed"
    made = f"insert into search_pages ({columns}, attempts, error)"
    rows = (
        "select 'POST', 'p' || n, '', '{}', '', 0, '{}', '', false, now(), 1, 0, 0, '' from generate_series(1, 6000) n"
    )
    async with database.begin() as uow:
        await uow.session.execute(text(f"{made} {rows}"))
        await uow.session.execute(text("update search_pages set mark = 2 where target = 'p7'"))
    async with asyncio.timeout(20), database.begin() as uow:
        await pages.confirm(uow, {("POST", f"p{n}"): 1 for n in range(1, 6001)})
    async with database.read() as session:
        assert list((await pages.pending(session, 10)).marks) == [("POST", "p7")]
