"""Searching for products and completing what is typed; anybody may."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, TypeAlias
from uuid import UUID

import strawberry

from domain.base import RowDict
from domain.catalog import asked, comparing, naming, placing, searching, traits
from domain.catalog.finding import Arm, Found, Hit, Mixed, MixedFound, Sort, Wanted, most_frequent
from resolvers.base import Audience, By, Keep, Rate, mutation, query
from schema.base import After, Done, DoneResult, Info, PageInfo, decode_cursor, encode_cursor
from schema.catalog import Product
from schema.relations import columns_for
from schema.search import (
    SHOWN,
    HotSearch,
    Position,
    ProductFacets,
    ProductFilter,
    ProductSearch,
    RelaxedFilter,
    RunningExperiment,
    SearchConnection,
    SearchCount,
    SearchEvent,
    SearchHelp,
    SearchKind,
    ShopDistance,
    Suggestion,
    facets_of,
)

# A suggestion for every letter, for everybody behind one address of a mobile network.
TYPING = Rate(By.ADDRESS, burst=600, seconds=0.02)

# A dozen searches each.
HELPING = Rate(By.ADDRESS, burst=120, seconds=0.5)
# A few for each search, for everybody behind one address.
TELLING = Rate(By.ADDRESS, burst=300, seconds=0.2)

# The engine hears of a change a few seconds after the tables do: a longer time would add to that.
FOUND = Keep(10, stale=5)


# The products of a page, and the attributes that may tell all that was found apart.
Page: TypeAlias = tuple[Sequence[RowDict], Sequence[RowDict]]


def _offset(after: str | None) -> int:
    """Rows before the page; pages of a ranking are counted, since a rank is no place to continue from."""
    parts = decode_cursor(after, 1)
    return searching.page_start(parts[0]) if parts else 0


def _page_info(wanted: Wanted | Mixed, found: Found | MixedFound) -> PageInfo:
    end = wanted.offset + wanted.limit
    more = end < found.total and end <= searching.LAST_OFFSET
    return PageInfo(has_next_page=more, end_cursor=encode_cursor(str(end)) if more else None)


def _wanted(info: Info, query: str, filter: ProductFilter | None, first: int, after: str | None) -> Wanted:
    """The question, with the counts that the selection asks for."""
    filters = (filter or ProductFilter()).wanted()
    facets = "facets" in columns_for(info, ProductSearch)
    wanted = Wanted(query, offset=_offset(after), limit=first, facets=facets, **filters)
    return replace(wanted, count_traits="attributes" in columns_for(info, ProductFacets, "facets"))


class Ahead:
    """The rows of a page, read while the engine still counts."""

    def __init__(self, info: Info, wanted: Wanted) -> None:
        self._info = info
        self._wanted = wanted
        self._ids: Sequence[UUID] | None = None
        self._task: asyncio.Task[Page] | None = None

    def begin(self, found: Found) -> None:
        self._ids, self._task = found.ids, asyncio.create_task(self._read(found))

    async def ended(self, found: Found) -> Page:
        """The rows of what was found at last, which is not always what was told before."""
        if self._task is not None and self._ids == found.ids:
            return await self._task
        await self.stopped()
        return await self._read(found)

    async def stopped(self) -> None:
        """Nothing reads any more: the session is the request's, and ends with it."""
        if self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _read(self, found: Found) -> Page:
        read, wanted = self._info.context.read, self._wanted
        rows = await read(searching.hits, found.ids, columns_for(self._info, Product, "nodes"))
        asked = wanted.facets and wanted.count_traits and found.total
        return rows, await read(naming.attributes, wanted, found) if asked else ()


