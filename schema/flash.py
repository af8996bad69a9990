"""秒杀: sessions, the offers in them, and the way in."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from domain import catalog, flash, merchants
from domain.base import clock
from domain.flash import EntryState
from models.base import Fen
from models.flash import FlashState
from schema.base import Info, NumberedPage, Refused
from schema.catalog import Product, Sku
from schema.merchants import Merchant
from schema.relations import RowType, derived, many, one, reads

strawberry.enum(FlashState, name="FlashOfferState")
strawberry.enum(EntryState, name="FlashEntryState")


@strawberry.type(description="A slot of time with goods at flash prices (场次). There is one at a time.")
class FlashSession(RowType):
    id: UUID
    name: str
    starts_at: datetime
    ends_at: datetime
    pay_minutes: int = strawberry.field(description="An order of it may stay unpaid for so long")
    server_time: datetime = derived(
        lambda _: clock.now(), "id", description="Now, by the clock that begins and ends it: count down from this."
    )
    offers: list[FlashOffer] = many(flash.offers_by_session, key="id")


@strawberry.type(description="A SKU at a flash price in one session.")
class FlashOffer(RowType):
    id: UUID
    state: FlashState
    price: Fen = strawberry.field(description="Of one piece")
    list_price: Fen = strawberry.field(description="Of one piece by itself, when the offer was published")
    total: int = strawberry.field(description="Pieces that were set apart for it")
    left: int = derived(
        lambda total, taken, returned: total - taken - returned,
        "total",
        "taken",
        "returned",
        description="Pieces that nobody holds or bought",
    )
    taken_percent: int = derived(
        lambda taken, total: taken * 100 // total, "taken", "total", description="已抢 n%, rounded down"
    )
    per_member: int
    session_id: UUID
    session: FlashSession = one(flash.sessions_by_id, key="session_id")
    product_id: UUID
    product: Product = one(catalog.products_by_id, key="product_id")
    sku_id: UUID
    sku: Sku = one(catalog.skus_by_id, key="sku_id")


@strawberry.type(description="What came of an offer. Money in fen, without freight.")
class FlashResults:
    sold: int = strawberry.field(description="Pieces that were paid for")
    unpaid: int = strawberry.field(description="Pieces held by orders that may still be paid")
    freed: int = strawberry.field(description="Orders that were not paid in time, or called off")
    buyers: int
    turnover: Fen
    refunded: Fen = strawberry.field(description="Went back of what was paid")

    @classmethod
    def of(cls, found: flash.Results) -> FlashResults:
        return cls(**{**vars(found), "turnover": Fen(found.turnover), "refunded": Fen(found.refunded)})


@strawberry.type(description="An offer as its shop and the platform see it.")
class ConsoleFlashOffer(FlashOffer):
    taken: int
    returned: int = strawberry.field(description="Pieces that came back to the normal stock at the end")
    reason: str | None = strawberry.field(description="Why the platform declined")
    decided_at: datetime | None
    ended_at: datetime | None
    created_at: datetime
    version: int
    merchant: Merchant = one(merchants.by_id, key="merchant_id")

    @reads("id")
    async def results(self, info: Info) -> FlashResults:
        row = await info.context.load(flash.results_by_offer, frozenset(), self.__dict__["id"])
        return FlashResults.of(row["results"] if row else flash.Results())

    @reads("id", description="Members who came to the gate, as it counts them; null while nobody can tell.")
    async def arrived(self, info: Info) -> int | None:
        return await info.context.services.entrance.came(self.__dict__["id"])


@strawberry.type(description="The way in to an offer, or the place in the queue before it.")
class FlashEntry:
    state: EntryState
    position: int | None = strawberry.field(description="In the queue, from 1")
    token: str | None = strawberry.field(description="Lets the viewer order until `expiresAt`")
    expires_at: datetime | None
    retry_after_ms: int | None = strawberry.field(description="Ask again after so long")
    server_time: datetime

    @classmethod
    def of(cls, entry: flash.Entry) -> FlashEntry:
        return cls(**vars(entry), server_time=clock.now())


@strawberry.type
class FlashSessionPage(NumberedPage[FlashSession]):
    pass


@strawberry.type
class FlashOfferPage(NumberedPage[ConsoleFlashOffer]):
    pass


FlashEntryResult = Annotated[FlashEntry | Refused, strawberry.union("FlashEntryResult")]
FlashSessionResult = Annotated[FlashSession | Refused, strawberry.union("FlashSessionResult")]
FlashOfferResult = Annotated[ConsoleFlashOffer | Refused, strawberry.union("FlashOfferResult")]


# ------------------------------------------------------------------------------------------------ inputs
@strawberry.input
class FlashSessionInput:
    name: str
    starts_at: datetime
    ends_at: datetime
    pay_minutes: int = strawberry.field(default=5, description="1 to 15")

    def draft(self) -> flash.SessionDraft:
        return flash.SessionDraft(**vars(self))


@strawberry.input
class FlashApplicationInput:
    session_id: UUID
    sku_id: UUID
    price: Fen
    total: int
    per_member: int = 1

    def application(self) -> flash.Application:
        return flash.Application(**vars(self))


@strawberry.input
class PlaceFlashOrderInput:
    idempotency_key: str = strawberry.field(
        description="Made once per visit of the checkout page; the same key gives the same trade. 8–64 characters."
    )
    offer_id: UUID
    token: str = strawberry.field(description="As `enterFlash` gave it")
    quantity: int
    address_id: UUID
    expected_total: Fen
    remark: str = ""
    no_return_confirmed: bool = False
