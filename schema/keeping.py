"""Answers that may be kept for everybody: how long, and the rows they show, by which a change finds them.

A tag names what a kept answer shows: `Product` any product, `Product:<id>` this one. `jobs.keeping` says which fact
drops which tags. Types and fields that are not in these tables show `ANYTHING`: forgetting one costs speed only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from strawberry.types.field import StrawberryField

KEEP = "keep"

# What nobody knows of, dropped by every fact; and all there is, dropped when anything may have happened.
ANYTHING = "?"
EVERYTHING = "*"


@dataclass(frozen=True)
class Keep:
    """For so many seconds the answer of this field is the same for whoever is not signed in, whatever sells meanwhile.

    It may be handed out `stale` seconds longer while it is renewed. What must not wait that long has a fact that
    drops the answer.
    """

    seconds: float
    stale: float = 15.0


def keep_of(field: StrawberryField) -> Keep | None:
    """How long a root field's answer may be kept; None when it may not."""
    stated: Keep | None = field.metadata.get(KEEP)
    return stated


# What an object of each type shows, besides what its own fields lead to.
TYPES: Mapping[str, tuple[str, ...]] = {
    "Attribute": ("Category",),
    "AttributeFacet": ("Category", "Product"),
    "Banner": ("Banner",),
    "Brand": ("Brand",),
    "Carrier": (),
    "Category": ("Category",),
    "Clip": (),
    # A picture's key is the hash of its bytes; its caption belongs to the product that shows it.
    "FacetValue": (),
    "FlashOffer": ("Flash", "Product"),
    "FlashSession": ("Flash",),
    "HotSearch": (),
    "Image": (),
    "Merchant": ("Merchant",),
    "MerchantConnection": ("Merchant",),
    "Origin": ("Origin", "Product", "Merchant"),
    "Features": (),
    "PageInfo": (),
    "Post": ("Post", "Merchant"),
    "PostGood": ("Post", "Product", "Merchant"),
    "PostWords": ("Post",),
    "PostedPicture": (),
    "PriceBand": (),
    # A product is on sale only while its shop is open.
    "Product": ("Product", "Merchant"),
    "ProductAttribute": ("Category",),
    "ProductFacets": ("Product", "Stock", "Campaign", "Merchant", "Category", "Brand", "Region"),
    "ProductSearch": ("Product", "Stock", "Campaign", "Merchant", "Category", "Region"),
    "Region": ("Region",),
    "ReviewSummary": ("Review",),
    "RunningCampaign": ("Campaign",),
    "RunningExperiment": (),
    "SearchConnection": ("Product", "Merchant", "Region", "Brand", "Post"),
    "RelaxedFilter": (),
    "SearchCount": (),
    "SearchHelp": ("Product", "Stock", "Campaign", "Merchant", "Category", "Brand", "Region"),
    "ShopDistance": ("Product", "Merchant"),
    "Sku": ("Product",),
    "Suggestion": ("Product", "Merchant", "Category", "Brand", "Region"),
}

# Fields without fields of their own that read other rows than the one they stand on.
FIELDS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("Brand", "productCount"): ("Product", "Merchant"),
    ("Category", "productCount"): ("Product", "Merchant", "Category"),
    ("Merchant", "productCount"): ("Product",),
    ("Origin", "productCount"): ("Product", "Merchant"),
    ("Product", "inStock"): ("Stock",),
    # Null for whoever is not signed in.
    ("Product", "pendingChangeId"): (),
    ("Product", "reviewNote"): (),
    ("Sku", "available"): ("Stock",),
}


@dataclass(frozen=True)
class Single:
    """A thing with a page of its own: its tag `<type>:<id>` is dropped by every fact about it.

    So a page of one of them needs none of the tags it `covers`, for itself and for those that are `parts` of it.
    """

    covers: frozenset[str]
    parts: frozenset[str]


SINGLES: Mapping[str, Single] = {
    "Merchant": Single(covers=frozenset({"Merchant", "Review"}), parts=frozenset({"Image", "ReviewSummary"})),
    "Product": Single(
        covers=frozenset({"Product", "Stock", "Review", "Campaign"}),
        parts=frozenset({"Clip", "Image", "RunningCampaign", "Sku", "ReviewSummary"}),
    ),
}

# No rule of the mall writes these rows, so there is no fact: answers that show them end by time alone.
BY_TIME = frozenset({"Banner", "Region"})
