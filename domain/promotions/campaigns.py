"""Campaigns from the draft to the end: written down, published, stopped, by a shop or by the platform.

What was published is a promise to buyers. It can be stopped, which ends claiming and reducing; what is in hand stays
good.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit
from domain.base import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    RowDict,
    UnitOfWork,
    Viewer,
    ViewerKind,
    WrongState,
    among,
    clean_text,
    clock,
    next_state,
)
from domain.promotions import running
from domain.promotions.events import CampaignChanged
from domain.promotions.states import CAMPAIGN_STEPS, REFUSALS, CampaignEvent
from domain.promotions.terms import CouponTerms, Draft, check_owner, checked
from models.base import Base, new_id
from models.catalog import Category, Product
from models.promotions import Campaign, CampaignKind, CampaignState, CouponOffer, ReductionStep

# Of one shop, or of the platform, that are not over: more is a mistake or an attack.
MOST_OPEN = 100
CAMPAIGN = Campaign.__table__.c


# ------------------------------------------------------------------------------------------------ writing down
async def save(uow: UnitOfWork, viewer: Viewer, id: UUID | None, draft: Draft, version: int = 1) -> UUID:
    """Writes a draft down, or another version of it; answers its id. Invalid says which field is wrong.

    WrongState once it is published, Conflict when somebody changed it since `version` or the code is taken.
    """
    owner = owner_of(viewer)
    row = None if id is None else await locked(uow, viewer, id)
    draft = checked(draft)
    check_owner(owner, draft)
    await _goods_exist(uow.session, owner, draft)
    if row is None:
        id = await _add(uow, viewer, owner, draft)
    else:
        id = await _change(uow, row, draft, version)
    await _offer(uow, id, draft)
    await audit.record(uow, viewer, "campaign.save", "campaign", id, {"name": draft.name, "kind": draft.kind})
    return id


def owner_of(viewer: Viewer) -> UUID | None:
    """The shop whose campaigns the viewer makes; None for the platform's. Forbidden for anybody else."""
    if viewer.kind is ViewerKind.PLATFORM:
        return None
    if viewer.kind is not ViewerKind.MERCHANT:
        raise Forbidden("仅商户和平台可以设置营销活动")
    return viewer.shop_id


async def _add(uow: UnitOfWork, viewer: Viewer, owner: UUID | None, draft: Draft) -> UUID:
    mine = CAMPAIGN.merchant_id.is_not_distinct_from(owner)
    open_ones = select(func.count()).where(
        mine, CAMPAIGN.state != CampaignState.STOPPED, CAMPAIGN.ends_at > clock.now()
    )
    if (await uow.session.scalar(open_ones) or 0) >= MOST_OPEN:
        raise Conflict(f"未结束的活动最多 {MOST_OPEN} 个，请先清理")
    id = new_id()
    made = {"created_by": viewer.name[:60] or "系统", "created_at": clock.now()}
    values = {"id": id, "merchant_id": owner, **made, **_values(owner, draft)}
    await uow.session.execute(insert(Campaign).values(values))
    return id


async def _change(uow: UnitOfWork, row: RowDict, draft: Draft, version: int) -> UUID:
    id: UUID = row["id"]
    if row["state"] != CampaignState.DRAFT:
        raise WrongState("活动已发布，不能修改；可以停止后另建")
    if row["version"] != version:
        raise Conflict("活动已被他人修改，请刷新后重试")
    values = {**_values(row["merchant_id"], draft), "version": version + 1}
    await uow.session.execute(update(Campaign).where(CAMPAIGN.id == id).values(values))
    return id


def _values(owner: UUID | None, draft: Draft) -> dict[str, Any]:
    names = ("kind", "name", "rules", "starts_at", "ends_at", "budget_fen", "audience", "exclusive", "apply_until")
    scope = {"category_ids": _listed(draft.category_ids), "product_ids": _listed(draft.product_ids)}
    percent = draft.merchant_percent if owner is None else 100
    return {**{name: getattr(draft, name) for name in names}, **scope, "merchant_percent": percent}


def _listed(ids: Any) -> list[UUID] | None:
    return None if ids is None else sorted(set(ids))


async def _goods_exist(session: AsyncSession, owner: UUID | None, draft: Draft) -> None:
    """A shop's campaign is for its own goods."""
    if draft.category_ids is not None:
        await _all_there(session, Category, draft.category_ids, (), "categoryIds", "所选类目不存在")
    if draft.product_ids is not None:
        own = () if owner is None else (Product.merchant_id == owner,)
        await _all_there(session, Product, draft.product_ids, own, "productIds", "所选商品不存在")


