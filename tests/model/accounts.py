"""WeChat Pay's accounts as the model plays them: what is frozen, shared out, fetched back, paid out, and refused."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from random import Random

from domain.ledger import fee
from domain.payments import PaymentSeen, RefundAsked, RefundOutcome, RefundSeen
from domain.settlement import (
    Balance,
    CallAsked,
    CallOutcome,
    CallSeen,
    WithdrawalAsked,
    WithdrawalOutcome,
    WithdrawalSeen,
)
from models.settlement import CallKind
from tests.orders.gateway import FakeGateway

SUBSIDIES = (CallKind.SUBSIDY, CallKind.SUBSIDY_RETURN)
NEVER_SEEN, REFUSED = CallSeen(CallOutcome.UNKNOWN), CallSeen(CallOutcome.REFUSED, reason="RULE_LIMIT")


@dataclass
class Accounts(FakeGateway):
    """Speaks both ports. Keeps a payment's fee to what is left of it, and moves money when a call has succeeded."""

    divides = True
    #: What WeChat Pay thinks of the calls of this step.
    dice: Random = field(default_factory=lambda: Random(0))
    paid_in: Counter[str] = field(default_factory=Counter)
    went_back: Counter[str] = field(default_factory=Counter)
    frozen: Counter[str] = field(default_factory=Counter)
    #: Payments that are shared out to the end.
    finished: set[str] = field(default_factory=set)
    available: Counter[str] = field(default_factory=Counter)
    #: Fen that shops have paid into their accounts; what the platform got, less what it gave.
    own: Counter[str] = field(default_factory=Counter)
    platform: int = 0
    #: Shops that have too little for a refund, and how much it takes.
    short: dict[str, int] = field(default_factory=dict)
    asked_for: dict[str, CallAsked] = field(default_factory=dict)
    answers: dict[str, CallSeen] = field(default_factory=dict)
    #: Numbers that are never taken in; and whether nothing is refused any more.
    stubborn: set[str] = field(default_factory=set)
    willing: bool = False
    withdrawn: dict[str, WithdrawalAsked] = field(default_factory=dict)
    withdrawals: dict[str, WithdrawalSeen] = field(default_factory=dict)

    # -------------------------------------------------------------------------------- what was paid goes back
    def pay(self, number: str, *, openid: str | None = None, less: int = 0) -> PaymentSeen:
        seen = super().pay(number, openid=openid, less=less)
        for part in seen.parts:
            self.paid_in[part.transaction_id] = part.amount
            self.frozen[part.transaction_id] = part.amount - fee(part.amount)
        return seen

    async def refund(self, asked: RefundAsked) -> RefundSeen:
        await self._enter("refund")
        assert asked.amount <= asked.total, "more goes back than came"
        if asked.number not in self.refunded and not self._take(asked):
            self._leave()
            return RefundSeen(asked.number, RefundOutcome.SHORT, reason="NOT_ENOUGH 基本账户余额不足")
        assert self.refunded.setdefault(asked.number, asked) == asked, "one number, two refunds"
        fresh = RefundSeen(asked.number, RefundOutcome.PROCESSING, f"5030{next(self._numbers)}")
        seen = self.refunds.setdefault(asked.number, fresh)
        self._leave()
        return seen

    def _take(self, asked: RefundAsked) -> bool:
        """False where the shop has too little: then nothing has happened."""
        wanted = self._without_fee(asked)
        if asked.transaction_id not in self.finished:
            assert self.frozen[asked.transaction_id] >= wanted, "more goes back than is frozen"
            self.frozen[asked.transaction_id] -= wanted
        elif self.available[asked.sub_mchid] < wanted:
            self.short[asked.sub_mchid] = wanted
            return False
        else:
            self.available[asked.sub_mchid] -= wanted
        self.went_back[asked.transaction_id] += asked.amount
        return True

    def _without_fee(self, asked: RefundAsked) -> int:
        left = self.paid_in[asked.transaction_id] - self.went_back[asked.transaction_id]
        return asked.amount - (fee(left) - fee(left - asked.amount))

    def end_refund(self, number: str, outcome: RefundOutcome) -> None:
        self.refunds[number] = replace(self.refunds[number], outcome=outcome)
        if outcome is RefundOutcome.CLOSED:
            asked = self.refunded[number]
            self.went_back[asked.transaction_id] -= asked.amount
            back = self._without_fee(asked)
            if asked.transaction_id in self.finished:
                self.available[asked.sub_mchid] += back
            else:
                self.frozen[asked.transaction_id] += back

    def pay_up(self) -> None:
        """Shops that have too little pay it in."""
        for shop, wanted in self.short.items():
            self.available[shop] += wanted
            self.own[shop] += wanted
        self.short.clear()

    # -------------------------------------------------------------------------------- sharing out
    async def find(self, asked: CallAsked) -> CallSeen:
        await self._enter("find")
        self._leave()
        return NEVER_SEEN if asked.kind in SUBSIDIES else self.answers.get(asked.number, NEVER_SEEN)

    async def ask(self, asked: CallAsked) -> CallSeen:
        await self._enter(asked.kind.value)
        assert self.asked_for.setdefault(asked.number, asked) == asked, "one number, two calls"
        if asked.number not in self.answers:
            how = self.dice.random()
            if not self.willing and (how < 0.08 or asked.number in self.stubborn):
                self.stubborn |= {asked.number} if how < 0.04 else set()
                return REFUSED
            if asked.kind is CallKind.SUBSIDY_RETURN and self.available[asked.sub_mchid] < asked.amount:
                self.short[asked.sub_mchid] = asked.amount
                return NEVER_SEEN
            self.answers[asked.number] = CallSeen(CallOutcome.PROCESSING, f"3008{next(self._numbers)}")
            if asked.kind in SUBSIDIES or how < 0.8:
                self.end_call(asked.number)
        self._leave()
        return self.answers[asked.number]

    def end_call(self, number: str, reason: str = "") -> None:
        """A call comes to its end; for a `reason` it has failed, and nothing was moved."""
        outcome = CallOutcome.FAILED if reason else CallOutcome.SUCCEEDED
        self.answers[number] = replace(self.answers[number], outcome=outcome, reason=reason or None)
        if not reason:
            self._move(self.asked_for[number])

    def _move(self, asked: CallAsked) -> None:
        about, shop, amount = asked.transaction_id, asked.sub_mchid, asked.amount
        if asked.kind in (CallKind.RETURN, CallKind.SUBSIDY_RETURN):
            back = amount if asked.kind is CallKind.RETURN else -amount
            self.available[shop] += back
            self.platform -= back
            return
        assert about not in self.finished, "sharing has ended"
        self.frozen[about] += amount if asked.kind is CallKind.SUBSIDY else -amount
        self.platform += -amount if asked.kind is CallKind.SUBSIDY else amount
        assert self.frozen[about] >= 0, "more is shared out than is frozen"
        if asked.kind is not CallKind.SUBSIDY:
            self.finished.add(about)
            self.available[shop] += self.frozen.pop(about)

    # -------------------------------------------------------------------------------- paying out
    async def balance(self, sub_mchid: str) -> Balance:
        await self._enter("balance")
        self._leave()
        return Balance(self.available[sub_mchid], 0)

    async def withdraw(self, asked: WithdrawalAsked) -> WithdrawalSeen:
        await self._enter("withdraw")
        if asked.number not in self.withdrawn:
            if self.available[asked.sub_mchid] < asked.amount:
                return WithdrawalSeen(WithdrawalOutcome.FAILED, reason="NOT_ENOUGH")
            self.available[asked.sub_mchid] -= asked.amount
            self.withdrawals[asked.number] = WithdrawalSeen(WithdrawalOutcome.PROCESSING, "1240")
        assert self.withdrawn.setdefault(asked.number, asked) == asked, "one number, two payouts"
        self._leave()
        return self.withdrawals[asked.number]

    async def find_withdrawal(self, number: str, sub_mchid: str) -> WithdrawalSeen:
        await self._enter("find_withdrawal")
        self._leave()
        return self.withdrawals.get(number, WithdrawalSeen(WithdrawalOutcome.UNKNOWN))

    def end_withdrawal(self, number: str, outcome: WithdrawalOutcome) -> None:
        """It arrives, fails, or the bank sends it back, also after it had arrived."""
        self.withdrawals[number] = replace(self.withdrawals[number], outcome=outcome)
        if outcome is not WithdrawalOutcome.SUCCEEDED:
            self.available[self.withdrawn[number].sub_mchid] += self.withdrawn[number].amount

    def paid_out(self) -> int:
        arrived = WithdrawalOutcome.SUCCEEDED
        return sum(
            self.withdrawn[number].amount for number, seen in self.withdrawals.items() if seen.outcome is arrived
        )
