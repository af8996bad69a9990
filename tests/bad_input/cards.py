"""Gift cards, and codes that people hand out: what must be refused in words. Operations by name, then the table."""

from __future__ import annotations

from typing import Any

from tests.bad_input.cases import HUGE, NOWHERE, REFUSED, Case, Values, each, with_


def _of_one(name: str) -> str:
    return "mutation($id: ID!) { " + name + "(id: $id) { " + REFUSED + " } }"


def _codes(name: str) -> str:
    told = "id: $id, lotId: $lot, reason: $r"
    return "mutation($id: ID, $lot: ID, $r: String!) { " + name + "(" + told + ") { " + REFUSED + " } }"


MINE = (
    *("withdrawGiftCard", "restoreGiftCard", "reissueGiftCard", "extendGiftCard", "quoteGiftCardRefund"),
    *("reportGiftCardLost", "payCardPurchase", "confirmCardPurchase"),
)
STEPS = [
    f"{desk}{step}{thing}Codes"
    for desk, thing in (("platform", "Card"), ("merchant", "Voucher"))
    for step in ("Freeze", "Thaw", "Void")
]
ISSUE = "mutation($id: ID!, $n: Int!, $k: String!) { platformIssueCards(batchId: $id, count: $n, idempotencyKey: $k) { "
ACCEPT = "mutation($t: String!, $n: String!, $r: String!) "
ACCEPT += "{ acceptGiftCard(token: $t, holderName: $n, holderRef: $r) { "
OPERATIONS = {
    **{name: _of_one(name) for name in (*MINE, "platformStopCardBatch")},
    **{name: _codes(name) for name in STEPS},
    "bindCard": "mutation($c: String!) { bindGiftCard(code: $c) { " + REFUSED + " } }",
    "giveCard": "mutation($id: ID!, $w: String!) { giveGiftCard(id: $id, words: $w) { " + REFUSED + " } }",
    "acceptCard": ACCEPT + REFUSED + " } }",
    "refundCard": "mutation($id: ID!, $e: Fen!) { refundGiftCard(id: $id, expected: $e) { " + REFUSED + " } }",
    "buyCards": "mutation($input: BuyCardsInput!) { buyGiftCards(input: $input) { " + REFUSED + " } }",
    "payByCards": "mutation($id: ID!) { payTradeByCards(tradeId: $id) { " + REFUSED + " } }",
    "openCards": "mutation($input: CardBatchInput!) { platformOpenCardBatch(input: $input) { " + REFUSED + " } }",
    "issueCards": ISSUE + REFUSED + " } }",
    "freezeCard": "mutation($id: ID!, $r: String!) { platformFreezeCard(id: $id, reason: $r) { " + REFUSED + " } }",
    "unfreezeCard": "mutation($id: ID!, $r: String!) { platformUnfreezeCard(id: $id, reason: $r) { " + REFUSED + " } }",
    "takeCard": "mutation($id: ID!, $r: String!) { platformRefundCard(id: $id, reason: $r) { " + REFUSED + " } }",
}
BATCH: Values = {"kind": "GIVEN", "issuerId": "$ownShop", "name": "春节慰问卡", "face": 10_000, "price": 0, "total": 10}
SOLD: Values = {"kind": "SOLD", "price": 10_000, "buyer": "昭通某学校工会"}
BAD_BATCHES: tuple[Values, ...] = (
    {"name": ""},
    {"name": "长" * 41},
    {"name": "春节\u0000卡"},
    {"face": 99},
    {"face": 0},
    {"face": -10_000},
    {"face": 100_001},
    {"face": HUGE},
    {"price": 1},
    {"kind": "SOLD", "price": 10_001, "buyer": "某工会"},
    {"kind": "SOLD", "price": 0, "buyer": "某工会"},
    {**SOLD, "buyer": ""},
    {**SOLD, "buyer": "长" * 61},
    {"total": 0},
    {"total": 10_001},
    {"validMonths": 35},
    {"validMonths": 121},
    {"named": True},
    {"kind": "ONLINE", "price": 10_000, "named": True, "validMonths": 36},
    {"issuerId": "$merchant"},
    {"kind": "GIFT"},
)
PURCHASE: Values = {"idempotencyKey": "cards-00000001", "batchId": "$cardSale", "quantity": 1, "expectedTotal": 10_000}
KEY = "codes-00000001"
BAD_KEYS = ("", "short", "钥" * 65, "k\u0000" * 8)


