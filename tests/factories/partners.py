"""Partners and their keys."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

from domain import partners
from domain.base import Database
from tests.factories.merchants import operator

_numbers = count(1)


def wanted(**values: Any) -> partners.Wanted:
    usual = {
        "name": f"云南农产品比价平台{next(_numbers)}",
        "contact": "api@example.cn",
        "note": "",
        "points_per_second": 100,
        "burst": 5000,
    }
    return partners.Wanted(**{**usual, **values})


async def partner(database: Database, **values: Any) -> UUID:
    """An active partner without a key."""
    async with database.begin() as uow:
        return await partners.create(uow, operator(), wanted(**values))


async def key(
    database: Database, partner_id: UUID, label: str = "正式环境", expires_at: datetime | None = None
) -> partners.Issued:
    async with database.begin() as uow:
        return await partners.issue(uow, operator(), partner_id, label, expires_at)
