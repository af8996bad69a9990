"""礼品卡: cards of members, what is for sale, and batches of the platform."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from domain import cards, merchants
from domain.base import clock
from models.base import Fen
from models.bearer import GiftState
from models.cards import (
    CardBatchKind,
    CardBatchState,
    CardEventKind,
    CardPurchaseState,
    CardState,
)
from schema.base import NumberedPage, Refused
from schema.merchants import Merchant
from schema.relations import RowType, derived, many, one

strawberry.enum(CardState, name="GiftCardState")
strawberry.enum(CardBatchKind)
strawberry.enum(CardBatchState)
strawberry.enum(CardEventKind, name="GiftCardEventKind")
strawberry.enum(CardPurchaseState)
strawberry.enum(GiftState)
ISSUER = "Where it is good, and nowhere else."


# ------------------------------------------------------------------------------------------------ buyers
@strawberry.type(description="One entry of a card's log.")
class GiftCardEvent(RowType):
    kind: CardEventKind
    amount: Fen = strawberry.field(description="Below zero: it left the card.")
    balance: Fen = strawberry.field(description="After it")
    text: str = strawberry.field(description="A Chinese sentence")
    order_id: UUID | None
    created_at: datetime


def _over(expires_at: datetime | None) -> bool:
    return expires_at is not None and expires_at <= clock.now()


@strawberry.type(description="A gift card of the viewer's.")
class GiftCard(RowType):
    id: UUID
    name: str
    last4: str
    state: CardState
    named: bool
    face: Fen
    balance: Fen
    held: Fen = strawberry.field(description="Of the balance, what unpaid orders hold")
    available: Fen = derived(lambda balance, held: balance - held, "balance", "held")
    expires_at: datetime | None = strawberry.field(description="Null: never")
    expired: bool = derived(_over, "expires_at", description="It can be extended for nothing.")
    frozen_for: str
    bound_at: datetime | None
    created_at: datetime
    bought: bool = derived(lambda id: id is not None, "purchase_id", description="Bought with WeChat Pay")
    gift_until: datetime | None = strawberry.field(description="A link that gives it away is open until then.")
    merchant: Merchant = one(merchants.by_id, key="issuer_id", description=ISSUER)
    events: list[GiftCardEvent] = many(
        cards.own_events_by_card, key="id", description="Since it is the viewer's, the newest first"
    )


@strawberry.type(description="Cards that can be bought.")
class GiftCardForSale(RowType):
    id: UUID
    name: str
    named: bool
    face: Fen
    price: Fen
    valid_months: int | None = strawberry.field(description="Null: they never run out.")
    merchant: Merchant = one(merchants.by_id, key="issuer_id", description=ISSUER)


@strawberry.type(description="A purchase of cards with WeChat Pay.")
class CardPurchase(RowType):
    id: UUID
    number: str
    state: CardPurchaseState
    quantity: int
    amount: Fen
    expires_at: datetime
    paid_at: datetime | None
    created_at: datetime


@strawberry.type(description="A link that gives a card away, told once.")
class CardGiftLink:
    token: str
    expires_at: datetime


@strawberry.type(description="What somebody with the link sees of a card on its way.")
class CardGiftOffer(RowType):
    name: str
    face: Fen
    balance: Fen
    named: bool = strawberry.field(description="It is taken with one's own name only.")
    words: str
    giver: str = strawberry.field(description="First letter only")
    state: GiftState
    expires_at: datetime
    merchant: Merchant = one(merchants.by_id, key="issuer_id", description=ISSUER)


@strawberry.type(description="What goes back for a card now, and why.")
class CardRefundQuote:
    amount: Fen
    why: str


# ------------------------------------------------------------------------------------------------ platform
@strawberry.type(description="Cards of one kind, and what became of them. Money in fen.")
class CardBatch(RowType):
    id: UUID
    kind: CardBatchKind
    state: CardBatchState
    name: str
    named: bool
    face: Fen
    price: Fen
    total: int
    made: int
    valid_months: int | None
    exported_at: datetime | None
    created_by: str
    created_at: datetime
    merchant: Merchant = one(merchants.by_id, key="issuer_id", description=ISSUER)
    bound: int = strawberry.field(description="Cards that are somebody's")
    liability: Fen = strawberry.field(description="What is left on them")
    spent: Fen = strawberry.field(description="What was paid with them, less what came back")


@strawberry.type(description="A card as the platform sees it.")
class ConsoleCard(RowType):
    id: UUID
    name: str
    last4: str
    state: CardState
    named: bool
    face: Fen
    balance: Fen
    held: Fen
    expires_at: datetime | None
    frozen_for: str
    holder: str = strawberry.field(description="Masked; empty where it is nobody's yet")
    bought: bool = derived(lambda id: id is not None, "purchase_id")
    created_at: datetime
    events: list[GiftCardEvent] = many(cards.events_by_card, key="id", description="The newest first")


@strawberry.type(description="What the platform owes the holders of cards.")
class CardLiability:
    owed: Fen = strawberry.field(description="On all cards")
    booked: Fen = strawberry.field(description="In the ledger; the same, or something is wrong")
    unbound: Fen = strawberry.field(description="Of it on cards that are nobody's yet")
    cards: int
    sold: Fen = strawberry.field(description="Goods paid for with cards, for good")


@strawberry.type
class CardBatchPage(NumberedPage[CardBatch]):
    pass


@strawberry.type
class ConsoleCardPage(NumberedPage[ConsoleCard]):
    pass


@strawberry.type(description="Codes, which are kept for a day.")
class CardCodes:
    codes: list[str]


@strawberry.input
class CardBatchInput:
    kind: CardBatchKind
    issuer_id: UUID
    name: str
    face: Fen
    price: Fen
    total: int
    named: bool = False
    valid_months: int | None = None
    buyer: str = strawberry.field(default="", description="Who bought a batch that is sold by bank transfer")

    def draft(self) -> cards.BatchDraft:
        return cards.BatchDraft(**vars(self))


@strawberry.input
class BuyCardsInput:
    idempotency_key: str = strawberry.field(description="The same key gives the same purchase. 8–64 characters.")
    batch_id: UUID
    quantity: int
    expected_total: Fen
    holder_name: str = strawberry.field(default="", description="For named cards")
    holder_ref: str = strawberry.field(default="", description="The number of an identity paper, for named cards")

    def wanted(self) -> cards.WantedCards:
        about = (self.idempotency_key, self.batch_id, self.quantity, self.expected_total)
        return cards.WantedCards(*about, self.holder_name, self.holder_ref)


GiftCardResult = Annotated[GiftCard | Refused, strawberry.union("GiftCardResult")]
CardPurchaseResult = Annotated[CardPurchase | Refused, strawberry.union("CardPurchaseResult")]
CardGiftLinkResult = Annotated[CardGiftLink | Refused, strawberry.union("CardGiftLinkResult")]
CardRefundQuoteResult = Annotated[CardRefundQuote | Refused, strawberry.union("CardRefundQuoteResult")]
CardBatchResult = Annotated[CardBatch | Refused, strawberry.union("CardBatchResult")]
CardCodesResult = Annotated[CardCodes | Refused, strawberry.union("CardCodesResult")]
ConsoleCardResult = Annotated[ConsoleCard | Refused, strawberry.union("ConsoleCardResult")]
