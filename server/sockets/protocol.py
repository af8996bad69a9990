"""Messages of graphql-transport-ws, checked one by one; whatever is none of them closes the socket with its code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import orjson

from server.bodies import decode
from server.operations import Asked

SUBPROTOCOL = "graphql-transport-ws"
# Bytes of one message; no operation of a client is longer.
MOST_BYTES = 64 * 1024
MOST_ID = 128
# Bytes a WebSocket has for the reason of a close.
MOST_REASON = 120

# Close codes of the protocol.
BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, NOT_ACCEPTABLE = 4400, 4401, 4403, 4406
TIMEOUT, ALREADY_EXISTS, TOO_MANY = 4408, 4409, 4429
TOO_BIG, LATER = 1009, 1013

Payload: TypeAlias = dict[str, Any]

ACK = b'{"type":"connection_ack"}'
PING = b'{"type":"ping"}'
PONG = b'{"type":"pong"}'


class Ended(Exception):
    """The socket is closed with this code and reason."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason.encode()[:MOST_REASON].decode(errors="ignore")


@dataclass(frozen=True)
class Init:
    payload: Payload


@dataclass(frozen=True)
class Ping:
    payload: Payload | None


@dataclass(frozen=True)
class Pong:
    pass


@dataclass(frozen=True)
class Subscribe:
    id: str
    asked: Asked


@dataclass(frozen=True)
class Complete:
    id: str


Message: TypeAlias = Init | Ping | Pong | Subscribe | Complete


def read(text: str | None) -> Message:
    """The message of a text frame; Ended for anything that is none, `None` being a binary frame."""
    if text is None:
        raise Ended(BAD_REQUEST, "Messages are text")
    if len(text) > MOST_BYTES:
        raise Ended(TOO_BIG, "Message too big")
    try:
        found = decode(text)
    except (ValueError, RecursionError):
        raise Ended(BAD_REQUEST, "Message is not JSON") from None
    if not isinstance(found, dict) or not isinstance(found.get("type"), str):
        raise Ended(BAD_REQUEST, "Message has no type")
    make = READERS.get(found["type"])
    if make is None:
        raise Ended(BAD_REQUEST, "Message is of no known type")
    return make(found)


def _init(found: Payload) -> Message:
    return Init(_object(found, "payload") or {})


def _ping(found: Payload) -> Message:
    return Ping(_object(found, "payload"))


def _pong(found: Payload) -> Message:
    _object(found, "payload")
    return Pong()


def _subscribe(found: Payload) -> Message:
    id, payload = _operation_id(found), found.get("payload")
    if not isinstance(payload, dict):
        raise Ended(BAD_REQUEST, "Subscribe has no payload")
    _object(payload, "extensions")
    query, document_id = _text(payload, "query"), _text(payload, "id")
    if query is None and document_id is None:
        raise Ended(BAD_REQUEST, "Payload has neither query nor id")
    return Subscribe(id, Asked(query, document_id, _text(payload, "operationName"), _object(payload, "variables")))


def _complete(found: Payload) -> Message:
    return Complete(_operation_id(found))


def _operation_id(found: Payload) -> str:
    id = found.get("id")
    if not isinstance(id, str) or not 0 < len(id) <= MOST_ID:
        raise Ended(BAD_REQUEST, f"Message needs an id of 1 to {MOST_ID} characters")
    return id


def _object(found: Payload, name: str) -> Payload | None:
    value = found.get(name)
    if value is not None and not isinstance(value, dict):
        raise Ended(BAD_REQUEST, f"{name} is not an object")
    return value


def _text(found: Payload, name: str) -> str | None:
    value = found.get(name)
    if value is not None and not isinstance(value, str):
        raise Ended(BAD_REQUEST, f"{name} is not a string")
    return value


READERS: Mapping[str, Callable[[Payload], Message]] = {
    "connection_init": _init,
    "ping": _ping,
    "pong": _pong,
    "subscribe": _subscribe,
    "complete": _complete,
}


# ------------------------------------------------------------------------------------------------ what we say
def pong(payload: Payload | None) -> bytes:
    """The answer to a ping, with what it carried."""
    return PONG if payload is None else orjson.dumps({"type": "pong", "payload": payload})


def next_(id: str, body: bytes) -> bytes:
    """One response, given as JSON."""
    return b'{"id":' + orjson.dumps(id) + b',"type":"next","payload":' + body + b"}"


def error(id: str, errors: list[dict[str, Any]]) -> bytes:
    """The end of an operation by what is wrong with it."""
    return orjson.dumps({"id": id, "type": "error", "payload": errors})


def complete(id: str) -> bytes:
    return orjson.dumps({"id": id, "type": "complete"})
