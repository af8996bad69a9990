"""WeChat Pay in memory, behind the port: numbers, repeated calls, closed and paid orders, lost answers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from itertools import count

from domain.base import Unavailable, WrongState, clock
from domain.payments import (
    Outcome,
    PartPaid,
    PaymentAsked,
    PaymentSeen,
    RefundAsked,
    RefundOutcome,
    RefundSeen,
)
from models.payments import PayWay

Hook = Callable[[], Awaitable[None]]


@dataclass
class Asked:
    """A combined order as WeChat Pay keeps it."""

    asked: PaymentAsked
    prepay_id: str
    state: Outcome = Outcome.UNPAID
    paid: PaymentSeen | None = None


@dataclass
class FakeGateway:
    """Keeps what it was asked for. `down`: no answer at all; `lose`: does what is asked, then gives no answer.

    `refuses`: why it takes no refund; `short`: that the shop's account has not enough for it, in its words.
    """

    way: PayWay = PayWay.COMBINED
    orders: dict[str, Asked] = field(default_factory=dict)
    refunds: dict[str, RefundSeen] = field(default_factory=dict)
    refunded: dict[str, RefundAsked] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    down: bool = False
    lose: int = 0
    refuses: str = ""
    short: str = ""
    # Run inside a call, before it does anything: other people act while the network is slow.
    meanwhile: dict[str, Hook] = field(default_factory=dict)
    every_call: Hook | None = None
    _numbers: count[int] = field(default_factory=lambda: count(1))

    # -------------------------------------------------------------------------------- the port
    async def prepay(self, asked: PaymentAsked) -> str:
        await self._enter("prepay")
        known = self.orders.setdefault(asked.number, Asked(asked, f"wx{next(self._numbers):030d}"))
        if known.state is not Outcome.UNPAID or known.asked != asked:
            raise WrongState("该笔支付已处理,请刷新后查看")
        self._leave()
        return known.prepay_id

    def client_parameters(self, prepay_id: str) -> dict[str, str]:
        signed = {"timeStamp": "1763776800", "nonceStr": "n", "signType": "RSA", "paySign": f"signed {prepay_id}"}
        return {**signed, "package": f"prepay_id={prepay_id}"}

    async def query(self, number: str) -> PaymentSeen:
        await self._enter("query")
        known = self.orders.get(number)
        self._leave()
        if known is None:
            return PaymentSeen(number, Outcome.UNKNOWN)
        return known.paid or PaymentSeen(number, known.state)

    async def close(self, asked: PaymentAsked) -> None:
        await self._enter("close")
        known = self.orders.get(asked.number)
        if known and known.state is Outcome.PAID:
            raise WrongState("该笔支付已完成,无法关闭")
        if known:
            known.state = Outcome.CLOSED
        self._leave()

    async def refund(self, asked: RefundAsked) -> RefundSeen:
        await self._enter("refund")
        if self.refuses:
            return RefundSeen(asked.number, RefundOutcome.REFUSED, reason=self.refuses)
        if self.short:
            return RefundSeen(asked.number, RefundOutcome.SHORT, reason=self.short)
        assert asked.amount <= asked.total, "more goes back than came"
        assert self.refunded.setdefault(asked.number, asked) == asked, "one number, two refunds"
        seen = self.refunds.setdefault(
            asked.number, RefundSeen(asked.number, RefundOutcome.PROCESSING, f"5030{next(self._numbers)}")
        )
        self._leave()
        return seen

    async def query_refund(self, number: str, sub_mchid: str) -> RefundSeen:
        await self._enter("query_refund")
        self._leave()
        return self.refunds.get(number, RefundSeen(number, RefundOutcome.UNKNOWN))

    async def refund_to_merchant(self, number: str, provider_id: str, sub_mchid: str) -> RefundSeen:
        await self._enter("refund_to_merchant")
        known = self.refunds[number]
        assert (known.outcome, known.provider_id) == (RefundOutcome.ABNORMAL, provider_id)
        self.refunds[number] = replace(known, outcome=RefundOutcome.PROCESSING)
        self._leave()
        return self.refunds[number]

    async def _enter(self, name: str) -> None:
        self.calls.append(name)
        await asyncio.sleep(0)
        if self.every_call is not None:
            await self.every_call()
        if hook := self.meanwhile.pop(name, None):
            await hook()
        if self.down:
            raise Unavailable("微信支付暂时没有响应,请稍后再试")

    def _leave(self) -> None:
        if self.lose:
            self.lose -= 1
            raise Unavailable("微信支付暂时没有响应,请稍后再试")

    # -------------------------------------------------------------------------------- the buyer, the bank
    def pay(self, number: str, *, openid: str | None = None, less: int = 0) -> PaymentSeen:
        """The buyer types the password. `less`: fen missing from the first part, as no real one would."""
        known = self.orders[number]
        assert known.state is Outcome.UNPAID, "WeChat Pay lets nobody pay a closed order, or twice"
        parts = [PartPaid(part.number, f"4200{next(self._numbers):024d}", part.amount) for part in known.asked.parts]
        parts[0] = replace(parts[0], amount=parts[0].amount - less)
        known.state = Outcome.PAID
        known.paid = PaymentSeen(number, Outcome.PAID, openid or known.asked.openid, clock.now(), tuple(parts))
        if self.way is PayWay.DIRECT:
            whole = PartPaid(number, parts[0].transaction_id, sum(part.amount for part in parts))
            known.paid = replace(known.paid, parts=(), whole=whole)
        return known.paid

    def finish_refund(self, number: str, outcome: RefundOutcome = RefundOutcome.SUCCEEDED) -> RefundSeen:
        self.refunds[number] = replace(self.refunds[number], outcome=outcome)
        return self.refunds[number]
