"""A notice before it is written: whose it is, what it says, and what happened, named once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import RowDict
from models.notices import NoticeKind


@dataclass(frozen=True)
class Draft:
    """A notice for a shop, for a member or, without either, for the platform."""

    merchant_id: UUID | None
    kind: NoticeKind
    source: str
    title: str
    text: str
    subject_id: UUID | None
    member_id: UUID | None = None


Composer: TypeAlias = Callable[[AsyncSession, Mapping[str, Any]], Awaitable[Draft | None]]
#: One thing that happened may concern many members.
MemberComposer: TypeAlias = Callable[[AsyncSession, Mapping[str, Any]], Awaitable[Sequence[Draft]]]


async def row_of(session: AsyncSession, chosen: Select[*tuple[Any, ...]]) -> RowDict | None:
    found = (await session.execute(chosen)).mappings().first()
    return None if found is None else dict(found)


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d} 元"
