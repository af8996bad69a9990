"""Giving money back for a case, with all that follows for line, stock and order, in the transaction that decides it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import update

from domain import inventory, orders, payments
from domain.aftersales.amounts import RECKONED, freight_left
from domain.aftersales.reading import after_sales_by_order
from domain.aftersales.states import AFTER_SALE_STEPS, REFUSALS, AfterSaleEvent
from domain.aftersales.taking import Opened, lines_of, step, told
from domain.base import Invalid, RowDict, UnitOfWork, Viewer, WrongState, clock, next_state
from domain.inventory import Wanted
from domain.orders import bookkeeping
from domain.orders.refunds import paid_part
from domain.orders.states import OrderEvent
from domain.orders.taking import step_order
from models.orders import CloseReason, OrderLine, OrderState

LINE = OrderLine.__table__.c
# States from which an order whose goods all went back is closed.
RETURNABLE = (OrderState.SHIPPED, OrderState.RECEIVED)


async def grant(
    uow: UnitOfWork,
    opened: Opened,
    viewer: Viewer,
    text: str,
    *,
    pictures: Sequence[str] = (),
    amount: int | None = None,
    restock: bool | None = None,
) -> RowDict:
    """Grants a case its money (fen of goods; by default what was asked) and what belongs to it of the freight.

    Refuses with WrongState when units that were to be called off have been shipped meanwhile, Invalid for more than
    the units are worth.
    """
    case = opened.case
    # First of all, so that a second click is told the state and not what the line's last counters make of it.
    next_state(AFTER_SALE_STEPS, case["state"], AfterSaleEvent.GRANT, REFUSALS[AfterSaleEvent.GRANT])
    goods = case["amount"] if amount is None else amount
    if not 0 <= goods <= case["worth"]:
        raise Invalid(f"退款金额须在 0 到 {case['worth']} 分之间", field="amount")
    await _count(uow, opened, goods)
    freight = await _freight(uow, opened, goods)
    to = {"amount": goods, "freight": freight, "restocked": restock}
    row = await step(uow, case, AfterSaleEvent.GRANT, viewer, text, pictures, **to)
    refund = await _ask(uow, opened, goods + freight)
    await _shelve(uow, case, opened.line, restock=bool(restock))
    await _follow(uow, opened, viewer)
    if refund is None:
        # Nothing was paid for these units, so there is nothing to wait for.
        row = await step(uow, row, AfterSaleEvent.PAID, viewer, "该商品实付金额为零，无需退款")
    told(uow, opened.order)
    return row


async def _count(uow: UnitOfWork, opened: Opened, goods: int) -> None:
    """What the line says of itself: called off, given back, and how much of its money."""
    case, line = opened.case, opened.line
    units = case["quantity"]
    there = line["shipped_quantity"] + line["withdrawn_quantity"] + units <= line["quantity"]
    # Shipped all the same, but sent back since: then they are paid like any goods that came back.
    if case["before_shipping"] and not there and case["returned_at"] is None:
        raise WrongState("商品已经发出，不能再按未发货退款")
    # Part of the money for units that stay with the buyer leaves them sold.
    whole = units if goods == case["worth"] else 0
    counted = {"refunded_quantity": LINE.refunded_quantity + whole, "refunded_amount": LINE.refunded_amount + goods}
    if case["before_shipping"] and there:
        counted["withdrawn_quantity"] = LINE.withdrawn_quantity + units
    await uow.session.execute(update(OrderLine).where(LINE.id == line["id"]).values(counted))


async def _freight(uow: UnitOfWork, opened: Opened, goods: int) -> int:
    """Called off before anything was shipped, the last goods bring the freight back; otherwise as was told."""
    case, order = opened.case, opened.order
    if not case["before_shipping"]:
        asked: int = case["freight"] * goods // case["amount"] if case["amount"] else 0
        return asked
    lines = (await lines_of(uow.session, order["id"])).values()
    if any(line["withdrawn_quantity"] < line["quantity"] for line in lines):
        return 0
    cases = (await after_sales_by_order(uow.session, [order["id"]], RECKONED)).get(order["id"], [])
    return freight_left(order, [each for each in cases if each["id"] != case["id"]])


async def _ask(uow: UnitOfWork, opened: Opened, fen: int) -> UUID | None:
    if not fen:
        return None
    case = opened.case
    part = await paid_part(uow, opened.locked, case["order_id"])
    refund_id = await payments.ask_refund(uow, part, cause_of(case["id"]), f"售后退款 {case['number']}", fen)
    if refund_id is not None:
        await bookkeeping.refund_asked(uow, case["order_id"], refund_id, clock.now())
    return refund_id


def cause_of(id: UUID) -> str:
    """The cause of a case's refund: it has one, whatever is repeated."""
    return f"after-sale:{id}"


async def _shelve(uow: UnitOfWork, case: RowDict, line: RowDict, *, restock: bool) -> None:
    """Goods that are the shop's again, by never having left it or by having come back."""
    if case["before_shipping"] or case["returned_at"] is not None:
        back = [Wanted(case["order_id"], line["sku_id"], case["quantity"])]
        await inventory.take_back(uow, back, f"售后退回 {case['number']}", restock=restock)


async def _follow(uow: UnitOfWork, opened: Opened, viewer: Viewer) -> None:
    """What the order makes of it: closed when all of it went back, shipped when nothing is left to ship."""
    order, lines = opened.order, (await lines_of(uow.session, opened.order["id"])).values()
    to = {"closed_at": clock.now(), "close_reason": CloseReason.REFUNDED}
    if order["state"] is OrderState.AWAITING_SHIPMENT:
        if all(line["withdrawn_quantity"] == line["quantity"] for line in lines):
            await step_order(uow, order["id"], OrderEvent.REFUND, viewer, "全部商品已取消，订单关闭", **to)
    elif order["state"] is OrderState.PARTLY_SHIPPED:
        await orders.end_shipping(uow, viewer, order["id"])
    elif order["state"] in RETURNABLE and all(line["refunded_quantity"] == line["quantity"] for line in lines):
        await step_order(uow, order["id"], OrderEvent.RETURN, viewer, "全部商品已退款，订单关闭", **to)
    await bookkeeping.completed(uow, [order["id"]])
