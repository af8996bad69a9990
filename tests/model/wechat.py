"""WeChat Pay as the model plays it: money that comes and goes back, and answers that are lost or never come."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from domain.base import Unavailable
from domain.payments import Outcome, PartPaid, PaymentSeen, RefundAsked, RefundOutcome, RefundSeen
from tests.model.accounts import Accounts


@dataclass
class Wechat(Accounts):
    """Also counts its own money in fen, and remembers what it has told about attempts since it was last asked."""

    told: list[PaymentSeen] = field(default_factory=list)
    came: dict[str, int] = field(default_factory=dict)
    # The call of a step, counted from 1, that gets no answer: before anything is done, or after it.
    fails_before: int = 0
    fails_after: int = 0
    asked: int = 0

    def begin_step(self, *, before: int = 0, after: int = 0, seed: int = 0) -> None:
        self.fails_before, self.fails_after, self.asked = before, after, 0
        self.dice = Random(seed)
        self.told.clear()
        self.calls.clear()

    @property
    def failed(self) -> bool:
        """Whether a call of this step got no answer."""
        return 0 < self.fails_before <= self.asked or 0 < self.fails_after <= self.asked

    async def _enter(self, name: str) -> None:
        self.asked += 1
        if self.asked == self.fails_before:
            raise Unavailable("微信支付暂时没有响应，请稍后再试")
        self.calls.append(name)

    def _leave(self) -> None:
        if self.asked == self.fails_after:
            raise Unavailable("微信支付暂时没有响应，请稍后再试")

    async def query(self, number: str) -> PaymentSeen:
        seen = await super().query(number)
        self.told.append(seen)
        return seen

    async def refund(self, asked: RefundAsked) -> RefundSeen:
        back = sum(each.amount for each in self._of(asked.transaction_id) if each.number != asked.number)
        assert back + asked.amount <= self.came[asked.transaction_id], "more goes back than came"
        return await super().refund(asked)

    def _of(self, transaction_id: str) -> list[RefundAsked]:
        """Refunds of a transaction that stand."""
        return [
            asked
            for number, asked in self.refunded.items()
            if asked.transaction_id == transaction_id and self.refunds[number].outcome is not RefundOutcome.CLOSED
        ]

    # -------------------------------------------------------------------------------- the buyer, the bank
    def pay_anyhow(self, number: str, *, openid: str | None = None, less: int = 0) -> PaymentSeen:
        """As `pay`, also when the attempt was said to be closed: WeChat Pay's word is the last."""
        known = self.orders[number]
        assert known.paid is None
        known.state = Outcome.UNPAID
        seen = self.pay(number, openid=openid, less=less)
        for part in seen.parts:
            self.came[part.transaction_id] = part.amount
        return seen

    def kept(self) -> int:
        """Fen that came and neither went back nor were paid out."""
        gone = {RefundOutcome.SUCCEEDED}
        back = sum(self.refunded[number].amount for number, seen in self.refunds.items() if seen.outcome in gone)
        return sum(self.came.values()) - back - self.paid_out()


__all__ = ["PartPaid", "Wechat"]
