"""WeChat Pay's accounts in memory, behind both ports: what is frozen, shared, returned and paid out, to the fen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

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

DONE = CallSeen(CallOutcome.SUCCEEDED, "3008")


@dataclass
class Bank(FakeGateway):
    """Does at once what it is asked; `lose`: does it, then gives no answer. Refuses what the real one refuses."""

    divides = True
    frozen: Counter[str] = field(default_factory=Counter)
    available: Counter[str] = field(default_factory=Counter)
    platform: int = 1_000_000
    paid_in: Counter[str] = field(default_factory=Counter)
    went_back: Counter[str] = field(default_factory=Counter)
    finished: set[str] = field(default_factory=set)
    asked: dict[str, CallAsked] = field(default_factory=dict)
    withdrawn: dict[str, WithdrawalAsked] = field(default_factory=dict)
    withdrawals: dict[str, WithdrawalSeen] = field(default_factory=dict)
    #: Kinds of calls that are not taken in.
    rejects: set[CallKind] = field(default_factory=set)

    def pay(self, number: str, *, openid: str | None = None, less: int = 0) -> PaymentSeen:
        seen = super().pay(number, openid=openid, less=less)
        for part in seen.parts:
            self.paid_in[part.transaction_id] = part.amount
            self.frozen[part.transaction_id] = part.amount - fee(part.amount)
        return seen

    async def refund(self, asked: RefundAsked) -> RefundSeen:
        fresh = asked.number not in self.refunded
        if fresh:
            self._take(asked.transaction_id, asked.sub_mchid, asked.amount)
        return await super().refund(asked)

    def _take(self, transaction_id: str, shop: str, amount: int) -> None:
        left = self.paid_in[transaction_id] - self.went_back[transaction_id]
        wanted = amount - (fee(left) - fee(left - amount))
        if transaction_id in self.finished:
            assert self.available[shop] >= wanted, "the shop's account is short"
            self.available[shop] -= wanted
        else:
            assert self.frozen[transaction_id] >= wanted, "more goes back than is frozen"
            self.frozen[transaction_id] -= wanted
        self.went_back[transaction_id] += amount

    # -------------------------------------------------------------------------------- settlement's port
    async def find(self, asked: CallAsked) -> CallSeen:
        await self._enter("find")
        self._leave()
        seen = asked.number in self.asked and asked.kind not in (CallKind.SUBSIDY, CallKind.SUBSIDY_RETURN)
        return DONE if seen else CallSeen(CallOutcome.UNKNOWN)

    async def ask(self, asked: CallAsked) -> CallSeen:
        await self._enter(asked.kind.value)
        if asked.kind in self.rejects:
            return CallSeen(CallOutcome.REFUSED, reason="RULE_LIMIT")
        assert self.asked.setdefault(asked.number, asked) == asked, "one number, two calls"
        if self.calls.count(f"did {asked.number}") == 0:
            self.calls.append(f"did {asked.number}")
            self._do(asked)
        self._leave()
        return DONE

    def _do(self, asked: CallAsked) -> None:
        about, shop, amount = asked.transaction_id, asked.sub_mchid, asked.amount
        if asked.kind in (CallKind.SUBSIDY, CallKind.SPLIT, CallKind.FINISH):
            assert about not in self.finished, "sharing has ended"
            self.frozen[about] += amount if asked.kind is CallKind.SUBSIDY else -amount
            self.platform += -amount if asked.kind is CallKind.SUBSIDY else amount
            assert self.frozen[about] >= 0, "more is shared than is frozen"
            if asked.kind is not CallKind.SUBSIDY:
                self.finished.add(about)
                self.available[shop] += self.frozen.pop(about)
        else:
            back = amount if asked.kind is CallKind.RETURN else -amount
            assert self.available[shop] + back >= 0, "the shop's account is short"
            self.available[shop] += back
            self.platform -= back

    async def balance(self, sub_mchid: str) -> Balance:
        await self._enter("balance")
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

    def end_withdrawal(self, number: str, outcome: WithdrawalOutcome = WithdrawalOutcome.SUCCEEDED) -> None:
        before = self.withdrawals[number]
        self.withdrawals[number] = replace(before, outcome=outcome)
        if outcome is not WithdrawalOutcome.SUCCEEDED:
            self.available[self.withdrawn[number].sub_mchid] += self.withdrawn[number].amount

    def finish_all_refunds(self) -> None:
        for number, seen in self.refunds.items():
            if seen.outcome is RefundOutcome.PROCESSING:
                self.finish_refund(number)
