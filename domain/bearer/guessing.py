"""Wrong codes of a member, all kinds together: five a day."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as upsert

from domain.base import TooMany, UnitOfWork, Viewer, clock
from models.bearer import CodeTry

MOST_WRONG = 5
TRY = CodeTry.__table__.c


async def refuse_guessing(uow: UnitOfWork, viewer: Viewer) -> None:
    today = select(TRY.wrong).where(TRY.member_id == viewer.member_id, TRY.day == clock.today())
    if (await uow.session.scalar(today) or 0) >= MOST_WRONG:
        raise TooMany("今天输错卡号的次数过多，请明天再试或联系客服")


async def count_wrong(uow: UnitOfWork, viewer: Viewer) -> None:
    first = upsert(CodeTry).values(member_id=viewer.member_id, day=clock.today(), wrong=1)
    again = first.on_conflict_do_update(index_elements=["member_id", "day"], set_={"wrong": TRY.wrong + 1})
    await uow.session.execute(again)
