"""Orders that were bought at a flash price: paid, closed, and paid late. `domain.flash` counts their pieces."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from domain import flash, inventory
from domain.base import RowDict, UnitOfWork
from domain.orders.taking import Locked

GONE = "秒杀已结束或已抢光"


async def hold_of(uow: UnitOfWork, locked: Locked) -> RowDict | None:
    """What a flash order has of its offer; None for every other, mostly without a look: a flash order costs less than
    its list price, or it would not have been let in.
    """
    if len(locked.orders) != 1 or not locked.orders[0]["discount_total"]:
        return None
    return await flash.hold_of(uow.session, locked.order_ids[0])


async def sell(uow: UnitOfWork, locked: Locked) -> None:
    """The trade was paid in time."""
    if hold := await hold_of(uow, locked):
        await flash.sell(uow, hold)


async def release(uow: UnitOfWork, locked: Locked) -> None:
    """Gives back what the orders of a closed trade held: to the offer while it runs, else to everybody."""
    hold = await hold_of(uow, locked)
    if hold is not None and await flash.free(uow, hold):
        await inventory.release_reserved(uow, locked.order_ids)
    else:
        await inventory.release(uow, locked.order_ids)


async def hold_again(uow: UnitOfWork, locked: Locked, hold: RowDict) -> Collection[UUID]:
    """The order that was paid late if its pieces are still there at the flash price."""
    if not await flash.take_again(uow, hold):
        return ()
    await inventory.hold_reserved_again(uow, locked.order_ids)
    return locked.order_ids
