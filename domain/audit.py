"""Who did what to what. Every write by staff leaves an entry in the transaction that made it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import (
    Columns,
    RowDict,
    UnitOfWork,
    Viewer,
    clean_text,
    clock,
    page_offset,
    pick,
    trace_id,
)
from models.audit import AuditEntry


async def record(
    uow: UnitOfWork,
    viewer: Viewer,
    action: str,
    subject_kind: str,
    subject_id: UUID | str,
    detail: dict[str, Any] | None = None,
) -> None:
    """Adds an entry. `action` is a stable name such as `product.freeze`; `detail` must hold no personal data."""
    entry = insert(AuditEntry).values(
        actor_kind=viewer.actor,
        actor_id=viewer.id,
        actor_name=viewer.name or "系统",
        action=action,
        subject_kind=subject_kind,
        subject_id=str(subject_id),
        detail=detail or {},
        trace_id=trace_id.get(),
        created_at=clock.now(),
    )
    await uow.session.execute(entry)


async def page(
    session: AsyncSession, text: str | None, page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    """A numbered page of entries, newest first, whose action, actor or subject holds `text`; and the total."""
    matches = _matches(text)
    table = AuditEntry.__table__.c
    chosen = (
        select(*pick(AuditEntry, columns, "id"))
        .where(*matches)
        .order_by(table.created_at.desc(), table.id.desc())
        .offset(page_offset(page, size))
        .limit(size)
    )
    rows = [dict(row) for row in (await session.execute(chosen)).mappings()]
    total = await session.scalar(select(func.count()).select_from(AuditEntry).where(*matches))
    return rows, total or 0


def _matches(text: str | None) -> list[ColumnElement[bool]]:
    words = clean_text(text, field="text", most=60, label="搜索内容") if text else ""
    if not words:
        return []
    table = AuditEntry.__table__.c
    searched = (table.action, table.actor_name, table.subject_kind, table.subject_id)
    return [or_(*(column.icontains(words, autoescape=True) for column in searched))]
