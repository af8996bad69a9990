"""What a request asks, read from its body or its address, strictly.

A page of a stranger can make a browser send us requests, and the rule against it is this:

- POST carries `application/json` and nothing else, which no form and no image can send and which a script of another
  origin may only send after asking; we never allow that.
- GET is for queries: it changes nothing. It is never signed in by itself either, since a token comes in a header that
  no browser adds on its own; there are no cookies.
- GET of a trusted document may come from anybody, bare: its text is ours, so nothing can be asked by it but what our
  pages ask, and a cache in front of us must be able to fetch and renew what is the same for everybody.
- GET of a free text, where the door takes one, must show that a client of GraphQL sent it and no link or image: by a
  header that needs permission across origins; or, not from another site, by an Accept that names our types or by the
  mode a browser writes on what a script fetches.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.types import Scope

from server.bodies import MOST_BYTES, decode
from server.operations import Asked
from server.refusing import RequestRefused

PERMITTED = (
    b"authorization",
    b"x-mall-client",
    b"x-requested-with",
    b"apollo-require-preflight",
    b"graphql-require-preflight",
)
NAMED = (b"application/json", b"application/graphql-response+json")
SCRIPTED = (b"cors", b"same-origin")
MOST_PARAMETERS = 20

# Their values are few, so they are compared whole before they are taken apart.
PLAIN_TYPES = frozenset({b"application/json", b"application/json; charset=utf-8", b"application/json;charset=utf-8"})

Headers = Mapping[bytes, bytes]


def check_type(headers: Headers) -> None:
    """Refuses a body that is not JSON in UTF-8, by what its Content-Type says."""
    given = headers.get(b"content-type", b"").lower()
    if given in PLAIN_TYPES:
        return
    media, *parameters = (part.strip() for part in given.split(b";"))
    charsets = [part[8:].strip(b'"') for part in parameters if part.startswith(b"charset=")]
    if media != b"application/json" or any(charset not in (b"utf-8", b"utf8") for charset in charsets):
        raise RequestRefused(415, "UNSUPPORTED_MEDIA_TYPE", "请使用 application/json")


def check_length(headers: Headers) -> None:
    """Refuses a body that says it is too long before any of it is read."""
    given = headers.get(b"content-length", b"0")
    if given.isdigit() and (len(given) > 12 or int(given) > MOST_BYTES):
        raise too_large()


def too_large() -> RequestRefused:
    return RequestRefused(413, "TOO_LARGE", "请求内容过大")


def from_body(body: bytes) -> Asked:
    """The operation in the body of a POST."""
    try:
        found = decode(body)
    except (ValueError, RecursionError):
        raise _bad("请求内容不是有效的 JSON") from None
    if isinstance(found, list):
        raise _bad("不支持批量请求")
    if not isinstance(found, dict):
        raise _bad("请求格式不正确")
    return _asked(found, len(body))


def address_of(scope: Scope) -> str:
    """What a GET asks, as it was sent. A text, so that it is never taken for the same bytes in a body."""
    return str(scope["query_string"], "latin-1")


def from_address(query_string: bytes, headers: Headers) -> Asked:
    """The operation in the address of a GET."""
    found: dict[str, Any] = parameters(query_string)
    for name in ("variables", "extensions"):
        if (text := found.get(name)) is None:
            continue
        try:
            found[name] = decode(text) if text else None
        except (ValueError, RecursionError):
            raise _bad(f"{name} 不是有效的 JSON") from None
    asked = _asked(found, len(query_string))
    if asked.query is not None and not _is_from_a_client(headers):
        raise RequestRefused(403, "CROSS_SITE", "请带上请求头 x-mall-client 再试")
    return asked


def parameters(query_string: bytes) -> dict[str, Any]:
    """The parameters of an address; of one that is given twice the last."""
    try:
        text = query_string.decode("ascii")
        return dict(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS))
    except ValueError:
        raise _bad("请求地址不正确") from None


def _is_from_a_client(headers: Headers) -> bool:
    if any(name in headers for name in PERMITTED):
        return True
    if headers.get(b"sec-fetch-site") == b"cross-site":
        return False
    accept = headers.get(b"accept", b"").lower()
    return any(name in accept for name in NAMED) or headers.get(b"sec-fetch-mode") in SCRIPTED


def _asked(found: dict[str, Any], size: int) -> Asked:
    query, id, name = found.get("query"), found.get("id"), found.get("operationName")
    variables, extensions = found.get("variables"), found.get("extensions")
    texts = isinstance(query, str | None) and isinstance(id, str | None) and isinstance(name, str | None)
    if not texts or not isinstance(variables, dict | None) or not isinstance(extensions, dict | None):
        raise _bad("请求格式不正确")
    return Asked(query, id, name, variables, size)


def _bad(message: str) -> RequestRefused:
    return RequestRefused(400, "BAD_REQUEST", message)
