"""What happens by itself, on a clock that is moved by hand; a moment early nothing does."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from domain import aftersales, orders
from domain.base import SHANGHAI, Database, Invalid, WrongState, clock
from models.aftersales import AfterSaleKind, AfterSaleMessage, AfterSaleReason, AfterSaleRefusal, AfterSaleState
from models.catalog import ReturnClass
from models.orders import OrderState
from models.payments import Refund
from tests.factories import aftersales as made
from tests.factories import orders as market
from tests.orders.gateway import FakeGateway

K, R, S = AfterSaleKind, AfterSaleReason, AfterSaleState
INSTANT = timedelta(microseconds=1)


async def comes_due(database: Database, id: object, state: AfterSaleState) -> None:
    """The state's time passes: an instant before nothing happens, then it goes on, once."""
    case = await made.case(database, id)  # type: ignore[arg-type]
    clock.stop(case["deadline_at"] - INSTANT)
    await made.tick(database, case["id"])
    assert (await made.case(database, case["id"]))["state"] is case["state"]
    clock.stop(case["deadline_at"])
    for _ in range(2):
        await made.tick(database, case["id"])
    assert (await made.case(database, case["id"]))["state"] is state


async def test_silence_of_48_hours_is_a_yes(database: Database, gateway: FakeGateway) -> None:
    it = await made.bought(database, gateway)
    made.stopped()
    id = await made.applied(database, it, made.page(it, 1, reason=R.NOT_WANTED))
    assert (await made.case(database, id))["deadline_at"] == clock.now() + timedelta(hours=48)
    await comes_due(database, id, S.REFUNDING)
    assert len(await market.rows(database, Refund)) == 1
    # What never left the shelf is on it again.
    assert await market.stock(database, it.shop.sku) == (98, 0)


async def test_silence_about_goods_shipped_meanwhile_is_a_no(database: Database, gateway: FakeGateway) -> None:
    it = await made.bought(database, gateway)
    made.stopped()
    id = await made.applied(database, it, made.page(it, 1, reason=R.NOT_WANTED))
    async with database.begin() as uow:
        await orders.ship(uow, it.keeper, orders.Parcel(it.order_id, "ZTO", "78310000000009"))
    await comes_due(database, id, S.REJECTED)
    assert (await made.case(database, id))["refused_for"] is AfterSaleRefusal.ALREADY_SHIPPED
    await comes_due(database, id, S.CLOSED)


async def test_without_a_return_address_silence_goes_to_the_platform(database: Database, gateway: FakeGateway) -> None:
    it = await made.received(database, gateway)
    id = await made.applied(database, it, made.page(it, 1, K.RETURN, R.NO_REASON))
    await comes_due(database, id, S.ESCALATED)


async def test_a_return_that_nobody_sends_is_over_after_seven_days(database: Database, gateway: FakeGateway) -> None:
    it = await made.received(database, gateway)
    await made.with_address(database, it)
    id = await made.applied(database, it, made.page(it, 3, K.RETURN, R.NO_REASON))
    await comes_due(database, id, S.WAIT_RETURN)
    await comes_due(database, id, S.CLOSED)
    async with database.read() as session:
        ((_, found),) = await aftersales.options(session, it.buyer, it.order_id)
    # The units are free again, but the time of the law is over by now.
    assert [option.units for option in found if option.kind is K.RETURN] == [3]


async def test_goods_back_for_seven_days_are_paid_and_the_merchant_was_warned(
    database: Database, gateway: FakeGateway
) -> None:
    it = await made.received(database, gateway)
    await made.with_address(database, it)
    made.stopped()
    id = await made.applied(database, it, made.page(it, 1, K.RETURN, R.NO_REASON))
    await made.do(database, aftersales.agree, it.keeper, id)
    await made.do(database, aftersales.send_return, it.buyer, id, "SF", "SF1234567890123")
    await comes_due(database, id, S.RECEIVED)
    back = (await made.case(database, id))["returned_at"]
    for days, warnings in ((4, 0), (5, 1), (6, 1)):
        clock.stop(back + timedelta(days=days))
        await made.tick(database, id)
        said = await market.rows(database, AfterSaleMessage, after_sale_id=id)
        assert len([each for each in said if "满 5 天" in each["text"]]) == warnings
    await comes_due(database, id, S.REFUNDING)
    assert (await made.case(database, id))["restocked"] is False


