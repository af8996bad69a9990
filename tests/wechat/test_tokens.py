"""The access token of the mini-program server API: one for everybody, replaced before and when it ends."""

import asyncio
import dataclasses
from typing import Any

import pytest
from redis.asyncio import Redis

from integrations.wechat import (
    WechatApi,
    WechatApiConfig,
    WechatApiError,
)
from integrations.wechat.token import FreshToken, TokenStore
from tests.wechat.builders import OPENID
from tests.wechat.simulator import Simulator

TOKEN = "POST /cgi-bin/stable_token"
PHONE = "POST /wxa/business/getuserphonenumber"


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
