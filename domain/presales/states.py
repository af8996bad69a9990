"""What may happen to offers and bookings, as data, and the sentences of what may not."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from domain.base import Steps
from models.presales import BookingState, PresaleState


class OfferEvent(StrEnum):
    PUBLISH = "PUBLISH"
    STOP = "STOP"
    ALLOCATE = "ALLOCATE"


OFFER_STEPS: Steps[PresaleState, OfferEvent] = {
    (PresaleState.DRAFT, OfferEvent.PUBLISH): PresaleState.RUNNING,
    (PresaleState.RUNNING, OfferEvent.STOP): PresaleState.STOPPED,
    (PresaleState.RUNNING, OfferEvent.ALLOCATE): PresaleState.ALLOCATED,
    (PresaleState.STOPPED, OfferEvent.ALLOCATE): PresaleState.ALLOCATED,
}
OFFER_REFUSALS = {
    OfferEvent.PUBLISH: "只有草稿状态的预售可以发布",
    OfferEvent.STOP: "只有进行中的预售可以停止接单",
    OfferEvent.ALLOCATE: "该预售已分配过，不能再次分配",
}


class BookingEvent(StrEnum):
    # What is due first was paid; or it was paid after the booking was freed, and there was still room.
    PAY = "PAY"
    PAY_LATE = "PAY_LATE"
    FREE = "FREE"
    REFUND = "REFUND"
    FORFEIT = "FORFEIT"


BOOKING_STEPS: Steps[BookingState, BookingEvent] = {
    (BookingState.HELD, BookingEvent.PAY): BookingState.BOOKED,
    (BookingState.FREED, BookingEvent.PAY_LATE): BookingState.BOOKED,
    (BookingState.HELD, BookingEvent.FREE): BookingState.FREED,
    (BookingState.BOOKED, BookingEvent.REFUND): BookingState.REFUNDED,
    (BookingState.BOOKED, BookingEvent.FORFEIT): BookingState.FORFEITED,
}

LIVING = (BookingState.HELD, BookingState.BOOKED)
# So long before the balance can no longer be paid, its buyer is reminded.
REMIND_BEFORE = timedelta(hours=24)
