"""The one schema: every domain's roots side by side."""

from __future__ import annotations

import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.tools import merge_types

from compiled.inputs import quicken
from resolvers import (
    aftersales,
    applications,
    audit,
    bearer,
    bills,
    campaigns,
    cards,
    catalog,
    checkout,
    commissions,
    community,
    delivery,
    desk,
    experiments,
    flash,
    freight,
    groups,
    inventory,
    invoices,
    ledger,
    listings,
    media,
    members,
    merchants,
    messages,
    moderation,
    notices,
    orders,
    partners,
    pickups,
    pieces,
    planning,
    points,
    policies,
    presales,
    promotions,
    recalls,
    referrals,
    reviews,
    search,
    settlement,
    traces,
    vouchers,
)
from schema.base import SCALARS
from subscriptions import aftersales as after_sale_news
from subscriptions import groups as group_news
from subscriptions import notices as inbox_news
from subscriptions import orders as order_news

ROOTS = (
    aftersales,
    audit,
    bearer,
    bills,
    applications,
    campaigns,
    cards,
    catalog,
    checkout,
    commissions,
    community,
    delivery,
    desk,
    experiments,
    freight,
    flash,
    groups,
    inventory,
    invoices,
    ledger,
    listings,
    media,
    members,
    merchants,
    messages,
    moderation,
    notices,
    orders,
    partners,
    pickups,
    pieces,
    planning,
    points,
    policies,
    presales,
    promotions,
    recalls,
    referrals,
    reviews,
    search,
    settlement,
    traces,
    vouchers,
)


NEWS = (after_sale_news, group_news, inbox_news, order_news)


def _merge(name: str, kind: str) -> type:
    return merge_types(name, tuple(getattr(module, kind) for module in ROOTS if hasattr(module, kind)))


def make_schema() -> strawberry.Schema:
    return strawberry.Schema(
        query=_merge("Query", "Query"),
        mutation=_merge("Mutation", "Mutation"),
        subscription=merge_types("Subscription", tuple(module.Subscription for module in NEWS)),
        config=StrawberryConfig(scalar_map=SCALARS),
    )


schema = make_schema()
quicken(schema)
