"""Who is told what of an error."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import GraphQLError, build_schema, parse, validate
from redis.exceptions import ConnectionError as RedisDown

from domain.base import Invalid, NotFound, trace_id
from integrations.topics import TooSlow
from schema.audience import coded
from server.masking import LONGEST_MESSAGE, MOST_ERRORS, told
from server.refusing import RequestRefused

SECRET = "password=hunter2"


def caused(cause: Exception) -> GraphQLError:
    return GraphQLError(str(cause), path=["me"], original_error=cause)


ERRORS: dict[str, tuple[GraphQLError, dict[str, Any]]] = {
    "a refusal": (coded(NotFound("没有这个商品")), {"code": "NOT_FOUND"}),
    "a refusal of a field": (coded(Invalid("太长", field="name")), {"code": "BAD_USER_INPUT", "field": "name"}),
    "a mistake": (GraphQLError("Cannot query field 'x' on type 'Query'."), {"code": "BAD_USER_INPUT"}),
    "a coded mistake": (GraphQLError("编号格式不正确", extensions={"code": "X"}), {"code": "X"}),
    "a mistake within": (caused(GraphQLError("编号格式不正确")), {"code": "BAD_USER_INPUT"}),
    "a limit met within": (caused(RequestRefused(429, "THROTTLED", "请稍后再试")), {"code": "THROTTLED"}),
}
HIDDEN: dict[str, tuple[Exception, str]] = {
    "a mistake of ours": (KeyError(SECRET), "INTERNAL_SERVER_ERROR"),
    "an assertion": (AssertionError(SECRET), "INTERNAL_SERVER_ERROR"),
    "a value": (ValueError(SECRET), "INTERNAL_SERVER_ERROR"),
    "Valkey away": (RedisDown(SECRET), "UNAVAILABLE"),
    "nobody listening": (ConnectionRefusedError(SECRET), "UNAVAILABLE"),
    "a time-out": (TimeoutError(SECRET), "UNAVAILABLE"),
    "a slow reader": (TooSlow(SECRET), "SLOW_CONSUMER"),
}


@pytest.mark.parametrize(("error", "extensions"), ERRORS.values(), ids=list(ERRORS))
def test_words_meant_for_callers_are_told(error: GraphQLError, extensions: dict[str, Any]) -> None:
    (entry,) = told([error])
    assert entry["message"] == error.message
    assert entry["extensions"] == extensions


@pytest.mark.parametrize(("cause", "code"), HIDDEN.values(), ids=list(HIDDEN))
def test_anything_else_is_not(cause: Exception, code: str) -> None:
    token = trace_id.set("trace-1")
    try:
        (entry,) = told([caused(cause)])
    finally:
        trace_id.reset(token)
    assert SECRET not in str(entry)
    assert entry["path"] == ["me"]
    assert entry["extensions"]["code"] == code
    assert entry["extensions"].get("traceId", "trace-1") == "trace-1"
    assert ("traceId" in entry["extensions"]) == (code != "SLOW_CONSUMER")


def test_suggestions_are_for_those_who_may_read_the_schema() -> None:
    graph = build_schema("type Query { nickname: String, nicknames: String }")
    errors = validate(graph, parse("{ nicknam }"))
    assert "Did you mean" in errors[0].message
    assert told(errors, suggestions=True)[0]["message"] == errors[0].message
    assert told(errors)[0]["message"] == "Cannot query field 'nicknam' on type 'Query'."


def test_what_is_quoted_is_cut() -> None:
    entries = told([GraphQLError("x" * 10_000)] * 1000)
    assert len(entries) == MOST_ERRORS
    assert len(entries[0]["message"]) == LONGEST_MESSAGE


def test_places_are_told_as_the_specification_says() -> None:
    document = parse("{ me { id } }")
    (entry,) = told([GraphQLError("wrong", document.definitions[0], path=["me", 0])])
    assert entry["locations"] == [{"line": 1, "column": 1}]
    assert entry["path"] == ["me", 0]
