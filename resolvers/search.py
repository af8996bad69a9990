"""Searching for products and completing what is typed; anybody may."""

from __future__ import annotations

from typing import Annotated

import strawberry

from domain.catalog import searching
from domain.catalog.finding import Found, Sort, Wanted
from resolvers.base import Audience, By, Keep, Rate, query
from schema.base import After, Info, PageInfo, decode_cursor, encode_cursor
from schema.catalog import Product
from schema.relations import columns_for
from schema.search import ProductFacets, ProductFilter, ProductSearch, Suggestion

# A suggestion for every letter, for everybody behind one address of a mobile network.
TYPING = Rate(By.ADDRESS, burst=600, seconds=0.02)

# The engine hears of a change a few seconds after the tables do: a longer time would add to that.
FOUND = Keep(10, stale=5)


def _offset(after: str | None) -> int:
    """Rows before the page; pages of a ranking are counted, since a rank is no place to continue from."""
    parts = decode_cursor(after, 1)
    return searching.page_start(parts[0]) if parts else 0


def _page_info(wanted: Wanted, found: Found) -> PageInfo:
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
    )


@strawberry.type
class Query:
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
