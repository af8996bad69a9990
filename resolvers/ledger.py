"""The platform's books."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import strawberry

from domain import ledger
from domain.base import Invalid, NotFound
from domain.ledger import Period
from domain.members.permissions import Permission
from domain.settlement import auditing
from models.ledger import AccountKind
from resolvers.base import Audience, Room, query
from schema.base import NO_CURSOR, Info, PageInfo, decode_cursor, encode_cursor, moment_and_id
from schema.ledger import (
    LedgerAccount,
    LedgerAccountPage,
    LedgerDifference,
    LedgerEntry,
    LedgerEntryConnection,
    LedgerTransaction,
    TrialBalance,
    differences,
)
from schema.relations import columns_for

DAYS = "Days in Shanghai, YYYY-MM-DD, both included; null for the beginning, or the end."


def _place(cursor: str | None) -> tuple[datetime, UUID, int] | None:
    parts = decode_cursor(cursor, 3)
    if parts is None:
        return None
    at, id = moment_and_id(parts[0], parts[1])
    if not (parts[2].isascii() and parts[2].isdigit() and 1 <= int(parts[2][:4]) <= 100):
        raise Invalid(NO_CURSOR, field="after")
    return at, id, int(parts[2])


@strawberry.type
class Query:
    @query(Audience.PLATFORM, Permission.PLATFORM_LEDGER, room=Room.EXPORT, description=DAYS)
    async def platform_trial_balance(
        self, info: Info, since: str | None = None, until: str | None = None
    ) -> TrialBalance:
        period = Period.of(since, until)
        return TrialBalance.of(await info.context.read(ledger.trial_balance, info.context.viewer, period))

    @query(Audience.PLATFORM, Permission.PLATFORM_LEDGER, description=DAYS)
    async def platform_ledger_accounts(
        self,
        info: Info,
        kind: AccountKind,
        since: str | None = None,
        until: str | None = None,
        page: int = 1,
        size: int = 20,
    ) -> LedgerAccountPage:
        period, viewer = Period.of(since, until), info.context.viewer
        rows, total = await info.context.read(ledger.accounts_of, viewer, kind, period, page, size)
        return LedgerAccountPage(items=[LedgerAccount.summed(row) for row in rows], total=total)

    @query(Audience.PLATFORM, Permission.PLATFORM_LEDGER, description="Newest first. " + DAYS)
    async def platform_ledger_entries(
        self,
        info: Info,
        account_id: UUID,
        since: str | None = None,
        until: str | None = None,
        first: int = 20,
        after: str | None = None,
    ) -> LedgerEntryConnection:
        period, place, viewer = Period.of(since, until), _place(after), info.context.viewer
        rows, more = await info.context.read(ledger.entries_of, viewer, account_id, period, first, place)
        last = rows[-1] if rows else None
        parts = (last["at"].isoformat(), str(last["transaction_id"]), str(last["position"])) if last else None
        end = encode_cursor(*parts) if parts else None
        nodes = [LedgerEntry.of(row) for row in rows]
        return LedgerEntryConnection(nodes=nodes, page_info=PageInfo(has_next_page=more, end_cursor=end))

    @query(Audience.PLATFORM, Permission.PLATFORM_LEDGER)
    async def platform_ledger_transaction(self, info: Info, id: UUID) -> LedgerTransaction | None:
        columns = columns_for(info, LedgerTransaction)
        try:
            row = await info.context.read(ledger.transaction, info.context.viewer, id, columns)
        except NotFound:
            return None
        return LedgerTransaction.of(row)

    @query(
        Audience.PLATFORM,
        Permission.PLATFORM_LEDGER,
        room=Room.EXPORT,
        description="Where the ledger and what it tells of differ; nothing when the books are right. Takes seconds.",
    )
    async def platform_ledger_differences(self, info: Info, first: int = 50) -> list[LedgerDifference]:
        found = await info.context.read(auditing.differences_for, info.context.viewer, first)
        return differences(found)
