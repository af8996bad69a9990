"""What belongs together in an order, as the database itself insists."""

from __future__ import annotations

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError

from domain.base import Database
from models.orders import Order, OrderLine, OrderStep, Trade
from tests.factories import members
from tests.factories import orders as market


async def test_an_order_is_of_the_member_of_its_trade(database: Database) -> None:
    shop, who, other = await market.shop(database), await market.buyer(database), await members.member(database)
    trade_id = await market.placed(database, who, {shop.sku: 1})
    for model in (Order, Trade):
        with pytest.raises(IntegrityError, match="fk_orders_trade_id_member_id"):
            async with database.begin() as uow:
                await uow.session.execute(update(model).values(member_id=other.member_id))
    assert (await market.order_of(database, trade_id))["member_id"] == who.viewer.member_id


async def test_a_line_is_of_the_product_of_its_sku(database: Database) -> None:
    shop, other, who = await market.shop(database), await market.shop(database), await market.buyer(database)
    await market.placed(database, who, {shop.sku: 1})
    with pytest.raises(IntegrityError, match="fk_order_lines_sku_id_product_id"):
        async with database.begin() as uow:
            await uow.session.execute(update(OrderLine).values(product_id=other.product.id))


async def test_the_first_entry_of_the_log_follows_from_the_order(database: Database) -> None:
    near, far, who = await market.shop(database), await market.shop(database), await market.buyer(database)
    trade_id = await market.placed(database, who, {near.sku: 1, far.sku: 1})
    placed, steps = await market.orders_of(database, trade_id), await market.rows(database, OrderStep)
    assert {step["id"] for step in steps} == {step["order_id"] for step in steps} == {order["id"] for order in placed}
    assert {step["actor_id"] for step in steps} == {who.viewer.member_id}
    assert {step["created_at"] for step in steps} == {order["created_at"] for order in placed}


async def test_the_beginning_of_a_number_is_found_by_its_key(database: Database) -> None:
    async with database.begin() as uow:
        await uow.session.execute(text("SET LOCAL enable_seqscan = off"))
        asked = "EXPLAIN SELECT id FROM orders WHERE number LIKE 'S20261201%' ESCAPE '/'"
        plan = "\n".join((await uow.session.scalars(text(asked))).all())
    assert "uq_orders_number" in plan
    assert "Index Cond" in plan
