"""Lots with what was recorded of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain import inventory, traces
from domain.base import Database, clock
from domain.traces import EventWanted, LotWanted, TraceFact
from models.catalog import Sku
from models.traces import Lot, TraceEvent, TraceKind
from tests.factories import merchants
from tests.factories import orders as market
from tests.factories.orders import Shop

F, K = TraceFact, TraceKind


@dataclass(frozen=True)
class Grown:
    """A lot of a shop's only product."""

    id: UUID
    number: str
    shop: Shop


async def opened(database: Database, shop: Shop, **changes: Any) -> Grown:
    about = {
        "product_id": shop.product.id,
        "origin_code": merchants.SAYU,
        "plot": "三台村 7 号地",
        "latitude": 27.3841,
        "longitude": 103.6412,
    }
    async with database.begin() as uow:
        id = await traces.open_lot(uow, shop.keeper, LotWanted(**{**about, **changes}))
    row = await market.row(database, Lot, id)
    return Grown(id, row["number"], shop)


async def record(
    database: Database,
    lot: Grown,
    kind: TraceKind,
    facts: dict[TraceFact, Any] | None = None,
    *,
    at: datetime | None = None,
    **changes: Any,
) -> int:
    told = [(fact, str(value)) for fact, value in (facts or {}).items()]
    async with database.begin() as uow:
        wanted = EventWanted(kind, at or clock.now(), facts=told, **changes)
        return await traces.record_event(uow, lot.shop.keeper, lot.id, wanted)


async def harvested(database: Database, lot: Grown, kilos: int = 1000, shrink: int = 50, **changes: Any) -> None:
    """With its certificate, so that it may be sold."""
    facts = {F.GRAMS: kilos * 1000, F.SHRINK_GRAMS: shrink * 1000, F.GRADE: "一级果 80 mm", **changes.pop("facts", {})}
    await record(database, lot, K.HARVESTED, facts, **changes)
    await certified(database, lot)


async def certified(database: Database, lot: Grown) -> None:
    facts = {F.PRODUCT: "红富士苹果", F.QUANTITY: "1000 千克", F.PRODUCER: "洒渔苹果合作社", F.CONTACT: "0870-2120001"}
    await record(database, lot, K.CERTIFIED, {**facts, F.ISSUED_ON: clock.today(), F.BASIS: "自我检测"})


async def grown(database: Database, shop: Shop, kilos: int = 1000, **changes: Any) -> Grown:
    """A lot with a short life behind it: planted, sprayed in time, harvested and certified."""
    lot = await opened(database, shop)
    await record(database, lot, K.PLANTED, {F.VARIETY: "烟富 3 号"}, at=clock.now() - timedelta(days=200))
    spray = {F.INPUT: "苦参碱", F.DOSE: "1000 倍液", F.INTERVAL_DAYS: 7}
    await record(database, lot, K.SPRAYED, spray, at=clock.now() - timedelta(days=60))
    await harvested(database, lot, kilos, **changes)
    return lot


async def traced(database: Database, lot: Grown) -> None:
    """The shop's SKU is filled out of lots from now on; what is there came out of this one."""
    async with database.begin() as uow:
        await inventory.trace_sku(uow, lot.shop.keeper, lot.id, lot.shop.sku)


async def events(database: Database, lot: Grown) -> Sequence[dict[str, Any]]:
    return sorted(await market.rows(database, TraceEvent, lot_id=lot.id), key=lambda row: row["position"])


async def weight(database: Database, shop: Shop) -> int:
    return int((await market.row(database, Sku, shop.sku))["weight"])
