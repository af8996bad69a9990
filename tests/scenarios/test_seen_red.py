"""Each named scenario is seen red: its test is run with a seeded defect in the product, and must fail."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy.exc import SQLAlchemyError

from domain.base import Refusal
from server.database import Database
from server.settings import Settings
from tests.orders.gateway import FakeGateway
from tests.scenarios.mutants import RED

SCENARIOS = Path(__file__).parents[2] / "docs/scenarios.md"
# A defect of a race does not show in every one.
TRIES = 8
# How a test that met the defect ends: what it looked for is not so; it was refused or PostgreSQL had the last word.
# Anything else, such as a name that is not there, would be a defect of the defect.
FAILURES = (AssertionError, pytest.fail.Exception, Refusal, SQLAlchemyError, asyncpg.PostgresError, ValueError)
# Tests with parameters are run with these.
PARAMETERS: Mapping[str, Mapping[str, str]] = {"10": {"wrong": "amount"}, "12": {"sqlstate": "40001"}}


@pytest.mark.parametrize("scenario", RED)
async def test_a_scenario_fails_with_its_defect(
    scenario: str, settings: Settings, database: Database, gateway: FakeGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, mutant = RED[scenario]
    module, name = address.split("::")
    test = getattr(importlib.import_module(f"tests.{module}"), name)
    there: dict[str, Any] = {"settings": settings, "database": database, "gateway": gateway}
    wanted = {**there, **PARAMETERS.get(scenario, {})}
    mutant(monkeypatch)
    given = {each: wanted[each] for each in inspect.signature(test).parameters}
    with pytest.raises(FAILURES):
        await several(test, given)


async def several(test: Any, given: Mapping[str, Any]) -> None:
    """A defect of a race does not show in every one."""
    for _ in range(TRIES):
        await test(**given)


def test_the_table_tells_of_every_scenario_and_its_defect() -> None:
    rows = [line for line in SCENARIOS.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    told = {(cells[1].strip(), cells[4]) for line in rows if len(cells := line.split("|")) > 4}
    numbers = {number for number, _ in told if number.isdigit()}
    assert {str(number) for number in (*range(1, 21), *range(22, 38))} <= numbers
    seen = {number for number, red in told if re.search("[a-z]", red)}
    assert numbers - seen == set(), "a scenario was not seen red"
    for scenario, (_, mutant) in RED.items():
        assert any(scenario.split()[0] == number and mutant.__name__ in red for number, red in told), scenario
