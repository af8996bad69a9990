"""Reading lots: by key, by number for everybody, in pages for desks; and whether their chains are whole."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, Integer, Select, Uuid, bindparam, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import catalog, merchants
from domain.base import Columns, NotFound, RowDict, Viewer, ViewerKind, clean_text, page_offset, page_size, pick
from domain.crypto import signer
from domain.numbers import check_digit
from domain.statements import ManyBy, OneBy, Statement
from domain.traces.chain import OF_EVENT, OF_LOT, Verdict, verify
from models.catalog import Product
from models.merchants import Merchant
from models.traces import Lot, LotState, TraceEvent, TraceHead

NUMBER = re.compile("L[0-9]{15}")
LOT = Lot.__table__.c

lots_by_id = OneBy(Lot.__table__, "id", always=frozenset({"merchant_id"}))
lots_by_number = OneBy(Lot.__table__, "number", always=frozenset({"id"}))
#: What was recorded of each lot, in order.
events_by_lot = ManyBy(TraceEvent.__table__, "lot_id", order_by=("position",))
heads_by_lot = ManyBy(TraceHead.__table__, "lot_id", order_by=("day",))


def _on_sale() -> Any:
    chosen = select(*Product.__table__.c).join(Merchant, Merchant.id == Product.merchant_id)
    return chosen.where(catalog.ON_SALE, merchants.OPEN).subquery("products_on_sale")


#: Products anybody may buy; others are missing.
products_on_sale = OneBy(_on_sale(), "id")


# ------------------------------------------------------------------------------------------------ for everybody
async def by_number(session: AsyncSession, number: str, columns: Columns) -> RowDict | None:
    """The lot of a number as it is printed; None for a mistyped one, too."""
    if not NUMBER.fullmatch(number) or check_digit(number[1:-1]) != int(number[-1]):
        return None
    return (await lots_by_number(session, [number], columns)).get(number)


def _latest(columns: Columns) -> Select[Any]:
    mine = LOT.product_id == bindparam("product_id", type_=Uuid)
    shown = LOT.harvested_on.is_not(None) & SOLD
    newest = (LOT.harvested_on.desc(), LOT.id.desc())
    return select(*pick(Lot, columns, "id")).where(mine, shown).order_by(*newest).limit(FIRST)


# Written out: a list among the parameters would make another text for each length.
SOLD: ColumnElement[bool] = literal_column("lots.state IN ('OPEN', 'CLOSED')", Boolean)
FIRST = bindparam("first", type_=Integer)
LATEST = Statement(Lot.__table__, _latest)


async def latest(session: AsyncSession, product_id: UUID, first: int, columns: Columns) -> Sequence[RowDict]:
    """The latest harvested lots of a product."""
    return await LATEST.rows(session, columns, product_id=product_id, first=page_size(first, most=10))


# ------------------------------------------------------------------------------------------------ on behalf
async def access(session: AsyncSession, viewer: Viewer, id: UUID, columns: Columns) -> RowDict:
    """A lot of the viewer's own shop, or any for the platform; NotFound for any other."""
    lot = (await lots_by_id(session, [id], columns)).get(id)
    if lot is None or (viewer.kind is ViewerKind.MERCHANT and lot["merchant_id"] != viewer.shop_id):
        raise NotFound("批次不存在")
    return lot


async def page(
    session: AsyncSession,
    viewer: Viewer,
    text: str | None,
    state: LotState | None,
    product_id: UUID | None,
    page: int,
    size: int,
    columns: Columns,
) -> tuple[Sequence[RowDict], int]:
    """A numbered page of lots, newest first; a shop's own for its staff, everybody's for the platform."""
    where: list[ColumnElement[bool]] = []
    if viewer.kind is ViewerKind.MERCHANT:
        where.append(LOT.merchant_id == viewer.shop_id)
    if state is not None:
        where.append(LOT.state == state)
    if product_id is not None:
        where.append(LOT.product_id == product_id)
    if words := clean_text(text or "", field="text", most=60, label="搜索内容"):
        named = LOT.product_name.icontains(words, autoescape=True) | LOT.plot.icontains(words, autoescape=True)
        where.append(named | LOT.number.startswith(words, autoescape=True))
    chosen = select(*pick(Lot, columns, "id")).where(*where).order_by(LOT.created_at.desc(), LOT.id.desc())
    rows = await session.execute(chosen.offset(page_offset(page, size)).limit(size))
    total = await session.scalar(select(func.count()).select_from(Lot).where(*where))
    return [dict(row) for row in rows.mappings()], total or 0


# ------------------------------------------------------------------------------------------------ verdicts
async def verdict_by_lot(session: AsyncSession, keys: Sequence[UUID], _columns: Columns) -> Mapping[UUID, RowDict]:
    """Whether each lot's chain is whole, under `verdict`."""
    found = await verdicts(session, keys)
    return {id: {"verdict": verdict} for id, verdict in found.items()}


async def verdicts(session: AsyncSession, lot_ids: Sequence[UUID]) -> dict[UUID, Verdict]:
    lots = await lots_by_id(session, lot_ids, OF_LOT)
    events = await events_by_lot(session, lot_ids, OF_EVENT)
    heads = await heads_by_lot(session, lot_ids, frozenset({"position", "hash"}))
    keys = signer.public_keys
    return {
        id: verify(lot, events.get(id, []), [(row["position"], row["hash"]) for row in heads.get(id, [])], keys)
        for id, lot in lots.items()
    }


def public_keys() -> Mapping[int, bytes]:
    """The platform's keys, by which anybody checks what it signed."""
    return signer.public_keys
