"""Whose an order's money is, by the ledger, when nothing of it is held any more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from domain import ledger
from models.ledger import AccountKind

SUBSIDIES = (AccountKind.COUPON_EXPENSE, AccountKind.POINTS_LIABILITY)


@dataclass(frozen=True)
class Figures:
    """Fen. `held` = `net` + `commission` + `fee`; `subsidy` is the part of `held` that the platform added; `waits` is
    what is still kept for the buyer."""

    net: int
    commission: int
    fee: int
    subsidy: int
    waits: int

    @property
    def held(self) -> int:
        return self.net + self.commission + self.fee

    @property
    def columns(self) -> dict[str, int]:
        shares = {"net": self.net, "commission": self.commission, "fee": self.fee}
        return {**shares, "held": self.held, "subsidy": self.subsidy}


NOTHING = Figures(0, 0, 0, 0, 0)


async def figures_for(session: AsyncSession, settlement: Mapping[str, Any]) -> Figures:
    """Of a settlement: of its order, or nothing where it only sets an earlier payment free."""
    return NOTHING if settlement["release"] else await figures_of(session, settlement["order_id"])


async def figures_of(session: AsyncSession, order_id: UUID) -> Figures:
    booked: Mapping[AccountKind, int] = (await ledger.sums_by_order(session, [order_id])).get(order_id, {})
    return Figures(
        net=-booked.get(AccountKind.MERCHANT_PAYABLE, 0),
        commission=-booked.get(AccountKind.PLATFORM_REVENUE, 0),
        fee=-booked.get(AccountKind.FEE_EXPENSE, 0),
        subsidy=sum(booked.get(kind, 0) for kind in SUBSIDIES),
        waits=-booked.get(AccountKind.BUYER_CLEARING, 0),
    )
