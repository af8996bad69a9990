"""The stock desk of a merchant."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import inventory
from domain.inventory import MoveKind
from domain.members.permissions import Permission
from models.inventory import AdjustReason
from resolvers.base import Audience, answers, mutation, query
from schema.base import Info
from schema.inventory import (
    OutOfStock,
    StockHistoryMove,
    StockHistoryPage,
    StockItem,
    StockMove,
    StockPage,
    StockResult,
)

answers(inventory.OutOfStock, OutOfStock.of)


@strawberry.type
class Query:
    @query(Audience.MERCHANT, Permission.MERCHANT_PRODUCTS_READ)
    async def merchant_stock(
        self, info: Info, text: str | None = None, low_only: bool = False, page: int = 1, size: int = 20
    ) -> StockPage:
        shop = info.context.viewer.shop_id
        rows, total = await info.context.read(inventory.page_of_merchant, shop, text, low_only, page, size)
        return StockPage(items=[StockItem.of(row) for row in rows], total=total)

    @query(Audience.MERCHANT, Permission.MERCHANT_PRODUCTS_READ)
    async def merchant_stock_moves(self, info: Info, sku_id: UUID, first: int = 50) -> list[StockMove]:
        rows = await info.context.read(inventory.moves, info.context.viewer, sku_id, first)
        return [StockMove.of(row) for row in rows]

    @query(
        Audience.MERCHANT,
        Permission.MERCHANT_PRODUCTS_READ,
        description="All movements of the shop's stock, newest first.",
    )
    async def merchant_stock_history(
        self, info: Info, text: str | None = None, kind: MoveKind | None = None, page: int = 1, size: int = 20
    ) -> StockHistoryPage:
        rows, total = await info.context.read(inventory.history, info.context.viewer, text, kind, page, size)
        return StockHistoryPage(items=[StockHistoryMove.of(row) for row in rows], total=total)


@strawberry.type
class Mutation:
    @mutation(Audience.MERCHANT, Permission.MERCHANT_STOCK_WRITE)
    async def merchant_adjust_stock(
        self,
        info: Info,
        sku_id: UUID,
        delta: int,
        reason: AdjustReason,
        version: int,
        note: str = "",
        lot_id: UUID | None = None,
    ) -> StockResult:
        async with info.context.database.begin() as uow:
            row = await inventory.adjust(uow, info.context.viewer, sku_id, delta, reason, version, note, lot_id)
        return StockItem.of(row)

    @mutation(
        Audience.MERCHANT,
        Permission.MERCHANT_STOCK_WRITE,
        description="From how few pieces on a SKU runs low; 0: when it is sold out.",
    )
    async def merchant_set_low_stock(self, info: Info, sku_id: UUID, low_at: int) -> StockResult:
        async with info.context.database.begin() as uow:
            row = await inventory.set_low_stock(uow, info.context.viewer, sku_id, low_at)
        return StockItem.of(row)
