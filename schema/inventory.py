"""Stock as its merchant sees it, and the refusal of what is not there."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from domain import catalog, traces
from domain.inventory import MoveKind
from domain.inventory import OutOfStock as NotThere
from models.inventory import AdjustReason
from schema.base import NumberedPage, Problem, Refused
from schema.catalog import Sku
from schema.relations import RowType, derived, looked_up, one


@strawberry.type
class OutOfStock(Problem):
    sku_id: UUID
    available: int

    @classmethod
    def of(cls, refusal: NotThere) -> OutOfStock:
        return cls(
            code=refusal.code,
            message=refusal.message,
            field=refusal.field,
            sku_id=refusal.sku_id,
            available=refusal.available,
        )


@strawberry.type
class StockItem(RowType):
    sku: Sku = one(catalog.skus_by_id, key="sku_id")
    actual: int
    held: int
    available: int
    low_at: int
    version: int
    traced_since: datetime | None = looked_up(
        traces.traced_by_sku,
        "since",
        key="sku_id",
        description="Since when its stock only comes out of lots; null: it is not traced.",
    )


@strawberry.type
class StockPage(NumberedPage[StockItem]):
    pass


@strawberry.type
class StockMove(RowType):
    at: datetime = derived(lambda at: at, "created_at")
    delta: int
    reason: str
    reference: str | None
    actor: str | None


@strawberry.type
class StockHistoryMove(RowType):
    sku: Sku = one(catalog.skus_by_id, key="sku_id")
    at: datetime = derived(lambda at: at, "created_at")
    delta: int
    reason: str
    reference: str | None = strawberry.field(description="The order's number.")
    actor: str | None


@strawberry.type
class StockHistoryPage(NumberedPage[StockHistoryMove]):
    pass


strawberry.enum(AdjustReason, name="StockReason", description="Why a shop changes its stock by hand.")
strawberry.enum(MoveKind, name="StockMoveKind", description="Orders and after-sales, the first stock, or by hand.")

StockResult = Annotated[StockItem | Refused, strawberry.union("StockResult")]
