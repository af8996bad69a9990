"""Over real HTTP: a member says yes in WeChat, the mall hears of it, and a message lies among his notices."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest

from domain import messages, orders
from domain.base import Database
from integrations.templates import USUAL
from integrations.wxsim.messages import TEMPLATES
from models.members import Member
from models.messages import MessageAnswer, MessageKind, MessageState
from server.settings import Settings
from tests.client import Client, open_client
from tests.factories import aftersales as cases
from tests.factories import messages as posted
from tests.factories import orders as market
from tests.factories.aftersales import Bought
from tests.orders.gateway import FakeGateway
from tests.wechat.simulator import Simulator

K, S = MessageKind, MessageState
SEND = "POST /cgi-bin/message/subscribe/send"


@pytest.fixture
async def client(
    settings: Settings, wxsim: Simulator, clean_database: None, clean_redis: None
) -> AsyncIterator[Client]:
    pointed = {"wechat_api_base": wxsim.base_url, "meili_url": None}
    async with open_client(settings.model_copy(update=pointed)) as client:
        yield client


@pytest.fixture
def market_of(client: Client) -> Database:
    return client.mall.database


async def openid(database: Database, it: Bought) -> str:
    return str((await market.row(database, Member, it.buyer.member_id))["openid"])  # type: ignore[arg-type]


async def hear(client: Client, wxsim: Simulator, *, times: int = 1) -> None:
    """Brings the events that wait at the simulator to the mall's own route, in order, each so many times."""
    for waiting in (await wxsim.control("dump"))["events"]:
        if waiting["due_at"]:
            built = await wxsim.control("push.build", event=waiting["event"])
            for _ in range(times):
                reply = await client.http.post("/webhooks/wechat", params=built["query"], content=built["body"])
                assert (reply.status_code, reply.text) == (200, "success")


async def waiting(client: Client, wxsim: Simulator, accepted: int = 1) -> tuple[Bought, Any]:
    database = client.mall.database
    it = await cases.bought(database, FakeGateway())
    who = await openid(database, it)
    for _ in range(accepted):
        await wxsim.control("message.answer", openid=who, answers={"SHIPPED": "accept", "REFUND": "reject"})
        await wxsim.advance(1)
    await hear(client, wxsim)
    async with database.begin() as uow:
        await orders.ship(uow, it.keeper, orders.Parcel(it.order_id, "ZTO", "78310000001"))
    await posted.told(database)
    (message,) = await posted.of(database, it.buyer, K.SHIPPED)
    return it, message


async def send(client: Client, id: Any) -> MessageState | None:
    return await messages.send(client.mall.database, client.mall.messenger, id)


async def test_from_yes_to_a_message_on_the_phone(client: Client, wxsim: Simulator, market_of: Database) -> None:
    it, message = await waiting(client, wxsim)
    assert message["state"] is S.WAITING
    assert await send(client, message["id"]) is S.SENT
    (lies,) = (await wxsim.control("dump"))["messages"]
    order = await cases.order(market_of, it)
    assert lies["openid"] == await openid(market_of, it)
    assert lies["page"] == f"pkg-trade/order/order?id={it.order_id}"
    assert lies["data"]["character_string1"] == order["number"]
    assert lies["data"]["thing3"] == "中通快递"
    after = await posted.message(market_of, message["id"])
    assert (after["state"], after["msgid"]) == (S.SENT, lies["msgid"])
    await hear(client, wxsim, times=2)  # the answers again, and that it arrived
    assert (await posted.message(market_of, message["id"]))["state"] is S.SENT
    assert await posted.left(market_of, it.buyer, K.SHIPPED) == 0


async def test_a_replayed_push_counts_once(client: Client, wxsim: Simulator, market_of: Database) -> None:
    it = await cases.bought(market_of, FakeGateway())
    answers = {"SHIPPED": "accept", "REFUND": "accept", "GROUP": "reject"}
    await wxsim.control("message.answer", openid=await openid(market_of, it), answers=answers)
    await hear(client, wxsim, times=3)
    left = [await posted.left(market_of, it.buyer, kind) for kind in (K.SHIPPED, K.REFUND, K.GROUP)]
    assert left == [1, 1, 0]
    assert len(await market.rows(market_of, MessageAnswer)) == 3


async def test_what_the_member_switches_off_in_wechat_is_sent_to_him_no_more(
    client: Client, wxsim: Simulator, market_of: Database
) -> None:
    it = await cases.bought(market_of, FakeGateway())
    who = await openid(market_of, it)
    await wxsim.control("message.answer", openid=who, answers={"SHIPPED": "accept"})
    await wxsim.advance(2)
    await wxsim.control("message.switch_off", openid=who, templates=["SHIPPED"])
    await hear(client, wxsim)
    assert await posted.left(market_of, it.buyer, K.SHIPPED) == 0


