"""The doors of the house: which schema is served to whom, and how strictly."""

from __future__ import annotations

from compiled import Executor
from schema.base import Context
from server.attempts import Attempts
from server.budgets import Budgets
from server.documents import trusted_documents
from server.graphql import schema
from server.operations import Door, Operations
from server.partners import admits, partner_schema
from server.services import Mall


def first_party(mall: Mall) -> Operations:
    """For our own pages. In production only their documents, by id, and nothing about the schema itself."""
    production = mall.settings.env == "production"
    door = Door(
        name="first-party",
        executor=Executor(schema, left=mall.counters.left, within=Context.holding, hide_suggestions=production),
        trusted=trusted_documents(),
        trusted_only=production,
        introspection=not production,
    )
    return _operations(door, mall, always_told=False)


def partners(mall: Mall) -> Operations:
    """For firms outside with a key: free texts within the limits, of a schema that they may ask about itself."""
    door = Door(
        name="partner",
        executor=Executor(partner_schema, left=mall.counters.left),
        introspection=True,
        admits=admits,
    )
    return _operations(door, mall, always_told=True)


def _operations(door: Door, mall: Mall, *, always_told: bool) -> Operations:
    """Each door has budgets of its own schema; the rooms are those of the process, whichever door one comes by."""
    return Operations(
        door,
        budgets=Budgets(mall.rates, Attempts(door.executor.schema), mall.settings, always_told=always_told),
        admission=mall.admission,
        deadline=mall.deadlines.deadline,
        counting=mall.counters,
    )
