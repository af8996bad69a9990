"""What a category asks of its goods: its own rules and those of every category above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, delete, insert, literal, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit
from domain.base import Invalid, NotFound, UnitOfWork, Viewer, clean_text
from domain.statements import ManyBy, OneBy
from models.base import new_id
from models.catalog import Category
from models.merchants import MerchantKind
from models.policies import CategoryPolicy, PaperKind, RequiredPaper

# Where no category says anything: a price may move by a fifth before somebody looks at it again.
PRICE_FREE_PERCENT = 20
MOST_GRADES = 20
MOST_PAPERS = 10

#: What a category says itself, not what it has from above.
policies_by_category = OneBy(CategoryPolicy.__table__, "category_id")
papers_by_category = ManyBy(RequiredPaper.__table__, "category_id", order_by=("created_at", "id"))


@dataclass(frozen=True)
class PaperNeed:
    """One of `any_of` must be there; `sellers` empty: whoever sells."""

    any_of: tuple[PaperKind, ...]
    reason: str
    sellers: tuple[MerchantKind, ...] = ()


@dataclass(frozen=True)
class PolicyWanted:
    blocked_reason: str | None = None
    price_free_percent: int | None = None
    grades: tuple[str, ...] | None = None
    papers: tuple[PaperNeed, ...] = ()


@dataclass(frozen=True)
class Policy:
    """What holds for goods of one category, everything above it looked at."""

    blocked_reason: str | None
    price_free_percent: int
    grades: tuple[str, ...]
    papers: tuple[PaperNeed, ...]


def path(category_id: UUID | ColumnElement[UUID]) -> Any:
    """The category (`depth` 0) and everything above it, as a CTE of `id` and `depth`."""
    chosen = select(Category.id, Category.parent_id, literal(0, Integer).label("depth"))
    up = chosen.where(Category.id == category_id).cte("path", recursive=True)
    above = select(Category.id, Category.parent_id, (up.c.depth + 1).label("depth"))
    # No tree is deeper; a ring must not hang the reader.
    return up.union_all(above.join(up, Category.id == up.c.parent_id).where(up.c.depth < 10))


async def policy_of(session: AsyncSession, category_id: UUID) -> Policy:
    """What holds in a category; two statements."""
    up = path(category_id)
    chosen = select(CategoryPolicy).join(up, up.c.id == CategoryPolicy.category_id).order_by(up.c.depth)
    said = list(await session.scalars(chosen))
    needs = select(RequiredPaper).join(up, up.c.id == RequiredPaper.category_id).order_by(up.c.depth, RequiredPaper.id)
    free = next((row.price_free_percent for row in said if row.price_free_percent is not None), PRICE_FREE_PERCENT)
    grades = next((row.grades for row in said if row.grades is not None), [])
    blocked = next((row.blocked_reason for row in said if row.blocked_reason), None)
    return Policy(blocked, free, tuple(grades), tuple(need_of(row) for row in await session.scalars(needs)))


def need_of(row: RequiredPaper) -> PaperNeed:
    kinds = tuple(PaperKind(kind) for kind in row.any_of)
    return PaperNeed(kinds, row.reason, tuple(MerchantKind(kind) for kind in row.sellers))


async def save_policy(uow: UnitOfWork, viewer: Viewer, category_id: UUID, wanted: PolicyWanted) -> None:
    """Makes what a category says itself what is wanted; the whole of it is audited."""
    values = _checked(wanted)
    if await uow.session.scalar(select(Category.id).where(Category.id == category_id).with_for_update()) is None:
        raise NotFound("分类不存在", field="categoryId")
    new = upsert(CategoryPolicy).values(category_id=category_id, **values)
    await uow.session.execute(new.on_conflict_do_update(index_elements=["category_id"], set_=values))
    await uow.session.execute(delete(RequiredPaper).where(RequiredPaper.category_id == category_id))
    rows = [{"id": new_id(), "category_id": category_id, **_need(need)} for need in wanted.papers]
    if rows:
        await uow.session.execute(insert(RequiredPaper), rows)
    papers = [{"anyOf": list(need.any_of), "reason": need.reason} for need in wanted.papers]
    await audit.record(uow, viewer, "policy.save", "category", category_id, {**values, "papers": papers})


def _checked(wanted: PolicyWanted) -> dict[str, Any]:
    blocked = clean_text(wanted.blocked_reason or "", field="blockedReason", most=200, label="禁售原因") or None
    free = wanted.price_free_percent
    if free is not None and not 0 <= free <= 90:
        raise Invalid("免审调价幅度须在 0 到 90 之间", field="priceFreePercent")
    if len(wanted.papers) > MOST_PAPERS:
        raise Invalid(f"资质要求最多 {MOST_PAPERS} 条", field="papers")
    return {"blocked_reason": blocked, "price_free_percent": free, "grades": _grades(wanted.grades)}


def _grades(grades: Sequence[str] | None) -> list[str] | None:
    if grades is None:
        return None
    cleaned = [clean_text(grade, field="grades", least=1, most=20, label="等级名称") for grade in grades]
    if len(cleaned) > MOST_GRADES or len(set(cleaned)) < len(cleaned):
        raise Invalid(f"等级最多 {MOST_GRADES} 个，且不能重复", field="grades")
    return cleaned


def _need(need: PaperNeed) -> Mapping[str, Any]:
    if not need.any_of:
        raise Invalid("请至少选择一种资质", field="papers")
    reason = clean_text(need.reason, field="papers", least=2, most=200, label="要求的理由")
    return {"any_of": list(need.any_of), "sellers": list(need.sellers), "reason": reason}
