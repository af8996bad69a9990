"""The process that does things by itself: relay, queue, timers, search catch-up."""

from __future__ import annotations

import asyncio
import json
import secrets
import signal
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import Any

import asyncpg
import structlog
from pgqueuer import PgQueuer
from pgqueuer.core.executors import DatabaseRetryEntrypointExecutor, EntrypointExecutorParameters
from pgqueuer.models import Job as QueuedJob

from domain.base import trace_id
from integrations.billing import WechatBills
from jobs import (
    aftersales,
    bills,
    cards,
    catalog,
    delivery,
    flash,
    groups,
    ledger,
    media,
    messages,
    notices,
    orders,
    payments,
    pickups,
    pieces,
    points,
    presales,
    promotions,
    referrals,
    relay,
    reviews,
    settlement,
    traces,
    vouchers,
)
from jobs.base import HANDLERS, Handler, Tools
from server.logs import configure_logs
from server.responses import Drops
from server.services import Mall, open_mall
from server.settings import Settings, load_settings
from server.ways import refuse_other_way

# Importing these modules fills the table of jobs.
WORKED = (aftersales, bills, delivery, groups, messages, orders, payments, presales, relay, reviews, settlement, traces)
SWEEP_SECONDS = 15.0
# An unpaid trade may outlive its time by so long.
CLOSE_SECONDS = 5.0
# What a session begins or ends with is on the cards so soon.
CAMPAIGN_SECONDS = 1.0
CATCH_UP_SECONDS = 2.0
# The ledger is compared with everything it tells of, which takes seconds: once at the start and every hour.
AUDIT_SECONDS = 3600.0
# How often it is looked whether a shop's payout is due.
PAYOUT_SECONDS = 60.0
# Coupons that ran out read so at once; their money is free again after so long.
EXPIRE_SECONDS = 60.0
# How often it is looked whether a day's bill should be there.
BILL_SECONDS = 300.0
# Pictures that hang on nothing are looked for this often.
TIDY_SECONDS = 900.0
# How often it is looked whether the day's anchor over all lots was made.
ANCHOR_SECONDS = 600.0
# A job whose worker stopped beating this long is given to another.
HEARTBEAT = timedelta(seconds=10)
# 2 s, 4 s, 8 s … at most 10 minutes apart: about an hour and a half before a job is laid on the desk.
MOST_ATTEMPTS = 14

log = structlog.get_logger()


async def work(settings: Settings, stop: asyncio.Event) -> None:
    """Works until `stop` is set, finishing the jobs in hand; lost connections are waited out."""
    async with open_mall(settings) as mall:
        await refuse_other_way(mall.database, settings)
        tools = tools_of(mall)
        await asyncio.gather(
            relay.run(tools, stop),
            _every(CATCH_UP_SECONDS, stop, mall.indexer.catch_up),
            *(_every(seconds, stop, partial(each, tools)) for seconds, each in ROUNDS),
            _keep_queue(settings, tools, stop),
        )


def tools_of(mall: Mall) -> Tools:
    return Tools(
        database=mall.database,
        gateway=mall.services.gateway,
        clearing=mall.services.clearing,
        bills=WechatBills(mall.pay),
        uploader=mall.parcels,
        tracker=mall.tracker,
        judge=mall.judge,
        messenger=mall.messenger,
        announcer=mall.topics,
        tokens=mall.viewers,
        indexer=mall.indexer,
        pages=Drops(mall.redis),
        evidence=mall.files.evidence,
        objects=mall.files.objects,
    )


async def run_job(handler: Handler, tools: Tools, name: str, payload: dict[str, Any]) -> None:
    """One job under a trace id of its own."""
    token = trace_id.set(secrets.token_hex(16))
    try:
        await handler(tools, payload)
        log.info("job", name=name, payload=payload)
    except Exception as error:
        log.warning("job.failed", name=name, error=repr(error), payload=payload)
        raise
    finally:
        trace_id.reset(token)


async def _sweep(tools: Tools) -> None:
    await payments.sweep_notices(tools)
    await orders.sweep(tools)
    await delivery.ask(tools)
    await aftersales.sweep(tools)
    await reviews.sweep(tools)
    await traces.sweep(tools)


async def _audit(tools: Tools) -> None:
    await ledger.look_after(tools)
    await settlement.catch_up(tools)


