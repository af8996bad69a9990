"""Dividing integer fen so that nothing is lost: over lines by largest remainder, over the units of one line."""

from __future__ import annotations

from collections.abc import Sequence


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """`total` fen over lines in proportion to `weights`, none above its weight; adds up to min(total, sum of weights).

    Integer largest remainder: each line gets the floor of its exact share, and the fen that are left go one each to
    the largest remainders, the first of equal ones first. So callers sort their lines by id, and every process agrees.
    """
    if total < 0 or any(weight < 0 for weight in weights):
        raise ValueError("neither the total nor a weight may be negative")
    whole = sum(weights)
    total = min(total, whole)
    if not total:
        return [0] * len(weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda at: (-(total * weights[at] % whole), at))
    for at in by_remainder[: total - sum(shares)]:
        shares[at] += 1
    return shares


def of_units(amount: int, units: int, taken: int, wanted: int) -> int:
    """Fen of the next `wanted` of `units` units that cost `amount` together, after `taken` of them are gone.

    The first `amount % units` units carry one fen more than the others, so any split of a line into refunds adds up to
    exactly `amount`.
    """
    if not 0 <= taken <= taken + wanted <= units:
        raise ValueError(f"{taken} and {wanted} of {units} units")
    return _first(amount, units, taken + wanted) - _first(amount, units, taken)


def _first(amount: int, units: int, many: int) -> int:
    return amount // units * many + min(many, amount % units)
