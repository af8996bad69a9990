"""What facets count, in words. Kept in the process: names change seldom, and every search asks for hundreds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from uuid import UUID

from domain.base import Database
from domain.catalog import naming
from domain.catalog.finding import Facets

# A name that was changed may be told so long.
FRESH_SECONDS = 30.0
# All there are of a large mall; strangers cannot invent more, since what has no name is not kept.
MOST_KEPT = 50_000


class Names:
    """`now` gives seconds that only grow."""

    def __init__(self, database: Database, now: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._now = now
        self._kept: dict[str, tuple[str, float]] = {}

    async def labels(self, facets: Facets) -> Mapping[str, str]:
        """Of every value that is counted; one statement for all that are not known, or not lately."""
        ids, codes = (*facets.categories, *facets.brands, *facets.merchants), (*facets.origins, *facets.places)
        since = self._now() - FRESH_SECONDS
        old_ids, old_codes = self._older(ids, since), self._older(codes, since)
        if old_ids or old_codes:
            await self._read(old_ids, old_codes)
        kept = self._kept
        return {value: kept[value][0] for value in (*ids, *codes) if value in kept}

    def _older(self, values: Iterable[str], since: float) -> list[str]:
        unknown = ("", since - 1)
        return [value for value in values if self._kept.get(value, unknown)[1] < since]

    async def _read(self, ids: Sequence[str], codes: Sequence[str]) -> None:
        now = self._now()
        async with self._database.read() as session:
            found = await naming.labels(session, [UUID(id) for id in ids], codes)
        if len(self._kept) + len(found) > MOST_KEPT:
            self._kept.clear()
        for value in (*ids, *codes):
            self._kept.pop(value, None)
        self._kept |= {value: (name, now) for value, name in found.items()}
