"""Signing in with WeChat, tokens, their rotation and theft, devices."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from domain.base import Forbidden, Invalid, NotFound, Unauthenticated, ViewerKind, clock
from domain.members import sessions, signing_in
from domain.members.signing_in import WechatAccount
from models.members import Member, SignIn
from models.outbox import OutboxEvent
from tests.factories.members import member, signed_in


class Wechat:
    """Knows the codes it was given; each is good once, as at WeChat."""

    def __init__(self, **accounts: str) -> None:
        self.accounts = accounts

    async def account_of(self, code: str) -> WechatAccount:
        if code not in self.accounts:
            raise Invalid("登录凭证已失效", field="code")
        return WechatAccount(self.accounts.pop(code), None)

    async def phone_of(self, code: str) -> str:
        return self.accounts[code]


async def viewer_of(database: Any, token: str) -> Any:
    async with database.read() as session:
        return await sessions.viewer_of(session, token)


async def revoked(database: Any) -> list[str]:
    async with database.read() as session:
        chosen = select(OutboxEvent.payload).where(OutboxEvent.name == "SignInRevoked").order_by(OutboxEvent.id)
        return [payload["access_hash"] for payload in await session.scalars(chosen)]


def sha(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def test_a_code_signs_in_and_the_same_person_stays_one_member(database: Any) -> None:
    wechat = Wechat(first="openid-1", second="openid-1", other="openid-2")
    first = await signing_in.login(database, wechat, "first", "iPhone")
    second = await signing_in.login(database, wechat, "second", "iPad")
    other = await signing_in.login(database, wechat, "other", "")
    assert first.owner_id == second.owner_id != other.owner_id
    viewer, ends = await viewer_of(database, first.access)
    assert (viewer.kind, viewer.id, viewer.sign_in_id) == (ViewerKind.MEMBER, first.owner_id, first.sign_in_id)
    assert timedelta(hours=1, minutes=59) < ends - clock.now() <= timedelta(hours=2)


async def test_a_used_code_is_refused(database: Any) -> None:
    wechat = Wechat(code="openid-1")
    await signing_in.login(database, wechat, "code", "")
    with pytest.raises(Invalid):
        await signing_in.login(database, wechat, "code", "")
    with pytest.raises(Invalid):
        await signing_in.login(database, wechat, " ", "")


async def test_two_first_logins_at_once_make_one_member(database: Any) -> None:
    wechat = Wechat(**{f"c{n}": "openid-same" for n in range(5)})
    made = await asyncio.gather(*(signing_in.login(database, wechat, f"c{n}", "") for n in range(5)))
    assert len({tokens.owner_id for tokens in made}) == 1


async def test_only_hashes_are_stored(database: Any) -> None:
    tokens = await signed_in(database, await member(database))
    async with database.read() as session:
        row = (await session.execute(select(*SignIn.__table__.c))).mappings().one()
    stored = b"".join(value for value in row.values() if isinstance(value, bytes))
    assert row["access_hash"].hex() == sha(tokens.access)
    assert tokens.access.encode() not in stored
    assert tokens.refresh.encode() not in stored


async def test_an_access_token_ends_and_a_blocked_member_is_out_at_once(database: Any) -> None:
    buyer = await member(database)
    tokens = await signed_in(database, buyer)
    clock.advance(timedelta(hours=2, seconds=1))
    assert await viewer_of(database, tokens.access) is None
    clock.reset()
    async with database.begin() as uow:
        await uow.session.execute(update(Member).values(blocked_at=clock.now()))
    assert await viewer_of(database, tokens.access) is None
    with pytest.raises(Unauthenticated):
        await sessions.refresh(database, tokens.refresh, ViewerKind.MEMBER)
    async with database.read() as session:
        openid = await session.scalar(select(Member.openid))
    with pytest.raises(Forbidden):
        await signing_in.login(database, Wechat(code=openid), "code", "")


@pytest.mark.parametrize("token", ["", "x" * 43, "中文" * 20, "\x00" * 30, "\ud800" * 30])
async def test_what_is_no_token_stands_for_nobody(database: Any, token: str) -> None:
    assert await viewer_of(database, token) is None
    with pytest.raises(Unauthenticated):
        await sessions.refresh(database, token, ViewerKind.MEMBER)


async def test_refreshing_drops_the_old_pair_and_tells_of_it(database: Any) -> None:
    old = await signed_in(database, await member(database))
    new = await sessions.refresh(database, old.refresh, ViewerKind.MEMBER)
    assert new.access != old.access
    assert new.refresh != old.refresh
    assert await viewer_of(database, old.access) is None
    viewer, _ = await viewer_of(database, new.access)
    assert viewer.sign_in_id == old.sign_in_id
    assert await revoked(database) == [sha(old.access)]
    clock.advance(timedelta(days=29))
    assert (await sessions.refresh(database, new.refresh, ViewerKind.MEMBER)).owner_id == new.owner_id


async def test_refreshing_at_the_same_moment_gives_everybody_the_same_pair(database: Any) -> None:
    old = await signed_in(database, await member(database))
    made = await asyncio.gather(*(sessions.refresh(database, old.refresh, ViewerKind.MEMBER) for _ in range(8)))
    assert len({(tokens.access, tokens.refresh) for tokens in made}) == 1
    assert await viewer_of(database, made[0].access) is not None
    assert await revoked(database) == [sha(old.access)]


async def test_a_lost_answer_can_be_asked_for_again_within_a_minute(database: Any) -> None:
    old = await signed_in(database, await member(database))
    lost = await sessions.refresh(database, old.refresh, ViewerKind.MEMBER)
    clock.advance(timedelta(seconds=50))
    again = await sessions.refresh(database, old.refresh, ViewerKind.MEMBER)
    assert (again.access, again.refresh) == (lost.access, lost.refresh)


async def test_a_used_refresh_token_seen_later_signs_the_device_out(database: Any) -> None:
    stolen = await signed_in(database, await member(database))
    current = await sessions.refresh(database, stolen.refresh, ViewerKind.MEMBER)
    clock.advance(timedelta(seconds=61))
    with pytest.raises(Unauthenticated):
        await sessions.refresh(database, stolen.refresh, ViewerKind.MEMBER)
    assert await viewer_of(database, current.access) is None
    with pytest.raises(Unauthenticated):
        await sessions.refresh(database, current.refresh, ViewerKind.MEMBER)
    assert (await revoked(database))[-1] == sha(current.access)


async def test_a_refresh_token_ends(database: Any) -> None:
    tokens = await signed_in(database, await member(database))
    clock.advance(timedelta(days=30, seconds=1))
    with pytest.raises(Unauthenticated):
        await sessions.refresh(database, tokens.refresh, ViewerKind.MEMBER)


async def test_devices_are_listed_and_signed_out_one_by_one(database: Any) -> None:
    buyer, stranger = await member(database), await member(database)
    phone, pad = await signed_in(database, buyer, "手机"), await signed_in(database, buyer, "平板")
    foreign = await signed_in(database, stranger)
    async with database.read() as session:
        names = [row["device"] for row in await sessions.devices(session, buyer, frozenset({"device"}))]
    assert sorted(names) == ["平板", "手机"]
    with pytest.raises(NotFound):
        async with database.begin() as uow:
            await sessions.revoke_device(uow, buyer, foreign.sign_in_id)
    async with database.begin() as uow:
        await sessions.revoke_device(uow, buyer, pad.sign_in_id)
    assert await viewer_of(database, pad.access) is None
    assert await viewer_of(database, phone.access) is not None
    assert await viewer_of(database, foreign.access) is not None
    with pytest.raises(NotFound):
        async with database.begin() as uow:
            await sessions.revoke_device(uow, buyer, pad.sign_in_id)


async def test_signing_out_ends_this_device_and_may_be_repeated(database: Any) -> None:
    tokens = await signed_in(database, await member(database))
    viewer, _ = await viewer_of(database, tokens.access)
    for _ in range(2):
        async with database.begin() as uow:
            await sessions.end(uow, viewer)
    assert await viewer_of(database, tokens.access) is None
    assert await revoked(database) == [sha(tokens.access)]


async def test_the_device_unused_for_longest_makes_room(database: Any) -> None:
    buyer = await member(database)
    made = []
    for _ in range(sessions.MOST_DEVICES + 1):
        made.append(await signed_in(database, buyer))
        clock.advance(timedelta(seconds=1))
    assert await viewer_of(database, made[0].access) is None
    assert await viewer_of(database, made[1].access) is not None
