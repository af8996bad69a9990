"""The cases: what is asked of whom, side by side, a round at a time."""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

import orjson
from rich.console import Console

from bench import basket, documents, fan_out, flash, found, hot, pages, paint, recalled, solving
from bench.attack import attacking, sent_from
from bench.comparing import HAND, Comparing, Request, Rival
from bench.load import Load, get, post
from bench.pages import Measured, Page
from bench.rows import Goal, Row, failed
from bench.viewers import viewers
from bench.world import World
from server.database import Database

CITY = "530600"
WORDS = "苹果"
PLAIN = "plain Strawberry and ORM"
OURS = "server.app:create_app"
# A page document is measured for this part of the time that a case is, and once.
SHARE_OF_PAGE = 0.15
MOST_STATEMENTS = 6
ATTACKERS = 16
# So many addresses that none comes twice.
MANY = 2**22


@dataclass
class Run:
    """What the cases share: the world, the programs started so far, and what was found besides rows."""

    world: World
    seconds: float
    rounds: int
    fans: int
    open: ExitStack
    # Only one case was asked for: it may take its time.
    alone: bool = False
    documents: list[Measured] = field(default_factory=list)
    _ports: dict[str, int] = field(default_factory=dict)

    @property
    def comparing(self) -> Comparing:
        return Comparing(self.seconds, self.rounds, self.world.pids)

    def ours(self) -> int:
        """The mall with nothing kept: every answer is made."""
        return self._port("ours", lambda: self.world.serving(OURS, factory=True, MALL_KEPT_MEGABYTES="0"))

    def keeping(self) -> int:
        """The mall as it is delivered."""
        return self._port("keeping", lambda: self.world.serving(OURS, factory=True))

    def gate(self, **settings: str) -> int:
        """As `ours` behind a proxy that says whose each request is, with the budgets as they are delivered."""
        chosen = {"MALL_KEPT_MEGABYTES": "0", "MALL_RATE_FACTOR": "1", "MALL_TRUSTED_PROXIES": "127.0.0.1", **settings}
        return self._port(f"gate {settings}", lambda: self.world.serving(OURS, factory=True, processes=1, **chosen))

    def hand(self) -> int:
        return self._port("hand", lambda: self.world.serving("bench.hand:app"))

    def plain(self) -> int:
        return self._port("plain", lambda: self.world.serving("bench.plain:app"))

    def _port(self, name: str, start: Callable[[], AbstractContextManager[int]]) -> int:
        if name not in self._ports:
            self._ports[name] = self.open.enter_context(start())
        return self._ports[name]

    async def pages(self) -> list[Page]:
        database = Database(self.world.settings)
        try:
            return pages.pages(await viewers(database))
        finally:
            await database.close()


Case = Callable[[Run], Awaitable[list[Row]]]


async def measure(run: Run, only: Collection[str]) -> list[Row]:
    """The cases asked for, one after the other; one that cannot be measured does not hide the others."""
    rows: list[Row] = []
    for name, case in CASES.items():
        if only and name not in only:
            continue
        started = time.perf_counter()
        try:
            rows += await case(run)
            ended = "done"
        except Exception as error:
            Console().print_exception(max_frames=40)
            rows.append(failed(name, f"{type(error).__name__}: {error}"))
            ended = "failed"
        Console().print(f"{name:10} {ended:6} {time.perf_counter() - started:6.1f} s", highlight=False)
    return rows


# ------------------------------------------------------------------------------------------------ pages
async def list_page(run: Run) -> list[Row]:
    ask = _fixed(post("/graphql", {"query": documents.LIST, "variables": {"origin": CITY}}))
    by_hand = _fixed(post("/products", {"prefix": CITY.rstrip("0")}))
    rivals = {
        HAND: Rival(run.hand(), by_hand, Goal(1.0)),
        PLAIN: Rival(run.plain(), ask, Goal(25)),
        "bare Starlette": _bare(run),
    }
    same = (HAND, PLAIN)
    return await run.comparing.compare("list page", (run.ours(), ask), rivals, same=same)


async def product_page(run: Run) -> list[Row]:
    id = str(run.world.product_id)
    ask = _fixed(post("/graphql", {"query": documents.PRODUCT, "variables": {"id": id}}))
    rivals = {
        HAND: Rival(run.hand(), _fixed(post("/product", {"id": id})), Goal(0.9)),
        PLAIN: Rival(run.plain(), ask),
    }
    same = (HAND, PLAIN)
    return await run.comparing.compare("product page", (run.ours(), ask), rivals, same=same)


