"""What the rest of the mall hears of orders."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.base import Event
from models.orders import OrderState


@dataclass(frozen=True)
class OrderChanged(Event):
    """An order was placed or took a step."""

    order_id: UUID
    trade_id: UUID
    member_id: UUID
    merchant_id: UUID
    state: OrderState


@dataclass(frozen=True)
class OrderPaid(Event):
    """The merchant has something to ship."""

    order_id: UUID
    trade_id: UUID
    member_id: UUID
    merchant_id: UUID


@dataclass(frozen=True)
class PaymentDisputed(Event):
    """Money came that was not what was asked for: a person must look, nothing is shipped."""

    payment_id: UUID
    trade_id: UUID
    reason: str
