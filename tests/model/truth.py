"""What should be true, as plain Python values: no SQL, no rule of the product, only what the pages promise."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from tests.factories.orders import Buyer
from tests.model.seats import SUCCESS, Group, Seats

WAITING, PAID, CLOSED = "AWAITING_PAYMENT", "PAID", "CLOSED"
IN_GROUP = "AWAITING_GROUP"
TO_SHIP, PARTLY, SHIPPED, RECEIVED, COMPLETED = (
    "AWAITING_SHIPMENT",
    "PARTLY_SHIPPED",
    "SHIPPED",
    "RECEIVED",
    "COMPLETED",
)
# How long a case may stay as it is.
PATIENCE = {
    "APPLIED": timedelta(hours=48),
    "WAIT_RETURN": timedelta(days=7),
    "RETURN_SHIPPED": timedelta(days=10),
    "RECEIVED": timedelta(days=7),
    "REPLACED": timedelta(days=10),
    "REJECTED": timedelta(days=7),
}
CONFIRM_AFTER = timedelta(days=10)
SHANGHAI = ZoneInfo("Asia/Shanghai")
ENDED = ("DONE", "CANCELLED", "CLOSED")
OPEN_TO_GRANT = ("APPLIED", "REJECTED", "ESCALATED")


@dataclass
class Shelf:
    """Units of one SKU on the shelf, and of these promised."""

    actual: int
    held: int = 0
    price: int = 0
    shop: int = 0


@dataclass
class Line:
    id: UUID
    sku: UUID
    quantity: int
    payable: int
    shipped: int = 0
    withdrawn: int = 0
    refunded: int = 0
    money_back: int = 0

    @property
    def left(self) -> int:
        return self.quantity - self.shipped - self.withdrawn


@dataclass
class Order:
    id: UUID
    shop: int
    total: int
    freight: int
    lines: list[Line]
    trade: Trade = field(repr=False)
    state: str = WAITING
    parcels: int = 0
    #: When it goes on by itself: SHIPPED to RECEIVED, RECEIVED to COMPLETED.
    due: datetime | None = None
    #: Units that left the shelf and have not come back to the shop.
    out: dict[UUID, int] = field(default_factory=dict)
    cases: list[Case] = field(default_factory=list)
    coupons: list[Coupon] = field(default_factory=list, repr=False)
    points: int = 0


@dataclass
class Coupon:
    """One in a buyer's hands, and all orders it ever made cheaper."""

    id: UUID
    who: Buyer
    until: datetime
    #: Whose it is for; None: for all shops.
    shop: int | None = None
    orders: list[Order] = field(default_factory=list, repr=False)

    @property
    def used(self) -> bool:
        return any(order.state != CLOSED for order in self.orders)


@dataclass
class Attempt:
    number: str
    id: UUID
    #: None: nothing heard; else how it was heard: PAID, DISPUTED, SENT_BACK.
    heard: str | None = None
    wrong_amount: bool = False


@dataclass
class Trade:
    id: UUID
    who: Buyer
    expires_at: datetime
    orders: list[Order] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    state: str = WAITING

    @property
    def disputed(self) -> bool:
        return any(attempt.heard == "DISPUTED" for attempt in self.attempts)


@dataclass
class Case:
    id: UUID
    order: Order = field(repr=False)
    line: Line
    kind: str
    units: int
    worth: int
    amount: int
    early: bool
    state: str = "APPLIED"
    deadline: datetime | None = None
    returned: bool = False
    refused: bool = False
    granted: bool = False

    @property
    def stands(self) -> bool:
        """Whether it takes up its units: not when it ended with nothing, nor with other goods instead."""
        replaced = self.kind == "EXCHANGE" and self.state == "DONE" and not self.granted
        return self.state not in ("CANCELLED", "CLOSED") and not replaced


