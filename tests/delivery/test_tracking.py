"""Where parcels are: two services whose numbers look alike, pushes that repeat, and what signing does to an order."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from hashlib import md5
from typing import Any
from urllib.parse import urlencode

import pytest

from domain import delivery, orders
from domain.base import Database, Unavailable, clock
from domain.delivery import Trace, Track
from integrations.express import Kdniao, KdniaoConfig, Kuaidi100, Kuaidi100Config
from integrations.express.codes import kdniao_state, kuaidi100_state
from integrations.expresssim.app import KDNIAO_ID, KDNIAO_KEY, KUAIDI100_CUSTOMER, KUAIDI100_KEY
from models.catalog import StorageClass
from models.delivery import Shipment, ShipmentTrace, TrackState
from models.orders import OrderState, OrderStep
from server.settings import Settings
from tests.client import open_client
from tests.factories import orders as market
from tests.orders.gateway import FakeGateway
from tests.wechat.simulator import QUICK, Simulator

S, SALT, NUMBER = TrackState, "a-salt-for-the-tests", "YT1234567890"


# ------------------------------------------------------------------------------------------------ two services
@pytest.mark.parametrize(
    ("code", "kuaidi100", "kdniao"),
    [
        ("0", S.IN_TRANSIT, None),
        ("1", S.COLLECTED, S.COLLECTED),
        ("2", S.PROBLEM, S.IN_TRANSIT),
        ("3", S.SIGNED, S.SIGNED),
        ("4", S.RETURNED, S.PROBLEM),
        ("5", S.OUT_FOR_DELIVERY, S.IN_TRANSIT),
        ("6", S.RETURNING, S.IN_TRANSIT),
        ("8", S.IN_TRANSIT, None),
        ("14", S.PROBLEM, None),
        ("301", S.SIGNED, None),
    ],
)
def test_the_same_number_means_other_things(code: str, kuaidi100: TrackState, kdniao: TrackState | None) -> None:
    assert kuaidi100_state(code) is kuaidi100
    assert kdniao_state(code, "快件运输中") is kdniao


def test_kdniao_says_in_words_what_it_has_no_number_for() -> None:
    assert kdniao_state("2", "正在派送中") is S.OUT_FOR_DELIVERY
    assert kdniao_state("4", "快件正在退回寄件人") is S.RETURNING
    assert kdniao_state("4", "快件已退回签收") is S.RETURNED


@pytest.fixture
async def kuaidi100(wxsim: Simulator) -> AsyncIterator[Kuaidi100]:
    base = f"{wxsim.base_url}/express/kuaidi100"
    config = Kuaidi100Config(base, KUAIDI100_CUSTOMER, KUAIDI100_KEY, SALT, "http://127.0.0.1:1/", QUICK)
    client = Kuaidi100(config)
    yield client
    await client.aclose()


async def test_kuaidi100_tells_of_a_parcel_as_it_travels(wxsim: Simulator, kuaidi100: Kuaidi100) -> None:
    assert await kuaidi100.subscribe("YTO", NUMBER, "0001")
    assert await kuaidi100.subscribe("YTO", NUMBER, "0001"), "501 is no failure"
    assert await kuaidi100.query("YTO", NUMBER, "0001") is None
    await wxsim.advance(30)
    track = await kuaidi100.query("YTO", NUMBER, "0001")
    assert track is not None
    assert (track.carrier, track.tracking_number, len(track.traces)) == ("YTO", NUMBER, 2)
    assert "昭通" in track.traces[0].text
    await wxsim.control("express.step", number=NUMBER, kind="problem")
    track = await kuaidi100.query("YTO", NUMBER, "0001")
    assert track is not None
    assert max(track.traces, key=lambda trace: trace.at).state is S.PROBLEM


async def test_a_wrong_key_and_a_silent_service(wxsim: Simulator) -> None:
    base = f"{wxsim.base_url}/express/kuaidi100"
    wrong = Kuaidi100(Kuaidi100Config(base, KUAIDI100_CUSTOMER, "wrong", SALT, "http://127.0.0.1:1/", QUICK))
    assert not await wrong.subscribe("YTO", NUMBER, "0001")
    assert await wrong.query("YTO", NUMBER, "0001") is None
    await wxsim.fault("POST /express/*", "http500", times=-1)
    with pytest.raises(Unavailable):
        await wrong.query("YTO", NUMBER, "0001")
    await wrong.aclose()


async def test_kdniao_answers_when_it_is_asked(wxsim: Simulator) -> None:
    client = Kdniao(KdniaoConfig(f"{wxsim.base_url}/express/kdniao", KDNIAO_ID, KDNIAO_KEY, manners=QUICK))
    assert not await client.subscribe("SF", "SF1234567890", "0001")
    assert await client.query("SF", "SF1234567890", "0001") is None
    await wxsim.advance(200)
    track = await client.query("SF", "SF1234567890", "0001")
    assert track is not None
    assert track.traces[-1].state is S.SIGNED
    forged = Kdniao(KdniaoConfig(f"{wxsim.base_url}/express/kdniao", KDNIAO_ID, "wrong", manners=QUICK))
    assert await forged.query("SF", "SF1234567890", "0001") is None
    for each in (client, forged):
        await each.aclose()


# ------------------------------------------------------------------------------------------------ what it does
async def shipped(database: Database, gateway: FakeGateway, **product: Any) -> dict[str, Any]:
    shop, who = await market.shop(database, **product), await market.buyer(database)
    order = await market.order_of(database, await market.paid(database, gateway, who, {shop.sku: 2}))
    async with database.begin() as uow:
        await orders.ship(uow, shop.keeper, orders.Parcel(order["id"], "YTO", NUMBER))
        assert "shipment.follow" in {job.name for job in uow.jobs}
    return await market.order_of(database, order["trade_id"])


def trace(minutes: int, state: TrackState | None, text: str = "快件到达 昆明转运中心") -> Trace:
    return Trace(clock.now() + timedelta(minutes=minutes), text, state)


async def record(database: Database, *traces: Trace, ended: bool = False) -> int:
    async with database.begin() as uow:
        return await orders.record_track(uow, Track(NUMBER, traces, "YTO", ended))


async def test_pushes_repeat_and_come_out_of_order(database: Database, gateway: FakeGateway) -> None:
    await shipped(database, gateway)
    early, late = trace(1, S.COLLECTED, "已揽收"), trace(2, S.IN_TRANSIT)
    assert await record(database, late) == 1
    assert await record(database, early, late) == 1, "an older trace is news, but no step back"
    assert await record(database, early, late) == 0
    (parcel,) = await market.rows(database, Shipment)
    assert (parcel["state"], parcel["latest_text"]) == (S.IN_TRANSIT, late.text)
    assert len(await market.rows(database, ShipmentTrace)) == 2
    nobodys = Track("NOBODYS0001", [early])
    async with database.begin() as uow:
        assert await orders.record_track(uow, nobodys) == 0
    assert await record(database, trace(60 * 24 * 9, S.SIGNED)) == 0, "not from the future"


@pytest.mark.parametrize(("storage", "days"), [(StorageClass.AMBIENT, 7), (StorageClass.CHILLED, 2)])
async def test_signing_begins_a_shorter_time(
    database: Database, gateway: FakeGateway, storage: StorageClass, days: int
) -> None:
    before = await shipped(database, gateway, storage=storage)
    signed = trace(3, S.SIGNED, "已签收")
    await record(database, signed, ended=True)
    after = await market.order_of(database, before["trade_id"])
    assert after["signed_at"] == signed.at
    assert after["auto_confirm_at"] == signed.at + timedelta(days=days) < before["auto_confirm_at"]
    (parcel,) = await market.rows(database, Shipment)
    assert (parcel["state"], parcel["signed_at"], parcel["ended_at"] is not None) == (S.SIGNED, signed.at, True)


async def test_a_parcel_in_trouble_is_not_received_by_silence(database: Database, gateway: FakeGateway) -> None:
    order = await shipped(database, gateway)
    await record(database, trace(1, S.PROBLEM, "地址不详"))
    clock.advance(timedelta(days=11))
    async with database.begin() as uow:
        await orders.auto_confirm(uow, order["id"])
    waiting = await market.order_of(database, order["trade_id"])
    assert waiting["state"] is OrderState.SHIPPED
    assert waiting["auto_confirm_at"] > clock.now()
    steps = [step["event"] for step in await market.rows(database, OrderStep, order_id=order["id"])]
    assert steps.count("TRACK_PROBLEM") == 1


async def test_no_number_is_asked_about_twice_within_half_an_hour(database: Database, gateway: FakeGateway) -> None:
    await shipped(database, gateway)

    async def due() -> int:
        async with database.begin() as uow:
            return len(await delivery.claim_to_ask(uow))

    assert await due() == 0
    clock.advance(timedelta(minutes=31))
    assert (await due(), await due()) == (1, 0)
    clock.advance(timedelta(minutes=31))
    assert await due() == 1
    clock.advance(timedelta(days=31))
    assert await due() == 0, "not for ever"


# ------------------------------------------------------------------------------------------------ the webhook
def push(context: str, salt: str = SALT) -> bytes:
    row = {"time": "", "ftime": clock.now().strftime("%Y-%m-%d %H:%M:%S"), "context": context, "status": "在途"}
    result = {"nu": NUMBER, "com": "yuantong", "status": "200", "state": "0", "data": [row]}
    param = json.dumps({"status": "polling", "lastResult": result}, ensure_ascii=False)
    return urlencode({"sign": md5(f"{param}{salt}".encode()).hexdigest(), "param": param}).encode()


async def test_the_webhook_believes_only_who_knows_the_salt(
    settings: Settings, database: Database, gateway: FakeGateway, clean_redis: None
) -> None:
    await shipped(database, gateway)
    chosen = {"tracker": "kuaidi100", "kuaidi100_customer": "C", "kuaidi100_key": "K", "kuaidi100_salt": SALT}
    whole = Settings(**{**settings.model_dump(), **chosen})
    async with open_client(whole) as client:
        url = "/webhooks/kuaidi100"
        form = {"content-type": "application/x-www-form-urlencoded"}
        for body, status in ((push("x", "wrong"), 401), (b"", 401), (b"\xff" * 70_000, 413)):
            assert (await client.http.post(url, content=body, headers=form)).status_code == status
        param = "[]"
        signed = urlencode({"sign": md5(f"{param}{SALT}".encode()).hexdigest(), "param": param}).encode()
        assert (await client.http.post(url, content=signed, headers=form)).status_code == 400
        assert await market.rows(database, ShipmentTrace) == []
        for _ in range(2):
            reply = await client.http.post(url, content=push("快件到达 昆明"), headers=form)
            assert (reply.status_code, reply.json()["result"]) == (200, True)
        assert len(await market.rows(database, ShipmentTrace)) == 1
