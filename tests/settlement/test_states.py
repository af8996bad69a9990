"""Every state and every event of settlements, calls and payouts, on PostgreSQL: a step of the table, or a refusal."""

from __future__ import annotations

from enum import StrEnum
from itertools import product
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from domain import settlement
from domain.base import Database, WrongState, clock
from domain.payments import move
from domain.settlement.states import (
    CALL_STEPS,
    PAYOUT_STEPS,
    SETTLEMENT_STEPS,
    CallEvent,
    PayoutEvent,
    SettlementEvent,
)
from models.settlement import CallState, Payout, PayoutState, Settlement, SettlementCall, SettlementState
from tests.factories import orders as market
from tests.settlement.small import Small

PAGE = Path(__file__).parents[2] / "docs/domains/settlement.md"
Machine = tuple[dict[Any, Any], type[StrEnum], type[StrEnum]]
MACHINES: dict[type[Any], Machine] = {
    Settlement: (dict(SETTLEMENT_STEPS), SettlementState, SettlementEvent),
    SettlementCall: (dict(CALL_STEPS), CallState, CallEvent),
    Payout: (dict(PAYOUT_STEPS), PayoutState, PayoutEvent),
}
OPEN = ("ASKED", "PROCESSING")


def valid_in(model: type[Any], state: StrEnum) -> dict[str, Any]:
    """What the tables' constraints ask of a row in a state."""
    return {} if model is Settlement else {"finished_at": None if state in OPEN else clock.now()}


async def rows(database: Database) -> dict[type[Any], UUID]:
    """A settlement with a call, and a payout of what it set free."""
    small = Small(database)
    shop = await small.shop()
    order_id = await small.shared(shop)
    row = await market.row(database, Settlement, order_id, key="order_id")
    (call,) = await market.rows(database, SettlementCall, settlement_id=row["id"])
    payout = await settlement.request_payout(database, small.bank, shop.keeper, None, "states-walk")
    return {Settlement: row["id"], SettlementCall: call["id"], Payout: payout}


@pytest.mark.parametrize("model", MACHINES, ids=lambda model: model.__name__)
async def test_every_pair_of_state_and_event(database: Database, model: type[Any]) -> None:
    steps, states, events = MACHINES[model]
    id, table = (await rows(database))[model], model.__table__.c
    for state, event in product(states, events):
        async with database.begin() as uow:
            put = update(model).where(table.id == id).values(state=state, **valid_in(model, state))
            await uow.session.execute(put)
        after = steps.get((state, event))
        async with database.begin() as uow:
            if after is None:
                with pytest.raises(WrongState):
                    await move(uow.session, model, steps, id, event, "不行")
            else:
                await move(uow.session, model, steps, id, event, "不行", **valid_in(model, after))
        assert (await market.row(database, model, id))["state"] == (after or state)


@pytest.mark.parametrize("model", MACHINES, ids=lambda model: model.__name__)
def test_every_state_is_reached_and_every_event_does_something(model: type[Any]) -> None:
    steps, states, events = MACHINES[model]
    reached, more = {next(iter(states))}, True
    while more:
        found = {to for (state, _), to in steps.items() if state in reached} - reached
        reached, more = reached | found, bool(found)
    assert reached == set(states)
    assert {event for _, event in steps} == set(events)


def test_the_page_tells_every_step() -> None:
    """The tables of docs/domains/settlement.md, row by row."""
    told, machine = set(), ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[1:] == ["event", "to"]:
            machine = cells[0]
        elif machine and line.startswith("|") and len(cells) == 3 and not cells[0].startswith("-"):
            event = cells[1].split(":")[0].split(" ")[0]
            told |= {(machine, state.strip(), event, cells[2]) for state in cells[0].split(",")}
        elif not line.startswith("|"):
            machine = ""
    names = {Settlement: "settlement", SettlementCall: "call", Payout: "payout"}
    assert told == {
        (names[model], str(state), str(event), str(to))
        for model, (steps, _, _) in MACHINES.items()
        for (state, event), to in steps.items()
    }
