"""How a shop changes its freight: a template is saved as a whole, one change of a shop's freight at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import delete as delete_rows
from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit
from domain.base import Conflict, Invalid, NotFound, RowDict, TooMany, UnitOfWork, Viewer, WrongState, among, clock
from domain.freight import reading
from domain.freight.rules import Fee, Shop, Template
from domain.freight.wanted import RuleWanted, TemplateWanted, checked
from domain.merchants import CODE, ShopFreightChanged
from models.base import new_id
from models.catalog import Product
from models.freight import FreightFree, FreightPlace, FreightRule, FreightTemplate
from models.merchants import Merchant, Region

MOST_TEMPLATES = 30
PARTS = (FreightPlace, FreightFree, FreightRule)


async def save(uow: UnitOfWork, viewer: Viewer, id: UUID | None, wanted: TemplateWanted, version: int | None) -> UUID:
    """Adds a template of the viewer's shop, or replaces one; the first is the default.

    Conflict when somebody saved it since `version` was read; Invalid with the place of the input that cannot be.
    """
    known = await _locked(uow.session, viewer.shop_id)
    if id is not None:
        _own(known, id)
    wanted = checked(wanted)
    await _known_places(uow.session, wanted)
    if id is None:
        id = await _add(uow.session, viewer.shop_id, known, wanted)
        action = "freight.create"
    else:
        await _change(uow.session, known, id, wanted, version)
        action = "freight.update"
    await _write_parts(uow.session, id, wanted)
    await _changed(uow, viewer.shop_id)
    await audit.record(uow, viewer, action, "freight_template", id, {"name": wanted.name})
    return id


async def delete(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """Takes a template away. Refused for the default one, and while products use it."""
    own = _own(await _locked(uow.session, viewer.shop_id), id)
    if own["is_default"]:
        raise WrongState("默认模板不能删除，请先将其他模板设为默认")
    using = await uow.session.scalar(select(func.count()).where(Product.freight_template_id == id))
    if using:
        raise WrongState(f"有 {using} 个商品正在使用该模板，不能删除")
    await uow.session.execute(delete_rows(FreightTemplate).where(FreightTemplate.id == id))
    await _changed(uow, viewer.shop_id)
    await audit.record(uow, viewer, "freight.delete", "freight_template", id, {"name": own["name"]})


async def set_default(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """Makes a template the one of all goods that name none. Nothing happens where it is already."""
    own = _own(await _locked(uow.session, viewer.shop_id), id)
    if own["is_default"]:
        return
    mine = update(FreightTemplate).where(FreightTemplate.merchant_id == viewer.shop_id)
    # One after the other: two defaults are refused even in between.
    await uow.session.execute(mine.where(FreightTemplate.is_default).values(is_default=False))
    await uow.session.execute(mine.where(FreightTemplate.id == id).values(is_default=True))
    await _changed(uow, viewer.shop_id)
    await audit.record(uow, viewer, "freight.default", "freight_template", id, {"name": own["name"]})


async def open_freight(uow: UnitOfWork, shops: Mapping[UUID, TemplateWanted]) -> None:
    """Gives new shops their first template, by merchant: without one nothing of theirs can be sent.

    Its id and the mark come from the merchant's id, so that the demo is the same each time.
    """
    for merchant_id, wanted in shops.items():
        wanted = checked(wanted)
        await _known_places(uow.session, wanted)
        id = await _add(uow.session, merchant_id, {}, wanted, uuid5(merchant_id, "freight template"))
        await _write_parts(uow.session, id, wanted)
        await _summarise(uow.session, merchant_id, uuid5(merchant_id, "freight mark"))


# ------------------------------------------------------------------------------------------------ rows
async def _locked(session: AsyncSession, merchant_id: UUID) -> dict[UUID, RowDict]:
    """The shop's templates; nobody else changes any of them meanwhile."""
    mine = select(Merchant.id).where(Merchant.id == merchant_id).with_for_update(key_share=True)
    if await session.scalar(mine) is None:
        raise NotFound("商户不存在")
    table = FreightTemplate.__table__.c
    chosen = select(table.id, table.name, table.is_default, table.version).where(table.merchant_id == merchant_id)
    return {row["id"]: dict(row) for row in (await session.execute(chosen)).mappings()}


def _own(known: Mapping[UUID, RowDict], id: UUID) -> RowDict:
    if id not in known:
        raise NotFound("运费模板不存在", field="id")
    return known[id]


