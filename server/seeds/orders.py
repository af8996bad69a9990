"""Writing the demo's trades as the rules would have written them, with payments, parcels, stock and logs."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, update

from domain.base import SHANGHAI, Job, UnitOfWork
from domain.catalog.publication import ProductChanged
from domain.delivery import CARRIERS
from domain.inventory import RETURNED, SOLD
from domain.orders import numbers
from domain.orders.receiving import COMPLETE_AFTER
from domain.payments.refunds import Cause
from models.audit import ActorKind
from models.catalog import Product, ReturnClass
from models.delivery import Shipment, ShipmentLine, UploadState
from models.inventory import HoldState, Stock, StockHold, StockMove
from models.merchants import Merchant
from models.orders import CloseReason, Order, OrderLine, OrderState, OrderStep, Trade, TradeState
from models.payments import Payment, PaymentPart, PaymentState, Refund, RefundState
from server.media import StoredPicture
from server.seeds.catalogue import goods
from server.seeds.ids import demo_id, dice_for
from server.seeds.people import sealed, staff_id
from server.seeds.regions import full_names
from server.seeds.trading import Fate, Line, OrderPlan, TradePlan, plan, sold_by_product, sold_by_shop

Pictures = Mapping[str, StoredPicture]
Numbered = tuple[TradePlan, str, tuple[tuple[OrderPlan, str], ...]]
Row = dict[str, Any]
# A step of an order: event, state after it, when, by whom, the sentence the buyer reads.
Told = tuple[str, OrderState, datetime | None, tuple[ActorKind, UUID | None], str]

REASONS = {
    Fate.TIMEOUT: CloseReason.PAYMENT_TIMEOUT,
    Fate.CANCELLED: CloseReason.BUYER_CANCELLED,
    Fate.REFUNDED: CloseReason.REFUNDED,
}
REMARKS = (
    "",
    "",
    "",
    "",
    "",
    "请放门口快递柜",
    "麻烦挑个头匀一点的",
    "周末在家再送",
    "送人的，包装仔细些",
    "不要放小票",
)
WHY = ("拍错规格，买家申请退款", "地址填错，重新下单", "临时不需要了，与买家协商一致")
REFUND_TAKES = timedelta(minutes=3)


async def add_orders(uow: UnitOfWork, pictures: Pictures, now: datetime) -> None:
    trades = await _numbered(uow, plan(now))
    orders = [(trade, order, number) for trade, _, of_trade in trades for order, number in of_trade]
    plans = [trade for trade, _, _ in trades]
    covers = {good.id: pictures[f"product/{good.key}/0"].key for good in goods()}
    await _insert(uow, Trade, (_trade(trade, number) for trade, number, _ in trades))
    await _insert(uow, Order, (_order(*each) for each in orders))
    await _insert(uow, OrderLine, (_line(o, line, covers) for _, o, _ in orders for line in o.lines))
    await _insert(uow, OrderStep, (row for trade, o, _ in orders for row in _steps(trade, o)))
    await _insert(uow, Shipment, (_shipment(o) for _, o, _ in orders if o.shipped_at))
    await _insert(uow, ShipmentLine, (row for _, o, _ in orders if o.shipped_at for row in _packed(o)))
    await _add_payments(uow, trades)
    await _add_stock_moves(uow, [o for _, o, _ in orders])
    await _count_sales(uow, plans)
    _wait_for_more(uow, plans, now)


async def _insert(uow: UnitOfWork, model: Any, rows: Iterable[Row]) -> None:
    found = list(rows)
    if found:
        await uow.session.execute(insert(model), found)


async def _numbered(uow: UnitOfWork, trades: Sequence[TradePlan]) -> list[Numbered]:
    """Draws the numbers of all trades at once and dates them as if they had been drawn one by one."""
    count = sum(1 + len(trade.orders) for trade in trades)
    drawn = iter(await numbers.draw(uow.session, "S" * count))

    def number(prefix: str, at: datetime) -> str:
        # The serial survives in the digits between the day and the check digit.
        digits = f"{at.astimezone(SHANGHAI):%y%m%d}{next(drawn)[7:15]}"
        return f"{prefix}{digits}{numbers.check_digit(digits)}"

    return [
        (
            trade,
            number("T", trade.created_at),
            tuple((order, number("S", trade.created_at)) for order in trade.orders),
        )
        for trade in trades
    ]


# ------------------------------------------------------------------------------------------------ trades and orders
def _trade(trade: TradePlan, number: str) -> Row:
    closed = trade.orders[0].closed_at and not trade.paid_at
    state = TradeState.PAID if trade.paid_at else TradeState.CLOSED if closed else TradeState.AWAITING_PAYMENT
    return {
        "id": trade.id,
        "number": number,
        "member_id": trade.buyer.id,
        "state": state,
        "total": trade.total,
        "idempotency_key": f"demo-{trade.key:06d}",
        "request_hash": hashlib.sha256(str(trade.key).encode()).digest(),
        "expires_at": trade.expires_at,
        "paid_at": trade.paid_at,
        "created_at": trade.created_at,
    }


def _order(trade: TradePlan, order: OrderPlan, number: str) -> Row:
    dice = dice_for(f"remark{order.key}")
    copied = ("id", "state", "goods_total", "freight", "total", "created_at", "paid_at", "shipped_at")
    return {
        **{name: getattr(order, name) for name in (*copied, "received_at", "completed_at", "closed_at")},
        "number": number,
        "trade_id": trade.id,
        "member_id": trade.buyer.id,
        "merchant_id": order.shop.id,
        "remark": dice.choice(REMARKS),
        "region_code": trade.buyer.region,
        "region_name": full_names()[trade.buyer.region],
        **sealed(trade.buyer, "orders", order.id),
        "expires_at": trade.expires_at,
        "auto_confirm_at": order.confirm_at,
        "complete_at": order.received_at and order.received_at + COMPLETE_AFTER,
        "close_reason": REASONS[order.fate] if order.closed_at else None,
        "sale_counted_at": order.paid_at if order.sold else None,
        "version": len(list(_steps(trade, order))),
    }


def _line(order: OrderPlan, line: Line, covers: Mapping[UUID, str]) -> Row:
    called_off = order.fate is Fate.REFUNDED and order.closed_at is not None
    return {
        "id": demo_id("line", f"{order.key}/{line.sku.id}"),
        "order_id": order.id,
        "sku_id": line.sku.id,
        "product_id": line.good.id,
        "title": line.good.title,
        "sku_name": line.sku.name,
        "image_key": covers[line.good.id],
        "quantity": line.quantity,
        "unit_price": line.sku.price,
        "amount": line.amount,
        "payable": line.amount,
        "shipped_quantity": order.sent(line),
        "withdrawn_quantity": line.quantity if called_off else 0,
        "refunded_quantity": line.quantity if called_off else 0,
        "refunded_amount": line.amount if called_off else 0,
        "weight": line.sku.weight,
        "gross_weight": line.sku.gross_weight,
        "return_class": line.good.returns,
        "no_return_confirmed": line.good.returns is ReturnClass.NO_RETURN_IF_CONFIRMED,
        "created_at": order.created_at,
    }


def _steps(trade: TradePlan, order: OrderPlan) -> Iterable[Row]:
    for event, state, at, (kind, actor), sentence in _told(trade, order):
        yield {
            "id": demo_id("step", f"{order.key}/{event}"),
            "order_id": order.id,
            "event": event,
            "state": state,
            "actor_kind": kind,
            "actor_id": actor,
            "text": sentence,
            "created_at": at,
        }


def _told(trade: TradePlan, order: OrderPlan) -> list[Told]:
    """The log of an order, in the words the rules use."""
    buyer = (ActorKind.MEMBER, trade.buyer.id)
    shop = (ActorKind.MERCHANT, staff_id(order.shop.login))
    system = (ActorKind.SYSTEM, None)
    S = OrderState
    told: list[Told] = [("PLACE", S.AWAITING_PAYMENT, order.created_at, buyer, "订单已提交，等待付款")]
    if order.fate is Fate.TIMEOUT:
        told.append(("EXPIRE", S.CLOSED, order.closed_at, system, "超时未付款，订单已自动关闭"))
    if order.fate is Fate.CANCELLED:
        told.append(("CANCEL", S.CLOSED, order.closed_at, buyer, "买家取消了订单"))
    if order.paid_at:
        told.append(("PAY", S.AWAITING_SHIPMENT, order.paid_at, system, "付款成功，等待商家发货"))
    if order.fate is Fate.REFUNDED and order.closed_at:
        told.append(("REFUND", S.CLOSED, order.closed_at, shop, f"订单已取消，全额退款：{_why(order)}"))
        told.append(("REFUND_SUCCEEDED", S.CLOSED, order.closed_at + REFUND_TAKES, system, "退款已到账"))
    if order.shipped_at:
        carrier, number = _parcel(order)
        event = ("SHIP_PART", S.PARTLY_SHIPPED) if order.partly else ("SHIP", S.SHIPPED)
        what = "出第 1 个包裹" if order.partly else "货"
        told.append((*event, order.shipped_at, shop, f"商家已发{what}，{CARRIERS[carrier]} {number}"))
    if order.received_at:
        late = order.received_at == order.confirm_at
        sentence = "超时未确认，系统自动确认收货" if late else "买家确认收货"
        told.append(("RECEIVE", S.RECEIVED, order.received_at, system if late else buyer, sentence))
    if order.completed_at:
        told.append(("COMPLETE", S.COMPLETED, order.completed_at, system, "订单已完成"))
    return told


def _why(order: OrderPlan) -> str:
    return dice_for(f"why{order.key}").choice(WHY)


def _parcel(order: OrderPlan) -> tuple[str, str]:
    """Carrier and number; the letters DEMO keep the number from being anybody's parcel."""
    dice = dice_for(f"parcel{order.key}")
    carrier = dice.choice(("SF", "ZTO", "YTO", "YZPY", "JTSD"))
    return carrier, f"DEMO{dice.randrange(10**10):010d}"


