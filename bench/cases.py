"""The cases: what is asked of whom, side by side, a round at a time."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any

import orjson

from bench import documents, fan_out
from bench.load import Load, drive, get, post
from bench.world import World

CITY = "530600"
WORDS = "苹果"


@dataclass(frozen=True)
class Row:
    """One line of the table. Rates per second; latencies are ours, in milliseconds."""

    case: str
    against: str
    ours: float
    reference: float
    p50_ms: float
    p99_ms: float

    @property
    def ratio(self) -> float:
        return self.ours / self.reference

    def told(self) -> dict[str, Any]:
        row = {name: round(value, 3) if isinstance(value, float) else value for name, value in asdict(self).items()}
        return {**row, "case": f"{self.case} / {self.against}", "ratio": round(self.ratio, 4)}


Request = Callable[[], bytes]


async def measure(world: World, *, seconds: float, rounds: int, fans: int) -> list[Row]:
    """Every case; programs run one at a time against one database, references between ours."""
    with (
        world.serving("server.app:create_app", factory=True) as ours,
        world.serving("bench.hand:app") as hand,
        world.serving("bench.plain:app") as plain,
    ):
        bench = Bench(seconds, rounds, world.forget_orders)
        rows: list[Row] = []
        bare = (hand, lambda: get("/bare"))
        for name, asked, by_hand in _pages(world):
            ask = _fixed(post("/graphql", asked))
            others = {"bare Starlette": bare}
            if by_hand:
                others = {"hand-written": (hand, _fixed(by_hand)), "plain Strawberry": (plain, ask), **others}
            rows += await bench.compare(name, (ours, ask), others, same=by_hand is not None)
        placed = {"hand-written": (hand, _placed_by_hand(world)), "bare Starlette": bare}
        rows += await bench.compare("place order", (ours, _placed(world)), placed, same=False)
        rows.append(await _fanned_out(world, ours, hand, fans))
    return rows


class Bench:
    def __init__(self, seconds: float, rounds: int, before: Callable[[], Awaitable[None]]) -> None:
        self._seconds = seconds
        self._rounds = rounds
        self._before = before

    async def compare(
        self, case: str, ours: tuple[int, Request], others: dict[str, tuple[int, Request]], *, same: bool
    ) -> list[Row]:
        """Ours and the references in turn, `rounds` times; the medians of each."""
        found: dict[str, list[Load]] = {"ours": [], **{name: [] for name in others}}
        for _ in range(self._rounds):
            await self._before()
            for name, (port, request) in {"ours": ours, **others}.items():
                found[name].append(await self._once(case, name, port, request))
        if same:
            _require_same(case, found["ours"][0], found["hand-written"][0])
        mine = found.pop("ours")
        rate, p50, p99 = (
            statistics.median(getattr(load, name) for load in mine) for name in ("per_second", "p50", "p99")
        )
        return [
            Row(case, name, rate, statistics.median(load.per_second for load in loads), p50, p99)
            for name, loads in found.items()
        ]

    async def _once(self, case: str, name: str, port: int, request: Request) -> Load:
        load = await drive(port, request, seconds=self._seconds)
        if load.failed or b'"errors"' in load.body[:200]:
            raise RuntimeError(f"{case} by {name}: {load.failed} failed; {load.body[:300]!r}")
        return load


def _require_same(case: str, ours: Load, hand: Load) -> None:
    """The reference is only one if it answers the same."""
    mine, theirs = orjson.loads(ours.body), orjson.loads(hand.body)
    if mine != theirs:
        where = next((at for at, pair in enumerate(zip(ours.body, hand.body, strict=False)) if pair[0] != pair[1]), 0)
        around = slice(max(0, where - 80), where + 80)
        raise RuntimeError(f"{case}: answered differently:\n{ours.body[around]!r}\n{hand.body[around]!r}")


def _pages(world: World) -> list[tuple[str, dict[str, Any], bytes | None]]:
    id = str(world.product_id)
    return [
        (
            "list page",
            {"query": documents.LIST, "variables": {"origin": CITY}},
            post("/products", {"prefix": CITY.rstrip("0")}),
        ),
        ("product page", {"query": documents.PRODUCT, "variables": {"id": id}}, post("/product", {"id": id})),
        ("search page", {"query": documents.SEARCH, "variables": {"query": WORDS, "origin": CITY}}, None),
    ]


def _fixed(request: bytes) -> Request:
    return lambda: request


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
        return post("/graphql", {"query": documents.PLACE, "variables": {"input": wanted}}, token=buyer.token)

    return make


def _placed_by_hand(world: World) -> Request:
    buyers, goods, numbers = itertools.cycle(world.buyers), itertools.cycle(world.goods), itertools.count()

    def make() -> bytes:
        asked = {"skuId": str(next(goods).sku_id), "memberId": str(next(buyers).id), "quantity": 1}
        return post("/place", {**asked, "key": f"hand-{next(numbers):010}"})

    return make


async def _fanned_out(world: World, ours: int, hand: int, fans: int) -> Row:
    """The same burst to the same number of sockets of both."""
    await world.forget_orders()
    order_id = await world.place_one(ours, _placed(world)())
    mine, took = await fan_out.deliveries(ours, "/graphql", world, order_id, fans)
    raw, _ = await fan_out.deliveries(hand, "/raw", world, order_id, fans)
    case = f"subscription fan-out, {fans} sockets"
    return Row(case, "raw Starlette sockets", mine, raw, took[len(took) // 2], took[int(len(took) * 0.99)])
