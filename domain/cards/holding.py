"""What orders hold of cards: spent when they are paid, free again when they are closed, returned by refunds.

All of it under the locks of the trade; cards are locked by id after it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import SYSTEM, RowDict, UnitOfWork, clock
from domain.cards.log import happened, locked
from domain.cards.making import Kind, Owner, make
from domain.cards.states import EXTENDED_BY, MOST_BEARER, months_later
from models.cards import Card, CardEventKind, CardHold, CardHoldState, CardState

HOLD = CardHold.__table__.c
# Months that a card is good for which is made for money that cannot go back to its own.
MONTHS = 36


async def holds_of(session: AsyncSession, order_ids: Collection[UUID], state: CardHoldState) -> list[RowDict]:
    """What these orders have of cards, in the order in which the cards pay."""
    chosen = select(*HOLD).where(HOLD.order_id.in_(order_ids), HOLD.state == state).order_by(HOLD.id)
    return [dict(row) for row in (await session.execute(chosen)).mappings()]


async def spend(uow: UnitOfWork, order_ids: Collection[UUID]) -> dict[UUID, int]:
    """These orders are paid: what they hold is spent; answers how much by order.

    A card that was frozen meanwhile pays all the same: the money was set aside before.
    """
    holds = await holds_of(uow.session, order_ids, CardHoldState.HELD)
    spent: dict[UUID, int] = {}
    cards = await locked(uow, {hold["card_id"] for hold in holds})
    for hold in holds:
        card, amount = cards[hold["card_id"]], hold["amount"]
        about = {"amount": -amount, "order_id": hold["order_id"], "held": Card.held - amount}
        text = "订单付款"
        cards[card["id"]] = await happened(uow, card, CardEventKind.SPENT, str(hold["id"]), SYSTEM, text, **about)
        spent[hold["order_id"]] = spent.get(hold["order_id"], 0) + amount
    await _become(uow, holds, CardHoldState.SPENT)
    return spent


async def release(uow: UnitOfWork, order_id: UUID) -> None:
    """The unpaid order is closed: what it held is free again. Nothing for an order that was paid."""
    holds = await holds_of(uow.session, [order_id], CardHoldState.HELD)
    await locked(uow, {hold["card_id"] for hold in holds})
    for hold in holds:
        free = update(Card).where(Card.id == hold["card_id"])
        await uow.session.execute(free.values(held=Card.held - hold["amount"]))
    await _become(uow, holds, CardHoldState.RELEASED)


async def hold_again(uow: UnitOfWork, order_ids: Collection[UUID]) -> frozenset[UUID]:
    """For orders paid in money after they were closed: holds the same of the same cards; answers those that cannot.

    That a card has run out since does not count: the order was in time. Frozen, given away or spent does.
    """
    holds = await holds_of(uow.session, order_ids, CardHoldState.RELEASED)
    cards = await locked(uow, {hold["card_id"] for hold in holds})
    left = {id: card["balance"] - card["held"] for id, card in cards.items()}
    dead: set[UUID] = set()
    for order_id in sorted({hold["order_id"] for hold in holds}):
        own = [hold for hold in holds if hold["order_id"] == order_id]
        if not all(_good(cards[hold["card_id"]], hold, left[hold["card_id"]]) for hold in own):
            dead.add(order_id)
            continue
        for hold in own:
            left[hold["card_id"]] -= hold["amount"]
            more = update(Card).where(Card.id == hold["card_id"])
            await uow.session.execute(more.values(held=Card.held + hold["amount"]))
        await _become(uow, own, CardHoldState.HELD)
    return frozenset(dead)


def _good(card: RowDict, hold: RowDict, left: int) -> bool:
    mine: bool = card["holder_id"] == hold["member_id"]
    return mine and card["state"] is CardState.ACTIVE and left >= hold["amount"]


async def _become(uow: UnitOfWork, holds: Sequence[RowDict], state: CardHoldState) -> None:
    if holds:
        changed = update(CardHold).where(HOLD.id.in_([hold["id"] for hold in holds]))
        await uow.session.execute(changed.values(state=state))


# ------------------------------------------------------------------------------------------------ giving back
async def give_back(uow: UnitOfWork, order_id: UUID, amount: int, refund_id: UUID, text: str) -> None:
    """`amount` fen of what an order spent return, last spent first: to the card, or to a new one.

    A new one is made for the buyer where the card is somebody else's by now, or has come to its end. A card that has
    run out is good for another year. The order and its payments are locked, and it spent as much.
    """
    holds = await holds_of(uow.session, [order_id], CardHoldState.SPENT)
    await locked(uow, {hold["card_id"] for hold in holds})  # all of them first, in the one order
    left = amount
    for hold in reversed(holds):
        part = min(left, hold["amount"] - hold["returned"])
        if part:
            left -= part
            more = update(CardHold).where(HOLD.id == hold["id"])
            await uow.session.execute(more.values(returned=HOLD.returned + part))
            await _return(uow, hold, part, refund_id, text)
    if left:
        raise RuntimeError(f"{amount} fen are more than order {order_id} spent of cards")


async def _return(uow: UnitOfWork, hold: RowDict, amount: int, refund_id: UUID, text: str) -> None:
    card = await _successor(uow, hold)
    living = card["state"] in (CardState.ACTIVE, CardState.FROZEN) and card["holder_id"] == hold["member_id"]
    ref = f"{refund_id}:{hold['id']}"
    if not living or card["balance"] + amount > card["face"]:
        await _make_anew(uow, card, hold, amount, ref, text)
        return
    to = {}
    if card["expires_at"] is not None and card["expires_at"] <= clock.now():
        to["expires_at"] = clock.now() + EXTENDED_BY
    about: dict[str, Any] = {"amount": amount, "order_id": hold["order_id"], **to}
    await happened(uow, card, CardEventKind.RETURNED, ref, SYSTEM, text, **about)


async def _successor(uow: UnitOfWork, hold: RowDict) -> RowDict:
    """The card, or the one that took its place after it was lost."""
    id: UUID = hold["card_id"]
    card = (await locked(uow, [id]))[id]
    while card["state"] is CardState.REPLACED:
        next_id = await uow.session.scalar(select(Card.id).where(Card.replaces_id == card["id"]))
        if next_id is None:
            return card
        card = (await locked(uow, [next_id]))[next_id]
    return card


async def _make_anew(uow: UnitOfWork, card: RowDict, hold: RowDict, amount: int, ref: str, text: str) -> None:
    """Cards without a name, each within what the law allows one of them."""
    left = amount
    while left:
        part = min(left, MOST_BEARER)
        left -= part
        paid = card["paid"] * part // card["face"]
        until = months_later(clock.now(), MONTHS)
        kind = Kind(card["batch_id"], card["issuer_id"], False, part, paid, part, until)
        owner = Owner(hold["member_id"], purchase_id=None)
        event = CardEventKind.RETURNED
        await make(uow, kind, 1, SYSTEM, f"{text}，原卡已不在您名下", owner=owner, event=event, ref=ref)
