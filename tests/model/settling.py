"""What becomes of money that was earned: orders end, it is shared out, fetched back and paid out, and comes back."""

from __future__ import annotations

from random import Random
from uuid import UUID

from domain import settlement
from domain.base import Job, clock
from domain.settlement import CallOutcome, WithdrawalOutcome
from models.settlement import CallKind, PayoutEvery
from tests.model.base import wrong
from tests.model.claiming import Claiming

ENDINGS = (WithdrawalOutcome.SUCCEEDED, WithdrawalOutcome.FAILED, WithdrawalOutcome.BOUNCED)
OWED = """SELECT -coalesce(sum(e.amount), 0)::bigint FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.account_id
    WHERE a.kind = 'MERCHANT_PAYABLE' AND a.owner_id = $1"""
OPEN = "SELECT amount FROM payouts WHERE merchant_id = $1 AND state IN ('ASKED', 'PROCESSING')"
# What WeChat Pay is not asked about any more cannot be heard of.
WATCHED = "SELECT number FROM payouts WHERE state = 'SUCCEEDED' AND next_at < '9000-01-01'"
# The end of a payout at WeChat Pay, and how its row may stand meanwhile: news may be late, but is never made up.
ALLOWED = {
    WithdrawalOutcome.PROCESSING: ("ASKED", "PROCESSING"),
    WithdrawalOutcome.SUCCEEDED: ("ASKED", "PROCESSING", "SUCCEEDED"),
    WithdrawalOutcome.FAILED: ("ASKED", "PROCESSING", "FAILED"),
    WithdrawalOutcome.BOUNCED: ("ASKED", "PROCESSING", "SUCCEEDED", "BOUNCED"),
}
KEPT = """SELECT (coalesce(-sum(e.amount) FILTER (WHERE a.kind = 'PLATFORM_REVENUE'), 0)
    - coalesce(sum(e.amount) FILTER (WHERE a.kind IN ('COUPON_EXPENSE', 'POINTS_LIABILITY')), 0))::bigint
    FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.account_id
    JOIN ledger_transactions t ON t.id = e.transaction_id WHERE t.order_id IN (SELECT order_id FROM settlements)"""
# Payments of orders that nobody has shipped: they are not over.
STAYS = """SELECT s.transaction_id FROM payment_parts s JOIN orders o ON o.id = s.order_id
    WHERE o.state IN ('AWAITING_SHIPMENT', 'PARTLY_SHIPPED')"""


