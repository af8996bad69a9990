"""A dead, slow or confused engine costs nearly nobody anything, and one that is back is used again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from domain.catalog.finding import Early, Facets, Finder, Found, Mixed, MixedFound, Suggestion, Wanted
from search.client import PLAIN, EngineDown, EngineRefused, SearchClient
from search.fallback import Breaker, ResilientFinder


@dataclass
class Scripted:
    """A finder that answers, fails or sleeps as told; counts how often it is asked."""

    full_featured: bool
    error: Exception | None = None
    sleep: float = 0.0
    asked: int = 0
    seen: list[str] = field(default_factory=list)

    async def find(self, wanted: Wanted, early: Early | None = None) -> Found:
        self.asked += 1
        await asyncio.sleep(self.sleep)
        if self.error:
            raise self.error
        return Found([], 0, Facets(), self.full_featured)

    async def mixed(self, mixed: Mixed) -> MixedFound:
        await self.find(Wanted())
        return MixedFound([], {}, self.full_featured)

    async def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        await self.find(Wanted())
        return []


class Hands:
    """A clock moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def resilient(primary: Finder, clock: Hands) -> ResilientFinder:
    """One that has long patience, so that a busy machine is no slow engine; with one that sleeps it has little."""
    patience = 0.05 if isinstance(primary, Scripted) and primary.sleep else 20
    return ResilientFinder(primary, Scripted(full_featured=False), patience=patience, breaker=Breaker(clock))


@pytest.mark.parametrize(
    "engine",
    [
        Scripted(True, error=EngineDown("gone")),
        Scripted(True, error=EngineRefused("index_not_found", "no index")),
        Scripted(True, sleep=600),
    ],
    ids=["down", "without index", "slow"],
)
async def test_a_dead_engine_is_asked_seldom_and_found_again(engine: Scripted) -> None:
    clock = Hands()
    finder = resilient(engine, clock)
    for _ in range(50):
        assert not (await finder.find(Wanted())).full_featured
    assert engine.asked == 2
    clock.now += 1.1
    await asyncio.gather(*[finder.find(Wanted()) for _ in range(50)])
    assert engine.asked == 3, "one caller tries it"
    clock.now += 1.1
    await finder.find(Wanted())
    assert engine.asked == 3, "the pause doubles"

    engine.error, engine.sleep, finder._patience = None, 0, 20
    clock.now += 15
    assert (await finder.find(Wanted())).full_featured
    assert all([(await finder.find(Wanted())).full_featured for _ in range(5)])


async def test_one_failure_alone_changes_nothing() -> None:
    engine = Scripted(True, error=EngineDown("hiccup"))
    finder = resilient(engine, Hands())
    assert not (await finder.find(Wanted())).full_featured
    engine.error = None
    assert (await finder.find(Wanted())).full_featured


async def test_a_caller_who_leaves_during_the_try_does_not_block_it() -> None:
    clock = Hands()
    engine = Scripted(True, error=EngineDown("gone"))
    finder = resilient(engine, clock)
    for _ in range(2):
        await finder.find(Wanted())
    clock.now += 2
    engine.error, engine.sleep = None, 600
    leaving = asyncio.create_task(finder.find(Wanted()))
    await asyncio.sleep(0)
    leaving.cancel()
    await asyncio.gather(leaving, return_exceptions=True)
    engine.sleep = 0
    assert (await finder.find(Wanted())).full_featured


async def test_a_fault_of_our_own_is_not_hidden() -> None:
    finder = resilient(Scripted(True, error=ZeroDivisionError()), Hands())
    with pytest.raises(ZeroDivisionError):
        await finder.suggest("天", 5)


# ------------------------------------------------------------------------------------------------ the client
@dataclass
class Server:
    url: str
    requests: list[web.Request] = field(default_factory=list)
    status: int = 200
    body: bytes = b'{"hits": []}'
    sleep: float = 0.0


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """An engine that answers whatever it is told to."""
    made = Server("")

    async def answer(request: web.Request) -> web.Response:
        made.requests.append(request)
        await asyncio.sleep(made.sleep)
        return web.Response(status=made.status, body=made.body, content_type="application/json")

    app = web.Application()
    app.router.add_post("/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert site._server is not None
    made.url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"  # type: ignore[union-attr]
    yield made
    await runner.cleanup()


async def test_asks_for_plain_answers_over_one_kept_connection(server: Server) -> None:
    async with SearchClient(server.url, "the-key", seconds=30) as client:
        for _ in range(3):
            assert await client.post("/multi-search", {}) == {"hits": []}
    assert {r.headers["Accept-Encoding"] for r in server.requests} == {PLAIN}
    assert {r.headers["Authorization"] for r in server.requests} == {"Bearer the-key"}
    assert len({r.transport for r in server.requests}) == 1


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (500, b'{"code": "internal"}', EngineDown),
        (502, b"<html>", EngineDown),
        (429, b"{}", EngineDown),
        (200, b"[]", EngineDown),
        (200, b"", EngineDown),
        (404, b'{"code": "index_not_found", "message": "no"}', EngineRefused),
        (403, b'{"code": "invalid_api_key", "message": "no"}', EngineRefused),
    ],
)
async def test_no_usable_answer_is_a_fault(server: Server, status: int, body: bytes, expected: type[Exception]) -> None:
    server.status, server.body = status, body
    async with SearchClient(server.url, None, seconds=30) as client:
        with pytest.raises(expected):
            await client.post("/multi-search", {})


async def test_a_silent_engine_is_given_up(server: Server) -> None:
    server.sleep = 0.3
    async with SearchClient(server.url, None, seconds=0.05) as client:
        with pytest.raises(EngineDown):
            await client.post("/multi-search", {})
