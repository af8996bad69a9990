"""What may happen to cards, as data; and what the law leaves open, decided."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from domain.base import Refusal, Steps
from models.cards import MOST_BEARER as MOST_BEARER
from models.cards import MOST_NAMED as MOST_NAMED
from models.cards import CardState


class CardUnusable(Refusal):
    """A card cannot pay: not the buyer's, frozen, empty, run out, or good elsewhere only."""

    code = "CARD_UNUSABLE"


class CardWrongIssuer(CardUnusable):
    """Named for goods of another shop than the card's (非银行支付机构条例)."""

    code = "CARD_WRONG_ISSUER"


class CardStep(StrEnum):
    BIND = "BIND"
    GIVE = "GIVE"
    FREEZE = "FREEZE"
    THAW = "THAW"
    REPLACE = "REPLACE"
    REFUND = "REFUND"
    # Of a code that nobody has bound.
    SUSPEND = "SUSPEND"
    RESUME = "RESUME"
    VOID = "VOID"


CARD_STEPS: Steps[CardState, CardStep] = {
    (CardState.ISSUED, CardStep.BIND): CardState.ACTIVE,
    (CardState.ISSUED, CardStep.SUSPEND): CardState.SUSPENDED,
    (CardState.SUSPENDED, CardStep.RESUME): CardState.ISSUED,
    (CardState.ISSUED, CardStep.VOID): CardState.VOIDED,
    (CardState.SUSPENDED, CardStep.VOID): CardState.VOIDED,
    (CardState.ACTIVE, CardStep.GIVE): CardState.ACTIVE,
    (CardState.ACTIVE, CardStep.FREEZE): CardState.FROZEN,
    (CardState.FROZEN, CardStep.THAW): CardState.ACTIVE,
    (CardState.FROZEN, CardStep.REPLACE): CardState.REPLACED,
    (CardState.ACTIVE, CardStep.REFUND): CardState.REFUNDED,
}
CARD_REFUSALS = {
    CardStep.BIND: "该卡已被绑定",
    CardStep.GIVE: "只有可用的礼品卡可以赠送",
    CardStep.FREEZE: "只有可用的礼品卡可以挂失或冻结",
    CardStep.THAW: "只有已挂失或冻结的礼品卡可以恢复",
    CardStep.REPLACE: "请先挂失，再补发",
    CardStep.REFUND: "只有可用的礼品卡可以退卡",
    CardStep.SUSPEND: "没有可冻结的卡号：只有未绑定的卡号可以冻结",
    CardStep.RESUME: "没有可解冻的卡号：只有已冻结且未绑定的卡号可以解冻",
    CardStep.VOID: "没有可作废的卡号：只有未绑定的卡号可以作废",
}
# What whoever has a code reads that cannot be bound.
UNBINDABLE = {
    CardState.SUSPENDED: "该卡号已被发卡方冻结，暂时不能绑定，请联系购卡处",
    CardState.VOIDED: "该卡号已作废，请联系购卡处",
}

# A refund without a reason (法释〔2025〕4号 第十四条), counted from the payment.
REFUND_WITHIN = timedelta(days=7)
# A card that runs out is good again for so long when it is extended, or when money comes back to it.
EXTENDED_BY = timedelta(days=365)


def months_later(moment: datetime, months: int) -> datetime:
    """The same day so many months later, or the last of that month; never less than the law's three years."""
    year, month = divmod(moment.month - 1 + months, 12)
    later = moment
    for day in range(moment.day, 27, -1):
        try:
            later = moment.replace(year=moment.year + year, month=month + 1, day=day)
            break
        except ValueError:
            continue
    else:
        later = moment.replace(year=moment.year + year, month=month + 1)
    return max(later, moment + timedelta(days=1096)) if months >= 36 else later
