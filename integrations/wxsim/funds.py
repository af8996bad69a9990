"""Whose money is where: frozen until it is shared out, available, or a fee; movements are kept for the bill."""

from datetime import datetime

from .records import Account, Flow, Refund, Sub
from .wire import PayError
from .world import World

FEE_RATE = 60  # basis points
# What the platform has in its account from the beginning, as somebody who has topped it up.
PLATFORM_START = 100_000_000


def fee(amount: int) -> int:
    return (amount * FEE_RATE + 5_000) // 10_000


def account(world: World, mchid: str) -> Account:
    start = PLATFORM_START if mchid == world.keys.mchid else 0
    return world.accounts.get(mchid) or world.accounts.put(Account(mchid, start))


def pending(world: World, mchid: str) -> int:
    """Frozen money of a merchant number."""
    return sum(sub.frozen for trade in world.trades.all() for sub in trade.subs if sub.owner == mchid)


def move(
    world: World, mchid: str, business: str, amount: int, number: str, voucher: str, *, at: datetime | None = None
) -> None:
    """Changes what is available by `amount`, above or below zero, and notes it. NOT_ENOUGH for more than is there."""
    holder = account(world, mchid)
    if holder.available + amount < 0:
        raise PayError(403, "NOT_ENOUGH", "账户可用余额不足")
    holder.available += amount
    world.accounts.put(holder)
    note(world, mchid, business, amount, number, voucher, at=at)


def note(
    world: World, mchid: str, business: str, amount: int, number: str, voucher: str, *, at: datetime | None = None
) -> None:
    """A line of the bill for money that came or went, wherever in the account it is."""
    if not amount:
        return
    left = account(world, mchid).available + pending(world, mchid)
    place = f"{len(world.flows.all()) + 1:020d}"
    when = at or world.clock.now()
    world.flows.put(Flow(place, when, mchid, business, amount > 0, abs(amount), left, number, voucher))


def arrive(world: World, sub: Sub, *, at: datetime | None = None) -> None:
    """A part was paid. Marked for sharing it is frozen, otherwise at once at its merchant's disposal."""
    sub.fee = fee(sub.total)
    if sub.profit_sharing:
        sub.frozen = sub.total - sub.fee
    else:
        holder = account(world, sub.owner)
        holder.available += sub.total - sub.fee
        world.accounts.put(holder)
    note(world, sub.owner, "交易", sub.total, sub.transaction_id, sub.out_trade_no, at=at)
    note(world, sub.owner, "扣除交易手续费", -sub.fee, sub.transaction_id, sub.out_trade_no, at=at)


def returned_of(world: World, sub: Sub) -> int:
    """Fen of a part that went back, or are going."""
    every = (each for each in world.refunds.all() if each.transaction_id == sub.transaction_id)
    return sum(each.refund for each in every if each.status != "CLOSED")


def give_back(world: World, sub: Sub, refund: Refund, before: int, *, at: datetime | None = None) -> None:
    """Takes a refund out of what is frozen, then of what is available; the fee keeps to what is left of the payment."""
    refund.fee_back = fee(sub.total - before) - fee(sub.total - before - refund.refund)
    wanted = refund.refund - refund.fee_back
    refund.from_frozen = min(sub.frozen, wanted)
    refund.from_available = wanted - refund.from_frozen
    holder = account(world, sub.owner)
    if refund.from_available > holder.available:
        raise PayError(403, "NOT_ENOUGH", "基本账户余额不足，请充值后重新发起")
    sub.frozen -= refund.from_frozen
    holder.available -= refund.from_available
    world.accounts.put(holder)
    note(world, sub.owner, "退款", -refund.refund, refund.refund_id, refund.out_refund_no, at=at)
    note(world, sub.owner, "退还交易手续费", refund.fee_back, refund.refund_id, refund.out_refund_no, at=at)


def keep_after_all(world: World, refund: Refund) -> None:
    """A refund was closed without reaching anybody."""
    found = world.sub_by_transaction(refund.transaction_id)
    if found is None:
        return
    trade, sub = found
    sub.frozen += refund.from_frozen
    world.put_trade(trade)
    holder = account(world, sub.owner)
    holder.available += refund.from_available
    world.accounts.put(holder)
    note(world, sub.owner, "退款关闭", refund.refund, refund.refund_id, refund.out_refund_no)
    note(world, sub.owner, "扣除交易手续费", -refund.fee_back, refund.refund_id, refund.out_refund_no)
