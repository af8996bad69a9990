"""The one schema: every domain's roots side by side."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import strawberry
import structlog
from graphql import GraphQLError, GraphQLSyntaxError
from strawberry.exceptions import MissingQueryError
from strawberry.extensions import MaxTokensLimiter, ParserCache, SchemaExtension, ValidationCache
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.exceptions import CannotGetOperationTypeError
from strawberry.tools import merge_types
from strawberry.types.execution import ExecutionContext

from domain.base import Refusal
from integrations.topics import TooSlow
from resolvers import (
    audit,
    catalog,
    checkout,
    delivery,
    desk,
    inventory,
    members,
    merchants,
    orders,
    partners,
    search,
)
from schema.base import SCALARS
from server.outage import SENTENCE, is_outage
from subscriptions import orders as order_news

# Far above what any page of ours sends; a limit on what a stranger can make us parse.
MOST_TOKENS = 2000

# Besides what is wrong in the document: none at all, or no operation of the name that was asked for.
CALLERS_MISTAKES = (GraphQLError, MissingQueryError, CannotGetOperationTypeError)

log = structlog.get_logger()

ROOTS = (audit, catalog, checkout, delivery, desk, inventory, members, merchants, orders, partners, search)


class Mask(SchemaExtension):
    """Only coded refusals and the caller's own mistakes keep their words; anything else is logged, not told."""

    def on_operation(self) -> Iterator[None]:
        yield
        self._mask(self.execution_context.result)

    def on_stream_result(self, result: Any) -> Iterator[None]:
        self._mask(result)
        yield

    def _mask(self, result: Any) -> None:
        if getattr(result, "errors", None):
            result.errors = [_masked(error) for error in result.errors]


def _masked(error: GraphQLError) -> GraphQLError:
    cause = error.original_error
    if isinstance(cause, Refusal):
        return error
    if cause is None or isinstance(cause, CALLERS_MISTAKES):
        # Parsing, validation and coercion: the document or a variable is wrong.
        if not (error.extensions or {}).get("code"):
            error.extensions = {**(error.extensions or {}), "code": "BAD_USER_INPUT"}
        return error
    if isinstance(cause, TooSlow):
        return _told(error, "接收过慢，连接已重置", "SLOW_CONSUMER")
    if is_outage(cause):
        log.warning("graphql.outage", path=error.path, error=repr(cause))
        return _told(error, SENTENCE, "UNAVAILABLE")
    log.error("graphql.unexpected", path=error.path, exc_info=cause)
    return _told(error, "系统开小差了，请稍后再试", "INTERNAL_SERVER_ERROR")


def _told(error: GraphQLError, message: str, code: str) -> GraphQLError:
    return GraphQLError(message, nodes=error.nodes, path=error.path, extensions={"code": code})


class Parser(ParserCache):
    """Leaves a document that is none to the schema, which answers it; on a socket the cache would end it unanswered."""

    def on_parse(self) -> Iterator[None]:
        context = self.execution_context
        with suppress(GraphQLSyntaxError):
            context.graphql_document = self.cached_parse_document(context.query, **context.parse_options)
        yield


class MallSchema(strawberry.Schema):
    """Operations on a socket share a connection but no loaders: each sees the rows of its own time."""

    async def stream(self, query: str | None, *, context_value: Any = None, **options: Any) -> Any:  # type: ignore[override]
        fresh = context_value.fresh() if context_value is not None else None
        return await super().stream(query, context_value=fresh, **options)

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Errors are logged where they are masked, once."""


def _merge(name: str, kind: str) -> type:
    return merge_types(name, tuple(getattr(module, kind) for module in ROOTS if hasattr(module, kind)))


def make_schema() -> MallSchema:
    return MallSchema(
        query=_merge("Query", "Query"),
        mutation=_merge("Mutation", "Mutation"),
        subscription=merge_types("Subscription", (order_news.Subscription,)),
        extensions=[
            lambda: MaxTokensLimiter(MOST_TOKENS),
            lambda: Parser(maxsize=512),
            lambda: ValidationCache(maxsize=512),
            Mask,
        ],
        config=StrawberryConfig(scalar_map=SCALARS),
    )


schema = make_schema()
