"""A shop's freight as its staff see it: templates with the names of their places, and the try-out box."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import merchants
from domain.base import Invalid, NotFound, RowDict, Viewer, clock
from domain.freight import wanted as filled_in
from domain.freight.reading import FREE, RULE, TEMPLATES
from domain.freight.rules import Goods, Shop, Undeliverable
from domain.freight.wanted import MOST_FEN, MOST_GRAMS, MOST_PIECES, TemplateWanted
from domain.pricing import Freight
from domain.statements import NO_COLUMNS, OneBy
from models.base import new_id
from models.catalog import Product
from models.freight import FreightTemplate

templates_by_id = OneBy(FreightTemplate.__table__, "id")


# ------------------------------------------------------------------------------------------------ templates
async def merchant_templates(session: AsyncSession, viewer: Viewer) -> list[RowDict]:
    """All templates of the viewer's shop, the default first, then by name; with rules, places and how many use them."""
    rows = await TEMPLATES.rows(session, NO_COLUMNS, merchant_ids=[viewer.shop_id])
    rows = [row for row in rows if row["id"] is not None]
    names = await _names(session, rows)
    using = await _using(session, viewer.shop_id)
    whole = [_whole(row, names, using.get(row["id"], 0)) for row in rows]
    return sorted(whole, key=lambda row: (not row["is_default"], row["name"]))


async def template_row(session: AsyncSession, viewer: Viewer, id: UUID) -> RowDict:
    """One template of the viewer's shop, as `merchant_templates` has it."""
    for row in await merchant_templates(session, viewer):
        if row["id"] == id:
            return row
    raise NotFound("运费模板不存在", field="id")


def _whole(row: Mapping[str, Any], names: Mapping[str, str], using: int) -> dict[str, Any]:
    codes: dict[int, list[str]] = {}
    for code, position in row["places"] or ():
        codes.setdefault(position, []).append(code)
    rules = [dict(zip(RULE, rule, strict=True)) for rule in row["rules"]]
    for rule in rules:
        rule["places"] = _places(codes.get(rule["position"], ()), names)
    frees = [dict(zip(FREE, free, strict=True)) for free in row["frees"] or ()]
    for free in frees:
        free["places"] = _places(free["codes"], names)
    return {**row, "default": rules[0], "rules": rules[1:], "frees": frees, "product_count": using}


def _places(codes: Iterable[str], names: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"code": code, "name": names[code]} for code in sorted(codes)]


async def _names(session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    codes = {code for row in rows for code, _ in row["places"] or ()}
    codes |= {code for row in rows for codes_, *_ in row["frees"] or () for code in codes_}
    if not codes:
        return {}
    found = await merchants.regions_by_code(session, sorted(codes), frozenset({"full_name"}))
    return {code: row["full_name"] for code, row in found.items()}


async def _using(session: AsyncSession, merchant_id: UUID) -> dict[UUID, int]:
    """How many products name each template."""
    template_id = Product.freight_template_id
    chosen = select(template_id, func.count()).where(Product.merchant_id == merchant_id, template_id.is_not(None))
    return {id: count for id, count in await session.execute(chosen.group_by(template_id)) if id is not None}


# ------------------------------------------------------------------------------------------------ trying out
@dataclass(frozen=True)
class Trial:
    """So many pieces of one thing sent somewhere. One piece weighs `weight` grams, all of them cost `amount` fen."""

    region_code: str
    quantity: int = 1
    weight: int = 0
    amount: int = 0
    cold: bool = False
    # None: this month.
    month: int | None = None


@dataclass(frozen=True)
class Answer:
    """What sending costs and why, or why nothing is sent."""

    freight: Freight | None
    reason: str = ""


def try_out(wanted: TemplateWanted, trial: Trial) -> Answer:
    """What a template that need not be saved yet would ask; Invalid for one that could not be saved."""
    template = filled_in.template(filled_in.checked(wanted))
    _check(trial)
    goods = Goods(new_id(), template.id, trial.quantity, trial.weight, None, trial.amount, trial.cold)
    return answer(Shop({template.id: template}, template.id), trial.region_code, [goods], trial.month)


def answer(shop: Shop, region_code: str | None, goods: Sequence[Goods], month: int | None = None) -> Answer:
    """As `Shop.freight` of this or another month, with the refusal as a word."""
    try:
        return Answer(shop.freight(region_code, goods, month or clock.today().month))
    except Undeliverable as refusal:
        return Answer(None, refusal.reason)


def _check(trial: Trial) -> None:
    if not merchants.CODE.fullmatch(trial.region_code):
        raise Invalid("请选择地区", field="regionCode")
    if not 1 <= trial.quantity <= MOST_PIECES:
        raise Invalid(f"件数须在 1 到 {MOST_PIECES} 之间", field="quantity")
    if not 0 <= trial.weight <= MOST_GRAMS:
        raise Invalid("重量须在 0 到 1000 公斤之间", field="weight")
    if trial.month is not None and not 1 <= trial.month <= 12:
        raise Invalid("月份须在 1 到 12 之间", field="month")
    if not 0 <= trial.amount <= 100 * MOST_FEN:
        raise Invalid("金额须在 0 到 100 万元之间", field="amount")
