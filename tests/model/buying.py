"""From the checkout page to the money, and everything that goes wrong on the way."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from domain import checkout, orders, promotions
from domain.base import Unavailable, clock
from domain.inventory import OutOfStock
from domain.orders import WantedOrder
from domain.payments import Outcome
from domain.pricing import NO_BENEFITS, Benefits
from domain.promotions import Picks
from tests.factories.merchants import ZHAOYANG
from tests.factories.orders import Buyer
from tests.model.base import ROWS, wrong
from tests.model.market import held
from tests.model.pointing import Pointing
from tests.model.truth import WAITING, Attempt, Coupon, Line, Order, Trade

CHEAPER = """SELECT DISTINCT s.source, o.id FROM orders o JOIN order_lines l ON l.order_id = o.id
    JOIN order_line_shares s ON s.line_id = l.id WHERE o.trade_id = $1"""


def usable(coupon: Coupon, who: Buyer) -> bool:
    return coupon.who is who and not coupon.used and clock.now() < coupon.until


class Buying(Pointing):
    """What buyers do before anything is paid, and what WeChat Pay says of it."""

    async def place(self, dice: Random) -> bool:
        who, shelves = dice.choice(self.market.buyers), list(self.truth.shelves.items())
        lines: dict[UUID, int] = {}
        for sku, shelf in dice.sample(shelves, dice.choice((1, 1, 2, 3))):
            lines[sku] = dice.randint(1, 5) if shelf.price < 5000 else dice.randint(1, 2)
        picks = self.picked(dice, who)
        benefits = NO_BENEFITS if picks else self.market.cheaper(dice)
        good = [coupon for coupon in picks if usable(coupon, who)]
        asked = dice.randint(1, 600) if benefits is NO_BENEFITS and dice.random() < 0.5 else 0
        if asked:
            priced, asked = await self.with_points(who, lines, self._good_here(lines, good), asked)
        else:
            priced = await self._priced(who, lines, benefits, good)
        more = asked and dice.random() < 0.05
        asked = await self.has(who) + 1 if more else asked
        total = priced + (1 if dice.random() < 0.05 else 0)
        may_use = held(benefits)
        goods = (dice.randbytes(8).hex(), list(lines.items()), who.address_id)
        chosen = {"picks": Picks(frozenset(coupon.id for coupon in picks)), "from_cart": False, "points": asked}
        page = WantedOrder(*goods, total, **chosen)
        unpaid = sum(trade.who is who and trade.state == WAITING for trade in self.truth.trades)
        right = total == priced and unpaid < 10 and not self.truth.short(lines) and not more
        right = right and all(usable(coupon, who) for coupon in picks)
        told = await self.attempt(self.do(orders.place, who.viewer, page, may_use), right)
        if not told.done:
            return True
        await self.remember(told.answer, who)
        if dice.random() < 0.15:
            again = await self.attempt(self.do(orders.place, who.viewer, page, may_use), True)
            if again.answer != told.answer:
                raise wrong("key", "one key made two trades")
            other = WantedOrder(*goods, total + 7, **chosen)
            await self.attempt(self.do(orders.place, who.viewer, other, may_use), False)
        return True

    def picked(self, dice: Random, who: Buyer) -> list[Coupon]:
        """Mostly none; mostly what can be used; now and then what was used, has run out, or is somebody else's."""
        if dice.random() < 0.4:
            return []
        mine = [coupon for coupon in self.truth.coupons if usable(coupon, who)]
        found = self.truth.coupons if dice.random() < 0.1 else mine
        return dice.sample(found, min(len(found), dice.choice((1, 1, 2))))

    async def _priced(self, who: Buyer, lines: dict[UUID, int], benefits: Benefits, coupons: list[Coupon]) -> int:
        """What the page says."""
        picks = self._good_here(lines, coupons)
        async with self.market.mall.read() as session:
            if not picks.coupon_ids:
                return (await checkout.price_wanted(session, lines, benefits, region_code=ZHAOYANG)).total
            try:
                shown = await checkout.preview(session, who.viewer, lines, who.address_id, frozenset(), picks=picks)
            except OutOfStock:
                # Then nothing can be ordered either, at no price.
                return 0
            return shown.priced.total

    def _good_here(self, lines: dict[UUID, int], coupons: list[Coupon]) -> Picks:
        shops = {None, *(self.truth.shelves[sku].shop for sku in lines)}
        return Picks(frozenset(coupon.id for coupon in coupons if coupon.shop in shops))

    async def claim(self, dice: Random) -> bool:
        """A buyer takes a coupon."""
        who, (id, offered) = dice.choice(self.market.buyers), dice.choice(list(self.market.offers.items()))
        sql = self.market.sql
        had = await sql.fetchval("SELECT count(*) FROM coupons WHERE campaign_id = $1", id)
        mine = "SELECT count(*) FROM coupons WHERE campaign_id = $1 AND member_id = $2"
        own = await sql.fetchval(mine, id, who.viewer.id)
        right = clock.now() < offered.ends_at and had < offered.total and own < offered.each
        told = await self.attempt(self.do(promotions.claim_coupon, who.viewer, id), right)
        if told.done:
            until = clock.now() + timedelta(days=offered.days)
            self.truth.coupons.append(Coupon(told.answer, who, until, offered.shop))
        return True

    async def remember(self, id: UUID, who: Any) -> None:
        trade = Trade(id, who, clock.now() + orders.PAY_WITHIN)
        for row in await self.market.sql.fetch(ROWS, id):
            if not trade.orders or trade.orders[-1].id != row["id"]:
                shop = self.market.shops.index(row["merchant_id"])
                trade.orders.append(Order(row["id"], shop, row["total"], row["freight"], [], trade))
            line = Line(row["line"], row["sku_id"], row["quantity"], row["payable"])
            trade.orders[-1].lines.append(line)
        trade.orders.sort(key=lambda order: order.shop)
        spent = dict(await self.market.sql.fetch("SELECT id, points_total FROM orders WHERE trade_id = $1", id))
        for order in trade.orders:
            order.points = spent[order.id]
        cheaper = {(row["source"], row["id"]) for row in await self.market.sql.fetch(CHEAPER, id)}
        for coupon in self.truth.coupons:
            for order in trade.orders:
                if (coupon.id, order.id) in cheaper:
                    coupon.orders.append(order)
                    order.coupons.append(coupon)
        self.truth.placed(trade)
        self.touched = trade

    async def pay(self, dice: Random) -> bool:
        trade = self.pick_trade(dice, WAITING)
        if trade is not None:
            await self._to_the_cashier(trade)
        return trade is not None

    async def pays_at_once(self, trade: Trade) -> None:
        await self._to_the_cashier(trade)
        for attempt in trade.attempts:
            if attempt.number in self.market.wechat.orders:
                self.market.wechat.pay_anyhow(attempt.number)
                await self._notice(attempt.number)

    async def _to_the_cashier(self, trade: Trade) -> None:
        may = trade.state == WAITING and clock.now() < trade.expires_at and not trade.disputed
        known = self.market.wechat.orders
        sure = all(known[each.number].state is Outcome.UNPAID for each in trade.attempts if each.number in known)
        expected = None if may and not sure else may
        await self.attempt(orders.pay(self.market.mall, self.market.wechat, trade.who.viewer, trade.id), expected)
        await self._look(trade)

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
            if dice.random() < 0.4:
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
                await self.look_at_points(trade)
                self.truth.accepted(trade, attempt, clock.now())
                await self.look_at_groups()
        else:
            told = await self.attempt(self.do(orders.send_payment_back, operator, attempt.id, "退回"), disputed)
            if told.done:
                attempt.heard = "SENT_BACK"
        return True
