"""How points are earned and spent: versions that are added and never changed, the newest of which holds.

No version at all: there are no points yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit
from domain.base import (
    Columns,
    Conflict,
    Forbidden,
    Invalid,
    UnitOfWork,
    Viewer,
    ViewerKind,
    clean_text,
    clock,
    page_offset,
    page_size,
    pick,
)
from domain.statements import OneBy, Statement
from models.base import new_id
from models.points import PointsRule

RULE = PointsRule.__table__.c
NAMES = ("earning", "spending", "per_yuan", "daily_most", "cap_percent", "least_goods")


@dataclass(frozen=True)
class Rules:
    """`models.points` says what each part means. Points are earned by the rules of the time an order was paid."""

    earning: bool
    spending: bool
    per_yuan: int
    daily_most: int
    cap_percent: int
    least_goods: int

    def earns(self, basis: int) -> int:
        """What goods bring that were paid with `basis` fen: so many for each whole yuan."""
        return earned(basis, self.per_yuan) if self.earning else 0


def earned(basis: int, per_yuan: int) -> int:
    return max(basis, 0) // 100 * per_yuan


def of(row: Mapping[Any, Any]) -> Rules:
    return Rules(**{name: row[name] for name in NAMES})


def _newest(columns: Columns) -> Select[Any]:
    return select(*pick(PointsRule, columns, "id", *NAMES)).order_by(RULE.version.desc()).limit(1)


NEWEST = Statement(PointsRule.__table__, _newest)
rules_by_id = OneBy(PointsRule.__table__, "id")


async def rules_now(session: AsyncSession) -> Rules | None:
    """What holds now; None where there are no points."""
    row = await NEWEST.first(session, frozenset(NAMES))
    return of(row) if row else None


async def newest(session: AsyncSession, columns: Columns) -> Mapping[str, Any] | None:
    """The asked-for columns of the version that holds now."""
    return await NEWEST.first(session, columns)


async def history(session: AsyncSession, page: int, size: int, columns: Columns) -> tuple[list[Mapping[str, Any]], int]:
    """All versions, the newest first; and how many there are."""
    chosen = select(*pick(PointsRule, columns, "id")).order_by(RULE.version.desc())
    bounded = chosen.offset(page_offset(page, size)).limit(page_size(size, field="size"))
    rows = (await session.execute(bounded)).mappings()
    total = await session.scalar(select(RULE.version).order_by(RULE.version.desc()).limit(1))
    return [dict(row) for row in rows], total or 0


async def save(uow: UnitOfWork, viewer: Viewer, wanted: Rules, note: str, version: int) -> UUID:
    """Adds the version after `version` (0: the first one), which holds from now on. Invalid out of bounds; Conflict
    where somebody was quicker.
    """
    if viewer.kind is not ViewerKind.PLATFORM:
        raise Forbidden("仅平台可以设置积分规则")
    values = _checked(wanted)
    note = clean_text(note, field="note", least=2, most=200, label="修改原因")
    stale = Conflict("积分规则已被他人修改，请刷新后重试")
    if (await uow.session.scalar(select(RULE.version).order_by(RULE.version.desc()).limit(1)) or 0) != version:
        raise stale
    id = new_id()
    about = {"id": id, "version": version + 1, "note": note, "created_by": viewer.name[:60] or "系统"}
    try:
        await uow.session.execute(insert(PointsRule).values(**values, **about, created_at=clock.now()))
    except IntegrityError:  # by a colleague in the same moment
        raise stale from None
    await audit.record(uow, viewer, "points.rules", "points_rules", "points_rules", values | {"note": note})
    return id


BOUNDS = {
    "per_yuan": (1, 20, "perYuan", "每元得分"),
    "daily_most": (1, 100_000, "dailyMost", "每人每日上限"),
    "cap_percent": (1, 50, "capPercent", "最高抵扣比例"),
    "least_goods": (0, 1_000_000, "leastGoods", "最低商品金额（分）"),
}


def _checked(wanted: Rules) -> dict[str, Any]:
    for name, (least, most, field, label) in BOUNDS.items():
        if not least <= getattr(wanted, name) <= most:
            raise Invalid(f"{label}须在 {least} 到 {most} 之间", field=field)
    return {name: getattr(wanted, name) for name in NAMES}
