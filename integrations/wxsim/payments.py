"""The payer's side: what happens when somebody presses 立即支付, cancels, or pays late."""

from datetime import datetime, timedelta

from . import funds
from .notices import announce
from .orders import describe_combined, describe_single, state_of
from .records import Trade, trade_key
from .world import World

PREPAY_LIFE = timedelta(hours=2)


class CannotPay(Exception):
    """Why WeChat would not take this payment, as a sentence for the payer."""


def find_trade(world: World, no: str) -> Trade | None:
    """By combined number, single number, the number of a part, or prepay_id: whatever a test has at hand."""
    found = world.trades.get(trade_key(True, no)) or world.trades.get(trade_key(False, no)) or world.by_prepay(no)
    if found is None and (part := world.sub_by_number(world.keys.mchid, no)):
        found = part[0]
    return found


def why_not(world: World, trade: Trade) -> str | None:
    """Why the trade cannot be paid now; None when it can."""
    state = state_of(world, trade)
    if state == "SUCCESS":
        return "订单已支付，请勿重复支付"
    if state == "CLOSED":
        return "订单已关闭"
    return "支付会话已过期，请重新下单" if trade.created_at + PREPAY_LIFE <= world.clock.now() else None


def pay(world: World, trade: Trade, *, lose_notice: bool = False) -> Trade:
    """Takes the payment now and starts its notification; raises CannotPay when the order no longer can be paid."""
    if reason := why_not(world, trade):
        raise CannotPay(reason)
    trade.paid_at, trade.pay_at = world.clock.now(), None
    for sub in trade.subs:
        sub.transaction_id = world.number("4200", 28)
    trade.transaction_id = world.number("4200", 28) if trade.combined else trade.subs[0].transaction_id
    with world.store.batch():
        for sub in trade.subs:
            funds.arrive(world, sub)
        world.put_trade(trade)
        resource = describe_combined(world, trade) if trade.combined else describe_single(world, trade)
        announce(
            world,
            trade.no,
            "TRANSACTION.SUCCESS",
            "transaction",
            "支付成功",
            resource,
            trade.notify_url,
            lost=lose_notice,
        )
    return trade


def pay_later(world: World, trade: Trade, at: datetime, *, lose_notice: bool = False) -> Trade:
    """The user keeps the cashier open and pays at that (virtual) time, if the order can still be paid then."""
    if reason := why_not(world, trade):
        raise CannotPay(reason)
    trade.pay_at, trade.lose_notice = at, lose_notice
    world.put_trade(trade)
    world.wake.set()
    return trade


def cancel(world: World, trade: Trade) -> Trade:
    """The user closes the cashier: WeChat tells nobody, and the order stays unpaid."""
    trade.cancels += 1
    trade.pay_at = None
    return world.put_trade(trade)


def pay_due(world: World) -> None:
    """Makes the late payments whose time has come; one that can no longer be made is forgotten."""
    now = world.clock.now()
    for trade in world.trades.waiting():
        if trade.pay_at and trade.pay_at <= now:
            try:
                pay(world, trade, lose_notice=trade.lose_notice)
            except CannotPay:
                trade.pay_at = None
                world.put_trade(trade)
