"""Points taken in advance: spent here, given back when they lie too long, never made of nothing."""

from __future__ import annotations

from server.purses import MOST_EMPTIED, SECONDS, Purses


class Time:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_purse_gives_what_it_holds_and_no_more() -> None:
    purses = Purses(Time())
    assert purses.draw("a", 10) == 0
    purses.fill("a", 25)
    assert [purses.draw("a", 10) for _ in range(4)] == [10, 10, 5, 0]
    assert purses.draw("b", 10) == 0


def test_unused_points_come_back_to_a_purse_that_is_there() -> None:
    purses = Purses(Time())
    assert not purses.put("a", 10)
    purses.fill("a", 1)
    assert purses.put("a", 9)
    assert purses.draw("a", 100) == 10


def test_an_old_purse_is_closed_and_its_points_given_back() -> None:
    time = Time()
    purses = Purses(time)
    purses.fill("a", 10)
    time.now = SECONDS - 0.1
    purses.fill("b", 20)
    assert purses.emptied() == []
    time.now = SECONDS
    assert purses.draw("a", 5) == 0  # too old to be spent, and still to be given back
    assert purses.put("a", 3)
    assert purses.emptied() == [("a", 13)]
    assert purses.emptied() == []
    assert purses.draw("b", 20) == 20


def test_what_an_old_purse_held_goes_into_the_new_one() -> None:
    time = Time()
    purses = Purses(time)
    purses.fill("a", 10)
    time.now = SECONDS + 1
    purses.fill("a", 5)
    assert purses.draw("a", 100) == 15


def test_a_crowd_of_old_purses_is_emptied_bit_by_bit() -> None:
    time = Time()
    purses = Purses(time)
    for number in range(MOST_EMPTIED + 5):
        purses.fill(str(number), 1)
    time.now = SECONDS
    assert [len(purses.emptied()) for _ in range(3)] == [MOST_EMPTIED, 5, 0]
