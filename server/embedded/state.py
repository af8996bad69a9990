"""The state directory: what is kept between runs, who may use it, and who is using it now."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
from pathlib import Path
from typing import Any

MARKER = ".zhaotong-mall"
NEEDED_BYTES = 600 * 1024 * 1024  # two WAL segments, the demo data and the search index, with room to grow


class Trouble(Exception):
    """Something an operator can put right; the message is one sentence that says what to do next."""


def default_state_dir() -> Path:
    """`$MALL_STATE_DIR`, else /var/lib for root, else the user's own state directory."""
    if given := os.environ.get("MALL_STATE_DIR"):
        return Path(given).absolute()
    if os.geteuid() == 0:
        return Path("/var/lib/zhaotong-mall")
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state") / "zhaotong-mall"


def default_cache_dir() -> Path:
    """Where fetched programs are kept; apart from the state, so that starting over fetches nothing again."""
    if given := os.environ.get("MALL_CACHE_DIR"):
        return Path(given).absolute()
    if os.geteuid() == 0:
        return Path("/var/cache/zhaotong-mall")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "zhaotong-mall"


class StateDir:
    """One directory with our marker in it. `claim` refuses a foreign or a used one with a sentence."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: int | None = None

    def claim(self) -> None:
        """Makes the directory if needed and takes it for this process until it ends."""
        self.prepare()
        lock = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(lock, 32, 0).decode().strip() or "unknown"
            os.close(lock)
            raise Trouble(
                f"The state directory {self.path} is in use by process {holder}; stop that one or set MALL_STATE_DIR."
            ) from None
        os.ftruncate(lock, 0)
        os.pwrite(lock, str(os.getpid()).encode(), 0)
        self._lock = lock

    def release(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def in_use(self) -> bool:
        """True while some process has claimed the directory."""
        try:
            lock = os.open(self.path / "lock", os.O_RDWR | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(lock)
        return False

    def prepare(self) -> None:
        """Makes the directory, or makes sure that it is ours and that the disk has room."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            foreign = not (self.path / MARKER).exists() and any(self.path.iterdir())
            if foreign:
                raise Trouble(
                    f"{self.path} holds files that are not the mall's; set MALL_STATE_DIR to an empty directory."
                )
            (self.path / MARKER).touch()
        except OSError as error:
            raise Trouble(_explain(self.path, error)) from error
        if shutil.disk_usage(self.path).free < NEEDED_BYTES:
            raise Trouble(
                f"The disk of {self.path} has less than {NEEDED_BYTES // 1024 // 1024} MB left;"
                " free some or set MALL_STATE_DIR to another disk."
            )

    def write(self, name: str, value: object) -> None:
        """Keeps `value` as JSON that only the owner reads; a half-written file is never seen."""
        draft = self.path / f"{name}.new"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:
            json.dump(value, file, indent=1)
        os.replace(draft, self.path / name)

    def read(self, name: str) -> Any:
        """The value kept under `name`, or None."""
        try:
            return json.loads((self.path / name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None


def _explain(path: Path, error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return f"The disk of {path} is full; free some space or set MALL_STATE_DIR to another disk."
    reason = (error.strerror or str(error)).lower()
    return f"The state directory {path} cannot be used ({reason}); set MALL_STATE_DIR to one of yours."
