"""Applications of shops as they and the platform read them, and the campaigns that shops may apply for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, DateTime, Integer, Label, Select, Uuid, any_, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Columns, NotFound, RowDict, Viewer, ViewerKind, clock, page_offset, page_size, pick
from domain.promotions.campaigns import CAMPAIGN
from domain.statements import NO_COLUMNS, OneBy, Statement
from models.catalog import Product
from models.promotions import ApplicationState, Campaign, CampaignApplication, CampaignState

ENTRY = CampaignApplication.__table__.c
applications_by_id = OneBy(CampaignApplication.__table__, "id")


# ------------------------------------------------------------------------------------------------ to apply for
def _theirs(shop_id: Any, now: Any) -> tuple[Select[Any], ColumnElement[bool], ColumnElement[bool]]:
    """The shop's own applications of a campaign, whether it can still be applied for, and whether the shop sees it."""
    own = select(ENTRY.id).where(ENTRY.campaign_id == CAMPAIGN.id, ENTRY.merchant_id == shop_id).correlate(Campaign)
    can = (CAMPAIGN.state == CampaignState.PUBLISHED) & (CAMPAIGN.apply_until > now)
    shown = CAMPAIGN.apply_until.is_not(None) & (CAMPAIGN.state != CampaignState.DRAFT)
    return own, can, shown & (can | own.exists())


def _latest(own: Select[Any]) -> Label[Any]:
    return own.order_by(ENTRY.created_at.desc(), ENTRY.id.desc()).limit(1).scalar_subquery().label("application_id")


def _invitations(columns: Columns) -> Select[Any]:
    """Campaigns of the platform that shops apply for, with the shop's own latest application; those that can still be
    applied for first, then the others it has anything to do with.
    """
    now = bindparam("now", type_=DateTime(timezone=True))
    own, can, seen = _theirs(bindparam("shop_id", type_=Uuid), now)
    chosen = select(*pick(Campaign, columns, "id"), _latest(own)).where(seen)
    chosen = chosen.order_by(can.desc(), CAMPAIGN.apply_until.desc(), CAMPAIGN.id)
    return chosen.offset(bindparam("skip", type_=Integer)).limit(bindparam("size", type_=Integer))


INVITATIONS = Statement(Campaign.__table__, _invitations)


async def invitations(
    session: AsyncSession, viewer: Viewer, page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    """A page of what the shop may apply for or has applied for, and how many there are."""
    bounds = {"skip": page_offset(page, size), "size": page_size(size, field="size")}
    columns = columns - {"application_id"}
    now = clock.now()
    rows = await INVITATIONS.rows(session, columns, shop_id=viewer.shop_id, now=now, **bounds)
    *_, seen = _theirs(viewer.shop_id, now)
    total = await session.scalar(select(func.count()).select_from(Campaign).where(seen))
    return rows, total or 0


async def invitation(session: AsyncSession, viewer: Viewer, id: UUID, columns: Columns) -> RowDict:
    """One of them. NotFound for drafts and campaigns that nobody applies for."""
    own, *_ = _theirs(viewer.shop_id, clock.now())
    chosen = select(*pick(Campaign, columns - {"application_id"}, "id"), _latest(own))
    there = CAMPAIGN.apply_until.is_not(None) & (CAMPAIGN.state != CampaignState.DRAFT)
    row = (await session.execute(chosen.where(CAMPAIGN.id == id, there))).mappings().first()
    if row is None:
        raise NotFound("活动不存在")
    return dict(row)


# ------------------------------------------------------------------------------------------------ the platform's desk
async def page_of_applications(
    session: AsyncSession,
    viewer: Viewer,
    campaign_id: UUID | None,
    state: ApplicationState | None,
    page: int,
    size: int,
    columns: Columns,
) -> tuple[list[RowDict], int]:
    """Of all shops for the platform, of its own for a shop: those that wait for an answer first, the oldest first."""
    wanted = [] if viewer.kind is ViewerKind.PLATFORM else [ENTRY.merchant_id == viewer.shop_id]
    wanted += [ENTRY.campaign_id == campaign_id] if campaign_id else []
    wanted += [ENTRY.state == state] if state else []
    chosen = select(*pick(CampaignApplication, columns, "id")).where(*wanted)
    chosen = chosen.order_by((ENTRY.state == ApplicationState.APPLIED).desc(), ENTRY.created_at, ENTRY.id)
    found = await session.execute(chosen.offset(page_offset(page, size)).limit(page_size(size, field="size")))
    total = await session.scalar(select(func.count()).select_from(CampaignApplication).where(*wanted))
    return [dict(row) for row in found.mappings()], total or 0


async def access_application(session: AsyncSession, viewer: Viewer, id: UUID, columns: Columns) -> RowDict:
    """One of the shop's own, for the platform any."""
    row = (await applications_by_id(session, [id], columns | {"id", "merchant_id"})).get(id)
    if row is None or (viewer.kind is not ViewerKind.PLATFORM and row["merchant_id"] != viewer.shop_id):
        raise NotFound("报名不存在")
    return row


# ------------------------------------------------------------------------------------------------ goods
def _brought(_: Columns) -> Select[Any]:
    """The products that applications name, in the order of their names."""
    product = Product.__table__.c
    asked = ENTRY.id == any_(bindparam("ids", type_=ARRAY(Uuid)))
    chosen = select(ENTRY.id.label("application_id"), product.id, product.title.label("name"))
    chosen = chosen.join_from(CampaignApplication, Product, product.id == any_(ENTRY.product_ids)).where(asked)
    return chosen.order_by(ENTRY.id, product.title, product.id)


BROUGHT = Statement(CampaignApplication.__table__, _brought)


async def goods_by_application(
    session: AsyncSession, keys: Sequence[UUID], _columns: Columns
) -> Mapping[UUID, Sequence[RowDict]]:
    """The products that each application brings; one that is for all goods of the campaign is missing."""
    found: dict[UUID, list[RowDict]] = {}
    for row in await BROUGHT.rows(session, NO_COLUMNS, ids=list(keys)):
        found.setdefault(row["application_id"], []).append(row)
    return found
