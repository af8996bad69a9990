"""One keep-alive HTTP client per outside system: explicit timeouts, bounded retries, no redirects, no proxies."""

import asyncio
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import httpx

Seal = Callable[[str, str, bytes], Mapping[str, str]]
"""(method, path with query exactly as on the wire, body) -> extra headers, made afresh for every try."""

NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


@dataclass(frozen=True)
class Manners:
    """How an outside system is addressed. Times are seconds; `tries` counts the first attempt too."""

    connect_timeout: float = 2.0
    read_timeout: float = 8.0
    tries: int = 3
    pause: float = 0.2
    connections: int = 50


class Unreachable(Exception):
    """No reply came back. Whether the far side acted is unknown: ask it, or repeat with the same number.

    `sent` is False where no try got as far as a connection, so that the far side has certainly done nothing.
    """

    def __init__(self, message: str, *, sent: bool = True) -> None:
        super().__init__(message)
        self.sent = sent


class OutboundClient:
    """Sends exact bytes to one host, or to its backup host on a later try.

    Only a call declared idempotent is repeated, and only after a network error, 429 or 5xx; the last reply is
    returned whatever its status, because its body says why.
    """

    def __init__(self, *bases: str, manners: Manners | None = None) -> None:
        self._bases = [httpx.URL(base) for base in bases]
        self._manners = manners or Manners()
        timeout = httpx.Timeout(self._manners.read_timeout, connect=self._manners.connect_timeout)
        limits = httpx.Limits(
            max_connections=self._manners.connections, max_keepalive_connections=self._manners.connections
        )
        # Certificates are always checked where there are any; loading them for plain http costs 100 ms for nothing.
        secure = any(base.scheme != "http" for base in self._bases)
        # A proxy from the environment would see every payment; a deployment that needs one says so explicitly.
        self._http = httpx.AsyncClient(
            timeout=timeout, limits=limits, follow_redirects=False, trust_env=False, verify=secure
        )

    async def send(
        self, method: str, path: str, *, body: bytes = b"", seal: Seal | None = None, idempotent: bool
    ) -> httpx.Response:
        """Returns the final reply; raises Unreachable when no try brought one."""
        tries = self._manners.tries if idempotent else 1
        sent = False
        for attempt in range(tries):
            last = attempt == tries - 1
            try:
                reply = await self._try(method, path, body, seal, attempt)
            except httpx.TransportError as error:
                sent = sent or not isinstance(error, NEVER_LEFT)
                if last:
                    raise Unreachable(
                        f"{method} {path.partition('?')[0]}: {type(error).__name__}", sent=sent
                    ) from error
            else:
                sent = True
                if last or not (reply.status_code == 429 or reply.status_code >= 500):
                    return reply
            await asyncio.sleep(self._manners.pause * 2**attempt * random.uniform(0.5, 1.5))
        raise AssertionError("unreachable: the last try returns or raises")

    async def _try(self, method: str, path: str, body: bytes, seal: Seal | None, attempt: int) -> httpx.Response:
        url = self._bases[attempt % len(self._bases)].join(path)
        headers = dict(seal(method, url.raw_path.decode("ascii"), body)) if seal else {}
        return await self._http.request(method, url, content=body or None, headers=headers)

    async def aclose(self) -> None:
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
