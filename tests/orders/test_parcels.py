"""Orders in several parcels: what may be in them, the states between, and what WeChat hears of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from domain import delivery, orders
from domain.base import Conflict, Database, Invalid, NotFound, Refusal, WrongState, clock
from domain.delivery import ToldParcel, UploadAnswer, UploadOutcome
from models.base import new_id
from models.delivery import Shipment, ShipmentLine, TrackState, UploadState
from models.orders import OrderLine, OrderState, OrderStep
from tests.factories import catalog
from tests.factories import orders as market
from tests.factories.orders import Buyer, Shop
from tests.orders.gateway import FakeGateway


@dataclass
class Wechat:
    """Keeps what it is told, as one list per call."""

    told: list[tuple[list[str], bool, bool]] = field(default_factory=list)
    answers: list[UploadAnswer] = field(default_factory=list)

    async def upload(self, *, parcels: Sequence[ToldParcel], split: bool, complete: bool, **_rest: Any) -> UploadAnswer:
        self.told.append(([parcel.tracking_number for parcel in parcels], split, complete))
        return self.answers.pop(0) if self.answers else UploadAnswer(UploadOutcome.DONE)


@dataclass(frozen=True)
class Bought:
    shop: Shop
    buyer: Buyer
    id: UUID
    trade_id: UUID
    lines: Sequence[UUID]


@pytest.fixture
async def bought(database: Database, gateway: FakeGateway) -> Bought:
    """Three apples and two hams of one shop, paid."""
    shop, who = await market.shop(database), await market.buyer(database)
    ham = await catalog.product(database, shop.merchant_id, skus=(catalog.sku(price=9900),), stock=50)
    trade_id = await market.paid(database, gateway, who, {shop.sku: 3, ham.skus[0]: 2})
    order = await market.order_of(database, trade_id)
    by_sku = {row["sku_id"]: row["id"] for row in await market.rows(database, OrderLine, order_id=order["id"])}
    return Bought(shop, who, order["id"], trade_id, [by_sku[shop.sku], by_sku[ham.skus[0]]])


async def ship(database: Database, of: Bought, number: str, *goods: tuple[UUID, int], by: Any = None) -> None:
    async with database.begin() as uow:
        parcel = orders.Parcel(of.id, "YTO", number, list(goods) or None)
        await orders.ship(uow, by or of.shop.keeper, parcel)


async def state(database: Database, of: Bought) -> OrderState:
    return OrderState((await market.order_of(database, of.trade_id))["state"])


async def parcels(database: Database) -> list[dict[str, Any]]:
    return sorted(await market.rows(database, Shipment), key=lambda row: row["shipped_at"])


async def upload(database: Database, wechat: Wechat) -> None:
    for parcel in await parcels(database):
        await orders.upload_shipment(database, wechat, parcel["id"])


async def refused(database: Database, of: Bought, number: str, *goods: tuple[UUID, int]) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        await ship(database, of, number, *goods)
    return refusal.value


# ------------------------------------------------------------------------------------------------ shipping
async def test_an_order_goes_in_several_parcels(database: Database, bought: Bought) -> None:
    apples, hams = bought.lines
    await ship(database, bought, "YT00000001", (apples, 2))
    partly = await market.order_of(database, bought.trade_id)
    assert partly["state"] is OrderState.PARTLY_SHIPPED
    assert (partly["shipped_at"] is not None, partly["auto_confirm_at"]) == (True, None)
    clock.advance(timedelta(days=2))
    await ship(database, bought, "YT00000002", (apples, 1), (hams, 1))
    await ship(database, bought, "YT00000003")
    whole = await market.order_of(database, bought.trade_id)
    assert whole["state"] is OrderState.SHIPPED
    assert whole["shipped_at"] == partly["shipped_at"]
    assert whole["auto_confirm_at"] >= whole["shipped_at"] + timedelta(days=12), "counted from the last parcel"
    packed = [(row["order_line_id"], row["quantity"]) for row in await market.rows(database, ShipmentLine)]
    assert sorted(packed) == sorted([(apples, 2), (apples, 1), (hams, 1), (hams, 1)])
    assert [row["shipped_quantity"] for row in await market.rows(database, OrderLine)] == [3, 2]
    texts = [row["text"] for row in await market.rows(database, OrderStep) if row["event"].startswith("SHIP")]
    assert texts == [f"商家已发出第 {at} 个包裹，圆通速递 YT0000000{at}" for at in (1, 2, 3)]


async def test_a_partly_shipped_order_is_not_received_and_not_called_off(database: Database, bought: Bought) -> None:
    await ship(database, bought, "YT00000001", (bought.lines[0], 1))
    for attempt in (
        lambda uow: orders.confirm_receipt(uow, bought.buyer.viewer, bought.id),
        lambda uow: orders.refund_unshipped(uow, bought.shop.keeper, bought.id, "不想要了", restock=True),
    ):
        with pytest.raises(WrongState):
            async with database.begin() as uow:
                await attempt(uow)
    assert await state(database, bought) is OrderState.PARTLY_SHIPPED


async def test_no_more_than_was_bought_is_shipped(database: Database, bought: Bought) -> None:
    apples, hams = bought.lines
    for goods in ([(apples, 4)], [(apples, 0)], [(apples, -1)], [(new_id(), 1)], [(apples, 1), (apples, 1)]):
        refusal = await refused(database, bought, "YT00000001", *goods)
        assert (type(refusal), refusal.field) == (Invalid, "lines"), goods
    async with database.begin() as uow:
        with pytest.raises(Invalid):
            await orders.ship(uow, bought.shop.keeper, orders.Parcel(bought.id, "YTO", "YT00000001", []))
    await ship(database, bought, "YT00000001", (apples, 3))
    assert (await refused(database, bought, "YT00000002", (apples, 1))).field == "lines"
    assert isinstance(await refused(database, bought, "yt00000001", (hams, 1)), Conflict)
    await ship(database, bought, "YT00000002")
    assert isinstance(await refused(database, bought, "YT00000003"), WrongState)


async def test_the_tenth_parcel_takes_all_that_is_left(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    trade_id = await market.paid(database, gateway, who, {shop.sku: 12})
    order = await market.order_of(database, trade_id)
    (line,) = await market.rows(database, OrderLine)
    of = Bought(shop, who, order["id"], trade_id, [line["id"]])
    for at in range(9):
        await ship(database, of, f"YT0000000{at}", (line["id"], 1))
    assert (await refused(database, of, "YT00000009", (line["id"], 1))).field == "lines"
    await ship(database, of, "YT00000009")
    assert await state(database, of) is OrderState.SHIPPED


async def test_what_was_called_off_is_not_shipped(database: Database, bought: Bought) -> None:
    apples, hams = bought.lines
    async with database.begin() as uow:
        await uow.session.execute(update(OrderLine).where(OrderLine.id == apples).values(withdrawn_quantity=1))
        await orders.end_shipping(uow, bought.shop.keeper, bought.id)
    assert await state(database, bought) is OrderState.AWAITING_SHIPMENT
    assert (await refused(database, bought, "YT00000001", (apples, 3))).field == "lines"
    await ship(database, bought, "YT00000001", (apples, 2))
    async with database.begin() as uow:
        await uow.session.execute(update(OrderLine).where(OrderLine.id == hams).values(withdrawn_quantity=2))
        await orders.end_shipping(uow, bought.shop.keeper, bought.id)
        await orders.end_shipping(uow, bought.shop.keeper, bought.id)
    ended = await market.order_of(database, bought.trade_id)
    assert (ended["state"], ended["auto_confirm_at"] is not None) == (OrderState.SHIPPED, True)


# ------------------------------------------------------------------------------------------------ telling WeChat
async def test_wechat_hears_of_each_parcel_and_of_the_last(database: Database, bought: Bought) -> None:
    wechat = Wechat()
    await ship(database, bought, "YT00000001", (bought.lines[0], 2))
    await upload(database, wechat)
    await ship(database, bought, "YT00000002", (bought.lines[0], 1))
    await ship(database, bought, "YT00000003")
    await upload(database, wechat)
    assert wechat.told == [(["YT00000001"], True, False), (["YT00000002", "YT00000003"], True, True)]
    assert {row["upload"] for row in await parcels(database)} == {UploadState.DONE}
    assert [row["told_last"] for row in await parcels(database)] == [False, True, True]


async def test_wechat_hears_that_nothing_follows(database: Database, bought: Bought) -> None:
    wechat = Wechat()
    await ship(database, bought, "YT00000001", (bought.lines[0], 3))
    await upload(database, wechat)
    async with database.begin() as uow:
        off = update(OrderLine).where(OrderLine.id == bought.lines[1])
        await uow.session.execute(off.values(withdrawn_quantity=2))
        await orders.end_shipping(uow, bought.shop.keeper, bought.id)
        assert "shipment.upload" in {job.name for job in uow.jobs}
    await upload(database, wechat)
    assert wechat.told == [(["YT00000001"], True, False), (["YT00000001"], True, True)]


async def test_an_upload_that_is_tried_again_tells_of_what_came_meanwhile(database: Database, bought: Bought) -> None:
    wechat = Wechat(answers=[UploadAnswer(UploadOutcome.RETRY, "10060001 支付单不存在")])
    await ship(database, bought, "YT00000001", (bought.lines[0], 3))
    with pytest.raises(Refusal):
        await upload(database, wechat)
    await ship(database, bought, "YT00000002")
    await upload(database, wechat)
    assert wechat.told[-1] == (["YT00000001", "YT00000002"], True, True)
    assert len(wechat.told) == 2


# ------------------------------------------------------------------------------------------------ wrong numbers
async def correct(database: Database, of: Bought, shipment_id: UUID, number: str, by: Any = None) -> None:
    async with database.begin() as uow:
        await orders.correct_tracking(uow, by or of.shop.keeper, shipment_id, "YTO", number)


async def test_a_wrong_number_is_put_right_once_wechat_knows_it(database: Database, bought: Bought) -> None:
    wechat = Wechat()
    await ship(database, bought, "YT00000001", (bought.lines[0], 3))
    (first,) = await parcels(database)
    await correct(database, bought, first["id"], "YT00000002")
    await correct(database, bought, first["id"], "YT00000003")
    await upload(database, wechat)
    await correct(database, bought, first["id"], "YT00000004")
    await upload(database, wechat)
    assert wechat.told == [(["YT00000003"], True, False)], "a told number waits until all is told"
    await ship(database, bought, "YT00000009")
    await upload(database, wechat)
    assert wechat.told[1:] == [(["YT00000009"], True, True), (["YT00000004", "YT00000009"], True, True)]
    assert {row["upload"] for row in await parcels(database)} == {UploadState.DONE}
    with pytest.raises(WrongState):
        await correct(database, bought, first["id"], "YT00000005")


async def test_a_parcel_that_moved_keeps_its_number(database: Database, bought: Bought) -> None:
    await ship(database, bought, "YT00000001")
    (only,) = await parcels(database)
    other = await market.shop(database)
    with pytest.raises(NotFound):
        await correct(database, bought, only["id"], "YT00000002", by=other.keeper)
    with pytest.raises(NotFound):
        await correct(database, bought, new_id(), "YT00000002")
    with pytest.raises(Invalid):
        await correct(database, bought, only["id"], "!")
    with pytest.raises(Conflict):
        await correct(database, bought, only["id"], "YT00000001")
    async with database.begin() as uow:
        await uow.session.execute(update(Shipment).values(state=TrackState.COLLECTED))
    with pytest.raises(WrongState):
        await correct(database, bought, only["id"], "YT00000002")


# ------------------------------------------------------------------------------------------------ lists
async def test_lists_by_several_states_and_by_trouble(database: Database, bought: Bought) -> None:
    await ship(database, bought, "YT00000001", (bought.lines[0], 1))
    underway = [OrderState.PARTLY_SHIPPED, OrderState.SHIPPED]
    trouble = orders.OrderFilter(in_trouble=True)
    columns = frozenset({"id", "state"})
    async with database.read() as session:
        seen = await orders.of_member(session, bought.buyer.viewer, underway, 10, None, columns)
        none = await orders.of_member(session, bought.buyer.viewer, [OrderState.SHIPPED], 10, None, columns)
        assert ([row["id"] for row in seen.rows], seen.total, none.total) == ([bought.id], 1, 0)
        found = await orders.page_of_merchant(session, bought.shop.keeper, trouble, 1, 20, columns)
        assert found == ([], 0)
    async with database.begin() as uow:
        await uow.session.execute(update(Shipment).values(state=TrackState.PROBLEM))
    async with database.read() as session:
        rows, total = await orders.page_of_merchant(session, bought.shop.keeper, trouble, 1, 20, columns)
    assert ([row["id"] for row in rows], total) == ([bought.id], 1)


def test_what_wechat_is_told_next_is_decided_by_what_it_knows() -> None:
    def parcel(number: str, told: str | None = None, *, last: bool = False) -> dict[str, Any]:
        return {"carrier": "SF", "tracking_number": number, "told_as": told and f"SF {told}", "told_last": last}

    def plan(*given: dict[str, Any], complete: bool) -> Any:
        made = delivery.plan(given, complete=complete)
        return made and ([each["tracking_number"] for each in made.parcels], made.split, made.complete)

    assert plan(parcel("1"), complete=True) == (["1"], False, True)
    assert plan(parcel("1"), complete=False) == (["1"], True, False)
    assert plan(parcel("1", "1"), parcel("2"), complete=False) == (["2"], True, False)
    assert plan(parcel("1", "1"), parcel("2"), complete=True) == (["2"], True, True)
    assert plan(parcel("1", "1"), complete=False) is None
    assert plan(parcel("2", "1"), complete=False) is None, "a told number waits"
    assert plan(parcel("1", "1", last=True), complete=True) is None
    assert plan(parcel("2", "1", last=True), complete=True) == (["2"], False, True)
