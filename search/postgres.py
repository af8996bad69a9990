"""Finding products in PostgreSQL: where there is no engine, and while there is no answer from it."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from domain.base import Database
from domain.catalog import mixing, searching
from domain.catalog.finding import Early, Found, Mixed, MixedFound, Suggestion, SuggestionKind, Wanted
from domain.catalog.searching import TextQuery
from search import words
from search.suggesting import Vocabulary, merged
from search.tuning import Tuned

Synonyms: TypeAlias = "dict[str, tuple[str, ...]]"


class PostgresFinder:
    """No tolerance for typing errors other than homophones, and best selling first among what matches."""

    def __init__(self, database: Database, vocabulary: Vocabulary | None = None, tuned: Tuned | None = None) -> None:
        self._database = database
        self._tuned = tuned or Tuned(database)
        self._vocabulary = vocabulary or Vocabulary(database)

    async def find(self, wanted: Wanted, early: Early | None = None) -> Found:
        synonyms = await self._tuned.synonyms()
        text = _text_query(wanted.words, synonyms)
        async with self._database.read() as session:
            found = await searching.find(session, wanted, text)
            if not found.total and (looser := _looser_query(wanted.words, synonyms)):
                found = replace(await searching.find(session, wanted, looser), relaxed=True)
        return found

    async def mixed(self, mixed: Mixed) -> MixedFound:
        synonyms = await self._tuned.synonyms()
        text = _text_query(mixed.words, synonyms)
        if text is None:
            return MixedFound([], {}, full_featured=False)
        async with self._database.read() as session:
            found = await mixing.find(session, mixed, text, words.typed(mixed.words))
            if not found.total and (looser := _looser_query(mixed.words, synonyms)):
                found = replace(await mixing.find(session, mixed, looser, ""), relaxed=True)
        return found

    async def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        synonyms = await self._tuned.synonyms()
        text = _text_query(prefix, synonyms)
        if text is None:
            return []
        names = await self._vocabulary.complete(prefix, limit)
        async with self._database.read() as session:
            found = await searching.titles(session, text.any_form, limit)
        titles = [Suggestion(title, SuggestionKind.PRODUCT, str(id)) for id, title in found]
        return merged(names, titles, limit)


def _looser_query(text: str, synonyms: Synonyms) -> TextQuery | None:
    questions = words.looser(words.question(text))
    if not questions:
        return None
    exact = " | ".join(f"({words.exact_tsquery(each)})" for each in questions)
    return TextQuery(words.any_tsquery(questions, synonyms), exact)


def _text_query(text: str, synonyms: Synonyms) -> TextQuery | None:
    asked = words.question(text)
    return TextQuery(words.tsquery(asked, synonyms), words.exact_tsquery(asked)) if asked else None
