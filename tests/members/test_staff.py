"""Staff signing in: passwords, lock-out, second factor, recovery codes, roles."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from sqlalchemy import event, select

from domain.base import Conflict, Invalid, Refusal, Unauthenticated, Viewer, ViewerKind, WrongState, clock
from domain.members import passwords, roles, second_factor, sessions, staff, tries
from domain.members.permissions import Permission
from domain.members.staff import TotpRequired
from domain.members.tries import LockedOut
from models.audit import AuditEntry
from models.members import Role, SignInTry, StaffKind
from tests.factories import members
from tests.factories.members import PASSWORD
from tests.factories.merchants import merchant

WRONG = "not the password"


async def sign_in(database: Any, password: str = PASSWORD, totp: str | None = None, login: str = "admin") -> Any:
    return await staff.sign_in(database, login, password, totp, "控制台")


async def viewer_of(database: Any, token: str) -> Viewer | None:
    async with database.read() as session:
        found = await sessions.viewer_of(session, token)
    return found[0] if found else None


async def enrolled(database: Any) -> tuple[pyotp.TOTP, list[str]]:
    """An operator with a second factor: the secret, and the recovery codes."""
    viewer = Viewer(ViewerKind.PLATFORM, await members.operator(database), "测试员")
    async with database.begin() as uow:
        offered = await second_factor.begin(uow, viewer)
    totp = pyotp.TOTP(offered.secret)
    async with database.begin() as uow:
        codes = await second_factor.confirm(uow, viewer, totp.at(clock.now()))
    clock.advance(timedelta(seconds=60))
    return totp, codes


async def test_staff_sign_in_with_the_permissions_of_their_role(database: Any) -> None:
    shop = await merchant(database)
    await members.shopkeeper(database, shop, "wang")
    await members.shopkeeper(database, shop, "zhang", roles.SHIPPER.name)
    await members.operator(database)
    owner = await viewer_of(database, (await sign_in(database, login=" WANG ")).access)
    shipper = await viewer_of(database, (await sign_in(database, login="zhang")).access)
    admin = await viewer_of(database, (await sign_in(database)).access)
    assert owner is not None
    assert shipper is not None
    assert admin is not None
    assert (owner.kind, owner.merchant_id) == (ViewerKind.MERCHANT, shop)
    assert Permission.MERCHANT_PRODUCTS_WRITE in owner.permissions
    assert Permission.MERCHANT_PRODUCTS_WRITE not in shipper.permissions
    assert Permission.MERCHANT_ORDERS_SHIP in shipper.permissions
    assert (admin.kind, admin.merchant_id) == (ViewerKind.PLATFORM, None)
    assert admin.permissions == {p.value for p in roles.PLATFORM}


async def test_wrong_password_and_unknown_login_read_the_same(database: Any) -> None:
    await members.operator(database)
    refusals = []
    for login in ("admin", "nobody", "", "x\x1fy"):
        with pytest.raises(Invalid) as refused:
            await sign_in(database, WRONG, login=login)
        refusals.append(refused.value)
    assert {refusal.message for refusal in refusals[:3]} == {"登录名或密码不正确"}


async def test_an_unknown_login_cannot_be_told_from_a_known_one(database: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same answers in the same order, lock-out and its end included, for the same work."""
    await members.operator(database)
    checked: list[str] = []
    fits = passwords._fits

    def noted(password_hash: str, password: str) -> bool:
        checked.append(password_hash.rpartition("$")[0].rpartition("$")[0])  # the algorithm and what it costs
        return fits(password_hash, password)

    monkeypatch.setattr(passwords, "_fits", noted)
    logins, told = ("admin", "nobody"), dict[str, list[Any]]()
    for login in logins:
        checked.clear()
        answers = [await _answer(database, login, step) for step in (0, 0, 0, 0, 0, 0, 901, 0, 86_401, 0)]
        told[login] = [answers, list(checked)]
        clock.reset()
    assert told["admin"] == told["nobody"]
    answers, _ = told["nobody"]
    assert [code for code, *_ in answers] == ["BAD_USER_INPUT"] * 4 + ["LOCKED_OUT"] * 2 + ["BAD_USER_INPUT"] * 4
    assert len(checked) == 9  # all but the one that came while the login was locked


async def _answer(database: Any, login: str, later: int) -> tuple[Any, ...]:
    """What a wrong try is told, `later` seconds after the one before."""
    clock.advance(timedelta(seconds=later))
    with pytest.raises(Refusal) as refused:
        await sign_in(database, WRONG, login=login)
    until = getattr(refused.value, "until", None)
    left = round((until - clock.now()).total_seconds() / 10) if until else None
    return refused.value.code, refused.value.message, refused.value.field, left


