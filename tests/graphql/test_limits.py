"""What our own pages ask stays far within the limits, and a price counts what it says it counts."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    get_introspection_query,
    get_named_type,
    is_composite_type,
    parse,
)

from server.documents import trusted_documents
from server.graphql import schema
from server.limits import Limits, measure
from server.partners import partner_schema
from server.prices import PAGE_ARGUMENTS, SIZES, is_list
from server.refusing import RequestRefused
from server.skimming import check_text

GRAPH = schema._schema
# A third of each limit is enough for any page of ours; half of the points, for the consoles' longest lists.
HEADROOM = Limits(
    length=6000, tokens=333, nesting=16, depth=8, fields=150, aliases=10, roots=6, directives=10, cost=2500
)
# The most a page of ours asks for at once, by variable.
PAGES = {"first": 50, "size": 100}


@pytest.mark.parametrize("text", trusted_documents().values(), ids=lambda text: text[:40])
def test_every_document_of_our_pages_has_headroom(text: str) -> None:
    check_text(text, HEADROOM)
    for measured in measure(GRAPH, parse(text), HEADROOM).values():
        assert measured.cost(PAGES) <= HEADROOM.cost


@pytest.mark.parametrize("graph", [GRAPH, partner_schema._schema], ids=["ours", "partners'"])
def test_the_schema_can_be_read_whole_once(graph: GraphQLSchema) -> None:
    """As tools do; a hundred of its objects cost a point."""
    text = get_introspection_query(input_value_deprecation=True, specified_by_url=True, directive_is_repeatable=True)
    check_text(text, Limits())
    (measured,) = measure(graph, parse(text), Limits()).values()
    assert 100 < measured.cost({}) < 600


@pytest.mark.parametrize("graph", [GRAPH, partner_schema._schema], ids=["ours", "partners'"])
def test_every_list_of_objects_has_a_size(graph: GraphQLSchema) -> None:
    """By an argument of its own or of the field around it, by what it is asked for, or by the table."""
    pages = {
        get_named_type(field.type).name
        for type_ in objects(graph)
        for field in type_.fields.values()
        if field.args.keys() & set(PAGE_ARGUMENTS)
    }
    for type_ in objects(graph):
        for name, field in type_.fields.items():
            if not is_list(field.type) or not is_composite_type(get_named_type(field.type)):
                continue
            by_argument = field.args.keys() & set(PAGE_ARGUMENTS) or any(
                is_list(arg.type) for arg in field.args.values()
            )
            assert by_argument or f"{type_.name}.{name}" in SIZES or type_.name in pages, f"{type_.name}.{name}"


def test_the_table_of_sizes_names_nothing_that_is_gone() -> None:
    for place in SIZES:
        type_name, name = place.split(".")
        type_ = GRAPH.type_map[type_name]
        assert isinstance(type_, GraphQLObjectType)
        assert is_list(type_.fields[name].type), place


def objects(graph: GraphQLSchema) -> list[Any]:
    return [
        type_
        for type_ in graph.type_map.values()
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)
        and not type_.name.startswith("__")
        and type_ not in (graph.mutation_type, graph.subscription_type)
    ]


SMALL = build_schema(
    """
    type Query { one: Thing, page(first: Int = 10): Page, list(size: Int! = 5): [Thing!]!, some(ids: [ID!]): [Thing] }
    type Mutation { change: Thing }
    type Page { nodes: [Thing!]!, total: Int! }
    type Thing { id: ID!, other: Thing, things(last: Int): [Thing!]! }
    """
)
F = "fragment F on Page { nodes { id } }"
PRICES: dict[str, tuple[str, dict[str, Any], int]] = {
    "a scalar": ("{ __typename }", {}, 0),
    "an object": ("{ one { id } }", {}, 1),
    "an object in an object": ("{ one { other { id } } }", {}, 2),
    "a mutation": ("mutation { change { id } }", {}, 11),
    "two mutations": ("mutation { a: change { id } b: change { id } }", {}, 22),
    "a list by its default": ("{ list { id } }", {}, 5),
    "a list by a number": ("{ list(size: 7) { id } }", {}, 7),
    "a list by a variable": ("query($n: Int!) { list(size: $n) { id } }", {"n": 9}, 9),
    "a list by the default of a variable": ("query($n: Int! = 3) { list(size: $n) { id } }", {}, 3),
    "a given variable before its default": ("query($n: Int! = 3) { list(size: $n) { id } }", {"n": 4}, 4),
    "a whole fraction": ("query($n: Int!) { list(size: $n) { id } }", {"n": 4.0}, 4),
    "less than one": ("{ list(size: -5) { id } }", {}, 1),
    "what is in a list": ("{ list(size: 7) { other { id } } }", {}, 14),
    "a list in a list": ("{ list(size: 7) { things(last: 3) { id } } }", {}, 7 + 7 * 3),
    "lists by variables": (
        "query($n: Int!, $m: Int!) { list(size: $n) { things(last: $m) { id } } }",
        {"n": 7, "m": 3},
        28,
    ),
    "a page": ("{ page(first: 4) { total nodes { id } } }", {}, 5),
    "a page by its default": ("{ page { nodes { id } } }", {}, 11),
    "a page by a variable": ("query($n: Int) { page(first: $n) { nodes { id } } }", {"n": 50}, 51),
    "a page through a fragment": ("{ page(first: 4) { ...F } } " + F, {}, 5),
    "one fragment on two pages": ("{ a: page(first: 4) { ...F } b: page(first: 6) { ...F } } " + F, {}, 12),
    "a page through an inline fragment": ("{ page(first: 4) { ... { nodes { id } } } }", {}, 5),
    "as many as are named": ('{ some(ids: ["a", "b", "c"]) { id } }', {}, 3),
    "as many as are named by a variable": ("query($i: [ID!]) { some(ids: $i) { id } }", {"i": ["a", "b"]}, 2),
    "a fragment spread twice": (
        "{ one { ...T } } fragment T on Thing { other { id } ...U } fragment U on Thing { b: other { id } }",
        {},
        3,
    ),
}


@pytest.mark.parametrize(("text", "variables", "price"), PRICES.values(), ids=list(PRICES))
def test_a_price_is_the_number_of_objects(text: str, variables: dict[str, Any], price: int) -> None:
    (measured,) = measure(SMALL, parse(text), Limits()).values()
    assert measured.cost(variables) == price


def test_a_price_beyond_the_limit_is_refused() -> None:
    text = "query($n: Int!) { list(size: $n) { things(last: $n) { id } } }"
    (measured,) = measure(SMALL, parse(text), Limits(cost=5000)).values()
    assert measured.cost({"n": 70}) == 70 + 70 * 70
    with pytest.raises(RequestRefused) as refused:
        measured.cost({"n": 71})
    assert refused.value.told()["extensions"] == {"code": "TOO_COMPLEX", "limit": "cost", "most": 5000}


def test_root_fields_are_counted_as_often_as_they_are_called() -> None:
    text = "{ a: one { id } b: one { id } ...Q ...Q } fragment Q on Query { list { id } ... { c: one { id } } }"
    (measured,) = measure(SMALL, parse(text), Limits()).values()
    assert measured.roots == ("one", "one", "list", "one")


def test_the_work_is_linear_in_the_document() -> None:
    """Two hundred levels of fragments, each spread twice: as many fields as nobody can count."""
    chain = " ".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in reversed(range(200)))
    text = f"fragment F200 on Query {{ one {{ id }} }} {chain} {{ ...F0 }}"
    with pytest.raises(RequestRefused) as refused:
        measure(SMALL, parse(text), Limits(nesting=1000))
    assert refused.value.extensions["limit"] == "fields"


def test_the_page_on_the_door_says_what_is_so() -> None:
    """Figures in docs/graphql.md are the code's."""
    page = (Path(__file__).parent.parent.parent / "docs/graphql.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| (\w+) \| (\d+) \|", page, re.MULTILINE))
    assert told == {each.name: str(each.default) for each in fields(Limits)}
