"""Which plans get in each other's way: nothing is wrong with any price, but buyers and shops would be surprised.

A SKU that is sold in two ways at once has two prices, and its buyers go where it is cheaper. Of two 满减 for the same
goods a buyer gets one (`domain/pricing/reductions.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from domain.planning.plans import Planned
from models.promotions import CampaignKind

NAMES = {
    CampaignKind.COUPON: "优惠券",
    CampaignKind.REDUCTION: "满减",
    CampaignKind.GROUP_BUY: "拼团",
    CampaignKind.FLASH_SALE: "秒杀",
    CampaignKind.PRESALE: "预售",
}


@dataclass(frozen=True)
class Clash:
    """Another plan that is in the way, and why, in words for whoever plans."""

    other: Planned
    why: str


def clashes(plans: Iterable[Planned]) -> Mapping[UUID, tuple[Clash, ...]]:
    """What is in the way of each of these plans, among these plans."""
    found: dict[UUID, list[Clash]] = defaultdict(list)
    for one, other in _pairs(plans):
        if one.overlaps(other) and (said := _why(one, other)):
            found[one.id].append(Clash(other, said.format(NAMES[other.kind], other.name)))
            found[other.id].append(Clash(one, said.format(NAMES[one.kind], one.name)))
    return {id: tuple(each) for id, each in found.items()}


def _pairs(plans: Iterable[Planned]) -> Iterable[tuple[Planned, Planned]]:
    """Those that could meet: of one SKU, or 满减 for goods of one shop. Two of the platform may share many shops."""
    alike: dict[object, list[Planned]] = defaultdict(list)
    for plan in plans:
        if plan.sku_id is not None:
            alike[plan.sku_id].append(plan)
        elif plan.kind is CampaignKind.REDUCTION:
            for shop in plan.shops:
                alike[shop].append(plan)
    met = {(one.id, other.id): (one, other) for group in alike.values() for one, other in combinations(group, 2)}
    return iter(met.values())


def _why(one: Planned, other: Planned) -> str | None:
    if one.sku_id is not None:
        return "同一规格同时参加{}「{}」，买家会看到两个价格"
    return "与{}「{}」包含相同商品，同一商品只参加其中一个" if _share_goods(one, other) else None


def _share_goods(one: Planned, other: Planned) -> bool:
    """Whether there is a shop whose goods both are for; of what shops apply with, the goods they brought count."""
    return any(_meet(one.at(shop), other.at(shop)) for shop in one.shops & other.shops)


def _meet(one: Planned, other: Planned) -> bool:
    everything = [plan for plan in (one, other) if not plan.categories and not plan.products]
    if everything:
        return True
    by_category = one.categories & (other.categories | other.touched) or other.categories & one.touched
    return bool(by_category or one.products & other.products)