class Truth:
    """The mall as it should be."""

    def __init__(self) -> None:
        self.shelves: dict[UUID, Shelf] = {}
        self.trades: list[Trade] = []
        self.attempts: dict[str, tuple[Trade, Attempt]] = {}
        self.cases: list[Case] = []
        self.coupons: list[Coupon] = []
        self.seats = Seats()
        #: Orders paid after closing whose points are spent elsewhere: told just before it is heard.
        self.poor: set[UUID] = set()

    @property
    def orders(self) -> list[Order]:
        return [order for trade in self.trades for order in trade.orders]

    # ------------------------------------------------------------------------------------------ trades
    def short(self, lines: dict[UUID, int]) -> bool:
        return any(self.shelves[sku].actual - self.shelves[sku].held < many for sku, many in lines.items())

    def placed(self, trade: Trade) -> None:
        self.trades.append(trade)
        for order in trade.orders:
            for line in order.lines:
                self.shelves[line.sku].held += line.quantity

    def opened(self, trade: Trade, attempt: Attempt) -> None:
        trade.attempts.append(attempt)
        self.attempts[attempt.number] = trade, attempt

    def closed(self, trade: Trade) -> None:
        trade.state = CLOSED
        for order in trade.orders:
            order.state = CLOSED
            for line in order.lines:
                self.shelves[line.sku].held -= line.quantity
            if seat := self.seats.all.get(order.id):
                self.seats.freed(seat)

    def heard(self, number: str, now: datetime, *, right: bool, right_amount: bool) -> None:
        """WeChat Pay said that the attempt is paid."""
        trade, attempt = self.attempts[number]
        if attempt.heard is not None:
            return
        attempt.wrong_amount = not right_amount
        attempt.heard = "PAID" if right else "DISPUTED"
        if right:
            self._takes_effect(trade, attempt, now)

    def accepted(self, trade: Trade, attempt: Attempt, now: datetime) -> None:
        attempt.heard = "PAID"
        self._takes_effect(trade, attempt, now)

    def _takes_effect(self, trade: Trade, attempt: Attempt, now: datetime) -> None:
        if any(other.heard == "PAID" for other in trade.attempts if other is not attempt):
            return
        if trade.orders[0].id in self.seats.all:
            self._sits_down(trade, now)
            return
        if trade.state == WAITING:
            trade.state = PAID
            for order in trade.orders:
                self._sold(order, held=True)
            return
        # Nothing of this trade lives: a coupon of it that is used is used elsewhere.
        gone = [order for order in trade.orders if any(coupon.used for coupon in order.coupons)]
        gone += [order for order in trade.orders if order.id in self.poor]
        for order in trade.orders:
            if order not in gone and not self.short({line.sku: line.quantity for line in order.lines}):
                trade.state = PAID
                self._sold(order, held=False)

    def _sits_down(self, trade: Trade, now: datetime) -> None:
        """A group's order is paid: it has its seat, or another, or the money goes back."""
        (order,) = trade.orders
        seat, in_time = self.seats.all[order.id], trade.state == WAITING
        short = not in_time and self.short({line.sku: line.quantity for line in order.lines})
        if short or not self.seats.paid(seat, now):
            self.seats.gone(seat)
            if in_time:
                trade.state = PAID
                self._sold(order, held=True)
                self.never_sold(order)
            return
        trade.state = PAID
        self._sold(order, held=in_time)
        order.state = IN_GROUP
        assert seat.group is not None
        self.group_completed(seat.group)

    def group_completed(self, group: Group) -> None:
        """If it is: then its orders may be shipped."""
        mine = [id for id, seat in self.seats.all.items() if seat.group is group] if group.state == SUCCESS else []
        for order in self.orders:
            if order.id in mine and order.state == IN_GROUP:
                order.state = TO_SHIP

    def never_sold(self, order: Order) -> None:
        """The whole order goes back by itself."""
        self.called_off(order, restock=True)

    def _sold(self, order: Order, *, held: bool) -> None:
        order.state = TO_SHIP
        for line in order.lines:
            self.shelves[line.sku].actual -= line.quantity
            self.shelves[line.sku].held -= line.quantity if held else 0
            order.out[line.sku] = line.quantity

    # ------------------------------------------------------------------------------------------ parcels
    def shipped(self, order: Order, goods: dict[UUID, int], now: datetime) -> None:
        order.parcels += 1
        for line in order.lines:
            line.shipped += goods.get(line.id, 0)
        order.state = PARTLY
        self._all_sent(order, now)

    def _all_sent(self, order: Order, now: datetime) -> None:
        if not any(line.left for line in order.lines):
            order.state, order.due = SHIPPED, now + CONFIRM_AFTER

    def received(self, order: Order, now: datetime) -> None:
        order.state = RECEIVED
        # The end of the seventh day after this one, in Shanghai.
        day = now.astimezone(SHANGHAI).date() + timedelta(days=8)
        order.due = datetime.combine(day, time(0), SHANGHAI)

    def called_off(self, order: Order, *, restock: bool) -> None:
        """The whole order, before anything was shipped."""
        order.state = CLOSED
        for line in order.lines:
            line.withdrawn = line.refunded = line.quantity
            line.money_back = line.payable
            if restock:
                self.shelves[line.sku].actual += order.out.pop(line.sku, 0)
        for case in order.cases:
            if case.state in OPEN_TO_GRANT:
                self.step(case, "CLOSED", None)

    # ------------------------------------------------------------------------------------------ cases
    def step(self, case: Case, state: str, now: datetime | None) -> None:
        case.state = state
        case.deadline = now + PATIENCE[state] if now and state in PATIENCE else None

    def granted(self, case: Case, goods: int, now: datetime, *, restock: bool) -> None:
        """The money of a case goes back: `goods` fen without freight."""
        line, order = case.line, case.order
        case.amount, case.granted = goods, True
        line.money_back += goods
        line.refunded += case.units if goods == case.worth else 0
        # Of what was to be called off the platform may pay what was sent all the same: that stays with the buyer.
        kept = min(case.units, line.left) if case.early and not case.returned else 0
        line.withdrawn += kept
        if back := case.units if case.returned else kept:
            order.out[line.sku] -= back
            self.shelves[line.sku].actual += back if restock else 0
        self.step(case, "REFUNDING", now)
        self._follow(order, now)

    def _follow(self, order: Order, now: datetime) -> None:
        if order.state == TO_SHIP and all(line.withdrawn == line.quantity for line in order.lines):
            order.state = CLOSED
        elif order.state == PARTLY:
            self._all_sent(order, now)
        elif order.state in (SHIPPED, RECEIVED) and all(line.refunded == line.quantity for line in order.lines):
            order.state = CLOSED

    def free(self, order: Order, line: Line) -> int:
        """Units of the line in no case that stands."""
        return line.quantity - sum(case.units for case in order.cases if case.line is line and case.stands)
