"""One running presale tied to a harvest. Nobody has booked yet: whoever books is a buyer who paid, in the demo too."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import insert, select

from domain.base import SHANGHAI, UnitOfWork
from models.catalog import Product, ProductState, Sku
from models.presales import DepositKind, PresaleKind, PresaleOffer, PresaleState
from server.seeds.ids import demo_id

# Booked for so long, then the balance for some days; the promise must not be older than a year.
BOOKED, BALANCE = timedelta(days=20), timedelta(days=5)
SOONEST, LATEST = timedelta(days=30), timedelta(days=140)
LEAST_PRICE = 2900


async def add_presales(uow: UnitOfWork, now: datetime) -> None:
    """A 定金 of a tenth for goods whose own page says when they are harvested, shipped from the next harvest on."""
    chosen = select(Sku.id, Sku.price, Sku.product_id, Product.merchant_id, Product.harvest_from)
    chosen = chosen.add_columns(Product.harvest_from_day).join(Product, Product.id == Sku.product_id)
    chosen = chosen.where(Product.state == ProductState.ON_SALE, Product.harvest_from.is_not(None))
    chosen = chosen.where(Sku.active, Sku.price >= LEAST_PRICE).order_by(Sku.id)
    found = [
        (row, _next(now, row.harvest_from, row.harvest_from_day or 1)) for row in await uow.session.execute(chosen)
    ]
    sku, ships_at = min(
        ((row, at) for row, at in found if SOONEST <= at - now <= LATEST), key=lambda pair: (pair[1], pair[0].id)
    )
    row = {"id": demo_id("presale", 1), "merchant_id": sku.merchant_id, "product_id": sku.product_id}
    row |= {"sku_id": sku.id, "name": "新季预售", "kind": PresaleKind.DEPOSIT, "price": sku.price * 9 // 10}
    row |= {"list_price": sku.price, "deposit": sku.price // 10, "deposit_kind": DepositKind.DINGJIN}
    row |= {"stock": 200, "per_member": 5, "state": PresaleState.RUNNING, "ship_days": 7, "created_at": now}
    row |= {"starts_at": now - timedelta(hours=1), "ends_at": now + BOOKED, "ships_at": ships_at}
    row |= {"balance_from": ships_at - BALANCE, "balance_until": ships_at}
    await uow.session.execute(insert(PresaleOffer).values(row))


def _next(now: datetime, month: int, day: int) -> datetime:
    """The next beginning of that month's harvest."""
    local = now.astimezone(SHANGHAI)
    begins = local.replace(month=month, day=min(day, 28), hour=8, minute=0, second=0, microsecond=0)
    return begins if begins > local else begins.replace(year=begins.year + 1)
