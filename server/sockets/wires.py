"""How text gets to a client: through any ASGI server, or, where the server offers it, straight to its transport.

The optional extension is `scope["extensions"]["mall.frames"]`, an object with

    write(frame: bytes)                  one whole WebSocket frame, unmasked, to the transport; never waits
    waiting() -> int                     bytes that the client has not taken yet
    end(code: int, reason: str)          the closing handshake, behind what is still waiting; never waits

A frame is then made once and written to thousands, without a task or a coroutine for any of them.
`server.sockets.serving` offers it for uvicorn. Without it everything works, at more CPU per message.
"""

from __future__ import annotations

import asyncio
import struct
from collections import deque
from typing import Any, Protocol

from starlette.types import Scope, Send

EXTENSION = "mall.frames"
# Seconds for a client to take what is sent before its close, where no server tells us of the transport.
CLOSING = 10.0


class Text:
    """One text message for many clients; its frame is made on the first use."""

    __slots__ = ("_frame", "body")

    def __init__(self, body: bytes) -> None:
        self.body = body
        self._frame: bytes | None = None

    @property
    def frame(self) -> bytes:
        if self._frame is None:
            self._frame = text_frame(self.body)
        return self._frame


def text_frame(body: bytes) -> bytes:
    """A whole, final, unmasked text frame (RFC 6455 section 5.2)."""
    size = len(body)
    if size < 126:
        return struct.pack("!BB", 0x81, size) + body
    if size < 65536:
        return struct.pack("!BBH", 0x81, 126, size) + body
    return struct.pack("!BBQ", 0x81, 127, size) + body


class Wire(Protocol):
    """Sends without waiting; who sends looks at `waiting` first."""

    def push(self, text: Text) -> None: ...

    def waiting(self) -> int:
        """Bytes that the client has not taken yet."""
        ...

    def end(self, code: int, reason: str) -> None: ...


def wire_of(scope: Scope, send: Send) -> Wire:
    offered = (scope.get("extensions") or {}).get(EXTENSION)
    return FrameWire(offered) if offered is not None else QueueWire(send)


class FrameWire:
    """Frames to the transport; the server behind it keeps what the client has not taken."""

    __slots__ = ("_server", "end", "waiting")

    def __init__(self, server: Any) -> None:
        self._server = server
        self.waiting = server.waiting
        self.end = server.end

    def push(self, text: Text) -> None:
        self._server.write(text.frame)


class QueueWire:
    """A queue of our own, and a task while there is something in it."""

    __slots__ = ("_bytes", "_queue", "_send", "_task")

    def __init__(self, send: Send) -> None:
        self._send = send
        self._queue: deque[dict[str, Any]] = deque()
        self._bytes = 0
        self._task: asyncio.Task[None] | None = None

    def push(self, text: Text) -> None:
        self._bytes += len(text.body)
        self._put({"type": "websocket.send", "text": text.body.decode()})

    def waiting(self) -> int:
        return self._bytes

    def end(self, code: int, reason: str) -> None:
        self._put({"type": "websocket.close", "code": code, "reason": reason})
        if self._task:
            asyncio.get_running_loop().call_later(CLOSING, self._task.cancel)

    def _put(self, message: dict[str, Any]) -> None:
        self._queue.append(message)
        if self._task is None:
            self._task = asyncio.create_task(self._drain())

    async def _drain(self) -> None:
        try:
            while self._queue:
                message = self._queue.popleft()
                await self._send(message)
                self._bytes -= len(message.get("text", "").encode())
        except (OSError, RuntimeError):
            # The client is gone, or the server closed first: the receiving side ends the connection.
            self._queue.clear()
        finally:
            self._task = None
