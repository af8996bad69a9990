"""Programmes from the draft to the end: written down, published, stopped by the platform.

What was published is a promise: stopping ends inviting, and who is bound already is still rewarded by its rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from domain import audit
from domain.base import (
    Conflict,
    Invalid,
    NotFound,
    RowDict,
    UnitOfWork,
    Viewer,
    WrongState,
    clean_text,
    clock,
    next_state,
)
from domain.referrals.states import PROGRAMME_REFUSALS, PROGRAMME_STEPS, ProgrammeEvent
from models.base import new_id
from models.promotions import Campaign, CampaignAudience, CampaignState, CouponOffer
from models.referrals import ProgrammeState, ReferralProgramme

PROGRAMME = ReferralProgramme.__table__.c
LONGEST = timedelta(days=366)
MOST_FEN = 10_000_000
# From the payment of a first order until it counts: on its way, in use, and its claims over.
UNTIL_KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Draft:
    """A programme as it is written down; `models.referrals` says what each part means."""

    name: str
    rules: str
    starts_at: datetime
    ends_at: datetime
    inviter_campaign_id: UUID
    invitee_campaign_id: UUID
    bind_days: int
    order_days: int
    least_kept: int
    per_inviter: int
    per_month: int
    total: int
    held_from: int


async def save(uow: UnitOfWork, viewer: Viewer, id: UUID | None, draft: Draft, version: int = 1) -> UUID:
    """Writes a draft down, or another version of it; Invalid says which field is wrong, WrongState once published."""
    values = _checked(draft)
    for field, campaign_id in _campaigns(values):
        await _by_event(uow, campaign_id, field)
    if id is None:
        id = new_id()
        fresh = {"id": id, "created_at": clock.now(), "created_by": viewer.name[:60] or "系统"}
        await uow.session.execute(insert(ReferralProgramme).values(fresh | values))
    else:
        row = await _locked(uow, id)
        if row["state"] is not ProgrammeState.DRAFT:
            raise WrongState("邀请活动已发布，不能修改；可以停止后另建")
        if row["version"] != version:
            raise Conflict("邀请活动已被他人修改，请刷新后重试")
        await _change(uow, id, values)
    await audit.record(uow, viewer, "referral.save", "referral_programme", id, {"name": values["name"]})
    return id


async def publish(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """From its start on members may invite. Conflict while another one runs; Invalid when its coupons cannot be given
    as long as it runs.
    """
    row = await _locked(uow, id)
    to = next_state(PROGRAMME_STEPS, row["state"], ProgrammeEvent.PUBLISH, PROGRAMME_REFUSALS[ProgrammeEvent.PUBLISH])
    if row["ends_at"] <= clock.now():
        raise Invalid("结束时间已过，请修改后再发布", field="endsAt")
    for field, campaign_id in _campaigns(row):
        coupon = await _by_event(uow, campaign_id, field)
        if coupon["state"] is not CampaignState.PUBLISHED:
            raise Invalid(f"奖励券「{coupon['name']}」没有发布", field=field)
        if coupon["ends_at"] < row["ends_at"] + timedelta(days=row["order_days"]) + UNTIL_KEPT:
            raise Invalid("奖励券的活动须晚于邀请结束加首单期限再加 30 天，否则有人拿不到奖励", field=field)
    running = Conflict("已有进行中的邀请活动，请先停止它")
    if await uow.session.scalar(select(PROGRAMME.id).where(PROGRAMME.state == ProgrammeState.RUNNING)):
        raise running
    try:
        await _change(uow, id, {"state": to, "published_at": clock.now()})
    except IntegrityError:  # published by a colleague in the same moment
        raise running from None
    await audit.record(uow, viewer, "referral.publish", "referral_programme", id, {"name": row["name"]})


async def stop(uow: UnitOfWork, viewer: Viewer, id: UUID, reason: str) -> None:
    """Nobody is invited any more. Who is bound keeps what was promised."""
    reason = clean_text(reason, field="reason", least=2, most=200, label="停止原因")
    row = await _locked(uow, id)
    to = next_state(PROGRAMME_STEPS, row["state"], ProgrammeEvent.STOP, PROGRAMME_REFUSALS[ProgrammeEvent.STOP])
    await _change(uow, id, {"state": to, "stopped_at": clock.now(), "stop_reason": reason})
    about = {"name": row["name"], "reason": reason}
    await audit.record(uow, viewer, "referral.stop", "referral_programme", id, about)


async def _change(uow: UnitOfWork, id: UUID, values: dict[str, Any]) -> None:
    changed = update(ReferralProgramme).where(PROGRAMME.id == id)
    await uow.session.execute(changed.values(**values, version=PROGRAMME.version + 1))


async def _locked(uow: UnitOfWork, id: UUID) -> RowDict:
    chosen = select(*PROGRAMME).where(PROGRAMME.id == id).with_for_update(key_share=True)
    row = (await uow.session.execute(chosen)).mappings().first()
    if row is None:
        raise NotFound("邀请活动不存在")
    return dict(row)


def _campaigns(row: RowDict) -> tuple[tuple[str, UUID], ...]:
    return ("inviterCampaignId", row["inviter_campaign_id"]), ("inviteeCampaignId", row["invitee_campaign_id"])


async def _by_event(uow: UnitOfWork, campaign_id: UUID, field: str) -> RowDict:
    """A coupon campaign of the platform's whose coupons are given by events to everybody."""
    campaign, offer = Campaign.__table__.c, CouponOffer.__table__.c
    chosen = select(campaign.name, campaign.state, campaign.ends_at, campaign.merchant_id, campaign.audience)
    chosen = chosen.join_from(Campaign, CouponOffer, offer.campaign_id == campaign.id)
    row = (await uow.session.execute(chosen.where(campaign.id == campaign_id, offer.by_event))).mappings().first()
    if row is None or row["merchant_id"] is not None:
        raise Invalid("请选择平台的、按事件发放的优惠券活动", field=field)
    if row["audience"] is not CampaignAudience.EVERYBODY:
        raise Invalid("奖励券须面向所有人：发放时被邀请人已买过商品", field=field)
    return dict(row)


def _checked(draft: Draft) -> dict[str, Any]:
    if draft.starts_at.tzinfo is None or draft.ends_at.tzinfo is None:
        raise Invalid("时间须带时区", field="startsAt")
    if not timedelta(0) < draft.ends_at - draft.starts_at <= LONGEST:
        raise Invalid("结束时间须晚于开始时间，活动最长一年", field="endsAt")
    _between(draft.bind_days, 1, 30, "bindDays", "注册后可被邀请的天数")
    _between(draft.order_days, 1, 90, "orderDays", "首单期限（天）")
    _between(draft.least_kept, 1, MOST_FEN, "leastKept", "首单最低实付（分）")
    _between(draft.per_inviter, 1, 20, "perInviter", "每人奖励上限")
    _between(draft.per_month, 1, draft.per_inviter, "perMonth", "每人每月奖励上限")
    _between(draft.total, 1, 1_000_000, "total", "奖励总名额")
    _between(draft.held_from, 2, 100, "heldFrom", "单日邀请审核线")
    words = {
        "name": clean_text(draft.name, field="name", least=2, most=40, label="活动名称"),
        "rules": clean_text(draft.rules, field="rules", least=4, most=500, label="活动规则"),
    }
    return {**vars(draft), **words}


def _between(value: int, least: int, most: int, field: str, label: str) -> None:
    if not least <= value <= most:
        raise Invalid(f"{label}须在 {least} 到 {most} 之间", field=field)
