"""What the console shows of the machinery: jobs that failed for good, the search index, and the traffic."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry

from schema.catalog import Product
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


@strawberry.type
class OperationFigures(RowType):
    """One operation over the last ten to twenty minutes. Times are in milliseconds, waiting included."""

    name: str
    count: int
    # How many of the runs were by a compiled plan.
    compiled: int
    p50_ms: float
    p95_ms: float


@strawberry.type
class LeftOperation(RowType):
    """An operation that was left for the interpreter, and why. Counts of a process's life may outgrow an Int."""

    operation: str
    reason: str
    count: float


@strawberry.type
class RefusedRequests(RowType):
    code: str
    count: float


@strawberry.type
class TrafficMoment(RowType):
    """The half minute that began at `at`."""

    at: datetime
    answered: int
    refused: int


@strawberry.type
class Figure(RowType):
    """A number one part of the house tells of itself, such as `sockets.connected`."""

    name: str
    value: float


@strawberry.type
class Traffic(RowType):
    """What all processes that serve requests have done since each of them started, added up."""

    processes: int
    # False where only the answering process could be asked.
    complete: bool
    # When the oldest of the processes started.
    since: datetime
    ran: float
    compiled: float
    # The hundred most frequent ones.
    operations: list[OperationFigures]
    left: list[LeftOperation]
    refused: list[RefusedRequests]
    # The last half hour, the oldest first.
    moments: list[TrafficMoment]
    figures: list[Figure]


def traffic_of(found: dict[str, Any]) -> Traffic:
    """The tree of types from the tree of rows that the desk tells."""
    lists: dict[str, type[RowType]] = {
        "operations": OperationFigures,
        "left": LeftOperation,
        "refused": RefusedRequests,
        "moments": TrafficMoment,
        "figures": Figure,
    }
    return Traffic.of(found | {name: [kind.of(row) for row in found[name]] for name, kind in lists.items()})


# ------------------------------------------------------------------------------------------------ the search desk
@strawberry.type(description="How often there was a search on a day, found nothing, and was followed to a result.")
class SearchDay:
    day: str = strawberry.field(description="2026-11-29, in China.")
    shown: int
    empty: int
    clicked: int

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> SearchDay:
        return cls(**{**row, "day": row["day"].isoformat()})


@strawberry.type(description="What was asked, in sums over the days.")
class SearchQuery:
    words: str
    shown: int
    empty: int
    clicked: int
    average_position: float | None = strawberry.field(
        description="Of the results that were opened, from 1; null when none was."
    )

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> SearchQuery:
        clicked = row["clicked"]
        average = round(float(row["positions"]) / clicked, 1) if clicked else None
        sums = {name: row[name] for name in ("words", "shown", "empty", "clicked")}
        return cls(**sums, average_position=average)


@strawberry.type(description="Words that mean the same, decided at the desk.")
class SynonymGroup:
    id: UUID
    words: list[str]


@strawberry.type(description="Products a query shows first and last, whatever their rank.")
class QueryPicks:
    query: str = strawberry.field(description="As it is typed without blanks and marks.")
    first: list[Product]
    last: list[Product]


@strawberry.type
class SearchDesk:
    days: list[SearchDay]
    top: list[SearchQuery]
    without_result: list[SearchQuery]
    synonyms: list[SynonymGroup]
    own_synonyms: list[list[str]] = strawberry.field(description="Those of the region, which are in the code.")
    picks: list[QueryPicks]


@strawberry.type(description="What a query shows now, and what it would show with other picks.")
class SearchPreview:
    before: list[Product]
    after: list[Product]
