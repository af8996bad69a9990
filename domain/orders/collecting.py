"""Orders that are picked up: found by their codes, handed over at the counter, reminded of."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

from domain import audit, pickups, traces
from domain.base import SHANGHAI, SYSTEM, Database, Invalid, RowDict, UnitOfWork, Viewer, WrongState, clock
from domain.orders.receiving import received
from domain.orders.shipping import count_shipped, left_to_ship, locked, own
from domain.orders.states import OrderEvent
from domain.orders.taking import note, step_order
from models.orders import OrderState
from models.pickups import PickupState

Then = Callable[[UnitOfWork, Viewer, RowDict], Awaitable[None]]


async def find_pickup(database: Database, viewer: Viewer, text: str) -> UUID:
    """The order of the viewer's shop with this code, also one that was handed over or called off.

    A code that is none counts as a wrong try, fifty a day for the shop; that is written though the call is refused.
    """

    async def look(_uow: UnitOfWork, _viewer: Viewer, _pickup: RowDict) -> None:
        return None

    return await _by_code(database, viewer, text, look)


async def hand_over(database: Database, viewer: Viewer, text: str) -> UUID:
    """The goods with this code are the buyer's now; answers the order, which is received.

    Two clerks at once, and the buyer who calls it off: whoever locks the order first. WrongState for a code that was
    used, or is good for nothing any more.
    """
    return await _by_code(database, viewer, text, _hand_over)


async def _by_code(database: Database, viewer: Viewer, text: str, then: Then) -> UUID:
    async with database.begin() as uow:
        await pickups.refuse_guessing(uow, viewer)
        found = await pickups.of_code(uow.session, viewer, text)
        if found is not None:
            await then(uow, viewer, found)
            id: UUID = found["order_id"]
            return id
        await pickups.count_wrong(uow, viewer)
    raise Invalid(pickups.NO_CODE, field="code")


async def _hand_over(uow: UnitOfWork, viewer: Viewer, found: RowDict) -> None:
    order = await own(uow, viewer, found["order_id"])
    pickup = await pickups.of_order(uow.session, order["id"])
    if pickup["state"] is PickupState.PICKED_UP:
        when = pickup["picked_up_at"].astimezone(SHANGHAI)
        raise WrongState(f"该提货码已于 {when:%m 月 %d 日 %H:%M} 由{pickup['handed_over_by']}核销", field="code")
    if pickup["state"] is PickupState.ENDED:
        raise WrongState("该订单已取消或逾期，提货码已失效", field="code")
    left = await left_to_ship(uow, order["id"])
    packed = [traces.Packed(line_id, each.sku_id, each.units) for line_id, each in left.items()]
    # To lots the counter is as good as a parcel: a recall finds who has the goods.
    await traces.send(uow, order["id"], pickup["id"], packed, paid_at=order["paid_at"])
    await count_shipped(uow, {line_id: each.units for line_id, each in left.items()})
    now = clock.now()
    to = {"shipped_at": now, "signed_at": now, **received(uow, order["id"])}
    await step_order(uow, order["id"], OrderEvent.HAND_OVER, viewer, "买家已到店提货", **to)
    await pickups.pick_up(uow, viewer, order["id"])
    await audit.record(uow, viewer, "order.hand_over", "order", order["id"], {"point": str(pickup["point_id"])})


async def remind_pickup(uow: UnitOfWork, order_id: UUID) -> None:
    """Tells both that the time is nearly over: the buyer by the order's log, the shop by a notice. Once."""
    order = await locked(uow, order_id)
    if order["state"] is not OrderState.AWAITING_SHIPMENT or (pickup := await pickups.remind(uow, order_id)) is None:
        return
    last = pickup["deadline"].astimezone(SHANGHAI) - timedelta(days=1)
    sentence = f"请在 {last:%m 月 %d 日}当天及之前到店提货，逾期订单将自动取消，已付的退回"
    await note(uow, [order], "REMIND_PICKUP", SYSTEM, sentence)
