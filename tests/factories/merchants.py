"""Shops and places."""

from __future__ import annotations

from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.dialects.postgresql import insert as upsert

from domain import freight
from domain.base import Database, Viewer, ViewerKind, clock
from domain.members.permissions import Permission
from models.base import new_id
from models.merchants import Merchant, MerchantKind, Region, RegionLevel

CITY, ZHAOYANG, ZHENXIONG, SAYU = "530600", "530602", "530627", "530602106"
# Where parcels go beyond the city.
YUNNAN, SICHUAN, CHENGDU, WUHOU = "530000", "510000", "510100", "510107"
XINJIANG, TIANSHAN = "650000", "650102"
PLACES = (
    (CITY, "昭通市", "昭通市", RegionLevel.CITY, None),
    (ZHAOYANG, "昭阳区", "昭通市 昭阳区", RegionLevel.COUNTY, CITY),
    (ZHENXIONG, "镇雄县", "昭通市 镇雄县", RegionLevel.COUNTY, CITY),
    (SAYU, "洒渔镇", "昭通市 昭阳区 洒渔镇", RegionLevel.TOWN, ZHAOYANG),
    ("530627001", "乌峰街道", "昭通市 镇雄县 乌峰街道", RegionLevel.TOWN, ZHENXIONG),
    (YUNNAN, "云南省", "云南省", RegionLevel.PROVINCE, None),
    (SICHUAN, "四川省", "四川省", RegionLevel.PROVINCE, None),
    (CHENGDU, "成都市", "四川省 成都市", RegionLevel.CITY, SICHUAN),
    (WUHOU, "武侯区", "四川省 成都市 武侯区", RegionLevel.COUNTY, CHENGDU),
    (XINJIANG, "新疆维吾尔自治区", "新疆维吾尔自治区", RegionLevel.PROVINCE, None),
    ("650100", "乌鲁木齐市", "新疆维吾尔自治区 乌鲁木齐市", RegionLevel.CITY, XINJIANG),
    (TIANSHAN, "天山区", "新疆维吾尔自治区 乌鲁木齐市 天山区", RegionLevel.COUNTY, "650100"),
)

_numbers = count(1)


async def regions(database: Database) -> None:
    """A corner of the tree, where the migrations have not brought all of it."""
    names = ("code", "name", "full_name", "level", "parent_code", "position")
    rows = [dict(zip(names, (*place, 0), strict=True)) for place in PLACES]
    async with database.begin() as uow:
        await uow.session.execute(upsert(Region).on_conflict_do_nothing(), rows)


async def merchant(database: Database, *, templates: bool = True, **values: Any) -> UUID:
    """A shop; `freight` and `free_freight_from` in fen are its only template's, left out with `templates=False`."""
    await regions(database)
    number = next(_numbers)
    row = {
        "id": new_id(),
        "name": f"昭阳区洒渔苹果合作社{number}",
        "slug": f"sayu-{number}",
        "kind": MerchantKind.COOPERATIVE,
        "region_code": ZHAOYANG,
        "licence_number": f"93530602MA6K{number:06d}",
        "sub_mchid": f"16{number:08d}",
        "opened_at": clock.now(),
        **values,
    }
    async with database.begin() as uow:
        await uow.session.execute(insert(Merchant).values(row))
        if templates:
            asked = freight.flat(values.get("freight", 0), values.get("free_freight_from"))
            await freight.open_freight(uow, {row["id"]: asked})
    return row["id"]


def shopkeeper(merchant_id: UUID) -> Viewer:
    """Staff of a shop who may do everything there."""
    allowed = frozenset(p.value for p in Permission if p.value.startswith("merchant:"))
    return Viewer(ViewerKind.MERCHANT, new_id(), "王店主", merchant_id=merchant_id, permissions=allowed)


def operator() -> Viewer:
    """Staff of the platform who may do everything."""
    allowed = frozenset(p.value for p in Permission if p.value.startswith("platform:"))
    return Viewer(ViewerKind.PLATFORM, new_id(), "李运营", permissions=allowed)
