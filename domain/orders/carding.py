"""Orders that gift cards or a voucher pay, all or in part: spent with the payment, and what goes back goes there first.

`domain.cards` and `domain.vouchers` know what they are; here payments and books follow, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from domain import cards, ledger, payments, vouchers
from domain.base import SYSTEM, RowDict, UnitOfWork, clock
from domain.ledger import NOTHING_SUBSIDISED, Of
from domain.orders import bookkeeping
from domain.orders.taking import Locked, note
from domain.payments import Part, Share
from models.orders import Order
from models.payments import PREPAID, PaymentState, PayWay


@dataclass(frozen=True)
class Means:
    """What was paid for before, as a payment: its way, what is owed for it, and what people call it."""

    way: PayWay
    account: ledger.Account
    called: str


CARDS = Means(PayWay.CARD, ledger.GIFT_CARDS, "礼品卡")
VOUCHER = Means(PayWay.VOUCHER, ledger.VOUCHERS, "提货券")


def is_covered(orders: Sequence[RowDict]) -> bool:
    """Whether cards or a voucher pay all of it, so that nothing is left for WeChat Pay."""
    return all(order["card_total"] == order["total"] for order in orders)


async def spend(uow: UnitOfWork, locked: Locked, orders: Sequence[RowDict], paid_at: datetime) -> None:
    """These orders of the trade are paid: their cards, or their voucher, are charged. Nothing, and no statement, where
    there are none.

    To be called before the goods leave the stock: cards are locked before it.
    """
    carded = [order for order in orders if order["card_total"]]
    if not carded:
        return
    ids, means = [order["id"] for order in carded], CARDS
    spent = await cards.spend(uow, ids)
    if not spent:
        spent, means = await vouchers.spend(uow, ids), VOUCHER
    if spent != {order["id"]: order["card_total"] for order in carded}:
        raise RuntimeError(f"{means.way} holds {spent} for the orders of trade {locked.trade['number']}")
    shares = [Share(order["id"], order["number"], "", f"{means.called}支付", order["card_total"]) for order in carded]
    trade_id, number = locked.trade["id"], locked.trade["number"]
    attempt = await payments.paid_before(uow, trade_id, number, shares, means.way, paid_at)
    # What the platform adds to an order is told with its money; one without any has only this to tell it with.
    alone = [order["id"] for order in carded if order["card_total"] == order["total"]]
    added = await bookkeeping.subsidies_of(uow.session, alone) if alone else {}
    postings = []
    for part in attempt.parts:
        of, by = Of(part.order_id, trade_id), added.get(part.order_id, NOTHING_SUBSIDISED)
        memo = f"{means.called}支付 {part.number}"
        postings.append(ledger.card_paid(part.id, of, part.amount, paid_at, by=by, memo=memo, out_of=means.account))
    await ledger.post(uow, *postings)
    await bookkeeping.points_spent(uow, added)


def card_part(locked: Locked, order_id: UUID) -> Part | None:
    """What cards or a voucher paid of an order; None for nothing. An order is paid so once."""
    found = _prepaid(locked, order_id)
    return found and found[1]


def _prepaid(locked: Locked, order_id: UUID) -> tuple[Means, Part] | None:
    for attempt in locked.attempts:
        if attempt.state is PaymentState.PAID and attempt.way in PREPAID:
            for part in attempt.parts:
                if part.order_id == order_id:
                    return (CARDS if attempt.way is PayWay.CARD else VOUCHER), part
    return None


async def give_back_to_cards(
    uow: UnitOfWork, locked: Locked, order_id: UUID, cause: str, reason: str, amount: int | None
) -> int | None:
    """Of `amount` fen that go back (None: all) what cards paid returns to them, at once; answers how much.

    Freight is not told apart: whatever goes back, goes to the cards until all they paid is back. A voucher gets whole
    pieces, which may be a little more than `amount`. None where this cause had its refund already.
    """
    found = _prepaid(locked, order_id)
    if found is None or (left := found[1].amount - found[1].refunded) == 0:
        return 0
    means, part = found
    back = left if amount is None else min(amount, left)
    if means is VOUCHER and amount is not None:
        back = await vouchers.whole_pieces(uow.session, order_id, amount, left, _in_money(locked, order_id))
    if not back:
        return 0
    refund_id = await payments.refund_prepaid(uow, part, cause, reason, back)
    if refund_id is None:
        return None
    if means is VOUCHER:
        sentence = f"{await vouchers.give_back(uow, order_id, back, refund_id, reason)} 件已退回提货券"
    else:
        await cards.give_back(uow, order_id, back, refund_id, reason)
        sentence = f"{back // 100}.{back % 100:02d} 元已退回礼品卡"
    memo = f"退回{means.called} {part.number}"
    await bookkeeping.card_refunded(uow, order_id, refund_id, back, clock.now(), memo, means.account)
    order = (await uow.session.execute(select(*Order.__table__.c).where(Order.id == order_id))).mappings().one()
    await note(uow, [dict(order)], "REFUND_CARD", SYSTEM, sentence)
    return back


def _in_money(locked: Locked, order_id: UUID) -> int:
    """What of an order was paid in money and has not gone back."""
    paid = [each for each in locked.attempts if each.state is PaymentState.PAID and each.way not in PREPAID]
    parts = [part for attempt in paid for part in attempt.parts if part.order_id == order_id]
    return sum(part.received - part.refunded for part in parts)
