"""The freight rules of shops, read for all of them in one statement and kept under the shop's mark."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, JSON, ColumnElement, Select, Uuid, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import clock
from domain.freight.rules import Closed, Fee, Free, Goods, Rule, Shop, Template
from domain.pricing import Freight
from domain.statements import NO_COLUMNS, Statement
from models.freight import FreightFree, FreightPlace, FreightRule, FreightTemplate
from models.merchants import Merchant

# Shops whose rules a process remembers: a few kilobytes each.
MOST_KEPT = 2000
RULE = ("position", "deliverable", "reason", "first", "first_fee", "step", "step_fee")
FREE = ("codes", "from_quantity", "from_amount")
SURCHARGES = ("cold_fee", "cold_from", "cold_to", "pack_grams", "pack_fee")
NOTHING = Shop({}, None)


# ------------------------------------------------------------------------------------------------ the statement
def _all_of(model: Any, names: Sequence[str]) -> ColumnElement[Any]:
    """The rows of a template's part as one JSON array, in order."""
    table = model.__table__.c
    row = func.json_build_array(*(table[name] for name in names))
    rows = func.json_agg(aggregate_order_by(row, table.position), type_=JSON)
    return select(rows).where(table.template_id == FreightTemplate.id).correlate(FreightTemplate).scalar_subquery()


def _templates(_: frozenset[Any]) -> Select[Any]:
    template = FreightTemplate.__table__.c
    names = ("id", "name", "unit", "is_default", *SURCHARGES, "version", "updated_at")
    chosen = select(
        Merchant.__table__.c.id.label("merchant_id"),
        Merchant.__table__.c.freight_mark,
        *(template[name] for name in names),
        _all_of(FreightRule, RULE).label("rules"),
        _all_of(FreightPlace, ("code", "position")).label("places"),
        _all_of(FreightFree, FREE).label("frees"),
    )
    joined = chosen.join_from(Merchant, FreightTemplate, FreightTemplate.merchant_id == Merchant.id, isouter=True)
    return joined.where(Merchant.id == any_(bindparam("merchant_ids", type_=ARRAY(Uuid))))


TEMPLATES = Statement(FreightTemplate.__table__, _templates)


async def read(session: AsyncSession, merchant_ids: Sequence[UUID]) -> dict[UUID, tuple[UUID, Shop]]:
    """The mark and the rules of each shop, as one moment saw both."""
    found: dict[UUID, list[Mapping[str, Any]]] = {}
    for row in await TEMPLATES.rows(session, NO_COLUMNS, merchant_ids=list(merchant_ids)):
        found.setdefault(row["merchant_id"], []).append(row)
    return {id: (rows[0]["freight_mark"], _shop(rows)) for id, rows in found.items()}


def _shop(rows: Sequence[Mapping[str, Any]]) -> Shop:
    rows = [row for row in rows if row["id"] is not None]
    default = next((row["id"] for row in rows if row["is_default"]), None)
    return Shop({row["id"]: template_of(row) for row in rows}, default)


def template_of(row: Mapping[str, Any]) -> Template:
    """A template of its row with its `rules`, `places` and `frees`, as the statement above reads them."""
    rules = {rule[0]: _rule(rule) for rule in row["rules"]}
    return Template(
        id=row["id"],
        name=row["name"],
        unit=row["unit"],
        default=rules.pop(0),
        rules=rules,
        places={code: position for code, position in row["places"] or ()},
        frees=tuple(Free(frozenset(codes), quantity, amount) for codes, quantity, amount in row["frees"] or ()),
        cold_fee=row["cold_fee"],
        cold_from=row["cold_from"],
        cold_to=row["cold_to"],
        pack_grams=row["pack_grams"],
        pack_fee=row["pack_fee"] or 0,
    )


def _rule(row: Sequence[Any]) -> Rule:
    _, deliverable, reason, first, first_fee, step, step_fee = row
    return Fee(first, first_fee, step, step_fee) if deliverable else Closed(reason)


# ------------------------------------------------------------------------------------------------ kept
class _Kept:
    """Rules by shop, good for as long as the shop has the mark they were read under."""

    def __init__(self) -> None:
        self._shops: OrderedDict[UUID, tuple[UUID, Shop]] = OrderedDict()

    def get(self, merchant_id: UUID, mark: UUID) -> Shop | None:
        found = self._shops.get(merchant_id)
        return found[1] if found is not None and found[0] == mark else None

    def put(self, merchant_id: UUID, mark: UUID, shop: Shop) -> None:
        self._shops[merchant_id] = mark, shop
        self._shops.move_to_end(merchant_id)
        if len(self._shops) > MOST_KEPT:
            self._shops.popitem(last=False)


KEPT = _Kept()


@dataclass(frozen=True)
class Rules:
    """The freight rules of several shops."""

    shops: Mapping[UUID, Shop]

    def freight(self, merchant_id: UUID, region_code: str | None, goods: Sequence[Goods]) -> Freight:
        """What one shop asks for sending these goods there today; Undeliverable when it does not."""
        return self.shops.get(merchant_id, NOTHING).freight(region_code, goods, clock.today().month)

    def refusal(self, merchant_id: UUID, template_id: UUID | None, region_code: str | None) -> str | None:
        """Why goods of this template are not sent there; None when they are."""
        return self.shops.get(merchant_id, NOTHING).refusal(template_id, region_code)


async def rules(session: AsyncSession, marks: Mapping[UUID, UUID]) -> Rules:
    """The rules of these shops, given the mark each was just seen with: no statement when all of them are known.

    A mark is new after every change and never comes back, so what is kept under it cannot be out of date. Not for a
    transaction that has changed templates itself: it could be rolled back.
    """
    shops = {id: shop for id, mark in marks.items() if (shop := KEPT.get(id, mark)) is not None}
    if missing := [id for id in marks if id not in shops]:
        for id, (mark, shop) in (await read(session, missing)).items():
            KEPT.put(id, mark, shop)
            shops[id] = shop
    return Rules(shops)
