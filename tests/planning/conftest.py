"""A clock that runs again after every test."""

from __future__ import annotations

from tests.orders.conftest import running_clock as running_clock
