"""Subscribe messages: one acceptance is one message, values are checked type by type, and events tell how it went."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from starlette.routing import Route

from .pushes import SENDER, Pusher
from .store import Table
from .tokens import Errcode, api_route
from .world import World

MOST_TRIES = 4
#: What each template of the simulated mini-program is called, and its keys in the order they are shown.
TEMPLATES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "SHIPPED": (
        "发货通知",
        {"character_string1": "订单编号", "thing2": "商品名称", "thing3": "快递公司", "time4": "发货时间"},
    ),
    "PICKUP": (
        "取货提醒",
        {"character_string1": "订单编号", "thing2": "商品名称", "thing3": "自提点", "time4": "截止时间"},
    ),
    "REFUND": (
        "退款到账通知",
        {"character_string1": "订单编号", "thing2": "商品名称", "amount3": "退款金额", "time4": "退款时间"},
    ),
    "AFTER_SALE": (
        "售后进度通知",
        {"character_string1": "售后单号", "thing2": "商品名称", "phrase3": "处理结果", "time4": "处理时间"},
    ),
    "GROUP": (
        "拼团结果通知",
        {"thing1": "活动名称", "phrase2": "拼团结果", "thing3": "温馨提示", "time4": "结束时间"},
    ),
    "BALANCE": (
        "尾款支付提醒",
        {"character_string1": "订单编号", "thing2": "商品名称", "amount3": "尾款金额", "time4": "截止时间"},
    ),
    "COUPON": ("优惠券到期提醒", {"thing1": "优惠券", "time2": "到期时间", "thing3": "温馨提示"}),
}
DAY = r"20\d\d年(1[0-2]|[1-9])月(3[01]|[12]\d|[1-9])日"
SHAPES: Mapping[str, re.Pattern[str]] = {
    "thing": re.compile(r"[^\r\n]{1,20}"),
    "character_string": re.compile(r"[\x21-\x7e]{1,32}"),
    "amount": re.compile(r"[¥￥$€]?(?=(?:\d\.?){1,10}$)\d+(\.\d{1,2})?元?"),
    "phrase": re.compile(r"[\u4e00-\u9fff]{1,5}"),
    "time": re.compile(rf"({DAY} )?([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?|{DAY}"),
    "date": re.compile(rf"{DAY}( ([01]\d|2[0-3]):[0-5]\d)?"),
    "number": re.compile(r"\d{1,32}(\.\d+)?"),
    "name": re.compile(r"[\u4e00-\u9fff]{1,10}|[A-Za-z .]{1,20}"),
    "phone_number": re.compile(r"[\d+-]{1,17}"),
}


@dataclass
class Allowance:
    """How many messages of a template a user still allows; `blocked` by the switch in WeChat's settings."""

    openid: str
    template_id: str
    left: int = 0
    blocked: bool = False

    @property
    def key(self) -> str:
        return f"{self.openid} {self.template_id}"


@dataclass
class SentMessage:
    """A message as it lies among a user's 服务通知."""

    msgid: str
    openid: str
    template_id: str
    page: str
    data: dict[str, str]
    sent_at: datetime

    @property
    def key(self) -> str:
        return self.msgid


@dataclass
class PushedEvent:
    """An event on its way; `due_at` is None once it was taken, or given up."""

    id: str
    event: dict[str, Any]
    due_at: datetime | None
    tries: int = 0

    @property
    def key(self) -> str:
        return self.id


@dataclass
class MessagePolicy:
    """Whether events get lost, come several times, or say `arrival` of the next messages: a code and its words."""

    drop: bool = False
    duplicate: int = 0
    arrival: tuple[int, str] = (0, "success")


