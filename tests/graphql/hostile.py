"""Requests that are no GraphQL, or only look like it: what is sent, and the status and code it is owed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

JSON = {"content-type": "application/json"}
OK = "{ __typename }"


@dataclass(frozen=True)
class Hostile:
    """`status` and `code` are what a caller who takes `application/json` is told."""

    name: str
    status: int
    code: str
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=lambda: dict(JSON))
    method: str = "POST"
    query_string: str = ""


def bad(group: str, bodies: dict[str, bytes], status: int = 400, code: str = "BAD_REQUEST") -> list[Hostile]:
    return [Hostile(f"{group}: {name}", status, code, body) for name, body in bodies.items()]


def dumped(**fields: Any) -> bytes:
    return json.dumps(fields).encode()


def no_json() -> list[Hostile]:
    nested = 41
    bodies = {
        "nothing": b"",
        "blank": b" \n",
        "a brace": b"{",
        "a comma too many": b'{"query": "{ a }",}',
        "single quotes": b"{'query': '{ a }'}",
        "a comment": b'{"query": "{ a }" /* no */}',
        "two values": b'{"query": "{ a }"} {}',
        "a control character": b'{"query": "{ \x00a }"}',
        "a raw line break": b'{"query": "{\n a }"}',
        "a bad escape": b'{"query": "\\x41"}',
        "half an escape": b'{"query": "\\u12"}',
        "latin-1": '{"query": "é"}'.encode("latin-1"),
        "utf-16": '{"query": "a"}'.encode("utf-16"),
        "utf-32": '{"query": "a"}'.encode("utf-32"),
        "a byte order mark": b'\xef\xbb\xbf{"query": "a"}',
        "overlong utf-8": b'{"query": "\xc0\xaf"}',
        "cut utf-8": b'{"query": "\xe4\xbd"}',
        "an encoded surrogate": b'{"query": "\xed\xa0\x80"}',
        "a lone high surrogate": b'{"query": "\\ud800"}',
        "a lone low surrogate": b'{"query": "\\udc00"}',
        "a surrogate in a name": b'{"query": "{ a }", "operationName": "\\ud83d"}',
        "a surrogate in a variable": b'{"query": "{ a }", "variables": {"a": "\\udfff"}}',
        "a surrogate in a key": b'{"query": "{ a }", "variables": {"\\ud800": 1}}',
        "NaN": b'{"query": "{ a }", "variables": {"a": NaN}}',
        "Infinity": b'{"query": "{ a }", "variables": {"a": Infinity}}',
        "minus Infinity": b'{"query": "{ a }", "variables": {"a": -Infinity}}',
        "a huge exponent": b'{"query": "{ a }", "variables": {"a": 1e999999}}',
        "5,000 digits": b'{"query": "{ a }", "variables": {"a": ' + b"9" * 5000 + b"}}",
        "a leading zero": b'{"query": "{ a }", "variables": {"a": 007}}',
        "a plus": b'{"query": "{ a }", "variables": {"a": +1}}',
        "hexadecimal": b'{"query": "{ a }", "variables": {"a": 0x10}}',
        "deep lists": b'{"query": "{ a }", "variables": {"a": ' + b"[" * nested + b"]" * nested + b"}}",
        "deep objects": b'{"query": "{ a }", "variables": ' + b'{"a":' * nested + b"1" + b"}" * nested + b"}",
        "40,000 brackets": b'{"query": "x", "variables": ' + b"[" * 40_000 + b"]" * 40_000 + b"}",
        "open brackets": b"[" * 90_000,
        "a pickle": b"\x80\x04\x95\x00",
        "xml": b'<?xml version="1.0"?><query/>',
        "a form": b"query=%7B__typename%7D",
        "the bare query": b"{ __typename }",
    }
    return bad("no json", bodies)


def no_operation() -> list[Hostile]:
    wrong = (0, 1, -1.5, True, False, [], ["a"], {}, {"a": 1})
    bodies = {
        "null": b"null",
        "true": b"true",
        "a number": b"1",
        "a string": b'"query"',
        "a list of nothing": b"[]",
        "a list of null": b"[null]",
        "a batch": b'[{"query": "{ __typename }"}]',
        "a batch of ten": json.dumps([{"query": OK}] * 10).encode(),
        "an empty object": b"{}",
        "another key": dumped(document=OK),
        "null for a query": dumped(query=None),
        "null for both": dumped(query=None, id=None),
        "query and id": dumped(query=OK, id="0" * 64),
        "the key in capitals": dumped(QUERY=OK),
    }
    for name in ("query", "id"):
        bodies |= {f"{name} of {value!r}": dumped(**{name: value}) for value in wrong}
    bodies |= {f"operationName of {value!r}": dumped(query=OK, operationName=value) for value in wrong}
    wrong_maps = (0, 1, True, "x", "{}", [], [{}])
    for name in ("variables", "extensions"):
        bodies |= {f"{name} of {value!r}": dumped(query=OK, **{name: value}) for value in wrong_maps}
    return bad("no operation", bodies)


# GraphQL finds these wrong; a caller who takes `application/json` is owed 200 for them.
DOCUMENTS = {
    "empty": "",
    "blank": "   ",
    "a comment": "# nothing",
    "a brace": "{",
    "two braces": "{ { } }",
    "a number": "42",
    "words": "select * from members",
    "a bad string": '{ product(id: ") { id } }',
    "a bad escape": '{ product(id: "\\x") { id } }',
    "a surrogate escape": '{ product(id: "\\uD800") { id } }',
    "a braced escape beyond unicode": '{ product(id: "\\u{110000}") { id } }',
    "an open block string": '{ product(id: """a) { id } }',
    "a control character": "{ me\x00 { id } }",
    "a byte order mark inside": "{ me { \ufeff\x07 } }",
    "an emoji field": "{ 😀 }",
    "an unknown field": "{ secrets }",
    "an unknown nested field": "{ me { password } }",
    "an unknown argument": "{ me(id: 1) { id } }",
    "a missing argument": "{ product { id } }",
    "an unknown type": "{ me { ... on Secret { id } } }",
    "an impossible fragment": "{ me { ... on Product { id } } }",
    "an unknown fragment": "{ me { ...F } }",
    "an unused fragment": "{ me { id } } fragment F on Member { id }",
    "a fragment in a circle": "{ me { ...F } } fragment F on Member { id ...F }",
    "two fragments in a circle": "{ me { ...F } } fragment F on Member { ...G } fragment G on Member { ...F }",
    "a fragment alone": "fragment F on Member { id }",
    "a fragment on a scalar": "{ me { ...F } } fragment F on String { id }",
    "two operations of one name": "query A { __typename } query A { __typename }",
    "two anonymous ones": "{ __typename } { __typename }",
    "a type definition": "type A { b: Int }",
    "a schema extension": "extend type Query { b: Int }",
    "a leaf with fields": "{ me { id { a } } }",
    "an object without": "{ me }",
    "an unknown variable type": "query($a: Secret) { __typename }",
    "an output type as variable": "query($a: Member) { __typename }",
    "an unused variable": "query($a: Int) { __typename }",
    "an undefined variable": "{ product(id: $a) { id } }",
    "a variable twice": "query($a: ID!, $a: ID!) { product(id: $a) { id } }",
    "a variable in the wrong place": "query($a: Int!) { product(id: $a) { id } }",
    "a nullable variable": "query($a: ID) { product(id: $a) { id } }",
    "an unknown directive": "{ me @secret { id } }",
    "a directive without its argument": "{ me @include { id } }",
    "a directive twice": "{ me @skip(if: true) @skip(if: false) { id } }",
    "fields in conflict": "{ me { a: id a: nickname } }",
    "arguments in conflict": "{ brands(first: 1) { id } brands(first: 2) { name } }",
    "a malformed id": '{ product(id: "x") { id } }',
    "a number for an id": "{ product(id: 1) { id } }",
    "a number beyond 32 bits": "{ merchantOverview(days: 99999999999) { toShip } }",
    "a number of 5,000 digits": "{ brands(first: " + "9" * 5000 + ") { id } }",
    "a fraction of 5,000 digits": "{ brands(first: 0." + "9" * 5000 + ") { id } }",
    "a huge exponent": "{ brands(first: 1e99999) { id } }",
    "an unknown enum value": "{ searchProducts(sort: SECRET) { total } }",
    "a string for an enum": '{ searchProducts(sort: "SALES") { total } }',
    "an unknown input field": "{ searchProducts(filter: {secret: 1}) { total } }",
    "an input field twice": "{ searchProducts(filter: {inStock: true, inStock: false}) { total } }",
    "null for non-null": "{ brands(first: null) { id } }",
    "defer": "{ me { ... @defer { id } } }",
    "a name of 10,000 letters": "{ " + "a" * 10_000 + " }",
    "a subscription of two fields": "subscription { merchantOrderArrived { id } b: merchantOrderArrived { id } }",
}