def buyers() -> list[Case]:
    wrong = "BAD_USER_INPUT"
    codes = ({"c": ""}, {"c": "1234"}, {"c": "A" * 5000}, {"c": "\u0000" * 16}, {"c": "ＡＣＤＥ" * 4})
    bought = (
        {"quantity": 0},
        {"quantity": -1},
        {"quantity": 2**31 - 1},
        {"idempotencyKey": ""},
        {"idempotencyKey": "x" * 65},
    )
    named = {"t": "x" * 32, "n": "", "r": ""}
    return [
        *(Case(f"card: {name} of nothing", "buyer", name, {"id": NOWHERE}, "NOT_FOUND") for name in MINE),
        *(Case(f"card: {name} for nobody", "nobody", name, {"id": NOWHERE}, "UNAUTHENTICATED") for name in MINE),
        *(Case(f"card: {name} by a stranger", "stranger", name, {"id": "$card"}, "NOT_FOUND") for name in MINE),
        *each("card code", "buyer", "bindCard", wrong, *codes),
        Case("card: code for nobody", "nobody", "bindCard", {"c": "AAAA"}, "UNAUTHENTICATED"),
        *each("card give nothing", "buyer", "giveCard", "NOT_FOUND", {"id": NOWHERE, "w": ""}),
        Case("card: words too long", "buyer", "giveCard", {"id": "$card", "w": "词" * 61}, wrong),
        *each("card link", "buyer", "acceptCard", "NOT_FOUND", {**named, "t": ""}, {**named, "t": "x" * 5000}, named),
        Case("card: refund of nothing", "buyer", "refundCard", {"id": NOWHERE, "e": 1}, "NOT_FOUND"),
        Case("card: refund of one that was given", "buyer", "refundCard", {"id": "$card", "e": 1}, "WRONG_STATE"),
        *each("card purchase", "buyer", "buyCards", wrong, *({"input": with_(PURCHASE, **x)} for x in bought)),
        Case("card: buy nothing", "buyer", "buyCards", {"input": with_(PURCHASE, batchId=NOWHERE)}, "NOT_FOUND"),
        Case(
            "card: buy what is given",
            "buyer",
            "buyCards",
            {"input": with_(PURCHASE, batchId="$cardBatch")},
            "NOT_FOUND",
        ),
        Case("card: another price", "buyer", "buyCards", {"input": with_(PURCHASE, expectedTotal=1)}, "CONFLICT"),
        Case("card: confirm no trade", "buyer", "payByCards", {"id": NOWHERE}, "NOT_FOUND"),
        Case("card: confirm what money pays", "buyer", "payByCards", {"id": "$trade"}, "WRONG_STATE"),
    ]


def issuers() -> list[Case]:
    def issue(**changes: Any) -> Values:
        return with_({"id": "$cardBatch", "n": 1, "k": KEY}, **changes)

    wrong = "BAD_USER_INPUT"
    return [
        *each("card batch", "admin", "openCards", wrong, *({"input": with_(BATCH, **x)} for x in BAD_BATCHES)),
        Case("card: batch for no shop", "admin", "openCards", {"input": with_(BATCH, issuerId=NOWHERE)}, "NOT_FOUND"),
        Case("card: batch by a shop", "shop", "openCards", {"input": BATCH}, "FORBIDDEN"),
        *each("card codes", "admin", "issueCards", wrong, *(issue(n=n) for n in (0, -1, 1001, 2**31 - 1))),
        *each(
            "card codes key",
            "admin",
            "issueCards",
            wrong,
            *(issue(k=k) for k in BAD_KEYS),
        ),
        Case("card: codes of no batch", "admin", "issueCards", issue(id=NOWHERE), "NOT_FOUND"),
        Case("card: codes of what is bought", "admin", "issueCards", issue(id="$cardSale"), "WRONG_STATE"),
        Case("card: more codes than there are", "admin", "issueCards", issue(n=1000), "WRONG_STATE"),
        Case("card: codes for another request", "admin", "issueCards", issue(n=7, k="the-same-intention"), "CONFLICT"),
        Case("card: stop nothing", "admin", "platformStopCardBatch", {"id": NOWHERE}, "NOT_FOUND"),
        *(
            case
            for name in ("freezeCard", "unfreezeCard", "takeCard")
            for case in (
                *each(
                    f"{name} reason", "admin", name, wrong, {"id": "$card", "r": ""}, {"id": "$card", "r": "因" * 61}
                ),
                Case(f"card: {name} of nothing", "admin", name, {"id": NOWHERE, "r": "投诉核实"}, "NOT_FOUND"),
            )
        ),
        Case("card: thaw what is good", "admin", "unfreezeCard", {"id": "$card", "r": "投诉核实"}, "WRONG_STATE"),
        *(case for name in STEPS for case in _taking_back(name)),
    ]


def _taking_back(name: str) -> list[Case]:
    role = "admin" if name.startswith("platform") else "shop"
    one: Values = {"id": NOWHERE, "lot": None, "r": "多生成了一批"}
    wrong = ({**one, "id": None}, {**one, "lot": NOWHERE}, {**one, "r": ""}, {**one, "r": "因" * 61})
    found = [
        *each(f"{name} input", role, name, "BAD_USER_INPUT", *wrong, {**one, "id": "abc"}, {**one, "r": "多\u0000了"}),
        *each(f"{name} of nothing", role, name, "NOT_FOUND", one, {**one, "id": None, "lot": NOWHERE}),
        Case(f"{name} by a clerk", "clerk", name, one, "FORBIDDEN"),
    ]
    if role == "admin":
        found.append(Case(f"{name} of what is bound", role, name, {**one, "id": "$card"}, "WRONG_STATE"))
    return found


CASES = [*buyers(), *issuers()]
