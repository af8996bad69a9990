"""Campaigns of the platform that shops take part in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from domain import promotions
from domain.base import Database, Viewer, clock
from models.promotions import ApplicationState, CampaignApplication
from tests.factories import merchants
from tests.factories import orders as market
from tests.factories import promotions as making
from tests.factories.orders import Shop

PLATFORM = merchants.operator()


async def invited(database: Database, percent: int = 30, **changes: Any) -> UUID:
    """满 100 减 10 over all shops that take part, of which they bear `percent`; open for a day."""
    about: dict[str, Any] = {"steps": ((10_000, 1000),), "name": "丰收节满减", "merchant_percent": percent}
    if "coupon" in changes:
        about["steps"] = ()
    about["apply_until"] = clock.now() + timedelta(days=1)
    return await making.published(database, PLATFORM, **{**about, **changes})


async def applied(
    database: Database, shop: Shop | Viewer, campaign: UUID, percent: int = 30, products: list[UUID] | None = None
) -> UUID:
    keeper = shop if isinstance(shop, Viewer) else shop.keeper
    async with database.begin() as uow:
        return await promotions.apply(uow, keeper, campaign, products, percent)


async def accepted(database: Database, *ids: UUID) -> None:
    async with database.begin() as uow:
        await promotions.answer(uow, PLATFORM, ids, accept=True)


async def declined(database: Database, *ids: UUID) -> None:
    async with database.begin() as uow:
        await promotions.answer(uow, PLATFORM, ids, accept=False, reason="名额已满")


async def withdrawn(database: Database, shop: Shop, id: UUID) -> None:
    async with database.begin() as uow:
        await promotions.withdraw(uow, shop.keeper, id)


async def removed(database: Database, id: UUID) -> None:
    async with database.begin() as uow:
        await promotions.remove(uow, PLATFORM, id, "多次缺货")


async def taking_part(
    database: Database, campaign: UUID, *shops: Shop, percent: int = 30, products: list[UUID] | None = None
) -> list[UUID]:
    """These shops, accepted."""
    ids = [await applied(database, shop, campaign, percent, products) for shop in shops]
    await accepted(database, *ids)
    return ids


async def state(database: Database, id: UUID) -> ApplicationState:
    return ApplicationState((await market.row(database, CampaignApplication, id))["state"])
