"""Which notices go by WeChat too, under which template, and which of two that share one goes first."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from models.messages import MessageKind
from models.notices import NoticeKind

N, M = NoticeKind, MessageKind
KIND_OF: Mapping[NoticeKind, MessageKind] = {
    N.ORDER_SHIPPED: M.SHIPPED,
    N.PICKUP_READY: M.PICKUP,
    N.PICKUP_ENDING: M.PICKUP,
    N.REFUND_ARRIVED: M.REFUND,
    N.CASE_ANSWERED: M.AFTER_SALE,
    N.GROUP_SUCCEEDED: M.GROUP,
    N.GROUP_FAILED: M.GROUP,
    N.BALANCE_OPEN: M.BALANCE,
    N.BALANCE_ENDING: M.BALANCE,
    N.COUPONS_ENDING: M.COUPON,
}
#: So many are left for a more urgent notice of the same template: whoever has just paid sees the code anyway, and
#: should rather hear of it two days before the order is called off.
SPARED: Mapping[NoticeKind, int] = {N.PICKUP_READY: 1}

_templates: Mapping[MessageKind, str] = {}


def configure(templates: Mapping[MessageKind, str]) -> None:
    """Tells under which id of WeChat's each kind is known; a kind without one is sent to nobody."""
    global _templates
    _templates = MappingProxyType(dict(templates))


def templates() -> Mapping[MessageKind, str]:
    """The kinds that can be sent, each with the id a member is asked by."""
    return _templates


def kind_under(template_id: str) -> MessageKind | None:
    return next((kind for kind, id in _templates.items() if id == template_id), None)
