"""The SKUs of a product, saved together: added, changed, taken off sale, never deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Invalid, NotFound, RowDict, TooMany, clean_text
from models.base import new_id
from models.catalog import MarketBasis, Sku

MOST_SKUS = 20
# With those taken off sale over time, which orders still point to.
MOST_EVER = 100
MOST_FEN = 100_000_000
MOST_GRAMS = 1_000_000
MOST_MILLIMETRES = 3000
MOST_EACH = 999
MOST_DAYS = 365


@dataclass(frozen=True)
class SkuWanted:
    """A SKU as somebody filled it in: fen and grams; `stock` is the opening stock of one that is new."""

    name: str
    price: int
    weight: int
    gross_weight: int
    # Of a parcel with one piece, in millimetres: all three or none.
    length: int | None = None
    width: int | None = None
    height: int | None = None
    # How many one member may buy, ever or within so many days.
    limit_each: int | None = None
    limit_days: int | None = None
    id: UUID | None = None
    market_price: int | None = None
    # What the price that is struck through is; of a suggested one who says so, and where.
    market_basis: MarketBasis | None = None
    market_source: str = ""
    active: bool = True
    stock: int = 0


def checked_skus(wanted: Sequence[SkuWanted]) -> list[SkuWanted]:
    """The SKUs with clean names; Invalid, naming the input by its place, for what may not be sold."""
    if not 1 <= len(wanted) <= MOST_SKUS:
        raise Invalid(f"规格须为 1 到 {MOST_SKUS} 个", field="skus")
    checked = [_checked(sku, f"skus.{place}") for place, sku in enumerate(wanted)]
    if len({sku.name for sku in checked}) < len(checked):
        raise Invalid("规格名称不能重复", field="skus")
    known = [sku.id for sku in checked if sku.id]
    if len(set(known)) < len(known):
        raise Invalid("同一规格出现了两次", field="skus")
    if not any(sku.active for sku in checked):
        raise Invalid("请至少启用一个规格", field="skus")
    return checked


def _checked(sku: SkuWanted, field: str) -> SkuWanted:
    if not 1 <= sku.price <= MOST_FEN:
        raise Invalid("价格须在 0.01 元到 100 万元之间", field=f"{field}.price")
    if sku.market_price is not None and not sku.price < sku.market_price <= MOST_FEN:
        raise Invalid("划线价须高于售价，且不超过 100 万元", field=f"{field}.marketPrice")
    if not 0 <= sku.weight <= MOST_GRAMS:
        raise Invalid("净重须在 0 到 1000 千克之间", field=f"{field}.weight")
    if not max(1, sku.weight) <= sku.gross_weight <= MOST_GRAMS:
        raise Invalid("毛重须大于 0、不小于净重，且不超过 1000 千克", field=f"{field}.grossWeight")
    sides = (sku.length, sku.width, sku.height)
    if any(side is not None for side in sides) and not all(
        side is not None and 1 <= side <= MOST_MILLIMETRES for side in sides
    ):
        raise Invalid("长宽高须一起填写，每边 1 毫米到 3 米", field=f"{field}.length")
    _check_limit(sku, field)
    name = clean_text(sku.name, field=f"{field}.name", least=1, most=40, label="规格名称")
    return replace(sku, name=name, **_compared(sku, field))


def _check_limit(sku: SkuWanted, field: str) -> None:
    if sku.limit_each is not None and not 1 <= sku.limit_each <= MOST_EACH:
        raise Invalid(f"每人限购须为 1 到 {MOST_EACH} 件", field=f"{field}.limitEach")
    if sku.limit_days is not None and (sku.limit_each is None or not 1 <= sku.limit_days <= MOST_DAYS):
        raise Invalid(f"限购周期须为 1 到 {MOST_DAYS} 天，且须填写限购件数", field=f"{field}.limitDays")


def _compared(sku: SkuWanted, field: str) -> dict[str, Any]:
    """What a struck-through price says of itself; nothing where there is none."""
    if sku.market_price is None:
        return {"market_basis": None, "market_source": ""}
    if sku.market_basis is None:
        raise Invalid("请说明划线价的依据", field=f"{field}.marketBasis")
    basis, source = MarketBasis(sku.market_basis), ""
    if basis is MarketBasis.SUGGESTED:
        source = clean_text(
            sku.market_source, field=f"{field}.marketSource", least=4, most=80, label="建议零售价的出处"
        )
    return {"market_basis": basis, "market_source": source}


async def save_skus(session: AsyncSession, product_id: UUID, wanted: Sequence[SkuWanted]) -> dict[UUID, int]:
    """Makes the product's SKUs what is wanted; the opening stock of those that are new.

    The caller holds the product's row, so nobody else saves at the same moment. A new SKU with the name of one that
    was taken off sale brings that one back.
    """
    known = await _known(session, product_id)
    plan = _plan(known, wanted)
    if len(known) + sum(1 for id in plan if id not in known) > MOST_EVER:
        raise TooMany(f"一个商品累计最多 {MOST_EVER} 个规格", field="skus")
    await _make_room(session, known, plan)
    if changed := [_row(id, place, sku) for place, (id, sku) in enumerate(plan.items()) if id in known]:
        await session.execute(update(Sku), changed)
    new = {id: sku for id, sku in plan.items() if id not in known}
    if rows := [{**_row(id, place, plan[id]), "product_id": product_id} for place, id in enumerate(plan) if id in new]:
        await session.execute(insert(Sku), rows)
    return {id: sku.stock for id, sku in new.items()}


async def _known(session: AsyncSession, product_id: UUID) -> dict[UUID, str]:
    chosen = select(Sku.id, Sku.name).where(Sku.product_id == product_id)
    return {id: name for id, name in await session.execute(chosen)}


def _plan(known: Mapping[UUID, str], wanted: Sequence[SkuWanted]) -> dict[UUID, SkuWanted]:
    """Which row becomes which SKU, in order."""
    named = {sku.id for sku in wanted if sku.id}
    if strangers := named - known.keys():
        raise NotFound("商品规格不存在", field="skus", id=next(iter(strangers)))
    idle = {name: id for id, name in known.items() if id not in named}
    return {sku.id or idle.get(sku.name) or new_id(): sku for sku in wanted}


async def _make_room(session: AsyncSession, known: Mapping[UUID, str], plan: Mapping[UUID, SkuWanted]) -> None:
    """Takes off sale what is no longer wanted, and frees every name that is about to change hands."""
    names = {sku.name for sku in plan.values()}
    leaving: list[RowDict] = []
    for id, name in known.items():
        if id not in plan:
            kept = f"{name[:40]}·{id.hex[-8:]}" if name in names else name
            leaving.append({"id": id, "active": False, "name": kept})
    moving: list[RowDict] = [
        {"id": id, "name": f"~{id}"} for id, sku in plan.items() if id in known and known[id] != sku.name
    ]
    for rows in (leaving, moving):
        if rows:
            await session.execute(update(Sku), [dict(row) for row in rows])


def _row(id: UUID, place: int, sku: SkuWanted) -> dict[str, Any]:
    return {
        "id": id,
        "name": sku.name,
        "price": sku.price,
        "market_price": sku.market_price,
        "market_basis": sku.market_basis,
        "market_source": sku.market_source,
        "weight": sku.weight,
        "gross_weight": sku.gross_weight,
        "length": sku.length,
        "width": sku.width,
        "height": sku.height,
        "limit_each": sku.limit_each,
        "limit_days": sku.limit_days,
        "active": sku.active,
        "position": place,
    }
