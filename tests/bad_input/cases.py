"""What people, scripts and attackers send that must be refused in words: operations by name, then the table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

NOWHERE = "0190a000-0000-7000-8000-000000000000"
HUGE = 2**53 - 1

REFUSED = "__typename ... on Problem { code message field }"
OPERATIONS = {
    "product": "query($id: ID!) { product(id: $id) { id } }",
    "merchant": "query($id: ID!) { merchant(id: $id) { id } }",
    "category": "query($id: ID!) { category(id: $id) { id } }",
    "region": "query($code: String!) { region(code: $code) { code } }",
    "brands": "query($first: Int!) { brands(first: $first) { id } }",
    "seasonal": "query($first: Int!) { seasonalProducts(first: $first) { id } }",
    "origin": "query($code: String!, $first: Int!) { originProducts(originCode: $code, first: $first) { id } }",
    "merchants": "query($first: Int!, $after: String) { merchants(first: $first, after: $after) { total } }",
    "search": "query($q: String!, $filter: ProductFilter, $first: Int!, $after: String)"
    " { searchProducts(query: $q, filter: $filter, first: $first, after: $after) { total } }",
    "mixed": "query($q: String!, $first: Int!, $after: String)"
    " { search(query: $q, first: $first, after: $after) { total } }",
    "suggest": "query($p: String!, $first: Int!) { searchSuggestions(prefix: $p, first: $first) { text } }",
    "order": "query($id: ID!) { order(id: $id) { id } }",
    "trade": "query($id: ID!) { trade(id: $id) { id } }",
    "myOrders": "query($first: Int!, $after: String) { myOrders(first: $first, after: $after) { total } }",
    "preview": "query($lines: [WantedSku!]!, $a: ID) { checkoutPreview(lines: $lines, addressId: $a) { "
    + REFUSED
    + " } }",
    "merchantOrder": "query($id: ID!) { merchantOrder(id: $id) { id } }",
    "merchantProduct": "query($id: ID!) { merchantProduct(id: $id) { id } }",
    "merchantProducts": "query($page: Int!, $size: Int!) { merchantProducts(page: $page, size: $size) { total } }",
    "merchantOverview": "query($days: Int!) { merchantOverview(days: $days) { toShip } }",
    "priceHistory": "query($id: ID!, $first: Int!) { merchantPriceHistory(skuId: $id, first: $first) { price } }",
    "stockMoves": "query($id: ID!, $first: Int!) { merchantStockMoves(skuId: $id, first: $first) { delta } }",
    "platformOrders": "query($page: Int!, $size: Int!) { platformOrders(page: $page, size: $size) { total } }",
    "platformAudit": "query($page: Int!) { platformAudit(page: $page) { total } }",
    "login": "mutation($code: String!) { login(code: $code) { " + REFUSED + " } }",
    "refresh": "mutation($t: String!) { refreshSession(refreshToken: $t) { " + REFUSED + " } }",
    "staffLogin": "mutation($l: String!, $p: String!, $t: String) { staffLogin(login: $l, password: $p, totp: $t) { "
    + REFUSED
    + " } }",
    "staffRefresh": "mutation($t: String!) { staffRefresh(refreshToken: $t) { " + REFUSED + " } }",
    "revokeDevice": "mutation($id: ID!) { revokeDevice(id: $id) { " + REFUSED + " } }",
    "bindPhone": "mutation($c: String!) { bindPhone(code: $c) { " + REFUSED + " } }",
    "profile": "mutation($n: String!) { updateProfile(nickname: $n) { " + REFUSED + " } }",
    "saveAddress": "mutation($id: ID, $input: AddressInput!) { saveAddress(id: $id, input: $input) { "
    + REFUSED
    + " } }",
    "deleteAddress": "mutation($id: ID!) { deleteAddress(id: $id) { " + REFUSED + " } }",
    "addToCart": "mutation($id: ID!, $n: Int!) { addToCart(skuId: $id, quantity: $n) { " + REFUSED + " } }",
    "setCart": "mutation($id: ID!, $n: Int!) { setCartLine(skuId: $id, quantity: $n) { " + REFUSED + " } }",
    "place": "mutation($input: PlaceOrderInput!) { placeOrder(input: $input) { " + REFUSED + " } }",
    "pay": "mutation($id: ID!) { payTrade(tradeId: $id) { " + REFUSED + " } }",
    "confirmPayment": "mutation($id: ID!) { confirmPayment(tradeId: $id) { " + REFUSED + " } }",
    "cancel": "mutation($id: ID!) { cancelTrade(tradeId: $id) { " + REFUSED + " } }",
    "confirm": "mutation($id: ID!) { confirmReceipt(orderId: $id) { " + REFUSED + " } }",
    "buyAgain": "mutation($id: ID!) { buyAgain(orderId: $id) { " + REFUSED + " } }",
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
    "history": "query($t: String, $page: Int!) { merchantStockHistory(text: $t, page: $page) { total } }",
    "skuFreight": "query($id: ID!, $q: Int!, $r: String) { skuFreight(skuId: $id, quantity: $q, regionCode: $r) { "
    + REFUSED
    + " } }",
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
    "me": "query { me { id } }",
    "cart": "query { cart { lineCount } }",
    "platformStaff": "query { platformStaff { id } }",
    "merchantStock": "query { merchantStock { total } }",
}

# Roles: nobody, buyer, stranger (another buyer), shop, rival (staff of another shop), clerk (writes nothing), admin.
Values = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """`$name` strings in the variables are replaced by ids of the world. `code` None means: answered with null."""

    name: str
    role: str
    operation: str
    variables: Values = field(default_factory=dict)
    code: str | None = "BAD_USER_INPUT"

    @property
    def id(self) -> str:
        return f"{self.role}-{self.name}".replace(" ", "-")


def each(name: str, role: str, operation: str, code: str | None, *variables: Values) -> list[Case]:
    return [Case(f"{name} {number}", role, operation, one, code) for number, one in enumerate(variables, 1)]


BAD_IDS = ("", "1", "abc", "0190a000-0000-7000-8000", "'; drop table orders; --", "😀", "null")
ID_OPERATIONS = ("product", "merchant", "category", "order", "trade", "pay", "cancel", "confirm", "deleteAddress")
ADDRESS = {"name": "王小二", "phone": "13800000001", "regionCode": "530602106", "detail": "团结路 8 号"}
ADDRESS_ID = {"addressId": "$address"}
ORDER = {"idempotencyKey": "key-00000001", "lines": [{"skuId": "$sku", "quantity": 1}], "addressId": "$address"}
ORDER = {**ORDER, "expectedTotal": "$total"}
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


def with_(base: Values, **changes: Any) -> Values:
    return {**base, **changes}


def bad_ids() -> list[Case]:
    return [
        Case(f"malformed id {number} to {operation}", "buyer", operation, {"id": id})
        for operation in ID_OPERATIONS
        for number, id in enumerate(BAD_IDS, 1)
    ]


def unknown_ids() -> list[Case]:
    nowhere = {"id": NOWHERE}
    public = [Case(f"unknown {name}", "nobody", name, nowhere, None) for name in ("product", "merchant", "category")]
    mine = [Case(f"unknown {name}", "buyer", name, nowhere, "NOT_FOUND") for name in ("pay", "cancel", "confirm")]
    mine += [
        Case(f"unknown {name}", "buyer", name, nowhere, "NOT_FOUND")
        for name in ("confirmPayment", "buyAgain", "deleteAddress", "revokeDevice")
    ]
    shop = [
        Case("unknown order to ship", "shop", "ship", {"input": shipment(NOWHERE)}, "NOT_FOUND"),
        Case("unknown product to move", "shop", "moveProduct", {"id": NOWHERE, "step": "SUBMIT"}, "NOT_FOUND"),
        Case("unknown sku to adjust", "shop", "adjust", stock(NOWHERE), "NOT_FOUND"),
        Case("unknown product to save", "shop", "saveProduct", {"id": NOWHERE, "input": PRODUCT}, "NOT_FOUND"),
    ]
    admin = [
        Case("unknown merchant to suspend", "admin", "suspend", {"id": NOWHERE, "r": "资质到期"}, "NOT_FOUND"),
        Case("unknown category to save", "admin", "saveCategory", {"id": NOWHERE, "n": "山货"}, "NOT_FOUND"),
        Case("unknown brand to save", "admin", "saveBrand", {"id": NOWHERE, "n": "山货"}, "NOT_FOUND"),
        Case("unknown place to save", "admin", "saveOrigin", {"c": "999999", "s": "好地方"}, "NOT_FOUND"),
        Case("unknown job", "admin", "requeue", {"id": "00000000-0000-0000-0000-0000000f423f"}, "NOT_FOUND"),
        Case("unknown region", "nobody", "region", {"code": "999999"}, None),
    ]
    return public + mine + shop + admin


def foreign_ids() -> list[Case]:
    """Somebody else's: reads as if it were not there."""
    trade, order = {"id": "$trade"}, {"id": "$order"}
    stranger = [
        Case(f"foreign {name}", "stranger", name, trade, "NOT_FOUND") for name in ("pay", "cancel", "confirmPayment")
    ]
    stranger += [Case(f"foreign {name}", "stranger", name, order, "NOT_FOUND") for name in ("confirm", "buyAgain")]
    stranger += [
        Case("foreign order read", "stranger", "order", order, None),
        Case("foreign trade read", "stranger", "trade", trade, None),
        Case("foreign address deleted", "stranger", "deleteAddress", {"id": "$address"}, "NOT_FOUND"),
        Case("foreign address saved", "stranger", "saveAddress", {"id": "$address", "input": ADDRESS}, "NOT_FOUND"),
        Case("foreign address ordered to", "stranger", "place", {"input": ORDER}, "NOT_FOUND"),
        Case("foreign device", "stranger", "revokeDevice", {"id": "$device"}, "NOT_FOUND"),
    ]
    rival = [
        Case("foreign order read", "rival", "merchantOrder", order, None),
        Case("foreign product read", "rival", "merchantProduct", {"id": "$product"}, None),
        Case("foreign order shipped", "rival", "ship", {"input": shipment("$order")}, "NOT_FOUND"),
        Case("foreign product moved", "rival", "moveProduct", {"id": "$product", "step": "TAKE_OFF_SALE"}, "NOT_FOUND"),
        Case("foreign product saved", "rival", "saveProduct", {"id": "$product", "input": PRODUCT}, "NOT_FOUND"),
        Case("foreign stock adjusted", "rival", "adjust", stock("$sku"), "NOT_FOUND"),
        Case("foreign stock read", "rival", "stockMoves", {"id": "$sku", "first": 10}, "NOT_FOUND"),
    ]
    return stranger + rival


