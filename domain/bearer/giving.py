"""Links that give something away, to whoever opens them first, for a week and once.

Two at once: the first to lock the thing has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnCollection, ColumnElement, insert, select, update

from domain.base import NotFound, RowDict, UnitOfWork, Viewer, WrongState, clean_text, clock
from domain.bearer import codes
from domain.bearer.codes import MOST_TOKEN, Codes
from domain.bearer.log import Log
from models.base import Row, new_id
from models.bearer import GiftState

LINK_FOR = timedelta(days=7)
NO_GIFT = "这个赠送链接不存在或已失效"


@dataclass(frozen=True)
class Given:
    """A link to give away: its secret is told once."""

    gift_id: UUID
    token: str
    expires_at: datetime


@dataclass(frozen=True)
class Links:
    """The links that give away the things of one log. `called`: what one of them is, in a sentence."""

    gift: type[Row]
    log: Log
    codes: Codes
    called: str

    @property
    def columns(self) -> ColumnCollection[str, Any]:
        return self.gift.__table__.c

    async def open(self, uow: UnitOfWork, viewer: Viewer, thing: RowDict, words: str) -> Given:
        """A link for a locked thing that may be given away. An earlier one is void."""
        words = clean_text(words, field="words", most=60, label="赠言")
        await self._void(uow, thing["id"])
        id, token, now = new_id(), codes.token(), clock.now()
        row = {"id": id, self.log.key: thing["id"], "giver_id": viewer.member_id, "digest": self.codes.of_link(token)}
        row |= {"words": words, "state": GiftState.OPEN, "created_at": now}
        await uow.session.execute(insert(self.gift).values(**row, expires_at=now + LINK_FOR))
        return Given(id, token, now + LINK_FOR)

    async def withdraw(self, uow: UnitOfWork, thing: RowDict) -> None:
        """The link of a locked thing is void. WrongState when nobody waits for it any more."""
        if not await self._void(uow, thing["id"]):
            raise WrongState("没有待领取的赠送")

    async def taken(self, uow: UnitOfWork, viewer: Viewer, token: str) -> tuple[UUID, RowDict]:
        """The gift and what it gives, locked and taken by the viewer, whose it becomes by what the caller writes."""
        if len(token) > MOST_TOKEN:
            raise NotFound(NO_GIFT)
        gift, key = self.columns, self.columns[self.log.key]
        found = (
            await uow.session.execute(select(gift.id, key).where(gift.digest == self.codes.of_link(token)))
        ).first()
        if found is None:
            raise NotFound(NO_GIFT)
        thing = (await self.log.locked(uow, [found[1]]))[found[1]]
        chosen = select(*gift).where(gift.id == found.id).with_for_update()
        self._refuse_gone(dict((await uow.session.execute(chosen)).mappings().one()), thing, viewer)
        done = {"state": GiftState.ACCEPTED, "accepted_by": viewer.member_id}
        await uow.session.execute(update(self.gift).where(gift.id == found.id).values(done))
        return found.id, thing

    def is_open(self) -> ColumnElement[Any]:
        """Until when a link that gives the thing away is open, beside the columns of the thing."""
        gift, thing = self.columns, self.log.columns
        there = (gift[self.log.key] == thing.id) & (gift.state == GiftState.OPEN) & (gift.expires_at > clock.now())
        return select(gift.expires_at).where(there).correlate(self.log.thing).scalar_subquery().label("gift_until")

    def of_token(self, token: str) -> ColumnElement[bool]:
        """Which link this secret opens. NotFound for what can be none."""
        if len(token) > MOST_TOKEN:
            raise NotFound(NO_GIFT)
        opens: ColumnElement[bool] = self.columns.digest == self.codes.of_link(token)
        return opens

    async def _void(self, uow: UnitOfWork, id: UUID) -> bool:
        gift = self.columns
        void = update(self.gift).where(gift[self.log.key] == id, gift.state == GiftState.OPEN)
        done = await uow.session.execute(void.values(state=GiftState.WITHDRAWN).returning(gift.id))
        return done.first() is not None

    def _refuse_gone(self, gift: RowDict, thing: RowDict, viewer: Viewer) -> None:
        if gift["state"] is GiftState.ACCEPTED:
            raise WrongState(f"这张{self.called}已被领取")
        if gift["state"] is GiftState.WITHDRAWN or gift["expires_at"] <= clock.now():
            raise NotFound(NO_GIFT)
        if thing["holder_id"] != gift["giver_id"]:
            raise NotFound(NO_GIFT)
        if thing["holder_id"] == viewer.member_id:
            raise WrongState(f"不能领取自己赠送的{self.called}")


def shown(row: RowDict | None) -> RowDict:
    """A gift for whoever has its link; NotFound for one that is void or over."""
    over = row is not None and row["state"] is GiftState.OPEN and row["expires_at"] <= clock.now()
    if row is None or row["state"] is GiftState.WITHDRAWN or over:
        raise NotFound(NO_GIFT)
    return row
