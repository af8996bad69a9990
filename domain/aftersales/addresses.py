"""Where merchants take goods back: sealed at rest, shown to them and to buyers who must send something there."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit
from domain.base import Forbidden, Invalid, RowDict, UnitOfWork, Viewer, ViewerKind, WrongState, clean_text, clock
from domain.crypto import vault
from domain.members.addresses import MOBILE
from domain.members.permissions import Permission
from models.aftersales import ReturnAddress
from models.merchants import Region, RegionLevel

SEALED = ("name", "phone", "detail")
TABLE = "return_addresses"
# From then on the buyer needs to know where to.
RETURN_TO = ("id", "member_id", "merchant_id", "return_to_sealed")


@dataclass(frozen=True)
class ShownReturnAddress:
    """Who takes the goods back and where; `region_code` as the merchant chose it."""

    name: str
    phone: str
    region_code: str
    region_name: str
    detail: str


async def save_address(
    uow: UnitOfWork, viewer: Viewer, *, name: str, phone: str, region_code: str, detail: str
) -> ShownReturnAddress:
    """Sets the return address of the viewer's shop. Invalid (`name`, `phone`, `regionCode`, `detail`)."""
    merchant_id = _shop(viewer)
    opened = {
        "name": clean_text(name, field="name", least=1, most=20, label="收件人"),
        "phone": clean_text(phone, field="phone", least=1, most=20, label="电话"),
        "detail": clean_text(detail, field="detail", least=2, most=100, label="详细地址"),
    }
    if not MOBILE.fullmatch(opened["phone"]):
        raise Invalid("请填写 11 位手机号码", field="phone")
    region = await _region(uow.session, region_code)
    sealed = {
        f"{part}_sealed": vault.seal(value, table=TABLE, column=f"{part}_sealed", row=merchant_id)
        for part, value in opened.items()
    }
    to = {**sealed, "region_code": region_code, "updated_at": clock.now()}
    new = insert(ReturnAddress).values(merchant_id=merchant_id, **to)
    await uow.session.execute(new.on_conflict_do_update(index_elements=["merchant_id"], set_=to))
    await audit.record(uow, viewer, "merchant.return_address", "merchant", merchant_id, {"region": region_code})
    return ShownReturnAddress(region_code=region_code, region_name=region, **opened)


def _shop(viewer: Viewer) -> UUID:
    if Permission.MERCHANT_AFTERSALES not in viewer.permissions:
        raise Forbidden("没有权限处理售后")
    return viewer.shop_id


async def _region(session: AsyncSession, code: str) -> str:
    table = Region.__table__.c
    chosen = select(table.full_name).where(table.code == code, table.level.in_((RegionLevel.COUNTY, RegionLevel.TOWN)))
    found = await session.scalar(chosen)
    if found is None:
        raise Invalid("请选择到区县或乡镇", field="regionCode")
    return str(found)


async def address_of_shop(session: AsyncSession, viewer: Viewer) -> ShownReturnAddress | None:
    """The return address of the viewer's own shop; None before there is any."""
    return await _address(session, _shop(viewer))


async def _address(session: AsyncSession, merchant_id: UUID) -> ShownReturnAddress | None:
    table = ReturnAddress.__table__.c
    chosen = select(*table, Region.full_name).join(Region, Region.code == table.region_code)
    row = (await session.execute(chosen.where(table.merchant_id == merchant_id))).mappings().first()
    if row is None:
        return None
    opened = {
        part: vault.open(row[f"{part}_sealed"], table=TABLE, column=f"{part}_sealed", row=merchant_id)
        for part in SEALED
    }
    return ShownReturnAddress(region_code=row["region_code"], region_name=row["full_name"], **opened)


class NoReturnAddress(WrongState):
    """The shop has said nowhere where it takes goods back."""


async def sealed_for(session: AsyncSession, case: RowDict) -> bytes:
    """The merchant's return address as it is now, sealed for this case. NoReturnAddress when there is none."""
    address = await _address(session, case["merchant_id"])
    if address is None:
        raise NoReturnAddress("请先在店铺设置中填写退货地址，再同意退货")
    written = orjson.dumps(asdict(address)).decode()
    return vault.seal(written, table="after_sales", column="return_to_sealed", row=case["id"])


def return_to(viewer: Viewer, case: RowDict) -> ShownReturnAddress | None:
    """Where the goods of a case go, for its buyer and its merchant; `case` has the columns of `RETURN_TO`."""
    mine = viewer.kind is ViewerKind.MEMBER and case["member_id"] == viewer.id
    ours = viewer.kind is ViewerKind.MERCHANT and case["merchant_id"] == viewer.merchant_id
    if case["return_to_sealed"] is None or not (mine or ours):
        return None
    row: dict[str, Any] = orjson.loads(
        vault.open(case["return_to_sealed"], table="after_sales", column="return_to_sealed", row=case["id"])
    )
    return ShownReturnAddress(**row)
