"""graphql-transport-ws by the client that most front ends use, and the close codes it knows."""

from __future__ import annotations

from typing import Any

import pytest

from server.settings import Settings
from tests.external.conftest import run, serve
from tests.factories import members
from tests.factories import orders as market

pytestmark = [pytest.mark.external, pytest.mark.xdist_group("external")]


@pytest.fixture
async def told(node: str, settings: Settings, database: Any, clean_redis: None) -> dict[str, Any]:
    """What every scene of the script saw, and the order it heard of."""
    shop, buyer = await market.shop(database), await market.buyer(database)
    trade = await market.placed(database, buyer, {shop.sku: 1})
    order = (await market.order_of(database, trade))["id"]
    token = (await members.signed_in(database, buyer.viewer)).access
    async with serve(settings) as mall:

        async def announce(_what: str) -> None:
            await mall.mall.topics.publish(f"order:{order}", "changed")

        given = {"url": f"ws://{mall.address}/graphql", "token": token, "order": str(order)}
        found: dict[str, Any] = await run(node, "client.mjs", given, announce)
    return {**found, "news": {"data": {"orderChanged": {"id": str(order), "state": "AWAITING_PAYMENT"}}}}


async def test_the_client_is_served_and_refused_as_it_expects(told: dict[str, Any]) -> None:
    assert told["query"][0]["data"]["__typename"] == "Query"
    assert told["query"][0]["data"]["carriers"]
    assert told["variables"] == [{"data": {"brands": []}}]
    assert told["mutation"] == [{"data": {"login": {"__typename": "Refused"}}}]
    assert told["many"] == [f"a{n}" for n in range(15)]
    # What goes wrong while an operation runs is part of its result; one that is not even begun ends with errors.
    assert [error["extensions"]["code"] for error in told["refused"][0]["errors"]] == ["UNAUTHENTICATED"]
    assert [told["invalid"], told["syntax"]] == [{"code": "BAD_USER_INPUT"}] * 2
    # What is said once is heard once, also by a client that had lost its line.
    assert told["subscription"] == [told["news"]] * 3
    assert told["reconnect"] == {"connected": 2, "retried": True, "value": told["news"]}
    assert len(told["ping"]) == 3
    assert _closes(told) == CLOSES


CLOSES = {
    "badToken": 4403,
    "tooLong": 1009,
    "silent": 4408,
    "noProtocol": 4406,
    "unintroduced": 4401,
    "introducedTwice": 4429,
    "nonsense": 4400,
    "sameId": 4409,
}


def _closes(told: dict[str, Any]) -> dict[str, Any]:
    known = told["expected"]
    assert (known["Forbidden"], known["BadRequest"]) == (4403, 4400)
    return {name: told[name].get("close", told[name]) for name in CLOSES}
