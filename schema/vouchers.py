"""提货券: vouchers of members, and batches of shops and of the platform."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from domain import catalog, merchants, pickups, vouchers
from domain.base import clock
from models.base import Fen
from models.bearer import GiftState
from models.vouchers import (
    VoucherBatchKind,
    VoucherBatchState,
    VoucherEventKind,
    VoucherFreight,
    VoucherState,
)
from schema.base import NumberedPage, Refused
from schema.catalog import Sku
from schema.merchants import Merchant
from schema.pickups import PickupPoint
from schema.relations import RowType, derived, many, one

for _enum in (VoucherBatchKind, VoucherBatchState, VoucherEventKind, VoucherFreight, VoucherState):
    strawberry.enum(_enum)
ISSUER = "Whose goods it is for"
WORTH = "What each piece is worth: what was paid for it, and what is paid back"
RULES = ("kind", "freight", "valid_from", "valid_until")


def _rules(*values: object) -> list[str]:
    return vouchers.rules(dict(zip(RULES, values, strict=True)))


# ------------------------------------------------------------------------------------------------ holders
@strawberry.type(description="One entry of a voucher's log.")
class VoucherEvent(RowType):
    kind: VoucherEventKind
    amount: int = strawberry.field(description="Pieces; below zero: they left the voucher.")
    balance: int = strawberry.field(description="After it")
    text: str = strawberry.field(description="A Chinese sentence")
    order_id: UUID | None
    created_at: datetime


@strawberry.type(description="Goods that a voucher is for.")
class VoucherGoods(RowType):
    sku: Sku = one(catalog.skus_by_id, key="sku_id")


@strawberry.type(description="A voucher of the viewer's: a claim to so many pieces of its goods.")
class Voucher(RowType):
    id: UUID
    name: str
    note: str = strawberry.field(description="What the shop adds to the rules")
    last4: str
    state: VoucherState
    units: int
    balance: int = strawberry.field(description="Pieces that were not redeemed")
    held: int = strawberry.field(description="Of them, what unpaid orders hold")
    available: int = derived(lambda balance, held: balance - held, "balance", "held")
    value: Fen = strawberry.field(description=WORTH)
    freight: VoucherFreight
    valid_from: datetime
    expires_at: datetime
    expired: bool = derived(
        lambda expires_at: expires_at <= clock.now(), "expires_at", description="It can be extended for nothing."
    )
    refundable: bool = derived(
        lambda kind: kind is not VoucherBatchKind.GIVEN, "kind", description="What is left after its time is paid back."
    )
    frozen_for: str
    bound_at: datetime | None
    gift_until: datetime | None = strawberry.field(description="A link that gives it away is open until then.")
    rules: list[str] = derived(_rules, *RULES, description="In plain words")
    merchant: Merchant = one(merchants.by_id, key="merchant_id", description=ISSUER)
    goods: list[VoucherGoods] = many(vouchers.skus_by_batch, key="batch_id", description="One of them, as one likes")
    pickup_points: list[PickupPoint] = many(
        pickups.open_by_shop, key="merchant_id", description="Where the shop hands goods over; none: it only sends."
    )
    events: list[VoucherEvent] = many(
        vouchers.own_events_by_voucher, key="id", description="Since it is the viewer's, the newest first"
    )


@strawberry.type(description="A link that gives a voucher away, told once.")
class VoucherGiftLink:
    token: str
    expires_at: datetime


@strawberry.type(description="What somebody with the link sees of a voucher on its way.")
class VoucherGiftOffer(RowType):
    name: str
    balance: int
    valid_until: datetime
    words: str
    giver: str = strawberry.field(description="First letter only")
    state: GiftState
    expires_at: datetime = strawberry.field(description="Of the link")
    merchant: Merchant = one(merchants.by_id, key="merchant_id", description=ISSUER)
    goods: list[VoucherGoods] = many(vouchers.skus_by_batch, key="batch_id")


@strawberry.type(description="What an order took of a voucher, which pays for its goods.")
class OrderVoucher(RowType):
    units: int
    returned: int = strawberry.field(description="Of them, what went back to the voucher")


# ------------------------------------------------------------------------------------------------ consoles
@strawberry.type(description="Vouchers of one kind, and what became of them.")
class VoucherBatch(RowType):
    id: UUID
    kind: VoucherBatchKind
    state: VoucherBatchState
    name: str
    note: str
    units: int
    value: Fen = strawberry.field(description=WORTH)
    freight: VoucherFreight
    valid_from: datetime
    valid_until: datetime
    total: int
    made: int
    created_by: str
    created_at: datetime
    rules: list[str] = derived(_rules, *RULES, description="What holders read")
    merchant: Merchant = one(merchants.by_id, key="merchant_id", description=ISSUER)
    goods: list[VoucherGoods] = many(vouchers.skus_by_batch, key="id")
    bound: int = strawberry.field(description="Vouchers that are somebody's")
    left: int = strawberry.field(description="Pieces that were not redeemed")
    owed: Fen = strawberry.field(description="What they are worth")
    redeemed: int = strawberry.field(description="Pieces redeemed, less those that came back")


@strawberry.type(description="A voucher as whoever issued it sees it.")
class ConsoleVoucher(RowType):
    id: UUID
    name: str
    kind: VoucherBatchKind
    last4: str
    state: VoucherState
    units: int
    balance: int
    held: int
    value: Fen
    owed: Fen = derived(lambda balance, value: Fen(balance * value), "balance", "value")
    expires_at: datetime
    frozen_for: str
    refund_reference: str | None
    holder: str = strawberry.field(description="Masked; empty where it is nobody's yet")
    created_at: datetime
    merchant: Merchant = one(merchants.by_id, key="merchant_id", description=ISSUER)
    events: list[VoucherEvent] = many(vouchers.events_by_voucher, key="id", description="The newest first")


@strawberry.type(description="What is owed to the holders of vouchers, at the worth of the pieces.")
class VoucherLiability:
    owed: Fen = strawberry.field(description="By all vouchers")
    booked: Fen = strawberry.field(description="In the ledger; the same, or something is wrong")
    unbound: Fen = strawberry.field(description="Of it, of vouchers that are nobody's yet")
    by_shops: Fen = strawberry.field(description="Of it, by shops that were paid themselves")
    pieces: int


@strawberry.type
class VoucherBatchPage(NumberedPage[VoucherBatch]):
    pass


@strawberry.type
class ConsoleVoucherPage(NumberedPage[ConsoleVoucher]):
    pass


@strawberry.type(description="Codes, which are kept for a day.")
class VoucherCodes:
    codes: list[str]


@strawberry.type(description="Where the money of a voucher shall go.")
class VoucherPayee:
    payee: str


# ------------------------------------------------------------------------------------------------ inputs
@strawberry.input
class VoucherBatchInput:
    name: str
    sku_ids: list[UUID] = strawberry.field(description="One, or a choice")
    units: int = strawberry.field(description="Pieces of one voucher")
    value: Fen = strawberry.field(description=WORTH)
    freight: VoucherFreight
    valid_from: datetime
    valid_until: datetime
    total: int
    note: str = ""

    def draft(self, kind: VoucherBatchKind, merchant_id: UUID, buyer: str = "") -> vouchers.BatchDraft:
        about = {name: value for name, value in vars(self).items() if name in INPUT}
        return vouchers.BatchDraft(**about, kind=kind, merchant_id=merchant_id, buyer=buyer)


INPUT = frozenset(VoucherBatchInput.__annotations__)


@strawberry.input
class PlatformVoucherBatchInput(VoucherBatchInput):
    issuer_id: UUID
    kind: VoucherBatchKind = strawberry.field(description="SOLD or GIVEN")
    buyer: str = strawberry.field(default="", description="Who bought a batch that is sold by bank transfer")


@strawberry.input
class RedeemVoucherInput:
    idempotency_key: str = strawberry.field(
        description="Made once per visit of the page; the same key gives the same trade. 8–64 characters."
    )
    voucher_id: UUID
    sku_id: UUID
    quantity: int
    address_id: UUID | None = strawberry.field(default=None, description="Where it is sent; or else:")
    pickup_point_id: UUID | None = strawberry.field(
        default=None, description="Where it is picked up, one of the voucher's; without freight, whoever pays it."
    )
    expected_total: Fen = strawberry.field(description="What the preview said: the worth of the pieces, and freight")
    no_return_confirmed: bool = False


VoucherResult = Annotated[Voucher | Refused, strawberry.union("VoucherResult")]
VoucherGiftLinkResult = Annotated[VoucherGiftLink | Refused, strawberry.union("VoucherGiftLinkResult")]
VoucherBatchResult = Annotated[VoucherBatch | Refused, strawberry.union("VoucherBatchResult")]
VoucherCodesResult = Annotated[VoucherCodes | Refused, strawberry.union("VoucherCodesResult")]
VoucherPayeeResult = Annotated[VoucherPayee | Refused, strawberry.union("VoucherPayeeResult")]
ConsoleVoucherResult = Annotated[ConsoleVoucher | Refused, strawberry.union("ConsoleVoucherResult")]
