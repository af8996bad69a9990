"""Shops and places for everybody; suspending shops for the platform."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import merchants
from domain.base import Invalid
from domain.members.permissions import Permission
from models.merchants import MerchantState
from resolvers.base import Audience, Keep, mutation, query
from schema.base import After, First, Info, PageInfo, decode_cursor, encode_cursor
from schema.merchants import Merchant, MerchantConnection, MerchantPage, MerchantResult, Region
from schema.relations import columns_for

# Places change with a release; shops show sold counts, which may lag so long.
PLACES, SHOPS = Keep(300), Keep(30)


def _position(cursor: str | None) -> tuple[int, UUID] | None:
    """Where a page of shops begins: after so many sold, and this id."""
    parts = decode_cursor(cursor, 2)
    if parts is None:
        return None
    try:
        sold, id = int(parts[0]), UUID(parts[1])
    except ValueError:
        raise Invalid("分页游标不正确", field="after") from None
    if not 0 <= sold < 2**31:
        raise Invalid("分页游标不正确", field="after")
    return sold, id


@strawberry.type
class Query:
    @query(
        Audience.ANYONE,
        keep=PLACES,
        public=True,
        description="Children of `parent`; without it the cities goods come from.",
    )
    async def regions(self, info: Info, parent: str | None = None) -> list[Region]:
        rows = await info.context.read(merchants.regions, parent, columns_for(info, Region))
        return [Region.of(row) for row in rows]

    @query(Audience.ANYONE, keep=PLACES, description="The provinces parcels can go to, in the order of GB/T 2260.")
    async def provinces(self, info: Info) -> list[Region]:
        rows = await info.context.read(merchants.provinces, columns_for(info, Region))
        return [Region.of(row) for row in rows]

    @query(Audience.ANYONE, keep=PLACES, public=True, description="One place by its code; null when we know none.")
    async def region(self, info: Info, code: str) -> Region | None:
        row = await info.context.read(merchants.region, code, columns_for(info, Region))
        return Region.of(row) if row else None

    @query(
        Audience.ANYONE,
        keep=SHOPS,
        public=True,
        description="One shop; null when there is none of this id, or it is not open.",
    )
    async def merchant(self, info: Info, id: UUID) -> Merchant | None:
        row = await info.context.read(merchants.open_shop, id, columns_for(info, Merchant))
        return Merchant.of(row) if row else None

    @query(Audience.ANYONE, keep=SHOPS, public=True, description="Open shops, best selling first.")
    async def merchants(self, info: Info, first: First = 20, after: After = None) -> MerchantConnection:
        columns = columns_for(info, Merchant, "nodes")
        rows, total = await info.context.read(merchants.open_shops, first, _position(after), columns)
        shown = rows[:first]
        end = encode_cursor(str(shown[-1]["sold_count"]), str(shown[-1]["id"])) if shown else None
        page_info = PageInfo(has_next_page=len(rows) > first, end_cursor=end)
        nodes = [Merchant.of(row) for row in shown]
        return MerchantConnection(nodes=nodes, total=total, page_info=page_info)

    @query(Audience.PLATFORM, Permission.PLATFORM_MERCHANTS_READ)
    async def platform_merchants(
        self, info: Info, text: str | None = None, state: MerchantState | None = None, page: int = 1, size: int = 20
    ) -> MerchantPage:
        columns = columns_for(info, Merchant, "items")
        rows, total = await info.context.read(merchants.page, text, state, page, size, columns)
        return MerchantPage(items=[Merchant.of(row) for row in rows], total=total)


async def _merchant(info: Info, id: UUID) -> Merchant:
    return Merchant.of((await info.context.read(merchants.by_id, [id], columns_for(info, Merchant)))[id])


@strawberry.type
class Mutation:
    @mutation(Audience.PLATFORM, Permission.PLATFORM_MERCHANTS_WRITE)
    async def platform_suspend_merchant(self, info: Info, id: UUID, reason: str) -> MerchantResult:
        async with info.context.database.begin() as uow:
            await merchants.suspend(uow, info.context.viewer, id, reason)
        return await _merchant(info, id)

    @mutation(Audience.PLATFORM, Permission.PLATFORM_MERCHANTS_WRITE)
    async def platform_reopen_merchant(self, info: Info, id: UUID) -> MerchantResult:
        async with info.context.database.begin() as uow:
            await merchants.reopen(uow, info.context.viewer, id)
        return await _merchant(info, id)
