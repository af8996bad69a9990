"""From shipping to completion, and telling WeChat of the parcel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit, delivery
from domain.base import (
    SYSTEM,
    Database,
    Invalid,
    Job,
    NotFound,
    Refusal,
    RowDict,
    Unavailable,
    UnitOfWork,
    Viewer,
    clock,
)
from domain.crypto import mask_phone, vault
from domain.delivery import CARRIERS, UploadOutcome
from domain.orders.states import OrderEvent
from domain.orders.taking import step_order
from models.catalog import Product, StorageClass
from models.delivery import UploadState
from models.members import Member
from models.orders import Order, OrderLine, OrderState
from models.payments import Payment, PaymentPart, PaymentState, Refund

CONFIRM_AFTER, CONFIRM_COLD_AFTER = timedelta(days=10), timedelta(days=3)
# After that the right to return without a reason is over (7 days from the day after signing).
COMPLETE_AFTER = timedelta(days=7)
MOST_SHIPPED = 100
MOST_DESCRIBED = 120


@dataclass(frozen=True)
class Parcel:
    """What merchant staff send of an order. `carrier` is a code of `delivery.CARRIERS`."""

    order_id: UUID
    carrier: str
    tracking_number: str


async def ship(uow: UnitOfWork, viewer: Viewer, parcel: Parcel) -> None:
    """Ships one of the viewer's own orders. WrongState unless it is paid and not yet shipped."""
    carrier, number = delivery.check_parcel(parcel.carrier, parcel.tracking_number)
    order = await _locked(uow, parcel.order_id)
    if order["merchant_id"] != viewer.shop_id:
        raise NotFound("订单不存在")
    now = clock.now()
    confirm_at = now + await _confirm_after(uow, parcel.order_id)
    to = {"shipped_at": now, "auto_confirm_at": confirm_at}
    sentence = f"商家已发货，{CARRIERS[carrier]} {number}"
    row = await step_order(uow, parcel.order_id, OrderEvent.SHIP, viewer, sentence, **to)
    await delivery.ship(uow, parcel.order_id, carrier, number, paid_at=row["paid_at"])
    key = f"order:{parcel.order_id}:auto_confirm"
    uow.later(Job("order.auto_confirm", {"order_id": str(parcel.order_id)}, after=confirm_at - now, key=key))
    await audit.record(uow, viewer, "order.ship", "order", parcel.order_id, {"carrier": carrier, "number": number})


async def _locked(uow: UnitOfWork, order_id: UUID) -> RowDict:
    table = Order.__table__.c
    chosen = select(table.id, table.merchant_id, table.member_id, table.state, table.auto_confirm_at)
    row = (await uow.session.execute(chosen.where(table.id == order_id).with_for_update())).mappings().first()
    if row is None:
        raise NotFound("订单不存在")
    return dict(row)


async def _confirm_after(uow: UnitOfWork, order_id: UUID) -> timedelta:
    """Fresh goods are looked at when they come, so a shorter time is enough, and fairer to the farmer."""
    cold = (
        select(func.count())
        .select_from(OrderLine)
        .join(Product, Product.id == OrderLine.product_id)
        .where(OrderLine.order_id == order_id, Product.storage != StorageClass.AMBIENT)
    )
    return CONFIRM_COLD_AFTER if await uow.session.scalar(cold) else CONFIRM_AFTER


async def ship_many(database: Database, viewer: Viewer, parcels: Sequence[Parcel]) -> list[tuple[UUID, Refusal | None]]:
    """Ships each parcel by itself: one that is refused leaves the others shipped. Answers in the order given."""
    if not 1 <= len(parcels) <= MOST_SHIPPED:
        raise Invalid(f"一次可发货 1 到 {MOST_SHIPPED} 单", field="inputs")
    return [(parcel.order_id, await _ship_one(database, viewer, parcel)) for parcel in parcels]


async def _ship_one(database: Database, viewer: Viewer, parcel: Parcel) -> Refusal | None:
    try:
        async with database.begin() as uow:
            await ship(uow, viewer, parcel)
    except Refusal as refusal:
        return refusal
    return None


