"""Finding products in PostgreSQL: where there is no engine, and while there is no answer from it."""

from __future__ import annotations

from dataclasses import replace

from domain.base import Database
from domain.catalog import mixing, searching
from domain.catalog.finding import Found, Mixed, MixedFound, Suggestion, SuggestionKind, Wanted
from domain.catalog.searching import TextQuery
from search import words
from search.settings import SYNONYMS
from search.suggesting import Vocabulary, merged


class PostgresFinder:
    """No tolerance for typing errors other than homophones, and best selling first among what matches."""

    def __init__(self, database: Database, vocabulary: Vocabulary | None = None) -> None:
        self._database = database
        self._vocabulary = vocabulary or Vocabulary(database)

    async def find(self, wanted: Wanted) -> Found:
        text = _text_query(wanted.words)
        async with self._database.read() as session:
            found = await searching.find(session, wanted, text)
            if not found.total and (looser := _looser_query(wanted.words)):
                found = replace(await searching.find(session, wanted, looser), relaxed=True)
        return found

    async def mixed(self, mixed: Mixed) -> MixedFound:
        text = _text_query(mixed.words)
        if text is None:
            return MixedFound([], {}, full_featured=False)
        async with self._database.read() as session:
            found = await mixing.find(session, mixed, text, words.typed(mixed.words))
            if not found.total and (looser := _looser_query(mixed.words)):
                found = replace(await mixing.find(session, mixed, looser, ""), relaxed=True)
        return found

    async def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        text = _text_query(prefix)
        if text is None:
            return []
        names = await self._vocabulary.complete(prefix, limit)
        async with self._database.read() as session:
            found = await searching.titles(session, text.any_form, limit)
        titles = [Suggestion(title, SuggestionKind.PRODUCT, str(id)) for id, title in found]
        return merged(names, titles, limit)


def _looser_query(text: str) -> TextQuery | None:
    questions = words.looser(words.question(text))
    if not questions:
        return None
    exact = " | ".join(f"({words.exact_tsquery(each)})" for each in questions)
    return TextQuery(words.any_tsquery(questions, SYNONYMS), exact)


def _text_query(text: str) -> TextQuery | None:
    asked = words.question(text)
    return TextQuery(words.tsquery(asked, SYNONYMS), words.exact_tsquery(asked)) if asked else None
