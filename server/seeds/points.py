"""积分 of the demo: rules from its first day on. Nobody has any yet: they come with orders, as everywhere."""

from __future__ import annotations

from domain import points
from domain.base import UnitOfWork, Viewer, ViewerKind

RULES = points.Rules(earning=True, spending=True, per_yuan=1, daily_most=2000, cap_percent=30, least_goods=1000)


async def add_points(uow: UnitOfWork) -> None:
    """A point for each yuan; 30 % of the goods at most, from ten yuan on."""
    await points.save(uow, Viewer(ViewerKind.PLATFORM, None, "运营"), RULES, "积分上线", 0)
