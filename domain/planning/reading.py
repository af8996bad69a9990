"""Campaigns, group offers, flash sales and presales as one list by time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, cast, func, literal, null, or_, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.dialects.postgresql import array as pg_array
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Forbidden, Invalid, NotFound, Viewer, ViewerKind
from domain.days import day_of, midnight
from domain.planning.clashes import Clash, clashes
from domain.planning.plans import Brought
from domain.planning.plans import Planned as Planned
from domain.promotions.running import BELOW
from models.base import id_of
from models.catalog import Product
from models.flash import FlashOffer, FlashSession, FlashState
from models.groups import ActivityState, GroupActivity
from models.presales import PresaleOffer, PresaleState
from models.promotions import ApplicationState, Campaign, CampaignApplication, CampaignKind, CampaignState

LONGEST = timedelta(days=92)
# More in one answer nobody looks at.
MOST_SHOWN, MOST_CLASHES = 500, 20

IDS = ARRAY(Uuid)
ENTRY = CampaignApplication.__table__.c
CAMPAIGN, GROUP = Campaign.__table__.c, GroupActivity.__table__.c
OFFER, SESSION, PRESALE = FlashOffer.__table__.c, FlashSession.__table__.c, PresaleOffer.__table__.c


# ------------------------------------------------------------------------------------------------ the statement
def _campaigns() -> Select[Any]:
    touched = select(func.array_agg(Product.category_id)).where(Product.id == func.any(CAMPAIGN.product_ids))
    return select(
        CAMPAIGN.kind,
        CAMPAIGN.id,
        CAMPAIGN.merchant_id,
        CAMPAIGN.name,
        (CAMPAIGN.state == CampaignState.DRAFT).label("draft"),
        CAMPAIGN.starts_at,
        func.least(CAMPAIGN.ends_at, CAMPAIGN.stopped_at).label("ends_at"),
        cast(null(), Uuid).label("product_id"),
        cast(null(), Uuid).label("sku_id"),
        BELOW.label("categories"),
        CAMPAIGN.product_ids.label("products"),
        touched.scalar_subquery().label("touched"),
        cast(func.coalesce(_joined(), func.array_remove(pg_array([CAMPAIGN.merchant_id]), null())), IDS).label("shops"),
        _brought().label("brought"),
    )


def _joined() -> ColumnElement[Any]:
    """The shops that take part in a campaign of the platform, or ask to."""
    there = or_(ENTRY.state == ApplicationState.APPLIED, ENTRY.state == ApplicationState.ACCEPTED)
    chosen = select(func.array_agg(ENTRY.merchant_id)).where(ENTRY.campaign_id == CAMPAIGN.id, there)
    return chosen.correlate(Campaign).scalar_subquery()


def _brought() -> ColumnElement[Any]:
    """What shops take part with, of those that named goods: shop, products, and the categories of these."""
    there = ENTRY.state.in_((ApplicationState.APPLIED, ApplicationState.ACCEPTED))
    touched = select(func.array_agg(Product.category_id)).where(Product.id == func.any(ENTRY.product_ids))
    own = func.jsonb_build_array(ENTRY.merchant_id, ENTRY.product_ids, touched.scalar_subquery())
    chosen = select(func.jsonb_agg(own, type_=JSONB)).where(ENTRY.campaign_id == CAMPAIGN.id, there)
    return chosen.where(ENTRY.product_ids.is_not(None)).correlate(Campaign).scalar_subquery()


def _of_sku(
    kind: CampaignKind, table: Any, name: Any, draft: ColumnElement[bool], times: tuple[Any, Any]
) -> Select[Any]:
    none = cast(null(), IDS)
    chosen: Select[Any] = select(
        cast(literal(kind.value), CAMPAIGN.kind.type),
        table.id,
        table.merchant_id,
        name,
        draft,
        *times,
        table.product_id,
        table.sku_id,
        none,
        none,
        none,
        cast(pg_array([table.merchant_id]), IDS),
        cast(null(), JSONB),
    )
    return chosen


def _groups() -> Select[Any]:
    times = GROUP.starts_at, func.least(GROUP.ends_at, GROUP.stopped_at)
    return _of_sku(CampaignKind.GROUP_BUY, GROUP, GROUP.name, GROUP.state == ActivityState.DRAFT, times)


def _presales() -> Select[Any]:
    times = PRESALE.starts_at, func.least(PRESALE.ends_at, PRESALE.stopped_at)
    return _of_sku(CampaignKind.PRESALE, PRESALE, PRESALE.name, PRESALE.state == PresaleState.DRAFT, times)


def _flash() -> Select[Any]:
    times, applied = (SESSION.starts_at, SESSION.ends_at), OFFER.state == FlashState.APPLIED
    chosen = _of_sku(CampaignKind.FLASH_SALE, OFFER, SESSION.name, applied, times)
    chosen = chosen.join_from(FlashOffer, FlashSession, SESSION.id == OFFER.session_id)
    return chosen.where(OFFER.state.not_in((FlashState.DECLINED, FlashState.WITHDRAWN)))


PLANS = union_all(_campaigns(), _groups(), _presales(), _flash()).subquery("plans")


async def _plans(session: AsyncSession, *wanted: ColumnElement[bool], most: int = MOST_SHOWN) -> list[Planned]:
    chosen = select(PLANS).where(*wanted).order_by(PLANS.c.starts_at, PLANS.c.id).limit(most)
    return [_planned(row) for row in (await session.execute(chosen)).mappings()]


def _planned(row: Mapping[Any, Any]) -> Planned:
    sets = {name: frozenset(row[name] or ()) for name in ("categories", "products", "touched", "shops")}
    told = {id_of(shop): both for shop, *both in row["brought"] or ()}
    brought = {shop: Brought(*(frozenset(map(id_of, ids or ())) for ids in both)) for shop, both in told.items()}
    return Planned(**{**row, **sets, "kind": CampaignKind(row["kind"]), "brought": brought})


def _within(since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    return PLANS.c.starts_at < until, PLANS.c.ends_at > since, PLANS.c.ends_at > PLANS.c.starts_at


def _whose(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    """The shop's own and those it applied for; all of them for the platform. Forbidden for anybody else."""
    if viewer.kind is ViewerKind.PLATFORM:
        return ()
    if viewer.kind is not ViewerKind.MERCHANT:
        raise Forbidden("仅商户和平台可以查看营销日历")
    return (PLANS.c.shops.contains([viewer.shop_id]),)