async def _add(
    session: AsyncSession,
    merchant_id: UUID,
    known: Mapping[UUID, RowDict],
    wanted: TemplateWanted,
    id: UUID | None = None,
) -> UUID:
    if len(known) >= MOST_TEMPLATES:
        raise TooMany(f"最多 {MOST_TEMPLATES} 个运费模板")
    _free_name(known, None, wanted.name)
    id = id or new_id()
    row = {"id": id, "merchant_id": merchant_id, "is_default": not known, "version": 1, **_row(wanted)}
    await session.execute(insert(FreightTemplate).values({**row, "created_at": row["updated_at"]}))
    return id


async def _change(
    session: AsyncSession, known: Mapping[UUID, RowDict], id: UUID, wanted: TemplateWanted, version: int | None
) -> None:
    if version is None or known[id]["version"] != version:
        raise Conflict("该模板刚被他人修改过，请刷新后重试", field="version")
    _free_name(known, id, wanted.name)
    changed = update(FreightTemplate).where(FreightTemplate.id == id)
    await session.execute(changed.values(**_row(wanted), version=version + 1))


def _free_name(known: Mapping[UUID, RowDict], id: UUID | None, name: str) -> None:
    if any(row["name"] == name for other, row in known.items() if other != id):
        raise Invalid("已有同名的运费模板", field="name")


def _row(wanted: TemplateWanted) -> dict[str, Any]:
    names = ("name", "unit", *reading.SURCHARGES)
    return {**{name: getattr(wanted, name) for name in names}, "updated_at": clock.now()}


async def _write_parts(session: AsyncSession, id: UUID, wanted: TemplateWanted) -> None:
    for part in PARTS:
        await session.execute(delete_rows(part).where(part.template_id == id))
    rules = [_rule(id, place, rule) for place, rule in enumerate((wanted.default, *wanted.rules))]
    await session.execute(insert(FreightRule), rules)
    places = [
        {"template_id": id, "code": code, "position": place}
        for place, rule in enumerate(wanted.rules, 1)
        for code in rule.codes
    ]
    frees = [
        {"template_id": id, "position": place, **vars(free), "codes": list(free.codes)}
        for place, free in enumerate(wanted.frees)
    ]
    for part, rows in ((FreightPlace, places), (FreightFree, frees)):
        if rows:
            await session.execute(insert(part), rows)


def _rule(id: UUID, place: int, rule: RuleWanted) -> dict[str, Any]:
    fees = ("first", "first_fee", "step", "step_fee")
    values = {name: getattr(rule, name) if rule.deliverable else None for name in fees}
    return {"template_id": id, "position": place, "deliverable": rule.deliverable, "reason": rule.reason, **values}


async def _known_places(session: AsyncSession, wanted: TemplateWanted) -> None:
    """Refuses regions that do not exist, at the rule that names them."""
    if not wanted.codes:
        return
    codes = [code for code in wanted.codes if CODE.fullmatch(code)]
    found = set(await session.scalars(select(Region.code).where(among(Region, "code", codes))))
    lists = {f"rules.{place}.codes": rule.codes for place, rule in enumerate(wanted.rules)}
    lists |= {f"frees.{place}.codes": free.codes for place, free in enumerate(wanted.frees)}
    for field, named in lists.items():
        if not found.issuperset(named):
            raise Invalid("所选地区不存在，请重新选择", field=field)


# ------------------------------------------------------------------------------------------------ the shop's page
async def _changed(uow: UnitOfWork, merchant_id: UUID) -> None:
    await _summarise(uow.session, merchant_id)
    uow.emit(ShopFreightChanged(merchant_id))


async def _summarise(session: AsyncSession, merchant_id: UUID, mark: UUID | None = None) -> None:
    """Writes what the shop's page says, and the mark that ends what is kept of its rules."""
    _, shop = (await reading.read(session, [merchant_id]))[merchant_id]
    fee, free_from = summary(shop)
    values = {"freight": fee, "free_freight_from": free_from, "freight_mark": mark or new_id()}
    await session.execute(update(Merchant).where(Merchant.id == merchant_id).values(values))


def summary(shop: Shop) -> tuple[int, int | None]:
    """The lowest first fee of the default template, and the fen from which all of it is free; None: never."""
    template = shop.template(None)
    if template is None:
        return 0, None
    fees = [rule.first_fee for rule in (template.default, *template.rules.values()) if isinstance(rule, Fee)]
    return min(fees, default=0), _free_from(template)


def _free_from(template: Template) -> int | None:
    bounds: Sequence[int] = [
        free.from_amount
        for free in template.frees
        if free.from_amount is not None and free.from_quantity is None and not free.codes
    ]
    return min(bounds, default=None)
