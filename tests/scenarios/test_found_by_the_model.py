"""What runs of `tests/model` found, each as short as it gets. All were seen red before the product was mended."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain import aftersales, orders
from domain.aftersales import WantedUnits
from domain.base import Database, Invalid, WrongState, clock
from domain.orders.events import OrderChanged
from models.aftersales import AfterSaleKind as K
from models.aftersales import AfterSaleReason as R
from models.aftersales import AfterSaleRefusal
from models.aftersales import AfterSaleState as S
from models.orders import OrderLine, OrderState
from models.payments import Refund
from tests.factories import aftersales as made
from tests.factories import catalog, merchants
from tests.factories import orders as market
from tests.orders.gateway import FakeGateway


async def came_back(database: Database, it: made.Bought, kind: K, reason: R, units: int) -> UUID:
    """A case whose goods are with the shop again."""
    await made.with_address(database, it)
    pictures = [await made.evidence(database, it.buyer)]
    id = await made.applied(database, it, made.page(it, units, kind, reason, pictures=pictures))
    await made.do(database, aftersales.agree, it.keeper, id)
    await made.do(database, aftersales.send_return, it.buyer, id, "SF", "SF1234567890123")
    await made.do(database, aftersales.receive, it.keeper, id)
    return id


async def test_what_is_told_last_is_what_the_order_has_become(database: Database, gateway: FakeGateway) -> None:
    """Red while the case told of the order as it had found it, after the order's own step: pages went back in time."""
    it = await made.bought(database, gateway)
    id = await made.applied(database, it, made.page(it, 3, reason=R.NOT_WANTED))
    async with database.begin() as uow:
        await aftersales.agree(uow, it.keeper, id)
        told = [event.state for event in uow.events if isinstance(event, OrderChanged)]
    assert told[-1] is OrderState.CLOSED


async def test_a_repeated_application_answers_its_cases_in_the_same_order(
    database: Database, gateway: FakeGateway
) -> None:
    """Red while they were answered by their numbers, which are scrambled."""
    shop = await market.shop(database)
    skus = tuple(catalog.sku(name=f"{size} mm") for size in range(70, 78))
    product = await catalog.product(database, shop.merchant_id, skus=skus, stock=10)
    buyer = await market.buyer(database)
    trade_id = await market.paid(database, gateway, buyer, dict.fromkeys(product.skus, 1))
    order = await market.order_of(database, trade_id)
    lines = await market.rows(database, OrderLine, order_id=order["id"])
    it = made.Bought(shop, buyer, trade_id, order["id"], lines[0]["id"])
    page = replace(made.page(it), lines=[WantedUnits(line["id"], 1) for line in lines])
    first = await made.do(database, aftersales.apply, it.buyer, page)
    assert await made.do(database, aftersales.apply, it.buyer, page) == first
    assert len(set(first)) == len(skus)


async def test_an_exchange_paid_back_cannot_be_claimed_again(database: Database, gateway: FakeGateway) -> None:
    """Red while every finished exchange freed its units: the page offered them, and applying was an internal error."""
    it = await made.received(database, gateway, units=1)
    id = await came_back(database, it, K.EXCHANGE, R.WRONG_GOODS, 1)
    await made.do(database, aftersales.refund_return, it.keeper, id, restock=False)
    (refund,) = await market.rows(database, Refund)
    await orders.submit_refund(database, gateway, refund["id"])
    await made.do(database, orders.record_refund, gateway.finish_refund(refund["number"]))
    await made.do(database, aftersales.refund_heard, refund["id"])
    ((_, offered),) = await _options(database, it)
    assert {option.units for option in offered} == {0}
    with pytest.raises((Invalid, WrongState)):
        await made.applied(database, it, made.page(it, 1))


async def _options(database: Database, it: made.Bought) -> Any:
    async with database.read() as session:
        return await aftersales.options(session, it.buyer, it.order_id)


async def test_the_last_units_are_refunded_once_however_often_it_is_clicked(
    database: Database, gateway: FakeGateway
) -> None:
    """Red while the line's counters were written before the state was looked at: an internal error."""
    it = await made.received(database, gateway)
    id = await came_back(database, it, K.RETURN, R.NO_REASON, 3)
    await made.do(database, aftersales.refund_return, it.keeper, id, restock=True)
    with pytest.raises(WrongState):
        await made.do(database, aftersales.refund_return, it.keeper, id, restock=True)
    assert len(await market.rows(database, Refund)) == 1


