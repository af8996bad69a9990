"""Staff of the platform and of shops: accounts, signing in with lock-out, passwords."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, insert, select, update
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
from domain.members import passwords, second_factor, sessions, tries
from domain.members.sessions import Tokens
from domain.statements import OneBy, Statement
from models.base import new_id
from models.members import Role, SignIn, Staff, StaffKind

TABLE = Staff.__table__.c
WRONG = "登录名或密码不正确"


class TotpRequired(Refusal):
    """The password is right; a code of the second factor is needed too."""

    code = "TOTP_REQUIRED"


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
class _Account:
    """What signing in needs to know of an account."""

    id: UUID
    login: str
    name: str
    kind: StaffKind
    password_hash: str
    totp_sealed: bytes | None
    active: bool


async def sign_in(database: Database, login: str, password: str, totp: str | None, device: str) -> Tokens:
    """Signs a device in by password and, once enrolled, second factor (or a recovery code in its place).

    TotpRequired when only the code is missing; LockedOut for 15 minutes after five wrong tries, counted across both.
    Unknown logins are counted, locked and hashed for like known ones. Opens its own transactions: a counted try must
    stand.
    """
    name = clean_text(login, field="login", most=60, label="登录名").casefold()
    async with database.begin() as uow:
        until = await tries.count(uow, name)
        account = await _account(uow.session, TABLE.login == name)
    fits = await passwords.verified(account.password_hash if account else None, password)
    if account is None or not account.active or not fits:
        raise _refused(until, Invalid(WRONG, field="password"))
    if account.totp_sealed and not (totp or "").strip():
        await _give_back(database, account)
        raise TotpRequired("请输入动态验证码", field="totp")
    async with database.begin() as uow:
        if not account.totp_sealed or await second_factor.spend(uow, account.id, account.totp_sealed, totp or ""):
            return await _enter(uow, account, device)
    raise _refused(until, Invalid("动态验证码不正确", field="totp"))


async def _account(session: AsyncSession, whose: ColumnElement[bool]) -> _Account | None:
    names = _Account.__dataclass_fields__
    row = (await session.execute(select(*(TABLE[name] for name in names)).where(whose))).mappings().one_or_none()
    return _Account(**row) if row else None


def _refused(until: datetime | None, refusal: Refusal) -> Refusal:
    """The refusal of a wrong try; that of the last one says so."""
    return tries.LockedOut(until) if until else refusal


async def _give_back(database: Database, account: _Account) -> None:
    async with database.begin() as uow:
        await tries.give_back(uow, account.login)


async def _enter(uow: UnitOfWork, account: _Account, device: str) -> Tokens:
    await tries.forget(uow, account.login)
    await uow.session.execute(update(Staff).where(TABLE.id == account.id).values(last_login_at=clock.now()))
    viewer = Viewer(ViewerKind(account.kind.value), account.id, account.name)
    await audit.record(uow, viewer, "staff.sign_in", "staff", account.id)
    return await sessions.begin(uow, viewer.kind, account.id, device)


async def change_password(database: Database, viewer: Viewer, current: str, new: str) -> None:
    """Sets a new password of at least ten characters and signs out all other devices.

    Wrong tries count as those of signing in: a stolen token must not serve to guess the password.
    """
    async with database.begin() as uow:
        account = await _account(uow.session, TABLE.id == viewer.id)
        if account is None:
            raise Unauthenticated("请先登录")
        until = await tries.count(uow, account.login)
    if not await passwords.verified(account.password_hash, current):
        raise _refused(until, Invalid("当前密码不正确", field="current"))
    await _give_back(database, account)
    hashed = await passwords.hashed(passwords.checked(new, account.login))
    async with database.begin() as uow:
        await uow.session.execute(update(Staff).where(TABLE.id == account.id).values(password_hash=hashed))
        await sessions.revoke(uow, SignIn.staff_id == account.id, SignIn.id != viewer.sign_in_id)
        await audit.record(uow, viewer, "staff.change_password", "staff", account.id)
