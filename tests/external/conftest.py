"""A Node with the public suites, and a mall on a real port for them; without the former the tests are skipped."""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from server.app import create_app
from server.services import Mall
from server.settings import Settings
from server.sockets.serving import UVICORN

HERE = Path(__file__).parent
# WeChat is not to be asked what strangers make up.
NOWHERE = "http://127.0.0.1:9"
PATIENCE = 120  # seconds for one script; the machine may be busy
INSTALL = ("npm", "ci", "--loglevel=error", "--fetch-retries=1", "--fetch-timeout=20000")

Told = dict[str, Any]


@dataclass(frozen=True)
class Running:
    """`address` is host and port."""

    address: str
    mall: Mall


@pytest.fixture(scope="session")
def node() -> str:
    """The Node program, with the packages of this folder installed as locked."""
    program = shutil.which("node")
    if not program or not shutil.which("npm"):
        pytest.skip("Node.js with npm was not found; the public suites run in it")
    installed, locked = HERE / "node_modules/.package-lock.json", HERE / "package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < locked.stat().st_mtime:
        found = subprocess.run(INSTALL, cwd=HERE, capture_output=True, text=True, check=False)
        if found.returncode:
            pytest.skip(f"npm could not fetch the public suites: {' / '.join(found.stderr.splitlines()[:3])[:300]}")
    return program


@asynccontextmanager
async def serve(settings: Settings, **changes: Any) -> AsyncIterator[Running]:
    """The whole application on a free port, with the WebSocket protocol it has in earnest."""
    listener = socket.create_server(("127.0.0.1", 0))
    address = f"127.0.0.1:{listener.getsockname()[1]}"
    own = {"public_base_url": f"http://{address}", "meili_url": None, "wechat_api_base": NOWHERE, **changes}
    app = create_app(settings.model_copy(update=own))
    options: Told = {**UVICORN, "log_level": "warning", "lifespan": "on", "timeout_graceful_shutdown": 2}
    server = uvicorn.Server(uvicorn.Config(app, **options))
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        while not server.started:
            assert not task.done(), "the mall did not start"
            await asyncio.sleep(0.01)
        yield Running(address, app.state.mall)
    finally:
        server.should_exit = True
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def run(program: str, script: str, given: Told, asked: Callable[[str], Awaitable[None]] | None = None) -> Any:
    """What the script tells in its last line of JSON. Lines `ask <something>` before it are answered by `asked`."""
    command = (program, script, json.dumps(given))
    pipes = {"stdin": asyncio.subprocess.PIPE, "stdout": asyncio.subprocess.PIPE}
    child = await asyncio.create_subprocess_exec(*command, cwd=HERE, limit=2**20, **pipes)
    last = b""
    try:
        async with asyncio.timeout(PATIENCE):
            assert child.stdout is not None
            async for line in child.stdout:
                if line.startswith(b"ask ") and asked:
                    await asked(line[4:].decode().strip())
                else:
                    last = line
            assert await child.wait() == 0, f"{script} ended with {child.returncode}"
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return json.loads(last)
