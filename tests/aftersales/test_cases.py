"""Cases from the claim to the money: each kind once, by everybody's hand."""

from __future__ import annotations

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from domain import aftersales, inventory, orders
from domain.base import Conflict, Database, Invalid, NotFound, WrongState
from domain.payments import RefundOutcome, RefundSeen
from models.aftersales import (
    AfterSale,
    AfterSaleKind,
    AfterSaleMessage,
    AfterSaleReason,
    AfterSaleRefusal,
    AfterSaleState,
    LineClaim,
    MessagePicture,
)
from models.catalog import Product
from models.inventory import StockMove
from models.orders import CloseReason, OrderState
from models.payments import Refund
from tests.factories import aftersales as made
from tests.factories import merchants
from tests.factories import orders as market
from tests.orders.gateway import FakeGateway

K, R, S = AfterSaleKind, AfterSaleReason, AfterSaleState


async def money_arrives(database: Database) -> None:
    """WeChat Pay says of every refund that it has arrived, and the case hears of it."""
    for refund in await market.rows(database, Refund):
        seen = RefundSeen(refund["number"], RefundOutcome.SUCCEEDED, f"5030{refund['number']}")
        await made.do(database, orders.record_refund, seen)
        await made.do(database, aftersales.refund_heard, refund["id"])


async def test_units_called_off_before_shipping_leave_the_rest_to_be_shipped(
    database: Database, gateway: FakeGateway
) -> None:
    it = await made.bought(database, gateway, freight=600)
    id = await made.applied(database, it, made.page(it, 1, reason=R.NOT_WANTED))
    await made.do(database, aftersales.agree, it.keeper, id, restock=True)
    line = await made.line(database, it)
    assert (line["withdrawn_quantity"], line["refunded_quantity"], line["refunded_amount"]) == (1, 1, 1000)
    assert (await made.order(database, it))["state"] is OrderState.AWAITING_SHIPMENT
    assert await market.stock(database, it.shop.sku) == (98, 0)
    (refund,) = await market.rows(database, Refund)
    assert (refund["amount"], refund["cause"]) == (1000, f"after-sale:{id}")
    await money_arrives(database)
    assert (await made.case(database, id))["state"] is S.DONE
    # The other two are called off as well: nothing is left, so the order closes and its freight goes back.
    rest = await made.applied(database, it, made.page(it, 2, reason=R.NOT_WANTED))
    await made.do(database, aftersales.agree, it.keeper, rest, restock=False)
    assert (await made.case(database, rest))["freight"] == 600
    order = await made.order(database, it)
    assert (order["state"], order["close_reason"]) == (OrderState.CLOSED, CloseReason.REFUNDED)
    assert sum(refund["amount"] for refund in await market.rows(database, Refund)) == order["total"]
    assert await market.stock(database, it.shop.sku) == (98, 0)


async def test_a_return_runs_its_course(database: Database, gateway: FakeGateway) -> None:
    it = await made.received(database, gateway, freight=600)
    id = await made.applied(database, it, made.page(it, 3, K.RETURN, R.NO_REASON))
    with pytest.raises(WrongState, match="退货地址"):
        await made.do(database, aftersales.agree, it.keeper, id)
    await made.with_address(database, it)
    await made.do(database, aftersales.agree, it.keeper, id)
    case = await made.case(database, id)
    assert case["state"] is S.WAIT_RETURN
    shown = aftersales.return_to(it.buyer, case)
    assert shown is not None
    assert shown.phone == "13987000001"
    await made.do(database, aftersales.send_return, it.buyer, id, "SF", "SF1234567890123")
    await made.do(database, aftersales.receive, it.keeper, id)
    await made.do(database, aftersales.refund_return, it.keeper, id, restock=True)
    # The buyer changed his mind: the goods' money goes back, the freight does not.
    assert [refund["amount"] for refund in await market.rows(database, Refund)] == [3000]
    assert await market.stock(database, it.shop.sku) == (100, 0)
    assert [move["reason"] for move in await market.rows(database, StockMove)][-1].startswith("售后退回 A")
    await money_arrives(database)
    assert (await made.case(database, id))["state"] is S.DONE
    order = await made.order(database, it)
    assert (order["state"], order["close_reason"]) == (OrderState.CLOSED, CloseReason.REFUNDED)


