"""What a search has at hand before the engine has counted everything: names it knows, rows it has begun to read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete, update

from domain.base import Database
from domain.catalog.finding import MOST_OFFERED, Facets, Finder, Found, Wanted, most_frequent
from models.base import new_id
from models.catalog import Brand, Category
from search.client import EngineDown
from search.naming import FRESH_SECONDS, Names
from tests.client import Client, Failed
from tests.search.goods import Goods

SEARCH = "query($words: String!) { searchProducts(query: $words) { total nodes { title minPrice } } }"


# ------------------------------------------------------------------------------------------------ names
async def test_a_name_is_read_once_and_again_after_a_while(database: Database, goods: Goods) -> None:
    now = 1000.0
    names = Names(database, lambda: now)
    fruit, place = str(goods.categories["水果"]), "530602"
    facets = Facets(categories={fruit: 3, str(new_id()): 1}, origins={place: 2}, places={"999999": 1})
    known = {fruit: "水果", place: "昭阳区"}
    assert await names.labels(facets) == known
    async with database.begin() as uow:
        await uow.session.execute(update(Category).where(Category.name == "水果").values(name="鲜果"))
    assert await names.labels(facets) == known
    now += FRESH_SECONDS + 1
    assert await names.labels(facets) == {**known, fruit: "鲜果"}


async def test_what_is_gone_has_no_name_any_more(database: Database, goods: Goods) -> None:
    now = 1000.0
    names = Names(database, lambda: now)
    brand = new_id()
    async with database.begin() as uow:
        uow.session.add(Brand(id=brand, name="短命"))
    assert await names.labels(Facets(brands={str(brand): 1})) == {str(brand): "短命"}
    async with database.begin() as uow:
        await uow.session.execute(delete(Brand).where(Brand.id == brand))
    now += FRESH_SECONDS + 1
    assert await names.labels(Facets(brands={str(brand): 1})) == {}


def test_of_hundreds_of_shops_the_most_frequent_are_offered_and_the_chosen_one() -> None:
    shops = [new_id() for _ in range(200)]
    facets = Facets(merchants={str(id): 200 - place for place, id in enumerate(shops)})
    shown = most_frequent(facets, Wanted(merchant_id=shops[150]))
    assert list(shown.merchants) == [str(id) for id in (*shops[:MOST_OFFERED], shops[150])]
    assert len(most_frequent(facets, Wanted()).merchants) == MOST_OFFERED
    assert most_frequent(Facets(brands={"a": 1}), Wanted()).brands == {"a": 1}


# ------------------------------------------------------------------------------------------------ rows
async def test_what_is_told_early_is_what_is_found(finder: Finder, goods: Goods, request: Any) -> None:
    told: list[Found] = []
    found = await finder.find(Wanted("天麻", price_to=20000, brand_id=goods.brands["乌蒙山宝"]), told.append)
    told_by = request.node.callspec.params["finder"] == "meilisearch"
    assert [early.ids for early in told] == ([found.ids] if told_by else [])
    nothing = await finder.find(Wanted("量子计算机"), told.append)
    assert (nothing.total, len(told)) == (0, int(told_by)), "of nothing nobody is told"


async def test_what_was_told_wrongly_is_read_anew(client: Client, goods: Goods, monkeypatch: Any) -> None:
    """The engine dies when it has told of a page; PostgreSQL finds another one."""
    finder = client.mall.services.finder
    find = finder.find

    async def hasty(wanted: Wanted, early: Any = None) -> Found:
        found = await find(wanted)
        early(replace(found, ids=[goods.products["大关核桃"]]))
        return found

    monkeypatch.setattr(finder, "find", hasty)
    found = await client.ask(SEARCH, words="镇雄天麻")
    assert found["nodes"][0] == {"title": "镇雄天麻", "minPrice": 9900}


async def test_reading_ahead_ends_with_a_search_that_fails(client: Client, goods: Goods, monkeypatch: Any) -> None:
    finder = client.mall.services.finder
    find = finder.find

    async def breaking(wanted: Wanted, early: Any = None) -> Found:
        early(await find(wanted))
        raise EngineDown("in the middle")

    monkeypatch.setattr(finder, "find", breaking)
    for _ in range(5):
        with pytest.raises(Failed):
            await client.ask(SEARCH, words="天麻")
    monkeypatch.undo()
    assert (await client.ask(SEARCH, words="镇雄天麻"))["nodes"][0]["title"] == "镇雄天麻"
