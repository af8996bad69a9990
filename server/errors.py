"""The published list of refusal codes: written from the classes that refuse, compared by a test, read by clients."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graphql import GraphQLObjectType, GraphQLUnionType

from domain.base import Refusal
from resolvers.base import ANSWERS
from server.graphql import schema
from server.uploads import TooLarge

FILE = Path(__file__).parent.parent / "docs/errors.md"
graph = schema._schema

# Refusals that never reach GraphQL.
OUTSIDE = {TooLarge: "HTTP 413 of `POST /uploads/incoming/<id>` and `/uploads/products`"}

# What is no refusal by a rule: the code, where it stands, what it means.
SOCKETS = """
## Closes of a socket

`/graphql` speaks graphql-transport-ws. What is wrong with one operation ends that operation by an `error` message with
the codes above; what is wrong with the socket closes it.

| close | meaning |
|---|---|
| HTTP 403 | Opened by a page of another origin. |
| HTTP 429, 503 | Too many sockets of one address; too many of the process. Try again after `Retry-After`. |
| 1009 | A message longer than 64 KiB. |
| 1012 | The server stops; connect again. |
| 1013 | Who it is cannot be found out now; try again later. |
| 4400 | A frame that is no message of the protocol. |
| 4401 | An operation before `connection_init` was acknowledged. |
| 4403 | A bad token, or one that has ended or was revoked meanwhile. |
| 4406 | The handshake did not offer `graphql-transport-ws`. |
| 4408 | No `connection_init` within 10 seconds, or no sign of life for 75, a `ping` of ours unanswered. |
| 4409 | An id that is still in use. |
| 4429 | A second `connection_init`, or too many sockets of one member or one person of the staff. |
"""

TRANSPORT = (
    ("BAD_USER_INPUT", "`errors`, HTTP 200 or 400", "The document or a variable does not fit the schema."),
    ("INTERNAL_SERVER_ERROR", "`errors`, HTTP 200 or 500", "Nobody foresaw it; it is in the log under the trace id."),
    ("SLOW_CONSUMER", "`error` of a subscription", "The client took too long to read; subscribe again and read anew."),
    ("TOO_MANY", "`error` on a socket", "More than 20 operations at once."),
    ("BAD_REQUEST", "HTTP 400 of `/graphql`", "The body is no JSON, nested too deeply, a batch, or no operation."),
    (
        "UNKNOWN_DOCUMENT",
        "HTTP 400 of `/graphql`",
        "No trusted document has this id; the page is older than the server.",
    ),
    ("TOO_COMPLEX", "HTTP 400 of `/graphql`", "Beyond `extensions.most` of `extensions.limit`: docs/graphql.md."),
    ("UNAUTHENTICATED", "HTTP 401 of `/partner/graphql`", "No key, or one that is unknown, revoked, over or stopped."),
    ("FORBIDDEN", "HTTP 403 of `/partner/graphql`", "Somebody is signed in, but with no partner's key."),
    ("CROSS_SITE", "HTTP 403 of `/graphql`", "A free text by GET without a header that no link can send."),
    ("METHOD_NOT_ALLOWED", "HTTP 405 of `/graphql`", "Mutations are sent by POST, queries by POST or GET."),
    (
        "NOT_ACCEPTABLE",
        "HTTP 406 of `/graphql`",
        "The Accept header allows none of the two types of GraphQL over HTTP.",
    ),
    ("TOO_LARGE", "HTTP 413 of `/graphql`", "The body is longer than 100 KiB."),
    ("UNSUPPORTED_MEDIA_TYPE", "HTTP 415 of `/graphql`", "The body is not `application/json` in UTF-8."),
    (
        "THROTTLED",
        "HTTP 429 of `/graphql` and `/uploads/products`",
        "Too often or too much: come again after `Retry-After` seconds. docs/limits.md.",
    ),
    ("BUSY", "HTTP 503 of `/graphql`", "The house is full; nothing was done. Come again after `Retry-After` seconds."),
    ("DEADLINE", "HTTP 503 of `/graphql`", "It took too long and was ended; look before you try again."),
    ("UNAVAILABLE", "HTTP 503 of `/graphql`", "A server we depend on is away: come again after `Retry-After` seconds."),
    ("NOT_FOUND", "HTTP 404 of `/media/<key>`", "There is no such picture."),
    ("BAD_USER_INPUT", "HTTP 400 of `/media/<key>`", "The width is none of 200, 400 and 800."),
    (
        "FAIL",
        "HTTP 401 or 413 of `/webhooks/wechatpay`",
        "The notice is not signed by WeChat Pay, or longer than 64 KiB.",
    ),
)

HEAD = """# Codes of refusals

Written by `python -m server errors` from the code; do not edit.

Every refusal has a stable `code`, a Chinese sentence for the user and, where it is about one input, its `field`. A
field of the schema whose type is a union with `Refused` answers it there, as the type named below where the union has
that, else as `Refused`; any other field answers null or nothing and tells it in `errors`, with `extensions.code` and
`extensions.field`. Who is not admitted to a field at all is always told in `errors`. `POST /uploads/products` answers
`{code, message}` with HTTP 401, 403, 413 or 400. Clients branch on codes, never on sentences.
"""


def text() -> str:
    """The whole file."""
    rules = [_row(f"`{cls.code}`", _meaning(cls), f"`{_address(cls)}`", _place(cls)) for cls in refusals()]
    outside = [_row(f"`{code}`", place, meaning) for code, place, meaning in TRANSPORT]
    return "\n".join(
        [
            HEAD,
            "## Refused by a rule\n",
            _row("code", "meaning", "class", "answered as"),
            "|---|---|---|---|",
            *rules,
            "\n## Refused by the transport\n",
            _row("code", "where", "meaning"),
            "|---|---|---|",
            *outside,
            SOCKETS,
        ]
    )


def write() -> None:
    """The body of `python -m server errors`."""
    FILE.write_text(text(), encoding="utf-8")


def refusals(of: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Every class that refuses, each before its own subclasses; by name, since the order of imports is no order."""
    for cls in sorted(of.__subclasses__(), key=_address):
        yield cls
        yield from refusals(cls)


def _meaning(cls: type[Refusal]) -> str:
    return " ".join((cls.__dict__["__doc__"] or "").split())


def _address(cls: type[Refusal]) -> str:
    return f"{cls.__module__}.{cls.__name__}"


def _place(cls: type[Refusal]) -> str:
    if cls in OUTSIDE:
        return OUTSIDE[cls]
    if cls not in ANSWERS:
        return "`Refused` or `errors`"
    name = str(ANSWERS[cls].__self__.__name__)  # type: ignore[attr-defined]
    carried = ", ".join(f"`{field}`" for field in _own_fields(name))
    return f"`{name}` in {_unions(name)}" + (f"; carries {carried}" if carried else "")


def _own_fields(name: str) -> list[str]:
    type_, problem = graph.type_map[name], graph.type_map["Problem"]
    assert isinstance(type_, GraphQLObjectType)
    return sorted(type_.fields.keys() - problem.fields.keys())  # type: ignore[attr-defined]


def _unions(name: str) -> str:
    unions = [union for union in graph.type_map.values() if isinstance(union, GraphQLUnionType)]
    return ", ".join(sorted(f"`{union.name}`" for union in unions if name in {each.name for each in union.types}))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
