"""JSON from strangers, and no more of it than anybody needs."""

from __future__ import annotations

import orjson
from starlette.types import Receive

MOST_BYTES = 100 * 1024
MOST_DEPTH = 40
HELD = (dict, list)


class TooLarge(Exception):
    """The body is longer than MOST_BYTES."""


class Gone(Exception):
    """The client went away before its body was whole."""


async def read(receive: Receive) -> bytes:
    """The whole body of a request; TooLarge as soon as it is longer than MOST_BYTES."""
    body, more = bytearray(), True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        body += message.get("body", b"")
        if len(body) > MOST_BYTES:
            raise TooLarge
        more = message.get("more_body", False)
    return bytes(body)


def decode(data: str | bytes) -> object:
    """JSON in UTF-8, bounded in depth, no lone surrogates, no NaN; ValueError otherwise.

    A number beyond 64 bits becomes a fraction, which no scalar of ours takes for a whole number; beyond 308 digits it
    is refused.
    """
    raw = data.encode() if isinstance(data, str) else data
    value: object = orjson.loads(raw)  # by itself it stops at a thousand brackets within each other
    if raw.count(b"[") + raw.count(b"{") > MOST_DEPTH:
        _check_depth(value)
    return value


def _check_depth(value: object) -> None:
    """Looks at one level after the other, only at what holds more."""
    level = [value] if isinstance(value, HELD) else []
    for _ in range(MOST_DEPTH):
        level = [
            each
            for held in level
            for each in (held.values() if isinstance(held, dict) else held)
            if isinstance(each, HELD)
        ]
        if not level:
            return
    raise ValueError("nested too deeply")
