"""A response in one piece, where the server offers to take it so.

ASGI tells the head of a response and its body as two messages, and uvicorn writes each of them at once: two packets,
for which whoever waits wakes up twice. The optional extension is `scope["extensions"]["mall.whole"]`, a function

    (status: int, head: bytes, body: bytes) -> bool

that takes a response of which everything is known; `head` is its headers as HTTP/1.1 spells them. False: it was not
taken, and goes the ordinary way. `WholeProtocol` offers it for uvicorn; without it everything works, a little slower.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from typing import Any, TypeAlias
from weakref import ref

from starlette.types import Scope
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

EXTENSION = "mall.whole"

Whole: TypeAlias = Callable[[int, bytes, bytes], bool]


def whole_of(scope: Scope) -> Whole | None:
    """What takes whole responses to this request, if anything does."""
    found: Whole | None = scope.get("extensions", NOTHING).get(EXTENSION)
    return found


NOTHING: dict[str, Any] = {}


@lru_cache(maxsize=256)
def spelt(headers: tuple[tuple[bytes, bytes], ...]) -> bytes:
    """Headers of ours as HTTP/1.1 spells them; the few that there are, once."""
    return _lines(headers)


def _lines(headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    return b"".join(b"%b: %b\r\n" % header for header in headers)


class WholeProtocol(HttpToolsProtocol):
    """Offers the extension to every request."""

    # The headers of all responses, made anew every second by the server, and how they are spelt.
    _common: tuple[list[tuple[bytes, bytes]], bytes] = ([], b"")

    def _start_asgi_task(self, cycle: Any, app: Any) -> None:
        # Weakly, or every request would be a circle that only the search for garbage finds; it lives while it runs.
        cycle.scope["extensions"] = {EXTENSION: partial(self._take, ref(cycle))}
        super()._start_asgi_task(cycle, app)

    def _take(self, running: ref[Any], status: int, head: bytes, body: bytes) -> bool:
        if (cycle := running()) is None or self.flow.write_paused or cycle.response_started or self.access_log:
            return False  # what has to be waited for or noted is uvicorn's
        if cycle.disconnected:
            return True
        close = b"" if cycle.keep_alive else b"connection: close\r\n"
        self.transport.write(b"%b%b%b%b\r\n%b" % (STATUS_LINE[status], self._shared(), head, close, body))
        cycle.response_started = cycle.response_complete = True
        cycle.message_event.set()
        if not cycle.keep_alive:
            self.transport.close()
        cycle.on_response()
        return True

    def _shared(self) -> bytes:
        headers, told = WholeProtocol._common
        if headers is not self.server_state.default_headers:
            headers = self.server_state.default_headers
            told = _lines(headers)
            WholeProtocol._common = headers, told
        return told
