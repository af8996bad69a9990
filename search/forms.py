"""A question in the forms it is asked in: as it is, as single characters, as pinyin, as initials; each with a weight.

What several forms find counts once, by its best. A ranking says how much each form weighs, and is data.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from domain.catalog.finding import Ranking
from search import words
from search.words import Word

PLAIN = Ranking()


def forms(asked: Sequence[Word], ranking: Ranking = PLAIN) -> list[dict[str, Any]]:
    """All words of the question in every form that may find something."""
    text = " ".join(word.text for word in asked)
    found = [_form(text, ["words", "about"], ranking.text)]
    if any(word.chinese for word in asked):
        found.append(_form(" ".join(map(_as_characters, asked)), ["characters"], ranking.characters))
    if any(len(word.syllables) > 1 or word.unfinished for word in asked):
        found.append(_form(" ".join(map(_as_pinyin, asked)), ["syllables", "characters"], ranking.pinyin))
    if any(not word.chinese for word in asked):
        found.append(_form(text, ["words", "about", "pinyin", "initials"], ranking.letters))
    if len(asked) == 1 and asked[0].initials:
        found.append(_form(" ".join(asked[0].initials), ["initials"], ranking.initials))
    return found


def looser_forms(asked: Sequence[Word], ranking: Ranking = PLAIN) -> list[dict[str, Any]]:
    """Less than the question, where nothing has all of it; nothing when there is no less."""
    return [form for part in words.looser(asked) for form in forms(part, ranking)]


def preferring(listed: Iterable[dict[str, Any]], filter: str, weight: float) -> list[dict[str, Any]]:
    """The same forms among what fits `filter`, weighed more: what they find comes before what else is found."""
    found = []
    for form in listed:
        if form["attributesToSearchOn"] != ["characters"]:
            weighed = {"weight": form["federationOptions"]["weight"] * weight}
            found.append(form | {"filter": filter, "federationOptions": weighed})
    return found


def _form(q: str, attributes: list[str], weight: float) -> dict[str, Any]:
    return {
        "q": q,
        "attributesToSearchOn": attributes,
        "matchingStrategy": "all",
        "locales": ["cmn"],
        "federationOptions": {"weight": weight},
    }


def _as_characters(word: Word) -> str:
    return f'"{" ".join(word.text)}"' if word.chinese else word.text


def _as_pinyin(word: Word) -> str:
    if not word.syllables or (len(word.syllables) == 1 and word.chinese):
        return word.text
    spoken = " ".join(f'"{" ".join(phrase)}"' for phrase in word.phrases)
    return f"{spoken} {word.unfinished}".strip()
