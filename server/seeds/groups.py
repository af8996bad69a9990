"""One running offer to groups. Nobody is in it yet: members of groups are buyers who paid, in the demo too."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import insert, select

from domain.base import UnitOfWork
from models.catalog import Product, ProductState, Sku
from models.groups import ActivityState, GroupActivity
from server.seeds.catalogue import shops
from server.seeds.ids import demo_id

LEAST_PRICE = 2900


async def add_groups(uow: UnitOfWork, now: datetime) -> None:
    """Two people together pay a fifth less for goods of the first shop, for a month."""
    chosen = select(Sku.id, Sku.price, Sku.product_id, Product.merchant_id).join(Product, Product.id == Sku.product_id)
    chosen = chosen.where(Product.merchant_id == shops()[0].id, Product.state == ProductState.ON_SALE)
    chosen = chosen.where(Sku.active, Sku.price >= LEAST_PRICE)
    sku = (await uow.session.execute(chosen.order_by(Sku.price, Sku.id).limit(1))).one()
    row = {"id": demo_id("group-activity", 1), "merchant_id": sku.merchant_id, "product_id": sku.product_id}
    row |= {"sku_id": sku.id, "name": "两人同行团", "price": sku.price * 4 // 5, "list_price": sku.price, "size": 2}
    row |= {"ttl_minutes": 24 * 60, "per_member": 3, "stock": 200, "state": ActivityState.RUNNING}
    row |= {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(days=30), "created_at": now}
    await uow.session.execute(insert(GroupActivity).values(row))
