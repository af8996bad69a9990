"""Subscribe messages behind the interface the rules define: the words of each kind, and what WeChat's answers mean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from domain.messages import NoneLeft, NotSent, TryLater, Unclear, Words
from integrations.wechat import WechatApi, WechatApiError
from integrations.wechat.errors import BUSY, TOKEN_INVALID, TOO_OFTEN, UNREACHABLE
from integrations.wechat.messages import NONE_LEFT, Template, read_template
from models.base import Fen
from models.messages import MessageKind

M = MessageKind
#: What can be said of each kind, by the names the settings know it by.
WORDS: Mapping[MessageKind, Mapping[str, type]] = {
    M.SHIPPED: {"number": str, "goods": str, "carrier": str, "time": datetime},
    M.PICKUP: {"number": str, "goods": str, "place": str, "until": datetime},
    M.REFUND: {"number": str, "goods": str, "amount": Fen, "time": datetime},
    M.AFTER_SALE: {"number": str, "goods": str, "result": str, "time": datetime},
    M.GROUP: {"number": str, "goods": str, "result": str, "note": str, "time": datetime},
    M.BALANCE: {"number": str, "goods": str, "amount": Fen, "until": datetime},
    M.COUPON: {"goods": str, "until": datetime, "note": str},
}
#: Where they stand in a template whose keys are not given.
USUAL: Mapping[MessageKind, Mapping[str, str]] = {
    M.SHIPPED: {"number": "character_string1", "goods": "thing2", "carrier": "thing3", "time": "time4"},
    M.PICKUP: {"number": "character_string1", "goods": "thing2", "place": "thing3", "until": "time4"},
    M.REFUND: {"number": "character_string1", "goods": "thing2", "amount": "amount3", "time": "time4"},
    M.AFTER_SALE: {"number": "character_string1", "goods": "thing2", "result": "phrase3", "time": "time4"},
    M.GROUP: {"goods": "thing1", "result": "phrase2", "note": "thing3", "time": "time4"},
    M.BALANCE: {"number": "character_string1", "goods": "thing2", "amount": "amount3", "until": "time4"},
    M.COUPON: {"goods": "thing1", "until": "time2", "note": "thing3"},
}
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


def template_of(kind: MessageKind, text: str) -> Template:
    """The template a setting names; ValueError for a mistake."""
    return read_template(text, WORDS[kind], USUAL[kind])


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