def shipment(order_id: str, **changes: Any) -> Values:
    return {"orderId": order_id, "carrier": "SF", "trackingNumber": "SF1234567890", **changes}


def stock(sku_id: str, **changes: Any) -> Values:
    return {"id": sku_id, "d": 1, "r": "COUNT", "n": "", "v": 1, **changes}


def amounts() -> list[Case]:
    numbers = (0, -1, -999, 1000, 100_000, 2**31 - 1)
    cart = [Case(f"quantity {n}", "buyer", "addToCart", {"id": "$sku", "n": n}) for n in numbers]
    cart += [Case(f"cart quantity {n}", "buyer", "setCart", {"id": "$sku", "n": n}) for n in numbers if n]
    too_large = (2**31, 2**63, -(2**31) - 1)
    cart += [Case(f"quantity beyond 32 bits {n}", "buyer", "addToCart", {"id": "$sku", "n": n}) for n in too_large]
    cart += each(
        "quantity of another kind",
        "buyer",
        "addToCart",
        "BAD_USER_INPUT",
        *({"id": "$sku", "n": n} for n in (1.5, "1", None, True, [], {})),
    )
    lines = [{"skuId": "$sku", "quantity": n} for n in numbers]
    placed = [Case(f"ordered {x['quantity']}", "buyer", "place", {"input": with_(ORDER, lines=[x])}) for x in lines]
    more = [Case("more than there is", "buyer", "addToCart", {"id": "$sku", "n": 999}, "OUT_OF_STOCK")]
    return cart + placed + more


