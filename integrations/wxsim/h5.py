"""The WeChat app as JSON, for front ends that run outside it: wx.login, phone number, wx.requestPayment."""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from . import payments
from .records import Trade, User
from .tokens import issue_code, issue_phone_code, new_user
from .wire import verifies_pay_sign
from .world import World

LATE_SECONDS = 20.0


class Refused(Exception):
    """A sentence for the person, and the HTTP status."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.message, self.status = message, status


def _json(path: str, act: Callable[[World, Mapping[str, Any]], dict[str, Any]]) -> Route:
    async def endpoint(request: Request) -> Response:
        try:
            body = json.loads(await request.body() or b"{}")
            if not isinstance(body, dict):
                raise Refused("请求体应为 JSON 对象")
            return JSONResponse(act(request.app.state.world, body))
        except ValueError:
            return JSONResponse({"errMsg": "请求体不是合法的 JSON"}, 400)
        except Refused as error:
            return JSONResponse({"errMsg": error.message}, error.status)

    return Route(path, endpoint, methods=["POST"])


async def users(request: Request) -> Response:
    world: World = request.app.state.world
    return JSONResponse({"users": [_public(user) | {"phone": user.phone} for user in world.users.all()]})


def login(world: World, body: Mapping[str, Any]) -> dict[str, Any]:
    user = chosen_user(world, str(body.get("user") or "new"))
    return {"code": issue_code(world, user.openid).value, "user": _public(user)}


def phone(world: World, body: Mapping[str, Any]) -> dict[str, Any]:
    openid = str(body.get("openid") or "")
    if world.users.get(openid) is None:
        raise Refused("没有这个微信用户", 404)
    return {"code": issue_phone_code(world, openid).value}


def request_payment(world: World, body: Mapping[str, Any]) -> dict[str, Any]:
    """What `wx.requestPayment` does: check the merchant's signature, show the cashier, report how it ended."""
    params = {name: str(value) for name, value in body.items()}
    prepay_id = params.get("prepay_id") or params.get("package", "").removeprefix("prepay_id=")
    trade = find_prepaid(world, prepay_id, params)
    lost = body.get("lose_notice") is True
    seconds = body.get("seconds", LATE_SECONDS)
    if type(seconds) not in (int, float):
        raise Refused("seconds 应为数字")
    return {"errMsg": act(world, trade, params.get("action", "pay"), seconds=seconds, lose_notice=lost)}


# -- shared with the pages


def chosen_user(world: World, choice: str) -> User:
    user = new_user(world) if choice == "new" else world.users.get(choice)
    if user is None:
        raise Refused("没有这个微信用户", 404)
    return user


def find_prepaid(world: World, prepay_id: str, params: Mapping[str, str]) -> Trade:
    """The trade behind a prepay_id. A given paySign must be the merchant's, or the app would not open the cashier."""
    if params.get("paySign"):
        params = {"package": f"prepay_id={prepay_id}", **params}
        if not verifies_pay_sign(world, params):
            raise Refused("requestPayment:fail 支付验证签名失败")
    trade = world.by_prepay(prepay_id)
    if trade is None:
        raise Refused("没有这笔待支付的订单", 404)
    return trade


def act(world: World, trade: Trade, action: str, *, seconds: float, lose_notice: bool) -> str:
    """Pays, pays late or cancels, and says what `wx.requestPayment` would report."""
    if action == "cancel":
        payments.cancel(world, trade)
        return "requestPayment:fail cancel"
    try:
        if action == "later":
            at = world.clock.now() + timedelta(seconds=min(max(seconds, 0), 86400))
            payments.pay_later(world, trade, at, lose_notice=lose_notice)
            return "requestPayment:fail cancel"
        if action != "pay":
            raise Refused("没有这个动作")
        payments.pay(world, trade, lose_notice=lose_notice)
    except payments.CannotPay as error:
        raise Refused(f"requestPayment:fail {error}", 409) from error
    return "requestPayment:ok"


def _public(user: User) -> dict[str, str]:
    return {"openid": user.openid, "nickname": user.nickname}


ROUTES: list[Route] = [
    Route("/h5/users", users, methods=["GET"]),
    _json("/h5/login", login),
    _json("/h5/phone", phone),
    _json("/h5/pay", request_payment),
]
