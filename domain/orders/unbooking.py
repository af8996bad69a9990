"""How orders bought before the harvest go on and end: windows open, buyers give up, shops cannot keep a promise."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import update

from domain import audit, ledger, presales
from domain.base import (
    SYSTEM,
    Database,
    Invalid,
    Job,
    NotFound,
    RowDict,
    UnitOfWork,
    Viewer,
    WrongState,
    clean_text,
    clock,
)
from domain.ledger import Of
from domain.orders import closing, presaling
from domain.orders.closing import Ending
from domain.orders.forfeiting import end_with_refund, give_up_here
from domain.orders.presaling import owes_balance
from domain.orders.states import OrderEvent
from domain.orders.taking import Locked, lock, note, step_order, trade_of
from domain.payments import Gateway
from domain.presales.words import day, moment, yuan
from models.orders import OrderState, Trade

GOING = (OrderState.RESERVED, OrderState.AWAITING_BALANCE)
SHORT = "因收成不足，按付款先后未能分到货"
OVERDUE = "商家未按约定时间发货"


# ------------------------------------------------------------------------------------------------ by the clock
async def open_balance(uow: UnitOfWork, order_id: UUID) -> None:
    """The balance of a booked order can be paid from now on. Done once; nothing before its time."""
    locked, booking, offer = await _opened(uow, order_id)
    (order,), now = locked.orders, clock.now()
    waits = order["state"] is OrderState.RESERVED and booking["deposit_kind"] is not None
    if not waits or now < offer["balance_from"] or booking["allotted"] is False:
        return
    until = offer["balance_until"]
    sentence = f"可以支付尾款 {yuan(booking['balance'])} 了，请在 {moment(until)} 前支付"
    await step_order(uow, order_id, OrderEvent.OPEN_BALANCE, SYSTEM, sentence, expires_at=until)
    await uow.session.execute(update(Trade).where(Trade.id == locked.trade["id"]).values(expires_at=until))


async def release_presale(uow: UnitOfWork, order_id: UUID) -> None:
    """An order that was paid in full can be shipped: its goods were allotted, or their time has come. Done once."""
    locked, booking, offer = await _opened(uow, order_id)
    (order,) = locked.orders
    full = order["state"] is OrderState.RESERVED and booking["deposit_kind"] is None
    due = booking["allotted"] is True or (booking["allotted"] is None and clock.now() >= offer["ships_at"])
    if full and due:
        last = day(presales.ships_by(offer, {**booking, "paid_at": clock.now()}))
        sentence = f"预售商品已采收，商家将在 {last}前发货"
        await presaling.to_ship(uow, order, booking, offer, OrderEvent.RELEASE, sentence)


async def remind_balance(uow: UnitOfWork, order_id: UUID) -> None:
    """Says once, a day before the end of the window, that the balance is due."""
    locked, booking, _ = await _opened(uow, order_id)
    if owes_balance(locked) and booking["reminded_at"] is None:
        await presales.reminded(uow, booking["id"], clock.now())
        sentence = f"尾款 {yuan(booking['balance'])} 尚未支付，{moment(locked.trade['expires_at'])} 截止"
        await note(uow, locked.orders, "REMIND_BALANCE", SYSTEM, sentence)


async def _opened(uow: UnitOfWork, order_id: UUID) -> tuple[Locked, RowDict, RowDict]:
    locked = await lock(uow, await trade_of(uow.session, order_id))
    if not locked.trade["presale"]:
        raise WrongState("不是预售订单")
    booking = await presales.booking_of(uow.session, order_id)
    return locked, booking, await presales.offer_row(uow.session, booking["offer_id"])


# ------------------------------------------------------------------------------------------------ by the buyer
async def cancel_booking(
    database: Database, gateway: Gateway, viewer: Viewer, order_id: UUID, *, forfeits: bool
) -> None:
    """The buyer gives up a booked order before all of it is paid, or one whose shop is late with shipping.

    `forfeits`: the buyer knows that the deposit is lost, where it is; Invalid without. WrongState once the balance is
    paid, if only a moment ago; closed stays closed.
    """
    async with database.begin() as uow:
        locked, booking, offer = await _mine(uow, viewer, order_id)
        (order,) = locked.orders
        if order["state"] is OrderState.CLOSED:
            return
        if order["state"] is OrderState.AWAITING_SHIPMENT:
            await _late_shop(uow, locked, booking, offer)
            return
        if order["state"] not in GOING:
            raise WrongState("该订单不能取消预订")
        if presales.loses_deposit(booking) and booking["allotted"] is not False and not forfeits:
            raise Invalid(f"取消后定金 {yuan(booking['deposit'])} 不退，请确认", field="forfeits")

    async def end(uow: UnitOfWork, locked: Locked) -> None:
        await give_up_here(uow, locked, viewer, OrderEvent.GIVE_UP)

    if not await closing.close(database, gateway, locked.trade["id"], Ending(_going, end)):
        async with database.begin() as uow:
            now = (await lock(uow, locked.trade["id"])).orders[0]
        if now["state"] is not OrderState.CLOSED:
            raise WrongState("尾款已支付，不能取消预订，可以申请售后")


def _going(locked: Locked) -> bool:
    return locked.orders[0]["state"] in GOING


async def _mine(uow: UnitOfWork, viewer: Viewer, order_id: UUID) -> tuple[Locked, RowDict, RowDict]:
    locked = await lock(uow, await trade_of(uow.session, order_id))
    if locked.trade["member_id"] != viewer.member_id or not locked.trade["presale"]:
        raise NotFound("订单不存在")
    booking = await presales.booking_of(uow.session, order_id)
    return locked, booking, await presales.offer_row(uow.session, booking["offer_id"])


async def _late_shop(uow: UnitOfWork, locked: Locked, booking: RowDict, offer: RowDict) -> None:
    if clock.now() <= presales.ships_by(offer, booking):
        raise WrongState(f"商家承诺 {day(presales.ships_by(offer, booking))}前发货，未到期请申请售后")
    await end_with_refund(uow, locked, booking, OVERDUE, presales.owed_twice(booking))


# ------------------------------------------------------------------------------------------------ by the shop
async def allocate_presale(uow: UnitOfWork, viewer: Viewer, offer_id: UUID, harvested: int, failing: int) -> None:
    """The shop says how much there is, for good: who gets nothing is refunded by a job each, who paid in full and
    gets goods can be shipped to.
    """
    failed = await presales.allocate(uow, viewer, offer_id, harvested, failing)
    for order_id in failed:
        uow.later(Job("presale.fail", {"order_id": str(order_id)}, key=f"presale:{order_id}:fail"))
    uow.later(Job("presale.release", {"offer_id": str(offer_id)}, key=f"presale:{offer_id}:release"))


async def fail_unallotted(database: Database, gateway: Gateway, order_id: UUID) -> None:
    """Ends an order that gets no goods: all its payments go back, a 定金 twice. Safe to repeat.

    What is at the cashier is ended at WeChat Pay first; a balance that was paid a moment ago goes back with the rest.
    Shipped all the same, it has its goods, and nothing is done.
    """
    async with database.begin() as uow:
        locked, booking, _ = await _opened(uow, order_id)
        trade_id: UUID = locked.trade["id"]
        if booking["allotted"] is not False:
            return

    def goes(locked: Locked) -> bool:
        return locked.orders[0]["state"] in (*GOING, OrderState.AWAITING_SHIPMENT)

    async def end(uow: UnitOfWork, locked: Locked) -> None:
        booking = await presales.booking_of(uow.session, order_id)
        await end_with_refund(uow, locked, booking, SHORT, presales.owed_twice(booking))

    await closing.close(database, gateway, trade_id, Ending(goes, end))


# ------------------------------------------------------------------------------------------------ by the platform
async def pay_compensation(uow: UnitOfWork, viewer: Viewer, order_id: UUID, transfer: str) -> None:
    """The platform transferred the second half of a deposit to the buyer, by the bank's number of the transfer."""
    transfer = clean_text(transfer, field="transfer", least=4, most=64, label="转账流水号")
    locked, booking, _ = await _opened(uow, order_id)
    if not booking["compensation"] or booking["compensation_paid_at"] is not None:
        raise WrongState("没有待支付的定金赔付")
    now = clock.now()
    await presales.compensation_paid(uow, booking["id"], transfer, now)
    of = Of(order_id, locked.trade["id"])
    await note(uow, locked.orders, "COMPENSATED", viewer, f"定金赔付 {yuan(booking['compensation'])} 已转账")
    await audit.record(uow, viewer, "presale.compensate", "order", order_id, {"transfer": transfer})
    memo = f"定金赔付已转账 {transfer}"
    await ledger.post(uow, ledger.compensation_paid(booking["id"], of, booking["compensation"], now, memo))
