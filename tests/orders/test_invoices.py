"""Invoices asked for and issued: what is refused, who reads what, and what they are made out for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import insert

from domain import invoices, orders
from domain.base import Conflict, Database, Invalid, NotFound, WrongState
from domain.invoices import WantedInvoice
from models.base import new_id
from models.invoices import InvoiceKind, InvoiceState, OrderInvoice
from models.orders import OrderStep
from models.payments import PaymentPart, Refund
from tests.factories import merchants
from tests.factories import orders as market
from tests.factories.orders import Buyer, Shop
from tests.orders.gateway import FakeGateway

FIRM = WantedInvoice(InvoiceKind.SPECIAL, "昭通果业有限公司", "91530600MA6K1A2B3C", "cw@example.cn")
PERSON = WantedInvoice(InvoiceKind.NORMAL, "王小明", None, "wang@example.cn")


async def bought(database: Database, gateway: FakeGateway) -> tuple[Shop, Buyer, dict[str, Any]]:
    shop, who = await market.shop(database), await market.buyer(database)
    return shop, who, await market.order_of(database, await market.paid(database, gateway, who, {shop.sku: 1}))


async def ask(database: Database, who: Buyer, order: dict[str, Any], wanted: WantedInvoice = FIRM) -> Any:
    async with database.begin() as uow:
        return await invoices.request_invoice(uow, who.viewer, order["id"], wanted)


async def issue(database: Database, shop: Shop, id: Any, number: str | None = "25532000000012345678") -> None:
    async with database.begin() as uow:
        await invoices.issue_invoice(uow, shop.keeper, id, number, None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "长" * 101}, "title"),
        ({"tax_number": "9153"}, "taxNumber"),
        ({"tax_number": "91530600MA6K1A2B3I"}, "taxNumber"),
        ({"tax_number": None}, "taxNumber"),
        ({"email": "nobody"}, "email"),
        ({"email": "a@b"}, "email"),
    ],
)
async def test_what_cannot_be_is_refused(
    database: Database, gateway: FakeGateway, changes: dict[str, Any], field: str
) -> None:
    _, who, order = await bought(database, gateway)
    with pytest.raises(Invalid) as refused:
        await ask(database, who, order, replace(FIRM, **changes))
    assert refused.value.field == field


async def test_one_request_at_a_time_until_it_is_issued(database: Database, gateway: FakeGateway) -> None:
    shop, who, order = await bought(database, gateway)
    first = await ask(database, who, order, PERSON)
    with pytest.raises(Conflict):
        await ask(database, who, order)
    async with database.begin() as uow:
        await invoices.cancel_invoice(uow, who.viewer, first)
    second = await ask(database, who, order)
    await issue(database, shop, second)
    row = await market.row(database, OrderInvoice, second)
    assert (row["state"], row["amount"], row["number"]) == (InvoiceState.ISSUED, order["total"], "25532000000012345678")
    for again in (lambda: ask(database, who, order), lambda: issue(database, shop, second)):
        with pytest.raises((Conflict, WrongState)):
            await again()
    events = [step["event"] for step in await market.rows(database, OrderStep, order_id=order["id"])]
    assert events[-4:] == ["REQUEST_INVOICE", "CANCEL_INVOICE", "REQUEST_INVOICE", "ISSUE_INVOICE"]


async def test_it_is_made_out_for_what_did_not_go_back(database: Database, gateway: FakeGateway) -> None:
    shop, who, order = await bought(database, gateway)
    id = await ask(database, who, order)
    (part,) = await market.rows(database, PaymentPart)
    back = {"part_id": part["id"], "order_id": order["id"], "reason": "果品破损", "number": "R1", "amount": 1000}
    async with database.begin() as uow:
        await uow.session.execute(insert(Refund).values(**back, cause="after-sale:1"))
        await uow.session.execute(insert(Refund).values(**{**back, "number": "R2"}, cause="double"))
    await issue(database, shop, id)
    assert (await market.row(database, OrderInvoice, id))["amount"] == order["total"] - 1000


async def test_only_paid_orders_and_only_ones_own(database: Database, gateway: FakeGateway) -> None:
    shop, who, order = await bought(database, gateway)
    other, rival = await market.buyer(database), await market.shop(database)
    unpaid = await market.order_of(database, await market.placed(database, who, {shop.sku: 1}))
    with pytest.raises(WrongState):
        await ask(database, who, unpaid)
    with pytest.raises(NotFound):
        await ask(database, other, order)
    id = await ask(database, who, order)
    with pytest.raises(NotFound):
        await issue(database, rival, id)
    with pytest.raises(NotFound):
        await issue(database, shop, new_id())
    with pytest.raises(NotFound):
        async with database.begin() as uow:
            await invoices.cancel_invoice(uow, other.viewer, id)


@pytest.mark.parametrize(
    ("number", "link", "field"),
    [(None, None, "number"), ("12", None, "number"), (None, "http://a.cn/1", "link"), (None, "https://", "link")],
)
async def test_an_issued_invoice_can_be_found(
    database: Database, gateway: FakeGateway, number: str | None, link: str | None, field: str
) -> None:
    shop, who, order = await bought(database, gateway)
    id = await ask(database, who, order)
    with pytest.raises(Invalid) as refused:
        async with database.begin() as uow:
            await invoices.issue_invoice(uow, shop.keeper, id, number, link)
    assert refused.value.field == field


async def test_who_reads_the_address(database: Database, gateway: FakeGateway) -> None:
    shop, who, order = await bought(database, gateway)
    row = await market.row(database, OrderInvoice, await ask(database, who, order, PERSON))
    assert invoices.email_for(who.viewer, row) == invoices.email_for(shop.keeper, row) == "wang@example.cn"
    assert invoices.email_for(merchants.operator(), row) == "w***@example.cn"
    async with database.read() as session:
        page = await invoices.invoices_of_merchant(session, shop.keeper, None, 1, 20, frozenset({"id", "state"}))
        assert [found["id"] for found in page[0]] == [row["id"]]
        rival = (await market.shop(database)).keeper
        assert await invoices.invoices_of_merchant(session, rival, None, 1, 20, frozenset({"id"})) == ([], 0)
    assert orders.sees(who.viewer, order)
