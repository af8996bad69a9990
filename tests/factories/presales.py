"""Offers before a harvest, and orders that book, pay and end."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain import checkout, orders, presales
from domain.base import Database, clock
from domain.presales import Wish
from models.presales import DepositKind, PresaleBooking, PresaleKind, PresaleOffer
from tests.factories import orders as market
from tests.orders.gateway import FakeGateway

LISTED, PRICE, DEPOSIT, FREIGHT = 3990, 3000, 600, 800


@dataclass(frozen=True)
class Offer:
    """A running offer of a shop with one SKU that has nothing on the shelf."""

    shop: market.Shop
    id: UUID


def draft(sku: UUID, **changes: Any) -> presales.Draft:
    """Bookable for a week; the balance is due in the two days after, and shipping begins with it."""
    now = clock.now()
    about: dict[str, Any] = {"name": "昭通丑苹果预售", "kind": PresaleKind.DEPOSIT, "price": PRICE, "deposit": DEPOSIT}
    about |= {"deposit_kind": DepositKind.DINGJIN, "stock": 100, "per_member": 5, "ship_days": 7}
    about |= {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(days=7)}
    about |= {"balance_from": now + timedelta(days=8), "balance_until": now + timedelta(days=10)}
    about |= {"ships_at": now + timedelta(days=8)} | changes
    if about["kind"] is PresaleKind.FULL:
        about |= dict.fromkeys(("deposit", "deposit_kind", "balance_from", "balance_until"))
    return presales.Draft(sku_id=sku, **about)


async def offer(database: Database, shop: market.Shop | None = None, **changes: Any) -> Offer:
    shop = shop or await market.shop(database, price=LISTED, stock=0, freight=FREIGHT)
    async with database.begin() as uow:
        id = await presales.save(uow, shop.keeper, None, draft(shop.sku, **changes))
        await presales.publish(uow, shop.keeper, id)
    return Offer(shop, id)


async def full(database: Database, **changes: Any) -> Offer:
    return await offer(database, kind=PresaleKind.FULL, **changes)


async def page(
    database: Database, offer: Offer, who: market.Buyer, quantity: int = 1, *, agreed: bool = True
) -> orders.WantedOrder:
    """The page of an order with the total as it is now."""
    held = presales.benefits(await market.row(database, PresaleOffer, offer.id))
    async with database.read() as session:
        priced = await checkout.price_wanted(
            session, {offer.shop.sku: quantity}, held, region_code="530602", alone=True
        )
    key, lines, wish = secrets.token_hex(8), [(offer.shop.sku, quantity)], Wish(offer.id, agreed)
    return orders.WantedOrder(key, lines, who.address_id, priced.total, from_cart=False, presale=wish)


async def placed(
    database: Database, offer: Offer, who: market.Buyer, quantity: int = 1, *, agreed: bool = True
) -> UUID:
    return await market.place(database, who, await page(database, offer, who, quantity, agreed=agreed))


async def at_cashier(database: Database, gateway: FakeGateway, who: market.Buyer, trade_id: UUID) -> str:
    """The number of an attempt that can be paid."""
    await orders.pay(database, gateway, who.viewer, trade_id)
    return await market.attempt_number(database, trade_id)


async def pay(database: Database, gateway: FakeGateway, who: market.Buyer, trade_id: UUID) -> None:
    await market.record(database, gateway.pay(await at_cashier(database, gateway, who, trade_id)))


async def booked(
    database: Database, gateway: FakeGateway, offer: Offer, quantity: int = 1
) -> tuple[market.Buyer, UUID, UUID]:
    """A buyer who has paid what is due when ordering, the trade and the order."""
    who = await market.buyer(database)
    trade_id = await placed(database, offer, who, quantity)
    await pay(database, gateway, who, trade_id)
    return who, trade_id, (await market.order_of(database, trade_id))["id"]


async def opened(
    database: Database, gateway: FakeGateway, offer: Offer, quantity: int = 1
) -> tuple[market.Buyer, UUID, UUID]:
    """As `booked`, and the balance can be paid: the clock stands in its window."""
    who, trade_id, order_id = await booked(database, gateway, offer, quantity)
    row = await market.row(database, PresaleOffer, offer.id)
    clock.advance(max(row["balance_from"] - clock.now(), timedelta(0)) + timedelta(minutes=1))
    async with database.begin() as uow:
        await orders.open_balance(uow, order_id)
    return who, trade_id, order_id


async def booking(database: Database, order_id: UUID) -> dict[str, Any]:
    return await market.row(database, PresaleBooking, order_id, key="order_id")


async def taken(database: Database, offer: Offer) -> int:
    return int((await market.row(database, PresaleOffer, offer.id))["taken"])


async def allocate(database: Database, offer: Offer, harvested: int, gateway: FakeGateway) -> list[UUID]:
    """The shop says what there is, and the jobs do what follows; the orders that got nothing."""
    async with database.read() as session:
        seen = await presales.preview(session, offer.shop.keeper, offer.id, harvested)
    async with database.begin() as uow:
        await orders.allocate_presale(uow, offer.shop.keeper, offer.id, harvested, seen.failed)
        failed = [UUID(job.payload["order_id"]) for job in uow.jobs if job.name == "presale.fail"]
    for order_id in failed:
        await orders.fail_unallotted(database, gateway, order_id)
    async with database.read() as session:
        due = await presales.to_release(session, offer.id)
    for order_id in due:
        async with database.begin() as uow:
            await orders.release_presale(uow, order_id)
    return failed
