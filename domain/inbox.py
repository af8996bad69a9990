"""Verified notices of WeChat Pay, each kept once, until they have been acted on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import UnitOfWork, clock
from models.payments import PaymentNotice


@dataclass(frozen=True)
class KeptNotice:
    id: str
    event_type: str
    resource: Mapping[str, Any]


async def keep(uow: UnitOfWork, notice_id: str, event_type: str, resource: Mapping[str, Any]) -> bool:
    """Keeps a notice; False when it is there already, because WeChat Pay repeated it."""
    statement = (
        insert(PaymentNotice)
        .values(id=notice_id, event_type=event_type, resource=dict(resource), received_at=clock.now())
        .on_conflict_do_nothing()
        .returning(PaymentNotice.id)
    )
    return (await uow.session.execute(statement)).scalar() is not None


async def open_for_handling(uow: UnitOfWork, notice_id: str) -> KeptNotice | None:
    """The notice, locked against a second handler; None when it has been handled."""
    statement = (
        select(PaymentNotice.id, PaymentNotice.event_type, PaymentNotice.resource)
        .where(PaymentNotice.id == notice_id, PaymentNotice.handled_at.is_(None))
        .with_for_update()
    )
    row = (await uow.session.execute(statement)).one_or_none()
    return None if row is None else KeptNotice(*row)


async def mark_handled(uow: UnitOfWork, notice_id: str, outcome: str) -> None:
    await uow.session.execute(
        update(PaymentNotice).where(PaymentNotice.id == notice_id).values(handled_at=clock.now(), outcome=outcome)
    )


async def unhandled(session: AsyncSession, *, older_than: timedelta, most: int = 100) -> Sequence[str]:
    """Notices kept but not acted on for a while: the process died in between, or the handling failed."""
    statement = (
        select(PaymentNotice.id)
        .where(PaymentNotice.handled_at.is_(None), PaymentNotice.received_at < clock.now() - older_than)
        .order_by(PaymentNotice.received_at)
        .limit(most)
    )
    return (await session.scalars(statement)).all()
