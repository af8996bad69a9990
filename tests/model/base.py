"""What all rules share: doing a verb with an opinion about its outcome, choosing, and comparing with what should be."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar

from domain.base import Refusal, Unavailable, clock
from domain.payments import Outcome, PaymentSeen
from domain.settlement import auditing
from tests.model.invariants import broken
from tests.model.market import Market
from tests.model.truth import Case, Order, Trade, Truth

T = TypeVar("T")
ROWS = """
SELECT o.id, o.merchant_id, o.state, o.total, o.freight, l.id AS line, l.sku_id, l.quantity, l.payable,
       l.shipped_quantity, l.withdrawn_quantity, l.refunded_quantity, l.refunded_amount
FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE $1::uuid IS NULL OR o.trade_id = $1 ORDER BY o.id, l.id
"""


class Differs(AssertionError):
    """The mall is not as it should be. The first word of the message names what kind of difference it is."""


def wrong(kind: str, detail: object) -> Differs:
    return Differs(f"{kind}: {detail}")


@dataclass
class Told:
    """What came of a verb: its answer, or the refusal."""

    answer: Any = None
    refusal: Refusal | None = None
    #: What WeChat Pay said meanwhile.
    seen: list[PaymentSeen] = field(default_factory=list)

    @property
    def done(self) -> bool:
        return self.refusal is None


class Base:
    """One run over one market. Each rule answers whether it found something to do."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self.truth: Truth = market.truth
        self.touched: Trade | None = None

    # ------------------------------------------------------------------------------------------ doing
    async def attempt(self, doing: Awaitable[Any], expected: bool | None) -> Told:
        """Does it; `expected`: whether the rules allow it, None where the model has no opinion.

        A call of WeChat Pay without an answer excuses `Unavailable`; nothing else but a refusal ever comes.
        """
        wechat = self.market.wechat
        try:
            told = Told(await doing)
        except Unavailable as refusal:
            if not wechat.failed:
                raise wrong("unavailable", refusal) from refusal
            told = Told(refusal=refusal)
        except Refusal as refusal:
            told = Told(refusal=refusal)
        told.seen = [*wechat.told]
        wechat.told.clear()
        for seen in told.seen:
            if seen.outcome is Outcome.PAID:
                await self.look_at_points(self.truth.attempts[seen.number][0])
                self.hear(seen.number)
                await self.look_at_groups()
        if expected is not None and told.done is not expected and not isinstance(told.refusal, Unavailable):
            raise wrong("allowed" if told.done else "refused", repr(told.refusal))
        return told

    def hear(self, number: str) -> None:
        known = self.market.wechat.orders[number]
        assert known.paid is not None
        asked = {part.number: part.amount for part in known.asked.parts}
        amounts = all(asked[part.number] == part.amount for part in known.paid.parts)
        self.truth.heard(
            number, clock.now(), right=amounts and known.paid.openid == known.asked.openid, right_amount=amounts
        )

    async def do(self, verb: Callable[..., Awaitable[T]], *given: Any, **named: Any) -> T:
        async with self.market.mall.begin() as uow:
            return await verb(uow, *given, **named)

    # ------------------------------------------------------------------------------------------ choosing
    def pick(self, dice: Random, found: list[T]) -> T | None:
        """One of the later ones, mostly."""
        return dice.choice(found[-12:] if dice.random() < 0.8 else found) if found else None

    def pick_order(self, dice: Random, *states: str) -> Order | None:
        """An order in one of the states; now and then any, which then must be refused."""
        chosen = self.truth.orders if dice.random() < 0.1 else [o for o in self.truth.orders if o.state in states]
        order = self.pick(dice, chosen)
        self.touched = order.trade if order else None
        return order

    def pick_trade(self, dice: Random, *states: str) -> Trade | None:
        chosen = self.truth.trades if dice.random() < 0.1 else [t for t in self.truth.trades if t.state in states]
        self.touched = self.pick(dice, chosen)
        return self.touched

    def pick_case(self, dice: Random, *states: str) -> Case | None:
        chosen = self.truth.cases if dice.random() < 0.1 else [c for c in self.truth.cases if c.state in states]
        case = self.pick(dice, chosen)
        self.touched = case.order.trade if case else None
        return case

    # ------------------------------------------------------------------------------------------ comparing
    async def compare(self, trade: Trade | None) -> None:
        """Rows of the trade (None: of all), and every shelf, against what they should be."""
        sql = self.market.sql
        mine = {order.id: order for order in (trade.orders if trade else self.truth.orders)}
        rows = await sql.fetch(ROWS, trade.id if trade else None)
        if {row["id"] for row in rows} != mine.keys():
            raise wrong("orders", f"{len(mine)} are known, {len(rows)} lines found")
        for row in rows:
            self._compare_line(mine[row["id"]], dict(row))
        for row in await sql.fetch("SELECT sku_id, actual, held FROM stock"):
            shelf = self.truth.shelves[row["sku_id"]]
            if (row["actual"], row["held"]) != (shelf.actual, shelf.held):
                raise wrong("stock", f"{row['actual']}/{row['held']} instead of {shelf.actual}/{shelf.held}")

    def _compare_line(self, order: Order, row: dict[str, Any]) -> None:
        if row["state"] != order.state:
            raise wrong("state", f"order is {row['state']} instead of {order.state}")
        line = next(each for each in order.lines if each.id == row["line"])
        found = tuple(row[name] for name in ("shipped_quantity", "withdrawn_quantity"))
        found += tuple(row[name] for name in ("refunded_quantity", "refunded_amount"))
        if found != (line.shipped, line.withdrawn, line.refunded, line.money_back):
            raise wrong("line", f"{found} instead of {line}")

    async def check(self) -> None:
        """Everything: all rows, all invariants, the auditor's opinion."""
        await self.compare(None)
        await self.compare_cases()
        await self.compare_payouts()
        await self.compare_coupons()
        await self.compare_groups()
        if found := await broken(self.market.sql):
            raise wrong(found[0].split(":")[0], found)
        async with self.market.mall.read() as session:
            if differences := await auditing.differences(session):
                raise wrong(f"auditor {differences[0].fault}", differences)

    async def compare_payouts(self) -> None:
        raise NotImplementedError

    async def compare_groups(self) -> None:
        raise NotImplementedError

    async def look_at_groups(self) -> None:
        raise NotImplementedError

    async def look_at_points(self, trade: Trade) -> None:
        raise NotImplementedError

    async def compare_coupons(self) -> None:
        rows = await self.market.sql.fetch("SELECT id, state FROM coupons")
        found = {row["id"]: row["state"] == "USED" for row in rows}
        if found != {coupon.id: coupon.used for coupon in self.truth.coupons}:
            raise wrong("coupon", [(each, found.get(each.id)) for each in self.truth.coupons])

    async def compare_cases(self) -> None:
        found = {row["id"]: row["state"] for row in await self.market.sql.fetch("SELECT id, state FROM after_sales")}
        known = {case.id: case.state for case in self.truth.cases}
        if found != known:
            different = {str(id): (state, known.get(id)) for id, state in found.items() if known.get(id) != state}
            raise wrong("case", f"found and expected: {different}")
