"""快递鸟: asked only. The free question is 1002, the paid one 8001."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import md5
from typing import Any
from urllib.parse import urlencode

from domain.base import Unavailable
from domain.delivery import Trace, Track
from integrations.http import Manners, OutboundClient, Unreachable

from .codes import kdniao_state, moment

PATH = "Ebusiness/EbusinessOrderHandle.aspx"
FORM = {"content-type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class KdniaoConfig:
    base_url: str
    business_id: str
    key: str = field(repr=False)
    paid: bool = False
    manners: Manners = field(default_factory=Manners)


class Kdniao:
    """`domain.delivery.Tracker` over api.kdniao.com."""

    def __init__(self, config: KdniaoConfig) -> None:
        self._config = config
        self._http = OutboundClient(f"{config.base_url}/", manners=config.manners)

    async def aclose(self) -> None:
        await self._http.aclose()

    async def subscribe(self, carrier: str, tracking_number: str, phone_tail: str) -> bool:
        return False

    async def query(self, carrier: str, tracking_number: str, phone_tail: str) -> Track | None:
        asked = {"OrderCode": "", "ShipperCode": carrier, "LogisticCode": tracking_number}
        # Only 顺丰 wants to know whose parcel it is.
        data = json.dumps({**asked, "CustomerName": phone_tail} if carrier == "SF" else asked)
        form = {
            "RequestData": data,
            "EBusinessID": self._config.business_id,
            "RequestType": "8001" if self._config.paid else "1002",
            "DataSign": sign(data, self._config.key),
            "DataType": "2",
        }
        answer = await self._post(form)
        return _track(answer) if answer.get("Success") else None

    async def _post(self, form: Mapping[str, str]) -> dict[str, Any]:
        body = urlencode(form).encode()
        try:
            reply = await self._http.send("POST", PATH, body=body, seal=lambda *_: FORM, idempotent=True)
            answer = reply.json()
        except (Unreachable, ValueError) as error:
            raise Unavailable("快递查询服务暂时没有响应") from error
        if reply.status_code != 200 or not isinstance(answer, dict):
            raise Unavailable("快递查询服务暂时没有响应")
        return answer


def sign(data: str, key: str) -> str:
    """Base64 of the hexadecimal MD5 of data and key."""
    return base64.b64encode(md5(f"{data}{key}".encode()).hexdigest().encode()).decode()


def _track(answer: Mapping[str, Any]) -> Track | None:
    rows = answer.get("Traces") or ()
    try:
        traces = [Trace(moment(row["AcceptTime"]), str(row["AcceptStation"])) for row in rows]
        if not traces:
            return None
        newest = max(range(len(traces)), key=lambda at: traces[at].at)
        last = traces[newest]
        traces[newest] = Trace(last.at, last.text, kdniao_state(answer.get("State"), last.text))
        return Track(str(answer["LogisticCode"]).upper(), traces, str(answer["ShipperCode"]))
    except (KeyError, TypeError, ValueError) as error:
        raise Unavailable("快递查询服务的答复无法识别") from error
