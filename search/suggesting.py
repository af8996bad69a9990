"""Completing what somebody types: names of categories, origins, brands and shops, in characters, pinyin or initials."""

from __future__ import annotations

import asyncio
import time
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from domain.base import Database
from domain.catalog import searching
from domain.catalog.finding import Suggestion, SuggestionKind
from search import words
from search.settings import SYNONYMS
from search.words import Word

# Names change seldom; a new shop may take this long to be suggested.
FRESH_SECONDS = 30.0
# A word that names more of them says nothing.
MOST_CATEGORIES = 5


@dataclass(frozen=True)
class Form:
    """One way to type a name, and how good a match it is: 0 from its beginning, 1 from the middle."""

    typed: str
    from_middle: int
    weight: int
    suggestion: Suggestion


class Vocabulary:
    """A few thousand names kept in memory and read again from PostgreSQL now and then."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._forms: list[Form] = []
        # Categories by each word of their names, and by how it sounds.
        self._categories: dict[str, set[str]] = {}
        self._read_at = -FRESH_SECONDS
        self._reading = asyncio.Lock()

    async def complete(self, prefix: str, limit: int) -> list[Suggestion]:
        typed = words.typed(prefix)
        if not typed:
            return []
        await self._refresh()
        return _best(self._beginning_with(typed), limit)

    async def categories(self, asked: Sequence[Word]) -> list[str]:
        """Those that a word of the question names, also by another name or in pinyin."""
        await self._refresh()
        found: set[str] = set()
        for word in asked:
            for name in (word.text, *SYNONYMS.get(word.text, ()), "".join(word.syllables)):
                found |= self._categories.get(name, set())
        return sorted(found)[:MOST_CATEGORIES]

    def _beginning_with(self, typed: str) -> Iterator[Form]:
        at = bisect_left(self._forms, typed, key=lambda form: form.typed)
        while at < len(self._forms) and self._forms[at].typed.startswith(typed):
            yield self._forms[at]
            at += 1

    async def _refresh(self) -> None:
        async with self._reading:
            if time.monotonic() - self._read_at < FRESH_SECONDS:
                return
            async with self._database.read() as session:
                names = await searching.terms(session)
            self._forms = sorted(chain.from_iterable(_forms(*name) for name in names), key=lambda form: form.typed)
            self._categories = _categories(names)
            self._read_at = time.monotonic()


def merged(names: list[Suggestion], titles: list[Suggestion], limit: int) -> list[Suggestion]:
    """Names take up to half of the places, product titles the rest; no text twice."""
    half = max(1, limit // 2, limit - len(titles))
    found: dict[str, Suggestion] = {}
    for suggestion in (*names[:half], *titles):
        found.setdefault(suggestion.text, suggestion)
    return list(found.values())[:limit]


def _forms(kind: SuggestionKind, target: str, name: str, products: int) -> Iterator[Form]:
    suggestion = Suggestion(name, kind, target)
    text = words.typed(name)
    spoken = [words.syllables(run) if chinese else (run,) for run, chinese in words.runs(words.simplified(name))]
    said = list(chain.from_iterable(spoken))
    for at in range(len(text) - 1):
        yield Form(text[at:], min(at, 1), -products, suggestion)
    yield Form("".join(said), 0, -products, suggestion)
    yield Form("".join(syllable[0] for syllable in said), 0, -products, suggestion)


def _categories(names: Iterable[tuple[SuggestionKind, str, str, int]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for kind, target, name, _ in names:
        if kind is SuggestionKind.CATEGORY:
            for run, chinese in words.runs(words.simplified(name)):
                for word in (run, *words.groups(run)) if chinese else ():
                    for key in {word, words.typed_pinyin(word)} if len(word) > 1 else ():
                        found.setdefault(key, set()).add(target)
    return found


def _best(forms: Iterable[Form], limit: int) -> list[Suggestion]:
    order = sorted(forms, key=lambda form: (form.from_middle, form.weight, form.typed, form.suggestion.target))
    return list(dict.fromkeys(form.suggestion for form in order))[:limit]
