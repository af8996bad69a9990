"""Invoices: buyers ask for them, shops issue them (发票管理办法 Art. 18, 19).

The amount is what was paid less what went back, as it stands when the invoice is issued; the shop's books make the
invoice itself, and the mall keeps its number and where it is found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit
from domain.base import (
    Columns,
    Conflict,
    Invalid,
    NotFound,
    RowDict,
    UnitOfWork,
    Viewer,
    ViewerKind,
    WrongState,
    clean_text,
    clock,
    page_offset,
    pick,
)
from domain.crypto import vault
from domain.members.permissions import Permission
from domain.orders.shipping import locked, own
from domain.orders.taking import note
from domain.payments import Cause
from domain.statements import ManyBy, OneBy
from models.base import new_id
from models.invoices import InvoiceKind, InvoiceState, OrderInvoice
from models.orders import OrderState
from models.payments import Refund

# 18 characters of the unified credit code, without I, O, S, V and Z; 15 or 20 of older registrations.
TAX_NUMBER = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}|[0-9A-HJ-NPQRTUWXY]{15}|[0-9A-HJ-NPQRTUWXY]{20}")
EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
NUMBER = re.compile(r"[0-9A-Za-z-]{6,40}")
# Money that went back for something else than the order's goods: they were never part of what it cost.
NOT_OF_THE_GOODS = (Cause.DOUBLE.value, Cause.LATE.value, Cause.DISPUTED.value)
INVOICE = OrderInvoice.__table__
EMAILED = ("id", "member_id", "merchant_id", "email_sealed")

invoices_by_id = OneBy(INVOICE, "id")
#: The requests of each order, the newest first.
invoices_by_order = ManyBy(INVOICE, "order_id", order_by=(INVOICE.c.created_at.desc(), INVOICE.c.id.desc()))


@dataclass(frozen=True)
class WantedInvoice:
    """As somebody filled it in. `title`: a person's or a firm's name; a 专票 needs the firm's tax number."""

    kind: InvoiceKind
    title: str
    tax_number: str | None
    email: str


async def request_invoice(uow: UnitOfWork, viewer: Viewer, order_id: UUID, wanted: WantedInvoice) -> UUID:
    """Asks the shop for an invoice of the viewer's order; answers the request's id.

    Refuses with Invalid (`title`, `taxNumber`, `email`), NotFound, WrongState for an order that is not paid or of
    which all went back, and Conflict while a request is open or the invoice that was issued still holds.
    """
    values = _checked(wanted)
    order = await locked(uow, order_id)
    if order["member_id"] != viewer.member_id:
        raise NotFound("订单不存在")
    if order["paid_at"] is None or order["state"] is OrderState.CLOSED:
        raise WrongState("只有已付款的订单可以申请发票")
    amount = await due(uow.session, order)
    await _refuse_second(uow.session, order_id, amount)
    id = new_id()
    sealed = vault.seal(values.pop("email"), table="order_invoices", column="email_sealed", row=id)
    owners = {"order_id": order_id, "member_id": order["member_id"], "merchant_id": order["merchant_id"]}
    row = {"id": id, **owners, **values, "email_sealed": sealed, "amount": amount, "created_at": clock.now()}
    await uow.session.execute(insert(OrderInvoice).values(**row))
    await note(uow, [order], "REQUEST_INVOICE", viewer, "买家申请开具发票")
    return id


def _checked(wanted: WantedInvoice) -> dict[str, Any]:
    title = clean_text(wanted.title, field="title", least=2, most=100, label="发票抬头")
    number = (wanted.tax_number or "").strip().upper() or None
    if number is not None and not TAX_NUMBER.fullmatch(number):
        raise Invalid("税号须为 15、18 或 20 位数字或大写字母（不含 I、O、S、V、Z）", field="taxNumber")
    if wanted.kind is InvoiceKind.SPECIAL and number is None:
        raise Invalid("开具专票须填写税号", field="taxNumber")
    email = wanted.email.strip()
    if len(email) > 100 or not EMAIL.fullmatch(email):
        raise Invalid("请填写正确的邮箱", field="email")
    return {"kind": wanted.kind, "title": title, "tax_number": number, "email": email}


async def due(session: AsyncSession, order: RowDict) -> int:
    """What an invoice of the order is made out for, in fen: paid less gone back. WrongState when nothing is left."""
    back = select(func.coalesce(func.sum(Refund.amount), 0))
    gone = await session.scalar(back.where(Refund.order_id == order["id"], Refund.cause.not_in(NOT_OF_THE_GOODS)))
    left = int(order["total"] - (gone or 0))
    if left <= 0:
        raise WrongState("订单款项已全部退回，无需开具发票")
    return left


