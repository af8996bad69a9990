"""Who judges what strangers write: what the rules need of him."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from models.moderation import Verdict


class Scene(StrEnum):
    """Where words will stand; a judge is stricter with some than with others."""

    PROFILE = "PROFILE"
    COMMENT = "COMMENT"
    FORUM = "FORUM"


@dataclass(frozen=True)
class Judged:
    """A verdict, with the judge's number for what is wrong and the words he points at."""

    verdict: Verdict
    label: int
    keywords: tuple[str, ...] = ()


class CannotJudge(Exception):
    """The judge will not judge this author's words, however often he is asked: a person must."""


class Judge(Protocol):
    """Judges texts at once and pictures later. Raises Unavailable when it gives no answer."""

    async def judge_text(self, text: str, *, openid: str, scene: Scene) -> Judged: ...

    async def ask_about_picture(self, path: str, *, openid: str, scene: Scene) -> str:
        """Asks about a picture at `path` of this host; the name under which the answer will come."""
        ...
