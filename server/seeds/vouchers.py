"""Vouchers for apples that an orchard's shop issues. None is handed out yet: who holds one got its code, here too."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from domain import vouchers
from domain.base import SYSTEM, UnitOfWork
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
