"""Two things at once to an order that waits at a counter, on real connections: who locks the order first has it."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from domain.base import Refusal, WrongState, clock
from models.orders import CloseReason, Order, OrderState, OrderStep
from models.pickups import PickupState
from server.database import Database
from server.settings import Settings
from tests.factories import orders as market
from tests.factories import pickups as counter
from tests.factories import vouchers as made
from tests.races.test_orders import all_at_once

Do = Callable[[Database, made.Held, dict[str, Any], str], Awaitable[Any]]
EVENTS: dict[str, tuple[Do, OrderState, CloseReason | None]] = {
    "hand over": (
        lambda database, held, order, told: counter.handed_over(database, held.shop.keeper, told),
        *(OrderState.RECEIVED, None),
    ),
    "cancel": (
        lambda database, held, order, told: counter.cancelled(database, held, order["id"]),
        *(OrderState.CLOSED, CloseReason.BUYER_CANCELLED),
    ),
    "expire": (
        lambda database, held, order, told: counter.expired(database, order["id"]),
        *(OrderState.CLOSED, CloseReason.PICKUP_MISSED),
    ),
    "shop calls off": (
        lambda database, held, order, told: counter.called_off(database, held, order["id"]),
        *(OrderState.CLOSED, CloseReason.REFUNDED),
    ),
}
PAIRS = list(itertools.combinations_with_replacement(EVENTS, 2))


@pytest.fixture
async def database(settings: Settings, clean_database: None) -> AsyncIterator[Database]:
    opened = Database(settings, pool=40)
    yield opened
    await opened.close()


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=[" and ".join(pair) for pair in PAIRS])
async def test_of_two_at_once_one_happens(database: Database, one: str, other: str) -> None:
    """Handed over and the pieces are gone, or called off and they are back; never both, never twice."""
    held = await made.bound(database, units=50)
    for round in range(3):
        left = (await made.pieces(database, held))[1]
        order = await counter.waiting(database, held, 2)
        told = await counter.code(database, held, order["id"])
        clock.advance((await counter.pickup(database, order["id"]))["deadline"] - clock.now())
        both = (one, other) if round % 2 else (other, one)
        done = await all_at_once(*(EVENTS[name][0](database, held, order, told) for name in both))
        row = await market.row(database, Order, order["id"])
        ends = {EVENTS[name][1:] for name in both}
        assert (row["state"], row["close_reason"]) in ends
        gone = row["state"] is OrderState.RECEIVED
        state = PickupState.PICKED_UP if gone else PickupState.ENDED
        assert (await counter.pickup(database, order["id"]))["state"] is state
        assert await made.pieces(database, held) == ("ACTIVE", left - 2 if gone else left, 0)
        # The job says nothing when it comes too late; everybody else is told.
        refused = [outcome for outcome in done if isinstance(outcome, Refusal)]
        assert all(isinstance(outcome, WrongState) for outcome in refused)
        assert len(refused) == (1 if "expire" not in both else len(refused))
        steps = [each["event"] for each in await market.rows(database, OrderStep, order_id=order["id"])]
        assert sum(event in ("HAND_OVER", "REFUND") for event in steps) == 1
    await made.all_true(database)


async def test_six_clerks_scan_one_code_and_one_hands_it_over(database: Database) -> None:
    held = await made.bound(database)
    order = await counter.waiting(database, held)
    told = await counter.code(database, held, order["id"])
    done = await all_at_once(*(counter.handed_over(database, held.shop.keeper, told) for _ in range(6)))
    assert sum(isinstance(outcome, WrongState) for outcome in done) == 5
    assert (await market.stock(database, held.shop.sku)) == (98, 0)
