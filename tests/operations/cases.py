"""Who asks each query of the front ends, and with what; `$name` is an id of the world."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Case:
    """The viewer by role, and the variables as the page sends them. `statements`: the most it may need."""

    viewer: str = "anyone"
    variables: dict[str, Any] = field(default_factory=dict)
    statements: int = 6


PAGE = {"page": 1, "size": 20}
OF_SHOP = {"merchantId": "$shop"}

TEMPLATE = {
    "name": "生鲜",
    "unit": "WEIGHT",
    "defaultRule": {"first": 1000, "firstFee": 800, "step": 1000, "stepFee": 300},
}

CLAIM = {
    "requestKey": "a-page-opened-once",
    "orderId": "$order",
    "kind": "REFUND_ONLY",
    "reason": "NOT_RECEIVED",
    "claims": [{"lineId": "$line", "quantity": 1}],
}

REVIEWS = {
    "productId": "$product",
    "order": "HELPFUL",
    "rating": None,
    "withPictures": False,
    "withFollowUp": False,
    "after": None,
}

MINI_PROGRAM = {
    "MeName": Case("member"),
    "MyAfterSales": Case("member", {"openOnly": False, "after": None}),
    "AfterSalePage": Case("member", {"id": "$claim"}),
    "OrderAfterSales": Case("member", {"orderId": "$order"}),
    "AfterSaleOptions": Case("member", {"orderId": "$order"}),
    "AfterSaleQuote": Case("member", {"input": CLAIM}),
    "ProductReviewsBlock": Case(variables={"id": "$product"}),
    "ProductReviews": Case(variables=REVIEWS),
    "ProductReviewSums": Case(variables={"id": "$product"}),
    "MyHelpfulReviews": Case("member", {"ids": ["$review"]}),
    "MyReviewables": Case("member", {"after": None}),
    "OrderReviewables": Case("member", {"orderId": "$received"}),
    "MyReviews": Case("member", {"after": None}),
    "MyReview": Case("member", {"id": "$review"}),
    "RegionChildren": Case(variables={"parent": "$parent"}),
    "RegionProvinces": Case(),
    "ProductFreight": Case("member", {"skuId": "$sku", "regionCode": None}),
    "RegionPath": Case(variables={"code": "$town"}),
    "MerchantPage": Case(variables={"id": "$shop"}),
    "MerchantGoods": Case(variables={"filter": OF_SHOP, "sort": "SALES", "after": None}),
    "ProfilePage": Case("member"),
    "MyDevices": Case("member"),
    "MyAddresses": Case("member"),
    "CategoryTree": Case(),
    "CategoryPicks": Case(variables={"categoryId": "$category"}),
    "MePage": Case("member"),
    "SearchStart": Case(),
    "SearchSuggestions": Case(variables={"prefix": "苹果"}),
    "SearchResults": Case(variables={"query": "苹果", "filter": {"inStock": True}, "sort": "RELEVANCE"}),
    "OriginTowns": Case(variables={"parent": "$parent"}),
    "CartPage": Case("member"),
    "CartCount": Case("member"),
    "Home": Case(variables={"city": "$parent"}),
    "Nearby": Case(variables={"originCode": "530602"}),
    "LotPage": Case(variables={"number": "$lotNumber"}),
    "PiecePage": Case(variables={"code": "$piece"}),
    "ProductLots": Case(variables={"productId": "$product"}),
    "OrderLots": Case("member", {"orderId": "$order"}),
    "ProductPage": Case(variables={"id": "$product"}),
    "MyOrders": Case("member", {"states": ["PARTLY_SHIPPED", "SHIPPED"], "after": None}),
    "MyOrderCounts": Case("member"),
    "OrderPrice": Case("member", {"id": "$order"}),
    "ParcelTraces": Case("member", {"id": "$order"}),
    "AddressChoices": Case("member"),
    "OrderPage": Case("member", {"id": "$order"}),
    "OrderSnapshots": Case("member", {"id": "$order"}),
    "InvoicePage": Case("member", {"id": "$order"}),
    "CheckoutPreview": Case("member", {"lines": "$lines", "addressId": "$address"}),
    "CashierPage": Case("member", {"id": "$trade"}),
}

CONSOLE = {
    "MerchantAfterSales": Case("shop", {"desk": "TO_ANSWER", **PAGE}),
    "MerchantAfterSale": Case("shop", {"id": "$claim"}),
    "MerchantReturnAddress": Case("shop"),
    "MerchantReviews": Case("shop", {"desk": "ALL", **PAGE}),
    "MerchantReviewCounts": Case("shop"),
    "PlatformReviews": Case("platform", {"state": "PUBLISHED", **PAGE}),
    "PlatformContentCounts": Case("platform"),
    "PlatformContentChecks": Case("platform", {"desk": "TO_READ", **PAGE}),
    "PlatformContentReports": Case("platform", PAGE),
    "PlatformContentAppeals": Case("platform", PAGE),
    "PlatformAfterSales": Case("platform", {"desk": "ARBITRATION", **PAGE}),
    "PlatformAfterSale": Case("platform", {"id": "$claim"}),
    "PlatformFunds": Case("platform"),
    "PlatformOverview": Case("platform", {"days": 14}),
    "PlatformDeadJobs": Case("platform"),
    "PlatformSearchStatus": Case("platform"),
    "PlatformTraffic": Case("platform", statements=0),
    "PlatformExplorer": Case("platform", statements=0),
    "PlatformAudit": Case("platform", {"text": "freeze", "page": 1, "size": 50}),
    "PlatformStaff": Case("platform"),
    "MerchantFunds": Case("shop"),
    "MerchantBalance": Case("shop"),
    "MerchantSettlements": Case("shop", {"since": "2026-01-01", "until": None, **PAGE}),
    "MerchantPayouts": Case("shop", PAGE),
    "PlatformSettlements": Case("platform", {"state": None, "text": None, **PAGE}),
    "PlatformPayouts": Case("platform", {"state": None, **PAGE}),
    "PlatformBills": Case("platform", {"openOnly": True, **PAGE}),
    "PlatformBill": Case("platform", {"id": "$bill"}),
    "PlatformTrialBalance": Case("platform", {"since": None, "until": None}),
    "PlatformLedgerAccounts": Case("platform", {"kind": "WECHAT_RECEIVABLE", **PAGE}),
    "PlatformLedgerEntries": Case("platform", {"accountId": "$account"}),
    "PlatformLedgerTransaction": Case("platform", {"id": "$transaction"}),
    "PlatformLedgerDifferences": Case("platform", statements=7),
    "PlatformPartners": Case("platform", {"text": None, **PAGE}),
    "PlatformProducts": Case("platform", {"filter": {"state": "ON_SALE"}, **PAGE}),
    "PlatformProduct": Case("platform", {"id": "$product"}),
    "PlatformOrders": Case("platform", {"filter": {}, **PAGE}),
    "PlatformOrder": Case("platform", {"id": "$order"}),
    "PlatformOrderPrice": Case("platform", {"id": "$order"}),
    "PlatformOrderMoney": Case("platform", {"id": "$order"}),
    "PlatformMerchants": Case("platform", {"text": None, "state": "OPEN", **PAGE}),
    "MerchantChoices": Case("platform"),
    "PlatformCatalog": Case("platform"),
    "PlatformBrands": Case("platform"),
    "Carriers": Case("shop", statements=0),
    "MerchantOverview": Case("shop", {"days": 14}),
    "MerchantProducts": Case("shop", {"filter": {}, **PAGE}),
    "CategoryChoices": Case("shop"),
    "BrandChoices": Case("shop"),
    "RegionChildren": Case("shop", {"parent": "$parent"}),
    "RegionOf": Case("shop", {"code": "$town"}),
    "MerchantProduct": Case("shop", {"id": "$product"}),
    "MerchantOrders": Case("shop", {"filter": {}, **PAGE}),
    "MerchantOrder": Case("shop", {"id": "$order"}),
    "MerchantOrderPrice": Case("shop", {"id": "$order"}),
    "MerchantOrderMoney": Case("shop", {"id": "$order"}),
    "MerchantInvoices": Case("shop", {"state": None, **PAGE}),
    "OrdersToShip": Case("shop", {"filter": {}, "page": 1, "size": 100}),
    "PackingSlips": Case("shop", {"ids": ["$order"]}),
    "MerchantParcels": Case("shop", {"id": "$order"}),
    "PlatformParcels": Case("platform", {"id": "$order"}),
    "MerchantLots": Case("shop", {"text": None, "state": None, "productId": None, **PAGE}),
    "MerchantLot": Case("shop", {"id": "$lot"}),
    "MerchantPieceBatches": Case("shop", {"lotId": "$lot"}),
    "LotProducts": Case("shop", PAGE),
    "PlatformLots": Case("platform", {"text": None, "state": None, **PAGE}),
    "PlatformRecallPlan": Case("platform", {"lotId": "$lot"}),
    "PlatformRecalls": Case("platform", PAGE),
    "PlatformLot": Case("platform", {"id": "$lot"}),
    "MerchantStock": Case("shop", {"text": None, "lowOnly": False, **PAGE}),
    "MerchantStockHistory": Case("shop", {"text": None, "kind": None, **PAGE}),
    "LowStockCount": Case("shop"),
    "MerchantPriceHistory": Case("shop", {"skuId": "$sku"}),
    "MerchantStockMoves": Case("shop", {"skuId": "$sku"}),
    "MerchantFreight": Case("shop"),
    "FreightChoices": Case("shop"),
    "FreightProvinces": Case("shop"),
    "FreightPlaces": Case("shop", {"parent": "$parent"}),
    "TryFreight": Case(
        "shop", {"template": TEMPLATE, "trial": {"regionCode": "$town", "quantity": 2, "weight": 1500}}, statements=0
    ),
    "PlatformChanges": Case("platform", {"state": "PENDING", **PAGE}),
    "MerchantChanges": Case("shop", {"state": None, **PAGE}),
    "CategoryAttributes": Case("shop", {"categoryId": "$category"}),
    "MerchantDrafts": Case("shop"),
    "MerchantSuggestListing": Case("shop", {"title": "洒渔红富士苹果"}),
    "MerchantBatchGoods": Case("shop", {"page": 1}),
    "MerchantPreviewBatch": Case("shop", {"rows": [{"skuId": "$sku", "price": 3900}]}),
    "MerchantGrades": Case("shop", {"categoryId": "$category"}),
    "MerchantCheckWords": Case("shop", {"input": {"categoryId": "$category", "title": "昭通苹果样品词"}}),
    "MerchantPapers": Case("shop"),
    "PlatformPapers": Case("platform"),
    "PlatformCategoryPolicy": Case("platform", {"categoryId": "$category"}),
    "PlatformForbiddenWords": Case("platform"),
    "StaffMe": Case("shop"),
}

CASES = {"miniprogram-uniapp": MINI_PROGRAM, "admin-web": CONSOLE}
