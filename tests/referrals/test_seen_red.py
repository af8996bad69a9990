"""Each race is seen red: its test is run with a seeded defect in the product, and must fail."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from sqlalchemy import text

from server.database import Database
from tests.orders.gateway import FakeGateway
from tests.referrals import test_races
from tests.referrals.mutants import RED
from tests.scenarios.test_seen_red import FAILURES

# A defect of a race does not show in every one.
TRIES = 6


@pytest.mark.parametrize("name", RED)
async def test_a_race_fails_with_its_defect(
    name: str, database: Database, gateway: FakeGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    RED[name](monkeypatch)
    with pytest.raises(FAILURES):
        await _several(name, database, gateway)


async def _several(name: str, database: Database, gateway: FakeGateway) -> None:
    race = getattr(test_races, name)
    there: dict[str, Any] = {"database": database, "gateway": gateway}
    given = {each: there[each] for each in inspect.signature(race).parameters}
    for _ in range(TRIES):
        await race(**given)
        async with database.begin() as uow:  # one programme runs at a time, and rows are counted
            await uow.session.execute(text("TRUNCATE referral_programmes, coupons, campaigns CASCADE"))
