"""Who carries a message to a member's phone: what the rules need of him."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias
from uuid import UUID

from models.base import Fen
from models.messages import MessageKind

#: A text, an amount or a moment; how each is written is the carrier's.
Word: TypeAlias = str | Fen | datetime


@dataclass(frozen=True)
class Words:
    """What a message says, by our names of its places, and the first moment that is too late for it."""

    said: Mapping[str, Word]
    until: datetime


class NotSent(Exception):
    """It was not sent; `errcode` is WeChat's."""

    def __init__(self, message: str, errcode: int) -> None:
        super().__init__(message)
        self.message, self.errcode = message, errcode


class NoneLeft(NotSent):
    """The member allows no more of this kind."""


class TryLater(NotSent):
    """Certainly not sent, for a reason that passes."""


class Unclear(NotSent):
    """No usable answer came: it may have been sent."""


class Messenger(Protocol):
    async def send(self, openid: str, kind: MessageKind, words: Words, subject_id: UUID | None) -> str:
        """Sends one that opens the page of its subject, and answers the carrier's number of it.

        NotSent, or one of its kinds, when it did not.
        """
        ...
