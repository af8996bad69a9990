"""Questions to Meilisearch over connections that are kept open."""

from __future__ import annotations

from typing import Any, Self

import aiohttp
import orjson

# Anything else makes the engine write a compressed answer in two pieces, and the second waits 40 ms for an
# acknowledgement of the first.
PLAIN = "identity"


class EngineFault(Exception):
    """The engine gave no usable answer."""


class EngineDown(EngineFault):
    """It cannot be reached, is too slow, or is broken."""


class EngineRefused(EngineFault):
    """It understood and refused; `code` is its own, such as index_not_found."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


class SearchClient:
    """One pool of connections, open inside `async with`."""

    def __init__(self, url: str, key: str | None, *, seconds: float) -> None:
        self._url = url
        self._headers = {"Accept-Encoding": PLAIN, "Content-Type": "application/json"}
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        self._timeout = aiohttp.ClientTimeout(total=seconds)

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """The engine's answer; EngineDown or EngineRefused when there is none."""
        try:
            async with self._session.post(self._url + path, data=orjson.dumps(body)) as response:
                status, raw = response.status, await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise EngineDown(repr(error)) from error
        return _answer(status, raw)

    async def __aenter__(self) -> Self:
        pool = aiohttp.TCPConnector(limit=64, keepalive_timeout=60)
        self._session = aiohttp.ClientSession(connector=pool, headers=self._headers, timeout=self._timeout)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()


def _answer(status: int, raw: bytes) -> dict[str, Any]:
    try:
        answer = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise EngineDown(f"status {status} without JSON") from error
    if not isinstance(answer, dict) or status >= 500 or status == 429:
        raise EngineDown(f"status {status}")
    if status >= 400:
        raise EngineRefused(str(answer.get("code")), str(answer.get("message")))
    return answer
