"""The shop window, the cart, the cashier: what must be refused in words. Operations by name, then the table."""

from __future__ import annotations

from tests.bad_input.cases import HUGE, NOWHERE, REFUSED, Case, each, with_

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
    "login": "mutation($code: String!) { login(code: $code) { " + REFUSED + " } }",
    "refresh": "mutation($t: String!) { refreshSession(refreshToken: $t) { " + REFUSED + " } }",
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
    "skuFreight": "query($id: ID!, $q: Int!, $r: String) { skuFreight(skuId: $id, quantity: $q, regionCode: $r) { "
    + REFUSED
    + " } }",
    "myNotices": "query($page: Int!, $size: Int!) { myNotices(page: $page, size: $size) { total } }",
    "readNotices": "mutation($ids: [ID!]) { readNotices(ids: $ids) { " + REFUSED + " } }",
    "me": "query { me { id } }",
    "cart": "query { cart { lineCount } }",
}

ADDRESS = {"name": "王小二", "phone": "13800000001", "regionCode": "530602106", "detail": "团结路 8 号"}
ORDER = {"idempotencyKey": "key-00000001", "lines": [{"skuId": "$sku", "quantity": 1}], "addressId": "$address"}
ORDER = {**ORDER, "expectedTotal": "$total"}


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
    found += [Case(f"notices {n}", "buyer", "myNotices", {"page": 1, "size": n}) for n in (0, -1, 101)]
    found += each("read", "buyer", "readNotices", "BAD_USER_INPUT", {"ids": [NOWHERE] * 101}, {"ids": ["x"]})
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
    *amounts(),
    *orders(),
    *addresses(),
    *pages(),
    *searching(),
    *signing_in(),
]