class Settling(Claiming):
    """Shops that want their money, banks, and the platform where WeChat Pay said no."""

    async def ends_early(self, dice: Random) -> bool:
        """An order is over before the time for claims is, as where goods are recalled: they then find it shared out."""
        order = self.pick_order(dice, "RECEIVED")
        if order is None or order.state != "RECEIVED":
            return False
        order.due = clock.now()
        await self.market.sql.execute("UPDATE orders SET complete_at = $1 WHERE id = $2", order.due, order.id)
        await self.run(Job("order.complete", {"order_id": str(order.id)}))
        return True

    # ------------------------------------------------------------------------------------------ sharing out
    async def calls_end(self, dice: Random) -> bool:
        """A call that was taken in is done at WeChat Pay, or was not to be done."""
        answers = self.market.wechat.answers
        number = self.pick(dice, [n for n, seen in answers.items() if seen.outcome is CallOutcome.PROCESSING])
        if number is None:
            return False
        reasons = ["ACCOUNT_ABNORMAL"]
        if self.market.wechat.asked_for[number].kind is CallKind.RETURN:
            reasons.append("TIME_OUT_CLOSED")
        self.market.wechat.end_call(number, dice.choice(reasons) if dice.random() < 0.2 else "")
        if dice.random() < 0.5:
            id = await self.market.sql.fetchval("SELECT id FROM settlement_calls WHERE number = $1", number)
            await self.run(Job("settlement.call", {"id": str(id)}))
        return True

    async def unstick(self, dice: Random) -> bool:
        """The platform sees to what WeChat Pay refused for good."""
        found = await self.market.sql.fetch("SELECT id FROM settlements WHERE state = 'STUCK' ORDER BY order_number")
        if not found:
            return False
        id, operator = dice.choice(found)["id"], self.market.operator
        if dice.random() < 0.3:
            await self.attempt(self.do(settlement.release_refund, operator, id, "先行退款"), None)
        else:
            await self.attempt(self.do(settlement.retry, operator, id, "已联系微信"), True)
        return True

    # ------------------------------------------------------------------------------------------ paying out
    async def _payable_to(self, shop: UUID, account: str) -> tuple[int, bool]:
        """The most that can be paid out, and whether nothing is on its way."""
        sql, open = self.market.sql, await self.market.sql.fetch(OPEN, shop)
        owed = await sql.fetchval(OWED, shop) - sum(row["amount"] for row in open)
        return min(self.market.wechat.available[account], owed), not open

    async def want_paid_out(self, dice: Random) -> bool:
        at = dice.randrange(len(self.market.shops))
        shop, keeper = self.market.shops[at], self.market.keepers[at]
        account = await self.market.sql.fetchval("SELECT sub_mchid FROM merchants WHERE id = $1", shop)
        most, free = await self._payable_to(shop, account)
        amount = dice.choice((None, None, 1, max(most // 2, 1), most, most + 1))
        right = free and most > 0 and (amount is None or 0 < amount <= most)
        asked = (self.market.mall, self.market.wechat, keeper, amount, dice.randbytes(8).hex())
        told = await self.attempt(settlement.request_payout(*asked), right)
        if told.done and dice.random() < 0.2:
            again = await self.attempt(settlement.request_payout(*asked), True)
            if again.done and again.answer != told.answer:
                raise wrong("key", "one key made two payouts")
        return True

    async def bank_pays(self, dice: Random) -> bool:
        """Or does not; or sends back what had arrived."""
        wechat = self.market.wechat
        under_way = [n for n, seen in wechat.withdrawals.items() if seen.outcome is WithdrawalOutcome.PROCESSING]
        if under_way and dice.random() < 0.8:
            number = dice.choice(under_way)
            wechat.end_withdrawal(number, dice.choices(ENDINGS, (8, 1, 1))[0])
        else:
            rows = [row["number"] for row in await self.market.sql.fetch(WATCHED)]
            arrived = WithdrawalOutcome.SUCCEEDED
            arrivals = sorted(n for n in rows if wechat.withdrawals[n].outcome is arrived)
            if not arrivals or dice.random() < 0.7:
                return False
            number = dice.choice(arrivals)
            wechat.end_withdrawal(number, WithdrawalOutcome.BOUNCED)
        if dice.random() < 0.5:
            id = await self.market.sql.fetchval("SELECT id FROM payouts WHERE number = $1", number)
            await self.run(Job("payout.submit", {"id": str(id)}))
        return True

    async def nobody_is_paid_any_more(self) -> None:
        for keeper in self.market.keepers:
            await self.attempt(self.do(settlement.set_plan, keeper, PayoutEvery.NEVER, 100), True)

    async def run(self, job: Job) -> None:
        raise NotImplementedError

    # ------------------------------------------------------------------------------------------ what is true
    async def compare_payouts(self) -> None:
        """No row says more of a payout than WeChat Pay does."""
        for row in await self.market.sql.fetch("SELECT number, amount, state FROM payouts"):
            seen = self.market.wechat.withdrawals.get(row["number"])
            allowed = ALLOWED[seen.outcome] if seen else ("ASKED", "FAILED")
            if row["state"] not in allowed:
                raise wrong("payout", f"{row['state']}, WeChat Pay says {seen}")

    async def all_is_paid(self) -> None:
        """At rest: shared out is what was earned, and every account has what the ledger says."""
        sql, wechat = self.market.sql, self.market.wechat
        for what, state in (("settlements", "DONE"), ("settlement_calls", "SUCCEEDED,FAILED")):
            if left := await sql.fetch(f"SELECT * FROM {what} WHERE state <> ALL($1)", state.split(",")):
                raise wrong(f"{what} left", left)
        if await sql.fetchval("SELECT count(*) FROM payouts WHERE state IN ('ASKED', 'PROCESSING')"):
            raise wrong("payouts left", "some are under way")
        stays = {row["transaction_id"] for row in await sql.fetch(STAYS)}
        if frozen := {id: fen for id, fen in wechat.frozen.items() if fen and id not in stays}:
            raise wrong("frozen", f"nobody has shared out {frozen}")
        for row in await sql.fetch("SELECT id, sub_mchid FROM merchants"):
            owed, there = await sql.fetchval(OWED, row["id"]), wechat.available[row["sub_mchid"]]
            if there - wechat.own[row["sub_mchid"]] != owed:
                raise wrong("account", f"a shop has {there}, {wechat.own} of it its own; the ledger says {owed}")
        if (kept := await sql.fetchval(KEPT)) != wechat.platform:
            raise wrong("platform", f"it has {wechat.platform}, the ledger says {kept}")
