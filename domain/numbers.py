"""Readable numbers: day, eight digits that do not tell how many there are, a check digit against typing errors."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

HALF = 10_000
# Any numbers will do; changing them would let a number of the same day come up again.
ROUNDS = (7_919, 3_571, 9_241, 5_683)


def made(prefix: str, day: date, serial: int) -> str:
    digits = f"{_written(day)}{scrambled(serial):08d}"
    return f"{prefix}{digits}{check_digit(digits)}"


@lru_cache(maxsize=8)
def _written(day: date) -> str:
    return f"{day:%y%m%d}"


def scrambled(serial: int) -> int:
    """Another number below 10⁸ for each number below 10⁸ (a Feistel network over two halves of four digits)."""
    left, right = divmod(serial % (HALF * HALF), HALF)
    for key in ROUNDS:
        left, right = right, (left + right * right * 31 + right * key + key) % HALF
    return left * HALF + right


def check_digit(digits: str) -> int:
    """Luhn's: one wrong digit, and nearly every swap of two neighbours, is noticed."""
    written = digits.encode()
    # Every other digit counts double, and then as the sum of its own digits; the last one is the first to.
    doubled, plain = written[::-2].translate(DOUBLED), written[-2::-2]
    return (len(plain) * ord("0") - sum(doubled) - sum(plain)) % 10


DOUBLED = bytes(sum(divmod(2 * (byte - ord("0")), 10)) if byte in b"0123456789" else 0 for byte in range(256))
