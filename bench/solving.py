"""The coupons with which least is paid: found by the price engine, and by trying every set of them.

The carts are those of the property tests, with everything that can make them cheaper; no server has a part in it. Both
must come to the same fen. Figures are of processor time, which others on the machine hardly change.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from random import Random
from statistics import quantiles

from bench.rows import Row
from domain.pricing import Benefits, Coupon
from tests.pricing.brute import least, paid
from tests.pricing.carts import MERCHANTS, SOURCES, Case, FlatFreight, Maker, goods

SEED = 7
# Whoever keeps every coupon he was ever given, with eight kinds of goods from four shops in the cart.
HELD, KINDS = 200, 8
MOST_CARTS = 1_000


def solving(seconds: float) -> list[Row]:
    """For `seconds` each: carts as they come, compared with every set of their coupons, and carts of who holds 200."""
    maker = Maker(SEED)
    usual = []
    while len(usual) < MOST_CARTS:
        if (case := maker.case()).benefits.coupons:
            usual.append(case)
    random = Random(SEED)
    hoards = [_hoard(random) for _ in range(20)]
    ours, theirs = _spent(usual, seconds), _rate_of_trying(usual, seconds)
    many = _spent(hoards, seconds)
    return [
        _row(f"the best of the coupons of a cart, {len(usual)} random carts", ours, "every set tried", theirs),
        _row(f"the same, {HELD} coupons held", many, "", None),
    ]


def _hoard(random: Random) -> Case:
    wanted = [goods(at, 9000, merchant=at % 4) for at in range(KINDS)]
    givers = [None, *MERCHANTS[:4]]
    held = tuple(Coupon(id, "券", random.choice(givers), off=1 + random.randrange(3000)) for id in SOURCES[:HELD])
    return Case(wanted, Benefits(coupons=held), FlatFreight(800, 8800))


def _spent(cases: Sequence[Case], seconds: float) -> list[float]:
    """Milliseconds of each cart, as often as the time allows but each once at least."""
    spent: list[float] = []
    end = time.perf_counter() + seconds
    while len(spent) < len(cases) or time.perf_counter() < end:
        began = time.process_time()
        cases[len(spent) % len(cases)].priced()
        spent.append((time.process_time() - began) * 1000)
    return spent


def _rate_of_trying(cases: Sequence[Case], seconds: float) -> float:
    """Carts a second; raises where a set is better than what the engine chose."""
    done, spent = 0, 0.0
    while done < len(cases) or spent < seconds:
        case = cases[done % len(cases)]
        began = time.process_time()
        best = least(case)
        spent += time.process_time() - began
        if done < len(cases) and paid(case.priced()) != best:
            raise RuntimeError(f"a set of coupons comes to {best}, and the engine chose another: {case}")
        done += 1
    return done / spent


def _row(case: str, spent: Sequence[float], against: str, theirs: float | None) -> Row:
    percentiles = quantiles(spent, n=100)
    return Row(case, against, 1000 * len(spent) / sum(spent), theirs, percentiles[49], percentiles[98])
