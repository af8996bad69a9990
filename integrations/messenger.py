"""Subscribe messages behind the interface the rules define: where each leads, and what WeChat's answers mean."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from domain.messages import NoneLeft, NotSent, TryLater, Unclear, Words
from integrations.templates import NONE_LEFT, Template
from integrations.wechat import WechatApi, WechatApiError
from integrations.wechat.errors import BUSY, TOKEN_INVALID, TOO_OFTEN, UNREACHABLE
from models.messages import MessageKind

M = MessageKind
#: The page of the mini-program that a message opens.
PAGES: Mapping[MessageKind, str] = {
    M.SHIPPED: "pkg-trade/order/order",
    M.PICKUP: "pkg-trade/order/order",
    M.REFUND: "pkg-trade/order/order",
    M.AFTER_SALE: "pkg-service/case/case",
    M.GROUP: "pkg-group/group/group",
    M.BALANCE: "pkg-trade/order/order",
    M.COUPON: "pkg-coupon/mine/mine",
}
PASSING = TOO_OFTEN | TOKEN_INVALID | {BUSY}
TOO_MANY_REQUESTS = 429


class WechatMessenger:
    """`domain.messages.Messenger`; `miniprogram_state` is the release of the mini-program that a message opens."""

    def __init__(self, api: WechatApi, templates: Mapping[MessageKind, Template], miniprogram_state: str) -> None:
        self._api, self._templates, self._state = api, templates, miniprogram_state

    async def send(self, openid: str, kind: MessageKind, words: Words, subject_id: UUID | None) -> str:
        template = self._templates.get(kind)
        if template is None:
            raise NotSent("没有配置模板", 0)
        try:
            data = template.data(words.said)
        except (ValueError, KeyError) as error:
            raise NotSent(f"无法填写模板：{error}", 0) from error
        page = f"{PAGES[kind]}?id={subject_id}" if subject_id else PAGES[kind]
        try:
            return await self._api.send_message(openid, template.id, data, page=page, state=self._state)
        except WechatApiError as error:
            raise _not_sent(error) from error


def _not_sent(error: WechatApiError) -> NotSent:
    """Only a request that may have reached WeChat and has no answer is unclear."""
    told = (error.message or "微信没有说明原因", error.errcode)
    if error.errcode == NONE_LEFT:
        return NoneLeft(*told)
    if error.errcode in PASSING or not error.sent or error.http_status == TOO_MANY_REQUESTS:
        return TryLater(*told)
    return Unclear(*told) if error.errcode == UNREACHABLE else NotSent(*told)
