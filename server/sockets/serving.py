"""How uvicorn is to serve the mall: as `UVICORN` says, whoever starts it.

HTTP with `mall.whole` (see `server.whole`); WebSockets with `mall.frames` (see `server.sockets.wires`), bad UTF-8
closed without a trace. Compression of sockets is off: a window per client costs more memory than everything else, and
a frame could not be shared.
"""

from __future__ import annotations

from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from server.sockets.wires import EXTENSION

UVICORN: dict[str, Any] = {
    "http": "server.whole:WholeProtocol",
    "access_log": False,
    "server_header": False,
    # Of several processes one that is silent for so many seconds is killed; on a busy machine it may only be starting.
    "timeout_worker_healthcheck": 30,
    "proxy_headers": False,  # whom to believe is MALL_TRUSTED_PROXIES' to say
    "ws": "server.sockets.serving:FramesProtocol",
    "ws_max_size": 64 * 1024,  # no operation of a client is longer
    "ws_per_message_deflate": False,
    # The protocol's own pings reach through every proxy and tell of a stuck client as well as of a dead line.
    "ws_ping_interval": None,
    "ws_ping_timeout": None,
}


class FramesProtocol(WebSocketsSansIOProtocol):
    """Offers its transport to the application, and forgets the handshake once it is over."""

    request: Any
    response: Any

    def start_keepalive(self) -> None:
        """Called once the handshake is answered: of it nothing is needed any more."""
        self.request = self.response = None
        super().start_keepalive()

    async def run_asgi(self) -> None:
        offered: dict[str, Any] = {**(self.scope["extensions"] or {}), EXTENSION: self}
        self.scope["extensions"] = offered
        await super().run_asgi()

    # -------------------------------------------------------------------------------------------- the extension
    def write(self, frame: bytes) -> None:
        if not self.close_sent and not self.transport.is_closing():
            self.transport.write(frame)

    def waiting(self) -> int:
        return self.transport.get_write_buffer_size()

    def end(self, code: int, reason: str) -> None:
        """As the application's own close, but without waiting for room; who does not read to the end is cut off."""
        if self.close_sent or not self.handshake_complete or self.transport.is_closing():
            return
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        self.conn.send_close(code, reason)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        self.close_timer = self.loop.call_later(self.close_timeout, self.transport.abort)

    # -------------------------------------------------------------------------------------------- strangers
    def send_receive_event_to_app(self) -> None:
        if self.curr_msg_data_type == "text" and not _is_utf8(b"".join(self.frames)):
            self.frames = []
            self.conn.fail(1007, "invalid UTF-8")
            self.handle_parser_exception()
            return
        super().send_receive_event_to_app()


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
