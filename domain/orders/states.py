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
    # The deposit of a presale, in time or late.
    PAY_DEPOSIT = "PAY_DEPOSIT"
    CLOSE = "CLOSE"
    # Paid after it was closed, and at least one of its orders lives again.
    REOPEN = "REOPEN"


TRADE_STEPS: Steps[TradeState, TradeEvent] = {
    (TradeState.AWAITING_PAYMENT, TradeEvent.PAY): TradeState.PAID,
    (TradeState.AWAITING_PAYMENT, TradeEvent.PAY_DEPOSIT): TradeState.DEPOSIT_PAID,
    (TradeState.CLOSED, TradeEvent.PAY_DEPOSIT): TradeState.DEPOSIT_PAID,
    (TradeState.DEPOSIT_PAID, TradeEvent.PAY): TradeState.PAID,
    (TradeState.AWAITING_PAYMENT, TradeEvent.CLOSE): TradeState.CLOSED,
    (TradeState.DEPOSIT_PAID, TradeEvent.CLOSE): TradeState.CLOSED,
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
    # A presale: what is due first is paid; the balance can be paid, and was; the goods of one paid in full are there.
    RESERVE = "RESERVE"
    OPEN_BALANCE = "OPEN_BALANCE"
    PAY_BALANCE = "PAY_BALANCE"
    RELEASE = "RELEASE"
    # Its buyer gives up, or does not pay the balance; its shop cannot keep the promise.
    GIVE_UP = "GIVE_UP"
    MISS_BALANCE = "MISS_BALANCE"
    FAIL_PRESALE = "FAIL_PRESALE"
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
    # Picked up at a counter of its shop, all of it at once.
    HAND_OVER = "HAND_OVER"
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
    (OrderState.AWAITING_PAYMENT, OrderEvent.RESERVE): OrderState.RESERVED,
    (OrderState.CLOSED, OrderEvent.RESERVE): OrderState.RESERVED,
    (OrderState.RESERVED, OrderEvent.OPEN_BALANCE): OrderState.AWAITING_BALANCE,
    (OrderState.AWAITING_BALANCE, OrderEvent.PAY_BALANCE): OrderState.AWAITING_SHIPMENT,
    (OrderState.RESERVED, OrderEvent.RELEASE): OrderState.AWAITING_SHIPMENT,
    (OrderState.RESERVED, OrderEvent.GIVE_UP): OrderState.CLOSED,
    (OrderState.AWAITING_BALANCE, OrderEvent.GIVE_UP): OrderState.CLOSED,
    (OrderState.AWAITING_BALANCE, OrderEvent.MISS_BALANCE): OrderState.CLOSED,
    (OrderState.RESERVED, OrderEvent.FAIL_PRESALE): OrderState.CLOSED,
    (OrderState.AWAITING_BALANCE, OrderEvent.FAIL_PRESALE): OrderState.CLOSED,
    (OrderState.AWAITING_SHIPMENT, OrderEvent.FAIL_PRESALE): OrderState.CLOSED,
    (OrderState.AWAITING_SHIPMENT, OrderEvent.REFUND): OrderState.CLOSED,
    (OrderState.AWAITING_SHIPMENT, OrderEvent.SHIP_PART): OrderState.PARTLY_SHIPPED,
    (OrderState.PARTLY_SHIPPED, OrderEvent.SHIP_PART): OrderState.PARTLY_SHIPPED,
    (OrderState.AWAITING_SHIPMENT, OrderEvent.SHIP): OrderState.SHIPPED,
    (OrderState.PARTLY_SHIPPED, OrderEvent.SHIP): OrderState.SHIPPED,
    (OrderState.PARTLY_SHIPPED, OrderEvent.CALL_OFF_REST): OrderState.SHIPPED,
    (OrderState.SHIPPED, OrderEvent.RETURN): OrderState.CLOSED,
    (OrderState.RECEIVED, OrderEvent.RETURN): OrderState.CLOSED,
    (OrderState.SHIPPED, OrderEvent.RECEIVE): OrderState.RECEIVED,
    (OrderState.AWAITING_SHIPMENT, OrderEvent.HAND_OVER): OrderState.RECEIVED,
    (OrderState.RECEIVED, OrderEvent.COMPLETE): OrderState.COMPLETED,
}

# What the buyer reads when a step is refused.
TRADE_REFUSALS = {
    TradeEvent.PAY: "订单已支付或已关闭",
    TradeEvent.PAY_DEPOSIT: "订单已支付或已关闭",
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
    OrderEvent.RESERVE: "订单不在待付款状态",
    OrderEvent.OPEN_BALANCE: "订单不在预订状态",
    OrderEvent.PAY_BALANCE: "订单不在待付尾款状态",
    OrderEvent.RELEASE: "订单不在预订状态",
    OrderEvent.GIVE_UP: "只有发货前的预售订单可以取消",
    OrderEvent.MISS_BALANCE: "订单不在待付尾款状态",
    OrderEvent.FAIL_PRESALE: "预售订单已发货或已关闭",
    OrderEvent.REFUND: "只有待发货的订单可以整单退款",
    OrderEvent.SHIP_PART: "只有待发货的订单可以发货",
    OrderEvent.SHIP: "只有待发货的订单可以发货",
    OrderEvent.CALL_OFF_REST: "只有部分发货的订单可以结束发货",
    OrderEvent.RECEIVE: "全部商品发货后才能确认收货",
    OrderEvent.HAND_OVER: "只有待提货的订单可以核销",
    OrderEvent.RETURN: "只有已发货、未完成的订单可以整单退回",
    OrderEvent.COMPLETE: "只有已收货的订单可以完成",
}
