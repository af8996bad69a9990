"""Telling an outage from a mistake: the one is worth trying again, the other is ours to mend."""

from __future__ import annotations

import asyncpg
from redis.exceptions import ConnectionError as RedisDown
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from domain.orders.desk import PASSING

# What the driver says when nothing stands between it and us: cut off, shut down, too many, told to stop.
DRIVER = (
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
)

SENTENCE = "服务暂时繁忙，请稍后再试"


def is_outage(error: BaseException | None) -> bool:
    """Whether a server we depend on is away or overloaded, as far as the exception tells."""
    if isinstance(error, DBAPIError):
        known = error.connection_invalidated or isinstance(error, InterfaceError | OperationalError)
        return known or _passes(error.orig)
    # asyncpg raises its connection errors as OSError when nobody listens at all.
    return _passes(error) or isinstance(error, DRIVER + (PoolExhausted, RedisDown, OSError, TimeoutError))


def _passes(error: BaseException | None) -> bool:
    """By the state PostgreSQL named: all that a wrapped exception keeps of its kind."""
    return str(getattr(error, "sqlstate", None) or "")[:2] in PASSING
