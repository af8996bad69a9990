"""A mall that is paid to one merchant number, at the simulator: one order, many shops, paid out by bank transfer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, time, timedelta
from uuid import UUID

import asyncpg
import pytest

from domain import bills, ledger, orders, settlement
from domain.base import SHANGHAI, Conflict, Database, Forbidden, Invalid, NotFound, Unavailable, WrongState, clock
from domain.ledger import Period
from integrations.billing import WechatBills
from integrations.cashier import seen_in
from integrations.wechatpay import WechatPay
from models.base import new_id
from models.bills import Bill, BillDifference
from models.ledger import AccountKind
from models.orders import Order
from models.payments import Payment, PaymentPart, PaymentState, PayWay, Refund, RefundState
from models.settlement import Payout, PayoutState, SettlementCall, SettlementState
from server.settings import Settings, SettingsRefused
from server.ways import refuse_other_way
from tests.factories import merchants
from tests.factories import orders as market
from tests.factories.orders import Shop
from tests.settlement.world import World
from tests.wechat.simulator import Simulator

JSAPI, COMBINED = "POST /v3/pay/transactions/jsapi", "POST /v3/combine-transactions/jsapi"
REFUND = "POST /v3/refund/domestic/refunds"
OPERATOR = merchants.operator()


@pytest.fixture
def direct(database: Database, wechat_pay: WechatPay, wxsim: Simulator) -> World:
    return World(database, wechat_pay, wxsim, PayWay.DIRECT)


async def bought_of(world: World, *shops: Shop) -> list[UUID]:
    """One trade of an order at each shop, paid and heard of."""
    who = await market.buyer(world.database)
    trade_id = await market.placed(world.database, who, {shop.sku: 2 for shop in shops})
    await orders.pay(world.database, world.cashier, who.viewer, trade_id)
    await world.wxsim.user_pays(await market.attempt_number(world.database, trade_id))
    await orders.confirm_payment(world.database, world.cashier, who.viewer, trade_id)
    await world.pass_time(minutes=2)
    rows = await market.orders_of(world.database, trade_id)
    by_shop = {row["merchant_id"]: row["id"] for row in rows}
    return [by_shop[shop.merchant_id] for shop in shops]


async def balances(world: World) -> dict[AccountKind, int]:
    async with world.database.read() as session:
        found = await ledger.trial_balance(session, OPERATOR, Period())
    assert sum(each.closing for each in found.rows) == 0
    return {each.kind: each.closing for each in found.rows}


async def payout_of(world: World, shop: Shop, amount: int | None = None) -> UUID:
    key = new_id().hex
    id = await settlement.request_payout(world.database, world.clearing, shop.keeper, amount, key)
    await settlement.submit_payout(world.database, world.clearing, id)
    return id


async def test_one_order_pays_two_shops(direct: World) -> None:
    near, far = await direct.shop(), await direct.shop(price=3000)
    ids = await bought_of(direct, near, far)
    (payment,) = await market.rows(direct.database, Payment)
    parts = await market.rows(direct.database, PaymentPart)
    assert (payment["state"], payment["way"], payment["amount"]) == (PaymentState.PAID, PayWay.DIRECT, 16000)
    assert {part["transaction_id"] for part in parts} == {payment["transaction_id"]}
    assert {part["sub_mchid"] for part in parts} == {""}
    assert (await direct.wxsim.calls(JSAPI), await direct.wxsim.calls(COMBINED)) == (1, 0)
    assert len(ids) == 2
    assert await direct.differences() == []


async def test_refunds_of_two_orders_share_one_transaction(direct: World) -> None:
    """Each names the whole payment as its total, and WeChat Pay's minute between two counts for both."""
    near, far = await direct.shop(), await direct.shop(price=3000)
    ids = await bought_of(direct, near, far)
    for id, amount in zip(ids, (5000, 3000), strict=True):
        await direct.ask_back(id, amount, 1)
    await direct.work_once()
    assert sorted(row["state"] for row in await market.rows(direct.database, Refund)) == [
        RefundState.PROCESSING,
        RefundState.REQUESTED,
    ]
    await direct.pass_time(seconds=70)
    await direct.work()
    assert {row["state"] for row in await market.rows(direct.database, Refund)} == {RefundState.SUCCEEDED}
    assert await direct.wxsim.calls(REFUND) == 2
    for id in ids:
        await direct.end(id)
    await direct.work()
    assert await direct.differences() == []


