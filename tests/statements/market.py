"""A small mall with something in every table readers read, and every reader the domain declares."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

import domain
from domain import catalog, invoices, merchants, orders, partners
from domain.base import Database, Viewer, clock
from domain.orders import Parcel
from domain.statements import ManyBy, OneBy, Statement
from models.delivery import Shipment, ShipmentTrace
from models.orders import OrderLine
from tests.factories import catalog as goods
from tests.factories import members
from tests.factories import merchants as shops
from tests.factories import orders as market
from tests.operations.claims import claimed
from tests.operations.world import INVOICE, strange_bill
from tests.orders.gateway import FakeGateway


def declared() -> Iterator[tuple[str, Statement]]:
    """Every statement that stands in a module of the domain, by module and name."""
    for found in pkgutil.walk_packages(domain.__path__, "domain."):
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            if isinstance(value, Statement):
                yield f"{found.name}.{name}", value


def readers() -> dict[str, OneBy | ManyBy]:
    """Every reader by key, once, under the first name it has."""
    found: dict[int, tuple[str, OneBy | ManyBy]] = {}
    for name, value in declared():
        if isinstance(value, OneBy | ManyBy):
            found.setdefault(id(value), (name, value))
    return dict(found.values())


# What the readers of the domain may read along: by name of the relation, the key and the other reader.
ALONG: dict[str, dict[str, tuple[str, OneBy]]] = {
    "products": {
        "merchant": ("merchant_id", merchants.by_id),
        "category": ("category_id", catalog.categories_by_id),
        "brand": ("brand_id", catalog.brands_by_id),
        "origin": ("origin_code", merchants.regions_by_code),
        "cover": ("id", catalog.covers_by_product),
        "campaign": ("id", catalog.running_by_product),
        "clip": ("clip_key", catalog.clips_by_key),
        "clipPoster": ("clip_poster_key", catalog.pictures_by_key),
    },
    "merchants": {
        "region": ("region_code", merchants.regions_by_code),
        "logo": ("logo_key", catalog.pictures_by_key),
    },
    "regions": {"parent": ("parent_code", merchants.regions_by_code)},
    "categories": {"parent": ("parent_id", catalog.categories_by_id)},
    "brands": {
        "logo": ("logo_key", catalog.pictures_by_key),
        "merchant": ("merchant_id", merchants.open_by_id),
    },
    "origins": {
        "region": ("code", merchants.regions_by_code),
        "picture": ("picture_key", catalog.pictures_by_key),
    },
    "skus": {"product": ("product_id", catalog.products_by_id)},
    "orders": {
        "trade": ("trade_id", orders.trades_by_id),
        "merchant": ("merchant_id", merchants.by_id),
        "buyer": ("member_id", orders.buyers_by_id),
    },
    "order_lines": {"image": ("image_key", catalog.pictures_by_key)},
}


async def filled(database: Database, gateway: FakeGateway) -> None:
    """Shops, products with and without brand, season and pictures, orders in several states, a parcel, a refund."""
    logo = await goods.picture(database)
    brand = await goods.brand(database, logo_key=logo)
    root = await goods.category(database)
    apples = await goods.category(database, parent_id=root, icon="apple")
    merchant_id = await shops.merchant(database, logo_key=logo, free_freight_from=9900)
    shop = await market.shop(database)
    season: dict[str, Any] = {"harvest_from": 9, "harvest_to": 11, "price_per_500g": 798}
    film = {"clip_key": await goods.clip(database), "clip_poster_key": logo}
    await goods.product(database, merchant_id, brand_id=brand, category_id=apples, images=3, **season, **film)
    await goods.product(database, merchant_id, images=0, origin_code=shops.SAYU, skus=(goods.sku("单果"), goods.sku()))
    await goods.product(database, merchant_id, skus=(), state="DRAFT", published_at=None)
    who = await market.buyer(database)
    await market.placed(database, who, {shop.sku: 1})
    shipped = await market.order_of(database, await market.paid(database, gateway, who, {shop.sku: 2}))
    cancelled = await market.order_of(database, await market.paid(database, gateway, who, {shop.sku: 3}))
    await members.operator(database)
    firm = partners.Wanted(name="云品汇", contact="it@example.com", note="", points_per_second=50, burst=500)
    async with database.begin() as uow:
        firm_id = await partners.create(uow, shops.operator(), firm)
        await partners.issue(uow, shops.operator(), firm_id, "云品汇 1")
    async with database.begin() as uow:
        await orders.ship(uow, shop.keeper, Parcel(shipped["id"], "SF", "SF1234567890123"))
    async with database.begin() as uow:
        await orders.refund_unshipped(uow, shop.keeper, cancelled["id"], "缺货", restock=False)
    await _afterwards(database, who, shop.keeper, shipped["id"])


async def _afterwards(database: Database, who: market.Buyer, keeper: Viewer, order_id: UUID) -> None:
    """What comes of a shipped order: a case, an invoice, a trace; and a bill."""
    await claimed(database, order_id, keeper.shop_id)
    await strange_bill(database, 1)
    (parcel,) = await market.rows(database, Shipment, order_id=order_id)
    async with database.begin() as uow:
        trace = {"shipment_id": parcel["id"], "at": clock.now(), "text": "【昭通市】已揽收"}
        await uow.session.execute(insert(ShipmentTrace).values(**trace))
        await invoices.request_invoice(uow, who.viewer, order_id, INVOICE)
        line = (await market.rows(database, OrderLine, order_id=order_id))[0]
        await catalog.keep(uow.session, [line["product_id"]])


async def keys_of(database: Database, reader: OneBy | ManyBy) -> list[Any]:
    """The values its key has in the tables, in no order that matters."""
    column = reader.source.c[reader.key]
    async with database.read() as session:
        found = await session.scalars(select(column).where(column.is_not(None)).distinct())
    return sorted(found, key=str)
