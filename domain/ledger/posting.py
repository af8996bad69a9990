"""Writing facts into the ledger: each once, however often it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from domain import bulk
from domain.base import UnitOfWork
from domain.ledger.accounts import Account
from models.base import new_id
from models.ledger import TransactionKind


class Rewritten(Exception):
    """A fact that is in the ledger already was told again, otherwise: a fault of ours, and nothing is written."""


@dataclass(frozen=True)
class Entry:
    """`amount` in fen: above zero a debit, below a credit, never nothing."""

    account: Account
    amount: int


@dataclass(frozen=True)
class Posting:
    """One fact about money. `ref` names it among the facts of its kind; `at` is when it happened."""

    kind: TransactionKind
    ref: str
    at: datetime
    entries: tuple[Entry, ...]
    memo: str = ""
    order_id: UUID | None = None
    trade_id: UUID | None = None

    def __post_init__(self) -> None:
        amounts = [entry.amount for entry in self.entries]
        if len(amounts) < 2 or 0 in amounts or sum(amounts) != 0:
            raise ValueError(f"{self.kind} {self.ref}: {amounts} are no two or more entries that add up to nothing")

    @cached_property
    def written(self) -> list[tuple[UUID, int]]:
        return [(entry.account.id, entry.amount) for entry in self.entries]


# The account's row is only looked for, never locked: `ON CONFLICT DO NOTHING` waits for nobody but its first writer.
POST = """
WITH new AS (
    INSERT INTO ledger_transactions (id, kind, ref, memo, size, order_id, trade_id, at)
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::smallint[], $6::uuid[], $7::uuid[],
                         $8::timestamptz[])
    ON CONFLICT (kind, ref) DO NOTHING RETURNING id, size, at
), accounts AS (
    INSERT INTO ledger_accounts (id, kind, owner_id) SELECT * FROM unnest($9::uuid[], $10::text[], $11::uuid[])
    ON CONFLICT DO NOTHING
), entries AS (
    INSERT INTO ledger_entries (transaction_id, position, size, account_id, amount, at)
    SELECT new.id, e.position, new.size, e.account_id, e.amount, new.at
    FROM unnest($12::uuid[], $13::smallint[], $14::uuid[], $15::bigint[]) AS e(id, position, account_id, amount)
    JOIN new ON new.id = e.id
)
SELECT id FROM new
"""
KNOWN = """
SELECT t.kind, t.ref, array_agg(e.account_id ORDER BY e.position) AS accounts,
       array_agg(e.amount ORDER BY e.position) AS amounts
FROM ledger_transactions t JOIN ledger_entries e ON e.transaction_id = t.id
WHERE (t.kind, t.ref) IN (SELECT * FROM unnest($1::text[], $2::text[])) GROUP BY t.id
"""


async def post(uow: UnitOfWork, *postings: Posting | None) -> int:
    """Writes those facts that are not there yet, in one statement; answers how many. None is no fact.

    To be called last in a transaction, after every row was locked. Rewritten when one is there with other entries.
    """
    told = sorted((each for each in postings if each is not None), key=lambda each: (each.kind, each.ref))
    if not told:
        return 0
    ids = [new_id() for _ in told]
    written = await bulk.run(uow.session, POST, *_transactions(ids, told), *_accounts(told), *_entries(ids, told))
    fresh = {row["id"] for row in written}
    await _compare(uow, [each for id, each in zip(ids, told, strict=True) if id not in fresh])
    return len(fresh)


def _transactions(ids: Sequence[UUID], told: Sequence[Posting]) -> list[list[Any]]:
    rows = [
        (id, each.kind.value, each.ref, each.memo, len(each.entries), each.order_id, each.trade_id, each.at)
        for id, each in zip(ids, told, strict=True)
    ]
    return [list(column) for column in zip(*rows, strict=True)]


def _accounts(told: Sequence[Posting]) -> list[list[Any]]:
    # In one order for everybody: two that open the same accounts at once do not wait for each other.
    named = {entry.account.id: entry.account for each in told for entry in each.entries}
    rows = [(id, named[id].kind.value, named[id].owner_id) for id in sorted(named)]
    return [list(column) for column in zip(*rows, strict=True)]


def _entries(ids: Sequence[UUID], told: Sequence[Posting]) -> list[list[Any]]:
    rows = [
        (id, position, account_id, amount)
        for id, each in zip(ids, told, strict=True)
        for position, (account_id, amount) in enumerate(each.written, 1)
    ]
    return [list(column) for column in zip(*rows, strict=True)]


async def _compare(uow: UnitOfWork, again: Sequence[Posting]) -> None:
    """Facts told again must be the same facts; those told by another transaction meanwhile are committed by now."""
    if not again:
        return
    kinds, refs = [each.kind.value for each in again], [each.ref for each in again]
    rows = await bulk.run(uow.session, KNOWN, kinds, refs)
    known = {(row["kind"], row["ref"]): list(zip(row["accounts"], row["amounts"], strict=True)) for row in rows}
    for each in again:
        if known.get((each.kind.value, each.ref)) != each.written:
            raise Rewritten(f"{each.kind} {each.ref} is in the ledger with other entries")
