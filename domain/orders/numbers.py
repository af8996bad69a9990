"""Readable numbers: day, eight digits that do not tell how much was sold, a check digit against typing errors."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import clock
from models.orders import order_numbers

HALF = 10_000
# Any numbers will do; changing them would let a number of the same day come up again.
ROUNDS = (7_919, 3_571, 9_241, 5_683)


async def draw(session: AsyncSession, prefixes: str) -> list[str]:
    """New numbers, one for each letter of `prefixes`, in one statement."""
    drawn = select(order_numbers.next_value()).select_from(func.generate_series(1, len(prefixes)))
    serials = (await session.scalars(drawn)).all()
    today = clock.today()
    return [made(prefix, today, serial) for prefix, serial in zip(prefixes, serials, strict=True)]


def made(prefix: str, day: date, serial: int) -> str:
    digits = f"{day:%y%m%d}{scrambled(serial):08d}"
    return f"{prefix}{digits}{check_digit(digits)}"


def scrambled(serial: int) -> int:
    """Another number below 10⁸ for each number below 10⁸ (a Feistel network over two halves of four digits)."""
    left, right = divmod(serial % (HALF * HALF), HALF)
    for key in ROUNDS:
        left, right = right, (left + right * right * 31 + right * key + key) % HALF
    return left * HALF + right


def check_digit(digits: str) -> int:
    """Luhn's: one wrong digit, and nearly every swap of two neighbours, is noticed."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits)))
    return -sum(value - 9 if value > 9 else value for value in doubled) % 10
