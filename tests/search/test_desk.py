"""The search desk: what was asked, words that mean the same, products a query shows first or last; and help."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from domain.base import Invalid, NotFound, Viewer, ViewerKind
from domain.catalog import asked, tuning
from domain.catalog.asked import Asked
from domain.catalog.finding import PRICE_BANDS, Finder, Found, Guide, Hit, Mixed, Picks, Wanted, band_of
from search.sync import Indexer
from search.wiring import make_finder
from server.settings import Settings
from tests.client import Client
from tests.search.goods import Goods

STAFF = Viewer(ViewerKind.SYSTEM, None)


async def save_picks(database: Any, query: str, *, first: tuple[Any, ...] = (), last: tuple[Any, ...] = ()) -> None:
    async with database.begin() as uow:
        await tuning.save_picks(uow, STAFF, query, Picks(first, last))


async def record(database: Any, words: str, total: int, position: int | None = None, times: int = 1) -> None:
    for _ in range(times):
        async with database.begin() as uow:
            await asked.record_asked(uow, asked.checked(Asked(words, total, position=position)))


async def by_engine(finder: Finder, query: str) -> Found:
    """The engine's own answer, however long a busy machine lets the database answer in its place."""
    for _ in range(300):
        found = await finder.find(Wanted(query))
        if found.full_featured:
            return found
        await asyncio.sleep(0.2)
    raise AssertionError("the engine did not answer within a minute")


# ------------------------------------------------------------------------------------------------ picks
async def test_picks_come_first_and_last_within_the_filters(finder: Finder, database: Any, goods: Goods) -> None:
    nuts, raw, slices = (goods.products[name] for name in ("大关核桃", "彝良小草坝乌天麻", "小草坝天麻片"))
    await save_picks(database, "天麻", first=(nuts, raw), last=(slices,))
    found = await finder.find(Wanted("天 麻"))
    assert goods.titles(found.ids) == ["大关核桃", "彝良小草坝乌天麻", "镇雄天麻", "小草坝天麻片"]
    assert found.total == 4
    one_by_one = [id for at in range(4) for id in (await finder.find(Wanted("天麻", offset=at, limit=1))).ids]
    assert one_by_one == found.ids
    within = await finder.find(Wanted("天麻", origin_code="530628"))
    assert goods.titles(within.ids) == ["彝良小草坝乌天麻", "小草坝天麻片"]
    mixed = await finder.mixed(Mixed("天麻", frozenset({"PRODUCT"})))
    assert mixed.hits[0] == Hit("PRODUCT", str(nuts))


async def test_picks_are_checked_and_replaced(database: Any, goods: Goods) -> None:
    nuts, raw = goods.products["大关核桃"], goods.products["彝良小草坝乌天麻"]
    for wrong in (Picks((nuts,), (nuts,)), Picks((nuts, nuts)), Picks((goods.merchants["昭阳果业"],))):
        with pytest.raises(Invalid):
            await save_picks(database, "天麻", first=wrong.first, last=wrong.last)
    with pytest.raises(Invalid):
        await save_picks(database, "", first=(nuts,))
    await save_picks(database, "天麻", first=(nuts, raw))
    await save_picks(database, "天麻", first=(raw,))
    async with database.read() as session:
        assert (await tuning.tuning(session)).picks == {"天麻": Picks((raw,))}
    await save_picks(database, "天麻")
    async with database.read() as session:
        assert (await tuning.tuning(session)).picks == {}


# ------------------------------------------------------------------------------------------------ synonyms
async def test_new_synonyms_are_known_after_a_new_index(
    indexer: Indexer, settings: Settings, database: Any, goods: Goods
) -> None:
    await indexer.catch_up()
    async with database.begin() as uow:
        id = await tuning.add_synonyms(uow, STAFF, ["赤箭", "天麻"])
    await indexer.catch_up()
    async with make_finder(settings, database) as found:
        assert (await by_engine(found, "赤箭")).total == 3
    async with database.begin() as uow:
        await tuning.remove_synonyms(uow, STAFF, id)
    await indexer.catch_up()
    async with make_finder(settings, database) as found:
        assert (await by_engine(found, "赤箭")).total == 0
    with pytest.raises(NotFound):
        async with database.begin() as uow:
            await tuning.remove_synonyms(uow, STAFF, id)


