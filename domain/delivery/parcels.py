"""The parcels of an order and what is in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain import bulk
from domain.base import Conflict, Job, NotFound, RowDict, UnitOfWork, WrongState, clock
from domain.statements import ManyBy, OneBy
from models.base import new_id
from models.delivery import Shipment, ShipmentLine, ShipmentTrace, TrackState, UploadState
from models.orders import OrderLine

# WeChat's order service takes no more of one payment.
MOST_PARCELS = 10
# WeChat's order service learns of a payment a little later than WeChat Pay.
AFTER_PAYMENT = timedelta(seconds=60)
TROUBLES = (TrackState.PROBLEM, TrackState.RETURNING, TrackState.RETURNED)

LINE, PACKED = OrderLine.__table__.c, ShipmentLine.__table__.c
GOODS = (
    select(
        PACKED.id,
        PACKED.shipment_id,
        PACKED.order_line_id.label("line_id"),
        PACKED.quantity,
        LINE.title,
        LINE.sku_name,
        LINE.image_key,
    )
    .join_from(ShipmentLine, OrderLine, LINE.id == PACKED.order_line_id)
    .subquery("parcel_goods")
)

TRACE = ShipmentTrace.__table__

shipments_by_id = OneBy(Shipment.__table__, "id")
#: The parcels of each order, first shipped first.
shipments_by_order = ManyBy(Shipment.__table__, "order_id", order_by=("shipped_at", "id"))
#: What is in each parcel, by the order's lines.
goods_by_shipment = ManyBy(GOODS, "shipment_id", order_by=("line_id",))

#: What carriers said of each parcel, the latest first.
traces_by_shipment = ManyBy(TRACE, "shipment_id", order_by=(TRACE.c.at.desc(), TRACE.c.id.desc()))


async def ship(
    uow: UnitOfWork,
    order_id: UUID,
    carrier: str,
    tracking_number: str,
    goods: Mapping[UUID, int],
    *,
    paid_at: datetime,
) -> UUID:
    """Writes a checked parcel down with its `goods` (quantities by order line), and sees to it that WeChat is told.

    The order is locked by the caller. Conflict when it has a parcel of that number already. Answers the parcel's id.
    """
    await _refuse_twice(uow, order_id, carrier, tracking_number)
    now, id = clock.now(), new_id()
    row = {"id": id, "order_id": order_id, "carrier": carrier, "tracking_number": tracking_number}
    await uow.session.execute(insert(Shipment).values(**row, shipped_at=now, created_at=now, asked_at=now))
    packed = [
        {"id": new_id(), "shipment_id": id, "order_line_id": line_id, "quantity": quantity, "created_at": now}
        for line_id, quantity in goods.items()
    ]
    await bulk.insert(uow.session, {ShipmentLine: packed})
    tell_wechat(uow, id, after=max(timedelta(0), paid_at + AFTER_PAYMENT - now))
    return id


def tell_wechat(uow: UnitOfWork, shipment_id: UUID, *, after: timedelta = timedelta(0)) -> None:
    """Has what is new of the parcel's order told to WeChat."""
    # A job of its own each time: the one before may be at work with what was true then.
    key = f"shipment:{shipment_id}:upload:{new_id()}"
    uow.later(Job("shipment.upload", {"shipment_id": str(shipment_id)}, after=after, key=key))


async def _refuse_twice(uow: UnitOfWork, order_id: UUID, carrier: str, tracking_number: str) -> None:
    table = Shipment.__table__.c
    there = exists().where(
        table.order_id == order_id, table.carrier == carrier, table.tracking_number == tracking_number
    )
    if await uow.session.scalar(select(there)):
        raise Conflict("该订单已有相同运单号的包裹", field="trackingNumber")


async def correct(uow: UnitOfWork, parcel: RowDict, carrier: str, tracking_number: str) -> None:
    """Puts the checked number right of a parcel that nobody has seen move; the order is locked by the caller.

    WrongState once the carrier has said anything of it, or when WeChat's one correction of an order is used.
    """
    if parcel["state"] is not None or parcel["latest_at"] is not None:
        raise WrongState("包裹已有物流轨迹，不能再修改运单号")
    await _refuse_twice(uow, parcel["order_id"], carrier, tracking_number)
    fresh: dict[str, Any] = {"subscribed_at": None, "upload": UploadState.PENDING, "upload_note": None}
    if parcel["told_as"] is not None:
        await _refuse_spent(uow, parcel["order_id"])
        fresh["corrected_at"] = clock.now()
    put_right = update(Shipment).where(Shipment.id == parcel["id"])
    await uow.session.execute(put_right.values(carrier=carrier, tracking_number=tracking_number, **fresh))
    tell_wechat(uow, parcel["id"])


async def _refuse_spent(uow: UnitOfWork, order_id: UUID) -> None:
    """WeChat takes one correction of what it was told per payment (重新发货)."""
    table = Shipment.__table__.c
    spent = exists().where(table.order_id == order_id, table.corrected_at.is_not(None))
    if await uow.session.scalar(select(spent)):
        raise WrongState("微信只允许更正一次已上传的运单号，该订单已更正过")


async def tell_of_the_end(uow: UnitOfWork, order_id: UUID) -> None:
    """No further parcel follows although more was bought: WeChat is told so with the last one."""
    parcels = (await shipments_by_order(uow.session, [order_id], frozenset({"id", "told_last"}))).get(order_id, [])
    if parcels and not any(parcel["told_last"] for parcel in parcels):
        last = update(Shipment).where(Shipment.id == parcels[-1]["id"])
        await uow.session.execute(last.values(upload=UploadState.PENDING))
        tell_wechat(uow, parcels[-1]["id"])


PARCEL = frozenset(
    {
        *("id", "order_id", "carrier", "tracking_number", "upload", "shipped_at", "told_as", "told_last"),
        *("state", "latest_at", "corrected_at", "signed_at"),
    }
)


async def shipment(session: AsyncSession, id: UUID) -> RowDict:
    """A parcel as rules need it; NotFound when there is none."""
    found = (await shipments_by_id(session, [id], PARCEL)).get(id)
    if found is None:
        raise NotFound("包裹不存在")
    return found


async def shipments_of(session: AsyncSession, *order_ids: UUID) -> Sequence[RowDict]:
    """The parcels of an order, or of several, first shipped first."""
    found = await shipments_by_order(session, order_ids, PARCEL)
    parcels = [parcel for id in order_ids for parcel in found.get(id, [])]
    return sorted(parcels, key=lambda parcel: parcel["shipped_at"]) if len(order_ids) > 1 else parcels


def in_trouble(order_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    """Whether one of the order's parcels is held up or on its way back."""
    table = Shipment.__table__.c
    return exists().where(table.order_id == order_id, table.state.in_(TROUBLES))
