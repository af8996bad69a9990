"""Rows of flash sales, locked in the one order everybody keeps, and the steps they take.

Whoever needs several locks takes them after the trade's and before the stock's: the SKU, then the offer.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import NotFound, RowDict, UnitOfWork, next_state
from domain.flash.events import FlashChanged
from domain.flash.states import OFFER_REFUSALS, OFFER_STEPS, OfferEvent
from models.flash import FlashBuyer, FlashHold, FlashOffer, FlashSession

SESSION, OFFER, HOLD, BUYER = (model.__table__.c for model in (FlashSession, FlashOffer, FlashHold, FlashBuyer))
NO_OFFER, NO_SESSION = "秒杀商品不存在", "秒杀场次不存在"
TIMES = (SESSION.starts_at, SESSION.ends_at, SESSION.pay_minutes, SESSION.name.label("session_name"))


async def lock_offer(uow: UnitOfWork, id: UUID) -> RowDict:
    """An offer, locked, with the times of its session."""
    chosen = select(*OFFER, *TIMES).join(FlashSession, SESSION.id == OFFER.session_id).where(OFFER.id == id)
    found = await uow.session.execute(chosen.with_for_update(of=FlashOffer, key_share=True))
    if (row := found.mappings().first()) is None:
        raise NotFound(NO_OFFER)
    return dict(row)


async def session_row(session: AsyncSession, id: UUID) -> RowDict:
    """A session, kept as it is until the transaction ends."""
    row = (
        (await session.execute(select(*SESSION).where(SESSION.id == id).with_for_update(read=True))).mappings().first()
    )
    if row is None:
        raise NotFound(NO_SESSION, field="sessionId")
    return dict(row)


async def step_offer(uow: UnitOfWork, offer: RowDict, event: OfferEvent, **to: Any) -> None:
    """Takes the step with a locked offer; WrongState from any state the table does not name."""
    after = next_state(OFFER_STEPS, offer["state"], event, OFFER_REFUSALS[event])
    changed = update(FlashOffer).where(OFFER.id == offer["id"])
    await uow.session.execute(changed.values(state=after, version=OFFER.version + 1, **to))
    if event in (OfferEvent.PUBLISH, OfferEvent.END):
        uow.emit(FlashChanged(offer["id"], offer["product_id"], after))
