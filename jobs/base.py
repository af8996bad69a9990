"""What every job shares: the tools it gets, and the table of jobs by name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol, TypeAlias
from uuid import UUID

from domain.base import Database
from domain.bills import BillSource
from domain.delivery import Tracker, Uploader
from domain.media import ObjectStore
from domain.messages import Messenger
from domain.moderation import Judge
from domain.payments import Gateway
from domain.settlement import Clearing


class Announcer(Protocol):
    async def publish(self, topic: str, message: str) -> None: ...


class TokenCache(Protocol):
    async def drop(self, access_hash: str) -> None:
        """Forgets whom a token stands for."""
        ...


class Indexing(Protocol):
    async def apply(self, product_ids: set[UUID]) -> None:
        """Brings the search documents of these products up to date."""
        ...

    async def apply_named(
        self, *, merchant_id: UUID | None = None, category_id: UUID | None = None, brand_id: UUID | None = None
    ) -> None:
        """As `apply`, for all products of a shop, a category or a brand."""
        ...

    async def apply_post(self, post_id: UUID) -> None:
        """Brings the page of a story up to date."""
        ...


class Pages(Protocol):
    async def drop(self, tags: Collection[str]) -> None:
        """Ends the kept answers that show one of these, in every process; raises when it cannot be told."""
        ...


class Files(Protocol):
    async def drop(self, key: str, *, older_than: timedelta) -> None:
        """Deletes a file and what was made of it, unless it was stored again since."""
        ...


@dataclass(frozen=True)
class Tools:
    """What a job may use. All of it survives the process being killed at any point: jobs run at least once."""

    database: Database
    gateway: Gateway
    clearing: Clearing
    bills: BillSource
    uploader: Uploader
    tracker: Tracker
    judge: Judge
    messenger: Messenger
    announcer: Announcer
    tokens: TokenCache
    indexer: Indexing
    pages: Pages
    evidence: Files
    objects: ObjectStore


Handler: TypeAlias = Callable[[Tools, dict[str, Any]], Awaitable[None]]
HANDLERS: dict[str, Handler] = {}


def job(name: str) -> Callable[[Handler], Handler]:
    """Registers a job under the name by which rules ask for it."""

    def register(handler: Handler) -> Handler:
        if name in HANDLERS:
            raise RuntimeError(f"two jobs are named {name}")
        HANDLERS[name] = handler
        return handler

    return register
