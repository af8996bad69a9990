"""What the buyer may still change of an order before anything of it is shipped: where it goes, and the remark."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select, update

from domain import checkout
from domain.base import NotFound, RowDict, TooMany, UnitOfWork, Viewer, WrongState, clean_text
from domain.members import addresses
from domain.orders.reading import lines_by_order
from domain.orders.shipping import locked
from domain.orders.taking import note
from domain.orders.writing import sent_to
from models.orders import Order, OrderState, OrderStep

BEFORE_SHIPPING = (
    OrderState.AWAITING_PAYMENT,
    OrderState.RESERVED,
    OrderState.AWAITING_BALANCE,
    OrderState.AWAITING_SHIPMENT,
)
MOST_CHANGES = 3
LINE = frozenset({"sku_id", "quantity", "gross_weight", "payable"})


async def change_address(uow: UnitOfWork, viewer: Viewer, order_id: UUID, address_id: UUID) -> None:
    """Sends the viewer's order to another of the viewer's addresses, where freight costs the same.

    Refuses with WrongState once something is shipped or where freight differs, Undeliverable, TooMany after three
    changes, and NotFound for an order or address (`addressId`) of somebody else.
    """
    order = await _mine(uow, viewer, order_id, "商品已发出，不能再修改收货地址")
    if order["pickup_point_id"] is not None:
        raise WrongState("到店自提的订单没有收货地址")
    where = await addresses.access(uow.session, viewer, address_id)
    await _refuse_often(uow, order_id)
    if where.region_code != order["region_code"]:
        await _refuse_other_freight(uow, order, where.region_code)
    to = sent_to(where, order_id)
    await uow.session.execute(update(Order).where(Order.id == order_id).values(version=Order.version + 1, **to))
    await note(uow, [order], "CHANGE_ADDRESS", viewer, f"买家修改了收货地址（{where.region_name}）")


async def change_remark(uow: UnitOfWork, viewer: Viewer, order_id: UUID, text: str) -> None:
    """Changes what the buyer asks of the shop. WrongState once something is shipped; Invalid (`remark`), NotFound."""
    remark = clean_text(text, field="remark", most=200, label="留言")
    order = await _mine(uow, viewer, order_id, "商品已发出，不能再修改留言")
    if remark != order["remark"]:
        changed = update(Order).where(Order.id == order_id)
        await uow.session.execute(changed.values(remark=remark, version=Order.version + 1))
        await note(uow, [order], "CHANGE_REMARK", viewer, "买家修改了订单留言")


async def _mine(uow: UnitOfWork, viewer: Viewer, order_id: UUID, refusal: str) -> RowDict:
    order = await locked(uow, order_id)
    if order["member_id"] != viewer.member_id:
        raise NotFound("订单不存在")
    if order["state"] not in BEFORE_SHIPPING:
        raise WrongState("订单已关闭" if order["state"] is OrderState.CLOSED else refusal)
    return order


async def _refuse_often(uow: UnitOfWork, order_id: UUID) -> None:
    """A label is printed for every change; and an order that travels on paper is a way to hide where it went."""
    counted = select(func.count()).select_from(OrderStep)
    changes = counted.where(OrderStep.order_id == order_id, OrderStep.event == "CHANGE_ADDRESS")
    if (await uow.session.scalar(changes) or 0) >= MOST_CHANGES:
        raise TooMany(f"每个订单最多修改 {MOST_CHANGES} 次收货地址，请联系商家")


async def _refuse_other_freight(uow: UnitOfWork, order: RowDict, region_code: str) -> None:
    """Both by the shop's rules of today: what they cost when the order was placed plays no part."""
    lines = (await lines_by_order(uow.session, [order["id"]], LINE))[order["id"]]
    offers = await checkout.offers(uow.session, [line["sku_id"] for line in lines])
    rules = await checkout.rules_of(uow.session, offers.values())
    goods = [
        checkout.goods_of(offers[line["sku_id"]], line["quantity"], line["payable"], line["gross_weight"])
        for line in lines
    ]
    there = rules.freight(order["merchant_id"], region_code, goods).fen
    here = rules.freight(order["merchant_id"], order["region_code"], goods).fen
    if there != here:
        raise WrongState("新地址的运费与原地址不同，不能直接修改，请联系商家或取消后重新下单")
