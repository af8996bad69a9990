"""Money of a card goes back to who bought it (法释〔2025〕4号 第十四至二十条).

Within seven days of the payment an unused card is returned whole. After that the principal is returned less what was
redeemed: at its list price where the buyer gives it up, in proportion to what was paid where the issuer is the cause.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from domain import audit, ledger, payments
from domain.base import Invalid, NotFound, RowDict, UnitOfWork, Viewer, ViewerKind, WrongState, clean_text, clock
from domain.cards.batches import only_platform
from domain.cards.binding import NO_CARD
from domain.cards.buying import NOBODY, lock_purchase
from domain.cards.log import CARD, happened, locked, stepped
from domain.cards.states import REFUND_WITHIN, CardStep
from models.cards import CardEventKind
from models.payments import PaymentState, RefundState


class RefundCause(StrEnum):
    """Whose doing it is that a card is given back."""

    CONSUMER = "CONSUMER"
    MERCHANT = "MERCHANT"


@dataclass(frozen=True)
class CardRefundQuote:
    """What goes back, in fen, and why, in a sentence."""

    amount: int
    why: str


def principal(paid: int, bonus: int, redeemed: int, cause: RefundCause) -> int:
    """What of `paid` fen goes back after `redeemed` fen at list prices; half a fen is rounded up, never below nothing.

    Art. 18: the issuer's doing, so what was redeemed counts in proportion to what was paid. Art. 19: the buyer's, so
    it counts whole. Art. 20: what is beyond the principal cannot be claimed.
    """
    value = redeemed
    if cause is RefundCause.MERCHANT:
        value = (2 * redeemed * paid + paid + bonus) // (2 * (paid + bonus))
    return max(paid - value, 0)


def quoted(card: RowDict, purchase: RowDict, cause: RefundCause) -> CardRefundQuote:
    """Of a card that was bought online, as it stands."""
    redeemed, bonus = card["face"] - card["balance"], card["face"] - card["paid"]
    within = clock.now() < purchase["paid_at"] + REFUND_WITHIN
    if not redeemed and within:
        return CardRefundQuote(card["paid"], "付款七日内且未使用，全额退还购卡款")
    amount = principal(card["paid"], bonus, redeemed, cause)
    if cause is RefundCause.MERCHANT:
        return CardRefundQuote(amount, "因发卡方原因退卡：已消费部分按实付比例折算后，退还剩余购卡款")
    return CardRefundQuote(amount, "退还购卡款减去已按原价消费的部分；赠送的金额不退")


async def quote(uow: UnitOfWork, viewer: Viewer, card_id: UUID) -> CardRefundQuote:
    """What the holder would get back now."""
    card, purchase, _ = await _opened(uow, viewer, card_id)
    _refuse_others(card, purchase, viewer)
    return quoted(card, purchase, RefundCause.CONSUMER)


async def refund_card(uow: UnitOfWork, viewer: Viewer, card_id: UUID, expected: int) -> UUID:
    """The holder, who bought it, gives a card back; answers the refund. Spending it takes turns with this at the card.

    `expected` is what the page said, in fen; Invalid when it is something else by now.
    """
    card, purchase, part = await _opened(uow, viewer, card_id)
    _refuse_others(card, purchase, viewer)
    found = quoted(card, purchase, RefundCause.CONSUMER)
    if found.amount != expected:
        raise Invalid("可退金额有变化，请确认后重新提交", field="expected", amount=found.amount)
    return await _give_back(uow, viewer, card, part, found)


async def refund_for_issuer(uow: UnitOfWork, viewer: Viewer, card_id: UUID, reason: str) -> UUID:
    """The platform takes a card back because of what the issuer did; audited."""
    only_platform(viewer)
    reason = clean_text(reason, field="reason", least=2, most=60, label="退卡原因")
    card, purchase, part = await _opened(uow, viewer, card_id)
    found = quoted(card, purchase, RefundCause.MERCHANT)
    refund_id = await _give_back(uow, viewer, card, part, found)
    about = {"reason": reason, "amount": found.amount}
    await audit.record(uow, viewer, "card.refund", "card", card_id, about)
    return refund_id


def _refuse_others(card: RowDict, purchase: RowDict, viewer: Viewer) -> None:
    if card["holder_id"] != viewer.member_id:
        raise NotFound(NO_CARD)
    if purchase["member_id"] != viewer.member_id:
        raise WrongState("这张卡由他人购买，只能由购卡人申请退卡")


async def _opened(uow: UnitOfWork, viewer: Viewer, card_id: UUID) -> tuple[RowDict, RowDict, payments.Part]:
    """The card, its purchase and what paid it; the purchase is locked before the card, as when it is paid."""
    found = await uow.session.execute(select(CARD.purchase_id, CARD.holder_id).where(CARD.id == card_id))
    row = found.first()
    if row is None or (viewer.kind is ViewerKind.MEMBER and row.holder_id != viewer.id):
        raise NotFound(NO_CARD)
    if row.purchase_id is None:
        raise WrongState("这张卡不是在线购买的，退卡请联系客服")
    purchase = await lock_purchase(uow, row.purchase_id)
    attempts = await payments.locked(uow, row.purchase_id)
    paid = [each for each in attempts if each.state is PaymentState.PAID]
    doubles = await payments.doubles(uow.session, [part.id for each in paid for part in each.parts])
    part = next(part for each in paid for part in each.parts if part.id not in doubles)
    card = (await locked(uow, [card_id]))[card_id]
    return card, purchase or {}, part


async def _give_back(
    uow: UnitOfWork, viewer: Viewer, card: RowDict, part: payments.Part, found: CardRefundQuote
) -> UUID:
    to = stepped(card, CardStep.REFUND)
    if card["held"]:
        raise WrongState("这张卡正用于未付款的订单，请先支付或取消该订单")
    if not found.amount:
        raise WrongState("卡内余额均为赠送金额，没有可退的购卡款，可继续使用")
    refund_id = await payments.ask_refund(uow, part, f"card:{card['id']}", "退礼品卡", found.amount)
    if refund_id is None:
        raise WrongState("这张卡已退过")
    left = card["balance"]
    await happened(uow, card, CardEventKind.REFUNDED, str(refund_id), viewer, found.why, amount=-left, **to)
    memo = f"退卡 尾号 {card['last4']}"
    await ledger.post(uow, ledger.card_refund_asked(str(refund_id), left, found.amount, clock.now(), memo))
    return refund_id


async def refund_heard(uow: UnitOfWork, refund_id: UUID) -> None:
    """Money of a purchase reached its buyer: it leaves the books. Told once by the refund's own state."""
    wanted = frozenset({"id", "state", "amount", "finished_at", "number", "part_id", "offline_reference"})
    refund = (await payments.refunds_by_id(uow.session, [refund_id], wanted))[refund_id]
    if refund["state"] is not RefundState.SUCCEEDED:
        return
    sent_back = await payments.was_sent_back(uow.session, refund["part_id"])
    at, memo, offline = refund["finished_at"], f"购卡退款 {refund['number']}", refund["offline_reference"] is not None
    if sent_back:
        fact = ledger.dispute_returned(refund_id, NOBODY, refund["amount"], at, memo, offline=offline)
    else:
        fact = ledger.refunded(refund_id, NOBODY, refund["amount"], at, memo=memo, offline=offline)
    await ledger.post(uow, fact)
