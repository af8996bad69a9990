"""Staff of the platform and of shops: accounts, signing in with lock-out, passwords."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, case, func, insert, literal, null, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit
from domain.base import (
    Columns,
    Conflict,
    Database,
    Invalid,
    NotFound,
    Refusal,
    RowDict,
    Unauthenticated,
    UnitOfWork,
    Viewer,
    ViewerKind,
    clean_text,
    clock,
)
from domain.members import passwords, second_factor, sessions
from domain.members.sessions import Tokens
from domain.statements import OneBy, Statement
from models.base import new_id
from models.members import Role, SignIn, Staff, StaffKind

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)

TABLE = Staff.__table__.c
WRONG = "登录名或密码不正确"


class TotpRequired(Refusal):
    """The password is right; a code of the second factor is needed too."""

    code = "TOTP_REQUIRED"


class LockedOut(Refusal):
    """Too many wrong tries: nothing is looked at before `until`."""

    code = "LOCKED_OUT"

    def __init__(self, until: datetime) -> None:
        super().__init__("尝试次数过多，账号已暂时锁定，请稍后再试", until=until)
        self.until = until


@dataclass(frozen=True)
class Wanted:
    """A new account; `merchant_id` for merchant staff only, `role` a name of `roles.ROLES`."""

    login: str
    password: str
    name: str
    kind: StaffKind
    role: str
    merchant_id: UUID | None = None


# ------------------------------------------------------------------------------------------------ reading
def _with_role() -> Subquery:
    chosen = select(*TABLE, Role.permissions, Role.title.label("role_title")).join(Role, Role.name == TABLE.role)
    return chosen.subquery("with_role")


WITH_ROLE = _with_role()
#: Accounts; `permissions` and `role_title` come from the role.
by_id = OneBy(WITH_ROLE, "id")
EVERYBODY = Statement(
    WITH_ROLE,
    lambda columns: (
        select(*[WITH_ROLE.c[name] for name in sorted(columns | {"id"}) if name in WITH_ROLE.c])
        .order_by(WITH_ROLE.c.kind.desc(), WITH_ROLE.c.login)
        .limit(500)
    ),
)


async def mine(session: AsyncSession, viewer: Viewer, columns: Columns) -> RowDict:
    found = await by_id(session, [viewer.id] if viewer.id else [], columns)
    if not found:
        raise Unauthenticated("请先登录")
    return next(iter(found.values()))


async def everybody(session: AsyncSession, columns: Columns) -> Sequence[RowDict]:
    """All accounts, the platform's first; at most 500, which is far more than one county platform has."""
    return await EVERYBODY.rows(session, columns)


# ------------------------------------------------------------------------------------------------ accounts
async def create(uow: UnitOfWork, wanted: Wanted) -> UUID:
    """A new account; Conflict when the login is taken. Called by the command line and the demo, not by the graph."""
    login = clean_text(wanted.login, field="login", least=3, most=60, label="登录名").casefold()
    name = clean_text(wanted.name, field="name", least=1, most=40, label="姓名")
    await _role_fits(uow.session, wanted)
    id = new_id()
    row = {
        "id": id,
        "login": login,
        "name": name,
        "kind": wanted.kind,
        "merchant_id": wanted.merchant_id,
        "role": wanted.role,
        "password_hash": await passwords.hashed(passwords.checked(wanted.password, login)),
        "recovery_hashes": [],
    }
    try:
        async with uow.session.begin_nested():
            await uow.session.execute(insert(Staff).values(row))
    except IntegrityError:
        raise Conflict("登录名已被使用", field="login") from None
    return id


async def _role_fits(session: AsyncSession, wanted: Wanted) -> None:
    kind = await session.scalar(select(Role.kind).where(Role.name == wanted.role))
    if kind is not wanted.kind or (wanted.kind is StaffKind.MERCHANT) != (wanted.merchant_id is not None):
        raise Invalid("角色与账号类型不符", field="role")


