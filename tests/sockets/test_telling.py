"""Everybody is told the same for the price of one execution, and nobody what is not for them."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from domain.base import Forbidden, Unauthenticated, Viewer, ViewerKind
from domain.members.permissions import Permission
from server.graphql import schema
from server.settings import Settings
from server.sockets import SocketLimits
from subscriptions.base import news_of
from tests.client import counting
from tests.factories import orders
from tests.sockets.conftest import Scene
from tests.sockets.island import PATIENCE, Island, Raw, open_raw, serve

NEWS = "subscription ($id: ID!) { orderChanged(id: $id) { id state total merchant { name } lines { title quantity } } }"
SHORT = "subscription ($id: ID!) { orderChanged(id: $id) { id version } }"
ARRIVED = "subscription { merchantOrderArrived { id number } }"


async def test_the_first_value_and_the_news(island: Island, scene: Scene) -> None:
    async with open_raw(island, await scene.token(scene.buyer)) as phone:
        await phone.subscribe("1", NEWS, id=str(scene.order))
        first = await phone.data("1")
        assert first["id"] == str(scene.order)
        await _set(scene, "remark = 'x', version = version + 1")
        await island.announce(scene.order)
        assert await phone.data("1") == first
        await phone.send({"id": "1", "type": "complete"})
        await island.announce(scene.order)
        await phone.quiet()


async def _set(scene: Scene, change: str) -> None:
    async with scene.database.begin() as uow:
        await uow.session.execute(text(f"update orders set {change} where id = :id"), {"id": scene.order})


async def _audience(
    stack: AsyncExitStack, island: Island, token: str, number: int, query: str, **variables: Any
) -> list[Raw]:
    """So many sockets that have had their first value, every second with an id of its own."""
    found = [await stack.enter_async_context(open_raw(island, token)) for _ in range(number)]
    for place, raw in enumerate(found):
        await raw.subscribe("1" if place % 2 else f"own-{place}", query, **variables)
    for raw in found:
        await raw.data()
    return found


async def test_one_reading_and_one_execution_for_all_who_see_the_same(settings: Settings, scene: Scene) -> None:
    token = await scene.token(scene.buyer)
    async with serve(settings, SocketLimits(per_viewer=100)) as island, AsyncExitStack() as stack:
        here = {"id": str(scene.order)}
        fans = await _audience(stack, island, token, 30, NEWS, **here)
        alone = [await _one_event(island, scene, fans)]
        fans += await _audience(stack, island, token, 10, SHORT, **here)
        alone.append(await _one_event(island, scene, fans))
        assert [executed for executed, _ in alone] == [1, 2]
        # What the second selection reads of its own is one row; that there are forty clients costs nothing.
        assert alone[1][1] <= alone[0][1] + 1


async def _one_event(island: Island, scene: Scene, fans: list[Raw]) -> tuple[int, int]:
    """Executions and SQL statements of one announcement that everybody hears."""
    before = island.sockets.hub.executed
    async with counting(island.mall) as statements:
        await island.announce(scene.order)
        answers = [await raw.data() for raw in fans]
    assert {answer["id"] for answer in answers} == {str(scene.order)}
    return island.sockets.hub.executed - before, len(statements)


async def test_who_comes_together_is_read_for_together(settings: Settings, scene: Scene) -> None:
    async with serve(settings, SocketLimits(per_viewer=100)) as island, AsyncExitStack() as stack:
        token = await scene.token(scene.buyer)
        raws = [await stack.enter_async_context(open_raw(island, token)) for _ in range(20)]
        await asyncio.gather(*(raw.subscribe("1", SHORT, id=str(scene.order)) for raw in raws))
        for raw in raws:
            await raw.data("1")
        assert island.sockets.hub.executed < 20
        assert island.sockets.hub.delivered == 20
        assert island.sockets.hub.topics == 1


async def test_different_variables_are_different_selections(island: Island, scene: Scene) -> None:
    query = "subscription ($id: ID!, $with: Boolean!) { orderChanged(id: $id) { id remark @include(if: $with) } }"
    async with open_raw(island, await scene.token(scene.buyer)) as raw:
        await raw.subscribe("yes", query, id=str(scene.order), **{"with": True})
        assert await raw.data("yes") == {"id": str(scene.order), "remark": ""}
        await raw.subscribe("no", query, id=str(scene.order), **{"with": False})
        assert await raw.data("no") == {"id": str(scene.order)}


async def test_twenty_operations_and_not_one_more(island: Island, scene: Scene) -> None:
    async with open_raw(island, await scene.token(scene.buyer)) as raw:
        for number in range(20):
            await raw.subscribe(str(number), SHORT, id=str(scene.order))
            await raw.data(str(number))
        await raw.subscribe("20", SHORT, id=str(scene.order))
        assert await raw.refused("20") == "TOO_MANY"
        await raw.send({"id": "0", "type": "complete"})
        await raw.subscribe("20", SHORT, id=str(scene.order))
        await raw.data("20")


# ------------------------------------------------------------------------------------------------ arrivals
async def test_arrivals_are_told_to_the_shop_they_are_for(island: Island, scene: Scene) -> None:
    async with AsyncExitStack() as stack:
        ours = await stack.enter_async_context(open_raw(island, await scene.desk(scene.apples)))
        theirs = await stack.enter_async_context(open_raw(island, await scene.desk(scene.potatoes)))
        for raw in (ours, theirs):
            await raw.subscribe("1", ARRIVED)
        await _standing(island, f"merchant-orders:{scene.apples.merchant_id}")
        for order in (scene.order, scene.other):  # the second is announced to the wrong shop: it is not shown
            await island.mall.topics.publish(f"merchant-orders:{scene.apples.merchant_id}", str(order))
        assert (await ours.data("1"))["id"] == str(scene.order)
        assert await ours.refused("1") == "NOT_FOUND"
        await theirs.quiet()


async def test_a_shop_hears_of_every_step_of_its_orders(island: Island, scene: Scene) -> None:
    topic = f"merchant-order-steps:{scene.apples.merchant_id}"
    async with open_raw(island, await scene.desk(scene.apples)) as raw:
        await raw.subscribe("1", "subscription { merchantOrderChanged { id state } }")
        await _standing(island, topic)
        for _ in range(2):
            await island.mall.topics.publish(topic, str(scene.order))
            assert (await raw.data("1"))["id"] == str(scene.order)
        await island.mall.topics.publish(topic, str(scene.other))
        assert await raw.refused("1") == "NOT_FOUND"


async def _standing(island: Island, topic: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while not island.mall.topics.standing(topic):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_a_message_that_names_no_order_is_passed_over(island: Island, scene: Scene) -> None:
    topic = f"merchant-orders:{scene.apples.merchant_id}"
    async with open_raw(island, await scene.desk(scene.apples)) as raw:
        await raw.subscribe("1", ARRIVED)
        await _standing(island, topic)
        await island.mall.topics.publish(topic, "nonsense")
        await island.mall.topics.publish(topic, str(scene.order))
        assert (await raw.data("1"))["id"] == str(scene.order)


# ------------------------------------------------------------------------------------------------ lost, refused
async def test_what_may_be_seen_no_more_is_told_no_more(island: Island, scene: Scene) -> None:
    async with (
        open_raw(island, await scene.desk(scene.apples)) as shop,
        open_raw(island, await scene.token(scene.buyer)) as phone,
    ):
        for raw in (shop, phone):
            await raw.subscribe("1", SHORT, id=str(scene.order))
            await raw.data("1")
        third = await orders.shop(scene.database)
        await _set(scene, f"merchant_id = '{third.merchant_id}'")
        await island.announce(scene.order)
        assert await shop.refused("1") == "NOT_FOUND"
        await phone.data("1")
        await island.announce(scene.order)
        await phone.data("1")
        await shop.quiet()


def test_a_permission_is_asked_for_at_the_door() -> None:
    root = schema._schema.subscription_type
    assert root is not None
    told = news_of(root.fields["merchantOrderArrived"].extensions["strawberry-definition"].metadata)
    shop = Viewer(ViewerKind.MERCHANT, uuid4(), merchant_id=uuid4())
    for viewer in (shop, Viewer(), Viewer(ViewerKind.MEMBER, uuid4()), Viewer(ViewerKind.PLATFORM, uuid4())):
        with pytest.raises((Forbidden, Unauthenticated)):
            told.topic_for(viewer, {})
    reader = replace(shop, permissions=frozenset({Permission.MERCHANT_ORDERS_READ}))
    assert told.topic_for(reader, {}) == f"merchant-orders:{shop.merchant_id}"
