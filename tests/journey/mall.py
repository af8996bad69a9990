"""The mall under a real server on a real port, as WeChat's notices and browsers reach it; and its worker by hand."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from sqlalchemy import text

from domain.base import Database, Unavailable, clock
from jobs.base import HANDLERS
from jobs.relay import relay_once
from server.app import create_app
from server.services import Mall
from server.settings import Settings
from server.worker import tools_of
from tests.client import Client
from tests.wechat.simulator import Simulator

NOTICES = "/webhooks/wechatpay"


@asynccontextmanager
async def serve(settings: Settings, wxsim: Simulator, state: Path) -> AsyncIterator[Client]:
    """A mall of its own on a free port; its payments go to `wxsim`, whose notices come back to it."""
    listener = socket.create_server(("127.0.0.1", 0))
    base = f"http://127.0.0.1:{listener.getsockname()[1]}"
    addresses = {"public_base_url": base, "wxpay_notify_url": base + NOTICES, "state_dir": state}
    addresses |= {"wechat_api_base": wxsim.base_url, "wxpay_api_base": wxsim.base_url}
    app = create_app(settings.model_copy(update=addresses))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on", timeout_graceful_shutdown=2))
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        while not server.started:
            assert not task.done(), "the mall did not start"
            await asyncio.sleep(0.01)
        async with httpx.AsyncClient(base_url=base, timeout=60, trust_env=False) as http:
            yield Client(http, app.state.mall)
    finally:
        server.should_exit = True
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def relay(mall: Mall) -> None:
    """Delivers everything that waits in the outbox."""
    while await relay_once(tools_of(mall)):
        pass


async def work_off(mall: Mall, *names: str) -> list[str]:
    """Runs every job that is due by the mall's clock, once; answers the names of those to be tried again."""
    again = []
    for id, name, payload in await _due(mall.database):
        if names and name not in names:
            continue
        try:
            await HANDLERS[name](tools_of(mall), json.loads(payload))
        except Unavailable:
            again.append(name)
            continue
        async with mall.database.begin() as uow:
            await uow.session.execute(text("delete from pgqueuer where id = :id"), {"id": id})
    return again


async def _due(database: Database) -> list[tuple[int, str, bytes]]:
    chosen = text(
        "select id, entrypoint, payload from pgqueuer"
        " where status = 'queued' and execute_after <= :now order by execute_after, id"
    )
    async with database.read() as session:
        return [(row.id, row.entrypoint, row.payload) for row in await session.execute(chosen, {"now": clock.now()})]


async def count(database: Database, query: str, **values: Any) -> int:
    """The one number that a query answers."""
    async with database.read() as session:
        return int(await session.scalar(text(query), values) or 0)
