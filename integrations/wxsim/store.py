"""State that survives kill -9: every change is one SQLite commit before it is acknowledged, reads are from memory."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, Protocol, TypeVar

from pydantic import TypeAdapter


class Keyed(Protocol):
    @property
    def key(self) -> str: ...


R = TypeVar("R", bound=Keyed)


class Store:
    """A handful of tables of records in one file. Used from one event loop only, so a batch is never interleaved."""

    def __init__(self, database: str) -> None:
        self._db = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("CREATE TABLE IF NOT EXISTS records (kind TEXT, key TEXT, body TEXT, PRIMARY KEY (kind, key))")

    @contextmanager
    def batch(self) -> Iterator[None]:
        """What is put inside is one commit: a kill in the middle leaves none of it."""
        if self._db.in_transaction:
            yield
            return
        self._db.execute("BEGIN")
        try:
            yield
        finally:
            # On an error too: memory already holds what was put, and the file must say the same.
            self._db.execute("COMMIT")

    def load(self, kind: str) -> list[str]:
        rows = self._db.execute("SELECT body FROM records WHERE kind = ? ORDER BY rowid", (kind,))
        return [body for (body,) in rows]

    def save(self, kind: str, key: str, body: str) -> None:
        self._db.execute(
            "INSERT INTO records VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body",
            (kind, key, body),
        )

    def wipe(self, kind: str) -> None:
        self._db.execute("DELETE FROM records WHERE kind = ?", (kind,))

    def close(self) -> None:
        self._db.close()


class Table(Generic[R]):
    """Records of one kind by key, in order of arrival. `waiting` marks those that something will happen to by itself,
    so that the worker need not look through all of them."""

    def __init__(self, store: Store, cls: type[R], waiting: Callable[[R], bool] = lambda _: False) -> None:
        self._store = store
        self._kind = cls.__name__
        self._adapter = TypeAdapter(cls)
        records = [self._adapter.validate_json(body) for body in store.load(self._kind)]
        self._is_waiting = waiting
        self._rows: dict[str, R] = {record.key: record for record in records}
        self._waiting: dict[str, R] = {record.key: record for record in records if waiting(record)}

    def get(self, key: str) -> R | None:
        return self._rows.get(key)

    def put(self, record: R) -> R:
        """Stores a new or changed record; a change that is not put is lost on restart."""
        self._rows[record.key] = record
        if self._is_waiting(record):
            self._waiting[record.key] = record
        else:
            self._waiting.pop(record.key, None)
        self._store.save(self._kind, record.key, self._adapter.dump_json(record).decode())
        return record

    def all(self) -> list[R]:
        return list(self._rows.values())

    def waiting(self) -> list[R]:
        return list(self._waiting.values())

    def plain(self) -> list[object]:
        """All records as JSON-ready values."""
        return [self._adapter.dump_python(record, mode="json") for record in self._rows.values()]

    def clear(self) -> None:
        self._rows.clear()
        self._waiting.clear()
        self._store.wipe(self._kind)