def orders() -> list[Case]:
    line = {"skuId": "$sku", "quantity": 1}
    nowhere = {"skuId": NOWHERE, "quantity": 1}
    bad = [
        ("no lines", {"lines": []}, "BAD_USER_INPUT"),
        ("one sku twice", {"lines": [line, line]}, "BAD_USER_INPUT"),
        ("unknown sku", {"lines": [nowhere]}, "BAD_USER_INPUT"),
        ("off sale", {"lines": [{"skuId": "$hidden", "quantity": 1}]}, "BAD_USER_INPUT"),
        ("too many lines", {"lines": [nowhere] * 51}, "BAD_USER_INPUT"),
        ("unknown address", {"addressId": NOWHERE}, "NOT_FOUND"),
        ("short key", {"idempotencyKey": "1234567"}, "BAD_USER_INPUT"),
        ("long key", {"idempotencyKey": "x" * 65}, "BAD_USER_INPUT"),
        ("key with control characters", {"idempotencyKey": "abcdefgh\x00"}, "BAD_USER_INPUT"),
        ("wrong total", {"expectedTotal": 1}, "PRICE_CHANGED"),
        ("negative total", {"expectedTotal": -100}, "PRICE_CHANGED"),
        ("huge total", {"expectedTotal": HUGE}, "PRICE_CHANGED"),
        ("total beyond the scalar", {"expectedTotal": 2**53}, "BAD_USER_INPUT"),
        ("total as text", {"expectedTotal": "100"}, "BAD_USER_INPUT"),
        ("total as fraction", {"expectedTotal": 1.5}, "BAD_USER_INPUT"),
        ("remark for a shop not in the order", {"remarks": [{"merchantId": NOWHERE, "text": "快"}]}, "BAD_USER_INPUT"),
        ("long remark", {"remarks": [{"merchantId": "$merchant", "text": "好" * 201}]}, "BAD_USER_INPUT"),
        ("a price of one's own", {"price": 1}, "BAD_USER_INPUT"),
        ("a state of one's own", {"state": "PAID"}, "BAD_USER_INPUT"),
    ]
    placed = [Case(name, "buyer", "place", {"input": with_(ORDER, **change)}, code) for name, change, code in bad]
    preview = each("preview", "buyer", "preview", "BAD_USER_INPUT", {"lines": []}, {"lines": [nowhere]})
    return (
        placed
        + preview
        + [
            Case(
                "preview of a foreign address", "stranger", "preview", {"lines": [line], "a": "$address"}, "NOT_FOUND"
            ),
            Case("confirm before shipping", "buyer", "confirm", {"id": "$order"}, "WRONG_STATE"),
            Case("ship before payment", "shop", "ship", {"input": shipment("$order")}, "WRONG_STATE"),
        ]
    )


