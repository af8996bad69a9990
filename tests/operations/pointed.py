"""积分 for the pages of both front ends: rules, a member with some, and what happened to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain import points
from domain.base import Database, UnitOfWork
from tests.factories import merchants
from tests.factories.orders import Buyer
from tests.factories.points import USUAL


async def pointed(database: Database, buyer: Buyer) -> dict[str, Any]:
    """Points of the buyer."""
    ids = {"pointed": str(buyer.viewer.id)}
    async with database.begin() as uow:
        await points.save(uow, merchants.operator(), USUAL, "首版规则", 0)
        await more_pointed(uow, ids, 1)
    return ids


async def more_pointed(uow: UnitOfWork, ids: Mapping[str, Any], many: int) -> None:
    """So many entries more of the buyer's, and as many versions of the rules but one."""
    who, staff = UUID(ids["pointed"]), merchants.operator()
    for n in range(many):
        await points.adjust(uow, staff, who, 100 + n, "补发积分", f"pointed-{many}-{n:04d}")
        if many > 1:
            await points.save(uow, staff, USUAL, "又一版规则", n + 1)
