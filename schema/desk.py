"""What the console shows of the machinery: jobs that failed for good, the search index, and the traffic."""

from __future__ import annotations

from datetime import datetime
from typing import Any
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