def _shipment(order: OrderPlan) -> Row:
    carrier, number = _parcel(order)
    assert order.shipped_at is not None
    return {
        "id": demo_id("shipment", order.key),
        "order_id": order.id,
        "carrier": carrier,
        "tracking_number": number,
        "shipped_at": order.shipped_at,
        "upload": UploadState.DONE,
        "upload_attempts": 1,
        "uploaded_at": order.shipped_at + timedelta(seconds=70),
        "told_as": f"{carrier} {number}",
        "told_last": not order.partly,
        # Of what has come nothing more is to be heard.
        "ended_at": order.received_at,
        "created_at": order.shipped_at,
    }


def _packed(order: OrderPlan) -> Iterable[Row]:
    for line in order.lines:
        if not order.sent(line):
            continue
        yield {
            "id": demo_id("packed", f"{order.key}/{line.sku.id}"),
            "shipment_id": demo_id("shipment", order.key),
            "order_line_id": demo_id("line", f"{order.key}/{line.sku.id}"),
            "quantity": order.sent(line),
            "created_at": order.shipped_at,
        }


# ------------------------------------------------------------------------------------------------ money
async def _add_payments(uow: UnitOfWork, trades: Sequence[Numbered]) -> None:
    tried = [each for each in trades if each[0].paid_at or each[0].orders[0].fate is Fate.TIMEOUT]
    await _insert(uow, Payment, (_payment(trade, number) for trade, number, _ in tried))
    parts = [_part(trade, order, number) for trade, _, orders in tried for order, number in orders]
    await _insert(uow, PaymentPart, parts)
    refunded = [(o, number) for _, _, orders in tried for o, number in orders if o.fate is Fate.REFUNDED]
    await _insert(uow, Refund, (_refund(order, number) for order, number in refunded))


