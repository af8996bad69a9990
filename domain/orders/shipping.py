"""Shipping orders in one parcel or several, and putting a wrong number right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, select

from domain import audit, bulk, delivery, traces
from domain.base import (
    Database,
    Invalid,
    Job,
    NotFound,
    Refusal,
    RowDict,
    UnitOfWork,
    Viewer,
    WrongState,
    clock,
    next_state,
)
from domain.delivery import CARRIERS
from domain.orders.states import ORDER_REFUSALS, ORDER_STEPS, OrderEvent
from domain.orders.taking import note, step_order
from models.catalog import Product, StorageClass
from models.orders import Order, OrderLine, OrderState

CONFIRM_AFTER, CONFIRM_COLD_AFTER = timedelta(days=10), timedelta(days=3)
MOST_SHIPPED = 100
UNDER_WAY = (OrderState.PARTLY_SHIPPED, OrderState.SHIPPED)


@dataclass(frozen=True)
class Parcel:
    """What merchant staff send of an order. `carrier` is a code of `delivery.CARRIERS`.

    `goods`: quantities by order line; None is all that is left to ship.
    """

    order_id: UUID
    carrier: str
    tracking_number: str
    goods: Sequence[tuple[UUID, int]] | None = None


async def ship(uow: UnitOfWork, viewer: Viewer, parcel: Parcel) -> None:
    """Ships a parcel of one of the viewer's own orders, which is SHIPPED once nothing is left of it.

    Refuses with WrongState unless it is paid and something is left, Invalid (`carrier`, `trackingNumber`, `lines`),
    Conflict for a number the order has already, and NotFound.
    """
    carrier, number = delivery.check_parcel(parcel.carrier, parcel.tracking_number)
    order = await own(uow, viewer, parcel.order_id)
    if order["pickup_point_id"] is not None:
        raise WrongState("这是到店自提的订单，请在核销台凭提货码交付")
    next_state(ORDER_STEPS, order["state"], OrderEvent.SHIP, ORDER_REFUSALS[OrderEvent.SHIP])
    left = await left_to_ship(uow, order["id"])
    goods = _packed(parcel.goods, {line_id: each.units for line_id, each in left.items()})
    whole = goods == {line_id: each.units for line_id, each in left.items()}
    sent = len(await delivery.shipments_of(uow.session, order["id"]))
    if sent + 1 >= delivery.MOST_PARCELS and not whole:
        raise Invalid(f"一个订单最多 {delivery.MOST_PARCELS} 个包裹，最后一个须包含全部剩余商品", field="lines")
    id = await delivery.ship(uow, order["id"], carrier, number, goods, paid_at=order["paid_at"])
    delivery.follow(uow, id)
    packed = [traces.Packed(line_id, left[line_id].sku_id, many) for line_id, many in goods.items()]
    await traces.send(uow, order["id"], id, packed, paid_at=order["paid_at"])
    await count_shipped(uow, goods)
    sentence = f"商家已发{'货' if whole and not sent else f'出第 {sent + 1} 个包裹'}，{CARRIERS[carrier]} {number}"
    await _step(uow, viewer, order, OrderEvent.SHIP if whole else OrderEvent.SHIP_PART, sentence)
    sold = {"carrier": carrier, "number": number, "goods": {str(id): many for id, many in goods.items()}}
    await audit.record(uow, viewer, "order.ship", "order", order["id"], sold)


async def own(uow: UnitOfWork, viewer: Viewer, order_id: UUID) -> RowDict:
    """An order of the viewer's shop, locked; NotFound for any other."""
    order = await locked(uow, order_id)
    if order["merchant_id"] != viewer.shop_id:
        raise NotFound("订单不存在")
    return order


LOCKED = ("id", "trade_id", "number", "merchant_id", "member_id", "state", "total")
TIMES = ("created_at", "paid_at", "shipped_at", "signed_at", "auto_confirm_at", "received_at", "complete_at")


async def locked(uow: UnitOfWork, order_id: UUID) -> RowDict:
    """An order, locked until the transaction ends; NotFound when there is none."""
    table = Order.__table__.c
    chosen = select(*(table[name] for name in (*LOCKED, *TIMES, "region_code", "pickup_point_id", "remark", "version")))
    row = (await uow.session.execute(chosen.where(table.id == order_id).with_for_update())).mappings().first()
    if row is None:
        raise NotFound("订单不存在")
    return dict(row)


# ------------------------------------------------------------------------------------------------ what is left
class Left(NamedTuple):
    """Units of a SKU that a line still has to get."""

    units: int
    sku_id: UUID


async def left_to_ship(uow: UnitOfWork, order_id: UUID) -> dict[UUID, Left]:
    """How much of each line of a locked order is still to be shipped; lines of which nothing is are left out."""
    table = OrderLine.__table__.c
    left = table.quantity - table.shipped_quantity - table.withdrawn_quantity
    chosen = select(table.id, left, table.sku_id).where(table.order_id == order_id, left > 0).order_by(table.id)
    return {id: Left(many, sku_id) for id, many, sku_id in await uow.session.execute(chosen)}


