"""Orders that gift cards pay, all or in part: spent with the payment, and what goes back goes to the cards first.

`domain.cards` knows the cards; here payments and books follow, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from domain import cards, ledger, payments
from domain.base import SYSTEM, RowDict, UnitOfWork, clock
from domain.ledger import NOTHING_SUBSIDISED, Of
from domain.orders import bookkeeping
from domain.orders.taking import Locked, note
from domain.payments import Part, Share
from models.orders import Order
from models.payments import PaymentState, PayWay


def is_covered(orders: Sequence[RowDict]) -> bool:
    """Whether cards pay all of it, so that nothing is left for WeChat Pay."""
    return all(order["card_total"] == order["total"] for order in orders)


async def spend(uow: UnitOfWork, locked: Locked, orders: Sequence[RowDict], paid_at: datetime) -> None:
    """These orders of the trade are paid: their cards are charged. Nothing, and no statement, where there are none.

    To be called before the goods leave the stock: cards are locked before it.
    """
    carded = [order for order in orders if order["card_total"]]
    if not carded:
        return
    spent = await cards.spend(uow, [order["id"] for order in carded])
    if spent != {order["id"]: order["card_total"] for order in carded}:
        raise RuntimeError(f"cards hold {spent} for the orders of trade {locked.trade['number']}")
    shares = [Share(order["id"], order["number"], "", "礼品卡支付", order["card_total"]) for order in carded]
    attempt = await payments.paid_by_cards(uow, locked.trade["id"], locked.trade["number"], shares, paid_at)
    # What the platform adds to an order is told with its money; one without any has only this to tell it with.
    alone = [order["id"] for order in carded if order["card_total"] == order["total"]]
    added = await bookkeeping.subsidies_of(uow.session, alone) if alone else {}
    postings = []
    for part in attempt.parts:
        of, by = Of(part.order_id, locked.trade["id"]), added.get(part.order_id, NOTHING_SUBSIDISED)
        postings.append(ledger.card_paid(part.id, of, part.amount, paid_at, by=by, memo=f"礼品卡支付 {part.number}"))
    await ledger.post(uow, *postings)


def card_part(locked: Locked, order_id: UUID) -> Part | None:
    """What cards paid of an order; None for nothing. An order is paid by cards once."""
    paid = [each for each in locked.attempts if each.state is PaymentState.PAID and each.way is PayWay.CARD]
    return next((part for attempt in paid for part in attempt.parts if part.order_id == order_id), None)


async def give_back_to_cards(
    uow: UnitOfWork, locked: Locked, order_id: UUID, cause: str, reason: str, amount: int | None
) -> int | None:
    """Of `amount` fen that go back (None: all) what cards paid returns to them, at once; answers how much.

    Freight is not told apart: whatever goes back, goes to the cards until all they paid is back. None where this
    cause had its refund already.
    """
    part = card_part(locked, order_id)
    if part is None or (left := part.amount - part.refunded) == 0:
        return 0
    back = left if amount is None else min(amount, left)
    refund_id = await payments.refund_by_card(uow, part, cause, reason, back)
    if refund_id is None:
        return None
    await cards.give_back(uow, order_id, back, refund_id, reason)
    memo = f"退回礼品卡 {part.number}"
    await bookkeeping.card_refunded(uow, order_id, refund_id, back, clock.now(), memo)
    order = (await uow.session.execute(select(*Order.__table__.c).where(Order.id == order_id))).mappings().one()
    await note(uow, [dict(order)], "REFUND_CARD", SYSTEM, f"{back // 100}.{back % 100:02d} 元已退回礼品卡")
    return back
