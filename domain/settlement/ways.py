"""Whether the mall may be paid in another way than before: not while money that came the old way is under way."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.orders import Order
from models.payments import PREPAID, Payment, PaymentPart, PaymentState, PayWay, Refund, RefundState
from models.settlement import Payout, PayoutState, Settlement, SettlementState

OPEN_PAYOUT = (PayoutState.ASKED, PayoutState.PROCESSING)


async def in_the_way(session: AsyncSession, way: PayWay) -> list[str]:
    """What must come to its end before the mall is paid in `way`: a sentence each, for whoever runs it; or nothing."""
    other = Payment.way.not_in((way, *PREPAID))
    if not await session.scalar(select(exists().where(other))) and not await session.scalar(_payouts(way)):
        return []
    counted = (
        ("attempts to pay are not closed", _attempts(other)),
        ("paid orders are not settled", _unsettled(other)),
        ("refunds have not arrived", _refunds(other)),
        ("payouts are under way", _payouts(way)),
        ("shops have not been paid out what they earned", _owed(way)),
    )
    found = [(what, int(await session.scalar(question) or 0)) for what, question in counted]
    return [f"{many} {what}" for what, many in found if many]


def _attempts(other: ColumnElement[bool]) -> Select[int]:
    waits = Payment.state.in_((PaymentState.OPEN, PaymentState.DISPUTED))
    return select(func.count()).select_from(Payment).where(other, waits)


def _unsettled(other: ColumnElement[bool]) -> Select[int]:
    """Parts of which something stayed, and that are not shared out to the end."""
    done = exists().where(Settlement.part_id == PaymentPart.id, Settlement.state == SettlementState.DONE)
    chosen = select(func.count()).select_from(PaymentPart).join(Payment, Payment.id == PaymentPart.payment_id)
    # Of orders only: what a gift card was bought with is never shared out.
    sold = exists().where(Order.id == PaymentPart.order_id)
    stays = PaymentPart.refunded < PaymentPart.amount
    return chosen.where(other, Payment.state == PaymentState.PAID, stays, sold, ~done)


def _refunds(other: ColumnElement[bool]) -> Select[int]:
    chosen = select(func.count()).select_from(Refund).join(PaymentPart, PaymentPart.id == Refund.part_id)
    chosen = chosen.join(Payment, Payment.id == PaymentPart.payment_id)
    return chosen.where(other, Refund.state != RefundState.SUCCEEDED)


def _of_other(column: ColumnElement[str], way: PayWay) -> ColumnElement[bool]:
    return column == "" if way is PayWay.COMBINED else column != ""


def _payouts(way: PayWay) -> Select[int]:
    chosen = select(func.count()).select_from(Payout)
    return chosen.where(_of_other(Payout.__table__.c.sub_mchid, way), Payout.state.in_(OPEN_PAYOUT))


def _owed(way: PayWay) -> Select[int]:
    """Shops whose settlements of the other way come to another sum than their payouts of it."""
    settlement, payout = Settlement.__table__.c, Payout.__table__.c
    earned = select(settlement.merchant_id, func.sum(settlement.net).label("net"))
    earned_by = earned.where(_of_other(settlement.sub_mchid, way)).group_by(settlement.merchant_id).subquery()
    paid = select(payout.merchant_id, func.sum(payout.amount).label("amount"))
    paid = paid.where(_of_other(payout.sub_mchid, way), payout.state == PayoutState.SUCCEEDED)
    paid_by = paid.group_by(payout.merchant_id).subquery()
    joined = earned_by.outerjoin(paid_by, paid_by.c.merchant_id == earned_by.c.merchant_id)
    left = earned_by.c.net - func.coalesce(paid_by.c.amount, 0)
    return select(func.count()).select_from(joined).where(or_(left > 0, left < 0))