async def test_the_same_statements_are_sent_for_an_unknown_login(database: Any) -> None:
    await members.operator(database)
    sent: dict[str, list[str]] = {}
    for login in ("admin", "nobody"):
        statements: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any, into: list[str] = statements) -> None:
            into.append(statement)

        event.listen(database.engine.sync_engine, "before_cursor_execute", note)
        for _ in range(6):
            with pytest.raises(Refusal):
                await sign_in(database, WRONG, login=login)
        event.remove(database.engine.sync_engine, "before_cursor_execute", note)
        sent[login] = statements
    assert sent["admin"] == sent["nobody"]
    assert len(sent["nobody"]) > 6


async def test_what_strangers_invent_does_not_pile_up(database: Any) -> None:
    for number in range(15):
        with pytest.raises(Invalid):
            await sign_in(database, WRONG, login=f"nobody {number}")
    clock.advance(tries.FORGOTTEN_AFTER + timedelta(seconds=1))
    for number in range(2):
        with pytest.raises(Invalid):
            await sign_in(database, WRONG, login=f"somebody {number}")
    async with database.read() as session:
        kept = (await session.execute(select(SignInTry.login_index, SignInTry.failures))).all()
    assert [len(row.login_index) for row in kept] == [16] * 2
    assert {row.failures for row in kept} == {1}


async def test_five_wrong_tries_lock_for_fifteen_minutes(database: Any) -> None:
    await members.operator(database)
    for _ in range(4):
        with pytest.raises(Invalid):
            await sign_in(database, WRONG)
    with pytest.raises(LockedOut) as last:
        await sign_in(database, WRONG)
    assert timedelta(minutes=14, seconds=50) < last.value.until - clock.now() <= timedelta(minutes=15)
    with pytest.raises(LockedOut):
        await sign_in(database)
    clock.advance(timedelta(minutes=15, seconds=1))
    assert (await sign_in(database)).access


async def test_ten_wrong_tries_at_once_are_no_more_than_five(database: Any) -> None:
    await members.operator(database)
    answers = await asyncio.gather(*(sign_in(database, WRONG) for _ in range(10)), return_exceptions=True)
    assert Counter(type(answer) for answer in answers) == {Invalid: 4, LockedOut: 6}
    async with database.read() as session:
        assert await session.scalar(select(SignInTry.failures)) == 5


async def test_signing_in_forgets_wrong_tries(database: Any) -> None:
    await members.operator(database)
    for _ in range(2):
        for _ in range(4):
            with pytest.raises(Invalid):
                await sign_in(database, WRONG)
        await sign_in(database)


async def test_a_lock_that_is_over_begins_to_count_anew(database: Any) -> None:
    await members.operator(database)
    await asyncio.gather(*(sign_in(database, WRONG) for _ in range(5)), return_exceptions=True)
    clock.advance(timedelta(minutes=16))
    with pytest.raises(Invalid):
        await sign_in(database, WRONG)
    assert (await sign_in(database)).access


async def test_the_second_factor_is_asked_for_and_each_code_is_good_once(database: Any) -> None:
    totp, _ = await enrolled(database)
    with pytest.raises(TotpRequired):
        await sign_in(database)
    code = totp.at(clock.now())
    answers = await asyncio.gather(*(sign_in(database, totp=code) for _ in range(3)), return_exceptions=True)
    assert Counter(type(answer) for answer in answers) == {sessions.Tokens: 1, Invalid: 2}
    with pytest.raises(Invalid):
        await sign_in(database, totp=code)
    clock.advance(timedelta(seconds=30))
    assert (await sign_in(database, totp=totp.at(clock.now()))).access


async def test_codes_of_the_neighbouring_steps_are_taken_and_older_ones_are_not(database: Any) -> None:
    totp, _ = await enrolled(database)
    clock.advance(timedelta(minutes=5))
    with pytest.raises(Invalid):
        await sign_in(database, totp=totp.at(clock.now() - timedelta(seconds=61)))
    assert (await sign_in(database, totp=totp.at(clock.now() - timedelta(seconds=30)))).access


async def test_asking_for_the_code_does_not_forget_wrong_codes(database: Any) -> None:
    """Else somebody with the password could guess codes for ever."""
    await enrolled(database)
    refusals: list[type[Refusal]] = []
    for totp in ("000000", None, "000001", None, "000002", None, "000003", None, "000004", None):
        with pytest.raises(Refusal) as refused:
            await sign_in(database, totp=totp)
        refusals.append(type(refused.value))
    assert refusals[-2:] == [LockedOut, LockedOut]
    assert refusals[:4] == [Invalid, TotpRequired, Invalid, TotpRequired]


async def test_a_recovery_code_replaces_a_code_once(database: Any) -> None:
    _, codes = await enrolled(database)
    assert len(set(codes)) == second_factor.RECOVERY_CODES
    assert (await sign_in(database, totp=codes[0].lower().replace("-", " "))).access
    with pytest.raises(Invalid):
        await sign_in(database, totp=codes[0])
    assert (await sign_in(database, totp=codes[1])).access


