"""Settlements and payouts, as a shop and as the platform asks for them."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import settlement
from domain.members.permissions import Permission
from domain.settlement import Span
from models.base import Fen
from models.settlement import PayoutEvery, PayoutState, SettlementState
from resolvers.base import Audience, mutation, query
from schema.base import Info
from schema.relations import columns_for
from schema.settlement import (
    FundBalance,
    MerchantFunds,
    MerchantFundsResult,
    Payout,
    PayoutPage,
    PayoutResult,
    PlatformPayout,
    PlatformPayoutPage,
    PlatformPayoutResult,
    PlatformSettlement,
    PlatformSettlementPage,
    PlatformSettlementResult,
    Settlement,
    SettlementPage,
    SettlementSums,
)

DAYS = "The latest end of an order first. Days in Shanghai, YYYY-MM-DD, both included, at most a year."


async def _settlement(info: Info, id: UUID) -> PlatformSettlement:
    columns = columns_for(info, PlatformSettlement)
    return PlatformSettlement.of(await info.context.read(settlement.access, info.context.viewer, id, columns))


async def _payout(info: Info, id: UUID) -> PlatformPayout:
    columns = columns_for(info, PlatformPayout)
    return PlatformPayout.of(await info.context.read(settlement.access_any_payout, info.context.viewer, id, columns))


async def _funds(info: Info) -> MerchantFunds:
    return MerchantFunds.of(await info.context.read(settlement.funds_of, info.context.viewer))


@strawberry.type
class Query:
    @query(Audience.MERCHANT, Permission.MERCHANT_FUNDS_READ)
    async def merchant_funds(self, info: Info) -> MerchantFunds:
        return await _funds(info)

    @query(Audience.MERCHANT, Permission.MERCHANT_FUNDS_READ, description="Asked of WeChat Pay.")
    async def merchant_balance(self, info: Info) -> FundBalance:
        context = info.context
        found = await settlement.balance_of(context.database, context.services.clearing, context.viewer)
        return FundBalance.of(found, by_transfer=not context.services.clearing.divides)

    @query(Audience.MERCHANT, Permission.MERCHANT_FUNDS_READ, description=DAYS)
    async def merchant_settlements(
        self, info: Info, since: str | None = None, until: str | None = None, page: int = 1, size: int = 20
    ) -> SettlementPage:
        columns, viewer, span = columns_for(info, Settlement, "items"), info.context.viewer, Span.of(since, until)
        rows, sums = await info.context.read(settlement.page_of_merchant, viewer, span, page, size, columns)
        items = [Settlement.of(row) for row in rows]
        return SettlementPage(items=items, total=sums.count, sums=SettlementSums.of(sums))

    @query(Audience.MERCHANT, Permission.MERCHANT_FUNDS_READ, description="The latest first.")
    async def merchant_payouts(self, info: Info, page: int = 1, size: int = 20) -> PayoutPage:
        columns, viewer = columns_for(info, Payout, "items"), info.context.viewer
        rows, total = await info.context.read(settlement.payouts_of_merchant, viewer, page, size, columns)
        return PayoutPage(items=[Payout.of(row) for row in rows], total=total)

    @query(
        Audience.PLATFORM,
        Permission.PLATFORM_LEDGER,
        description="The latest end of an order first; `text`: the beginning of an order's number.",
    )
    async def platform_settlements(
        self,
        info: Info,
        state: SettlementState | None = None,
        text: str | None = None,
        page: int = 1,
        size: int = 20,
    ) -> PlatformSettlementPage:
        columns, viewer = columns_for(info, PlatformSettlement, "items"), info.context.viewer
        asked = (viewer, state, text, page, size, columns)
        rows, sums = await info.context.read(settlement.page_of_platform, *asked)
        items = [PlatformSettlement.of(row) for row in rows]
        return PlatformSettlementPage(items=items, total=sums.count, sums=SettlementSums.of(sums))

    @query(Audience.PLATFORM, Permission.PLATFORM_LEDGER, description="The latest first.")
    async def platform_payouts(
        self, info: Info, state: PayoutState | None = None, page: int = 1, size: int = 20
    ) -> PlatformPayoutPage:
        columns, viewer = columns_for(info, PlatformPayout, "items"), info.context.viewer
        rows, total = await info.context.read(settlement.payouts_of_platform, viewer, state, page, size, columns)
        return PlatformPayoutPage(items=[PlatformPayout.of(row) for row in rows], total=total)


@strawberry.type
class Mutation:
    @mutation(
        Audience.MERCHANT,
        Permission.MERCHANT_FUNDS_PAYOUT,
        description="Pays out `amount` fen, or all there is. The same key is the same payout.",
    )
    async def merchant_request_payout(
        self, info: Info, idempotency_key: str, amount: Fen | None = None
    ) -> PayoutResult:
        context = info.context
        asked = (context.viewer, amount, idempotency_key)
        id = await settlement.request_payout(context.database, context.services.clearing, *asked)
        columns = columns_for(info, Payout)
        return Payout.of(await context.read(settlement.access_payout, context.viewer, id, columns))

    @mutation(
        Audience.MERCHANT,
        Permission.MERCHANT_FUNDS_PAYOUT,
        description="When the shop is paid out by itself, and below how many fen not.",
    )
    async def merchant_set_payout_plan(self, info: Info, every: PayoutEvery, least: Fen) -> MerchantFundsResult:
        async with info.context.database.begin() as uow:
            await settlement.set_plan(uow, info.context.viewer, every, least)
        return await _funds(info)

    @mutation(
        Audience.PLATFORM,
        Permission.PLATFORM_FUNDS,
        description="A payout that the platform makes itself has left for the shop; `reference`: the bank's number.",
    )
    async def platform_payout_transferred(self, info: Info, id: UUID, reference: str) -> PlatformPayoutResult:
        await settlement.transferred(info.context.database, info.context.viewer, id, reference)
        return await _payout(info, id)

    @mutation(
        Audience.PLATFORM,
        Permission.PLATFORM_FUNDS,
        description="Such a payout was not made, or the bank sent it back: the shop is owed the money again.",
    )
    async def platform_payout_not_transferred(self, info: Info, id: UUID, note: str) -> PlatformPayoutResult:
        async with info.context.database.begin() as uow:
            await settlement.not_transferred(uow, info.context.viewer, id, note)
        return await _payout(info, id)

    @mutation(
        Audience.PLATFORM,
        Permission.PLATFORM_FUNDS,
        description="What WeChat Pay refused is asked for again, under a new number.",
    )
    async def platform_retry_settlement(self, info: Info, id: UUID, note: str) -> PlatformSettlementResult:
        async with info.context.database.begin() as uow:
            await settlement.retry(uow, info.context.viewer, id, note)
        return await _settlement(info, id)

    @mutation(
        Audience.PLATFORM,
        Permission.PLATFORM_FUNDS,
        description="The refund that waits for a stuck settlement goes on, although nothing could be fetched back.",
    )
    async def platform_release_refund(self, info: Info, id: UUID, note: str) -> PlatformSettlementResult:
        async with info.context.database.begin() as uow:
            await settlement.release_refund(uow, info.context.viewer, id, note)
        return await _settlement(info, id)