async def _refuse_second(session: AsyncSession, order_id: UUID, amount: int) -> None:
    wanted = frozenset({"state", "amount"})
    for other in (await invoices_by_order(session, [order_id], wanted)).get(order_id, []):
        if other["state"] is InvoiceState.REQUESTED:
            raise Conflict("该订单已申请过发票，请等待商家开具")
        if other["state"] is InvoiceState.ISSUED and other["amount"] == amount:
            raise Conflict("该订单已开具发票")


async def cancel_invoice(uow: UnitOfWork, viewer: Viewer, id: UUID) -> UUID:
    """Takes back the viewer's request before it is issued; answers the order's id. WrongState afterwards."""
    order = await locked(uow, await _order_of(uow.session, id))
    if order["member_id"] != viewer.member_id:
        raise NotFound("没有这个发票申请")
    await _settle(uow, id, {"state": InvoiceState.CANCELLED})
    await note(uow, [order], "CANCEL_INVOICE", viewer, "买家取消了发票申请")
    return UUID(str(order["id"]))


async def issue_invoice(uow: UnitOfWork, viewer: Viewer, id: UUID, number: str | None, link: str | None) -> UUID:
    """The shop has issued it and says its number, its https link, or both; answers the order's id.

    Refuses with Invalid (`number`, `link`), NotFound for another shop's, and WrongState unless it is asked for.
    """
    order = await own(uow, viewer, await _order_of(uow.session, id))
    number, link = (number or "").strip() or None, (link or "").strip() or None
    _check_found(number, link)
    issued = {"number": number, "link": link, "issued_at": clock.now(), "amount": await due(uow.session, order)}
    await _settle(uow, id, {"state": InvoiceState.ISSUED, **issued})
    await note(uow, [order], "ISSUE_INVOICE", viewer, "商家已开具发票")
    await audit.record(uow, viewer, "invoice.issue", "order", order["id"], {"number": number, "link": link})
    return UUID(str(order["id"]))


def _check_found(number: str | None, link: str | None) -> None:
    if number is None and link is None:
        raise Invalid("请填写发票号码或下载链接", field="number")
    if number is not None and not NUMBER.fullmatch(number):
        raise Invalid("发票号码须为 6 到 40 位数字或字母", field="number")
    if link is not None and (len(link) > 300 or not _is_link(link)):
        raise Invalid("下载链接须以 https:// 开头", field="link")


def _is_link(link: str) -> bool:
    try:
        parts = urlsplit(link)
        return parts.scheme == "https" and bool(parts.hostname) and link.isprintable() and " " not in link
    except ValueError:
        return False


async def _order_of(session: AsyncSession, id: UUID) -> UUID:
    found = (await invoices_by_id(session, [id], frozenset({"order_id"}))).get(id)
    if found is None:
        raise NotFound("没有这个发票申请")
    return UUID(str(found["order_id"]))


async def _settle(uow: UnitOfWork, id: UUID, to: dict[str, Any]) -> None:
    asked = update(OrderInvoice).where(OrderInvoice.id == id, OrderInvoice.state == InvoiceState.REQUESTED)
    if await uow.session.scalar(asked.values(**to).returning(OrderInvoice.id)) is None:
        raise WrongState("该发票申请已处理")


# ------------------------------------------------------------------------------------------------ reading
async def invoices_of_merchant(
    session: AsyncSession, viewer: Viewer, state: InvoiceState | None, page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    """A page of the requests made to the viewer's shop, the oldest first: they wait for somebody."""
    table = INVOICE.c
    where: list[ColumnElement[bool]] = [table.merchant_id == viewer.shop_id]
    if state is not None:
        where.append(table.state == state)
    chosen = select(*pick(OrderInvoice, columns, "id")).where(*where).order_by(table.created_at, table.id)
    rows = await session.execute(chosen.offset(page_offset(page, size)).limit(size))
    total = await session.scalar(select(func.count()).select_from(OrderInvoice).where(*where))
    return [dict(row) for row in rows.mappings()], total or 0


def email_for(viewer: Viewer, invoice: RowDict) -> str:
    """Where the invoice is sent: whole for the buyer and for staff of the shop that issues it, masked otherwise."""
    email = vault.open(invoice["email_sealed"], table="order_invoices", column="email_sealed", row=invoice["id"])
    if viewer.kind is ViewerKind.MEMBER and invoice["member_id"] == viewer.id:
        return email
    issues = viewer.kind is ViewerKind.MERCHANT and Permission.MERCHANT_ORDERS_SHIP in viewer.permissions
    if issues and invoice["merchant_id"] == viewer.merchant_id:
        return email
    name, _, host = email.partition("@")
    return f"{name[:1]}***@{host}"
