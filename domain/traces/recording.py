"""Opening lots and recording what happens to them. Nothing recorded is ever changed: a correction is recorded too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from domain import audit, catalog, merchants
from domain.base import (
    SYSTEM,
    Conflict,
    Event,
    Invalid,
    NotFound,
    RowDict,
    UnitOfWork,
    Viewer,
    ViewerKind,
    WrongState,
    clean_text,
    clock,
    next_state,
)
from domain.numbers import made
from domain.traces.chain import OF_EVENT, OF_LOT, founding, sealed
from domain.traces.facts import (
    HARVEST_COLUMNS,
    RECORDED,
    TraceFact,
    certified,
    day_of,
    failed_inspection,
    harvest_of,
    read_facts,
    standing,
    too_early,
)
from domain.traces.reading import events_by_lot
from domain.traces.states import LOT_REFUSALS, LOT_STEPS, LotStep
from models.base import new_id
from models.catalog import Product
from models.merchants import Merchant, MerchantKind
from models.traces import Lot, LotState, TraceEvent, TraceKind, lot_numbers

MOST_EVENTS = 300
MOST_PICTURES = 9
OLDEST = timedelta(days=3 * 366)
LOT = Lot.__table__.c
# Recorded while a lot is held, these are what may clear it.
WHILE_HELD = frozenset({TraceKind.INSPECTED, TraceKind.CERTIFIED, TraceKind.STORED})
# 农产品质量安全法 Art. 38: companies and cooperatives issue one for what they sell; households are only encouraged to.
MUST_CERTIFY = (MerchantKind.COMPANY, MerchantKind.COOPERATIVE)


@dataclass(frozen=True)
class LotChanged(Event):
    """A lot was opened, or something was recorded of it: whoever shows it reads it again."""

    lot_id: UUID
    product_id: UUID


@dataclass(frozen=True)
class LotStopped(Event):
    """A lot was held, released or recalled: stock follows. Read its state before you act."""

    lot_id: UUID


@dataclass(frozen=True)
class LotWanted:
    """A lot as its shop opens it; coordinates in degrees (GCJ-02)."""

    product_id: UUID
    origin_code: str
    plot: str
    latitude: float | None = None
    longitude: float | None = None
    producer: str = ""


@dataclass(frozen=True)
class EventWanted:
    """One thing that happened to a lot, as it is told."""

    kind: TraceKind
    at: datetime
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    facts: Sequence[tuple[TraceFact, str]] = ()
    note: str = ""
    photos: Sequence[str] = field(default_factory=tuple)
    documents: Sequence[str] = field(default_factory=tuple)
    corrects: int | None = None


# ------------------------------------------------------------------------------------------------ opening
async def open_lot(uow: UnitOfWork, viewer: Viewer, wanted: LotWanted) -> UUID:
    """A new lot of one of the viewer's own products; answers its id.

    Refuses with NotFound for another shop's product, Invalid for a place goods cannot come from or odd coordinates.
    """
    product = await _product(uow, viewer, wanted.product_id)
    await merchants.place(uow.session, wanted.origin_code, field="originCode")
    now = clock.now()
    serial = await uow.session.scalar(select(lot_numbers.next_value()))
    lot = {
        "id": new_id(),
        "number": made("L", clock.today(), int(serial or 0)),
        "merchant_id": viewer.shop_id,
        "product_id": product["id"],
        "product_name": product["title"],
        "origin_code": wanted.origin_code,
        "plot": clean_text(wanted.plot, field="plot", least=1, most=60, label="地块"),
        "producer": clean_text(wanted.producer, field="producer", most=60, label="生产者") or product["shop"],
        "storage": product["storage"],
        "created_at": now,
        **coordinates(wanted.latitude, wanted.longitude),
    }
    await uow.session.execute(insert(Lot).values(**lot))
    await audit.record(uow, viewer, "lot.open", "lot", lot["id"], {"number": lot["number"]})
    uow.emit(LotChanged(lot["id"], product["id"]))
    return UUID(str(lot["id"]))


async def _product(uow: UnitOfWork, viewer: Viewer, id: UUID) -> RowDict:
    columns = (Product.id, Product.title, Product.storage, Merchant.name.label("shop"))
    chosen = select(*columns).join(Merchant, Merchant.id == Product.merchant_id)
    found = await uow.session.execute(chosen.where(Product.id == id, Product.merchant_id == viewer.shop_id))
    row = found.mappings().first()
    if row is None:
        raise NotFound("商品不存在")
    return dict(row)


def coordinates(latitude: float | None, longitude: float | None) -> dict[str, int | None]:
    """Degrees as millionths; both or none, and in China."""
    if latitude is None or longitude is None:
        if latitude is not longitude:
            raise Invalid("经度和纬度须同时填写", field="latitude")
        return {"latitude": None, "longitude": None}
    if not (3 <= latitude <= 54 and 73 <= longitude <= 136):
        raise Invalid("坐标不在中国境内", field="latitude")
    return {"latitude": round(latitude * 1_000_000), "longitude": round(longitude * 1_000_000)}


# ------------------------------------------------------------------------------------------------ recording
async def record_event(uow: UnitOfWork, viewer: Viewer, lot_id: UUID, wanted: EventWanted) -> int:
    """Adds an event to one of the viewer's own lots; answers its position.

    Refuses a harvest within the safety interval of a spraying, a second harvest, facts that are missing, pictures of
    another shop, and a harvest of less than was put on the shelf. A spraying told too late holds the lot.
    """
    lot = await own(uow, viewer, lot_id)
    if wanted.kind not in RECORDED:
        raise Invalid("该环节由系统记录", field="kind")
    if lot["state"] is not LotState.OPEN and not (lot["state"] is LotState.HELD and wanted.kind in WHILE_HELD):
        raise WrongState("该批次已结束、冻结或召回，不能再记录此环节")
    before = await _events(uow, lot_id)
    row = await _told(uow, lot, wanted)
    _check_place_in_chain(before, row)
    after = [*before, row]
    if wanted.kind is TraceKind.HARVESTED and (early := too_early(after)) is not None:
        raise Invalid(f"「{early[0]}」的安全间隔期未满，最早 {early[1]:%Y-%m-%d} 才能采收", field="at")
    if wanted.kind is TraceKind.HARVESTED:
        await _harvest(uow, lot, after)
    await _append(uow, viewer, lot, before, row)
    if lot["state"] is LotState.OPEN:
        await _hold_if_bad(uow, lot, after)
    return int(row["position"])


async def _told(uow: UnitOfWork, lot: RowDict, wanted: EventWanted) -> dict[str, Any]:
    now = clock.now()
    if wanted.at > now + timedelta(minutes=5):
        raise Invalid("时间不能晚于现在", field="at")
    if wanted.at < now - OLDEST:
        raise Invalid("时间不能早于三年前", field="at")
    facts = read_facts(wanted.kind, wanted.facts)
    if wanted.kind is TraceKind.HARVESTED and "BEST_BEFORE" not in facts:
        facts |= await _keeps(uow, lot, wanted.at)
    for name, keys in (("photos", wanted.photos), ("documents", wanted.documents)):
        if len(keys) > MOST_PICTURES or len(set(keys)) != len(keys):
            raise Invalid(f"最多 {MOST_PICTURES} 张不同的图片", field=name)
        await catalog.usable(uow.session, lot["merchant_id"], keys, field=name)
    return {
        "kind": wanted.kind,
        "at": wanted.at,
        "place": clean_text(wanted.place, field="place", most=80, label="地点") or lot["plot"],
        **coordinates(wanted.latitude, wanted.longitude),
        "facts": facts,
        "note": clean_text(wanted.note, field="note", most=200, label="说明"),
        "photos": list(wanted.photos),
        "documents": list(wanted.documents),
        "corrects": wanted.corrects,
    }


async def _keeps(uow: UnitOfWork, lot: RowDict, harvested: datetime) -> dict[str, str]:
    """How long it keeps, as the product's page says."""
    days = await uow.session.scalar(select(Product.shelf_life_days).where(Product.id == lot["product_id"]))
    return {"BEST_BEFORE": (day_of(harvested) + timedelta(days=days)).isoformat()} if days else {}


