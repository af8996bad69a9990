"""Comparing our books with WeChat Pay's bills."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import bills
from domain.base import NotFound
from domain.members.permissions import Permission
from resolvers.base import Audience, mutation, query
from schema.base import Done, DoneResult, Info
from schema.bills import Bill, BillPage, BillResult
from schema.relations import columns_for


async def _bill(info: Info, id: UUID) -> Bill:
    return Bill.of(await info.context.read(bills.bill, info.context.viewer, id, columns_for(info, Bill)))


@strawberry.type
class Query:
    @query(Audience.PLATFORM, Permission.PLATFORM_LEDGER, description="The latest day first.")
    async def platform_bills(self, info: Info, open_only: bool = False, page: int = 1, size: int = 20) -> BillPage:
        columns, viewer = columns_for(info, Bill, "items"), info.context.viewer
        rows, total = await info.context.read(bills.page, viewer, open_only, page, size, columns)
        return BillPage(items=[Bill.of(row) for row in rows], total=total)

    @query(Audience.PLATFORM, Permission.PLATFORM_LEDGER)
    async def platform_bill(self, info: Info, id: UUID) -> Bill | None:
        try:
            return await _bill(info, id)
        except NotFound:
            return None


@strawberry.type
class Mutation:
    @mutation(Audience.PLATFORM, Permission.PLATFORM_FUNDS)
    async def platform_explain_difference(self, info: Info, id: UUID, note: str) -> BillResult:
        async with info.context.database.begin() as uow:
            bill_id = await bills.explain(uow, info.context.viewer, id, note)
        return await _bill(info, bill_id)

    @mutation(
        Audience.PLATFORM,
        Permission.PLATFORM_FUNDS,
        description="Fetches the bill of a day (YYYY-MM-DD, before today) once more and compares it, in a moment.",
    )
    async def platform_fetch_bill(self, info: Info, day: str) -> DoneResult:
        async with info.context.database.begin() as uow:
            await bills.fetch_later(uow, info.context.viewer, day)
        return Done()
