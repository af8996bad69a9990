"""Signed-in devices: opaque tokens of which only hashes are kept, rotation, and the viewer a token stands for.

A refresh token is good once. Its successors are computed from it with the server's index key, so two tabs that refresh
at the same moment, or a client that lost the answer, get the same pair within a minute; after that a token seen again
was stolen, and the device is signed out.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, DateTime, LargeBinary, Select, Uuid, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import (
    Columns,
    Database,
    Event,
    NotFound,
    RowDict,
    Unauthenticated,
    UnitOfWork,
    Viewer,
    ViewerKind,
    among,
    clean_text,
    clock,
    pick,
)
from domain.crypto import vault
from domain.statements import NO_COLUMNS, Statement
from models.base import new_id
from models.members import Member, Role, SignIn, Staff

ACCESS = timedelta(hours=2)
MEMBER_STAYS = timedelta(days=30)
STAFF_STAYS = timedelta(hours=12)
GRACE = timedelta(seconds=60)
MOST_DEVICES = 20

TABLE = SignIn.__table__.c


@dataclass(frozen=True)
class Tokens:
    """What a device keeps. `expires_at` is the end of the access token."""

    sign_in_id: UUID
    owner_id: UUID
    access: str
    refresh: str
    expires_at: datetime


@dataclass(frozen=True)
class SignInRevoked(Event):
    """An access token is good no more: rotated, signed out or cut off. `access_hash` is its SHA-256 in hex."""

    sign_in_id: UUID
    access_hash: str


# ------------------------------------------------------------------------------------------------ who is it
def _alive(now: ColumnElement[datetime] | None = None) -> tuple[ColumnElement[bool], ...]:
    return TABLE.revoked_at.is_(None), TABLE.expires_at > (clock.now() if now is None else now)


def _owner(_columns: Columns) -> Select[Any]:
    return (
        select(TABLE.id.label("sign_in_id"), TABLE.access_expires_at, TABLE.member_id, TABLE.staff_id)
        .add_columns(Member.nickname, Member.blocked_at)
        .add_columns(Staff.name, Staff.kind, Staff.merchant_id, Staff.active, Role.permissions)
        .outerjoin(Member, Member.id == TABLE.member_id)
        .outerjoin(Staff, Staff.id == TABLE.staff_id)
        .outerjoin(Role, Role.name == Staff.role)
        .where(TABLE.access_hash == bindparam("access_hash", type_=LargeBinary))
        .where(TABLE.access_expires_at > NOW, *_alive(NOW))
    )


def _devices(columns: Columns) -> Select[Any]:
    mine = TABLE.member_id == bindparam("member_id", type_=Uuid)
    chosen = select(*pick(SignIn, columns, "id")).where(mine, *_alive(NOW))
    return chosen.order_by(TABLE.last_seen_at.desc(), TABLE.id.desc())


NOW = bindparam("now", type_=DateTime(timezone=True))
OWNER = Statement(SignIn.__table__, _owner)
DEVICES = Statement(SignIn.__table__, _devices)


async def viewer_of(session: AsyncSession, access_token: str) -> tuple[Viewer, datetime] | None:
    """Who an access token stands for and until when; None for one that is unknown, over, or whose owner is barred."""
    row = await OWNER.first(session, NO_COLUMNS, access_hash=_hash(access_token), now=clock.now())
    viewer = _viewer(row) if row else None
    return (viewer, row["access_expires_at"]) if row and viewer else None


def _viewer(row: RowDict) -> Viewer | None:
    if row["member_id"]:
        barred = row["blocked_at"] is not None
        known = Viewer(ViewerKind.MEMBER, row["member_id"], row["nickname"], sign_in_id=row["sign_in_id"])
        return None if barred else known
    if not row["active"]:
        return None
    return Viewer(
        kind=ViewerKind(row["kind"].value),
        id=row["staff_id"],
        name=row["name"],
        merchant_id=row["merchant_id"],
        permissions=frozenset(row["permissions"]),
        sign_in_id=row["sign_in_id"],
    )


async def still_good(session: AsyncSession, access_hashes: Sequence[bytes]) -> set[bytes]:
    """Those of the access tokens, given by their SHA-256, that are neither over nor revoked."""
    chosen = select(TABLE.access_hash).where(among(SignIn, "access_hash", access_hashes), *_alive())
    return set(await session.scalars(chosen.where(TABLE.access_expires_at > clock.now())))


# ------------------------------------------------------------------------------------------------ coming and going
async def begin(uow: UnitOfWork, owner: ViewerKind, owner_id: UUID, device: str) -> Tokens:
    """Signs a device in. Beyond MOST_DEVICES the one unused for longest is signed out."""
    now, is_member = clock.now(), owner is ViewerKind.MEMBER
    ends = now + (MEMBER_STAYS if is_member else STAFF_STAYS)
    made = Tokens(new_id(), owner_id, secrets.token_urlsafe(32), secrets.token_urlsafe(32), now + ACCESS)
    row = {
        "id": made.sign_in_id,
        "member_id" if is_member else "staff_id": owner_id,
        "device": clean_text(device, field="device", most=80, label="设备名称") or "未知设备",
        "created_at": now,
        "last_seen_at": now,
        "expires_at": ends,
        **_stored(made),
    }
    await uow.session.execute(insert(SignIn).values(row))
    await _drop_oldest(uow, TABLE.member_id if is_member else TABLE.staff_id, owner_id)
    return made


async def _drop_oldest(uow: UnitOfWork, column: ColumnElement[Any], owner_id: UUID) -> None:
    latest = select(TABLE.id).where(column == owner_id, *_alive()).order_by(TABLE.last_seen_at.desc(), TABLE.id.desc())
    await revoke(uow, TABLE.id.in_(latest.offset(MOST_DEVICES)))


async def refresh(database: Database, refresh_token: str, owner: ViewerKind) -> Tokens:
    """New tokens for a device whose old ones are dropped; Unauthenticated when it must sign in again.

    `owner` MEMBER takes members' tokens only, anything else staff's only. Opens its own transaction, because
    signing a thief out must stand although the request is refused.
    """
    async with database.begin() as uow:
        made = await _rotate(uow, refresh_token, owner)
        if made is None:
            made = await _seen_before(uow, refresh_token, owner)
    if made is None:
        raise Unauthenticated("登录已失效，请重新登录")
    return made


async def _rotate(uow: UnitOfWork, token: str, owner: ViewerKind) -> Tokens | None:
    """The next pair, when `token` is the current one. Of two that try at once, one finds it current."""
    chosen = select(*_columns()).where(TABLE.refresh_hash == _hash(token), *_of(owner), *_alive()).with_for_update()
    row = await _one(uow.session, chosen)
    if row is None or not await _admitted(uow.session, row):
        return None
    now = clock.now()
    # A buyer who comes back stays signed in; staff sign in anew each day.
    ends = now + MEMBER_STAYS if row["member_id"] else row["expires_at"]
    made = _successor(row, token, min(now + ACCESS, ends))
    values = {**_stored(made), "previous_refresh_hash": _hash(token), "rotated_at": now, "last_seen_at": now}
    await uow.session.execute(update(SignIn).where(SignIn.id == row["id"]).values(**values, expires_at=ends))
    uow.emit(SignInRevoked(row["id"], row["access_hash"].hex()))
    return made


async def _seen_before(uow: UnitOfWork, token: str, owner: ViewerKind) -> Tokens | None:
    """Within the grace the pair that followed `token`; later the whole device is signed out."""
    chosen = select(*_columns()).where(TABLE.previous_refresh_hash == _hash(token), *_of(owner), *_alive())
    row = await _one(uow.session, chosen)
    if row is None or not await _admitted(uow.session, row):
        return None
    made = _successor(row, token, row["access_expires_at"])
    if clock.now() - row["rotated_at"] <= GRACE and _hash(made.refresh) == row["refresh_hash"]:
        return made
    await revoke(uow, TABLE.id == row["id"])
    return None


async def _admitted(session: AsyncSession, row: RowDict) -> bool:
    if row["member_id"]:
        found = select(Member.id).where(Member.id == row["member_id"], Member.blocked_at.is_(None))
    else:
        found = select(Staff.id).where(Staff.id == row["staff_id"], Staff.active)
    return await session.scalar(found) is not None


async def revoke(uow: UnitOfWork, *where: ColumnElement[bool]) -> int:
    """Signs out the devices that match, and tells the caches and sockets of it; how many there were."""
    step = update(SignIn).where(*where, TABLE.revoked_at.is_(None)).values(revoked_at=clock.now())
    gone = (await uow.session.execute(step.returning(SignIn.id, SignIn.access_hash))).all()
    for sign_in_id, access_hash in gone:
        uow.emit(SignInRevoked(sign_in_id, access_hash.hex()))
    return len(gone)


async def end(uow: UnitOfWork, viewer: Viewer) -> None:
    """Signs out the device that asks; done once, however often it is called."""
    await revoke(uow, TABLE.id == viewer.sign_in_id)


# ------------------------------------------------------------------------------------------------ devices
async def devices(session: AsyncSession, viewer: Viewer, columns: Columns) -> Sequence[RowDict]:
    """The member's signed-in devices, the one used last first."""
    return await DEVICES.rows(session, columns, member_id=viewer.member_id, now=clock.now())


