"""A record is a value: equal by its fields, good as a key, copied with changes."""

from __future__ import annotations

from dataclasses import replace

from domain.record import record


@record
class Point:
    x: int
    y: int = 0


def test_it_is_a_value() -> None:
    assert Point(1) == Point(1, 0) != Point(1, 2)
    assert {Point(1): "here"}[Point(1)] == "here"
    assert replace(Point(1), y=2) == Point(1, 2)
    assert repr(Point(1)) == "Point(x=1, y=0)"