def addresses() -> list[Case]:
    bad = [{"name": ""}, {"name": " "}, {"name": "王" * 41}, {"name": "王\x00二"}, {"phone": ""}, {"phone": "12345"}]
    bad += [{"phone": "23800000001"}, {"phone": "1380000000a"}, {"phone": "138000000011"}, {"regionCode": "530600"}]
    bad += [{"regionCode": "999999"}, {"regionCode": ""}, {"regionCode": "' or 1=1"}, {"detail": ""}]
    bad += [{"detail": "路" * 201}, {"isDefault": "yes"}]
    return each("address", "buyer", "saveAddress", "BAD_USER_INPUT", *({"input": with_(ADDRESS, **x)} for x in bad))


def pages() -> list[Case]:
    found: list[Case] = []
    for first in (0, -1, 101, 2**31 - 1):
        found += [Case(f"brands {first}", "nobody", "brands", {"first": first})]
        found += [Case(f"seasonal {first}", "nobody", "seasonal", {"first": first})]
        found += [Case(f"merchants {first}", "nobody", "merchants", {"first": first})]
        found += [Case(f"search {first}", "nobody", "search", {"q": "", "first": first})]
        found += [Case(f"mixed {first}", "nobody", "mixed", {"q": "果", "first": first})]
        found += [Case(f"my orders {first}", "buyer", "myOrders", {"first": first})]
        found += [Case(f"console size {first}", "admin", "platformOrders", {"page": 1, "size": first})]
    for page in (0, -1, 10_001):
        found += [Case(f"console page {page}", "shop", "merchantProducts", {"page": page, "size": 20})]
        found += [Case(f"audit page {page}", "admin", "platformAudit", {"page": page})]
    for number, cursor in enumerate(("x", "////", "'--", "a" * 300, "MTIz"), 1):
        found += [Case(f"cursor {number} of orders", "buyer", "myOrders", {"first": 10, "after": cursor})]
        found += [Case(f"cursor {number} of merchants", "nobody", "merchants", {"first": 10, "after": cursor})]
        if cursor != "MTIz":  # an offset, which is what this cursor is
            found += [Case(f"cursor {number} of search", "nobody", "search", {"q": "", "first": 10, "after": cursor})]
    return found + each("overview", "shop", "merchantOverview", "BAD_USER_INPUT", {"days": 0}, {"days": 400})


