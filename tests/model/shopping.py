"""What shops do with orders and shelves."""

from __future__ import annotations

from random import Random

from domain import aftersales, inventory, orders
from domain.base import clock
from models.inventory import AdjustReason
from tests.model.joining import Joining


class Shopping(Joining):
    """Parcels, receipt, calling off, and counting the shelves."""

    async def ship(self, dice: Random) -> bool:
        order = self.pick_order(dice, "AWAITING_SHIPMENT", "PARTLY_SHIPPED")
        if order is None:
            return False
        left = {line.id: line.left for line in order.lines if line.left}
        goods = dict(left)
        if dice.random() < 0.5:
            goods = {id: dice.randint(1, many) for id, many in left.items() if dice.random() < 0.7}
        if dice.random() < 0.05 and goods:
            goods[next(iter(goods))] += 9
        fits = bool(goods) and all(goods[id] <= left[id] for id in goods)
        right = order.state in ("AWAITING_SHIPMENT", "PARTLY_SHIPPED") and fits
        right = right and (goods == left or order.parcels + 1 < 10)
        parcel = orders.Parcel(order.id, "ZTO", f"78{dice.randrange(10**12):012d}", list(goods.items()))
        told = await self.attempt(self.do(orders.ship, self.market.keepers[order.shop], parcel), right)
        if told.done:
            self.truth.shipped(order, goods, clock.now())
        return True

    async def confirm(self, dice: Random) -> bool:
        # Who has got one parcel of two may say so too soon.
        order = self.pick_order(dice, "PARTLY_SHIPPED" if dice.random() < 0.2 else "SHIPPED")
        if order is None:
            return False
        right = order.state in ("SHIPPED", "RECEIVED", "COMPLETED")
        told = await self.attempt(self.do(orders.confirm_receipt, order.trade.who.viewer, order.id), right)
        if told.done and order.state == "SHIPPED":
            self.truth.received(order, clock.now())
        return True

    async def call_off(self, dice: Random) -> bool:
        """The shop or the platform calls a whole order off."""
        order = self.pick_order(dice, "AWAITING_SHIPMENT")
        if order is None:
            return False
        by = self.market.operator if dice.random() < 0.3 else self.market.keepers[order.shop]
        restock, right = dice.random() < 0.5, order.state == "AWAITING_SHIPMENT"
        told = await self.attempt(self.do(aftersales.refund_order, by, order.id, "果园受灾", restock=restock), right)
        if told.done:
            self.truth.called_off(order, restock=restock)
        return True

    async def adjust(self, dice: Random) -> bool:
        sku, shelf = dice.choice(list(self.truth.shelves.items()))
        delta, stale = dice.choice((-3, -1, 2, 10, 25)), dice.random() < 0.1
        version = await self.market.sql.fetchval("SELECT version FROM stock WHERE sku_id = $1", sku)
        right = not stale and shelf.actual + delta >= shelf.held
        how = (delta, AdjustReason.COUNT, version - stale)
        told = await self.attempt(self.do(inventory.adjust, self.market.keepers[shelf.shop], sku, *how), right)
        if told.done:
            shelf.actual += delta
        return True
