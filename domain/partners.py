"""Partners: firms outside that read the public schema with a key of their own, within a budget of points.

A key is shown once, when it is issued; afterwards only its SHA-256 and its last four characters are known. A partner
has at most two that are good, so that it can change from one to the next without a gap.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit
from domain.base import (
    Budget,
    Columns,
    Conflict,
    Event,
    Invalid,
    NotFound,
    Refusal,
    RowDict,
    UnitOfWork,
    Viewer,
    ViewerKind,
    WrongState,
    clean_text,
    clock,
    page_offset,
    pick,
)
from domain.statements import ManyBy, OneBy
from models.base import new_id
from models.partners import Partner, PartnerKey, PartnerState

PREFIX = "ztp_"
PLACES = (1, 2)
MOST_PER_SECOND, MOST_BURST = 10_000, 100_000
LONGEST = timedelta(days=730)
# How exactly `last_used_at` is kept.
USE_EVERY = timedelta(minutes=1)

KEYS = PartnerKey.__table__.c
PARTNERS = Partner.__table__.c


class KeyState(StrEnum):
    GOOD = "GOOD"
    EXPIRED = "EXPIRED"
    REVOKED = "REVOKED"


class TwoKeysAlready(Refusal):
    """The partner has two keys that are good; one must be revoked before a third is issued."""

    code = "TWO_KEYS_ALREADY"


@dataclass(frozen=True)
class PartnerKeyChanged(Event):
    """What is remembered of a key is true no more: it was revoked, or its partner stopped, resumed or got another
    budget. Where it is in use it must be shown again. `key_hash` is the SHA-256 of the key in hex."""

    key_id: UUID
    key_hash: str


@dataclass(frozen=True)
class Wanted:
    """A partner as the platform wants it; budgets in points of the cost limit, `per_second` ≤ `burst`."""

    name: str
    contact: str
    note: str
    points_per_second: int
    burst: int


@dataclass(frozen=True)
class Issued:
    """A new key. The secret leaves this process in one answer and is never written down."""

    key_id: UUID
    secret: str = field(repr=False)


@dataclass(frozen=True)
class Recognised:
    """Whom a key stands for and until when; `unnoted` says that its use is to be recorded."""

    key_id: UUID
    viewer: Viewer
    expires_at: datetime | None
    unnoted: bool


# ------------------------------------------------------------------------------------------------ who is it
async def recognise(session: AsyncSession, secret: str) -> Recognised | None:
    """Whom a key stands for; None for one that is unknown, revoked or over, or whose partner is stopped."""
    good = (KEYS.secret_hash == hashed(secret), *_good(), PARTNERS.state == PartnerState.ACTIVE)
    chosen = (
        select(KEYS.id, KEYS.expires_at, KEYS.last_used_at, KEYS.partner_id)
        .add_columns(PARTNERS.name, PARTNERS.points_per_second, PARTNERS.burst)
        .join(Partner, Partner.id == KEYS.partner_id)
        .where(*good)
    )
    row = (await session.execute(chosen)).mappings().one_or_none()
    if row is None:
        return None
    budget = Budget(row["points_per_second"], row["burst"])
    viewer = Viewer(ViewerKind.PARTNER, row["partner_id"], row["name"], budget=budget)
    used = row["last_used_at"]
    unnoted = used is None or used <= clock.now() - USE_EVERY
    return Recognised(row["id"], viewer, row["expires_at"], unnoted)


async def record_use(uow: UnitOfWork, key_id: UUID) -> None:
    """Notes that a key was used, unless that was noted within the last minute."""
    now = clock.now()
    due = or_(KEYS.last_used_at.is_(None), KEYS.last_used_at <= now - USE_EVERY)
    await uow.session.execute(update(PartnerKey).where(KEYS.id == key_id, due).values(last_used_at=now))


def hashed(secret: str) -> bytes:
    return hashlib.sha256(secret.encode(errors="replace")).digest()


def _good() -> tuple[ColumnElement[bool], ...]:
    return KEYS.revoked_at.is_(None), or_(KEYS.expires_at.is_(None), KEYS.expires_at > clock.now())


# ------------------------------------------------------------------------------------------------ reading
by_id = OneBy(Partner.__table__, "id")
keys_by_id = OneBy(PartnerKey.__table__, "id")
#: All keys a partner ever had, the newest first.
keys_by_partner = ManyBy(PartnerKey.__table__, "partner_id", order_by=(KEYS.created_at.desc(), KEYS.id.desc()))


async def page(
    session: AsyncSession, text: str | None, page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    """A numbered page of partners, the newest first, and the number of those whose name holds `text`."""
    words = clean_text(text, field="text", most=60, label="搜索内容") if text else ""
    matches = [PARTNERS.name.icontains(words, autoescape=True)] if words else []
    chosen = select(*pick(Partner, columns, "id")).where(*matches)
    ordered = chosen.order_by(PARTNERS.created_at.desc(), PARTNERS.id.desc())
    found = await session.execute(ordered.offset(page_offset(page, size)).limit(size))
    total = await session.scalar(select(func.count()).select_from(Partner).where(*matches))
    return [dict(row) for row in found.mappings()], total or 0


def key_state(revoked_at: datetime | None, expires_at: datetime | None) -> KeyState:
    """Whether a key is good; one that was put away because it was over counts as EXPIRED."""
    if expires_at is not None and expires_at <= (revoked_at or clock.now()):
        return KeyState.EXPIRED
    return KeyState.REVOKED if revoked_at else KeyState.GOOD


# ------------------------------------------------------------------------------------------------ partners
async def create(uow: UnitOfWork, viewer: Viewer, wanted: Wanted) -> UUID:
    """A new partner, active and without a key; Conflict when the name is taken."""
    id, values = new_id(), _checked(wanted)
    await _named(uow, insert(Partner).values(id=id, created_at=clock.now(), **values))
    await audit.record(uow, viewer, "partner.create", "partner", id, _told(values))
    return id


async def change(uow: UnitOfWork, viewer: Viewer, id: UUID, version: int | None, wanted: Wanted) -> UUID:
    """Changes name, contact, note and budget; Conflict when somebody changed the partner since `version`."""
    values = _checked(wanted)
    before = await _locked(uow.session, id)
    if before["version"] != version:
        raise Conflict("合作伙伴已被他人修改，请刷新后再试", field="version")
    await _named(uow, update(Partner).where(Partner.id == id).values(version=before["version"] + 1, **values))
    await _forget(uow, id)
    changed = sorted(name for name, value in values.items() if before[name] != value)
    await audit.record(uow, viewer, "partner.change", "partner", id, {**_told(values), "changed": changed})
    return id


async def stop(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """Refuses every key of the partner from now on. The keys stay, for when it is resumed."""
    await _move(uow, viewer, id, PartnerState.ACTIVE, PartnerState.STOPPED, "合作伙伴已停用")


async def resume(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """Lets a stopped partner's keys in again, those that are still good."""
    await _move(uow, viewer, id, PartnerState.STOPPED, PartnerState.ACTIVE, "合作伙伴未被停用")


