"""No answer crosses from one viewer to another, whoever asks whatever after whomever."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as attempts
from hypothesis import strategies as st

from domain.base import ViewerKind, clock
from domain.members import sessions
from server.settings import Settings
from tests.client import Client, open_client
from tests.factories import members
from tests.operations.cases import CASES
from tests.operations.test_documents import APPS
from tests.operations.test_statements import queries
from tests.operations.world import World, make
from tests.responses.test_graph import cache

VIEWERS = ("anyone", "member", "other", "shop", "platform", "stranger")
# What the process says of itself differs from one moment to the next.
RESTLESS = frozenset({"PlatformTraffic", "PlatformSearchStatus"})
DOCUMENTS = {
    (app, name): text for app in APPS for name, text in queries(app).items() if name in CASES[app].keys() - RESTLESS
}
# An order that is paid in time, an image's address and so on do not depend on who asks; whose cart it is does.
CHANGE = 'mutation { addToCart(skuId: "%s", quantity: 1) { __typename ... on Cart { lineCount } } }'
MINE = "{ me { nickname } categories { id } }"
ALIASED = "{ kept: categories { id } mine: me { nickname } }"
CONDITION = "query($mine: Boolean!) { categories { id } me @include(if: $mine) { nickname } }"
MORE: dict[tuple[str, str], tuple[str, dict[str, Any]]] = {
    ("test", "both"): (MINE, {}),
    ("test", "aliased"): (ALIASED, {}),
    ("test", "with"): (CONDITION, {"mine": True}),
    ("test", "without"): (CONDITION, {"mine": False}),
}
ASKED = [*DOCUMENTS, *MORE]


@dataclass
class Mall:
    """A mall that keeps answers and one that does not, on the same rows; what each viewer is told without a cache."""

    runner: asyncio.Runner
    kept: Client
    plain: Client
    world: World
    told: dict[tuple[tuple[str, str], str], Any] = field(default_factory=dict)

    def body(self, asked: tuple[str, str]) -> dict[str, Any]:
        if asked in MORE:
            text, variables = MORE[asked]
            return {"query": text, "variables": variables}
        app, name = asked
        return {"query": DOCUMENTS[asked], "variables": self.world.fill(CASES[app][name].variables)}

    async def ask(self, client: Client, asked: tuple[str, str], viewer: str) -> httpx.Response:
        token = self.world.tokens[viewer]
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return await client.http.post("/graphql", json=self.body(asked), headers=headers)

    async def expected(self, asked: tuple[str, str], viewer: str) -> Any:
        if (asked, viewer) not in self.told:
            self.told[asked, viewer] = (await self.ask(self.plain, asked, viewer)).json()
        return self.told[asked, viewer]


@pytest.fixture
def mall(settings: Settings, clean_database: None, clean_redis: None) -> Iterator[Mall]:
    profile = {"meili_url": None, "rate_factor": 1000.0}
    clock.stop(clock.now())
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()

        async def begin() -> Mall:
            plain = await stack.enter_async_context(open_client(settings.model_copy(update=profile)))
            more = profile | {"kept_megabytes": 1}
            kept = await stack.enter_async_context(open_client(settings.model_copy(update=more)))
            world = await make(plain.mall.database)
            await plain.mall.indexer.apply(set(world.products))
            other = await members.member(plain.mall.database, nickname="另一位")
            assert other.id is not None
            async with plain.mall.database.begin() as uow:
                started = await sessions.begin(uow, ViewerKind.MEMBER, other.id, "测试机")
            world.tokens |= {"other": started.access, "stranger": "x" * 40}
            return Mall(runner, kept, plain, world)

        yield runner.run(begin())
        runner.run(stack.aclose())
    clock.reset()


def test_everybody_is_told_what_is_theirs_in_whatever_order_they_ask(mall: Mall) -> None:
    questions = st.lists(st.tuples(st.sampled_from(ASKED), st.sampled_from(VIEWERS)), min_size=5, max_size=30)

    @attempts(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(questions)
    def ask(questions: list[tuple[tuple[str, str], str]]) -> None:
        mall.runner.run(_ask(mall, questions))

    ask()


async def _ask(mall: Mall, questions: list[tuple[tuple[str, str], str]]) -> None:
    for asked, viewer in questions:
        reply = await mall.ask(mall.kept, asked, viewer)
        assert reply.json() == await mall.expected(asked, viewer), (asked, viewer)
        assert reply.headers["cache-control"] == "private, no-store"
        assert "etag" not in reply.headers
        assert "age" not in reply.headers


def test_every_question_of_every_page_by_everybody_after_everybody(mall: Mall) -> None:
    """Not a sample: each document, by all viewers forth and back, so that each asks before and after each other."""
    rounds = [(asked, viewer) for asked in ASKED for viewer in (*VIEWERS, *reversed(VIEWERS))]
    mall.runner.run(_ask(mall, rounds))
    counts = cache(mall.kept).counts
    assert counts.raw > 0
    assert counts.private > counts.memory


def test_only_answers_to_nobody_are_kept(mall: Mall) -> None:
    """What is kept afterwards is, to the byte, what somebody who is not signed in is told."""
    everybody = [(asked, viewer) for viewer in reversed(VIEWERS) for asked in ASKED]
    mall.runner.run(_ask(mall, everybody))
    memory = cache(mall.kept).memory
    kept = {entry.cached.body for table in (memory._new, memory._proven) for entry in table.values()}
    nobody = {mall.runner.run(mall.ask(mall.plain, asked, "anyone")).content for asked in ASKED}
    assert kept
    assert kept <= nobody
    names = ("另一位", mall.told[("test", "both"), "member"]["data"]["me"]["nickname"])
    assert not any(name.encode() in body for name in names for body in kept)


def test_what_one_does_in_between_is_seen_by_that_one_only(mall: Mall) -> None:
    asked = [("miniprogram-uniapp", name) for name in ("CartCount", "CartPage", "Home", "CategoryTree")]
    rounds = [(each, viewer) for each in asked for viewer in VIEWERS]
    mall.runner.run(_ask(mall, rounds))

    async def change() -> None:
        done = await mall.kept.as_(mall.world.tokens["other"]).ask(CHANGE % mall.world.ids["sku"])
        assert done["__typename"] == "Cart"

    mall.runner.run(change())
    for each in asked[:2]:
        del mall.told[each, "other"]
    mall.runner.run(_ask(mall, rounds))
    assert mall.told[asked[0], "other"] != mall.told[asked[0], "anyone"]