async def test_whoever_switched_it_off_unheard_is_found_out_by_43101(
    client: Client, wxsim: Simulator, market_of: Database
) -> None:
    it, message = await waiting(client, wxsim, accepted=3)
    await wxsim.control("message.switch_off", openid=await openid(market_of, it), templates=["SHIPPED"])
    assert await send(client, message["id"]) is S.REFUSED
    assert (await posted.message(market_of, message["id"]))["errcode"] == 43101
    assert await posted.left(market_of, it.buyer, K.SHIPPED) == 0


async def test_a_token_that_is_no_longer_taken_is_renewed(client: Client, wxsim: Simulator) -> None:
    _, message = await waiting(client, wxsim)
    await wxsim.fault(SEND, "errcode:40001", times=1)
    assert await send(client, message["id"]) is S.SENT
    assert await wxsim.calls(SEND) == 2


@pytest.mark.parametrize("fault", ["accept_then_reset", "reset", "http500"])
async def test_an_answer_that_is_lost_is_unknown_and_asked_for_once(
    client: Client, wxsim: Simulator, market_of: Database, fault: str
) -> None:
    _, message = await waiting(client, wxsim)
    await wxsim.fault(SEND, fault, times=-1)
    assert await send(client, message["id"]) is S.UNKNOWN
    assert await send(client, message["id"]) is None
    await wxsim.control("fault.clear")
    assert await wxsim.calls(SEND) == 1
    await hear(client, wxsim)
    # It did go out where WeChat says so afterwards.
    state = (await posted.message(market_of, message["id"]))["state"]
    assert state is (S.SENT if fault == "accept_then_reset" else S.UNKNOWN)


@pytest.mark.parametrize(("fault", "state"), [("errcode:-1", S.WAITING), ("errcode:47003", S.FAILED)])
async def test_what_wechat_did_not_take_is_told_apart(
    client: Client, wxsim: Simulator, fault: str, state: MessageState
) -> None:
    _, message = await waiting(client, wxsim)
    await wxsim.fault(SEND, fault, times=1)
    assert await send(client, message["id"]) is state


async def test_a_server_that_cannot_be_reached_was_certainly_not_asked(
    client: Client, wxsim: Simulator, market_of: Database
) -> None:
    _, message = await waiting(client, wxsim)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound and not listening: refused
        port = nobody.getsockname()[1]
        gone = client.mall.settings.model_copy(update={"wechat_api_base": f"http://127.0.0.1:{port}"})
        async with open_client(gone) as elsewhere:
            assert await send(elsewhere, message["id"]) is S.WAITING


async def test_one_that_did_not_arrive_is_told_afterwards(
    client: Client, wxsim: Simulator, market_of: Database
) -> None:
    _, message = await waiting(client, wxsim)
    await wxsim.control("message.policy", arrival=[43101, "user block"])
    assert await send(client, message["id"]) is S.SENT
    await hear(client, wxsim)
    after = await posted.message(market_of, message["id"])
    assert (after["state"], after["note"]) == (S.REFUSED, "user block")


@pytest.mark.parametrize(
    "event",
    [
        {"Event": "subscribe_msg_popup_event"},
        {"Event": "subscribe_msg_popup_event", "CreateTime": 1, "List": "x"},
        {"Event": "subscribe_msg_popup_event", "CreateTime": "x", "List": []},
        {"Event": "subscribe_msg_popup_event", "CreateTime": 10**30, "List": []},
        {"Event": "subscribe_msg_popup_event", "CreateTime": 1, "List": [{"TemplateId": "t"}]},
        {"Event": "subscribe_msg_popup_event", "CreateTime": 1, "List": [{}] * 101},
        {"Event": "subscribe_msg_sent_event", "CreateTime": 1, "List": {"TemplateId": "t", "MsgID": "1" * 41}},
        {"Event": "subscribe_msg_sent_event", "CreateTime": 1, "List": {"TemplateId": "t", "MsgID": "1"}},
    ],
)
async def test_events_that_cannot_be_read_change_nothing(
    client: Client, wxsim: Simulator, market_of: Database, event: dict[str, Any]
) -> None:
    built = await wxsim.control("push.build", event={"FromUserName": "o-test", **event})
    reply = await client.http.post("/webhooks/wechat", params=built["query"], content=built["body"])
    assert (reply.status_code, reply.text) == (200, "success")
    assert await market.rows(market_of, MessageAnswer) == []


async def test_the_simulators_templates_are_those_of_the_settings(settings: Settings) -> None:
    """Written apart, and the same: what the mall fills in by itself are the keys WeChat would ask for."""
    assert settings.message_templates.keys() == set(MessageKind)
    for kind in MessageKind:
        assert set(USUAL[kind].values()) == set(TEMPLATES[kind][1]), kind
