"""What reviews add up to, by product and by shop. A summary is always worked out whole from the reviews themselves.

Whoever works one out locks its row first, so that of two at a time the later one sees what the earlier one counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Database, UnitOfWork
from domain.reviews.events import ReviewsSummedUp
from domain.reviews.writing import ASPECTS
from domain.statements import OneBy
from models.reviews import MerchantReviews, ProductReviews, Review, ReviewState, Sums

TABLE = Review.__table__.c
PRODUCT, SHOP = ProductReviews.__table__.c, MerchantReviews.__table__.c
SCORES = ("ones", "twos", "threes", "fours", "fives")
NAMES = tuple(name for name in vars(Sums) if not name.startswith("_"))

# The shown score begins at what an ordinary product has, as if so many had said so: one voice moves it a little, fifty
# decide it. Fixed numbers, the same for everybody: no shop's reviews move another's score.
PRIOR_SCORE, PRIOR_WEIGHT = 4, 5

summaries_by_product = OneBy(ProductReviews.__table__, "product_id")
summaries_by_merchant = OneBy(MerchantReviews.__table__, "merchant_id")


def smoothed(count: int, *scores: int) -> float | None:
    """The score that is shown, of how many gave 1, 2 … 5; None where nobody has."""
    if count == 0:
        return None
    total = sum(stars * number for stars, number in enumerate(scores, start=1))
    return round((PRIOR_SCORE * PRIOR_WEIGHT + total) / (PRIOR_WEIGHT + count), 1)


def good_rate(count: int, fours: int, fives: int) -> int | None:
    """好评率: the percentage of 4 and 5 among all that count, those without words too, rounded down."""
    return (fours + fives) * 100 // count if count else None


def mean(count: int, total: int) -> float | None:
    """An aspect as its raters gave it; None where nobody rated it."""
    return round(total / count, 1) if count else None


def _sums() -> list[Any]:
    counted, shown = TABLE.counted, TABLE.state == ReviewState.PUBLISHED
    found = [func.count().filter(counted).label("count")]
    found += [func.count().filter(and_(counted, TABLE.score == n)).label(name) for n, name in enumerate(SCORES, 1)]
    found += [
        func.count().filter(and_(shown, TABLE.picture_count > 0)).label("with_pictures"),
        func.count().filter(and_(shown, TABLE.follow_up_id.is_not(None))).label("with_follow_up"),
        func.count().filter(shown).label("shown"),
        func.count().filter(TABLE.state == ReviewState.HIDDEN).label("hidden"),
        func.count().filter(and_(TABLE.state == ReviewState.WITHDRAWN, counted)).label("withdrawn"),
    ]
    for name in ASPECTS:
        rated = and_(counted, TABLE[name].is_not(None))
        found.append(func.count().filter(rated).label(f"{name}_count"))
        found.append(func.coalesce(func.sum(TABLE[name]).filter(rated), 0).label(f"{name}_sum"))
    return found


def of_products() -> Select[Any]:
    """The summary of every product that has a review, worked out from the reviews."""
    grouped = select(TABLE.product_id, TABLE.merchant_id, *_sums()).group_by(TABLE.product_id, TABLE.merchant_id)
    return grouped


def of_merchants() -> Select[Any]:
    """The same for shops, added up from the summaries of their products."""
    added = [func.sum(PRODUCT[name]).label(name) for name in NAMES]
    return select(PRODUCT.merchant_id, *added).group_by(PRODUCT.merchant_id)


async def sum_up(uow: UnitOfWork, product_id: UUID, merchant_id: UUID) -> None:
    """Works out the summary of a product, then that of its shop."""
    keys = {"product_id": product_id, "merchant_id": merchant_id}
    await _write(uow, ProductReviews, keys, ["product_id"], of_products().where(TABLE.product_id == product_id))
    shop = of_merchants().where(PRODUCT.merchant_id == merchant_id)
    await _write(uow, MerchantReviews, {"merchant_id": merchant_id}, ["merchant_id"], shop)
    uow.emit(ReviewsSummedUp(product_id, merchant_id))


async def _write(uow: UnitOfWork, model: Any, keys: dict[str, UUID], index: list[str], sums: Select[Any]) -> None:
    await uow.session.execute(upsert(model).values(keys).on_conflict_do_nothing(index_elements=index))
    locked = select(model.__table__.c[index[0]]).where(model.__table__.c[index[0]] == keys[index[0]])
    await uow.session.execute(locked.with_for_update())
    row = (await uow.session.execute(sums)).mappings().first()
    found = {name: int(row[name]) if row else 0 for name in NAMES}
    changed = upsert(model).values(keys | found).on_conflict_do_update(index_elements=index, set_=found)
    await uow.session.execute(changed)


# ------------------------------------------------------------------------------------------------ checking
async def differences(session: AsyncSession) -> Sequence[UUID]:
    """Products whose summary is not what their reviews add up to."""
    truth = of_products().subquery("truth")
    same = and_(*(func.coalesce(PRODUCT[name], 0) == truth.c[name] for name in NAMES))
    joined = truth.outerjoin(ProductReviews, PRODUCT.product_id == truth.c.product_id)
    return list(await session.scalars(select(truth.c.product_id).select_from(joined).where(~same)))


async def look_after(database: Database) -> Sequence[UUID]:
    """Compares every summary and works out anew those that are wrong; which they were."""
    async with database.read() as session:
        wrong = await differences(session)
        owners = select(TABLE.product_id, TABLE.merchant_id).where(TABLE.product_id.in_(wrong)).distinct()
        pairs = (await session.execute(owners)).all() if wrong else []
    for product_id, merchant_id in pairs:
        async with database.begin() as uow:
            await sum_up(uow, product_id, merchant_id)
    return wrong
