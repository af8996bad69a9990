"""Which kept answers a fact ends, as tags of what they show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from schema.keeping import ANYTHING

# By the fact's name; `{…}` stands for a field of the fact. How often something sold drops nothing: counts may lag, or
# every sale would empty the lists.
DROPPED: Mapping[str, tuple[str, ...]] = {
    "AttributeChanged": ("Category",),
    "BrandChanged": ("Brand",),
    "CategoryChanged": ("Category",),
    "FlashChanged": ("Flash", "Product:{product_id}"),
    "MerchantStateChanged": ("Merchant", "Merchant:{merchant_id}"),
    "OriginChanged": ("Origin",),
    "ShopFreightChanged": ("Merchant", "Merchant:{merchant_id}"),
    "PostChanged": ("Post",),
    "RunningCampaignChanged": ("Campaign", "Product:{product_id}"),
    "ReviewsSummedUp": ("Review", "Product:{product_id}", "Merchant:{merchant_id}"),
    "ProductChanged": ("Product", "Product:{product_id}"),
    # Only when a SKU sells out or comes back; a number that is merely smaller waits for the answer's end.
    "StockChanged": ("Stock", "Product:{product_id}"),
}


def dropped_by(facts: Iterable[tuple[str, Mapping[str, Any]]]) -> frozenset[str]:
    """The tags that these facts, each a name and its fields, drop."""
    named = frozenset(tag.format(**fields) for name, fields in facts for tag in DROPPED.get(name, ()))
    return named | {ANYTHING} if named else named
