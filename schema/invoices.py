"""Invoices that buyers ask for and shops issue."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from domain import invoices, orders
from models.base import Fen
from models.invoices import InvoiceKind, InvoiceState
from schema.base import Info, NumberedPage, Refused
from schema.relations import RowType, looked_up, reads

strawberry.enum(InvoiceKind, description="普通发票 or 专用发票")
strawberry.enum(InvoiceState)


@strawberry.type
class OrderInvoice(RowType):
    id: UUID
    order_id: UUID
    order_number: str = looked_up(orders.orders_by_id, "number", key="order_id", missing="")
    kind: InvoiceKind
    title: str
    tax_number: str | None
    amount: Fen = strawberry.field(description="Paid less gone back: when it was asked for, then when it was issued.")
    state: InvoiceState
    number: str | None
    link: str | None
    created_at: datetime
    issued_at: datetime | None

    @reads(*invoices.EMAILED, description="Masked for those who have nothing to send there.")
    def email(self, info: Info) -> str:
        return invoices.email_for(info.context.viewer, self.__dict__)


@strawberry.type
class OrderInvoicePage(NumberedPage[OrderInvoice]):
    pass


OrderInvoiceResult = Annotated[OrderInvoice | Refused, strawberry.union("OrderInvoiceResult")]


@strawberry.input
class RequestInvoiceInput:
    order_id: UUID
    kind: InvoiceKind
    title: str
    tax_number: str | None = None
    email: str

    def wanted(self) -> invoices.WantedInvoice:
        return invoices.WantedInvoice(self.kind, self.title, self.tax_number, self.email)


@strawberry.input
class IssueInvoiceInput:
    invoice_id: UUID
    number: str | None = None
    link: str | None = None
