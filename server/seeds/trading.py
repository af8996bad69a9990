"""Sixty days of trade, made up: who ordered what when, and how far each order has come by now."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from domain.base import SHANGHAI
from domain.orders.placing import PAY_WITHIN
from domain.orders.receiving import COMPLETE_AFTER
from domain.orders.shipping import CONFIRM_AFTER, CONFIRM_COLD_AFTER
from models.catalog import ProductState, StorageClass
from models.orders import OrderState
from server.seeds.catalogue import Good, Shop, SkuSpec, goods
from server.seeds.ids import demo_id, dice_for
from server.seeds.people import Buyer, buyers

DAYS = 60
TRADES_A_DAY = 5.4
# From Monday to Sunday, and the hours of a day as people order.
WEEKDAYS = (0.85, 0.85, 0.9, 1.0, 1.2, 1.35, 1.3)
HOURS = (1, 0, 0, 0, 0, 0, 1, 3, 5, 7, 9, 10, 12, 9, 7, 7, 8, 8, 9, 12, 16, 17, 12, 5)
# Left on the shelf whatever is sold, so that the demo does not begin with empty shops.
RESERVE = 4


class Fate(StrEnum):
    """What becomes of an order; PAID ones go on as far as their time allows."""

    UNPAID = "UNPAID"
    TIMEOUT = "TIMEOUT"
    CANCELLED = "CANCELLED"
    REFUNDED = "REFUNDED"
    PAID = "PAID"


FATES = (Fate.PAID,) * 88 + (Fate.TIMEOUT,) * 6 + (Fate.CANCELLED,) * 4 + (Fate.REFUNDED,) * 2


@dataclass(frozen=True)
class Line:
    good: Good
    sku: SkuSpec
    quantity: int

    @property
    def amount(self) -> int:
        return self.sku.price * self.quantity


@dataclass(frozen=True)
class OrderPlan:
    """One shop's part of a trade with the moments of its life so far; None for what has not happened."""

    key: str
    shop: Shop
    lines: tuple[Line, ...]
    fate: Fate
    created_at: datetime
    paid_at: datetime | None = None
    shipped_at: datetime | None = None
    confirm_at: datetime | None = None
    received_at: datetime | None = None
    completed_at: datetime | None = None
    closed_at: datetime | None = None
    # Of what was shipped one piece is on its way, the rest follows.
    partly: bool = False

    @property
    def id(self) -> UUID:
        return demo_id("order", self.key)

    @property
    def goods_total(self) -> int:
        return sum(line.amount for line in self.lines)

    @property
    def freight(self) -> int:
        free = self.shop.free_from is not None and self.goods_total >= self.shop.free_from
        return 0 if free else self.shop.freight

    @property
    def total(self) -> int:
        return self.goods_total + self.freight

    @property
    def state(self) -> OrderState:
        if self.closed_at:
            return OrderState.CLOSED
        if self.completed_at:
            return OrderState.COMPLETED
        if self.received_at:
            return OrderState.RECEIVED
        if self.shipped_at:
            return OrderState.PARTLY_SHIPPED if self.partly else OrderState.SHIPPED
        return OrderState.AWAITING_SHIPMENT if self.paid_at else OrderState.AWAITING_PAYMENT

    def sent(self, line: Line) -> int:
        """How many of a line are in the order's parcel."""
        if self.partly:
            return 1 if line is self.lines[0] else 0
        return line.quantity if self.shipped_at else 0

    @property
    def sold(self) -> bool:
        return self.state not in (OrderState.AWAITING_PAYMENT, OrderState.CLOSED)


@dataclass(frozen=True)
class TradePlan:
    key: int
    buyer: Buyer
    created_at: datetime
    orders: tuple[OrderPlan, ...]

    @property
    def id(self) -> UUID:
        return demo_id("trade", self.key)

    @property
    def expires_at(self) -> datetime:
        return self.created_at + PAY_WITHIN

    @property
    def paid_at(self) -> datetime | None:
        return self.orders[0].paid_at

    @property
    def total(self) -> int:
        return sum(order.total for order in self.orders)


@dataclass(frozen=True)
class Wish:
    """That somebody orders at some moment; `fate` and how far the order must have come may be given."""

    buyer: Buyer
    at: datetime
    fate: Fate
    shops: int = 1
    stop: OrderState | None = None


