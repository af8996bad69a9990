"""Orders that were bought before the harvest: paid once or twice, each by the rules of every payment.

`domain.presales` knows the bookings; here the orders and the money follow, in the same transaction. How they end is in
`domain.orders.unbooking`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import inventory, ledger, payments, presales
from domain.base import SYSTEM, RowDict, UnitOfWork, Viewer, ViewerKind, WrongState, clock
from domain.ledger import Of
from domain.orders.events import OrderPaid
from domain.orders.states import OrderEvent, TradeEvent
from domain.orders.taking import Locked, note, step_order, step_trade
from domain.payments import Attempt, Cause, Share
from domain.presales.words import day, deposit_name, moment
from models.orders import CloseReason, OrderLine, OrderState, TradeState

LATE = "预订关闭后收到付款，该预售已截止或已订完，款项将原路退回"
LATE_BALANCE = "尾款到账时订单已关闭，尾款将原路退回"


# ------------------------------------------------------------------------------------------------ at the cashier
def owes_balance(locked: Locked) -> bool:
    """Whether what is to be paid now is the balance of a presale."""
    states = [order["state"] for order in locked.orders]
    return locked.trade["state"] is TradeState.DEPOSIT_PAID and states == [OrderState.AWAITING_BALANCE]


def payable(locked: Locked, stage: int | None = None) -> bool:
    """Whether the trade waits for money: of that stage, where one is named."""
    if locked.trade["state"] is TradeState.AWAITING_PAYMENT:
        return stage in (None, 1)
    return stage in (None, 2) and owes_balance(locked)


async def refuse_paying(uow: UnitOfWork, locked: Locked) -> None:
    """WrongState where nothing of a presale is to be paid now."""
    if not payable(locked):
        raise WrongState("还没有到支付尾款的时间")
    booking = await presales.booking_of(uow.session, locked.order_ids[0])
    if booking["allotted"] is False:
        raise WrongState("因收成不足该订单未能分到货，正在为您退款")


async def due_now(session: AsyncSession, shares: Sequence[Share], stage: int) -> list[Share]:
    """What of a presale's order is asked for now: its deposit or its balance. All of it where all is paid at once."""
    (share,) = shares
    booking = await presales.booking_of(session, share.order_id)
    if booking["deposit_kind"] is None:
        return [share]
    amount = booking["deposit"] if stage == 1 else booking["balance"]
    name = deposit_name(booking["deposit_kind"]) if stage == 1 else "尾款"
    return [replace(share, amount=amount, description=f"{name} {share.description}")]


# ------------------------------------------------------------------------------------------------ paid
async def paid(uow: UnitOfWork, locked: Locked, attempt: Attempt, paid_at: datetime) -> Collection[UUID]:
    """A payment of a presale is as it should be, and the first of its stage; answers the orders it sold."""
    booking = await presales.booking_of(uow.session, locked.order_ids[0])
    if attempt.stage == 2:
        await _balance(uow, locked, booking, attempt, paid_at)
        # Sold, with its commission's rate, when it was booked.
        return ()
    if locked.trade["state"] is TradeState.AWAITING_PAYMENT:
        await presales.pay(uow, booking, paid_at)
    elif not await presales.pay_late(uow, booking, paid_at, clock.now()):
        await _late(uow, locked, attempt, paid_at)
        return ()
    await _reserve(uow, locked, booking, paid_at)
    return locked.order_ids


async def _reserve(uow: UnitOfWork, locked: Locked, booking: RowDict, paid_at: datetime) -> None:
    trade, (order,) = locked.trade, locked.orders
    offer = await presales.offer_row(uow.session, booking["offer_id"])
    if booking["deposit_kind"] is None:
        event = TradeEvent.REOPEN if trade["state"] is TradeState.CLOSED else TradeEvent.PAY
        await step_trade(uow, trade["id"], event, paid_at=paid_at)
        sentence = f"付款成功，已预订，预计 {day(offer['ships_at'])}起发货"
    else:
        await step_trade(uow, trade["id"], TradeEvent.PAY_DEPOSIT)
        name = deposit_name(booking["deposit_kind"])
        sentence = f"{name}支付成功，请在 {moment(offer['balance_from'])} 后支付尾款"
    to = {"paid_at": paid_at, "closed_at": None, "close_reason": None}
    await step_order(uow, order["id"], OrderEvent.RESERVE, SYSTEM, sentence, **to)


