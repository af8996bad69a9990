"""A member's own data: name shown, and the phone number bound to the account."""

from __future__ import annotations

import re
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Columns, Conflict, Database, Invalid, RowDict, Unauthenticated, UnitOfWork, Viewer, clean_text
from domain.crypto import mask_phone, vault
from domain.members.signing_in import WechatIdentity
from domain.statements import OneBy
from models.members import Member

E164 = re.compile(r"\+[1-9][0-9]{6,14}")
PHONE = {"table": "members", "column": "phone_sealed"}


members_by_id = OneBy(Member.__table__, "id")


async def mine(session: AsyncSession, viewer: Viewer, columns: Columns) -> RowDict:
    """The member who asks."""
    return await of_member(session, viewer.member_id, columns)


async def of_member(session: AsyncSession, member_id: UUID, columns: Columns) -> RowDict:
    """The member just signed in, for the answer to signing in."""
    row = (await members_by_id(session, [member_id], columns)).get(member_id)
    if row is None:
        raise Unauthenticated("请先登录")
    return row


async def rename(uow: UnitOfWork, viewer: Viewer, nickname: str) -> None:
    name = clean_text(nickname, field="nickname", least=1, most=20, label="昵称")
    await uow.session.execute(update(Member).where(Member.id == viewer.member_id).values(nickname=name))


async def bind_phone(database: Database, viewer: Viewer, identity: WechatIdentity, code: str) -> None:
    """Binds the number WeChat has verified; Conflict when it is bound to another account already."""
    phone = await identity.phone_of(clean_text(code, field="code", least=1, most=200, label="手机号凭证"))
    if not E164.fullmatch(phone):
        raise Invalid("手机号格式不正确", field="code")
    async with database.begin() as uow:
        await _bind(uow, viewer.member_id, phone)


async def _bind(uow: UnitOfWork, member_id: UUID, phone: str) -> None:
    sealed = vault.seal(phone, row=member_id, **PHONE)
    step = update(Member).where(Member.id == member_id)
    values = {"phone_sealed": sealed, "phone_index": vault.index(phone, purpose="member-phone")}
    try:
        async with uow.session.begin_nested():
            await uow.session.execute(step.values(values))
    except IntegrityError:
        raise Conflict("该手机号已绑定其他账号，请换一个手机号或用原账号登录", field="code") from None


def masked_phone(id: UUID, sealed: bytes | None) -> str | None:
    """138****0001; None before a phone is bound."""
    return mask_phone(vault.open(sealed, row=id, **PHONE).removeprefix("+86")) if sealed else None
