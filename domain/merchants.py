"""Shops that sell here, and the places goods come from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, true, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit
from domain.base import (
    Columns,
    Event,
    Invalid,
    NotFound,
    RowDict,
    UnitOfWork,
    Viewer,
    WrongState,
    clean_text,
    lists_by,
    page_offset,
    page_size,
    pick,
    rows_by,
)
from models.merchants import Merchant, MerchantState, Region, RegionLevel

# GB/T 2260 down to the county, nine digits for a town.
CODE = re.compile("[0-9]{6}(?:[0-9]{3})?")


@dataclass(frozen=True)
class MerchantStateChanged(Event):
    """A shop was suspended or opened again: what it sells vanishes from or returns to every list."""

    merchant_id: UUID
    state: str


# ------------------------------------------------------------------------------------------------ regions
async def regions_by_code(session: AsyncSession, keys: Sequence[str], columns: Columns) -> Mapping[str, RowDict]:
    return await rows_by(session, Region, keys, columns, key="code")


async def regions_by_parent(
    session: AsyncSession, keys: Sequence[str], columns: Columns
) -> Mapping[str, Sequence[RowDict]]:
    order = (Region.__table__.c.position, Region.__table__.c.code)
    return await lists_by(session, Region, keys, columns, key="parent_code", order_by=order)


async def regions(session: AsyncSession, parent: str | None, columns: Columns) -> Sequence[RowDict]:
    """The children of `parent`; without one, the cities we know, from which everything else hangs."""
    if parent is not None:
        if not CODE.fullmatch(parent):
            return []
        return (await regions_by_parent(session, [parent], columns)).get(parent, [])
    chosen = select(*pick(Region, columns, "code")).where(Region.level == RegionLevel.CITY).order_by(Region.code)
    return [dict(row) for row in (await session.execute(chosen)).mappings()]


async def region(session: AsyncSession, code: str, columns: Columns) -> RowDict | None:
    return (await regions_by_code(session, [code], columns)).get(code) if CODE.fullmatch(code) else None


async def place(session: AsyncSession, code: str, *, field: str) -> RowDict:
    """The county or town of this code; Invalid for any other place, since neither goods nor parcels go there."""
    found = await region(session, code, frozenset({"code", "level", "full_name"}))
    if found is None or found["level"] not in (RegionLevel.COUNTY, RegionLevel.TOWN):
        raise Invalid("请选择到区县或乡镇", field=field)
    return found


def codes_under(code: str) -> Select[str]:
    """Selects the codes of a region and of everything below it: a county includes its towns, the city everything."""
    children = select(Region.code).where(Region.parent_code == code)
    return select(Region.code).where(
        or_(Region.code == code, Region.parent_code == code, Region.parent_code.in_(children))
    )


# ------------------------------------------------------------------------------------------------ shops
async def by_id(session: AsyncSession, keys: Sequence[UUID], columns: Columns) -> Mapping[UUID, RowDict]:
    return await rows_by(session, Merchant, keys, columns)


async def open_shop(session: AsyncSession, id: UUID, columns: Columns) -> RowDict | None:
    """The shop as the public sees it: only while it is open."""
    found = await rows_by(session, Merchant, [id], columns, where=Merchant.state == MerchantState.OPEN)
    return found.get(id)


async def open_shops(
    session: AsyncSession, first: int, after: tuple[int, UUID] | None, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    """Open shops, best selling first, and how many there are. One row more than `first` when there is a next page."""
    table = Merchant.__table__.c
    is_open = Merchant.state == MerchantState.OPEN
    beyond = _beyond(after)
    chosen = (
        select(*pick(Merchant, columns, "id", "sold_count"))
        .where(is_open, beyond)
        .order_by(table.sold_count.desc(), table.id.desc())
        .limit(page_size(first) + 1)
    )
    rows = [dict(row) for row in (await session.execute(chosen)).mappings()]
    total = await session.scalar(select(func.count()).select_from(Merchant).where(is_open))
    return rows, total or 0


def _beyond(after: tuple[int, UUID] | None) -> ColumnElement[bool]:
    if after is None:
        return true()
    table = Merchant.__table__.c
    return tuple_(table.sold_count, table.id) < tuple_(literal(after[0]), literal(after[1], table.id.type))


async def page(
    session: AsyncSession, text: str | None, state: MerchantState | None, page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    """A numbered page of all shops for the platform, newest first, and the number of matches."""
    table = Merchant.__table__.c
    matches = _matches(text, state)
    chosen = (
        select(*pick(Merchant, columns, "id"))
        .where(*matches)
        .order_by(table.opened_at.desc(), table.id.desc())
        .offset(page_offset(page, size))
        .limit(size)
    )
    rows = [dict(row) for row in (await session.execute(chosen)).mappings()]
    total = await session.scalar(select(func.count()).select_from(Merchant).where(*matches))
    return rows, total or 0


def _matches(text: str | None, state: MerchantState | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if state is not None:
        found.append(Merchant.state == state)
    if text and (words := clean_text(text, field="text", most=60, label="搜索内容")):
        found.append(or_(Merchant.name.icontains(words, autoescape=True), Merchant.slug == words))
    return found


async def suspend(uow: UnitOfWork, viewer: Viewer, id: UUID, reason: str) -> None:
    """Closes a shop for the time being; `reason` is told to it (E-Commerce Law Art. 36 asks for publicity)."""
    why = clean_text(reason, field="reason", least=2, most=200, label="暂停原因")
    await _move(uow, viewer, id, MerchantState.OPEN, MerchantState.SUSPENDED, why, "商户当前不在营业，无法暂停")


async def reopen(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """Lets a suspended shop sell again. A closed one stays closed."""
    await _move(uow, viewer, id, MerchantState.SUSPENDED, MerchantState.OPEN, "", "商户未被暂停，无法恢复营业")


async def _move(
    uow: UnitOfWork, viewer: Viewer, id: UUID, before: MerchantState, after: MerchantState, why: str, refusal: str
) -> None:
    step = update(Merchant).where(Merchant.id == id, Merchant.state == before)
    changed = await uow.session.scalar(step.values(state=after, state_reason=why).returning(Merchant.name))
    if changed is None:
        await _exists(uow.session, id)
        raise WrongState(refusal)
    uow.emit(MerchantStateChanged(id, after.value))
    detail: dict[str, Any] = {"name": changed, "from": before.value, "to": after.value, "reason": why}
    await audit.record(uow, viewer, f"merchant.{'suspend' if why else 'reopen'}", "merchant", id, detail)


async def _exists(session: AsyncSession, id: UUID) -> None:
    if await session.scalar(select(Merchant.id).where(Merchant.id == id)) is None:
        raise NotFound("商户不存在")
