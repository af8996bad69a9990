"""The cart and the checkout page."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain import catalog, checkout, merchants, pricing
from domain.base import Invalid
from domain.checkout import CartProblem
from models.base import Fen
from schema.base import Refused
from schema.catalog import Sku
from schema.freight import Undeliverable
from schema.inventory import OutOfStock
from schema.members import Address
from schema.merchants import Merchant
from schema.pricing import PriceNode
from schema.relations import RowType, derived, one

strawberry.enum(CartProblem, name="CartLineProblem")


def _why(priced: checkout.Priced) -> list[PriceNode]:
    return [PriceNode.of(row) for row in pricing.rows_of(pricing.of_trade(priced))]


WHY = "Why it costs that much, and why offers were not used"


# ------------------------------------------------------------------------------------------------ cart
@strawberry.type
class CartLine(RowType):
    sku: Sku = one(catalog.skus_by_id, key="sku_id")
    sku_id: UUID
    quantity: int
    selected: bool
    price_seen: Fen = strawberry.field(description="What the buyer saw when it was put in")
    amount: Fen
    problem: CartProblem | None
    left: int | None = strawberry.field(
        description="How many more of it the buyer may have, by `sku.limitEach` and what was bought; null: no limit."
    )
    not_sent: str | None = strawberry.field(
        description="Why the shop does not send this to the default address; null when it does."
    )

    @classmethod
    def from_item(cls, item: checkout.CartItem) -> CartLine:
        return cls.of(
            {
                "sku_id": item.offer.sku_id,
                "quantity": item.quantity,
                "selected": item.selected,
                "price_seen": item.price_seen,
                "amount": item.offer.price * item.quantity,
                "problem": item.problem,
                "not_sent": item.not_sent,
                "left": item.left,
            }
        )


@strawberry.type(description="满减 of the shop, or of the platform, that is for goods in the cart.")
class CartReduction(RowType):
    id: UUID | None
    name: str
    off: Fen = strawberry.field(description="What it takes off the selected lines")
    note: str | None = strawberry.field(description="Where it takes nothing off: how far they are from it, or why")
    worth: Fen = strawberry.field(description="What the selected lines that count for it come to")
    missing: Fen | None = strawberry.field(
        description="So much more of its goods takes `nextOff` off; null: no step is left, or its goods have another."
    )
    next_off: Fen | None


@strawberry.type
class CartGroup(RowType):
    merchant: Merchant = one(merchants.by_id, key="merchant_id")
    lines: list[CartLine]
    goods_total: Fen
    discount_total: Fen
    freight: Fen
    reductions: list[CartReduction]


@strawberry.type(description="`total` counts the selected lines that can be bought, freight included.")
class Cart(RowType):
    groups: list[CartGroup]
    reductions: list[CartReduction] = strawberry.field(description="Of the platform, over the goods of several shops")
    line_count: int
    selected_count: int
    goods_total: Fen
    discount_total: Fen
    freight: Fen
    total: Fen
    price_trace: list[PriceNode] = derived(_why, "priced", description=WHY)

    @classmethod
    def whole(cls, cart: checkout.Cart) -> Cart:
        return cls.of(
            {
                "groups": _cart_groups(cart),
                "reductions": _reductions(pricing.reductions_across(cart.priced, cart.reductions)),
                "line_count": len(cart.items),
                "selected_count": sum(item.counts for item in cart.items),
                "goods_total": cart.priced.goods_total,
                "freight": cart.priced.freight,
                "discount_total": cart.priced.discount_total,
                "total": cart.priced.total,
                "priced": cart.priced,
            }
        )


def _cart_groups(cart: checkout.Cart) -> list[CartGroup]:
    """Every merchant with a line, also one none of whose lines counts at the moment."""
    priced = {group.merchant_id: group for group in cart.priced.groups}
    lines: dict[UUID, list[CartLine]] = {}
    for item in cart.items:
        lines.setdefault(item.offer.merchant_id, []).append(CartLine.from_item(item))
    return [
        CartGroup.of(
            {
                "merchant_id": merchant_id,
                "lines": own,
                **_sums(priced.get(merchant_id), cart.reductions),
            }
        )
        for merchant_id, own in lines.items()
    ]


def _sums(group: checkout.PricedGroup | None, offered: tuple[pricing.Reduction, ...]) -> dict[str, Any]:
    if group is None:
        return {"goods_total": 0, "discount_total": 0, "freight": 0, "reductions": []}
    sums = {name: getattr(group, name) for name in ("goods_total", "discount_total", "freight")}
    return {**sums, "reductions": _reductions(pricing.reductions_of(group, offered))}


def _reductions(found: list[pricing.Reduced]) -> list[CartReduction]:
    return [CartReduction.of(vars(each)) for each in found]


strawberry.enum(checkout.Short, name="ShortReason")


@strawberry.type(description="What of an order could not be put into the cart again.")
class ReorderGap:
    title: str
    sku_name: str
    wanted: int
    added: int
    reason: checkout.Short


@strawberry.type(description="The cart, and what is missing in it.")
class Reordered:
    cart: Cart
    missing: list[ReorderGap]


ReorderResult = Annotated[Reordered | Refused, strawberry.union("ReorderResult")]
CartResult = Annotated[Cart | OutOfStock | Refused, strawberry.union("CartResult")]


# ------------------------------------------------------------------------------------------------ preview
@strawberry.input
class WantedSku:
    sku_id: UUID
    quantity: int


def quantities(lines: list[WantedSku]) -> dict[UUID, int]:
    """Quantities by SKU; a SKU named twice is refused rather than guessed at."""
    wanted = {line.sku_id: line.quantity for line in lines}
    if len(wanted) != len(lines):
        raise Invalid("同一规格请合并为一行", field="lines")
    return wanted


PickedCoupons = Annotated[
    list[UUID] | None,
    strawberry.argument(description="The coupons to use; null: the best of those held; empty: none."),
]


@strawberry.type
class PreviewLine(RowType):
    sku: Sku = one(catalog.skus_by_id, key="sku_id")
    quantity: int
    unit_price: Fen
    amount: Fen
    payable: Fen = strawberry.field(description="After every discount, without freight")


@strawberry.type
class PreviewGroup(RowType):
    merchant: Merchant = one(merchants.by_id, key="merchant_id")
    lines: list[PreviewLine]
    goods_total: Fen
    discount_total: Fen
    freight: Fen
    total: Fen


@strawberry.type(description="One of the buyer's coupons on the checkout page.")
class CouponChoice(RowType):
    id: UUID
    name: str
    merchant_id: UUID | None = strawberry.field(description="Whose goods it is for; null: of the platform")
    threshold: Fen
    off: Fen = strawberry.field(description="0 for a percentage")
    percent_off: int
    most: Fen | None = strawberry.field(description="What a percentage takes off at most")
    exclusive: bool = strawberry.field(description="It goes with no other coupon for the same goods.")
    saved: Fen = strawberry.field(description="What it takes off here; it is used where that is not 0.")
    note: str | None = strawberry.field(description="Why it is not used")

    @classmethod
    def from_choice(cls, choice: checkout.Choice) -> CouponChoice:
        coupon = choice.coupon
        names = ("id", "name", "merchant_id", "threshold", "off", "percent_off", "most", "exclusive")
        shown = {name: getattr(coupon, name) for name in names}
        return cls.of({**shown, "saved": choice.saved, "note": choice.note})


PickedCards = Annotated[
    list[UUID] | None,
    strawberry.argument(description="The gift cards to pay with; null: all that are good here; empty: none."),
]


@strawberry.type(description="One of the buyer's gift cards on the checkout page, in the order in which they pay.")
class CardChoice:
    id: UUID
    name: str
    merchant_id: UUID = strawberry.field(description="Whose goods it pays for")
    available: Fen
    paid: Fen = strawberry.field(description="What it pays here; it is used where that is not 0.")
    expires_at: datetime | None


AskedPoints = Annotated[
    int,
    strawberry.argument(
        description="Use at most so many of the buyer's points, and no more than may be used; 0: none."
    ),
]


@strawberry.type(description="Points on the checkout page, each worth one fen.")
class PointsOffer:
    balance: int = strawberry.field(description="What the buyer has")
    used: int
    usable: int = strawberry.field(description="How many may be used for these goods")
    note: str | None = strawberry.field(description="Why not all of them")
    earns: int = strawberry.field(description="What the order is going to bring, if all of it is kept")


@strawberry.type
class CheckoutPreview(RowType):
    groups: list[PreviewGroup]
    goods_total: Fen
    discount_total: Fen
    freight: Fen
    total: Fen
    due: Fen = strawberry.field(description="What is left to pay in money after the gift cards")
    cards: list[CardChoice] = strawberry.field(description="The gift cards that could pay here")
    points: PointsOffer | None = strawberry.field(description="Null where there are no points.")
    price_trace: list[PriceNode] = derived(_why, "priced", description=WHY)
    address: Address | None
    coupons: list[CouponChoice] = strawberry.field(
        description="What the buyer holds and could use for these goods, those that save most first."
    )
    needs_return_waiver: list[UUID] = strawberry.field(
        description="SKUs whose return right is only waived when the buyer says so"
    )

    @classmethod
    def whole(cls, preview: checkout.Preview) -> CheckoutPreview:
        priced = preview.priced
        return cls.of(
            {
                "groups": [_preview_group(group) for group in priced.groups],
                "goods_total": priced.goods_total,
                "discount_total": priced.discount_total,
                "freight": priced.freight,
                "total": priced.total,
                "due": priced.due,
                "cards": [_card(card, paid) for card, paid in preview.card_choices],
                "points": None if preview.points is None else PointsOffer(**vars(preview.points)),
                "priced": priced,
                "coupons": [CouponChoice.from_choice(choice) for choice in preview.choices],
                "address": None if preview.address is None else Address.of(preview.address),
                "needs_return_waiver": checkout.need_return_waiver(priced),
            }
        )


def _card(card: pricing.GiftCard, paid: int) -> CardChoice:
    return CardChoice(
        id=card.id,
        name=card.name,
        merchant_id=card.issuer_id,
        available=Fen(card.balance),
        paid=Fen(paid),
        expires_at=card.expires_at,
    )


def _preview_group(group: checkout.PricedGroup) -> PreviewGroup:
    return PreviewGroup.of(
        {
            "merchant_id": group.merchant_id,
            "lines": [_preview_line(line) for line in group.lines],
            "goods_total": group.goods_total,
            "discount_total": group.discount_total,
            "freight": group.freight,
            "total": group.total,
        }
    )


def _preview_line(line: checkout.PricedLine) -> PreviewLine:
    return PreviewLine.of(
        {
            "sku_id": line.offer.sku_id,
            "quantity": line.quantity,
            "unit_price": line.offer.price,
            "amount": line.amount,
            "payable": line.payable,
        }
    )


CheckoutPreviewResult = Annotated[
    CheckoutPreview | OutOfStock | Undeliverable | Refused, strawberry.union("CheckoutPreviewResult")
]
