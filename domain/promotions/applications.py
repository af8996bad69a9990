"""Applications of shops as they and the platform read them, and the campaigns that shops may apply for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Integer, Select, Uuid, any_, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Columns, NotFound, RowDict, Viewer, ViewerKind, clock, page_offset, page_size, pick
from domain.promotions.campaigns import CAMPAIGN
from domain.statements import NO_COLUMNS, OneBy, Statement
from models.catalog import Product
from models.promotions import ApplicationState, Campaign, CampaignApplication, CampaignState

ENTRY = CampaignApplication.__table__.c
applications_by_id = OneBy(CampaignApplication.__table__, "id")


# ------------------------------------------------------------------------------------------------ to apply for
def _invitations(columns: Columns) -> Select[Any]:
    """Campaigns of the platform that shops apply for, with the shop's own latest application; those that can still be
    applied for first, then the others it has anything to do with.
    """
    now = bindparam("now", type_=DateTime(timezone=True))
    own = select(ENTRY.id).where(
        ENTRY.campaign_id == CAMPAIGN.id, ENTRY.merchant_id == bindparam("shop_id", type_=Uuid)
    )
    latest = own.order_by(ENTRY.created_at.desc(), ENTRY.id.desc()).limit(1).correlate(Campaign).scalar_subquery()
    can = (CAMPAIGN.state == CampaignState.PUBLISHED) & (CAMPAIGN.apply_until > now)
    chosen = select(*pick(Campaign, columns, "id"), latest.label("application_id")).where(
        CAMPAIGN.apply_until.is_not(None), CAMPAIGN.state != CampaignState.DRAFT, can | own.correlate(Campaign).exists()
    )
    chosen = chosen.order_by(can.desc(), CAMPAIGN.apply_until.desc(), CAMPAIGN.id)
    return chosen.offset(bindparam("skip", type_=Integer)).limit(bindparam("size", type_=Integer))


INVITATIONS = Statement(Campaign.__table__, _invitations)


async def invitations(
    session: AsyncSession, viewer: Viewer, page: int, size: int, columns: Columns
) -> Sequence[RowDict]:
    """A page of what the shop may apply for or has applied for."""
    bounds = {"skip": page_offset(page, size), "size": page_size(size, field="size")}
    columns = columns - {"application_id"}
    return await INVITATIONS.rows(session, columns, shop_id=viewer.shop_id, now=clock.now(), **bounds)


async def invitation(session: AsyncSession, viewer: Viewer, id: UUID, columns: Columns) -> RowDict:
    """One of them. NotFound for drafts and campaigns that nobody applies for."""
    own = select(ENTRY.id).where(ENTRY.campaign_id == CAMPAIGN.id, ENTRY.merchant_id == viewer.shop_id)
    latest = own.order_by(ENTRY.created_at.desc(), ENTRY.id.desc()).limit(1).correlate(Campaign).scalar_subquery()
    chosen = select(*pick(Campaign, columns - {"application_id"}, "id"), latest.label("application_id"))
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
