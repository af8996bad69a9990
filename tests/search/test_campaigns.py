"""Filters, orders and facets know what goods cost while something runs, whichever engine answers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, select, update

from domain.base import clock
from domain.catalog import campaigns, indexing
from domain.catalog.finding import Finder, Sort, Wanted
from models.base import new_id
from models.catalog import Product, Sku
from models.flash import FlashOffer, FlashSession, FlashState
from models.groups import ActivityState, GroupActivity
from models.pricing import CampaignMark, RunningCampaign
from search.sync import Indexer
from search.wiring import make_indexer
from server.settings import Settings
from tests.client import Client
from tests.search.goods import Goods

LASTS = timedelta(hours=2)
NUTS, MUSHROOM = "大关核桃", "小草坝天麻片"
SEARCH = """query($words: String! = "", $filter: ProductFilter, $sort: ProductSort! = RELEVANCE) {
  searchProducts(query: $words, filter: $filter, sort: $sort) {
    fullFeatured
    nodes { title minPrice campaign { kinds kind price pricePer500g struckPrice varies endsAt } }
    facets { campaigns { value label count } priceMin priceBands { priceFrom count } }
  }
}"""


@pytest.fixture(autouse=True)
async def _clock_reset() -> AsyncIterator[None]:
    yield
    clock.reset()


async def flash(database: Any, goods: Goods, title: str, price: int) -> None:
    """A session that runs from now on, with a SKU of the product in it."""
    now, session_id = clock.now(), new_id()
    async with database.begin() as uow:
        sku = (await uow.session.execute(select(Sku).where(Sku.product_id == goods.products[title]))).scalar_one()
        about = {"name": "晚间场", "starts_at": now, "ends_at": now + LASTS, "created_at": now}
        await uow.session.execute(insert(FlashSession).values(id=session_id, **about))
        offer = {"session_id": session_id, "price": price, "list_price": sku.price, "total": 5, "per_member": 1}
        await _offered(uow, FlashOffer, sku, offer, FlashState.PUBLISHED)


async def group(database: Any, goods: Goods, title: str, price: int) -> None:
    now = clock.now()
    async with database.begin() as uow:
        sku = (await uow.session.execute(select(Sku).where(Sku.product_id == goods.products[title]))).scalar_one()
        about = {"name": "三人团", "price": price, "list_price": sku.price, "size": 3, "ttl_minutes": 60, "stock": 5}
        about |= {"per_member": 1, "starts_at": now, "ends_at": now + LASTS}
        await _offered(uow, GroupActivity, sku, about, ActivityState.RUNNING)


async def _offered(uow: Any, model: Any, sku: Any, about: dict[str, Any], state: Any) -> None:
    merchant = select(Product.merchant_id).where(Product.id == sku.product_id).scalar_subquery()
    whose = {"id": new_id(), "merchant_id": merchant, "product_id": sku.product_id, "sku_id": sku.id}
    await uow.session.execute(insert(model).values(**whose, **about, state=state, created_at=clock.now()))


async def round_of_the_worker(database: Any, *indexers: Indexer) -> None:
    """What began or ended is noticed, told by the relay, and known to the searches."""
    async with database.begin() as uow:
        await campaigns.refresh(uow)
        changed = {UUID(str(event.product_id)) for event in uow.events}
    for indexer in indexers:
        await indexer.apply(changed)
        await indexer.catch_up()


@pytest.fixture
async def both(settings: Settings, plain_settings: Settings, database: Any) -> AsyncIterator[list[Indexer]]:
    async with make_indexer(settings, database) as engine, make_indexer(plain_settings, database) as plain:
        yield [engine, plain]


async def titles(finder: Finder, goods: Goods, **wanted: Any) -> list[str]:
    return goods.titles((await finder.find(Wanted(**wanted))).ids)


# ------------------------------------------------------------------------------------------------ either engine
async def test_the_price_of_now_filters_sorts_and_is_counted(
    finder: Finder, database: Any, goods: Goods, both: list[Indexer]
) -> None:
    assert (await titles(finder, goods, sort=Sort.PRICE_ASC))[0] == "高山洋芋"
    await flash(database, goods, MUSHROOM, 990)
    await group(database, goods, NUTS, 100)
    await round_of_the_worker(database, *both)
    assert (await titles(finder, goods, sort=Sort.PRICE_ASC))[0] == MUSHROOM
    assert (await titles(finder, goods, sort=Sort.PRICE_DESC))[-1] == MUSHROOM
    assert await titles(finder, goods, price_to=1000) == [MUSHROOM], "the group's price is nobody's alone"
    found = await finder.find(Wanted(words="天麻", price_to=1000))
    assert (found.facets.price_min, found.facets.price_max) == (990, 29800)
    assert found.facets.price_bands == {"0": 1, "5000": 1, "20000": 1}
    # Pieces set apart are there, whatever is on the shelf.
    assert MUSHROOM in await titles(finder, goods, in_stock=True)
    clock.advance(LASTS)
    await round_of_the_worker(database, *both)
    assert (await titles(finder, goods, sort=Sort.PRICE_ASC))[0] == "高山洋芋"
    assert await titles(finder, goods, price_to=1000) == []
    assert await titles(finder, goods, in_stock=False) == [MUSHROOM]


async def test_what_runs_is_a_filter_with_counts(
    finder: Finder, database: Any, goods: Goods, both: list[Indexer]
) -> None:
    await flash(database, goods, MUSHROOM, 990)
    await group(database, goods, NUTS, 2000)
    await group(database, goods, MUSHROOM, 980)
    await round_of_the_worker(database, *both)
    for words in ("", "天麻"):
        found = await finder.find(Wanted(words, campaign=CampaignMark.FLASH))
        assert goods.titles(found.ids) == [MUSHROOM]
        assert found.facets.campaigns == {"FLASH": 1, "GROUP": 1 if words else 2}
    assert set(await titles(finder, goods, campaign=CampaignMark.GROUP)) == {NUTS, MUSHROOM}
    assert await titles(finder, goods, campaign=CampaignMark.PRESALE) == []


# ------------------------------------------------------------------------------------------------ as buyers ask
async def test_a_card_shows_what_it_is_sorted_by(
    client: Client, database: Any, goods: Goods, both: list[Indexer]
) -> None:
    await flash(database, goods, MUSHROOM, 990)
    await round_of_the_worker(database, *both)
    found = await client.ask(SEARCH, sort="PRICE_ASC")
    assert found["fullFeatured"]
    first, second = found["nodes"][:2]
    assert (first["title"], first["minPrice"]) == (MUSHROOM, 12800)
    ends = first["campaign"].pop("endsAt")
    assert ends > clock.now().isoformat()
    assert first["campaign"] == {
        "kinds": ["FLASH"],
        "kind": "FLASH",
        "price": 990,
        "pricePer500g": 990,
        "struckPrice": 12800,
        "varies": False,
    }
    assert (second["title"], second["campaign"]) == ("高山洋芋", None)
    assert found["facets"]["campaigns"] == [{"value": "FLASH", "label": "秒杀", "count": 1}]
    assert found["facets"]["priceMin"] == 990
    one = await client.ask(SEARCH, filter={"campaign": "FLASH"})
    assert [node["title"] for node in one["nodes"]] == [MUSHROOM]


async def test_a_price_that_is_over_is_shown_to_nobody_whoever_sleeps(
    client: Client, database: Any, goods: Goods, both: list[Indexer]
) -> None:
    """No worker ends the row; the database's own clock does."""
    await flash(database, goods, MUSHROOM, 990)
    await round_of_the_worker(database, *both)
    async with database.begin() as uow:
        await uow.session.execute(update(RunningCampaign).values(ends_at=clock.now() - LASTS))
    found = await client.ask(SEARCH, words="天麻片")
    assert found["nodes"][0]["campaign"] is None


# ------------------------------------------------------------------------------------------------ converging
async def test_lost_news_of_a_campaign_is_noticed_and_mended(database: Any, goods: Goods, both: list[Indexer]) -> None:
    await round_of_the_worker(database, *both)
    await flash(database, goods, MUSHROOM, 990)
    async with database.begin() as uow:
        assert await campaigns.refresh(uow) == 1
    async with database.read() as session:
        assert await indexing.strays(session, 10) == [goods.products[MUSHROOM]]
    await both[1].apply({goods.products[MUSHROOM]})
    async with database.read() as session:
        assert await indexing.strays(session, 10) == []
