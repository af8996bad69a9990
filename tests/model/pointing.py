"""Points: collected by orders that were kept, moved by the desk; and whether a late payment still finds them."""

from __future__ import annotations

import secrets
from random import Random
from uuid import UUID

from domain import checkout, points, rewards
from domain.base import Job
from domain.inventory import OutOfStock
from domain.promotions import Picks
from tests.factories.orders import Buyer
from tests.model.base import Base
from tests.model.truth import CLOSED, Trade

HAS = "SELECT coalesce((SELECT balance FROM points_accounts WHERE member_id = $1), 0)"
ALIVE = "SELECT coalesce(sum(points_total), 0) FROM orders WHERE trade_id = $1 AND state <> 'CLOSED'"


class Pointing(Base):
    """What becomes of points besides placing orders and refunds."""

    async def has(self, who: Buyer) -> int:
        return int(await self.market.sql.fetchval(HAS, who.viewer.id))

    async def with_points(self, who: Buyer, lines: dict[UUID, int], picks: Picks, asked: int) -> tuple[int, int]:
        """What the page says with as many of so many points as may be used: the total, and how many are."""
        async with self.market.mall.read() as session:
            try:
                about = (session, who.viewer, lines, who.address_id, frozenset[str]())
                shown = await checkout.preview(*about, picks=picks, asked_points=asked)
            except OutOfStock:
                return 0, 0
        assert shown.points is not None
        return shown.priced.total, shown.points.used

    async def collect(self, dice: Random) -> bool:
        """The rounds of the worker: what is complete is noted, what is past its claims earns, what went back owes."""
        async with self.market.mall.read() as session:
            found = [Job("note", {"id": id}) for id in await rewards.forgotten(session)]
            found += [Job("decide", {"id": id}) for id in await rewards.ready(session)]
            found += [Job("again", {"id": id}) for id in await rewards.gone_back(session)]
        rules = {"note": rewards.note, "decide": rewards.decide, "again": rewards.look_again}
        for job in found:
            await self.attempt(self.do(rules[job.name], job.payload["id"]), True)
        return bool(found)

    async def desk(self, dice: Random) -> bool:
        """The platform gives somebody points, or takes some; more than there are cannot be taken."""
        who, amount = dice.choice(self.market.buyers), dice.choice((30, 100, 250, -40, -400))
        right = amount > 0 or -amount <= await self.has(who)
        how = (amount, "人工调整", secrets.token_hex(8))
        await self.attempt(self.do(points.adjust, self.market.operator, who.viewer.id, *how), right)
        return True

    async def look_at_points(self, trade: Trade) -> None:
        """Which orders of a trade that was paid after closing do not find their points any more: told from what is left
        now and what those that live have taken of it.
        """
        self.truth.poor = set()
        if trade.state != CLOSED or not any(order.points for order in trade.orders):
            return
        left = await self.has(trade.who) + int(await self.market.sql.fetchval(ALIVE, trade.id))
        for order in sorted(trade.orders, key=lambda order: order.id):
            if any(coupon.used for coupon in order.coupons):
                continue
            if order.points > left:
                self.truth.poor.add(order.id)
            else:
                left -= order.points
