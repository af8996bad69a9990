"""What may happen to campaigns and coupons, as data; and what the clock makes of a campaign."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from domain.base import Steps, clock
from models.promotions import ApplicationState, CampaignState, CouponState


class CampaignEvent(StrEnum):
    PUBLISH = "PUBLISH"
    STOP = "STOP"


CAMPAIGN_STEPS: Steps[CampaignState, CampaignEvent] = {
    (CampaignState.DRAFT, CampaignEvent.PUBLISH): CampaignState.PUBLISHED,
    (CampaignState.PUBLISHED, CampaignEvent.STOP): CampaignState.STOPPED,
}
REFUSALS = {
    CampaignEvent.PUBLISH: "活动已发布或已停止",
    CampaignEvent.STOP: "只有已发布的活动可以停止",
}


class CouponEvent(StrEnum):
    USE = "USE"
    # The order it was used for is closed; in time, or too late to be used again.
    GIVE_BACK = "GIVE_BACK"
    GIVE_BACK_LATE = "GIVE_BACK_LATE"
    EXPIRE = "EXPIRE"
    # Its closed trade was paid after all.
    TAKE_AGAIN = "TAKE_AGAIN"


COUPON_STEPS: Steps[CouponState, CouponEvent] = {
    (CouponState.HELD, CouponEvent.USE): CouponState.USED,
    (CouponState.USED, CouponEvent.GIVE_BACK): CouponState.HELD,
    (CouponState.USED, CouponEvent.GIVE_BACK_LATE): CouponState.EXPIRED,
    (CouponState.HELD, CouponEvent.EXPIRE): CouponState.EXPIRED,
    (CouponState.HELD, CouponEvent.TAKE_AGAIN): CouponState.USED,
    (CouponState.EXPIRED, CouponEvent.TAKE_AGAIN): CouponState.USED,
}


class ApplicationEvent(StrEnum):
    ACCEPT = "ACCEPT"
    DECLINE = "DECLINE"
    WITHDRAW = "WITHDRAW"
    REMOVE = "REMOVE"


APPLICATION_STEPS: Steps[ApplicationState, ApplicationEvent] = {
    (ApplicationState.APPLIED, ApplicationEvent.ACCEPT): ApplicationState.ACCEPTED,
    (ApplicationState.APPLIED, ApplicationEvent.DECLINE): ApplicationState.DECLINED,
    (ApplicationState.APPLIED, ApplicationEvent.WITHDRAW): ApplicationState.WITHDRAWN,
    (ApplicationState.ACCEPTED, ApplicationEvent.WITHDRAW): ApplicationState.WITHDRAWN,
    (ApplicationState.ACCEPTED, ApplicationEvent.REMOVE): ApplicationState.REMOVED,
}
APPLICATION_REFUSALS = {
    ApplicationEvent.ACCEPT: "报名已处理或已撤回，请刷新",
    ApplicationEvent.DECLINE: "报名已处理或已撤回，请刷新",
    ApplicationEvent.WITHDRAW: "报名已婉拒、撤回或移出，不能再撤回",
    ApplicationEvent.REMOVE: "只有已接受的报名可以移出",
}


class Phase(StrEnum):
    """SCHEDULED: published, and it has not begun. ENDED by the clock, STOPPED by a person."""

    DRAFT = "DRAFT"
    SCHEDULED = "SCHEDULED"
    RUNNING = "RUNNING"
    ENDED = "ENDED"
    STOPPED = "STOPPED"


def phase_of(state: str, starts_at: datetime, ends_at: datetime) -> Phase:
    if state != CampaignState.PUBLISHED:
        return Phase(state)
    now = clock.now()
    if now < starts_at:
        return Phase.SCHEDULED
    return Phase.RUNNING if now < ends_at else Phase.ENDED
