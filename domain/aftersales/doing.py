"""What a viewer can do with a case as it stands; pages show these as buttons, the verbs decide for themselves."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from domain.aftersales.states import ENDED
from domain.base import RowDict, Viewer, ViewerKind
from models.aftersales import AfterSaleKind
from models.aftersales import AfterSaleState as S


class AfterSaleAct(StrEnum):
    SPEAK = "SPEAK"
    CANCEL = "CANCEL"
    ESCALATE = "ESCALATE"
    SEND_RETURN = "SEND_RETURN"
    CONFIRM_REPLACEMENT = "CONFIRM_REPLACEMENT"
    AGREE = "AGREE"
    REJECT = "REJECT"
    RECEIVE = "RECEIVE"
    REFUND = "REFUND"
    CONTEST = "CONTEST"
    SHIP_REPLACEMENT = "SHIP_REPLACEMENT"
    DECIDE = "DECIDE"


A = AfterSaleAct
# Columns that `acts` looks at.
ACTED_ON = ("state", "kind", "member_id", "merchant_id", "returned_at", "refused_for")

OF_BUYER: Mapping[S, tuple[A, ...]] = {
    S.APPLIED: (A.CANCEL,),
    S.WAIT_RETURN: (A.SEND_RETURN, A.CANCEL),
    S.REJECTED: (A.ESCALATE, A.CANCEL),
    S.ESCALATED: (A.CANCEL,),
    S.REPLACED: (A.CONFIRM_REPLACEMENT,),
}
OF_MERCHANT: Mapping[S, tuple[A, ...]] = {
    S.APPLIED: (A.AGREE, A.REJECT),
    S.REJECTED: (A.AGREE,),
    S.ESCALATED: (A.AGREE,),
    S.RETURN_SHIPPED: (A.RECEIVE,),
    S.RECEIVED: (A.REFUND, A.CONTEST),
}


def acts(viewer: Viewer, case: RowDict) -> list[AfterSaleAct]:
    """`case` has the columns of `ACTED_ON`, and the viewer sees it."""
    state: S = case["state"]
    if state in ENDED:
        return []
    return [A.SPEAK, *(act for act in _offered(viewer, case, state) if _possible(act, case))]


def _offered(viewer: Viewer, case: RowDict, state: S) -> tuple[AfterSaleAct, ...]:
    if viewer.kind is ViewerKind.PLATFORM:
        return (A.DECIDE,) if state is S.ESCALATED else ()
    if viewer.kind is ViewerKind.MEMBER:
        return OF_BUYER.get(state, ())
    exchange = case["kind"] is AfterSaleKind.EXCHANGE and state is S.RECEIVED
    return (*((A.SHIP_REPLACEMENT,) if exchange else ()), *OF_MERCHANT.get(state, ()))


def _possible(act: AfterSaleAct, case: RowDict) -> bool:
    """Once the goods are back there is no way to withdraw, and no second way back."""
    returned = case["returned_at"] is not None
    if act is A.AGREE and returned:
        return False
    return not (act is A.CANCEL and returned)