async def test_an_exchange_that_is_not_sent_becomes_a_refund(database: Database, gateway: FakeGateway) -> None:
    it = await made.received(database, gateway)
    await made.with_address(database, it)
    picture = await made.evidence(database, it.buyer)
    id = await made.applied(database, it, made.page(it, 1, K.EXCHANGE, R.QUALITY, pictures=[picture]))
    await made.do(database, aftersales.agree, it.keeper, id)
    await made.do(database, aftersales.send_return, it.buyer, id, "SF", "SF1234567890123")
    await made.do(database, aftersales.receive, it.keeper, id)
    await comes_due(database, id, S.REFUNDING)


async def test_lost_timers_are_found(database: Database, gateway: FakeGateway) -> None:
    it = await made.received(database, gateway)
    made.stopped()
    id = await made.applied(database, it, made.page(it, 1))
    clock.advance(timedelta(hours=48))
    async with database.read() as session:
        assert await aftersales.overdue(session) == []
    clock.advance(timedelta(minutes=1))
    async with database.read() as session:
        assert await aftersales.overdue(session) == [id]


# ------------------------------------------------------------------------------------------------ the law's days
RECEIVED_AT = datetime(2026, 11, 2, 15, 20, tzinfo=SHANGHAI)
LAST_DAY = datetime(2026, 11, 9, 23, 59, 59, tzinfo=SHANGHAI)
NEXT_DAY = datetime(2026, 11, 10, 0, 0, 0, tzinfo=SHANGHAI)
CLASSES = [
    # Return class, confirmed at checkout, whether it may be returned without a reason.
    (ReturnClass.SEVEN_DAYS, False, True),
    (ReturnClass.SEVEN_DAYS, True, True),
    (ReturnClass.NO_RETURN_IF_CONFIRMED, False, True),
    (ReturnClass.NO_RETURN_IF_CONFIRMED, True, False),
    (ReturnClass.NO_RETURN_BY_LAW, False, False),
    (ReturnClass.NO_RETURN_BY_LAW, True, False),
]


@pytest.mark.parametrize(("return_class", "confirmed", "allowed"), CLASSES)
async def test_seven_days_without_a_reason(
    database: Database, gateway: FakeGateway, return_class: ReturnClass, confirmed: bool, allowed: bool
) -> None:
    """L14 and L15: until the end of the seventh day after signing, for what the law does not except."""
    it = await made.shipped(database, gateway, units=2, return_class=return_class)
    await made.set_line(database, it, no_return_confirmed=confirmed)
    clock.stop(RECEIVED_AT)
    await made.do(database, orders.confirm_receipt, it.buyer, it.order_id)
    wanted = made.page(it, 1, K.RETURN, R.NO_REASON)
    clock.stop(LAST_DAY)
    if allowed:
        await made.applied(database, it, wanted)
    else:
        with pytest.raises(WrongState, match="七天无理由"):
            await made.applied(database, it, wanted)
    clock.stop(NEXT_DAY)
    with pytest.raises(WrongState):
        await made.applied(database, it, made.page(it, 1, K.RETURN, R.NO_REASON))


async def test_spoiled_fresh_goods_are_claimed_within_48_hours_and_with_a_picture(
    database: Database, gateway: FakeGateway
) -> None:
    it = await made.shipped(database, gateway, return_class=ReturnClass.NO_RETURN_BY_LAW)
    clock.stop(RECEIVED_AT)
    await made.do(database, orders.confirm_receipt, it.buyer, it.order_id)
    picture = await made.evidence(database, it.buyer)
    pieces = {"pieces_damaged": 1, "pieces_received": 9}
    clock.stop(RECEIVED_AT + timedelta(hours=48) - INSTANT)
    with pytest.raises(Invalid, match="照片"):
        await made.applied(database, it, made.page(it, 1, K.DAMAGED, R.DAMAGED, **pieces))
    await made.applied(database, it, made.page(it, 1, K.DAMAGED, R.DAMAGED, pictures=[picture], **pieces))
    clock.stop(RECEIVED_AT + timedelta(hours=48))
    with pytest.raises(WrongState, match="48 小时"):
        await made.applied(database, it, made.page(it, 1, K.DAMAGED, R.DAMAGED, pictures=[picture], **pieces))


async def test_the_order_ends_no_earlier_than_the_right_to_return(database: Database, gateway: FakeGateway) -> None:
    it = await made.shipped(database, gateway)
    clock.stop(RECEIVED_AT)
    await made.do(database, orders.confirm_receipt, it.buyer, it.order_id)
    for moment, state in ((LAST_DAY, OrderState.RECEIVED), (NEXT_DAY, OrderState.COMPLETED)):
        clock.stop(moment)
        await made.do(database, aftersales.complete_order, it.order_id)
        assert (await made.order(database, it))["state"] is state
