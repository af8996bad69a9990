"""The nouns of WeChat's order shipping management (发货信息管理服务), under /wxa/sec/order/."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, IntEnum
from typing import Any
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
ITEM_DESC_LETTERS = 120


class LogisticsType(IntEnum):
    EXPRESS = 1
    SAME_CITY = 2
    VIRTUAL = 3
    PICKUP = 4


class DeliveryMode(IntEnum):
    UNIFIED = 1
    SPLIT = 2  # several parcels; express only


class OrderState(IntEnum):
    TO_SHIP = 1
    SHIPPED = 2
    RECEIVED = 3
    DONE = 4
    REFUNDED = 5
    TO_SETTLE = 6


class Uploaded(Enum):
    """What became of an upload that counts as success."""

    DONE = "done"
    ALREADY = "already"  # the same information is there, or shipping was complete (10060023, 10060002)


@dataclass(frozen=True)
class OrderKey:
    """Names a payment: by WeChat's transaction_id, or by our number together with the merchant number."""

    transaction_id: str | None = None
    mchid: str | None = None
    out_trade_no: str | None = None

    def wire(self) -> dict[str, Any]:
        if self.transaction_id:
            return {"order_number_type": 2, "transaction_id": self.transaction_id}
        return {"order_number_type": 1, "mchid": self.mchid, "out_trade_no": self.out_trade_no}


@dataclass(frozen=True)
class Parcel:
    """One parcel. `express_company` is WeChat's delivery id (SF, YTO …); SF needs one masked contact."""

    item_desc: str
    tracking_no: str | None = None
    express_company: str | None = None
    receiver_contact: str | None = None
    consignor_contact: str | None = None

    def wire(self) -> dict[str, Any]:
        parcel: dict[str, Any] = {"item_desc": shorten(self.item_desc)}
        if self.tracking_no:
            parcel["tracking_no"] = self.tracking_no
        if self.express_company:
            parcel["express_company"] = self.express_company
        contact = {"receiver_contact": self.receiver_contact, "consignor_contact": self.consignor_contact}
        if filled := {name: mask(value) for name, value in contact.items() if value}:
            parcel["contact"] = filled
        return parcel


@dataclass(frozen=True)
class Shipment:
    """How one payment (or one sub-order of a combined payment) is delivered. SPLIT must say whether it is all."""

    order_key: OrderKey
    logistics_type: LogisticsType
    parcels: tuple[Parcel, ...]
    delivery_mode: DeliveryMode = DeliveryMode.UNIFIED
    is_all_delivered: bool | None = None

    def wire(self) -> dict[str, Any]:
        body: dict[str, Any] = {
            "order_key": self.order_key.wire(),
            "logistics_type": int(self.logistics_type),
            "delivery_mode": int(self.delivery_mode),
            "shipping_list": [parcel.wire() for parcel in self.parcels],
        }
        if self.is_all_delivered is not None:
            body["is_all_delivered"] = self.is_all_delivered
        return body


@dataclass(frozen=True)
class ShippedParcel:
    tracking_no: str
    express_company: str
    upload_time: datetime


@dataclass(frozen=True)
class ShippingOrder:
    """A payment as the shipping service sees it. `paid_amount` in fen; `finish_shipping_count` 2 = correction used."""

    transaction_id: str
    merchant_id: str
    sub_merchant_id: str
    merchant_trade_no: str
    paid_amount: int
    openid: str
    order_state: OrderState
    in_complaint: bool
    pay_time: datetime
    finish_shipping: bool
    finish_shipping_count: int
    parcels: tuple[ShippedParcel, ...]

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "ShippingOrder":
        shipping = raw.get("shipping") or {}
        return cls(
            transaction_id=raw["transaction_id"],
            merchant_id=raw["merchant_id"],
            sub_merchant_id=raw.get("sub_merchant_id") or "",
            merchant_trade_no=raw["merchant_trade_no"],
            paid_amount=int(raw["paid_amount"]),
            openid=raw["openid"],
            order_state=OrderState(raw["order_state"]),
            in_complaint=bool(raw.get("in_complaint")),
            pay_time=datetime.fromtimestamp(raw["pay_time"], UTC),
            finish_shipping=bool(shipping.get("finish_shipping")),
            finish_shipping_count=int(shipping.get("finish_shipping_count") or 0),
            parcels=tuple(_parcel(parcel) for parcel in shipping.get("shipping_list") or ()),
        )


def _parcel(raw: Mapping[str, Any]) -> ShippedParcel:
    return ShippedParcel(
        tracking_no=raw.get("tracking_no") or "",
        express_company=raw.get("express_company") or "",
        upload_time=datetime.fromtimestamp(raw["upload_time"], UTC),
    )


def mask(phone: str) -> str:
    """138****0001: hides the middle, keeps the last four digits readable, as the service demands; idempotent."""
    if "*" in phone:
        return phone
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 11 else f"****{phone[-4:]}"


def shorten(text: str) -> str:
    return text if len(text) <= ITEM_DESC_LETTERS else text[: ITEM_DESC_LETTERS - 3] + "..."


def upload_stamp(moment: datetime) -> str:
    """RFC 3339 with milliseconds; it orders the uploads of one payment, so it must grow."""
    return moment.astimezone(SHANGHAI).isoformat(timespec="milliseconds")