# ------------------------------------------------------------------------------------------------ receiving
async def confirm_receipt(uow: UnitOfWork, viewer: Viewer, order_id: UUID) -> None:
    """The buyer has it. Saying so again is no news; WrongState unless it was shipped."""
    order = await _locked(uow, order_id)
    if order["member_id"] != viewer.member_id:
        raise NotFound("订单不存在")
    if order["state"] not in (OrderState.RECEIVED, OrderState.COMPLETED):
        await _receive(uow, viewer, order_id, "买家确认收货")


async def auto_confirm(uow: UnitOfWork, order_id: UUID) -> None:
    """Confirms a shipped order whose time has come, for a buyer who says nothing. Safe to repeat."""
    order = await _locked(uow, order_id)
    if order["state"] is OrderState.SHIPPED and order["auto_confirm_at"] <= clock.now():
        await _receive(uow, SYSTEM, order_id, "发货后超时未确认，系统自动确认收货")


async def _receive(uow: UnitOfWork, viewer: Viewer, order_id: UUID, sentence: str) -> None:
    await step_order(uow, order_id, OrderEvent.RECEIVE, viewer, sentence, received_at=clock.now())
    key = f"order:{order_id}:complete"
    uow.later(Job("order.complete", {"order_id": str(order_id)}, after=COMPLETE_AFTER, key=key))


async def complete(uow: UnitOfWork, order_id: UUID) -> None:
    """Ends a received order after its time. Safe to repeat."""
    order = await _locked(uow, order_id)
    if order["state"] is OrderState.RECEIVED:
        await step_order(uow, order_id, OrderEvent.COMPLETE, SYSTEM, "订单已完成", completed_at=clock.now())


async def overdue_receipts(session: AsyncSession, *, most: int = 100) -> Sequence[UUID]:
    """Shipped orders that should have confirmed themselves a minute ago: their job was lost."""
    late = Order.auto_confirm_at <= clock.now() - timedelta(minutes=1)
    chosen = select(Order.id).where(Order.state == OrderState.SHIPPED, late)
    return (await session.scalars(chosen.order_by(Order.auto_confirm_at).limit(most))).all()


# ------------------------------------------------------------------------------------------------ telling WeChat
async def upload_shipment(database: Database, uploader: delivery.Uploader, shipment_id: UUID) -> None:
    """Tells WeChat of a parcel. Safe to repeat; raises Unavailable, to be run again, when it is too early or down."""
    async with database.begin() as uow:
        parcel = await delivery.shipment(uow.session, shipment_id)
        if parcel["upload"] is not UploadState.PENDING:
            return
        told = await _told(uow, parcel)
    answer = await uploader.upload(**told, at=clock.now())
    async with database.begin() as uow:
        await delivery.record_upload(uow, shipment_id, answer)
    if answer.outcome is UploadOutcome.RETRY:
        raise Unavailable(answer.note or "发货信息暂未上传成功")


async def _told(uow: UnitOfWork, parcel: RowDict) -> dict[str, Any]:
    chosen = (
        select(PaymentPart.transaction_id, Member.openid, Order.phone_sealed)
        .join(Order, Order.id == PaymentPart.order_id)
        .join(Payment, Payment.id == PaymentPart.payment_id)
        .join(Member, Member.id == Order.member_id)
        .where(PaymentPart.order_id == parcel["order_id"], Payment.state == PaymentState.PAID)
        # Of two paid attempts one paid for the goods; the other went back.
        .where(~exists().where(Refund.part_id == PaymentPart.id))
    )
    found = (await uow.session.execute(chosen)).first()
    if found is None:
        raise NotFound("没有找到该订单的支付")
    transaction_id, openid, sealed = found
    phone = vault.open(sealed, table="orders", column="phone_sealed", row=parcel["order_id"])
    return {
        "transaction_id": transaction_id,
        "openid": openid,
        "carrier": parcel["carrier"],
        "tracking_number": parcel["tracking_number"],
        "item_desc": await _described(uow, parcel["order_id"]),
        "receiver_phone_masked": mask_phone(phone),
    }


async def _described(uow: UnitOfWork, order_id: UUID) -> str:
    table = OrderLine.__table__.c
    chosen = select(table.title, table.quantity).where(table.order_id == order_id).order_by(table.id)
    lines = [f"{title}*{quantity}" for title, quantity in await uow.session.execute(chosen)]
    described = "，".join(lines)
    return described if len(described) <= MOST_DESCRIBED else described[: MOST_DESCRIBED - 1] + "…"
