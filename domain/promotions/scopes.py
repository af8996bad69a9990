"""The goods a campaign is for, by name, for whoever writes it down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Select, Uuid, any_, bindparam, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Columns, RowDict
from domain.statements import NO_COLUMNS, Statement
from models.catalog import Category, Product
from models.promotions import Campaign

CAMPAIGN = Campaign.__table__.c


# ------------------------------------------------------------------------------------------------ by name
def _named(_: Columns) -> Select[Any]:
    """The categories and products that campaigns name, in the order of their names."""
    asked = CAMPAIGN.id == any_(bindparam("campaign_ids", type_=ARRAY(Uuid)))
    found = []
    for model, name, ids in ((Category, "name", CAMPAIGN.category_ids), (Product, "title", CAMPAIGN.product_ids)):
        table = model.__table__.c
        chosen = select(CAMPAIGN.id.label("campaign_id"), table.id, table[name].label("name"))
        found.append(chosen.join_from(Campaign, model, table.id == any_(ids)).where(asked))
    both = union_all(*found).subquery()
    return select(both).order_by(both.c.campaign_id, both.c.name, both.c.id)


NAMED = Statement(Campaign.__table__, _named)


async def goods_by_campaign(
    session: AsyncSession, keys: Sequence[UUID], _columns: Columns
) -> Mapping[UUID, Sequence[RowDict]]:
    """The categories or products that each campaign is for; one that is for all goods is missing."""
    found: dict[UUID, list[RowDict]] = {}
    for row in await NAMED.rows(session, NO_COLUMNS, campaign_ids=list(keys)):
        found.setdefault(row["campaign_id"], []).append(row)
    return found
