"""Vouchers for apples that an orchard's shop issues. None is handed out yet: who holds one got its code, here too.

It has a counter at which they are picked up.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from domain import pickups, vouchers
from domain.base import SYSTEM, UnitOfWork, ViewerKind
from models.catalog import Product, ProductState, Sku
from models.merchants import Merchant
from models.vouchers import VoucherBatchKind, VoucherFreight


async def add_vouchers(uow: UnitOfWork, now: datetime) -> None:
    """Good for any SKU of one kind of apples, five pieces each, freight included, for a year."""
    chosen = select(Sku.id, Sku.price, Product.id.label("product_id"), Product.merchant_id)
    chosen = chosen.join(Product, Product.id == Sku.product_id).join(Merchant, Merchant.id == Product.merchant_id)
    there = Product.state == ProductState.ON_SALE, Product.title.contains("苹果"), ~Merchant.is_platform_owned
    rows = (await uow.session.execute(chosen.where(*there, Sku.active).order_by(Product.id, Sku.id))).all()
    apples = [row for row in rows if row.product_id == rows[0].product_id]
    draft = vouchers.BatchDraft(
        kind=VoucherBatchKind.SHOP,
        merchant_id=rows[0].merchant_id,
        name="昭阳苹果提货券",
        sku_ids=[row.id for row in apples],
        units=5,
        value=max(row.price for row in apples),
        freight=VoucherFreight.INCLUDED,
        valid_from=now,
        valid_until=now + timedelta(days=365),
        total=200,
        note="规格任选；收到后请尽快冷藏。",
    )
    await vouchers.open_batch(uow, SYSTEM, draft)
    await _open_counter(uow, rows[0].merchant_id)


async def _open_counter(uow: UnitOfWork, merchant_id: UUID) -> None:
    """Where the shop hands its apples over."""
    keeper = replace(SYSTEM, kind=ViewerKind.MERCHANT, merchant_id=merchant_id)
    where = await uow.session.scalar(select(Merchant.region_code).where(Merchant.id == merchant_id))
    point = pickups.PointDraft("果园直营店", str(where), "迎丰水果市场 3 号门", "每天 9:00–18:00", "0870-2123456")
    await pickups.save_point(uow, keeper, None, point)
