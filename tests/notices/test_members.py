"""What members are told: of what is theirs, once, and gone with their ninety days."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from domain import aftersales, notices, orders, reviews
from domain.base import Database, Viewer, clock
from jobs.relay import CONSUMERS
from models.aftersales import AfterSaleRefusal
from models.base import new_id
from models.notices import Notice, NoticeKind
from models.orders import Order, OrderState
from models.outbox import OutboxEvent
from models.payments import Refund
from models.points import PointsLot
from models.promotions import Coupon
from models.recalls import Recall, RecalledOrder, RecalledState, RecallState
from tests.factories import aftersales as cases
from tests.factories import groups as teams
from tests.factories import merchants, promotions, traces, vouchers
from tests.factories import orders as market
from tests.factories import pickups as counters
from tests.factories import points as stars
from tests.factories import presales as booked
from tests.factories import reviews as opinions
from tests.orders.gateway import FakeGateway
from tests.orders.test_graph import Graph

K = NoticeKind
PAGE = """query { myUnreadNotices myNotices { total unread items { id kind title text subjectId readAt readBy } } }"""
READ = "mutation($ids: [ID!]) { readNotices(ids: $ids) { __typename } }"


async def heard(database: Database) -> list[tuple[NoticeKind, Any, Any]]:
    """Every fact of the outbox is brought twice; the kinds, members and subjects of the notices there are then."""
    facts = await market.rows(database, OutboxEvent)
    for _ in range(2):
        for fact in facts:
            if fact["name"] in notices.TOLD:
                async with database.begin() as uow:
                    await notices.write_to_members(uow, fact["name"], fact["payload"])
    return [(row["kind"], row["member_id"], row["subject_id"]) for row in await market.rows(database, Notice)]


async def remind(database: Database) -> int:
    async with database.begin() as uow:
        return len(await notices.write_ending(uow))


async def test_an_order_under_way_is_told_to_its_buyer_once(database: Database, gateway: FakeGateway) -> None:
    it = await cases.shipped(database, gateway)
    order = await cases.order(database, it)
    assert await heard(database) == [(K.ORDER_SHIPPED, it.buyer.member_id, order["id"])]


async def test_a_refusal_is_told_to_who_asked(database: Database, gateway: FakeGateway) -> None:
    it = await cases.received(database, gateway)
    id = await cases.applied(database, it, cases.page(it))
    await cases.do(database, aftersales.reject, it.keeper, id, AfterSaleRefusal.EVIDENCE_MISSING, "请补充照片", [])
    assert (K.CASE_ANSWERED, it.buyer.member_id, id) in await heard(database)


async def test_a_group_tells_everybody_who_paid_how_it_ended(database: Database, gateway: FakeGateway) -> None:
    offer = await teams.activity(database, size=2)
    leader, _, group = await teams.joined(database, gateway, offer)
    other, _, _ = await teams.joined(database, gateway, offer, group)
    told = {(kind, member, about) for kind, member, about in await heard(database) if about == group}
    assert told == {(K.GROUP_SUCCEEDED, who.viewer.member_id, group) for who in (leader, other)}


async def test_a_group_that_fails_tells_who_had_paid_and_nobody_else(database: Database, gateway: FakeGateway) -> None:
    offer = await teams.activity(database, size=3)
    leader, _, group = await teams.joined(database, gateway, offer)
    # Somebody at the cashier has lost nothing yet.
    await teams.placed(database, offer, await market.buyer(database), group)
    clock.advance(timedelta(hours=26))
    async with database.begin() as uow:
        await orders.expire_group(uow, group)
    told = [each for each in await heard(database) if each[0] is K.GROUP_FAILED]
    assert told == [(K.GROUP_FAILED, leader.viewer.member_id, group)]


async def test_a_refund_is_told_when_the_money_has_arrived(database: Database, gateway: FakeGateway) -> None:
    it = await cases.bought(database, gateway)
    order = await cases.order(database, it)
    async with database.begin() as uow:
        await orders.refund_unshipped(uow, it.keeper, order["id"], "果园受灾，无法发货", restock=True)
    (refund,) = await market.rows(database, Refund)
    await orders.submit_refund(database, gateway, refund["id"])
    assert K.REFUND_ARRIVED not in [kind for kind, _, _ in await heard(database)]
    gateway.finish_refund(refund["number"])
    await orders.check_refund(database, gateway, refund["id"])
    assert (K.REFUND_ARRIVED, it.buyer.member_id, order["id"]) in await heard(database)
    (row,) = await market.rows(database, Notice, kind=K.REFUND_ARRIVED)
    assert f"{refund['amount'] // 100}." in row["text"]


async def test_who_picks_up_is_told_of_the_code_and_before_it_is_called_off(database: Database) -> None:
    held = await vouchers.bound(database)
    order = await counters.waiting(database, held)
    code = await counters.code(database, held, order["id"])
    mine = held.who.viewer.member_id, order["id"]
    assert (K.PICKUP_READY, *mine) in await heard(database)
    clock.advance(timedelta(days=6))
    async with database.begin() as uow:
        await orders.remind_pickup(uow, order["id"])
    assert (K.PICKUP_ENDING, *mine) in await heard(database)
    # The code opens a door: it stands on the order's page and nowhere else.
    assert all(code not in row["text"] + row["title"] for row in await market.rows(database, Notice))


async def test_an_answer_to_a_review_is_told_once_however_often_it_is_changed(
    database: Database, gateway: FakeGateway
) -> None:
    it, id = await opinions.published(database, gateway, score=2)
    for text in ("谢谢反馈", "谢谢反馈，已补发"):
        async with database.begin() as uow:
            await reviews.reply(uow, it.keeper, id, text)
    told = [each for each in await heard(database) if each[0] is K.REVIEW_REPLIED]
    assert told == [(K.REVIEW_REPLIED, it.buyer.member_id, id)]


async def test_a_recall_is_told_to_whoever_got_some_of_it_and_to_nobody_else(
    database: Database, gateway: FakeGateway
) -> None:
    it, stranger = await cases.shipped(database, gateway), await market.buyer(database)
    order, lot, id = await cases.order(database, it), await traces.grown(database, it.shop), new_id()
    recall = {"id": id, "lot_id": lot.id, "reason": "抽检超标", "state": RecallState.RUNNING}
    part = {"recall_id": id, "order_id": order["id"], "member_id": it.buyer.member_id, "units": 1}
    async with database.begin() as uow:
        await uow.session.execute(insert(Recall).values(**recall, started_by="平台", created_at=clock.now()))
        await uow.session.execute(insert(RecalledOrder).values(**part, state=RecalledState.WAITING))
        assert len(await notices.write_to_members(uow, "RecallStarted", {"recall_id": str(id)})) == 1
    (row,) = await market.rows(database, Notice)
    assert (row["kind"], row["member_id"], row["subject_id"]) == (K.GOODS_RECALLED, it.buyer.member_id, order["id"])
    assert "抽检超标" in row["text"]
    async with database.read() as session:
        assert await notices.unread(session, stranger.viewer) == 0


async def test_two_relays_that_hear_the_same_tell_it_once(database: Database, gateway: FakeGateway) -> None:
    await cases.shipped(database, gateway)
    (fact,) = [row for row in await market.rows(database, OutboxEvent) if row["payload"].get("state") == "SHIPPED"]

    async def tell() -> int:
        async with database.begin() as uow:
            return len(await notices.write_to_members(uow, fact["name"], fact["payload"]))

    assert sorted(await asyncio.gather(tell(), tell())) == [0, 1]


async def test_coupons_that_end_are_one_notice_for_their_last_day(database: Database) -> None:
    who = await market.buyer(database)
    for _ in range(2):
        await promotions.coupon(database, who.viewer)
    assert await remind(database) == 0
    async with database.begin() as uow:
        await uow.session.execute(update(Coupon).values(valid_until=clock.now() + timedelta(hours=5)))
    assert (await remind(database), await remind(database)) == (1, 0)
    (row,) = await market.rows(database, Notice)
    assert (row["kind"], row["member_id"]) == (K.COUPONS_ENDING, who.viewer.member_id)
    assert "2 张优惠券" in row["text"]


async def test_points_that_end_are_told_a_week_before(database: Database) -> None:
    who = await market.buyer(database)
    await stars.given(database, who.viewer, 300)
    async with database.begin() as uow:
        await uow.session.execute(update(PointsLot).values(expires_at=clock.now() + timedelta(days=6)))
    assert (await remind(database), await remind(database)) == (1, 0)
    (row,) = await market.rows(database, Notice)
    assert row["kind"] is K.POINTS_ENDING
    assert "300 积分" in row["text"]


async def test_a_balance_is_told_when_it_can_be_paid_and_a_day_before_it_cannot(
    database: Database, gateway: FakeGateway
) -> None:
    order = await market.order_of(database, (await booked.opened(database, gateway, await booked.offer(database)))[1])
    assert (K.BALANCE_OPEN, order["member_id"], order["id"]) in await heard(database)
    due = {"state": OrderState.AWAITING_BALANCE, "expires_at": clock.now() + timedelta(hours=20)}
    async with database.begin() as uow:
        await uow.session.execute(update(Order).where(Order.id == order["id"]).values(**due))
    assert (await remind(database), await remind(database)) == (1, 0)
    (row,) = await market.rows(database, Notice, kind=K.BALANCE_ENDING)
    assert (row["member_id"], row["subject_id"]) == (order["member_id"], order["id"])


def test_the_relay_brings_every_fact_that_members_are_told_of() -> None:
    brought = {name for name, consumers in CONSUMERS.items() for each in consumers if "told" in each.__qualname__}
    assert set(notices.TOLD) == brought


@pytest.mark.parametrize("fact", sorted(notices.TOLD))
async def test_what_is_gone_meanwhile_is_told_to_nobody(database: Database, fact: str) -> None:
    states = {"RefundChanged": ["SUCCEEDED"], "GroupChanged": ["FAILED"], "AfterSaleChanged": ["REJECTED"]}
    names = ("after_sale", "group", "order", "recall", "refund", "review")
    for state in states.get(fact, ["SHIPPED", "AWAITING_SHIPMENT", "AWAITING_BALANCE"]):
        payload = {f"{name}_id": str(new_id()) for name in names} | {"state": state}
        async with database.begin() as uow:
            assert not await notices.write_to_members(uow, fact, payload)


async def test_everybody_has_an_inbox_of_his_own(database: Database, gateway: FakeGateway) -> None:
    it, other = await cases.shipped(database, gateway), await market.buyer(database)
    await heard(database)
    graph = Graph(database, gateway)
    answer: Any = await graph.send(it.buyer, PAGE)
    (notice,) = answer.data["myNotices"]["items"]
    assert (answer.data["myUnreadNotices"], answer.data["myNotices"]["unread"], notice["readAt"]) == (1, 1, None)
    # Neither another member, nor the shop, nor the platform sees it or reads it by its id or by "all".
    for viewer in (other.viewer, it.keeper, merchants.operator()):
        await _reads_nothing(database, viewer, notice["id"])
    assert await graph.ask(it.buyer, READ, ids=[notice["id"]]) == {"__typename": "Done"}
    answer = await graph.send(it.buyer, PAGE)
    assert (answer.data["myUnreadNotices"], answer.data["myNotices"]["items"][0]["readBy"]) == (0, "本人")


async def _reads_nothing(database: Database, viewer: Viewer, id: Any) -> None:
    async with database.begin() as uow:
        await notices.mark_read(uow, viewer, [id])
        await notices.mark_read(uow, viewer, None)
    async with database.read() as session:
        rows, _ = await notices.page(session, viewer, False, 1, 20, frozenset({"kind"}))
    assert K.ORDER_SHIPPED not in [row["kind"] for row in rows]
    (row,) = await market.rows(database, Notice, id=id)
    assert row["read_at"] is None
