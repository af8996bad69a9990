"""Whom a key makes a caller: known for a minute at most, forgotten at once, and noted now and then."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from domain import partners
from domain.base import ANONYMOUS, Budget, Viewer, ViewerKind, clock
from models.partners import PartnerKey
from server.services import Mall
from server.settings import Settings
from server.viewers import Viewers
from tests.client import counting, open_client
from tests.factories.orders import row
from tests.factories.partners import key, partner, wanted
from tests.journey.mall import relay
from tests.partners.test_rules import act


@pytest.fixture
async def mall(settings: Settings, clean_database: None, clean_redis: None, tmp_path: Path) -> AsyncIterator[Mall]:
    async with open_client(settings.model_copy(update={"state_dir": tmp_path, "meili_url": None})) as client:
        yield client.mall


async def of(mall: Mall, secret: str) -> Viewer:
    return (await mall.viewers.of(f"Bearer {secret}"))[0]


async def test_a_key_is_read_once_and_then_remembered(mall: Mall) -> None:
    id = await partner(mall.database, name="甲公司", points_per_second=20, burst=30)
    ends = clock.now() + timedelta(days=1)
    issued = await key(mall.database, id, expires_at=ends)
    first = await mall.viewers.of(f"Bearer {issued.secret}")
    async with counting(mall) as sent:
        assert await mall.viewers.of(f"bearer {issued.secret}") == first
    assert sent == []
    assert first == (Viewer(ViewerKind.PARTNER, id, "甲公司", budget=Budget(20, 30)), ends)


async def test_a_key_without_an_end_is_remembered_too(mall: Mall) -> None:
    issued = await key(mall.database, await partner(mall.database))
    assert (await mall.viewers.of(f"Bearer {issued.secret}"))[1] is None
    async with counting(mall) as sent:
        assert (await of(mall, issued.secret)).kind is ViewerKind.PARTNER
    assert sent == []


@pytest.mark.parametrize("ending", ["revoke", "stop"])
async def test_a_key_that_ends_is_refused_at_once(mall: Mall, ending: str) -> None:
    id = await partner(mall.database)
    issued = await key(mall.database, id)
    assert (await of(mall, issued.secret)).kind is ViewerKind.PARTNER
    await act(mall.database, *((partners.revoke, issued.key_id) if ending == "revoke" else (partners.stop, id)))
    await relay(mall)
    assert await of(mall, issued.secret) == ANONYMOUS


async def test_a_key_is_good_until_its_last_moment(mall: Mall) -> None:
    ends = clock.now() + timedelta(days=1)
    issued = await key(mall.database, await partner(mall.database), expires_at=ends)
    clock.stop(ends - timedelta(microseconds=1))
    assert (await of(mall, issued.secret)).kind is ViewerKind.PARTNER
    clock.stop(ends)
    assert await of(mall, issued.secret) == ANONYMOUS


async def test_a_new_budget_is_known_at_once(mall: Mall) -> None:
    id = await partner(mall.database, points_per_second=1, burst=1)
    issued = await key(mall.database, id)
    assert (await of(mall, issued.secret)).budget == Budget(1, 1)
    await act(mall.database, partners.change, id, 1, wanted(points_per_second=9, burst=99))
    await relay(mall)
    assert (await of(mall, issued.secret)).budget == Budget(9, 99)


async def test_what_was_read_before_the_end_is_not_remembered_after_it(
    mall: Mall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer of PostgreSQL is on its way while the key is revoked and the caches are told."""
    issued = await key(mall.database, await partner(mall.database))
    read = Viewers._partner

    async def slow(self: Viewers, secret: str) -> Any:
        found = await read(self, secret)
        await act(mall.database, partners.revoke, issued.key_id)
        await relay(mall)
        return found

    with monkeypatch.context() as patched:
        patched.setattr(Viewers, "_partner", slow)
        assert (await of(mall, issued.secret)).kind is ViewerKind.PARTNER  # it began before the end
    assert await of(mall, issued.secret) == ANONYMOUS


async def test_use_is_noted_once_a_minute(mall: Mall) -> None:
    issued = await key(mall.database, await partner(mall.database))
    began = clock.now()
    notes = []
    for seconds in (0, 1, 59, 60, 61, 119, 120):
        clock.stop(began + timedelta(seconds=seconds))
        await mall.redis.flushdb()  # as after the minute for which it remembers
        await of(mall, issued.secret)
        noted = (await row(mall.database, PartnerKey, issued.key_id))["last_used_at"]
        notes.append(round((noted - began).total_seconds()))
    assert notes == [0, 0, 0, 60, 60, 60, 120]


async def test_no_request_writes_while_the_use_is_noted(mall: Mall) -> None:
    issued = await key(mall.database, await partner(mall.database))
    await of(mall, issued.secret)
    async with counting(mall) as sent:
        for _ in range(5):
            await mall.redis.flushdb()
            await of(mall, issued.secret)
    assert not [statement for statement in sent if not statement.lstrip().upper().startswith("SELECT")]


async def test_a_note_that_cannot_be_written_stops_nobody(mall: Mall, monkeypatch: pytest.MonkeyPatch) -> None:
    issued = await key(mall.database, await partner(mall.database))

    async def fail(*_: Any) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(partners, "record_use", fail)
    assert (await of(mall, issued.secret)).kind is ViewerKind.PARTNER


async def test_strangers_are_nobody(mall: Mall) -> None:
    issued = await key(mall.database, await partner(mall.database))
    for header in (
        "",
        "Bearer",
        issued.secret,
        f"Basic {issued.secret}",
        f"Bearer {issued.secret[:-1]}",
        f"Bearer  {issued.secret}",
        f"Bearer ztp_{'A' * 43}",
        f"Bearer ztp_{'A' * 400}",
        "Bearer ztp_密钥密钥密钥密钥密钥密钥密钥密钥密钥密钥",
    ):
        assert (await mall.viewers.of(header))[0] == ANONYMOUS, header


async def test_a_socket_opened_with_a_key_is_told_of_its_end(mall: Mall) -> None:
    issued = await key(mall.database, await partner(mall.database))
    async with mall.topics.listen("tokens") as news:
        await act(mall.database, partners.revoke, issued.key_id)
        await relay(mall)
        assert await anext(news) == partners.hashed(issued.secret).hex()
