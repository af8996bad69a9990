"""Over real HTTP: the simulator judges at once, or pushes its verdict, sealed, to the mall's route."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from domain import moderation
from domain.base import Database, Unavailable, clock
from models.moderation import CheckedPicture, CheckState, ContentCheck, PictureVerdict
from models.reviews import ReviewState
from server.settings import Settings
from tests.client import Client, open_client
from tests.factories import aftersales as made
from tests.factories import orders as market
from tests.factories import reviews as told
from tests.orders.gateway import FakeGateway
from tests.wechat.simulator import Simulator

TEXT, PICTURE = "POST /wxa/msg_sec_check", "POST /wxa/media_check_async"


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


async def check_id(database: Database) -> Any:
    (check,) = await market.rows(database, ContentCheck)
    return check["id"]


async def run(client: Client) -> dict[str, Any]:
    id = await check_id(client.mall.database)
    await moderation.run(client.mall.database, client.mall.judge, id)
    return await market.row(client.mall.database, ContentCheck, id)


async def pushed(client: Client, wxsim: Simulator, **event: Any) -> Any:
    """A push as WeChat would send it, sealed by the simulator and sent here."""
    whole = {"Event": "wxa_media_check", "FromUserName": "o-test", "version": 2, "errcode": 0, **event}
    built = await wxsim.control("push.build", event=whole)
    return await client.http.post("/webhooks/wechat", params=built["query"], content=built["body"])


@pytest.mark.parametrize(
    ("text", "state", "reason"),
    [
        ("果子很甜", CheckState.PASSED, ""),
        ("这里有赌博网站", CheckState.REJECTED, "涉及违法犯罪（赌博网站）"),
        ("听说一点内部消息", CheckState.MANUAL, "不符合平台规范（内部消息）"),
    ],
)
async def test_what_wechat_says_of_a_text_decides(
    client: Client, market_of: Database, text: str, state: CheckState, reason: str
) -> None:
    it = await made.received(market_of, FakeGateway())
    await told.written(market_of, it, told.page(it, text=text))
    check = await run(client)
    assert (check["state"], check["reason"]) == (state, reason)


@pytest.mark.parametrize("fault", ["http500", "errcode:-1", "errcode:45009", "reset"])
async def test_no_usable_answer_leaves_it_pending_and_asking_again_ends_it(
    client: Client, wxsim: Simulator, market_of: Database, fault: str
) -> None:
    it = await made.received(market_of, FakeGateway())
    await told.written(market_of, it)
    await wxsim.fault(TEXT, fault, times=-1)
    with pytest.raises(Unavailable):
        await run(client)
    (check,) = await market.rows(market_of, ContentCheck)
    assert check["state"] is CheckState.PENDING
    await wxsim.control("fault.clear")
    assert (await run(client))["state"] is CheckState.PASSED


async def test_an_author_who_was_not_here_lately_goes_to_a_person(
    client: Client, wxsim: Simulator, market_of: Database
) -> None:
    it = await made.received(market_of, FakeGateway())
    await told.written(market_of, it)
    await wxsim.fault(TEXT, "errcode:61010")
    assert (await run(client))["state"] is CheckState.MANUAL


async def test_the_verdict_about_a_picture_comes_by_the_push_route(
    client: Client, wxsim: Simulator, market_of: Database
) -> None:
    it = await made.received(market_of, FakeGateway())
    keys = await told.pictures(market_of, it.buyer, told.KEYS[:1])
    id = await told.written(market_of, it, told.page(it, pictures=keys))
    assert (await run(client))["state"] is CheckState.PENDING
    (asked,) = (await wxsim.control("dump"))["media_checks"]
    (picture,) = await market.rows(market_of, CheckedPicture)
    assert picture["trace_id"] == asked["trace_id"]
    assert asked["media_url"].startswith(f"{client.mall.settings.public_base_url}/posted/{keys[0]}?until=")
    for _ in range(2):
        reply = await pushed(client, wxsim, trace_id=asked["trace_id"], result={"suggest": "pass", "label": 100})
        assert (reply.status_code, reply.text) == (200, "success")
    await told.heard(market_of)
    assert (await told.review(market_of, id))["state"] is ReviewState.PUBLISHED


async def test_a_picture_wechat_could_not_fetch_goes_to_a_person(
    client: Client, wxsim: Simulator, market_of: Database
) -> None:
    it = await made.received(market_of, FakeGateway())
    keys = await told.pictures(market_of, it.buyer, told.KEYS[:1])
    await told.written(market_of, it, told.page(it, pictures=keys))
    await run(client)
    (picture,) = await market.rows(market_of, CheckedPicture)
    assert (await pushed(client, wxsim, trace_id=picture["trace_id"], errcode=-1008)).text == "success"
    (check,) = await market.rows(market_of, ContentCheck)
    assert check["state"] is CheckState.MANUAL


async def test_a_push_that_is_not_wechats_is_refused_and_writes_nothing(
    client: Client, wxsim: Simulator, market_of: Database
) -> None:
    event = {"Event": "wxa_media_check", "trace_id": "t", "result": {"suggest": "pass", "label": 100}}
    built = await wxsim.control("push.build", event=event)
    forged = {**built["query"], "msg_signature": "0" * 40}
    for query, body in (
        (forged, built["body"]),
        (built["query"], built["body"].replace("Encrypt", "Plain")),
        (built["query"], "not json"),
        ({}, built["body"]),
        (built["query"], json.dumps(event)),
    ):
        reply = await client.http.post("/webhooks/wechat", params=query, content=body)
        assert reply.status_code == 401
    too_long = await client.http.post("/webhooks/wechat", params=built["query"], content=b"x" * 70_000)
    assert too_long.status_code == 413
    assert await market.rows(market_of, PictureVerdict) == []


@pytest.mark.parametrize(
    "event",
    [
        {"Event": "user_authorization_revoke", "OpenID": "o"},
        {"trace_id": "t", "result": {"suggest": "perhaps", "label": 100}},
        {"trace_id": "t", "result": {"suggest": "pass"}},
        {"trace_id": "t" * 65, "result": {"suggest": "pass", "label": 100}},
        {"result": []},
    ],
)
async def test_events_we_do_not_know_are_taken_and_change_nothing(
    client: Client, wxsim: Simulator, market_of: Database, event: dict[str, Any]
) -> None:
    reply = await pushed(client, wxsim, **event)
    assert (reply.status_code, reply.text) == (200, "success")
    assert await market.rows(market_of, PictureVerdict) == []


async def test_a_signed_address_ends_and_a_forged_one_never_works(client: Client) -> None:
    good = moderation.posted_url("ab" * 32)
    assert (await client.http.get(good)).json()["message"] == "图片不存在"  # signed right, but there is no such file
    for wrong in (good[:-1] + ("0" if good[-1] != "0" else "1"), good.split("?")[0], f"{good}&w=123"):
        assert (await client.http.get(wrong)).status_code in (400, 404)
    clock.advance(timedelta(hours=3))
    assert (await client.http.get(good)).json()["message"] == "图片不存在或链接已过期"
