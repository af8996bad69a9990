"""Recalls of lots as the platform sees them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from domain import recalls, traces
from models.base import Fen
from models.recalls import RecallState
from schema.base import Info, NumberedPage, Refused
from schema.relations import RowType, one, reads
from schema.traces import Lot

strawberry.enum(RecallState)


@strawberry.type(description="What a recall would touch; nothing is written to find out.")
class RecallPlan(RowType):
    orders: int
    buyers: int
    units_sent: int = strawberry.field(description="Units that buyers have.")
    units_left: int = strawberry.field(description="Units on the shelf.")
    worth: Fen = strawberry.field(description="What the units that buyers have cost them.")


@strawberry.type(description="How far a recall has come.")
class RecallFigures(RowType):
    orders: int
    done: int
    failed: int
    units: int
    refunded: Fen


NOTHING = {"orders": 0, "done": 0, "failed": 0, "units": 0, "refunded": 0}


@strawberry.type
class Recall(RowType):
    id: UUID
    lot_id: UUID
    lot: Lot = one(traces.lots_by_id, key="lot_id")
    reason: str
    state: RecallState
    started_by: str
    created_at: datetime
    finished_at: datetime | None

    @reads("id")
    async def figures(self, info: Info) -> RecallFigures:
        row = await info.context.load(recalls.figures_by_recall, frozenset(), self.id)
        return RecallFigures.of(row or NOTHING)


@strawberry.type
class RecallPage(NumberedPage[Recall]):
    pass


RecallResult = Annotated[Recall | Refused, strawberry.union("RecallResult")]
