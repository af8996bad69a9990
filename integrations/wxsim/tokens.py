"""The mini-program server API's doors: access tokens, login codes, phone codes."""

import base64
import json
import secrets
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .records import Code, Token, User
from .world import World

TOKEN_LIFE = timedelta(seconds=7200)
OVERLAP = timedelta(seconds=300)
CODE_LIFE = timedelta(minutes=5)

Api = Callable[[World, Mapping[str, Any]], dict[str, Any]]


class Errcode(Exception):
    def __init__(self, errcode: int, message: str) -> None:
        super().__init__(errcode, message)
        self.body = {"errcode": errcode, "errmsg": message}


def api_route(path: str, api: Api) -> Route:
    """A POST endpoint under an access token: HTTP 200 whatever happens."""

    async def endpoint(request: Request) -> Response:
        world: World = request.app.state.world
        raw = await request.body()
        try:
            check_token(world, request.query_params.get("access_token", ""))
            with world.store.batch():
                return JSONResponse({"errcode": 0, "errmsg": "ok", **api(world, parsed_body(raw))})
        except Errcode as error:
            return JSONResponse(error.body)

    return Route(path, endpoint, methods=["POST"])


def parsed_body(raw: bytes) -> Mapping[str, Any]:
    try:
        body = json.loads(raw)
    except ValueError as error:
        raise Errcode(47001, "data format error") from error
    if not isinstance(body, dict):
        raise Errcode(47001, "data format error")
    return body


# -- access token


async def stable_token(request: Request) -> Response:
    world: World = request.app.state.world
    raw = await request.body()
    try:
        body = parsed_body(raw)
        if body.get("grant_type") != "client_credential":
            raise Errcode(40002, "invalid grant_type")
        _check_app(world, body.get("appid"), body.get("secret"))
    except Errcode as error:
        return JSONResponse(error.body)
    token = _current(world, force=body.get("force_refresh") is True)
    left = int((token.expires_at - world.clock.now()).total_seconds())
    return JSONResponse({"access_token": token.value, "expires_in": left})  # no errcode on success, as WeChat does


def _current(world: World, *, force: bool) -> Token:
    """The same token until 5 minutes before its end; then a new one, and for a while both work."""
    now = world.clock.now()
    good = [token for token in world.tokens.all() if not token.revoked and token.expires_at - now > OVERLAP]
    if good and not force:
        return good[-1]
    for token in good:
        token.revoked = True
        world.tokens.put(token)
    return world.tokens.put(Token(secrets.token_urlsafe(96), now, now + TOKEN_LIFE))


def check_token(world: World, value: str) -> None:
    token = world.tokens.get(value)
    if token is None or token.revoked:
        raise Errcode(40001, "invalid credential, access_token is invalid or not latest")
    if token.expires_at <= world.clock.now():
        raise Errcode(42001, "access_token expired")


def _check_app(world: World, appid: Any, secret: Any) -> None:
    if appid != world.keys.appid:
        raise Errcode(40013, "invalid appid")
    if secret != world.keys.app_secret:
        raise Errcode(40125, "invalid appsecret")


# -- login and phone


async def code2session(request: Request) -> Response:
    world: World = request.app.state.world
    query = request.query_params
    try:
        _check_app(world, query.get("appid"), query.get("secret"))
        if query.get("grant_type") != "authorization_code":
            raise Errcode(40002, "invalid grant_type")
        code = _redeem(world, query.get("js_code", ""), "login")
    except Errcode as error:
        return JSONResponse(error.body)
    session_key = base64.b64encode(secrets.token_bytes(16)).decode("ascii")
    return JSONResponse({"openid": code.openid, "session_key": session_key})


def phone_number(world: World, body: Mapping[str, Any]) -> dict[str, Any]:
    code = _redeem(world, str(body.get("code") or ""), "phone")
    watermark = {"timestamp": int(world.clock.wire().timestamp()), "appid": world.keys.appid}
    number = {"phoneNumber": code.phone, "purePhoneNumber": code.phone, "countryCode": "86"}
    return {"phone_info": {**number, "watermark": watermark}}


def _redeem(world: World, value: str, kind: str) -> Code:
    """Codes are single-use, live five minutes, and a login code is not a phone code."""
    code = world.codes.get(value)
    if code is None or code.kind != kind or world.clock.now() - code.issued_at > CODE_LIFE:
        raise Errcode(40029, "invalid code")
    if code.used:
        raise Errcode(40163, "code been used")
    code.used = True
    return world.codes.put(code)


def issue_code(world: World, openid: str, *, nickname: str = "") -> Code:
    """What `wx.login` gives the page; an unknown openid becomes a user."""
    user = ensure_user(world, openid, nickname=nickname)
    code = Code("0" + secrets.token_hex(15), "login", user.openid, "", world.clock.now())
    return world.codes.put(code)


def issue_phone_code(world: World, openid: str, phone: str = "") -> Code:
    """What the `getPhoneNumber` button gives the page: a code for this phone, or for the one the user has."""
    user = ensure_user(world, openid)
    code = Code(secrets.token_hex(32), "phone", user.openid, phone or user.phone, world.clock.now())
    return world.codes.put(code)


def ensure_user(world: World, openid: str, *, nickname: str = "") -> User:
    if user := world.users.get(openid):
        return user
    phone = "139" + "".join(secrets.choice("0123456789") for _ in range(8))
    return world.users.put(User(openid, nickname or f"微信用户{openid[-4:]}", phone))


def new_user(world: World) -> User:
    return ensure_user(world, "oNEW" + secrets.token_hex(12))


ROUTES: list[Route] = [
    Route("/cgi-bin/stable_token", stable_token, methods=["POST"]),
    Route("/sns/jscode2session", code2session, methods=["GET"]),
    api_route("/wxa/business/getuserphonenumber", phone_number),
]
