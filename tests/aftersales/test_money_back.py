"""Parts of a payment go back one by one: never more than came, each action once, a minute apart at WeChat Pay."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from domain import orders, payments
from domain.base import Database, NotFound, TooMany, UnitOfWork, Viewer, ViewerKind, WrongState, clock
from domain.orders.returning import paid_part
from domain.orders.taking import lock, trade_of
from domain.payments import RefundOutcome
from domain.payments.refunds import APART
from models.orders import OrderState, TradeState
from models.payments import Payment, PaymentPart, PaymentState, Refund, RefundState
from tests.factories import members, merchants
from tests.factories import orders as market
from tests.orders.gateway import FakeGateway


async def paid_order(database: Database, gateway: FakeGateway, price: int = 1000, units: int = 3) -> UUID:
    shop = await market.shop(database, price=price)
    trade_id = await market.paid(database, gateway, await market.buyer(database), {shop.sku: units})
    order_id: UUID = (await market.order_of(database, trade_id))["id"]
    return order_id


async def ask(uow: UnitOfWork, order_id: UUID, cause: str, amount: int | None) -> UUID | None:
    locked = await lock(uow, await trade_of(uow.session, order_id))
    return await payments.ask_refund(uow, await paid_part(uow, locked, order_id), cause, "测试退款", amount)


async def test_two_equal_partial_refunds_both_succeed(database: Database, gateway: FakeGateway) -> None:
    order_id = await paid_order(database, gateway)
    for cause in ("case-1", "case-2"):
        async with database.begin() as uow:
            assert await ask(uow, order_id, cause, 1000)
    for refund in await market.rows(database, Refund):
        await orders.submit_refund(database, gateway, refund["id"])
        clock.advance(APART)
    assert [asked.amount for asked in gateway.refunded.values()] == [1000, 1000]
    assert len({refund["number"] for refund in await market.rows(database, Refund)}) == 2


async def test_one_action_is_one_refund(database: Database, gateway: FakeGateway) -> None:
    order_id = await paid_order(database, gateway)
    for _ in range(2):
        async with database.begin() as uow:
            await ask(uow, order_id, "case-1", 1000)
    assert len(await market.rows(database, Refund)) == 1


async def test_no_more_goes_back_than_came(database: Database, gateway: FakeGateway) -> None:
    order_id = await paid_order(database, gateway)
    async with database.begin() as uow:
        await ask(uow, order_id, "case-1", 2000)
    async with database.begin() as uow:
        with pytest.raises(WrongState) as refused:
            await ask(uow, order_id, "case-2", 1001)
    assert refused.value.detail == {"left": 1000}
    async with database.begin() as uow:
        assert await ask(uow, order_id, "case-3", None)
        assert await ask(uow, order_id, "case-4", None) is None
    (part,) = await market.rows(database, PaymentPart)
    assert part["refunded"] == part["amount"] == 3000
    with pytest.raises(IntegrityError, match="ck_payment_parts_refunded"):
        async with database.begin() as uow:
            await uow.session.execute(update(PaymentPart).values(refunded=3001))


async def test_the_sending_job_keeps_refunds_a_minute_apart(database: Database, gateway: FakeGateway) -> None:
    order_id = await paid_order(database, gateway)
    async with database.begin() as uow:
        first, second = await ask(uow, order_id, "case-1", 500), await ask(uow, order_id, "case-2", 700)
    assert first is not None
    assert second is not None
    clock.stop(clock.now())
    await orders.submit_refund(database, gateway, first)
    await orders.submit_refund(database, gateway, second)
    assert [asked.amount for asked in gateway.refunded.values()] == [500]
    clock.advance(APART - timedelta(seconds=1))
    await orders.submit_refund(database, gateway, second)
    assert len(gateway.refunded) == 1
    clock.advance(timedelta(seconds=1))
    await orders.submit_refund(database, gateway, second)
    assert [asked.amount for asked in gateway.refunded.values()] == [500, 700]


async def test_a_clock_that_was_wrong_holds_up_no_refund(database: Database, gateway: FakeGateway) -> None:
    """The first was sent by a worker whose clock was days ahead for a moment."""
    order_id = await paid_order(database, gateway)
    async with database.begin() as uow:
        first, second = await ask(uow, order_id, "case-1", 500), await ask(uow, order_id, "case-2", 700)
    assert first is not None
    assert second is not None
    clock.advance(timedelta(days=12))
    await orders.submit_refund(database, gateway, first)
    clock.advance(timedelta(days=-12))
    await orders.submit_refund(database, gateway, second)
    assert [asked.amount for asked in gateway.refunded.values()] == [500, 700]


async def test_the_fifty_first_refund_of_a_part_is_refused(database: Database, gateway: FakeGateway) -> None:
    order_id = await paid_order(database, gateway)
    async with database.begin() as uow:
        for number in range(50):
            assert await ask(uow, order_id, f"case-{number}", 10)
        with pytest.raises(TooMany):
            await ask(uow, order_id, "case-50", 10)


# ------------------------------------------------------------------------------------------------ by hand
async def abnormal(database: Database, gateway: FakeGateway, outcome: RefundOutcome) -> UUID:
    """A refund that WeChat Pay could not bring to the buyer."""
    order_id = await paid_order(database, gateway)
    async with database.begin() as uow:
        refund_id = await ask(uow, order_id, "case-1", 500)
    assert refund_id
    await orders.submit_refund(database, gateway, refund_id)
    (refund,) = await market.rows(database, Refund)
    async with database.begin() as uow:
        await orders.record_refund(uow, gateway.finish_refund(refund["number"], outcome))
    assert (await market.row(database, Refund, refund_id))["state"] is RefundState.ABNORMAL
    return refund_id


async def test_an_abnormal_refund_goes_to_the_merchants_account(database: Database, gateway: FakeGateway) -> None:
    refund_id = await abnormal(database, gateway, RefundOutcome.ABNORMAL)
    operator = merchants.operator()
    with pytest.raises(WrongState):
        await orders.retry_refund(database, gateway, operator, refund_id, "用户银行卡已注销")
    await orders.refund_to_merchant(database, gateway, operator, refund_id, "已与商户沟通线下退款")
    refund = await market.row(database, Refund, refund_id)
    assert refund["state"] is RefundState.PROCESSING
    gateway.finish_refund(refund["number"])
    await orders.check_refund(database, gateway, refund_id)
    assert (await market.row(database, Refund, refund_id))["state"] is RefundState.SUCCEEDED


async def test_a_closed_refund_is_sent_anew_under_another_number(database: Database, gateway: FakeGateway) -> None:
    refund_id = await abnormal(database, gateway, RefundOutcome.CLOSED)
    before = (await market.row(database, Refund, refund_id))["number"]
    await orders.retry_refund(database, gateway, merchants.operator(), refund_id, "微信已关闭，重新退款")
    await orders.submit_refund(database, gateway, refund_id)
    refund = await market.row(database, Refund, refund_id)
    assert (refund["state"], refund["number"]) == (RefundState.PROCESSING, f"{before}A")
    assert [asked.amount for asked in gateway.refunded.values()] == [500, 500]
    (part,) = await market.rows(database, PaymentPart)
    assert part["refunded"] == 500


async def test_only_the_platform_sees_to_abnormal_refunds(database: Database, gateway: FakeGateway) -> None:
    refund_id = await abnormal(database, gateway, RefundOutcome.CLOSED)
    for viewer in (await members.member(database), merchants.shopkeeper(refund_id)):
        for verb in (orders.retry_refund, orders.refund_to_merchant):
            with pytest.raises(NotFound):
                await verb(database, gateway, viewer, refund_id, "我来处理")
    await orders.retry_refund(database, gateway, merchants.operator(), refund_id, "重新退款")
    with pytest.raises(WrongState):
        await orders.retry_refund(database, gateway, merchants.operator(), refund_id, "再点一次")


# ------------------------------------------------------------------------------------------------ disputed
async def disputed(database: Database, gateway: FakeGateway, **how: object) -> tuple[UUID, UUID]:
    shop, who = await market.shop(database), await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 2})
    await orders.pay(database, gateway, who.viewer, trade_id)
    number = await market.attempt_number(database, trade_id)
    await market.record(database, gateway.pay(number, **how))  # type: ignore[arg-type]
    (payment,) = await market.rows(database, Payment)
    assert payment["state"] is PaymentState.DISPUTED
    return trade_id, payment["id"]


async def test_money_from_another_payer_is_accepted(database: Database, gateway: FakeGateway) -> None:
    trade_id, payment_id = await disputed(database, gateway, openid="o-somebody-else")
    async with database.begin() as uow:
        await orders.accept_payment(uow, merchants.operator(), payment_id, "家人代付，已核实")
    assert (await market.trade(database, trade_id))["state"] is TradeState.PAID
    assert (await market.order_of(database, trade_id))["state"] is OrderState.AWAITING_SHIPMENT
    async with database.begin() as uow:
        with pytest.raises(WrongState):
            await orders.accept_payment(uow, merchants.operator(), payment_id, "再点一次")


async def test_too_little_money_can_only_go_back_and_all_of_it_does(database: Database, gateway: FakeGateway) -> None:
    trade_id, payment_id = await disputed(database, gateway, less=80)
    operator = merchants.operator()
    async with database.begin() as uow:
        with pytest.raises(WrongState):
            await orders.accept_payment(uow, operator, payment_id, "差一点也行")
    async with database.begin() as uow:
        await orders.send_payment_back(uow, operator, payment_id, "金额不符，退回")
    (refund,) = await market.rows(database, Refund)
    await orders.submit_refund(database, gateway, refund["id"])
    (asked,) = gateway.refunded.values()
    assert (asked.amount, asked.total) == (7900, 7900)
    assert (await market.row(database, Payment, payment_id))["state"] is PaymentState.SENT_BACK
    # The buyer may pay again, as asked: that is no double payment.
    member = (await market.trade(database, trade_id))["member_id"]
    await orders.pay(database, gateway, Viewer(ViewerKind.MEMBER, member, ""), trade_id)
    await market.record(database, gateway.pay(await market.attempt_number(database, trade_id)))
    assert (await market.trade(database, trade_id))["state"] is TradeState.PAID
    assert len(await market.rows(database, Refund)) == 1


async def test_only_the_platform_decides_about_disputed_money(database: Database, gateway: FakeGateway) -> None:
    _, payment_id = await disputed(database, gateway, less=80)
    for viewer in (await members.member(database), merchants.shopkeeper(payment_id)):
        async with database.begin() as uow:
            with pytest.raises(NotFound):
                await orders.send_payment_back(uow, viewer, payment_id, "退给我吧")
