"""What staff may be allowed to do; a role is a set of these."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """The part before the colon says whose desk it is."""

    MERCHANT_OVERVIEW = "merchant:overview"
    MERCHANT_PRODUCTS_READ = "merchant:products.read"
    MERCHANT_PRODUCTS_WRITE = "merchant:products.write"
    MERCHANT_STOCK_WRITE = "merchant:stock.write"
    MERCHANT_ORDERS_READ = "merchant:orders.read"
    MERCHANT_ORDERS_SHIP = "merchant:orders.ship"
    MERCHANT_AFTERSALES = "merchant:aftersales"
    MERCHANT_FUNDS_READ = "merchant:funds.read"
    MERCHANT_FUNDS_PAYOUT = "merchant:funds.payout"
    # Answering reviews, and telling the shop's own stories.
    MERCHANT_REVIEWS = "merchant:reviews"
    # Coupons and reductions: they cost the shop money.
    MERCHANT_PROMOTIONS = "merchant:promotions"

    PLATFORM_OVERVIEW = "platform:overview"
    PLATFORM_MERCHANTS_READ = "platform:merchants.read"
    PLATFORM_MERCHANTS_WRITE = "platform:merchants.write"
    PLATFORM_PRODUCTS_READ = "platform:products.read"
    PLATFORM_PRODUCTS_REVIEW = "platform:products.review"
    PLATFORM_CATALOG_WRITE = "platform:catalog.write"
    PLATFORM_ORDERS_READ = "platform:orders.read"
    # Arbitration; and money that got stuck or came wrong.
    PLATFORM_AFTERSALES = "platform:aftersales"
    PLATFORM_FUNDS = "platform:funds"
    # What strangers write: checks, reports, appeals, hiding.
    PLATFORM_CONTENT = "platform:content"
    # Campaigns of the platform, and a look at those of shops.
    PLATFORM_PROMOTIONS = "platform:promotions"
    PLATFORM_JOBS_READ = "platform:jobs.read"
    PLATFORM_JOBS_WRITE = "platform:jobs.write"
    PLATFORM_SEARCH_READ = "platform:search.read"
    PLATFORM_SEARCH_WRITE = "platform:search.write"
    PLATFORM_TRACES_READ = "platform:traces.read"
    PLATFORM_TRACES_WRITE = "platform:traces.write"
    PLATFORM_AUDIT_READ = "platform:audit.read"
    PLATFORM_LEDGER = "platform:ledger"
    PLATFORM_STAFF_READ = "platform:staff.read"
    PLATFORM_PARTNERS_READ = "platform:partners.read"
    PLATFORM_PARTNERS_WRITE = "platform:partners.write"
    PLATFORM_EXPLORER = "platform:explorer"