async def page_documents(run: Run) -> list[Row]:
    """Only the list and the product page have a hand-written twin; of the others the figures stand by themselves."""
    short = Comparing(run.seconds * SHARE_OF_PAGE, 1, run.world.pids)
    run.documents = await pages.measure(run.ours(), await run.pages(), short)
    counted = [each.statements for each in run.documents if each.statements is not None]
    goal = Goal(MOST_STATEMENTS, least=False)
    case = f"SQL statements of a page document, the most of {len(counted)}"
    rows = [Row(case, "", max(counted, default=0), None, goal=goal, unit="")]
    wrong = [each for each in run.documents if each.problem]
    return rows + [failed(f"page document {each.document}", each.problem or "") for each in wrong]


async def search_page(run: Run) -> list[Row]:
    body = {"query": documents.SEARCH, "variables": {"query": WORDS, "origin": CITY}}
    return await run.comparing.compare("search page", (run.ours(), _fixed(post("/graphql", body))), _against_bare(run))


async def typename(run: Run) -> list[Row]:
    ask = _fixed(post("/graphql", {"query": "{ __typename }"}))
    return await run.comparing.compare("{ __typename }", (run.ours(), ask), _against_bare(run))


async def kept_page(run: Run) -> list[Row]:
    """A page of the mini-program by its id, as anybody asks for it: by POST, and by GET as a CDN does."""
    id = next(page.body["id"] for page in await run.pages() if page.name == NEARBY)
    variables = {"originCode": CITY, "first": 20}
    address = urlencode({"id": id, "variables": orjson.dumps(variables).decode()})
    asked = {"POST": post("/graphql", {"id": id, "variables": variables}), "GET": get(f"/graphql?{address}")}
    rows: list[Row] = []
    for method, request in asked.items():
        case = f"kept anonymous page of 20 products, {method}"
        rows += await run.comparing.compare(case, (run.keeping(), _fixed(request)), _against_bare(run, Goal(0.6)))
    return rows


NEARBY = "Nearby"


# ------------------------------------------------------------------------------------------------ orders
async def place_order(run: Run) -> list[Row]:
    rivals = {HAND: Rival(run.hand(), _placed_by_hand(run.world))}
    ours = (run.ours(), _placed(run.world))
    case = f"place order, {len(run.world.goods)} SKUs"
    return await run.comparing.compare(case, ours, rivals, before=run.world.forget_orders)


async def basket_of_many(run: Run) -> list[Row]:
    """A quote and an order of ten SKUs of four merchants; of neither is a ratio promised."""
    asked = run.world, run.ours(), run.comparing
    return [await basket.quoted(*asked), await basket.placed(*asked)]


async def hot_sku(run: Run) -> list[Row]:
    """With one process of the API, and with two as a house of two cores runs it (`server api --workers 2`).

    Raises where a piece too many or too few was sold, so that whoever sees figures knows there was none.
    """
    found = await hot.hot_sku(run.world, seconds=run.seconds, rounds=run.rounds, processes=(1, 2))
    (alone, _), (two, spent) = found
    sold = Row("pieces of it oversold or undersold", "", 0, None, goal=Goal(0, least=False), unit="")
    whole = Row("processor time of an order: API, PostgreSQL and buyers", "", spent.all, None, unit=" µs")
    return [alone, replace(two, goal=Goal(3.0)), whole, sold]


async def flash_sale(run: Run) -> list[Row]:
    """Many buyers for few pieces; with Valkey and the worker, and with a process of the API killed in the middle, too.

    Raises where a piece too many or too few was sold. Asked for alone, it is ten times as many buyers.
    """
    scale = flash.GREAT if run.alone else flash.Scale()
    return await flash.flash_sale(run.world, scale, seconds=run.seconds, rounds=run.rounds)


def _placed(world: World) -> Request:
    buyers, goods, numbers = itertools.cycle(world.buyers), itertools.cycle(world.goods), itertools.count()

    def make() -> bytes:
        buyer, good = next(buyers), next(goods)
        wanted = {
            "idempotencyKey": f"bench-{next(numbers):010}",
            "lines": [{"skuId": str(good.sku_id), "quantity": 1}],
            "addressId": str(buyer.address_id),
            "expectedTotal": good.total,
            "fromCart": False,
        }
        return documents.place(wanted, buyer.token)

    return make


def _placed_by_hand(world: World) -> Request:
    buyers, goods, numbers = itertools.cycle(world.buyers), itertools.cycle(world.goods), itertools.count()

    def make() -> bytes:
        asked = {"skuId": str(next(goods).sku_id), "memberId": str(next(buyers).id), "quantity": 1}
        return post("/place", {**asked, "key": f"hand-{next(numbers):010}"})

    return make


