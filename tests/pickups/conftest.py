"""What the tests of orders use, here too; and a worker's tools, of which only the database is used."""

from dataclasses import fields

import pytest

from domain.base import Database
from jobs.base import Tools
from tests.orders.conftest import gateway as gateway
from tests.orders.conftest import running_clock as running_clock


@pytest.fixture
def tools(database: Database) -> Tools:
    nothing = {field.name: None for field in fields(Tools)}
    return Tools(**{**nothing, "database": database})  # type: ignore[arg-type]