def _check_place_in_chain(before: Sequence[RowDict], row: dict[str, Any]) -> None:
    """Gives the event its position; a correction must be of a standing event of the same kind."""
    if len(before) >= MOST_EVENTS:
        raise Invalid(f"一个批次最多 {MOST_EVENTS} 条记录", field="kind")
    row["position"] = len(before) + 1
    standing_now = {event["position"]: event["kind"] for event in standing(before)}
    if row["corrects"] is not None and standing_now.get(row["corrects"]) is not row["kind"]:
        raise Invalid("只能更正同一环节的有效记录", field="corrects")
    if row["kind"] is TraceKind.HARVESTED and row["corrects"] is None and row["kind"] in standing_now.values():
        raise Conflict("该批次已有采收记录；重量有误请更正原记录，另一次采收请新建批次", field="kind")


async def _harvest(uow: UnitOfWork, lot: RowDict, events: Sequence[RowDict]) -> None:
    told: dict[str, Any] = dict(zip(HARVEST_COLUMNS, harvest_of(events), strict=True))
    if told["harvested_grams"] - told["shrink_grams"] < lot["allocated_grams"]:
        kilos = lot["allocated_grams"] / 1000
        raise Invalid(f"该批次已上架 {kilos:.1f} 千克，采收重量减损耗不能低于此数", field="facts")
    if told["best_before"] is not None and told["best_before"] < told["harvested_on"]:
        raise Invalid("保质期不能早于采收日", field="facts")
    await uow.session.execute(update(Lot).where(LOT.id == lot["id"]).values(**told))