async def _search(info: Info, question: Wanted) -> ProductSearch:
    """The engine names products; what they are is read from the tables."""
    wanted, finder = searching.checked(question), info.context.services.finder
    ahead = Ahead(info, wanted)
    try:
        found = await finder.find(wanted, ahead.begin)
        rows, attributes = await ahead.ended(found)
    finally:
        await ahead.stopped()
    shown = most_frequent(found.facets, wanted)
    labels = await finder.labels(shown) if wanted.facets else {}
    return ProductSearch(
        nodes=[Product.of(row) for row in rows],
        total=found.total,
        page_info=_page_info(wanted, found),
        facets=facets_of(shown, labels, traits.offered(attributes, found.facets)),
        full_featured=found.full_featured,
        relaxed=found.relaxed,
        distances=[ShopDistance(product_id=id, metres=placing.told(away)) for id, away in found.metres.items()],
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


# One filter at a time: the fields of `Wanted` that are given up together, by the name the client knows.
GIVEN_UP: Mapping[str, tuple[str, ...]] = {
    "categoryId": ("category_id",),
    "originCode": ("origin_code",),
    "brandId": ("brand_id",),
    "merchantId": ("merchant_id",),
    "shopIn": ("shop_in",),
    "priceFrom": ("price_from", "price_to"),
    "campaign": ("campaign",),
    "storage": ("storage",),
    "inStock": ("in_stock",),
    "inSeason": ("month",),
    "attributes": ("traits",),
}
# What each field is without a filter.
NOTHING = Wanted()


async def _total(info: Info, wanted: Wanted) -> int:
    found = await info.context.services.finder.find(replace(wanted, limit=1, facets=False))
    return 0 if found.relaxed else found.total


async def _relaxed(info: Info, wanted: Wanted) -> list[RelaxedFilter]:
    """What there would be without each of the filters; they are asked side by side."""
    given = {name: {field: getattr(NOTHING, field) for field in fields} for name, fields in GIVEN_UP.items()}
    chosen = {name: none for name, none in given.items() if any(getattr(wanted, f) != none[f] for f in none)}
    without = [replace(wanted, **none) for none in chosen.values()]
    totals = await asyncio.gather(*[_total(info, each) for each in without])
    return [RelaxedFilter(filter=name, total=total) for name, total in zip(chosen, totals, strict=True) if total]


async def _help(info: Info, wanted: Wanted) -> SearchHelp:
    near = await info.context.services.finder.nearest(wanted.words, 5) if wanted.words else []
    totals = await asyncio.gather(*[_total(info, Wanted(words)) for words in near])
    good = [words for words, total in zip(near, totals, strict=True) if total]
    # The first guess is the whole question; single words are no correction of it.
    meant = near[0] if near and good[:1] == near[:1] else None
    others = [words for words in good if words != meant]
    return SearchHelp(did_you_mean=meant, nearest=others, relaxed=await _relaxed(info, wanted))


@strawberry.type
class Query:
    @query(
        Audience.ANYONE,
        keep=FOUND,
        public=True,
        rates=(HELPING,),
        description="What to try when a search found nothing or little: other words, or one filter less.",
    )
    async def search_help(self, info: Info, query: str = "", filter: ProductFilter | None = None) -> SearchHelp:
        return await _help(info, searching.checked(Wanted(query, **(filter or ProductFilter()).wanted())))

    @query(
        Audience.ANYONE,
        keep=Keep(15),
        description="Two rankings that are being compared; each device works out for itself which of them it sees.",
    )
    async def search_experiment(self, info: Info) -> RunningExperiment | None:
        running = await info.context.read(comparing.running)
        return RunningExperiment(id=running.id, share=running.share) if running else None

    @query(Audience.ANYONE, keep=Keep(60), description="What many people asked for lately; most asked first.")
    async def hot_searches(self, info: Info, first: int = 10) -> list[HotSearch]:
        return [HotSearch(words=row["words"]) for row in await info.context.read(asked.hot, first)]

    @query(
        Audience.ANYONE,
        keep=FOUND,
        public=True,
        description="Products, shops, places, brands and stories by words, in one ranking, up to the 1,000th hit.",
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
        ranking: Annotated[Arm, strawberry.argument(description="B only as `searchExperiment` says.")] = Arm.A,
        first: Annotated[int, strawberry.argument(description="How many, 1 to 50.")] = 20,
        after: After = None,
    ) -> ProductSearch:
        return await _search(info, replace(_wanted(info, query, filter, first, after), sort=sort, arm=ranking))

    # Never kept: a position is in the question.
    @query(Audience.ANYONE, description="The same, the shops that are nearest first. The position is not kept.")
    async def search_nearby(
        self,
        info: Info,
        near: Position,
        query: str = "",
        filter: ProductFilter | None = None,
        first: Annotated[int, strawberry.argument(description="How many, 1 to 50.")] = 20,
        after: After = None,
    ) -> ProductSearch:
        return await _search(info, replace(_wanted(info, query, filter, first, after), near=near.point()))

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


@strawberry.type
class Mutation:
    @mutation(
        Audience.ANYONE,
        rates=(TELLING,),
        description="Counts a page of results, or a result that was opened. Only sums by day are kept, of nobody.",
    )
    async def record_search(self, info: Info, input: SearchEvent) -> DoneResult:
        event = input.asked()
        async with info.context.database.begin() as uow:
            await asked.record_asked(uow, event)
            if input.experiment is not None:
                await comparing.record(uow, input.experiment, event, again=input.again)
        return Done()
