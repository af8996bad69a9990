"""News of orders over graphql-transport-ws, from a real server, with the relay at work."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from domain.base import clock
from jobs import relay
from server.embedded.state import StateDir
from server.embedded.valkey import Valkey
from server.settings import Settings
from server.worker import tools_of
from tests.client import Client
from tests.journey import documents
from tests.journey.mall import serve
from tests.journey.market import TOTAL, Market, Shopper, come, open_market, shopkeeper
from tests.journey.sockets import PATIENCE, Socket, open_socket
from tests.wechat.simulator import Simulator


@pytest.fixture
async def mall(mall: Client) -> AsyncIterator[Client]:
    """With the worker's relay running."""
    async with relaying(mall):
        yield mall


@asynccontextmanager
async def relaying(mall: Client) -> AsyncIterator[None]:
    """The relay of the worker, for as long as a test takes."""
    stop = asyncio.Event()
    task = asyncio.create_task(relay.run(tools_of(mall.mall), stop))
    try:
        yield
    finally:
        stop.set()
        await task


async def placed(buyer: Shopper, market: Market) -> tuple[dict[str, Any], str]:
    """A trade with the cashier open, and the apples' order in it."""
    trade = await buyer.prepaid(market.lines, TOTAL)
    return trade, apples_of(trade, market)


def apples_of(trade: dict[str, Any], market: Market) -> str:
    mine = str(market.apples.merchant_id)
    return next(order["id"] for order in trade["orders"] if order["merchantId"] == mine)


async def until(socket: Socket, state: str) -> dict[str, Any]:
    """The first news of that state; the same state may be told twice, another one only before it."""
    for _ in range(10):
        seen = await socket.data()
        if seen["state"] == state:
            return dict(seen)
    raise AssertionError(f"never {state}")


# ------------------------------------------------------------------------------------------------ news
async def test_the_order_as_it_stands_then_every_step_live(
    mall: Client, buyer: Shopper, market: Market, wxsim: Simulator, database: Any
) -> None:
    trade, order = await placed(buyer, market)
    desk = await shopkeeper(mall, database, market.apples.merchant_id, "keeper")
    async with open_socket(mall, buyer.phone.token) as phone, open_socket(mall, desk.token) as counter:
        await phone.subscribe(documents.ORDER_CHANGED, order=order)
        await counter.subscribe(documents.ORDER_CHANGED, order=order)
        for socket in (phone, counter):
            assert (await socket.data())["state"] == "AWAITING_PAYMENT"
        await wxsim.user_pays(trade["payment"])
        for socket in (phone, counter):
            await until(socket, "AWAITING_SHIPMENT")
        await desk.ask(documents.SHIP, order=order, number="SF1234567890")
        for socket in (phone, counter):
            assert (await until(socket, "SHIPPED"))["shipments"] == [{"trackingNumber": "SF1234567890"}]
        await buyer.phone.ask(documents.RECEIVE, order=order)
        for socket in (phone, counter):
            await until(socket, "RECEIVED")


async def test_the_shop_hears_of_its_own_arrivals_only(
    mall: Client, buyer: Shopper, market: Market, wxsim: Simulator, database: Any
) -> None:
    trade, apples = await placed(buyer, market)
    ours = await shopkeeper(mall, database, market.apples.merchant_id, "ours")
    theirs = await shopkeeper(mall, database, market.potatoes.merchant_id, "theirs")
    async with open_socket(mall, ours.token) as here, open_socket(mall, theirs.token) as there:
        for socket, shop in ((here, market.apples), (there, market.potatoes)):
            await socket.subscribe(documents.ARRIVED)
            await listening(mall, shop.merchant_id)
        await wxsim.user_pays(trade["payment"])
        mine, others = await here.data(), await there.data()
        assert (mine["id"], mine["state"]) == (apples, "AWAITING_SHIPMENT")
        assert others["id"] in {order["id"] for order in trade["orders"]} - {apples}
        await socket_is_quiet(here)


async def listening(mall: Client, shop: UUID) -> None:
    """Until Valkey tells the mall of what comes to the shop."""
    async with asyncio.timeout(PATIENCE):
        while not mall.mall.topics.standing(f"merchant-orders:{shop}"):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def socket_is_quiet(socket: Socket) -> None:
    """Nothing but the answer to a ping is on its way."""
    await socket.send({"type": "ping"})
    assert await socket.next() == {"type": "pong"}


async def test_strangers_are_refused_with_a_code(
    mall: Client, buyer: Shopper, market: Market, wxsim: Simulator, database: Any
) -> None:
    _, order = await placed(buyer, market)
    stranger = await come(mall, wxsim, "oStranger")
    rival = await shopkeeper(mall, database, market.potatoes.merchant_id, "rival")
    refusals = []
    for token, query in (
        (stranger.phone.token, documents.ORDER_CHANGED),
        (rival.token, documents.ORDER_CHANGED),
        (None, documents.ORDER_CHANGED),
        (buyer.phone.token, documents.ARRIVED),
        (None, documents.ARRIVED),
    ):
        async with open_socket(mall, token) as socket:
            await socket.subscribe(query, **({"order": order} if query is documents.ORDER_CHANGED else {}))
            refusals.append(await _code(socket))
    assert refusals == ["NOT_FOUND", "NOT_FOUND", "UNAUTHENTICATED", "FORBIDDEN", "UNAUTHENTICATED"]


