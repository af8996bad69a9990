"""Paying shops out: what there is, once, whatever answers are lost, by hand and by itself."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID

import pytest
from sqlalchemy import update

from domain import settlement
from domain.base import Conflict, Database, Invalid, Unavailable, clock
from domain.settlement import WithdrawalOutcome
from domain.settlement.plans import next_time
from jobs.base import Tools
from models.ledger import LedgerTransaction, TransactionKind
from models.settlement import Payout, PayoutEvery, PayoutPlan, PayoutState
from server import worker
from tests.factories import orders as market
from tests.settlement.small import Small
from tests.settlement.world import World


@pytest.fixture
def small(database: Database) -> Small:
    return Small(database)


async def test_all_there_is_is_paid_out_and_booked_once(small: Small) -> None:
    shop = await small.shop()
    await small.shared(shop)
    id = await settlement.request_payout(small.database, small.bank, shop.keeper, None, "a-page-opened")
    again = await settlement.request_payout(small.database, small.bank, shop.keeper, None, "a-page-opened")
    assert (id, again) == (id, id)
    for _ in range(3):
        await small.submit(id)
    (payout,) = await small.payouts()
    assert (payout["state"], payout["amount"]) == (PayoutState.PROCESSING, 9440)
    small.bank.end_withdrawal(payout["number"])
    for _ in range(3):
        await small.submit(id)
    assert (await small.owed(shop), await small.available(shop)) == (0, 0)
    posted = await market.rows(small.database, LedgerTransaction, kind=TransactionKind.PAYOUT)
    assert [row["ref"] for row in posted] == [str(id)]
    assert await small.differences() == []


async def test_payout_ambiguous_failure_not_repaid(database: Database) -> None:
    """The answer is lost after the money has left: the same number is asked about, and nothing is paid again."""
    small = Small(database)
    shop = await small.shop()
    await small.shared(shop, 2)
    await small.shared(shop, 1)
    id = await settlement.request_payout(database, small.bank, shop.keeper, 5000, "a-page-opened")
    # The question is answered, the request is done, its answer is lost; and so on.
    for lost in (1, 1, 0, 1, 0):
        small.bank.lose = lost
        await small.submit(id)
    before = {**small.bank.withdrawn}
    assert sum(asked.amount for asked in before.values()) == 5000
    (number,) = before
    small.bank.end_withdrawal(number)
    clock.advance(timedelta(days=2))
    for _ in range(3):
        await small.submit(id)
    assert small.bank.withdrawn == before
    assert await small.owed(shop) == await small.available(shop) == 9440 + 4720 - 5000
    assert await small.differences() == []


async def test_a_bank_that_sends_it_back_days_later_is_heard_of(database: Database) -> None:
    """It had arrived and was booked: it is asked about, never asked for again, and owed again when it is back."""
    small = Small(database)
    shop = await small.shop()
    await small.shared(shop)
    id = await settlement.request_payout(database, small.bank, shop.keeper, None, "a-page-opened")
    await small.submit(id)
    (payout,) = await small.payouts()
    small.bank.end_withdrawal(payout["number"])
    await small.submit(id)
    assert await due(database) == []
    clock.advance(timedelta(days=3))
    assert await due(database) == [id]
    small.bank.lose = 1
    await small.submit(id)
    assert await due(database) == []
    small.bank.end_withdrawal(payout["number"], WithdrawalOutcome.BOUNCED)
    clock.advance(timedelta(days=1))
    await small.submit(id)
    assert (await small.payouts())[0]["state"] is PayoutState.BOUNCED
    assert await small.owed(shop) == await small.available(shop) == 9440
    assert len(small.bank.withdrawn) == 1
    assert await small.differences() == []


async def test_what_arrived_long_ago_is_asked_about_no_more(database: Database) -> None:
    small = Small(database)
    shop = await small.shop()
    await small.shared(shop)
    id = await settlement.request_payout(database, small.bank, shop.keeper, None, "a-page-opened")
    await small.submit(id)
    small.bank.end_withdrawal((await small.payouts())[0]["number"])
    await small.submit(id)
    clock.advance(timedelta(days=11))
    # WeChat Pay has forgotten it by then: that is no reason to pay it again.
    small.bank.withdrawals.clear()
    await small.submit(id)
    clock.advance(timedelta(days=100))
    assert await due(database) == []
    assert ((await small.payouts())[0]["state"], len(small.bank.withdrawn)) == (PayoutState.SUCCEEDED, 1)


async def due(database: Database) -> list[UUID]:
    async with database.read() as session:
        return list(await settlement.due_payouts(session))


async def test_payout_sweep_actually_runs(database: Database) -> None:
    """What the worker does by itself, round by round, pays a shop whose day has come and asks until it has arrived."""
    small = Small(database)
    shop = await small.shop()
    await small.shared(shop)
    nothing: dict[str, Any] = {each.name: None for each in fields(Tools)}
    tools = Tools(**{**nothing, "database": database, "gateway": small.bank, "clearing": small.bank})
    await _all_rounds(tools)
    assert await small.payouts() == [], "its day has not come"
    clock.advance(timedelta(days=8))
    small.bank.lose = 1
    for _ in range(3):
        await _all_rounds(tools)
        clock.advance(timedelta(minutes=20))
    (payout,) = await small.payouts()
    assert (payout["asked_by"], payout["amount"], payout["state"]) == (None, 9440, PayoutState.PROCESSING)
    small.bank.end_withdrawal(payout["number"])
    await _all_rounds(tools)
    assert (await small.payouts())[0]["state"] is PayoutState.SUCCEEDED
    assert await small.owed(shop) == 0


async def _all_rounds(tools: Tools) -> None:
    """As the worker does: a round that fails keeps no other from its work."""
    for _, each in worker.ROUNDS:
        with suppress(Exception):
            await each(tools)


async def test_more_than_there_is_is_refused(small: Small) -> None:
    shop = await small.shop()
    await small.shared(shop)
    for wanted in (9441, 0, -5):
        with pytest.raises(Invalid):
            await settlement.request_payout(small.database, small.bank, shop.keeper, wanted, f"key-of-{wanted:05d}")
    assert await small.payouts() == []


async def test_money_that_goes_back_to_a_buyer_is_not_paid_out(small: Small) -> None:
    """A refund was asked for a moment ago: the ledger knows, WeChat Pay does not yet."""
    shop = await small.shop()
    order_id = await small.shared(shop)
    world = World(small.database, cast(Any, None), cast(Any, None))
    await world.ask_back(order_id, 5000, 1)
    id = await settlement.request_payout(small.database, small.bank, shop.keeper, None, "a-page-opened")
    assert (await market.row(small.database, Payout, id))["amount"] == 9440 - 4720
    await small.submit(id)
    await small.work()
    (payout,) = await small.payouts()
    small.bank.end_withdrawal(payout["number"])
    await small.submit(id)
    assert (await small.owed(shop), await small.available(shop)) == (0, 0)


async def test_two_who_ask_at_once_are_paid_once(small: Small) -> None:
    shop = await small.shop()
    await small.shared(shop)
    asked = [
        settlement.request_payout(small.database, small.bank, shop.keeper, None, f"another-page-{n}") for n in range(5)
    ]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert sum(not isinstance(each, BaseException) for each in answers) == 1
    assert all(isinstance(each, (Conflict, Invalid)) for each in answers if isinstance(each, BaseException))
    assert len(await small.payouts()) == 1


async def test_a_failed_payout_is_the_shops_again(small: Small) -> None:
    shop = await small.shop()
    await small.shared(shop)
    id = await settlement.request_payout(small.database, small.bank, shop.keeper, None, "a-page-opened")
    await small.submit(id)
    (payout,) = await small.payouts()
    small.bank.end_withdrawal(payout["number"], WithdrawalOutcome.FAILED)
    await small.submit(id)
    assert (await small.payouts())[0]["state"] is PayoutState.FAILED
    assert await small.owed(shop) == await small.available(shop) == 9440
    await settlement.request_payout(small.database, small.bank, shop.keeper, None, "a-page-opened-later")


async def test_what_the_bank_sends_back_is_booked_back(small: Small) -> None:
    shop = await small.shop()
    await small.shared(shop)
    id = await settlement.request_payout(small.database, small.bank, shop.keeper, None, "a-page-opened")
    await small.submit(id)
    (payout,) = await small.payouts()
    small.bank.end_withdrawal(payout["number"])
    await small.submit(id)
    small.bank.end_withdrawal(payout["number"], WithdrawalOutcome.BOUNCED)
    async with small.database.begin() as uow:
        seen = await small.bank.find_withdrawal(payout["number"], payout["sub_mchid"])
        await settlement.record_payout(uow, id, seen)
    assert (await small.payouts())[0]["state"] is PayoutState.BOUNCED
    assert await small.owed(shop) == await small.available(shop) == 9440
    assert await small.differences() == []


async def test_without_an_answer_nobody_guesses(small: Small) -> None:
    shop = await small.shop()
    await small.shared(shop)
    small.bank.down = True
    with pytest.raises(Unavailable):
        await settlement.request_payout(small.database, small.bank, shop.keeper, None, "a-page-opened")
    assert await small.payouts() == []


async def test_a_cycle_pays_once_and_only_what_is_worth_it(small: Small) -> None:
    shop = await small.shop()
    await small.shared(shop)
    async with small.database.begin() as uow:
        await settlement.set_plan(uow, shop.keeper, PayoutEvery.DAY, 10_000)
    now = clock.now()
    for at, expected in ((timedelta(days=1), 0), (timedelta(days=2), 1), (timedelta(days=2), 1)):
        clock.reset()
        clock.advance(now + at - clock.now())
        if expected:
            async with small.database.begin() as uow:
                least = update(PayoutPlan).where(PayoutPlan.merchant_id == shop.merchant_id)
                await uow.session.execute(least.values(least=9440))
        await settlement.pay_by_plan(small.database, small.bank, shop.merchant_id)
        assert len(await small.payouts()) == expected


@pytest.mark.parametrize(
    ("every", "after", "then"),
    [
        (PayoutEvery.DAY, datetime(2026, 11, 29, 1, 59, tzinfo=UTC), datetime(2026, 11, 29, 2, tzinfo=UTC)),
        (PayoutEvery.DAY, datetime(2026, 11, 29, 2, tzinfo=UTC), datetime(2026, 11, 30, 2, tzinfo=UTC)),
        (PayoutEvery.WEEK, datetime(2026, 11, 29, 12, tzinfo=UTC), datetime(2026, 11, 30, 2, tzinfo=UTC)),
        (PayoutEvery.WEEK, datetime(2026, 11, 30, 3, tzinfo=UTC), datetime(2026, 12, 7, 2, tzinfo=UTC)),
        (PayoutEvery.MONTH, datetime(2026, 11, 29, 12, tzinfo=UTC), datetime(2026, 12, 1, 2, tzinfo=UTC)),
        (PayoutEvery.MONTH, datetime(2026, 12, 1, 1, tzinfo=UTC), datetime(2026, 12, 1, 2, tzinfo=UTC)),
        (PayoutEvery.MONTH, datetime(2026, 12, 1, 2, tzinfo=UTC), datetime(2027, 1, 1, 2, tzinfo=UTC)),
    ],
)
def test_when_a_cycle_comes_round(every: PayoutEvery, after: datetime, then: datetime) -> None:
    assert next_time(every, after) == then


async def test_at_the_simulator_the_answer_of_a_withdrawal_is_lost(world: World) -> None:
    shop = await world.shop()
    await world.shared(shop)
    id = await settlement.request_payout(world.database, world.clearing, shop.keeper, None, "a-page-opened")
    await world.wxsim.fault("POST /v3/ecommerce/fund/withdraw", "accept_then_timeout", times=1)
    await world.quietly(settlement.submit_payout(world.database, world.clearing, id))
    await world.work()
    (payout,) = await market.rows(world.database, Payout)
    assert (payout["state"], payout["amount"]) == (PayoutState.SUCCEEDED, 9440)
    assert len((await world.wxsim.dump())["withdrawals"]) == 1
    assert (await world.account(shop), await world.owed(shop)) == ((0, 0), 0)
    assert await world.differences() == []
