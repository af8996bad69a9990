"""The two services as routes: strict about signatures, and pushing as parcels move."""

import asyncio
import base64
import json
import logging
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import md5
from typing import Any
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

import httpx
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from integrations.wxsim.store import Table
from integrations.wxsim.world import World

from .journey import TROUBLES, Said, said

SHANGHAI = ZoneInfo("Asia/Shanghai")
KUAIDI100_CUSTOMER, KUAIDI100_KEY = "SIM0CUSTOMER0EXPRESS", "simExpressKey1"
KDNIAO_ID, KDNIAO_KEY = "1900001", "simulator-kdniao-key"
COMPANIES = {
    **{"shunfeng": "SF", "zhongtong": "ZTO", "yuantong": "YTO", "shentong": "STO", "yunda": "YD", "ems": "EMS"},
    **{"youzhengguonei": "YZPY", "jtexpress": "JTSD", "jd": "JD"},
}
LOOK_EVERY = 1.0
log = logging.getLogger(__name__)


@dataclass
class Waybill:
    """A parcel somebody asked about. It begins to travel then. `told`: how much of its story was pushed."""

    number: str
    company: str
    began: datetime
    callback: str = ""
    salt: str = ""
    told: int = 0
    trouble: list[dict[str, str]] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"{self.company} {self.number}"


