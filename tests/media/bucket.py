"""An S3 store on a port of its own: checks every signature by itself (Signature Version 4), keeps objects in memory.

Written from the description of the protocol and not with the library the mall signs with, so that one checks the other.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.test_whole import served

KEY_ID, SECRET, REGION, BUCKET = "AKIDEXAMPLE", "a-secret-of-the-store", "cn-test-1", "mall-files"


@dataclass
class Bucket:
    """The objects and when they came; what was asked; faults that are to happen next."""

    objects: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    since: dict[str, datetime] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    faults: list[int] = field(default_factory=list)
    now: datetime | None = None
    port: int = 0

    def clock(self) -> datetime:
        return self.now or datetime.now(UTC)


@asynccontextmanager
async def opened() -> AsyncIterator[Bucket]:
    bucket = Bucket()

    async def one(request: Request) -> Response:
        return await _object(bucket, request)

    async def form(request: Request) -> Response:
        return await _form(bucket, request)

    routes = [
        Route("/{bucket}/{key:path}", one, methods=["GET", "HEAD", "PUT", "DELETE"]),
        Route("/{bucket}", form, methods=["POST"]),
    ]
    async with served(Starlette(routes=routes)) as port:
        bucket.port = port
        yield bucket


async def _object(bucket: Bucket, request: Request) -> Response:
    name, body = request.path_params["key"], await request.body()
    bucket.asked.append(f"{request.method} {name}")
    if bucket.faults:
        return _error(bucket.faults.pop(0), "InternalError")
    if not _is_signed(request, body):
        return _error(403, "SignatureDoesNotMatch")
    if request.path_params["bucket"] != BUCKET:
        return _error(404, "NoSuchBucket")
    if request.method == "PUT":
        bucket.objects[name], bucket.since[name] = body, bucket.clock()
        bucket.types[name] = request.headers.get("content-type", "")
        return Response(headers={"ETag": f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'})
    if request.method == "DELETE":
        bucket.objects.pop(name, None)
        return Response(status_code=204)
    if name not in bucket.objects:
        return _error(404, "NoSuchKey")
    headers = {"Last-Modified": format_datetime(bucket.since[name], usegmt=True)}
    return Response(bucket.objects[name], headers=headers, media_type=bucket.types[name])


async def _form(bucket: Bucket, request: Request) -> Response:
    """POST Object: the policy is signed, and every field must be one it allows."""
    bucket.asked.append("POST")
    if bucket.faults:
        return _error(bucket.faults.pop(0), "InternalError")
    async with request.form() as form:
        fields = {name.lower(): value for name, value in form.items() if isinstance(value, str)}
        file = form.get("file")
        if not isinstance(file, UploadFile):
            return _error(400, "InvalidArgument")
        content = await file.read()
    credential = fields.get("x-amz-credential", "").split("/")
    if credential[0] != KEY_ID or credential[2:] != [REGION, "s3", "aws4_request"]:
        return _error(403, "InvalidAccessKeyId")
    signature = _hmac(_key(credential[1]), fields["policy"]).hex()
    if not hmac.compare_digest(signature, fields.get("x-amz-signature", "")):
        return _error(403, "SignatureDoesNotMatch")
    fault = _against(json.loads(base64.b64decode(fields["policy"])), fields, len(content), bucket.clock())
    if fault:
        return _error(400 if fault == "EntityTooLarge" else 403, fault)
    bucket.objects[fields["key"]], bucket.since[fields["key"]] = content, bucket.clock()
    bucket.types[fields["key"]] = fields["content-type"]
    return Response(status_code=int(fields.get("success_action_status", "204")))


def _against(policy: dict[str, object], fields: Mapping[str, str], size: int, now: datetime) -> str:
    """The fault of a form that its policy does not allow."""
    if datetime.fromisoformat(str(policy["expiration"])) <= now:
        return "AccessDenied"
    allowed = {"policy", "x-amz-signature"}
    for condition in policy["conditions"]:  # type: ignore[attr-defined]
        if isinstance(condition, dict):
            ((name, value),) = condition.items()
            allowed.add(name.lower())
            if (BUCKET if name == "bucket" else fields.get(name.lower())) != value:
                return "AccessDenied"
        elif condition[0] == "content-length-range":
            if size > condition[2]:
                return "EntityTooLarge"
            if size < condition[1]:
                return "EntityTooSmall"
        else:
            raise NotImplementedError(condition)
    return "" if set(fields) <= allowed else "AccessDenied"


def _is_signed(request: Request, body: bytes) -> bool:
    """Whether the Authorization header is what this very request must carry."""
    scheme, _, rest = request.headers.get("authorization", "").partition(" ")
    if scheme != "AWS4-HMAC-SHA256":
        return False
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    key_id, day, *scope = parts["Credential"].split("/")
    hashed = request.headers["x-amz-content-sha256"]
    if key_id != KEY_ID or scope != [REGION, "s3", "aws4_request"]:
        return False
    if hashed not in (hashlib.sha256(body).hexdigest(), "UNSIGNED-PAYLOAD"):
        return False
    names = parts["SignedHeaders"].split(";")
    if not {"host", "x-amz-date", "x-amz-content-sha256"} <= set(names):
        return False
    path = quote(request.scope["path"], safe="/~")
    query = "&".join(sorted(request.scope["query_string"].decode().split("&")))
    headers = "".join(f"{name}:{' '.join(request.headers[name].split())}\n" for name in names)
    canonical = "\n".join([request.method, path, query, headers, ";".join(names), hashed])
    when = request.headers["x-amz-date"]
    told = "\n".join(
        ["AWS4-HMAC-SHA256", when, "/".join([day, *scope]), hashlib.sha256(canonical.encode()).hexdigest()]
    )
    return hmac.compare_digest(_hmac(_key(day), told).hex(), parts["Signature"])


def _key(day: str) -> bytes:
    return _hmac(_hmac(_hmac(_hmac(f"AWS4{SECRET}".encode(), day), REGION), "s3"), "aws4_request")


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def _error(status: int, code: str) -> Response:
    return Response(f"<Error><Code>{code}</Code></Error>", status_code=status, media_type="application/xml")
