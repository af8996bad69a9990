"""The second factor of staff: time-based codes (RFC 6238), each good once, and recovery codes for a lost phone."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pyotp
import segno
from sqlalchemy import LargeBinary, any_, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit
from domain.base import Invalid, NotFound, UnitOfWork, Viewer, WrongState, clock
from domain.crypto import vault
from models.members import SignIn, Staff

ISSUER = "昭通商城"
STEP_SECONDS = 30
# A code of the step before or after is taken too: phones' clocks are not exact.
DRIFT = 1
RECOVERY_CODES = 10
CODE = re.compile("[0-9]{6}")
FRESH = timedelta(minutes=10)

TABLE = Staff.__table__.c


@dataclass(frozen=True)
class Enrolment:
    """A secret offered to an authenticator app, as text, as otpauth:// and as a QR code in SVG."""

    secret: str
    uri: str
    qr_svg: str


async def begin(uow: UnitOfWork, viewer: Viewer) -> Enrolment:
    """Offers a new secret; nothing changes until a first code confirms it.

    Who has a second factor may replace it only shortly after signing in with it: a stolen token must not be enough.
    """
    staff_id, login, has_one = await _self(uow.session, viewer)
    if has_one and not await _just_signed_in(uow.session, viewer):
        raise WrongState("更换验证器前请重新登录")
    secret = pyotp.random_base32()
    sealed = vault.seal(secret, table="staff", column="totp_pending_sealed", row=staff_id)
    await uow.session.execute(update(Staff).where(TABLE.id == staff_id).values(totp_pending_sealed=sealed))
    uri = pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)
    return Enrolment(secret, uri, segno.make(uri, error="m").svg_inline(scale=4, border=2))


async def confirm(uow: UnitOfWork, viewer: Viewer, code: str) -> list[str]:
    """Puts the offered secret into force when `code` comes from it; answers recovery codes, shown this once."""
    staff_id, _, _ = await _self(uow.session, viewer)
    chosen = select(TABLE.totp_pending_sealed).where(TABLE.id == staff_id).with_for_update()
    pending = await uow.session.scalar(chosen)
    if pending is None:
        raise WrongState("请先获取验证器二维码")
    secret = vault.open(pending, table="staff", column="totp_pending_sealed", row=staff_id)
    step = matching_step(secret, code)
    if step is None:
        raise Invalid("验证码不正确", field="code")
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    await uow.session.execute(
        update(Staff).where(TABLE.id == staff_id).values(_enrolled(staff_id, secret, step, codes))
    )
    await audit.record(uow, viewer, "staff.enrol_totp", "staff", staff_id)
    return codes


def _enrolled(staff_id: UUID, secret: str, step: int, codes: list[str]) -> dict[str, Any]:
    return {
        "totp_sealed": vault.seal(secret, table="staff", column="totp_sealed", row=staff_id),
        "totp_pending_sealed": None,
        "totp_last_step": step,
        "recovery_hashes": [_hash(code) for code in codes],
    }


async def spend(uow: UnitOfWork, staff_id: UUID, totp_sealed: bytes, code: str) -> bool:
    """Takes a code or a recovery code, once: of two requests with the same one, the second is turned down."""
    given = "".join(code.split()).replace("-", "").upper()
    if not CODE.fullmatch(given):
        return await _spend_recovery(uow, staff_id, _hash(given))
    secret = vault.open(totp_sealed, table="staff", column="totp_sealed", row=staff_id)
    step = matching_step(secret, given)
    if step is None:
        return False
    unused = update(Staff).where(TABLE.id == staff_id, func.coalesce(TABLE.totp_last_step, 0) < step)
    return await uow.session.scalar(unused.values(totp_last_step=step).returning(Staff.id)) is not None


async def _spend_recovery(uow: UnitOfWork, staff_id: UUID, hashed: bytes) -> bool:
    mine = update(Staff).where(TABLE.id == staff_id, literal(hashed, LargeBinary) == any_(TABLE.recovery_hashes))
    left = func.array_remove(TABLE.recovery_hashes, hashed)
    return await uow.session.scalar(mine.values(recovery_hashes=left).returning(Staff.id)) is not None


def matching_step(secret: str, code: str) -> int | None:
    """The time step whose code this is, within the drift; None when there is none."""
    now = int(clock.now().timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    for step in range(now - DRIFT, now + DRIFT + 1):
        if secrets.compare_digest(totp.generate_otp(step).encode(), code.strip().encode(errors="replace")):
            return step
    return None


async def _self(session: AsyncSession, viewer: Viewer) -> tuple[UUID, str, bool]:
    """The account, its login, and whether it has a second factor."""
    mine = select(Staff.id, Staff.login, TABLE.totp_sealed.is_not(None)).where(TABLE.id == viewer.id, Staff.active)
    row = (await session.execute(mine)).one_or_none()
    if row is None:
        raise NotFound("账号不存在")
    staff_id, login, has_one = row
    return staff_id, login, has_one


async def _just_signed_in(session: AsyncSession, viewer: Viewer) -> bool:
    recent = SignIn.created_at > clock.now() - FRESH
    return await session.scalar(select(SignIn.id).where(SignIn.id == viewer.sign_in_id, recent)) is not None


def _recovery_code() -> str:
    """Ten characters in two groups, without those that look alike: 50 bits."""
    drawn = "".join(secrets.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(10))
    return f"{drawn[:5]}-{drawn[5:]}"


def _hash(code: str) -> bytes:
    return hashlib.sha256(code.replace("-", "").encode(errors="replace")).digest()
