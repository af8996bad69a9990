"""自提点: where a shop hands goods over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit, merchants
from domain.base import (
    Columns,
    Event,
    Invalid,
    NotFound,
    RowDict,
    TooMany,
    UnitOfWork,
    Viewer,
    WrongState,
    clean_text,
    clock,
)
from domain.statements import ManyBy, OneBy
from models.base import new_id
from models.merchants import Merchant
from models.pickups import PickupPoint

POINT = PickupPoint.__table__.c
MOST = 20
ZHAOTONG = "5306"
PHONE = re.compile(r"[0-9][0-9-]{5,18}[0-9]")
NONE = "没有这个自提点"

points_by_id = OneBy(PickupPoint.__table__, "id")
#: The counters of each shop that take orders, the oldest first.
open_by_shop = ManyBy(
    PickupPoint.__table__, "merchant_id", order_by=("created_at", "id"), where=POINT.closed_at.is_(None)
)
_of_shop = ManyBy(PickupPoint.__table__, "merchant_id", order_by=("closed_at", "created_at", "id"))


@dataclass(frozen=True)
class PickupPointsChanged(Event):
    """A shop hands goods over elsewhere than before: its goods are found there from now on."""

    merchant_id: UUID


@dataclass(frozen=True)
class PointDraft:
    """A counter as its shop writes it down. `hours`: in words."""

    name: str
    region_code: str
    detail: str
    hours: str
    phone: str


async def save_point(uow: UnitOfWork, viewer: Viewer, id: UUID | None, draft: PointDraft) -> UUID:
    """Opens a counter of the viewer's shop, or changes one. Who waits there already reads what it says now.

    Invalid with its field, NotFound for a counter of another shop, WrongState for a closed one, TooMany beyond twenty.
    """
    values = await _checked(uow, draft)
    shop_id = viewer.shop_id
    await uow.session.execute(select(Merchant.id).where(Merchant.id == shop_id).with_for_update(key_share=True))
    if id is None:
        taken = select(func.count()).where(POINT.merchant_id == shop_id, POINT.closed_at.is_(None))
        if (await uow.session.scalar(taken) or 0) >= MOST:
            raise TooMany(f"最多开设 {MOST} 个自提点")
        id = new_id()
        row = {"id": id, "merchant_id": shop_id, "created_at": clock.now(), **values}
        await uow.session.execute(insert(PickupPoint).values(row))
    else:
        await _open(uow, viewer, id)
        await uow.session.execute(update(PickupPoint).where(POINT.id == id).values(values))
    uow.emit(PickupPointsChanged(shop_id))
    await audit.record(uow, viewer, "pickup_point.save", "pickup_point", id, {"name": values["name"]})
    return id


async def close_point(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """No more orders can choose it; those that wait there are handed over all the same."""
    await _open(uow, viewer, id)
    await uow.session.execute(update(PickupPoint).where(POINT.id == id).values(closed_at=clock.now()))
    uow.emit(PickupPointsChanged(viewer.shop_id))
    await audit.record(uow, viewer, "pickup_point.close", "pickup_point", id)


async def of_shop(session: AsyncSession, viewer: Viewer, columns: Columns) -> Sequence[RowDict]:
    """All counters of the viewer's shop, closed ones too."""
    shop_id = viewer.shop_id
    return (await _of_shop(session, [shop_id], columns)).get(shop_id, [])


async def point_of_shop(session: AsyncSession, viewer: Viewer, id: UUID, columns: Columns) -> RowDict:
    row = (await points_by_id(session, [id], columns | {"merchant_id"})).get(id)
    if row is None or row["merchant_id"] != viewer.shop_id:
        raise NotFound(NONE)
    return row


async def _open(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    chosen = select(POINT.merchant_id, POINT.closed_at).where(POINT.id == id).with_for_update(key_share=True)
    row = (await uow.session.execute(chosen)).first()
    if row is None or row.merchant_id != viewer.shop_id:
        raise NotFound(NONE)
    if row.closed_at is not None:
        raise WrongState("该自提点已停用")


async def _checked(uow: UnitOfWork, draft: PointDraft) -> dict[str, str]:
    name = clean_text(draft.name, field="name", least=2, most=30, label="名称")
    detail = clean_text(draft.detail, field="detail", least=2, most=100, label="详细地址")
    hours = clean_text(draft.hours, field="hours", least=2, most=60, label="营业时间")
    phone = clean_text(draft.phone, field="phone", least=7, most=20, label="电话")
    if not PHONE.fullmatch(phone):
        raise Invalid("请填写电话号码，如 0870-2123456", field="phone")
    if not draft.region_code.startswith(ZHAOTONG):
        raise Invalid("自提点须在昭通市内", field="regionCode")
    region = await merchants.place(uow.session, draft.region_code, field="regionCode")
    where = {"region_code": draft.region_code, "region_name": region["full_name"]}
    return {"name": name, "detail": detail, "hours": hours, "phone": phone, **where}
