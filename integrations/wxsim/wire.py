"""The outer shell of every /v3 call: who signed the request, whether the body is well formed, and our own signature.

Written apart from the product's client on purpose, so that the two check each other.
"""

import base64
import binascii
import json
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .world import World

SCHEME = "WECHATPAY2-SHA256-RSA2048"
WINDOW_SECONDS = 300
_PAIR = re.compile(r'(\w+)="([^"]*)"')
_NAMES = {"mchid", "nonce_str", "signature", "timestamp", "serial_no"}


class PayError(Exception):
    """A refusal in API v3's own form."""

    def __init__(self, status: int, code: str, message: str, detail: Mapping[str, Any] | None = None) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.body: dict[str, Any] = {"code": code, "message": message}
        if detail:
            self.body["detail"] = dict(detail)


class Body(BaseModel):
    """A request body: exact types (no "3980" for 3980), no unknown fields."""

    model_config = ConfigDict(strict=True, extra="forbid")


B = TypeVar("B", bound=Body)


@dataclass(frozen=True)
class Call:
    """A request whose signature was found good."""

    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any

    def read(self, model: type[B]) -> B:
        try:
            return model.model_validate(self.body)
        except ValidationError as error:
            first = error.errors()[0]
            field = "/" + "/".join(str(part) for part in first["loc"])
            detail = {"field": field, "value": str(first.get("input"))[:100], "issue": first["msg"], "location": "body"}
            raise PayError(400, "PARAM_ERROR", f"参数错误：{field} {first['msg']}", detail) from error

    @property
    def fingerprint(self) -> str:
        return json.dumps(self.body, ensure_ascii=False, sort_keys=True)


Handler = Callable[[World, Call], tuple[int, Any]]


def pay_route(path: str, method: str, handler: Handler) -> Route:
    """A signed endpoint. The handler is synchronous, so what it reads and writes is never interleaved."""

    async def endpoint(request: Request) -> Response:
        world: World = request.app.state.world
        raw = await request.body()
        try:
            authenticate(world, request, raw)
            call = Call(request.path_params, request.query_params, parse(raw) if method == "POST" else None)
            with world.store.batch():
                status, reply = handler(world, call)
        except PayError as error:
            status, reply = error.status, error.body
        return signed_response(world, status, reply)

    return Route(path, endpoint, methods=[method])


def parse(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError as error:
        raise PayError(400, "PARAM_ERROR", "请求体不是合法的JSON") from error


def authenticate(world: World, request: Request, raw: bytes) -> None:
    """Rebuilds the signed string from the raw target and body; refuses a repeated nonce, stricter than WeChat."""
    if not request.headers.get("User-Agent") or "application/json" not in request.headers.get("Accept", ""):
        raise PayError(400, "PARAM_ERROR", "缺少 User-Agent 或 Accept: application/json")
    proof = _credentials(world, request.headers.get("Authorization", ""))
    stamp = int(proof["timestamp"])
    if abs(world.clock.wire().timestamp() - stamp) > WINDOW_SECONDS:
        raise PayError(401, "SIGN_ERROR", "时间戳与服务器相差超过5分钟")
    target = request.scope["raw_path"].decode("ascii")
    if request.scope["query_string"]:
        target += "?" + request.scope["query_string"].decode("ascii")
    head = f"{request.method}\n{target}\n{proof['timestamp']}\n{proof['nonce_str']}\n"
    if not _verifies(merchant_key(world.keys.merchant_public_pem), head.encode() + raw + b"\n", proof["signature"]):
        raise PayError(
            401, "SIGN_ERROR", "签名错误，请检查后再试", {"issue": "sign not match", "location": "authorization"}
        )
    _once(world, proof["nonce_str"], proof["timestamp"])


def _credentials(world: World, header: str) -> dict[str, str]:
    scheme, _, rest = header.partition(" ")
    proof = dict(_PAIR.findall(rest))
    if scheme != SCHEME or set(proof) != _NAMES or not re.fullmatch(r"[0-9]{10}", proof["timestamp"]):
        raise PayError(401, "SIGN_ERROR", "Http头Authorization值格式错误")
    if proof["mchid"] != world.keys.mchid or proof["serial_no"] != world.keys.serial_no:
        raise PayError(401, "SIGN_ERROR", "商户号或商户证书序列号有误")
    if not 1 <= len(proof["nonce_str"]) <= 32:
        raise PayError(401, "SIGN_ERROR", "随机串长度有误")
    return proof


def _once(world: World, nonce: str, stamp: str) -> None:
    now = world.clock.wire().timestamp()
    # Kept in order of arrival, so the old ones are in front.
    while world.nonces and now - world.nonces[oldest := next(iter(world.nonces))] > 2 * WINDOW_SECONDS:
        del world.nonces[oldest]
    if (nonce, stamp) in world.nonces:
        raise PayError(401, "SIGN_ERROR", "重复的请求")
    world.nonces[nonce, stamp] = now


def signed_response(world: World, status: int, reply: Any) -> Response:
    """Every reply is signed, refusals and the empty 204 included."""
    raw = b"" if reply is None else json.dumps(reply, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {**sign_headers(world, raw), "Request-ID": secrets.token_hex(16).upper()}
    return Response(raw, status, headers, media_type=None if reply is None else "application/json")


def sign_headers(world: World, raw: bytes, *, age: float = 0, serial: str | None = None) -> dict[str, str]:
    """The signature headers of a reply or notification; `age` seconds old, by the wire clock."""
    stamp, nonce = str(int(world.clock.wire().timestamp() - age)), secrets.token_hex(16)
    key = platform_key(world.keys.platform_private_pem)
    signature = key.sign(f"{stamp}\n{nonce}\n".encode() + raw + b"\n", PKCS1v15(), SHA256())
    return {
        "Wechatpay-Timestamp": stamp,
        "Wechatpay-Nonce": nonce,
        "Wechatpay-Serial": serial or world.keys.public_key_id,
        "Wechatpay-Signature-Type": SCHEME,
        "Wechatpay-Signature": base64.b64encode(signature).decode("ascii"),
    }


def verifies_pay_sign(world: World, params: Mapping[str, str]) -> bool:
    """What the WeChat app checks before it opens the cashier: the merchant's signature over wx.requestPayment."""
    signed = (params.get(name, "") for name in ("timeStamp", "nonceStr", "package"))
    text = "".join(f"{part}\n" for part in (world.keys.appid, *signed))
    if params.get("signType") != "RSA":
        return False
    return _verifies(merchant_key(world.keys.merchant_public_pem), text.encode(), params.get("paySign", ""))


def _verifies(key: RSAPublicKey, message: bytes, signature: str) -> bool:
    try:
        key.verify(base64.b64decode(signature, validate=True), message, PKCS1v15(), SHA256())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


@cache
def platform_key(pem: str) -> RSAPrivateKey:
    key = load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise ValueError("the platform key must be an RSA private key")
    return key


@cache
def merchant_key(pem: str) -> RSAPublicKey:
    key = load_pem_public_key(pem.encode())
    if not isinstance(key, RSAPublicKey):
        raise ValueError("the merchant key must be an RSA public key")
    return key
