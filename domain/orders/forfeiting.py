"""The last step of an order bought before the harvest that is not shipped: who keeps what was paid."""

from __future__ import annotations

from domain import inventory, presales
from domain.base import SYSTEM, RowDict, UnitOfWork, Viewer, clock
from domain.orders import bookkeeping, presaling
from domain.orders.refunds import all_given_back
from domain.orders.returning import give_back
from domain.orders.states import OrderEvent, TradeEvent
from domain.orders.taking import Locked, step_order, step_trade
from domain.payments import Cause
from domain.presales.words import deposit_name, yuan
from models.orders import CloseReason, OrderState, TradeState

WHYS = {
    OrderEvent.GIVE_UP: (CloseReason.PRESALE_GIVEN_UP, "买家取消了预订"),
    OrderEvent.MISS_BALANCE: (CloseReason.BALANCE_MISSED, "逾期未支付尾款，订单已关闭"),
}


async def miss_balance(uow: UnitOfWork, locked: Locked) -> None:
    """The balance was not paid in time."""
    await give_up_here(uow, locked, SYSTEM, OrderEvent.MISS_BALANCE)


async def give_up_here(uow: UnitOfWork, locked: Locked, viewer: Viewer, event: OrderEvent) -> None:
    """The buyer does not want it, or did not pay the balance: a 定金 stays with the shop, all else goes back.

    Unless the shop had nothing for this order: then nobody loses a deposit.
    """
    (order,) = locked.orders
    booking = await presales.booking_of(uow.session, order["id"])
    if booking["allotted"] is False:
        return await end_with_refund(uow, locked, booking, "因收成不足", presales.owed_twice(booking))
    reason, sentence = WHYS[event]
    to = {"closed_at": clock.now(), "close_reason": reason}
    name = deposit_name(booking["deposit_kind"])
    if presales.loses_deposit(booking):
        sentence = f"{sentence}，按您同意的规则，定金 {yuan(booking['deposit'])} 不退"
        await step_order(uow, order["id"], event, viewer, sentence, **to)
        await presales.forfeit(uow, booking, clock.now())
        await uow.session.execute(all_given_back(order["id"]))
        await _close_trade(uow, locked)
        # Only now it is the shop's: until here it was held for the buyer.
        await bookkeeping.completed(uow, [order["id"]])
        return None
    await step_order(uow, order["id"], event, viewer, f"{sentence}，{name}将原路退回", **to)
    await _give_back(uow, locked, "预售取消，自动退款")
    await presales.refund(uow, booking, clock.now())
    await _close_trade(uow, locked)
    return None


async def end_with_refund(uow: UnitOfWork, locked: Locked, booking: RowDict, why: str, owed: int) -> None:
    """The shop cannot keep its promise: all payments go back, and `owed` fen more are due."""
    (order,) = locked.orders
    shipping = order["state"] is OrderState.AWAITING_SHIPMENT
    to = {"closed_at": clock.now(), "close_reason": CloseReason.PRESALE_FAILED}
    await step_order(uow, order["id"], OrderEvent.FAIL_PRESALE, SYSTEM, f"{why}，款项将全部原路退回", **to)
    await _give_back(uow, locked, f"{why}，自动退款")
    if shipping:
        sku_id = await presaling.line_of(uow.session, order["id"])
        gone = inventory.Wanted(order["id"], sku_id, booking["quantity"])
        await inventory.take_back(uow, [gone], "预售未能履约", restock=False)
    await _close_trade(uow, locked)
    if await presales.refund(uow, booking, clock.now(), owed):
        await presaling.owe(uow, order, booking, owed)


async def _give_back(uow: UnitOfWork, locked: Locked, reason: str) -> None:
    (order,) = locked.orders
    await give_back(uow, locked, order["id"], Cause.PRESALE, reason)
    await uow.session.execute(all_given_back(order["id"]))


async def _close_trade(uow: UnitOfWork, locked: Locked) -> None:
    """A trade that was paid in full stays so, as that of every refunded order."""
    trade = locked.trade
    if trade["state"] is TradeState.DEPOSIT_PAID:
        await step_trade(uow, trade["id"], TradeEvent.CLOSE)
