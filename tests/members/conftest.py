"""Personal data can be sealed, and the clock runs again after every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.base import clock
from domain.crypto import Keyring, vault
from server.settings import Settings


@pytest.fixture(autouse=True)
def keys(settings: Settings) -> Iterator[None]:
    ring = settings.data_keyring
    vault.configure(Keyring(ring, next(iter(ring)), settings.index_key_bytes))
    yield
    clock.reset()
