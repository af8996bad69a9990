"""What orders hold of offers: sold with the payment, free again with the order, taken anew by late money.

Selling touches the hold alone, so that a rush of orders keeps nobody's payment waiting.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import RowDict, UnitOfWork, clock
from domain.flash.rows import BUYER, HOLD, OFFER, lock_offer
from domain.flash.states import HOLD_STEPS, HoldEvent
from models.flash import FlashBuyer, FlashHold, FlashOffer, FlashState


async def hold_of(session: AsyncSession, order_id: UUID) -> RowDict | None:
    """What the order has of an offer; most orders have nothing."""
    row = (await session.execute(select(*HOLD).where(HOLD.order_id == order_id))).mappings().first()
    return dict(row) if row else None


async def step(uow: UnitOfWork, hold: RowDict, event: HoldEvent) -> bool:
    """Takes the step if the hold can; answers whether it did."""
    before = [state for state, name in HOLD_STEPS if name is event]
    (after,) = {HOLD_STEPS[state, event] for state in before}
    moved = update(FlashHold).where(HOLD.id == hold["id"], HOLD.state.in_(before))
    moved = moved.values(state=after, settled_at=clock.now()).returning(HOLD.id)
    return (await uow.session.execute(moved)).first() is not None


async def sell(uow: UnitOfWork, hold: RowDict) -> None:
    """The order was paid in time."""
    if not await step(uow, hold, HoldEvent.PAY):
        raise RuntimeError("an unpaid flash order held nothing")


async def free(uow: UnitOfWork, hold: RowDict) -> bool:
    """The order is closed. True: its pieces are the offer's again. False: the offer has ended, they are everybody's."""
    offer = await lock_offer(uow, hold["offer_id"])
    if not await step(uow, hold, HoldEvent.FREE):
        raise RuntimeError("an unpaid flash order held nothing")
    runs = offer["state"] is FlashState.PUBLISHED
    await _count(uow, hold, -hold["quantity"], returned=0 if runs else hold["quantity"])
    return runs


async def take_again(uow: UnitOfWork, hold: RowDict) -> bool:
    """Whether late money still buys the pieces: the session runs, they are free, and the member's limit allows them."""
    offer = await lock_offer(uow, hold["offer_id"])
    quantity = hold["quantity"]
    if offer["state"] is not FlashState.PUBLISHED or not offer["starts_at"] <= clock.now() < offer["ends_at"]:
        return False
    mine = select(BUYER.pieces).where(BUYER.offer_id == offer["id"], BUYER.member_id == hold["member_id"])
    had = await uow.session.scalar(mine) or 0
    if offer["taken"] + quantity > offer["total"] or had + quantity > offer["per_member"]:
        return False
    if not await step(uow, hold, HoldEvent.PAY_LATE):
        return False
    await _count(uow, hold, quantity)
    return True


async def _count(uow: UnitOfWork, hold: RowDict, pieces: int, *, returned: int = 0) -> None:
    """Adds to the numbers of a locked offer and of its buyer; the tables' CHECKs have the last word."""
    to: dict[str, Any] = {"taken": OFFER.taken + pieces}
    if returned:
        to["returned"] = OFFER.returned + returned
    await uow.session.execute(update(FlashOffer).where(OFFER.id == hold["offer_id"]).values(to))
    mine = update(FlashBuyer).where(BUYER.offer_id == hold["offer_id"], BUYER.member_id == hold["member_id"])
    await uow.session.execute(mine.values(pieces=BUYER.pieces + pieces))
