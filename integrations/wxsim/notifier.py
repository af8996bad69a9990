"""The background worker: late payments, refunds that finish, and notifications, each when its virtual time comes."""

import asyncio
import logging
from collections.abc import Iterable
from datetime import datetime
from functools import partial

import httpx

from . import sharing, withdrawals
from .notices import envelope, headers, settle_answer
from .payments import pay_due
from .records import Answer, Notice
from .refunds import finish_due
from .world import World

IDLE_SECONDS = 30.0
log = logging.getLogger(__name__)


class Notifier:
    def __init__(self, world: World) -> None:
        self._world = world
        self._http = httpx.AsyncClient(timeout=world.config.notice_timeout, trust_env=False)
        self._flying: dict[str, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Runs for ever; woken by every change, otherwise by the next due time."""
        while True:
            self._world.wake.clear()
            try:
                self._start_due()
            except Exception:  # one bad record must not end all notifications of the session
                log.exception("the worker stumbled")
                await asyncio.sleep(1)
            try:
                await asyncio.wait_for(self._world.wake.wait(), self._pause())
            except TimeoutError:
                continue

    async def settle(self) -> None:
        """Returns when nothing is due and nothing is under way: what a test waits for after moving the clock."""
        while True:
            self._start_due()
            if not self._flying:
                return
            await asyncio.wait(self._flying.values(), return_when=asyncio.FIRST_COMPLETED)

    async def release(self) -> None:
        """Sends the notices held back by `reorder`, newest first, one after the other."""
        held = [notice for notice in self._world.notices.all() if notice.state == "HELD"]
        for notice in sorted(held, key=lambda notice: notice.created_at, reverse=True):
            notice.state, notice.next_at = "PENDING", self._world.clock.now()
            self._world.notices.put(notice)
            self._start([notice])
            await asyncio.wait([self._flying[notice.id]])

    async def aclose(self) -> None:
        for task in self._flying.values():
            task.cancel()
        await self._http.aclose()

    def _start_due(self) -> None:
        world = self._world
        pay_due(world)
        finish_due(world)
        sharing.finish_due(world)
        withdrawals.finish_due(world)
        now = world.clock.now()
        self._start(notice for notice in world.notices.waiting() if notice.next_at and notice.next_at <= now)

    def _start(self, due: Iterable[Notice]) -> None:
        for notice in due:
            if notice.id not in self._flying:
                task = asyncio.create_task(self._attempt(notice))
                self._flying[notice.id] = task
                task.add_done_callback(partial(self._landed, notice.id))

    def _landed(self, notice_id: str, _: asyncio.Task[None]) -> None:
        self._flying.pop(notice_id, None)
        self._world.wake.set()

    async def _attempt(self, notice: Notice) -> None:
        world, policy = self._world, self._world.policy
        if policy.signtest:
            notice.probes.append(Answer(world.clock.now(), await self._post(notice, probe=True)))
        copies = [self._post(notice) for _ in range(1 + policy.duplicate)]
        # One good answer is enough: WeChat counts the notice as taken.
        status = min(await asyncio.gather(*copies), key=lambda answer: (answer not in (200, 204), answer))
        settle_answer(notice, world.clock.now(), status)
        if world.notices.get(notice.id) is notice:  # a reset may have happened while it was under way
            world.notices.put(notice)

    async def _post(self, notice: Notice, *, probe: bool = False) -> int:
        """The status of the answer; 0 when none came in time."""
        policy, raw = self._world.policy, envelope(self._world, notice)
        signed = headers(self._world, raw, probe=probe, stale=policy.stale_timestamp, strange=policy.wrong_serial)
        try:
            return (await self._http.post(notice.notify_url, content=raw, headers=signed)).status_code
        except (httpx.HTTPError, httpx.InvalidURL):
            return 0

    def _pause(self) -> float:
        now, times = self._world.clock.now(), list(self._times())
        return min(max((min(times) - now).total_seconds(), 0.01), IDLE_SECONDS) if times else IDLE_SECONDS

    def _times(self) -> Iterable[datetime]:
        world = self._world
        yield from (
            notice.next_at for notice in world.notices.waiting() if notice.next_at and notice.id not in self._flying
        )
        yield from (trade.pay_at for trade in world.trades.waiting() if trade.pay_at)
        yield from (refund.due_at for refund in world.refunds.waiting() if refund.due_at)
        yield from (split.due_at for split in world.splits.waiting() if split.due_at)
        yield from (back.due_at for back in world.returns.waiting() if back.due_at)
        yield from (each.due_at for each in world.withdrawals.waiting() if each.due_at)
