"""Signing in with WeChat: who a login code stands for, and the member it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert

from domain.base import Database, Forbidden, UnitOfWork, ViewerKind, clean_text
from domain.members import sessions
from domain.members.sessions import Tokens
from models.base import new_id
from models.members import Member

NEWCOMER = "微信用户"


@dataclass(frozen=True)
class WechatAccount:
    """Who a login code stands for."""

    openid: str
    unionid: str | None


class WechatIdentity(Protocol):
    """What signing in asks of WeChat. Invalid for a code that is wrong, used or too old; Unavailable without answer."""

    async def account_of(self, code: str) -> WechatAccount: ...

    async def phone_of(self, code: str) -> str:
        """The phone number in E.164, +86…."""
        ...


async def login(database: Database, identity: WechatIdentity, code: str, device: str) -> Tokens:
    """Signs a device in for whom WeChat says the code stands for; a newcomer becomes a member.

    WeChat is asked before the transaction begins, so that a slow answer holds nothing up.
    """
    account = await identity.account_of(clean_text(code, field="code", least=1, most=200, label="登录凭证"))
    async with database.begin() as uow:
        member_id = await _member_of(uow, account)
        return await sessions.begin(uow, ViewerKind.MEMBER, member_id, device)


async def _member_of(uow: UnitOfWork, account: WechatAccount) -> UUID:
    new = insert(Member).values(id=new_id(), openid=account.openid, unionid=account.unionid, nickname=NEWCOMER)
    # An update even when nothing changes: it answers the row, and waits for a twin that signs in at the same moment.
    known = new.on_conflict_do_update(
        index_elements=["openid"], set_={"unionid": func.coalesce(new.excluded.unionid, Member.unionid)}
    )
    member_id, blocked_at = (await uow.session.execute(known.returning(Member.id, Member.blocked_at))).one()
    if blocked_at is not None:
        raise Forbidden("账号已被限制登录，请联系客服")
    return member_id
