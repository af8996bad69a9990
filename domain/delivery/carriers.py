"""Who carries parcels: express companies by WeChat's codes, with the names people and the trackers have for them."""

from __future__ import annotations

import re

from domain.base import Invalid, RowDict

# WeChat's codes of express companies (get_delivery_list), and what people call them.
CARRIERS = {
    "SF": "顺丰速运",
    "ZTO": "中通快递",
    "YTO": "圆通速递",
    "STO": "申通快递",
    "YD": "韵达速递",
    "EMS": "EMS",
    "YZPY": "邮政快递包裹",
    "JTSD": "极兔速递",
    "JD": "京东快递",
}
TRACKING = re.compile(r"[A-Za-z0-9-]{8,30}")


def carriers() -> list[RowDict]:
    return [{"code": code, "name": name} for code, name in CARRIERS.items()]


def check_parcel(carrier: str, tracking_number: str) -> tuple[str, str]:
    """The carrier's code and the cleaned tracking number; Invalid for one that cannot be."""
    if carrier not in CARRIERS:
        raise Invalid("不支持的快递公司", field="carrier")
    cleaned = tracking_number.strip().upper()
    if not TRACKING.fullmatch(cleaned):
        raise Invalid("运单号须为 8 到 30 位字母、数字或短横线", field="trackingNumber")
    return carrier, cleaned
