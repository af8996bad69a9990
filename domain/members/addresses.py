"""Where a member's parcels go. Name, phone and detail are sealed; only the owner reads them whole."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import (
    Columns,
    Invalid,
    NotFound,
    RowDict,
    TooMany,
    UnitOfWork,
    Viewer,
    clean_text,
    clock,
)
from domain.crypto import vault
from domain.record import record
from domain.statements import ManyBy, OneBy
from models.base import new_id
from models.members import Address, Member
from models.merchants import Region, RegionLevel

MOST = 20
MOBILE = re.compile(r"1[3-9][0-9]{9}")
SEALED = ("name", "phone", "detail")

TABLE = Address.__table__.c


@dataclass(frozen=True)
class Wanted:
    """An address as somebody filled it in; `phone` is a mainland mobile number of 11 digits."""

    name: str
    phone: str
    region_code: str
    detail: str
    is_default: bool = False


@record
class Destination:
    """An address opened, for the order that is sent there."""

    id: UUID
    name: str
    phone: str
    region_code: str
    region_name: str
    detail: str


# ------------------------------------------------------------------------------------------------ reading
ALIVE = TABLE.deleted_at.is_(None)
by_id = OneBy(Address.__table__, "id", where=ALIVE)
by_member = ManyBy(
    Address.__table__,
    "member_id",
    order_by=(TABLE.is_default.desc(), TABLE.id.desc()),
    where=ALIVE,
    always=frozenset({"id"}),
)


async def mine(session: AsyncSession, viewer: Viewer, columns: Columns) -> Sequence[RowDict]:
    """The member's addresses, the default first, then the newest."""
    return (await by_member(session, [viewer.member_id], columns)).get(viewer.member_id, [])


async def row(session: AsyncSession, viewer: Viewer, id: UUID, columns: Columns) -> RowDict:
    """One of the member's own addresses; NotFound for anybody else's."""
    found = await by_id(session, [id], columns | {"member_id"})
    if id not in found or found[id]["member_id"] != viewer.member_id:
        raise NotFound("收货地址不存在", field="addressId")
    return found[id]


async def default(session: AsyncSession, viewer: Viewer, columns: Columns) -> RowDict | None:
    """The member's default address; None before there is any."""
    return next(iter(await mine(session, viewer, columns)), None)


async def access(session: AsyncSession, viewer: Viewer, id: UUID) -> Destination:
    """One of the member's own addresses, opened."""
    return whole((await of_owners(session, [id])).get((viewer.member_id, id)))


async def of_owners(session: AsyncSession, ids: Sequence[UUID]) -> Mapping[tuple[UUID, UUID], RowDict]:
    """Addresses by owner and id, still sealed; one that was deleted is missing."""
    sealed = {f"{name}_sealed" for name in SEALED}
    columns = frozenset({"member_id", "region_code", "region_name", *sealed})
    found = await by_id(session, ids, columns)
    return {(row["member_id"], row["id"]): row for row in found.values()}


def whole(row: RowDict | None) -> Destination:
    """Opens one of `of_owners`; NotFound for the one that is not there."""
    if row is None:
        raise NotFound("收货地址不存在", field="addressId")
    name, phone, detail = vault.open_all(
        {column: row[column] for column in ("name_sealed", "phone_sealed", "detail_sealed")},
        table="addresses",
        row=row["id"],
    ).values()
    return Destination(row["id"], name, phone, row["region_code"], row["region_name"], detail)


def opened(name: str, id: UUID, sealed: bytes) -> str:
    """The plain text of `name`, `phone` or `detail` of the address `id`."""
    return vault.open(sealed, table="addresses", column=f"{name}_sealed", row=id)


# ------------------------------------------------------------------------------------------------ writing
async def save(uow: UnitOfWork, viewer: Viewer, id: UUID | None, wanted: Wanted) -> UUID:
    """Adds an address, or changes one of the member's own. The first one is the default, and there always is one."""
    known = await _locked(uow.session, viewer.member_id)
    if id is not None and id not in known:
        raise NotFound("收货地址不存在", field="id")
    if id is None and len(known) >= MOST:
        raise TooMany(f"最多保存 {MOST} 个收货地址，请先删除不用的")
    key = id or new_id()
    is_default = wanted.is_default or known.get(key, not known)
    values = {**_sealed(key, wanted), **await _place(uow.session, wanted.region_code), "is_default": is_default}
    if is_default:
        await _clear_default(uow.session, viewer.member_id)
    if id is None:
        await uow.session.execute(insert(Address).values(id=key, member_id=viewer.member_id, **values))
    else:
        await uow.session.execute(update(Address).where(TABLE.id == key).values(values))
    return key


async def delete(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """Takes one of the member's own addresses away; another one becomes the default."""
    known = await _locked(uow.session, viewer.member_id)
    if id not in known:
        raise NotFound("收货地址不存在", field="id")
    gone = update(Address).where(TABLE.id == id).values(deleted_at=clock.now(), is_default=False)
    await uow.session.execute(gone)
    others = [other for other in known if other != id]
    if known[id] and others:
        await uow.session.execute(update(Address).where(TABLE.id == max(others)).values(is_default=True))


async def _locked(session: AsyncSession, member_id: UUID) -> Mapping[UUID, bool]:
    """Which addresses there are and whether each is the default; nobody else changes them meanwhile."""
    await session.execute(select(Member.id).where(Member.id == member_id).with_for_update())
    chosen = select(TABLE.id, TABLE.is_default).where(TABLE.member_id == member_id, TABLE.deleted_at.is_(None))
    return {id: is_default for id, is_default in await session.execute(chosen)}


async def _clear_default(session: AsyncSession, member_id: UUID) -> None:
    await session.execute(
        update(Address).where(TABLE.member_id == member_id, TABLE.is_default).values(is_default=False)
    )


async def _place(session: AsyncSession, code: str) -> dict[str, str]:
    chosen = select(Region.full_name, Region.level).where(Region.code == code)
    found = (await session.execute(chosen)).one_or_none() if code.isalnum() else None
    if found is None or found.level not in (RegionLevel.COUNTY, RegionLevel.TOWN):
        raise Invalid("请选择到区县或乡镇", field="regionCode")
    return {"region_code": code, "region_name": found.full_name}


def _sealed(id: UUID, wanted: Wanted) -> dict[str, Any]:
    phone = wanted.phone.strip().replace(" ", "").replace("-", "").removeprefix("+86")
    if not MOBILE.fullmatch(phone):
        raise Invalid("请填写正确的手机号", field="phone")
    plain = {
        "name": clean_text(wanted.name, field="name", least=1, most=20, label="收货人姓名"),
        "phone": phone,
        "detail": clean_text(wanted.detail, field="detail", least=2, most=100, label="详细地址"),
    }
    return {f"{name}_sealed": _seal(name, id, value) for name, value in plain.items()}


def _seal(name: str, id: UUID, value: str) -> bytes:
    return vault.seal(value, table="addresses", column=f"{name}_sealed", row=id)
