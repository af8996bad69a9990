"""Lots of the demo: what a grower of 昭通 would have written down over the year, recorded by the rules themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from domain import inventory, traces
from domain.base import UnitOfWork, Viewer, ViewerKind
from domain.traces import EventWanted, LotWanted, TraceFact
from models.traces import TraceKind
from server.seeds.catalogue import Good, goods

F, K = TraceFact, TraceKind


@dataclass(frozen=True)
class Grown:
    """One lot: of the product whose title holds `title`, harvested so many days ago."""

    title: str
    plot: str
    place: tuple[float, float]
    variety: str
    harvested: int
    kilos: int
    grade: str
    spray: tuple[str, str, int]
    warehouse: str
    # Its first SKU is filled out of lots.
    traced: bool = False


LOTS = (
    Grown("洒渔红富士苹果 80", "三台村 7 号果园", (27.3841, 103.6412), "烟富 3 号", 42, 26_000, "一级果 80–85 mm",
          ("苦参碱", "1000 倍液", 7), "洒渔镇 2 号冷库", traced=True),
    Grown("洒渔红富士苹果 80", "巡龙村河边果园", (27.4012, 103.6233), "烟富 3 号", 31, 18_500, "一级果 80–85 mm",
          ("代森锰锌", "800 倍液", 21), "洒渔镇 2 号冷库"),
    Grown("镇雄高山苹果", "中屯镇坡地果园", (27.5083, 104.9127), "红将军", 38, 9_200, "脆口小果",
          ("吡虫啉", "3000 倍液", 14), "镇雄县城冷库"),
    Grown("大山包洋芋", "车路村 12 号地", (27.4236, 103.3312), "合作 88", 55, 40_000, "大薯 150 克以上",
          ("烯酰吗啉", "1500 倍液", 20), "大山包窖库"),
    Grown("巧家脐橙", "蒙姑镇江边 3 号园", (26.5731, 103.0412), "纽荷尔", 9, 15_000, "75–80 mm",
          ("矿物油", "150 倍液", 15), "巧家县城分选中心"),
)  # fmt: skip


async def add_lots(uow: UnitOfWork, now: datetime) -> None:
    for grown in LOTS:
        good = next((each for each in goods() if grown.title in each.title), None)
        if good is not None:
            await _add(uow, grown, good, now)


async def _add(uow: UnitOfWork, grown: Grown, good: Good, now: datetime) -> None:
    shop = Viewer(ViewerKind.MERCHANT, None, good.shop.owner, merchant_id=good.shop.id)
    wanted = LotWanted(good.id, good.origin, grown.plot, *grown.place)
    lot_id = await traces.open_lot(uow, shop, wanted)
    for kind, days, facts, note in _story(grown, good, now):
        told = [(fact, str(value)) for fact, value in facts.items()]
        at = now - timedelta(days=grown.harvested) + timedelta(days=days)
        place = grown.warehouse if kind in (K.PACKED, K.STORED) else ""
        await traces.record_event(uow, shop, lot_id, EventWanted(kind, at, place=place, facts=told, note=note))
    if grown.traced:
        await inventory.trace_sku(uow, shop, lot_id, good.skus[0].id)


def _story(grown: Grown, good: Good, now: datetime) -> list[tuple[TraceKind, int, dict[TraceFact, Any], str]]:
    """What happened, by days before or after the harvest."""
    name, dose, interval = grown.spray
    grams = grown.kilos * 1000
    day = (now - timedelta(days=grown.harvested - 1)).date().isoformat()
    certificate = {F.PRODUCT: good.title[:40], F.QUANTITY: f"{grown.kilos} 千克", F.PRODUCER: good.shop.name}
    return [
        (K.PLANTED, -190, {F.VARIETY: grown.variety}, "开春整园，清理枯枝"),
        (K.FERTILISED, -160, {F.INPUT: "腐熟羊粪", F.DOSE: "每亩 1500 千克"}, ""),
        (K.SPRAYED, -interval - 20, {F.INPUT: name, F.DOSE: dose, F.INTERVAL_DAYS: interval}, "按标签用药，记录在册"),
        (
            K.HARVESTED,
            0,
            {F.GRAMS: grams, F.SHRINK_GRAMS: grams * 6 // 100, F.GRADE: grown.grade},
            "人工采摘，当天下山",
        ),
        (
            K.INSPECTED,
            1,
            {F.INSPECTOR: "合作社速测室", F.ITEMS: "农药残留速测（酶抑制法）", F.RESULT: "合格"},
            "抽样 6 份",
        ),
        (K.CERTIFIED, 1, {**certificate, F.CONTACT: "0870-2120001", F.ISSUED_ON: day, F.BASIS: "自我检测"}, ""),
        (K.STORED, 2, {F.WAREHOUSE: grown.warehouse, F.TEMPERATURE: "0–2 ℃"}, ""),
        (K.PACKED, 4, {F.PACKING: good.skus[0].name}, "网套装箱"),
    ]