class ExpressSim:
    """`seconds`: how long a parcel travels, in virtual time."""

    def __init__(self, world: World, seconds: float) -> None:
        self._world, self._seconds = world, seconds
        self.waybills = Table(world.store, Waybill)
        self._http = httpx.AsyncClient(timeout=5, trust_env=False)

    def mount(self) -> Mount:
        routes = [
            Route("/kuaidi100/poll", self._subscribe, methods=["POST"]),
            Route("/kuaidi100/poll/query.do", self._query, methods=["POST"]),
            Route("/kdniao/Ebusiness/EbusinessOrderHandle.aspx", self._kdniao, methods=["POST"]),
        ]
        return Mount("/express", routes=routes)

    async def run(self) -> None:
        """Pushes for ever what parcels have come to."""
        while True:
            try:
                await self.push_due()
            except Exception:  # one bad callback must not end the journeys of the others
                log.exception("a push stumbled")
            await asyncio.sleep(LOOK_EVERY)

    async def aclose(self) -> None:
        await self._http.aclose()

    # -- 快递100

    async def _subscribe(self, request: Request) -> Response:
        form = _form(await request.body())
        param = _object(form.get("param"))
        if form.get("schema") != "json" or param is None or param.get("key") != KUAIDI100_KEY:
            return _refused("600", "您不是合法的订阅者（即授权Key出错）")
        told, company, number = param.get("parameters") or {}, str(param.get("company")), str(param.get("number"))
        if company not in COMPANIES or not number:
            return _refused("701", "拒绝订阅的快递公司")
        if not str(told.get("callbackurl", "")).startswith("http"):
            return _refused("700", "订阅方的订阅数据存在错误")
        if company == "shunfeng" and len(str(told.get("phone") or "")) != 4:
            return _refused("408", "验证码错误：顺丰须填写手机号后四位")
        bill = self._bill(company, number)
        if bill.callback:
            return _refused("501", "重复订阅")
        bill.callback, bill.salt = str(told["callbackurl"]), str(told.get("salt") or "")
        self.waybills.put(bill)
        return JSONResponse({"result": True, "returnCode": "200", "message": "提交成功"})

    async def _query(self, request: Request) -> Response:
        form = _form(await request.body())
        param, text = _object(form.get("param")), form.get("param", "")
        sign = md5(f"{text}{KUAIDI100_KEY}{KUAIDI100_CUSTOMER}".encode()).hexdigest().upper()
        if form.get("customer") != KUAIDI100_CUSTOMER or form.get("sign") != sign:
            return _refused("503", "验证签名失败")
        if param is None or param.get("com") not in COMPANIES or not param.get("num"):
            return _refused("400", "找不到对应公司")
        if param["com"] == "shunfeng" and len(str(param.get("phone") or "")) != 4:
            return _refused("408", "验证码错误")
        bill = self._bill(str(param["com"]), str(param["num"]))
        if not self._said(bill):
            return _refused("500", "查询无结果，请隔段时间再查")
        return JSONResponse(self._result(bill))

    def _result(self, bill: Waybill) -> dict[str, Any]:
        rows = self._said(bill)[::-1]
        data = [
            {"time": _time(row.at), "ftime": _time(row.at), "context": row.text, "status": row.word}
            | ({"areaName": row.place} if row.place else {})
            for row in rows
        ]
        known = {"message": "ok", "nu": bill.number, "com": bill.company, "status": "200", "state": rows[0].state}
        return {**known, "ischeck": "1" if rows[0].state == "3" else "0", "data": data}

    # -- 快递鸟

    async def _kdniao(self, request: Request) -> Response:
        form = _form(await request.body())
        text = form.get("RequestData", "")
        sign = base64.b64encode(md5(f"{text}{KDNIAO_KEY}".encode()).hexdigest().encode()).decode()
        asked, companies = _object(text), {ours: theirs for theirs, ours in COMPANIES.items()}
        if form.get("EBusinessID") != KDNIAO_ID or form.get("DataSign") != sign or asked is None:
            return _not_told("非法参数")
        if form.get("RequestType") not in ("1002", "8001") or form.get("DataType") != "2":
            return _not_told("不支持的指令")
        if asked.get("ShipperCode") not in companies:
            return _not_told("快递公司编码错误")
        bill = self._bill(companies[asked["ShipperCode"]], str(asked.get("LogisticCode")))
        rows = self._said(bill)
        traces = [{"AcceptTime": _time(row.at), "AcceptStation": row.text} for row in rows]
        state = rows[-1].kdniao if rows else "0"
        named = {"EBusinessID": KDNIAO_ID, "ShipperCode": asked["ShipperCode"], "LogisticCode": bill.number}
        return JSONResponse({**named, "Success": True, "State": state, "Traces": traces})

    # -- journeys

    def _bill(self, company: str, number: str) -> Waybill:
        known = self.waybills.get(f"{company} {number}")
        return known or self.waybills.put(Waybill(number, company, self._world.clock.now()))

    def _said(self, bill: Waybill) -> list[Said]:
        """A parcel in trouble travels no further by itself."""
        now = self._world.clock.now()
        if not bill.trouble:
            return said(bill.began, now, self._seconds)
        happened = datetime.fromisoformat(bill.trouble[0]["at"])
        before = said(bill.began, min(now, happened), self._seconds)
        return before + [Said(datetime.fromisoformat(each["at"]), *TROUBLES[each["kind"]]) for each in bill.trouble]

    def step(self, number: str, kind: str) -> None:
        """Has something happen to a parcel: see TROUBLES."""
        bills = [bill for bill in self.waybills.all() if bill.number == number]
        if not bills or kind not in TROUBLES:
            raise LookupError(f"no such parcel or trouble: {number} {kind}")
        for bill in bills:
            bill.trouble.append({"at": self._world.clock.now().isoformat(), "kind": kind})
            self.waybills.put(bill)

    async def push_due(self) -> None:
        for bill in self.waybills.all():
            if bill.callback and len(self._said(bill)) > bill.told:
                await self._push(bill)

    async def _push(self, bill: Waybill) -> None:
        result, many = self._result(bill), len(self._said(bill))
        told = {"status": "shutdown" if result["state"] in ("3", "4") else "polling", "lastResult": result}
        param = json.dumps({**told, "message": "", "autoCheck": "0", "comOld": "", "comNew": ""}, ensure_ascii=False)
        sign = md5(f"{param}{bill.salt}".encode()).hexdigest().upper()
        try:
            reply = await self._http.post(bill.callback, data={"sign": sign, "param": param})
            taken = reply.status_code == 200 and reply.json().get("result") is True
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            return
        if taken:
            bill.told = many
            self.waybills.put(bill)


def _form(body: bytes) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}


def _object(text: str | None) -> dict[str, Any] | None:
    try:
        value = json.loads(text or "")
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _refused(code: str, message: str) -> Response:
    return JSONResponse({"result": False, "returnCode": code, "message": message})


def _not_told(reason: str) -> Response:
    return JSONResponse({"EBusinessID": KDNIAO_ID, "Success": False, "Reason": reason})


def _time(moment: datetime) -> str:
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
