"""Who may claim what, why and until when, as the law and the mall state it before anybody orders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from domain import orders
from domain.base import RowDict
from models.aftersales import AfterSaleKind as K
from models.aftersales import AfterSaleReason as R
from models.aftersales import AfterSaleRefusal
from models.catalog import ReturnClass
from models.orders import OrderState

# Fresh goods are looked at when they come.
PERISHABLE_WITHIN = timedelta(hours=48)
RECEIVED = (OrderState.RECEIVED, OrderState.COMPLETED)
SHIPPED = (OrderState.PARTLY_SHIPPED, OrderState.SHIPPED, *RECEIVED)
SHIPPABLE = (OrderState.AWAITING_SHIPMENT, OrderState.PARTLY_SHIPPED)

BEFORE_SHIPPING = (R.NOT_WANTED, R.LATE_SHIPPING, R.OTHER)
REASONS: Mapping[K, tuple[R, ...]] = {
    K.REFUND_ONLY: (R.NOT_RECEIVED, R.QUALITY, R.NOT_AS_DESCRIBED, R.OTHER),
    K.RETURN: (R.NO_REASON, R.QUALITY, R.DAMAGED, R.WRONG_GOODS, R.NOT_AS_DESCRIBED),
    K.EXCHANGE: (R.QUALITY, R.DAMAGED, R.WRONG_GOODS, R.NOT_AS_DESCRIBED),
    K.DAMAGED: (R.DAMAGED,),
    K.MISSING: (R.MISSING,),
}
# What is the seller's fault brings freight back too.
FAULTS = frozenset(
    {R.LATE_SHIPPING, R.NOT_RECEIVED, R.QUALITY, R.DAMAGED, R.WRONG_GOODS, R.NOT_AS_DESCRIBED, R.MISSING}
)
# Reasons that show: without a picture nobody can judge them.
SHOWN = frozenset({R.DAMAGED, R.QUALITY, R.WRONG_GOODS, R.NOT_AS_DESCRIBED})

KIND_NAMES: Mapping[K, str] = {
    K.REFUND_ONLY: "仅退款",
    K.RETURN: "退货退款",
    K.EXCHANGE: "换货",
    K.DAMAGED: "坏果包赔",
    K.MISSING: "少件补偿",
}
REASON_NAMES: Mapping[R, str] = {
    R.NOT_WANTED: "不想要了",
    R.LATE_SHIPPING: "商家未按时发货",
    R.NO_REASON: "七天无理由退货",
    R.NOT_RECEIVED: "没有收到商品",
    R.QUALITY: "质量问题",
    R.DAMAGED: "运输破损或变质",
    R.WRONG_GOODS: "商家发错货",
    R.NOT_AS_DESCRIBED: "与描述不符",
    R.MISSING: "商品少件",
    R.OTHER: "其他原因",
}
REFUSAL_NAMES: Mapping[AfterSaleRefusal, str] = {
    AfterSaleRefusal.EVIDENCE_MISSING: "凭证不足以说明问题",
    AfterSaleRefusal.NOT_OUR_GOODS: "不是本店售出的商品",
    AfterSaleRefusal.HARMED_BY_BUYER: "商品因人为原因损坏，影响二次销售",
    AfterSaleRefusal.RETURN_INCOMPLETE: "退回的商品缺失或与售出不符",
    AfterSaleRefusal.ALREADY_SHIPPED: "商品已经发出",
    AfterSaleRefusal.SETTLED_OTHERWISE: "已与买家另行协商解决",
}


def no_reason_refused(line: RowDict) -> str | None:
    """Why a line cannot be returned without a reason; None when it can.

    消费者权益保护法 Art. 25: fresh and perishable goods never; others only where the buyer confirmed it for this very
    purchase.
    """
    if line["return_class"] is ReturnClass.NO_RETURN_BY_LAW:
        return "生鲜易腐商品依法不适用七天无理由退货；如有质量问题可申请坏果包赔或退款"
    if line["return_class"] is ReturnClass.NO_RETURN_IF_CONFIRMED and line["no_return_confirmed"]:
        return "下单时您已确认该商品不支持七天无理由退货；如有质量问题仍可申请售后"
    return None


def spoils(line: RowDict, kind: K) -> bool:
    """Whether a claim must come while one can still see whose fault it is."""
    return line["return_class"] is ReturnClass.NO_RETURN_BY_LAW and kind is not K.MISSING


def deadline(order: RowDict, line: RowDict, kind: K, reason: R) -> datetime | None:
    """The first moment that is too late for such a claim; None while the goods have not been received.

    Without a reason: the end of the seventh day after the day of signing. Spoiled fresh goods: 48 hours. Anything
    else: as without a reason, but counted from the confirmed receipt.
    """
    if order["state"] not in RECEIVED:
        return None
    signed: datetime = order["signed_at"] or order["received_at"]
    if reason is R.NO_REASON:
        return orders.return_deadline(signed)
    if spoils(line, kind):
        return signed + PERISHABLE_WITHIN
    return orders.return_deadline(order["received_at"])


def refused(order: RowDict, line: RowDict, kind: K, reason: R, *, before_shipping: bool, now: datetime) -> str | None:
    """Why such a claim cannot be made at `now`, in a Chinese sentence; None when it can."""
    if order["state"] not in (*SHIPPABLE, *SHIPPED):
        return "该订单当前不能申请售后"
    if before_shipping and kind is not K.REFUND_ONLY:
        return "商品还没有发货，请选择仅退款"
    if reason not in (BEFORE_SHIPPING if before_shipping else REASONS[kind]):
        return "请选择适用的申请原因"
    if reason is R.NO_REASON and (why := no_reason_refused(line)):
        return why
    until = deadline(order, line, kind, reason)
    if until is not None and now >= until:
        return _too_late(reason, spoils(line, kind))
    return None


def _too_late(reason: R, perishable: bool) -> str:
    if reason is R.NO_REASON:
        return "已超过签收后 7 天，不能再申请无理由退货"
    return "生鲜商品须在签收后 48 小时内申请" if perishable else "已超过收货后 7 天的售后期"
