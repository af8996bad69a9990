"""A mall at the simulator, and time that passes for both: orders paid, over, shared out, refunded, paid out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from domain import orders, payments, settlement
from domain.base import Database, Unavailable, clock
from domain.orders import bookkeeping
from domain.orders.auditing import Difference
from domain.orders.returning import paid_part
from domain.orders.taking import lock, trade_of
from domain.payments import Gateway
from domain.settlement import Clearing, auditing
from integrations.wechatpay import WechatPay
from models.base import new_id
from models.merchants import Merchant
from models.orders import OrderLine
from models.payments import PayWay, Refund, RefundState
from models.settlement import CallState, Payout, Settlement, SettlementCall
from server.services import WAYS
from tests.factories import orders as market
from tests.factories.orders import Shop
from tests.ledger import books
from tests.ledger.test_lives import subsidise as give_coupon
from tests.wechat.builders import NOWHERE
from tests.wechat.simulator import Simulator

OPEN = (CallState.ASKED, CallState.PROCESSING)


@dataclass
class World:
    database: Database
    pay: WechatPay
    wxsim: Simulator
    way: PayWay = PayWay.COMBINED

    @property
    def cashier(self) -> Gateway:
        return WAYS[self.way][0](self.pay, NOWHERE)

    @property
    def clearing(self) -> Clearing:
        return WAYS[self.way][1](self.pay)

    # ---------------------------------------------------------------------------------------------- time
    async def pass_time(self, **of: float) -> None:
        by = timedelta(**of)
        clock.advance(by)
        await self.wxsim.advance(by.total_seconds())

    # ---------------------------------------------------------------------------------------------- lives
    async def shop(self, *, rate: int = 500, price: int = 5000, freight: int = 0) -> Shop:
        shop = await market.shop(self.database, price=price, freight=freight)
        await books.with_rate(self.database, shop, rate)
        return shop

    async def bought(self, shop: Shop, quantity: int = 2, *, waits: bool = True, **coupons: Any) -> UUID:
        """An order paid at the simulator and heard of, at least a minute ago if one `waits`."""
        who = await market.buyer(self.database)
        trade_id = await market.placed(self.database, who, {shop.sku: quantity})
        order = await market.order_of(self.database, trade_id)
        if coupons:
            await give_coupon(self.database, order, **coupons)
        await orders.pay(self.database, self.cashier, who.viewer, trade_id)
        await self.wxsim.user_pays(await market.attempt_number(self.database, trade_id))
        await orders.confirm_payment(self.database, self.cashier, who.viewer, trade_id)
        if waits:
            await self.pass_time(minutes=2)
        id: UUID = order["id"]
        return id

    async def over(self, shop: Shop, quantity: int = 2, **coupons: Any) -> UUID:
        """An order that is over, and its settlement opened."""
        order_id = await self.bought(shop, quantity, **coupons)
        await self.end(order_id)
        return order_id

    async def end(self, order_id: UUID) -> None:
        await books.complete(self.database, order_id)
        async with self.database.begin() as uow:
            await settlement.open_settlement(uow, order_id)

    async def shared(self, shop: Shop, quantity: int = 2, **coupons: Any) -> UUID:
        order_id = await self.over(shop, quantity, **coupons)
        await self.work()
        return order_id

    async def ask_back(self, order_id: UUID, amount: int, quantity: int = 0) -> UUID:
        """A refund is asked for, as a case that is granted asks for it."""
        async with self.database.begin() as uow:
            locked = await lock(uow, await trade_of(uow.session, order_id))
            line = OrderLine.__table__.c
            first = select(line.id).where(line.order_id == order_id).order_by(line.id).limit(1).scalar_subquery()
            more = {
                "refunded_amount": line.refunded_amount + amount,
                "refunded_quantity": line.refunded_quantity + quantity,
            }
            await uow.session.execute(update(OrderLine).where(line.id == first).values(more))
            part = await paid_part(uow, locked, order_id)
            refund_id = await payments.ask_refund(uow, part, f"test:{new_id().hex[-20:]}", "坏果包赔", amount)
            assert refund_id is not None
            await bookkeeping.refund_asked(uow, order_id, refund_id, clock.now())
        return refund_id

    # ---------------------------------------------------------------------------------------------- the worker
    async def work(self, rounds: int = 8) -> None:
        """Does everything that is to be done, whenever it is due, until nothing more happens."""
        for _ in range(rounds):
            before = await self.picture()
            await self.work_once()
            await self.pass_time(seconds=70)
            if await self.picture() == before:
                return

    async def work_once(self) -> None:
        for refund in await market.rows(self.database, Refund):
            if refund["state"] in (RefundState.REQUESTED, RefundState.PROCESSING):
                await self.quietly(orders.submit_refund(self.database, self.cashier, refund["id"]))
        for refund in await market.rows(self.database, Refund):
            async with self.database.begin() as uow:
                await settlement.refund_heard(uow, refund["id"])
        for row in await market.rows(self.database, Settlement):
            await self.quietly(settlement.begin(self.database, row["id"]))
        for row in await market.rows(self.database, SettlementCall):
            if row["state"] in OPEN:
                await self.quietly(settlement.call(self.database, self.clearing, row["id"]))
        for row in await market.rows(self.database, Payout):
            await self.quietly(settlement.submit_payout(self.database, self.clearing, row["id"]))

    async def quietly(self, work: Any) -> None:
        try:
            await work
        except Unavailable:
            return

    # ---------------------------------------------------------------------------------------------- looking
    async def picture(self) -> list[Any]:
        tables = (Refund, Settlement, SettlementCall, Payout)
        return [[(row["id"], row["state"]) for row in await market.rows(self.database, table)] for table in tables]

    async def settlement(self, order_id: UUID) -> dict[str, Any]:
        return await market.row(self.database, Settlement, order_id, key="order_id")

    async def calls(self, order_id: UUID) -> list[tuple[str, str, int]]:
        rows = await market.rows(self.database, SettlementCall, settlement_id=(await self.settlement(order_id))["id"])
        return [(row["kind"].value, row["state"].value, row["amount"]) for row in rows]

    async def account(self, shop: Shop) -> tuple[int, int]:
        """What WeChat Pay has of a shop: `available` and `pending`."""
        sub_mchid = (await market.row(self.database, Merchant, shop.merchant_id))["sub_mchid"]
        found = await self.wxsim.control("funds.get", mchid=sub_mchid)
        return found["available"], found["pending"]

    async def owed(self, shop: Shop) -> int:
        async with self.database.read() as session:
            return await settlement.owed(session, shop.merchant_id)

    async def differences(self) -> list[Difference]:
        async with self.database.read() as session:
            return list(await auditing.differences(session))
