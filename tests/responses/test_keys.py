"""Two questions share a key only when they are the same question: what is written can be read back."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.catalog import StorageClass
from server.responses.keys import TooLong, key_of, written


class Other(StrEnum):
    FROZEN = "FROZEN"


KINDS = {kind.__qualname__: kind for kind in (StorageClass, Other)}

leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.uuids()
    | st.datetimes(timezones=st.just(UTC))
    | st.sampled_from([*StorageClass, *Other])
)
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)


class Reader:
    """Reads what `written` wrote. That this can be done is the proof that no two values are written alike."""

    def __init__(self, text: bytes) -> None:
        self.text, self.at = text, 0

    def take(self, length: int) -> bytes:
        self.at += length
        return self.text[self.at - length : self.at]

    def until(self, mark: bytes) -> str:
        found = self.text[self.at : self.text.index(mark, self.at)]
        self.at += len(found) + 1
        return found.decode()

    def string(self) -> str:
        return self.take(int(self.until(b":"))).decode("utf-8", "surrogatepass")

    def value(self) -> Any:
        kind = self.take(1)
        if kind == b"l":
            return [self.value() for _ in range(int(self.until(b":")))]
        if kind == b"o":
            return {self.string(): self.value() for _ in range(int(self.until(b":")))}
        if kind == b"e":
            name = self.string()
            return KINDS[name][self.string()]
        return self.leaf(kind)

    def leaf(self, kind: bytes) -> Any:
        simple = {b"n": None, b"t": True, b"f": False}
        if kind in simple:
            return simple[kind]
        if kind in (b"i", b"d"):
            return (int if kind == b"i" else float)(self.until(b";"))
        if kind == b"u":
            return UUID(bytes=self.take(16))
        return self.string() if kind == b"s" else datetime.fromisoformat(self.string())


def exactly(value: Any) -> Any:
    """The value with its kinds, since Python holds 1, 1.0 and True for equal."""
    if isinstance(value, dict):
        return {name: exactly(each) for name, each in value.items()}
    if isinstance(value, list):
        return [exactly(each) for each in value]
    # A time in UTC has no hour that comes twice, so which of the two it is means nothing.
    return type(value), repr(value.replace(fold=0) if isinstance(value, datetime) else value)


@settings(max_examples=300, deadline=None)
@given(values)
def test_what_is_written_can_be_read_back(value: Any) -> None:
    try:
        text = written(value)
    except TooLong:
        return
    reader = Reader(text)
    assert exactly(reader.value()) == exactly(value)
    assert reader.at == len(text)


@settings(max_examples=200, deadline=None)
@given(values, values)
def test_two_questions_share_a_key_only_when_they_are_the_same(one: Any, other: Any) -> None:
    try:
        assert (key_of("hash", one) == key_of("hash", other)) == (exactly(one) == exactly(other))
    except TooLong:
        return


@given(st.dictionaries(st.text(max_size=8), leaves, max_size=6), st.randoms())
def test_the_order_of_variables_does_not_matter(values: dict[str, Any], random: Any) -> None:
    shuffled = list(values.items())
    random.shuffle(shuffled)
    assert written(values) == written(dict(shuffled))


def test_parts_do_not_run_into_each_other() -> None:
    assert len({key_of("ab", "c"), key_of("a", "bc"), key_of("abc"), key_of(["ab", "c"]), key_of(("ab",), "c")}) == 5
    assert key_of({"a": None}) != key_of({})


@pytest.mark.parametrize("value", ["x" * 5000, [0] * 5000, {1: "a"}, b"bytes", object(), {"a": {"b": {3}}}])
def test_what_is_too_long_or_has_no_form_has_no_key(value: Any) -> None:
    with pytest.raises(TooLong):
        key_of(value)