def _payment(trade: TradePlan, number: str) -> Row:
    return {
        "id": demo_id("payment", trade.key),
        "trade_id": trade.id,
        "attempt": 1,
        "number": f"{number}P1",
        "state": PaymentState.PAID if trade.paid_at else PaymentState.CLOSED,
        "amount": trade.total,
        "openid": trade.buyer.openid,
        "prepay_id": f"wxdemo{trade.key:030d}",
        "expires_at": trade.expires_at,
        "paid_at": trade.paid_at,
        "closed_at": None if trade.paid_at else trade.expires_at,
        "created_at": trade.created_at + timedelta(seconds=8),
    }


def _part(trade: TradePlan, order: OrderPlan, number: str) -> Row:
    serial = int(demo_id("part", order.key)) % 10**14
    return {
        "id": demo_id("part", order.key),
        "payment_id": demo_id("payment", trade.key),
        "order_id": order.id,
        "number": f"{number}P1",
        "sub_mchid": order.shop.sub_mchid,
        "description": order.lines[0].good.title[:100],
        "amount": order.total,
        "transaction_id": f"4299{order.paid_at:%Y%m%d%H}{serial:014d}" if order.paid_at else None,
        "created_at": trade.created_at + timedelta(seconds=8),
    }


def _refund(order: OrderPlan, number: str) -> Row:
    assert order.closed_at is not None
    return {
        "id": demo_id("refund", order.key),
        "part_id": demo_id("part", order.key),
        "order_id": order.id,
        "number": f"{number}P1R1",
        "cause": Cause.UNSHIPPED.value,
        "reason": _why(order),
        "amount": order.total,
        "state": RefundState.SUCCEEDED,
        "provider_id": f"5099{int(demo_id('refund', order.key)) % 10**24:024d}",
        "created_at": order.closed_at,
        "finished_at": order.closed_at + REFUND_TAKES,
    }


