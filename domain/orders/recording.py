"""What a payment does. Notice, the buyer's own question and the reconciling job all come here, in any order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from domain import cards, commissions, inventory, payments, pickups, points, promotions, vouchers
from domain.base import SYSTEM, Job, NotFound, RowDict, UnitOfWork, Viewer, WrongState, clock
from domain.orders import bookkeeping, carding, flashing, grouping, presaling
from domain.orders.events import OrderPaid, PaymentDisputed
from domain.orders.states import OrderEvent, TradeEvent
from domain.orders.taking import Locked, lock, note, step_order, step_trade
from domain.payments import Attempt, Cause, Outcome, PaymentSeen
from models.orders import CloseReason, TradeState
from models.payments import PaymentState


async def record_payment(uow: UnitOfWork, seen: PaymentSeen) -> UUID:
    """Does what WeChat Pay's word about an attempt demands, once; answers the trade's id.

    Paid as asked: the trade is paid; or, when it was paid already, this attempt goes back; or, when it was closed,
    each order is opened again or goes back. Paid otherwise: held for a person. Closed: only the attempt is, since the
    buyer may pay by another one. NotFound when the attempt is not (yet) known: keep the notice and come again.
    """
    trade_id = await payments.trade_of(uow.session, number=seen.number)
    if trade_id is None:
        raise NotFound("没有这笔支付")
    try:
        locked = await lock(uow, trade_id)
    except NotFound:
        # Not of a trade: of a purchase of gift cards, or of nothing.
        await cards.record_purchase(uow, trade_id, seen)
        return trade_id
    attempt = next(each for each in locked.attempts if each.number == seen.number)
    seen = payments.by_part(attempt, seen)
    if seen.outcome is Outcome.CLOSED and attempt.state is PaymentState.OPEN:
        await payments.close_attempt(uow, attempt)
    if seen.outcome is Outcome.PAID and attempt.state in (PaymentState.OPEN, PaymentState.CLOSED):
        await _record_paid(uow, locked, attempt, seen)
    return trade_id


async def _record_paid(uow: UnitOfWork, locked: Locked, attempt: Attempt, seen: PaymentSeen) -> None:
    if (reason := payments.mismatch(attempt, seen)) is not None:
        await payments.dispute(uow, attempt, seen, reason)
        await bookkeeping.disputed(uow, attempt, seen, seen.paid_at or clock.now())
        uow.emit(PaymentDisputed(attempt.id, attempt.trade_id, reason))
        await note(uow, locked.orders, "DISPUTE", SYSTEM, "支付信息与订单不符，平台正在核实")
        return
    await payments.settle(uow, attempt, seen)
    await take_effect(uow, locked, attempt, seen.paid_at or clock.now())


async def take_effect(uow: UnitOfWork, locked: Locked, attempt: Attempt, paid_at: datetime) -> None:
    """What follows from a payment that is as it should be; `attempt` as it was before."""
    sold: Collection[UUID] = ()
    others = [other for other in locked.attempts if other.id != attempt.id and other.stage == attempt.stage]
    if any(other.state is PaymentState.PAID for other in others):
        await _give_back(uow, attempt, Cause.DOUBLE, "重复支付退款")
        await note(uow, locked.orders, "REFUND_DOUBLE", SYSTEM, "检测到重复支付，多付的款项将原路退回")
    elif locked.trade["presale"]:
        sold = await presaling.paid(uow, locked, attempt, paid_at)
    elif locked.trade["state"] is TradeState.AWAITING_PAYMENT:
        await _pay(uow, locked, attempt, paid_at)
        sold = locked.order_ids
    else:
        sold = await _reopen(uow, locked, attempt, paid_at)
    _end_others(uow, locked, attempt)
    await bookkeeping.paid(uow, attempt, sold, paid_at)


async def pay_by_cards(uow: UnitOfWork, viewer: Viewer, trade_id: UUID) -> None:
    """The buyer confirms a trade that cards or a voucher pay whole: it is paid at once, without WeChat Pay.

    Paid already it stays paid; WrongState when it is closed, too late, or something is left to pay in money.
    """
    locked = await lock(uow, trade_id)
    if locked.trade["member_id"] != viewer.member_id:
        raise NotFound("订单不存在")
    if not carding.is_covered(locked.orders):
        raise WrongState("该订单还需微信支付")
    if locked.trade["state"] is TradeState.PAID:
        return
    if locked.trade["state"] is TradeState.CLOSED or locked.trade["expires_at"] <= clock.now():
        raise WrongState("订单已超时或已关闭，请重新下单")
    paid_at = clock.now()
    await _pay(uow, locked, None, paid_at)
    await commissions.fix(uow.session, locked.order_ids, paid_at)


async def _pay(uow: UnitOfWork, locked: Locked, attempt: Attempt | None, paid_at: datetime) -> None:
    await step_trade(uow, locked.trade["id"], TradeEvent.PAY, paid_at=paid_at)
    if attempt and (seat := await grouping.seat_of(uow, locked)):
        await grouping.pay(uow, locked, seat, attempt, paid_at)
        return
    for order in locked.orders:
        then = "请凭提货码到店自提" if order["pickup_point_id"] else "等待商家发货"
        await step_order(uow, order["id"], OrderEvent.PAY, SYSTEM, f"付款成功，{then}", paid_at=paid_at)
    await pickups.expect(uow, locked.orders, paid_at)
    await carding.spend(uow, locked, locked.orders, paid_at)
    await flashing.sell(uow, locked)
    await inventory.use(uow, locked.order_ids)
    _tell_paid(uow, locked, locked.orders)


async def _reopen(uow: UnitOfWork, locked: Locked, attempt: Attempt, paid_at: datetime) -> Collection[UUID]:
    """Paid after closing: what is still there is sold after all, the rest goes back; answers the orders sold.

    An order whose coupon was used elsewhere meanwhile goes back too.
    """
    if seat := await grouping.seat_of(uow, locked):
        return await _reopen_in_group(uow, locked, seat, attempt, paid_at)
    cheaper = [order["id"] for order in locked.orders if order["discount_total"]]
    short = await promotions.hold_again(uow, cheaper) if cheaper else frozenset()
    dead = await promotions.take_again(uow, locked.trade["id"]) | short if cheaper else frozenset()
    carded = [order["id"] for order in locked.orders if order["card_total"] and order["id"] not in dead]
    spent = await cards.hold_again(uow, carded) | await vouchers.hold_again(uow, carded) if carded else frozenset()
    pointed = {o["id"]: (o["member_id"], o["points_total"]) for o in locked.orders if o["points_total"]}
    poor = await points.hold_again(uow, {id: held for id, held in pointed.items() if id not in dead | spent})
    alive: Collection[UUID]
    if hold := await flashing.hold_of(uow, locked):
        alive = await flashing.hold_again(uow, locked, hold)
    else:
        alive = await inventory.hold_again(uow, [id for id in locked.order_ids if id not in dead | spent | poor])
    living = [order for order in locked.orders if order["id"] in alive]
    if gone := [id for id in cheaper if id not in alive and id not in short]:
        await promotions.free(uow, gone)
    if living:
        await step_trade(uow, locked.trade["id"], TradeEvent.REOPEN, paid_at=paid_at)
    for order in living:
        sentence = "订单关闭后收到付款，商品仍有库存，订单已恢复，等待商家发货"
        to = {"paid_at": paid_at, "closed_at": None, "close_reason": None}
        await step_order(uow, order["id"], OrderEvent.REOPEN, SYSTEM, sentence, **to)
    await pickups.expect(uow, living, paid_at)
    await carding.spend(uow, locked, living, paid_at)
    await inventory.use(uow, list(alive))
    for order in locked.orders:
        if order["id"] not in alive:
            why = "优惠券已用于其他订单" if order["id"] in dead else flashing.GONE if hold else "商品已售罄"
            why = "满减活动的优惠名额已用完" if order["id"] in short else why
            why = "礼品卡或提货券已用于其他订单" if order["id"] in spent else why
            why = "积分已用于其他订单" if order["id"] in poor else why
            await _refund_late(uow, order, attempt, paid_at, why)
    if living:
        _tell_paid(uow, locked, living)
    return [order["id"] for order in living]


async def _reopen_in_group(
    uow: UnitOfWork, locked: Locked, seat: RowDict, attempt: Attempt, paid_at: datetime
) -> Collection[UUID]:
    (order,) = locked.orders
    if not await grouping.reopen(uow, locked, seat, paid_at):
        await _refund_late(uow, order, attempt, paid_at, "拼团名额已满或拼团已结束", CloseReason.GROUP_FAILED)
        return ()
    await step_trade(uow, locked.trade["id"], TradeEvent.REOPEN, paid_at=paid_at)
    return locked.order_ids


async def _refund_late(
    uow: UnitOfWork,
    order: RowDict,
    attempt: Attempt,
    paid_at: datetime,
    why: str,
    reason: CloseReason = CloseReason.OUT_OF_STOCK_AFTER_PAYMENT,
) -> None:
    to = {"paid_at": paid_at, "close_reason": reason}
    sentence = f"订单关闭后收到付款，但{why}，款项将原路退回"
    await step_order(uow, order["id"], OrderEvent.REFUND_LATE, SYSTEM, sentence, **to)
    for part in attempt.parts:
        if part.order_id == order["id"]:
            await payments.ask_refund(uow, part, Cause.LATE, f"订单关闭后付款，{why}")


async def _give_back(uow: UnitOfWork, attempt: Attempt, cause: Cause, reason: str) -> None:
    for part in attempt.parts:
        await payments.ask_refund(uow, part, cause, reason)


def _end_others(uow: UnitOfWork, locked: Locked, paid: Attempt) -> None:
    """Another attempt of the trade could still be paid: it is looked at and closed right away."""
    for other in locked.attempts:
        if other.id != paid.id and other.state is PaymentState.OPEN:
            key = f"payment:{other.id}:end"
            uow.later(Job("payment.check", {"payment_id": str(other.id)}, key=key))


def _tell_paid(uow: UnitOfWork, locked: Locked, orders: Sequence[RowDict]) -> None:
    trade = locked.trade
    for order in orders:
        uow.emit(OrderPaid(order["id"], trade["id"], trade["member_id"], order["merchant_id"]))