async def test_a_lost_answer_makes_no_second_refund_and_no_second_order(direct: World) -> None:
    shop, who = await direct.shop(), await market.buyer(direct.database)
    trade_id = await market.placed(direct.database, who, {shop.sku: 2})
    await direct.wxsim.fault(JSAPI, "accept_then_reset", 3)
    with pytest.raises(Unavailable):
        await orders.pay(direct.database, direct.cashier, who.viewer, trade_id)
    await orders.pay(direct.database, direct.cashier, who.viewer, trade_id)
    (payment,) = await market.rows(direct.database, Payment)
    await direct.wxsim.user_pays(payment["number"])
    await orders.confirm_payment(direct.database, direct.cashier, who.viewer, trade_id)
    order = await market.order_of(direct.database, trade_id)
    await direct.pass_time(minutes=2)
    await direct.ask_back(order["id"], 5000, 1)
    await direct.wxsim.fault(REFUND, "accept_then_reset", 3)
    await direct.work()
    (refund,) = (await direct.wxsim.dump())["refunds"]
    assert (refund["refund"], refund["status"]) == (5000, "SUCCESS")
    assert await direct.differences() == []


async def test_a_notice_of_a_single_order_is_acted_on(direct: World) -> None:
    shop, who = await direct.shop(), await market.buyer(direct.database)
    trade_id = await market.placed(direct.database, who, {shop.sku: 1})
    await orders.pay(direct.database, direct.cashier, who.viewer, trade_id)
    await direct.wxsim.user_pays(await market.attempt_number(direct.database, trade_id))
    (told,) = (await direct.wxsim.dump())["notices"]
    notice = direct.pay.read_notice(*await direct.wxsim.build_notice(told["resource"]))
    seen = seen_in(notice)
    assert (notice.payment, seen is not None) == (None, True)
    assert seen is not None
    await market.record(direct.database, seen)
    assert (await market.row(direct.database, Payment, trade_id, key="trade_id"))["state"] is PaymentState.PAID


# ------------------------------------------------------------------------------------------------ paying shops
async def test_a_shop_is_paid_by_transfer_once(direct: World) -> None:
    shop = await direct.shop()
    order_id = await direct.shared(shop)
    settled = await direct.settlement(order_id)
    assert (settled["state"], settled["net"], settled["commission"]) == (SettlementState.DONE, 9440, 500)
    assert await market.rows(direct.database, SettlementCall) == []
    id = await payout_of(direct, shop)
    waiting = await market.row(direct.database, Payout, id)
    assert (waiting["state"], waiting["amount"], waiting["sub_mchid"]) == (PayoutState.PROCESSING, 9440, "")
    for _ in range(2):  # said twice, it was one transfer
        await settlement.transferred(direct.database, OPERATOR, id, "ICBC2026113000017")
    done = await market.row(direct.database, Payout, id)
    assert (done["state"], done["provider_id"]) == (PayoutState.SUCCEEDED, "ICBC2026113000017")
    assert await direct.owed(shop) == 0
    assert (await balances(direct))[AccountKind.PLATFORM_BANK] == -9440
    assert await direct.differences() == []
    with pytest.raises(WrongState):
        await settlement.transferred(direct.database, OPERATOR, id, "ICBC2026113000018")


async def test_one_transfer_pays_one_payout(direct: World) -> None:
    near, far = await direct.shop(), await direct.shop()
    ids = []
    for shop in (near, far):
        await direct.shared(shop)
        ids.append(await payout_of(direct, shop))
    await settlement.transferred(direct.database, OPERATOR, ids[0], "CCB-0001")
    with pytest.raises(Conflict):
        await settlement.transferred(direct.database, OPERATOR, ids[1], "CCB-0001")
    with pytest.raises(Invalid):
        await settlement.transferred(direct.database, OPERATOR, ids[1], " ")
    with pytest.raises(Forbidden):
        await settlement.transferred(direct.database, far.keeper, ids[1], "CCB-0002")
    with pytest.raises(NotFound):
        await settlement.transferred(direct.database, OPERATOR, new_id(), "CCB-0002")


async def test_one_transfer_told_of_two_payouts_at_once_pays_the_first(direct: World) -> None:
    ids = []
    for shop in (await direct.shop(), await direct.shop()):
        await direct.shared(shop)
        ids.append(await payout_of(direct, shop))
    told = (settlement.transferred(direct.database, OPERATOR, id, "CCB-0001") for id in ids)
    answers = await asyncio.gather(*told, return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in answers) == ["Conflict", "NoneType"]


