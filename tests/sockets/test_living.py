"""How sockets end, and that they leave nothing behind: silence, revoked tokens, limits, slow readers, lost servers."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from websockets.exceptions import InvalidStatus

from domain.base import clock
from domain.members import sessions
from jobs.relay import relay_once
from server.embedded.state import StateDir
from server.embedded.valkey import Valkey
from server.settings import Settings
from server.sockets import SocketLimits
from server.worker import tools_of
from tests.sockets.conftest import Scene
from tests.sockets.island import PATIENCE, Island, Raw, open_raw, serve

# Some 17 KB a time.
LONG = " ".join(f"r{number}: remark" for number in range(28))
BIG = f"subscription ($id: ID!) {{ orderChanged(id: $id) {{ id {LONG} }} }}"
NEWS = "subscription ($id: ID!) { orderChanged(id: $id) { id version remark } }"
LIMITS = SocketLimits()


async def hears(raw: Raw, scene: Scene, id: str = "1", query: str = NEWS) -> None:
    await raw.subscribe(id, query, id=str(scene.order))
    assert (await raw.data(id))["id"] == str(scene.order)


# ------------------------------------------------------------------------------------------------ silence
async def test_who_does_not_introduce_themselves_is_sent_away(settings: Settings, scene: Scene) -> None:
    async with (
        serve(settings, replace(LIMITS, introduction=0.5)) as island,
        open_raw(island) as other,
        open_raw(island, begin=False) as raw,
    ):
        await raw.send({"type": "ping"})  # is no introduction
        assert (await raw.closed())[0] == 4408
        await other.quiet()


async def test_the_quiet_are_asked_and_the_silent_are_sent_away(settings: Settings, scene: Scene) -> None:
    async with (
        serve(settings, replace(LIMITS, quiet=0.2, silent=2.5)) as island,
        open_raw(island) as living,
        open_raw(island) as dead,
    ):
        for _ in range(3):
            assert await living.next() == {"type": "ping"}
            await living.send({"type": "pong"})
        assert await dead.next() == {"type": "ping"}
        assert await dead.closed() == (4408, "No sign of life")
        await living.send({"type": "ping"})
        while (await living.next())["type"] != "pong":
            pass


# ------------------------------------------------------------------------------------------------ tokens
async def test_a_revoked_token_closes_its_sockets_and_no_others(island: Island, scene: Scene) -> None:
    phone, tablet = await scene.token(scene.buyer), await scene.token(scene.buyer)
    await relay_once(tools_of(island.mall))  # the news that the order was placed
    async with open_raw(island, phone) as one, open_raw(island, phone) as two, open_raw(island, tablet) as other:
        for raw in (one, two, other):
            await hears(raw, scene)
        await one.subscribe("out", "mutation { logout { __typename } }")
        assert await one.data("out") == {"__typename": "Done"}
        await relay_once(tools_of(island.mall))
        for raw in (one, two):
            assert await raw.closed() == (4403, "Signed out")
        await other.quiet()


async def test_a_rotated_token_closes_what_was_opened_with_it(island: Island, scene: Scene) -> None:
    """And not what the same device has opened since with the new one."""
    async with scene.database.begin() as uow:
        old = await sessions.begin(uow, scene.buyer.kind, scene.buyer.member_id, "phone")
    async with open_raw(island, old.access) as before:
        new = await sessions.refresh(scene.database, old.refresh, scene.buyer.kind)
        async with open_raw(island, new.access) as since:
            await relay_once(tools_of(island.mall))
            assert (await before.closed())[0] == 4403
            await since.quiet()


async def test_a_token_that_ends_closes_the_socket(island: Island, scene: Scene) -> None:
    async with open_raw(island) as anonymous, open_raw(island, await scene.token(scene.buyer)) as raw:
        await hears(raw, scene)
        clock.advance(sessions.ACCESS + timedelta(seconds=1))
        assert await raw.closed() == (4403, "Signed out")
        await anonymous.quiet()


async def test_revoked_while_nobody_could_be_told(island: Island, scene: Scene) -> None:
    """After a lost connection to Valkey every token is looked up again."""
    token, good = await scene.token(scene.buyer), await scene.token(scene.buyer)
    async with open_raw(island, token) as raw, open_raw(island, good) as other:
        async with scene.database.begin() as uow:
            first = text("select min(id::text)::uuid from sign_ins")
            lost = await uow.session.scalar(first)
            await uow.session.execute(text("update sign_ins set revoked_at = now() where id = :id"), {"id": lost})
        island.sockets.watch._revoked("")
        assert (await raw.closed())[0] == 4403
        await other.quiet()


# ------------------------------------------------------------------------------------------------ limits
async def test_so_many_sockets_of_one_viewer_and_no_more(settings: Settings, scene: Scene) -> None:
    async with serve(settings, replace(LIMITS, per_viewer=2)) as island, AsyncExitStack() as stack:
        one, two = await scene.token(scene.buyer), await scene.token(scene.buyer)
        first = await stack.enter_async_context(open_raw(island, one))
        await stack.enter_async_context(open_raw(island, two))
        third = await stack.enter_async_context(open_raw(island, begin=False))
        await third.send({"type": "connection_init", "payload": {"authorization": f"Bearer {one}"}})
        assert (await third.closed())[0] == 4429
        await stack.enter_async_context(open_raw(island))  # somebody else may
        await first.connection.close()
        await island.until("count", 2)
        await stack.enter_async_context(open_raw(island, one))


@pytest.mark.parametrize(("limits", "status"), [({"per_address": 2}, 429), ({"in_all": 2}, 503)])
async def test_a_full_house_says_so_before_it_opens(
    settings: Settings, scene: Scene, limits: dict[str, int], status: int
) -> None:
    async with serve(settings, replace(LIMITS, **limits)) as island, open_raw(island) as one, open_raw(island):
        with pytest.raises(InvalidStatus) as refused:
            async with open_raw(island):
                pass
        assert refused.value.response.status_code == status
        assert refused.value.response.headers["retry-after"]
        await one.connection.close()
        await island.until("count", 1)
        async with open_raw(island):
            pass


# ------------------------------------------------------------------------------------------------ slow readers
@pytest.mark.parametrize("frames", [True, False])
async def test_who_does_not_read_loses_the_operation_and_delays_nobody(
    settings: Settings, scene: Scene, frames: bool
) -> None:
    await _change(scene, "remark = repeat('慢', 200)")
    async with serve(settings, replace(LIMITS, waiting=20_000), frames=frames) as island, AsyncExitStack() as stack:
        token = await scene.token(scene.buyer)
        slow = await stack.enter_async_context(open_raw(island, token, max_queue=1))
        quick = await stack.enter_async_context(open_raw(island, token))
        await hears(slow, scene, query=BIG)
        await hears(quick, scene)
        slow.connection.transport.pause_reading()
        announced = await _until_dropped(island, scene, quick)
        slow.connection.transport.resume_reading()
        # All that was sent before arrives, then the end; nothing else of this socket is touched.
        for _ in range(announced - 1):
            await slow.data("1")
        assert await slow.refused("1") == "SLOW_CONSUMER"
        await slow.quiet()
        await hears(slow, scene)


async def _until_dropped(island: Island, scene: Scene, quick: Raw) -> int:
    """Announces until the slow one is dropped; how often that was. The other one hears each."""
    for number in range(1, 200):
        await island.announce(scene.order)
        await quick.data("1")
        if island.sockets.hub.dropped:
            return number
    raise AssertionError("never dropped")


async def test_who_never_reads_again_is_cut_off(settings: Settings, scene: Scene) -> None:
    """The closing handshake is behind what it does not read; after a while the transport is cut all the same."""
    await _change(scene, "remark = repeat('慢', 200)")
    limits = replace(LIMITS, waiting=20_000, quiet=0.5, silent=1.5)
    async with serve(settings, limits) as island, AsyncExitStack() as stack:
        token = await scene.token(scene.buyer)
        slow = await stack.enter_async_context(open_raw(island, token, max_queue=1))
        await hears(slow, scene, query=BIG)
        slow.connection.transport.pause_reading()
        for _ in range(200):
            await island.announce(scene.order)
            await asyncio.sleep(0.01)
            if island.sockets.hub.dropped:
                break
        await island.until("count", 0)
        slow.connection.transport.abort()


# ------------------------------------------------------------------------------------------------ nothing left
async def test_what_ends_leaves_nothing(island: Island, scene: Scene) -> None:
    token = await scene.token(scene.buyer)
    async with open_raw(island, token) as raw:  # what is made once for all
        await hears(raw, scene)
    await island.until("count", 0)
    await island.until("topics", 0)
    before = await _things(island)
    for _ in range(3):
        async with AsyncExitStack() as stack:
            raws = [await stack.enter_async_context(open_raw(island, token)) for _ in range(10)]
            for raw in raws:
                await hears(raw, scene)
                await hears(raw, scene, "2")
                await raw.send({"id": "1", "type": "complete"})
            await island.announce(scene.order)
        await island.until("count", 0)
    await island.until("topics", 0)
    assert await _things(island) == before


OURS = ("server.sockets", "integrations.topics")


async def _things(island: Island) -> dict[str, int]:
    """What a leak would add to. Tasks of finished handshakes may take a moment to go."""
    gc.collect()
    for _ in range(1_000):
        await asyncio.sleep(0.02)
        tasks = [task for task in asyncio.all_tasks() if "websocket" in repr(task).lower() or "Sockets" in repr(task)]
        if not tasks:
            break
    mine = ("Connection", "Subscriber", "Group", "Topic", "Channel", "FrameWire")
    counts = dict.fromkeys(mine, 0)
    for found in gc.get_objects():
        if str(type(found).__module__).startswith(OURS) and type(found).__name__ in mine:
            counts[type(found).__name__] += 1
    watch, door = island.sockets.watch, island.sockets
    held = (watch.connections, watch._by_token, door._by_address, door._by_viewer)
    return {**counts, "held": sum(map(len, held)), "topics": island.mall.topics.count, "tasks": len(tasks)}


# ------------------------------------------------------------------------------------------------ lost servers
async def test_everybody_is_told_again_after_valkey_was_away(settings: Settings, scene: Scene, tmp_path: Path) -> None:
    """What happened while nobody could be told is read when it is back; who comes meanwhile is told what is there."""
    state = StateDir(tmp_path / "servers")
    state.prepare()
    valkey = Valkey(state, durable=False)
    valkey.start()
    try:
        async with serve(settings.model_copy(update={"redis_url": valkey.url})) as island:
            await _without_valkey(island, scene, valkey)
    finally:
        valkey.stop()


async def _without_valkey(island: Island, scene: Scene, valkey: Valkey) -> None:
    token = await scene.token(scene.buyer)
    async with open_raw(island, token) as raw, open_raw(island, token) as later:
        await hears(raw, scene)
        os.kill(valkey.pid, signal.SIGKILL)
        await asyncio.to_thread(valkey.stop)
        async with asyncio.timeout(PATIENCE):
            while island.mall.topics.connected:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        await hears(later, scene)
        await _change(scene, "version = 77")
        await asyncio.to_thread(valkey.start)
        for each in (raw, later):
            while (await each.data("1"))["version"] != 77:
                pass


async def _change(scene: Scene, change: str) -> None:
    async with scene.database.begin() as uow:
        await uow.session.execute(text(f"update orders set {change} where id = :id"), {"id": scene.order})


async def test_news_wait_for_the_database(island: Island, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who listened already is told when it is back; who comes meanwhile is told that it is away."""
    async with open_raw(island, await scene.token(scene.buyer)) as raw:
        await hears(raw, scene)
        away = True
        database = type(island.mall.database)
        read = database.read

        def reading(self: Any) -> Any:
            if away:
                raise ConnectionRefusedError("away")
            return read(self)

        monkeypatch.setattr(database, "read", reading)
        await island.announce(scene.order)
        await raw.subscribe("2", NEWS, id=str(scene.order))
        assert await raw.refused("2") == "UNAVAILABLE"
        away = False
        assert (await raw.data("1"))["id"] == str(scene.order)


