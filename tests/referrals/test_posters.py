"""小程序码: asked of WeChat once, kept as a picture; WeChat's refusals and silences leave nothing behind."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image
from redis.asyncio import Redis

from domain import referrals
from domain.base import NotFound, Unavailable
from integrations.scenes import WechatCodes
from integrations.wechat import WechatApi, WechatApiError
from models.catalog import Picture
from models.referrals import Channel, Inviter
from server.database import Database
from server.media import MediaStore
from server.posters import PosterDesk
from tests.factories import members, merchants
from tests.factories import orders as market
from tests.factories import referrals as made
from tests.wechat.simulator import Simulator

CALL = "POST /wxa/getwxacodeunlimit"


@pytest.fixture
async def api(wxsim: Simulator, redis_url: str, clean_redis: None) -> AsyncIterator[WechatApi]:
    cache = Redis.from_url(redis_url)
    async with WechatApi(wxsim.api_config(), cache) as client:
        yield client
    await cache.aclose()


@pytest.fixture
def desk(database: Database, api: WechatApi, tmp_path: Path) -> PosterDesk:
    return PosterDesk(database, WechatCodes(api), MediaStore(tmp_path / "media"))


async def test_a_code_is_a_picture_and_a_refusal_is_none(wxsim: Simulator, api: WechatApi) -> None:
    with Image.open(io.BytesIO(await api.unlimited_code("r=ABCDEFGH", "pkg-invite/landing/landing"))) as picture:
        assert picture.width == picture.height >= 200
    for scene, page, errcode in (
        ("", "pages/home/home", 40169),
        ("r" * 33, "pages/home/home", 40169),
        ("r=中文", "pages/home/home", 40169),
        ("r=A", "/pages/home/home", 41030),
    ):
        with pytest.raises(WechatApiError) as refused:
            await api.unlimited_code(scene, page)
        assert refused.value.errcode == errcode
    await wxsim.fault(CALL, "errcode:40001", times=1)
    assert await api.unlimited_code("c=ABCDEFGH", "pages/home/home"), "with a new token"


async def test_a_members_code_is_drawn_once(database: Database, desk: PosterDesk, wxsim: Simulator) -> None:
    who = await members.member(database)
    with pytest.raises(NotFound):
        await desk.of_member(who)
    await made.scene_of(database, who)
    keys = await asyncio.gather(*(desk.of_member(who) for _ in range(3)))
    assert len(set(keys)) == 1
    before = await wxsim.calls(CALL)
    assert await desk.of_member(who) == keys[0]
    assert await wxsim.calls(CALL) == before
    (row,) = await market.rows(database, Inviter)
    (kept,) = await market.rows(database, Picture)
    assert row["picture_key"] == kept["key"] == keys[0]


async def test_silence_leaves_nothing_and_asking_again_works(
    database: Database, desk: PosterDesk, wxsim: Simulator
) -> None:
    async with database.begin() as uow:
        id = await referrals.open_channel(uow, merchants.operator(), "火车站")
    await wxsim.fault(CALL, "errcode:-1", times=-1)
    with pytest.raises(Unavailable):
        await desk.of_channel(id)
    assert (await market.row(database, Channel, id))["picture_key"] is None
    await wxsim.reset()
    key = await desk.of_channel(id)
    assert (await market.row(database, Channel, id))["picture_key"] == key