def searching() -> list[Case]:
    bad = [{"priceFrom": -1}, {"priceFrom": 200, "priceTo": 100}, {"originCode": "abc"}, {"storage": "WARM"}]
    bad += [{"categoryId": "x"}, {"unknown": 1}]
    trait = {"attributeId": "0192f0c1-0000-7000-8000-000000000001", "values": ["80"]}
    traits = [[trait, trait], [{"values": ["80"]}], *([trait | {"values": x}] for x in ([], ["\x00"], ["果" * 121]))]
    bad += [{"attributes": each} for each in traits]
    found = each("filter", "nobody", "search", "BAD_USER_INPUT", *({"q": "", "first": 5, "filter": x} for x in bad))
    found += each("mixed", "nobody", "mixed", "BAD_USER_INPUT", {"q": "果" * 61, "first": 5}, {"q": "\x00", "first": 5})
    found += each(
        "words", "nobody", "search", "BAD_USER_INPUT", {"q": "果" * 101, "first": 5}, {"q": "\x00", "first": 5}
    )
    return found + each(
        "prefix", "nobody", "suggest", "BAD_USER_INPUT", {"p": "果" * 101, "first": 5}, {"p": "果", "first": 0}
    )


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


def staff() -> list[Case]:
    goods = [
        {"title": ""},
        {"title": "果" * 81},
        {"title": "果"},
        {"skus": []},
        {"skus": [SKU] * 21},
        {"skus": [SKU, SKU]},
    ]
    goods += [{"skus": [with_(SKU, price=p)]} for p in (0, -1, 100_000_001, HUGE)]
    goods += [{"skus": [with_(SKU, **limits)]} for limits in NO_LIMITS]
    goods += [
        {"skus": [with_(SKU, marketPrice=100)]},
        {"skus": [with_(SKU, marketPrice=99_999)]},
        {"skus": [with_(SKU, marketPrice=99_999, marketBasis="SUGGESTED", marketSource=" ")]},
        {"skus": [with_(SKU, weight=-1)]},
        {"skus": [with_(SKU, grossWeight=0)]},
    ]
    goods += [{"skus": [with_(SKU, weight=9000)]}, {"skus": [with_(SKU, stock=-1)]}, {"skus": [with_(SKU, name="")]}]
    goods += [
        {"originCode": "530600"},
        {"originCode": "x"},
        {"categoryId": "$root"},
        {"harvestFrom": 13, "harvestTo": 1},
    ]
    goods += [{"harvestFrom": 1}, {"shelfLifeDays": 0}, {"images": [{"key": "nothing"}]}, {"brandId": "$sku"}]
    found = each("goods", "shop", "saveProduct", "BAD_USER_INPUT", *({"input": with_(PRODUCT, **x)} for x in goods))
    ships = [
        {"carrier": "XX"},
        {"carrier": ""},
        {"trackingNumber": "1"},
        {"trackingNumber": "中文单号"},
        {"trackingNumber": "9" * 31},
    ]
    found += each("shipment", "shop", "ship", "BAD_USER_INPUT", *({"input": shipment("$paid", **x)} for x in ships))
    moves = [{"d": 0}, {"d": 2**31}, {"d": 100_000_000}, {"r": "OTHER"}, {"n": "因" * 41}, {"r": "LOSS"}]
    found += each("stock", "shop", "adjust", "BAD_USER_INPUT", *(stock("$sku", **x) for x in moves))
    found += each("history", "shop", "history", "BAD_USER_INPUT", {"t": "字" * 61, "page": 1}, {"t": None, "page": 0})
    found += [
        Case("stock of another version", "shop", "adjust", stock("$sku", v=99), "CONFLICT"),
        Case("an illegal step", "shop", "moveProduct", {"id": "$product", "step": "SUBMIT"}, "WRONG_STATE"),
        Case("a step that is none", "shop", "moveProduct", {"id": "$product", "step": "FREEZE"}),
        Case(
            "an older version",
            "shop",
            "saveProduct",
            {"id": "$product", "input": with_(PRODUCT, version=99)},
            "CONFLICT",
        ),
        Case("a reason of nothing", "admin", "suspend", {"id": "$merchant", "r": ""}),
        Case("a category without a name", "admin", "saveCategory", {"n": ""}),
        Case("a category under nothing", "admin", "saveCategory", {"n": "山货", "p": NOWHERE}),
        Case("a brand without a name", "admin", "saveBrand", {"n": " "}),
        Case("too long a story of a place", "admin", "saveOrigin", {"c": "530602", "s": "长" * 2001}),
        Case("a job that is none", "admin", "requeue", {"id": "abc"}),
        Case("a weak password", "admin", "password", {"c": "wrong-password", "n": "short"}),
        Case("a wrong second factor", "admin", "totp", {"c": "000000"}, "WRONG_STATE"),
    ]
    return found


