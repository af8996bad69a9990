"""What the tests of orders use, here too; a carrier in memory; and the kinds that can be sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

import pytest

from domain import messages
from domain.base import Database
from domain.messages import NotSent, Words
from integrations.wxsim.config import load_keys
from models.messages import MessageKind
from tests.orders.conftest import gateway as gateway
from tests.orders.conftest import running_clock as running_clock


@dataclass
class Carrier:
    """Remembers what it was given; fails as it is told, once for each fault."""

    sent: list[tuple[str, MessageKind, Words, UUID | None]] = field(default_factory=list)
    faults: list[NotSent] = field(default_factory=list)

    async def send(self, openid: str, kind: MessageKind, words: Words, subject_id: UUID | None) -> str:
        if self.faults:
            raise self.faults.pop(0)
        self.sent.append((openid, kind, words, subject_id))
        return f"M{len(self.sent)}"


@pytest.fixture
def carrier() -> Carrier:
    return Carrier()


@pytest.fixture(autouse=True)
def templates(database: Database) -> Iterator[None]:
    messages.configure({MessageKind(name): id for name, id in load_keys().templates.items()})
    yield
    messages.configure({})
