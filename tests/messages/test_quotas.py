"""One acceptance is one message, told twice it is one, and there are never fewer than none."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from domain import messages
from domain.base import Database, clock
from domain.messages import Told
from models.messages import MessageAnswer, MessageKind, MessageQuota
from tests.factories import members
from tests.factories import messages as posted
from tests.factories import orders as market

K = MessageKind


async def test_every_acceptance_adds_one_and_a_refusal_none(database: Database) -> None:
    who = await members.member(database)
    for accepted in (True, False, True):
        assert await posted.answered(database, who, K.REFUND, accepted) == 1
    assert await posted.left(database, who, K.REFUND) == 2
    async with database.read() as session:
        assert [(each.kind, each.left) for each in await messages.choices(session, who) if each.left] == [(K.REFUND, 2)]


async def test_what_is_told_twice_at_once_counts_once(database: Database) -> None:
    who, at = await members.member(database), clock.now()
    new = await asyncio.gather(*(posted.answered(database, who, K.REFUND, at=at) for _ in range(8)))
    assert sorted(new) == [0] * 7 + [1]
    assert await posted.left(database, who, K.REFUND) == 1


async def test_what_is_switched_off_is_gone_and_an_older_acceptance_does_not_bring_it_back(database: Database) -> None:
    who = await members.member(database)
    await posted.answered(database, who, K.GROUP)
    before = clock.now()
    clock.advance(timedelta(minutes=1))
    await posted.answered(database, who, K.GROUP, False, told=Told.CHANGE)
    assert await posted.left(database, who, K.GROUP) == 0
    # WeChat repeats a push that was not taken: this one was said before, and is heard after.
    await posted.answered(database, who, K.GROUP, at=before + timedelta(seconds=1))
    assert await posted.left(database, who, K.GROUP) == 0
    await posted.answered(database, who, K.GROUP)
    assert await posted.left(database, who, K.GROUP) == 1


async def test_strangers_and_templates_of_others_are_nobodys(database: Database) -> None:
    who = await members.member(database)
    async with database.begin() as uow:
        known = messages.templates()[K.GROUP]
        assert await messages.record_answers(uow, "o-nobody", Told.POPUP, clock.now(), {known: True}) == 0
        assert await messages.record_answers(uow, "o-nobody", Told.POPUP, clock.now(), {"another": True}) == 0
    assert await market.rows(database, MessageQuota, member_id=who.member_id) == []


@pytest.mark.parametrize("used", [-1, 2])
async def test_the_table_refuses_fewer_than_none(database: Database, used: int) -> None:
    who = await members.member(database)
    row = {"member_id": who.member_id, "kind": K.GROUP, "granted": 1, "used": used}
    async with database.begin() as uow:
        with pytest.raises(IntegrityError):
            await uow.session.execute(insert(MessageQuota).values(row))
        await uow.session.rollback()


async def test_answers_are_forgotten_after_a_month_and_the_quota_stays(database: Database) -> None:
    who = await members.member(database)
    await posted.answered(database, who, K.GROUP)
    async with database.begin() as uow:
        assert await messages.forget_answers(uow) == 0
        old = {"created_at": clock.now() - timedelta(days=31)}
        await uow.session.execute(update(MessageAnswer).values(old))
        assert await messages.forget_answers(uow) == 1
    assert await posted.left(database, who, K.GROUP) == 1
