"""The cache of this process, as its settings want it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from server.graphql import schema
from server.responses.cache import Responses
from server.responses.memory import Memory
from server.services import Mall

# A replica that is further behind than this is no use for reading anyway.
REPLICA_SECONDS = 2.0


@asynccontextmanager
async def open_responses(mall: Mall) -> AsyncIterator[Responses | None]:
    """Kept answers for our own pages; None where the settings give them no memory."""
    settings = mall.settings
    if not settings.kept_megabytes:
        yield None
        return
    reads_a_replica = settings.database_read_url != settings.database_url
    made = Responses(
        schema._schema,
        mall.redis,
        memory=Memory(most_bytes=settings.kept_megabytes * 1024 * 1024),
        settle=REPLICA_SECONDS if reads_a_replica else 0.0,
    )
    mall.counters.watch("responses", made.snapshot)
    async with made.opened():
        yield made