async def _all_there(
    session: AsyncSession, model: type[Base], ids: Any, own: tuple[ColumnElement[bool], ...], field: str, words: str
) -> None:
    wanted = list(set(ids))
    count = select(func.count()).select_from(model).where(among(model, "id", wanted), *own)
    if await session.scalar(count) != len(wanted):
        raise Invalid(words, field=field)


async def _offer(uow: UnitOfWork, id: UUID, draft: Draft) -> None:
    """What the campaign offers, instead of what it offered before."""
    for model in (CouponOffer, ReductionStep):
        await uow.session.execute(delete(model).where(model.__table__.c.campaign_id == id))
    if draft.coupon is None:
        steps = [{"campaign_id": id, "threshold": threshold, "off": off} for threshold, off in draft.steps]
        await uow.session.execute(insert(ReductionStep), steps)
        return
    try:
        await uow.session.execute(insert(CouponOffer).values({"campaign_id": id, **vars(draft.coupon)}))
    except IntegrityError as error:
        if "uq_coupon_offers_code" not in str(error.orig):
            raise
        raise Conflict("领券口令已被使用，请换一个", field="code") from None


# ------------------------------------------------------------------------------------------------ steps
async def publish(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """From its start on everybody may take part; it cannot be changed any more. Shops apply from now on.

    Invalid when it is over already, or nobody could apply in time.
    """
    row = await locked(uow, viewer, id)
    to = next_state(CAMPAIGN_STEPS, CampaignState(row["state"]), CampaignEvent.PUBLISH, REFUSALS[CampaignEvent.PUBLISH])
    if row["ends_at"] <= clock.now():
        raise Invalid("活动结束时间已过，请修改后再发布", field="endsAt")
    if row["apply_until"] is not None and row["apply_until"] <= clock.now():
        raise Invalid("报名截止时间已过，请修改后再发布", field="applyUntil")
    await _take_step(uow, row, {"state": to, "published_at": clock.now()})
    await audit.record(uow, viewer, "campaign.publish", "campaign", id, {"name": row["name"]})


async def stop(uow: UnitOfWork, viewer: Viewer, id: UUID, reason: str) -> None:
    """Ends it at once. Coupons in hand stay good until they run out. The platform may stop a shop's, too."""
    reason = clean_text(reason, field="reason", least=2, most=200, label="停止原因")
    row = await locked(uow, viewer, id, of_shops=True)
    to = next_state(CAMPAIGN_STEPS, CampaignState(row["state"]), CampaignEvent.STOP, REFUSALS[CampaignEvent.STOP])
    stopped = {"state": to, "stopped_at": clock.now(), "stop_reason": reason}
    await _take_step(uow, row, stopped)
    await audit.record(uow, viewer, "campaign.stop", "campaign", id, {"name": row["name"], "reason": reason})


async def discard(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """Throws a draft away."""
    row = await locked(uow, viewer, id)
    if row["state"] != CampaignState.DRAFT:
        raise WrongState("只有草稿可以删除")
    for model, key in ((CouponOffer, "campaign_id"), (ReductionStep, "campaign_id"), (Campaign, "id")):
        await uow.session.execute(delete(model).where(model.__table__.c[key] == id))
    await audit.record(uow, viewer, "campaign.discard", "campaign", id, {"name": row["name"]})


async def _take_step(uow: UnitOfWork, row: RowDict, values: dict[str, Any]) -> None:
    changed = update(Campaign).where(CAMPAIGN.id == row["id"]).values({**values, "version": row["version"] + 1})
    await uow.session.execute(changed)
    if row["kind"] == CampaignKind.REDUCTION:
        if row["merchant_id"] is not None:
            await running.mark(uow, [row["merchant_id"]])
        else:
            await running.mark_all(uow, row["id"])
    uow.emit(CampaignChanged(row["id"], row["merchant_id"], row["kind"]))


async def locked(uow: UnitOfWork, viewer: Viewer, id: UUID, *, of_shops: bool = False) -> RowDict:
    """A campaign of the viewer's own, locked; with `of_shops` for the platform also one of any shop."""
    owner = owner_of(viewer)
    chosen = select(*CAMPAIGN).where(CAMPAIGN.id == id).with_for_update()
    row = (await uow.session.execute(chosen)).mappings().first()
    if row is None or (row["merchant_id"] != owner and (owner is not None or not of_shops)):
        raise NotFound("活动不存在")
    return dict(row)


def terms(row: RowDict) -> CouponTerms:
    """The terms in a row of `coupon_offers`."""
    return CouponTerms(**{name: row[name] for name in CouponTerms.__dataclass_fields__})