async def deactivate(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """Closes an account and signs it out everywhere at once."""
    closed = await uow.session.scalar(update(Staff).where(TABLE.id == id).values(active=False).returning(Staff.login))
    if closed is None:
        raise NotFound("账号不存在")
    await sessions.revoke(uow, SignIn.staff_id == id)
    await audit.record(uow, viewer, "staff.deactivate", "staff", id, {"login": closed})


# ------------------------------------------------------------------------------------------------ signing in
@dataclass(frozen=True)
class _Attempt:
    """A try that was counted before the password was looked at, so that a thousand at once are no more than five."""

    id: UUID
    login: str
    name: str
    kind: StaffKind
    password_hash: str
    totp_sealed: bytes | None
    active: bool
    failed_attempts: int
    locked_until: datetime | None


async def sign_in(database: Database, login: str, password: str, totp: str | None, device: str) -> Tokens:
    """Signs a device in by password and, once enrolled, second factor (or a recovery code in its place).

    TotpRequired when only the code is missing; LockedOut for 15 minutes after five wrong tries, counted across both.
    Unknown logins take as long as wrong passwords. Opens its own transactions: a counted try must stand.
    """
    name = clean_text(login, field="login", most=60, label="登录名").casefold()
    attempt = await _attempt(database, TABLE.login == name)
    if not await passwords.verified(attempt.password_hash if attempt else None, password):
        raise _refused(attempt, Invalid(WRONG, field="password"))
    if attempt is None or not attempt.active:
        raise _refused(attempt, Invalid(WRONG, field="password"))
    if attempt.totp_sealed and not (totp or "").strip():
        await _give_back(database, attempt)
        raise TotpRequired("请输入动态验证码", field="totp")
    async with database.begin() as uow:
        if not attempt.totp_sealed or await second_factor.spend(uow, attempt.id, attempt.totp_sealed, totp or ""):
            return await _enter(uow, attempt, device)
    raise _refused(attempt, Invalid("动态验证码不正确", field="totp"))


async def _attempt(database: Database, whose: ColumnElement[bool]) -> _Attempt | None:
    """Counts a try; LockedOut when there have been too many. None for an unknown login."""
    now = clock.now()
    count = case((TABLE.locked_until.is_not(None), 1), else_=TABLE.failed_attempts + 1)
    locked = case((count >= MOST_FAILURES, literal(now + LOCKED_FOR)), else_=null())
    is_open = func.coalesce(TABLE.locked_until <= now, True)
    step = update(Staff).where(whose, is_open).values(failed_attempts=count, locked_until=locked)
    names = _Attempt.__dataclass_fields__
    async with database.begin() as uow:
        row = (await uow.session.execute(step.returning(*(TABLE[name] for name in names)))).mappings().one_or_none()
        until = None if row else await uow.session.scalar(select(TABLE.locked_until).where(whose))
    if until is not None:
        raise LockedOut(until)
    return _Attempt(**row) if row else None


def _refused(attempt: _Attempt | None, refusal: Refusal) -> Refusal:
    """The refusal of a wrong try; that of the last one says so."""
    return LockedOut(attempt.locked_until) if attempt and attempt.locked_until else refusal


async def _give_back(database: Database, attempt: _Attempt) -> None:
    """The try was right as far as it went. The count is not set to zero: that would allow endless guesses of codes."""
    left = func.greatest(TABLE.failed_attempts - 1, 0)
    async with database.begin() as uow:
        step = update(Staff).where(TABLE.id == attempt.id).values(failed_attempts=left, locked_until=None)
        await uow.session.execute(step)


async def _enter(uow: UnitOfWork, attempt: _Attempt, device: str) -> Tokens:
    cleared = {"failed_attempts": 0, "locked_until": None, "last_login_at": clock.now()}
    await uow.session.execute(update(Staff).where(TABLE.id == attempt.id).values(cleared))
    viewer = Viewer(ViewerKind(attempt.kind.value), attempt.id, attempt.name)
    await audit.record(uow, viewer, "staff.sign_in", "staff", attempt.id)
    return await sessions.begin(uow, viewer.kind, attempt.id, device)


async def change_password(database: Database, viewer: Viewer, current: str, new: str) -> None:
    """Sets a new password of at least ten characters and signs out all other devices.

    Wrong tries count as those of signing in: a stolen token must not serve to guess the password.
    """
    attempt = await _attempt(database, TABLE.id == viewer.id)
    if attempt is None or not await passwords.verified(attempt.password_hash, current):
        raise _refused(attempt, Invalid("当前密码不正确", field="current"))
    await _give_back(database, attempt)
    hashed = await passwords.hashed(passwords.checked(new, attempt.login))
    async with database.begin() as uow:
        await uow.session.execute(update(Staff).where(TABLE.id == attempt.id).values(password_hash=hashed))
        await sessions.revoke(uow, SignIn.staff_id == attempt.id, SignIn.id != viewer.sign_in_id)
        await audit.record(uow, viewer, "staff.change_password", "staff", attempt.id)
