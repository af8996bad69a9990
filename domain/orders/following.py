"""Following an order's parcels: asking the tracker, and what its answer does to the order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from domain import delivery
from domain.base import SYSTEM, Database, RowDict, UnitOfWork, clock
from domain.crypto import vault
from domain.delivery import Track, Tracker
from domain.orders.shipping import confirm_later, is_cold, locked
from domain.orders.taking import note, tell
from models.delivery import TrackState
from models.orders import Order, OrderState

# Whoever has the goods in hand needs less time to look at them than a parcel needs to come.
CONFIRM_SIGNED, CONFIRM_SIGNED_COLD = timedelta(days=7), timedelta(days=2)
# Once an order was finished otherwise nobody asks where its parcels are.
OVER = (OrderState.RECEIVED, OrderState.COMPLETED, OrderState.CLOSED)
SENTENCES = {
    TrackState.SIGNED: "包裹已签收",
    TrackState.PROBLEM: "包裹运输出现异常，商家正在处理",
    TrackState.RETURNING: "包裹正在退回",
    TrackState.RETURNED: "包裹已退回商家",
}


async def follow_shipment(database: Database, tracker: Tracker, shipment_id: UUID) -> None:
    """Asks the tracker to tell of a parcel. Safe to repeat; Unavailable, to be run again, without an answer."""
    async with database.begin() as uow:
        parcel = await delivery.shipment(uow.session, shipment_id)
        tail = await _phone_tail(uow, parcel["order_id"])
    pushed = await tracker.subscribe(parcel["carrier"], parcel["tracking_number"], tail)
    async with database.begin() as uow:
        await delivery.followed(uow, shipment_id, pushed=pushed)


async def ask_shipment(database: Database, tracker: Tracker, shipment_id: UUID) -> None:
    """Asks the tracker where a parcel is, for when it does not tell by itself."""
    async with database.begin() as uow:
        parcel = await delivery.shipment(uow.session, shipment_id)
        tail = await _phone_tail(uow, parcel["order_id"])
    track = await tracker.query(parcel["carrier"], parcel["tracking_number"], tail)
    if track is not None:
        async with database.begin() as uow:
            await record_track(uow, track)


async def record_track(uow: UnitOfWork, track: Track) -> int:
    """Writes down what a tracker says, pushed or asked for; how many parcels it moved. Safe to repeat, in any order.

    A number nobody sent is no news. The orders are locked by id, so that a parcel is signed for once.
    """
    moved = 0
    for seen in await delivery.parcels_of_number(uow.session, track):
        order = await locked(uow, seen["order_id"])
        parcel = await delivery.shipment(uow.session, seen["id"])
        if (state := await delivery.record(uow, parcel, track)) is not None:
            moved += 1
            await _moved(uow, order, parcel, state)
    return moved


async def _moved(uow: UnitOfWork, order: RowDict, parcel: RowDict, state: TrackState) -> None:
    if state != parcel["state"] and state in SENTENCES:
        await note(uow, [order], f"TRACK_{state}", SYSTEM, f"{SENTENCES[state]}，运单号 {parcel['tracking_number']}")
    else:
        tell(uow, order)
    if state is TrackState.SIGNED:
        await _all_signed(uow, order)


async def _all_signed(uow: UnitOfWork, order: RowDict) -> None:
    """With the last parcel the order is delivered (E-Commerce Law Art. 51), and a shorter time to confirm begins."""
    parcels = await delivery.shipments_of(uow.session, order["id"])
    signed = [parcel["signed_at"] for parcel in parcels]
    if order["state"] is OrderState.PARTLY_SHIPPED or not all(signed):
        return
    to: dict[str, Any] = {"signed_at": max(signed)}
    if order["state"] is OrderState.SHIPPED:
        wait = CONFIRM_SIGNED_COLD if await is_cold(uow, order["id"]) else CONFIRM_SIGNED
        to["auto_confirm_at"] = min(order["auto_confirm_at"], max(max(signed) + wait, clock.now()))
        confirm_later(uow, order["id"], to["auto_confirm_at"])
    await uow.session.execute(update(Order).where(Order.id == order["id"]).values(**to))


async def _phone_tail(uow: UnitOfWork, order_id: UUID) -> str:
    """The last four digits, without which some carriers tell nothing."""
    sealed = await uow.session.scalar(select(Order.phone_sealed).where(Order.id == order_id))
    return vault.open(sealed, table="orders", column="phone_sealed", row=order_id)[-4:] if sealed else ""
