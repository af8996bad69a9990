"""Gift cards for the pages that show them: one that pays, one on its way to a friend, a batch for sale; then many."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from domain import cards
from domain.base import Database, UnitOfWork
from domain.cards.log import CODES
from models.base import new_id
from models.cards import Card, CardBatch, CardEvent, CardLot
from models.merchants import Merchant
from tests.factories import cards as making
from tests.factories.orders import Buyer, Shop


async def carded(database: Database, shop: Shop, buyer: Buyer) -> dict[str, Any]:
    async with database.begin() as uow:
        own = update(Merchant).where(Merchant.id == shop.merchant_id)
        await uow.session.execute(own.values(is_platform_owned=True))
    sale = await making.for_sale(database, shop)
    held, given = await making.bound(database, buyer, shop), await making.bound(database, buyer, shop)
    async with database.begin() as uow:
        link = await cards.give(uow, buyer.viewer, given, "新年快乐")
    purchase = await making.ordered(database, buyer, sale, 10_000)
    return {
        "cardBatch": str((await making.card(database, held))["batch_id"]),
        "giftCard": str(held),
        "givenCard": str(given),
        "giftToken": link.token,
        "cardSale": str(sale),
        "cardPurchase": str(purchase),
    }


async def more_carded(uow: UnitOfWork, ids: dict[str, Any], many: int) -> None:
    """So many more cards of the buyer's with logs as long, and batches for sale."""
    held, sale = UUID(ids["giftCard"]), UUID(ids["cardSale"])
    for n in range(many):
        card = await copied(uow, Card, held, {"digest": CODES.digest(f"{n}"), "last4": f"{n:04}"})
        for row in await rows(uow, CardEvent, "card_id", held):
            await uow.session.execute(insert(CardEvent).values({**row, "id": new_id(), "card_id": card}))
        await copied(uow, CardBatch, sale, {"name": f"好物卡 {n}"})
    batch = UUID(ids["cardBatch"])
    for n in range(many):
        lot = (await rows(uow, CardLot, "batch_id", batch))[0]
        await uow.session.execute(insert(CardLot).values({**lot, "id": new_id(), "idempotency_key": f"more-{n}"}))
    for n in range(many):
        log = {"id": new_id(), "card_id": held, "position": 3 + n, "kind": "FROZEN", "ref": f"more:{n}", "amount": 0}
        last = (await rows(uow, CardEvent, "card_id", held))[-1]
        await uow.session.execute(insert(CardEvent).values({**last, **log}))


async def rows(uow: UnitOfWork, model: Any, key: str, of: UUID) -> list[dict[str, Any]]:
    table = model.__table__
    chosen = select(*table.c).where(table.c[key] == of)
    if "position" in table.c:
        chosen = chosen.order_by(table.c.position)
    return [dict(row) for row in (await uow.session.execute(chosen)).mappings()]


async def copied(uow: UnitOfWork, model: Any, of: UUID, changes: dict[str, Any]) -> UUID:
    (row,) = await rows(uow, model, "id", of)
    id = new_id()
    await uow.session.execute(insert(model).values({**row, "id": id, **changes}))
    return id
