"""发货信息管理服务: the uploads without which the money stays frozen, with its own ideas of order and repetition."""

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from starlette.routing import Route

from .records import Shipping, Sub, Trade, trade_key
from .tokens import Errcode, api_route
from .world import World

SYNC_DELAY = timedelta(seconds=60)
EXPRESS, UNIFIED, SPLIT = 1, 1, 2
MOST_PARCELS = 10
MASKED = re.compile(r"^[\d*-]*\*[\d*-]*\d{4}$")


def upload(world: World, body: Mapping[str, Any]) -> dict[str, Any]:
    _check_shipment(body)
    when = _upload_time(body)
    trade, sub = _find_part(world, _order_key(body))
    if world.shipping_mode == "combined" and trade.combined:
        raise Errcode(10060001, "支付单不存在")
    _check_payer(body, trade)
    _apply(world, sub, body, when)
    return {}


def upload_combined(world: World, body: Mapping[str, Any]) -> dict[str, Any]:
    when, key = _upload_time(body), _order_key(body)
    parts = body.get("sub_orders")
    if not isinstance(parts, list) or not parts or not all(isinstance(part, dict) for part in parts):
        raise Errcode(10060014, "参数错误: sub_orders")
    for part in parts:
        _check_shipment(part)
        if _order_key(part)["order_number_type"] != key["order_number_type"]:
            raise Errcode(268485194, "订单单号类型非法")
    trade = _find_combined(world, key)
    _check_payer(body, trade)
    _apply_all(world, trade, parts, when)
    return {}


def get_order(world: World, body: Mapping[str, Any]) -> dict[str, Any]:
    if body.get("transaction_id"):
        found = world.sub_by_transaction(str(body["transaction_id"]))
    else:
        merchants = (str(body.get("sub_merchant_id") or ""), str(body.get("merchant_id") or ""))
        numbers = (world.sub_by_number(who, str(body.get("merchant_trade_no"))) for who in merchants if who)
        found = next((hit for hit in numbers if hit), None)
    if found is None or not _visible(world, found[0]):
        raise Errcode(10060001, "支付单不存在")
    return {"order": _describe(world, *found)}


# -- finding


def _order_key(body: Mapping[str, Any]) -> Mapping[str, Any]:
    key = body.get("order_key")
    if not isinstance(key, dict) or key.get("order_number_type") not in (1, 2):
        raise Errcode(268485194, "订单单号类型非法")
    needed = {1: (("mchid", 268485196), ("out_trade_no", 268485197)), 2: (("transaction_id", 268485195),)}
    for name, errcode in needed[key["order_number_type"]]:
        if not key.get(name) or not isinstance(key[name], str):
            raise Errcode(errcode, f"{name} 不能为空")
    return key


def _find_part(world: World, key: Mapping[str, Any]) -> tuple[Trade, Sub]:
    if key["order_number_type"] == 2:
        found = world.sub_by_transaction(key["transaction_id"])
    else:
        found = world.sub_by_number(key["mchid"], key["out_trade_no"])
    if found is None or not _visible(world, found[0]):
        raise Errcode(10060001, "支付单不存在")
    return found


def _find_combined(world: World, key: Mapping[str, Any]) -> Trade:
    if key["order_number_type"] == 2:
        trade = world.by_combined_transaction(key["transaction_id"])
    else:
        trade = world.trades.get(trade_key(True, key["out_trade_no"])) if key["mchid"] == world.keys.mchid else None
    if trade is None or not _visible(world, trade) or world.shipping_mode == "sub":
        raise Errcode(10060001, "支付单不存在")
    return trade


def _visible(world: World, trade: Trade) -> bool:
    """The payment reaches this service about a minute after it was made."""
    return trade.paid_at is not None and world.clock.now() - trade.paid_at >= SYNC_DELAY


# -- checking


def _upload_time(body: Mapping[str, Any]) -> datetime:
    text = body.get("upload_time")
    try:
        when = datetime.fromisoformat(text) if isinstance(text, str) and "T" in text else None
    except ValueError:
        when = None
    if when is None or when.tzinfo is None:
        raise Errcode(268485216, "上传时间非法")
    return when


