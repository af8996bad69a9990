"""All rules together: besides what people do, time, the worker, WeChat Pay's side of refunds; and the end of a run."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from domain import aftersales, orders, payments, settlement
from domain.aftersales import Decision
from domain.base import Job, Unavailable, clock
from domain.payments import Outcome, RefundOutcome, RefundSeen
from domain.settlement import CallOutcome, WithdrawalOutcome
from tests.model.base import wrong
from tests.model.mall import run_job
from tests.model.seats import FORMING
from tests.model.settling import Settling
from tests.model.truth import ENDED, IN_GROUP, WAITING, Case, Order, Trade

AGAIN = timedelta(seconds=30)
# So many rounds before a run is at rest no shop is paid out by itself any more: what was is then heard of.
LAST = 4
# Timers behind which a sweep looks for what was lost.
SWEPT = ("trade.expire", "order.auto_confirm", "order.complete", "after-sale.timer")
WEIGHTS = {
    "place": 10,
    "order_in_group": 7,
    "claim": 4,
    "collect": 3,
    "desk": 2,
    "groups_end": 4,
    "pay": 13,
    "buyer_pays": 13,
    "notice": 5,
    "ask": 3,
    "pays_late": 4,
    "wechat_ends_attempt": 4,
    "cancel": 2,
    "judge": 2,
    "call_off": 2,
    "ship": 10,
    "confirm": 5,
    "adjust": 3,
    "apply": 11,
    "shop_answers": 8,
    "goods_come_back": 9,
    "buyer_insists": 4,
    "platform_decides": 4,
    "bank": 7,
    "refund_notice": 4,
    "by_hand": 3,
    "ends_early": 6,
    "calls_end": 3,
    "unstick": 2,
    "want_paid_out": 5,
    "bank_pays": 4,
    "time": 8,
    "work": 12,
    "relay": 3,
    "sweep": 2,
}


class Machine(Settling):
    """One step is one rule with dice of its own, so that a run can be repeated with steps left out."""

    async def step(self, rule: str, seed: int) -> bool:
        """Whether the rule found something to do; compares what it touched."""
        dice, self.touched = Random(seed), None
        trouble = {"before": dice.randint(1, 3)} if dice.random() < 0.04 else {}
        trouble = trouble or {"after": dice.randint(1, 3) if dice.random() < 0.04 else 0}
        self.market.wechat.begin_step(**trouble, seed=seed)
        doing: Callable[[Random], Awaitable[bool]] = getattr(self, rule)
        did = await doing(dice)
        self.market.wechat.begin_step()
        if did and self.touched is not None:
            await self.compare(self.touched)
        return did

    # ------------------------------------------------------------------------------------------ time and worker
    async def time(self, dice: Random) -> bool:
        ahead = self.market.mall.queue.next_at()
        ends = [group.expires_at for group in self.truth.seats.groups if group.state == FORMING]
        if ends and dice.random() < 0.4:
            # Near the end of a group, before it or after.
            near = min(ends) - timedelta(hours=2.2) * dice.random()
            clock.advance(max(near - clock.now(), timedelta(minutes=20)))
        elif ahead is not None and dice.random() < 0.5:
            clock.advance(max(ahead - clock.now(), timedelta(0)))
        else:
            how = dice.choice(({"seconds": 20}, {"minutes": 2}, {"minutes": 16}, {"hours": 5}, {"days": 3}))
            clock.advance(timedelta(**how) * dice.random())
        return True

    async def work(self, dice: Random) -> bool:
        worked = False
        for _ in range(4):
            job = self.market.mall.queue.due()
            if job is None:
                break
            worked = True
            if job.name in SWEPT and dice.random() < 0.03:
                continue
            for _ in range(2 if dice.random() < 0.1 else 1):
                await self.run(job)
        return worked

    async def run(self, job: Job) -> None:
        """A job of the worker and what should follow; without an answer it is tried again."""
        told = await self.attempt(run_job(self.market.mall, self.market.wechat, job), None)
        if isinstance(told.refusal, Unavailable):
            self.market.mall.queue.take([replace(job, after=AGAIN, key=None)])
        elif told.refusal is not None:
            raise wrong(f"job {job.name}", told.refusal)
        await self._follow(job, {seen.number: seen.outcome for seen in reversed(told.seen)}, done=told.done)

    async def _follow(self, job: Job, said: dict[str, Outcome], *, done: bool) -> None:
        named = {key: UUID(str(id)) for key, id in job.payload.items()}
        if job.name == "trade.expire" and done:
            self._expired(next(trade for trade in self.truth.trades if trade.id == named["trade_id"]))
        elif job.name == "payment.check" and done:
            found = (pair for pair in self.truth.attempts.values() if pair[1].id == named["payment_id"])
            trade, attempt = next(found)
            if said.get(attempt.number) in (Outcome.UNPAID, Outcome.UNKNOWN):
                self._expired(trade)
        elif job.name in ("order.auto_confirm", "order.complete"):
            self._went_on(next(order for order in self.truth.orders if order.id == named["order_id"]), job.name)
        elif job.name == "after-sale.timer":
            await self._ticked(next(case for case in self.truth.cases if case.id == named["id"]))
        elif job.name == "group.refund":
            self.group_refunded(named["order_id"])

    def _expired(self, trade: Trade) -> None:
        if trade.state == WAITING and trade.expires_at <= clock.now() and not trade.disputed:
            self.truth.closed(trade)

    def _went_on(self, order: Order, name: str) -> None:
        if order.due is None or clock.now() < order.due:
            return
        if name == "order.auto_confirm" and order.state == "SHIPPED":
            self.truth.received(order, clock.now())
        elif name == "order.complete" and order.state == "RECEIVED" and all(c.state in ENDED for c in order.cases):
            order.state = "COMPLETED"

    async def _ticked(self, case: Case) -> None:
        if case.deadline is None or clock.now() < case.deadline:
            return
        if case.state == "APPLIED":
            await self._unanswered(case)
        elif case.state == "RETURN_SHIPPED":
            self.truth.step(case, "RECEIVED", clock.now())
            case.returned = True
        elif case.state == "RECEIVED":
            await self.granted(case, restock=False)
        else:
            self.truth.step(case, "DONE" if case.state == "REPLACED" else "CLOSED", None)

    async def _unanswered(self, case: Case) -> None:
        """A shop that says nothing for 48 hours has agreed, where that is possible."""
        if not self.grantable(case):
            self.truth.step(case, "REJECTED", clock.now())
            case.refused = True
        elif case.kind not in ("RETURN", "EXCHANGE"):
            await self.granted(case, restock=case.early)
        elif self.to_return(case):
            self.taken_back(case)
        else:
            self.truth.step(case, "ESCALATED", clock.now())

    async def sweep(self, dice: Random) -> bool:
        """The net under the timers."""
        async with self.market.mall.read() as session:
            found = [Job("trade.expire", {"trade_id": id}) for id in await orders.overdue_trades(session)]
            found += [Job("order.auto_confirm", {"order_id": id}) for id in await orders.overdue_receipts(session)]
            late = await aftersales.overdue_completions(session)
            found += [Job("order.complete", {"order_id": id}) for id in late]
            found += [Job("after-sale.timer", {"id": id}) for id in await aftersales.overdue(session)]
            found += [Job("settlement.begin", {"id": id}) for id in await settlement.waiting(session)]
            found += [Job("settlement.call", {"id": id}) for id in await settlement.due_calls(session)]
            found += [Job("settlement.look", {"id": id}) for id in await settlement.forgotten_refunds(session)]
            found += [Job("payout.submit", {"id": id}) for id in await settlement.due_payouts(session)]
            found += [Job("payout.plan", {"merchant_id": id}) for id in await settlement.due_plans(session)]
            found += [Job("refund.submit", {"refund_id": id}) for id in await payments.unsent(session)]
        for job in found:
            payload: dict[str, Any] = {key: str(id) for key, id in job.payload.items()}
            await self.run(replace(job, payload=payload))
        return bool(found)

    async def relay(self, dice: Random) -> bool:
        told = await self.market.relay.deliver(again=dice.choice((0, 0, 3)))
        chosen = "SELECT cause FROM refunds WHERE id = ANY($1) AND state = 'SUCCEEDED' AND cause LIKE 'after-sale:%'"
        ended = {UUID(row["cause"][11:]) for row in await self.market.sql.fetch(chosen, told)}
        for case in self.truth.cases:
            if case.id in ended and case.state == "REFUNDING":
                self.truth.step(case, "DONE", None)
        return True

    # ------------------------------------------------------------------------------------------ refunds at WeChat Pay
    def _number(self, dice: Random, *outcomes: RefundOutcome) -> str | None:
        known = self.market.wechat.refunds
        return self.pick(dice, [number for number, seen in known.items() if seen.outcome in outcomes])

    async def bank(self, dice: Random) -> bool:
        """A refund gets on: mostly it arrives."""
        number = self._number(dice, RefundOutcome.PROCESSING)
        if number:
            ends = (RefundOutcome.SUCCEEDED, RefundOutcome.ABNORMAL, RefundOutcome.CLOSED)
            self.market.wechat.end_refund(number, dice.choices(ends, (8, 2, 1))[0])
            if dice.random() < 0.5:
                await self._refund_notice(number)
        return number is not None

    async def refund_notice(self, dice: Random) -> bool:
        """Of how a refund stands, or of how it stood before."""
        number = self._number(dice, *RefundOutcome)
        if number:
            await self._refund_notice(number, stale=dice.random() < 0.2)
        return number is not None

    async def _refund_notice(self, number: str, *, stale: bool = False) -> None:
        seen: RefundSeen = self.market.wechat.refunds[number]
        seen = replace(seen, outcome=RefundOutcome.PROCESSING) if stale else seen
        # A number that was used up is not ours any more.
        expected = None if self.market.wechat.refunds[number].outcome is RefundOutcome.CLOSED else True
        await self.attempt(self.do(orders.record_refund, seen), expected)

    async def by_hand(self, dice: Random) -> bool:
        """The platform sees to a refund that did not arrive."""
        chosen = "SELECT id FROM refunds WHERE state = 'ABNORMAL' ORDER BY number"
        found = [row["id"] for row in await self.market.sql.fetch(chosen)]
        if not found:
            return False
        verb = orders.retry_refund if dice.random() < 0.5 else orders.refund_to_merchant
        market, id = self.market, dice.choice(found)
        # WeChat Pay lets a refund go to the merchant only while it is abnormal there; one for which the shop's account
        # was short for a day it has never taken in.
        seen = market.wechat.refunds.get(await market.sql.fetchval("SELECT number FROM refunds WHERE id = $1", id))
        if seen is None or seen.outcome is not RefundOutcome.ABNORMAL:
            verb = orders.retry_refund
        await self.attempt(verb(market.mall, market.wechat, market.operator, id, "已联系买家"), None)
        return True

    # ------------------------------------------------------------------------------------------ the end
    async def come_to_rest(self, dice: Random) -> None:
        """Nobody does anything any more but what must be done: then nothing may be left on its way, at any side."""
        for left in reversed(range(20)):
            if left == LAST:
                await self.nobody_is_paid_any_more()
            for number, seen in list(self.market.wechat.refunds.items()):
                if seen.outcome in (RefundOutcome.PROCESSING, RefundOutcome.ABNORMAL):
                    self.market.wechat.end_refund(number, RefundOutcome.SUCCEEDED)
                    await self._refund_notice(number)
            while await self.judge(dice) and any(trade.disputed for trade in self.truth.trades):
                continue
            for case in [case for case in self.truth.cases if case.state == "ESCALATED"]:
                await self.decide(case, Decision.DISMISS, dice)
            while await self.by_hand(dice):
                continue
            await self._money_moves(dice)
            await self._worked_off(dice)
            clock.advance(timedelta(days=2))
        await self.check()
        await self._nothing_is_on_its_way()

    async def _money_moves(self, dice: Random) -> None:
        """At WeChat Pay and at the banks, where nothing is refused any more."""
        wechat = self.market.wechat
        wechat.willing = True
        wechat.pay_up()
        for number, call in wechat.answers.items():
            if call.outcome is CallOutcome.PROCESSING:
                wechat.end_call(number)
        for number, payout in wechat.withdrawals.items():
            if payout.outcome is WithdrawalOutcome.PROCESSING:
                wechat.end_withdrawal(number, WithdrawalOutcome.SUCCEEDED)
        while await self.unstick(dice):
            continue

    async def _worked_off(self, dice: Random) -> None:
        while (job := self.market.mall.queue.due()) is not None:
            await self.run(job)
        await self.groups_end(dice)
        await self.collect(dice)
        await self.sweep(dice)
        await self.relay(dice)

    async def _nothing_is_on_its_way(self) -> None:
        left = await self.market.sql.fetch("SELECT number, state FROM refunds WHERE state <> 'SUCCEEDED'")
        if left:
            raise wrong("refund left", left)
        stuck = [case for case in self.truth.cases if case.state not in ENDED]
        stuck += [order for order in self.truth.orders if order.state in ("SHIPPED", "RECEIVED", WAITING, IN_GROUP)]
        if stuck:
            raise wrong("stuck", stuck)
        booked = await self.market.sql.fetchval(
            """SELECT coalesce(sum(e.amount), 0) FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.account_id
               WHERE a.kind = 'WECHAT_RECEIVABLE'"""
        )
        if booked != self.market.wechat.kept():
            raise wrong("bank", f"the ledger has {booked}, WeChat Pay {self.market.wechat.kept()}")
        await self.all_is_paid()
