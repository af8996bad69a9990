"""What may be kept and what ends it, worked out from documents: those of our own pages, and those of anybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from itertools import chain
from typing import Any
from uuid import UUID

import pytest
from graphql import (
    GraphQLObjectType,
    OperationDefinitionNode,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_object_type,
    parse,
    validate,
)

from domain import catalog, community, inventory, merchants, policies, reviews
from domain.base import Event
from domain.catalog.shelves import BrandChanged, CategoryChanged
from domain.flash import FlashChanged
from domain.orders.sales import SoldCountChanged
from jobs.keeping import DROPPED, dropped_by
from schema.audience import Audience, audience_of
from schema.keeping import ANYTHING, BY_TIME, EVERYTHING, FIELDS, SINGLES, TYPES, keep_of
from server.documents import trusted_documents
from server.graphql import schema
from server.responses.rules import Rule, _reads, rule_of

graph = schema._schema
ID = "0198c0de-0000-7000-8000-000000000001"
EVENTS: tuple[type[Event], ...] = (
    BrandChanged,
    CategoryChanged,
    catalog.OriginChanged,
    catalog.ProductChanged,
    catalog.RunningCampaignChanged,
    community.PostChanged,
    FlashChanged,
    inventory.StockChanged,
    merchants.MerchantStateChanged,
    merchants.ShopFreightChanged,
    policies.AttributeChanged,
    reviews.ReviewsSummedUp,
)


def rule(text: str, name: str | None = None) -> Rule | None:
    document = parse(text)
    assert validate(graph, document) == []
    found = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    node = next(each for each in found if name is None or (each.name and each.name.value == name))
    return rule_of(graph, document, node)


def tags(text: str, **values: Any) -> set[str]:
    """What the answer shows, without what every answer does."""
    found = rule(text)
    assert found is not None
    return set(found.tags_for(values)) - {EVERYTHING}


# ------------------------------------------------------------------------------------------------ our own pages
# Seconds, and what is shown; `$id` is the variable of that name. Every other document of the pages is not kept.
PAGES: dict[str, tuple[float, set[str]]] = {
    "Home": (30, {"Banner", "Category", "Product", "Campaign", "Stock", "Merchant", "Region"}),
    "Nearby": (30, {"Product", "Campaign", "Stock", "Merchant", "Region"}),
    "ProductPage": (30, {"Product:$id", "Product", "Merchant", "Category", "Brand", "Region"}),
    "ProductReviewSums": (30, {"Product:$id", "Merchant"}),
    "Features": (60, set()),
    "ReachSkus": (30, {"Product:$id", "Merchant"}),
    "LinkedGood": (30, {"Product:$id", "Merchant"}),
    "PostPlaces": (300, {"Region"}),
    "MerchantPage": (30, {"Merchant:$id", "Product", "Region"}),
    "BrandPage": (60, {"Brand", "Product", "Merchant", "Region"}),
    "OriginPage": (60, {"Origin", "Product", "Merchant", "Region"}),
    "ShelfGoods": (10, {"Product", "Campaign", "Stock", "Merchant", "Category", "Region"}),
    "CategoryTree": (60, {"Category", "Product", "Merchant"}),
    "CategoryPicks": (10, {"Product", "Campaign", "Stock", "Merchant", "Category", "Region"}),
    # What is left goes down by the second.
    "FlashSessions": (1, {"Flash", "Product", "Merchant"}),
    "FlashSessionChoices": (1, {"Flash"}),
    "FlashSlots": (1, {"Flash"}),
    "SearchStart": (30, {"Category", "Product", "Merchant"}),
    "SearchPages": (10, {"Product", "Merchant", "Region", "Brand", "Post"}),
    "SearchExperiment": (15, set()),
    "SearchHelp": (10, {"Product", "Campaign", "Stock", "Merchant", "Category", "Brand", "Region"}),
    "PopularGoods": (10, {"Product", "Campaign", "Stock", "Merchant", "Category", "Region"}),
    "SearchSuggestions": (10, {"Product", "Merchant", "Category", "Brand", "Region"}),
    "SearchResults": (10, {"Product", "Campaign", "Stock", "Merchant", "Category", "Brand", "Region"}),
    "OriginTowns": (300, {"Region"}),
    "Districts": (300, {"Region"}),
    "RegionChildren": (300, {"Region"}),
    "RegionProvinces": (300, {"Region"}),
    "FreightPlaces": (300, {"Region"}),
    "FreightProvinces": (300, {"Region"}),
    "RegionPath": (300, {"Region"}),
    "RegionOf": (300, {"Region"}),
    "CategoryChoices": (60, {"Category"}),
    "BrandChoices": (60, {"Brand"}),
    "Carriers": (300, set()),
    # The platform's own pages about the catalogue show nothing that buyers may not read.
    "CategoryAttributes": (60, {"Category"}),
    "PlatformBrands": (60, {"Brand", "Product", "Merchant"}),
    "PlatformOrigins": (60, {"Origin", "Product", "Merchant", "Region"}),
    "PlatformCatalog": (60, {"Category", "Product", "Merchant"}),
}


def operations() -> Iterator[tuple[str, str]]:
    for text in trusted_documents().values():
        for node in parse(text).definitions:
            if isinstance(node, OperationDefinitionNode) and node.name:
                yield node.name.value, text


@pytest.mark.parametrize(("name", "text"), sorted(operations()), ids=lambda value: value[:30])
def test_the_pages_are_kept_as_agreed(name: str, text: str) -> None:
    found = rule(text, name)
    if name not in PAGES:
        assert found is None
        return
    seconds, shown = PAGES[name]
    assert found is not None
    assert found.seconds == seconds
    assert set(found.tags_for({"id": UUID(ID)})) == {tag.replace("$id", ID) for tag in shown} | {EVERYTHING}


def test_the_pages_that_are_to_be_kept_are_there() -> None:
    assert {name for name, _ in operations()} >= PAGES.keys()


# ------------------------------------------------------------------------------------------------ anybody's
def test_one_product_needs_only_facts_about_itself() -> None:
    assert tags(f'{{ product(id: "{ID}") {{ title inStock skus {{ price available }} images {{ url }} }} }}') == {
        f"Product:{ID}",
        "Merchant",
    }
    assert tags(f'{{ product(id: "{ID.upper()}") {{ title }} }}') == {f"Product:{ID}", "Merchant"}
    assert f"Product:{ID}" in tags("query($p: ID!) { a: product(id: $p) { id } }", p=UUID(ID))


def test_what_comes_by_another_way_is_any_of_its_kind() -> None:
    assert "Product" in tags(f'{{ product(id: "{ID}") {{ skus {{ product {{ title }} }} }} }}')
    assert "Stock" in tags(f'{{ product(id: "{ID}") {{ skus {{ product {{ inStock }} }} }} }}')
    two = f'{{ a: product(id: "{ID}") {{ id }} b: product(id: "{ID[:-1]}2") {{ id }} }}'
    assert tags(two) == {f"Product:{ID}", f"Product:{ID[:-1]}2", "Merchant"}
    assert "Product" in tags(f'{{ product(id: "{ID}") {{ id }} seasonalProducts {{ id }} }}')


def test_an_id_that_is_none_is_ended_by_every_fact() -> None:
    assert ANYTHING in tags("query($p: ID!) { product(id: $p) { id } }")
    assert ANYTHING in tags("query($p: ID!) { product(id: $p) { id } }", p=None)


@pytest.mark.parametrize(
    "text",
    [
        "{ me { id } }",
        "{ categories { id } me { id } }",
        "{ ...A categories { id } } fragment A on Query { me { id } }",
        "query($s: Boolean!) { categories { id } me @skip(if: $s) { id } }",
        "{ staffMe { id } }",
        "{ merchantProducts { total } }",
        "{ categories { id } __schema { queryType { name } } }",
        '{ __type(name: "Query") { name } }',
        "{ __typename }",
        'mutation { login(code: "x") { __typename } }',
        'subscription { orderChanged(id: "x") { id } }',
    ],
)
def test_what_is_not_for_everybody_is_not_kept(text: str) -> None:
    document = parse(text)
    node = next(each for each in document.definitions if isinstance(each, OperationDefinitionNode))
    assert rule_of(graph, document, node) is None


def test_the_shortest_time_of_all_root_fields_counts() -> None:
    found = rule('{ __typename categories { id } searchProducts(query: "苹果") { total } regions { code } }')
    assert found is not None
    assert (found.seconds, found.stale) == (10, 5)


def test_fragments_are_opened_wherever_they_stand() -> None:
    text = """
      query { ...Lists ... on Query { brands { ...B } } }
      fragment Lists on Query { seasonalProducts { ...P ... on Product { inStock } } }
      fragment P on Product { id merchant { id } }
      fragment B on Brand { name productCount }
    """
    assert tags(text) == {"Product", "Stock", "Merchant", "Brand"}


def test_a_union_shows_what_its_types_show() -> None:
    text = '{ search(query: "x") { nodes { ... on Product { title inStock } ... on Merchant { name } } } }'
    assert tags(text) == {"Product", "Stock", "Merchant", "Region", "Brand", "Post"}


def test_a_heap_of_fragments_is_read_once() -> None:
    many = 200
    heap = "\n".join(f"fragment F{n} on Product {{ ...F{n + 1} ...F{n + 1} }}" for n in range(many))
    document = parse(f"{{ seasonalProducts {{ ...F0 }} }} {heap} fragment F{many} on Product {{ inStock }}")
    node = document.definitions[0]
    assert isinstance(node, OperationDefinitionNode)
    found = rule_of(graph, document, node)
    assert found is not None
    assert "Stock" in found.tags


# ------------------------------------------------------------------------------------------------ nothing forgotten
def reachable() -> set[GraphQLObjectType]:
    """Every object type that a kept answer may show."""
    assert graph.query_type is not None
    roots = [field for field in graph.query_type.fields.values() if keep_of(field.extensions["strawberry-definition"])]
    todo, seen = [get_named_type(field.type) for field in roots], set[Any]()
    while todo:
        named = todo.pop()
        if named in seen or is_leaf_type(named):
            continue
        if is_abstract_type(named):
            todo += graph.get_possible_types(named)
            continue
        assert is_object_type(named), f"{named} is no object: say what it shows"
        seen.add(named)
        todo += [get_named_type(field.type) for field in named.fields.values()]
    return seen


def test_only_what_anybody_may_read_is_kept() -> None:
    for root in (graph.query_type, graph.mutation_type, graph.subscription_type):
        assert root is not None
        for name, field in root.fields.items():
            definition = field.extensions["strawberry-definition"]
            stated = audience_of(definition)
            assert stated is not None
            if keep_of(definition):
                assert (root, stated.audience) == (graph.query_type, Audience.ANYONE), name


def test_every_type_that_is_kept_says_what_it_shows() -> None:
    assert {named.name for named in reachable()} == TYPES.keys()


def test_every_leaf_that_reads_rows_says_which() -> None:
    reading = {
        (named.name, name)
        for named in reachable()
        for name, field in named.fields.items()
        if is_leaf_type(get_named_type(field.type)) and _reads(field)
    }
    assert reading == FIELDS.keys()


def test_every_tag_is_dropped_by_a_fact_or_ends_by_time() -> None:
    shown = set(chain(*TYPES.values(), *FIELDS.values()))
    dropped = {tag for templates in DROPPED.values() for tag in templates}
    assert shown == {tag for tag in dropped if ":" not in tag} | BY_TIME
    assert {tag.partition(":")[0] for tag in dropped if ":" in tag} == SINGLES.keys()


def test_a_fact_about_one_ends_the_page_of_that_one() -> None:
    """All that a single thing's page covers ends by facts that name the thing."""
    for kind, single in SINGLES.items():
        for templates in DROPPED.values():
            if single.covers & set(templates):
                assert any(template.startswith(f"{kind}:") for template in templates)


def test_facts_are_events_with_these_fields() -> None:
    assert {event.__name__ for event in EVENTS} == DROPPED.keys()
    for event in EVENTS:
        made = {each.name: ID for each in fields(event)}
        assert dropped_by([(event.__name__, made)]) >= {ANYTHING}
    found = dropped_by([("ProductChanged", {"product_id": ID, "version": 2}), ("OrderPaid", {})])
    assert found == {"Product", f"Product:{ID}", ANYTHING}


def test_a_sale_ends_nothing() -> None:
    assert dropped_by([(SoldCountChanged.__name__, {"product_id": ID}), ("OrderChanged", {"order_id": ID})]) == set()
