"""What somebody may have meant: words of the mall that look or sound nearly like what was typed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TypeAlias

from domain.base import Database
from domain.catalog import searching
from search import words
from search.words import Word

# Titles change slowly, and a correction that is a few minutes old is still one.
FRESH_SECONDS = 300.0
TITLES = 3000
ALIKE = 0.72

# Words by how they sound, each with how much sells by that name.
Sounds: TypeAlias = "dict[str, dict[str, int]]"


class Lexicon:
    """Names of categories, places, brands and shops, and the words in titles of what sells best."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sounds: Sounds = {}
        self._read_at = -FRESH_SECONDS
        self._reading = asyncio.Lock()

    async def nearest(self, text: str, limit: int) -> list[str]:
        """The whole question with its unknown words corrected, then single words near them; nothing when all are known.

        Nearest first. That is looked for in a thread: it takes milliseconds for each word.
        """
        await self._refresh()
        return await asyncio.to_thread(_nearest, words.question(text), self._sounds, limit)

    async def _refresh(self) -> None:
        async with self._reading:
            if time.monotonic() - self._read_at < FRESH_SECONDS:
                return
            async with self._database.read() as session:
                names = [(name, count) for _, _, name, count in await searching.terms(session)]
                titles = await searching.best_titles(session, TITLES)
            self._sounds = await asyncio.to_thread(_sounds, names, titles)
            self._read_at = time.monotonic()


def _sounds(names: Iterable[tuple[str, int]], titles: Iterable[str]) -> Sounds:
    found: Sounds = {}
    for text, weight in (*names, *((title, 1) for title in titles)):
        for run, chinese in words.runs(words.simplified(text)):
            for word in {run, *words.groups(run)} if chinese else ():
                if 1 < len(word) <= 8:
                    known = found.setdefault(words.typed_pinyin(word), {})
                    known[word] = known.get(word, 0) + weight
    return found


def _nearest(asked: Sequence[Word], sounds: Sounds, limit: int) -> list[str]:
    near = [_near(word, sounds) for word in asked]
    if not any(near):
        return []
    whole = "".join(found[0] if found else word.text for word, found in zip(asked, near, strict=True))
    single = [text for found in near for text in found]
    return list(dict.fromkeys([whole, *single]))[:limit]


def _near(word: Word, sounds: Sounds) -> list[str]:
    """Words like this one; none when it is known as it is."""
    spoken = "".join(word.syllables) + word.unfinished if word.syllables else word.text
    if len(spoken) < 3 or word.text in sounds.get(spoken, {}):
        return []
    alike = get_close_matches(spoken, sounds, n=4, cutoff=ALIKE)
    return [max(sounds[sound], key=lambda text: sounds[sound][text]) for sound in alike]
