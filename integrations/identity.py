"""Signing in with WeChat behind the interface the rules define."""

from __future__ import annotations

from domain.base import Invalid, Refusal, Unavailable
from domain.members.signing_in import WechatAccount
from integrations.wechat import LoginRefused, WechatApi, WechatApiError


class WechatLogin:
    """`domain.members.signing_in.WechatIdentity` over the mini-program's server API."""

    def __init__(self, api: WechatApi) -> None:
        self._api = api

    async def account_of(self, code: str) -> WechatAccount:
        try:
            session = await self._api.code2session(code)
        except WechatApiError as error:
            raise _refusal(error) from error
        return WechatAccount(session.openid, session.unionid)

    async def phone_of(self, code: str) -> str:
        try:
            phone = await self._api.phone_number(code)
        except WechatApiError as error:
            raise _refusal(error) from error
        return f"+{phone.country_code}{phone.number}"


def _refusal(error: WechatApiError) -> Refusal:
    if isinstance(error, LoginRefused):
        return Invalid("微信授权已失效，请重新授权", field="code")
    return Unavailable("微信暂时没有响应，请稍后再试")