async def test_goods_that_crossed_with_their_cancellation_are_paid_when_they_come_back(
    database: Database, gateway: FakeGateway
) -> None:
    """Red while they could only be paid as never shipped: case, timer and order were stuck for ever."""
    it = await made.bought(database, gateway)
    await made.with_address(database, it)
    id = await made.applied(database, it, made.page(it, 3, reason=R.NOT_WANTED))
    await made.do(database, orders.ship, it.keeper, orders.Parcel(it.order_id, "ZTO", "78310000000007"))
    await made.do(database, aftersales.reject, it.keeper, id, AfterSaleRefusal.ALREADY_SHIPPED, "已经发出", ())
    await made.do(database, aftersales.escalate, it.buyer, id, "请平台处理", ())
    await made.do(database, aftersales.decide, merchants.operator(), id, aftersales.Decision.RETURN, "请退回")
    await made.do(database, aftersales.send_return, it.buyer, id, "SF", "SF1234567890123")
    await made.do(database, aftersales.receive, it.keeper, id)
    made.stopped()
    clock.advance(timedelta(days=8))
    await made.tick(database, id)
    assert (await made.case(database, id))["state"] is S.REFUNDING
    line = await made.line(database, it)
    assert (line["shipped_quantity"], line["withdrawn_quantity"], line["refunded_amount"]) == (3, 0, 3000)
    assert (await made.order(database, it))["state"] is OrderState.CLOSED


async def test_the_platform_pays_goods_that_were_sent_although_they_were_called_off(
    database: Database, gateway: FakeGateway
) -> None:
    """Red while it could only have them sent back: who asked in time could not be helped in any other way."""
    it = await made.bought(database, gateway)
    id = await made.applied(database, it, made.page(it, 3, reason=R.NOT_WANTED))
    shelf = await made.actual(database, it)
    await made.do(database, orders.ship, it.keeper, orders.Parcel(it.order_id, "ZTO", "78310000000008"))
    with pytest.raises(WrongState):
        await made.do(database, aftersales.agree, it.keeper, id)
    await made.do(database, aftersales.reject, it.keeper, id, AfterSaleRefusal.ALREADY_SHIPPED, "已经发出", ())
    await made.do(database, aftersales.escalate, it.buyer, id, "申请在先", ())
    decided = aftersales.Decision.REFUND
    await made.do(database, aftersales.decide, merchants.operator(), id, decided, "申请在先，商家仍发货", restock=True)
    case, line, order = await made.case(database, id), await made.line(database, it), await made.order(database, it)
    assert (case["state"], case["freight"]) == (S.REFUNDING, order["freight"])
    assert (line["shipped_quantity"], line["withdrawn_quantity"], line["refunded_quantity"]) == (3, 0, 3)
    assert order["state"] is OrderState.CLOSED
    # They are with the buyer: nothing goes back on the shelf, whatever was ticked.
    assert await made.actual(database, it) == shelf
    (refund,) = await market.rows(database, Refund)
    assert refund["amount"] == order["total"]


async def test_what_had_not_left_yet_is_called_off_with_it(database: Database, gateway: FakeGateway) -> None:
    it = await made.bought(database, gateway)
    id = await made.applied(database, it, made.page(it, 3, reason=R.NOT_WANTED))
    shelf = await made.actual(database, it)
    parcel = orders.Parcel(it.order_id, "ZTO", "78310000000009", [(it.line_id, 2)])
    await made.do(database, orders.ship, it.keeper, parcel)
    await made.do(database, aftersales.reject, it.keeper, id, AfterSaleRefusal.ALREADY_SHIPPED, "已发出两件", ())
    await made.do(database, aftersales.escalate, it.buyer, id, "申请在先", ())
    decide, operator = aftersales.decide, merchants.operator()
    await made.do(database, decide, operator, id, aftersales.Decision.REFUND, "全部退款", restock=True)
    line = await made.line(database, it)
    assert (line["shipped_quantity"], line["withdrawn_quantity"], line["refunded_quantity"]) == (2, 1, 3)
    assert await made.actual(database, it) == shelf + 1
    assert (await made.order(database, it))["state"] is not OrderState.PARTLY_SHIPPED


async def test_goods_that_were_never_sent_are_not_to_be_sent_back(database: Database, gateway: FakeGateway) -> None:
    it = await made.bought(database, gateway)
    await made.with_address(database, it)
    id = await made.applied(database, it, made.page(it, 1, reason=R.NOT_WANTED))
    await made.do(database, aftersales.reject, it.keeper, id, AfterSaleRefusal.EVIDENCE_MISSING, "看不清楚", ())
    await made.do(database, aftersales.escalate, it.buyer, id, "请平台处理", ())
    with pytest.raises(WrongState, match="没有发出"):
        await made.do(database, aftersales.decide, merchants.operator(), id, aftersales.Decision.RETURN, "请退回")
