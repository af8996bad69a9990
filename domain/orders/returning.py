"""What was paid for an order goes back the way it came: onto its gift cards first, then payment by payment."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from domain import payments
from domain.base import UnitOfWork, WrongState
from domain.orders.carding import card_part, give_back_to_cards
from domain.orders.taking import Locked
from domain.payments import Cause, Part
from models.payments import PREPAID, PaymentState

# Money that paid for nothing, and went back by itself.
UNSOLD = (Cause.DOUBLE, Cause.LATE)


async def give_back(
    uow: UnitOfWork, locked: Locked, order_id: UUID, cause: str, reason: str, amount: int | None = None
) -> list[UUID]:
    """Gives `amount` fen of a paid order back (None: all that is left): first to its cards, the rest by WeChat Pay, of
    the payment made last before the one made first.

    Answers the refunds that are on their way at WeChat Pay; none when there is nothing to wait for, and where this
    cause had its refund already. WrongState for more than is left.
    """
    to_cards = await give_back_to_cards(uow, locked, order_id, cause, reason, amount)
    rest = None if amount is None or to_cards is None else amount - to_cards
    if to_cards is None or (rest is not None and rest <= 0):
        return []
    try:
        parts = await paid_parts(uow, locked, order_id)
    except WrongState:
        if to_cards or card_part(locked, order_id) is not None:
            return []
        raise
    if len(parts) > 1:
        return await _of_each(uow, parts, cause, reason, rest)
    id = await payments.ask_refund(uow, parts[0], cause, reason, rest)
    return [] if id is None else [id]


async def _of_each(uow: UnitOfWork, parts: Sequence[Part], cause: str, reason: str, amount: int | None) -> list[UUID]:
    """As `give_back` of an order that was paid more than once, in this order of its parts."""
    order_id = parts[0].order_id
    found = await payments.refunds_by_order(uow.session, [order_id], frozenset({"part_id", "cause", "amount"}))
    earlier = found.get(order_id, ())
    if any(row["cause"] == cause for row in earlier):
        return []
    left = {part.id: part.received - sum(r["amount"] for r in earlier if r["part_id"] == part.id) for part in parts}
    wanted = sum(left.values()) if amount is None else amount
    if wanted > sum(left.values()):
        raise WrongState(f"该订单最多还可退 {sum(left.values())} 分", left=sum(left.values()))
    ids = []
    for part in parts:
        if share := min(wanted, left[part.id]):
            id = await payments.ask_refund(uow, part, cause, reason, share)
            wanted -= share
            ids += [] if id is None else [id]
    return ids


async def paid_part(uow: UnitOfWork, locked: Locked, order_id: UUID) -> Part:
    """The part that paid the order in money; of a presale the one that was paid last."""
    return (await paid_parts(uow, locked, order_id))[0]


async def paid_parts(uow: UnitOfWork, locked: Locked, order_id: UUID) -> list[Part]:
    """The parts that paid the order in money: one, or the balance and the deposit of a presale. WrongState for none.

    Of several paid attempts those that were not sent back, double or too late.
    """
    refunds = await payments.refunds_by_order(uow.session, [order_id], frozenset({"part_id", "cause"}))
    unsold = {row["part_id"] for row in refunds.get(order_id, ()) if row["cause"] in UNSOLD}
    paid = [each for each in locked.attempts if each.state is PaymentState.PAID and each.way not in PREPAID]
    paid.sort(key=lambda attempt: -attempt.stage)
    parts = [part for attempt in paid for part in attempt.parts if part.order_id == order_id and part.id not in unsold]
    if not parts:
        raise WrongState("该订单没有可退的支付")
    return parts
