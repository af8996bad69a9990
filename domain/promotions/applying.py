"""Shops in campaigns of the platform: they apply and agree to what they would bear, the platform answers.

Every step locks the campaign first, then applications in the order of their ids, then the marks of shops. An order
that a shop bears a part of holds that shop's application until its commit (`budgets.hold`), so it is placed before the
shop leaves, and stays as it was promised, or after.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
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
    among,
    clean_text,
    clock,
    next_state,
)
from domain.promotions import running
from domain.promotions.campaigns import CAMPAIGN
from domain.promotions.events import ApplicationAnswered, CampaignChanged
from domain.promotions.states import APPLICATION_REFUSALS, APPLICATION_STEPS, ApplicationEvent
from domain.promotions.terms import MOST_IN_SCOPE
from models.base import new_id
from models.catalog import Product
from models.promotions import ApplicationState, CampaignApplication, CampaignState

ENTRY = CampaignApplication.__table__.c
LIVING = (ApplicationState.APPLIED, ApplicationState.ACCEPTED, ApplicationState.REMOVED)
# Answered in one go.
MOST_ANSWERED = 100


# ------------------------------------------------------------------------------------------------ shops
async def apply(
    uow: UnitOfWork, viewer: Viewer, campaign_id: UUID, product_ids: Sequence[UUID] | None, merchant_percent: int
) -> UUID:
    """The shop asks to take part with these products, or (None) with all of its goods that the campaign is for.

    `merchant_percent` is the part it saw and agrees to bear: Conflict where the campaign asks for another. WrongState
    after the deadline, Conflict when it has applied already or was taken out, Invalid (`productIds`) for goods that
    are not its own or that the campaign is not for.
    """
    campaign = await _open(uow, campaign_id)
    if merchant_percent != campaign["merchant_percent"]:
        raise Conflict("活动的承担比例与您看到的不同，请刷新后重试", field="merchantPercent")
    goods = None if product_ids is None else await _goods(uow, viewer.shop_id, campaign, product_ids)
    living = select(ENTRY.state).where(ENTRY.campaign_id == campaign_id, ENTRY.merchant_id == viewer.shop_id)
    state = await uow.session.scalar(living.where(ENTRY.state.in_(LIVING)))
    if state is not None:
        removed = state == ApplicationState.REMOVED
        raise Conflict("本店已被平台移出这个活动" if removed else "本店已报名这个活动，请勿重复报名")
    id = new_id()
    about = {"campaign_id": campaign_id, "merchant_id": viewer.shop_id, "merchant_percent": merchant_percent}
    made = {"id": id, "created_at": clock.now(), "created_by": viewer.name[:60] or "系统", "product_ids": goods}
    try:
        await uow.session.execute(insert(CampaignApplication).values({**about, **made}))
    except IntegrityError:  # by a colleague in the same moment
        raise Conflict("本店已报名这个活动，请勿重复报名") from None
    told = {"campaign": campaign["name"], "percent": merchant_percent, "products": len(goods or ())}
    await audit.record(uow, viewer, "campaign_application.apply", "campaign_application", id, told)
    return id


async def withdraw(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """The shop leaves, accepted or not; before the deadline only (WrongState), for buyers rely on it after."""
    campaign, (entry,) = await _locked(uow, [id])
    if entry["merchant_id"] != viewer.shop_id:
        raise NotFound("报名不存在")
    if campaign["apply_until"] <= clock.now():
        raise WrongState("报名已截止，不能撤回；请联系平台")
    await _step(uow, campaign, [entry], ApplicationEvent.WITHDRAW)
    await audit.record(uow, viewer, "campaign_application.withdraw", "campaign_application", id, {})


# ------------------------------------------------------------------------------------------------ the platform
async def answer(uow: UnitOfWork, viewer: Viewer, ids: Sequence[UUID], *, accept: bool, reason: str = "") -> None:
    """Accepts or declines (with a reason) applications of one campaign: all of them or, with a refusal, none.

    From the commit on the goods of those that are accepted take part. WrongState when one was answered or withdrawn
    meanwhile, or the campaign is over.
    """
    if not accept:
        reason = clean_text(reason, field="reason", least=2, most=200, label="婉拒原因")
    campaign, entries = await _locked(uow, ids)
    if accept and (campaign["state"] != CampaignState.PUBLISHED or campaign["ends_at"] <= clock.now()):
        raise WrongState("活动已结束，不能再接受报名")
    event = ApplicationEvent.ACCEPT if accept else ApplicationEvent.DECLINE
    await _step(uow, campaign, entries, event, reason=reason if not accept else "")
    told = {"reason": reason}
    for entry in entries:
        if accept:
            await audit.record(uow, viewer, "campaign_application.accept", "campaign_application", entry["id"], {})
        else:
            await audit.record(uow, viewer, "campaign_application.decline", "campaign_application", entry["id"], told)


async def remove(uow: UnitOfWork, viewer: Viewer, id: UUID, reason: str) -> None:
    """Takes an accepted shop out. What was ordered before the commit keeps what it was promised."""
    reason = clean_text(reason, field="reason", least=2, most=200, label="移出原因")
    campaign, entries = await _locked(uow, [id])
    await _step(uow, campaign, entries, ApplicationEvent.REMOVE, reason=reason)
    await audit.record(uow, viewer, "campaign_application.remove", "campaign_application", id, {"reason": reason})


# ------------------------------------------------------------------------------------------------ steps
async def _open(uow: UnitOfWork, campaign_id: UUID) -> RowDict:
    """A campaign that shops may apply for now; held, so that it is not stopped meanwhile."""
    row = await _campaign(uow, campaign_id)
    if row is None or row["apply_until"] is None or row["state"] == CampaignState.DRAFT:
        raise NotFound("活动不存在", field="campaignId")
    if row["state"] == CampaignState.STOPPED or row["ends_at"] <= clock.now():
        raise WrongState("活动已结束")
    if row["apply_until"] <= clock.now():
        raise WrongState("报名已截止")
    return row


async def _campaign(uow: UnitOfWork, id: UUID) -> RowDict | None:
    chosen = select(*CAMPAIGN).where(CAMPAIGN.id == id).with_for_update(read=True)
    row = (await uow.session.execute(chosen)).mappings().first()
    return dict(row) if row else None


async def _locked(uow: UnitOfWork, ids: Sequence[UUID]) -> tuple[RowDict, list[RowDict]]:
    """Applications of one campaign, and the campaign. NotFound for one that is not there, Invalid for several of it."""
    wanted = list(set(ids))
    if not 1 <= len(wanted) <= MOST_ANSWERED:
        raise Invalid(f"一次处理 1 到 {MOST_ANSWERED} 个报名", field="ids")
    found = (await uow.session.scalars(select(ENTRY.campaign_id).distinct().where(ENTRY.id.in_(wanted)))).all()
    if len(found) > 1:
        raise Invalid("一次只能处理同一个活动的报名", field="ids")
    campaign = await _campaign(uow, found[0]) if found else None
    chosen = select(*ENTRY).where(ENTRY.id.in_(wanted)).order_by(ENTRY.id).with_for_update()
    entries: list[RowDict] = [dict(row) for row in (await uow.session.execute(chosen)).mappings()]
    if campaign is None or len(entries) < len(wanted):
        raise NotFound("报名不存在", field="ids")
    return campaign, entries


async def _step(
    uow: UnitOfWork, campaign: RowDict, entries: Sequence[RowDict], event: ApplicationEvent, **to: Any
) -> None:
    for entry in entries:
        state = next_state(APPLICATION_STEPS, ApplicationState(entry["state"]), event, APPLICATION_REFUSALS[event])
        changed = update(CampaignApplication).where(ENTRY.id == entry["id"])
        await uow.session.execute(changed.values(state=state, decided_at=clock.now(), **to))
        if event is not ApplicationEvent.WITHDRAW:
            uow.emit(ApplicationAnswered(entry["id"], state))
    await running.mark(uow, {entry["merchant_id"] for entry in entries})
    for entry in entries:
        uow.emit(CampaignChanged(campaign["id"], entry["merchant_id"], campaign["kind"]))


# ------------------------------------------------------------------------------------------------ goods
async def _goods(uow: UnitOfWork, shop_id: UUID, campaign: RowDict, ids: Sequence[UUID]) -> list[UUID]:
    wanted = sorted(set(ids))
    if not 1 <= len(wanted) <= MOST_IN_SCOPE:
        raise Invalid(f"请选 1 到 {MOST_IN_SCOPE} 件商品", field="productIds")
    own = select(func.count()).where(among(Product, "id", wanted), Product.merchant_id == shop_id)
    if await uow.session.scalar(own) != len(wanted):
        raise Invalid("所选商品不存在", field="productIds")
    if campaign["category_ids"] is not None:
        below = select(running.BELOW).where(CAMPAIGN.id == campaign["id"])
        leaves = frozenset(await uow.session.scalar(below) or ())
        found = await uow.session.scalars(select(Product.category_id).where(among(Product, "id", wanted)))
        if not leaves.issuperset(found.all()):
            raise Invalid("有商品不在活动类目内，请重新选择", field="productIds")
    return wanted
