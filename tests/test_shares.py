"""Nothing is lost and nothing is made when fen are divided."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.shares import apportion, of_units

FEN = st.integers(0, 10**9)


@given(FEN, st.lists(FEN, min_size=1, max_size=60))
def test_shares_add_up_and_stay_within_their_lines(total: int, weights: list[int]) -> None:
    shares = apportion(total, weights)
    assert sum(shares) == min(total, sum(weights))
    assert all(0 <= share <= weight for share, weight in zip(shares, weights, strict=True))


@given(FEN, st.lists(FEN, min_size=1, max_size=60))
def test_no_share_is_a_fen_or_more_from_the_exact_one(total: int, weights: list[int]) -> None:
    whole = sum(weights)
    for share, weight in zip(apportion(total, weights), weights, strict=True):
        if whole:
            assert abs(share * whole - min(total, whole) * weight) < whole


def test_the_fen_left_over_go_to_the_largest_remainders() -> None:
    assert apportion(100, [1, 1, 1]) == [1, 1, 1]
    assert apportion(10, [333, 333, 334]) == [3, 3, 4]
    assert apportion(1, [5, 5]) == [1, 0]


@given(st.integers(0, 10**7), st.integers(1, 999), st.data())
def test_any_split_of_a_line_adds_up_to_its_amount(amount: int, units: int, data: st.DataObject) -> None:
    taken = total = 0
    while taken < units:
        wanted = data.draw(st.integers(1, units - taken))
        total += of_units(amount, units, taken, wanted)
        taken += wanted
    assert total == amount


@pytest.mark.parametrize(("taken", "wanted"), [(3, 1), (0, 4), (-1, 1), (0, -1)])
def test_more_units_than_there_are_is_a_fault(taken: int, wanted: int) -> None:
    with pytest.raises(ValueError, match="of 3 units"):
        of_units(100, 3, taken, wanted)
