"""Ids that are none, that nobody has, or that are somebody else's; and fields that are not for whoever asks."""

from __future__ import annotations

from tests.bad_input.buying import ADDRESS, ORDER
from tests.bad_input.cases import NOWHERE, Case
from tests.bad_input.keeping import PRODUCT, shipment, stock

BAD_IDS = ("", "1", "abc", "0190a000-0000-7000-8000", "'; drop table orders; --", "😀", "null")
ID_OPERATIONS = ("product", "merchant", "category", "order", "trade", "pay", "cancel", "confirm", "deleteAddress")


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


CASES = [
    *bad_ids(),
    *unknown_ids(),
    *foreign_ids(),
    *audiences(),
]
