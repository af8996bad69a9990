"""What may happen to programmes and referrals, as data; and what the inviter and the invited one read of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from domain.base import Refusal, Steps, clock
from models.referrals import Missed, ProgrammeState, ReferralState


class NotInvitable(Refusal):
    """The viewer cannot be invited, by this member or by anybody; the sentence says why."""

    code = "NOT_INVITABLE"


class ProgrammeEvent(StrEnum):
    PUBLISH = "PUBLISH"
    STOP = "STOP"


PROGRAMME_STEPS: Steps[ProgrammeState, ProgrammeEvent] = {
    (ProgrammeState.DRAFT, ProgrammeEvent.PUBLISH): ProgrammeState.RUNNING,
    (ProgrammeState.RUNNING, ProgrammeEvent.STOP): ProgrammeState.STOPPED,
}
PROGRAMME_REFUSALS = {
    ProgrammeEvent.PUBLISH: "邀请活动已发布或已停止",
    ProgrammeEvent.STOP: "只有进行中的邀请活动可以停止",
}


class ProgrammePhase(StrEnum):
    """SCHEDULED: published, and it has not begun. ENDED by the clock, STOPPED by a person."""

    DRAFT = "DRAFT"
    SCHEDULED = "SCHEDULED"
    RUNNING = "RUNNING"
    ENDED = "ENDED"
    STOPPED = "STOPPED"


def phase_of(state: str, starts_at: datetime, ends_at: datetime) -> ProgrammePhase:
    if state != ProgrammeState.RUNNING:
        return ProgrammePhase(state)
    now = clock.now()
    if now < starts_at:
        return ProgrammePhase.SCHEDULED
    return ProgrammePhase.RUNNING if now < ends_at else ProgrammePhase.ENDED


class ReferralEvent(StrEnum):
    # The first order is complete and was kept: both are rewarded; a person looks first; nothing is left to give.
    REWARD = "REWARD"
    HOLD = "HOLD"
    MISS = "MISS"
    # The desk says no; or the order went back before it said anything.
    REFUSE = "REFUSE"
    # No order was paid in time.
    LAPSE = "LAPSE"
    # The order went back after the reward.
    TAKE_BACK = "TAKE_BACK"


S, E = ReferralState, ReferralEvent
REFERRAL_STEPS: Steps[ReferralState, ReferralEvent] = {
    (S.BOUND, E.REWARD): S.REWARDED,
    (S.BOUND, E.HOLD): S.HELD,
    (S.BOUND, E.MISS): S.MISSED,
    (S.BOUND, E.LAPSE): S.LAPSED,
    (S.HELD, E.REWARD): S.REWARDED,
    (S.HELD, E.MISS): S.MISSED,
    (S.HELD, E.REFUSE): S.REFUSED,
    (S.REWARDED, E.TAKE_BACK): S.TAKEN_BACK,
}
REFERRAL_REFUSALS = {
    E.REWARD: "这次邀请已有结果",
    E.HOLD: "这次邀请已有结果",
    E.MISS: "这次邀请已有结果",
    E.REFUSE: "只有待审核的邀请可以处理",
    E.LAPSE: "这次邀请已有结果",
    E.TAKE_BACK: "没有可以收回的奖励",
}

WENT_BACK_HELD = "首单在审核期间退款，不再发放奖励"
WENT_BACK = "首单在奖励发放后退款，未使用的奖励券已收回，已使用的不追回"

MISSED_WORDS: Mapping[Missed, str] = {
    Missed.INVITER_LIMIT: "邀请人的奖励次数已达本次活动上限",
    Missed.MONTH_LIMIT: "邀请人本月的奖励次数已达上限",
    Missed.PROGRAMME_LIMIT: "本次活动的奖励名额已发完",
    Missed.COUPONS_GONE: "奖励券已发完",
    Missed.COUPONS_OVER: "奖励券已停止发放",
    Missed.COUPON_LIMIT: "持有的优惠券或领取次数已达上限",
    Missed.BLOCKED: "账号受限，不能领取奖励",
}


def told(state: str, missed: str | None, reason: str, paid: bool) -> str:
    """What one side reads of a referral: what it got, or why not."""
    match ReferralState(state):
        case S.BOUND if paid:
            return "首单已付款，订单完成且过了售后期后发放奖励"
        case S.BOUND:
            return "已接受邀请，等待完成首单"
        case S.HELD:
            return "首单已完成，奖励正在人工审核"
        case S.LAPSED:
            return "未在规定时间内完成首单，邀请已失效"
        case S.REWARDED if missed is None:
            return "奖励券已发放，请在我的优惠券查看"
        case S.REWARDED | S.MISSED:
            return f"{MISSED_WORDS[Missed(missed)]}，没有发放" if missed else "没有发放"
        case _:
            return reason