def _check_payer(body: Mapping[str, Any], trade: Trade) -> None:
    payer = body.get("payer")
    if not isinstance(payer, dict) or not payer.get("openid"):
        raise Errcode(10060014, "参数错误: payer")
    if payer["openid"] != trade.openid:
        raise Errcode(10060031, "该笔支付单不属于 openid 所指定的用户")


def _check_shipment(body: Mapping[str, Any]) -> None:
    kind, mode, parcels = body.get("logistics_type"), body.get("delivery_mode"), body.get("shipping_list")
    if kind not in (1, 2, 3, 4):
        raise Errcode(10060005, "物流类型有误")
    if mode not in (UNIFIED, SPLIT):
        raise Errcode(268485224, "发货模式非法")
    if mode == SPLIT and kind != EXPRESS:
        raise Errcode(10060006, "非快递发货时不允许分拆发货")
    if mode == SPLIT and not isinstance(body.get("is_all_delivered"), bool):
        raise Errcode(10060007, "分拆发货模式下必须填写 is_all_delivered 字段")
    if not isinstance(parcels, list) or not parcels or not all(isinstance(parcel, dict) for parcel in parcels):
        raise Errcode(10060014, "参数错误: shipping_list")
    if mode == UNIFIED and len(parcels) != 1:
        raise Errcode(268485228, "统一发货模式下，物流信息列表长度必须为 1")
    if len(parcels) > MOST_PARCELS:
        raise Errcode(10060024, "物流信息列表太长")
    for parcel in parcels:
        _check_parcel(parcel, express=kind == EXPRESS)


def _check_parcel(parcel: Mapping[str, Any], *, express: bool) -> None:
    names = ("item_desc", "tracking_no", "express_company")
    if not all(isinstance(parcel.get(name, ""), str) for name in names):
        raise Errcode(47001, "data format error")
    if not parcel.get("item_desc"):
        raise Errcode(10060008, "商品描述 item_desc 字段不能为空")
    if len(parcel["item_desc"]) > 120:
        raise Errcode(10060009, "商品描述 item_desc 字段太长")
    number, company = parcel.get("tracking_no") or "", parcel.get("express_company") or ""
    if express and not number:
        raise Errcode(268485226, "物流单号不能为空")
    if express and not company:
        raise Errcode(268485227, "物流公司编码不能为空")
    if len(number) > 128 or len(company) > 128:
        raise Errcode(10060026 if len(number) > 128 else 10060025, "物流单号或物流公司编码太长")
    contacts = [value for value in (parcel.get("contact") or {}).values() if value]
    if company == "SF" and not contacts:
        raise Errcode(10060014, "参数错误: 顺丰快递必须填写联系方式")
    if not all(isinstance(value, str) and MASKED.match(value) for value in contacts):
        raise Errcode(10060014, "参数错误: 联系方式须掩码，且保留最后4位数字")


# -- applying


def _apply_all(world: World, trade: Trade, parts: list[Mapping[str, Any]], when: datetime) -> None:
    """Part by part; an unchanged part among changed ones is passed over, all unchanged is 10060023."""
    pairs = [(_find_part(world, _order_key(part)), part) for part in parts]
    if any(found[0] is not trade for found, _ in pairs):
        raise Errcode(10060001, "支付单不存在")
    changed = [(found[1], part) for found, part in pairs if not _unchanged(world, found[1], part)]
    if not changed:
        raise Errcode(10060023, "发货信息未更新")
    for sub, part in changed:
        _allowed(world, sub, part, when)
    for sub, part in changed:
        _apply(world, sub, part, when)


