"""Values of which every request makes a handful."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def record(cls: type[T]) -> type[T]:
    """A frozen dataclass to whoever reads or checks the code, a plain one to the interpreter.

    Python sets each field of a frozen one by a call, which takes four times as long: 0.8 µs for eight fields against
    0.2. Worth it only for what is made for each request or each row.
    """
    return dataclass(unsafe_hash=True)(cls)