@pytest.mark.parametrize(("made", "state"), [(False, PayoutState.FAILED), (True, PayoutState.BOUNCED)])
async def test_what_did_not_arrive_is_owed_again(direct: World, made: bool, state: PayoutState) -> None:
    shop = await direct.shop()
    await direct.shared(shop)
    id = await payout_of(direct, shop)
    if made:
        await settlement.transferred(direct.database, OPERATOR, id, "CCB-0001")
    async with direct.database.begin() as uow:
        await settlement.not_transferred(uow, OPERATOR, id, "账号户名不符")
    payout = await market.row(direct.database, Payout, id)
    assert (payout["state"], payout["reason"]) == (state, "账号户名不符")
    assert await direct.owed(shop) == 9440
    assert (await balances(direct)).get(AccountKind.PLATFORM_BANK, 0) == 0
    assert await direct.differences() == []
    again = await payout_of(direct, shop)
    await settlement.transferred(direct.database, OPERATOR, again, "CCB-0002")
    assert await direct.owed(shop) == 0


async def test_what_wechat_pays_is_not_for_hand(world: World) -> None:
    shop = await world.shop()
    await world.shared(shop)
    id = await payout_of(world, shop)
    with pytest.raises(WrongState):
        await settlement.transferred(world.database, OPERATOR, id, "CCB-0001")


async def test_a_refund_after_the_end_comes_out_of_what_the_shop_is_owed(direct: World) -> None:
    shop = await direct.shop()
    order_id = await direct.shared(shop)
    await direct.ask_back(order_id, 5000, 1)
    await direct.work()
    row = await direct.settlement(order_id)
    assert (row["held"], row["net"], row["commission"], row["fee"]) == (5000, 4720, 250, 30)
    assert await direct.owed(shop) == 4720
    assert await direct.differences() == []


# ------------------------------------------------------------------------------------------------ the bill
async def test_the_bill_agrees(direct: World) -> None:
    """One line for a payment of two shops, and one for each refund."""
    clock.advance(datetime.combine(clock.today() + timedelta(days=1), time(9), SHANGHAI) - clock.now())
    await direct.wxsim.advance((clock.now() - datetime.now(clock.now().tzinfo)).total_seconds())
    near, far = await direct.shop(), await direct.shop(price=3000)
    ids = await bought_of(direct, near, far)
    await direct.ask_back(ids[0], 5000, 1)
    await direct.work()
    day: date = clock.today()
    await direct.pass_time(days=1, hours=2)
    bill_id = await bills.fetch(direct.database, WechatBills(direct.pay), day)
    bill = await market.row(direct.database, Bill, bill_id)
    assert (bill["lines"], bill["paid"], bill["refunded"]) == (2, 16000, 5000)
    assert await market.rows(direct.database, BillDifference) == []


# ------------------------------------------------------------------------------------------------ changing over
async def test_the_mode_is_refused_while_money_of_the_other_is_under_way(direct: World, settings: Settings) -> None:
    combined = settings.model_copy(update={"pay_mode": "combined"})
    shop = await direct.shop()
    order_id = await direct.bought(shop)
    for done in ("1 paid orders are not settled", "1 shops have not been paid out what they earned"):
        with pytest.raises(SettingsRefused, match=done):
            await refuse_other_way(direct.database, combined)
        await direct.end(order_id)
        await direct.work()
    id = await payout_of(direct, shop)
    with pytest.raises(SettingsRefused, match="1 payouts are under way"):
        await refuse_other_way(direct.database, combined)
    await settlement.transferred(direct.database, OPERATOR, id, "CCB-0001")
    await refuse_other_way(direct.database, combined)
    await refuse_other_way(direct.database, settings.model_copy(update={"pay_mode": "direct"}))


class Starting:
    """A server that is still on its way up; what the driver says of it comes unwrapped."""

    @asynccontextmanager
    async def read(self) -> AsyncIterator[None]:
        raise asyncpg.CannotConnectNowError("the database system is starting up")
        yield


async def test_a_database_that_is_still_starting_keeps_nobody_from_starting(settings: Settings) -> None:
    await refuse_other_way(Starting(), settings)  # type: ignore[arg-type]


async def test_after_the_change_what_was_paid_before_goes_back_as_it_came(world: World) -> None:
    """Paid and shared out by combined orders; the refund, asked for when all is paid directly, fetches it back."""
    shop = await world.shop()
    order_id = await world.shared(shop)
    world.way = PayWay.DIRECT
    await world.ask_back(order_id, 5000, 1)
    await world.work()
    (refund,) = await market.rows(world.database, Refund)
    assert refund["state"] is RefundState.SUCCEEDED
    assert ("RETURN", "SUCCEEDED", 250) in await world.calls(order_id)
    assert await world.wxsim.calls(REFUND) == 0
    assert (await market.row(world.database, Order, order_id))["id"] == order_id
    assert await world.differences() == []
