"""小程序码 behind the interface the rules define."""

from __future__ import annotations

from domain.base import Unavailable
from integrations.wechat import WechatApi, WechatApiError


class WechatCodes:
    """`domain.referrals.Coder` over the mini-program's server API."""

    def __init__(self, api: WechatApi) -> None:
        self._api = api

    async def code_of(self, scene: str, page: str) -> bytes:
        try:
            return await self._api.unlimited_code(scene, page)
        except WechatApiError as error:
            raise Unavailable("微信暂时没有响应，请稍后再试") from error
