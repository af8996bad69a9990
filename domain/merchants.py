"""Shops that sell here, and the places goods come from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    Select,
    Uuid,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)
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
    page_offset,
    page_size,
    pick,
)
from domain.statements import NO_COLUMNS, ManyBy, OneBy, Statement
from models.merchants import Merchant, MerchantState, Region, RegionLevel

# GB/T 2260 down to the county, nine digits for a town.
CODE = re.compile("[0-9]{6}(?:[0-9]{3})?")
# Written out, not bound: the planner is to know it.
OPEN: ColumnElement[bool] = literal_column("merchants.state = 'OPEN'", Boolean)


@dataclass(frozen=True)
class MerchantStateChanged(Event):
    """A shop was suspended or opened again: what it sells vanishes from or returns to every list."""

    merchant_id: UUID
    state: str


@dataclass(frozen=True)
class ShopFreightChanged(Event):
    """What the shop's page says of its freight may have changed."""

    merchant_id: UUID


# ------------------------------------------------------------------------------------------------ regions
regions_by_code = OneBy(Region.__table__, "code")
regions_by_parent = ManyBy(Region.__table__, "parent_code", order_by=("position", "code"))


def _roots(columns: Columns) -> Select[Any]:
    """Cities known down to their towns: where goods come from."""
    county, town = Region.__table__.alias("county"), Region.__table__.alias("town")
    towns = select(town.c.code).join(county, town.c.parent_code == county.c.code)
    inside = towns.where(county.c.parent_code == Region.code, town.c.level == RegionLevel.TOWN).exists()
    chosen = select(*pick(Region, columns, "code")).where(Region.level == RegionLevel.CITY, inside)
    return chosen.order_by(Region.code)


def _provinces(columns: Columns) -> Select[Any]:
    table = Region.__table__.c
    chosen = select(*pick(Region, columns, "code")).where(table.level == RegionLevel.PROVINCE)
    return chosen.order_by(table.position, table.code)


CITIES = Statement(Region.__table__, _roots)
PROVINCES = Statement(Region.__table__, _provinces)


async def regions(session: AsyncSession, parent: str | None, columns: Columns) -> Sequence[RowDict]:
    """The children of `parent`; without one, the cities goods come from."""
    if parent is not None:
        if not CODE.fullmatch(parent):
            return []
        return (await regions_by_parent(session, [parent], columns)).get(parent, [])
    return await CITIES.rows(session, columns)


async def provinces(session: AsyncSession, columns: Columns) -> Sequence[RowDict]:
    """Everywhere parcels can go hangs from these."""
    return await PROVINCES.rows(session, columns)


async def region(session: AsyncSession, code: str, columns: Columns) -> RowDict | None:
    return (await regions_by_code(session, [code], columns)).get(code) if CODE.fullmatch(code) else None


async def place(session: AsyncSession, code: str, *, field: str) -> RowDict:
    """The county or town of this code, which goods can come from; Invalid for any other place."""
    found = await region(session, code, frozenset({"code", "level", "full_name"}))
    if found is None or found["level"] not in (RegionLevel.COUNTY, RegionLevel.TOWN):
        raise Invalid("请选择到区县或乡镇", field=field)
    if found["level"] is RegionLevel.COUNTY and code not in await regions_by_parent(session, [code], NO_COLUMNS):
        raise Invalid("产地须在昭通市内", field=field)
    return found


def codes_under(code: str | ColumnElement[str]) -> Select[str]:
    """Selects the codes of a region and of everything below it: a county includes its towns, the city everything."""
    children = select(Region.code).where(Region.parent_code == code)
    return select(Region.code).where(
        or_(Region.code == code, Region.parent_code == code, Region.parent_code.in_(children))
    )


# ------------------------------------------------------------------------------------------------ shops
by_id = OneBy(Merchant.__table__, "id")
open_by_id = OneBy(Merchant.__table__, "id", where=OPEN)


async def open_shop(session: AsyncSession, id: UUID, columns: Columns) -> RowDict | None:
    """The shop as the public sees it: only while it is open."""
    return (await open_by_id(session, [id], columns)).get(id)


def _open(columns: Columns) -> Select[Any]:
    table = Merchant.__table__.c
    chosen = select(*pick(Merchant, columns, "id", "sold_count")).where(OPEN)
    return chosen.order_by(table.sold_count.desc(), table.id.desc()).limit(bindparam("most", type_=Integer))


def _open_beyond(columns: Columns) -> Select[Any]:
    table = Merchant.__table__.c
    place = tuple_(bindparam("sold_count", type_=Integer), bindparam("id", type_=Uuid))
    return _open(columns).where(tuple_(table.sold_count, table.id) < place)


OPEN_SHOPS = Statement(Merchant.__table__, _open)
OPEN_SHOPS_BEYOND = Statement(Merchant.__table__, _open_beyond)
OPEN_COUNT = Statement(
    Merchant.__table__, lambda _: select(func.count().label("count")).select_from(Merchant).where(OPEN)
)


async def open_shops(
    session: AsyncSession, first: int, after: tuple[int, UUID] | None, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    """Open shops, best selling first, and how many there are. One row more than `first` when there is a next page."""
    most = page_size(first) + 1
    if after is None:
        rows = await OPEN_SHOPS.rows(session, columns, most=most)
    else:
        rows = await OPEN_SHOPS_BEYOND.rows(session, columns, most=most, sold_count=after[0], id=after[1])
    return rows, await OPEN_COUNT.scalar(session)


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
