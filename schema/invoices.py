"""Invoices that buyers ask for and shops issue."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from domain import invoices, orders
from models.base import Fen
from models.invoices import InvoiceHolder, InvoiceKind, InvoiceRefusal, InvoiceState
from schema.base import Info, NumberedPage, Refused
from schema.relations import RowType, looked_up, reads

strawberry.enum(InvoiceKind, description="普通发票 or 专用发票")
strawberry.enum(InvoiceHolder, description="个人 or 单位")
strawberry.enum(InvoiceState)
strawberry.enum(InvoiceRefusal, description="Why a shop cannot issue what was asked for; not wanting to is no reason.")


@strawberry.type
class OrderInvoice(RowType):
    id: UUID
    order_id: UUID
    order_number: str = looked_up(orders.orders_by_id, "number", key="order_id", missing="")
    kind: InvoiceKind
    holder: InvoiceHolder
    title: str
    tax_number: str | None
    amount: Fen = strawberry.field(description="Paid less gone back: when it was asked for, then when it was issued.")
    due: Fen = looked_up(
        invoices.dues_by_order,
        "due",
        key="order_id",
        missing=0,
        description="What is left of the order's money now; an issued one of another amount is to be reversed.",
    )
    state: InvoiceState
    number: str | None
    link: str | None
    created_at: datetime
    issued_at: datetime | None
    refused_because: InvoiceRefusal | None
    refused_note: str | None

    @reads(*invoices.EMAILED, description="Masked for those who have nothing to send there.")
    def email(self, info: Info) -> str:
        return invoices.email_for(info.context.viewer, self.__dict__)


@strawberry.type
class OrderInvoicePage(NumberedPage[OrderInvoice]):
    pass


@strawberry.type(description="To whom invoices were made out before, to be chosen again.")
class InvoiceTitle:
    kind: InvoiceKind
    holder: InvoiceHolder
    title: str
    tax_number: str | None
    email: str


OrderInvoiceResult = Annotated[OrderInvoice | Refused, strawberry.union("OrderInvoiceResult")]


@strawberry.input
class RequestInvoiceInput:
    order_id: UUID
    kind: InvoiceKind
    holder: InvoiceHolder
    title: str
    tax_number: str | None = strawberry.field(default=None, description="Needed by 单位, and only by them.")
    email: str

    def wanted(self) -> invoices.WantedInvoice:
        return invoices.WantedInvoice(self.kind, self.holder, self.title, self.tax_number, self.email)


@strawberry.input
class IssueInvoiceInput:
    invoice_id: UUID
    number: str | None = None
    link: str | None = None


@strawberry.input
class RefuseInvoiceInput:
    invoice_id: UUID
    reason: InvoiceRefusal
    note: str = ""
