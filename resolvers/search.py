"""Searching for products and completing what is typed; anybody may."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import strawberry

from domain.catalog import searching
from domain.catalog.finding import Found, Hit, Mixed, MixedFound, Sort, Wanted
from resolvers.base import Audience, By, Keep, Rate, query
from schema.base import After, Info, PageInfo, decode_cursor, encode_cursor
from schema.catalog import Product
from schema.relations import columns_for
from schema.search import (
    SHOWN,
    ProductFacets,
    ProductFilter,
    ProductSearch,
    SearchConnection,
    SearchCount,
    SearchKind,
    Suggestion,
)

# A suggestion for every letter, for everybody behind one address of a mobile network.
TYPING = Rate(By.ADDRESS, burst=600, seconds=0.02)

# The engine hears of a change a few seconds after the tables do: a longer time would add to that.
FOUND = Keep(10, stale=5)


def _offset(after: str | None) -> int:
    """Rows before the page; pages of a ranking are counted, since a rank is no place to continue from."""
    parts = decode_cursor(after, 1)
    return searching.page_start(parts[0]) if parts else 0


def _page_info(wanted: Wanted | Mixed, found: Found | MixedFound) -> PageInfo:
    end = wanted.offset + wanted.limit
    more = end < found.total and end <= searching.LAST_OFFSET
    return PageInfo(has_next_page=more, end_cursor=encode_cursor(str(end)) if more else None)


async def _search(info: Info, wanted: Wanted) -> ProductSearch:
    """The engine names products; what they are is read from the tables."""
    found = await info.context.services.finder.find(wanted)
    rows = await info.context.read(searching.hits, found.ids, columns_for(info, Product, "nodes"))
    labels = await info.context.read(searching.labels, found.facets) if wanted.facets else {}
    return ProductSearch(
        nodes=[Product.of(row) for row in rows],
        total=found.total,
        page_info=_page_info(wanted, found),
        facets=ProductFacets.of(found.facets, labels),
        full_featured=found.full_featured,
        relaxed=found.relaxed,
    )


async def _rows(info: Info, hits: Sequence[Hit]) -> dict[Hit, Any]:
    """What the tables say of each hit, by one statement for each kind there is; nothing of what is gone."""
    found: dict[Hit, Any] = {}
    for kind in sorted({hit.kind for hit in hits}):
        shown = SHOWN[SearchKind(kind)]
        columns = columns_for(info, shown.type_, "nodes")
        keys = {shown.key(hit.target): hit for hit in hits if hit.kind == kind}
        rows = await info.context.read(shown.reader, list(keys), columns)
        found |= {keys[key]: shown.type_.of(row) for key, row in rows.items()}
    return found


@strawberry.type
class Query:
    @query(
        Audience.ANYONE,
        keep=FOUND,
        public=True,
        description="Products, shops, places and brands by words, in one ranking; pages reach to the 1,000th hit.",
    )
    async def search(
        self,
        info: Info,
        query: str,
        kinds: Annotated[
            list[SearchKind] | None, strawberry.argument(description="All kinds when left out or empty.")
        ] = None,
        first: Annotated[int, strawberry.argument(description="How many, 1 to 50.")] = 20,
        after: After = None,
    ) -> SearchConnection:
        wanted = frozenset(kind.value for kind in kinds or SearchKind)
        mixed = searching.checked_mixed(Mixed(query, wanted, _offset(after), first))
        found = await info.context.services.finder.mixed(mixed)
        rows = await _rows(info, found.hits)
        return SearchConnection(
            found=[rows[hit] for hit in found.hits if hit in rows],
            total=found.total,
            page_info=_page_info(mixed, found),
            counts=[SearchCount(kind=SearchKind(kind), count=found.counts.get(kind, 0)) for kind in sorted(wanted)],
            full_featured=found.full_featured,
            relaxed=found.relaxed,
        )

    @query(
        Audience.ANYONE,
        keep=FOUND,
        public=True,
        description="Products on sale by words, filters or both; pages reach to the 1,000th hit.",
    )
    async def search_products(
        self,
        info: Info,
        query: str = "",
        filter: ProductFilter | None = None,
        sort: Sort = Sort.RELEVANCE,
        first: Annotated[int, strawberry.argument(description="How many, 1 to 50.")] = 20,
        after: After = None,
    ) -> ProductSearch:
        filters = (filter or ProductFilter()).wanted()
        asked = columns_for(info, ProductSearch)
        wanted = Wanted(query, sort=sort, offset=_offset(after), limit=first, facets="facets" in asked, **filters)
        return await _search(info, searching.checked(wanted))

    @query(
        Audience.ANYONE,
        keep=FOUND,
        public=True,
        rates=(TYPING,),
        description="What typed text may become: at least one character, at most 20 suggestions.",
    )
    async def search_suggestions(self, info: Info, prefix: str, first: int = 10) -> list[Suggestion]:
        typed = searching.checked_prefix(prefix, first)
        return [Suggestion.of(found) for found in await info.context.services.finder.suggest(typed, first)]
