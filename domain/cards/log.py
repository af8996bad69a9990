"""Every change of a card: one guarded UPDATE and one row of its log, which together can leave no fen out.

Cards are locked after an order's coupons and before its goods (`orders.taking`), several of them by id.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from domain.base import RowDict, UnitOfWork, Viewer, clock, next_state
from domain.cards.states import CARD_REFUSALS, CARD_STEPS, CardStep
from models.base import new_id
from models.cards import Card, CardEvent, CardEventKind

CARD = Card.__table__.c


async def locked(uow: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, RowDict]:
    """Those of the cards that exist, locked in one order everywhere."""
    chosen = select(*CARD).where(CARD.id.in_(sorted(ids))).order_by(CARD.id).with_for_update()
    return {row["id"]: dict(row) for row in (await uow.session.execute(chosen)).mappings()}


async def happened(
    uow: UnitOfWork,
    card: RowDict,
    kind: CardEventKind,
    ref: str,
    viewer: Viewer,
    text: str,
    *,
    amount: int = 0,
    order_id: UUID | None = None,
    **to: Any,
) -> RowDict:
    """Moves `amount` fen onto a locked card (off it below zero), writes `to` and the log; answers the row as it is."""
    changed = update(Card).where(CARD.id == card["id"])
    changed = changed.values(balance=CARD.balance + amount, events=CARD.events + 1, **to)
    row = dict((await uow.session.execute(changed.returning(*CARD))).mappings().one())
    event = {"id": new_id(), "card_id": row["id"], "position": row["events"], "kind": kind, "ref": ref}
    event |= {"amount": amount, "balance": row["balance"], "order_id": order_id, "text": text}
    event |= {"actor_kind": viewer.actor, "actor_id": viewer.id, "created_at": clock.now()}
    await uow.session.execute(insert(CardEvent).values(event))
    return row


def stepped(card: RowDict, step: CardStep) -> dict[str, Any]:
    """The state after a step; WrongState from any that the table does not name."""
    return {"state": next_state(CARD_STEPS, card["state"], step, CARD_REFUSALS[step])}