async def _move(
    uow: UnitOfWork, viewer: Viewer, id: UUID, before: PartnerState, after: PartnerState, refusal: str
) -> None:
    row = await _locked(uow.session, id)
    if row["state"] is not before:
        raise WrongState(refusal)
    step = update(Partner).where(Partner.id == id).values(state=after, version=row["version"] + 1)
    await uow.session.execute(step)
    await _forget(uow, id)
    action = "stop" if after is PartnerState.STOPPED else "resume"
    detail = {"name": row["name"], "from": before.value, "to": after.value}
    await audit.record(uow, viewer, f"partner.{action}", "partner", id, detail)


def _checked(wanted: Wanted) -> dict[str, Any]:
    if not 1 <= wanted.points_per_second <= MOST_PER_SECOND:
        raise Invalid(f"每秒额度须在 1 到 {MOST_PER_SECOND} 之间", field="pointsPerSecond")
    if not wanted.points_per_second <= wanted.burst <= MOST_BURST:
        raise Invalid(f"积攒上限须不低于每秒额度，且不超过 {MOST_BURST}", field="burst")
    return {
        "name": clean_text(wanted.name, field="name", least=2, most=60, label="名称"),
        "contact": clean_text(wanted.contact, field="contact", least=2, most=120, label="联系方式"),
        "note": clean_text(wanted.note, field="note", most=500, label="备注"),
        "points_per_second": wanted.points_per_second,
        "burst": wanted.burst,
    }


