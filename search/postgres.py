"""Finding products in PostgreSQL: where there is no engine, and while there is no answer from it."""

from __future__ import annotations

from domain.base import Database
from domain.catalog import searching
from domain.catalog.finding import Found, Suggestion, SuggestionKind, Wanted
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
        async with self._database.read() as session:
            return await searching.find(session, wanted, _text_query(wanted.words))

    async def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        text = _text_query(prefix)
        if text is None:
            return []
        names = await self._vocabulary.complete(prefix, limit)
        async with self._database.read() as session:
            found = await searching.titles(session, text.any_form, limit)
        titles = [Suggestion(title, SuggestionKind.PRODUCT, str(id)) for id, title in found]
        return merged(names, titles, limit)


def _text_query(text: str) -> TextQuery | None:
    asked = words.question(text)
    return TextQuery(words.tsquery(asked, SYNONYMS), words.exact_tsquery(asked)) if asked else None
