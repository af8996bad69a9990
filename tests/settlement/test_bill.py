"""Splits, subsidies and payouts against the simulator's fund-flow bill, which comes encrypted."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import update

from domain import bills, settlement
from domain.base import SHANGHAI, clock
from integrations.billing import WechatBills
from models.bills import BillDifference, BillKind
from models.pricing import Party
from models.settlement import CallKind, Payout, SettlementCall
from tests.factories import orders as market
from tests.settlement.world import World


async def at_noon(world: World) -> date:
    """All of what follows is of one day in Shanghai: noon of a later one."""
    now = clock.now()
    noon = datetime.combine(now.astimezone(SHANGHAI).date() + timedelta(days=1), time(12), SHANGHAI).astimezone(UTC)
    await world.pass_time(seconds=(noon - now).total_seconds())
    return clock.today()


async def test_the_fund_bill_agrees_and_tells_each_difference(world: World) -> None:
    day = await at_noon(world)
    shop = await world.shop()
    order_id = await world.shared(shop, 3, PLATFORM_COUPON=(Party.PLATFORM, 1500))
    await world.ask_back(order_id, 4500, 1)
    await world.work(12)
    payout = await settlement.request_payout(world.database, world.clearing, shop.keeper, None, "a-page-opened")
    await world.work(4)
    await world.pass_time(days=2)
    ends = [row["finished_at"] for row in await market.rows(world.database, SettlementCall)]
    assert [end.microsecond for end in ends] == [0] * 4, "the moments are WeChat Pay's, which tells seconds"
    source = WechatBills(world.pay)
    bill_id = await bills.fetch(world.database, source, day, BillKind.FUNDS)
    assert await market.rows(world.database, BillDifference, bill_id=bill_id) == []
    bill = await market.row(world.database, bills.Bill, bill_id)
    assert bill["lines"] == 5, "subsidy, split, return, subsidy's return, payout"
    calls = SettlementCall.__table__.c
    async with world.database.begin() as uow:
        await uow.session.execute(update(SettlementCall).where(calls.kind == CallKind.SPLIT).values(amount=1))
        await uow.session.execute(update(Payout).where(Payout.id == payout).values(number="WELSEWHERE"))
    await bills.fetch(world.database, source, day, BillKind.FUNDS)
    found = await market.rows(world.database, BillDifference, bill_id=bill_id)
    assert sorted((row["subject"].value, row["fault"].value) for row in found) == [
        ("PAYOUT", "MISSING_HERE"),
        ("PAYOUT", "MISSING_THERE"),
        ("SPLIT", "AMOUNT_DIFFERS"),
    ]
