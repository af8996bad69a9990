"""Shipping, telling WeChat, receiving, completing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from domain import orders
from domain.base import Database, Invalid, NotFound, Unavailable, WrongState, clock
from domain.delivery import UploadAnswer, UploadOutcome
from models.audit import ActorKind
from models.base import new_id
from models.catalog import StorageClass
from models.delivery import Shipment, UploadState
from models.orders import OrderState, OrderStep
from models.payments import PaymentPart
from tests.factories import orders as market
from tests.factories.orders import Buyer, Shop
from tests.orders.gateway import FakeGateway


@dataclass
class FakeUploader:
    answers: list[UploadAnswer] = field(default_factory=list)
    told: list[dict[str, Any]] = field(default_factory=list)

    async def upload(self, **parcel: Any) -> UploadAnswer:
        self.told.append(parcel)
        return self.answers.pop(0) if self.answers else UploadAnswer(UploadOutcome.DONE)


async def to_ship(database: Database, gateway: FakeGateway, shop: Shop) -> tuple[Buyer, dict[str, Any]]:
    who = await market.buyer(database)
    return who, await market.order_of(database, await market.paid(database, gateway, who, {shop.sku: 1}))


async def ship(database: Database, shop: Shop, order: dict[str, Any], number: str = "SF1234567890") -> None:
    async with database.begin() as uow:
        await orders.ship(uow, shop.keeper, orders.Parcel(order["id"], "SF", number))


async def again(database: Database, order: dict[str, Any]) -> dict[str, Any]:
    return await market.order_of(database, order["trade_id"])


@pytest.mark.parametrize(
    ("storage", "days"), [(StorageClass.AMBIENT, 10), (StorageClass.CHILLED, 3), (StorageClass.FROZEN, 3)]
)
async def test_a_shipped_order_confirms_itself_later(
    database: Database, gateway: FakeGateway, storage: StorageClass, days: int
) -> None:
    shop = await market.shop(database, storage=storage)
    _, order = await to_ship(database, gateway, shop)
    await ship(database, shop, order)
    shipped = await again(database, order)
    assert shipped["state"] is OrderState.SHIPPED
    assert shipped["auto_confirm_at"] - shipped["shipped_at"] == timedelta(days=days)
    (step,) = [s for s in await market.rows(database, OrderStep, order_id=order["id"]) if s["event"] == "SHIP"]
    assert (step["text"], step["actor_kind"]) == ("商家已发货，顺丰速运 SF1234567890", ActorKind.MERCHANT)


async def test_another_shop_cannot_ship_it(database: Database, gateway: FakeGateway) -> None:
    shop, other = await market.shop(database), await market.shop(database)
    _, order = await to_ship(database, gateway, shop)
    with pytest.raises(NotFound):
        await ship(database, other, order)


async def test_only_what_is_paid_and_once(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    unpaid = await market.order_of(database, await market.placed(database, who, {shop.sku: 1}))
    with pytest.raises(WrongState):
        await ship(database, shop, unpaid)
    _, order = await to_ship(database, gateway, shop)
    await ship(database, shop, order)
    with pytest.raises(WrongState):
        await ship(database, shop, order, "SF0000000000")
    assert len(await market.rows(database, Shipment)) == 1


@pytest.mark.parametrize(
    ("carrier", "number", "field"),
    [("DHL", "SF1234567890", "carrier"), ("SF", "SF12", "trackingNumber"), ("SF", "x" * 31, "trackingNumber")],
)
async def test_a_parcel_that_cannot_be_is_refused(
    database: Database, gateway: FakeGateway, carrier: str, number: str, field: str
) -> None:
    shop = await market.shop(database)
    _, order = await to_ship(database, gateway, shop)
    async with database.begin() as uow:
        with pytest.raises(Invalid) as refused:
            await orders.ship(uow, shop.keeper, orders.Parcel(order["id"], carrier, number))
    assert refused.value.field == field


async def test_a_batch_ships_what_can_be_shipped(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database)
    good = [(await to_ship(database, gateway, shop))[1] for _ in range(2)]
    parcels = [
        orders.Parcel(good[0]["id"], "SF", "SF1234567890"),
        orders.Parcel(new_id(), "SF", "SF1234567891"),
        orders.Parcel(good[0]["id"], "SF", "SF1234567892"),
        orders.Parcel(good[1]["id"], "ZTO", "7654321098765"),
    ]
    done = await orders.ship_many(database, shop.keeper, parcels)
    assert [refusal.code if refusal else None for _, refusal in done] == [None, "NOT_FOUND", "WRONG_STATE", None]
    assert {(await again(database, order))["state"] for order in good} == {OrderState.SHIPPED}
    with pytest.raises(Invalid):
        await orders.ship_many(database, shop.keeper, [])


async def test_wechat_is_told_of_the_parcel(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database)
    _, order = await to_ship(database, gateway, shop)
    await ship(database, shop, order)
    (shipment,) = await market.rows(database, Shipment)
    (part,) = await market.rows(database, PaymentPart)
    uploader = FakeUploader([UploadAnswer(UploadOutcome.RETRY, "10060001 支付单不存在")])
    with pytest.raises(Unavailable):
        await orders.upload_shipment(database, uploader, shipment["id"])
    (shipment,) = await market.rows(database, Shipment)
    assert (shipment["upload"], shipment["upload_note"]) == (UploadState.PENDING, "10060001 支付单不存在")
    await orders.upload_shipment(database, uploader, shipment["id"])
    (shipment,) = await market.rows(database, Shipment)
    assert (shipment["upload"], shipment["upload_attempts"]) == (UploadState.DONE, 2)
    await orders.upload_shipment(database, uploader, shipment["id"])
    assert len(uploader.told) == 2
    told = uploader.told[-1]
    assert (told["transaction_id"], told["split"], told["complete"]) == (part["transaction_id"], False, True)
    (parcel,) = told["parcels"]
    assert (parcel.carrier, parcel.receiver_phone_masked) == ("SF", "138****0001")
    assert parcel.item_desc.endswith("*1")
    assert told["at"] > uploader.told[0]["at"]


async def test_an_upload_wechat_refuses_waits_for_a_person(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database)
    _, order = await to_ship(database, gateway, shop)
    await ship(database, shop, order)
    (shipment,) = await market.rows(database, Shipment)
    uploader = FakeUploader([UploadAnswer(UploadOutcome.FAILED, "10060031 openid 不符")])
    await orders.upload_shipment(database, uploader, shipment["id"])
    assert (await market.rows(database, Shipment))[0]["upload"] is UploadState.FAILED


async def test_the_upload_waits_until_wechat_knows_of_the_payment(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database)
    _, order = await to_ship(database, gateway, shop)
    async with database.begin() as uow:
        await orders.ship(uow, shop.keeper, orders.Parcel(order["id"], "SF", "SF1234567890"))
        upload = next(job for job in uow.jobs if job.name == "shipment.upload")
        assert timedelta(seconds=50) < upload.after <= timedelta(seconds=60)


async def test_the_buyer_receives_and_the_order_is_completed(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database)
    who, order = await to_ship(database, gateway, shop)
    other = await market.buyer(database)
    async with database.begin() as uow:
        with pytest.raises(WrongState):
            await orders.confirm_receipt(uow, who.viewer, order["id"])
    await ship(database, shop, order)
    async with database.begin() as uow:
        with pytest.raises(NotFound):
            await orders.confirm_receipt(uow, other.viewer, order["id"])
        await orders.confirm_receipt(uow, who.viewer, order["id"])
        await orders.confirm_receipt(uow, who.viewer, order["id"])
        (job,) = uow.jobs
        assert job.name == "order.complete"
        assert timedelta(days=7) < job.after <= timedelta(days=8), "the seventh day after is a whole day"
        await orders.complete(uow, order["id"])
    assert (await again(database, order))["state"] is OrderState.RECEIVED
    clock.advance(job.after + timedelta(minutes=1))
    async with database.read() as session:
        assert await orders.overdue_completions(session) == [order["id"]]
    for _ in range(2):
        async with database.begin() as uow:
            await orders.complete(uow, order["id"])
    assert (await again(database, order))["state"] is OrderState.COMPLETED


async def test_a_silent_buyers_order_confirms_itself_once_and_not_early(
    database: Database, gateway: FakeGateway
) -> None:
    shop = await market.shop(database)
    _, order = await to_ship(database, gateway, shop)
    await ship(database, shop, order)
    async with database.begin() as uow:
        await orders.auto_confirm(uow, order["id"])
    assert (await again(database, order))["state"] is OrderState.SHIPPED
    clock.advance(timedelta(days=10, minutes=2))
    async with database.read() as session:
        assert await orders.overdue_receipts(session) == [order["id"]]
    for _ in range(2):
        async with database.begin() as uow:
            await orders.auto_confirm(uow, order["id"])
    steps = await market.rows(database, OrderStep, order_id=order["id"])
    received = [step for step in steps if step["event"] == "RECEIVE"]
    assert [step["actor_kind"] for step in received] == [ActorKind.SYSTEM]
