"""From the checkout page to the money, and everything that goes wrong on the way."""

from __future__ import annotations

from random import Random
from typing import Any
from uuid import UUID

from domain import checkout, orders
from domain.base import Unavailable, clock
from domain.orders import WantedOrder
from domain.payments import Outcome
from tests.factories.merchants import ZHAOYANG
from tests.model.base import ROWS, Base, wrong
from tests.model.market import held
from tests.model.truth import WAITING, Attempt, Line, Order, Trade


class Buying(Base):
    """What buyers do before anything is paid, and what WeChat Pay says of it."""

    async def place(self, dice: Random) -> bool:
        who, shelves = dice.choice(self.market.buyers), list(self.truth.shelves.items())
        lines: dict[UUID, int] = {}
        for sku, shelf in dice.sample(shelves, dice.choice((1, 1, 2, 3))):
            lines[sku] = dice.randint(1, 5) if shelf.price < 5000 else dice.randint(1, 2)
        benefits = self.market.cheaper(dice)
        async with self.market.mall.read() as session:
            priced = await checkout.price_wanted(session, lines, benefits, region_code=ZHAOYANG)
        total = priced.total + (1 if dice.random() < 0.05 else 0)
        may_use = held(benefits)
        page = WantedOrder(dice.randbytes(8).hex(), list(lines.items()), who.address_id, total, from_cart=False)
        unpaid = sum(trade.who is who and trade.state == WAITING for trade in self.truth.trades)
        right = total == priced.total and unpaid < 10 and not self.truth.short(lines)
        told = await self.attempt(self.do(orders.place, who.viewer, page, may_use), right)
        if not told.done:
            return True
        await self._remember(told.answer, who)
        if dice.random() < 0.15:
            again = await self.attempt(self.do(orders.place, who.viewer, page, may_use), True)
            if again.answer != told.answer:
                raise wrong("key", "one key made two trades")
            other = WantedOrder(page.idempotency_key, [*lines.items()], who.address_id, total + 7, from_cart=False)
            await self.attempt(self.do(orders.place, who.viewer, other, may_use), False)
        return True

    async def _remember(self, id: UUID, who: Any) -> None:
        trade = Trade(id, who, clock.now() + orders.PAY_WITHIN)
        for row in await self.market.sql.fetch(ROWS, id):
            if not trade.orders or trade.orders[-1].id != row["id"]:
                shop = self.market.shops.index(row["merchant_id"])
                trade.orders.append(Order(row["id"], shop, row["total"], row["freight"], [], trade))
            line = Line(row["line"], row["sku_id"], row["quantity"], row["payable"])
            trade.orders[-1].lines.append(line)
        trade.orders.sort(key=lambda order: order.shop)
        self.truth.placed(trade)
        self.touched = trade

    async def pay(self, dice: Random) -> bool:
        trade = self.pick_trade(dice, WAITING)
        if trade is None:
            return False
        may = trade.state == WAITING and clock.now() < trade.expires_at and not trade.disputed
        known = self.market.wechat.orders
        sure = all(known[each.number].state is Outcome.UNPAID for each in trade.attempts if each.number in known)
        expected = None if may and not sure else may
        await self.attempt(orders.pay(self.market.mall, self.market.wechat, trade.who.viewer, trade.id), expected)
        await self._look(trade)
        return True

    async def _look(self, trade: Trade) -> None:
        """Which attempts there are now."""
        known = {attempt.number for attempt in trade.attempts}
        chosen = "SELECT id, number FROM payments WHERE trade_id = $1 ORDER BY attempt"
        for row in await self.market.sql.fetch(chosen, trade.id):
            if row["number"] not in known:
                self.truth.opened(trade, Attempt(row["number"], row["id"]))

    def _payable(self, dice: Random, *outcomes: Outcome) -> str | None:
        """The number of an attempt whose money has not come."""
        known = self.market.wechat.orders
        found = [number for number in self.truth.attempts if number in known and known[number].state in outcomes]
        number = self.pick(dice, found)
        self.touched = self.truth.attempts[number][0] if number else None
        return number

    async def buyer_pays(self, dice: Random) -> bool:
        number = self._payable(dice, Outcome.UNPAID)
        if number:
            how = dice.random()
            less = {"less": 1} if how < 0.05 else {"less": -3} if how < 0.07 else {}
            self.market.wechat.pay_anyhow(number, openid="o-somebody-else" if 0.07 <= how < 0.12 else None, **less)
            if dice.random() < 0.6:
                await self._notice(number)
        return number is not None

    async def pays_late(self, dice: Random) -> bool:
        """Although WeChat Pay said it was closed."""
        number = self._payable(dice, Outcome.CLOSED)
        if number:
            self.market.wechat.pay_anyhow(number)
            await self._notice(number)
        return number is not None

    async def notice(self, dice: Random) -> bool:
        """Of a payment, perhaps heard of before."""
        number = self._payable(dice, Outcome.PAID, Outcome.CLOSED)
        if number:
            await self._notice(number)
        return number is not None

    async def _notice(self, number: str) -> None:
        known = self.market.wechat.orders[number]
        if known.paid is not None:
            self.market.wechat.told.append(known.paid)
            await self.attempt(self.do(orders.record_payment, known.paid), True)

    async def ask(self, dice: Random) -> bool:
        """「我已支付」"""
        trade = self.pick_trade(dice, WAITING)
        if trade:
            who = trade.who.viewer
            await self.attempt(orders.confirm_payment(self.market.mall, self.market.wechat, who, trade.id), True)
        return trade is not None

    async def wechat_ends_attempt(self, dice: Random) -> bool:
        number = self._payable(dice, Outcome.UNPAID)
        if number:
            self.market.wechat.orders[number].state = Outcome.CLOSED
        return number is not None

    async def cancel(self, dice: Random) -> bool:
        trade = self.pick_trade(dice, WAITING)
        if trade is None:
            return False
        heard_nothing = trade.state == WAITING and not trade.disputed
        told = await self.attempt(
            orders.cancel(self.market.mall, self.market.wechat, trade.who.viewer, trade.id),
            None if heard_nothing else trade.state == "CLOSED",
        )
        right = told.done is (trade.state == WAITING and not trade.disputed) or isinstance(told.refusal, Unavailable)
        if heard_nothing and not right:
            raise wrong("cancel", f"{told} of a trade that is {trade.state}")
        if told.done and trade.state == WAITING:
            self.truth.closed(trade)
        return True

    async def judge(self, dice: Random) -> bool:
        """The platform looks at disputed money."""
        found = [(t, a) for t in self.truth.trades for a in t.attempts if a.heard == "DISPUTED"]
        if dice.random() < 0.1:
            found = [(t, a) for t in self.truth.trades for a in t.attempts]
        chosen = self.pick(dice, found)
        if chosen is None:
            return False
        trade, attempt = chosen
        self.touched, disputed = trade, attempt.heard == "DISPUTED"
        operator = self.market.operator
        if dice.random() < 0.5:
            right = disputed and not attempt.wrong_amount
            told = await self.attempt(self.do(orders.accept_payment, operator, attempt.id, "已核实"), right)
            if told.done:
                self.truth.accepted(trade, attempt)
        else:
            told = await self.attempt(self.do(orders.send_payment_back, operator, attempt.id, "退回"), disputed)
            if told.done:
                attempt.heard = "SENT_BACK"
        return True
