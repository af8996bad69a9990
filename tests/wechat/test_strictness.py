"""The simulator refuses what the real one refuses: who signs, what the body holds, how often a nonce is used."""

import json
import secrets
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from integrations.wechatpay import signing
from tests.wechat.builders import OPENID, combined, number
from tests.wechat.simulator import Simulator

PATH = "/v3/combine-transactions/jsapi"


@pytest.fixture
async def http(wxsim: Simulator) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=wxsim.base_url, trust_env=False, verify=False) as client:
        yield client


def headers(wxsim: Simulator, method: str, target: str, body: bytes, /, **changes: Any) -> dict[str, str]:
    keys = wxsim.keys
    given = {
        "key": signing.load_private(changes.pop("pem", keys.merchant_private_pem)),
        "mchid": keys.mchid,
        "serial_no": keys.serial_no,
        "method": method,
        "target": target,
        "timestamp": str(int(time.time())),
        "nonce": secrets.token_hex(16),
        "body": body,
    }
    proof = signing.authorization(**{**given, **changes})
    return {
        "Authorization": proof,
        "Accept": "application/json",
        "Content-Type": "application/json",
        "User-Agent": "test",
    }


async def post(wxsim: Simulator, http: httpx.AsyncClient, body: Any, path: str = PATH) -> tuple[int, dict[str, Any]]:
    raw = json.dumps(body, ensure_ascii=False).encode()
    reply = await http.post(path, content=raw, headers=headers(wxsim, "POST", path, raw))
    return reply.status_code, reply.json() if reply.content else {}


def order_body(wxsim: Simulator) -> dict[str, Any]:
    return combined(3980, 19800).wire(wxsim.keys.appid, wxsim.keys.mchid)


@pytest.mark.parametrize(
    "changes",
    [
        {"mchid": "1900000002"},
        {"serial_no": "0" * 40},
        {"timestamp": str(int(time.time()) - 1000)},
        {"timestamp": "soon"},
        {"nonce": "x" * 33},
        {"target": "/v3/combine-transactions/jsapi?x=1"},
        {"body": b"{}"},
        {"method": "GET"},
    ],
)
async def test_a_wrong_signature_is_401(wxsim: Simulator, http: httpx.AsyncClient, changes: dict[str, Any]) -> None:
    raw = json.dumps(order_body(wxsim)).encode()
    reply = await http.post(PATH, content=raw, headers=headers(wxsim, "POST", PATH, raw, **changes))
    assert (reply.status_code, reply.json()["code"]) == (401, "SIGN_ERROR")
    assert reply.headers["Wechatpay-Signature"], "a refusal is signed too"


async def test_another_merchants_key_is_401(wxsim: Simulator, http: httpx.AsyncClient) -> None:
    raw = json.dumps(order_body(wxsim)).encode()
    stranger = headers(wxsim, "POST", PATH, raw, pem=wxsim.keys.platform_private_pem)
    assert (await http.post(PATH, content=raw, headers=stranger)).status_code == 401


async def test_a_nonce_is_good_once(wxsim: Simulator, http: httpx.AsyncClient) -> None:
    raw = json.dumps(order_body(wxsim)).encode()
    signed = headers(wxsim, "POST", PATH, raw)
    assert (await http.post(PATH, content=raw, headers=signed)).status_code == 200
    assert (await http.post(PATH, content=raw, headers=signed)).status_code == 401


@pytest.mark.parametrize("missing", ["User-Agent", "Accept"])
async def test_the_demanded_headers(wxsim: Simulator, http: httpx.AsyncClient, missing: str) -> None:
    raw = json.dumps(order_body(wxsim)).encode()
    signed = {**headers(wxsim, "POST", PATH, raw), missing: ""}
    assert (await http.post(PATH, content=raw, headers=signed)).status_code == 400


def _sub(name: str, value: Any) -> Any:
    def change(body: dict[str, Any]) -> None:
        body["sub_orders"][1][name] = value

    return change


