"""Keys of kept answers: two questions share a key only when they are the same question."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

# Longer questions are answered, but not kept.
LONGEST = 4096


class TooLong(ValueError):
    """The values are longer than LONGEST, or hold something that has no key."""


def key_of(*parts: Any) -> bytes:
    """The key of a question whose parts are these: 20 bytes, whatever their length."""
    return hashlib.blake2b(written(parts), digest_size=20).digest()


def written(value: Any) -> bytes:
    """The value in a form of its own: no two different values are written alike, and members of mappings are sorted."""
    found, length = bytearray(), 0
    for part in _written(value):
        length += len(part)
        if length > LONGEST:
            raise TooLong
        found += part
    return bytes(found)


def _written(value: Any) -> Iterator[bytes]:
    # Every value says its kind and its length, so where one ends and the next begins cannot be mistaken.
    if value is None:
        yield b"n"
    elif isinstance(value, Enum):
        yield from (b"e", *_text(type(value).__qualname__), *_text(value.name))
    elif isinstance(value, bool):
        yield b"t" if value else b"f"
    elif isinstance(value, int | float):
        yield f"{'i' if isinstance(value, int) else 'd'}{value!r};".encode()
    elif isinstance(value, str):
        yield from (b"s", *_text(value))
    elif isinstance(value, UUID):
        yield b"u" + value.bytes
    elif isinstance(value, datetime):
        yield from (b"m", *_text(value.isoformat()))
    elif isinstance(value, Mapping):
        yield from _mapping(value)
    elif isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        yield f"l{len(value)}:".encode()
        for each in value:
            yield from _written(each)
    else:
        raise TooLong


def _mapping(value: Mapping[Any, Any]) -> Iterator[bytes]:
    if not all(isinstance(name, str) for name in value):
        raise TooLong
    yield f"o{len(value)}:".encode()
    for name in sorted(value):
        yield from _text(name)
        yield from _written(value[name])


def _text(value: str) -> tuple[bytes, bytes]:
    raw = value.encode("utf-8", "surrogatepass")
    return f"{len(raw)}:".encode(), raw
