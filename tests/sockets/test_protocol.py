"""graphql-transport-ws to the letter: what closes the socket with which code, and what only ends an operation."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.frames import Frame, Opcode
from websockets.typing import Subprotocol

from server.settings import Settings
from server.sockets import SocketLimits
from tests.sockets.conftest import Scene
from tests.sockets.island import Island, Raw, open_raw, serve

ORDER = "subscription ($id: ID!) { orderChanged(id: $id) { id } }"
TYPENAME = {"query": "{ __typename }"}


def subscribe(id: Any = "1", payload: Any = TYPENAME, **more: Any) -> str:
    return json.dumps({"id": id, "type": "subscribe", "payload": payload, **more})


def init(payload: Any) -> str:
    return json.dumps({"type": "connection_init", "payload": payload})


# What is sent first, and the code with which the socket closes.
BEFORE = {
    "not JSON": ("not json", 4400),
    "an empty text": ("", 4400),
    "a binary frame": (b'{"type":"connection_init"}', 4400),
    "bytes that are no text": (b"\x00\x01\xff", 4400),
    "null": ("null", 4400),
    "a number": ("3", 4400),
    "a string": ('"connection_init"', 4400),
    "a list": ("[]", 4400),
    "true": ("true", 4400),
    "no type": ("{}", 4400),
    "a type that is a number": ('{"type": 3}', 4400),
    "a type that is null": ('{"type": null}', 4400),
    "a type that is a list": ('{"type": ["ping"]}', 4400),
    "an unknown type": ('{"type": "no-such-type"}', 4400),
    "the old protocol's start": ('{"type": "start", "id": "1", "payload": {"query": "{ __typename }"}}', 4400),
    "the server's ack": ('{"type": "connection_ack"}', 4400),
    "the server's next": ('{"type": "next", "id": "1", "payload": {}}', 4400),
    "the server's error": ('{"type": "error", "id": "1", "payload": []}', 4400),
    "nested without end": ("[" * 5000, 4400),
    "objects without end": ('{"a":' * 5000, 4400),
    "NaN": ('{"type": "ping", "payload": {"a": NaN}}', 4400),
    "half a character": ('{"type": "ping", "payload": {"a": "\\ud800"}}', 4400),
    "two messages in one": ('{"type": "ping"}{"type": "ping"}', 4400),
    "a payload that is a string": (init("x"), 4400),
    "a payload that is a list": (init([]), 4400),
    "a payload that is a number": (init(1), 4400),
    "a ping's payload that is a list": ('{"type": "ping", "payload": []}', 4400),
    "a pong's payload that is a string": ('{"type": "pong", "payload": "x"}', 4400),
    "an operation before the introduction": (subscribe(), 4401),
    "a token that is none": (init({"authorization": "Bearer nobody-knows-this-token"}), 4403),
    "a token of another scheme": (init({"authorization": "Basic abcdefghijklmnopqrstuvwxyz"}), 4403),
    "a token that is a number": (init({"authorization": 7}), 4403),
    "a token that is an object": (init({"authorization": {"a": 1}}), 4403),
    "a message too long": (init({"a": "x" * 70_000}), 1009),
}
# The same after the introduction.
AFTER = {
    "a second introduction": (init({}), 4429),
    "no id": ('{"type": "subscribe", "payload": {"query": "{ __typename }"}}', 4400),
    "an id that is a number": (subscribe(1), 4400),
    "an id that is null": (subscribe(None), 4400),
    "an id that is an object": (subscribe({}), 4400),
    "an id that is a list": (subscribe(["1"]), 4400),
    "an empty id": (subscribe(""), 4400),
    "an id without end": (subscribe("x" * 129), 4400),
    "no payload": ('{"type": "subscribe", "id": "1"}', 4400),
    "a payload that is null": (subscribe(payload=None), 4400),
    "a payload that is a string": (subscribe(payload="{ __typename }"), 4400),
    "a payload that is a list": (subscribe(payload=[TYPENAME]), 4400),
    "a payload of nothing": (subscribe(payload={}), 4400),
    "a query that is a number": (subscribe(payload={"query": 1}), 4400),
    "a query that is null": (subscribe(payload={"query": None}), 4400),
    "a query that is a list": (subscribe(payload={"query": ["{ __typename }"]}), 4400),
    "a document id that is a number": (subscribe(payload={"id": 7}), 4400),
    "variables that are a string": (subscribe(payload={**TYPENAME, "variables": "none"}), 4400),
    "variables that are a list": (subscribe(payload={**TYPENAME, "variables": []}), 4400),
    "an operation name that is a number": (subscribe(payload={**TYPENAME, "operationName": 1}), 4400),
    "an operation name that is a list": (subscribe(payload={**TYPENAME, "operationName": []}), 4400),
    "extensions that are a string": (subscribe(payload={**TYPENAME, "extensions": "x"}), 4400),
    "complete without an id": ('{"type": "complete"}', 4400),
    "complete with a number": ('{"type": "complete", "id": 1}', 4400),
}


@pytest.fixture
async def logged(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Any:
    """Whatever comes in, nothing is logged as an error, and there is no traceback."""
    with caplog.at_level(logging.WARNING):
        yield
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert "Traceback" not in "".join(capfd.readouterr())


async def test_every_frame_that_is_none_closes_its_own_socket(island: Island, logged: None) -> None:
    wrong = {}
    async with open_raw(island) as other:
        for introduced, table in ((False, BEFORE), (True, AFTER)):
            for name, (frame, code) in table.items():
                async with open_raw(island, begin=introduced) as raw:
                    await raw.send(frame)
                    found, reason = await raw.closed()
                    if found != code or not reason:
                        wrong[name] = (found, reason)
        await other.quiet()
    assert wrong == {}
    assert len(BEFORE) + len(AFTER) >= 52


# What is refused by itself: the socket and its other operations go on.
FAULTY = {
    "no document": "",
    "half a document": "subscription {",
    "an unknown field": "subscription { noSuchField }",
    "an unknown field of a query": "{ me { noSuchField } }",
    "only a fragment": "fragment A on Order { id }",
    "two fields at once": 'subscription { merchantOrderArrived { id } orderChanged(id: "x") { id } }',
    "a condition on the field": "subscription ($a: Boolean!) { merchantOrderArrived @skip(if: $a) { id } }",
    "a missing argument": "subscription { orderChanged { id } }",
    "a bad argument": 'subscription { orderChanged(id: "x") { id } }',
    "a missing variable": "subscription ($id: ID!) { orderChanged(id: $id) { id } }",
}


async def test_a_faulty_document_ends_its_own_operation_only(island: Island, scene: Scene, logged: None) -> None:
    async with open_raw(island, await scene.token(scene.buyer)) as raw:
        await raw.subscribe("good", ORDER, id=str(scene.order))
        await raw.data("good")
        for name, document in FAULTY.items():
            await raw.subscribe("bad", document)
            assert await raw.refused("bad") == "BAD_USER_INPUT", name
            await island.announce(scene.order)
            await raw.data("good")
        await raw.subscribe("bad", "{ __typename }")  # its id is free again
        assert await raw.data("bad") == "Query"


async def test_variables_of_a_wrong_form_are_the_operations_fault(island: Island, logged: None) -> None:
    async with open_raw(island) as raw:
        await raw.subscribe("1", "query ($id: ID!) { product(id: $id) { id } }", id={"not": "an id"})
        assert await raw.refused("1") == "BAD_USER_INPUT"
        await raw.subscribe("2", ORDER, id=[[]])
        assert await raw.refused("2") == "BAD_USER_INPUT"
        await raw.quiet()


# ------------------------------------------------------------------------------------------------ good clients
async def test_pings_are_answered_with_what_they_carry(island: Island) -> None:
    async with open_raw(island, begin=False) as raw:
        for ping in ({"type": "ping"}, {"type": "ping", "payload": None}):
            await raw.send(ping)
            assert await raw.next() == {"type": "pong"}
        await raw.send({"type": "ping", "payload": {"at": 7, "what": ["好"]}})
        assert await raw.next() == {"type": "pong", "payload": {"at": 7, "what": ["好"]}}
        for pong in ({"type": "pong"}, {"type": "pong", "payload": {}}, {"type": "pong", "payload": None}):
            await raw.send(pong)
        await raw.begin()
        await raw.quiet()


async def test_an_introduction_without_a_token_is_anonymous(island: Island) -> None:
    for payload in (None, {}, {"authorization": ""}, {"authorization": None}, {"other": [1]}):
        async with open_raw(island, begin=False) as raw:
            await raw.send(init(payload))
            assert await raw.next() == {"type": "connection_ack"}
            await raw.subscribe("1", "{ myOrderCounts { state } }")
            message = await raw.next()
            assert message["payload"]["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
            assert await raw.next() == {"id": "1", "type": "complete"}


async def test_queries_and_mutations_are_answered_and_completed(island: Island, scene: Scene) -> None:
    async with open_raw(island, await scene.token(scene.buyer)) as raw:
        await raw.send(subscribe("q", {"query": "query A { __typename } query B { me { id } }", "operationName": "B"}))
        assert await raw.data("q") == {"id": str(scene.buyer.id)}
        assert await raw.next() == {"id": "q", "type": "complete"}
        await raw.subscribe("m", "mutation { logout { __typename } }")
        assert await raw.data("m") == {"__typename": "Done"}
        assert await raw.next() == {"id": "m", "type": "complete"}


async def test_a_trusted_document_is_asked_for_by_its_id(island: Island) -> None:
    trusted = island.sockets.operations.documents.trusted
    id = next(id for id, text in trusted.items() if "carriers" in text)
    async with open_raw(island) as raw:
        await raw.send(subscribe("1", {"id": id}))
        assert (await raw.next())["type"] in ("next", "error")
    async with open_raw(island) as raw:
        await raw.send(subscribe("1", {"id": "0" * 64}))
        assert await raw.refused("1") == "UNKNOWN_DOCUMENT"


async def test_an_id_is_used_once_at_a_time(island: Island, scene: Scene) -> None:
    async with open_raw(island, await scene.token(scene.buyer)) as raw:
        long = "x" * 128
        for _ in range(2):
            await raw.subscribe(long, ORDER, id=str(scene.order))
            await raw.data(long)
            await raw.send({"id": long, "type": "complete"})
        await raw.subscribe(long, ORDER, id=str(scene.order))
        await raw.data(long)
        await raw.subscribe(long, "{ __typename }")
        code, reason = await raw.closed()
        assert code == 4409
        assert reason.startswith("Subscriber for xxx")


async def test_completing_what_is_not_there_changes_nothing(island: Island) -> None:
    async with open_raw(island) as raw:
        await raw.send({"id": "never", "type": "complete"})
        await raw.quiet()


# ------------------------------------------------------------------------------------------------ the handshake
async def test_another_protocol_is_not_acceptable(island: Island) -> None:
    for offered in (None, ["graphql-ws"], ["soap", "mqtt"]):
        async with open_raw(island, begin=False, subprotocols=offered) as raw:
            assert (await raw.closed())[0] == 4406


async def test_ours_is_chosen_among_others(island: Island) -> None:
    offered = [Subprotocol("graphql-ws"), Subprotocol("graphql-transport-ws")]
    async with open_raw(island, subprotocols=offered) as raw:
        assert raw.connection.subprotocol == "graphql-transport-ws"


async def test_a_page_of_somebody_else_opens_nothing(island: Island, logged: None) -> None:
    for origin in ("https://evil.example", "null", "http://127.0.0.1.evil.example", "file://", "http://["):
        with pytest.raises(InvalidStatus) as refused:
            async with open_raw(island, origin=origin):
                pass
        assert refused.value.response.status_code == 403, origin


async def test_our_own_pages_do(settings: Settings, scene: Scene) -> None:
    ours = settings.model_copy(update={"allowed_origins": ("https://mall.example.cn",)})
    async with serve(ours) as island:
        for origin in (f"http://{island.url}", "https://mall.example.cn"):
            async with open_raw(island, origin=origin) as raw:
                await raw.quiet()


async def test_text_that_is_no_utf8(island: Island, logged: None) -> None:
    async with open_raw(island) as raw:
        await _frame(raw, Frame(Opcode.TEXT, b'{"type":"ping","payload":{"a":"\xff\xfe"}}'))
        assert (await raw.closed())[0] == 1007


async def test_a_message_in_pieces_is_one_message(island: Island) -> None:
    async with open_raw(island) as raw:
        await _frame(raw, Frame(Opcode.TEXT, '{"type":"ping","payload":{"a":"好'.encode()[:-1], fin=False))
        await _frame(raw, Frame(Opcode.CONT, "好".encode()[-1:] + b'"}}'))
        assert await raw.next() == {"type": "pong", "payload": {"a": "好"}}


async def test_pieces_that_together_are_too_long(island: Island, logged: None) -> None:
    async with open_raw(island) as raw:
        await _frame(raw, Frame(Opcode.TEXT, b"x" * 40_000, fin=False))
        await _frame(raw, Frame(Opcode.CONT, b"x" * 40_000, fin=False))
        assert (await raw.closed())[0] == 1009


async def _frame(raw: Raw, frame: Frame) -> None:
    raw.connection.transport.write(frame.serialize(mask=True, extensions=[]))


# ------------------------------------------------------------------------------------------------ without frames
async def test_all_of_it_needs_no_help_from_the_server(settings: Settings, scene: Scene, logged: None) -> None:
    """Plain ASGI: news, refusals and closes all the same."""
    async with serve(settings, SocketLimits(), frames=False) as island:
        async with open_raw(island, await scene.token(scene.buyer)) as raw:
            await raw.subscribe("1", ORDER, id=str(scene.order))
            await raw.data("1")
            for _ in range(3):
                await island.announce(scene.order)
                await raw.data("1")
            await raw.subscribe("1", "{ __typename }")
            assert (await raw.closed())[0] == 4409
        for frame, code in list(BEFORE.values())[:8]:
            async with open_raw(island, begin=False) as raw:
                await raw.send(frame)
                assert (await raw.closed())[0] == code


async def test_a_client_that_vanishes_leaves_nothing(island: Island, scene: Scene, logged: None) -> None:
    token = await scene.token(scene.buyer)
    async with open_raw(island, token) as raw:
        await raw.subscribe("1", ORDER, id=str(scene.order))
        await raw.data("1")
        raw.connection.transport.abort()
        with pytest.raises(ConnectionClosed):
            await raw.connection.recv()
    await island.until("count", 0)
    assert island.sockets.hub.topics == 0
