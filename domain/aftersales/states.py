"""What may happen in an after-sale case, as data; a test walks every pair of state and event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from domain.base import Steps
from models.aftersales import AfterSaleKind, AfterSaleState


class AfterSaleEvent(StrEnum):
    # By the merchant, the platform, or time.
    AGREE_RETURN = "AGREE_RETURN"
    GRANT = "GRANT"
    REJECT = "REJECT"
    RECEIVE = "RECEIVE"
    REPLACE = "REPLACE"
    # By the buyer.
    SEND = "SEND"
    CANCEL = "CANCEL"
    CONFIRM = "CONFIRM"
    # The platform is to decide: asked by the buyer, by a merchant who disputes what came back, or by time.
    ESCALATE = "ESCALATE"
    DISMISS = "DISMISS"
    EXPIRE = "EXPIRE"
    # The whole order was called off.
    OVERTAKE = "OVERTAKE"
    # WeChat Pay says that the money has arrived.
    PAID = "PAID"


S, E = AfterSaleState, AfterSaleEvent

AFTER_SALE_STEPS: Steps[AfterSaleState, AfterSaleEvent] = {
    (S.APPLIED, E.AGREE_RETURN): S.WAIT_RETURN,
    (S.REJECTED, E.AGREE_RETURN): S.WAIT_RETURN,
    (S.ESCALATED, E.AGREE_RETURN): S.WAIT_RETURN,
    (S.APPLIED, E.GRANT): S.REFUNDING,
    (S.REJECTED, E.GRANT): S.REFUNDING,
    (S.ESCALATED, E.GRANT): S.REFUNDING,
    (S.RECEIVED, E.GRANT): S.REFUNDING,
    (S.APPLIED, E.REJECT): S.REJECTED,
    (S.WAIT_RETURN, E.SEND): S.RETURN_SHIPPED,
    (S.RETURN_SHIPPED, E.RECEIVE): S.RECEIVED,
    (S.RECEIVED, E.REPLACE): S.REPLACED,
    (S.REPLACED, E.CONFIRM): S.DONE,
    (S.APPLIED, E.CANCEL): S.CANCELLED,
    (S.WAIT_RETURN, E.CANCEL): S.CANCELLED,
    (S.REJECTED, E.CANCEL): S.CANCELLED,
    (S.ESCALATED, E.CANCEL): S.CANCELLED,
    (S.APPLIED, E.ESCALATE): S.ESCALATED,
    (S.REJECTED, E.ESCALATE): S.ESCALATED,
    (S.RECEIVED, E.ESCALATE): S.ESCALATED,
    (S.ESCALATED, E.DISMISS): S.CLOSED,
    (S.WAIT_RETURN, E.EXPIRE): S.CLOSED,
    (S.REJECTED, E.EXPIRE): S.CLOSED,
    (S.APPLIED, E.OVERTAKE): S.CLOSED,
    (S.REJECTED, E.OVERTAKE): S.CLOSED,
    (S.ESCALATED, E.OVERTAKE): S.CLOSED,
    (S.REFUNDING, E.PAID): S.DONE,
}

# What people read when a step is refused.
REFUSALS: Mapping[AfterSaleEvent, str] = {
    E.AGREE_RETURN: "该售后单当前不能同意退货",
    E.GRANT: "该售后单当前不能退款",
    E.REJECT: "只有待处理的售后申请可以拒绝",
    E.RECEIVE: "买家寄回商品后才能确认收货",
    E.REPLACE: "收到退回的商品后才能寄出换货",
    E.SEND: "商家同意退货后才能填写寄回单号",
    E.CANCEL: "该售后单当前不能撤销",
    E.CONFIRM: "商家寄出换货后才能确认收到",
    E.ESCALATE: "该售后单当前不能申请平台介入",
    E.DISMISS: "只有平台介入中的售后单可以裁决",
    E.EXPIRE: "该售后单没有到期",
    E.OVERTAKE: "该售后单已在处理，不能整单取消",
    E.PAID: "该售后单没有在退款",
}

ENDED = frozenset({S.DONE, S.CANCELLED, S.CLOSED})
OPEN = frozenset(S) - ENDED
# Kinds of which the goods come back first.
RETURNED_FIRST = frozenset({AfterSaleKind.RETURN, AfterSaleKind.EXCHANGE})

# How long a case may stay in a state before it goes on by itself (`timing.py` says where to).
TIMES: Mapping[AfterSaleState, timedelta] = {
    S.APPLIED: timedelta(hours=48),
    S.WAIT_RETURN: timedelta(days=7),
    S.RETURN_SHIPPED: timedelta(days=10),
    # 消费者权益保护法 Art. 25: the money goes back within seven days of the goods' return.
    S.RECEIVED: timedelta(days=7),
    S.REPLACED: timedelta(days=10),
    S.REJECTED: timedelta(days=7),
}
# The merchant is reminded so long after the goods came back.
WARN_AFTER = timedelta(days=5)
