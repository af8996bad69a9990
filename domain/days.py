"""Days as people write them, in Shanghai."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from domain.base import SHANGHAI, Invalid


def day_of(text: str, field: str) -> date:
    """The day written YYYY-MM-DD. Invalid (`field`) for what is none of this century."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise Invalid("日期须写作 2026-01-31", field=field) from None
    if not 2000 <= found.year < 2100:
        raise Invalid("日期须在 2000 年到 2099 年之间", field=field)
    return found


def midnight(day: date) -> datetime:
    """The moment at which it begins."""
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)
