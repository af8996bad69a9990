"""Sessions, offers in them, and orders at the flash price."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain import checkout, flash, orders
from domain.base import Database, Viewer, ViewerKind, clock
from domain.flash.rows import lock_offer
from models.base import new_id
from models.flash import FlashBuyer, FlashHold, FlashOffer
from models.inventory import Stock
from tests.factories import orders as market
from tests.orders.gateway import FakeGateway

LISTED, PRICE = 3990, 1990
LASTS = timedelta(hours=2)


@dataclass(frozen=True)
class Offer:
    """A published offer of a shop with one SKU, in a session that runs."""

    shop: market.Shop
    id: UUID
    session_id: UUID


def operator() -> Viewer:
    return Viewer(ViewerKind.PLATFORM, new_id(), "运营")


async def session(database: Database, starts_in: timedelta = timedelta(0), lasts: timedelta = LASTS) -> UUID:
    begins = clock.now() + starts_in
    async with database.begin() as uow:
        draft = flash.SessionDraft("整点秒杀", begins, begins + lasts, 5)
        return await flash.save_session(uow, operator(), None, draft)


async def applied(database: Database, shop: market.Shop, session_id: UUID, **changes: Any) -> UUID:
    about: dict[str, Any] = {"sku_id": shop.sku, "price": PRICE, "total": 10, "per_member": 2, **changes}
    async with database.begin() as uow:
        return await flash.apply(uow, shop.keeper, flash.Application(session_id, **about))


async def published(
    database: Database, shop: market.Shop | None = None, session_id: UUID | None = None, **changes: Any
) -> Offer:
    shop = shop or await market.shop(database, price=LISTED)
    session_id = session_id or await session(database)
    id = await applied(database, shop, session_id, **changes)
    async with database.begin() as uow:
        await flash.publish(uow, operator(), id)
    return Offer(shop, id, session_id)


async def page(database: Database, offer: Offer, who: market.Buyer, quantity: int = 1) -> orders.WantedOrder:
    """The page of a flash order with the total as it is now."""
    async with database.begin() as uow:
        held = flash.benefits(await lock_offer(uow, offer.id))
    async with database.read() as reading:
        priced = await checkout.price_wanted(reading, {offer.shop.sku: quantity}, held, alone=True)
    lines, key = [(offer.shop.sku, quantity)], secrets.token_hex(8)
    wish = flash.Wish(offer.id)
    return orders.WantedOrder(key, lines, who.address_id, priced.total, from_cart=False, flash=wish)


async def placed(database: Database, offer: Offer, who: market.Buyer, quantity: int = 1) -> UUID:
    return await market.place(database, who, await page(database, offer, who, quantity))


async def opened_attempt(database: Database, gateway: FakeGateway, who: market.Buyer, trade_id: UUID) -> str:
    """The number of an attempt that can be paid."""
    await orders.pay(database, gateway, who.viewer, trade_id)
    return await market.attempt_number(database, trade_id)


async def pay(database: Database, gateway: FakeGateway, who: market.Buyer, trade_id: UUID) -> None:
    await market.record(database, gateway.pay(await opened_attempt(database, gateway, who, trade_id)))


async def end(database: Database, offer: Offer) -> None:
    """As the sweep does."""
    async with database.begin() as uow:
        await flash.end_due(uow, operator(), offer.id)


async def row(database: Database, offer: Offer) -> dict[str, Any]:
    return await market.row(database, FlashOffer, offer.id)


async def hold_of(database: Database, trade_id: UUID) -> dict[str, Any]:
    order = await market.order_of(database, trade_id)
    return await market.row(database, FlashHold, order["id"], key="order_id")


async def pieces_of(database: Database, offer: Offer, who: market.Buyer) -> int:
    rows = await market.rows(database, FlashBuyer, offer_id=offer.id)
    return sum(each["pieces"] for each in rows if each["member_id"] == who.viewer.id)


async def stock_of(database: Database, offer: Offer) -> tuple[int, int]:
    """On the shelf, and held."""
    found = await market.row(database, Stock, offer.shop.sku, key="sku_id")
    return found["actual"], found["held"]


def staff(id: UUID, offer: Offer) -> Viewer:
    """A shopkeeper of the offer's shop, to be signed in."""
    return Viewer(ViewerKind.MERCHANT, id, "店员", merchant_id=offer.shop.merchant_id)
