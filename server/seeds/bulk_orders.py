"""Orders by the hundred thousand over half a year, each with everything a real one leaves behind."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.base import SHANGHAI
from domain.crypto import vault
from domain.inventory import SOLD
from domain.orders import numbers
from models.audit import ActorKind
from models.delivery import UploadState
from models.inventory import HoldState
from models.orders import CloseReason, OrderState, TradeState
from models.payments import PaymentState
from server.seeds.bulk_goods import BulkGoods, BulkProduct, Rows, block_id
from server.seeds.catalogue import SkuSpec
from server.seeds.ids import dice_for
from server.seeds.regions import full_names

SPREAD = timedelta(days=180)
S = OrderState
STATES = (S.COMPLETED,) * 84 + (S.CLOSED,) * 8 + (S.RECEIVED,) * 3 + (S.SHIPPED,) * 3 + (S.AWAITING_SHIPMENT,) * 2
ADDRESS = {"name_sealed": "演示买家", "phone_sealed": "13800000000", "detail_sealed": "演示路 1 号"}
# From placing to each step.
PAID, SHIPPED, RECEIVED, COMPLETED = timedelta(minutes=3), timedelta(hours=20), timedelta(days=4), timedelta(days=11)
EXPIRES = timedelta(minutes=15)


@dataclass(frozen=True)
class BulkOrder:
    """One order, the only one of its trade."""

    number: int
    member: int
    at: datetime
    state: OrderState
    lines: tuple[tuple[BulkProduct, SkuSpec, int], ...]

    @property
    def paid(self) -> bool:
        return self.state is not S.CLOSED

    @property
    def goods_total(self) -> int:
        return sum(sku.price * quantity for _, sku, quantity in self.lines)

    def when(self, after: timedelta, *states: OrderState) -> datetime | None:
        return self.at + after if self.state in states else None


class BulkOrders:
    """The orders of one block; `first_serial` begins the numbers reserved for them. `sold` counts by SKU."""

    def __init__(self, goods: BulkGoods, orders: int, members: int, first_serial: int) -> None:
        self._goods, self._members, self._serial = goods, members, first_serial
        self._block, self._now = goods.block, goods.now
        self._towns = [code for code in full_names() if len(code) == 9]
        self._by_shop: dict[int, list[BulkProduct]] = {}
        for product in goods.all:
            self._by_shop.setdefault(product.shop, []).append(product)
        # Made once and kept: products are written first and must know what was sold of them.
        self._orders = [self._order(k, orders) for k in range(orders)]
        self.sold: Counter[UUID] = Counter()
        for order in self._orders:
            if order.paid:
                for _, sku, quantity in order.lines:
                    self.sold[sku.id] += quantity

    def members(self) -> Iterator[dict[str, Any]]:
        since = self._now - SPREAD - timedelta(days=30)
        for k in range(self._members):
            openid = f"oBULK{self._block:04d}{k:019d}"
            id = block_id(10, self._block, k)
            yield {"id": id, "openid": openid, "nickname": f"演示买家{k + 1}", "created_at": since}

    def trades(self) -> Iterator[Rows]:
        return (self._rows(order) for order in self._orders)

    def _order(self, number: int, count: int) -> BulkOrder:
        dice = dice_for(f"order{self._block}/{number}")
        # The oldest are the first; nothing is younger than two weeks, so that every state is long reached.
        at = self._now - SPREAD + (SPREAD - timedelta(days=14)) * (number / count)
        shelf = self._by_shop[min(int(dice.expovariate(0.02)), len(self._by_shop) - 1)]
        chosen = dice.sample(shelf, min(len(shelf), dice.choices((1, 2, 3), (70, 22, 8))[0]))
        lines = tuple((product, dice.choice(product.skus), _quantity(dice)) for product in chosen)
        return BulkOrder(number, dice.randrange(self._members), at, dice.choice(STATES), lines)

    # -------------------------------------------------------------------------------------- rows
    def _rows(self, order: BulkOrder) -> Rows:
        trade_id, id = self._id(20, order), self._id(21, order)
        shop = order.lines[0][0].shop
        total = order.goods_total + (0 if order.goods_total >= 8800 else 600)
        day = order.at.astimezone(SHANGHAI).date()
        trade_number = numbers.made("T", day, self._serial + 2 * order.number)
        number = numbers.made("S", day, self._serial + 2 * order.number + 1)
        yield "trades", self._trade(order, trade_id, trade_number, total)
        yield "orders", self._order_row(order, id, trade_id, number, shop, total)
        yield from self._lines(order, id)
        yield from self._steps(order, id)
        if order.paid:
            yield from self._payment(order, (trade_id, trade_number), (id, number), shop, total)
        if order.state in (S.SHIPPED, S.RECEIVED, S.COMPLETED):
            yield "shipments", self._shipment(order, id)
            yield from self._packed(order)

    def _id(self, kind: int, order: BulkOrder, k: int = 0) -> UUID:
        return block_id(kind, self._block, order.number * 8 + k, order.at)

    def _member_id(self, order: BulkOrder) -> UUID:
        return block_id(10, self._block, order.member)

    def _trade(self, order: BulkOrder, id: UUID, number: str, total: int) -> dict[str, Any]:
        return {
            "id": id,
            "number": number,
            "member_id": self._member_id(order),
            "state": (TradeState.PAID if order.paid else TradeState.CLOSED).name,
            "total": total,
            "idempotency_key": f"bulk-{self._block}-{order.number}",
            "request_hash": id.bytes,
            "expires_at": order.at + EXPIRES,
            "paid_at": order.at + PAID if order.paid else None,
            "created_at": order.at,
        }

    def _order_row(
        self, order: BulkOrder, id: UUID, trade_id: UUID, number: str, shop: int, total: int
    ) -> dict[str, Any]:
        town = self._towns[order.member % len(self._towns)]
        done = (S.RECEIVED, S.COMPLETED)
        return {
            "id": id,
            "number": number,
            "trade_id": trade_id,
            "member_id": self._member_id(order),
            "merchant_id": self._goods.merchant_id(shop),
            "state": order.state.name,
            "goods_total": order.goods_total,
            "freight": total - order.goods_total,
            "total": total,
            "remark": "",
            "region_code": town,
            "region_name": full_names()[town],
            **{name: vault.seal(plain, table="orders", column=name, row=id) for name, plain in ADDRESS.items()},
            "expires_at": order.at + EXPIRES,
            "paid_at": order.at + PAID if order.paid else None,
            "shipped_at": order.when(SHIPPED, S.SHIPPED, *done),
            "received_at": order.when(RECEIVED, *done),
            "completed_at": order.when(COMPLETED, S.COMPLETED),
            "closed_at": order.when(EXPIRES, S.CLOSED),
            "close_reason": None if order.paid else CloseReason.PAYMENT_TIMEOUT.name,
            "sale_counted_at": order.at + PAID if order.paid else None,
            "version": 1,
            "created_at": order.at,
        }

    def _lines(self, order: BulkOrder, order_id: UUID) -> Rows:
        changed = order.at + (PAID if order.paid else EXPIRES)
        state = (HoldState.USED if order.paid else HoldState.RELEASED).name
        for k, (product, sku, quantity) in enumerate(order.lines):
            yield (
                "order_lines",
                {
                    "id": self._id(22, order, k),
                    "order_id": order_id,
                    "sku_id": sku.id,
                    "product_id": product.id,
                    "title": product.title,
                    "sku_name": sku.name,
                    "image_key": product.cover,
                    "quantity": quantity,
                    "unit_price": sku.price,
                    "amount": sku.price * quantity,
                    "payable": sku.price * quantity,
                    "shipped_quantity": quantity if order.state in (S.SHIPPED, S.RECEIVED, S.COMPLETED) else 0,
                    "weight": sku.weight,
                    "gross_weight": sku.gross_weight,
                    "return_class": product.good.returns.name,
                    "no_return_confirmed": True,
                    "created_at": order.at,
                },
            )
            hold = {"order_id": order_id, "sku_id": sku.id, "quantity": quantity}
            yield "stock_holds", {**hold, "state": state, "changed_at": changed}
            if order.paid:
                move = {"id": self._id(23, order, k), "sku_id": sku.id, "delta": -quantity, "reason": SOLD}
                yield "stock_moves", {**move, "order_id": order_id, "created_at": changed}

    def _steps(self, order: BulkOrder, order_id: UUID) -> Rows:
        told = [("PLACE", S.AWAITING_PAYMENT, timedelta(0), "订单已提交，等待付款")]
        if order.paid:
            told.append(("PAY", S.AWAITING_SHIPMENT, PAID, "付款成功，等待商家发货"))
        else:
            told.append(("EXPIRE", S.CLOSED, EXPIRES, "超时未付款，订单已自动关闭"))
        if order.state in (S.SHIPPED, S.RECEIVED, S.COMPLETED):
            told.append(("SHIP", S.SHIPPED, SHIPPED, "商家已发货"))
        if order.state in (S.RECEIVED, S.COMPLETED):
            told.append(("RECEIVE", S.RECEIVED, RECEIVED, "买家确认收货"))
        if order.state is S.COMPLETED:
            told.append(("COMPLETE", S.COMPLETED, COMPLETED, "订单已完成"))
        for k, (event, state, after, sentence) in enumerate(told):
            yield (
                "order_steps",
                {
                    "id": self._id(24, order, k),
                    "order_id": order_id,
                    "event": event,
                    "state": state.name,
                    "actor_kind": ActorKind.SYSTEM.name,
                    "text": sentence,
                    "created_at": order.at + after,
                },
            )

    def _payment(
        self, order: BulkOrder, trade: tuple[UUID, str], named: tuple[UUID, str], shop: int, total: int
    ) -> Rows:
        payment_id = self._id(25, order)
        yield (
            "payments",
            {
                "id": payment_id,
                "trade_id": trade[0],
                "attempt": 1,
                "number": f"{trade[1]}P1",
                "state": PaymentState.PAID.name,
                "amount": total,
                "openid": f"oBULK{self._block:04d}{order.member:019d}",
                "expires_at": order.at + EXPIRES,
                "paid_at": order.at + PAID,
                "checks": 0,
                "created_at": order.at,
            },
        )
        yield (
            "payment_parts",
            {
                "id": self._id(26, order),
                "payment_id": payment_id,
                "order_id": named[0],
                "number": f"{named[1]}P1",
                "sub_mchid": self._goods.sub_mchid(shop),
                "description": order.lines[0][0].title[:100],
                "amount": total,
                "transaction_id": f"4298{order.at:%Y%m%d}{self._block:04d}{order.number:012d}",
                "created_at": order.at,
            },
        )

    def _shipment(self, order: BulkOrder, order_id: UUID) -> dict[str, Any]:
        return {
            "id": self._id(27, order),
            "order_id": order_id,
            "carrier": "YZPY",
            "tracking_number": f"BULK{self._block:03d}{order.number:09d}",
            "shipped_at": order.at + SHIPPED,
            "upload": UploadState.DONE.name,
            "upload_attempts": 1,
            "uploaded_at": order.at + SHIPPED,
            "told_as": f"YZPY BULK{self._block:03d}{order.number:09d}",
            "told_last": True,
            "ended_at": order.at + RECEIVED,
            "created_at": order.at + SHIPPED,
        }

    def _packed(self, order: BulkOrder) -> Rows:
        for k, (_, _, quantity) in enumerate(order.lines):
            yield (
                "shipment_lines",
                {
                    "id": self._id(28, order, k),
                    "shipment_id": self._id(27, order),
                    "order_line_id": self._id(22, order, k),
                    "quantity": quantity,
                    "created_at": order.at + SHIPPED,
                },
            )


def _quantity(dice: random.Random) -> int:
    return dice.choices((1, 2, 3), (80, 15, 5))[0]
