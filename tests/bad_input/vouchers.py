"""Vouchers: what must be refused in words. Operations by name, then the table."""

from __future__ import annotations

from typing import Any

from tests.bad_input.cases import ADDRESS_ID, HUGE, NOWHERE, REFUSED, Case, Values, each, with_
from tests.bad_input.selling import BEGIN, END, LONG_AGO

OPERATIONS = {
    "savePoint": "mutation($input: PickupPointInput!) { merchantSavePickupPoint(input: $input) { " + REFUSED + " } }",
    "closePoint": "mutation($id: ID!) { merchantClosePickupPoint(id: $id) { " + REFUSED + " } }",
    "findPickup": "mutation($c: String!) { merchantFindPickup(code: $c) { " + REFUSED + " } }",
    "handOver": "mutation($c: String!) { merchantHandOver(code: $c) { " + REFUSED + " } }",
    "cancelPickup": "mutation($id: ID!) { cancelPickup(orderId: $id) { " + REFUSED + " } }",
    "bindVoucher": "mutation($c: String!) { bindVoucher(code: $c) { " + REFUSED + " } }",
    "redeem": "mutation($input: RedeemVoucherInput!) { redeemVoucher(input: $input) { " + REFUSED + " } }",
    "giveVoucher": "mutation($id: ID!, $w: String!) { giveVoucher(id: $id, words: $w) { " + REFUSED + " } }",
    "acceptVoucher": "mutation($t: String!) { acceptVoucher(token: $t) { " + REFUSED + " } }",
    "extendVoucher": "mutation($id: ID!) { extendVoucher(id: $id) { " + REFUSED + " } }",
    "askRefund": "mutation($id: ID!, $p: String!) { askVoucherRefund(id: $id, payee: $p) { " + REFUSED + " } }",
    "openVouchers": "mutation($input: VoucherBatchInput!) { merchantOpenVoucherBatch(input: $input) { "
    + REFUSED
    + " } }",
    "platformVouchers": "mutation($input: PlatformVoucherBatchInput!) { platformOpenVoucherBatch(input: $input) { "
    + REFUSED
    + " } }",
    "issueVouchers": "mutation($id: ID!, $n: Int!, $k: String!) "
    "{ merchantIssueVouchers(batchId: $id, count: $n, idempotencyKey: $k) { " + REFUSED + " } }",
    "payBack": "mutation($id: ID!, $r: String!) { merchantRefundVoucher(id: $id, reference: $r) { " + REFUSED + " } }",
    "freezeVoucher": "mutation($id: ID!, $r: String!) { platformFreezeVoucher(id: $id, reason: $r) { "
    + REFUSED
    + " } }",
}
BATCH = {"name": "苹果提货券", "skuIds": ["$sku"], "units": 10, "value": 5000, "freight": "INCLUDED", "total": 100}
BATCH |= {"validFrom": BEGIN, "validUntil": END}
PAGE = {"idempotencyKey": "voucher-00000001", "voucherId": NOWHERE, "skuId": "$sku", "quantity": 1}
PAGE |= {"expectedTotal": 5000, **ADDRESS_ID}
BAD_BATCHES: tuple[Values, ...] = (
    {"name": ""},
    {"name": "长" * 41},
    {"name": "苹果\u0000券"},
    {"skuIds": []},
    {"skuIds": ["$sku", "$sku"]},
    {"skuIds": [NOWHERE]},
    {"units": 0},
    {"units": -1},
    {"units": 100},
    {"value": 0},
    {"value": -5000},
    {"value": 1_000_001},
    {"value": HUGE},
    {"total": 0},
    {"total": 10_001},
    {"validUntil": BEGIN},
    {"validFrom": END, "validUntil": BEGIN},
    {"validFrom": LONG_AGO, "validUntil": LONG_AGO},
    {"validUntil": "2999-01-01T00:00:00+08:00"},
    {"note": "长" * 201},
    {"freight": "FREE"},
)


POINT = {
    "name": "昭阳直营店",
    "regionCode": "530602",
    "detail": "龙泉路 18 号",
    "hours": "每天",
    "phone": "0870-2123456",
}
BAD_POINTS: tuple[Values, ...] = (
    {"name": ""},
    {"name": "店" * 31},
    {"name": "店\u0000铺"},
    {"regionCode": ""},
    {"regionCode": "530699"},
    {"regionCode": "510104"},
    {"regionCode": "5306" + "0" * 5000},
    {"detail": ""},
    {"detail": "路" * 101},
    {"hours": ""},
    {"hours": "时" * 61},
    {"phone": ""},
    {"phone": "打电话问问"},
    {"phone": "1" * 21},
    {"phone": "--------"},
)


