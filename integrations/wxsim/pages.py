"""The WeChat app as pages: the cashier, the login sheet, the phone sheet. All addresses are relative."""

from collections.abc import Mapping
from html import escape
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from . import payments
from .h5 import LATE_SECONDS, Refused, act, chosen_user, find_prepaid
from .html import button, hidden, page, yuan
from .records import Trade
from .tokens import issue_code, issue_phone_code
from .world import World

RESULTS = {"requestPayment:ok": "ok", "requestPayment:fail cancel": "cancel"}
SHOWN = 50
LOOPBACK = ("localhost", "127.0.0.1", "::1")


# -- cashier


async def cashier(request: Request) -> Response:
    world: World = request.app.state.world
    query = dict(request.query_params)
    back = safe_return(request, query.get("return_to", ""))
    try:
        trade = find_prepaid(world, query.get("prepay_id", ""), query)
    except Refused as error:
        return _sorry(error, back)
    reason = payments.why_not(world, trade)
    return page("微信支付（模拟）", _bill(world, trade) + (_ended(reason, back) if reason else _choices(trade, back)))


async def cashier_submit(request: Request) -> Response:
    world: World = request.app.state.world
    form = {name: str(value) for name, value in (await request.form()).items()}
    back = safe_return(request, form.get("return_to", ""))
    try:
        trade = find_prepaid(world, form.get("prepay_id", ""), {})
        seconds = float(form.get("seconds") or LATE_SECONDS)
        action, lost = form.get("action", "pay"), form.get("lose_notice") == "on"
        result = RESULTS[act(world, trade, action, seconds=seconds, lose_notice=lost)]
    except (Refused, ValueError) as error:
        return _sorry(error if isinstance(error, Refused) else Refused("秒数应为数字"), back)
    if back:
        return RedirectResponse(with_query(back, wxpay=result), 303)
    return RedirectResponse(f"cashier?prepay_id={quote(trade.prepay_id)}", 303)


def _bill(world: World, trade: Trade) -> str:
    rows = "".join(
        f"<li><div><b>{escape(world.shop_name(sub.sub_mchid) if sub.sub_mchid else '平台自营')}</b>"
        f'<div class="soft">{escape(sub.description)}</div></div><span>¥{yuan(sub.total)}</span></li>'
        for sub in trade.subs
    )
    return (
        '<p class="center soft">微信支付（模拟收银台，不产生真实扣款）</p>'
        f'<p class="sum" data-testid="total"><small>¥</small>{yuan(trade.total)}</p>'
        f"<ul>{rows}</ul>"
    )


def _choices(trade: Trade, back: str) -> str:
    return (
        f'<form method="post" action="cashier">{hidden(prepay_id=trade.prepay_id, return_to=back)}'
        f"{button('立即支付', 'pay', main=True)}{button('取消', 'cancel')}"
        "<details><summary>演示意外情况</summary>"
        '<label><input type="checkbox" name="lose_notice"> 支付后关闭通知（商城收不到支付结果通知）</label>'
        "<label>稍后支付，等 "
        f'<input type="number" name="seconds" value="{LATE_SECONDS:.0f}" min="0" max="86400"> 秒</label>'
        f"{button('稍后支付', 'later')}</details></form>"
    )


def _ended(reason: str, back: str) -> str:
    return f'<p class="center" data-testid="ended">{escape(reason)}</p>{_back_link(back)}'


def _back_link(back: str) -> str:
    return f'<a class="button main" href="{escape(back)}">返回商城</a>' if back else ""


def _sorry(error: Refused, back: str) -> Response:
    return page("出错了", f"<h1>出错了</h1><p>{escape(error.message)}</p>{_back_link(back)}", status=error.status)


# -- login and phone