def _apply(world: World, sub: Sub, part: Mapping[str, Any], when: datetime) -> None:
    if _unchanged(world, sub, part):
        raise Errcode(10060023, "发货信息未更新")
    _allowed(world, sub, part, when)
    known = world.shippings.get(sub.transaction_id)
    done = part["delivery_mode"] == UNIFIED or part["is_all_delivered"]
    fresh = known is None or known.finished
    parcels = part["shipping_list"] if fresh else _merged(known.parcels if known else [], part["shipping_list"])
    if len(parcels) > MOST_PARCELS:
        raise Errcode(10060024, "物流信息列表太长")
    if len({parcel.get("tracking_no") for parcel in parcels}) < len(parcels):
        raise Errcode(10060014, "参数错误: 同一支付单的物流单号重复")
    world.shippings.put(
        Shipping(
            transaction_id=sub.transaction_id,
            logistics_type=part["logistics_type"],
            delivery_mode=part["delivery_mode"],
            parcels=[{**parcel, "upload_time": parcel.get("upload_time", int(when.timestamp()))} for parcel in parcels],
            finished=bool(done),
            finish_count=(known.finish_count if known else 0) + bool(done),
            fingerprint=_fingerprint(part),
            upload_time=when,
            uploads=(known.uploads if known else 0) + 1,
        )
    )


def _allowed(world: World, sub: Sub, part: Mapping[str, Any], when: datetime) -> None:
    if sub.received or sub.refunded >= sub.total:
        raise Errcode(10060004, "支付单处于不可发货的状态")
    known = world.shippings.get(sub.transaction_id)
    if known is None:
        return
    if known.finished and part["delivery_mode"] == SPLIT and not part["is_all_delivered"]:
        raise Errcode(10060002, "支付单已完成发货，无法继续发货")
    if known.finish_count >= 2:
        raise Errcode(10060003, "支付单已使用重新发货机会")
    if when <= known.upload_time:
        raise Errcode(268485216, "上传时间非法: 必须晚于上一次上传")


def _unchanged(world: World, sub: Sub, part: Mapping[str, Any]) -> bool:
    known = world.shippings.get(sub.transaction_id)
    return known is not None and known.fingerprint == _fingerprint(part)


def _fingerprint(part: Mapping[str, Any]) -> str:
    names = ("logistics_type", "delivery_mode", "is_all_delivered", "shipping_list")
    return json.dumps([part.get(name) for name in names], ensure_ascii=False, sort_keys=True)


def _merged(known: list[dict[str, Any]], added: list[dict[str, Any]]) -> list[dict[str, Any]]:
    by_number = {parcel.get("tracking_no"): parcel for parcel in [*known, *added]}
    return list(by_number.values())


# -- describing


def order_state(world: World, sub: Sub) -> int:
    """1 待发货, 2 已发货, 3 确认收货, 5 已退款."""
    if sub.refunded >= sub.total:
        return 5
    if sub.received:
        return 3
    known = world.shippings.get(sub.transaction_id)
    return 2 if known and known.finished else 1


def _describe(world: World, trade: Trade, sub: Sub) -> dict[str, Any]:
    order: dict[str, Any] = {
        "transaction_id": sub.transaction_id,
        "merchant_id": sub.mchid,
        "sub_merchant_id": sub.sub_mchid,
        "merchant_trade_no": sub.out_trade_no,
        "description": sub.description,
        "paid_amount": sub.total,
        "openid": trade.openid,
        "trade_create_time": int(trade.created_at.timestamp()),
        "pay_time": int(trade.paid_at.timestamp()) if trade.paid_at else 0,
        "order_state": order_state(world, sub),
        "in_complaint": False,
        "shipping": {},
    }
    if known := world.shippings.get(sub.transaction_id):
        order["shipping"] = {
            "delivery_mode": known.delivery_mode,
            "logistics_type": known.logistics_type,
            "finish_shipping": known.finished,
            "finish_shipping_count": known.finish_count,
            "goods_desc": sub.description,
            "shipping_list": known.parcels,
        }
    return order


ROUTES: list[Route] = [
    api_route("/wxa/sec/order/upload_shipping_info", upload),
    api_route("/wxa/sec/order/upload_combined_shipping_info", upload_combined),
    api_route("/wxa/sec/order/get_order", get_order),
]
