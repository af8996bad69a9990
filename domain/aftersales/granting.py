"""Giving money back for a case, with all that follows for line, stock and order, in the transaction that decides it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import update

from domain import inventory, orders, traces
from domain.aftersales.amounts import RECKONED, freight_by_fault, freight_left
from domain.aftersales.reading import after_sales_by_order
from domain.aftersales.states import AFTER_SALE_STEPS, REFUSALS, AfterSaleEvent
from domain.aftersales.taking import Opened, lines_of, step, told
from domain.base import Invalid, RowDict, UnitOfWork, Viewer, ViewerKind, WrongState, clock, next_state
from domain.inventory import Wanted
from domain.orders import bookkeeping
from domain.orders.returning import give_back
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

    Refuses with WrongState when units that were to be called off have been shipped meanwhile, unless the platform
    grants it; Invalid for more than the units are worth.
    """
    case = opened.case
    # First of all, so that a second click is told the state and not what the line's last counters make of it.
    next_state(AFTER_SALE_STEPS, case["state"], AfterSaleEvent.GRANT, REFUSALS[AfterSaleEvent.GRANT])
    goods = case["amount"] if amount is None else amount
    if not 0 <= goods <= case["worth"]:
        raise Invalid(f"退款金额须在 0 到 {case['worth']} 分之间", field="amount")
    await _count(uow, opened, viewer, goods)
    freight = await _freight(uow, opened, goods)
    to = {"amount": goods, "freight": freight, "restocked": restock}
    row = await step(uow, case, AfterSaleEvent.GRANT, viewer, text, pictures, **to)
    refund = await _ask(uow, opened, goods + freight)
    await _shelve(uow, opened, restock=bool(restock))
    await _follow(uow, opened, viewer)
    if refund is None:
        # Nothing was paid for these units, or all of it by gift cards: there is nothing to wait for.
        done = "款项已退回礼品卡，售后完成" if goods + freight else "该商品实付金额为零，无需退款"
        row = await step(uow, row, AfterSaleEvent.PAID, viewer, done)
    told(uow, opened.order)
    return row


def crossed(opened: Opened) -> bool:
    """Whether units that were to be called off have left meanwhile, all or some of them, and are not back."""
    return bool(opened.case["before_shipping"] and opened.case["returned_at"] is None and _kept(opened) < opened.units)


def _kept(opened: Opened) -> int:
    """How many of the case's units have not been shipped."""
    line = opened.line
    left: int = line["quantity"] - line["shipped_quantity"] - line["withdrawn_quantity"]
    return min(opened.units, max(0, left))


async def _count(uow: UnitOfWork, opened: Opened, viewer: Viewer, goods: int) -> None:
    """What the line says of itself: called off, given back, and how much of its money."""
    case, line, units = opened.case, opened.line, opened.units
    # The platform may well decide that who sent what was to be called off bears it: the goods stay with the buyer.
    if crossed(opened) and viewer.kind is not ViewerKind.PLATFORM:
        raise WrongState("商品已经发出，不能再按未发货退款")
    # Part of the money for units that stay with the buyer leaves them sold.
    whole = units if goods == case["worth"] else 0
    counted = {"refunded_quantity": LINE.refunded_quantity + whole, "refunded_amount": LINE.refunded_amount + goods}
    # Shipped all the same, but sent back since: then they are paid like any goods that came back.
    if case["before_shipping"] and case["returned_at"] is None:
        counted["withdrawn_quantity"] = LINE.withdrawn_quantity + _kept(opened)
    await uow.session.execute(update(OrderLine).where(LINE.id == line["id"]).values(counted))


async def _freight(uow: UnitOfWork, opened: Opened, goods: int) -> int:
    """Called off before anything was shipped, the last goods bring the freight back; otherwise as was told."""
    case, order = opened.case, opened.order
    if not case["before_shipping"]:
        asked: int = case["freight"] * goods // case["amount"] if case["amount"] else 0
        return asked
    cases = (await after_sales_by_order(uow.session, [order["id"]], RECKONED)).get(order["id"], [])
    others = [each for each in cases if each["id"] != case["id"]]
    if crossed(opened):
        # Sent although it was to be called off: the seller's doing, as with goods that are its fault.
        faults = [each for each in others if each["freight"]]
        return min(freight_by_fault(order, faults, goods), freight_left(order, others))
    lines = (await lines_of(uow.session, order["id"])).values()
    if any(line["withdrawn_quantity"] < line["quantity"] for line in lines):
        return 0
    return freight_left(order, others)


async def _ask(uow: UnitOfWork, opened: Opened, fen: int) -> UUID | None:
    if not fen:
        return None
    case = opened.case
    why = f"售后退款 {case['number']}"
    refund_ids = await give_back(uow, opened.locked, case["order_id"], cause_of(case["id"]), why, fen)
    for refund_id in refund_ids:
        await bookkeeping.refund_asked(uow, case["order_id"], refund_id, clock.now())
    return refund_ids[0] if refund_ids else None


def cause_of(id: UUID) -> str:
    """The cause of a case's refund: it has one, whatever is repeated."""
    return f"after-sale:{id}"


async def _shelve(uow: UnitOfWork, opened: Opened, *, restock: bool) -> None:
    """Goods that are the shop's again, by never having left it or by having come back."""
    case = opened.case
    units = opened.units if case["returned_at"] is not None else _kept(opened) if case["before_shipping"] else 0
    if units:
        back = [Wanted(case["order_id"], opened.line["sku_id"], units)]
        await inventory.take_back(uow, back, f"售后退回 {case['number']}", restock=restock)
        sent = case["returned_at"] is not None
        line = opened.line
        await traces.take_back(uow, line["id"], line["sku_id"], units, restock=restock, sent=sent)


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
