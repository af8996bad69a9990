"""Every pair of events on one order, started together: one of the two legal outcomes, and nothing half done.

The table of winners is in docs/domains/orders.md; here each pair runs on PostgreSQL, in both orders of starting.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from domain import orders
from domain.base import Database, Refusal, clock
from domain.members import addresses
from domain.payments import Outcome
from models.orders import Order, OrderLine
from tests.factories import merchants
from tests.factories import orders as market
from tests.orders.gateway import FakeGateway


@dataclass(frozen=True)
class Scene:
    """An order of three apples, paid or not, with what each event needs."""

    database: Database
    gateway: FakeGateway
    shop: market.Shop
    who: market.Buyer
    trade_id: UUID
    order_id: UUID
    line_id: UUID
    address_id: UUID
    number: str


Act = Callable[[Scene], Awaitable[Any]]


def within(verb: Callable[..., Awaitable[Any]], *arguments: Callable[[Scene], Any], **named: Any) -> Act:
    async def act(scene: Scene) -> Any:
        async with scene.database.begin() as uow:
            return await verb(uow, *(argument(scene) for argument in arguments), **named)

    return act


def parcel(number: str, quantity: int | None) -> Callable[[Scene], orders.Parcel]:
    def made(scene: Scene) -> orders.Parcel:
        goods = None if quantity is None else [(scene.line_id, quantity)]
        return orders.Parcel(scene.order_id, "YTO", number, goods)

    return made


async def pay(scene: Scene) -> Any:
    """Money comes, or the news of it once more; for an attempt that was closed it comes late."""
    known = scene.gateway.orders[scene.number]
    if known.state is Outcome.CLOSED:
        known.state = Outcome.UNPAID
    seen = known.paid if known.state is Outcome.PAID else scene.gateway.pay(scene.number)
    assert seen is not None
    return await market.record(scene.database, seen)


async def cancel(scene: Scene) -> Any:
    return await orders.cancel(scene.database, scene.gateway, scene.who.viewer, scene.trade_id)


async def expire(scene: Scene) -> Any:
    return await orders.expire(scene.database, scene.gateway, scene.trade_id)


UNPAID: dict[str, Act] = {
    "pay": pay,
    "cancel": cancel,
    "expire": expire,
    "address": within(orders.change_address, lambda s: s.who.viewer, lambda s: s.order_id, lambda s: s.address_id),
}
PAID: dict[str, Act] = {
    "late_payment": pay,
    "refund": within(
        orders.refund_unshipped,
        lambda s: merchants.operator(),
        lambda s: s.order_id,
        lambda s: "平台取消",
        restock=True,
    ),
    "ship_part": within(orders.ship, lambda s: s.shop.keeper, parcel("YT00000001", 1)),
    "ship_rest": within(orders.ship, lambda s: s.shop.keeper, parcel("YT00000002", None)),
    "address": UNPAID["address"],
    "receive": within(orders.confirm_receipt, lambda s: s.who.viewer, lambda s: s.order_id),
    "auto_confirm": within(orders.auto_confirm, lambda s: s.order_id),
    "complete": within(orders.complete, lambda s: s.order_id),
}


async def scene(database: Database, gateway: FakeGateway, *, stage: str) -> Scene:
    shop, who = await market.shop(database), await market.buyer(database)
    where = addresses.Wanted("李阿芳", "13999990002", merchants.ZHAOYANG, "凤凰街道 8 号", is_default=False)
    async with database.begin() as uow:
        other = await addresses.save(uow, who.viewer, None, where)
    trade_id = await market.placed(database, who, {shop.sku: 3})
    await orders.pay(database, gateway, who.viewer, trade_id)
    number = await market.attempt_number(database, trade_id)
    order_id = (await market.order_of(database, trade_id))["id"]
    (line,) = await market.rows(database, OrderLine, order_id=order_id)
    made = Scene(database, gateway, shop, who, trade_id, order_id, line["id"], other, number)
    if stage == "unpaid":
        clock.advance(orders.PAY_WITHIN)
        return made
    await pay(made)
    if stage in ("shipped", "received"):
        await PAID["ship_part"](made)
        await PAID["ship_rest"](made)
        clock.advance(timedelta(days=11))
    if stage == "received":
        await PAID["receive"](made)
        clock.advance(timedelta(days=9))
    return made


def pairs() -> list[Any]:
    stages = {"unpaid": UNPAID, "paid": PAID, "shipped": PAID, "received": PAID}
    return [
        pytest.param(stage, one, other, id=f"{stage}-{one}-{other}")
        for stage, acts in stages.items()
        for one, other in itertools.product(acts, repeat=2)
    ]


async def told(act: Act, at: Scene, barrier: asyncio.Barrier) -> Any:
    await barrier.wait()
    try:
        return await act(at)
    except Refusal as refusal:
        return refusal


async def apart(database: Database, gateway: FakeGateway, stage: str, *names: str) -> tuple[Any, ...]:
    """What comes of them one after the other."""
    acts = UNPAID if stage == "unpaid" else PAID
    alone = await scene(database, gateway, stage=stage)
    for name in names:
        await told(acts[name], alone, asyncio.Barrier(1))
    return await outcome(alone)


async def outcome(of: Scene) -> tuple[Any, ...]:
    order = await market.row(of.database, Order, of.order_id)
    line = await market.row(of.database, OrderLine, of.line_id)
    return order["state"], order["close_reason"], line["shipped_quantity"], await market.stock(of.database, of.shop.sku)


@pytest.mark.parametrize(("stage", "one", "other"), pairs())
async def test_a_pair_ends_as_one_after_the_other(
    database: Database, gateway: FakeGateway, stage: str, one: str, other: str
) -> None:
    acts = UNPAID if stage == "unpaid" else PAID
    legal = {await apart(database, gateway, stage, *names) for names in ((one, other), (other, one))}
    at, barrier = await scene(database, gateway, stage=stage), asyncio.Barrier(2)
    await asyncio.gather(told(acts[one], at, barrier), told(acts[other], at, barrier))
    assert await outcome(at) in legal
    await whole(database)


async def whole(database: Database) -> None:
    async with database.read() as session:
        for rule, question in INVARIANTS.items():
            found = (await session.execute(text(question))).all()
            assert found == [], rule


INVARIANTS = {
    "what is in parcels is what the lines say": """
        select l.id from order_lines l left join (
            select order_line_id, sum(quantity) q from shipment_lines group by 1) p on p.order_line_id = l.id
        where l.shipped_quantity <> coalesce(p.q, 0)""",
    "shipped is when nothing is left, partly when something is": """
        select o.id from orders o join order_lines l on l.order_id = o.id
        group by o.id, o.state having (o.state in ('SHIPPED', 'RECEIVED', 'COMPLETED'))
            <> (sum(l.shipped_quantity) > 0 and sum(l.quantity - l.shipped_quantity - l.withdrawn_quantity) = 0)
            or (o.state = 'PARTLY_SHIPPED') and sum(l.shipped_quantity) = 0""",
    "the log ends in the state of the order": """
        select o.id from orders o where not exists (
            select 1 from order_steps s where s.order_id = o.id and s.state = o.state)""",
    "a closed order that was paid has its refund": """
        select o.id from orders o where o.close_reason = 'REFUNDED'
        and (select count(*) from refunds r where r.order_id = o.id) <> 1""",
    "nothing is held below zero": "select sku_id from stock where held < 0 or actual < held",
}