async def test_an_exchange_moves_goods_and_no_money(database: Database, gateway: FakeGateway) -> None:
    it = await made.received(database, gateway)
    await made.with_address(database, it)
    picture = await made.evidence(database, it.buyer)
    wanted = made.page(it, 1, K.EXCHANGE, R.WRONG_GOODS, pictures=[picture])
    id = await made.applied(database, it, wanted)
    await made.do(database, aftersales.agree, it.keeper, id)
    await made.do(database, aftersales.send_return, it.buyer, id, "SF", "SF1234567890123")
    await made.do(database, aftersales.receive, it.keeper, id)
    await made.do(database, aftersales.ship_replacement, it.keeper, id, "ZTO", "78310000000001")
    await made.do(database, aftersales.confirm_replacement, it.buyer, id)
    assert (await made.case(database, id))["state"] is S.DONE
    assert await market.rows(database, Refund) == []
    # What came in exchange may be wrong again.
    (claim,) = await market.rows(database, LineClaim)
    assert claim["claimed"] == 0


async def test_spoiled_pieces_are_paid_for_by_their_number(database: Database, gateway: FakeGateway) -> None:
    it = await made.received(database, gateway, price=3990, units=2, freight=600)
    picture = await made.evidence(database, it.buyer)
    how = {"pieces_damaged": 3, "pieces_received": 20, "pictures": [picture]}
    id = await made.applied(database, it, made.page(it, 1, K.DAMAGED, R.DAMAGED, **how))
    case = await made.case(database, id)
    # 3990 × 3 / 20 = 598.5, and a started fen is the buyer's; of the freight the same share: 600 × 599 / 7980.
    assert (case["worth"], case["amount"], case["freight"]) == (3990, 599, 45)
    await made.do(database, aftersales.agree, it.keeper, id)
    line = await made.line(database, it)
    assert (line["refunded_quantity"], line["refunded_amount"]) == (0, 599)
    assert (await made.order(database, it))["state"] is OrderState.RECEIVED
    assert await market.stock(database, it.shop.sku) == (98, 0)


@pytest.mark.parametrize(("damaged", "received"), [(None, None), (0, 20), (21, 20), (1, None), (-1, 5), (1, 10_000)])
async def test_pieces_must_make_sense(
    database: Database, gateway: FakeGateway, damaged: int | None, received: int | None
) -> None:
    it = await made.received(database, gateway)
    picture = await made.evidence(database, it.buyer)
    how = {"pieces_damaged": damaged, "pieces_received": received, "pictures": [picture]}
    with pytest.raises(Invalid) as refused:
        await made.applied(database, it, made.page(it, 1, K.DAMAGED, R.DAMAGED, **how))
    assert refused.value.field == "lines"


async def test_the_same_page_sent_twice_is_one_case(database: Database, gateway: FakeGateway) -> None:
    it = await made.received(database, gateway)
    wanted = made.page(it, 1)
    assert await made.applied(database, it, wanted) == await made.applied(database, it, wanted)
    assert len(await market.rows(database, AfterSale)) == 1


async def test_no_unit_is_claimed_twice(database: Database, gateway: FakeGateway) -> None:
    it = await made.received(database, gateway)
    first = await made.applied(database, it, made.page(it, 2))
    with pytest.raises(Invalid, match="还有 1 件"):
        await made.applied(database, it, made.page(it, 2))
    await made.do(database, aftersales.cancel, it.buyer, first)
    await made.applied(database, it, made.page(it, 3))
    with pytest.raises(IntegrityError, match="ck_line_claims_claimed"):
        async with database.begin() as uow:
            await uow.session.execute(update(LineClaim).values(claimed=4))


async def test_the_order_is_not_completed_while_a_case_is_open(database: Database, gateway: FakeGateway) -> None:
    it = await made.received(database, gateway)
    made.stopped()
    id = await made.applied(database, it, made.page(it, 1))
    due = (await made.order(database, it))["complete_at"]
    made.clock.stop(due)
    await made.do(database, aftersales.complete_order, it.order_id)
    assert (await made.order(database, it))["state"] is OrderState.RECEIVED
    await made.do(database, aftersales.cancel, it.buyer, id)
    await made.do(database, aftersales.complete_order, it.order_id)
    assert (await made.order(database, it))["state"] is OrderState.COMPLETED


