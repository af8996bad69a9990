"""Asking for invoices and issuing them."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import invoices
from domain.members.permissions import Permission
from models.invoices import InvoiceState
from resolvers.base import Audience, mutation, query
from schema.base import Info
from schema.invoices import (
    InvoiceTitle,
    IssueInvoiceInput,
    OrderInvoice,
    OrderInvoicePage,
    OrderInvoiceResult,
    RefuseInvoiceInput,
    RequestInvoiceInput,
)
from schema.relations import columns_for


async def _invoice(info: Info, id: UUID) -> OrderInvoice:
    return OrderInvoice.of(
        (await info.context.read(invoices.invoices_by_id, [id], columns_for(info, OrderInvoice)))[id]
    )


@strawberry.type
class Query:
    @query(Audience.MEMBER)
    async def my_invoice_titles(self, info: Info) -> list[InvoiceTitle]:
        """To whom the viewer's last invoices were made out, the latest first; at most five."""
        return [InvoiceTitle(**each) for each in await info.context.read(invoices.holders_of, info.context.viewer)]

    @query(Audience.MERCHANT, Permission.MERCHANT_ORDERS_READ)
    async def merchant_invoices(
        self, info: Info, state: InvoiceState | None = None, page: int = 1, size: int = 20
    ) -> OrderInvoicePage:
        """What the viewer's shop was asked for, the oldest first."""
        viewer, columns = info.context.viewer, columns_for(info, OrderInvoice, "items")
        rows, total = await info.context.read(invoices.invoices_of_merchant, viewer, state, page, size, columns)
        return OrderInvoicePage(items=[OrderInvoice.of(row) for row in rows], total=total)


@strawberry.type
class Mutation:
    @mutation(Audience.MEMBER)
    async def request_invoice(self, info: Info, input: RequestInvoiceInput) -> OrderInvoiceResult:
        async with info.context.database.begin() as uow:
            id = await invoices.request_invoice(uow, info.context.viewer, input.order_id, input.wanted())
        return await _invoice(info, id)

    @mutation(Audience.MEMBER)
    async def cancel_invoice(self, info: Info, invoice_id: UUID) -> OrderInvoiceResult:
        async with info.context.database.begin() as uow:
            await invoices.cancel_invoice(uow, info.context.viewer, invoice_id)
        return await _invoice(info, invoice_id)

    @mutation(Audience.MERCHANT, Permission.MERCHANT_ORDERS_SHIP)
    async def merchant_issue_invoice(self, info: Info, input: IssueInvoiceInput) -> OrderInvoiceResult:
        viewer = info.context.viewer
        async with info.context.database.begin() as uow:
            await invoices.issue_invoice(uow, viewer, input.invoice_id, input.number, input.link)
        return await _invoice(info, input.invoice_id)

    @mutation(Audience.MERCHANT, Permission.MERCHANT_ORDERS_SHIP)
    async def merchant_refuse_invoice(self, info: Info, input: RefuseInvoiceInput) -> OrderInvoiceResult:
        viewer = info.context.viewer
        async with info.context.database.begin() as uow:
            await invoices.refuse_invoice(uow, viewer, input.invoice_id, input.reason, input.note)
        return await _invoice(info, input.invoice_id)
