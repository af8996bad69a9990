"""Asking WeChat Pay how attempts stand and ending them; always between transactions, never inside one."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from domain import payments
from domain.base import Database, Unavailable, WrongState
from domain.orders.recording import record_payment
from domain.orders.taking import lock
from domain.payments import Attempt, Gateway, Outcome
from models.payments import PaymentState


def unsettled(attempts: Sequence[Attempt]) -> list[Attempt]:
    """Attempts whose money may still come or have come unnoticed, the latest first."""
    return [each for each in reversed(attempts) if each.state in (PaymentState.OPEN, PaymentState.CLOSED)]


async def ask(database: Database, gateway: Gateway, attempts: Sequence[Attempt]) -> dict[UUID, Outcome]:
    """Asks WeChat Pay about each attempt and records what is news; answers what was said."""
    said = {}
    for attempt in attempts:
        seen = await gateway.query(attempt.number)
        said[attempt.id] = seen.outcome
        if seen.outcome in (Outcome.PAID, Outcome.CLOSED):
            async with database.begin() as uow:
                await record_payment(uow, seen)
    return said


async def end(database: Database, gateway: Gateway, attempts: Sequence[Attempt]) -> None:
    """Sees to it that nobody can pay the attempts any more, and records those that were paid."""
    said = await ask(database, gateway, attempts)
    for attempt in attempts:
        if said[attempt.id] in (Outcome.UNPAID, Outcome.UNKNOWN):
            await _end_one(database, gateway, attempt)


async def _end_one(database: Database, gateway: Gateway, attempt: Attempt) -> None:
    try:
        await gateway.close(attempt.asked())
    except WrongState:
        # Paid between the question and the order to close.
        said = await ask(database, gateway, [attempt])
        if said[attempt.id] not in (Outcome.PAID, Outcome.CLOSED):
            raise Unavailable("微信支付的答复前后不一致，请稍后再试") from None
        return
    async with database.begin() as uow:
        locked = await lock(uow, attempt.trade_id)
        now = next(each for each in locked.attempts if each.id == attempt.id)
        if now.state is PaymentState.OPEN:
            await payments.close_attempt(uow, now)
