"""The doors of the house: which schema is served to whom, and how strictly."""

from __future__ import annotations

from compiled import Executor
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
        executor=Executor(schema, left=mall.counters.left),
        trusted=trusted_documents(),
        trusted_only=production,
        introspection=not production,
    )
    return Operations(door, counting=mall.counters)


def partners(mall: Mall) -> Operations:
    """For firms outside with a key: free texts within the limits, of a schema that they may ask about itself."""
    door = Door(
        name="partner",
        executor=Executor(partner_schema, left=mall.counters.left),
        introspection=True,
        admits=admits,
    )
    return Operations(door, counting=mall.counters)