async def test_a_refusal_goes_to_the_platform_whose_word_is_final(database: Database, gateway: FakeGateway) -> None:
    it = await made.received(database, gateway)
    id = await made.applied(database, it, made.page(it, 2))
    with pytest.raises(WrongState):
        await made.do(database, aftersales.escalate, it.buyer, id, "请平台处理", [])
    refusal = AfterSaleRefusal.EVIDENCE_MISSING
    await made.do(database, aftersales.reject, it.keeper, id, refusal, "看不出问题", [])
    await made.do(database, aftersales.escalate, it.buyer, id, "请平台处理", [])
    operator = merchants.operator()
    decision = aftersales.Decision.REFUND
    with pytest.raises(Invalid) as refused:
        await made.do(database, aftersales.decide, operator, id, decision, "支持一部分", amount=2001)
    assert refused.value.field == "amount"
    await made.do(database, aftersales.decide, operator, id, decision, "支持一部分", amount=500)
    assert [refund["amount"] for refund in await market.rows(database, Refund)] == [500]
    with pytest.raises(WrongState):
        await made.do(database, aftersales.decide, operator, id, decision, "再来一次")


async def test_a_dismissed_claim_can_be_made_anew(database: Database, gateway: FakeGateway) -> None:
    it = await made.received(database, gateway)
    id = await made.applied(database, it, made.page(it, 3))
    await made.do(database, aftersales.reject, it.keeper, id, AfterSaleRefusal.NOT_OUR_GOODS, "不是我们的货", [])
    await made.do(database, aftersales.escalate, it.buyer, id, "请平台处理", [])
    dismissed = aftersales.Decision.DISMISS
    await made.do(database, aftersales.decide, merchants.operator(), id, dismissed, "证据不足")
    assert (await made.case(database, id))["state"] is S.CLOSED
    await made.applied(database, it, made.page(it, 3))


async def test_goods_that_came_back_wrong_are_the_platforms_to_judge(database: Database, gateway: FakeGateway) -> None:
    it = await made.received(database, gateway)
    await made.with_address(database, it)
    id = await made.applied(database, it, made.page(it, 1, K.RETURN, R.NO_REASON))
    await made.do(database, aftersales.agree, it.keeper, id)
    await made.do(database, aftersales.send_return, it.buyer, id, "SF", "SF1234567890123")
    await made.do(database, aftersales.receive, it.keeper, id)
    refusal = AfterSaleRefusal.RETURN_INCOMPLETE
    with pytest.raises(Invalid):
        await made.do(database, aftersales.contest, it.keeper, id, refusal, "少了一半", [])
    picture = await made.evidence(database, it.keeper)
    await made.do(database, aftersales.contest, it.keeper, id, refusal, "少了一半", [picture])
    with pytest.raises(WrongState, match="已经退回"):
        await made.do(database, aftersales.cancel, it.buyer, id)
    assert (await made.case(database, id))["state"] is S.ESCALATED


async def test_goods_shipped_meanwhile_cannot_be_called_off(database: Database, gateway: FakeGateway) -> None:
    it = await made.bought(database, gateway)
    id = await made.applied(database, it, made.page(it, 1, reason=R.NOT_WANTED))
    with pytest.raises(Invalid, match="没有发出"):
        await made.do(database, aftersales.reject, it.keeper, id, AfterSaleRefusal.ALREADY_SHIPPED, "已发货", [])
    async with database.begin() as uow:
        await orders.ship(uow, it.keeper, orders.Parcel(it.order_id, "ZTO", "78310000000009"))
    with pytest.raises(WrongState, match="已经发出"):
        await made.do(database, aftersales.agree, it.keeper, id)
    await made.do(database, aftersales.reject, it.keeper, id, AfterSaleRefusal.ALREADY_SHIPPED, "已发货", [])
    assert await market.rows(database, Refund) == []


async def test_a_whole_order_called_off_ends_its_cases(database: Database, gateway: FakeGateway) -> None:
    it = await made.bought(database, gateway)
    id = await made.applied(database, it, made.page(it, 1, reason=R.NOT_WANTED))
    await made.do(database, aftersales.refund_order, it.keeper, it.order_id, "果园受灾", restock=True)
    assert (await made.case(database, id))["state"] is S.CLOSED
    assert [refund["amount"] for refund in await market.rows(database, Refund)] == [3000]
    assert await market.stock(database, it.shop.sku) == (100, 0)


