"""Codes that the platform and shops hand out: their lots, and codes that nobody has bound frozen, thawed, voided."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import strawberry

from domain import cards, vouchers
from domain.base import UnitOfWork, Viewer
from domain.bearer import Chosen
from domain.members.permissions import Permission
from resolvers.base import Audience, mutation, query
from schema.base import Info
from schema.bearer import CodeLot, CodeLotPage, CodesChanged, CodesChangedResult
from schema.relations import columns_for

READS, WRITES = Permission.MERCHANT_FUNDS_READ, Permission.MERCHANT_FUNDS_PAYOUT
FUNDS = Permission.PLATFORM_FUNDS
# Of one code by its id, or of all of a lot that nobody has bound.
FREEZE = "Nobody can bind these codes until they are thawed."
THAW = "Whoever knows these codes may bind them again."
VOID = "These codes are worth nothing any more; what was paid for them was given back, or never received."
Step = Callable[[UnitOfWork, Viewer, Chosen, str], Awaitable[int]]


async def _lots(info: Info, read: Any, batch_id: UUID, page: int, size: int) -> CodeLotPage:
    columns, viewer = columns_for(info, CodeLot, "items"), info.context.viewer
    rows, total = await info.context.read(read, viewer, batch_id, page, size, columns)
    return CodeLotPage(items=[CodeLot.of(row) for row in rows], total=total)


async def _step(info: Info, step: Step, id: UUID | None, lot_id: UUID | None, reason: str) -> CodesChanged:
    """Of one code, or of all of a lot that nobody has bound."""
    async with info.context.database.begin() as uow:
        return CodesChanged(count=await step(uow, info.context.viewer, Chosen(id, lot_id), reason))


@strawberry.type
class Query:
    @query(Audience.PLATFORM, FUNDS)
    async def platform_card_lots(self, info: Info, batch_id: UUID, page: int = 1, size: int = 20) -> CodeLotPage:
        """What of a batch was handed out by people, the latest first."""
        return await _lots(info, cards.lots, batch_id, page, size)

    @query(Audience.PLATFORM, FUNDS)
    async def platform_voucher_lots(self, info: Info, batch_id: UUID, page: int = 1, size: int = 20) -> CodeLotPage:
        """What of a batch was handed out, the latest first."""
        return await _lots(info, vouchers.lots, batch_id, page, size)

    @query(Audience.MERCHANT, READS)
    async def merchant_voucher_lots(self, info: Info, batch_id: UUID, page: int = 1, size: int = 20) -> CodeLotPage:
        """What of a batch of the shop's was handed out, the latest first."""
        return await _lots(info, vouchers.lots, batch_id, page, size)


@strawberry.type
class Mutation:
    @mutation(Audience.PLATFORM, FUNDS, description=FREEZE)
    async def platform_freeze_card_codes(
        self, info: Info, reason: str, id: UUID | None = None, lot_id: UUID | None = None
    ) -> CodesChangedResult:
        return await _step(info, cards.suspend, id, lot_id, reason)

    @mutation(Audience.PLATFORM, FUNDS, description=THAW)
    async def platform_thaw_card_codes(
        self, info: Info, reason: str, id: UUID | None = None, lot_id: UUID | None = None
    ) -> CodesChangedResult:
        return await _step(info, cards.resume, id, lot_id, reason)

    @mutation(Audience.PLATFORM, FUNDS, description=VOID)
    async def platform_void_card_codes(
        self, info: Info, reason: str, id: UUID | None = None, lot_id: UUID | None = None
    ) -> CodesChangedResult:
        return await _step(info, cards.void, id, lot_id, reason)

    @mutation(Audience.PLATFORM, FUNDS, description=FREEZE)
    async def platform_freeze_voucher_codes(
        self, info: Info, reason: str, id: UUID | None = None, lot_id: UUID | None = None
    ) -> CodesChangedResult:
        return await _step(info, vouchers.suspend, id, lot_id, reason)

    @mutation(Audience.PLATFORM, FUNDS, description=THAW)
    async def platform_thaw_voucher_codes(
        self, info: Info, reason: str, id: UUID | None = None, lot_id: UUID | None = None
    ) -> CodesChangedResult:
        return await _step(info, vouchers.resume, id, lot_id, reason)

    @mutation(Audience.PLATFORM, FUNDS, description=VOID)
    async def platform_void_voucher_codes(
        self, info: Info, reason: str, id: UUID | None = None, lot_id: UUID | None = None
    ) -> CodesChangedResult:
        return await _step(info, vouchers.void, id, lot_id, reason)

    @mutation(Audience.MERCHANT, WRITES, description=FREEZE)
    async def merchant_freeze_voucher_codes(
        self, info: Info, reason: str, id: UUID | None = None, lot_id: UUID | None = None
    ) -> CodesChangedResult:
        return await _step(info, vouchers.suspend, id, lot_id, reason)

    @mutation(Audience.MERCHANT, WRITES, description=THAW)
    async def merchant_thaw_voucher_codes(
        self, info: Info, reason: str, id: UUID | None = None, lot_id: UUID | None = None
    ) -> CodesChangedResult:
        return await _step(info, vouchers.resume, id, lot_id, reason)

    @mutation(Audience.MERCHANT, WRITES, description=VOID)
    async def merchant_void_voucher_codes(
        self, info: Info, reason: str, id: UUID | None = None, lot_id: UUID | None = None
    ) -> CodesChangedResult:
        return await _step(info, vouchers.void, id, lot_id, reason)
