"""What buyers and shops read of groups."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from domain import groups
from domain.base import Database, NotFound
from models.catalog import Product, ProductState
from models.groups import GroupActivity
from models.merchants import Merchant, MerchantState
from tests.factories import groups as made
from tests.factories import merchants
from tests.factories import orders as market
from tests.orders.gateway import FakeGateway

GROUP = frozenset({"id", "activity_id", "seats_held", "expires_at", "leader_id"})


async def test_the_fullest_groups_that_can_be_joined_come_first(database: Database, gateway: FakeGateway) -> None:
    offer = await made.activity(database)
    _, _, one = await made.joined(database, gateway, offer)
    _, _, two = await made.joined(database, gateway, offer)
    await made.joined(database, gateway, offer, two)
    full = await made.activity(database, size=2)
    _, _, three = await made.joined(database, gateway, full)
    await made.joined(database, gateway, full, three)
    async with database.read() as session:
        found = await groups.forming_by_activity(session, [offer.id, full.id], GROUP)
        (row,) = await groups.running(session, offer.shop.product.id, frozenset({"price"}))
    assert [group["id"] for group in found[offer.id]] == [two, one]
    assert full.id not in found
    assert (row["id"], row["price"]) == (offer.id, made.PRICE)


async def test_members_are_shown_by_one_letter(database: Database, gateway: FakeGateway) -> None:
    offer = await made.activity(database)
    who, _, group_id = await made.joined(database, gateway, offer)
    async with database.read() as session:
        (seat,) = (await groups.members_by_group(session, [group_id], frozenset({"member_id"})))[group_id]
        names = await groups.names_by_member(session, [seat["member_id"]], frozenset({"shown_as"}))
        mine = await groups.mine_in(session, who.viewer, group_id, frozenset({"order_id"}))
        theirs = await groups.mine_in(session, (await market.buyer(database)).viewer, group_id, frozenset())
    assert len(str(names[who.viewer.member_id]["shown_as"])) == 3
    assert mine is not None
    assert theirs is None


async def test_results_tell_of_complete_groups_and_of_money_that_went_back(
    database: Database, gateway: FakeGateway
) -> None:
    offer = await made.activity(database, size=2)
    _, _, group_id = await made.joined(database, gateway, offer)
    await made.joined(database, gateway, offer, group_id)
    await made.joined(database, gateway, offer)
    async with database.read() as session:
        results = (await groups.results_by_activity(session, [offer.id]))[offer.id]["results"]
        rows, total = await groups.page_of_groups(session, offer.shop.keeper, offer.id, None, 1, 20, GROUP)
    assert results == groups.Results(opened=2, succeeded=1, forming=1, members=2, turnover=2 * made.PRICE)
    assert (len(rows), total) == (2, 2)
    rival = merchants.shopkeeper(await merchants.merchant(database))
    async with database.read() as session:
        with pytest.raises(NotFound):
            await groups.page_of_groups(session, rival, offer.id, None, 1, 20, GROUP)


async def test_everybodys_offers_are_those_that_can_be_taken_up(database: Database) -> None:
    """Not what is stopped, gone, of a product off sale or of a shop that is closed."""
    async with database.read() as session:
        _, before = await groups.page_of_running(session, 1, 1, frozenset())
    first, second, gone, stopped, off, closed = [await made.activity(database) for _ in range(6)]
    async with database.begin() as uow:
        await groups.stop(uow, stopped.shop.keeper, stopped.id)
        sold = update(GroupActivity).where(GroupActivity.id == gone.id).values(taken=GroupActivity.stock)
        await uow.session.execute(sold)
        hidden = update(Product).where(Product.id == off.shop.product.id).values(state=ProductState.OFF_SALE)
        await uow.session.execute(hidden)
        shut = update(Merchant).where(Merchant.id == closed.shop.keeper.shop_id).values(state=MerchantState.SUSPENDED)
        await uow.session.execute(shut)
    async with database.read() as session:
        rows, total = await groups.page_of_running(session, 1, 100, frozenset({"price"}))
        (second_row,), _ = await groups.page_of_running(session, 2, 1, frozenset())
    found = {row["id"] for row in rows}
    assert total == before + 2
    assert {first.id, second.id} <= found
    assert not {gone.id, stopped.id, off.id, closed.id} & found
    assert second_row["id"] == rows[1]["id"]
