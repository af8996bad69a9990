"""Faults on demand: the far side that is slow, silent, broken, or did the work and never said so."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .wire import signed_response
from .world import World

LONGEST_SILENCE = 60.0
SERVER = "wxsim.receive"  # the server's own receive, before anything wraps it
KINDS = (
    "timeout",
    "reset",
    "http500",
    "http429",
    "bad_signature",
    "no_signature",
    "accept_then_timeout",
    "accept_then_reset",
)
PREFIXES = ("slow:", "errcode:", "error:")


@dataclass
class Fault:
    """`match` is "METHOD /path" with * wildcards; `times` counts down, -1 is for ever.

    kinds: see KINDS; `slow:6s`; `errcode:40001` (mini-program API); `error:403:NOT_ENOUGH` (API v3).
    """

    match: str
    kind: str
    times: int = 1

    def __post_init__(self) -> None:
        if self.kind not in KINDS and not self.kind.startswith(PREFIXES):
            raise ValueError(f"unknown fault kind {self.kind!r}")


class FaultGate:
    """The outermost layer: decides about every request before, and about every reply after, the simulator proper."""

    def __init__(self, app: ASGIApp, world: World, faults: list[Fault]) -> None:
        self._app, self._world, self._faults = app, world, faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        fault = self._take(scope) if scope["type"] == "http" else None
        if fault is None:
            await self._app(scope, receive, send)
            return
        await self._play(fault.kind, scope, receive, send)

    def _take(self, scope: Scope) -> Fault | None:
        if scope["path"].startswith("/__sim/"):
            return None
        here = f"{scope['method']} {scope['path']}"
        fault = next((fault for fault in self._faults if fnmatchcase(here, fault.match)), None)
        if fault and fault.times > 0:
            fault.times -= 1
            if fault.times == 0:
                self._faults.remove(fault)
        return fault

    async def _play(self, kind: str, scope: Scope, receive: Receive, send: Send) -> None:
        if kind == "timeout":
            await _silence(scope, receive)
        elif kind == "reset":
            await _reset(scope, send)
        elif kind.startswith("accept_then_"):
            await self._app(scope, receive, _swallow)
            await (_silence(scope, receive) if kind.endswith("timeout") else _reset(scope, send))
        elif kind.startswith("slow:"):
            await asyncio.sleep(float(kind[5:].removesuffix("s")))
            await self._app(scope, receive, send)
        elif kind.endswith("_signature"):
            await self._app(scope, receive, _resigned(send, drop=kind == "no_signature"))
        else:
            await self._answer(kind, scope, receive, send)

    async def _answer(self, kind: str, scope: Scope, receive: Receive, send: Send) -> None:
        status, code = {"http500": (500, "SYSTEM_ERROR"), "http429": (429, "FREQUENCY_LIMITED")}.get(kind, (200, ""))
        body: dict[str, Any] = {"code": code, "message": "注入的故障"}
        if kind.startswith("error:"):
            _, number, code = kind.split(":")
            status, body["code"] = int(number), code
        elif kind.startswith("errcode:"):
            body = {"errcode": int(kind[8:]), "errmsg": "注入的故障"}
        await signed_response(self._world, status, body)(scope, receive, send)


async def _swallow(message: Message) -> None:
    """The reply that never leaves."""


async def _silence(scope: Scope, receive: Receive) -> None:
    """Holds the line until the caller gives up, then ends it without an answer."""
    try:
        async with asyncio.timeout(LONGEST_SILENCE):
            while (await receive())["type"] != "http.disconnect":
                pass
    except TimeoutError:
        pass
    _abort(scope)


async def _reset(scope: Scope, send: Send) -> None:
    if not _abort(scope):
        # Under another server: a reply cut off in the middle is as near as ASGI comes to a broken connection.
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"100")]})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})


def _abort(scope: Scope) -> bool:
    """Breaks the TCP connection below the running request, which only uvicorn's own objects can reach."""
    transport = getattr(getattr(scope.get(SERVER), "__self__", None), "transport", None)
    if transport is None:
        return False
    transport.abort()
    return True


def _resigned(send: Send, *, drop: bool) -> Send:
    async def altered(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [(name, _spoil(name, value)) for name, value in message["headers"] if not (drop and _signs(name))]
            message = {**message, "headers": kept}
        await send(message)

    return altered


def _signs(name: bytes) -> bool:
    return name.lower().startswith(b"wechatpay-")


def _spoil(name: bytes, value: bytes) -> bytes:
    if name.lower() != b"wechatpay-signature":
        return value
    return (b"B" if value[:1] == b"A" else b"A") + value[1:]


class Recorder:
    """Remembers what came in, for assertions: method, path, body, status."""

    def __init__(self, app: ASGIApp, world: World, keep: Callable[[str], bool]) -> None:
        self._app, self._world, self._keep = app, world, keep

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope[SERVER] = receive
        if scope["type"] != "http" or not self._keep(scope["path"]):
            await self._app(scope, receive, send)
            return
        raw, entry = bytearray(), {"method": scope["method"], "path": scope["path"], "status": 0}
        entry["query"] = scope["query_string"].decode("latin-1")
        self._world.calls[f"{scope['method']} {scope['path']}"] += 1
        self._world.received.append(entry)
        await self._app(scope, _tapped(receive, raw, entry), _noted(send, entry))


def _tapped(receive: Receive, raw: bytearray, entry: dict[str, Any]) -> Receive:
    async def tapped() -> Message:
        message = await receive()
        if message["type"] == "http.request":
            raw.extend(message.get("body", b""))
            if not message.get("more_body"):
                entry["body"] = _readable(bytes(raw))
        return message

    return tapped


def _noted(send: Send, entry: dict[str, Any]) -> Send:
    async def noted(message: Message) -> None:
        if message["type"] == "http.response.start":
            entry["status"] = message["status"]
        await send(message)

    return noted


def _readable(raw: bytes) -> Any:
    try:
        return json.loads(raw) if raw else None
    except ValueError:
        return raw.decode("utf-8", "replace")[:2000]