async def test_enrolling_needs_a_right_first_code(database: Any) -> None:
    viewer = Viewer(ViewerKind.PLATFORM, await members.operator(database), "测试员")
    with pytest.raises(WrongState):
        async with database.begin() as uow:
            await second_factor.confirm(uow, viewer, "123456")
    async with database.begin() as uow:
        offered = await second_factor.begin(uow, viewer)
    assert offered.uri.startswith("otpauth://totp/")
    assert "<svg" in offered.qr_svg
    with pytest.raises(Invalid):
        async with database.begin() as uow:
            await second_factor.confirm(uow, viewer, "１２３４５６")
    assert (await sign_in(database)).access  # nothing is in force before the first code


async def test_replacing_the_second_factor_needs_a_fresh_sign_in(database: Any) -> None:
    totp, _ = await enrolled(database)
    viewer = await viewer_of(database, (await sign_in(database, totp=totp.at(clock.now()))).access)
    assert viewer is not None
    async with database.begin() as uow:
        assert (await second_factor.begin(uow, viewer)).secret
    clock.advance(timedelta(minutes=11))
    with pytest.raises(WrongState):
        async with database.begin() as uow:
            await second_factor.begin(uow, viewer)


async def test_closing_an_account_cuts_it_off_at_once(database: Any) -> None:
    staff_id = await members.operator(database)
    tokens = await sign_in(database)
    viewer = await viewer_of(database, tokens.access)
    assert viewer is not None
    async with database.begin() as uow:
        await staff.deactivate(uow, viewer, staff_id)
    assert await viewer_of(database, tokens.access) is None
    with pytest.raises(Invalid):
        await sign_in(database)
    with pytest.raises(Unauthenticated):
        await sessions.refresh(database, tokens.refresh, ViewerKind.PLATFORM)


async def test_staff_and_members_cannot_refresh_each_others_tokens(database: Any) -> None:
    await members.operator(database)
    tokens = await sign_in(database)
    buyer = await members.signed_in(database, await members.member(database))
    with pytest.raises(Unauthenticated):
        await sessions.refresh(database, tokens.refresh, ViewerKind.MEMBER)
    with pytest.raises(Unauthenticated):
        await sessions.refresh(database, buyer.refresh, ViewerKind.PLATFORM)
    assert await viewer_of(database, tokens.access) is not None


async def test_staff_sign_in_anew_after_twelve_hours_however_often_they_refresh(database: Any) -> None:
    await members.operator(database)
    tokens = await sign_in(database)
    for _ in range(6):
        clock.advance(timedelta(hours=1, minutes=59))
        tokens = await sessions.refresh(database, tokens.refresh, ViewerKind.PLATFORM)
    clock.advance(timedelta(minutes=7))
    with pytest.raises(Unauthenticated):
        await sessions.refresh(database, tokens.refresh, ViewerKind.PLATFORM)


async def test_a_new_password_signs_out_the_other_devices(database: Any) -> None:
    await members.operator(database)
    here, there = await sign_in(database), await sign_in(database)
    viewer = await viewer_of(database, here.access)
    assert viewer is not None
    for current, new in ((WRONG, "long enough 1"), (PASSWORD, "short"), (PASSWORD, "x" * 129)):
        with pytest.raises(Invalid):
            await staff.change_password(database, viewer, current, new)
    await staff.change_password(database, viewer, PASSWORD, "long enough 1")
    assert await viewer_of(database, here.access) is not None
    assert await viewer_of(database, there.access) is None
    with pytest.raises(Invalid):
        await sign_in(database)
    assert (await sign_in(database, "long enough 1")).access


async def test_the_password_must_not_be_the_login(database: Any) -> None:
    async with database.begin() as uow:
        await roles.ensure(uow)
    wanted = staff.Wanted("administrator", "Administrator", "甲", StaffKind.PLATFORM, roles.AUDITOR.name)
    with pytest.raises(Invalid):
        async with database.begin() as uow:
            await staff.create(uow, wanted)


async def test_a_login_is_taken_once_and_a_role_fits_its_kind(database: Any) -> None:
    await members.operator(database, "admin")
    with pytest.raises(Conflict):
        await members.operator(database, "ADMIN")
    with pytest.raises(Invalid):
        await members.operator(database, "other", role=roles.SHOPKEEPER.name)


async def test_roles_are_written_once_and_name_only_known_permissions(database: Any) -> None:
    for _ in range(2):
        async with database.begin() as uow:
            await roles.ensure(uow)
    async with database.read() as session:
        rows = (await session.execute(select(Role.name, Role.kind, Role.permissions))).all()
    assert {row.name for row in rows} == {role.name for role in roles.ROLES}
    for row in rows:
        assert row.permissions
        assert all(Permission(p).value.startswith(f"{row.kind.value.lower()}:") for p in row.permissions)


async def test_signing_in_is_in_the_log(database: Any) -> None:
    staff_id = await members.operator(database)
    await sign_in(database)
    async with database.read() as session:
        row = (await session.execute(select(AuditEntry.action, AuditEntry.actor_id))).one()
    assert (row.action, row.actor_id) == ("staff.sign_in", staff_id)
