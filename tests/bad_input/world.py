"""Buyers, two shops, staff of every kind, an unpaid order: whom and what the bad input is aimed at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from domain import cards as issuing
from domain.base import Viewer, ViewerKind
from domain.members import roles, sessions
from models.catalog import Product
from models.members import SignIn, Staff
from models.orders import Order
from server.database import Database
from tests.factories import cards, catalog, community, members
from tests.factories import orders as orders_made
from tests.orders.gateway import FakeGateway


@dataclass(frozen=True)
class World:
    tokens: dict[str, str | None]
    ids: dict[str, Any]

    def fill(self, value: Any) -> Any:
        """The variables with every `$name` replaced."""
        if isinstance(value, dict):
            return {name: self.fill(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.fill(inner) for inner in value]
        return self.ids[value[1:]] if isinstance(value, str) and value[:1] == "$" and value[1:] in self.ids else value


async def make(database: Database) -> World:
    shop = await orders_made.shop(database)
    rival = await orders_made.shop(database)
    buyer, stranger = await orders_made.buyer(database), await members.member(database)
    hidden = await catalog.product(database, shop.merchant_id, state="OFF_SALE")
    root = await catalog.category(database)
    leaf = await catalog.category(database, parent_id=root)
    unpaid = await orders_made.placed(database, buyer, {shop.sku: 1})
    paid = await orders_made.paid(database, FakeGateway(), buyer, {shop.sku: 2})
    tokens: dict[str, str | None] = {"nobody": None, "forged": "x" * 43, "garbage": "\u00e9\x7f"}
    teller = await community.teller(database)
    for name, viewer in (("buyer", buyer.viewer), ("stranger", stranger), ("teller", teller)):
        tokens[name] = (await members.signed_in(database, viewer)).access
    for name, (login, merchant_id, role) in _staff(shop.merchant_id, rival.merchant_id).items():
        tokens[name] = await _staff_token(database, login, merchant_id, role)
    carded = await _cards(database, buyer)
    async with database.read() as session:
        ids = {
            "merchant": str(shop.merchant_id),
            "product": str(shop.product.id),
            "sku": str(shop.sku),
            "hidden": str(hidden.skus[0]),
            "address": str(buyer.address_id),
            "root": str(root),
            "category": str(leaf),
            "trade": str(unpaid),
            "order": str(await session.scalar(select(Order.id).where(Order.trade_id == unpaid))),
            "paid": str(await session.scalar(select(Order.id).where(Order.trade_id == paid))),
            "device": str(await session.scalar(select(SignIn.id).where(SignIn.member_id == buyer.viewer.id))),
            "total": 3990,
            **carded,
        }
        assert await session.scalar(select(Product.min_price).where(Product.id == shop.product.id)) == ids["total"]
    return World(tokens, ids)


async def _cards(database: Database, buyer: orders_made.Buyer) -> dict[str, str]:
    """A shop of the platform's own, cards that are bought there and such as are given, one of them the buyer's."""
    own = await cards.own_shop(database)
    given, sale = await cards.batch(database, own), await cards.for_sale(database, own)
    async with database.begin() as uow:
        admin = await uow.session.scalar(select(Staff.id).where(Staff.login == "admin"))
        staff = Viewer(ViewerKind.PLATFORM, admin, "平台财务")
        (code,) = await issuing.issue(uow, staff, given, 1, "the-same-intention")
    card = await issuing.bind(database, buyer.viewer, code)
    return {"ownShop": str(own.merchant_id), "cardBatch": str(given), "cardSale": str(sale), "card": str(card)}


def _staff(shop: UUID, rival: UUID) -> dict[str, tuple[str, UUID | None, str]]:
    return {
        "shop": ("shop", shop, roles.SHOPKEEPER.name),
        "rival": ("rival", rival, roles.SHOPKEEPER.name),
        "clerk": ("clerk", shop, roles.SHIPPER.name),
        "admin": ("admin", None, roles.SUPER_ADMIN.name),
    }


async def _staff_token(database: Database, login: str, merchant_id: UUID | None, role: str) -> str:
    if merchant_id is None:
        id = await members.operator(database, login)
        kind = ViewerKind.PLATFORM
    else:
        id = await members.shopkeeper(database, merchant_id, login, role)
        kind = ViewerKind.MERCHANT
    async with database.begin() as uow:
        return (await sessions.begin(uow, kind, id, "测试机")).access
