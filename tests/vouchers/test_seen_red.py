"""Each race is seen red: its test is run with a seeded defect in the product, and must fail."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from server.database import Database
from tests.orders.gateway import FakeGateway
from tests.scenarios.test_seen_red import FAILURES, several
from tests.vouchers import test_races
from tests.vouchers.mutants import RED
from tests.vouchers.test_races import database as database


@pytest.mark.parametrize("name", RED)
async def test_a_race_fails_with_its_defect(
    name: str, database: Database, gateway: FakeGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    RED[name](monkeypatch)
    race = getattr(test_races, name)
    there: dict[str, Any] = {"database": database, "gateway": gateway}
    given = {each: there[each] for each in inspect.signature(race).parameters}
    with pytest.raises(FAILURES):
        await several(race, given)