@pytest.mark.parametrize("words", [["天麻"], ["天麻", "天麻"], ["天麻", "a b"], ["", "天麻"], ["果" * 21, "天麻"]])
async def test_wrong_synonyms_are_refused(database: Any, words: list[str]) -> None:
    with pytest.raises(Invalid):
        async with database.begin() as uow:
            await tuning.add_synonyms(uow, STAFF, words)


# ------------------------------------------------------------------------------------------------ counts
async def test_what_is_asked_is_counted_of_nobody(database: Any) -> None:
    await record(database, " 天麻  礼盒 ", 3, times=6)
    await record(database, "天麻 礼盒", 3, position=2, times=2)
    await record(database, "火箭", 0, times=9)
    await record(database, "少见", 1, times=4)
    async with database.read() as session:
        assert [row["words"] for row in await asked.hot(session, 10)] == ["天麻 礼盒"]
        top = [dict(row) for row in await asked.queries(session, 7, 10, empty=False)]
        nothing = [row["words"] for row in await asked.queries(session, 7, 10, empty=True)]
    assert [row["words"] for row in top] == ["火箭", "天麻 礼盒", "少见"]
    assert (top[1]["shown"], top[1]["clicked"], int(top[1]["positions"])) == (6, 2, 4)
    assert nothing == ["火箭"]


@pytest.mark.parametrize("wrong", [Asked("", 1), Asked("果" * 61, 1), Asked("果", -1), Asked("果", 1, position=0)])
def test_events_out_of_bounds_are_refused(wrong: Asked) -> None:
    with pytest.raises(Invalid):
        asked.checked(wrong)


# ------------------------------------------------------------------------------------------------ facets and help
async def test_facets_of_shops_seasons_and_bands(finder: Finder, goods: Goods) -> None:
    shop = goods.merchants["昭阳果业"]
    facets = (await finder.find(Wanted(merchant_id=shop, price_to=3999, counted_month=9))).facets
    assert facets.merchants == {str(shop): 4}
    assert facets.price_bands == {"0": 1, "2000": 4, "5000": 1}
    assert (facets.in_stock, facets.in_season) == (4, 4)


def test_every_price_is_in_one_band() -> None:
    assert [band_of(band) for band in PRICE_BANDS] == list(PRICE_BANDS)
    assert (band_of(1), band_of(1999), band_of(10**9)) == (0, 0, 50_000)


async def test_what_may_have_been_meant(finder: Guide, goods: Goods) -> None:
    assert "苹果" in (await finder.nearest("pingguuo", 5))[:1]
    assert await finder.nearest("苹果", 5) == []
    assert await finder.nearest("zzzz", 5) == []


HELP = """query ($words: String!, $filter: ProductFilter) { searchHelp(query: $words, filter: $filter) {
  didYouMean nearest relaxed { filter total } } }"""


async def test_help_gives_up_one_filter_at_a_time(client: Client, goods: Goods) -> None:
    filter = {"originCode": "530624", "priceTo": 5000, "inStock": True}
    found = await client.ask(HELP, words="苹果", filter=filter)
    assert found["relaxed"] == [{"filter": "originCode", "total": 2}]
    assert found["didYouMean"] is None
    meant = await client.ask(HELP, words="pingguuo", filter=None)
    assert meant["didYouMean"] == "苹果"


async def test_an_event_is_counted_over_graphql(client: Client, database: Any) -> None:
    tell = "mutation ($e: SearchEvent!) { recordSearch(input: $e) { __typename ... on Refused { field } } }"
    for _ in range(5):
        assert await client.ask(tell, e={"query": "苹果", "found": 2}) == {"__typename": "Done"}
    refused = await client.ask(tell, e={"query": "苹果", "found": 2, "position": 0})
    assert refused == {"__typename": "Refused", "field": "position"}
    assert await client.ask("{ hotSearches { words } }") == [{"words": "苹果"}]
