"""Goods, stock, freight, parcels, shelves: what must be refused in words. Operations by name, then the table."""

from __future__ import annotations

from typing import Any

from tests.bad_input.cases import HUGE, NOWHERE, REFUSED, Case, Values, each, with_

OPERATIONS = {
    "merchantOrder": "query($id: ID!) { merchantOrder(id: $id) { id } }",
    "merchantProduct": "query($id: ID!) { merchantProduct(id: $id) { id } }",
    "merchantProducts": "query($page: Int!, $size: Int!) { merchantProducts(page: $page, size: $size) { total } }",
    "merchantOverview": "query($days: Int!) { merchantOverview(days: $days) { toShip } }",
    "priceHistory": "query($id: ID!, $first: Int!) { merchantPriceHistory(skuId: $id, first: $first) { price } }",
    "stockMoves": "query($id: ID!, $first: Int!) { merchantStockMoves(skuId: $id, first: $first) { delta } }",
    "platformOrders": "query($page: Int!, $size: Int!) { platformOrders(page: $page, size: $size) { total } }",
    "platformAudit": "query($page: Int!) { platformAudit(page: $page) { total } }",
    "staffLogin": "mutation($l: String!, $p: String!, $t: String) { staffLogin(login: $l, password: $p, totp: $t) { "
    + REFUSED
    + " } }",
    "staffRefresh": "mutation($t: String!) { staffRefresh(refreshToken: $t) { " + REFUSED + " } }",
    "ship": "mutation($input: ShipInput!) { merchantShipOrder(input: $input) { " + REFUSED + " } }",
    "shipMany": "mutation($inputs: [ShipInput!]!) { merchantShipOrders(inputs: $inputs) { orderId problem { code } } }",
    "saveProduct": "mutation($id: ID, $input: ProductInput!) { merchantSaveProduct(id: $id, input: $input) { "
    + REFUSED
    + " } }",
    "moveProduct": "mutation($id: ID!, $step: MerchantProductStep!) { merchantMoveProduct(id: $id, step: $step) { "
    + REFUSED
    + " } }",
    "adjust": "mutation($id: ID!, $d: Int!, $r: StockReason!, $n: String!, $v: Int!)"
    " { merchantAdjustStock(skuId: $id, delta: $d, reason: $r, note: $n, version: $v) { " + REFUSED + " } }",
    "lowStock": "mutation($id: ID!, $n: Int!) { merchantSetLowStock(skuId: $id, lowAt: $n) { " + REFUSED + " } }",
    "history": "query($t: String, $page: Int!) { merchantStockHistory(text: $t, page: $page) { total } }",
    "saveFreight": "mutation($id: ID, $v: Int, $t: FreightTemplateInput!)"
    " { merchantSaveFreightTemplate(id: $id, version: $v, template: $t) { " + REFUSED + " } }",
    "deleteFreight": "mutation($id: ID!) { merchantDeleteFreightTemplate(id: $id) { " + REFUSED + " } }",
    "tryFreight": "query($t: FreightTemplateInput!, $q: FreightTrialInput!)"
    " { merchantTryFreight(template: $t, trial: $q) { " + REFUSED + " } }",
    "suspend": "mutation($id: ID!, $r: String!) { platformSuspendMerchant(id: $id, reason: $r) { " + REFUSED + " } }",
    "requeue": "mutation($id: ID!) { platformRequeueJob(id: $id) { " + REFUSED + " } }",
    "saveCategory": "mutation($id: ID, $n: String!, $p: ID) { platformSaveCategory(id: $id, name: $n, parentId: $p) { "
    + REFUSED
    + " } }",
    "saveBrand": "mutation($id: ID, $n: String!) { platformSaveBrand(id: $id, name: $n) { " + REFUSED + " } }",
    "saveOrigin": "mutation($c: String!, $s: String!) { platformSaveOrigin(code: $c, story: $s) { " + REFUSED + " } }",
    "password": "mutation($c: String!, $n: String!) { staffChangePassword(current: $c, new: $n) { " + REFUSED + " } }",
    "totp": "mutation($c: String!) { staffConfirmTotp(code: $c) { " + REFUSED + " } }",
    "platformStaff": "query { platformStaff { id } }",
    "merchantStock": "query { merchantStock { total } }",
}

