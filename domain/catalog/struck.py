"""Prices that are struck through: what may be shown beside a price, what it means, and what a shop is told otherwise.

By law (明码标价和禁止价格欺诈规定 16, 规范促销行为暂行规定) a price to compare with says what it is; our own price
of before is at most the lowest of the seven days before the price of now began.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import NotFound, Refusal, RowDict, Viewer, page_size
from domain.catalog.reading import access, skus_by_id
from domain.catalog.skus import SkuWanted
from models.catalog import MarketBasis, Sku
from models.pricing import SkuPrice

LAW = "规范促销行为暂行规定"


class StruckTooHigh(Refusal):
    """A struck-through price is more than the lowest that was asked in the seven days before the price went down."""

    code = "MARKET_PRICE_TOO_HIGH"


# ------------------------------------------------------------------------------------------------ what is shown
def price(struck: int | None, basis: str | None, lowest: int | None) -> int | None:
    """The price to compare with, None where it may not be shown."""
    if struck is None or basis == MarketBasis.SUGGESTED:
        return struck
    return struck if lowest is not None and struck <= lowest else None


def basis(struck: int | None, said: str | None, lowest: int | None) -> MarketBasis | None:
    """What the price that is shown is."""
    return None if price(struck, said, lowest) is None else MarketBasis(said or "")


def note(struck: int | None, said: str | None, lowest: int | None, source: str) -> str | None:
    """What the price that is shown means, in a sentence for buyers."""
    if price(struck, said, lowest) is None:
        return None
    if said == MarketBasis.SUGGESTED:
        return f"划线价为厂商建议零售价，不是本店原价。出处：{source}"
    return "划线价不高于本规格本次降价前 7 日内在本店的最低售价。"


def hidden_because(struck: int | None, said: str | None, lowest: int | None) -> str | None:
    """Why a shop's own struck-through price is not shown now; None where it is, or there is none."""
    if struck is None or price(struck, said, lowest) is not None:
        return None
    return _too_high(lowest)


def _too_high(lowest: int | None) -> str:
    if lowest is None:
        return "在这次的售价之前还没有按更高的价格卖过，不能以原价作比较；有厂商建议零售价的，请改选依据并写明出处"
    return f"划线价不能高于降价前 7 日内的最低售价 ¥{lowest // 100}.{lowest % 100:02d}（{LAW}）"


# ------------------------------------------------------------------------------------------------ what is written
async def check(session: AsyncSession, product_id: UUID, wanted: Sequence[SkuWanted]) -> None:
    """StruckTooHigh for the first SKU whose own price of before would not be true from now on.

    By the clock of the database, which records what was asked. Costs no statement where no such price is wanted.
    """
    if not any(sku.market_basis == MarketBasis.ORIGINAL for sku in wanted):
        return
    known = await _lowest(session, product_id)
    for place, sku in enumerate(wanted):
        if sku.market_basis != MarketBasis.ORIGINAL:
            continue
        bound = None
        if found := known.get(sku.id) if sku.id else None:
            bound = found.lowest_before if found.offered == sku.price else found.lowest_now
        if price(sku.market_price, sku.market_basis, bound) is None:
            raise StruckTooHigh(f"规格“{sku.name}”：{_too_high(bound)}", field=f"skus.{place}.marketPrice")


async def _lowest(session: AsyncSession, product_id: UUID) -> dict[UUID, Any]:
    asked = select(SkuPrice.price).where(SkuPrice.sku_id == Sku.id)
    newest = asked.order_by(SkuPrice.since.desc()).limit(1).scalar_subquery()
    lowest = func.lowest_price_before(Sku.id, func.clock_timestamp()).label("lowest_now")
    chosen = select(Sku.id, Sku.lowest_before, newest.label("offered"), lowest)
    return {row.id: row for row in await session.execute(chosen.where(Sku.product_id == product_id))}


# ------------------------------------------------------------------------------------------------ what was asked
async def price_changes(session: AsyncSession, viewer: Viewer, sku_id: UUID, first: int) -> Sequence[RowDict]:
    """What a SKU of the viewer's own shop was offered for (`price` null: not on sale), newest first."""
    sku = (await skus_by_id(session, [sku_id], frozenset({"product_id"}))).get(sku_id)
    if sku is None:
        raise NotFound("商品规格不存在")
    await access(session, viewer, sku["product_id"], frozenset())
    table = SkuPrice.__table__.c
    chosen = select(table.since, table.price).where(table.sku_id == sku_id)
    newest = chosen.order_by(table.since.desc()).limit(page_size(first))
    return [dict(row) for row in (await session.execute(newest)).mappings()]
