"""The inbox of notices: each verified one is kept once, and stays until somebody has dealt with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import RowDict, UnitOfWork, clock
from models.payments import PaymentNotice


async def keep_notice(uow: UnitOfWork, id: str, event_type: str, resource: dict[str, Any]) -> bool:
    """Keeps a notice; False when WeChat Pay only repeated one that is kept already."""
    row = {"id": id, "event_type": event_type, "resource": resource, "received_at": clock.now()}
    kept = insert(PaymentNotice).values(row).on_conflict_do_nothing().returning(PaymentNotice.id)
    return await uow.session.scalar(kept) is not None


async def open_notice(uow: UnitOfWork, id: str) -> RowDict | None:
    """The notice, locked, while nobody has dealt with it; else None."""
    table = PaymentNotice.__table__.c
    chosen = select(*table).where(table.id == id, table.handled_at.is_(None)).with_for_update()
    row = (await uow.session.execute(chosen)).mappings().first()
    return dict(row) if row else None


async def notice_handled(uow: UnitOfWork, id: str, outcome: str) -> None:
    done = update(PaymentNotice).where(PaymentNotice.id == id, PaymentNotice.handled_at.is_(None))
    await uow.session.execute(done.values(handled_at=func.clock_timestamp(), outcome=outcome))


async def waiting_notices(session: AsyncSession, *, older_than: timedelta, most: int = 100) -> Sequence[str]:
    """Ids of notices nobody has dealt with for so long, oldest first."""
    chosen = (
        select(PaymentNotice.id)
        .where(PaymentNotice.handled_at.is_(None), PaymentNotice.received_at <= clock.now() - older_than)
        .order_by(PaymentNotice.received_at)
        .limit(most)
    )
    return (await session.scalars(chosen)).all()
