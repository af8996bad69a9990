"""What the console is told of channels and inviters: who came, registered, ordered, and what was paid."""

from __future__ import annotations

import pytest

from domain import referrals
from domain.base import Invalid, NotFound
from models.referrals import Channel, ChannelMember
from server.database import Database
from tests.factories import members, merchants
from tests.factories import orders as market
from tests.factories import referrals as made
from tests.orders.gateway import FakeGateway


async def channel(database: Database, name: str = "农贸市场东门") -> str:
    async with database.begin() as uow:
        id = await referrals.open_channel(uow, merchants.operator(), name)
    return f"c={(await market.row(database, Channel, id))['code']}"


async def comes(database: Database, scene: str, times: int = 1) -> None:
    for _ in range(times):
        async with database.begin() as uow:
            await referrals.note_arrival(uow, scene)


async def test_a_channel_counts_who_came_registered_ordered_and_paid(database: Database, gateway: FakeGateway) -> None:
    shop, scene = await market.shop(database), await channel(database)
    await channel(database, "没有人来的地方")
    await comes(database, scene, 5)
    buyer, looker, idle = [await made.person(database) for _ in range(3)]
    for who in (buyer, looker, idle):
        await made.accept(database, who.viewer, scene)
    await made.received(database, gateway, buyer, shop)
    back = await made.received(database, gateway, buyer, shop)
    await made.goes_back(database, back)
    await market.placed(database, looker, {shop.sku: 1})
    async with database.read() as session:
        first, second = await referrals.of_channels(session, 7)
        with pytest.raises(Invalid):
            await referrals.of_channels(session, 0)
    assert (first.name, first.came, first.registered, first.ordered) == ("农贸市场东门", 5, 3, 2)
    assert (first.paid, first.refunded) == (2 * 3990, 3990)
    assert (second.came, second.registered, second.ordered, second.paid) == (0, 0, 0, 0)


async def test_the_first_channel_stays_and_old_members_are_no_newcomers(database: Database) -> None:
    first, second = await channel(database), await channel(database, "第二个渠道")
    who = await made.person(database)
    for scene in (first, second, first):
        assert await made.accept(database, who.viewer, scene) is None
    assert len(rows := await market.rows(database, ChannelMember)) == 1
    assert rows[0]["member_id"] == who.viewer.id


async def test_a_closed_channel_counts_nobody(database: Database) -> None:
    scene = await channel(database)
    (row,) = await market.rows(database, Channel)
    async with database.begin() as uow:
        await referrals.close_channel(uow, merchants.operator(), row["id"])
    with pytest.raises(NotFound):
        await comes(database, scene)
    with pytest.raises(NotFound):
        await made.accept(database, (await made.person(database)).viewer, scene)


async def test_an_inviter_is_told_of_the_same_way(database: Database, gateway: FakeGateway) -> None:
    await made.programme(database)
    shop, inviter = await market.shop(database), await members.member(database, nickname="昭阳小杨")
    await comes(database, await made.scene_of(database, inviter), 3)
    await made.rewarded(database, gateway, inviter, shop)
    async with database.read() as session:
        (only,) = await referrals.of_inviters(session, 30)
    assert (only.name, only.came, only.registered, only.ordered, only.rewarded) == ("昭**", 3, 1, 1, 1)
    assert only.paid == 3990
