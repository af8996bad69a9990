"""预售: offers before the harvest, what one order has of them, and what came of them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from domain import catalog, merchants, presales
from domain.base import clock
from models.base import Fen
from models.presales import BookingState, DepositKind, PresaleKind, PresaleState
from schema.base import Info, NumberedPage, Refused
from schema.catalog import Product, Sku
from schema.merchants import Merchant
from schema.relations import RowType, derived, one, reads

strawberry.enum(PresaleKind)
strawberry.enum(DepositKind)
strawberry.enum(PresaleState)
strawberry.enum(BookingState, name="PresaleBookingState")

DATES = ("kind", "deposit", "deposit_kind", "balance_from", "balance_until", "ships_at", "ship_days")


def _words(*values: object) -> dict[str, object]:
    return dict(zip(DATES, values, strict=True))


@strawberry.type(description="A SKU at a price before it is harvested: a promise, not what is on the shelf.")
class PresaleOffer(RowType):
    id: UUID
    name: str
    state: PresaleState
    kind: PresaleKind
    price: Fen = strawberry.field(description="Of one piece")
    list_price: Fen = strawberry.field(description="Of one piece by itself, when the offer was published")
    deposit: Fen | None = strawberry.field(description="Of one piece, paid when ordering; at most 20 % of the price")
    deposit_kind: DepositKind | None
    per_member: int
    left: int = derived(lambda stock, taken: stock - taken, "stock", "taken", description="Pieces that can be booked")
    starts_at: datetime
    ends_at: datetime
    balance_from: datetime | None
    balance_until: datetime | None
    ships_at: datetime = strawberry.field(description="Expected: from then on it is shipped")
    ship_days: int = strawberry.field(description="Within so many days after that and after all of it is paid")
    server_time: datetime = derived(
        lambda _: clock.now(), "id", description="Now, by the clock that opens and closes windows: count from this."
    )
    schedule: str = derived(
        lambda *values: presales.schedule(_words(*values)), *DATES, description="When it is shipped, in words"
    )
    rules: str = derived(
        lambda *values: presales.rules(_words(*values)),
        *DATES,
        description="What the buyer agrees to, in full; kept word by word with every order.",
    )
    product_id: UUID
    product: Product = one(catalog.products_by_id, key="product_id")
    sku_id: UUID
    sku: Sku = one(catalog.skus_by_id, key="sku_id")


@strawberry.type(description="What one order has of an offer: what is due when, and the rule that was agreed to.")
class PresaleBooking(RowType):
    id: UUID
    state: BookingState
    quantity: int
    deposit: Fen = strawberry.field(description="Of all pieces; nothing where all is paid when ordering")
    deposit_kind: DepositKind | None
    balance: Fen = strawberry.field(description="What is left to pay, with the freight")
    rules: str
    agreed_at: datetime | None
    paid_at: datetime | None
    balance_paid_at: datetime | None
    allotted: bool | None = strawberry.field(
        description="Whether it gets its goods; null until the shop has said how much was harvested."
    )
    ended_at: datetime | None
    compensation: Fen = strawberry.field(description="The deposit once more, where the shop failed; beside the refunds")
    compensation_paid_at: datetime | None
    server_time: datetime = derived(lambda _: clock.now(), "id")
    offer: PresaleOffer = one(presales.offers_by_id, key="offer_id")


@strawberry.type(description="What came of an offer. Money in fen.")
class PresaleResults:
    booked: int = strawberry.field(description="Orders that stand")
    pieces: int
    paid_up: int = strawberry.field(description="Of those: all of it is paid")
    given_up: int
    failed: int = strawberry.field(description="Got nothing of the harvest")
    deposits: Fen = strawberry.field(description="Of orders that stand: a liability, not income")
    forfeited: Fen = strawberry.field(description="Deposits that stayed with the shop")
    turnover: Fen = strawberry.field(description="What the goods of orders that stand cost")
    compensation: Fen = strawberry.field(description="Owed or paid on top of refunds")

    @classmethod
    def of(cls, found: presales.Results) -> PresaleResults:
        money = ("deposits", "forfeited", "turnover", "compensation")
        return cls(**{**vars(found), **{name: Fen(getattr(found, name)) for name in money}})


@strawberry.type(description="An offer as its shop and the platform see it.")
class ConsolePresale(PresaleOffer):
    stock: int
    taken: int
    stopped_at: datetime | None
    harvested: int | None
    allocated_at: datetime | None
    created_at: datetime
    version: int
    merchant: Merchant = one(merchants.by_id, key="merchant_id")

    @reads("id")
    async def results(self, info: Info) -> PresaleResults:
        row = await info.context.load(presales.results_by_offer, frozenset(), self.__dict__["id"])
        return PresaleResults.of(row["results"] if row else presales.Results())


@strawberry.type(description="What would come of a harvest, before it is carried out. Money in fen.")
class PresaleAllocation:
    harvested: int
    served: int = strawberry.field(description="Orders that get their goods")
    served_pieces: int
    failed: int = strawberry.field(description="Orders that get nothing: refunded whole, a 定金 twice")
    failed_pieces: int
    refunded: Fen
    compensation: Fen

    @classmethod
    def of(cls, found: presales.Allocation) -> PresaleAllocation:
        money = {"refunded": Fen(found.refunded), "compensation": Fen(found.compensation)}
        return cls(**{**vars(found), **money})


@strawberry.type(description="The second half of a deposit that waits to be transferred to its buyer.")
class PresaleCompensation(RowType):
    id: UUID
    order_id: UUID
    compensation: Fen
    ended_at: datetime | None
    offer: PresaleOffer = one(presales.offers_by_id, key="offer_id")


@strawberry.type
class PresaleOfferPage(NumberedPage[PresaleOffer]):
    pass


@strawberry.type
class PresalePage(NumberedPage[ConsolePresale]):
    pass


@strawberry.type
class PresaleCompensationPage(NumberedPage[PresaleCompensation]):
    pass


PresaleResult = Annotated[ConsolePresale | Refused, strawberry.union("PresaleResult")]
PresaleAllocationResult = Annotated[PresaleAllocation | Refused, strawberry.union("PresaleAllocationResult")]


# ------------------------------------------------------------------------------------------------ inputs
@strawberry.input
class PresaleInput:
    sku_id: UUID
    name: str
    kind: PresaleKind
    price: Fen
    deposit: Fen | None = None
    deposit_kind: DepositKind | None = None
    stock: int
    per_member: int
    starts_at: datetime
    ends_at: datetime
    balance_from: datetime | None = None
    balance_until: datetime | None = None
    ships_at: datetime
    ship_days: int

    def draft(self) -> presales.Draft:
        return presales.Draft(**vars(self))


@strawberry.input
class PlacePresaleOrderInput:
    idempotency_key: str = strawberry.field(
        description="Made once per visit of the checkout page; the same key gives the same trade. 8–64 characters."
    )
    offer_id: UUID
    quantity: int
    address_id: UUID
    expected_total: Fen = strawberry.field(description="Deposit, balance and freight together")
    agreed: bool = strawberry.field(
        default=False, description="The buyer ticked that the rule of the deposit was read; never ticked beforehand."
    )
    remark: str = ""
    no_return_confirmed: bool = False
