"""What the rest of the mall hears of groups."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.base import Event
from models.groups import GroupState


@dataclass(frozen=True)
class GroupChanged(Event):
    """A group was opened, or somebody came, paid or left; or it ended."""

    group_id: UUID
    activity_id: UUID
    state: GroupState


@dataclass(frozen=True)
class ActivityChanged(Event):
    """An offer to groups was published or stopped: the product's page says something else."""

    activity_id: UUID
    product_id: UUID
