"""Buyers who place, pay, cancel and ask, who repeat what got no answer, and who remember what they were told."""

from __future__ import annotations

import asyncio
import random
import secrets
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.journey import documents
from tests.wechat.simulator import Simulator

# Seconds a buyer goes on repeating one request: longer than any restart takes here.
PATIENCE = 120.0


class NoAnswer(Exception):
    """The mall did not answer in time, or said that it could not."""


@dataclass
class Memory:
    """What the crowd was told, by whoever told it."""

    placed: dict[str, dict[str, Any]] = field(default_factory=dict)  # trades the mall acknowledged
    charged: dict[str, int] = field(default_factory=dict)  # combined orders WeChat says were paid, in fen
    paid: set[str] = field(default_factory=set)  # trades the mall says are paid
    cancelled: set[str] = field(default_factory=set)
    placed_at: list[float] = field(default_factory=list)
    refusals: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)


@dataclass
class Buyer:
    """One phone. `chances` comes from a seed, so that a run can be repeated."""

    http: httpx.AsyncClient
    wxsim: httpx.AsyncClient
    openid: str
    memory: Memory
    chances: random.Random
    token: str = ""
    address: str = ""

    async def ask(self, query: str, **variables: Any) -> Any:
        headers = {"authorization": f"Bearer {self.token}"} if self.token else {}
        try:
            reply = await self.http.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
            found = reply.json()
        except (httpx.HTTPError, ValueError) as error:
            raise NoAnswer(type(error).__name__) from error
        if found.get("errors"):
            raise NoAnswer(found["errors"][0].get("extensions", {}).get("code", "?"))
        answer = next(iter(found["data"].values()))
        if isinstance(answer, dict) and answer.get("code") == "UNAVAILABLE":
            raise NoAnswer("UNAVAILABLE")
        return answer

    async def insist(self, query: str, **variables: Any) -> Any:
        """As `ask`, again and again with the same variables: that must be safe."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return await self.ask(query, **variables)
            except NoAnswer as failure:
                self.memory.failures[str(failure)] += 1
                if time.monotonic() > end:
                    raise
                await asyncio.sleep(0.1 + self.chances.random() * 0.3)

    async def come(self, simulator: Simulator) -> None:
        session = await self.insist(documents.LOGIN, code=await simulator.login_code(self.openid))
        self.token = session["accessToken"]
        where = {"name": "王小明", "phone": "13888880001", "regionCode": "530602", "detail": "洒渔镇三台村 12 号"}
        self.address = (await self.insist(documents.SAVE_ADDRESS, input=where))["id"]

    async def shop_until(self, enough: asyncio.Event, prices: dict[str, int]) -> None:
        while not enough.is_set():
            await self.buy(prices)
            await asyncio.sleep(self.chances.random() * 0.2)

    async def buy(self, prices: dict[str, int]) -> None:
        """One purchase, as far as this buyer takes it."""
        chosen = self.chances.sample(sorted(prices), self.chances.randint(1, min(3, len(prices))))
        lines = [{"skuId": sku, "quantity": self.chances.randint(1, 2)} for sku in chosen]
        total = sum(prices[line["skuId"]] * line["quantity"] for line in lines)
        page = {"lines": lines, "addressId": self.address, "expectedTotal": total, "fromCart": False}
        trade = await self.insist(documents.PLACE, input={**page, "idempotencyKey": secrets.token_hex(8)})
        if trade["__typename"] != "Trade":
            self.memory.refusals[trade["code"]] += 1
            return
        self.memory.placed[trade["id"]] = trade
        self.memory.placed_at.append(time.monotonic())
        if self.chances.random() < 0.15:
            await self.cancel(trade["id"])
        elif self.chances.random() < 0.9:
            await self.pay(trade)

    async def cancel(self, trade_id: str) -> None:
        answer = await self.insist(documents.CANCEL, trade=trade_id)
        if answer.get("state") == "CLOSED":
            self.memory.cancelled.add(trade_id)

    async def pay(self, trade: dict[str, Any]) -> None:
        prepay = await self.insist(documents.PAY, trade=trade["id"])
        if prepay["__typename"] != "Prepay":
            self.memory.refusals[prepay["code"]] += 1
            return
        cashier = {"package": prepay["package"], "lose_notice": self.chances.random() < 0.25}
        answer = await self.wxsim.post("/h5/pay", json=cashier)
        assert answer.json() == {"errMsg": "requestPayment:ok"}, answer.text
        self.memory.charged[prepay["package"]] = trade["total"]
        if self.chances.random() < 0.4:
            seen = await self.insist(documents.CONFIRM_PAYMENT, trade=trade["id"])
            assert seen["state"] == "PAID", seen
            self.memory.paid.add(trade["id"])


class Crowd:
    """Some buyers over one memory."""

    def __init__(self, base_url: str, simulator: Simulator, size: int, seed: int) -> None:
        limits = httpx.Limits(max_connections=size * 2)
        self.http = httpx.AsyncClient(base_url=base_url, timeout=10, trust_env=False, limits=limits)
        self.wxsim = httpx.AsyncClient(base_url=simulator.base_url, timeout=30, trust_env=False)
        self.memory = Memory()
        self._simulator = simulator
        self.buyers = [
            Buyer(self.http, self.wxsim, f"oCrowd{seed}{at:04d}", self.memory, random.Random(seed * 100 + at))
            for at in range(size)
        ]

    async def come(self) -> None:
        await asyncio.gather(*(buyer.come(self._simulator) for buyer in self.buyers))

    async def shop(self, enough: asyncio.Event, prices: dict[str, int]) -> None:
        """Returns when everybody has finished the purchase at hand after `enough`."""
        await asyncio.gather(*(buyer.shop_until(enough, prices) for buyer in self.buyers))

    async def go(self) -> None:
        await self.http.aclose()
        await self.wxsim.aclose()