def _amount(value: Any) -> Any:
    return _sub("amount", {"total_amount": value, "currency": "CNY"})


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (_amount("3980"), "/sub_orders/1/amount/total_amount"),
        (_amount(39.8), "/sub_orders/1/amount/total_amount"),
        (_amount(True), "/sub_orders/1/amount/total_amount"),
        (_amount(0), "/sub_orders/1/amount/total_amount"),
        (_amount(-1), "/sub_orders/1/amount/total_amount"),
        (_sub("amount", {"total_amount": 1, "currency": "USD"}), "/sub_orders/1/amount/currency"),
        (_sub("amount", {"total": 1, "currency": "CNY"}), "/sub_orders/1/amount/total_amount"),
        (_sub("description", "苹" * 43), "/sub_orders/1/description"),
        (_sub("description", "a" * 128), "/sub_orders/1/description"),
        (_sub("description", ""), "/sub_orders/1/description"),
        (_sub("out_trade_no", "昭通2026112200"), "/sub_orders/1/out_trade_no"),
        (_sub("out_trade_no", "S 1234567"), "/sub_orders/1/out_trade_no"),
        (_sub("out_trade_no", "S" * 33), "/sub_orders/1/out_trade_no"),
        (_sub("attach", ""), "/sub_orders/1/attach"),
        (_sub("colour", "red"), "/sub_orders/1/colour"),
        (lambda body: body.update(notify_url="http://shop.example.com/notify"), "/notify_url"),
        (lambda body: body.update(notify_url="https://shop.example.com/notify?a=1"), "/notify_url"),
        (lambda body: body.update(notify_url="https://" + "a" * 255), "/notify_url"),
        (lambda body: body.pop("combine_payer_info"), "/combine_payer_info"),
        (lambda body: body.update(combine_payer_info={}), "/combine_payer_info/openid"),
        (lambda body: body.update(sub_orders=[]), "/sub_orders"),
        (lambda body: body.update(sub_orders=body["sub_orders"] * 26), "/sub_orders"),
        (lambda body: body.update(time_expire="2026-11-22 10:30:00"), "/time_expire"),
        (lambda body: body.update(time_expire="2020-11-22T10:30:00+08:00"), "/time_expire"),
        (lambda body: body["sub_orders"][0].pop("sub_mchid"), "/sub_orders/0/sub_mchid"),
    ],
)
async def test_a_wrong_body_is_400_and_named(
    wxsim: Simulator, http: httpx.AsyncClient, change: Any, field: str
) -> None:
    body = order_body(wxsim)
    change(body)
    status, reply = await post(wxsim, http, body)
    assert (status, reply["code"]) == (400, "PARAM_ERROR")
    assert reply["detail"]["field"] == field
    assert (await wxsim.dump())["trades"] == []


@pytest.mark.parametrize("body", ["text", [], 3, None])
async def test_a_body_that_is_no_object_is_400(wxsim: Simulator, http: httpx.AsyncClient, body: Any) -> None:
    status, reply = await post(wxsim, http, body)
    assert (status, reply["code"]) == (400, "PARAM_ERROR")


async def test_another_app_is_400(wxsim: Simulator, http: httpx.AsyncClient) -> None:
    status, reply = await post(wxsim, http, {**order_body(wxsim), "combine_appid": "wxffffffffffffffff"})
    assert (status, reply["code"]) == (400, "APPID_MCHID_NOT_MATCH")


async def test_127_bytes_are_taken(wxsim: Simulator, http: httpx.AsyncClient) -> None:
    body = order_body(wxsim)
    body["sub_orders"][0]["description"] = "苹" * 42 + "a"
    assert (await post(wxsim, http, body))[0] == 200


async def test_single_order_strictness(wxsim: Simulator, http: httpx.AsyncClient) -> None:
    keys = wxsim.keys
    body = {
        "appid": keys.appid,
        "mchid": keys.mchid,
        "description": "昭通苹果5kg",
        "out_trade_no": number("S"),
        "notify_url": "https://shop.example.com/notify",
        "amount": {"total": 3980, "currency": "CNY"},
        "payer": {"openid": OPENID},
    }
    path = "/v3/pay/transactions/jsapi"
    assert (await post(wxsim, http, body, path))[0] == 200
    assert (await post(wxsim, http, {**body, "amount": {"total_amount": 3980}}, path))[0] == 400
    changed = await post(wxsim, http, {**body, "amount": {"total": 3981}}, path)
    assert (changed[0], changed[1]["code"]) == (400, "INVALID_REQUEST")


@pytest.mark.parametrize(
    ("verb", "arguments"),
    [
        ("nothing.such", {}),
        ("route", {}),
        ("_trade", {"no": "1"}),
        ("clock.advance", {}),
        ("fault.add", {"match": "*", "kind": "earthquake"}),
        ("pay.user_pays", {"no": "nobody"}),
        ("notify.policy", {"dorp": True}),
        ("shipping.policy", {"mode": "other"}),
    ],
)
async def test_control_refuses_what_it_does_not_know(
    wxsim: Simulator, http: httpx.AsyncClient, verb: str, arguments: dict[str, Any]
) -> None:
    reply = await http.post(f"/__sim/{verb}", json=arguments)
    assert reply.status_code in (400, 404)
    assert reply.json()["error"]
