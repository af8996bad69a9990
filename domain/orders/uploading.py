"""Telling WeChat of an order's parcels: what is read of the order for it, and the rounds it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from domain import delivery
from domain.base import Database, RowDict, Unavailable, UnitOfWork, clock
from domain.crypto import mask_phone, vault
from domain.delivery import Plan, ToldParcel, UploadAnswer, UploadOutcome
from models.delivery import UploadState
from models.members import Member
from models.orders import Order, OrderState
from models.payments import Payment, PaymentPart, PaymentState, Refund

MOST_DESCRIBED = 120
# The parcels that are left, then a number that was put right: there is never more to tell at a time.
ROUNDS = 3
STILL_SHIPPING = (OrderState.AWAITING_SHIPMENT, OrderState.PARTLY_SHIPPED)
UNPAID = UploadAnswer(UploadOutcome.FAILED, "订单款项已全部退回，无需上传")
GOODS = frozenset({"title", "quantity"})


async def upload_shipment(database: Database, uploader: delivery.Uploader, shipment_id: UUID) -> None:
    """Tells WeChat what is new of the parcel's order. Safe to repeat; raises Unavailable, to be run again, when it is
    too early or down.
    """
    for _ in range(ROUNDS):
        async with database.begin() as uow:
            parcel = await delivery.shipment(uow.session, shipment_id)
            if parcel["upload"] is not UploadState.PENDING:
                return
            orders = await _paid_orders(uow, parcel["order_id"])
            if parcel["order_id"] not in orders:
                await delivery.record_upload(uow, Plan([parcel], split=False, complete=False), UNPAID)
                return
            complete = not any(order["state"] in STILL_SHIPPING for order in orders.values())
            plan = delivery.plan(await delivery.shipments_of(uow.session, *orders), complete=complete)
            if plan is None:
                return
            told = await _told(uow, orders, plan)
        await _tell(database, uploader, orders[parcel["order_id"]], plan, told)


async def _tell(
    database: Database, uploader: delivery.Uploader, order: RowDict, plan: Plan, told: Sequence[ToldParcel]
) -> None:
    answer = await uploader.upload(
        transaction_id=order["transaction_id"],
        openid=order["openid"],
        parcels=told,
        split=plan.split,
        complete=plan.complete,
        at=clock.now(),
    )
    async with database.begin() as uow:
        await delivery.record_upload(uow, plan, answer)
    if answer.outcome is UploadOutcome.RETRY:
        raise Unavailable(answer.note or "发货信息暂未上传成功")


async def _paid_orders(uow: UnitOfWork, order_id: UUID) -> dict[UUID, RowDict]:
    """The order with the payment that stands for it and its payer, and all others that the same transaction paid.

    Without those of which all went back.
    """
    mine = aliased(PaymentPart)
    chosen = (
        select(Order.id, Order.state, Order.phone_sealed, PaymentPart.transaction_id, Member.openid)
        .join_from(PaymentPart, Order, Order.id == PaymentPart.order_id)
        .join(mine, mine.transaction_id == PaymentPart.transaction_id)
        .join(Payment, Payment.id == PaymentPart.payment_id)
        .join(Member, Member.id == Order.member_id)
        .where(mine.order_id == order_id, Payment.state == PaymentState.PAID)
        # Of two paid attempts one paid for the goods; the other went back whole.
        .where(~exists().where(Refund.part_id == PaymentPart.id, Refund.amount == PaymentPart.amount))
    )
    # Of a presale the balance stands for it, which was paid last.
    rows = await uow.session.execute(chosen.order_by(Order.id, Payment.stage))
    return {row["id"]: dict(row) for row in rows.mappings()}


async def _told(uow: UnitOfWork, orders: Mapping[UUID, RowDict], plan: Plan) -> list[ToldParcel]:
    # The phones as they are now: the buyer may have changed the address before anything was shipped.
    phones = {
        id: mask_phone(vault.open(order["phone_sealed"], table="orders", column="phone_sealed", row=id))
        for id, order in orders.items()
    }
    goods = await delivery.goods_by_shipment(uow.session, [parcel["id"] for parcel in plan.parcels], GOODS)
    return [
        ToldParcel(
            parcel["carrier"],
            parcel["tracking_number"],
            _described(goods.get(parcel["id"], [])),
            phones[parcel["order_id"]],
        )
        for parcel in plan.parcels
    ]


def _described(goods: Sequence[RowDict]) -> str:
    described = "，".join(f"{line['title']}*{line['quantity']}" for line in goods)
    return described if len(described) <= MOST_DESCRIBED else described[: MOST_DESCRIBED - 1] + "…"