def audiences() -> list[Case]:
    found = [
        Case(f"{name} signed out", "nobody", name, {}, "UNAUTHENTICATED")
        for name in ("cart", "platformStaff", "merchantStock")
    ]
    found += [
        Case(f"buyer asks for {name}", "buyer", name, {}, "FORBIDDEN") for name in ("platformStaff", "merchantStock")
    ]
    found += [Case("shop asks for platformStaff", "shop", "platformStaff", {}, "FORBIDDEN")]
    found += [Case("shop asks for a cart", "shop", "cart", {}, "FORBIDDEN")]
    found += [Case("admin asks for merchantStock", "admin", "merchantStock", {}, "FORBIDDEN")]
    found += [Case("clerk saves goods", "clerk", "saveProduct", {"input": PRODUCT}, "FORBIDDEN")]
    found += [Case("nobody orders", "nobody", "place", {"input": ORDER}, "UNAUTHENTICATED")]
    found += [Case("a forged token", "forged", "cart", {}, "UNAUTHENTICATED")]
    found += [Case("a token of garbage", "garbage", "cart", {}, "UNAUTHENTICATED")]
    return found


def signing_in() -> list[Case]:
    found = each("code", "nobody", "login", "BAD_USER_INPUT", {"code": ""}, {"code": "wrong"}, {"code": "x" * 600})
    found += each("refresh", "nobody", "refresh", "UNAUTHENTICATED", {"t": ""}, {"t": "x" * 43}, {"t": "x" * 5000})
    found += each("staff refresh", "nobody", "staffRefresh", "UNAUTHENTICATED", {"t": ""}, {"t": "x" * 43})
    wrong = [
        {"l": "admin", "p": "wrong"},
        {"l": "nobody", "p": "wrong"},
        {"l": "", "p": ""},
        {"l": "a" * 500, "p": "b" * 5000},
    ]
    found += each("password", "nobody", "staffLogin", "BAD_USER_INPUT", *wrong)
    found += each("phone", "buyer", "bindPhone", "BAD_USER_INPUT", {"c": ""}, {"c": "wrong"})
    return found + each("nickname", "buyer", "profile", "BAD_USER_INPUT", {"n": ""}, {"n": "好" * 41}, {"n": "a\x07b"})


CASES = [
    *bad_ids(),
    *unknown_ids(),
    *foreign_ids(),
    *amounts(),
    *orders(),
    *addresses(),
    *pages(),
    *searching(),
    *sending(),
    *staff(),
    *audiences(),
    *signing_in(),
]
