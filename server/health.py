"""Whether this process lives, and whether it can serve."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from server.services import Mall


async def livez(_request: Request) -> Response:
    """The process answers; says nothing of what it depends on."""
    return JSONResponse({"status": "ok"})


async def readyz(request: Request) -> Response:
    """200 when PostgreSQL and Valkey answer. Without Meilisearch the mall is degraded, not down."""
    mall: Mall = request.app.state.mall
    postgres, valkey, search = await asyncio.gather(
        _answers(_ask_postgres(mall)), _answers(_ask_valkey(mall)), _answers(_ask_search(mall))
    )
    ready = postgres and valkey
    parts = {"postgres": postgres, "valkey": valkey, "search": "full" if search else "fallback"}
    return JSONResponse({"status": "ok" if ready else "unready", **parts}, status_code=200 if ready else 503)


async def _answers(question: Awaitable[None]) -> bool:
    try:
        async with asyncio.timeout(2):
            await question
    except (SQLAlchemyError, RedisError, OSError, TimeoutError, ConnectionError):
        return False
    return True


async def _ask_postgres(mall: Mall) -> None:
    async with mall.database.read() as session:
        await session.execute(text("select 1 from alembic_version"))


async def _ask_valkey(mall: Mall) -> None:
    await mall.redis.ping()


async def _ask_search(mall: Mall) -> None:
    status = await mall.services.desk.search_status()
    if not status["healthy"]:
        raise ConnectionError("the search engine does not answer")
