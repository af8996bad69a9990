"""Every pair of state and event, on real rows: allowed steps lead where the table says, others change nothing."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from domain import payments
from domain.aftersales import AFTER_SALE_STEPS, REFUSALS, AfterSaleEvent
from domain.aftersales.doing import OF_BUYER, OF_MERCHANT
from domain.aftersales.reading import DESKS
from domain.aftersales.states import ENDED, OPEN, TIMES
from domain.base import Database, WrongState, clock
from models.aftersales import AfterSale, AfterSaleState
from tests.factories import aftersales as made
from tests.orders.gateway import FakeGateway


def ended(state: AfterSaleState) -> dict[str, Any]:
    return {"finished_at": clock.now() if state in ENDED else None}


async def test_every_pair_of_state_and_event(database: Database, gateway: FakeGateway) -> None:
    it = await made.received(database, gateway)
    id = await made.applied(database, it, made.page(it, 1))
    table = AfterSale.__table__.c
    for state in AfterSaleState:
        for event in AfterSaleEvent:
            async with database.begin() as uow:
                put = update(AfterSale).where(table.id == id).values(state=state, **ended(state))
                await uow.session.execute(put)
            after = AFTER_SALE_STEPS.get((state, event))
            async with database.begin() as uow:
                taken = (uow.session, AfterSale, AFTER_SALE_STEPS, id, event, REFUSALS[event])
                if after is None:
                    with pytest.raises(WrongState):
                        await payments.move(*taken)
                else:
                    await payments.move(*taken, **ended(after))
            assert (await made.case(database, id))["state"] is (after or state), (state, event)


def test_an_event_leads_to_one_state() -> None:
    for event in AfterSaleEvent:
        assert len({after for (_, name), after in AFTER_SALE_STEPS.items() if name is event}) == 1, event


def test_every_refusal_has_a_sentence_and_the_end_is_the_end() -> None:
    assert set(REFUSALS) == set(AfterSaleEvent)
    assert not [event for (state, event) in AFTER_SALE_STEPS if state in ENDED]


def test_nothing_that_is_open_waits_for_ever_but_for_the_platform_and_the_bank() -> None:
    assert set(OPEN) - set(TIMES) == {AfterSaleState.ESCALATED, AfterSaleState.REFUNDING}


def test_every_state_lies_on_one_desk() -> None:
    lying = [state for states in DESKS.values() for state in states]
    assert sorted(lying) == sorted(AfterSaleState)


def test_buttons_are_shown_in_open_states_only() -> None:
    assert set(OF_BUYER) | set(OF_MERCHANT) <= set(OPEN)
