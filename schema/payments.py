"""What the phone needs to pay, and money on its way back."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from domain import orders
from models.base import Fen
from models.payments import RefundState
from schema.base import Refused
from schema.relations import RowType

strawberry.enum(RefundState)


@strawberry.type(description="What wx.requestPayment takes, field by field.")
class Prepay:
    trade_id: UUID
    prepay_id: str
    time_stamp: str
    nonce_str: str
    package: str
    sign_type: str
    pay_sign: str
    expires_at: datetime

    @classmethod
    def of(cls, prepay: orders.Prepay) -> Prepay:
        signed = prepay.parameters
        return cls(
            trade_id=prepay.trade_id,
            prepay_id=prepay.prepay_id,
            time_stamp=signed["timeStamp"],
            nonce_str=signed["nonceStr"],
            package=signed["package"],
            sign_type=signed["signType"],
            pay_sign=signed["paySign"],
            expires_at=prepay.expires_at,
        )


@strawberry.type
class Refund(RowType):
    id: UUID
    number: str
    amount: Fen
    state: RefundState
    reason: str
    created_at: datetime
    finished_at: datetime | None


PayTradeResult = Annotated[Prepay | Refused, strawberry.union("PayTradeResult")]
