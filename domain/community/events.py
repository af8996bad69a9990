"""What the rest of the mall hears of stories."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.base import Event


@dataclass(frozen=True)
class PostChanged(Event):
    """What is shown of a story has changed, or whether it is: searches and kept answers follow."""

    post_id: UUID
