"""Searching 100,000 products and 20,000 stories: ours beside the engine asked the same, and a rebuild meanwhile.

"The same" is to the letter: the calls our search makes for a question, written down once and sent again, side by side
as it sends them. What our answer costs beyond is GraphQL, the products' rows of this moment, and the names of facets.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import statistics
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import orjson
from rich.console import Console

from bench.load import post
from bench.rows import Goal, Row
from bench.world import ROOT, World
from domain.base import clock
from domain.catalog import searching
from domain.catalog.finding import Found, TraitsWanted, Wanted, attribute_of
from search.client import SearchClient
from search.fallback import PATIENCE
from search.meili import MeiliFinder
from search.suggesting import Vocabulary
from search.wiring import index_name, make_finder, make_indexer, page_index_name
from server.database import Database
from server.documents import trusted_documents
from server.seeds.scaling import Size, scale

BLOCKS = 5
# The orders are what makes a block take long to write, and no search reads them.
BLOCK = Size(products=20_000, orders=4_000, members=1_000, shops=200, stories=4_000)
WORDS = (
    *("苹果", "昭通苹果", "红富士", "天麻", "小草坝天麻", "花椒", "竹笋", "方竹笋", "土豆", "洋芋", "魔芋", "核桃"),
    *("tianma", "huajiao", "蜂蜜", "白茶", "火腿", "樱桃", "猕猴桃", "红糖"),
)
STORIES = ("霜降", "花椒", "外婆", "园子", "天麻")
DEAR = 20_000
# Of each program in one round, and clients at once of the crowded one.
PAIRS, CROWD = 300, 4
# A rebuild is awaited no longer.
HOUR = 3600.0
STEP = 0.05


@dataclass(frozen=True)
class Question:
    """One search: what we are asked, what the engine is asked for it."""

    ours: bytes
    engine: Sequence[bytes]
    wanted: Wanted


class Recorder(SearchClient):
    """Writes down what the engine is asked."""

    asked: list[dict[str, Any]]

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        self.asked.append(body)
        return await super().post(path, body)


class Line:
    """A connection that is kept, one question at a time."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def __aenter__(self) -> Line:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port, limit=2**22)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.close()

    async def ask(self, request: bytes) -> bytes:
        """The body of a reply; raises when it is no 200."""
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n", 1)[0])
        body = await self._reader.readexactly(length)
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{head[:40]!r} {body[:300]!r}")
        return body


async def found(world: World, port: int, *, rounds: int) -> list[Row]:
    """Asked for by name only: filling the world takes minutes. `port`: the mall with nothing kept."""
    database = Database(world.settings)
    try:
        await scale(database, world.settings, BLOCKS, lambda *told: None, BLOCK)
        rows = _told(await _filled(world, database))
        questions = await _questions(world, database)
        rows += _told(await _compared(port, questions, rounds))
        rows += _told(await _without_engine(world, database, questions))
        rows += _told(await _rebuilt(port, questions))
    finally:
        await database.close()
    return rows


def _told(rows: list[Row]) -> list[Row]:
    """Shown as soon as they are there: the whole takes half an hour."""
    for row in rows:
        Console().print(row.told(), highlight=False)
    return rows


# ------------------------------------------------------------------------------------------------ filling
async def _filled(world: World, database: Database) -> list[Row]:
    ends: list[float] = []
    products = 0

    def note(done: int, _total: int) -> None:
        nonlocal products
        products = done
        ends.append(time.perf_counter())

    async with make_indexer(world.settings, database) as indexer:
        started = time.perf_counter()
        await indexer.rebuild(note)
        whole = time.perf_counter()
        times = [await _one_change(database, indexer.apply, indexer.catch_up) for _ in range(10)]
    stories = BLOCKS * BLOCK.stories
    return [
        Row(f"indexing, {products:,} products", "", products / (ends[-1] - started), None),
        Row(f"indexing, {stories:,} stories, and the pages", "", stories / (whole - ends[-1]), None),
        Row("one change, until the engine has it", "", statistics.median(times) * 1000, None, unit=" ms"),
    ]


async def _one_change(database: Database, apply: Any, catch_up: Any) -> float:
    async with database.read() as session:
        found = await searching.find(session, Wanted(limit=1, facets=False), None)
    started = time.perf_counter()
    await apply(set(found.ids))
    await catch_up()
    return time.perf_counter() - started


