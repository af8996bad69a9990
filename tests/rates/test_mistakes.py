"""What is read in vain is paid for; what is granted without asking is little."""

from __future__ import annotations

import httpx
import pytest
from graphql import DocumentNode

from domain.base import Budget
from server import documents, reading
from server.purses import CREDIT, MOST_SPENT, SECONDS, Credit, Spent
from server.refusing import RequestRefused
from server.settings import Settings
from tests.client import Client, open_client


def test_a_little_is_granted_and_no_more() -> None:
    now = 100.0
    credit = Credit(lambda: now)
    assert credit.covers("a", 1000 * CREDIT, 1000)
    assert not credit.covers("a", 1, 1000)
    assert credit.covers("b", 1, 1000), "each caller has a credit of his own"
    now += SECONDS
    assert credit.covers("a", 1, 1000), "and a new one a moment later"


def test_a_small_budget_grants_nothing() -> None:
    assert not Credit().covers("a", 10, 100)


@pytest.mark.parametrize("points", [0.0, 0.5])
def test_next_to_nothing_is_always_granted(points: float) -> None:
    assert Credit().covers("a", points, 100)


async def test_documents_read_in_vain_use_up_the_budget(
    strict: Settings, clean_database: None, clean_redis: None
) -> None:
    async with open_client(strict.model_copy(update={"address_budget": Budget(1, 500)})) as client:
        replies = [await _ask(client, f"{{ wrong{number} }}") for number in range(7)]
        # The caller's mistake, told as GraphQL tells it.
        assert [reply.status_code for reply in replies[:5]] == [200] * 5
        assert replies[0].json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
        assert [reply.status_code for reply in replies[5:]] == [429] * 2
        assert replies[5].json()["errors"][0]["extensions"]["code"] == "THROTTLED"
        assert int(replies[5].headers["retry-after"]) >= 1


async def test_who_cannot_pay_for_a_mistake_is_not_read(
    strict: Settings, clean_database: None, clean_redis: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = list[str]()

    def parsed(text: str) -> DocumentNode:
        read.append(text)
        return reading.parsed(text)

    monkeypatch.setattr(documents, "parsed", parsed)
    async with open_client(strict.model_copy(update={"address_budget": Budget(1, 250)})) as client:
        known = "{ __typename }"
        assert (await _ask(client, known)).status_code == 200
        replies = [await _ask(client, f"{{ wrong{number} }}") for number in range(20)]
        assert [reply.status_code for reply in replies] == [200] * 2 + [429] * 18
        assert len(read) == 4, "the known one, two mistakes, and the one that was too much"
        assert (await _ask(client, known)).status_code == 200, "what is known is answered as ever"


def test_who_has_nothing_left_may_try_again_later() -> None:
    now = 100.0
    spent = Spent(lambda: now)
    spent.put("a", RequestRefused(429, "THROTTLED", "慢", retry_after=3))
    assert spent.get("b") is None
    refused = spent.get("a")
    assert refused is not None
    assert refused.code == "THROTTLED"
    now += 3
    assert spent.get("a") is None


def test_only_so_many_are_remembered() -> None:
    spent = Spent(lambda: 100.0)
    for number in range(MOST_SPENT + 1):
        spent.put(str(number), RequestRefused(429, "THROTTLED", "慢", retry_after=3))
    assert spent.get("0") is None
    assert spent.get("1") is not None
    assert spent.get(str(MOST_SPENT)) is not None


async def test_what_is_refused_unread_is_free(strict: Settings, clean_database: None, clean_redis: None) -> None:
    closed = {"address_budget": Budget(1, 500), "trusted_only": True}
    async with open_client(strict.model_copy(update=closed)) as client:
        replies = [await _ask(client, f"{{ wrong{number} }}") for number in range(20)]
        assert {reply.status_code for reply in replies} == {400}
        assert {reply.json()["errors"][0]["extensions"]["code"] for reply in replies} == {"UNKNOWN_DOCUMENT"}


async def _ask(client: Client, query: str) -> httpx.Response:
    return await client.http.post("/graphql", json={"query": query})
