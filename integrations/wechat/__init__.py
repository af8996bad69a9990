"""The mini-program platform's server API: a thin, typed, asynchronous client, and the gate for its message push."""

from .api import PhoneNumber, Session, WechatApi, WechatApiConfig
from .content import SCENES, TextJudged
from .errors import LoginRefused, ShippingRefused, WechatApiError
from .push import PushGate, PushRejected
from .shipping import (
    DeliveryMode,
    LogisticsType,
    OrderKey,
    OrderState,
    Parcel,
    Shipment,
    ShippedParcel,
    ShippingOrder,
    Uploaded,
)

__all__ = [
    "SCENES",
    "DeliveryMode",
    "LoginRefused",
    "LogisticsType",
    "OrderKey",
    "OrderState",
    "Parcel",
    "PhoneNumber",
    "PushGate",
    "PushRejected",
    "Session",
    "Shipment",
    "ShippedParcel",
    "ShippingOrder",
    "ShippingRefused",
    "TextJudged",
    "Uploaded",
    "WechatApi",
    "WechatApiConfig",
    "WechatApiError",
]
