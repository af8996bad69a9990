"""News of groups."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import groups
from domain.base import RowDict, Viewer
from schema.audience import Audience
from schema.groups import Group
from subscriptions.base import Story, news


def _anybody(_viewer: Viewer, _row: RowDict) -> bool:
    """A group is open to whoever has its link."""
    return True


CHANGE = Story(
    type_=Group,
    read=groups.groups_by_id,
    needs=frozenset(),
    may_see=_anybody,
    missing="这个团不存在",
    key=lambda _message, arguments: arguments["id"],
    begins=True,
)


@strawberry.type
class Subscription:
    @news(CHANGE, Audience.ANYONE)
    def group_changed(_viewer: Viewer, id: UUID) -> str:
        """The group as it stands now, and again whenever somebody comes, pays or leaves, and when it ends."""
        return f"group:{id}"