async def _hold_if_bad(uow: UnitOfWork, lot: RowDict, events: Sequence[RowDict]) -> None:
    """What was recorded speaks against selling: the lot is held until somebody has looked."""
    reason = "检测结论为不合格" if failed_inspection(events) else ""
    if (early := too_early(events)) is not None:
        reason = f"「{early[0]}」的安全间隔期内采收"
    if reason:
        await step(uow, SYSTEM, await locked(uow, lot["id"]), LotStep.HOLD, reason)


# ------------------------------------------------------------------------------------------------ steps
async def move_by_merchant(uow: UnitOfWork, viewer: Viewer, lot_id: UUID, wanted: LotStep, reason: str = "") -> None:
    """A step of a lot by its shop: not a recall, and what the platform has held, only the platform releases."""
    lot = await own(uow, viewer, lot_id)
    if wanted is LotStep.RECALL:
        raise WrongState("召回由平台发起，请先冻结批次并联系平台")
    if wanted is LotStep.RELEASE and lot["state"] is LotState.HELD and lot["held_by"] != viewer.actor:
        raise WrongState("该批次由平台或系统冻结，请联系平台处理")
    await _move(uow, viewer, lot, wanted, reason)


async def move_by_platform(uow: UnitOfWork, viewer: Viewer, lot_id: UUID, wanted: LotStep, reason: str = "") -> None:
    """A step of any lot by the platform; a recall has a desk of its own (`recalls`)."""
    if wanted is LotStep.RECALL:
        raise WrongState("请在召回页面发起召回")
    await _move(uow, viewer, await locked(uow, lot_id), wanted, reason)


async def recall(uow: UnitOfWork, viewer: Viewer, lot_id: UUID, reason: str) -> None:
    """The last step of a lot; of one that is recalled already, nothing."""
    lot = await locked(uow, lot_id)
    if lot["state"] is not LotState.RECALLED:
        await _move(uow, viewer, lot, LotStep.RECALL, reason)


async def _move(uow: UnitOfWork, viewer: Viewer, lot: RowDict, wanted: LotStep, reason: str) -> None:
    least = 2 if wanted in (LotStep.HOLD, LotStep.RECALL, LotStep.RELEASE) else 0
    words = clean_text(reason, field="reason", least=least, most=200, label="原因")
    await step(uow, viewer, lot, wanted, words)
    await audit.record(uow, viewer, f"lot.{wanted.lower()}", "lot", lot["id"], {"reason": words})


