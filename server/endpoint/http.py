"""One door over HTTP: POST and GET of operations, answered in one piece; never a 5xx for what a caller sends."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

import orjson
from starlette.types import Receive, Scope, Send

from domain.base import ANONYMOUS, ViewerKind
from domain.record import record
from schema.base import Context
from server.addresses import Addresses
from server.bodies import Gone, TooLarge, read
from server.endpoint import asking
from server.endpoint.accepting import JSON, RESPONSE, accepted
from server.masking import unforeseen
from server.operations import Asked, Operations, Prepared
from server.refusing import Mistaken, RequestRefused
from server.services import Mall
from server.whole import spelt, whole_of

Header = tuple[bytes, bytes]

# A first-party client that sends it is told what its operation cost.
COST_HEADER = b"x-graphql-cost"
# What this endpoint reads of a request; the others are not looked at.
READ = frozenset(
    {
        b"accept",
        b"authorization",
        b"content-length",
        b"content-type",
        b"if-none-match",
        b"sec-fetch-mode",
        b"sec-fetch-site",
        COST_HEADER,
        *asking.PERMITTED,
    }
)
CONTENT: Mapping[str, Header] = {
    media: (b"content-type", f"{media}; charset=utf-8".encode()) for media in (JSON, RESPONSE)
}
METHODS = b"GET, HEAD, POST, OPTIONS"
PRIVATE: tuple[Header, ...] = ((b"cache-control", b"private, no-store"), (b"vary", b"authorization, accept"))
NO_SNIFFING: Header = (b"x-content-type-options", b"nosniff")


class Kept(Protocol):
    """An answer that is the same for whoever is not signed in."""

    @property
    def body(self) -> bytes: ...

    @property
    def headers(self) -> tuple[Header, ...]:
        """`cache-control`, `etag`, `vary`."""
        ...

    def is_known(self, if_none_match: str) -> bool: ...


class Responses(Protocol):
    """Answers kept for whoever is not signed in."""

    def hit(self, raw: bytes | str) -> Kept | None:
        """The answer to a request of just this body, or this address as text, if it is at hand."""
        ...

    def remember(self, raw: bytes | str, cached: Any) -> None:
        """These bytes asked for that answer."""
        ...

    async def get(self, source: Prepared, context: Context, run: Callable[[Context], Awaitable[bytes]]) -> Kept | None:
        """The answer from where it is kept, or made by `run`; None when it must not be kept."""
        ...


@record
class Reply:
    """A whole response but for its length."""

    status: int
    body: bytes
    headers: tuple[Header, ...]
    # Whether it refuses what the caller did wrong.
    refuses: bool = False


class Endpoint:
    """An ASGI application for one path."""

    def __init__(self, operations: Operations, mall: Mall, *, responses: Responses | None = None) -> None:
        self._operations = operations
        self._mall = mall
        self._responses = responses
        self._addresses = Addresses(mall.settings.trusted_proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name: value for name, value in scope["headers"] if name in READ}
        try:
            reply = await self._reply(scope, headers, receive)
        except Gone:
            return
        except TooLarge:
            reply = _refusal(asking.too_large(), headers)
        except RequestRefused as refused:
            reply = _refusal(refused, headers)
        except Exception as error:
            reply = _refusal(unforeseen(error), headers)
        if reply.refuses:  # here, where what was sent is not held any more
            await self._mall.late.wait(self._addresses.of(scope))
        await respond(reply, scope, send)

    async def _reply(self, scope: Scope, headers: dict[bytes, bytes], receive: Receive) -> Reply:
        method = scope["method"]
        if method == "POST":
            asking.check_type(headers)
            asking.check_length(headers)
            raw = await read(receive)
            return self._at_hand(raw, headers, False) or await self._answer(asking.from_body(raw), raw, scope, headers)
        if method in ("GET", "HEAD"):
            asked, sent = asking.from_address(scope["query_string"], headers), asking.address_of(scope)
            at_hand = self._at_hand(sent, headers, _is_public(asked, method))
            return at_hand or await self._answer(asked, sent, scope, headers)
        if method == "OPTIONS":
            return Reply(204, b"", ((b"allow", METHODS),))
        raise RequestRefused(405, "METHOD_NOT_ALLOWED", "请使用 POST 或 GET")

    def _at_hand(self, raw: bytes | str, headers: dict[bytes, bytes], public: bool) -> Reply | None:
        """The answer to somebody who is not signed in and asks just what others asked."""
        if self._responses is None or b"authorization" in headers or (kept := self._responses.hit(raw)) is None:
            return None
        return _kept(kept, headers, public)

    async def _answer(self, asked: Asked, raw: bytes | str, scope: Scope, headers: dict[bytes, bytes]) -> Reply:
        media = accepted(headers.get(b"accept", b""))
        context = await self._context(scope, headers)
        prepared = await self._operations.prepare(asked, context)
        _check_method(prepared, scope["method"])
        if self._responses and prepared.kind == "query" and context.viewer.kind is ViewerKind.ANONYMOUS:

            async def run(own: Context) -> bytes:
                return await self._operations.run(prepared, own)

            if (kept := await self._responses.get(prepared, context, run)) is not None:
                public = _is_public(asked, scope["method"])
                # What is at hand is answered without another look at the headers, so only what anybody may ask is.
                if b"authorization" not in headers and (public or scope["method"] == "POST"):
                    self._responses.remember(raw, kept)
                return _kept(kept, headers, public)
        body = await self._operations.run(prepared, context)
        return Reply(200, body, (CONTENT[media], NO_SNIFFING, *PRIVATE))

    async def _context(self, scope: Scope, headers: dict[bytes, bytes]) -> Context:
        mall, viewer, expires_at = self._mall, ANONYMOUS, None
        if given := headers.get(b"authorization"):
            viewer, expires_at = await mall.viewers.of(given.decode("latin-1"))
        return Context(
            viewer,
            mall.database,
            mall.services,
            client_address=self._addresses.of(scope),
            expires_at=expires_at,
            wants_cost=COST_HEADER in headers,
        )


def _is_public(asked: Asked, method: str) -> bool:
    """Whether caches in front of us may keep the answer: to an address, of what is ours to ask."""
    return method != "POST" and asked.document_id is not None


def _kept(kept: Kept, headers: dict[bytes, bytes], public: bool) -> Reply:
    content = CONTENT[accepted(headers.get(b"accept", b""))]
    if not public:
        return Reply(200, kept.body, (content, NO_SNIFFING, *PRIVATE))
    if (known := headers.get(b"if-none-match")) and kept.is_known(known.decode("latin-1")):
        return Reply(304, b"", kept.headers)
    return Reply(200, kept.body, (content, NO_SNIFFING, *kept.headers))


def _check_method(prepared: Prepared, method: str) -> None:
    if prepared.kind == "subscription":
        raise RequestRefused(400, "BAD_REQUEST", "订阅请使用 WebSocket")
    if prepared.kind == "mutation" and method != "POST":
        raise RequestRefused(405, "METHOD_NOT_ALLOWED", "修改数据请使用 POST")


def _refusal(refused: RequestRefused, headers: dict[bytes, bytes]) -> Reply:
    """`application/json` promises 200 for a document that is only wrong; any other refusal has its own status."""
    try:
        media = accepted(headers.get(b"accept", b""))
    except RequestRefused:
        media = JSON
    status = 200 if isinstance(refused, Mistaken) and media == JSON else refused.status
    more: list[Header] = []
    if refused.retry_after is not None:
        more.append((b"retry-after", str(max(1, math.ceil(refused.retry_after))).encode()))
    if status == 401:
        more.append((b"www-authenticate", b"Bearer"))
    if status == 405:
        more.append((b"allow", METHODS))
    body = orjson.dumps({"errors": refused.errors()})
    return Reply(status, body, (CONTENT[media], NO_SNIFFING, *PRIVATE, *more), refused.status < 500)


async def respond(reply: Reply, scope: Scope, send: Send) -> None:
    """In one piece where the server takes it so."""
    body = b"" if scope["method"] == "HEAD" else reply.body
    length = b"" if reply.status in (204, 304) else b"%d" % len(reply.body)
    if (whole := whole_of(scope)) is not None:
        head = spelt(reply.headers)
        if whole(reply.status, b"%bcontent-length: %b\r\n" % (head, length) if length else head, body):
            return
    # A list of its own: those around us add to it.
    headers = [*reply.headers, (b"content-length", length)] if length else [*reply.headers]
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
