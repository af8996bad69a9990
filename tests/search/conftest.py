"""A stock of goods, indexed; and the finders over it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from domain.catalog.finding import Finder, Wanted
from domain.catalog.tuning import TOLD
from search.engine import Engine
from search.fallback import ResilientFinder
from search.picking import PickingFinder
from search.sync import Indexer
from search.wiring import index_name, make_finder, make_indexer
from server.settings import Settings
from tests.client import Client, open_client
from tests.conftest import Meili
from tests.responses.processes import until
from tests.search.goods import Goods, stock_up


def bare(found: PickingFinder) -> Finder:
    """The engine's own answers, so that a fault of it is a failure and not quietly the fallback's answer."""
    assert isinstance(found.inner, ResilientFinder)
    return PickingFinder(found.inner.primary, found._tuned, found._lexicon, found._names)


@pytest.fixture
async def goods(database: Any) -> Goods:
    return await stock_up(database)


async def empty_engine(meili: Meili | None) -> Engine:
    """The engine without any index of ours."""
    if meili is None:
        pytest.skip("no Meilisearch on this machine")
    found = Engine(meili.url, meili.key)
    for index in await found.indexes(meili.prefix):
        await found.drop(index)
    return found


@pytest.fixture
async def engine(meili: Meili | None) -> Engine:
    return await empty_engine(meili)


@pytest.fixture
async def indexer(engine: Engine, database: Any, settings: Settings) -> AsyncIterator[Indexer]:
    async with make_indexer(settings, database) as found:
        yield found


@pytest.fixture
def plain_settings(settings: Settings) -> Settings:
    """A mall without an engine."""
    return settings.model_copy(update={"meili_url": None})


@pytest.fixture
async def client(engine: Engine, settings: Settings, database: Any, goods: Goods) -> AsyncIterator[Client]:
    async with open_client(settings) as found:
        await found.mall.indexer.catch_up()
        # What a process keeps of the desk's decisions is read by its first search, and by the first one after news.
        await until(lambda: found.mall.topics.standing(TOLD))
        await found.mall.services.finder.find(Wanted(limit=1))
        yield found


@pytest.fixture
def index(settings: Settings) -> str:
    return index_name(settings)


@pytest.fixture(params=["meilisearch", "postgres", "engine away"])
async def finder(
    request: pytest.FixtureRequest,
    settings: Settings,
    plain_settings: Settings,
    meili: Meili | None,
    database: Any,
    goods: Goods,
) -> AsyncIterator[Finder]:
    """Each way to answer, over the same goods."""
    away = settings.model_copy(update={"meili_url": "http://127.0.0.1:9"})
    chosen = {"meilisearch": settings, "postgres": plain_settings, "engine away": away}[request.param]
    if request.param == "meilisearch":
        await empty_engine(meili)
    async with make_indexer(plain_settings if chosen is away else chosen, database) as indexer:
        await indexer.catch_up()
    async with make_finder(chosen, database) as found:
        yield bare(found) if chosen is settings else found
