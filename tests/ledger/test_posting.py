"""Facts are written once, whoever tells them and how often."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from domain import ledger
from domain.base import SYSTEM, Database, clock
from domain.ledger import Account, Entry, Of, Period, Posting, Rewritten, Subsidy
from models.base import new_id
from models.ledger import AccountKind, LedgerEntry, LedgerTransaction, TransactionKind
from tests.ledger.test_database import HELD, THERE, fact


async def written(database: Database) -> tuple[int, int]:
    """Transactions and entries."""
    async with database.read() as session:
        transactions = await session.scalar(select(func.count()).select_from(LedgerTransaction))
        return transactions or 0, await session.scalar(select(func.count()).select_from(LedgerEntry)) or 0


async def post(database: Database, *postings: Posting) -> int:
    async with database.begin() as uow:
        return await ledger.post(uow, *postings)


async def test_a_fact_told_again_is_no_news(database: Database) -> None:
    one, two = fact("1"), fact("2", 7)
    assert await post(database, one, two) == 2
    assert await post(database, two, one) == 0
    assert await written(database) == (2, 4)


async def test_a_fact_told_at_once_by_many_is_written_once(database: Database) -> None:
    facts = [fact(str(k), k) for k in range(1, 6)]
    told = await asyncio.gather(*(post(database, *facts) for _ in range(8)))
    assert sorted(told) == [0] * 7 + [5]
    assert await written(database) == (5, 10)


async def test_a_fact_told_otherwise_is_a_fault(database: Database) -> None:
    one = fact("1")
    await post(database, one)
    for other in (fact("1", 99), replace(one, entries=(Entry(HELD, 100), Entry(THERE, -100)))):
        with pytest.raises(Rewritten):
            await post(database, other, fact("new"))
    assert await written(database) == (1, 2)


@pytest.mark.parametrize("amounts", [(), (1,), (1, 1), (1, -1, 0), (2, -1)])
def test_what_does_not_add_up_is_no_fact(amounts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="add up"):
        Posting(TransactionKind.PAYMENT, "1", clock.now(), tuple(Entry(HELD, amount) for amount in amounts))


def test_accounts_have_owners_where_they_should() -> None:
    for kind, owner in ((AccountKind.MERCHANT_PAYABLE, None), (AccountKind.SUSPENSE, new_id())):
        with pytest.raises(ValueError, match="owner"):
            Account(kind, owner)


async def test_nobody_waits_for_a_balance(database: Database) -> None:
    """Two transactions that touch the same accounts are under way at once: the second does not wait for the first."""
    await post(database, fact("opens the accounts"))
    async with database.begin() as uow:
        await ledger.post(uow, fact("1"))
        async with asyncio.timeout(5):
            assert await post(database, fact("2")) == 1


@pytest.mark.parametrize(("amount", "rate", "expected"), [(0, 500, 0), (10, 500, 1), (9, 500, 0), (9990, 60, 60)])
def test_rates_round_half_a_fen_up(amount: int, rate: int, expected: int) -> None:
    assert ledger.commission(amount, rate) == expected


async def test_the_trial_balance_has_two_equal_sides(database: Database) -> None:
    of = Of(new_id(), new_id())
    by = Subsidy(coupons=300, points=50)
    await post(database, ledger.paid(new_id(), of, 5000, clock.now(), by=by, memo="付款"))
    async with database.read() as session:
        whole = await ledger.trial_balance(session, SYSTEM, Period())
        before = await ledger.trial_balance(session, SYSTEM, Period(until=clock.today().replace(year=2001)))
    closing = {row.kind: row.closing for row in whole.rows if row.closing}
    assert closing == {
        AccountKind.WECHAT_RECEIVABLE: 5000,
        AccountKind.COUPON_EXPENSE: 300,
        AccountKind.POINTS_LIABILITY: 50,
        AccountKind.BUYER_CLEARING: -5350,
    }
    assert (whole.debits, whole.credits, whole.difference) == (5350, 5350, 0)
    assert (before.debits, before.credits) == (0, 0)
    assert len(whole.rows) == len(AccountKind)
