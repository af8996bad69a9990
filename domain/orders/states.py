"""What may happen to trades and orders, as data. Attempts and refunds have theirs in payments.

An event leads to one state only, so a step is one guarded UPDATE; a test walks every pair of state and event.
"""

from __future__ import annotations

from enum import StrEnum

from domain.base import Steps
from domain.payments import PAYMENT_STEPS as PAYMENT_STEPS
from domain.payments import REFUND_STEPS as REFUND_STEPS
from models.orders import OrderState, TradeState


class TradeEvent(StrEnum):
    PAY = "PAY"
    CLOSE = "CLOSE"
    # Paid after it was closed, and at least one of its orders lives again.
    REOPEN = "REOPEN"


TRADE_STEPS: Steps[TradeState, TradeEvent] = {
    (TradeState.AWAITING_PAYMENT, TradeEvent.PAY): TradeState.PAID,
    (TradeState.AWAITING_PAYMENT, TradeEvent.CLOSE): TradeState.CLOSED,
    (TradeState.CLOSED, TradeEvent.REOPEN): TradeState.PAID,
}


class OrderEvent(StrEnum):
    PAY = "PAY"
    CANCEL = "CANCEL"
    EXPIRE = "EXPIRE"
    # Paid after it was closed: the goods were still there, or they were not.
    REOPEN = "REOPEN"
    REFUND_LATE = "REFUND_LATE"
    # Paid, and it waits for its group; the group is complete; it never will be, or has no seat for it.
    JOIN_GROUP = "JOIN_GROUP"
    COMPLETE_GROUP = "COMPLETE_GROUP"
    FAIL_GROUP = "FAIL_GROUP"
    # Called off before shipping; the money goes back.
    REFUND = "REFUND"
    # A parcel of several; and one after which nothing is left to ship.
    SHIP_PART = "SHIP_PART"
    SHIP = "SHIP"
    # What was left to ship was called off, and something was shipped before.
    CALL_OFF_REST = "CALL_OFF_REST"
    # All of it was shipped, and all of it was given back.
    RETURN = "RETURN"
    RECEIVE = "RECEIVE"
    COMPLETE = "COMPLETE"


ORDER_STEPS: Steps[OrderState, OrderEvent] = {
    (OrderState.AWAITING_PAYMENT, OrderEvent.PAY): OrderState.AWAITING_SHIPMENT,
    (OrderState.AWAITING_PAYMENT, OrderEvent.CANCEL): OrderState.CLOSED,
    (OrderState.AWAITING_PAYMENT, OrderEvent.EXPIRE): OrderState.CLOSED,
    (OrderState.CLOSED, OrderEvent.REOPEN): OrderState.AWAITING_SHIPMENT,
    (OrderState.CLOSED, OrderEvent.REFUND_LATE): OrderState.CLOSED,
    (OrderState.AWAITING_PAYMENT, OrderEvent.JOIN_GROUP): OrderState.AWAITING_GROUP,
    (OrderState.CLOSED, OrderEvent.JOIN_GROUP): OrderState.AWAITING_GROUP,
    (OrderState.AWAITING_GROUP, OrderEvent.COMPLETE_GROUP): OrderState.AWAITING_SHIPMENT,
    (OrderState.AWAITING_GROUP, OrderEvent.FAIL_GROUP): OrderState.CLOSED,
    (OrderState.AWAITING_SHIPMENT, OrderEvent.REFUND): OrderState.CLOSED,
    (OrderState.AWAITING_SHIPMENT, OrderEvent.SHIP_PART): OrderState.PARTLY_SHIPPED,
    (OrderState.PARTLY_SHIPPED, OrderEvent.SHIP_PART): OrderState.PARTLY_SHIPPED,
    (OrderState.AWAITING_SHIPMENT, OrderEvent.SHIP): OrderState.SHIPPED,
    (OrderState.PARTLY_SHIPPED, OrderEvent.SHIP): OrderState.SHIPPED,
    (OrderState.PARTLY_SHIPPED, OrderEvent.CALL_OFF_REST): OrderState.SHIPPED,
    (OrderState.SHIPPED, OrderEvent.RETURN): OrderState.CLOSED,
    (OrderState.RECEIVED, OrderEvent.RETURN): OrderState.CLOSED,
    (OrderState.SHIPPED, OrderEvent.RECEIVE): OrderState.RECEIVED,
    (OrderState.RECEIVED, OrderEvent.COMPLETE): OrderState.COMPLETED,
}

# What the buyer reads when a step is refused.
TRADE_REFUSALS = {
    TradeEvent.PAY: "订单已支付或已关闭",
    TradeEvent.CLOSE: "订单已支付或已关闭",
    TradeEvent.REOPEN: "订单没有关闭，不能恢复",
}
ORDER_REFUSALS = {
    OrderEvent.PAY: "订单不在待付款状态",
    OrderEvent.CANCEL: "只有待付款的订单可以取消",
    OrderEvent.EXPIRE: "订单不在待付款状态",
    OrderEvent.REOPEN: "订单没有关闭，不能恢复",
    OrderEvent.REFUND_LATE: "订单没有关闭",
    OrderEvent.JOIN_GROUP: "订单不在待付款状态",
    OrderEvent.COMPLETE_GROUP: "订单不在待成团状态",
    OrderEvent.FAIL_GROUP: "订单不在待成团状态",
    OrderEvent.REFUND: "只有待发货的订单可以整单退款",
    OrderEvent.SHIP_PART: "只有待发货的订单可以发货",
    OrderEvent.SHIP: "只有待发货的订单可以发货",
    OrderEvent.CALL_OFF_REST: "只有部分发货的订单可以结束发货",
    OrderEvent.RECEIVE: "全部商品发货后才能确认收货",
    OrderEvent.RETURN: "只有已发货、未完成的订单可以整单退回",
    OrderEvent.COMPLETE: "只有已收货的订单可以完成",
}
