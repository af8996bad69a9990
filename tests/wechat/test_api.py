"""The mini-program server API: one token for everybody, single-use codes, and shipping uploads that repeat safely."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from redis.asyncio import Redis

from integrations.wechat import (
    DeliveryMode,
    LoginRefused,
    LogisticsType,
    OrderKey,
    OrderState,
    Parcel,
    Shipment,
    ShippingRefused,
    Uploaded,
    WechatApi,
    WechatApiConfig,
    WechatApiError,
)
from integrations.wechat.errors import UNREACHABLE
from integrations.wechat.shipping import mask, shorten
from integrations.wechat.token import FreshToken, TokenStore
from integrations.wechatpay import CombinedState, RefundRequest, WechatPay
from tests.wechat.builders import NOWHERE, OPENID, combined, number
from tests.wechat.simulator import Simulator

TOKEN = "POST /cgi-bin/stable_token"
PHONE = "POST /wxa/business/getuserphonenumber"
UPLOAD = "POST /wxa/sec/order/upload_shipping_info"
NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


@pytest.fixture
async def cache(redis_url: str, clean_redis: None) -> AsyncIterator[Redis]:
    client = Redis.from_url(redis_url)
    yield client
    await client.aclose()


@pytest.fixture
async def api(wxsim: Simulator, cache: Redis) -> AsyncIterator[WechatApi]:
    async with WechatApi(wxsim.api_config(), cache) as client:
        yield client


# -- token


async def test_fifty_callers_in_five_processes_make_one_token_request(wxsim: Simulator, cache: Redis) -> None:
    codes = [await wxsim.phone_code(OPENID) for _ in range(50)]
    await wxsim.fault(TOKEN, "slow:0.3s")
    clients = [WechatApi(wxsim.api_config(), cache) for _ in range(5)]  # separate clients share only Redis
    try:
        phones = await asyncio.gather(*(clients[at % 5].phone_number(code) for at, code in enumerate(codes)))
    finally:
        for client in clients:
            await client.aclose()
    assert len({phone.number for phone in phones}) == 1
    assert await wxsim.calls(TOKEN) == 1
    assert await wxsim.calls(PHONE) == 50


async def test_token_forever_refused_ends_after_two_calls(wxsim: Simulator, api: WechatApi) -> None:
    await wxsim.fault(PHONE, "errcode:40001", times=-1)
    with pytest.raises(WechatApiError) as refused:
        await api.phone_number("x")
    assert refused.value.errcode == 40001
    assert await wxsim.calls(PHONE) == 2


@pytest.mark.parametrize("errcode", [40001, 40014, 42001])
async def test_token_refused_once_is_replaced(wxsim: Simulator, api: WechatApi, errcode: int) -> None:
    code = await wxsim.phone_code(OPENID, "13811112222")
    await wxsim.fault(PHONE, f"errcode:{errcode}")
    assert (await api.phone_number(code)).number == "13811112222"
    assert await wxsim.calls(TOKEN) == 2


async def test_token_revoked_by_wechat_is_replaced(wxsim: Simulator, api: WechatApi) -> None:
    assert await api.phone_number(await wxsim.phone_code(OPENID))
    await wxsim.control("token.revoke")
    assert await api.phone_number(await wxsim.phone_code(OPENID))


async def test_expired_token_is_replaced(wxsim: Simulator, api: WechatApi) -> None:
    assert await api.phone_number(await wxsim.phone_code(OPENID))
    await wxsim.advance(7201)
    assert await api.phone_number(await wxsim.phone_code(OPENID))
    assert await wxsim.calls(TOKEN) == 2


async def test_a_newer_token_is_not_dropped_for_an_older_one(wxsim: Simulator, cache: Redis, api: WechatApi) -> None:
    """Somebody else has already replaced the token that failed: theirs is used, none is fetched."""
    assert await api.phone_number(await wxsim.phone_code(OPENID))
    key = f"wechat:token:{wxsim.keys.appid}"
    good = await cache.get(key)
    await api._tokens.drop("an older one")
    assert await cache.get(key) == good
    await api._tokens.drop(good.decode())
    assert await cache.get(key) is None


async def test_token_is_kept_shorter_than_it_lives(wxsim: Simulator, cache: Redis, api: WechatApi) -> None:
    assert await api.phone_number(await wxsim.phone_code(OPENID))
    assert 6890 <= await cache.ttl(f"wechat:token:{wxsim.keys.appid}") <= 6900
    assert await cache.exists(f"wechat:token-lock:{wxsim.keys.appid}") == 0


async def test_lock_of_a_dead_process_is_outlived(wxsim: Simulator, cache: Redis, api: WechatApi) -> None:
    await cache.set(f"wechat:token-lock:{wxsim.keys.appid}", "a process that died", px=300)
    assert await api.phone_number(await wxsim.phone_code(OPENID))


class JustBefore:
    """A Redis in which another process fills the cache and lets go of the lock just before ours is taken."""

    def __init__(self, redis: Redis, key: str) -> None:
        self._redis, self._key = redis, key

    async def set(self, name: str, value: str, **options: Any) -> Any:
        if options.get("nx"):
            await self._redis.set(self._key, "theirs")
        return await self._redis.set(name, value, **options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._redis, name)


async def test_a_token_that_came_while_locking_is_used(cache: Redis) -> None:
    async def fetch() -> FreshToken:
        raise AssertionError("there is one already")

    store = TokenStore(JustBefore(cache, "wechat:token:wx1"), "wx1", fetch)  # type: ignore[arg-type]
    assert await store.get() == "theirs"
    assert await cache.exists("wechat:token-lock:wx1") == 0


async def test_same_token_until_five_minutes_before_its_end_then_both_work(wxsim: Simulator, cache: Redis) -> None:
    async with WechatApi(wxsim.api_config(), cache) as client:
        first = await client._stable_token()
        await wxsim.advance(6800)
        assert (await client._stable_token()).value == first.value
        await wxsim.advance(150)
        second = await client._stable_token()
        assert second.value != first.value
        for token in (first, second):
            await cache.set(f"wechat:token:{wxsim.keys.appid}", token.value)
            assert await client.phone_number(await wxsim.phone_code(OPENID))


@pytest.mark.parametrize(("field", "errcode"), [("secret", 40125), ("appid", 40013)])
async def test_wrong_credentials_are_said_so(wxsim: Simulator, cache: Redis, field: str, errcode: int) -> None:
    config: WechatApiConfig = dataclasses.replace(wxsim.api_config(), **{field: "wxffffffffffffffff"})
    async with WechatApi(config, cache) as client:
        with pytest.raises(WechatApiError) as refused:
            await client.phone_number("x")
    assert refused.value.errcode == errcode
    assert "wxffffffffffffffff" not in repr(config) or field == "appid"


# -- login and phone


async def test_login_code_is_good_once(wxsim: Simulator, api: WechatApi) -> None:
    code = await wxsim.login_code("oSomebody0001", "小杨")
    session = await api.code2session(code)
    assert session.openid == "oSomebody0001"
    assert session.session_key not in repr(session)
    with pytest.raises(LoginRefused) as used:
        await api.code2session(code)
    assert used.value.errcode == 40163
    assert await wxsim.calls(TOKEN) == 0, "login needs no access token"


async def test_login_code_lives_five_minutes(wxsim: Simulator, api: WechatApi) -> None:
    code = await wxsim.login_code(OPENID)
    await wxsim.advance(301)
    with pytest.raises(LoginRefused) as late:
        await api.code2session(code)
    assert late.value.errcode == 40029


async def test_codes_of_one_kind_do_not_open_the_other_door(wxsim: Simulator, api: WechatApi) -> None:
    with pytest.raises(LoginRefused):
        await api.code2session(await wxsim.phone_code(OPENID))
    with pytest.raises(LoginRefused):
        await api.phone_number(await wxsim.login_code(OPENID))
    with pytest.raises(LoginRefused):
        await api.code2session("")


async def test_login_is_never_sent_twice(wxsim: Simulator, api: WechatApi) -> None:
    """A single-use code spent in a lost reply is spent: repeating would only blame the user."""
    code = await wxsim.login_code(OPENID)
    await wxsim.fault("GET /sns/jscode2session", "accept_then_reset")
    with pytest.raises(WechatApiError) as lost:
        await api.code2session(code)
    assert (lost.value.errcode, lost.value.worth_repeating) == (UNREACHABLE, True)
    assert await wxsim.calls("GET /sns/jscode2session") == 1


@pytest.mark.parametrize(("errcode", "repeat"), [(-1, True), (45011, True), (40226, False)])
async def test_what_may_be_repeated(wxsim: Simulator, api: WechatApi, errcode: int, repeat: bool) -> None:
    await wxsim.fault("GET /sns/jscode2session", f"errcode:{errcode}")
    with pytest.raises(WechatApiError) as refused:
        await api.code2session("x")
    assert (refused.value.errcode, refused.value.worth_repeating) == (errcode, repeat)


async def test_a_broken_reply_is_unreachable(wxsim: Simulator, api: WechatApi) -> None:
    await wxsim.fault("GET /sns/jscode2session", "http500")
    with pytest.raises(WechatApiError) as broken:
        await api.code2session("x")
    assert (broken.value.errcode, broken.value.http_status) == (UNREACHABLE, 500)


# -- shipping


@pytest.fixture
async def bought(wxsim: Simulator, wechat_pay: WechatPay) -> CombinedState:
    """A paid combined order of two shops, old enough for the shipping service to know it."""
    order = combined(3980, 19800)
    await wechat_pay.prepay_combined(order)
    await wxsim.user_pays(order.combine_out_trade_no, lose_notice=True)
    await wxsim.advance(61)
    state = await wechat_pay.query_combined(order.combine_out_trade_no)
    assert state is not None
    return state


def parcel(tracking_no: str = "YT0000000000001", company: str = "YTO", contact: str | None = None) -> Parcel:
    return Parcel("昭通苹果5kg*1", tracking_no, company, receiver_contact=contact)


def shipment(state: CombinedState, at: int = 0, *parcels: Parcel, split_done: bool | None = None) -> Shipment:
    return Shipment(
        order_key=OrderKey(transaction_id=state.sub_orders[at].transaction_id),
        logistics_type=LogisticsType.EXPRESS,
        parcels=parcels or (parcel(),),
        delivery_mode=DeliveryMode.UNIFIED if split_done is None else DeliveryMode.SPLIT,
        is_all_delivered=split_done,
    )


async def refusal(call: object) -> ShippingRefused:
    with pytest.raises(ShippingRefused) as refused:
        await call  # type: ignore[misc]
    return refused.value


async def test_upload_waits_for_the_payment_to_arrive(wxsim: Simulator, wechat_pay: WechatPay, api: WechatApi) -> None:
    order = combined(100)
    await wechat_pay.prepay_combined(order)
    await wxsim.user_pays(order.combine_out_trade_no, lose_notice=True)
    state = await wechat_pay.query_combined(order.combine_out_trade_no)
    assert state is not None
    early = await refusal(api.upload_shipping_info(shipment(state), openid=OPENID, upload_time=NOW))
    assert (early.errcode, early.not_yet, early.final) == (10060001, True, False)
    assert await api.get_order(transaction_id=state.sub_orders[0].transaction_id) is None
    await wxsim.advance(61)
    assert await api.upload_shipping_info(shipment(state), openid=OPENID, upload_time=NOW) is Uploaded.DONE


async def test_upload_is_seen_and_repeats_safely(api: WechatApi, bought: CombinedState) -> None:
    sub = bought.sub_orders[0]
    known = await api.get_order(transaction_id=sub.transaction_id)
    assert known is not None
    assert (known.order_state, known.finish_shipping, known.parcels) == (OrderState.TO_SHIP, False, ())

    assert await api.upload_shipping_info(shipment(bought), openid=OPENID, upload_time=NOW) is Uploaded.DONE
    assert await api.upload_shipping_info(shipment(bought), openid=OPENID, upload_time=NOW) is Uploaded.ALREADY
    known = await api.get_order(
        merchant_id=sub.mchid, sub_merchant_id=sub.sub_mchid, merchant_trade_no=sub.out_trade_no
    )
    assert known is not None
    assert (known.order_state, known.finish_shipping_count) == (OrderState.SHIPPED, 1)
    assert (known.paid_amount, known.openid) == (3980, OPENID)
    assert [(p.tracking_no, p.express_company, p.upload_time) for p in known.parcels] == [
        ("YT0000000000001", "YTO", NOW)
    ]


@pytest.mark.parametrize("kind", ["accept_then_timeout", "accept_then_reset"])
async def test_upload_done_but_unsaid_is_already(
    wxsim: Simulator, api: WechatApi, bought: CombinedState, kind: str
) -> None:
    await wxsim.fault(UPLOAD, kind)
    assert await api.upload_shipping_info(shipment(bought), openid=OPENID, upload_time=NOW) is Uploaded.ALREADY
    (shipping,) = (await wxsim.dump())["shippings"]
    assert shipping["uploads"] == 1


async def test_exactly_one_correction(api: WechatApi, bought: CombinedState) -> None:
    def corrected(at: int) -> Shipment:
        return shipment(bought, 0, parcel(f"YT000000000000{at}"))

    async def upload(at: int, when: datetime) -> Uploaded:
        return await api.upload_shipping_info(corrected(at), openid=OPENID, upload_time=when)

    assert await upload(1, NOW) is Uploaded.DONE
    stale = await refusal(upload(2, NOW))
    assert stale.errcode == 268485216, "upload_time must grow"
    assert await upload(2, NOW + timedelta(milliseconds=1)) is Uploaded.DONE
    spent = await refusal(upload(3, NOW + timedelta(seconds=2)))
    assert (spent.errcode, spent.final, spent.not_yet) == (10060003, True, False)


async def test_combined_upload_ships_shop_by_shop(api: WechatApi, bought: CombinedState) -> None:
    whole = OrderKey(transaction_id=bought.transaction_id)

    async def upload(when: datetime, *parts: Shipment) -> Uploaded:
        return await api.upload_combined_shipping_info(whole, parts, openid=OPENID, upload_time=when)

    first, second = shipment(bought, 0), shipment(bought, 1, parcel("SF1234567890", "SF", "13800000001"))
    assert await upload(NOW, first) is Uploaded.DONE
    assert await upload(NOW + timedelta(seconds=1), first, second) is Uploaded.DONE
    assert await upload(NOW + timedelta(seconds=2), first, second) is Uploaded.ALREADY
    for sub in bought.sub_orders:
        known = await api.get_order(transaction_id=sub.transaction_id)
        assert known is not None
        assert (known.order_state, known.finish_shipping_count) == (OrderState.SHIPPED, 1)


async def test_combined_upload_by_our_own_numbers(wxsim: Simulator, api: WechatApi, bought: CombinedState) -> None:
    whole = OrderKey(mchid=bought.mchid, out_trade_no=bought.combine_out_trade_no)
    parts = [
        dataclasses.replace(shipment(bought, at), order_key=OrderKey(mchid=sub.mchid, out_trade_no=sub.out_trade_no))
        for at, sub in enumerate(bought.sub_orders)
    ]
    done = await api.upload_combined_shipping_info(whole, parts, openid=OPENID, upload_time=NOW)
    assert done is Uploaded.DONE
    assert len((await wxsim.dump())["shippings"]) == 2


async def test_either_upload_may_be_the_one_wechat_takes(
    wxsim: Simulator, api: WechatApi, bought: CombinedState
) -> None:
    whole = OrderKey(transaction_id=bought.transaction_id)
    await wxsim.control("shipping.policy", mode="sub")
    refused = await refusal(
        api.upload_combined_shipping_info(whole, [shipment(bought)], openid=OPENID, upload_time=NOW)
    )
    assert refused.not_yet, "indistinguishable from a payment not yet known: fall back after a while"
    assert await api.upload_shipping_info(shipment(bought), openid=OPENID, upload_time=NOW) is Uploaded.DONE
    await wxsim.control("shipping.policy", mode="combined")
    assert (await refusal(api.upload_shipping_info(shipment(bought, 1), openid=OPENID, upload_time=NOW))).not_yet


async def test_split_delivery_ends_once(api: WechatApi, bought: CombinedState) -> None:
    async def upload(seconds: int, no: str, *, done: bool) -> Uploaded:
        part = shipment(bought, 0, parcel(no), split_done=done)
        when = NOW + timedelta(seconds=seconds)
        return await api.upload_shipping_info(part, openid=OPENID, upload_time=when)

    assert await upload(0, "YT01", done=False) is Uploaded.DONE
    known = await api.get_order(transaction_id=bought.sub_orders[0].transaction_id)
    assert known is not None
    assert known.order_state is OrderState.TO_SHIP
    assert await upload(1, "YT02", done=True) is Uploaded.DONE
    known = await api.get_order(transaction_id=bought.sub_orders[0].transaction_id)
    assert known is not None
    assert [p.tracking_no for p in known.parcels] == ["YT01", "YT02"]
    assert await upload(2, "YT03", done=False) is Uploaded.ALREADY, "10060002: shipping was complete"


async def test_what_the_service_refuses(api: WechatApi, bought: CombinedState) -> None:
    async def code_of(part: Shipment, openid: str = OPENID) -> int:
        return (await refusal(api.upload_shipping_info(part, openid=openid, upload_time=NOW))).errcode

    whole = shipment(bought)
    assert await code_of(whole, "oSomebodyElse1") == 10060031
    assert await code_of(shipment(bought, 0, parcel(company="SF"))) == 10060014, "SF needs a contact"
    assert await code_of(shipment(bought, 0, parcel(tracking_no=""))) == 268485226
    assert await code_of(shipment(bought, 0, parcel(company=""))) == 268485227
    assert await code_of(shipment(bought, 0, Parcel("", "YT1", "YTO"))) == 10060008
    assert await code_of(shipment(bought, 0, parcel(), parcel("YT2"))) == 268485228
    assert await code_of(dataclasses.replace(whole, delivery_mode=DeliveryMode.SPLIT)) == 10060007
    same_city = dataclasses.replace(shipment(bought, split_done=True), logistics_type=LogisticsType.SAME_CITY)
    assert await code_of(same_city) == 10060006
    assert await code_of(dataclasses.replace(whole, order_key=OrderKey(transaction_id="42000000"))) == 10060001
    assert await code_of(dataclasses.replace(whole, order_key=OrderKey(mchid="1900000001"))) == 268485197


async def test_pickup_needs_no_tracking_number(api: WechatApi, bought: CombinedState) -> None:
    pickup = dataclasses.replace(shipment(bought, 0, Parcel("小草坝天麻250g")), logistics_type=LogisticsType.PICKUP)
    assert await api.upload_shipping_info(pickup, openid=OPENID, upload_time=NOW) is Uploaded.DONE


async def test_refunded_and_received_orders_take_no_upload(
    wxsim: Simulator, wechat_pay: WechatPay, api: WechatApi, bought: CombinedState
) -> None:
    first, second = bought.sub_orders
    request = RefundRequest(first.sub_mchid, number("R"), first.total, first.total, NOWHERE, first.transaction_id)
    await wechat_pay.refund(request)
    await wxsim.advance(4)
    gone = await refusal(api.upload_shipping_info(shipment(bought), openid=OPENID, upload_time=NOW))
    assert (gone.errcode, gone.ask_first) == (10060004, True)
    await wxsim.control("order.confirm_receive", transaction_id=second.transaction_id)
    known = await api.get_order(transaction_id=second.transaction_id)
    assert known is not None
    assert known.order_state is OrderState.RECEIVED


async def test_upload_survives_a_replaced_token(wxsim: Simulator, api: WechatApi, bought: CombinedState) -> None:
    assert await api.get_order(transaction_id=bought.sub_orders[0].transaction_id)
    await wxsim.control("token.revoke")
    assert await api.upload_shipping_info(shipment(bought), openid=OPENID, upload_time=NOW) is Uploaded.DONE


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13800000001", "138****0001"),
        ("138****0001", "138****0001"),
        ("0870-2123456", "087****3456"),
        ("12315", "****2315"),
    ],
)
def test_contacts_are_masked_but_for_the_last_four(phone: str, masked: str) -> None:
    assert mask(phone) == masked


def test_long_descriptions_are_shortened() -> None:
    assert len(shorten("苹" * 200)) == 120
    assert shorten("苹" * 200).endswith("...")
    assert shorten("苹" * 120) == "苹" * 120