def wrong_documents() -> list[Hostile]:
    return [Hostile(f"document: {name}", 200, "BAD_USER_INPUT", dumped(query=text)) for name, text in DOCUMENTS.items()]


def wrong_variables() -> list[Hostile]:
    product = "query($id: ID!) { product(id: $id) { id } }"
    search = "query($f: ProductFilter) { searchProducts(filter: $f) { total } }"
    brands = "query($n: Int!) { brands(first: $n) { id } }"
    lines = "query($l: [WantedSku!]!) { checkoutPreview(lines: $l) { __typename } }"
    values: dict[str, tuple[str, Any]] = {
        "nothing for an id": (product, {}),
        "null for an id": (product, {"id": None}),
        "a list for an id": (product, {"id": []}),
        "an object for an id": (product, {"id": {}}),
        "true for an id": (product, {"id": True}),
        "a long text for an id": (product, {"id": "a" * 50_000}),
        "a null byte in an id": (product, {"id": "\x00"}),
        "a text for a number": (brands, {"n": "1"}),
        "a fraction for a number": (brands, {"n": 1.5}),
        "a list for a number": (brands, {"n": [1]}),
        "a number beyond 64 bits": (brands, {"n": -(2**70)}),
        "a list for a filter": (search, {"f": []}),
        "an unknown field of a filter": (search, {"f": {"secret": 1}}),
        "an operator of a database": (search, {"f": {"categoryId": {"$gt": ""}}}),
        "a prototype": (search, {"f": {"__proto__": {}}}),
        "null among lines": (lines, {"l": [None]}),
        "a text for lines": (lines, {"l": "x"}),
        "50,000 wrong lines": (lines, {"l": [1] * 30_000}),
    }
    return [
        Hostile(f"variables: {name}", 200, "BAD_USER_INPUT", dumped(query=query, variables=variables))
        for name, (query, variables) in values.items()
    ]