def _told(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the log may hold: who to write to is personal."""
    return {name: values[name] for name in ("name", "points_per_second", "burst")}


async def _named(uow: UnitOfWork, statement: Any) -> None:
    try:
        async with uow.session.begin_nested():
            await uow.session.execute(statement)
    except IntegrityError:
        raise Conflict("已有同名的合作伙伴", field="name") from None


async def _locked(session: AsyncSession, id: UUID) -> RowDict:
    """The partner's row, held to the end of the transaction: its state and its keys change one at a time."""
    chosen = select(*PARTNERS).where(PARTNERS.id == id).with_for_update()
    row = (await session.execute(chosen)).mappings().one_or_none()
    if row is None:
        raise NotFound("合作伙伴不存在")
    return dict(row)


async def _forget(uow: UnitOfWork, partner_id: UUID) -> None:
    """Tells the caches that what they know of the partner's keys is old."""
    chosen = select(KEYS.id, KEYS.secret_hash).where(KEYS.partner_id == partner_id, *_good())
    for key_id, secret_hash in (await uow.session.execute(chosen)).all():
        uow.emit(PartnerKeyChanged(key_id, secret_hash.hex()))


# ------------------------------------------------------------------------------------------------ keys
async def issue(
    uow: UnitOfWork, viewer: Viewer, partner_id: UUID, label: str, expires_at: datetime | None = None
) -> Issued:
    """A new key of an active partner; TwoKeysAlready when both places are taken by keys that are good."""
    partner, now = await _locked(uow.session, partner_id), clock.now()
    if partner["state"] is not PartnerState.ACTIVE:
        raise WrongState("合作伙伴已停用，不能签发密钥")
    if expires_at is not None and not now < expires_at <= now + LONGEST:
        raise Invalid(f"有效期须在 {LONGEST.days} 天之内", field="expiresAt")
    key_id, secret = new_id(), PREFIX + secrets.token_urlsafe(32)
    row = {
        "id": key_id,
        "partner_id": partner_id,
        "place": await _free_place(uow, partner_id),
        "secret_hash": hashed(secret),
        "last_four": secret[-4:],
        "label": clean_text(label, field="label", least=1, most=40, label="用途"),
        "created_at": now,
        "expires_at": expires_at,
    }
    await uow.session.execute(insert(PartnerKey).values(row))
    await audit.record(uow, viewer, "partner_key.issue", "partner", partner_id, _key_told(partner["name"], row))
    return Issued(key_id, secret)


async def _free_place(uow: UnitOfWork, partner_id: UUID) -> int:
    """A place that no good key holds; keys that are over are put away first."""
    held = (KEYS.partner_id == partner_id, KEYS.revoked_at.is_(None))
    over = update(PartnerKey).where(*held, KEYS.expires_at <= clock.now()).values(revoked_at=KEYS.expires_at)
    await uow.session.execute(over)
    taken = set(await uow.session.scalars(select(KEYS.place).where(*held)))
    free = [place for place in PLACES if place not in taken]
    if not free:
        raise TwoKeysAlready("最多同时有两个有效密钥，请先吊销一个")
    return free[0]


async def revoke(uow: UnitOfWork, viewer: Viewer, key_id: UUID) -> UUID:
    """Ends a key for good; the partner it belonged to. WrongState when it was revoked already."""
    named = select(KEYS.partner_id).where(KEYS.id == key_id)
    partner_id: UUID | None = await uow.session.scalar(named)
    if partner_id is None:
        raise NotFound("密钥不存在")
    partner = await _locked(uow.session, partner_id)
    step = update(PartnerKey).where(KEYS.id == key_id, KEYS.revoked_at.is_(None)).values(revoked_at=clock.now())
    row = (await uow.session.execute(step.returning(*KEYS))).mappings().one_or_none()
    if row is None:
        raise WrongState("密钥已被吊销")
    uow.emit(PartnerKeyChanged(key_id, row["secret_hash"].hex()))
    await audit.record(uow, viewer, "partner_key.revoke", "partner", partner_id, _key_told(partner["name"], row))
    return partner_id


def _key_told(name: str, row: RowDict | RowMapping) -> dict[str, Any]:
    expires = row["expires_at"].isoformat() if row["expires_at"] else None
    return {"name": name, "key": f"…{row['last_four']}", "label": row["label"], "expires_at": expires}
