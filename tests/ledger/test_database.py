"""What the database itself refuses, whoever asks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from domain import ledger
from domain.base import Database, clock
from domain.ledger import Account, Entry, Posting
from models.base import new_id
from models.ledger import AccountKind, LedgerAccount, LedgerEntry, LedgerTransaction, TransactionKind

HELD, THERE = Account(AccountKind.BUYER_CLEARING), Account(AccountKind.WECHAT_RECEIVABLE)


def fact(ref: str = "1", amount: int = 100) -> Posting:
    return Posting(TransactionKind.PAYMENT, ref, clock.now(), (Entry(THERE, amount), Entry(HELD, -amount)))


async def write(database: Database, *amounts: int, size: int | None = None, account_id: UUID = HELD.id) -> None:
    """By SQL, past all our rules."""
    at, id = clock.now(), new_id()
    async with database.begin() as uow:
        await ledger.post(uow, fact("opens the accounts"))
        head: dict[str, Any] = {"id": id, "kind": TransactionKind.REFUND, "ref": str(id), "memo": "", "at": at}
        await uow.session.execute(insert(LedgerTransaction).values(**head, size=size or len(amounts)))
        rows = [
            {"transaction_id": id, "position": place, "size": size or len(amounts), "amount": amount, "at": at}
            for place, amount in enumerate(amounts, 1)
        ]
        await uow.session.execute(insert(LedgerEntry), [{**row, "account_id": account_id} for row in rows])


async def test_what_adds_up_is_written(database: Database) -> None:
    await write(database, 5, -3, -2)


@pytest.mark.parametrize(
    ("amounts", "size"), [((5, -4), 2), ((5, 5), 2), ((5, -5), 3), ((5,), 1), ((0, 0), 2), ((5, -5, 0), 3)]
)
async def test_what_does_not_add_up_is_refused_at_the_commit(
    database: Database, amounts: tuple[int, ...], size: int
) -> None:
    with pytest.raises(IntegrityError):
        await write(database, *amounts, size=size)
    async with database.read() as session:
        assert await session.scalar(text("select count(*) from ledger_entries")) == 0


async def test_an_entry_of_no_account_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError, match="0 of 2 entries"):
        await write(database, 5, -5, account_id=new_id())


async def test_nothing_is_added_to_a_transaction_later(database: Database) -> None:
    """Not even entries that add up, nor ones of another moment."""
    async with database.begin() as uow:
        await ledger.post(uow, fact())
    add = (
        "insert into ledger_entries (transaction_id, position, size, account_id, amount, at)"
        " select transaction_id, {place}, {size}, account_id, 7, {at} from ledger_entries where position = 1"
    )
    for place, size, at in ((3, 2, "at"), (3, 4, "at"), (1, 2, "at"), (2, 2, "at + interval '1 day'")):
        with pytest.raises(IntegrityError):
            async with database.begin() as uow:
                await uow.session.execute(text(add.format(place=place, size=size, at=at)))


@pytest.mark.parametrize("table", ["ledger_accounts", "ledger_transactions", "ledger_entries"])
@pytest.mark.parametrize("how", ["update {0} set id = id", "delete from {0}", "truncate {0} cascade"])
async def test_the_ledger_is_never_changed(database: Database, table: str, how: str) -> None:
    async with database.begin() as uow:
        await ledger.post(uow, fact())
    statement = how.format(table).replace("id = id", "at = at" if table != "ledger_accounts" else "id = id")
    with pytest.raises(DBAPIError, match="never changed"):
        async with database.begin() as uow:
            await uow.session.execute(text(statement))


async def test_accounts_are_one_of_each(database: Database) -> None:
    async with database.begin() as uow:
        await ledger.post(uow, fact())
    for kind, owner in ((AccountKind.BUYER_CLEARING, None), (AccountKind.MERCHANT_PAYABLE, None)):
        with pytest.raises(IntegrityError):
            async with database.begin() as uow:
                await uow.session.execute(insert(LedgerAccount).values(id=new_id(), kind=kind, owner_id=owner))
