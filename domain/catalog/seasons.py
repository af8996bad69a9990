"""When goods are in season: months 1 to 12, possibly over the turn of the year; no months means all year."""

from __future__ import annotations

from datetime import date

from domain.base import clock


def in_season(begins: int | None, ends: int | None, month: int | None = None) -> bool:
    """Whether `month`, or this month in Shanghai, lies in the harvest; goods without a harvest always do."""
    if begins is None or ends is None:
        return True
    now = month or clock.today().month
    return begins <= now <= ends if begins <= ends else now >= begins or now <= ends


def season_text(begins: int | None, ends: int | None) -> str:
    """「9月—11月 应季」, 「6月 应季」 or 「全年供应」."""
    if begins is None or ends is None:
        return "全年供应"
    return f"{begins}月 应季" if begins == ends else f"{begins}月—{ends}月 应季"


def window_text(begins: int | None, ends: int | None, day: int | None, today: date | None = None) -> str:
    """「应季中」, 「10月15日起」 or 「全年供应」: what a buyer asks first of goods with a harvest."""
    if begins is None or ends is None:
        return "全年供应"
    now = today or clock.today()
    first = day or 1
    if in_season(begins, ends, now.month) and not (now.month == begins and now.day < first):
        return "应季中"
    return f"{begins}月{first}日起" if day else f"{begins}月起"
