"""Phones before a flash sale: each asks for the way in, waits as it is told, orders once it is let in, and goes home
when it is told no. An answer that was lost is asked for again.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import secrets
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson

from bench import documents
from bench.load import Caller, post
from bench.world import Buyer

# Nobody buys two, so the last piece that is held is a no for everybody else: nobody waits until it is paid or given up.
NO_MORE = ("HOPING", "SOLD_OUT", "ENDED")


@dataclass(frozen=True)
class Sale:
    """`rate`: orders per second from the opening to the last one; `over`: seconds until the last buyer knew. The rest
    are milliseconds of an answer, p50 and p99.
    """

    sold: int
    rate: float
    over: float
    placing: tuple[float, float]
    refusing: tuple[float, float]


@dataclass
class _Person:
    buyer: Buyer
    key: str
    token: str | None = None


@dataclass
class Crowd:
    """Who is to ask next, and what was answered. `middle` comes with the order number `middle_at`."""

    offer_id: UUID
    buyers: Sequence[Buyer]
    total: int
    middle_at: int
    middle: asyncio.Event = field(default_factory=asyncio.Event)
    trades: dict[UUID, str] = field(default_factory=dict)
    answers: Counter[str] = field(default_factory=Counter)
    _placing: list[float] = field(default_factory=list)
    _refusing: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._turns = itertools.count()
        self._due: list[tuple[float, int, _Person]] = []
        self._began = self._last = time.perf_counter()
        for buyer in self.buyers:
            self.again(_Person(buyer, f"flash-{secrets.token_hex(8)}"))
        self.left = len(self.buyers)

    async def buy(self, port: int, connections: int) -> Sale:
        """Everybody asks by so many connections until everybody has an answer."""
        self._began = time.perf_counter()
        await asyncio.gather(*(self._line(port) for _ in range(connections)))
        over, rate = time.perf_counter() - self._began, len(self.trades) / (self._last - self._began)
        return Sale(len(set(self.trades.values())), rate, over, _p50_p99(self._placing), _p50_p99(self._refusing))

    async def _line(self, port: int) -> None:
        while self.left:
            try:
                _, caller = await asyncio.get_running_loop().create_connection(lambda: _Line(self), "127.0.0.1", port)
            except OSError:  # nobody listens for a moment
                await asyncio.sleep(0.1)
                continue
            await caller.done

    def again(self, person: _Person, after: float = 0.0) -> None:
        """Who was let in orders at once, before those who have not asked yet."""
        due = 0.0 if person.token else time.perf_counter() + after
        heapq.heappush(self._due, (due, next(self._turns), person))

    def next(self) -> _Person | float:
        """Who asks now, or the seconds until somebody might."""
        if not self._due:
            return 0.05  # everybody is at some other line
        wait = self._due[0][0] - time.perf_counter()
        return min(wait, 0.5) if wait > 0 else heapq.heappop(self._due)[2]

    def request(self, person: _Person) -> bytes:
        if person.token is None:
            asked: dict[str, Any] = {"query": documents.ENTER_FLASH, "variables": {"id": str(self.offer_id)}}
        else:
            page = {"idempotencyKey": person.key, "offerId": str(self.offer_id), "token": person.token, "quantity": 1}
            page |= {"addressId": str(person.buyer.address_id), "expectedTotal": self.total}
            asked = {"query": documents.PLACE_FLASH, "variables": {"input": page}}
        return post("/graphql", asked, token=person.buyer.token)

    def answered(self, person: _Person, body: bytes, took: float) -> None:
        data = orjson.loads(body).get("data")
        if not data:
            self.answers[body[:200].decode(errors="replace")] += 1
            self.again(person, 0.5)
        elif person.token is None:
            self._entered(person, data["enterFlash"], took)
        else:
            self._ordered(person, data["placeFlashOrder"], took)

    def _entered(self, person: _Person, entry: dict[str, Any], took: float) -> None:
        state = entry.get("state", entry["__typename"])
        self.answers[state] += 1
        person.token = entry.get("token")
        if person.token:
            self.again(person)
        elif state in NO_MORE:
            self._refusing.append(took * 1000)
            self.left -= 1
        else:
            self.again(person, (entry.get("retryAfterMs") or 1_000) / 1000)

    def _ordered(self, person: _Person, answer: dict[str, Any], took: float) -> None:
        self.answers[answer["__typename"]] += 1
        if answer["__typename"] == "Trade":
            self.trades[person.buyer.id] = answer["id"]
            self._placing.append(took * 1000)
            self._last = time.perf_counter()
            self.left -= 1
            if len(self.trades) >= self.middle_at:
                self.middle.set()
        else:  # the token is too old, or another one was quicker: the gate says which
            person.token = None
            self.again(person, 0.1)


def _p50_p99(spent: list[float]) -> tuple[float, float]:
    spent.sort()
    return spent[int(len(spent) * 0.5)], spent[int(len(spent) * 0.99)]


class _Line(Caller):
    """One connection, at which one after the other asks."""

    def __init__(self, crowd: Crowd) -> None:
        super().__init__(lambda: None, [])
        self._crowd = crowd
        self._asking: _Person | None = None

    def _send(self) -> None:
        if self._asking is not None:
            person, self._asking = self._asking, None
            self._crowd.answered(person, self.last, self._spent.pop())
        if not self._crowd.left:
            self._transport.close()
            return
        turn = self._crowd.next()
        if isinstance(turn, float):
            asyncio.get_running_loop().call_later(turn, self._look)
            return
        self._asking = turn
        self._sent_at = time.perf_counter()
        self._transport.write(self._crowd.request(turn))

    def _look(self) -> None:
        if not self.done.done() and self._asking is None:
            self._send()

    def connection_lost(self, error: Exception | None) -> None:
        if self._asking is not None:
            self._crowd.answers["lost"] += 1
            self._crowd.again(self._asking, 0.1)
            self._asking = None
        super().connection_lost(error)
