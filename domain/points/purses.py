"""A member's points under lock: lots that are spent oldest first, and what happened to them, written at once.

Whoever changes what a member has locks the account, and nothing else of it; accounts of several members by id, after
gift cards and before the stock (`orders.taking`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain import bulk, ledger
from domain.base import SHANGHAI, SYSTEM, UnitOfWork, Viewer, clock
from domain.ledger import Posting
from models.base import new_id
from models.points import PointsEntryKind

# What comes back to a lot that has run out meanwhile is good for so long.
GRACE = timedelta(days=30)
K = PointsEntryKind
# What is added to the books; of the others what is paid with is told with payments and refunds.
BY_ORDER = (K.SPENT, K.RELEASED, K.RETURNED)


def run_out(at: datetime) -> datetime:
    """When points that are earned now run out: with the end of the next year in Shanghai."""
    year = at.astimezone(SHANGHAI).year + 2
    return datetime(year, 1, 1, tzinfo=SHANGHAI).astimezone(at.tzinfo)


@dataclass
class Lot:
    id: UUID
    left: int
    expires_at: datetime


@dataclass
class Purse:
    """What one member has, as it is under its lock; what is done here is written by `write`."""

    member_id: UUID
    balance: int = 0
    debt: int = 0
    entries: int = 0
    lots: list[Lot] = field(default_factory=list)
    told: list[dict[str, Any]] = field(default_factory=list)
    fresh: list[dict[str, Any]] = field(default_factory=list)

    @property
    def usable(self) -> int:
        """What has not run out, whether that was written down yet or not."""
        now = clock.now()
        return sum(lot.left for lot in self.lots if lot.expires_at > now)

    def take(self, amount: int, *, expired: bool = False) -> list[tuple[UUID, int]]:
        """So many of those that run out first, by lot; `expired`: of those that have."""
        now, parts = clock.now(), []
        for lot in self.lots:
            if part := min(amount, lot.left) if (lot.expires_at <= now) is expired else 0:
                lot.left -= part
                amount -= part
                parts.append((lot.id, part))
        if amount:
            raise RuntimeError(f"member {self.member_id} has {amount} points less than are taken")
        self.balance -= sum(part for _, part in parts)
        return parts

    def put(self, amount: int, expires_at: datetime, lot_id: UUID | None = None) -> tuple[int, int]:
        """Adds so many, in a lot of their own or back into theirs, what is owed first; answers what it changed."""
        paid = min(amount, self.debt)
        self.debt -= paid
        rest = amount - paid
        if rest:
            lot = next((lot for lot in self.lots if lot.id == lot_id), None)
            if lot is None or lot.expires_at <= clock.now():
                lot = Lot(new_id(), 0, expires_at)
                self.lots.append(lot)
                self.lots.sort(key=lambda each: (each.expires_at, each.id))
                about = {"id": lot.id, "member_id": self.member_id, "expires_at": expires_at}
                self.fresh.append(about | {"amount": rest, "lot": lot})
            lot.left += rest
            self.balance += rest
        return rest, -paid

    def tell(
        self,
        kind: PointsEntryKind,
        ref: str,
        changed: tuple[int, int],
        text: str,
        *,
        order_id: UUID | None = None,
        viewer: Viewer = SYSTEM,
    ) -> None:
        """The entry of what was just done: `changed` by so much, and what is owed by so much."""
        self.entries += 1
        amount, debt = changed
        about = {"id": new_id(), "member_id": self.member_id, "position": self.entries, "kind": kind, "ref": ref}
        about |= {"amount": amount, "debt": debt, "balance": self.balance, "order_id": order_id, "text": text[:120]}
        self.told.append(about | {"actor_kind": viewer.actor, "actor_id": viewer.id})


# ------------------------------------------------------------------------------------------------ locking
LOCK = "SELECT * FROM points_accounts WHERE member_id = ANY($1::uuid[]) ORDER BY member_id FOR UPDATE"
# All that is left, and those whose points come back.
LOTS = """
SELECT id, member_id, left_over, expires_at FROM points_lots
WHERE member_id = ANY($1::uuid[]) AND left_over > 0
UNION SELECT id, member_id, left_over, expires_at FROM points_lots WHERE id = ANY($2::uuid[])
ORDER BY expires_at, id
"""
OPEN = "INSERT INTO points_accounts (member_id) VALUES ($1) ON CONFLICT DO NOTHING"


async def locked(uow: UnitOfWork, member_ids: Collection[UUID], lot_ids: Collection[UUID] = ()) -> dict[UUID, Purse]:
    """What these members have, locked; those who never had any are missing. `lot_ids`: lots that points return to."""
    accounts = await bulk.run(uow.session, LOCK, sorted(member_ids))
    found = {row["member_id"]: Purse(*(row[name] for name in ACCOUNT)) for row in accounts}
    if found:
        for row in await bulk.run(uow.session, LOTS, list(found), list(lot_ids)):
            found[row["member_id"]].lots.append(Lot(row["id"], row["left_over"], row["expires_at"]))
    return found


ACCOUNT = ("member_id", "balance", "debt", "entries")


async def opened(uow: UnitOfWork, member_id: UUID) -> Purse:
    """What the member has, locked; an account is opened for who never had any."""
    await bulk.run(uow.session, OPEN, member_id)
    return (await locked(uow, [member_id]))[member_id]


# ------------------------------------------------------------------------------------------------ writing
WRITE = """
WITH accounts AS (
    UPDATE points_accounts SET balance = s.balance, debt = s.debt, entries = s.entries
    FROM unnest($1::uuid[], $2::int[], $3::int[], $4::int[]) AS s(id, balance, debt, entries) WHERE member_id = s.id
), lots AS (
    UPDATE points_lots SET left_over = s.left_over FROM unnest($5::uuid[], $6::int[]) AS s(id, left_over)
    WHERE points_lots.id = s.id AND points_lots.left_over <> s.left_over
), fresh AS (
    INSERT INTO points_lots (id, member_id, amount, left_over, expires_at, created_at)
    SELECT *, $22 FROM unnest($7::uuid[], $8::uuid[], $9::int[], $10::int[], $11::timestamptz[])
)
INSERT INTO points_entries
    (id, member_id, position, kind, ref, amount, debt, balance, order_id, text, created_at, actor_kind, actor_id)