async def revoke_device(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """Signs out one of the member's own devices."""
    if not await revoke(uow, TABLE.id == id, TABLE.member_id == viewer.member_id, *_alive()):
        raise NotFound("设备不存在或已退出登录")


# ------------------------------------------------------------------------------------------------ tokens
async def _one(session: AsyncSession, chosen: Select[*tuple[Any, ...]]) -> RowDict | None:
    row = (await session.execute(chosen)).mappings().one_or_none()
    return dict(row) if row else None


def _columns() -> list[ColumnElement[Any]]:
    names = ("id", "member_id", "staff_id", "access_hash", "refresh_hash", "rotated_at", "expires_at")
    return [TABLE[name] for name in (*names, "access_expires_at")]


def _of(owner: ViewerKind) -> tuple[ColumnElement[bool]]:
    return (TABLE.member_id.is_not(None) if owner is ViewerKind.MEMBER else TABLE.staff_id.is_not(None),)


def _successor(row: RowDict, token: str, expires_at: datetime) -> Tokens:
    owner_id = row["member_id"] or row["staff_id"]
    return Tokens(row["id"], owner_id, _next(token, "access"), _next(token, "refresh"), expires_at)


def _next(token: str, kind: str) -> str:
    halves = [vault.index(token, purpose=f"{kind}-token:{half}") for half in (1, 2)]
    return base64.urlsafe_b64encode(b"".join(halves)).decode().rstrip("=")


def _stored(made: Tokens) -> Mapping[str, Any]:
    hashes = {"access_hash": _hash(made.access), "refresh_hash": _hash(made.refresh)}
    return {**hashes, "access_expires_at": made.expires_at}


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="replace")).digest()
