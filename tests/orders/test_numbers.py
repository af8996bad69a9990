"""Readable numbers: unique, unguessable at a glance, checkable by hand."""

from __future__ import annotations

import random
import re
from datetime import UTC, date, datetime

from domain.base import Database, clock
from domain.orders import numbers


def test_scrambling_is_a_bijection() -> None:
    sample = random.Random(7).sample(range(10**8), 20_000) + list(range(20_000))
    assert len({numbers.scrambled(serial) for serial in set(sample)}) == len(set(sample))
    assert all(0 <= numbers.scrambled(serial) < 10**8 for serial in sample)


def test_neighbours_do_not_look_alike() -> None:
    gaps = [abs(numbers.scrambled(n + 1) - numbers.scrambled(n)) for n in range(1_000)]
    assert sorted(gaps)[500] > 1_000_000


def test_the_check_digit_notices_every_wrong_digit() -> None:
    number = numbers.made("S", date(2026, 11, 22), 4711)
    digits = number[1:-1]
    for place, digit in enumerate(digits):
        for other in set("0123456789") - {digit}:
            assert numbers.check_digit(digits[:place] + other + digits[place + 1 :]) != int(number[-1])


def test_luhn_agrees_with_a_known_card_number() -> None:
    assert numbers.check_digit("7992739871") == 3


async def test_numbers_carry_the_day_in_shanghai(database: Database) -> None:
    clock.stop(datetime(2026, 11, 22, 16, 30, tzinfo=UTC))
    async with database.begin() as uow:
        drawn = await numbers.draw(uow.session, "TSS")
    assert [number[:7] for number in drawn] == ["T261123", "S261123", "S261123"]
    assert all(re.fullmatch(r"[TS]\d{15}", number) for number in drawn)
    assert len(set(drawn)) == 3