NO_LIMITS = ({"limitEach": 0}, {"limitEach": 1000}, {"limitDays": 30}, {"limitEach": 2, "limitDays": 366})
SKU = {"name": "5 斤装", "price": 3900, "weight": 2500, "grossWeight": 2900, "stock": 5}
PRODUCT = {
    "title": "昭通红富士苹果",
    "categoryId": "$category",
    "originCode": "530602106",
    "storage": "AMBIENT",
    "returnClass": "NO_RETURN_BY_LAW",
    "images": [],
    "skus": [SKU],
}
KILO = {"first": 1000, "firstFee": 800, "step": 1000, "stepFee": 300}
FREIGHT = {"name": "生鲜", "unit": "WEIGHT", "defaultRule": KILO}
TEMPLATES: list[Values] = [
    {"name": ""},
    {"name": "字" * 21},
    {"coldFee": -1},
    {"coldFrom": 0},
    {"coldTo": 13},
    {"packGrams": 5},
    {"defaultRule": {**KILO, "first": 0}},
    {"defaultRule": {**KILO, "stepFee": 10**12}},
    {"defaultRule": {"deliverable": False}},
    {"rules": [KILO]},
    {"rules": [{**KILO, "codes": ["999999"]}]},
    {"rules": [{**KILO, "codes": ["530602", "530602"]}]},
    {"rules": [{**KILO, "codes": [f"{n:06}"]} for n in range(41)]},
    {"frees": [{"fromQuantity": 0}]},
    {"frees": [{}]},
]


def shipment(order_id: str, **changes: Any) -> Values:
    return {"orderId": order_id, "carrier": "SF", "trackingNumber": "SF1234567890", **changes}


def stock(sku_id: str, **changes: Any) -> Values:
    return {"id": sku_id, "d": 1, "r": "COUNT", "n": "", "v": 1, **changes}


def sending() -> list[Case]:
    asked = [{"q": 0}, {"q": 1000}, {"r": "昭阳区"}, {"r": "5306021"}]
    found = each(
        "freight", "nobody", "skuFreight", "BAD_USER_INPUT", *({"id": "$sku", "q": 1, "r": None, **x} for x in asked)
    )
    found += each("template", "shop", "saveFreight", "BAD_USER_INPUT", *({"t": {**FREIGHT, **x}} for x in TEMPLATES))
    return [
        *found,
        Case("an unknown template", "shop", "saveFreight", {"id": NOWHERE, "v": 1, "t": FREIGHT}, "NOT_FOUND"),
        Case("an unknown template gone", "shop", "deleteFreight", {"id": NOWHERE}, "NOT_FOUND"),
        Case("a clerk's template", "clerk", "saveFreight", {"t": FREIGHT}, "FORBIDDEN"),
        Case("a trial to nowhere", "shop", "tryFreight", {"t": FREIGHT, "q": {"regionCode": "1"}}),
        Case("a trial of nothing", "shop", "tryFreight", {"t": FREIGHT, "q": {"regionCode": "530602", "quantity": 0}}),
    ]


