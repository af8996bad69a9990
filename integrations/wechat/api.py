"""The mini-program server API (api.weixin.qq.com): login, phone number, content security, messages, order shipping."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urlencode

import httpx
from redis.asyncio import Redis

from integrations.http import Manners, OutboundClient, Unreachable

from .content import MOST_LETTERS, TextJudged
from .errors import (
    BAD_LOGIN_CODE,
    HIGH_RISK_USER,
    TOKEN_INVALID,
    UNREACHABLE,
    LoginRefused,
    ShippingRefused,
    WechatApiError,
)
from .shipping import OrderKey, Shipment, ShippingOrder, Uploaded, upload_stamp
from .token import FreshToken, TokenStore

# What JPEG and PNG begin with.
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
CODE_WIDTH = 430
Answer = TypeVar("Answer")
_ALREADY_SHIPPED = (10060002, 10060023)


@dataclass(frozen=True)
class WechatApiConfig:
    base_url: str
    appid: str
    secret: str = field(repr=False)
    manners: Manners = field(default_factory=Manners)


@dataclass(frozen=True)
class Session:
    """Who logged in. `session_key` stays on the server, stored encrypted or not at all."""

    openid: str
    session_key: str = field(repr=False)
    unionid: str | None = None


@dataclass(frozen=True)
class PhoneNumber:
    """A phone number the user agreed to give: `number` without country code, `country_code` like "86"."""

    number: str = field(repr=False)
    country_code: str = "86"


class WechatApi:
    """One instance per process; close it with `aclose()` or use it as an async context manager."""

    def __init__(self, config: WechatApiConfig, redis: Redis) -> None:
        self.config = config
        self._http = OutboundClient(config.base_url, manners=config.manners)
        self._tokens = TokenStore(redis, config.appid, self._stable_token)

    # -- login

    async def code2session(self, js_code: str) -> Session:
        """Exchanges a `wx.login` code. Never repeated: the code is single-use, a second try would only say "used"."""
        query = {"appid": self.config.appid, "secret": self.config.secret, "js_code": js_code}
        path = f"/sns/jscode2session?{urlencode({**query, 'grant_type': 'authorization_code'})}"
        raw = await self._login("GET", path, None)
        return Session(str(_need(raw, "openid")), str(_need(raw, "session_key")), raw.get("unionid") or None)

    async def phone_number(self, code: str) -> PhoneNumber:
        """Exchanges the code of a `getPhoneNumber` button (not the login code). Each success costs money."""
        raw = await self._with_token("/wxa/business/getuserphonenumber", {"code": code}, idempotent=False)
        info = _need(raw, "phone_info")
        return PhoneNumber(str(_need(info, "purePhoneNumber")), str(info.get("countryCode") or "86"))

    # -- content security

    async def msg_sec_check(self, content: str, *, openid: str, scene: int) -> TextJudged:
        """WeChat's opinion of a text of at most 2500 letters, by somebody who was here within two hours."""
        body = {"version": 2, "openid": openid, "scene": scene, "content": content[:MOST_LETTERS]}
        raw = await self._with_token("/wxa/msg_sec_check", body, idempotent=True)
        try:
            return TextJudged.of(raw)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise WechatApiError(UNREACHABLE, f"not the promised shape: {error!r}", http_status=200) from error

    async def media_check_async(self, media_url: str, *, openid: str, scene: int) -> str:
        """Asks about a picture WeChat fetches from `media_url`; the trace id under which the verdict is pushed."""
        body = {"media_url": media_url, "media_type": 2, "version": 2, "openid": openid, "scene": scene}
        raw = await self._with_token("/wxa/media_check_async", body, idempotent=True)
        return str(_need(raw, "trace_id"))

    # -- subscribe messages

    async def send_message(
        self, openid: str, template_id: str, data: Mapping[str, Mapping[str, str]], *, page: str, state: str
    ) -> str:
        """Sends one subscribe message and answers its msgid. Never repeated: WeChat would send it twice."""
        body: dict[str, Any] = {"touser": openid, "template_id": template_id, "page": page}
        body |= {"miniprogram_state": state, "lang": "zh_CN", "data": data}
        raw = await self._with_token("/cgi-bin/message/subscribe/send", body, idempotent=False)
        return str(raw.get("msgid") or "")[:40]

    # -- codes

    async def unlimited_code(self, scene: str, page: str, *, width: int = CODE_WIDTH) -> bytes:
        """The picture of a 小程序码 that opens `page` with `scene`, of at most 32 letters. There may be any number.

        The page may not be released yet: WeChat is told not to look. Asked again it makes another one that is as good.
        """
        body = {"scene": scene, "page": page, "check_path": False, "env_version": "release", "width": width}
        return await self._tokened_call("/wxa/getwxacodeunlimit", body, idempotent=True, read=_picture)

    # -- order shipping

    async def upload_shipping_info(self, shipment: Shipment, *, openid: str, upload_time: datetime) -> Uploaded:
        """Reports how a payment was shipped. May be repeated: an unchanged repeat is ALREADY. ShippingRefused else."""
        body = {**shipment.wire(), "upload_time": upload_stamp(upload_time), "payer": {"openid": openid}}
        return await self._upload("/wxa/sec/order/upload_shipping_info", body)

    async def upload_combined_shipping_info(
        self, order_key: OrderKey, shipments: Sequence[Shipment], *, openid: str, upload_time: datetime
    ) -> Uploaded:
        """The same for a combined payment: `order_key` names the whole, each shipment one sub-order."""
        body = {
            "order_key": order_key.wire(),
            "sub_orders": [shipment.wire() for shipment in shipments],
            "upload_time": upload_stamp(upload_time),
            "payer": {"openid": openid},
        }
        return await self._upload("/wxa/sec/order/upload_combined_shipping_info", body)

    async def get_order(
        self,
        *,
        transaction_id: str | None = None,
        merchant_id: str | None = None,
        sub_merchant_id: str | None = None,
        merchant_trade_no: str | None = None,
    ) -> ShippingOrder | None:
        """The payment as the shipping service sees it; None when it does not know it (yet)."""
        names = {
            "transaction_id": transaction_id,
            "merchant_id": merchant_id,
            "sub_merchant_id": sub_merchant_id,
            "merchant_trade_no": merchant_trade_no,
        }
        body = {name: value for name, value in names.items() if value}
        try:
            raw = await self._with_token("/wxa/sec/order/get_order", body, idempotent=True)
        except ShippingRefused as error:
            if error.not_yet:
                return None
            raise
        try:
            return ShippingOrder.of(_need(raw, "order"))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise WechatApiError(UNREACHABLE, f"not the promised shape: {error!r}", http_status=200) from error

    # -- the wire

    async def _upload(self, path: str, body: Mapping[str, Any]) -> Uploaded:
        try:
            await self._with_token(path, body, idempotent=True)
        except ShippingRefused as error:
            if error.errcode in _ALREADY_SHIPPED:
                return Uploaded.ALREADY
            raise
        return Uploaded.DONE

    async def _login(self, method: str, path: str, body: Mapping[str, Any] | None) -> Mapping[str, Any]:
        return await self._call(method, path, body, idempotent=False)

    async def _stable_token(self) -> FreshToken:
        body = {
            "grant_type": "client_credential",
            "appid": self.config.appid,
            "secret": self.config.secret,
            "force_refresh": False,
        }
        raw = await self._call("POST", "/cgi-bin/stable_token", body, idempotent=True)
        return FreshToken(str(_need(raw, "access_token")), int(_need(raw, "expires_in")))

    async def _with_token(self, path: str, body: Mapping[str, Any], *, idempotent: bool) -> Mapping[str, Any]:
        return await self._tokened_call(path, body, idempotent=idempotent, read=_read)

    async def _tokened_call(
        self, path: str, body: Mapping[str, Any], *, idempotent: bool, read: Callable[[httpx.Response], Answer]
    ) -> Answer:
        """Calls with the shared token; when it is no longer taken, drops it and repeats exactly once."""
        token = await self._token()
        try:
            return read(await self._send("POST", _tokened(path, token), body, idempotent=idempotent))
        except WechatApiError as error:
            if error.errcode not in TOKEN_INVALID:
                raise
        await self._tokens.drop(token)
        path = _tokened(path, await self._token())
        return read(await self._send("POST", path, body, idempotent=idempotent))

    async def _call(
        self, method: str, path: str, body: Mapping[str, Any] | None, *, idempotent: bool
    ) -> Mapping[str, Any]:
        return _read(await self._send(method, path, body, idempotent=idempotent))

    async def _send(
        self, method: str, path: str, body: Mapping[str, Any] | None, *, idempotent: bool
    ) -> httpx.Response:
        raw = b"" if body is None else json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        try:
            return await self._http.send(method, path, body=raw, seal=_json_headers, idempotent=idempotent)
        except Unreachable as error:
            raise WechatApiError(UNREACHABLE, str(error), sent=error.sent) from error

    async def _token(self) -> str:
        try:
            return await self._tokens.get()
        except WechatApiError as error:
            error.sent = False
            raise

    async def aclose(self) -> None:
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