STEP_KINDS = {
    LotStep.HOLD: TraceKind.HELD,
    LotStep.RELEASE: TraceKind.RELEASED,
    LotStep.RECALL: TraceKind.RECALLED,
}


async def step(uow: UnitOfWork, viewer: Viewer, lot: RowDict, wanted: LotStep, reason: str) -> None:
    """One step of a locked lot; what stops or frees its goods is part of its chain."""
    state = next_state(LOT_STEPS, lot["state"], wanted, LOT_REFUSALS[wanted])
    held_by = viewer.actor if state is LotState.HELD else None
    values = {"state": state, "state_reason": reason if wanted in STEP_KINDS else "", "held_by": held_by}
    await uow.session.execute(update(Lot).where(LOT.id == lot["id"]).values(**values))
    if (kind := STEP_KINDS.get(wanted)) is not None:
        row = {"kind": kind, "at": clock.now(), "place": lot["plot"], "latitude": None, "longitude": None}
        row |= {"facts": {"REASON": reason}, "note": "", "photos": [], "documents": [], "corrects": None}
        before = await _events(uow, lot["id"])
        row["position"] = len(before) + 1
        await _append(uow, viewer, lot, before, row)
        uow.emit(LotStopped(lot["id"]))
    else:
        uow.emit(LotChanged(lot["id"], lot["product_id"]))


# ------------------------------------------------------------------------------------------------ rows
async def _append(
    uow: UnitOfWork, viewer: Viewer, lot: RowDict, before: Sequence[RowDict], row: dict[str, Any]
) -> None:
    now = clock.now()
    actor = {ViewerKind.MERCHANT: lot["shop"], ViewerKind.PLATFORM: "平台"}.get(viewer.kind, "系统")
    told = {**row, "lot_id": lot["id"], "actor_kind": viewer.actor, "actor_id": viewer.id, "actor": actor}
    prev = before[-1]["hash"] if before else founding(lot)
    whole = sealed({**told, "recorded_at": now}, prev)
    await uow.session.execute(insert(TraceEvent).values(id=new_id(), created_at=now, **whole))
    uow.emit(LotChanged(lot["id"], lot["product_id"]))


async def _events(uow: UnitOfWork, lot_id: UUID) -> Sequence[RowDict]:
    return (await events_by_lot(uow.session, [lot_id], OF_EVENT)).get(lot_id, [])


LOCKED = (*sorted(OF_LOT), "allocated_grams", "state", "held_by")


async def locked(uow: UnitOfWork, lot_id: UUID) -> RowDict:
    """A lot with its shop's name and kind, locked until the transaction ends; NotFound when there is none."""
    columns = [LOT[name] for name in LOCKED]
    chosen = select(*columns, Merchant.name.label("shop"), Merchant.kind.label("shop_kind"))
    chosen = chosen.join(Merchant, Merchant.id == LOT.merchant_id).where(LOT.id == lot_id).with_for_update(of=Lot)
    row = (await uow.session.execute(chosen)).mappings().first()
    if row is None:
        raise NotFound("批次不存在")
    return dict(row)


async def own(uow: UnitOfWork, viewer: Viewer, lot_id: UUID) -> RowDict:
    """A lot of the viewer's shop, or any for the platform, locked; NotFound otherwise."""
    lot = await locked(uow, lot_id)
    if viewer.kind is ViewerKind.MERCHANT and lot["merchant_id"] != viewer.shop_id:
        raise NotFound("批次不存在")
    return lot


async def may_be_sold(uow: UnitOfWork, lot: RowDict) -> None:
    """Refuses a lot whose law's papers are missing: of a company or a cooperative, one without 承诺达标合格证."""
    if lot["shop_kind"] in MUST_CERTIFY and not certified(await _events(uow, lot["id"])):
        raise Invalid("企业和合作社的批次须先开具承诺达标合格证，才能上架", field="lotId")
