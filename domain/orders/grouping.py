"""Orders that were bought with a group: paid into it, shipped when it is complete, refunded when it fails.

`domain.groups` knows the seats; here the orders and the money follow, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from domain import groups, inventory, payments
from domain.base import SYSTEM, Job, RowDict, UnitOfWork, among, clock
from domain.orders.events import OrderPaid
from domain.orders.refunds import all_given_back
from domain.orders.returning import paid_part
from domain.orders.states import ORDER_STEPS, OrderEvent
from domain.orders.taking import Locked, lock, note, step_order, trade_of
from domain.payments import Attempt, Cause
from models.orders import CloseReason, Order, OrderState

REASON = "拼团未成团，自动退款"
NO_SEAT = "付款到账时团里已没有空位，自动退款"
WAITING = "付款成功，等待成团"
OPENED = "付款成功，已开团，邀请好友一起拼吧"
COMPLETE = "已成团，等待商家发货"


async def seat_of(uow: UnitOfWork, locked: Locked) -> RowDict | None:
    """The seat of a trade that was bought with a group; None for every other, mostly without a look: a group order
    costs less than its list price, or it would not have been let in.
    """
    if len(locked.orders) != 1 or not locked.orders[0]["discount_total"]:
        return None
    return next(iter(await groups.seats_of(uow.session, locked.order_ids)), None)


async def pay(uow: UnitOfWork, locked: Locked, seat: RowDict, attempt: Attempt, paid_at: datetime) -> None:
    """The trade of a group order was paid in time; its trade has taken the step already."""
    (order,) = locked.orders
    seated = await groups.pay(uow, seat, paid_at)
    again = None
    if seated is None and (again := await groups.find_again(uow, seat, clock.now())):
        seated = await groups.pay_again(uow, seat, again, paid_at)
    to = {"paid_at": paid_at, "closed_at": None, "close_reason": None}
    sentence = OPENED if seated and seated.opened else WAITING
    await step_order(uow, order["id"], OrderEvent.JOIN_GROUP, SYSTEM, sentence, **to)
    await inventory.use(uow, locked.order_ids)
    if seated is None:
        await _give_back(uow, order["id"], next(p for p in attempt.parts if p.order_id == order["id"]), NO_SEAT)
    else:
        await complete(uow, seated.complete)


async def reopen(uow: UnitOfWork, locked: Locked, seat: RowDict, paid_at: datetime) -> bool:
    """Paid after closing: whether the order has a seat again and its goods. If not, the money goes back."""
    (order,) = locked.orders
    found = await groups.find_again(uow, seat, clock.now())
    if found is None or not await inventory.hold_again(uow, locked.order_ids):
        await groups.refunded(uow, order["id"])
        return False
    seated = await groups.pay_again(uow, seat, found, paid_at)
    to = {"paid_at": paid_at, "closed_at": None, "close_reason": None}
    sentence = "订单关闭后收到付款，团里仍有空位，订单已恢复，等待成团"
    if seated.opened:
        sentence = "订单关闭后收到付款，已为您开团，邀请好友一起拼吧"
    elif seated.group_id != seat["group_id"]:
        sentence = "订单关闭后收到付款，原团已满或已结束，按您下单时的选择加入了另一个团"
    await step_order(uow, order["id"], OrderEvent.JOIN_GROUP, SYSTEM, sentence, **to)
    await inventory.use(uow, locked.order_ids)
    await complete(uow, seated.complete)
    return True


async def complete(uow: UnitOfWork, order_ids: Sequence[UUID]) -> None:
    """The group of these orders is complete: the shop has something to ship."""
    if not order_ids:
        return
    before = [state for state, event in ORDER_STEPS if event is OrderEvent.COMPLETE_GROUP]
    moved = update(Order).where(among(Order, "id", list(order_ids)), Order.state.in_(before))
    moved = moved.values(state=OrderState.AWAITING_SHIPMENT, version=Order.version + 1)
    rows = [dict(row) for row in (await uow.session.execute(moved.returning(*Order.__table__.c))).mappings()]
    if len(rows) != len(order_ids):
        raise RuntimeError("an order of a complete group was not waiting for it")
    await note(uow, rows, OrderEvent.COMPLETE_GROUP, SYSTEM, COMPLETE)
    for row in rows:
        uow.emit(OrderPaid(row["id"], row["trade_id"], row["member_id"], row["merchant_id"]))


# ------------------------------------------------------------------------------------------------ ending
async def expire_group(uow: UnitOfWork, group_id: UUID) -> None:
    """Fails a group whose time is over, unless somebody is still at the cashier; its orders are refunded by jobs."""
    for order_id in await groups.expire(uow, group_id):
        uow.later(Job("group.refund", {"order_id": str(order_id)}, key=f"group:{order_id}:refund"))


async def refund_failed(uow: UnitOfWork, order_id: UUID) -> None:
    """Sends the whole money of an order back whose group failed. Done once, however often it is called."""
    locked = await lock(uow, await trade_of(uow.session, order_id))
    (order,) = locked.orders
    if order["state"] is OrderState.AWAITING_GROUP and await groups.has_failed(uow.session, order_id):
        await _give_back(uow, order_id, await paid_part(uow, locked, order_id), REASON)


async def _give_back(uow: UnitOfWork, order_id: UUID, part: payments.Part, reason: str) -> None:
    to = {"closed_at": clock.now(), "close_reason": CloseReason.GROUP_FAILED}
    await step_order(uow, order_id, OrderEvent.FAIL_GROUP, SYSTEM, f"{reason}，款项将原路退回", **to)
    await payments.ask_refund(uow, part, Cause.GROUP, reason)
    await groups.refunded(uow, order_id)
    await inventory.put_back(uow, [order_id])
    await uow.session.execute(all_given_back(order_id))


async def merge_group(uow: UnitOfWork, group_id: UUID) -> bool:
    """Merges a group that is near its end with others, and says so in the orders that moved. Whether it did."""
    merged = await groups.merge(uow, group_id)
    if merged is None:
        return False
    chosen = select(*Order.__table__.c).where(among(Order, "id", list(merged.moved)))
    moved = [dict(row) for row in (await uow.session.execute(chosen.order_by(Order.id))).mappings()]
    sentence = "您的团临近结束仍未成团，已按下单时的约定与同一活动的另一个团合并"
    await note(uow, moved, "MERGE_GROUP", SYSTEM, sentence)
    await complete(uow, merged.complete)
    return True