def counters() -> list[Case]:
    wrong = "BAD_USER_INPUT"
    codes = (
        {"c": ""},
        {"c": "1234567"},
        {"c": "１２３４５６７８"},
        {"c": "1" * 5000},
        {"c": "\u0000" * 8},
        {"c": "00000000"},
    )
    return [
        *each("pickup point", "shop", "savePoint", wrong, *({"input": {**POINT, **bad}} for bad in BAD_POINTS)),
        Case("pickup: counter for nobody", "nobody", "savePoint", {"input": POINT}, "UNAUTHENTICATED"),
        Case("pickup: close no counter", "shop", "closePoint", {"id": NOWHERE}, "NOT_FOUND"),
        *each("pickup code", "shop", "findPickup", wrong, *codes),
        *each("pickup hand over", "shop", "handOver", wrong, *codes),
        Case("pickup: call off nothing", "buyer", "cancelPickup", {"id": NOWHERE}, "NOT_FOUND"),
    ]


def vouchers() -> list[Case]:
    def batch(**changes: Any) -> Values:
        return {"input": with_(BATCH, **changes)}

    def redeemed(**changes: Any) -> Values:
        return {"input": with_(PAGE, **changes)}

    wrong = "BAD_USER_INPUT"
    nothing = ({"id": NOWHERE, "w": ""}, {"id": NOWHERE, "w": "词" * 5000})
    codes = ({"c": ""}, {"c": "1234"}, {"c": "A" * 5000}, {"c": "\u0000" * 16})
    own = {**BATCH, "kind": "GIVEN", "issuerId": "$merchant"}
    return [
        *each("voucher batch", "shop", "openVouchers", wrong, *(batch(**x) for x in BAD_BATCHES)),
        Case("voucher: batch of another shop's goods", "rival", "openVouchers", batch(), wrong),
        Case("voucher: batch by a clerk", "clerk", "openVouchers", batch(), "FORBIDDEN"),
        Case("voucher: batch of the platform's for a shop", "admin", "platformVouchers", {"input": own}, wrong),
        Case(
            "voucher: batch for no shop",
            "admin",
            "platformVouchers",
            {"input": {**own, "issuerId": NOWHERE}},
            "NOT_FOUND",
        ),
        Case("voucher: codes of no batch", "shop", "issueVouchers", {"id": NOWHERE, "n": 1, "k": "x" * 8}, "NOT_FOUND"),
        Case("voucher: codes with no key", "shop", "issueVouchers", {"id": NOWHERE, "n": 1, "k": ""}, wrong),
        *each("voucher code", "buyer", "bindVoucher", wrong, *codes),
        Case("voucher: code for nobody", "nobody", "bindVoucher", {"c": "AAAA"}, "UNAUTHENTICATED"),
        Case("voucher: redeem from nothing", "buyer", "redeem", redeemed(), "VOUCHER_UNUSABLE"),
        Case("voucher: redeem for nobody", "nobody", "redeem", redeemed(), "UNAUTHENTICATED"),
        Case("voucher: sent nowhere", "buyer", "redeem", redeemed(addressId=None), wrong),
        Case("voucher: sent and picked up", "buyer", "redeem", redeemed(pickupPointId=NOWHERE), wrong),
        Case("voucher: redeem with a short key", "buyer", "redeem", redeemed(idempotencyKey="x"), wrong),
        *each(
            "voucher pieces", "buyer", "redeem", "VOUCHER_UNUSABLE", *(redeemed(quantity=n) for n in (0, -1, 2**31 - 1))
        ),
        *each("voucher give nothing", "buyer", "giveVoucher", "NOT_FOUND", *nothing),
        *each("voucher link", "buyer", "acceptVoucher", "NOT_FOUND", {"t": ""}, {"t": "x" * 5000}),
        Case("voucher: extend nothing", "buyer", "extendVoucher", {"id": NOWHERE}, "NOT_FOUND"),
        Case("voucher: money for nothing", "buyer", "askRefund", {"id": NOWHERE, "p": "农业银行 6228"}, "NOT_FOUND"),
        *each("voucher transfer", "shop", "payBack", wrong, {"id": NOWHERE, "r": ""}, {"id": NOWHERE, "r": "9" * 65}),
        Case("voucher: transfer for nothing", "shop", "payBack", {"id": NOWHERE, "r": "2026113000000001"}, "NOT_FOUND"),
        *each(
            "voucher reason", "admin", "freezeVoucher", wrong, {"id": NOWHERE, "r": ""}, {"id": NOWHERE, "r": "因" * 61}
        ),
        Case("voucher: freeze nothing", "admin", "freezeVoucher", {"id": NOWHERE, "r": "投诉核实"}, "NOT_FOUND"),
    ]


CASES = [*vouchers(), *counters()]
