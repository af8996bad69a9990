"""Buyers and staff, and their tokens."""

from __future__ import annotations

from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from domain.base import Database, Viewer, ViewerKind
from domain.members import roles, sessions, staff
from domain.members.sessions import Tokens
from models.base import new_id
from models.members import Member, StaffKind

PASSWORD = "zhaotong-2026"

_numbers = count(1)


async def member(database: Database, **values: Any) -> Viewer:
    number = next(_numbers)
    row = {"id": new_id(), "openid": f"o-test-{number}-{new_id().hex}", "nickname": f"买家{number}", **values}
    async with database.begin() as uow:
        await uow.session.execute(insert(Member).values(row))
    return Viewer(ViewerKind.MEMBER, row["id"], row["nickname"])


async def signed_in(database: Database, viewer: Viewer, device: str = "测试机") -> Tokens:
    """Tokens of a device that has just signed in."""
    assert viewer.id is not None
    async with database.begin() as uow:
        return await sessions.begin(uow, viewer.kind, viewer.id, device)


async def operator(database: Database, login: str = "admin", **values: Any) -> UUID:
    """Staff of the platform, with PASSWORD."""
    return await _staff(database, login, StaffKind.PLATFORM, values.pop("role", roles.SUPER_ADMIN.name), None)


async def shopkeeper(database: Database, merchant_id: UUID, login: str = "shop", role: str | None = None) -> UUID:
    """Staff of a shop, with PASSWORD."""
    return await _staff(database, login, StaffKind.MERCHANT, role or roles.SHOPKEEPER.name, merchant_id)


async def _staff(database: Database, login: str, kind: StaffKind, role: str, merchant_id: UUID | None) -> UUID:
    async with database.begin() as uow:
        await roles.ensure(uow)
        return await staff.create(uow, staff.Wanted(login, PASSWORD, "测试员", kind, role, merchant_id))
