"""What writes to Meilisearch: indexes, documents and the tasks that carry them out, over the official package.

The package is synchronous and keeps state between calls, so every call runs in a thread with a client of its own.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import meilisearch
from meilisearch.errors import MeilisearchApiError, MeilisearchError
from meilisearch.models.task import TaskInfo

from search.client import EngineDown, EngineRefused

T = TypeVar("T")

CALL_SECONDS = 5
TASK_SECONDS = 120.0


class TaskFailed(Exception):
    """The engine took an order and could not carry it out."""


class Engine:
    def __init__(self, url: str, key: str | None) -> None:
        self._url = url
        self._key = key

    async def healthy(self) -> bool:
        try:
            return (await self._call(lambda client: client.health()))["status"] == "available"
        except (EngineDown, EngineRefused):
            return False

    async def indexes(self, prefix: str) -> list[str]:
        """Names of the indexes that begin so."""
        found = await self._call(lambda client: client.get_raw_indexes({"limit": 1000})["results"])  # type: ignore[call-overload]
        return [index["uid"] for index in found if index["uid"].startswith(prefix)]

    async def documents(self, index: str) -> int | None:
        """How many documents an index has; None when there is no such index."""
        return await self._unless_missing(lambda client: int(client.index(index).get_stats().number_of_documents))

    async def searched(self, index: str) -> list[str] | None:
        """The attributes an index searches in order of weight; None when there is no such index."""
        return await self._unless_missing(lambda client: client.index(index).get_searchable_attributes())

    async def create(self, index: str, settings: dict[str, Any] | None = None) -> None:
        await self._do(lambda client: client.create_index(index, {"primaryKey": "id"}))
        if settings:
            await self._do(lambda client: client.index(index).update_settings(settings))

    async def put(self, index: str, documents: Sequence[dict[str, Any]]) -> None:
        """Adds or replaces documents; TaskFailed when the engine could not."""
        await self._do(lambda client: client.index(index).add_documents(documents, "id"))

    async def remove(self, index: str, ids: Sequence[str]) -> None:
        listed = ", ".join(f'"{id}"' for id in ids)
        await self._do(lambda client: client.index(index).delete_documents(filter=f"id IN [{listed}]"))

    async def swap(self, one: str, other: str) -> None:
        await self._do(lambda client: client.swap_indexes([{"indexes": [one, other]}]))

    async def drop(self, index: str) -> None:
        await self._do(lambda client: client.delete_index(index))

    async def _do(self, order: Callable[[meilisearch.Client], TaskInfo]) -> None:
        """Gives an order and waits until it is carried out: accepted is not done."""
        task = await self._call(order)
        deadline, pause = time.monotonic() + TASK_SECONDS, 0.02
        while time.monotonic() < deadline:
            state = await self._call(lambda client: client.get_task(task.task_uid))
            if state.status == "succeeded":
                return
            if state.status in ("failed", "canceled"):
                raise TaskFailed(str((state.error or {}).get("message", state.status)))
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, 0.5)
        raise EngineDown(f"task {task.task_uid} did not finish")

    async def _unless_missing(self, use: Callable[[meilisearch.Client], T]) -> T | None:
        try:
            return await self._call(use)
        except EngineRefused as refused:
            if refused.code == "index_not_found":
                return None
            raise

    async def _call(self, use: Callable[[meilisearch.Client], T]) -> T:
        try:
            return await asyncio.to_thread(lambda: use(meilisearch.Client(self._url, self._key, timeout=CALL_SECONDS)))
        except MeilisearchApiError as error:
            if error.status_code >= 500 or error.status_code == 429:
                raise EngineDown(str(error)) from error
            raise EngineRefused(str(error.code), error.message) from error
        except MeilisearchError as error:
            raise EngineDown(str(error)) from error
