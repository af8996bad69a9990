"""Campaigns for the pages that show them: reductions, coupons to be claimed, and one in a buyer's hands."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from domain.base import Database, UnitOfWork, clock
from models.base import new_id
from models.catalog import Product
from models.promotions import Campaign, CampaignApplication, Coupon, CouponOffer, ReductionStep
from tests.factories import merchants
from tests.factories import promotions as making
from tests.factories.orders import Buyer
from tests.promotions import joining


async def promoted(database: Database, shop: UUID, buyer: Buyer) -> dict[str, Any]:
    keeper = merchants.shopkeeper(shop)
    async with database.read() as session:
        sold = await session.scalars(select(Product.id).where(Product.merchant_id == shop).limit(1))
    steps, scope = ((5000, 500), (10000, 1200)), sold.all()
    # The oldest: pages show the newest first, and those of shops are to be among them.
    invited = await joining.invited(database, steps=((9_000_000, 100),))
    applied = await joining.applied(database, keeper, invited, products=list(scope))
    draft = await making.saved(database, keeper, making.draft(steps=steps, product_ids=scope))
    offer = await making.published(database, keeper, coupon=making.terms(total=1000, per_member=20))
    held = await making.claimed(database, buyer.viewer, offer)
    # It holds, and no cart of these tests reaches it.
    running = await making.published(database, keeper, steps=((9_000_000, 100),))
    ids = {"campaign": draft, "offer": offer, "coupon": held, "reduction": running, "invited": invited}
    return {name: str(id) for name, id in {**ids, "application": applied}.items()}


async def more_promoted(uow: UnitOfWork, ids: dict[str, Any], many: int) -> None:
    """So many more campaigns of each kind, and coupons in the buyer's hands."""
    draft, offer, held, running = (UUID(ids[name]) for name in ("campaign", "offer", "coupon", "reduction"))
    for n in range(many):
        for of, model in ((draft, ReductionStep), (running, ReductionStep), (offer, CouponOffer)):
            id = await _copied(uow, Campaign, of, {"name": f"满减 {n}"})
            await _copied(uow, model, of, {"campaign_id": id}, key="campaign_id")
        invited = await _copied(uow, Campaign, UUID(ids["invited"]), {"name": f"平台满减 {n}"})
        await _copied(uow, ReductionStep, UUID(ids["invited"]), {"campaign_id": invited}, key="campaign_id")
        await _copied(uow, CampaignApplication, UUID(ids["application"]), {"campaign_id": invited})
        await _copied(uow, Coupon, held, {"nth": n + 2, "valid_until": clock.now() + timedelta(days=n + 1)})


async def _copied(uow: UnitOfWork, model: Any, of: UUID, changes: dict[str, Any], key: str = "id") -> UUID:
    table = model.__table__
    rows = (await uow.session.execute(select(*table.c).where(table.c[key] == of))).mappings().all()
    id = new_id()
    for row in rows:
        fresh = {"id": id} if key == "id" else {}
        await uow.session.execute(insert(model).values({**row, **fresh, **changes}))
    return id
