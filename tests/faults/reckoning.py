"""The end of a run: everything comes to rest, and then whatever was acknowledged is there and every book agrees."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import asyncpg
from sqlalchemy.ext.asyncio import AsyncSession

from domain import bills
from domain.base import SHANGHAI, clock
from domain.settlement import auditing, owed
from integrations.billing import WechatBills
from integrations.wechatpay import WechatPay
from models.bills import BillKind
from server.database import Database
from tests.faults.people import Deeds, Person, Shopper
from tests.faults.wild import WORKERS, Wild
from tests.model.invariants import INVARIANTS, asked

# The relay takes facts out of the outbox as it tells them, so nobody can ask afterwards what was told.
GONE = ("the last that was told of an order is what it is", "the last that was told of a refund is what it is")
HELD = {name: query for name, query in INVARIANTS.items() if name not in GONE}
UNSETTLED = {
    "facts in the outbox": "select count(*) from outbox",
    "notices not handled": "select count(*) from payment_notices where handled_at is null",
    "jobs under way": "select count(*) from pgqueuer where status <> 'queued' or execute_after < now()",
    "refunds under way": "select count(*) from refunds where state <> 'SUCCEEDED'",
    "attempts open": "select count(*) from payments where state = 'OPEN'",
    "trades unpaid": "select count(*) from trades where state = 'AWAITING_PAYMENT'",
    "cases waiting for their refund": "select count(*) from after_sales where state = 'REFUNDING'",
    "settlements not done": "select count(*) from settlements where state <> 'DONE'",
    "payouts under way": "select count(*) from payouts where state in ('ASKED', 'PROCESSING')",
    "sales not counted": "select count(*) from orders where state = 'AWAITING_SHIPMENT' and sale_counted_at is null",
}
# What a reader wants to see of what did not come to rest.
STUCK = (
    "select entrypoint, status::text, attempts from pgqueuer where status <> 'queued' or execute_after < now()"
    " order by status desc limit 9",
    "select kind, state, tries, reason from settlement_calls where state <> 'SUCCEEDED' limit 9",
    "select state, trouble from settlements where state <> 'DONE' limit 9",
    "select amount, state, tries, reason from payouts where state in ('ASKED', 'PROCESSING') limit 9",
    "select number, cause, state, fetched_at from refunds where state <> 'SUCCEEDED' limit 9",
)
UNPAID = ("trades unpaid", "attempts open")
LOOK = 2.0
# At the end everybody's clock goes on, by more than `time_flies` took it away: what was sent off meanwhile ends at
# WeChat Pay only then, and notices that nobody took are sent again.
LATER = 20 * 60.0
SEARCH = """query { searchProducts(filter: {inStock: true}, first: 50) { fullFeatured nodes { id } } }"""
# These would ask again in a minute or in hours; to wait for that would prove nothing more.
SOONER = """update pgqueuer set execute_after = now() where status = 'queued' and execute_after > now()
    and entrypoint in ('payment.check', 'refund.check', 'refund.submit', 'trade.expire', 'fact.deliver',
                       'settlement.begin', 'settlement.call', 'payout.submit')"""
# So would the sweeps of what is shared out and fetched back, which a refund may wait for.
SWEPT_SOONER = (
    "update settlement_calls set next_at = now() where state in ('ASKED', 'PROCESSING') and next_at > now()",
    "update settlements set next_at = now() where state = 'WAITING' and next_at > now()",
    "update payouts set next_at = now() where state in ('ASKED', 'PROCESSING') and next_at > now()",
)


class Reckoning:
    def __init__(self, world: Wild, deeds: Deeds, people: Sequence[Person], patience: float) -> None:
        """`patience`: seconds within which everything must come to rest by itself."""
        self._world, self._deeds, self._people, self._patience = world, deeds, people, patience

    # ------------------------------------------------------------------------------------------ rest
    async def rest(self) -> None:
        """Until nothing is on its way any more: first by itself, then buyers call off what they never paid.

        Else the trades of a clock that was days ahead would be waited for.
        """
        await self._world.wxsim.control("fault.clear")
        await self._world.wxsim.control("notify.policy")
        self._world.move_clock(LATER)
        await self._world.move_wechat(LATER)
        await self._settled({what: query for what, query in UNSETTLED.items() if what not in UNPAID})
        async with self._world.sql() as connection:
            unpaid = await connection.fetch(
                "select t.id::text, m.openid from trades t join members m on m.id = t.member_id"
                " where t.state = 'AWAITING_PAYMENT'"
            )
        who = {person.openid: person for person in self._people if isinstance(person, Shopper)}
        await asyncio.gather(*(who[row["openid"]].cancel(row["id"]) for row in unpaid))
        await self._settled(UNSETTLED)

    async def _settled(self, waits: Mapping[str, str]) -> None:
        end = time.monotonic() + self._patience
        async with self._world.sql() as connection:
            while left := await self._left(connection, waits):
                assert time.monotonic() < end, f"still under way: {left} {await self._stuck(connection)}"
                for sooner in (SOONER, *SWEPT_SOONER):
                    await connection.execute(sooner)
                await asyncio.sleep(LOOK)

    async def _stuck(self, connection: asyncpg.Connection) -> list[Any]:
        rows = [tuple(row.values()) for query in STUCK for row in await connection.fetch(query)]
        last = [self._world.log(name)[-600:] for name in WORKERS]
        return [dict(self._world.fallen), *last, *rows]

    async def _left(self, connection: asyncpg.Connection, waits: Mapping[str, str]) -> list[str]:
        found = {what: await connection.fetchval(query) for what, query in waits.items()}
        return [f"{number} {what}" for what, number in found.items() if number]

    # ------------------------------------------------------------------------------------------ truth
    async def check(self) -> dict[str, int]:
        """What is true at the end; answers how much of what there is."""
        database = Database(self._world.settings(), pool=3)
        try:
            async with self._world.sql() as connection:
                wechat = await self._world.wxsim.dump()
                await self._acknowledged(connection, wechat)
                await self._invariants(connection)
                await self._search_agrees(connection)
                await self._wechat_agrees(connection, wechat)
                async with database.read() as session:
                    assert list(await auditing.differences(session)) == []
                    await self._accounts_agree(session, connection, wechat)
                return {**await self._bills_agree(database, connection), "invariants": len(HELD)}
        finally:
            await database.close()

    async def _invariants(self, connection: asyncpg.Connection) -> None:
        found = await asked(connection, HELD)
        assert found == []

    async def _acknowledged(self, connection: asyncpg.Connection, wechat: dict[str, Any]) -> None:
        deeds = self._deeds
        rows = await connection.fetch("select id::text, state, total, idempotency_key as key from trades")
        trades = {row["id"]: row for row in rows}
        assert {row["key"] for row in rows} <= deeds.keys, "somebody has an order nobody asked for"
        assert deeds.placed.keys() <= trades.keys(), "a trade that was acknowledged is gone"
        assert all(trades[id]["total"] == trade["total"] for id, trade in deeds.placed.items())
        assert {trades[id]["state"] for id in deeds.paid} <= {"PAID"}, "a payment that was acknowledged is gone"
        assert {trades[id]["state"] for id in deeds.cancelled} <= {"CLOSED"}, "a cancelled trade lives"
        prepays = {f"prepay_id={trade['prepay_id']}" for trade in wechat["trades"] if trade["paid_at"]}
        assert deeds.charged.keys() <= prepays, "the simulator lost a payment"
        states = {row["id"]: row["state"] for row in await connection.fetch("select id::text, state from orders")}
        assert {states[id] for id in deeds.received} <= {"RECEIVED", "COMPLETED", "CLOSED"}
        assert {states[id] for id in deeds.called_off} <= {"CLOSED"}
        await self._goods(connection)

    async def _goods(self, connection: asyncpg.Connection) -> None:
        deeds = self._deeds
        rows = await connection.fetch("select tracking_number as number, order_id::text from shipments")
        parcels = Counter(row["number"] for row in rows)
        assert deeds.shipped.items() <= {row["number"]: row["order_id"] for row in rows}.items(), "a parcel is gone"
        assert max(parcels.values(), default=1) == 1, "a parcel was sent twice"
        moves = await connection.fetch("select reason, delta from stock_moves")
        notes = [(note, delta) for note, delta in deeds.counted.items()]
        found = {note: [row["delta"] for row in moves if note in row["reason"]] for note, _ in notes}
        assert found == {note: [delta] for note, delta in notes}, "stock was counted twice, or not at all"
        cases = {row["id"]: row["state"] for row in await connection.fetch("select id::text, state from after_sales")}
        assert {id for ids in deeds.claimed.values() for id in ids} <= cases.keys(), "a claim is gone"
        left = {id: (state, cases[id]) for id, state in deeds.cases.items() if _went_back(state, cases[id])}
        assert left == {}, "a case forgot what was decided"

    async def _search_agrees(self, connection: asyncpg.Connection) -> None:
        """What is found is what can be had; by the engine, where there is one."""
        shelf = "select from skus k join stock s on s.sku_id = k.id where k.product_id = p.id and s.actual > s.held"
        rows = await connection.fetch(f"select p.id::text from products p where exists ({shelf})")
        wanted, end = {row["id"] for row in rows}, time.monotonic() + self._patience
        while True:
            found = await self._people[0].insist(SEARCH)
            full = found["fullFeatured"] or not self._world.has_engine
            if full and {node["id"] for node in found["nodes"]} == wanted:
                return
            assert time.monotonic() < end, "what is found is not what is there"
            await asyncio.sleep(LOOK)

    async def _wechat_agrees(self, connection: asyncpg.Connection, wechat: dict[str, Any]) -> None:
        charged = {
            trade["no"]: sum(sub["total"] for sub in trade["subs"]) for trade in wechat["trades"] if trade["paid_at"]
        }
        rows = await connection.fetch("select number, amount from payments where state = 'PAID'")
        assert {row["number"]: row["amount"] for row in rows} == charged, "their payments and ours differ"
        theirs = {refund["out_refund_no"]: refund["refund"] for refund in wechat["refunds"]}
        rows = await connection.fetch("select number, amount from refunds")
        assert {row["number"]: row["amount"] for row in rows} == theirs, "their refunds and ours differ"
        there = """select coalesce(sum(e.amount), 0) from ledger_entries e join ledger_accounts a on a.id = e.account_id
            where a.kind = 'WECHAT_RECEIVABLE'"""
        out = "select coalesce(sum(amount), 0) from payouts where state = 'SUCCEEDED'"
        gone = sum(theirs.values()) + await connection.fetchval(out)
        assert await connection.fetchval(there) == sum(charged.values()) - gone

    async def _accounts_agree(
        self, session: AsyncSession, connection: asyncpg.Connection, wechat: dict[str, Any]
    ) -> None:
        """What each shop has at WeChat Pay and what it was paid out is what the ledger and the payouts say."""
        accounts = {account["mchid"]: account["available"] for account in wechat["accounts"]}
        for shop in await connection.fetch("select id, sub_mchid from merchants"):
            assert accounts.get(shop["sub_mchid"], 0) == await owed(session, shop["id"]), "a shop has more or less"
        theirs = {each["out_request_no"]: each["amount"] for each in wechat["withdrawals"]}
        rows = await connection.fetch("select id::text, number, amount, key, state from payouts")
        assert {row["number"]: row["amount"] for row in rows if row["state"] == "SUCCEEDED"} == theirs
        asked = {row["key"]: row["id"] for row in rows}
        assert self._deeds.paid_out.items() <= asked.items(), "a payout that was acknowledged is gone"

    async def _bills_agree(self, database: Database, connection: asyncpg.Connection) -> dict[str, int]:
        """WeChat Pay's bill of each day there was: every line is ours, and all of ours are there."""
        await self._world.move_wechat(0)
        await self._world.wxsim.control("clock.advance", seconds=2 * 86400)
        clock.advance(timedelta(days=2))
        try:
            async with WechatPay(self._world.wxsim.pay_config()) as pay:
                for day in await self._days(connection):
                    for kind in BillKind:
                        await bills.fetch(database, WechatBills(pay), day, kind)
        finally:
            clock.reset()
        found = await connection.fetch("select number, fault from bill_differences")
        differences = [tuple(row) for row in found]
        assert differences == [], f"the bill and our books differ: {differences}"
        sums = await connection.fetchrow(
            """select sum(lines) as lines, sum(paid) filter (where kind = 'TRADE') as paid,
               sum(refunded) filter (where kind = 'TRADE') as back from bills"""
        )
        moved = await connection.fetchrow(
            """select (select sum(amount) from payments where state = 'PAID') as paid,
               (select coalesce(sum(amount), 0) from refunds where state = 'SUCCEEDED') as back"""
        )
        assert (sums["paid"], sums["back"]) == (moved["paid"], moved["back"])
        shared = await connection.fetchval("select count(*) from settlement_calls where state = 'SUCCEEDED'")
        out = await connection.fetchval("select coalesce(sum(amount), 0)::int from payouts where state = 'SUCCEEDED'")
        told = {"bill lines": int(sums["lines"]), "fen paid": int(sums["paid"]), "fen back": int(sums["back"])}
        return {**told, "orders shared out": shared, "fen paid out": out}

    async def _days(self, connection: asyncpg.Connection) -> list[date]:
        rows = await connection.fetch(
            "select paid_at as at from payments where state = 'PAID' union select finished_at from refunds"
        )
        days = {row["at"].astimezone(SHANGHAI).date() for row in rows if row["at"]}
        return sorted(day for day in days if day < clock.today())


ORDERLY = ("APPLIED", "REJECTED", "WAIT_RETURN", "RETURN_SHIPPED", "RECEIVED", "REFUNDING", "DONE")


def _went_back(acknowledged: str, state: str) -> bool:
    """Whether a case is now in a state that comes before the one that was acknowledged. Ended is ended."""
    if acknowledged in ("CANCELLED", "CLOSED"):
        return state != acknowledged
    if state in ("CANCELLED", "CLOSED", "ESCALATED"):
        return acknowledged in ("REFUNDING", "DONE")
    return ORDERLY.index(state) < ORDERLY.index(acknowledged)
