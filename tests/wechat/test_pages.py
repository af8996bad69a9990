"""The WeChat app for people and for front ends outside it: cashier, login, phone; under any path prefix."""

from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from integrations.wechatpay import WechatPay
from integrations.wxsim.pages import with_query
from tests.wechat.builders import combined
from tests.wechat.simulator import Simulator


@pytest.fixture
async def http(wxsim: Simulator) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=wxsim.base_url, trust_env=False, verify=False) as client:
        yield client


async def prepaid(pay: WechatPay, *totals: int) -> tuple[str, str]:
    order = combined(*totals)
    return order.combine_out_trade_no, await pay.prepay_combined(order)


async def paid(pay: WechatPay, no: str) -> bool:
    state = await pay.query_combined(no)
    assert state is not None
    return state.paid


# -- cashier


async def test_cashier_shows_shops_and_sums(wxsim: Simulator, http: httpx.AsyncClient, wechat_pay: WechatPay) -> None:
    await wxsim.control("shop.name", sub_mchid="1900000110", name="镇雄<b>苹果合作社")
    _, prepay_id = await prepaid(wechat_pay, 3980, 19805)
    page = await http.get("/cashier", params={"prepay_id": prepay_id, "return_to": "/#/pages/order/detail?id=1"})
    assert page.status_code == 200
    for text in (
        "镇雄&lt;b&gt;苹果合作社",
        "商户 1900000111",
        "39.80",
        "198.05",
        "237.85",
        "立即支付",
        "取消",
        "稍后支付",
    ):
        assert text in page.text
    assert 'action="cashier"' in page.text, "relative, so that a path prefix does not matter"
    assert 'href="/' not in page.text
    assert "<script" not in page.text


async def test_paying_at_the_cashier_returns_to_the_shop(http: httpx.AsyncClient, wechat_pay: WechatPay) -> None:
    no, prepay_id = await prepaid(wechat_pay, 100)
    form = {"prepay_id": prepay_id, "return_to": "/#/pages/order/detail?id=1", "action": "pay"}
    reply = await http.post("/cashier", data=form)
    assert (reply.status_code, reply.headers["location"]) == (303, "/#/pages/order/detail?id=1&wxpay=ok")
    assert await paid(wechat_pay, no)
    again = await http.post("/cashier", data=form)
    assert again.status_code == 409
    assert "请勿重复支付" in again.text


async def test_cancel_leaves_it_unpaid(http: httpx.AsyncClient, wechat_pay: WechatPay) -> None:
    no, prepay_id = await prepaid(wechat_pay, 100)
    reply = await http.post("/cashier", data={"prepay_id": prepay_id, "return_to": "/pay?a=1", "action": "cancel"})
    assert reply.headers["location"] == "/pay?a=1&wxpay=cancel"
    assert not await paid(wechat_pay, no)


async def test_pay_late_and_lose_the_notice(wxsim: Simulator, http: httpx.AsyncClient, wechat_pay: WechatPay) -> None:
    no, prepay_id = await prepaid(wechat_pay, 100)
    form = {"prepay_id": prepay_id, "action": "later", "seconds": "30", "lose_notice": "on"}
    reply = await http.post("/cashier", data=form)
    assert reply.headers["location"].startswith("cashier?prepay_id="), "nowhere to return to: stay"
    assert not await paid(wechat_pay, no)
    await wxsim.advance(31)
    assert await paid(wechat_pay, no)
    assert [notice["state"] for notice in (await wxsim.dump())["notices"]] == ["LOST"]


async def test_cashier_of_a_closed_or_expired_or_unknown_order(
    wxsim: Simulator, http: httpx.AsyncClient, wechat_pay: WechatPay
) -> None:
    order = combined(100)
    prepay_id = await wechat_pay.prepay_combined(order)
    await wechat_pay.close_combined(order.combine_out_trade_no, order.sub_orders)
    page = await http.get("/cashier", params={"prepay_id": prepay_id})
    assert "订单已关闭" in page.text
    assert "立即支付" not in page.text
    assert (await http.get("/cashier", params={"prepay_id": "wx0"})).status_code == 404
    assert (await http.post("/cashier", data={})).status_code == 404

    no_expiry = combined(100, minutes=60 * 24)
    prepay_id = await wechat_pay.prepay_combined(no_expiry)
    await wxsim.advance(7201)
    assert "支付会话已过期" in (await http.get("/cashier", params={"prepay_id": prepay_id})).text


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/x", "//evil.example/x", "javascript:alert(1)", "/\\evil.example", "data:text/html,x", "x"],
)
async def test_cashier_returns_to_nobody_else(http: httpx.AsyncClient, wechat_pay: WechatPay, target: str) -> None:
    _, prepay_id = await prepaid(wechat_pay, 100)
    form = {"prepay_id": prepay_id, "return_to": target, "action": "cancel"}
    assert (await http.post("/cashier", data=form)).headers["location"].startswith("cashier?")


async def test_cashier_believes_only_the_merchants_signature(http: httpx.AsyncClient, wechat_pay: WechatPay) -> None:
    _, prepay_id = await prepaid(wechat_pay, 100)
    params = wechat_pay.request_payment_params(prepay_id)
    good = await http.get("/cashier", params={"prepay_id": prepay_id, **params})
    assert good.status_code == 200
    forged = await http.get("/cashier", params={"prepay_id": prepay_id, **params, "nonceStr": "other"})
    assert forged.status_code == 400
    assert "签名" in forged.text