def plan(now: datetime) -> list[TradePlan]:
    """All trades up to `now`, oldest first; the same for the same moment."""
    shelf = _Shelf(now)
    wishes = sorted([*_everyday(now), *_staged(now)], key=lambda wish: (wish.at, wish.buyer.number))
    return [_trade(key, wish, shelf, now) for key, wish in enumerate(wishes, 1)]


# ------------------------------------------------------------------------------------------------ who and when
def _everyday(now: datetime) -> Iterable[Wish]:
    dice = dice_for("everyday")
    today = now.astimezone(SHANGHAI).date()
    people = buyers()
    weights = [6 if buyer.number <= 5 else 2 + buyer.number % 3 for buyer in people]
    for back in range(DAYS - 1, -1, -1):
        day = today - timedelta(days=back)
        # The mall grows a little from week to week.
        count = TRADES_A_DAY * WEEKDAYS[day.weekday()] * (1.25 - back / 120) * dice.uniform(0.75, 1.25)
        for _ in range(round(count)):
            hour = dice.choices(range(24), HOURS)[0]
            at = datetime.combine(day, time(hour, dice.randrange(60), dice.randrange(60)), SHANGHAI)
            fate, shops = dice.choice(FATES), dice.choices((1, 2, 3), (76, 20, 4))[0]
            buyer = dice.choices(people, weights)[0]
            if at < now - timedelta(minutes=40):
                yield Wish(buyer, at, fate, shops)


def _staged(now: datetime) -> Iterable[Wish]:
    """For each buyer of the simulator, and a fifth, an order in every state, whatever the day of seeding."""
    stages = (
        (timedelta(hours=5), Fate.PAID, OrderState.AWAITING_SHIPMENT),
        (timedelta(days=1, hours=20), Fate.PAID, OrderState.PARTLY_SHIPPED),
        (timedelta(days=2, hours=2), Fate.PAID, OrderState.SHIPPED),
        (timedelta(days=6), Fate.PAID, OrderState.RECEIVED),
        (timedelta(days=21), Fate.PAID, OrderState.COMPLETED),
        (timedelta(days=9), Fate.TIMEOUT, None),
        (timedelta(days=16), Fate.REFUNDED, None),
        (timedelta(days=29), Fate.CANCELLED, None),
    )
    for buyer in buyers()[:5]:
        shift = timedelta(minutes=buyer.number * 17)
        yield Wish(buyer, now - timedelta(minutes=buyer.number), Fate.UNPAID, 1 + buyer.number % 2)
        for ago, fate, stop in stages:
            shops = 1 if stop is OrderState.PARTLY_SHIPPED else 1 + buyer.number % 2
            yield Wish(buyer, now - ago - shift, fate, shops, stop)


# ------------------------------------------------------------------------------------------------ what
class _Shelf:
    """What can still be ordered, so that nothing is sold that was never there."""

    def __init__(self, now: datetime) -> None:
        month = now.astimezone(SHANGHAI).month
        self._goods = [good for good in goods() if good.state_in(month) is ProductState.ON_SALE]
        self._left = Counter({sku.id: good.stock_in(month, sku) - RESERVE for good in self._goods for sku in good.skus})

    def pick(self, dice: random.Random, shops: int) -> list[Line]:
        lines: list[Line] = []
        seen: set[UUID] = set()
        for _ in range(shops):
            good = dice.choices(self._goods, [good.appeal**2 for good in self._goods])[0]
            beside = [other for other in self._goods if other.shop is good.shop]
            chosen = [good, *dice.sample(beside, min(len(beside), dice.choices((0, 1, 2), (62, 30, 8))[0]))]
            for each in chosen:
                if each.id not in seen and (line := self._line(each, dice)):
                    seen.add(each.id)
                    lines.append(line)
        return lines

    def _line(self, good: Good, dice: random.Random) -> Line | None:
        # The smaller packs are listed first and sell better.
        sku = dice.choices(good.skus, [1 / (k + 1) for k in range(len(good.skus))])[0]
        quantity = min(dice.choices((1, 2, 3), (80, 16, 4))[0], self._left[sku.id])
        if quantity < 1:
            return None
        self._left[sku.id] -= quantity
        return Line(good, sku, quantity)