# ------------------------------------------------------------------------------------------------ goods
async def _add_stock_moves(uow: UnitOfWork, orders: Sequence[OrderPlan]) -> None:
    pairs = [(order, line) for order in orders for line in order.lines]
    await _insert(uow, StockHold, (_hold(order, line) for order, line in pairs))
    gone = [_move(order, line, SOLD, -1, order.paid_at) for order, line in pairs if order.paid_at]
    back = [_move(o, line, RETURNED, 1, o.closed_at) for o, line in pairs if o.paid_at and o.closed_at]
    await _insert(uow, StockMove, [*gone, *back])
    actual: Counter[UUID] = Counter()
    held: Counter[UUID] = Counter()
    for move in (*gone, *back):
        actual[move["sku_id"]] += move["delta"]
    for order, line in pairs:
        held[line.sku.id] += line.quantity if order.fate is Fate.UNPAID else 0
    changes = [{"sku": sku, "moved": actual[sku], "kept": held[sku]} for sku in {**actual, **held}]
    step = update(Stock).where(Stock.sku_id == bindparam("sku"))
    step = step.values(actual=Stock.actual + bindparam("moved"), held=Stock.held + bindparam("kept"))
    await (await uow.session.connection()).execute(step, changes)


def _hold(order: OrderPlan, line: Line) -> Row:
    state = HoldState.HELD if order.fate is Fate.UNPAID else HoldState.RELEASED if order.closed_at else HoldState.USED
    return {
        "order_id": order.id,
        "sku_id": line.sku.id,
        "quantity": line.quantity,
        "state": state,
        "changed_at": order.closed_at or order.paid_at or order.created_at,
    }


def _move(order: OrderPlan, line: Line, reason: str, sign: int, at: datetime | None) -> Row:
    return {
        "id": demo_id("move", f"{order.key}/{line.sku.id}/{sign}"),
        "sku_id": line.sku.id,
        "delta": sign * line.quantity,
        "reason": reason,
        "order_id": order.id,
        "actor": None,
        "created_at": at,
    }


async def _count_sales(uow: UnitOfWork, trades: Sequence[TradePlan]) -> None:
    connection = await uow.session.connection()
    products = update(Product).where(Product.id == bindparam("row")).values(sold_count=bindparam("sold"))
    shops = update(Merchant).where(Merchant.id == bindparam("row")).values(sold_count=bindparam("sold"))
    for step, sold in ((products, sold_by_product(trades)), (shops, sold_by_shop(trades))):
        await connection.execute(step, [{"row": id, "sold": count} for id, count in sold.items()])


# ------------------------------------------------------------------------------------------------ what comes next
def _wait_for_more(uow: UnitOfWork, trades: Sequence[TradePlan], now: datetime) -> None:
    """The timers the rules would have set, and word to the search of everything that can be found."""
    for trade in trades:
        if trade.orders[0].state is OrderState.AWAITING_PAYMENT:
            _later(uow, "trade.expire", {"trade_id": str(trade.id)}, trade.expires_at - now, f"trade:{trade.id}:expire")
        for order in trade.orders:
            _follow(uow, order, now)
    for good in goods():
        uow.emit(ProductChanged(good.id, 1))


def _follow(uow: UnitOfWork, order: OrderPlan, now: datetime) -> None:
    payload = {"order_id": str(order.id)}
    if order.state in (OrderState.SHIPPED, OrderState.PARTLY_SHIPPED):
        parcel = demo_id("shipment", order.key)
        _later(uow, "shipment.follow", {"shipment_id": str(parcel)}, timedelta(0), f"shipment:{parcel}:follow")
    if order.state is OrderState.SHIPPED and order.confirm_at:
        _later(uow, "order.auto_confirm", payload, order.confirm_at - now, f"order:{order.id}:auto_confirm")
    if order.state is OrderState.RECEIVED and order.received_at:
        due = order.received_at + COMPLETE_AFTER - now
        _later(uow, "order.complete", payload, due, f"order:{order.id}:complete")


def _later(uow: UnitOfWork, name: str, payload: Row, after: timedelta, key: str) -> None:
    uow.later(Job(name, payload, after=max(after, timedelta(0)), key=key))