def wrong_operations() -> list[Hostile]:
    two = "query A { __typename } query B { __typename }"
    return [
        Hostile("operation: none chosen", 200, "BAD_USER_INPUT", dumped(query=two)),
        Hostile("operation: unknown", 200, "BAD_USER_INPUT", dumped(query=two, operationName="C")),
        Hostile("operation: long", 200, "BAD_USER_INPUT", dumped(query=two, operationName="C" * 50_000)),
        Hostile("operation: an unknown document", 400, "UNKNOWN_DOCUMENT", dumped(id="0" * 64)),
        Hostile("operation: a path for a document", 400, "UNKNOWN_DOCUMENT", dumped(id="../../etc/passwd")),
        Hostile(
            "operation: a subscription",
            400,
            "BAD_REQUEST",
            dumped(query="subscription { merchantOrderArrived { id } }"),
        ),
    ]


def wrong_transport() -> list[Hostile]:
    body = dumped(query=OK)
    types = (
        "",
        "text/plain",
        "application/graphql",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/json; charset=gbk",
        "application/jsonp",
        "application/xml",
        "*/*",
        "json",
    )
    found = [
        Hostile(f"type: {kind or 'none'}", 415, "UNSUPPORTED_MEDIA_TYPE", body, {"content-type": kind} if kind else {})
        for kind in types
    ]
    accepts = ("text/html", "image/png", "text/event-stream", "application/json;q=0", "application/xml, text/*")
    found += [Hostile(f"accept: {kind}", 406, "NOT_ACCEPTABLE", body, {**JSON, "accept": kind}) for kind in accepts]
    found += [
        Hostile(f"method: {method}", 405, "METHOD_NOT_ALLOWED", body, method=method)
        for method in ("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")
    ]
    found += [
        Hostile("long: one byte", 413, "TOO_LARGE", b" " * (100 * 1024 + 1)),
        Hostile("long: a megabyte", 413, "TOO_LARGE", dumped(query="{ " + "a " * 500_000 + "}")),
        Hostile("long: megabytes of variables", 413, "TOO_LARGE", dumped(query=OK, variables={"a": "x" * 4_000_000})),
    ]
    return found


def wrong_addresses() -> list[Hostile]:
    client = {"accept": "application/json", "x-mall-client": "test"}
    mutation = quote("mutation { logout { __typename } }")
    wrong: dict[str, tuple[str, int, str]] = {
        "nothing": ("", 400, "BAD_REQUEST"),
        "an empty query": ("query=", 200, "BAD_USER_INPUT"),
        "another name": ("q=" + quote(OK), 400, "BAD_REQUEST"),
        "variables that are none": ("query=" + quote(OK) + "&variables=x", 400, "BAD_REQUEST"),
        "variables of a list": ("query=" + quote(OK) + "&variables=[]", 400, "BAD_REQUEST"),
        "variables of a number": ("query=" + quote(OK) + "&variables=1", 400, "BAD_REQUEST"),
        "extensions of a text": ("query=" + quote(OK) + "&extensions=x", 400, "BAD_REQUEST"),
        "bytes that are no text": ("query=%ff%fe", 400, "BAD_REQUEST"),
        "a thousand parameters": ("&".join(f"a{n}=1" for n in range(1000)), 400, "BAD_REQUEST"),
        "an unknown document": ("id=" + "0" * 64, 400, "UNKNOWN_DOCUMENT"),
        "query and id": ("query=" + quote(OK) + "&id=" + "0" * 64, 400, "BAD_REQUEST"),
        "a mutation": ("query=" + mutation, 405, "METHOD_NOT_ALLOWED"),
        "a subscription": ("query=" + quote("subscription { merchantOrderArrived { id } }"), 400, "BAD_REQUEST"),
    }
    return [
        Hostile(f"address: {name}", status, code, headers=client, method="GET", query_string=query)
        for name, (query, status, code) in wrong.items()
    ]


def groups() -> Iterator[tuple[str, list[Hostile]]]:
    yield "no json", no_json()
    yield "no operation", no_operation()
    yield "documents", wrong_documents()
    yield "variables", [*wrong_variables(), *wrong_operations()]
    yield "transport", wrong_transport()
    yield "addresses", wrong_addresses()
