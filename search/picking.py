"""What the desk put first or last for a query, around whatever finder answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from domain.catalog.finding import (
    PRODUCT,
    Arm,
    Early,
    Facets,
    Finder,
    Found,
    Hit,
    Mixed,
    MixedFound,
    Picks,
    Suggestion,
    Wanted,
)
from search.correcting import Lexicon
from search.naming import Names
from search.tuning import Tuned


class PickingFinder:
    """Picks count where relevance decides; filters hold for them as for everything else.

    Facets leave the picks of the query out, at most twenty products.
    """

    def __init__(self, inner: Finder, tuned: Tuned, lexicon: Lexicon, names: Names) -> None:
        self.inner = inner
        self._lexicon = lexicon
        self._names = names
        self._tuned = tuned

    async def find(self, wanted: Wanted, early: Early | None = None) -> Found:
        wanted = replace(wanted, ranking=await self._tuned.ranking(wanted.arm))
        picks = await self._tuned.picks(wanted.words)
        if not wanted.by_relevance or not (picks.first or picks.last):
            return await self.inner.find(wanted, early)
        return await self.picked(wanted, picks)

    async def picked(self, wanted: Wanted, picks: Picks) -> Found:
        """The answer as it is with these picks; also what the desk looks at before it decides."""
        wanted = replace(wanted, ranking=await self._tuned.ranking(wanted.arm))
        first = await self._only(replace(wanted, words=""), picks.first)
        last = await self._only(wanted, picks.last)
        start, missing = _after(len(first), wanted.offset, wanted.limit)
        rest = replace(wanted, without=(*picks.first, *picks.last), offset=start, limit=max(missing, 1))
        found = await self.inner.find(rest)
        ids = [*first[wanted.offset : wanted.offset + wanted.limit], *found.ids[:missing]]
        if len(ids) < wanted.limit:
            at = max(0, wanted.offset - len(first) - found.total)
            ids += last[at : at + wanted.limit - len(ids)]
        return replace(found, ids=ids, total=len(first) + found.total + len(last))

    async def _only(self, wanted: Wanted, ids: Sequence[UUID]) -> list[UUID]:
        """Those of `ids` that fit the question, in their order."""
        if not ids:
            return []
        found = await self.inner.find(replace(wanted, only=tuple(ids), offset=0, limit=len(ids), facets=False))
        return [id for id in ids if id in set(found.ids)] if not found.relaxed else []

    async def mixed(self, mixed: Mixed) -> MixedFound:
        mixed = replace(mixed, ranking=await self._tuned.ranking(Arm.A))
        picks = await self._tuned.picks(mixed.words)
        if PRODUCT not in mixed.kinds or not (picks.first or picks.last):
            return await self.inner.mixed(mixed)
        first = await self._only(Wanted(), picks.first)
        start, missing = _after(len(first), mixed.offset, mixed.limit)
        without = (*picks.first, *picks.last)
        found = await self.inner.mixed(replace(mixed, without=without, offset=start, limit=max(missing, 1)))
        pinned = [Hit(PRODUCT, str(id)) for id in first[mixed.offset : mixed.offset + mixed.limit]]
        counts = found.counts | {PRODUCT: found.counts.get(PRODUCT, 0) + len(first)}
        return replace(found, hits=[*pinned, *found.hits[:missing]], counts=counts)

    async def labels(self, facets: Facets) -> Mapping[str, str]:
        return await self._names.labels(facets)

    async def nearest(self, text: str, limit: int) -> list[str]:
        return await self._lexicon.nearest(text, limit)

    async def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        return await self.inner.suggest(prefix, limit)


def _after(pinned: int, offset: int, limit: int) -> tuple[int, int]:
    """Where the rest of a page begins behind `pinned` products, and how many of it are wanted."""
    return max(0, offset - pinned), limit - max(0, min(limit, pinned - offset))
