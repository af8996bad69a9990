"""快递100: subscribe and be told, or ask. Signatures are MD5, as the service wants them."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import md5
from typing import Any
from urllib.parse import urlencode

from domain.base import Unavailable
from domain.delivery import Trace, Track
from integrations.http import Manners, OutboundClient, Unreachable

from .codes import KUAIDI100_CARRIERS, KUAIDI100_WORDS, OURS_OF_KUAIDI100, kuaidi100_state, moment

FORM = {"content-type": "application/x-www-form-urlencoded"}
SUBSCRIBED = ("200", "501")  # 501: it was before
MOST_TRACES = 200


class PushRefused(Exception):
    """A push that is not theirs, or cannot be read; `forged` says which."""

    def __init__(self, fault: str, *, forged: bool) -> None:
        super().__init__(fault)
        self.forged = forged


@dataclass(frozen=True)
class Kuaidi100Config:
    base_url: str
    customer: str
    key: str = field(repr=False)
    salt: str = field(repr=False)
    callback_url: str
    manners: Manners = field(default_factory=Manners)


class Kuaidi100:
    """`domain.delivery.Tracker` over poll.kuaidi100.com."""

    def __init__(self, config: Kuaidi100Config) -> None:
        self._config = config
        self._http = OutboundClient(f"{config.base_url}/", manners=config.manners)

    async def aclose(self) -> None:
        await self._http.aclose()

    async def subscribe(self, carrier: str, tracking_number: str, phone_tail: str) -> bool:
        told = {"callbackurl": self._config.callback_url, "salt": self._config.salt, "resultv2": "4", "autoCom": "0"}
        param = {
            "company": KUAIDI100_CARRIERS[carrier],
            "number": tracking_number,
            "from": "",
            "to": "",
            "key": self._config.key,
            "parameters": {**told, "phone": phone_tail},
        }
        answer = await self._post("poll", {"schema": "json", "param": _json(param)})
        return str(answer.get("returnCode")) in SUBSCRIBED

    async def query(self, carrier: str, tracking_number: str, phone_tail: str) -> Track | None:
        asked = {"com": KUAIDI100_CARRIERS[carrier], "num": tracking_number, "phone": phone_tail, "resultv2": "4"}
        param = _json({**asked, "show": "0", "order": "desc"})
        sign = md5(f"{param}{self._config.key}{self._config.customer}".encode()).hexdigest().upper()
        form = {"customer": self._config.customer, "param": param, "sign": sign}
        answer = await self._post("poll/query.do", form)
        if answer.get("result") is False or str(answer.get("status")) != "200":
            return None
        try:
            return _track(answer)
        except (KeyError, TypeError, ValueError) as error:
            raise Unavailable("快递查询服务的答复无法识别") from error

    def read_push(self, form: Mapping[str, str]) -> Track:
        """The track inside a push; PushRefused when the signature or the content is not right."""
        param, sign = form.get("param", ""), form.get("sign", "")
        expected = md5(f"{param}{self._config.salt}".encode()).hexdigest()
        # Their documents do not say in which case the signature is written.
        if not hmac.compare_digest(sign.lower().encode(), expected.encode()):
            raise PushRefused("the signature does not match", forged=True)
        try:
            told = json.loads(param)
            return _track(told["lastResult"], ended=told.get("status") in ("shutdown", "abort"))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise PushRefused(f"not the promised shape: {error!r}", forged=False) from error

    async def _post(self, path: str, form: Mapping[str, str]) -> dict[str, Any]:
        body = urlencode(form).encode()
        try:
            reply = await self._http.send("POST", path, body=body, seal=lambda *_: FORM, idempotent=True)
            answer = reply.json()
        except (Unreachable, ValueError) as error:
            raise Unavailable("快递查询服务暂时没有响应") from error
        if reply.status_code != 200 or not isinstance(answer, dict):
            raise Unavailable("快递查询服务暂时没有响应")
        return answer


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _track(result: Mapping[str, Any], *, ended: bool = False) -> Track:
    """The last trace has the state of the whole; the others the words of their own."""
    rows = list(result.get("data") or ())[:MOST_TRACES]
    traces = [_trace(row) for row in rows]
    if traces and (state := kuaidi100_state(result.get("state"))) is not None:
        newest = max(range(len(traces)), key=lambda at: traces[at].at)
        last = traces[newest]
        traces[newest] = Trace(last.at, last.text, state, last.place)
    return Track(str(result["nu"]).upper(), traces, OURS_OF_KUAIDI100.get(str(result.get("com"))), ended)


def _trace(row: Mapping[str, Any]) -> Trace:
    place = str(row.get("areaName") or row.get("location") or "").replace(",", " ")
    return Trace(moment(row["ftime"]), str(row["context"]), KUAIDI100_WORDS.get(str(row.get("status"))), place)
