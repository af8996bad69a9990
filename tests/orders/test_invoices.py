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
from models.invoices import InvoiceHolder, InvoiceKind, InvoiceRefusal, InvoiceState, OrderInvoice
from models.orders import OrderStep
from models.payments import PaymentPart, Refund
from tests.factories import merchants
from tests.factories import orders as market
from tests.factories.orders import Buyer, Shop
from tests.orders.gateway import FakeGateway

FIRM = WantedInvoice(InvoiceKind.SPECIAL, InvoiceHolder.FIRM, "昭通果业有限公司", "91530600MA6K1A2B3R", "cw@example.cn")
PERSON = WantedInvoice(InvoiceKind.NORMAL, InvoiceHolder.PERSON, "王小明", None, "wang@example.cn")


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
        ({"tax_number": "91530600MA6K1A2B3C"}, "taxNumber"),  # the last character checks the others
        ({"tax_number": "91530600MA6K1A2B3R0"}, "taxNumber"),
        ({"tax_number": None}, "taxNumber"),
        ({"kind": InvoiceKind.NORMAL, "tax_number": None}, "taxNumber"),
        ({"holder": InvoiceHolder.PERSON}, "holder"),
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


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("91110108551385082Q", "91110108551385082Q"),
        (" 9153 0600 ma6k1a2b3r ", "91530600MA6K1A2B3R"),
        ("11010519491231002X", "11010519491231002X"),  # registered by an identity card
        ("530600123456789", "530600123456789"),
    ],
)
async def test_tax_numbers_as_they_are(database: Database, gateway: FakeGateway, typed: str, kept: str) -> None:
    _, who, order = await bought(database, gateway)
    id = await ask(database, who, order, replace(FIRM, tax_number=typed))
    assert (await market.row(database, OrderInvoice, id))["tax_number"] == kept


async def test_a_person_has_no_tax_number(database: Database, gateway: FakeGateway) -> None:
    _, who, order = await bought(database, gateway)
    id = await ask(database, who, order, replace(PERSON, tax_number="91530600MA6K1A2B3R"))
    assert (await market.row(database, OrderInvoice, id))["tax_number"] is None


async def test_a_shop_refuses_for_a_reason_and_the_buyer_asks_again(database: Database, gateway: FakeGateway) -> None:
    shop, who, order = await bought(database, gateway)
    id = await ask(database, who, order)
    async with database.begin() as uow:
        await invoices.refuse_invoice(uow, shop.keeper, id, InvoiceRefusal.NO_SPECIAL, "小规模纳税人")
    row = await market.row(database, OrderInvoice, id)
    assert (row["state"], row["refused_because"], row["refused_note"]) == (
        InvoiceState.REFUSED,
        InvoiceRefusal.NO_SPECIAL,
        "小规模纳税人",
    )
    assert "不能开具专用发票" in (await market.rows(database, OrderStep, order_id=order["id"]))[-1]["text"]
    with pytest.raises(WrongState):
        await issue(database, shop, id)
    again = await ask(database, who, order, replace(FIRM, kind=InvoiceKind.NORMAL))
    with pytest.raises(Invalid):  # a 普票 was asked for
        async with database.begin() as uow:
            await invoices.refuse_invoice(uow, shop.keeper, again, InvoiceRefusal.NO_SPECIAL, "")
    rival = await market.shop(database)
    with pytest.raises(NotFound):
        async with database.begin() as uow:
            await invoices.refuse_invoice(uow, rival.keeper, again, InvoiceRefusal.TITLE_WRONG, "")


async def test_nobody_types_a_title_twice(database: Database, gateway: FakeGateway) -> None:
    shop, who, order = await bought(database, gateway)
    second = await market.order_of(database, await market.paid(database, gateway, who, {shop.sku: 1}))
    await ask(database, who, order, PERSON)
    await ask(database, who, second)
    async with database.begin() as uow:
        await invoices.cancel_invoice(uow, who.viewer, await _open_of(database, second["id"]))
    await ask(database, who, second)
    async with database.read() as session:
        found = await invoices.holders_of(session, who.viewer)
        assert [(each["title"], each["email"]) for each in found] == [
            (FIRM.title, FIRM.email),
            (PERSON.title, PERSON.email),
        ]
        assert await invoices.holders_of(session, (await market.buyer(database)).viewer) == []


async def _open_of(database: Database, order_id: Any) -> Any:
    rows = await market.rows(database, OrderInvoice, order_id=order_id)
    return next(row["id"] for row in rows if row["state"] is InvoiceState.REQUESTED)


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
    async with database.read() as session:
        dues = await invoices.dues_by_order(session, [order["id"]], frozenset({"due"}))
        assert dues[order["id"]]["due"] == order["total"] - 1000


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
