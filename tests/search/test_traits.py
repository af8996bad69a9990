"""Attributes of goods as facets: the same promises whichever engine answers, and what buyers are offered."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, insert, select

from domain import policies
from domain.base import SYSTEM, Database
from domain.catalog.finding import MOST_TRAITS, Finder, TraitsWanted, Wanted, trait
from jobs.relay import relay_once
from models.base import new_id
from models.catalog import Picture, ProductImage, SearchDocument
from models.policies import Attribute, AttributeKind
from server.documents import trusted_documents
from server.settings import Settings
from server.worker import tools_of
from tests.client import Client, Failed, counting, open_client
from tests.search.goods import Goods, say

SEARCH = """query($words: String! = "", $filter: ProductFilter) {
  searchProducts(query: $words, filter: $filter) {
    total nodes { title }
    facets { attributes { attributeId name values { value label count } } }
  }
}"""


def wanted(goods: Goods, **said: str | tuple[str, ...]) -> tuple[TraitsWanted, ...]:
    each = {name: (values,) if isinstance(values, str) else values for name, values in said.items()}
    return tuple(TraitsWanted(goods.attributes[name], values) for name, values in each.items())


async def titles(finder: Finder, goods: Goods, *, words: str = "", **said: str | tuple[str, ...]) -> set[str]:
    return set(goods.titles((await finder.find(Wanted(words, traits=wanted(goods, **said)))).ids))


def traits(goods: Goods, counts: dict[tuple[str, str], int]) -> dict[str, int]:
    return {trait(goods.attributes[name], value): count for (name, value), count in counts.items()}


# ------------------------------------------------------------------------------------------------ the contract
async def test_values_of_one_are_alternatives_and_attributes_narrow(finder: Finder, goods: Goods) -> None:
    fuji, ugly, cherry = "昭通红富士苹果", "昭通丑苹果 5斤装", "冷冻樱桃"
    assert await titles(finder, goods, 品种="红富士") == {fuji}
    assert await titles(finder, goods, 品种=("红富士", "丑苹果")) == {fuji, ugly}
    assert await titles(finder, goods, 品种=("红富士", "丑苹果"), 果径=("75", "28.5")) == {ugly}
    assert await titles(finder, goods, 品种="红富士", 套袋="false") == set()
    assert await titles(finder, goods, words="樱桃", 果径="28.5") == {cherry}
    # Marks of the engine's language are only marks, and a value of another attribute is none of this.
    assert await titles(finder, goods, 品种='大"樱桃\\') == {cherry}
    assert await titles(finder, goods, 果径="红富士") == set()
    assert await titles(finder, goods, 品种='" OR in_stock = true OR traits = "') == set()


async def test_each_attribute_leaves_out_its_own_filter(finder: Finder, goods: Goods) -> None:
    for words in ("", "水果"):
        category = goods.categories["水果"]
        chosen = wanted(goods, 品种="红富士")
        found = await finder.find(Wanted(words, category_id=category, traits=chosen, count_traits=True))
        assert goods.titles(found.ids) == ["昭通红富士苹果"]
        of_others = {("果径", "80"): 1, ("套袋", "true"): 1}
        of_its_own = {("品种", "红富士"): 1, ("品种", "丑苹果"): 1, ("品种", '大"樱桃\\'): 1}
        assert found.facets.traits == traits(goods, of_others | of_its_own), words
        both = wanted(goods, 品种=("红富士", "丑苹果"), 果径=("80", "75"))
        found = await finder.find(Wanted(words, category_id=category, traits=both, count_traits=True))
        bags = {("套袋", "true"): 1, ("套袋", "false"): 1}
        sizes = {("果径", "80"): 1, ("果径", "75"): 1}
        kinds = {("品种", "红富士"): 1, ("品种", "丑苹果"): 1}
        assert found.facets.traits == traits(goods, bags | sizes | kinds), words


async def test_other_facets_are_counted_within_the_attributes(finder: Finder, goods: Goods) -> None:
    found = await finder.find(Wanted(traits=wanted(goods, 品种=("红富士", "丑苹果"))))
    assert found.facets.storage == {"AMBIENT": 2}
    assert (found.facets.price_min, found.facets.price_max) == (2980, 3980)
    # Nobody asked for them.
    assert found.facets.traits == {}


async def test_a_text_is_not_known_to_the_searches(finder: Finder, goods: Goods) -> None:
    found = await finder.find(Wanted(count_traits=True))
    assert not any(key.startswith(str(goods.attributes["故事"])) for key in found.facets.traits)


# ------------------------------------------------------------------------------------------------ as buyers ask
def named(found: Any) -> dict[str, list[tuple[str, int]]]:
    facets = found["facets"]["attributes"]
    return {each["name"]: [(value["label"], value["count"]) for value in each["values"]] for each in facets}


async def test_a_category_offers_its_attributes_and_those_from_above(client: Client, goods: Goods) -> None:
    found = await client.ask(SEARCH, filter={"categoryId": str(goods.categories["水果"])})
    assert list(named(found)) == ["果径", "品种", "套袋"]
    assert named(found)["果径"] == [("28.5 mm", 1), ("75 mm", 1), ("80 mm", 1)]
    assert named(found)["品种"] == [("红富士", 1), ("丑苹果", 1), ('大"樱桃\\', 1)]
    assert named(found)["套袋"] == [("是", 1), ("否", 1)]
    below = await client.ask(SEARCH, filter={"categoryId": str(goods.categories["天麻"])})
    assert named(below) == {"采收": [("冬季", 1), ("春季", 1)]}


async def test_a_search_that_falls_into_a_category_offers_them_too(client: Client, goods: Goods) -> None:
    assert list(named(await client.ask(SEARCH, words="苹果"))) == ["果径", "品种", "套袋"]
    assert named(await client.ask(SEARCH)) == {}
    # 昭通 is in everything: no attribute tells these goods apart.
    assert named(await client.ask(SEARCH, words="昭通")) == {}


async def test_what_is_filtered_by_can_be_given_up(client: Client, goods: Goods) -> None:
    filter = {"attributes": [{"attributeId": str(goods.attributes["果径"]), "values": ["80", "75"]}]}
    found = await client.ask(SEARCH, filter=filter)
    assert {node["title"] for node in found["nodes"]} == {"昭通红富士苹果", "昭通丑苹果 5斤装"}
    assert "果径" in named(found)
    help_ = "query($f: ProductFilter) { searchHelp(filter: $f) { relaxed { filter total } } }"
    nothing = [{"attributeId": str(goods.attributes["品种"]), "values": ["没有"]}]
    filter = {"categoryId": str(goods.categories["水果"]), "attributes": nothing}
    assert {"filter": "attributes", "total": 3} in (await client.ask(help_, f=filter))["relaxed"]


REFUSED: list[list[dict[str, Any]]] = [
    [{"attributeId": "0192f0c1-0000-7000-8000-000000000001", "values": []}],
    [{"attributeId": "0192f0c1-0000-7000-8000-000000000001", "values": [str(n) for n in range(21)]}],
    [{"attributeId": "0192f0c1-0000-7000-8000-000000000001", "values": ["长" * 121]}],
    [{"attributeId": "0192f0c1-0000-7000-8000-000000000001", "values": ["a\u0000"]}],
    [{"attributeId": "0192f0c1-0000-7000-8000-000000000001", "values": [""]}],
    [{"attributeId": "0192f0c1-0000-7000-8000-000000000001", "values": ["80"]}] * 2,
    [{"attributeId": f"0192f0c1-0000-7000-8000-{n:012}", "values": ["80"]} for n in range(13)],
]


@pytest.mark.parametrize("attributes", REFUSED)
async def test_too_much_is_refused(client: Client, attributes: list[dict[str, Any]]) -> None:
    with pytest.raises(Failed) as failed:
        await client.ask(SEARCH, filter={"attributes": attributes})
    assert failed.value.code == "BAD_USER_INPUT"
    assert failed.value.errors[0]["extensions"]["field"] == "filter.attributes"


async def test_statements_are_constant(client: Client, plain_settings: Settings, goods: Goods) -> None:
    """By the engine what is found, names and attributes; the tables count besides."""
    filter = {"categoryId": str(goods.categories["水果"])}
    async with counting(client.mall) as sent:
        await client.ask(SEARCH, filter=filter)
    assert len(sent) <= 3
    async with open_client(plain_settings) as plain, counting(plain.mall) as sent:
        assert list(named(await plain.ask(SEARCH, filter=filter))) == ["果径", "品种", "套袋"]
    assert len(sent) <= 7


@pytest.mark.parametrize("words", ["苹果", "", "苹果 天麻"])
async def test_the_page_of_results_is_six_statements_while_the_engine_is_down(
    database: Database, plain_settings: Settings, goods: Goods, words: str
) -> None:
    """As the mini-program asks it, with attributes chosen and pictures on the cards; the last words find only some."""
    await show(database, goods)
    page = next(text for text in trusted_documents().values() if text.startswith("query SearchResults"))
    filter = {"attributes": [{"attributeId": str(goods.attributes["果径"]), "values": ["80", "75"]}]}
    asked = {"words": words, "filter": filter, "sort": "RELEVANCE", "ranking": "A"}
    async with open_client(plain_settings) as plain:
        await plain.mall.indexer.catch_up()
        # What the desk decided is read by the first search after a change.
        await plain.ask(SEARCH)
        async with counting(plain.mall) as sent:
            found = await plain.ask(page.replace("$query", "$words"), **asked)
    assert not found["fullFeatured"]
    assert found["relaxed"] == (" " in words)
    assert all(node["cover"] for node in found["nodes"])
    assert list(named(found)) == ["果径", "品种", "套袋"]
    assert len(sent) <= 6


async def show(database: Database, goods: Goods) -> None:
    """A picture of every product."""
    picture: dict[str, Any] = {"key": "aa" * 16 + ".webp", "width": 900, "height": 900, "byte_size": 1}
    async with database.begin() as uow:
        await uow.session.execute(insert(Picture).values(**picture))
        shown = [{"product_id": id, "position": 0, "key": picture["key"], "alt": ""} for id in goods.products.values()]
        await uow.session.execute(insert(ProductImage), shown)


# ------------------------------------------------------------------------------------------------ keeping up
async def test_the_searches_follow_what_a_category_asks(client: Client, database: Database, goods: Goods) -> None:
    """An attribute that is asked no more is gone from the searches, though no product changed."""
    async with database.begin() as uow:
        await policies.retire_attribute(uow, SYSTEM, goods.attributes["品种"])
    while await relay_once(tools_of(client.mall)):
        pass
    assert await client.mall.indexer.catch_up() == 3
    found = await client.ask(SEARCH, filter={"categoryId": str(goods.categories["水果"])})
    assert list(named(found)) == ["果径", "套袋"]
    async with database.read() as session:
        held = select(SearchDocument.traits).where(SearchDocument.product_id == goods.products["昭通红富士苹果"])
        assert await session.scalar(held) == sorted(
            [trait(goods.attributes["果径"], "80"), trait(goods.attributes["套袋"], "true")],
            key=lambda each: "true" in each,
        )


async def test_a_document_holds_only_so_much(client: Client, database: Database, goods: Goods) -> None:
    asked = {"category_id": goods.categories["药材"], "kind": AttributeKind.BOOLEAN, "filterable": True}
    many = {f"属性{n}": new_id() for n in range(MOST_TRAITS + 5)}
    async with database.begin() as uow:
        await uow.session.execute(insert(Attribute), [{"id": id, "name": name, **asked} for name, id in many.items()])
    goods.attributes |= many
    await say(database, goods, "镇雄天麻", dict.fromkeys(many, "true"))
    await client.mall.indexer.apply({goods.products["镇雄天麻"]})
    async with database.read() as session:
        size = select(func.cardinality(SearchDocument.traits))
        held = await session.scalar(size.where(SearchDocument.product_id == goods.products["镇雄天麻"]))
    assert held == MOST_TRAITS