async def test_who_comes_while_the_database_is_away_is_asked_to_come_later(
    island: Island, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(_self: Any, _authorization: str) -> Any:
        raise ConnectionRefusedError("away")

    token = await scene.token(scene.buyer)
    monkeypatch.setattr(type(island.mall.viewers), "of", away)
    async with open_raw(island, begin=False) as raw:
        await raw.send({"type": "connection_init", "payload": {"authorization": f"Bearer {token}"}})
        assert await raw.closed() == (1013, "UNAVAILABLE")


async def test_a_stopping_server_says_goodbye(settings: Settings, scene: Scene) -> None:
    async with AsyncExitStack() as outer:
        async with serve(settings) as island:
            raw = await outer.enter_async_context(open_raw(island, await scene.token(scene.buyer)))
            await hears(raw, scene)
        with suppress(ConnectionError):
            assert (await raw.closed())[0] == 1012


# ------------------------------------------------------------------------------------------------ refusals
async def test_who_is_refused_often_waits_and_who_is_right_does_not(settings: Settings, scene: Scene) -> None:
    token = await scene.token(scene.buyer)
    async with (
        serve(settings.model_copy(update={"rate_factor": 1.0})) as island,
        open_raw(island) as wrong,
        open_raw(island, token) as right,
    ):
        for number in range(30):
            await wrong.subscribe(str(number), "{ nothing }")
        await hears(right, scene)
        assert {(await wrong.next())["id"] for _ in range(30)} == {str(number) for number in range(30)}
        assert island.mall.late.snapshot()["delayed"] > 0
