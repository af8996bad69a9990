"""Offers to groups, and orders that open, join and pay into groups."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain import checkout, groups, orders
from domain.base import Database, clock
from domain.groups import Wish
from models.groups import Group, GroupActivity, GroupSeat
from tests.factories import orders as market
from tests.orders.gateway import FakeGateway

LISTED, PRICE = 3990, 2990


@dataclass(frozen=True)
class Offer:
    """A running activity of a shop with one SKU."""

    shop: market.Shop
    id: UUID


async def activity(database: Database, shop: market.Shop | None = None, **changes: Any) -> Offer:
    shop = shop or await market.shop(database, price=LISTED)
    now = clock.now()
    about: dict[str, Any] = {"name": "苹果三人团", "price": PRICE, "size": 3, "ttl_minutes": 24 * 60, "per_member": 5}
    about |= {"stock": 100, "starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(days=7), **changes}
    async with database.begin() as uow:
        id = await groups.save(uow, shop.keeper, None, groups.Draft(sku_id=shop.sku, **about))
        await groups.publish(uow, shop.keeper, id)
    return Offer(shop, id)


async def page(
    database: Database, offer: Offer, who: market.Buyer, wish: Wish, quantity: int = 1
) -> orders.WantedOrder:
    """The page of a group order with the total as it is now."""
    held = groups.benefits(await market.row(database, GroupActivity, offer.id))
    async with database.read() as session:
        priced = await checkout.price_wanted(session, {offer.shop.sku: quantity}, held, alone=True)
    lines = [(offer.shop.sku, quantity)]
    key = secrets.token_hex(8)
    return orders.WantedOrder(key, lines, who.address_id, priced.total, from_cart=False, group=wish)


async def placed(
    database: Database, offer: Offer, who: market.Buyer, group_id: UUID | None = None, quantity: int = 1, **agreed: bool
) -> UUID:
    wish = Wish(offer.id, group_id, **agreed)
    return await market.place(database, who, await page(database, offer, who, wish, quantity))


async def opened_attempt(database: Database, gateway: FakeGateway, who: market.Buyer, trade_id: UUID) -> str:
    """The number of an attempt that can be paid."""
    await orders.pay(database, gateway, who.viewer, trade_id)
    return await market.attempt_number(database, trade_id)


async def pay(database: Database, gateway: FakeGateway, who: market.Buyer, trade_id: UUID) -> None:
    await market.record(database, gateway.pay(await opened_attempt(database, gateway, who, trade_id)))


async def joined(
    database: Database, gateway: FakeGateway, offer: Offer, group_id: UUID | None = None, **agreed: bool
) -> tuple[market.Buyer, UUID, UUID]:
    """A buyer with a paid seat, the trade and the group: one of his own, or `group_id`."""
    who = await market.buyer(database)
    trade_id = await placed(database, offer, who, group_id, **agreed)
    await pay(database, gateway, who, trade_id)
    return who, trade_id, (await seat_of(database, trade_id))["group_id"]


async def seat_of(database: Database, trade_id: UUID) -> dict[str, Any]:
    order = await market.order_of(database, trade_id)
    return await market.row(database, GroupSeat, order["id"], key="order_id")


async def group(database: Database, id: UUID) -> dict[str, Any]:
    return await market.row(database, Group, id)


async def taken(database: Database, offer: Offer) -> int:
    return int((await market.row(database, GroupActivity, offer.id))["taken"])
