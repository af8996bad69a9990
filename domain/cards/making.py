"""Making cards: the rows and the first entry of their logs, many at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain import bearer, bulk
from domain.base import RowDict, UnitOfWork, Viewer, clock
from domain.cards.log import CODES
from domain.cards.states import months_later
from domain.crypto import vault
from models.base import Base, new_id
from models.cards import Card, CardEvent, CardEventKind, CardState


@dataclass(frozen=True)
class Owner:
    """Whose new cards are: a member's at once; `name` and `ref` (of an identity paper) for named cards."""

    member_id: UUID
    name: str | None = None
    ref: str | None = None
    purchase_id: UUID | None = None


@dataclass(frozen=True)
class Kind:
    """What new cards are like. Money in fen."""

    batch_id: UUID
    issuer_id: UUID
    named: bool
    face: int
    paid: int
    balance: int
    expires_at: datetime | None
    replaces_id: UUID | None = None
    lot_id: UUID | None = None


def of_batch(batch: RowDict, lot_id: UUID | None = None) -> Kind:
    months = batch["valid_months"]
    until = None if months is None else months_later(clock.now(), months)
    about = (batch["id"], batch["issuer_id"], batch["named"], batch["face"], batch["price"])
    return Kind(*about, batch["face"], until, lot_id=lot_id)


async def make(
    uow: UnitOfWork,
    kind: Kind,
    many: int,
    viewer: Viewer,
    text: str,
    *,
    owner: Owner | None = None,
    event: CardEventKind = CardEventKind.ISSUED,
    ref: str = "issued",
) -> tuple[Sequence[UUID], Sequence[str]]:
    """Writes so many cards, of somebody or of nobody yet; answers ids and codes, which are kept nowhere here."""
    now, made = clock.now(), [bearer.make() for _ in range(many)]
    cards = [_card(kind, code, now, owner) for code in made]
    about = {"kind": event, "ref": ref, "text": text, "actor_kind": viewer.actor, "actor_id": viewer.id}
    first = {"position": 1, "amount": kind.balance, "balance": kind.balance, "order_id": None, "created_at": now}
    events = [{"id": new_id(), "card_id": card["id"], **about, **first} for card in cards]
    rows: dict[type[Base], Sequence[dict[str, Any]]] = {Card: cards, CardEvent: events}
    await bulk.insert(uow.session, rows)
    return [card["id"] for card in cards], made


def _card(kind: Kind, code: str, now: datetime, owner: Owner | None) -> dict[str, Any]:
    id = new_id()
    row: dict[str, Any] = {"id": id, "digest": CODES.digest(code), "last4": code[-4:], "created_at": now, "held": 0}
    row |= {"batch_id": kind.batch_id, "issuer_id": kind.issuer_id, "named": kind.named, "face": kind.face}
    row |= {"paid": kind.paid, "balance": kind.balance, "expires_at": kind.expires_at, "events": 1, "frozen_for": ""}
    row |= {"state": CardState.ISSUED, "holder_id": None, "bound_at": None, "purchase_id": None}
    row |= {"replaces_id": kind.replaces_id, "lot_id": kind.lot_id, "name_sealed": None, "ref_sealed": None}
    if owner is not None:
        row |= {"state": CardState.ACTIVE, "holder_id": owner.member_id, "bound_at": now}
        row |= {"purchase_id": owner.purchase_id, **sealed(id, owner)}
    return row


def sealed(card_id: UUID, owner: Owner) -> dict[str, Any]:
    """Who a named card is for, as its columns."""
    if owner.name is None or owner.ref is None:
        return {}
    return vault.seal_all({"name_sealed": owner.name, "ref_sealed": owner.ref}, table="cards", row=card_id)
