"""Seeded defects of the programs, such as people make: with faults about, the rig must notice each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from domain.base import UnitOfWork
from domain.inventory import desk as stock
from domain.orders import desk, placing, recording
from domain.orders.placing import Placed, place_many
from domain.payments import Cause
from domain.payments.steps import PAYMENT_STEPS, PaymentEvent
from jobs import relay
from models.base import new_id
from models.payments import PaymentState

Mutant = Callable[[pytest.MonkeyPatch], None]
MUTANTS: dict[str, Mutant] = {}


def mutant(seed: Mutant) -> Mutant:
    MUTANTS[seed.__name__] = seed
    return seed


@mutant
def orders_are_acknowledged_before_the_commit(patch: pytest.MonkeyPatch) -> None:
    async def hasty(self: Any, group: Sequence[Any]) -> list[Any]:
        answers: list[Any] = []
        try:
            async with self._database.begin() as uow:
                answers = await place_many(uow, [(asked.viewer, asked.wanted) for asked in group])
        except Exception:
            if not any(isinstance(answer, Placed) for answer in answers):
                raise
        return answers

    patch.setattr(desk.PlacingDesk, "_place", hasty)


@mutant
def keys_are_not_kept(patch: pytest.MonkeyPatch) -> None:
    key = placing._Turn._key
    patch.setattr(placing._Turn, "_key", lambda turn: f"{key(turn)}{new_id().hex[-8:]}")


@mutant
def stock_is_counted_whatever_was_counted_before(patch: pytest.MonkeyPatch) -> None:
    adjusted = stock._adjusted

    def blindly(before: Any, delta: int, version: int) -> dict[str, Any]:
        return adjusted(before, delta, before["version"])

    patch.setattr(stock, "_adjusted", blindly)


@mutant
def facts_that_cannot_be_delivered_are_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(relay, "_put_aside", lambda uow, facts: None)


@mutant
def news_heard_twice_is_a_second_payment(patch: pytest.MonkeyPatch) -> None:
    record = recording._record_paid

    async def heard(uow: UnitOfWork, locked: Any, attempt: Any, seen: Any) -> None:
        if attempt.state is PaymentState.PAID:
            await recording._give_back(uow, attempt, Cause.DOUBLE, "重复支付退款")
        else:
            await record(uow, locked, attempt, seen)

    class States:
        OPEN, CLOSED, PAID = PaymentState.OPEN, PaymentState.PAID, PaymentState.PAID

    patch.setattr(recording, "PaymentState", States)
    patch.setattr(recording, "_record_paid", heard)
    patch.setitem(PAYMENT_STEPS, (PaymentState.PAID, PaymentEvent.PAY), PaymentState.PAID)
