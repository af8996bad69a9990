"""Answers at hand, before anything else looks at the request: no log line, no trace id, no budget; only counted.

A request is answered here when it is signed in by nothing, asks byte for byte what was asked before, and wants nothing
special. Every other request goes on as if nobody had looked at it.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.endpoint.accepting import accepted
from server.endpoint.asking import PLAIN_TYPES, address_of
from server.endpoint.http import CONTENT, COST_HEADER, NO_SNIFFING, PRIVATE
from server.refusing import RequestRefused
from server.responses.cache import Responses
from server.responses.kept import Cached
from server.responses.memory import LONGEST_RAW
from server.whole import spelt, whole_of

# With one of these a request is not like any other.
SPECIAL = frozenset({b"authorization", b"content-encoding", b"transfer-encoding", COST_HEADER})


class Quick:
    """Stands before the endpoint whose answers are kept."""

    def __init__(self, app: ASGIApp, responses: Responses) -> None:
        self.app = app
        self._responses = responses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (wishes := _wishes(scope)) is None:
            await self.app(scope, receive, send)
            return
        if public := scope["method"] == "GET":
            kept = self._responses.hit(address_of(scope))
        else:
            body, receive = await _short(receive)
            kept = self._responses.hit(body) if body is not None else None
        if kept is None or not await _answered(kept, wishes, public, scope, send):
            await self.app(scope, receive, send)


async def _answered(kept: Cached, wishes: tuple[bytes, bytes], public: bool, scope: Scope, send: Send) -> bool:
    """Whether the caller was given what is kept."""
    start = _start(kept, *wishes, public)
    if start is None:
        return False
    status, headers = start["status"], start["headers"]
    body = b"" if status == 304 else kept.body
    whole = whole_of(scope)
    if whole is None or not whole(status, spelt(headers), body):
        await send({**start, "headers": [*headers]})
        await send({"type": "http.response.body", "body": body})
    return True


def _wishes(scope: Scope) -> tuple[bytes, bytes] | None:
    """Accept and If-None-Match of a request that may be answered here; None for any other."""
    typed, accept, known = scope["method"] == "GET", b"", b""
    if not typed and scope["method"] != "POST":
        return None
    for name, value in scope["headers"]:
        if name == b"accept":
            accept = value
        elif name == b"content-type":
            typed = typed or value in PLAIN_TYPES
        elif name == b"if-none-match":
            known = value
        elif name in SPECIAL:
            return None
    return (accept, known) if typed else None


def _start(kept: Cached, accept: bytes, known: bytes, public: bool) -> Message | None:
    """The head of the response, made once for all who get it; None when the caller takes neither media type."""
    if public and known and kept.is_known(known.decode("latin-1")):
        return {"type": "http.response.start", "status": 304, "headers": kept.headers}
    try:
        media = accepted(accept)
    except RequestRefused:
        return None
    found = kept.starts.get((media, public))
    if found is None:
        length = (b"content-length", str(len(kept.body)).encode())
        headers = (CONTENT[media], NO_SNIFFING, *(kept.headers if public else PRIVATE), length)
        found = kept.starts[media, public] = {"type": "http.response.start", "status": 200, "headers": headers}
    return found


async def _short(receive: Receive) -> tuple[bytes | None, Receive]:
    """The body, when it is short enough to be at hand; and `receive` as it was before."""
    taken: list[Message] = []
    body, more = b"", True
    while more and len(body) <= LONGEST_RAW:
        message = await receive()
        taken.append(message)
        if message["type"] != "http.request":
            return None, _again(taken, receive)
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return None if more else body, _again(taken, receive)


def _again(taken: list[Message], receive: Receive) -> Receive:
    waiting = iter(taken)

    async def replayed() -> Message:
        return next(waiting, None) or await receive()

    return replayed
