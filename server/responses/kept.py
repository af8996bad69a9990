"""What is kept: the answer as it goes out, and the entry that holds it in memory."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

# Caches between us and the callers hear of no change, so they may keep an answer no longer than this.
EDGE_SECONDS = 5
# A request as it was sent: the body of a POST, or the query of a GET's address as text, so that neither is taken for
# the other.
Raw: TypeAlias = bytes | str

# What an entry costs besides its body: the objects, and its places in the tables.
OVERHEAD = 900


@dataclass(frozen=True)
class Cached:
    """A response body for whoever is not signed in. Seconds are for caches outside; without `etag` none may keep it."""

    body: bytes
    key: bytes = b""
    etag: str = ""
    max_age: int = 0
    stale: int = 0
    # Heads of responses with this body, by media type and whether caches in front may keep it.
    starts: dict[tuple[str, bool], Any] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, key: bytes, body: bytes) -> Cached:
        """An answer that may be kept under `key`."""
        return cls(body, key, etag_of(body), EDGE_SECONDS, EDGE_SECONDS)

    @cached_property
    def headers(self) -> tuple[tuple[bytes, bytes], ...]:
        """`cache-control`, `etag` and `vary` as an ASGI server takes them, made once for all who get this answer."""
        if not self.etag:
            return PRIVATE
        control = f"public, max-age={self.max_age}, stale-while-revalidate={self.stale}"
        return ((b"cache-control", control.encode()), (b"etag", self.etag.encode()), VARY)

    def is_known(self, if_none_match: str) -> bool:
        """Whether a caller's If-None-Match names this very body; `W/` and lists as in RFC 9110, 13.1.2."""
        if not self.etag:
            return False
        named = [part.strip().removeprefix("W/") for part in if_none_match.split(",")]
        return self.etag in named or named == ["*"]


VARY = (b"vary", b"authorization, accept, accept-encoding")
# Of everything that is not kept: answers for one viewer, errors, refusals.
PRIVATE = ((b"cache-control", b"private, no-store"), VARY)


def etag_of(body: bytes) -> str:
    """A strong validator: the hash of the bytes."""
    return f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'


@dataclass(eq=False, slots=True)
class Entry:
    """An answer in memory. Times are of the process's own steady clock, in seconds."""

    cached: Cached
    tags: frozenset[str]
    # Handed out as it is; then handed out while it is renewed; then not at all.
    fresh_until: float
    dead_at: float
    # Request bodies that asked for it, so that the next one like them is answered before it is read.
    raws: list[Raw] = field(default_factory=list)
    # Asked for since the eviction last came by.
    used: bool = False
    # After a renewal that failed, the next one waits until then.
    renew_at: float = 0.0

    @property
    def size(self) -> int:
        return OVERHEAD + len(self.cached.body) + sum(map(len, self.raws))
