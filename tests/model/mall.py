"""The mall under the model: the product's database and verbs, its queue and its relay, run by an injected clock."""

from __future__ import annotations

import heapq
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import count
from uuid import UUID

import asyncpg

from domain import aftersales, orders, settlement
from domain.base import Job, UnitOfWork, clock
from server.database import Database
from tests.model.wechat import Wechat


class Queue:
    """Jobs by the model's clock: the real queue goes by PostgreSQL's, which nobody can move."""

    def __init__(self) -> None:
        self._waiting: list[tuple[datetime, int, Job]] = []
        self._keys: set[str] = set()
        self._numbers = count()

    def take(self, jobs: list[Job]) -> None:
        for job in jobs:
            if job.key is None or job.key not in self._keys:
                self._keys |= {job.key} if job.key else set()
                heapq.heappush(self._waiting, (clock.now() + job.after, next(self._numbers), job))

    def next_at(self) -> datetime | None:
        return self._waiting[0][0] if self._waiting else None

    def due(self) -> Job | None:
        """The first job whose time has come; it is the caller's now."""
        if not self._waiting or self._waiting[0][0] > clock.now():
            return None
        job = heapq.heappop(self._waiting)[2]
        self._keys.discard(job.key or "")
        return job


class Mall(Database):
    """The product's database; what is asked for later goes into the model's queue once it is committed."""

    queue: Queue

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        async with self._begin.begin() as session:
            uow = UnitOfWork(session)
            yield uow
            await session.flush()
            await uow.write_events()
        self.queue.take(uow.jobs)


class Relay:
    """Delivers facts to the consumers that write. They stay in the outbox, to be looked at."""

    def __init__(self, mall: Mall, sql: asyncpg.Connection) -> None:
        self._mall, self._sql = mall, sql
        self._last = 0

    async def deliver(self, *, most: int = 50, again: int = 0) -> list[UUID]:
        """Delivers what is new, and the last `again` facts a second time; answers the refunds that were told of."""
        chosen = """select id, name, payload->>'order_id' as o, payload->>'refund_id' as r,
            payload->>'state' as state from outbox where id > $1"""
        # Whatever is told twice in a batch is done once: consumers look at the rows, not at the fact.
        refunds: dict[UUID, None] = {}
        sold: dict[UUID, None] = {}
        over: dict[UUID, None] = {}
        for row in await self._sql.fetch(chosen + " order by id limit $2", self._last - again, most):
            self._last = max(self._last, row["id"])
            if row["name"] == "RefundChanged":
                refunds[UUID(row["r"])] = None
            elif row["name"] == "OrderChanged":
                sold[UUID(row["o"])] = None
                over |= {UUID(row["o"]): None} if row["state"] in ("COMPLETED", "CLOSED") else {}
        for refund_id in refunds:
            async with self._mall.begin() as uow:
                await aftersales.refund_heard(uow, refund_id)
            async with self._mall.begin() as uow:
                await settlement.refund_heard(uow, refund_id)
        async with self._mall.begin() as uow:
            for order_id in sold:
                await orders.count_sale(uow, order_id)
            for order_id in over:
                await settlement.open_settlement(uow, order_id)
        return list(refunds)


async def run_job(mall: Mall, wechat: Wechat, job: Job) -> None:
    """What `jobs` does for the names the model knows; what is told to couriers and to WeChat of parcels is left out."""
    if job.name == "trade.expire":
        await orders.expire(mall, wechat, UUID(job.payload["trade_id"]))
    elif job.name == "payment.check":
        await orders.reconcile(mall, wechat, UUID(job.payload["payment_id"]))
    elif job.name == "refund.submit":
        await orders.submit_refund(mall, wechat, UUID(job.payload["refund_id"]))
    elif job.name == "refund.check":
        await orders.check_refund(mall, wechat, UUID(job.payload["refund_id"]))
    elif job.name == "settlement.begin":
        await settlement.begin(mall, UUID(job.payload["id"]))
    elif job.name == "settlement.call":
        await settlement.call(mall, wechat, UUID(job.payload["id"]))
    elif job.name == "payout.submit":
        await settlement.submit_payout(mall, wechat, UUID(job.payload["id"]))
    elif job.name == "payout.plan":
        await settlement.pay_by_plan(mall, wechat, UUID(job.payload["merchant_id"]))
    elif not job.name.startswith("shipment."):
        await _run_in_one(mall, job)


async def _run_in_one(mall: Mall, job: Job) -> None:
    async with mall.begin() as uow:
        if job.name == "order.auto_confirm":
            await orders.auto_confirm(uow, UUID(job.payload["order_id"]))
        elif job.name == "order.complete":
            await aftersales.complete_order(uow, UUID(job.payload["order_id"]))
        elif job.name == "after-sale.timer":
            await aftersales.tick(uow, UUID(job.payload["id"]))
        elif job.name == "settlement.look":
            await settlement.look_again(uow, UUID(job.payload["id"]))
        elif job.name == "group.refund":
            await orders.refund_failed(uow, UUID(job.payload["order_id"]))
        else:
            raise LookupError(job.name)