# ------------------------------------------------------------------------------------------------ asking
async def _questions(world: World, database: Database) -> list[Question]:
    """Each of the words with a place, an attribute and a price that goods found by it have."""
    url, key = os.environ["MEILI_URL"], os.environ["MEILI_MASTER_KEY"]
    async with Recorder(url, key, seconds=PATIENCE * 10) as client:
        names = index_name(world.settings), page_index_name(world.settings)
        finder = MeiliFinder(client, *names, Vocabulary(database))
        chosen: list[Question] = []
        for words in WORDS:
            client.asked = []
            plain = Wanted(words, count_traits=True, counted_month=clock.today().month)
            wanted = _narrowed(plain, await finder.find(plain))
            client.asked = []
            if wanted and (await finder.find(wanted)).total:
                calls = [post("/multi-search", body, token=key) for body in client.asked]
                chosen.append(Question(_asked(wanted), calls, wanted))
    if len(chosen) < len(WORDS) // 2:
        raise RuntimeError(f"only {len(chosen)} questions find anything")
    return chosen


def _narrowed(plain: Wanted, found: Found) -> Wanted | None:
    """With three filters: the county most of it is from, the attribute most of it says, and a highest price."""
    said = found.facets.traits
    counties = {code: n for code, n in found.facets.origins.items() if len(code) == 6 and not code.endswith("00")}
    if not counties or not said:
        return None
    trait, county = max(said, key=lambda each: said[each]), max(counties, key=lambda code: counties[code])
    wanted = TraitsWanted(UUID(attribute_of(trait)), (trait.partition("=")[2],))
    return replace(plain, origin_code=county, price_to=DEAR, traits=(wanted,))


def _asked(wanted: Wanted) -> bytes:
    (id,) = (id for id, text in trusted_documents().items() if text.startswith("query SearchResults"))
    attributes = [{"attributeId": str(each.attribute_id), "values": list(each.values)} for each in wanted.traits]
    filter = {"originCode": wanted.origin_code, "priceTo": wanted.price_to, "attributes": attributes}
    variables = {"query": wanted.words, "filter": filter, "sort": "RELEVANCE", "ranking": "A", "after": None}
    return post("/graphql", {"id": id, "variables": variables})


@asynccontextmanager
async def _asking(port: int, calls: int) -> AsyncIterator[Callable[[Sequence[bytes]], Awaitable[list[bytes]]]]:
    """Sends up to so many requests side by side, each over a connection of its own."""
    async with AsyncExitStack() as opened:
        lines = [await opened.enter_async_context(Line(port)) for _ in range(calls)]

        async def ask(requests: Sequence[bytes]) -> list[bytes]:
            return await asyncio.gather(*[line.ask(each) for line, each in zip(lines, requests, strict=False)])

        yield ask