async def _code(socket: Socket) -> str:
    message = await socket.next()
    errors = message["payload"] if message["type"] == "error" else message["payload"]["errors"]
    assert not any("data" in error for error in errors)
    return str(errors[0]["extensions"]["code"])


# ------------------------------------------------------------------------------------------------ tokens
async def test_signing_out_closes_the_socket(mall: Client, buyer: Shopper, market: Market) -> None:
    _, order = await placed(buyer, market)
    async with open_socket(mall, buyer.phone.token) as socket:
        await socket.subscribe(documents.ORDER_CHANGED, order=order)
        await socket.data()
        assert await buyer.phone.ask(documents.LOGOUT) == {"ok": True}
        assert await socket.closed() == 4403
    async with open_socket(mall, begin=False) as socket:
        await socket.send({"type": "connection_init", "payload": {"authorization": f"Bearer {buyer.phone.token}"}})
        assert await socket.closed() == 4403


async def test_a_token_that_ends_closes_the_socket(mall: Client, buyer: Shopper, market: Market, database: Any) -> None:
    _, order = await placed(buyer, market)
    async with database.read() as session:
        ends = await session.scalar(text("select max(access_expires_at) from sign_ins"))
    # Some seconds before its end.
    clock.advance(ends - clock.now() - timedelta(seconds=4))
    async with open_socket(mall, buyer.phone.token) as socket:
        await socket.subscribe(documents.ORDER_CHANGED, order=order)
        await socket.data()
        assert await socket.closed() == 4403


# ------------------------------------------------------------------------------------------------ Valkey away
async def test_the_stream_goes_on_after_valkey_was_killed(
    settings: Settings, wxsim: Simulator, database: Any, tmp_path: Path
) -> None:
    """What happened while nobody could be told is read again when the connection is back."""
    state = StateDir(tmp_path / "servers")
    state.prepare()
    valkey = Valkey(state, durable=False)
    valkey.start()
    try:
        async with serve(settings.model_copy(update={"redis_url": valkey.url}), wxsim, tmp_path) as mall:
            await _outlives(mall, wxsim, valkey, await open_market(database))
    finally:
        valkey.stop()


async def _outlives(mall: Client, wxsim: Simulator, valkey: Valkey, market: Market) -> None:
    buyer = await come(mall, wxsim)
    trade, order = await placed(buyer, market)
    async with relaying(mall), open_socket(mall, buyer.phone.token) as socket:
        await socket.subscribe(documents.ORDER_CHANGED, order=order)
        assert (await socket.data())["state"] == "AWAITING_PAYMENT"
        os.kill(valkey.pid, signal.SIGKILL)
        await asyncio.to_thread(valkey.stop)
        # Buying goes on without it.
        await wxsim.user_pays(trade["payment"])
        assert (await buyer.states(trade))[0] == "PAID"
        await asyncio.to_thread(valkey.start)
        assert (await until(socket, "AWAITING_SHIPMENT"))["id"] == order


# ------------------------------------------------------------------------------------------------ bad clients
@pytest.mark.parametrize(
    "frame",
    [
        "not json",
        b"\x00\x01",
        "[]",
        "3",
        "{}",
        '{"type": 3}',
        '{"type": "subscribe"}',
        '{"type": "subscribe", "id": "1"}',
        '{"type": "subscribe", "id": 1, "payload": {"query": "{ me { id } }"}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": 3}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "{ me { id } }", "variables": "none"}}',
        '{"type": "complete"}',
        '{"type": "no-such-type"}',
        "[" * 5000,
    ],
)
async def test_a_frame_that_is_none_closes_the_socket_and_nothing_else(
    mall: Client, caplog: pytest.LogCaptureFixture, frame: str | bytes
) -> None:
    async with open_socket(mall) as other, open_socket(mall) as socket:
        with caplog.at_level(logging.ERROR):
            await socket.send_raw(frame)
            assert await socket.closed() == 4400
        assert caplog.records == []
        await socket_is_quiet(other)


FAULTY = (
    "subscription {",
    "subscription { noSuchField }",
    "{ me { noSuchField } }",
    "fragment A on Order { id }",
    "",
)


async def test_a_faulty_document_ends_its_own_operation_only(mall: Client, buyer: Shopper, market: Market) -> None:
    trade, order = await placed(buyer, market)
    async with open_socket(mall, buyer.phone.token) as socket:
        good = await socket.subscribe(documents.ORDER_CHANGED, order=order)
        assert (await socket.next())["id"] == good
        for document in (
            "subscription {",
            "subscription { noSuchField }",
            "{ me { noSuchField } }",
            "",
            "fragment A on Order { id }",
        ):
            bad = await socket.subscribe(document)
            message = await socket.next()
            assert (message["id"], message["type"]) == (bad, "error")
            assert message["payload"][0]["extensions"]["code"] == "BAD_USER_INPUT"
        await buyer.phone.ask(documents.CANCEL, trade=trade["id"])
        message = await socket.next()
        assert (message["id"], message["payload"]["data"]["orderChanged"]["state"]) == (good, "CLOSED")