SELECT id, member_id, position, kind, ref, amount, debt, balance, order_id, text, $22, actor_kind, actor_id
FROM unnest($12::uuid[], $13::uuid[], $14::int[], $15::text[], $16::text[], $17::int[], $18::int[], $19::int[],
            $20::uuid[], $21::text[], $23::text[], $24::uuid[])
    AS e(id, member_id, position, kind, ref, amount, debt, balance, order_id, text, actor_kind, actor_id)
ORDER BY member_id, position
"""
TOLD = ("id", "member_id", "position", "kind", "ref", "amount", "debt", "balance", "order_id", "text")


async def write(uow: UnitOfWork, purses: Iterable[Purse]) -> None:
    """Writes what was done with these, in one statement, and what the books have to know of it; nothing for nothing."""
    changed = [purse for purse in purses if purse.told]
    if not changed:
        return
    now, told = clock.now(), [entry for purse in changed for entry in purse.told]
    fresh = [lot for purse in changed for lot in purse.fresh]
    known = {lot["id"] for lot in fresh}
    lots = [lot for purse in changed for lot in purse.lots if lot.id not in known]
    await bulk.run(
        uow.session,
        WRITE,
        *_columns([{name: getattr(purse, name) for name in ACCOUNT} for purse in changed], ACCOUNT),
        [lot.id for lot in lots],
        [lot.left for lot in lots],
        *_columns([each | {"left": each["lot"].left} for each in fresh], FRESH),
        *_columns(told, TOLD),
        now,
        *_columns(told, ("actor_kind", "actor_id")),
    )
    await ledger.post(uow, *(_posting(entry, now) for entry in told))
    for purse in changed:
        purse.told, purse.fresh = [], []


FRESH = ("id", "member_id", "amount", "left", "expires_at")


def _columns(rows: Sequence[dict[str, Any]], names: Sequence[str]) -> list[list[Any]]:
    return [[row[name] for row in rows] for name in names]


def _posting(entry: dict[str, Any], at: datetime) -> Posting | None:
    """What the platform owes more or less by it: all but what orders are paid with, of which only what was owed."""
    owed = entry["debt"] if entry["kind"] in BY_ORDER else entry["amount"]
    return ledger.points_moved(str(entry["id"]), owed, at, entry["text"])