# ------------------------------------------------------------------------------------------------ news
async def fanned_out(run: Run) -> list[Row]:
    """The same burst to as many sockets of both, each a fresh process, since their memory is looked at."""
    world = run.world
    await world.forget_orders()
    with world.serving(OURS, factory=True) as port:
        order_id = await world.place_one(port, _placed(world)())
        mine = await fan_out.fanned_out(port, "/graphql", world, order_id, run.fans)
    with world.serving("bench.hand:app") as port:
        raw = await fan_out.fanned_out(port, "/raw", world, order_id, run.fans)
    case = f"subscription deliveries, {run.fans} clients"
    p50, p99 = mine.took[len(mine.took) // 2], mine.took[int(len(mine.took) * 0.99)]
    return [
        Row(case, "raw Starlette sockets", mine.rate, raw.rate, p50, p99, goal=Goal(1.0)),
        Row("server CPU per delivery", "raw Starlette sockets", mine.cpu_us, raw.cpu_us, unit=" µs"),
        Row("memory per idle client", "", mine.kib, None, goal=Goal(25, least=False), unit=" KiB"),
    ]


# ------------------------------------------------------------------------------------------------ strangers
async def attacked(run: Run) -> list[Row]:
    """The list page with nothing kept, by quiet and while the hostile set is sent; every page must be served.

    As in production, where our endpoint knows only the documents of our pages; and where it reads whatever is sent.
    Every page is another visitor's. The attackers have an address each, or another one each time.
    """
    ours = {"id": documents.sent_by_pages("Nearby"), "variables": {"originCode": CITY, "first": 20}}
    free = {"query": documents.LIST, "variables": {"origin": CITY}}
    strict, open_ = run.gate(MALL_TRUSTED_ONLY="1"), run.gate()
    return [
        await _attacked(run, "our documents only", strict, ours, ATTACKERS),
        await _attacked(run, "free texts", open_, free, ATTACKERS),
        await _attacked(run, "free texts, each from another address", open_, free, MANY),
    ]


async def _attacked(run: Run, door: str, port: int, page: object, addresses: int) -> Row:
    quiet, loud, ask = list[Load](), list[Load](), _from_everywhere(post("/graphql", page))
    for _ in range(run.rounds):
        quiet.append(await run.comparing.once("list page, quiet", port, ask))
        async with attacking(port, connections=ATTACKERS, addresses=addresses):
            loud.append(await run.comparing.once("list page, attacked", port, ask))
    before, now = (statistics.median(load.p99 for load in loads) for loads in (quiet, loud))
    case = f"p99 of the list page while {ATTACKERS} connections attack; {door}"
    return Row(case, "quiet", now, before, goal=Goal(2.0, least=False), unit=" ms")


def _from_everywhere(request: bytes) -> Request:
    """Each time somebody else's, and none of the attackers'."""
    numbers = itertools.count(MANY)
    return lambda: sent_from(request, next(numbers))


async def best_price(run: Run) -> list[Row]:
    return solving.solving(run.seconds * run.rounds)


# ------------------------------------------------------------------------------------------------ phones
async def first_paint(run: Run) -> list[Row]:
    """The home page and a product's page on a phone that comes for the first time."""
    return await paint.painted(run.keeping(), run.world.product_id, rounds=run.rounds)


# ------------------------------------------------------------------------------------------------ recalls
async def recall_of_many(run: Run) -> list[Row]:
    """Asked for by name only: it takes minutes."""
    return await recalled.recalled(run.world) if run.alone else []


# ------------------------------------------------------------------------------------------------ searching
async def found_among_many(run: Run) -> list[Row]:
    """Asked for by name only: it takes many minutes."""
    return await found.found(run.world, run.ours(), rounds=run.rounds) if run.alone else []


# ------------------------------------------------------------------------------------------------ shared
def _fixed(request: bytes) -> Request:
    return lambda: request


def _bare(run: Run, goal: Goal | None = None) -> Rival:
    return Rival(run.hand(), _fixed(get("/bare")), goal)


def _against_bare(run: Run, goal: Goal | None = None) -> Mapping[str, Rival]:
    return {"bare Starlette": _bare(run, goal)}


CASES: Mapping[str, Case] = {
    "list": list_page,
    "product": product_page,
    "documents": page_documents,
    "cached": kept_page,
    "hot": hot_sku,
    "flash": flash_sale,
    "fanout": fanned_out,
    "attack": attacked,
    "typename": typename,
    "search": search_page,
    "place": place_order,
    "basket": basket_of_many,
    "solve": best_price,
    "paint": first_paint,
    "recall": recall_of_many,
    "found": found_among_many,
}
