"""The schema partners are given: what anybody may read, and nothing that is not for them."""

from __future__ import annotations

from pathlib import Path

import pytest
from graphql import GraphQLObjectType, build_schema, parse, validate
from graphql.utilities import find_breaking_changes

from domain.base import ViewerKind
from schema.audience import ADMITTED, INTERNAL, audience_of, published
from server.graphql import schema
from server.partners import SDL, partner_schema

FILE = Path(__file__).parent.parent.parent / "schema/partner.graphql"
ours, theirs = schema._schema, partner_schema._schema

ROOTS = {
    "brand",
    "brands",
    "categories",
    "category",
    "categoryAttributes",
    "lot",
    "merchant",
    "merchants",
    "origin",
    "originProducts",
    "product",
    "productLots",
    "rateLimit",
    "region",
    "regions",
    "search",
    "searchHelp",
    "searchProducts",
    "searchSuggestions",
    "seasonalProducts",
    "traceProof",
}


def test_the_published_sdl_is_the_schema() -> None:
    """`make schema` writes it; a difference is a change for people outside and is reviewed as one."""
    assert FILE.read_text(encoding="utf-8") == SDL


def test_the_sdl_says_all_there_is() -> None:
    built = build_schema(SDL)
    found = find_breaking_changes(theirs, built) + find_breaking_changes(built, theirs)
    # Ours is a scalar of its own under the standard name; to a reader they are one.
    assert [each.description for each in found if not each.description.startswith("ID changed")] == []


def test_nothing_can_be_written_and_nothing_is_announced() -> None:
    assert theirs.mutation_type is None
    assert theirs.subscription_type is None


def test_the_roots_are_those_we_mean() -> None:
    """A new one here is a promise to strangers."""
    assert theirs.query_type is not None
    assert set(theirs.query_type.fields) == ROOTS


def test_every_root_is_for_partners() -> None:
    assert theirs.query_type is not None
    for name, field in theirs.query_type.fields.items():
        stated = audience_of(field.extensions["strawberry-definition"])
        assert stated is not None
        assert ViewerKind.PARTNER in ADMITTED[stated.audience], name
        assert stated.permission is None, name


def test_what_only_partners_ask_is_not_in_our_schema() -> None:
    assert ours.query_type is not None
    assert set(theirs.query_type.fields) - set(ours.query_type.fields) == {"rateLimit"}  # type: ignore[union-attr]
    assert "RateLimit" not in ours.type_map


PRIVATE_FIELDS = [("Product", "reviewNote"), ("Product", "version"), ("Product", "state"), ("Merchant", "state")]


@pytest.mark.parametrize(("type_", "name"), PRIVATE_FIELDS)
def test_private_fields_are_not_there(type_: str, name: str) -> None:
    here, there = ours.type_map[type_], theirs.type_map[type_]
    assert isinstance(here, GraphQLObjectType)
    assert isinstance(there, GraphQLObjectType)
    assert name in here.fields
    assert name not in there.fields
    assert here.fields[name].extensions["strawberry-definition"].metadata[INTERNAL] is True


def test_all_else_of_a_type_is_the_same_field() -> None:
    """The very definitions: types, arguments and resolvers cannot differ."""
    for name, type_ in theirs.type_map.items():
        if name.startswith("__") or name in ("Query", "RateLimit") or not isinstance(type_, GraphQLObjectType):
            continue
        same = ours.type_map[name]
        assert isinstance(same, GraphQLObjectType)
        definitions = {key: field.extensions["strawberry-definition"] for key, field in type_.fields.items()}
        mine = {key: field.extensions["strawberry-definition"] for key, field in same.fields.items()}
        assert definitions == {key: field for key, field in mine.items() if published(field)}, name


@pytest.mark.parametrize(
    "name",
    [
        "Member",
        "Staff",
        "Order",
        "Trade",
        "Cart",
        "Address",
        "Session",
        "Partner",
        "PartnerKey",
        "ProductState",
        "Banner",
    ],
)
def test_what_is_behind_a_login_cannot_be_named(name: str) -> None:
    assert name in ours.type_map
    assert name not in theirs.type_map


@pytest.mark.parametrize(
    "document",
    [
        "{ me { id } }",
        "{ staffMe { login } }",
        "{ cart { total } }",
        "{ platformPartners { total } }",
        'mutation { login(code: "x") { __typename } }',
        'subscription { orderChanged(id: "x") { id } }',
        "{ searchProducts { nodes { reviewNote } } }",
    ],
)
def test_questions_about_it_are_no_questions(document: str) -> None:
    assert validate(theirs, parse(document))


def test_every_type_and_root_is_explained() -> None:
    """A reader outside has nobody to ask. Pages of a connection explain themselves."""
    assert theirs.query_type is not None
    assert [name for name, field in theirs.query_type.fields.items() if not field.description] == []
    plain = {
        "Query",
        "MerchantConnection",
        "ProductSearch",
        "PageInfo",
        "MerchantKind",
        "ID",
        "Int",
        "Float",
        "String",
        "Boolean",
    }
    bare = {name for name, type_ in theirs.type_map.items() if not name.startswith("__") and not type_.description}
    assert bare <= plain
