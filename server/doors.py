"""The doors of the house: which schema is served to whom, and how strictly."""

from __future__ import annotations

from compiled import Executor
from domain.base import Viewer, ViewerKind
from domain.members.permissions import Permission
from schema.base import Context
from server.attempts import Attempts
from server.budgets import Budgets
from server.documents import trusted_documents
from server.graphql import schema
from server.operations import Door, Operations
from server.partners import admits, partner_schema
from server.refusing import RequestRefused
from server.services import Mall


def first_party(mall: Mall) -> Operations:
    """For our own pages. In production only their documents, by id, and nothing about the schema itself."""
    production = mall.settings.env == "production"
    door = Door(
        name="first-party",
        executor=Executor(schema, left=mall.counters.left, within=Context.holding, hide_suggestions=production),
        trusted=trusted_documents(),
        trusted_only=mall.settings.trusted_only,
        introspection=not production,
    )
    return _operations(door, mall, always_told=False)


def partners(mall: Mall) -> Operations:
    """For firms outside with a key: free texts within the limits, of a schema that they may ask about itself."""
    door = Door(
        name="partner",
        executor=Executor(partner_schema, left=mall.counters.left, within=Context.holding),
        introspection=True,
        admits=admits,
    )
    return _operations(door, mall, always_told=True)


def explorer(mall: Mall) -> Operations:
    """For the platform's staff with the permission: free texts of our own schema, which may be asked about itself.

    A door of its own, so that ours needs no exception: it stays as strict for everybody, and where MALL_EXPLORER is off
    this one is not there at all. What an operation may do is decided by its fields, as everywhere.
    """
    executor = Executor(schema, left=mall.counters.left, within=Context.holding)
    door = Door(name="explorer", executor=executor, introspection=True, admits=explores)
    return _operations(door, mall, always_told=True)


def explores(viewer: Viewer) -> None:
    """Refuses whoever may not write operations freely."""
    if viewer.kind is ViewerKind.ANONYMOUS:
        raise RequestRefused(401, "UNAUTHENTICATED", "请先登录")
    if viewer.kind is not ViewerKind.PLATFORM or Permission.PLATFORM_EXPLORER not in viewer.permissions:
        raise RequestRefused(403, "FORBIDDEN", "没有权限使用接口调试")


def _operations(door: Door, mall: Mall, *, always_told: bool) -> Operations:
    """Each door has budgets of its own schema; the rooms are those of the process, whichever door one comes by."""
    return Operations(
        door,
        budgets=Budgets(mall.rates, Attempts(door.executor.schema), mall.settings, always_told=always_told),
        admission=mall.admission,
        deadline=mall.deadlines.deadline,
        counting=mall.counters,
    )