async def login(request: Request) -> Response:
    world: World = request.app.state.world
    back = safe_return(request, request.query_params.get("return_to", ""))
    buttons = "".join(
        f'<button name="user" value="{escape(user.openid)}">{escape(user.nickname)}'
        f'<br><span class="soft">{escape(user.phone)}</span></button>'
        for user in world.users.all()[:SHOWN]
    )
    form = (
        f'<form method="post" action="login">{hidden(return_to=back)}{buttons}'
        '<button class="main" name="user" value="new">新用户</button></form>'
    )
    return page("微信登录（模拟）", f'<h1>微信登录</h1><p class="soft">模拟微信：选择以谁的身份登录商城。</p>{form}')


async def login_submit(request: Request) -> Response:
    world: World = request.app.state.world
    form = {name: str(value) for name, value in (await request.form()).items()}
    back = safe_return(request, form.get("return_to", ""))
    try:
        user = chosen_user(world, form.get("user", "new"))
    except Refused as error:
        return _sorry(error, back)
    code = issue_code(world, user.openid).value
    if not back:
        return page("微信登录（模拟）", f"<h1>{escape(user.nickname)}</h1><p>登录凭证</p><code>{code}</code>")
    return RedirectResponse(with_query(back, code=code, openid=user.openid), 303)


async def phone(request: Request) -> Response:
    world: World = request.app.state.world
    back = safe_return(request, request.query_params.get("return_to", ""))
    user = world.users.get(request.query_params.get("openid", ""))
    if user is None:
        return _sorry(Refused("没有这个微信用户", 404), back)
    form = (
        f'<form method="post" action="phone">{hidden(return_to=back, openid=user.openid)}'
        f"{button('允许', 'allow', main=True)}{button('不允许', 'deny')}</form>"
    )
    return page(
        "手机号授权（模拟）", f'<h1>昭通商城 申请使用你的手机号</h1><p class="sum">{escape(user.phone)}</p>{form}'
    )


async def phone_submit(request: Request) -> Response:
    world: World = request.app.state.world
    form = {name: str(value) for name, value in (await request.form()).items()}
    back = safe_return(request, form.get("return_to", "")) or "./"
    user = world.users.get(form.get("openid", ""))
    if user is None:
        return _sorry(Refused("没有这个微信用户", 404), back)
    if form.get("action") == "deny":
        return RedirectResponse(with_query(back, phone_code=""), 303)
    return RedirectResponse(with_query(back, phone_code=issue_phone_code(world, user.openid).value), 303)


# -- going back


def safe_return(request: Request, target: str) -> str:
    """The address to return to: a path, or an address on this machine or on the host the page was asked from."""
    parts = urlsplit(target)
    if not parts.scheme and not parts.netloc:
        return target if target.startswith(("/", "./", "../")) and "\\" not in target else ""
    asked = request.headers.get("x-forwarded-host") or request.headers.get("host", "")
    near = parts.hostname in LOOPBACK or parts.netloc == asked
    return target if parts.scheme in ("http", "https") and near else ""


def with_query(target: str, **values: str) -> str:
    """Adds to the query; of a hash-routed page (#/pages/…) to the query inside the hash, where its router looks."""
    parts = urlsplit(target)
    if parts.fragment.startswith("/"):
        return urlunsplit(parts._replace(fragment=_extended(parts.fragment, values)))
    return urlunsplit(parts._replace(query=_merged(parts.query, values)))


def _extended(address: str, values: Mapping[str, str]) -> str:
    path, _, query = address.partition("?")
    return f"{path}?{_merged(query, values)}"


def _merged(query: str, values: Mapping[str, str]) -> str:
    kept = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] not in values]
    return urlencode([*kept, *values.items()])


ROUTES: list[Route] = [
    Route("/cashier", cashier, methods=["GET"]),
    Route("/cashier", cashier_submit, methods=["POST"]),
    Route("/login", login, methods=["GET"]),
    Route("/login", login_submit, methods=["POST"]),
    Route("/phone", phone, methods=["GET"]),
    Route("/phone", phone_submit, methods=["POST"]),
]
