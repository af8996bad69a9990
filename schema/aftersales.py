"""After-sale cases as buyers, shops and the platform see them; and money that got stuck or came wrong."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from domain import aftersales, orders, payments
from models.aftersales import AfterSaleKind, AfterSaleReason, AfterSaleRefusal, AfterSaleState
from models.audit import ActorKind
from models.base import Fen
from models.payments import PaymentState, RefundState
from schema.base import Connection, Info, NumberedPage, Refused
from schema.orders import Order, OrderLine
from schema.relations import RowType, derived, many, one, reads

strawberry.enum(AfterSaleKind)
strawberry.enum(AfterSaleState)
strawberry.enum(AfterSaleReason)
strawberry.enum(AfterSaleRefusal)
strawberry.enum(PaymentState)
strawberry.enum(aftersales.AfterSaleAct)
strawberry.enum(aftersales.AfterSaleDesk)
strawberry.enum(aftersales.Decision, name="AfterSaleDecision")


@strawberry.type(description="A picture of a case. `url` is good for an hour and takes &w=200|400|800.")
class EvidencePicture(RowType):
    url: str = derived(aftersales.evidence_url, "key")
    width: int
    height: int


@strawberry.type(description="What was said or done in a case; a Chinese sentence.")
class AfterSaleMessage(RowType):
    at: datetime = derived(lambda at: at, "created_at")
    text: str
    state: AfterSaleState
    actor: ActorKind = derived(lambda kind: kind, "actor_kind")
    pictures: list[EvidencePicture] = many(aftersales.pictures_by_message, key="id")


@strawberry.type(description="Where returned goods go.")
class ReturnAddress:
    name: str
    phone: str
    region_code: str
    region_name: str
    detail: str

    @classmethod
    def of(cls, address: aftersales.ShownReturnAddress) -> ReturnAddress:
        return cls(**asdict(address))


@strawberry.type(description="One case about some units of one line of an order.")
class AfterSale(RowType):
    id: UUID
    number: str
    order_id: UUID
    order: Order = one(orders.orders_by_id, key="order_id")
    line: OrderLine = one(aftersales.lines_by_id, key="line_id")
    line_id: UUID
    kind: AfterSaleKind
    state: AfterSaleState
    reason: AfterSaleReason
    refused_for: AfterSaleRefusal | None
    quantity: int
    pieces_damaged: int | None
    pieces_received: int | None
    worth: Fen = strawberry.field(description="What the units cost the buyer.")
    amount: Fen = strawberry.field(description="What of it is asked for, or was granted.")
    freight: Fen = strawberry.field(description="What of the freight goes back with it.")
    before_shipping: bool
    restocked: bool | None = strawberry.field(description="Whether the goods can be sold again; null: not decided.")
    return_carrier: str | None
    return_number: str | None
    replacement_carrier: str | None
    replacement_number: str | None
    deadline_at: datetime | None = strawberry.field(description="When the case goes on by itself.")
    created_at: datetime
    returned_at: datetime | None
    finished_at: datetime | None
    version: int
    messages: list[AfterSaleMessage] = many(aftersales.messages_by_case, key="id")

    @reads(*aftersales.RETURN_TO)
    def return_to(self, info: Info) -> ReturnAddress | None:
        """For the buyer and the shop, once the shop has agreed."""
        address = aftersales.return_to(info.context.viewer, self.__dict__)
        return ReturnAddress.of(address) if address else None

    @reads(*aftersales.ACTED_ON)
    def acts(self, info: Info) -> list[aftersales.AfterSaleAct]:
        """What the viewer can do now."""
        return aftersales.acts(info.context.viewer, self.__dict__)


@strawberry.type
class AfterSaleConnection(Connection[AfterSale]):
    pass


@strawberry.type
class AfterSalePage(NumberedPage[AfterSale]):
    pass


@strawberry.type
class AfterSaleDeskCount:
    desk: aftersales.AfterSaleDesk
    count: int


@strawberry.type(description="One kind of claim a line allows; `refused` says why not, in a Chinese sentence.")
class AfterSaleOption:
    kind: AfterSaleKind
    before_shipping: bool
    units: int
    reasons: list[AfterSaleReason]
    until: datetime | None = strawberry.field(description="The first moment that is too late.")
    refused: str | None


@strawberry.type
class AfterSaleLineOptions:
    line: OrderLine
    options: list[AfterSaleOption]


@strawberry.type(description="What the claim of one line would bring, and how it comes about in Chinese sentences.")
class AfterSaleQuote:
    line_id: UUID
    worth: Fen
    amount: Fen
    freight: Fen
    explained: list[str]

    @classmethod
    def of(cls, quoted: aftersales.Quoted) -> AfterSaleQuote:
        return cls(
            line_id=quoted.line_id,
            worth=Fen(quoted.worth),
            amount=Fen(quoted.amount),
            freight=Fen(quoted.freight),
            explained=list(quoted.explained),
        )


@strawberry.type
class AfterSaleQuotes:
    total: Fen
    lines: list[AfterSaleQuote]


@strawberry.type
class AfterSalesApplied:
    after_sales: list[AfterSale]


# ------------------------------------------------------------------------------------------------ money
@strawberry.type(description="A refund that did not arrive and waits for the platform.")
class TroubledRefund(RowType):
    id: UUID
    number: str
    amount: Fen
    state: RefundState
    reason: str
    trouble: str | None = strawberry.field(description="What WeChat Pay said of it.")
    created_at: datetime
    sent_at: datetime | None
    order: Order = one(orders.orders_by_id, key="order_id")


@strawberry.type
class TroubledRefundPage(NumberedPage[TroubledRefund]):
    pass


@strawberry.type(description="What came of one part of a disputed payment; `paid` null: what was asked for.")
class DisputedPart(RowType):
    number: str
    amount: Fen
    paid: Fen | None
    transaction_id: str | None


@strawberry.type(description="Money that came, but not as asked.")
class DisputedPayment(RowType):
    id: UUID
    number: str
    trade_id: UUID
    amount: Fen
    state: PaymentState
    dispute: str | None
    paid_at: datetime | None
    parts: list[DisputedPart] = many(payments.parts_by_payment, key="id")


@strawberry.type
class DisputedPaymentPage(NumberedPage[DisputedPayment]):
    pass


AfterSaleResult = Annotated[AfterSale | Refused, strawberry.union("AfterSaleResult")]
ApplyAfterSaleResult = Annotated[AfterSalesApplied | Refused, strawberry.union("ApplyAfterSaleResult")]
AfterSaleQuoteResult = Annotated[AfterSaleQuotes | Refused, strawberry.union("AfterSaleQuoteResult")]
ReturnAddressResult = Annotated[ReturnAddress | Refused, strawberry.union("ReturnAddressResult")]


# ------------------------------------------------------------------------------------------------ inputs
@strawberry.input
class AfterSaleLineInput:
    line_id: UUID
    quantity: int
    amount: Fen | None = strawberry.field(default=None, description="Less than the units are worth, if wanted.")
    pieces_damaged: int | None = strawberry.field(default=None, description="Only for DAMAGED.")
    pieces_received: int | None = strawberry.field(default=None, description="Only for DAMAGED.")

    def wanted(self) -> aftersales.WantedUnits:
        pieces = (self.pieces_damaged, self.pieces_received)
        return aftersales.WantedUnits(self.line_id, self.quantity, self.amount, *pieces)


@strawberry.input
class ApplyAfterSaleInput:
    request_key: str = strawberry.field(
        description="Made once per visit of the page; the same key gives the same cases. 8–64 characters."
    )
    order_id: UUID
    kind: AfterSaleKind
    reason: AfterSaleReason
    claims: list[AfterSaleLineInput]
    text: str = ""
    pictures: list[str] = strawberry.field(
        default_factory=list, description="Keys answered by finishUpload of kind EVIDENCE, at most 9."
    )

    def wanted(self) -> aftersales.WantedAfterSale:
        return aftersales.WantedAfterSale(
            request_key=self.request_key,
            order_id=self.order_id,
            kind=self.kind,
            reason=self.reason,
            lines=[line.wanted() for line in self.claims],
            text=self.text,
            pictures=self.pictures,
        )


@strawberry.input
class ReturnAddressInput:
    name: str
    phone: str
    region_code: str
    detail: str