# ------------------------------------------------------------------------------------------------ asked for
async def calendar(
    session: AsyncSession, viewer: Viewer, since: str, until: str
) -> tuple[Sequence[Planned], Mapping[UUID, tuple[Clash, ...]], bool]:
    """What runs or is to run on these days (in Shanghai, YYYY-MM-DD, both included, at most 92), by its start; what is
    in the way of each; and whether there is more than `MOST_SHOWN`.

    A shop sees its own, drafts among them; the platform sees all. Invalid (`since`, `until`) for days that are none.
    """
    first, last = day_of(since, "since"), day_of(until, "until")
    if not timedelta(0) <= last - first < LONGEST:
        raise Invalid(f"结束日期须不早于开始日期，且不超过 {LONGEST.days} 天", field="until")
    span = _within(midnight(first), midnight(last + timedelta(days=1)))
    found = await _plans(session, *_whose(viewer), *span, most=MOST_SHOWN + 1)
    shown = found[:MOST_SHOWN]
    return shown, clashes(shown), len(found) > MOST_SHOWN


async def in_the_way_of(session: AsyncSession, viewer: Viewer, kind: CampaignKind, id: UUID) -> tuple[Clash, ...]:
    """What a plan would get in the way of if it were published now. NotFound for what is not the viewer's to see."""
    own = await _plans(session, *_whose(viewer), PLANS.c.id == id, PLANS.c.kind == kind)
    if not own:
        raise NotFound("活动不存在")
    (plan,) = own
    others = PLANS.c.shops.overlap(list(plan.shops)), PLANS.c.id != id, ~PLANS.c.draft
    around = await _plans(session, *others, *_within(plan.starts_at, plan.ends_at))
    return clashes([plan, *around]).get(id, ())[:MOST_CLASHES]
