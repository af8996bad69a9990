"""Where files lie: what the rules need of an object store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID


def incoming(id: UUID) -> str:
    """The name under which a file lies until it was looked at; nothing is ever served from there."""
    return f"incoming/{id}"


@dataclass(frozen=True)
class Form:
    """A form that anybody may post with one file in `file`, after `fields`: signed, bounded, and good for a while."""

    url: str
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Received:
    """A file that was taken: the hash of what is kept of it, its size in pixels, and where it is shown."""

    key: str
    url: str
    width: int
    height: int


class ObjectStore(Protocol):
    """Files by name. Everything blocks but `form`, which asks nobody; Unavailable when the store gives no answer."""

    def form(self, name: str, *, most: int, content_type: str, ends_at: datetime) -> Form: ...

    def fetch(self, name: str, to: Path, *, most: int) -> bool:
        """Copies a file to `to`; False when there is none. Invalid for one of more than `most` bytes."""
        ...

    def put(self, name: str, file: Path, content_type: str) -> None:
        """Stores a whole file; the same name again is written over."""
        ...

    def age(self, name: str) -> float | None:
        """Seconds since it was stored; None when there is none."""
        ...

    def drop(self, name: str) -> None:
        """Deletes a file; one that is gone is gone."""
        ...
