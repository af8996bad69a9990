"""Trades and orders as buyers, shops and the platform see them, and the figures made of them."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from domain import (
    cards,
    catalog,
    delivery,
    invoices,
    ledger,
    merchants,
    orders,
    payments,
    pickups,
    presales,
    pricing,
    promotions,
    vouchers,
)
from domain.base import ViewerKind
from models.audit import ActorKind
from models.base import Fen
from models.catalog import ReturnClass
from models.orders import CloseReason, OrderState, TradeState
from schema.base import Connection, Info, NumberedPage, Problem, Refused
from schema.catalog import ProductSnapshot
from schema.checkout import WantedSku
from schema.delivery import Shipment
from schema.freight import Undeliverable
from schema.inventory import OutOfStock
from schema.invoices import OrderInvoice
from schema.ledger import MOVES, MoneyTrace
from schema.merchants import Merchant
from schema.payments import Refund
from schema.pickups import OrderPickup, PickupPoint
from schema.pictures import Image
from schema.presales import PresaleBooking
from schema.pricing import PriceNode
from schema.relations import RowType, columns_for, derived, looked_up, many, one, reads
from schema.vouchers import OrderVoucher

strawberry.enum(OrderState)
strawberry.enum(TradeState)
strawberry.enum(CloseReason)
strawberry.enum(ActorKind)


@strawberry.type(description="The price shown to the buyer is no longer the price: show `total` and ask again.")
class PriceChanged(Problem):
    total: Fen

    @classmethod
    def of(cls, refusal: orders.PriceChanged) -> PriceChanged:
        return cls(code=refusal.code, message=refusal.message, field=refusal.field, total=Fen(refusal.total))


# ------------------------------------------------------------------------------------------------ orders
@strawberry.type
class OrderLine(RowType):
    id: UUID
    sku_id: UUID
    product_id: UUID
    title: str
    sku_name: str
    image: Image | None = one(catalog.pictures_by_key, key="image_key")
    quantity: int
    unit_price: Fen
    amount: Fen
    weight: int
    return_class: ReturnClass
    snapshot: ProductSnapshot | None = one(catalog.snapshots_by_hash, key="snapshot_hash")
    shipped_quantity: int = strawberry.field(description="In parcels")
    withdrawn_quantity: int = strawberry.field(description="Called off before it was shipped")
    to_ship: int = derived(
        lambda bought, shipped, withdrawn: bought - shipped - withdrawn,
        *("quantity", "shipped_quantity", "withdrawn_quantity"),
        description="Neither in a parcel nor called off; counts only while the order is being shipped.",
    )


@strawberry.type
class OrderStep(RowType):
    at: datetime = derived(lambda at: at, "created_at")
    text: str = strawberry.field(description="A Chinese sentence")
    state: OrderState
    actor: ActorKind = derived(lambda kind: kind, "actor_kind")


@strawberry.type(
    description="Where it goes: whole for the buyer, phone masked for the merchant until it must be used on a label."
)
class OrderAddress:
    name: str
    phone: str
    region_name: str
    detail: str


@strawberry.type
class Order(RowType):
    id: UUID
    number: str
    trade_id: UUID
    trade: Trade = one(orders.trades_by_id, key="trade_id")
    state: OrderState
    merchant: Merchant = one(merchants.by_id, key="merchant_id")
    merchant_id: UUID
    lines: list[OrderLine] = many(orders.lines_by_order, key="id")
    goods_total: Fen
    discount_total: Fen
    freight: Fen
    total: Fen
    card_total: Fen = strawberry.field(description="What of it gift cards or a voucher pay")
    points_total: Fen = strawberry.field(description="What points took off it, a fen each; part of the discount")
    price_trace: list[PriceNode] = many(
        orders.price_traces_by_order, key="id", description="Why it costs that much, from what was stored then"
    )
    remark: str
    steps: list[OrderStep] = many(orders.steps_by_order, key="id")
    shipments: list[Shipment] = many(delivery.shipments_by_order, key="id")
    refunds: list[Refund] = many(payments.refunds_by_order, key="id")
    invoices: list[OrderInvoice] = many(invoices.invoices_by_order, key="id", description="The newest first")
    created_at: datetime
    expires_at: datetime
    paid_at: datetime | None
    shipped_at: datetime | None = strawberry.field(description="The first parcel was sent")
    signed_at: datetime | None = strawberry.field(description="The last parcel was signed for")
    received_at: datetime | None
    completed_at: datetime | None
    closed_at: datetime | None
    close_reason: CloseReason | None
    auto_confirm_at: datetime | None = strawberry.field(description="When a shipped order confirms itself.")
    version: int

    @reads(*orders.ADDRESS)
    def address(self, info: Info) -> OrderAddress | None:
        """How much of it depends on who asks. Null: the order is picked up, and `pickupPoint` says where."""
        shown = orders.address_for(info.context.viewer, self.__dict__)
        return OrderAddress(**asdict(shown)) if shown else None

    pickup_point: PickupPoint | None = one(pickups.points_by_id, key="pickup_point_id")
    pickup: OrderPickup | None = one(pickups.by_order, key="id", description="Of one that is picked up, once paid.")

    @reads("id", description="Where each fen of the order came from, and where it is now.")
    async def money_trace(self, info: Info) -> MoneyTrace:
        entries = await info.context.load(ledger.entries_by_order, MOVES, self.id)
        return MoneyTrace.of(ledger.trace(entries or (), divided=info.context.viewer.kind is not ViewerKind.MEMBER))

    presale: PresaleBooking | None = one(
        presales.bookings_by_order, key="id", description="Of an order that was bought before the harvest."
    )
    voucher: OrderVoucher | None = one(
        vouchers.holds_by_order, key="id", description="Of an order that redeems one: `cardTotal` is what it pays."
    )
    buyer_name: str = looked_up(orders.buyers_by_id, "nickname", key="member_id", missing="")


OWN_ID = frozenset({"id"})
OWN_TOTAL = frozenset({"total"})
OWN_DUE = frozenset({"total", "card_total"})


@strawberry.type
class Trade(RowType):
    id: UUID
    number: str
    state: TradeState
    created_at: datetime
    expires_at: datetime = strawberry.field(description="Unpaid trades close then")
    paid_at: datetime | None

    @reads("id", "total", description="What is paid at once; a shop reads the sum of its own orders only.")
    async def total(self, info: Info) -> Fen:
        viewer, total = info.context.viewer, self.__dict__["total"]
        if viewer.kind is not ViewerKind.MERCHANT:
            return Fen(total)
        rows = await info.context.load(orders.orders_by_trade, OWN_TOTAL, self.id)
        return Fen(sum(row["total"] for row in orders.visible(viewer, rows or ())))

    @reads(
        "id",
        description="What is paid in money after gift cards, by one payment or, of a presale, by two; a shop reads "
        "that of its own orders.",
    )
    async def due(self, info: Info) -> Fen:
        rows = await info.context.load(orders.orders_by_trade, OWN_DUE, self.id)
        return Fen(sum(row["total"] - row["card_total"] for row in orders.visible(info.context.viewer, rows or ())))

    @reads("id", description="Why it costs that much; a shop reads the part of its own orders only.")
    async def price_trace(self, info: Info) -> list[PriceNode]:
        load = info.context.load
        rows = orders.visible(info.context.viewer, await load(orders.orders_by_trade, OWN_ID, self.id) or ())
        traces = await asyncio.gather(*(load(orders.price_traces_by_order, OWN_ID, row["id"]) for row in rows))
        return [PriceNode.of(row) for row in pricing.rows_of_orders(trace or () for trace in traces)]

    @reads("id")
    async def orders(self, info: Info) -> list[Order]:
        """Only those the viewer may see: a shop does not learn what its buyers bought elsewhere."""
        rows = await info.context.load(orders.orders_by_trade, columns_for(info, Order), self.id)
        return [Order.of(row) for row in orders.visible(info.context.viewer, rows or ())]


@strawberry.type
class OrderConnection(Connection[Order]):
    pass


@strawberry.type
class OrderPage(NumberedPage[Order]):
    pass


@strawberry.type
class OrderStateCount:
    state: OrderState
    count: int


def state_counts(counts: dict[OrderState, int]) -> list[OrderStateCount]:
    return [OrderStateCount(state=state, count=count) for state, count in counts.items()]


OrderResult = Annotated[Order | Refused, strawberry.union("OrderResult")]
TradeResult = Annotated[Trade | Refused, strawberry.union("TradeResult")]
PlaceOrderResult = Annotated[
    Trade | OutOfStock | PriceChanged | Undeliverable | Refused, strawberry.union("PlaceOrderResult")
]


# ------------------------------------------------------------------------------------------------ inputs
@strawberry.input
class RemarkInput:
    merchant_id: UUID
    text: str


@strawberry.input
class PlaceOrderInput:
    idempotency_key: str = strawberry.field(
        description="Made once per visit of the checkout page; the same key gives the same trade. 8–64 characters."
    )
    lines: list[WantedSku]
    address_id: UUID
    expected_total: Fen = strawberry.field(
        description="The total the buyer saw; anything else is answered with PriceChanged."
    )
    remarks: list[RemarkInput] = strawberry.field(default_factory=list)
    return_waivers: list[UUID] = strawberry.field(
        default_factory=list,
        description="SKUs for which the buyer ticked 「我已知晓并同意本商品不支持七天无理由退货」.",
    )
    from_cart: bool = strawberry.field(
        default=True, description="Take the lines out of the cart when the order stands."
    )
    coupon_ids: list[UUID] = strawberry.field(
        default_factory=list,
        description="The coupons the preview showed as used; one that saves nothing is left as it is.",
    )
    card_ids: list[UUID] = strawberry.field(default_factory=list, description="As the preview showed them used.")
    expected_due: Fen | None = strawberry.field(default=None, description="With gift cards: `due` of the preview.")
    points: int = strawberry.field(default=0, description="`points.used` of the preview.")

    def wanted(self) -> orders.WantedOrder:
        return orders.WantedOrder(
            idempotency_key=self.idempotency_key,
            lines=[(line.sku_id, line.quantity) for line in self.lines],
            address_id=self.address_id,
            expected_total=self.expected_total,
            remarks={remark.merchant_id: remark.text for remark in self.remarks},
            return_waivers=frozenset(self.return_waivers),
            from_cart=self.from_cart,
            picks=promotions.Picks(frozenset(self.coupon_ids)),
            cards=cards.CardPicks(frozenset(self.card_ids), self.expected_due),
            points=self.points,
        )


@strawberry.input
class ConsoleOrderFilter:
    text: str | None = None
    state: OrderState | None = None
    merchant_id: UUID | None = None
    from_: datetime | None = strawberry.field(default=None, name="from")
    to: datetime | None = None
    in_trouble: bool = strawberry.field(
        default=False, description="Only orders with a parcel that is held up or on its way back."
    )
    ids: list[UUID] | None = strawberry.field(default=None, description="Only these; at most 100.")
    to_pick_up: bool = strawberry.field(default=False, description="Only orders that wait at a counter.")

    def wanted(self) -> orders.OrderFilter:
        return orders.OrderFilter(
            self.text, self.state, self.merchant_id, self.from_, self.to, self.in_trouble, self.ids, self.to_pick_up
        )


@strawberry.type(description="One row of a batch: `order` or `problem`.")
class ShipRow:
    order_id: UUID
    order: Order | None
    problem: Refused | None


# ------------------------------------------------------------------------------------------------ limits
@strawberry.type(description="What one member may keep from others without paying.")
class OrderLimits:
    most_unpaid: int = strawberry.field(description="Unpaid trades of a member, 1 to 50.")
    most_pieces: int = strawberry.field(description="Pieces of one SKU in all of them, 1 to 999.")

    @classmethod
    def of(cls, limits: orders.Limits) -> OrderLimits:
        return cls(most_unpaid=limits.most_unpaid, most_pieces=limits.most_pieces)


OrderLimitsResult = Annotated[OrderLimits | Refused, strawberry.union("OrderLimitsResult")]
