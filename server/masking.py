"""What a caller is told of an error: coded refusals and his own mistakes in words, of anything else only that it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import structlog
from graphql import GraphQLError

from domain.base import Refusal, trace_id
from integrations.topics import TooSlow
from server.outage import SENTENCE, is_outage
from server.refusing import RequestRefused

UNFORESEEN = "系统开小差了，请稍后再试"
SUGGESTION = re.compile(r" Did you mean [^?]*\?")
# A mistake may quote what was sent; neither its length nor the number of mistakes is the caller's to choose.
LONGEST_MESSAGE = 500
MOST_ERRORS = 20

log = structlog.get_logger()


def told(errors: Iterable[GraphQLError], *, suggestions: bool = False) -> list[dict[str, Any]]:
    """The entries of `errors`, in order; with `suggestions` the names of the schema that resemble a wrong one."""
    return [_told(error, suggestions) for error in list(errors)[:MOST_ERRORS]]


def unforeseen(error: BaseException) -> RequestRefused:
    """What nobody foresaw outside of any field: logged with its trace, told as 500, or as 503 for an outage."""
    if is_outage(error):
        log.warning("request.outage", error=repr(error))
        return RequestRefused(503, "UNAVAILABLE", SENTENCE, retry_after=2, extensions=_trace())
    log.error("request.unexpected", exc_info=error)
    return RequestRefused(500, "INTERNAL_SERVER_ERROR", UNFORESEEN, extensions=_trace())


def _told(error: GraphQLError, suggestions: bool) -> dict[str, Any]:
    cause = error.original_error
    if isinstance(cause, Refusal):
        return _entry(error, error.message, error.extensions or {})
    if isinstance(cause, RequestRefused):
        return _entry(error, cause.message, {"code": cause.code, **cause.extensions})
    if cause is None or isinstance(cause, GraphQLError):
        # Parsing, validation and coercion: the document or a variable is wrong.
        message = error.message if suggestions else SUGGESTION.sub("", error.message)
        return _entry(error, message[:LONGEST_MESSAGE], {"code": "BAD_USER_INPUT", **(error.extensions or {})})
    if isinstance(cause, TooSlow):
        return _entry(error, "接收过慢，连接已重置", {"code": "SLOW_CONSUMER"})
    if is_outage(cause):
        log.warning("graphql.outage", path=error.path, error=repr(cause))
        return _entry(error, SENTENCE, {"code": "UNAVAILABLE", **_trace()})
    log.error("graphql.unexpected", path=error.path, exc_info=cause)
    return _entry(error, UNFORESEEN, {"code": "INTERNAL_SERVER_ERROR", **_trace()})


def _entry(error: GraphQLError, message: str, extensions: dict[str, Any]) -> dict[str, Any]:
    """As the specification lays it out."""
    entry: dict[str, Any] = {"message": message}
    if error.locations:
        entry["locations"] = [location.formatted for location in error.locations]
    if error.path is not None:
        entry["path"] = error.path
    return {**entry, "extensions": extensions}


def _trace() -> dict[str, Any]:
    """By which an operator finds the log's line."""
    current = trace_id.get()
    return {"traceId": current} if current else {}
