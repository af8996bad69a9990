"""The searches as the settings ask for them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from pydantic import SecretStr

from domain.base import Database
from search import words
from search.client import SearchClient
from search.correcting import Lexicon
from search.engine import Engine
from search.fallback import PATIENCE, ResilientFinder
from search.meili import MeiliFinder
from search.naming import Names
from search.picking import PickingFinder
from search.postgres import PostgresFinder
from search.suggesting import Vocabulary
from search.sync import Indexer
from search.tuning import News, Tuned


class SearchSettings(Protocol):
    @property
    def meili_url(self) -> str | None: ...
    @property
    def meili_master_key(self) -> SecretStr | None: ...
    @property
    def meili_index_prefix(self) -> str: ...


@asynccontextmanager
async def make_finder(
    settings: SearchSettings, database: Database, news: News | None = None
) -> AsyncIterator[PickingFinder]:
    """What answers searches; without an address of an engine PostgreSQL alone. `news` tells what the desk decides."""
    # Otherwise the first question would wait for the dictionaries, and everybody else with it.
    await asyncio.to_thread(words.load)
    vocabulary = Vocabulary(database)
    tuned, lexicon, names = Tuned(database, news), Lexicon(database), Names(database)
    plain = PostgresFinder(database, vocabulary, tuned)
    if settings.meili_url is None:
        yield PickingFinder(plain, tuned, lexicon, names)
        return
    async with SearchClient(settings.meili_url, _key(settings), seconds=PATIENCE) as client:
        engine = MeiliFinder(client, index_name(settings), page_index_name(settings), vocabulary)
        yield PickingFinder(ResilientFinder(engine, plain), tuned, lexicon, names)


@asynccontextmanager
async def make_indexer(settings: SearchSettings, database: Database) -> AsyncIterator[Indexer]:
    """What the worker feeds the searches with."""
    engine = Engine(settings.meili_url, _key(settings)) if settings.meili_url else None
    yield Indexer(database, engine, index_name(settings), page_index_name(settings))


def index_name(settings: SearchSettings) -> str:
    return f"{settings.meili_index_prefix}products"


def page_index_name(settings: SearchSettings) -> str:
    return f"{settings.meili_index_prefix}pages"


def _key(settings: SearchSettings) -> str | None:
    return settings.meili_master_key.get_secret_value() if settings.meili_master_key else None
