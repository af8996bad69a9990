"""Structured logs: one JSON object per line, each with the trace id of the request or job it belongs to."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import orjson
import structlog

from domain.base import trace_id


def configure_logs(env: str) -> None:
    """JSON in production and tests; readable lines on a developer's terminal."""
    pretty = env == "development" and sys.stderr.isatty()
    renderer: Any = (
        structlog.dev.ConsoleRenderer() if pretty else structlog.processors.JSONRenderer(serializer=_to_json)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _add_trace,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")


def _add_trace(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if (current := trace_id.get()) is not None:
        event["trace_id"] = current
    return event


def _to_json(value: Any, **_options: Any) -> str:
    return orjson.dumps(value, default=str).decode()
