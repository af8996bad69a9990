"""The steps of settlements, calls and payouts as data."""

from __future__ import annotations

from enum import StrEnum

from domain.base import Steps
from models.settlement import CallState, PayoutState, SettlementState


class SettlementEvent(StrEnum):
    BEGIN = "BEGIN"
    # All of it had gone back before anything was shared out.
    EMPTY = "EMPTY"
    FINISH = "FINISH"
    # A refund of what was shared out: some of it is fetched back.
    FETCH = "FETCH"
    FAIL = "FAIL"
    RETRY = "RETRY"


SETTLEMENT_STEPS: Steps[SettlementState, SettlementEvent] = {
    (SettlementState.WAITING, SettlementEvent.BEGIN): SettlementState.RUNNING,
    (SettlementState.WAITING, SettlementEvent.EMPTY): SettlementState.DONE,
    (SettlementState.RUNNING, SettlementEvent.FINISH): SettlementState.DONE,
    (SettlementState.DONE, SettlementEvent.FETCH): SettlementState.RUNNING,
    (SettlementState.RUNNING, SettlementEvent.FAIL): SettlementState.STUCK,
    (SettlementState.STUCK, SettlementEvent.RETRY): SettlementState.RUNNING,
}


class CallEvent(StrEnum):
    ACCEPT = "ACCEPT"
    SUCCEED = "SUCCEED"
    FAIL = "FAIL"


CALL_STEPS: Steps[CallState, CallEvent] = {
    (CallState.ASKED, CallEvent.ACCEPT): CallState.PROCESSING,
    (CallState.ASKED, CallEvent.SUCCEED): CallState.SUCCEEDED,
    (CallState.PROCESSING, CallEvent.SUCCEED): CallState.SUCCEEDED,
    (CallState.ASKED, CallEvent.FAIL): CallState.FAILED,
    (CallState.PROCESSING, CallEvent.FAIL): CallState.FAILED,
}


class PayoutEvent(StrEnum):
    ACCEPT = "ACCEPT"
    SUCCEED = "SUCCEED"
    FAIL = "FAIL"
    BOUNCE = "BOUNCE"


PAYOUT_STEPS: Steps[PayoutState, PayoutEvent] = {
    (PayoutState.ASKED, PayoutEvent.ACCEPT): PayoutState.PROCESSING,
    (PayoutState.ASKED, PayoutEvent.SUCCEED): PayoutState.SUCCEEDED,
    (PayoutState.PROCESSING, PayoutEvent.SUCCEED): PayoutState.SUCCEEDED,
    (PayoutState.ASKED, PayoutEvent.FAIL): PayoutState.FAILED,
    (PayoutState.PROCESSING, PayoutEvent.FAIL): PayoutState.FAILED,
    (PayoutState.ASKED, PayoutEvent.BOUNCE): PayoutState.BOUNCED,
    (PayoutState.PROCESSING, PayoutEvent.BOUNCE): PayoutState.BOUNCED,
    (PayoutState.SUCCEEDED, PayoutEvent.BOUNCE): PayoutState.BOUNCED,
}
