"""Searching as buyers ask for it: bounds, pages, facets with names, and prices that are never the engine's."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from domain.catalog.searching import LAST_OFFSET
from models.catalog import Product, ProductState
from models.inventory import Stock
from schema.base import encode_cursor
from server.settings import Settings
from tests.client import Client, Failed, counting, open_client
from tests.search.goods import Goods

SEARCH = """query(
  $words: String! = "", $filter: ProductFilter, $sort: ProductSort! = RELEVANCE, $first: Int! = 20, $after: String
) {
  searchProducts(query: $words, filter: $filter, sort: $sort, first: $first, after: $after) {
    total fullFeatured pageInfo { hasNextPage endCursor }
    nodes { id title minPrice inStock merchant { name } origin { name } }
    facets {
      categories { value label count } origins { value label count } brands { value label count }
      storage { value label count } priceMin priceMax
    }
  }
}"""
SUGGEST = """query($prefix: String!, $first: Int! = 10) {
  searchSuggestions(prefix: $prefix, first: $first) { text kind target }
}"""


def titles(found: Any) -> list[str]:
    return [node["title"] for node in found["nodes"]]


async def test_a_search_with_names_of_facets(client: Client, goods: Goods) -> None:
    found = await client.ask(SEARCH, words="天麻", filter={"originCode": "530628", "inStock": True})
    assert titles(found) == ["彝良小草坝乌天麻"]
    assert (found["total"], found["fullFeatured"]) == (1, True)
    assert found["nodes"][0]["merchant"] == {"name": "小草坝天麻合作社"}
    facets = found["facets"]
    origins = {value["value"]: (value["label"], value["count"]) for value in facets["origins"]}
    assert origins["530627"] == ("镇雄县", 1)
    assert [value["label"] for value in facets["categories"]] in (["天麻", "药材"], ["药材", "天麻"])
    assert facets["brands"] == [{"value": str(goods.brands["乌蒙山宝"]), "label": "乌蒙山宝", "count": 1}]
    assert facets["storage"] == [{"value": "AMBIENT", "label": "常温", "count": 1}]
    assert (facets["priceMin"], facets["priceMax"]) == (29800, 29800)


async def test_pages_join(client: Client) -> None:
    seen: list[str] = []
    after = None
    for _ in range(3):
        found = await client.ask(SEARCH, sort="PRICE_ASC", first=4, after=after)
        seen += titles(found)
        after = found["pageInfo"]["endCursor"]
    assert len(set(seen)) == len(seen) == found["total"] == 9
    assert found["pageInfo"] == {"hasNextPage": False, "endCursor": None}


async def test_price_stock_and_state_are_of_this_moment(client: Client, database: Any, goods: Goods) -> None:
    """The engine has not heard of any of it yet."""
    async with database.begin() as uow:
        of = goods.products
        session = uow.session
        await session.execute(update(Product).where(Product.id == of["镇雄天麻"]).values(state=ProductState.FROZEN))
        changed = {"min_price": 1, "max_price": 1}
        await session.execute(update(Product).where(Product.id == of["小草坝天麻片"]).values(**changed))
        await session.execute(update(Stock).values(held=Stock.actual))
    found = await client.ask(SEARCH, words="天麻")
    assert "镇雄天麻" not in titles(found)
    assert {node["title"]: node["minPrice"] for node in found["nodes"]}["小草坝天麻片"] == 1
    assert not any(node["inStock"] for node in found["nodes"])


async def test_in_season_is_by_the_month_in_shanghai(client: Client, goods: Goods) -> None:
    everything = await client.ask(SEARCH)
    in_season = await client.ask(SEARCH, filter={"inSeason": True})
    assert set(titles(in_season)) <= set(titles(everything))
    assert "镇雄天麻" in titles(in_season)  # of the whole year
    assert titles(await client.ask(SEARCH, filter={"inSeason": False})) == titles(everything)


OUT_OF_BOUNDS: list[tuple[dict[str, Any], str]] = [
    ({"words": "长" * 61}, "query"),
    ({"words": "a\u0000b"}, "query"),
    ({"first": 0}, "first"),
    ({"first": 51}, "first"),
    ({"after": "nonsense"}, "after"),
    ({"after": encode_cursor("-1")}, "after"),
    ({"after": encode_cursor("x")}, "after"),
    ({"after": encode_cursor(str(LAST_OFFSET + 1))}, "after"),
    ({"filter": {"originCode": '530602" OR 1=1'}}, "filter.originCode"),
    ({"filter": {"priceFrom": -1}}, "filter.priceFrom"),
    ({"filter": {"priceFrom": 2, "priceTo": 1}}, "filter.priceFrom"),
]


async def test_out_of_bounds_is_refused(client: Client) -> None:
    for variables, field in OUT_OF_BOUNDS:
        with pytest.raises(Failed) as failed:
            await client.ask(SEARCH, **variables)
        assert failed.value.code == "BAD_USER_INPUT", variables
        assert failed.value.errors[0]["extensions"]["field"] == field


async def test_suggestions(client: Client, goods: Goods) -> None:
    found = await client.ask(SUGGEST, prefix="tianm", first=5)
    assert {"text": "天麻", "kind": "CATEGORY", "target": str(goods.categories["天麻"])} in found
    assert len(found) <= 5
    assert await client.ask(SUGGEST, prefix="") == []
    with pytest.raises(Failed) as failed:
        await client.ask(SUGGEST, prefix="天", first=21)
    assert failed.value.code == "BAD_USER_INPUT"


async def test_the_number_of_statements_does_not_grow(client: Client) -> None:
    """Names are read by the first search, and then known for a while."""
    await client.ask(SEARCH, first=1)
    async with counting(client.mall) as few:
        await client.ask(SEARCH, first=1)
    async with counting(client.mall) as many:
        await client.ask(SEARCH, first=9)
    assert len(few) == len(many) <= 2


async def test_only_what_is_asked_for_is_worked_out(client: Client) -> None:
    async with counting(client.mall) as sent:
        await client.ask("{ searchProducts { nodes { id } } }")
    assert len(sent) == 1


async def test_the_tables_answer_in_a_constant_number_of_statements(client: Client, plain_settings: Settings) -> None:
    async with open_client(plain_settings) as plain, counting(plain.mall) as sent:
        found = await plain.ask(SEARCH, words="天麻", filter={"originCode": "530600", "priceTo": 20000})
    assert found["fullFeatured"] is False
    assert found["total"] == 2
    assert len(sent) <= 8
