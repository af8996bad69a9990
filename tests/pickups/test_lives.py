"""到店自提 from the voucher to the counter: waiting, handed over, called off, forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from domain import aftersales, notices, orders, pickups
from domain.base import Database, Forbidden, Invalid, NotFound, TooMany, WrongState, clock
from jobs import pickups as jobs
from jobs.base import Tools
from models.aftersales import AfterSale, AfterSaleKind, AfterSaleReason, AfterSaleState
from models.base import new_id
from models.ledger import AccountKind
from models.notices import Notice
from models.orders import CloseReason, Order, OrderLine, OrderState, OrderStep
from models.pickups import PickupState, PickupTry
from tests.factories import orders as market
from tests.factories import pickups as counter
from tests.factories import vouchers as made


async def test_a_voucher_is_picked_up_and_the_order_goes_on_as_a_delivered_one(database: Database) -> None:
    held = await made.bound(database, freight=made.VoucherFreight.HOLDER, units=3)
    order = await counter.waiting(database, held, 3)
    assert (order["state"], order["freight"], order["region_code"]) == (OrderState.AWAITING_SHIPMENT, 0, None)
    told = await counter.code(database, held, order["id"])
    clock.advance(timedelta(days=1))
    assert await orders.find_pickup(database, held.shop.keeper, f" {told[:4]}-{told[4:]} ") == order["id"]
    assert await counter.handed_over(database, held.shop.keeper, told) == order["id"]
    row = await market.row(database, Order, order["id"])
    assert row["state"] is OrderState.RECEIVED
    assert row["shipped_at"] == row["signed_at"]
    # The days in which goods can be sent back begin at the counter.
    assert row["complete_at"] == orders.return_deadline(row["received_at"])
    assert [line["shipped_quantity"] for line in await market.rows(database, OrderLine, order_id=order["id"])] == [3]
    pickup = await counter.pickup(database, order["id"])
    assert (pickup["state"], pickup["code_sealed"]) == (PickupState.PICKED_UP, None)
    clock.advance(timedelta(days=9))
    async with database.begin() as uow:
        await aftersales.complete_order(uow, order["id"])
    assert (await market.row(database, Order, order["id"]))["state"] is OrderState.COMPLETED
    sold = {AccountKind.VOUCHER_LIABILITY: 15_000, AccountKind.SHOP_VOUCHERS: -15_000}
    assert await made.booked(database, order["id"]) == sold
    await made.all_true(database)


async def test_only_its_buyer_is_told_the_code(database: Database) -> None:
    held = await made.bound(database)
    row = await counter.pickup(database, (await counter.waiting(database, held))["id"])
    told = pickups.code_for(held.who.viewer, row)
    assert told is not None
    assert len(told) == 8
    assert told.encode() not in row["digest"] + row["code_sealed"]
    for other in (held.shop.keeper, made.PLATFORM, (await market.buyer(database)).viewer):
        assert pickups.code_for(other, row) is None
    assert pickups.picture_of(told).startswith("data:image/png;base64,")


async def test_a_code_that_comes_twice_is_told_from_one_that_never_was(database: Database) -> None:
    held = await made.bound(database)
    order = await counter.waiting(database, held)
    told = await counter.code(database, held, order["id"])
    await counter.handed_over(database, held.shop.keeper, told)
    with pytest.raises(WrongState, match="已于.*由.*核销"):
        await counter.handed_over(database, held.shop.keeper, told)
    # Of another shop's codes nobody learns anything.
    stranger = (await market.shop(database)).keeper
    for text in (told, "00000000" if told != "00000000" else "00000001", "1234", "一二三四五六七八", ""):
        with pytest.raises(Invalid, match="不正确"):
            await counter.handed_over(database, stranger, text)
    (tries,) = await market.rows(database, PickupTry)
    assert (tries["merchant_id"], tries["wrong"]) == (stranger.merchant_id, 5)


async def test_fifty_wrong_codes_a_day_and_not_even_a_right_one_after_them(database: Database) -> None:
    held = await made.bound(database)
    order = await counter.waiting(database, held)
    told = await counter.code(database, held, order["id"])
    for _ in range(49):
        with pytest.raises(Invalid):
            await orders.find_pickup(database, held.shop.keeper, "123")
    assert await orders.find_pickup(database, held.shop.keeper, told) == order["id"]
    with pytest.raises(Invalid):
        await orders.find_pickup(database, held.shop.keeper, "123")
    with pytest.raises(TooMany):
        await counter.handed_over(database, held.shop.keeper, told)
    clock.advance(timedelta(days=1))
    await counter.handed_over(database, held.shop.keeper, told)


async def test_what_its_buyer_calls_off_goes_back_to_the_voucher(database: Database) -> None:
    held = await made.bound(database, units=2)
    order = await counter.waiting(database, held, 2)
    told = await counter.code(database, held, order["id"])
    with pytest.raises(NotFound):
        async with database.begin() as uow:
            await aftersales.cancel_pickup(uow, (await market.buyer(database)).viewer, order["id"])
    await counter.cancelled(database, held, order["id"])
    row = await market.row(database, Order, order["id"])
    assert (row["state"], row["close_reason"]) == (OrderState.CLOSED, CloseReason.BUYER_CANCELLED)
    assert await made.pieces(database, held) == ("ACTIVE", 2, 0)
    assert (await market.stock(database, held.shop.sku)) == (100, 0)
    with pytest.raises(WrongState, match="已取消或逾期"):
        await counter.handed_over(database, held.shop.keeper, told)
    with pytest.raises(WrongState):
        await counter.cancelled(database, held, order["id"])
    await made.all_true(database)


async def test_only_what_is_picked_up_is_called_off_without_asking(database: Database) -> None:
    held = await made.bound(database)
    order = await made.redeemed(database, held)
    with pytest.raises(WrongState, match="申请售后"):
        await counter.cancelled(database, held, order["id"])


async def test_who_does_not_come_is_reminded_and_then_has_his_pieces_back(database: Database, tools: Tools) -> None:
    held = await made.bound(database)
    order = await counter.waiting(database, held, 4)
    deadline = (await counter.pickup(database, order["id"]))["deadline"]
    assert deadline == pickups.deadline_of(order["paid_at"])
    await jobs.sweep(tools)
    assert "REMIND_PICKUP" not in await steps(database, order["id"])
    clock.advance(deadline - clock.now() - timedelta(days=1, hours=12))
    await jobs.sweep(tools)
    await jobs.sweep(tools)
    assert (await steps(database, order["id"])).count("REMIND_PICKUP") == 1
    clock.advance(deadline - clock.now() - timedelta(seconds=1))
    await jobs.sweep(tools)
    assert (await market.row(database, Order, order["id"]))["state"] is OrderState.AWAITING_SHIPMENT
    clock.advance(timedelta(seconds=1))
    await jobs.sweep(tools)
    await jobs.sweep(tools)
    row = await market.row(database, Order, order["id"])
    assert (row["state"], row["close_reason"]) == (OrderState.CLOSED, CloseReason.PICKUP_MISSED)
    assert await made.pieces(database, held) == ("ACTIVE", 10, 0)
    assert (await market.stock(database, held.shop.sku)) == (100, 0)
    await made.all_true(database)


async def steps(database: Database, order_id: object) -> list[str]:
    return [row["event"] for row in await market.rows(database, OrderStep, order_id=order_id)]


async def test_the_shop_is_told_in_its_inbox(database: Database) -> None:
    held = await made.bound(database)
    order = await counter.waiting(database, held)
    clock.advance(timedelta(days=6))
    async with database.begin() as uow:
        await orders.remind_pickup(uow, order["id"])
    from_outbox = {"order_id": str(order["id"])}
    for _ in range(2):
        async with database.begin() as uow:
            await notices.write(uow, "PickupDue", from_outbox)
    (notice,) = await market.rows(database, Notice)
    assert notice["merchant_id"] == held.shop.merchant_id
    assert order["number"] in notice["text"]


async def test_it_is_neither_sent_nor_moved(database: Database) -> None:
    held = await made.bound(database)
    order = await counter.waiting(database, held)
    with pytest.raises(WrongState, match="核销台"):
        await made.shipped(database, held, order["id"])
    async with database.begin() as uow:
        with pytest.raises(WrongState, match="没有收货地址"):
            await orders.change_address(uow, held.who.viewer, order["id"], held.who.address_id)
    for to in ({"state": OrderState.SHIPPED, "shipped_at": clock.now()}, {"region_code": "530602"}):
        with pytest.raises(IntegrityError):
            async with database.begin() as uow:
                await uow.session.execute(update(Order).where(Order.id == order["id"]).values(**to))


async def test_a_case_crosses_with_the_counter_or_ends_with_the_order(database: Database) -> None:
    """Asked back before it was picked up: the goods are with the buyer, or the order is over; the case follows."""
    held = await made.bound(database)
    handed, ended = [await counter.waiting(database, held, 1) for _ in range(2)]
    for order in (handed, ended):
        (line,) = await market.rows(database, OrderLine, order_id=order["id"])
        kind, reason = AfterSaleKind.REFUND_ONLY, AfterSaleReason.NOT_WANTED
        units = [aftersales.WantedUnits(line["id"], 1)]
        async with database.begin() as uow:
            wanted = aftersales.WantedAfterSale(f"case-{order['number']}", order["id"], kind, reason, units)
            await aftersales.apply(uow, held.who.viewer, wanted)
    await counter.handed_over(database, held.shop.keeper, await counter.code(database, held, handed["id"]))
    await counter.cancelled(database, held, ended["id"])
    states = {row["order_id"]: row["state"] for row in await market.rows(database, AfterSale)}
    assert states == {handed["id"]: AfterSaleState.APPLIED, ended["id"]: AfterSaleState.CLOSED}
    await made.all_true(database)


# ------------------------------------------------------------------------------------------------ counters
async def test_a_shop_keeps_its_own_counters(database: Database) -> None:
    shop, other = await market.shop(database), await market.shop(database)
    id = await counter.point(database, shop.keeper)
    assert await counter.point(database, shop.keeper, id, hours="周末 10:00–16:00") == id
    with pytest.raises(NotFound):
        await counter.point(database, other.keeper, id)
    for bad, field in (
        ({"region_code": "510104"}, "regionCode"),
        ({"phone": "电话"}, "phone"),
        ({"hours": ""}, "hours"),
    ):
        with pytest.raises(Invalid) as refused:
            await counter.point(database, shop.keeper, **bad)
        assert refused.value.field == field
    async with database.begin() as uow:
        await pickups.close_point(uow, shop.keeper, id)
    with pytest.raises(WrongState):
        await counter.point(database, shop.keeper, id)
    async with database.read() as session:
        assert [row["hours"] for row in await pickups.of_shop(session, shop.keeper, frozenset({"hours"}))] == [
            "周末 10:00–16:00"
        ]
        assert await pickups.open_by_shop(session, [shop.merchant_id], frozenset({"id"})) == {}
        with pytest.raises(Forbidden):
            await pickups.of_shop(session, (await market.buyer(database)).viewer, frozenset({"hours"}))


async def test_an_order_is_picked_up_at_an_open_counter_of_its_shop_or_is_refused(database: Database) -> None:
    held = await made.bound(database)
    elsewhere = await counter.point(database, (await market.shop(database)).keeper)
    closed = await counter.point(database, held.shop.keeper)
    async with database.begin() as uow:
        await pickups.close_point(uow, held.shop.keeper, closed)
    for bad in (elsewhere, closed, new_id()):
        with pytest.raises(NotFound, match="自提点"):
            await counter.waiting(database, held, pickup_point_id=bad)
    with pytest.raises(Invalid, match="收货地址或自提点"):
        await counter.waiting(database, held, address_id=held.who.address_id)
    assert await made.pieces(database, held) == ("ACTIVE", 10, 0)


async def test_who_waits_at_a_counter_that_closes_is_served_all_the_same(database: Database) -> None:
    held = await made.bound(database)
    where = await counter.point(database, held.shop.keeper)
    order = await counter.waiting(database, held, pickup_point_id=where)
    async with database.begin() as uow:
        await pickups.close_point(uow, held.shop.keeper, where)
    told = await counter.code(database, held, order["id"])
    assert await counter.handed_over(database, held.shop.keeper, told) == order["id"]