async def test_what_was_given_back_is_sold_no_longer(database: Database, gateway: FakeGateway) -> None:
    it = await made.received(database, gateway)
    await made.do(database, orders.count_sale, it.order_id)
    id = await made.applied(database, it, made.page(it, 1))
    await made.do(database, aftersales.agree, it.keeper, id)
    for _ in range(2):
        await made.do(database, orders.count_sale, it.order_id)
    assert (await market.row(database, Product, it.shop.product.id))["sold_count"] == 2
    rest = await made.applied(database, it, made.page(it, 2))
    await made.do(database, aftersales.agree, it.keeper, rest)
    for _ in range(2):
        await made.do(database, orders.count_sale, it.order_id)
    assert (await market.row(database, Product, it.shop.product.id))["sold_count"] == 0


async def test_the_log_holds_what_everybody_said_and_showed(database: Database, gateway: FakeGateway) -> None:
    it = await made.received(database, gateway)
    picture = await made.evidence(database, it.buyer)
    id = await made.applied(database, it, made.page(it, 1, reason=R.QUALITY, pictures=[picture], text="果子发霉"))
    await made.do(database, aftersales.speak, it.keeper, id, "请补一张外包装的照片", [])
    with pytest.raises(Invalid) as refused:
        await made.do(database, aftersales.speak, it.keeper, id, "这是您的照片", [picture])
    assert refused.value.field == "pictures"
    messages = await market.rows(database, AfterSaleMessage, after_sale_id=id)
    assert [message["text"] for message in messages] == ["买家申请仅退款：质量问题。果子发霉", "请补一张外包装的照片"]
    assert [found["key"] for found in await market.rows(database, MessagePicture)] == [picture]
    await made.do(database, aftersales.cancel, it.buyer, id)
    with pytest.raises(WrongState):
        await made.do(database, aftersales.speak, it.buyer, id, "还在吗", [])


async def test_a_strangers_case_is_no_case(database: Database, gateway: FakeGateway) -> None:
    it, other = await made.received(database, gateway), await made.received(database, gateway)
    id = await made.applied(database, it, made.page(it, 1))
    for viewer in (other.buyer, other.keeper):
        for verb, given in (
            (aftersales.cancel, ()),
            (aftersales.agree, ()),
            (aftersales.speak, ("你好", [])),
            (aftersales.decide, (aftersales.Decision.DISMISS, "不行")),
        ):
            with pytest.raises(NotFound):
                await made.do(database, verb, viewer, id, *given)
    # Each side has its own verbs.
    with pytest.raises(NotFound):
        await made.do(database, aftersales.agree, it.buyer, id)
    with pytest.raises(NotFound):
        await made.do(database, aftersales.cancel, it.keeper, id)
    with pytest.raises(NotFound):
        await made.applied(database, it, made.page(other, 1))
    async with database.read() as session:
        with pytest.raises(NotFound):
            await aftersales.access(session, other.buyer, id, frozenset())
        with pytest.raises(NotFound):
            await aftersales.options(session, it.keeper, it.order_id)


async def test_stock_that_never_left_cannot_come_back(database: Database, gateway: FakeGateway) -> None:
    it = await made.bought(database, gateway)
    async with database.begin() as uow:
        back = [inventory.Wanted(it.order_id, it.shop.sku, 4)]
        with pytest.raises(Conflict):
            await inventory.take_back(uow, back, "售后退回 A1", restock=True)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "字" * 501}, "text"),
        ({"text": ""}, "text"),
        ({"request_key": "short"}, "requestKey"),
        ({"pictures": ["zz"]}, "pictures"),
        ({"lines": []}, "lines"),
        ({"amount": 1001}, "lines"),
        ({"amount": 0}, "lines"),
        ({"pieces_damaged": 1}, "lines"),
    ],
)
async def test_bad_input_is_refused(
    database: Database, gateway: FakeGateway, changes: dict[str, object], field: str
) -> None:
    it = await made.received(database, gateway)
    empty = changes.pop("lines", None)
    wanted = made.page(it, 1, **changes)
    if empty is not None:
        wanted = made.WantedAfterSale(**{**vars(wanted), "lines": empty})
    with pytest.raises(Invalid) as refused:
        await made.applied(database, it, wanted)
    assert refused.value.field == field
