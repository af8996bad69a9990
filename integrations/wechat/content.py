"""The nouns of WeChat's content security: msg_sec_check (at once) and media_check_async (pushed later), version 2."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MOST_LETTERS = 2500
# WeChat's numbers for where words will stand.
SCENES: Mapping[str, int] = {"PROFILE": 1, "COMMENT": 2, "FORUM": 3}
SUGGESTIONS = frozenset({"pass", "review", "risky"})
MEDIA_EVENT = "wxa_media_check"


@dataclass(frozen=True)
class TextJudged:
    """`suggest` is pass, review or risky; `label` 100 is fine; the words WeChat's own list found."""

    suggest: str
    label: int
    keywords: tuple[str, ...] = ()

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "TextJudged":
        suggest, label = _result(raw)
        found = [str(each["keyword"]) for each in raw.get("detail") or () if each.get("keyword")]
        return cls(suggest, label, tuple(found))


@dataclass(frozen=True)
class MediaJudged:
    """A pushed verdict. WeChat that could not fetch the picture says nothing of it: `suggest` is then review."""

    trace_id: str
    suggest: str
    label: int

    @classmethod
    def of(cls, event: Mapping[str, Any]) -> "MediaJudged":
        """ValueError, KeyError or TypeError where the event is none of that kind."""
        trace_id = str(event["trace_id"])
        if not 1 <= len(trace_id) <= 64:
            raise ValueError("trace_id")
        if int(event.get("errcode") or 0) != 0:
            return cls(trace_id, "review", 21000)
        suggest, label = _result(event)
        return cls(trace_id, suggest, label)


def _result(raw: Mapping[str, Any]) -> tuple[str, int]:
    result = raw["result"]
    suggest, label = str(result["suggest"]), int(result["label"])
    if suggest not in SUGGESTIONS:
        raise ValueError(f"suggest {suggest}")
    return suggest, label
