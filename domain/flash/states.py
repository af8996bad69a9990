"""What may happen to offers and to what orders hold of them, as data, and the sentences of what may not."""

from __future__ import annotations

from enum import StrEnum

from domain.base import Steps
from models.flash import FlashHoldState, FlashState


class OfferEvent(StrEnum):
    PUBLISH = "PUBLISH"
    DECLINE = "DECLINE"
    WITHDRAW = "WITHDRAW"
    END = "END"


OFFER_STEPS: Steps[FlashState, OfferEvent] = {
    (FlashState.APPLIED, OfferEvent.PUBLISH): FlashState.PUBLISHED,
    (FlashState.APPLIED, OfferEvent.DECLINE): FlashState.DECLINED,
    (FlashState.APPLIED, OfferEvent.WITHDRAW): FlashState.WITHDRAWN,
    (FlashState.PUBLISHED, OfferEvent.END): FlashState.ENDED,
}
OFFER_REFUSALS = {
    OfferEvent.PUBLISH: "只有待审核的秒杀报名可以通过",
    OfferEvent.DECLINE: "只有待审核的秒杀报名可以驳回",
    OfferEvent.WITHDRAW: "只有待审核的秒杀报名可以撤回",
    OfferEvent.END: "只有已上架的秒杀商品可以结束",
}


class HoldEvent(StrEnum):
    PAY = "PAY"
    # Cancelled, or not paid in time.
    FREE = "FREE"
    # The money came when the pieces were free again, and they still are.
    PAY_LATE = "PAY_LATE"


HOLD_STEPS: Steps[FlashHoldState, HoldEvent] = {
    (FlashHoldState.HELD, HoldEvent.PAY): FlashHoldState.SOLD,
    (FlashHoldState.HELD, HoldEvent.FREE): FlashHoldState.FREED,
    (FlashHoldState.FREED, HoldEvent.PAY_LATE): FlashHoldState.SOLD,
}
