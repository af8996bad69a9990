"""A world for what needs no more than its processes, and its keys in this process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.crypto import Keyring, vault
from tests.faults.world import World


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    made = World()
    kept = dict(vars(vault))
    try:
        made.start()
        settings = made.settings()
        vault.configure(Keyring(settings.data_keyring, next(iter(settings.data_keyring)), settings.index_key_bytes))
        yield made
    finally:
        vars(vault).clear()
        vars(vault).update(kept)  # the other tests of this process have keys of their own
        made.stop()
