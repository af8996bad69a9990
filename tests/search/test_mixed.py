"""Shops, places and brands are found with products, in one ranking, whoever answers."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from domain.base import Invalid
from domain.catalog import pages, searching
from domain.catalog.finding import Finder, Hit, Mixed
from models.merchants import Merchant, MerchantState
from models.search import SearchPage
from search.engine import Engine
from search.kinds import KINDS
from search.sync import Indexer
from search.wiring import make_finder, make_indexer, page_index_name
from server.settings import Settings
from tests.client import Client
from tests.search.goods import Goods

ALL = frozenset({"PRODUCT", *(kind.name for kind in KINDS)})


async def asked(finder: Finder, words: str, kinds: frozenset[str] = ALL, **paging: int) -> Any:
    return await finder.mixed(Mixed(words, kinds, **paging))


@pytest.mark.parametrize("words", ["镇雄", "鎮雄", "镇雄县", "zhenxiong", "ZhenXiong"])
async def test_who_names_a_place_gets_its_page_first(finder: Finder, words: str) -> None:
    found = await asked(finder, words)
    assert found.hits[0] == Hit("ORIGIN", "530627")
    assert found.counts["PRODUCT"] == 1
    assert found.total == sum(found.counts.values())


async def test_shops_and_brands_are_found_by_their_names(finder: Finder, goods: Goods) -> None:
    shop = Hit("MERCHANT", str(goods.merchants["小草坝天麻合作社"]))
    assert (await asked(finder, "小草坝天麻合作社")).hits[0] == shop
    assert shop in (await asked(finder, "tianma hezuoshe")).hits
    assert (await asked(finder, "乌蒙山宝")).hits[0] == Hit("BRAND", str(goods.brands["乌蒙山宝"]))


async def test_what_is_sold_comes_before_the_shops_that_sell_it(finder: Finder, goods: Goods) -> None:
    found = await asked(finder, "天麻")
    kinds = [hit.kind for hit in found.hits]
    assert kinds.index("PRODUCT") == 0
    assert found.counts == {"PRODUCT": 3, "MERCHANT": 1}


async def test_only_the_kinds_asked_for(finder: Finder) -> None:
    found = await asked(finder, "小草坝", frozenset({"ORIGIN", "MERCHANT"}))
    assert {hit.kind for hit in found.hits} == {"ORIGIN", "MERCHANT"}
    assert found.hits[0] == Hit("ORIGIN", "530628109")
    assert {hit.kind for hit in (await asked(finder, "小草坝", frozenset({"PRODUCT"}))).hits} == {"PRODUCT"}


async def test_pages_follow_each_other(finder: Finder) -> None:
    whole = await asked(finder, "小草坝")
    parts = [hit for at in range(whole.total) for hit in (await asked(finder, "小草坝", offset=at, limit=1)).hits]
    assert parts == whole.hits


@pytest.mark.parametrize("words", ["zzzz", "qwerty", "火箭发动机", "!!!", "\u3000"])
async def test_nonsense_finds_nothing(finder: Finder, words: str) -> None:
    found = await asked(finder, words)
    assert (found.hits, found.total) == ([], 0)


async def test_bounds() -> None:
    for wrong in (Mixed("果" * 61, ALL), Mixed("果", ALL, limit=51), Mixed("果", ALL, offset=1001)):
        with pytest.raises(Invalid):
            searching.checked_mixed(wrong)


# ------------------------------------------------------------------------------------------------ convergence
async def test_a_closed_shop_leaves_with_its_page(
    indexer: Indexer, settings: Settings, database: Any, goods: Goods, engine: Engine
) -> None:
    await indexer.catch_up()
    shop = goods.merchants["小草坝天麻合作社"]
    async with database.begin() as uow:
        step = update(Merchant).where(Merchant.id == shop)
        await uow.session.execute(step.values(state=MerchantState.SUSPENDED))
    await indexer.apply_named(merchant_id=shop)
    await indexer.catch_up()
    async with make_finder(settings, database) as finder:
        found = await asked(finder, "小草坝天麻合作社", frozenset({"MERCHANT"}))
    assert (found.hits, found.full_featured) == ([], True)
    assert await engine.documents(page_index_name(settings)) == await page_count(database)


async def page_count(database: Any) -> int:
    async with database.read() as session:
        found, waiting = await pages.counts(session)
    assert waiting == 0
    return found


async def test_a_lost_index_of_pages_is_built_anew(
    indexer: Indexer, settings: Settings, database: Any, goods: Goods, engine: Engine
) -> None:
    await indexer.catch_up()
    await engine.drop(page_index_name(settings))
    await indexer.catch_up()
    assert await engine.documents(page_index_name(settings)) == await page_count(database) > 5
    # An older process wrote it, with settings of its own.
    async with database.begin() as uow:
        await uow.session.execute(update(SearchPage).values(digest="", title="别的"))
    indexer.pages.look_again()
    await indexer.catch_up()
    async with database.read() as session:
        assert set((await pages.digests(session, "BRAND", None)).values()) != {""}


async def test_one_bad_page_does_not_keep_the_others_out(
    indexer: Indexer, database: Any, goods: Goods, engine: Engine, settings: Settings
) -> None:
    await indexer.catch_up()
    bad = SearchPage.__table__.c
    async with database.begin() as uow:
        spoilt = update(SearchPage).values(mark=bad.mark + 1)
        await uow.session.execute(spoilt)
        broken = {"id": "BRAND-x", "_vectors": "none"}
        await uow.session.execute(update(SearchPage).where(bad.kind == "BRAND").values(document=broken))
    await indexer.catch_up()
    async with database.read() as session:
        _, waiting = await pages.counts(session)
    assert waiting == len(goods.brands)


async def test_without_an_engine_pages_that_are_gone_are_forgotten(
    plain_settings: Settings, database: Any, goods: Goods
) -> None:
    async with make_indexer(plain_settings, database) as indexer, make_finder(plain_settings, database) as finder:
        await indexer.catch_up()
        shop = goods.merchants["昭阳果业"]
        async with database.begin() as uow:
            step = update(Merchant).where(Merchant.id == shop)
            await uow.session.execute(step.values(state=MerchantState.SUSPENDED))
        await indexer.apply_named(merchant_id=shop)
        assert (await asked(finder, "昭阳果业", frozenset({"MERCHANT"}))).total == 0


# ------------------------------------------------------------------------------------------------ over GraphQL
SEARCH = """query ($words: String!, $kinds: [SearchKind!]) { search(query: $words, kinds: $kinds, first: 10) {
  total fullFeatured counts { kind count } pageInfo { hasNextPage }
  nodes { __typename ... on Product { title minPrice } ... on Merchant { name } ... on Region { code name }
    ... on Brand { name productCount } } } }"""


async def test_typed_results(indexer: Indexer, client: Client, goods: Goods) -> None:
    await indexer.catch_up()
    found = await client.ask(SEARCH, words="小草坝")
    assert found["nodes"][0] == {"__typename": "Region", "code": "530628109", "name": "小草坝镇"}
    assert {node["__typename"] for node in found["nodes"]} == {"Region", "Product", "Merchant"}
    assert found["counts"] == [
        {"kind": "BRAND", "count": 0},
        {"kind": "MERCHANT", "count": 1},
        {"kind": "ORIGIN", "count": 1},
        {"kind": "POST", "count": 0},
        {"kind": "PRODUCT", "count": 3},  # one by the name of its shop
    ]
    brand = await client.ask(SEARCH, words="昭通红", kinds=["BRAND"])
    assert brand["nodes"] == [{"__typename": "Brand", "name": "昭通红", "productCount": 1}]
