"""Gift cards of a shop of the platform's own, bound to buyers, and orders paid with them."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import UUID

from sqlalchemy import update

from domain import cards, checkout, orders
from domain.base import Database, Viewer, ViewerKind
from domain.cards import CardPicks
from models.base import new_id
from models.cards import Card, CardBatchKind, CardPurchase
from models.merchants import Merchant
from tests.factories import orders as market
from tests.orders.gateway import FakeGateway

PLATFORM = Viewer(ViewerKind.PLATFORM, new_id(), "平台财务")


async def own_shop(database: Database, **about: Any) -> market.Shop:
    """A shop of the platform itself: the only kind that may issue cards."""
    shop = await market.shop(database, **about)
    async with database.begin() as uow:
        own = update(Merchant).where(Merchant.id == shop.merchant_id)
        await uow.session.execute(own.values(is_platform_owned=True))
    return shop


async def batch(database: Database, shop: market.Shop, **changes: Any) -> UUID:
    about: dict[str, Any] = {"kind": CardBatchKind.GIVEN, "issuer_id": shop.merchant_id, "name": "春节慰问卡"}
    about |= {"named": False, "face": 10_000, "price": 0, "total": 100, "valid_months": 36, **changes}
    async with database.begin() as uow:
        return await cards.open_batch(uow, PLATFORM, cards.BatchDraft(**about))


async def codes(database: Database, batch_id: UUID, many: int = 1, key: str = "") -> list[str]:
    async with database.begin() as uow:
        return list(await cards.issue(uow, PLATFORM, batch_id, many, key or secrets.token_hex(8)))


async def bound(database: Database, who: market.Buyer, shop: market.Shop, face: int = 10_000, **changes: Any) -> UUID:
    """A card of the buyer's with so much on it."""
    (code,) = await codes(database, await batch(database, shop, face=face, **changes))
    return await cards.bind(database, who.viewer, code)


async def for_sale(database: Database, shop: market.Shop, **changes: Any) -> UUID:
    about: dict[str, Any] = {"kind": CardBatchKind.ONLINE, "name": "昭通好物卡", "face": 10_000, "price": 10_000}
    return await batch(database, shop, **{**about, **changes})


async def ordered(database: Database, who: market.Buyer, batch_id: UUID, expected: int, many: int = 1) -> UUID:
    wanted = cards.WantedCards(secrets.token_hex(8), batch_id, many, expected)
    async with database.begin() as uow:
        return await cards.buy(uow, who.viewer, wanted)


async def bought(
    database: Database, gateway: FakeGateway, who: market.Buyer, batch_id: UUID, expected: int, many: int = 1
) -> list[dict[str, Any]]:
    """Cards that were paid for and heard of, as rows."""
    purchase_id = await ordered(database, who, batch_id, expected, many)
    await cards.pay(database, gateway, who.viewer, purchase_id)
    await market.record(database, gateway.pay(await market.attempt_number(database, purchase_id)))
    return await market.rows(database, Card, purchase_id=purchase_id)


async def page(
    database: Database, who: market.Buyer, lines: dict[UUID, int], card_ids: list[UUID] | None = None, **changes: Any
) -> orders.WantedOrder:
    """The checkout page as the preview fills it: with these cards, or the best of those held."""
    picks = CardPicks(None if card_ids is None else frozenset(card_ids))
    async with database.read() as session:
        seen = await checkout.preview(session, who.viewer, lines, who.address_id, frozenset(), card_picks=picks)
    used = frozenset(part.card_id for group in seen.priced.groups for part in group.cards)
    return await market.wanted(database, who, lines, cards=CardPicks(used, seen.priced.due), **changes)


async def placed(
    database: Database, who: market.Buyer, lines: dict[UUID, int], card_ids: list[UUID] | None = None
) -> UUID:
    return await market.place(database, who, await page(database, who, lines, card_ids))


async def pay(database: Database, gateway: FakeGateway, who: market.Buyer, trade_id: UUID) -> None:
    """What is left, by WeChat Pay."""
    await orders.pay(database, gateway, who.viewer, trade_id)
    await market.record(database, gateway.pay(await market.attempt_number(database, trade_id)))


async def confirm(database: Database, who: market.Buyer, trade_id: UUID) -> None:
    async with database.begin() as uow:
        await orders.pay_by_cards(uow, who.viewer, trade_id)


async def card(database: Database, id: UUID) -> dict[str, Any]:
    return await market.row(database, Card, id)


async def money(database: Database, id: UUID) -> tuple[int, int]:
    """`balance` and what of it is `held`."""
    row = await card(database, id)
    return row["balance"], row["held"]


async def purchase(database: Database, id: UUID) -> dict[str, Any]:
    return await market.row(database, CardPurchase, id)
