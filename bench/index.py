"""Fills the search index of a bench run: `python -m bench.index`, in the environment of its servers."""

from __future__ import annotations

import asyncio

from search.wiring import make_indexer
from server.database import Database
from server.settings import load_settings


async def fill() -> None:
    settings = load_settings()
    database = Database(settings)
    try:
        async with make_indexer(settings, database) as indexer:
            await indexer.rebuild()
    finally:
        await database.close()


if __name__ == "__main__":
    asyncio.run(fill())
