"""The accounts after a disaster: ours against WeChat's, the shelves against the orders, and nothing left half done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import asyncpg

from domain.orders.auditing import QUESTIONS
from tests.faults.crowd import Memory


class Books:
    """What PostgreSQL and WeChat have written down. Money is fen."""

    def __init__(self, connection: asyncpg.Connection, wechat: dict[str, Any], opening: dict[str, int]) -> None:
        self._sql = connection
        self._wechat = wechat
        self._opening = opening

    # ---------------------------------------------------------------------------------------- settled yet?
    async def unsettled(self) -> list[str]:
        """What must still happen by itself, in words; nothing when everything has."""
        waits = {
            "facts in the outbox": "select count(*) from outbox",
            "notices not handled": "select count(*) from payment_notices where handled_at is null",
            "jobs overdue": "select count(*) from pgqueuer where execute_after < now() - interval '1 second'",
            "refunds not sent": "select count(*) from refunds where state = 'REQUESTED'",
        }
        found = {what: await self._sql.fetchval(query) for what, query in waits.items()}
        found["payments not heard of"] = len(self._charged().keys() - set(await self._numbers_paid()))
        return [f"{number} {what}" for what, number in found.items() if number]

    async def unpaid(self) -> Sequence[asyncpg.Record]:
        """Trades nobody has paid, with their buyers."""
        return await self._sql.fetch(
            "select t.id::text, m.openid from trades t join members m on m.id = t.member_id"
            " where t.state = 'AWAITING_PAYMENT'"
        )

    # ---------------------------------------------------------------------------------------- true at the end
    async def check(self, memory: Memory) -> None:
        await self._nothing_acknowledged_is_lost(memory)
        await self._nothing_is_charged_twice()
        await self._the_shelves_are_right()
        await self._the_ledger_is_right()
        await self._nothing_is_stuck()

    async def _nothing_acknowledged_is_lost(self, memory: Memory) -> None:
        states = {row["id"]: row["state"] for row in await self._sql.fetch("select id::text, state from trades")}
        assert memory.placed.keys() <= states.keys(), "a trade the buyer was told of is gone"
        assert {states[trade] for trade in memory.paid} <= {"PAID"}, "a payment the buyer was told of is gone"
        assert {states[trade] for trade in memory.cancelled} <= {"CLOSED"}
        prepays = {f"prepay_id={trade['prepay_id']}" for trade in self._charged().values()}
        assert memory.charged.keys() <= prepays, "the simulator itself lost a payment"
        totals = {row["id"]: row["total"] for row in await self._sql.fetch("select id::text, total from trades")}
        assert all(totals[id] == trade["total"] for id, trade in memory.placed.items())

    async def _nothing_is_charged_twice(self) -> None:
        charged = {no: sum(sub["total"] for sub in trade["subs"]) for no, trade in self._charged().items()}
        ours = await self._sql.fetch("select number, amount, trade_id, state from payments where state <> 'CLOSED'")
        paid = {row["number"]: row["amount"] for row in ours if row["state"] == "PAID"}
        assert paid == charged, "their books and ours differ"
        assert {row["state"] for row in ours} <= {"PAID"}
        back = sum(refund["refund"] for refund in self._wechat["refunds"])
        asked = await self._sql.fetchval("select coalesce(sum(amount), 0) from refunds")
        assert back == asked
        sold = await self._sql.fetchval(
            "select coalesce(sum(total), 0) from orders where state not in ('AWAITING_PAYMENT', 'CLOSED')"
        )
        assert sum(charged.values()) - back == sold, "somebody paid for more, or less, than was sold"

    async def _the_shelves_are_right(self) -> None:
        rows = await self._sql.fetch(
            """select s.sku_id::text as sku, s.actual, s.held,
                 (select coalesce(sum(quantity), 0) from stock_holds h where h.sku_id = s.sku_id and h.state = 'USED')
                   as used,
                 (select coalesce(sum(quantity), 0) from stock_holds h where h.sku_id = s.sku_id and h.state = 'HELD')
                   as open,
                 (select coalesce(sum(delta), 0) from stock_moves m where m.sku_id = s.sku_id) as moved,
                 (select coalesce(sum(l.quantity), 0) from order_lines l join orders o on o.id = l.order_id
                   where l.sku_id = s.sku_id and o.state not in ('AWAITING_PAYMENT', 'CLOSED')) as sold
               from stock s"""
        )
        assert {row["sku"] for row in rows} == self._opening.keys()
        for row in rows:
            opening = self._opening[row["sku"]]
            assert row["actual"] == opening - row["used"] == opening + row["moved"] == opening - row["sold"], row
            assert row["held"] == row["open"] == 0, row

    async def _the_ledger_is_right(self) -> None:
        for question in QUESTIONS:
            assert [tuple(row) for row in await self._sql.fetch(question)] == []
        assert await self._sql.fetchval("select coalesce(sum(amount), 0) from ledger_entries") == 0
        came = sum(sub["total"] for trade in self._charged().values() for sub in trade["subs"])
        back = sum(refund["refund"] for refund in self._wechat["refunds"] if refund["status"] == "SUCCESS")
        there = """select coalesce(sum(e.amount), 0) from ledger_entries e join ledger_accounts a on a.id = e.account_id
            where a.kind = 'WECHAT_RECEIVABLE'"""
        assert await self._sql.fetchval(there) == came - back, "their books and the ledger differ"

    async def _nothing_is_stuck(self) -> None:
        assert await self.unsettled() == []
        assert await self.unpaid() == []
        mixed = """select count(*) from orders o join trades t on t.id = o.trade_id
            where (t.state = 'PAID') <> (o.state <> 'CLOSED')
            and o.close_reason is distinct from 'OUT_OF_STOCK_AFTER_PAYMENT'"""
        assert await self._sql.fetchval(mixed) == 0
        dead = await self._sql.fetch("select entrypoint, status from pgqueuer where status not in ('queued', 'picked')")
        assert [tuple(row) for row in dead] == []
        uncounted = "select count(*) from orders where state = 'AWAITING_SHIPMENT' and sale_counted_at is null"
        assert await self._sql.fetchval(uncounted) == 0

    # ---------------------------------------------------------------------------------------- reading
    def _charged(self) -> dict[str, Any]:
        return {trade["no"]: trade for trade in self._wechat["trades"] if trade["paid_at"]}

    async def _numbers_paid(self) -> list[str]:
        return [row[0] for row in await self._sql.fetch("select number from payments where state = 'PAID'")]