async def _compared(port: int, questions: Sequence[Question], rounds: int) -> list[Row]:
    rows = []
    for clients in (1, CROWD):
        ours, engine = list[float](), list[float]()
        for _ in range(rounds):
            pairs = [_pairs(port, questions, PAIRS // clients) for _ in range(clients)]
            for mine, theirs in await asyncio.gather(*pairs):
                ours += mine
                engine += theirs
        told = f"keyword, 3 filters and all facets, {clients} at a time" if clients > 1 else None
        rows += _ratios(told or "keyword, 3 filters and all facets", ours, engine, goal=clients == 1)
    return rows


async def _pairs(port: int, questions: Sequence[Question], count: int) -> tuple[list[float], list[float]]:
    """Milliseconds of ours and of the engine's, asked in turn, so that what else the machine does is borne by both."""
    engine_port = urlsplit(os.environ["MEILI_URL"]).port or 80
    most = max(len(each.engine) for each in questions)
    ours, engine = list[float](), list[float]()
    async with _asking(port, 1) as ask_us, _asking(engine_port, most) as ask_engine:
        for number, question in zip(range(-len(questions), count), itertools.cycle(questions), strict=False):
            started = time.perf_counter()
            (body,) = await ask_us([question.ours])
            between = time.perf_counter()
            await ask_engine(question.engine)
            ended = time.perf_counter()
            # Before that each was asked once, to warm up; what PostgreSQL answered on a crowded machine is no pair.
            if _is_whole(body) and number >= 0:
                ours.append((between - started) * 1000)
                engine.append((ended - between) * 1000)
    return ours, engine


def _is_whole(body: bytes) -> bool:
    """Whether the engine answered; raises where the search failed or a part is missing."""
    search = (orjson.loads(body).get("data") or {}).get("searchProducts")
    if not search or not search["nodes"] or not search["facets"]["attributes"]:
        raise RuntimeError(f"a search failed or was empty: {body[:300]!r}")
    return bool(search["fullFeatured"])


def _ratios(case: str, ours: Sequence[float], engine: Sequence[float], *, goal: bool) -> list[Row]:
    (p50, p99), (raw50, raw99) = _quantiles(ours), _quantiles(engine)
    against, wanted = "the engine asked the same", Goal(1.25, least=False) if goal else None
    return [
        Row(f"p50 of {case}", against, p50, raw50, p50, p99, goal=wanted, unit=" ms"),
        Row(f"p99 of {case}", against, p99, raw99, p50, p99, unit=" ms"),
    ]


def _quantiles(times: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(times)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]


async def _without_engine(world: World, database: Database, questions: Sequence[Question]) -> list[Row]:
    """The same questions while the engine is away."""
    settings = world.settings.model_copy(update={"meili_url": None})
    times = []
    async with make_finder(settings, database) as finder:
        for question in (*questions, *questions, *questions):
            started = time.perf_counter()
            await finder.find(question.wanted)
            times.append((time.perf_counter() - started) * 1000)
    p50, p99 = _quantiles(times)
    return [Row("the same while PostgreSQL answers", "", p50, None, p50, p99, unit=" ms")]


# ------------------------------------------------------------------------------------------------ rebuilding
async def _rebuilt(port: int, questions: Sequence[Question]) -> list[Row]:
    """Both indexes built anew by a process of its own while goods and stories are searched all the time."""
    started = time.perf_counter()
    child = await asyncio.create_subprocess_exec(sys.executable, "-m", "bench.index", cwd=ROOT)
    ended = asyncio.create_task(child.wait())
    goods = [question.ours for question in questions]
    heard = [Heard(each) for each in (goods, goods, _story_pages())]
    await asyncio.gather(*[each.listen(port, ended) for each in heard])
    if ended.result():
        raise RuntimeError("the rebuild failed")
    took = time.perf_counter() - started
    times = [each for one in heard for each in one.times]
    p50, p99 = _quantiles(times)
    never = Goal(0, least=False)
    return [
        Row("rebuild of both indexes while searches go on", "", took, None, unit=" s"),
        Row("searches answered meanwhile", "", len(times) / took, None, p50, p99),
        Row("of them failed or empty", "", sum(each.wrong for each in heard), None, goal=never, unit=""),
        Row("of them answered by PostgreSQL", "", sum(each.plain for each in heard), None, unit=""),
    ]


@dataclass
class Heard:
    """One caller, its questions in turn, and what became of them: milliseconds, and how many were wrong, or plain."""

    requests: Sequence[bytes]
    times: list[float] = field(default_factory=list)
    wrong: int = 0
    plain: int = 0

    async def listen(self, port: int, ended: asyncio.Task[int]) -> None:
        until = time.monotonic() + HOUR
        async with Line(port) as line:
            for request in itertools.cycle(self.requests):
                if ended.done() or time.monotonic() > until:
                    return
                started = time.perf_counter()
                body = await line.ask(request)
                self.times.append((time.perf_counter() - started) * 1000)
                self._judge(body)
                # Most of the machine is left to the rebuild.
                await asyncio.sleep(STEP)

    def _judge(self, body: bytes) -> None:
        search = next(iter((orjson.loads(body).get("data") or {"": None}).values()))
        right = search and search["total"] and search["nodes"]
        self.wrong += not right
        self.plain += bool(right and not search["fullFeatured"])


PAGES = """
query Pages($query: String!) {
  search(query: $query, kinds: [POST], first: 20) { total fullFeatured nodes { ... on Post { id } } }
}
"""


def _story_pages() -> list[bytes]:
    return [post("/graphql", {"query": PAGES, "variables": {"query": words}}) for words in STORIES]
