"""满减 that hold now, from both sides: those of a product, and the products that count for one.

Both ask the same of a product and a campaign (`COUNTS`), so what a product's page promises its list has.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Integer, Select, Uuid, any_, bindparam, cast, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from domain import catalog, merchants
from domain.base import Columns, RowDict, clock, page_offset, page_size, pick
from domain.promotions.campaigns import CAMPAIGN
from domain.promotions.running import BELOW
from domain.statements import Statement
from models.catalog import Product
from models.merchants import Merchant
from models.promotions import ApplicationState, Campaign, CampaignApplication, CampaignKind, CampaignState

PRODUCT, ENTRY = Product.__table__.c, CampaignApplication.__table__.c
NOW = bindparam("now", type_=DateTime(timezone=True))
HOLDS = (
    CAMPAIGN.used_up_at.is_(None),
    CAMPAIGN.kind == CampaignKind.REDUCTION,
    CAMPAIGN.state == CampaignState.PUBLISHED,
    CAMPAIGN.starts_at <= NOW,
    CAMPAIGN.ends_at > NOW,
)
IN_SCOPE = (
    CAMPAIGN.product_ids.is_(None) | (PRODUCT.id == any_(CAMPAIGN.product_ids)),
    CAMPAIGN.category_ids.is_(None) | (PRODUCT.category_id == any_(cast(BELOW.element, ARRAY(Uuid)))),
)


def _counts() -> tuple[Any, ...]:
    """That a product is of the campaign's shop, or brought into the platform's by its own; and in its scope."""
    brought = ENTRY.product_ids.is_(None) | (PRODUCT.id == any_(ENTRY.product_ids))
    taken = (ENTRY.merchant_id == PRODUCT.merchant_id) & (ENTRY.state == ApplicationState.ACCEPTED) & brought
    own = select(CAMPAIGN.id).where(CAMPAIGN.merchant_id == PRODUCT.merchant_id).correlate(Product)
    across = select(ENTRY.campaign_id).where(taken).correlate(Product)
    return (CAMPAIGN.id.in_(union_all(own, across)), *IN_SCOPE)


COUNTS = _counts()


# ------------------------------------------------------------------------------------------------ of a product
def _reducing(columns: Columns) -> Select[Any]:
    chosen = select(*pick(Campaign, columns, "id")).join_from(Product, Campaign, COUNTS[0])
    chosen = chosen.where(PRODUCT.id == bindparam("product_id", type_=Uuid), catalog.ON_SALE, *HOLDS, *IN_SCOPE)
    return chosen.order_by(CAMPAIGN.ends_at, CAMPAIGN.id).limit(bindparam("first", type_=Integer))


REDUCING = Statement(Campaign.__table__, _reducing)


async def reducing(session: AsyncSession, product_id: UUID, first: int, columns: Columns) -> Sequence[RowDict]:
    """满减 that hold now for a product on sale, what ends first coming first."""
    asked = {"product_id": product_id, "now": clock.now(), "first": page_size(first)}
    return await REDUCING.rows(session, columns, **asked)


# ------------------------------------------------------------------------------------------------ of a campaign
class GoodsOrder(StrEnum):
    """How the goods of a campaign are listed."""

    SALES = "SALES"
    PRICE = "PRICE"


def _reduction(columns: Columns) -> Select[Any]:
    return select(*pick(Campaign, columns, "id")).where(CAMPAIGN.id == bindparam("id", type_=Uuid), *HOLDS)


def _of_campaign() -> tuple[Any, ...]:
    return (CAMPAIGN.id == bindparam("id", type_=Uuid), catalog.ON_SALE, merchants.OPEN, *HOLDS, *IN_SCOPE)


def _goods(*order: Any) -> Any:
    def built(columns: Columns) -> Select[Any]:
        chosen = select(*pick(Product, columns, "id")).join_from(Product, Campaign, COUNTS[0])
        chosen = chosen.join(Merchant, Merchant.id == Product.merchant_id).where(*_of_campaign()).order_by(*order)
        return chosen.offset(bindparam("skip", type_=Integer)).limit(bindparam("first", type_=Integer))

    return built


def _count(_: Columns) -> Select[Any]:
    chosen = select(func.count().label("count")).select_from(Product).join(Campaign, COUNTS[0])
    return chosen.join(Merchant, Merchant.id == Product.merchant_id).where(*_of_campaign())


REDUCTION = Statement(Campaign.__table__, _reduction)
GOODS = {
    GoodsOrder.SALES: Statement(Product.__table__, _goods(*catalog.BEST_SELLING)),
    GoodsOrder.PRICE: Statement(Product.__table__, _goods(PRODUCT.min_price, PRODUCT.id)),
}
COUNT = Statement(Product.__table__, _count)


async def reduction(session: AsyncSession, id: UUID, columns: Columns) -> RowDict | None:
    """A 满减 that holds now, of a shop or of the platform; None for any other campaign."""
    return await REDUCTION.first(session, columns, id=id, now=clock.now())


async def goods(
    session: AsyncSession, id: UUID, order: GoodsOrder, page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    """Products on sale that count for a 满减 that holds now, and how many there are; none for any other campaign."""
    asked = {"id": id, "now": clock.now()}
    bounds = {"skip": page_offset(page, size), "first": page_size(size, field="size")}
    rows = await GOODS[order].rows(session, columns, **asked, **bounds)
    return rows, await COUNT.scalar(session, **asked)