class MessagesSim:
    def __init__(self, world: World, pusher: Pusher) -> None:
        self._world, self._pusher = world, pusher
        self.allowances = Table(world.store, Allowance)
        self.sent = Table(world.store, SentMessage)
        self.events = Table(world.store, PushedEvent, lambda event: event.due_at is not None)
        self.policy = MessagePolicy()
        self.names = {id: name for name, id in world.keys.templates.items()}

    def routes(self) -> list[Route]:
        return [api_route("/cgi-bin/message/subscribe/send", lambda world, body: self._send(body))]

    def reset(self) -> None:
        for table in (self.allowances, self.sent, self.events):
            table.clear()
        self.policy = MessagePolicy()

    # -- the call

    def _send(self, body: Mapping[str, Any]) -> dict[str, Any]:
        openid, template_id, page = (str(body.get(name) or "") for name in ("touser", "template_id", "page"))
        if not re.fullmatch(r"[A-Za-z0-9_-]{6,128}", openid):
            raise Errcode(40003, "invalid openid")
        if template_id not in self.names:
            raise Errcode(40037, "invalid template_id")
        if page.startswith("/") or len(page) > 1024:
            raise Errcode(41030, "invalid page")
        if body.get("miniprogram_state", "formal") not in ("formal", "trial", "developer"):
            raise Errcode(40097, "invalid args")
        data = self._checked(TEMPLATES[self.names[template_id]][1], body.get("data"))
        allowed = self._allowance(openid, template_id)
        if allowed.blocked or allowed.left < 1:
            raise Errcode(43101, "user refuse to accept the msg")
        allowed.left -= 1
        self.allowances.put(allowed)
        message = SentMessage(self._msgid(), openid, template_id, page, data, self._world.clock.now())
        self.sent.put(message)
        code, words = self.policy.arrival
        told = {"MsgID": message.msgid, "ErrorCode": str(code), "ErrorStatus": words}
        self._tell(openid, "subscribe_msg_sent_event", [{"TemplateId": template_id, **told}])
        return {"msgid": int(message.msgid)}

    def _checked(self, keys: Mapping[str, str], data: Any) -> dict[str, str]:
        """All keys and no others, each with a value of its type; `argument invalid! data.thing2.value` else."""
        if not isinstance(data, dict) or data.keys() != keys.keys():
            raise Errcode(47003, "argument invalid! data keys do not match the template")
        found: dict[str, str] = {}
        for key, given in data.items():
            value = given.get("value") if isinstance(given, dict) else None
            shape = SHAPES[key.rstrip("0123456789")]
            too_long = isinstance(value, str) and key.startswith("thing") and len(value.encode("utf-16-le")) > 40
            if not isinstance(value, str) or not shape.fullmatch(value) or too_long:
                raise Errcode(47003, f"argument invalid! data.{key}.value invalid")
            found[key] = value
        return found

    def _allowance(self, openid: str, template_id: str) -> Allowance:
        found = self.allowances.get(f"{openid} {template_id}")
        return found or Allowance(openid, template_id)

    def _msgid(self) -> str:
        return str(10**18 + secrets.randbelow(9 * 10**18))

    # -- the user

    def answer(self, openid: str, answers: Mapping[str, str]) -> None:
        """What follows on `requestSubscribeMessage`: each template by name or id, `accept` or `reject`."""
        told = []
        for name, answer in answers.items():
            template_id = self._id(name)
            if answer not in ("accept", "reject", "ban"):
                raise ValueError(f"no such answer: {answer}")
            if answer == "accept":
                allowed = self._allowance(openid, template_id)
                allowed.left, allowed.blocked = allowed.left + 1, False
                self.allowances.put(allowed)
            told.append({"TemplateId": template_id, "SubscribeStatusString": answer, "PopupScene": "0"})
        self._tell(openid, "subscribe_msg_popup_event", told)

    def switch_off(self, openid: str, templates: Sequence[str]) -> None:
        """The user forbids these in WeChat's own settings; what was accepted before is gone."""
        told = []
        for name in templates:
            allowed = self._allowance(openid, self._id(name))
            allowed.left, allowed.blocked = 0, True
            self.allowances.put(allowed)
            told.append({"TemplateId": allowed.template_id, "SubscribeStatusString": "reject"})
        self._tell(openid, "subscribe_msg_change_event", told)

    def _id(self, name: str) -> str:
        template_id = self._world.keys.templates.get(name, name)
        if template_id not in self.names:
            raise LookupError(f"no such template: {name}")
        return template_id

    # -- the push

    def _tell(self, openid: str, event: str, told: list[dict[str, str]]) -> None:
        """WeChat writes a list of one as the one itself."""
        made = {"ToUserName": SENDER, "FromUserName": openid, "MsgType": "event", "Event": event}
        made |= {"CreateTime": str(int(self._world.clock.now().timestamp()))}
        whole = {**made, "List": told[0] if len(told) == 1 else told}
        self.events.put(PushedEvent(secrets.token_hex(8), whole, self._world.clock.now()))

    async def push_due(self) -> None:
        if not self._pusher.url:
            return
        now = self._world.clock.now()
        for event in [each for each in self.events.waiting() if each.due_at and each.due_at <= now]:
            event.tries += 1
            copies = 1 + self.policy.duplicate
            taken = self.policy.drop or await self._pusher.send(event.event, copies=copies)
            again = None if taken or event.tries >= MOST_TRIES else self._world.clock.now() + timedelta(seconds=5)
            event.due_at = again
            self.events.put(event)
