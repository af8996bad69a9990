"""Vouchers of a shop, bound to holders, and orders that redeem them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain import ledger, orders, vouchers
from domain.base import Database, Viewer, ViewerKind, clock
from domain.orders import auditing
from domain.payments import Outcome as Outcome
from domain.vouchers import VoucherUnusable
from models.base import new_id
from models.ledger import AccountKind
from models.vouchers import Voucher, VoucherBatchKind, VoucherEvent, VoucherHold
from models.vouchers import VoucherFreight as VoucherFreight
from tests.factories import orders as market
from tests.factories.cards import own_shop as own_shop

PLATFORM = Viewer(ViewerKind.PLATFORM, new_id(), "平台运营")
Unusable = VoucherUnusable


@dataclass(frozen=True)
class Held:
    """A voucher of a buyer's, and of which shop it is."""

    shop: market.Shop
    who: market.Buyer
    id: UUID


def issuer(shop: market.Shop, kind: VoucherBatchKind) -> Viewer:
    return shop.keeper if kind is VoucherBatchKind.SHOP else PLATFORM


async def batch(database: Database, shop: market.Shop, **changes: Any) -> UUID:
    """Of any shop: ten pieces worth 50 yuan each, freight included, a hundred days."""
    about: dict[str, Any] = {"kind": VoucherBatchKind.SHOP, "merchant_id": shop.merchant_id, "name": "苹果提货券"}
    about |= {"sku_ids": [shop.sku], "units": 10, "value": 5000, "freight": VoucherFreight.INCLUDED, "total": 100}
    about |= {"valid_from": clock.now(), "valid_until": clock.now() + timedelta(days=100)}
    about |= {"buyer": "昭通某学校工会" if changes.get("kind") is VoucherBatchKind.SOLD else "", **changes}
    async with database.begin() as uow:
        return await vouchers.open_batch(uow, issuer(shop, about["kind"]), vouchers.BatchDraft(**about))


async def codes(database: Database, viewer: Viewer, batch_id: UUID, many: int = 1, key: str = "") -> list[str]:
    async with database.begin() as uow:
        return list(await vouchers.issue(uow, viewer, batch_id, many, key or secrets.token_hex(8)))


async def bound(
    database: Database, shop: market.Shop | None = None, who: market.Buyer | None = None, **changes: Any
) -> Held:
    """A voucher of a buyer's; of a shop of its own where none is named."""
    shop = shop or await market.shop(database, price=4500, stock=100)
    who = who or await market.buyer(database)
    batch_id = await batch(database, shop, **changes)
    kind = changes.get("kind", VoucherBatchKind.SHOP)
    (code,) = await codes(database, issuer(shop, kind), batch_id)
    return Held(shop, who, await vouchers.bind(database, who.viewer, code))


async def page(held: Held, quantity: int = 1, total: int | None = None, **changes: Any) -> orders.WantedOrder:
    about: dict[str, Any] = {"idempotency_key": secrets.token_hex(8), "voucher_id": held.id, "sku_id": held.shop.sku}
    about |= {
        "quantity": quantity,
        "address_id": held.who.address_id,
        "pickup_point_id": None,
        "no_return_confirmed": True,
    }
    about |= {"expected_total": quantity * 5000 if total is None else total, **changes}
    return orders.wanted_redemption(orders.RedemptionPage(**about))


async def placed(database: Database, held: Held, quantity: int = 1, total: int | None = None, **changes: Any) -> UUID:
    return await market.place(database, held.who, await page(held, quantity, total, **changes))


async def confirm(database: Database, held: Held, trade_id: UUID) -> None:
    async with database.begin() as uow:
        await orders.pay_by_cards(uow, held.who.viewer, trade_id)


async def redeemed(database: Database, held: Held, quantity: int = 1) -> dict[str, Any]:
    """An order that took so many pieces and is paid by them."""
    trade_id = await placed(database, held, quantity)
    await confirm(database, held, trade_id)
    return await market.order_of(database, trade_id)


async def shipped(database: Database, held: Held, order_id: UUID) -> None:
    async with database.begin() as uow:
        number = f"SF{secrets.randbelow(10**13):013}"
        await orders.ship(uow, held.shop.keeper, orders.Parcel(order_id, "SF", number, None))


async def completed(database: Database, held: Held, order_id: UUID) -> None:
    await shipped(database, held, order_id)
    async with database.begin() as uow:
        await orders.confirm_receipt(uow, held.who.viewer, order_id)
    clock.advance(timedelta(days=30))
    async with database.begin() as uow:
        await orders.complete(uow, order_id)


async def run_out(database: Database, held: Held) -> None:
    """Its time is over and the job has come by."""
    left = (await voucher(database, held.id))["expires_at"] - clock.now()
    clock.advance(left)
    async with database.begin() as uow:
        await vouchers.expire(uow, held.id)


# ------------------------------------------------------------------------------------------------ looking
async def voucher(database: Database, id: UUID) -> dict[str, Any]:
    return await market.row(database, Voucher, id)


async def pieces(database: Database, held: Held) -> tuple[str, int, int]:
    """How it stands, what is left, and what of that is held."""
    row = await voucher(database, held.id)
    return row["state"].value, row["balance"], row["held"]


async def told(database: Database, id: UUID) -> list[tuple[str, int]]:
    rows = await market.rows(database, VoucherEvent, voucher_id=id)
    return [(row["kind"].value, row["amount"]) for row in sorted(rows, key=lambda row: row["position"])]


async def holds(database: Database, held: Held) -> list[dict[str, Any]]:
    return await market.rows(database, VoucherHold, voucher_id=held.id)


async def booked(database: Database, order_id: UUID) -> dict[AccountKind, int]:
    async with database.read() as session:
        found = (await ledger.sums_by_order(session, [order_id])).get(order_id, {})
    return {kind: amount for kind, amount in found.items() if amount}


async def all_true(database: Database) -> None:
    async with database.read() as session:
        assert await auditing.differences(session) == []
