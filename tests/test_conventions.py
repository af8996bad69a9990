"""House rules that a reader of the schema relies on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    print_schema,
)

from schema.audience import Audience, audience_of
from server.graphql import schema

ROOT = Path(__file__).parent.parent
graph = schema._schema
ROOTS = [graph.query_type, graph.mutation_type, graph.subscription_type]
PREFIXES = {"merchant": Audience.MERCHANT, "platform": Audience.PLATFORM}


def root_fields() -> Iterator[tuple[str, str, Any]]:
    for root in ROOTS:
        assert root is not None
        for name, field in root.fields.items():
            yield root.name, name, field


@pytest.mark.parametrize(
    ("root", "name", "field"), list(root_fields()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_root_field_states_its_audience(root: str, name: str, field: Any) -> None:
    stated = audience_of(field.extensions["strawberry-definition"])
    assert stated is not None, f"{root}.{name} does not say whom it is for"
    if stated.audience in (Audience.MERCHANT, Audience.PLATFORM):
        assert stated.permission is not None, f"{root}.{name} names no permission"
        assert stated.permission.value.startswith(f"{stated.audience.name.lower()}:")


@pytest.mark.parametrize(
    ("root", "name", "field"), list(root_fields()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_name_says_whose_desk_it_is(root: str, name: str, field: Any) -> None:
    stated = audience_of(field.extensions["strawberry-definition"])
    assert stated is not None
    # `merchant` and `merchants` alone are nouns of the public schema.
    found = re.match(r"(merchant|platform)[A-Z]", name)
    if found:
        assert stated.audience is PREFIXES[found[1]]
    else:
        assert stated.audience not in PREFIXES.values()


def test_mutations_answer_with_results() -> None:
    """A refusal is part of the answer's type: every mutation returns a union with Refused, or rows that hold one."""
    assert graph.mutation_type is not None
    for name, field in graph.mutation_type.fields.items():
        named = get_named_type(field.type)
        if isinstance(named, GraphQLUnionType):
            assert "Refused" in {member.name for member in named.types}, name
        else:
            assert isinstance(named, GraphQLObjectType)
            assert "problem" in named.fields, name


def test_buyers_cannot_set_what_is_not_theirs() -> None:
    forbidden = {"status", "state", "role", "merchantId", "price", "total"}
    allowed = {
        ("ProductFilter", "merchantId"),
        ("RemarkInput", "merchantId"),
        ("SkuInput", "price"),
        ("FlashApplicationInput", "price"),
        ("FlashApplicationInput", "total"),
        ("GroupActivityInput", "price"),
        ("PresaleInput", "price"),
        ("BatchRowInput", "price"),
        ("CommissionRuleInput", "merchantId"),
        ("CouponTermsInput", "total"),
        ("ReferralProgrammeInput", "total"),
        ("CardBatchInput", "total"),
        ("CardBatchInput", "price"),
        ("VoucherBatchInput", "total"),
        ("PlatformVoucherBatchInput", "total"),
    }
    allowed |= {("ConsoleProductFilter", "state"), ("ConsoleProductFilter", "merchantId")}
    allowed |= {("ConsoleOrderFilter", "state"), ("ConsoleOrderFilter", "merchantId")}
    found = {
        (name, field)
        for name, type_ in graph.type_map.items()
        if isinstance(type_, GraphQLInputObjectType)
        for field in type_.fields
        if field in forbidden
    }
    assert found - allowed == set()


def test_lists_are_bounded_or_belong_to_one_row() -> None:
    """A root field that lists has `first` or `size`, or is one of the short lists named here."""
    short = {
        "banners",
        "categoryAttributes",
        "flashOffers",
        "flashSessions",
        "giftCardsForSale",
        "groupActivities",
        "presales",
        "merchantPlanClashes",
        "merchantPickupPoints",
        "platformPlanClashes",
        "merchantCheckWords",
        "merchantCommissionRules",
        "merchantDrafts",
        "merchantGrades",
        "merchantPreviewBatch",
        "platformForbiddenWords",
        "categories",
        "regions",
        "carriers",
        "myDevices",
        "myMessageChoices",
        "myInvoiceTitles",
        "myAddresses",
        "myOrderCounts",
        "afterSaleOptions",
        "merchantFreightTemplates",
        "provinces",
        "merchantAfterSaleCounts",
        "platformAfterSaleCounts",
        "platformStaff",
        "merchantReviewCounts",
        "myHelpfulReviews",
        "myLikedPosts",
        "myPostComments",
        "orderReviewables",
    }
    assert graph.query_type is not None
    for name, field in graph.query_type.fields.items():
        inner = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
        if isinstance(inner, GraphQLList) and name not in short:
            assert {"first", "size"} & set(field.args), name


def test_the_published_sdl_is_the_schema() -> None:
    """`make schema` writes it; a difference is reviewed like any other change."""
    published = (ROOT / "schema/schema.graphql").read_text(encoding="utf-8")
    assert published.strip() == schema.as_str().strip()


def test_the_schema_prints() -> None:
    assert "type Query" in print_schema(graph)