def _json_headers(method: str, target: str, body: bytes) -> dict[str, str]:
    return {"Accept": "application/json", "Content-Type": "application/json", "User-Agent": "zhaotong-mall"}


def _tokened(path: str, token: str) -> str:
    return f"{path}?{urlencode({'access_token': token})}"


def _picture(reply: httpx.Response) -> bytes:
    """The bytes of a picture; a refusal comes as JSON, with HTTP 200 too."""
    if reply.is_success and reply.content.startswith(PICTURES):
        return reply.content
    _read(reply)
    raise WechatApiError(UNREACHABLE, "no picture came", http_status=reply.status_code)


def _read(reply: httpx.Response) -> Mapping[str, Any]:
    """The body of a success; `errcode` may be absent on success, and a failure is HTTP 200 too."""
    request_id = reply.headers.get("Request-ID")
    try:
        raw = json.loads(reply.content)
        errcode = int(raw.get("errcode") or 0)
    except (ValueError, TypeError, AttributeError) as error:
        message = "no JSON object came"
        raise WechatApiError(UNREACHABLE, message, http_status=reply.status_code, request_id=request_id) from error
    if errcode == 0 and reply.is_success:
        return dict(raw)
    message = str(raw.get("errmsg") or "")
    kind = _kind(errcode)
    raise kind(errcode or UNREACHABLE, message, http_status=reply.status_code, request_id=request_id)


def _kind(errcode: int) -> type[WechatApiError]:
    if errcode in BAD_LOGIN_CODE or errcode == HIGH_RISK_USER:
        return LoginRefused
    # The two number ranges the shipping service has for itself.
    if 10060000 <= errcode < 10070000 or 268485000 <= errcode < 268486000:
        return ShippingRefused
    return WechatApiError


def _need(raw: Mapping[str, Any], name: str) -> Any:
    try:
        return raw[name]
    except (KeyError, TypeError) as error:
        raise WechatApiError(UNREACHABLE, f"the reply lacks {name}", http_status=200) from error