def _of_one_shop(lines: list[Line]) -> bool:
    return len({line.good.shop.login for line in lines}) == 1 and len({line.sku.id for line in lines}) == len(lines)


def _trade(key: int, wish: Wish, shelf: _Shelf, now: datetime) -> TradePlan:
    dice = dice_for(f"trade{key}")
    lines: list[Line] = []
    while not lines:
        lines = shelf.pick(dice, wish.shops)
        if wish.stop is OrderState.PARTLY_SHIPPED and sum(line.quantity for line in lines) == 1:
            lines += shelf.pick(dice, wish.shops)
            lines = lines if _of_one_shop(lines) else []
    by_shop: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_shop[line.good.shop.login].append(line)
    paid_at = wish.at + timedelta(seconds=dice.randint(20, 500))
    made = [
        _order(f"{key}/{login}", tuple(of_shop), wish, paid_at, now, first=k == 0)
        for k, (login, of_shop) in enumerate(sorted(by_shop.items()))
    ]
    return TradePlan(key, wish.buyer, wish.at, tuple(made))


# ------------------------------------------------------------------------------------------------ how far
def _order(
    key: str, lines: tuple[Line, ...], wish: Wish, paid_at: datetime, now: datetime, *, first: bool
) -> OrderPlan:
    dice = dice_for(f"order{key}")
    # Of a trade with several orders one is called off; the others are sent.
    fate = Fate.PAID if wish.fate is Fate.REFUNDED and not first else wish.fate
    order = OrderPlan(key, lines[0].good.shop, lines, fate, wish.at)
    if fate is Fate.UNPAID:
        return order
    if fate is Fate.TIMEOUT:
        return replace(order, closed_at=wish.at + PAY_WITHIN)
    if fate is Fate.CANCELLED:
        return replace(order, closed_at=wish.at + timedelta(minutes=dice.randint(2, 12)))
    if fate is Fate.REFUNDED:
        return replace(order, paid_at=paid_at, closed_at=paid_at + timedelta(minutes=dice.randint(15, 170)))
    return _delivered(replace(order, paid_at=paid_at), paid_at, wish.stop, dice, now)


def _delivered(
    order: OrderPlan, paid_at: datetime, stop: OrderState | None, dice: random.Random, now: datetime
) -> OrderPlan:
    """The order as far as it has come by `now`, or no further than `stop`."""
    cold = any(line.good.storage is not StorageClass.AMBIENT for line in order.lines)
    shipped = paid_at + timedelta(hours=dice.uniform(3, 20 if cold else 34))
    received = shipped + timedelta(hours=dice.uniform(24, 60) if cold else dice.uniform(44, 120))
    if stop in (OrderState.SHIPPED, OrderState.PARTLY_SHIPPED):
        shipped = min(shipped, now - timedelta(hours=1))
    if stop is OrderState.RECEIVED:
        received = min(received, now - timedelta(hours=1))
    if shipped > now or stop is OrderState.AWAITING_SHIPMENT:
        return order
    if stop is OrderState.PARTLY_SHIPPED:
        return replace(order, shipped_at=shipped, partly=True)
    confirm_at = shipped + (CONFIRM_COLD_AFTER if cold else CONFIRM_AFTER)
    order = replace(order, shipped_at=shipped, confirm_at=confirm_at)
    if received > now or stop is OrderState.SHIPPED:
        return order
    order = replace(order, received_at=min(received, confirm_at))
    completed = min(received, confirm_at) + COMPLETE_AFTER
    return order if completed > now else replace(order, completed_at=completed)


def sold_by_product(trades: Sequence[TradePlan]) -> Counter[UUID]:
    return _counted((line.good.id, line.quantity) for line in _sold(trades))


def sold_by_shop(trades: Sequence[TradePlan]) -> Counter[UUID]:
    return _counted((line.good.shop.id, line.quantity) for line in _sold(trades))


def _sold(trades: Sequence[TradePlan]) -> Iterable[Line]:
    return (line for trade in trades for order in trade.orders if order.sold for line in order.lines)


def _counted(pairs: Iterable[tuple[UUID, int]]) -> Counter[UUID]:
    total: Counter[UUID] = Counter()
    for key, quantity in pairs:
        total[key] += quantity
    return total
