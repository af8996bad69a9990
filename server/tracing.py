"""A trace id for every request, taken from `traceparent` where the caller sends one, and told back in `x-trace-id`."""

from __future__ import annotations

import random
import re
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.base import trace_id
from server.logs import RequestLog
from server.whole import EXTENSION, whole_of

TRACEPARENT = re.compile(rb"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")
# Asked every few seconds by machines; a line each would drown the others.
QUIET = ("/livez", "/readyz", "/media/", "/assets/", "/static/", "/console/")


class Tracing:
    """Sets the trace id, logs one line per request with its status and duration; never bodies or variables."""

    def __init__(self, app: ASGIApp, note: RequestLog) -> None:
        self.app = app
        self._note = note

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        trace = _trace_of(scope)
        token = trace_id.set(trace)
        try:
            await self._traced(trace, scope, receive, send)
        finally:
            trace_id.reset(token)

    async def _traced(self, trace: str, scope: Scope, receive: Receive, send: Send) -> None:
        started, status, mark = time.perf_counter(), 0, trace.encode()

        async def told(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (b"x-trace-id", mark)]
            await send(message)

        def told_whole(code: int, head: bytes, body: bytes) -> bool:
            nonlocal status
            status = code
            return whole is not None and whole(code, b"%bx-trace-id: %b\r\n" % (head, mark), body)

        if (whole := whole_of(scope)) is not None:
            scope["extensions"][EXTENSION] = told_whole
        try:
            await self.app(scope, receive, told)
        finally:
            if not scope["path"].startswith(QUIET):
                spent = round((time.perf_counter() - started) * 1000, 1)
                self._note(scope.get("method", "WS"), scope["path"], status, spent)


def _trace_of(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"traceparent" and (found := TRACEPARENT.fullmatch(value)):
            return found[1].decode()
    # It tells requests apart and opens nothing, so it may be guessed.
    return f"{random.getrandbits(128):032x}"
