"""Whoever asks the mall something, repeats what got no answer, and remembers what was told."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx

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
