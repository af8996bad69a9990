"""Invoices: buyers ask for them, shops issue them (发票管理办法 Art. 18, 19).

The amount is what was paid less what went back, as it stands when the invoice is issued; the shop's books make the
invoice itself, and the mall keeps its number and where it is found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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
from models.invoices import InvoiceHolder, InvoiceKind, InvoiceRefusal, InvoiceState, OrderInvoice
from models.orders import Order, OrderState
from models.payments import Refund

# 18 characters of the unified credit code, without I, O, S, V and Z; 15 or 20 of older registrations.
TAX_NUMBER = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}|[0-9A-HJ-NPQRTUWXY]{15}|[0-9A-HJ-NPQRTUWXY]{20}")
CODE, WEIGHTS = "0123456789ABCDEFGHJKLMNPQRTUWXY", [3**place % 31 for place in range(17)]
IDENTITY = re.compile(r"[0-9]{17}[0-9X]")
EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
NUMBER = re.compile(r"[0-9A-Za-z-]{6,40}")
# Money that went back for something else than the order's goods: they were never part of what it cost.
NOT_OF_THE_GOODS = (Cause.DOUBLE.value, Cause.LATE.value, Cause.DISPUTED.value)
REFUSALS: Mapping[InvoiceRefusal, str] = {
    InvoiceRefusal.TITLE_WRONG: "抬头与税号不符，请核对后重新申请",
    InvoiceRefusal.NO_SPECIAL: "本店不能开具专用发票，请改为申请普通发票",
    InvoiceRefusal.ISSUED_ALREADY: "本订单的发票已另行开具",
}
MOST_HOLDERS = 5
DUE = frozenset({"due"})
INVOICE = OrderInvoice.__table__
EMAILED = ("id", "member_id", "merchant_id", "email_sealed")

invoices_by_id = OneBy(INVOICE, "id")
#: The requests of each order, the newest first.
invoices_by_order = ManyBy(INVOICE, "order_id", order_by=(INVOICE.c.created_at.desc(), INVOICE.c.id.desc()))


@dataclass(frozen=True)
class WantedInvoice:
    """As somebody filled it in. `title`: the name of a person or a firm; firms say their tax number."""

    kind: InvoiceKind
    holder: InvoiceHolder
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
    if wanted.kind is InvoiceKind.SPECIAL and wanted.holder is InvoiceHolder.PERSON:
        raise Invalid("专用发票只能开给单位", field="holder")
    number = _tax_number(wanted.tax_number) if wanted.holder is InvoiceHolder.FIRM else None
    email = wanted.email.strip()
    if len(email) > 100 or not EMAIL.fullmatch(email):
        raise Invalid("请填写正确的邮箱", field="email")
    return {"kind": wanted.kind, "holder": wanted.holder, "title": title, "tax_number": number, "email": email}


def _tax_number(text: str | None) -> str:
    number = "".join((text or "").split()).upper()
    if not number:
        raise Invalid("开给单位须填写税号", field="taxNumber")
    if not TAX_NUMBER.fullmatch(number):
        raise Invalid("税号须为 15、18 或 20 位数字或大写字母（不含 I、O、S、V、Z）", field="taxNumber")
    if len(number) == 18 and not (_is_credit_code(number) or _is_identity(number)):
        raise Invalid("税号有误，请核对每一位", field="taxNumber")
    return number


def _is_credit_code(number: str) -> bool:
    """Whether the last character checks the others (GB 32100)."""
    summed = sum(weight * CODE.index(each) for weight, each in zip(WEIGHTS, number, strict=False))
    return CODE[-summed % 31] == number[17]


def _is_identity(number: str) -> bool:
    """Whether it is the number of an identity card (GB 11643), which some 个体工商户 are still registered by."""
    if not IDENTITY.fullmatch(number):
        return False
    summed = sum(int(each) * pow(2, 17 - place, 11) for place, each in enumerate(number[:17]))
    return "10X98765432"[summed % 11] == number[17]


async def due(session: AsyncSession, order: RowDict) -> int:
    """What an invoice of the order is made out for, in fen: paid less gone back. WrongState when nothing is left."""
    left = int((await dues_by_order(session, [order["id"]], DUE))[order["id"]]["due"])
    if left <= 0:
        raise WrongState("订单款项已全部退回，无需开具发票")
    return left


async def dues_by_order(session: AsyncSession, order_ids: Sequence[UUID], columns: Columns) -> dict[UUID, RowDict]:
    """What is left of each order's money as `due`, whatever `columns` say: what an invoice of it is made out for."""
    back = select(Refund.order_id, func.sum(Refund.amount).label("amount")).where(
        Refund.order_id.in_(order_ids), Refund.cause.not_in(NOT_OF_THE_GOODS)
    )
    gone = back.group_by(Refund.order_id).subquery()
    paid = select(Order.id, Order.total - func.coalesce(gone.c.amount, 0)).where(Order.id.in_(order_ids))
    rows = await session.execute(paid.join_from(Order, gone, gone.c.order_id == Order.id, isouter=True))
    return {id: {"due": int(left)} for id, left in rows}


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


async def refuse_invoice(uow: UnitOfWork, viewer: Viewer, id: UUID, why: InvoiceRefusal, words: str) -> UUID:
    """The shop cannot issue it as it was asked for, for a reason of the closed list; answers the order's id.

    Refuses with Invalid (`note`, `reason`), NotFound for another shop's, and WrongState unless it is asked for.
    """
    order = await own(uow, viewer, await _order_of(uow.session, id))
    said = clean_text(words, field="note", most=100, label="说明") or None
    asked = (await invoices_by_id(uow.session, [id], frozenset({"kind"})))[id]
    if why is InvoiceRefusal.NO_SPECIAL and asked["kind"] is not InvoiceKind.SPECIAL:
        raise Invalid("买家申请的是普通发票，不能以此为由拒绝", field="reason")
    await _settle(uow, id, {"state": InvoiceState.REFUSED, "refused_because": why, "refused_note": said})
    sentence = f"商家未能开具发票：{REFUSALS[why]}" + (f"（{said}）" if said else "")
    await note(uow, [order], "REFUSE_INVOICE", viewer, sentence)
    await audit.record(uow, viewer, "invoice.refuse", "order", order["id"], {"reason": why.value})
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


HOLDER = ("kind", "holder", "title", "tax_number")


async def holders_of(session: AsyncSession, viewer: Viewer) -> list[dict[str, Any]]:
    """To whom the viewer had invoices made out, the latest first, so that nobody types it twice."""
    wanted = pick(OrderInvoice, frozenset((*HOLDER, *EMAILED)), "id")
    latest = select(*wanted).where(INVOICE.c.member_id == viewer.member_id)
    rows = await session.execute(latest.order_by(INVOICE.c.created_at.desc(), INVOICE.c.id.desc()).limit(50))
    found: dict[Any, dict[str, Any]] = {}
    for row in rows.mappings():
        key = tuple(row[name] for name in HOLDER)
        if key not in found and len(found) < MOST_HOLDERS:
            found[key] = {**{name: row[name] for name in HOLDER}, "email": email_for(viewer, dict(row))}
    return list(found.values())


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
