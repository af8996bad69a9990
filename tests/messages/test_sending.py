"""A notice goes by WeChat where its member allowed one: once, while it is true, and never a reason to fail."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text, update

from domain import messages, orders
from domain.base import Database, clock
from domain.messages import NoneLeft, NotSent, TryLater, Unclear
from models.members import Member
from models.messages import Message, MessageKind, MessageState
from models.notices import Notice, NoticeKind
from models.orders import Order, OrderState
from tests.factories import aftersales as cases
from tests.factories import messages as posted
from tests.factories import orders as market
from tests.factories import pickups as counters
from tests.factories import vouchers
from tests.factories.aftersales import Bought
from tests.messages.conftest import Carrier
from tests.orders.gateway import FakeGateway

K, S = MessageKind, MessageState


async def waiting(database: Database, gateway: FakeGateway, accepted: int = 1) -> tuple[Bought, dict[str, object]]:
    """An order under way of a member who allowed so many messages of it, and its message."""
    it = await cases.bought(database, gateway)
    for _ in range(accepted):
        await posted.answered(database, it.buyer, K.SHIPPED)
    async with database.begin() as uow:
        await orders.ship(uow, it.keeper, orders.Parcel(it.order_id, "ZTO", "78310000001"))
    await posted.told(database)
    (message,) = await posted.of(database, it.buyer, K.SHIPPED)
    return it, message


async def test_one_acceptance_is_one_message(database: Database, gateway: FakeGateway, carrier: Carrier) -> None:
    it, message = await waiting(database, gateway)
    assert message["state"] is S.WAITING
    assert await posted.left(database, it.buyer, K.SHIPPED) == 0
    assert await messages.send(database, carrier, message["id"]) is S.SENT  # type: ignore[arg-type]
    ((openid, kind, words, subject),) = carrier.sent
    member = await market.row(database, Member, it.buyer.member_id)  # type: ignore[arg-type]
    order = await cases.order(database, it)
    assert (openid, kind, subject) == (member["openid"], K.SHIPPED, it.order_id)
    assert (words.said["number"], words.said["carrier"]) == (order["number"], "中通快递")
    after = await posted.message(database, message["id"])  # type: ignore[arg-type]
    assert (after["state"], after["msgid"], after["tries"]) == (S.SENT, "M1", 1)
    # A job that runs again asks nobody.
    assert await messages.send(database, carrier, message["id"]) is None  # type: ignore[arg-type]
    assert len(carrier.sent) == 1


async def test_nobody_who_did_not_accept_is_written_to(database: Database, gateway: FakeGateway) -> None:
    it, message = await waiting(database, gateway, accepted=0)
    assert (message["state"], message["ended_at"] is not None) == (S.NO_QUOTA, True)
    # The notice is in the inbox all the same.
    assert NoticeKind.ORDER_SHIPPED in [row["kind"] for row in await market.rows(database, Notice)]
    # An acceptance of later is for what comes later.
    await posted.answered(database, it.buyer, K.SHIPPED)
    await posted.told(database)
    assert await posted.left(database, it.buyer, K.SHIPPED) == 1


async def test_of_two_notices_the_first_takes_the_only_acceptance(database: Database, gateway: FakeGateway) -> None:
    """Both at once: one waits for the row, finds nothing left, and says so."""
    it = await cases.bought(database, gateway)
    await posted.answered(database, it.buyer, K.SHIPPED)
    ids = []
    async with database.begin() as uow:
        for number in range(2):
            notice = Notice(
                member_id=it.buyer.member_id,
                kind=NoticeKind.ORDER_SHIPPED,
                source=f"order:{number}",
                title="商家已发货",
                text="已发货",
                subject_id=it.order_id,
            )
            uow.session.add(notice)
            await uow.session.flush()
            ids.append(notice.id)

    async def decide(place: int) -> int:
        async with database.begin() as uow:
            return await messages.decide(uow, [ids[place]])

    won = await asyncio.gather(decide(0), decide(1))
    assert sorted(won) == [0, 1]
    states = {row["notice_id"]: row["state"] for row in await posted.of(database, it.buyer, K.SHIPPED)}
    assert states[ids[won.index(1)]] is S.WAITING
    assert states[ids[won.index(0)]] is S.NO_QUOTA
    assert await posted.left(database, it.buyer, K.SHIPPED) == 0


async def test_two_notices_of_one_member_at_once_take_two_acceptances(database: Database, gateway: FakeGateway) -> None:
    it = await cases.bought(database, gateway)
    for _ in range(3):
        await posted.answered(database, it.buyer, K.SHIPPED)
    async with database.begin() as uow:
        rows = [
            Notice(
                member_id=it.buyer.member_id,
                kind=NoticeKind.ORDER_SHIPPED,
                source=f"order:{number}",
                title="商家已发货",
                text="已发货",
                subject_id=it.order_id,
            )
            for number in range(2)
        ]
        uow.session.add_all(rows)
        await uow.session.flush()
        assert await messages.decide(uow, [row.id for row in rows]) == 2
        assert len({job.key for job in uow.jobs if job.name == "message.send"}) == 2
    assert await posted.left(database, it.buyer, K.SHIPPED) == 1


# ------------------------------------------------------------------------------------------------ answers
async def test_a_refusal_empties_the_quota_and_is_no_failure(
    database: Database, gateway: FakeGateway, carrier: Carrier
) -> None:
    it, message = await waiting(database, gateway, accepted=3)
    carrier.faults = [NoneLeft("user refuse to accept the msg", 43101)]
    assert await messages.send(database, carrier, message["id"]) is S.REFUSED  # type: ignore[arg-type]
    assert await posted.left(database, it.buyer, K.SHIPPED) == 0
    await posted.answered(database, it.buyer, K.SHIPPED)
    assert await posted.left(database, it.buyer, K.SHIPPED) == 1


async def test_what_may_have_been_sent_is_never_sent_again(
    database: Database, gateway: FakeGateway, carrier: Carrier
) -> None:
    it, message = await waiting(database, gateway)
    carrier.faults = [Unclear("no answer", -2)]
    assert await messages.send(database, carrier, message["id"]) is S.UNKNOWN  # type: ignore[arg-type]
    assert await messages.send(database, carrier, message["id"]) is None  # type: ignore[arg-type]
    assert carrier.sent == []
    assert await posted.left(database, it.buyer, K.SHIPPED) == 0  # perhaps it is spent
    # What WeChat pushes says how it was.
    member = await market.row(database, Member, it.buyer.member_id)  # type: ignore[arg-type]
    for _ in range(2):
        async with database.begin() as uow:
            assert await messages.record_arrival(uow, member["openid"], K.SHIPPED, "77", 0, "success")
    after = await posted.message(database, message["id"])  # type: ignore[arg-type]
    assert (after["state"], after["msgid"]) == (S.SENT, "77")


async def test_what_was_certainly_not_sent_is_tried_three_times_and_given_back(
    database: Database, gateway: FakeGateway, carrier: Carrier
) -> None:
    it, message = await waiting(database, gateway)
    carrier.faults = [TryLater("system busy", -1)] * 3
    told = [await messages.send(database, carrier, message["id"]) for _ in range(3)]  # type: ignore[arg-type]
    assert told == [S.WAITING, S.WAITING, S.FAILED]
    after = await posted.message(database, message["id"])  # type: ignore[arg-type]
    assert (after["tries"], after["errcode"], after["note"]) == (3, -1, "system busy")
    assert await posted.left(database, it.buyer, K.SHIPPED) == 1
    queued = text("select count(*) from pgqueuer where entrypoint = 'message.send'")
    async with database.read() as session:
        assert await session.scalar(queued) == 3  # the first, and two with a pause


@pytest.mark.parametrize("errcode", [47003, 40037, 41030, 40003])
async def test_what_wechat_does_not_take_is_a_failure_at_once_and_costs_nothing(
    database: Database, gateway: FakeGateway, carrier: Carrier, errcode: int
) -> None:
    it, message = await waiting(database, gateway)
    carrier.faults = [NotSent("argument invalid", errcode)]
    assert await messages.send(database, carrier, message["id"]) is S.FAILED  # type: ignore[arg-type]
    assert await posted.left(database, it.buyer, K.SHIPPED) == 1


async def test_a_sender_that_died_is_not_repeated(database: Database, gateway: FakeGateway, carrier: Carrier) -> None:
    _, message = await waiting(database, gateway)
    async with database.begin() as uow:
        dead = {"state": S.SENDING, "asked_at": clock.now()}
        await uow.session.execute(update(Message).values(**dead))
    assert await messages.send(database, carrier, message["id"]) is None  # type: ignore[arg-type]
    async with database.begin() as uow:
        assert await messages.give_up(uow) == 0
    clock.advance(timedelta(minutes=6))
    async with database.begin() as uow:
        assert await messages.give_up(uow) == 1
    assert (await posted.message(database, message["id"]))["state"] is S.UNKNOWN  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------------ too late
async def test_what_is_no_news_any_more_is_dropped_and_given_back(
    database: Database, gateway: FakeGateway, carrier: Carrier
) -> None:
    it, message = await waiting(database, gateway)
    clock.advance(timedelta(days=3))
    assert await messages.send(database, carrier, message["id"]) is S.DROPPED  # type: ignore[arg-type]
    assert (carrier.sent, await posted.left(database, it.buyer, K.SHIPPED)) == ([], 1)


async def test_an_order_that_has_arrived_meanwhile_is_not_told_to_be_under_way(
    database: Database, gateway: FakeGateway, carrier: Carrier
) -> None:
    it, message = await waiting(database, gateway)
    async with database.begin() as uow:
        await orders.confirm_receipt(uow, it.buyer, it.order_id)
    assert (await cases.order(database, it))["state"] is OrderState.RECEIVED
    assert await messages.send(database, carrier, message["id"]) is S.DROPPED  # type: ignore[arg-type]


async def test_somebody_who_was_blocked_is_not_written_to(
    database: Database, gateway: FakeGateway, carrier: Carrier
) -> None:
    _, message = await waiting(database, gateway)
    async with database.begin() as uow:
        await uow.session.execute(update(Member).values(blocked_at=clock.now()))
    assert await messages.send(database, carrier, message["id"]) is S.DROPPED  # type: ignore[arg-type]


async def test_the_last_acceptance_is_kept_for_the_warning_before_the_end(database: Database, carrier: Carrier) -> None:
    """Whoever has just paid sees the code; that the order will be called off he would otherwise not hear."""
    held = await vouchers.bound(database)
    await posted.answered(database, held.who.viewer, K.PICKUP)
    order = await counters.waiting(database, held)
    await posted.told(database)
    (ready,) = await posted.of(database, held.who.viewer, K.PICKUP)
    assert ready["state"] is S.NO_QUOTA
    clock.advance(timedelta(days=6))
    async with database.begin() as uow:
        await orders.remind_pickup(uow, order["id"])
    await posted.told(database)
    (_, ending) = await posted.of(database, held.who.viewer, K.PICKUP)
    assert await messages.send(database, carrier, ending["id"]) is S.SENT
    ((_, _, words, _),) = carrier.sent
    code = await counters.code(database, held, order["id"])
    assert all(code not in str(word) for word in words.said.values())


async def test_a_pickup_that_has_ended_is_not_told_of(database: Database, carrier: Carrier) -> None:
    held = await vouchers.bound(database)
    for _ in range(2):
        await posted.answered(database, held.who.viewer, K.PICKUP)
    await counters.waiting(database, held)
    await posted.told(database)
    (ready,) = await posted.of(database, held.who.viewer, K.PICKUP)
    assert ready["state"] is S.WAITING
    clock.advance(timedelta(days=60))
    assert await messages.send(database, carrier, ready["id"]) is S.DROPPED


async def test_a_message_goes_with_its_notice(database: Database, gateway: FakeGateway) -> None:
    await waiting(database, gateway)
    async with database.begin() as uow:
        await uow.session.execute(text("delete from notices"))
    assert await market.rows(database, Message) == []
    assert len(await market.rows(database, Order)) == 1
