"""Taking facts out of the outbox; the relay in `jobs` delivers them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import UnitOfWork
from models.outbox import OutboxEvent


@dataclass(frozen=True)
class Fact:
    """One event as it was written: its class name and its fields as JSON."""

    id: int
    name: str
    payload: dict[str, Any]
    created_at: datetime


async def take(uow: UnitOfWork, most: int) -> Sequence[Fact]:
    """The oldest facts nobody else is taking, removed in this transaction: delivered at least once.

    Facts are found by row lock, never by "id greater than the last one": a transaction that commits late would be lost.
    """
    oldest = select(OutboxEvent.id).order_by(OutboxEvent.id).limit(most).with_for_update(skip_locked=True)
    statement = (
        delete(OutboxEvent)
        .where(OutboxEvent.id.in_(oldest.scalar_subquery()))
        .returning(OutboxEvent.id, OutboxEvent.name, OutboxEvent.payload, OutboxEvent.created_at)
    )
    rows = (await uow.session.execute(statement)).all()
    return sorted((Fact(*row) for row in rows), key=lambda fact: fact.id)


async def waiting(session: AsyncSession) -> tuple[int, datetime | None]:
    """How many facts wait, and since when the oldest does."""
    row = (await session.execute(select(func.count(), func.min(OutboxEvent.created_at)))).one()
    return row[0], row[1]