def goods() -> list[Case]:
    bad = [
        {"title": ""},
        {"title": "果" * 81},
        {"title": "果"},
        {"skus": []},
        {"skus": [SKU] * 21},
        {"skus": [SKU, SKU]},
    ]
    bad += [{"skus": [with_(SKU, price=p)]} for p in (0, -1, 100_000_001, HUGE)]
    bad += [{"skus": [with_(SKU, **limits)]} for limits in NO_LIMITS]
    bad += [
        {"skus": [with_(SKU, marketPrice=100)]},
        {"skus": [with_(SKU, marketPrice=99_999)]},
        {"skus": [with_(SKU, marketPrice=99_999, marketBasis="SUGGESTED", marketSource=" ")]},
        {"skus": [with_(SKU, weight=-1)]},
        {"skus": [with_(SKU, grossWeight=0)]},
    ]
    bad += [{"skus": [with_(SKU, weight=9000)]}, {"skus": [with_(SKU, stock=-1)]}, {"skus": [with_(SKU, name="")]}]
    bad += [
        {"originCode": "530600"},
        {"originCode": "x"},
        {"categoryId": "$root"},
        {"harvestFrom": 13, "harvestTo": 1},
    ]
    bad += [{"harvestFrom": 1}, {"shelfLifeDays": 0}, {"images": [{"key": "nothing"}]}, {"brandId": "$sku"}]
    version = {"id": "$product", "input": with_(PRODUCT, version=99)}
    return [
        *each("goods", "shop", "saveProduct", "BAD_USER_INPUT", *({"input": with_(PRODUCT, **x)} for x in bad)),
        Case("an older version", "shop", "saveProduct", version, "CONFLICT"),
        Case("an illegal step", "shop", "moveProduct", {"id": "$product", "step": "SUBMIT"}, "WRONG_STATE"),
        Case("a step that is none", "shop", "moveProduct", {"id": "$product", "step": "FREEZE"}),
    ]


def shelves() -> list[Case]:
    moves = [{"d": 0}, {"d": 2**31}, {"d": 100_000_000}, {"r": "OTHER"}, {"n": "因" * 41}, {"r": "LOSS"}]
    lines = [{"id": "$sku", "n": n} for n in (-1, 10_000_000, 2**31, 1.5, None)]
    return [
        *each("stock", "shop", "adjust", "BAD_USER_INPUT", *(stock("$sku", **x) for x in moves)),
        *each("low stock", "shop", "lowStock", "BAD_USER_INPUT", *lines),
        *each("history", "shop", "history", "BAD_USER_INPUT", {"t": "字" * 61, "page": 1}, {"t": None, "page": 0}),
        Case("stock of another version", "shop", "adjust", stock("$sku", v=99), "CONFLICT"),
        Case("low stock of nothing", "shop", "lowStock", {"id": NOWHERE, "n": 5}, "NOT_FOUND"),
        Case("low stock of another shop's", "rival", "lowStock", {"id": "$sku", "n": 5}, "NOT_FOUND"),
        Case("low stock by a clerk", "clerk", "lowStock", {"id": "$sku", "n": 5}, "FORBIDDEN"),
    ]


def parcels() -> list[Case]:
    bad = [{"carrier": "XX"}, {"carrier": ""}, {"trackingNumber": "1"}]
    bad += [{"trackingNumber": "中文单号"}, {"trackingNumber": "9" * 31}]
    return [
        *each("shipment", "shop", "ship", "BAD_USER_INPUT", *({"input": shipment("$paid", **x)} for x in bad)),
        Case("ship before payment", "shop", "ship", {"input": shipment("$order")}, "WRONG_STATE"),
    ]


def platform() -> list[Case]:
    return [
        Case("a reason of nothing", "admin", "suspend", {"id": "$merchant", "r": ""}),
        Case("a category without a name", "admin", "saveCategory", {"n": ""}),
        Case("a category under nothing", "admin", "saveCategory", {"n": "山货", "p": NOWHERE}),
        Case("a brand without a name", "admin", "saveBrand", {"n": " "}),
        Case("too long a story of a place", "admin", "saveOrigin", {"c": "530602", "s": "长" * 2001}),
        Case("a job that is none", "admin", "requeue", {"id": "abc"}),
        Case("a weak password", "admin", "password", {"c": "wrong-password", "n": "short"}),
        Case("a wrong second factor", "admin", "totp", {"c": "000000"}, "WRONG_STATE"),
    ]


CASES = [
    *sending(),
    *goods(),
    *shelves(),
    *parcels(),
    *platform(),
]