async def _late(uow: UnitOfWork, locked: Locked, attempt: Attempt, paid_at: datetime) -> None:
    """Nothing takes the money any more."""
    (order,) = locked.orders
    reason = order["close_reason"] or CloseReason.PAYMENT_TIMEOUT
    to = {"paid_at": order["paid_at"] or paid_at, "close_reason": reason}
    await step_order(uow, order["id"], OrderEvent.REFUND_LATE, SYSTEM, LATE, **to)
    await payments.ask_refund(uow, attempt.parts[0], Cause.LATE, "预订关闭后付款，自动退款")


async def _balance(uow: UnitOfWork, locked: Locked, booking: RowDict, attempt: Attempt, paid_at: datetime) -> None:
    trade, (order,) = locked.trade, locked.orders
    if order["state"] is not OrderState.AWAITING_BALANCE:
        await payments.ask_refund(uow, attempt.parts[0], Cause.LATE, "订单关闭后支付尾款，自动退款")
        await note(uow, [order], "REFUND_LATE", SYSTEM, LATE_BALANCE)
        return
    await presales.pay_balance(uow, booking, paid_at)
    await step_trade(uow, trade["id"], TradeEvent.PAY, paid_at=paid_at)
    offer = await presales.offer_row(uow.session, booking["offer_id"])
    last = day(presales.ships_by(offer, {**booking, "balance_paid_at": paid_at}))
    sentence = f"尾款支付成功，商家将在 {last}前发货"
    await to_ship(uow, order, booking, offer, OrderEvent.PAY_BALANCE, sentence)


async def to_ship(
    uow: UnitOfWork, order: RowDict, booking: RowDict, offer: RowDict, event: OrderEvent, sentence: str
) -> None:
    """The shop has something to ship: goods of the harvest, which never lay on the shelf."""
    await step_order(uow, order["id"], event, SYSTEM, sentence)
    await inventory.promised(uow, inventory.Wanted(order["id"], offer["sku_id"], booking["quantity"]))
    uow.emit(OrderPaid(order["id"], order["trade_id"], order["member_id"], order["merchant_id"]))


# ------------------------------------------------------------------------------------------------ the shop's fault
async def called_off(uow: UnitOfWork, viewer: Viewer, order: RowDict) -> None:
    """A paid order was called off before shipping: by its shop it is the shop's fault, by the platform nobody's."""
    booking = await presales.booking_of(uow.session, order["id"])
    owed = presales.owed_twice(booking) if viewer.kind is ViewerKind.MERCHANT else 0
    if await presales.refund(uow, booking, clock.now(), owed):
        await owe(uow, order, booking, owed)


async def owe(uow: UnitOfWork, order: RowDict, booking: RowDict, owed: int) -> None:
    """Books the second half of a deposit that is returned twice: out of what the shop is owed, to the buyer."""
    if not owed:
        return
    of, memo = Of(order["id"], order["trade_id"]), "商家未能履约，双倍返还定金的另一份"
    await ledger.post(uow, ledger.compensated(booking["id"], of, order["merchant_id"], owed, clock.now(), memo))
    sentence = f"商家未能履约，除原路退款外另赔付定金 {owed / 100:.2f} 元，由平台转账给您"
    await note(uow, [{**order, "state": OrderState.CLOSED}], "COMPENSATE", SYSTEM, sentence)


async def line_of(session: AsyncSession, order_id: UUID) -> UUID:
    """The SKU of a presale's order, which has one line."""
    return (await session.scalars(select(OrderLine.sku_id).where(OrderLine.order_id == order_id))).one()