def _packed(asked: Sequence[tuple[UUID, int]] | None, left: Mapping[UUID, int]) -> dict[UUID, int]:
    """The quantities of a parcel by line, no more of any than is left; Invalid (`lines`) otherwise."""
    if not left:
        raise WrongState("该订单没有待发货的商品")
    if asked is None:
        return dict(left)
    goods = dict(asked)
    if not goods or len(goods) != len(asked):
        raise Invalid("请选择要发出的商品，同一商品请合并为一行", field="lines")
    for line_id, quantity in goods.items():
        if line_id not in left:
            raise Invalid("所选商品不在该订单中，或已全部发出", field="lines")
        if not 1 <= quantity <= left[line_id]:
            raise Invalid(f"发货数量须在 1 到 {left[line_id]} 之间", field="lines")
    return goods


COUNT = """
UPDATE order_lines SET shipped_quantity = shipped_quantity + packed.quantity
FROM unnest($1::uuid[], $2::int[]) AS packed(id, quantity) WHERE order_lines.id = packed.id
"""


async def count_shipped(uow: UnitOfWork, goods: Mapping[UUID, int]) -> None:
    await bulk.run(uow.session, COUNT, list(goods), list(goods.values()))


# ------------------------------------------------------------------------------------------------ steps
async def _step(uow: UnitOfWork, viewer: Viewer, order: RowDict, event: OrderEvent, sentence: str) -> None:
    """The parcel's step; with the last one the time begins after which the order confirms itself."""
    now = clock.now()
    to: dict[str, Any] = {"shipped_at": order["shipped_at"] or now}
    if event is not OrderEvent.SHIP_PART:
        to["auto_confirm_at"] = now + await _confirm_after(uow, order["id"])
        confirm_later(uow, order["id"], to["auto_confirm_at"])
    await step_order(uow, order["id"], event, viewer, sentence, **to)


def confirm_later(uow: UnitOfWork, order_id: UUID, at: datetime) -> None:
    """Has the order looked at when it should confirm itself."""
    key = f"order:{order_id}:auto_confirm:{int(at.timestamp())}"
    uow.later(
        Job("order.auto_confirm", {"order_id": str(order_id)}, after=max(timedelta(0), at - clock.now()), key=key)
    )


async def is_cold(uow: UnitOfWork, order_id: UUID) -> bool:
    """Whether something of the order is kept cold on its way."""
    cold = (
        select(func.count())
        .select_from(OrderLine)
        .join(Product, Product.id == OrderLine.product_id)
        .where(OrderLine.order_id == order_id, Product.storage != StorageClass.AMBIENT)
    )
    return bool(await uow.session.scalar(cold))


async def _confirm_after(uow: UnitOfWork, order_id: UUID) -> timedelta:
    """Fresh goods are looked at when they come, so a shorter time is enough, and fairer to the farmer."""
    return CONFIRM_COLD_AFTER if await is_cold(uow, order_id) else CONFIRM_AFTER


async def end_shipping(uow: UnitOfWork, viewer: Viewer, order_id: UUID) -> None:
    """After lines were called off: a partly shipped order of which nothing is left to ship goes on as SHIPPED.

    Locks the order; does nothing with any other. Safe to repeat.
    """
    order = await locked(uow, order_id)
    if order["state"] is OrderState.PARTLY_SHIPPED and not await left_to_ship(uow, order_id):
        await _step(uow, viewer, order, OrderEvent.CALL_OFF_REST, "其余商品已取消，订单已全部发货")
        await delivery.tell_of_the_end(uow, order_id)


# ------------------------------------------------------------------------------------------------ many, and again
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


async def correct_tracking(
    uow: UnitOfWork, viewer: Viewer, shipment_id: UUID, carrier: str, tracking_number: str
) -> UUID:
    """Puts right a number that was mistyped, before the parcel has moved; answers the order's id.

    Refuses with Invalid (`carrier`, `trackingNumber`), NotFound for a parcel of another shop, Conflict for a number
    the order has already, WrongState once it moved, is received, or WeChat's one correction is used.
    """
    carrier, number = delivery.check_parcel(carrier, tracking_number)
    order_id: UUID = (await delivery.shipment(uow.session, shipment_id))["order_id"]
    order = await own(uow, viewer, order_id)
    if order["state"] not in UNDER_WAY:
        raise WrongState("只有运输中的包裹可以修改运单号")
    # Read again under the lock: the carrier may just have told of it.
    parcel = await delivery.shipment(uow.session, shipment_id)
    await delivery.correct(uow, parcel, carrier, number)
    delivery.follow(uow, shipment_id)
    await note(uow, [order], "CORRECT", viewer, f"商家更正了运单号，{CARRIERS[carrier]} {number}")
    told = {"from": f"{parcel['carrier']} {parcel['tracking_number']}", "to": f"{carrier} {number}"}
    await audit.record(uow, viewer, "order.correct_tracking", "order", order_id, told)
    return order_id
