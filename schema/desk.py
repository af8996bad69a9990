"""What the console shows of the machinery: jobs that failed for good, and the search index."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import strawberry

from schema.relations import RowType


@strawberry.type
class DeadJob(RowType):
    """A job that failed too often and waits for a person."""

    # The queue's number in the shape of all our ids.
    id: UUID
    name: str
    payload: str
    error: str
    attempts: int
    failed_at: datetime


@strawberry.type
class SearchStatus(RowType):
    engine: str
    healthy: bool
    documents: int
    products_on_sale: int
    lag_seconds: float
    pending_events: int
    rebuilding: bool