# What is done again and again, after so many seconds.
ROUNDS: tuple[tuple[float, Callable[[Tools], Awaitable[Any]]], ...] = (
    (SWEEP_SECONDS, _sweep),
    (SWEEP_SECONDS, settlement.sweep),
    (CAMPAIGN_SECONDS, catalog.sweep_campaigns),
    (CLOSE_SECONDS, orders.close_unpaid),
    (CLOSE_SECONDS, groups.sweep),
    (CLOSE_SECONDS, flash.sweep),
    (SWEEP_SECONDS, cards.sweep),
    (CLOSE_SECONDS, presales.sweep),
    (AUDIT_SECONDS, _audit),
    (AUDIT_SECONDS, reviews.look_after),
    (AUDIT_SECONDS, referrals.look_after),
    (SWEEP_SECONDS, referrals.sweep),
    (SWEEP_SECONDS, points.sweep),
    (AUDIT_SECONDS, points.look_after),
    (EXPIRE_SECONDS, points.expire),
    (PAYOUT_SECONDS, settlement.pay_out),
    (ANCHOR_SECONDS, traces.anchor_due),
    (BILL_SECONDS, bills.fetch_due),
    (EXPIRE_SECONDS, promotions.sweep),
    (EXPIRE_SECONDS, vouchers.sweep),
    (EXPIRE_SECONDS, pickups.sweep),
    (EXPIRE_SECONDS, notices.remind),
    (TIDY_SECONDS, aftersales.tidy),
    (TIDY_SECONDS, pieces.forget),
    (TIDY_SECONDS, media.tidy),
    (TIDY_SECONDS, notices.forget),
    (EXPIRE_SECONDS, messages.give_up),
    (TIDY_SECONDS, messages.forget),
    (SWEEP_SECONDS, pieces.weigh),
)


async def _every(seconds: float, stop: asyncio.Event, work_once: Callable[[], Awaitable[Any]]) -> None:
    while not stop.is_set():
        try:
            await work_once()
        except Exception as error:
            # The next round tries again; a sweep that ends the worker would end everything else with it.
            log.warning("worker.round_failed", error=repr(error))
        try:
            await asyncio.wait_for(stop.wait(), seconds)
        except TimeoutError:
            continue


async def _keep_queue(settings: Settings, tools: Tools, stop: asyncio.Event) -> None:
    """Runs the queue, and runs it again after PostgreSQL was away."""
    while not stop.is_set():
        try:
            await _run_queue(settings, tools, stop)
        except Exception as error:
            # The driver has a word for each moment in which a connection can end; none of them ends the worker.
            log.warning("worker.queue_lost", error=repr(error))
            await asyncio.sleep(1)


async def _run_queue(settings: Settings, tools: Tools, stop: asyncio.Event) -> None:
    # LISTEN needs a connection of its own; a pooler in transaction mode would not pass the news on.
    connection = await asyncpg.connect(settings.database_url.replace("+asyncpg", ""), timeout=5)
    try:
        queue = PgQueuer.from_asyncpg_connection(connection)
        for name, handler in HANDLERS.items():
            _register(queue, tools, name, handler)
        ending = asyncio.create_task(_shut_down(queue, stop, connection))
        try:
            await queue.run(
                dequeue_timeout=timedelta(seconds=5),
                batch_size=10,
                heartbeat_timeout=HEARTBEAT,
                shutdown_on_listener_failure=True,
            )
        finally:
            ending.cancel()
    finally:
        connection.terminate()


async def _shut_down(queue: PgQueuer, stop: asyncio.Event, connection: asyncpg.Connection) -> None:
    while not stop.is_set() and not connection.is_closed():
        try:
            await asyncio.wait_for(stop.wait(), 0.5)
        except TimeoutError:
            continue
    queue.shutdown.set()


def _register(queue: PgQueuer, tools: Tools, name: str, handler: Handler) -> None:
    @queue.entrypoint(name, on_failure="hold", executor_factory=_retrying)
    async def execute(job: QueuedJob) -> None:
        await run_job(handler, tools, name, json.loads(job.payload or b"{}"))


def _retrying(parameters: EntrypointExecutorParameters) -> DatabaseRetryEntrypointExecutor:
    return DatabaseRetryEntrypointExecutor(
        parameters,
        max_attempts=MOST_ATTEMPTS,
        initial_delay=timedelta(seconds=2),
        max_delay=timedelta(minutes=10),
    )


async def _main() -> None:
    settings = load_settings()
    configure_logs(settings.env)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await work(settings, stop)


def main() -> None:
    """The body of `python -m server worker`."""
    asyncio.run(_main())