@pytest.mark.parametrize(
    ("target", "result"),
    [
        ("/done", "/done?wxpay=ok"),
        ("/done?wxpay=cancel&a=%E4%B8%AD", "/done?a=%E4%B8%AD&wxpay=ok"),
        ("/#/pages/pay", "/#/pages/pay?wxpay=ok"),
        ("/?x=1#/pages/pay?id=2", "/?x=1#/pages/pay?id=2&wxpay=ok"),
        ("/page#top", "/page?wxpay=ok#top"),
    ],
)
def test_the_result_is_put_where_the_router_looks(target: str, result: str) -> None:
    assert with_query(target, wxpay="ok") == result


# -- login and phone


async def test_login_page_and_login(http: httpx.AsyncClient) -> None:
    page = await http.get("/login", params={"return_to": "/#/pages/me"})
    assert "昭阳小杨" in page.text
    assert "新用户" in page.text
    reply = await http.post("/login", data={"user": "oDEMO00000000000000000000001", "return_to": "/#/pages/me"})
    query = parse_qs(urlsplit(reply.headers["location"]).fragment.partition("?")[2])
    assert query["openid"] == ["oDEMO00000000000000000000001"]
    assert await _openid_of(http, query["code"][0]) == "oDEMO00000000000000000000001"


async def test_phone_page(http: httpx.AsyncClient) -> None:
    openid = "oDEMO00000000000000000000002"
    page = await http.get("/phone", params={"openid": openid, "return_to": "/me"})
    assert "13800000002" in page.text
    allowed = await http.post("/phone", data={"openid": openid, "return_to": "/me", "action": "allow"})
    assert len(parse_qs(urlsplit(allowed.headers["location"]).query)["phone_code"][0]) == 64
    denied = await http.post("/phone", data={"openid": openid, "return_to": "/me", "action": "deny"})
    assert denied.headers["location"] == "/me?phone_code="
    assert (await http.get("/phone", params={"openid": "oNobody"})).status_code == 404


async def test_login_as_json(http: httpx.AsyncClient) -> None:
    users = (await http.get("/h5/users")).json()["users"]
    assert len(users) >= 4
    assert set(users[0]) == {"openid", "nickname", "phone"}
    known = (await http.post("/h5/login", json={"user": users[0]["openid"]})).json()
    assert known["user"] == {name: users[0][name] for name in ("openid", "nickname")}
    assert await _openid_of(http, known["code"]) == users[0]["openid"]
    fresh = (await http.post("/h5/login", json={"user": "new"})).json()
    assert fresh["user"]["openid"] not in {user["openid"] for user in users}
    assert len((await http.post("/h5/phone", json={"openid": fresh["user"]["openid"]})).json()["code"]) == 64


@pytest.mark.parametrize(
    ("path", "content", "status"),
    [
        ("/h5/login", b'{"user": "oNobody"}', 404),
        ("/h5/phone", b"{}", 404),
        ("/h5/pay", b'{"prepay_id": "wx0"}', 404),
        ("/h5/pay", b"[]", 400),
        ("/h5/pay", b"{", 400),
    ],
)
async def test_json_refusals(http: httpx.AsyncClient, path: str, content: bytes, status: int) -> None:
    reply = await http.post(path, content=content)
    assert reply.status_code == status
    assert reply.json()["errMsg"]


async def test_request_payment_as_json(wxsim: Simulator, http: httpx.AsyncClient, wechat_pay: WechatPay) -> None:
    no, prepay_id = await prepaid(wechat_pay, 100)
    params = wechat_pay.request_payment_params(prepay_id)
    forged = await http.post("/h5/pay", json={**params, "paySign": params["paySign"][::-1]})
    assert forged.status_code == 400
    cancelled = await http.post("/h5/pay", json={**params, "action": "cancel"})
    assert cancelled.json() == {"errMsg": "requestPayment:fail cancel"}
    assert not await paid(wechat_pay, no)
    done = await http.post("/h5/pay", json=params)
    assert done.json() == {"errMsg": "requestPayment:ok"}
    assert await paid(wechat_pay, no)
    assert (await http.post("/h5/pay", json=params)).status_code == 409


# -- status


async def test_status_page_shows_everything(wxsim: Simulator, http: httpx.AsyncClient, wechat_pay: WechatPay) -> None:
    empty = await http.get("/")
    assert empty.text.count("还没有。") == 4
    no, _ = await prepaid(wechat_pay, 3980)
    assert "待支付" in (await http.get("/")).text
    await wxsim.user_pays(no, lose_notice=True)
    page = (await http.get("/")).text
    for text in (no, "已支付", "39.80", "TRANSACTION.SUCCESS", "LOST", "待发货"):
        assert text in page


async def _openid_of(http: httpx.AsyncClient, code: str) -> str:
    query = {"appid": "wx0123456789abcdef", "secret": "wxsim-app-secret-0123456789abcdef", "js_code": code}
    reply = await http.get("/sns/jscode2session", params={**query, "grant_type": "authorization_code"})
    return str(reply.json()["openid"])
