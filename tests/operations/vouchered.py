"""Vouchers for the pages that show them: one to redeem, one on its way to a friend, their batch; then many."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import insert

from domain import vouchers
from domain.base import Database, UnitOfWork
from domain.vouchers.log import CODES
from models.base import new_id
from models.pickups import PickupPoint
from models.vouchers import Voucher, VoucherBatch, VoucherBatchKind, VoucherEvent, VoucherLot, VoucherSku
from tests.factories import pickups as counter
from tests.factories import vouchers as making
from tests.factories.orders import Buyer, Shop
from tests.operations.carded import copied, rows


async def vouchered(database: Database, shop: Shop, buyer: Buyer) -> dict[str, Any]:
    sold = VoucherBatchKind.SOLD
    held, given = [await making.bound(database, shop, buyer, kind=sold) for _ in range(2)]
    waiting = await counter.waiting(database, await making.bound(database, shop, buyer, kind=sold))
    async with database.begin() as uow:
        link = await vouchers.give(uow, buyer.viewer, given.id, "尝尝昭通苹果")
    batch = (await making.voucher(database, held.id))["batch_id"]
    return {
        "voucher": str(held.id),
        "givenVoucher": str(given.id),
        "voucherToken": link.token,
        "voucherBatch": str(batch),
        "voucherSku": str(shop.sku),
        "waitingPickup": str(waiting["id"]),
        "pickupPoint": str(waiting["pickup_point_id"]),
    }


async def more_vouchered(uow: UnitOfWork, ids: dict[str, Any], skus: list[UUID], many: int) -> None:
    """So many more vouchers of the buyer's with logs as long, and batches for more goods."""
    held, batch = UUID(ids["voucher"]), UUID(ids["voucherBatch"])
    for n in range(many):
        voucher = await copied(uow, Voucher, held, {"digest": CODES.digest(f"{n}"), "last4": f"{n:04}"})
        for row in await rows(uow, VoucherEvent, "voucher_id", held):
            await uow.session.execute(insert(VoucherEvent).values({**row, "id": new_id(), "voucher_id": voucher}))
        more = await copied(uow, VoucherBatch, batch, {"name": f"苹果提货券 {n}"})
        await uow.session.execute(insert(VoucherSku).values(batch_id=more, sku_id=UUID(ids["voucherSku"])))
        lot = (await rows(uow, VoucherLot, "batch_id", batch))[0]
        await uow.session.execute(
            insert(VoucherLot).values({**lot, "id": new_id(), "idempotency_key": f"more-{n}-of-it"})
        )
    point = UUID(ids["pickupPoint"])
    for n in range(many):
        await copied(uow, PickupPoint, point, {"name": f"自提点 {n}"})
        await copied(uow, PickupPoint, point, {"name": f"自提点 {n}", "merchant_id": UUID(ids["shop"])})
    for sku in skus:
        await uow.session.execute(insert(VoucherSku).values(batch_id=batch, sku_id=sku))
    for n in range(many):
        log = {"id": new_id(), "voucher_id": held, "position": 3 + n, "kind": "FROZEN", "ref": f"m:{n}", "amount": 0}
        last = (await rows(uow, VoucherEvent, "voucher_id", held))[-1]
        await uow.session.execute(insert(VoucherEvent).values({**last, **log}))
