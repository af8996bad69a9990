"""Whose room an operation takes, by what its root fields state."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLSchema, OperationType

from schema.audience import Room, audience_of

# Who shares a call with an export waits like one, and nobody comes before others by adding an order to what he reads.
ROOMS = (Room.EXPORT, Room.BROWSE, Room.CHECKOUT)


def room_of(schema: GraphQLSchema, kind: OperationType, roots: tuple[str, ...]) -> Room:
    """Whose room an operation takes: the last in line of what its root fields state."""
    root = schema.get_root_type(kind)
    found = {Room.BROWSE}
    if root is not None:
        stated = [_stated_room(root.fields[name]) for name in roots if name in root.fields]
        found = set(stated) or found
    return next(room for room in ROOMS if room in found)


def _stated_room(field: Any) -> Room:
    definition = field.extensions.get("strawberry-definition")
    stated = audience_of(definition) if definition is not None else None
    return stated.room if stated else Room.BROWSE
