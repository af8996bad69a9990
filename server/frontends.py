"""Building the two front ends: packages by `npm ci`, then the build; both skipped while their inputs are unchanged."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from server.built import pack
from server.embedded.state import Trouble
from server.progress import Progress, Step

ROOT = Path(__file__).parent.parent
OLDEST_NODE = 20
NOT_INPUTS = {"node_modules", "dist", "tests", "unpackage", ".git"}
NETWORK_SIGNS = ("ENOTFOUND", "ECONNREFUSED", "ETIMEDOUT", "EAI_AGAIN", "ECONNRESET", "network", "certificate")


@dataclass(frozen=True)
class FrontEnd:
    """One front end: where it is, how it is built, and the page that proves that it was."""

    folder: Path
    script: str
    proof: str

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def stamp(self) -> Path:
        return self.folder / "dist" / f".built-{self.script.replace(':', '-')}"

    def built(self) -> bool:
        stamped = self.stamp.read_text(encoding="utf-8") if self.stamp.exists() else ""
        return stamped == _digest(self._inputs()) and (self.folder / self.proof).exists()

    def installed(self) -> bool:
        stamp = self.folder / "node_modules/.installed"
        return stamp.exists() and stamp.read_text(encoding="utf-8") == _digest(self._packages())

    def mark_installed(self) -> None:
        (self.folder / "node_modules/.installed").write_text(_digest(self._packages()), encoding="utf-8")

    def mark_built(self) -> None:
        self.stamp.write_text(_digest(self._inputs()), encoding="utf-8")

    def _packages(self) -> Iterator[Path]:
        yield self.folder / "package.json"
        yield self.folder / "package-lock.json"

    def _inputs(self) -> Iterator[Path]:
        yield ROOT / "schema/schema.graphql"
        for folder, below, files in os.walk(self.folder):
            below[:] = sorted(set(below) - NOT_INPUTS)
            for name in sorted(files):
                yield Path(folder) / name


FRONT_ENDS = (
    FrontEnd(ROOT / "miniprogram-uniapp", "build:h5", "dist/build/h5/index.html"),
    FrontEnd(ROOT / "admin-web", "build", "dist/admin/index.html"),
)


class Builder:
    """Installs and builds; `cancel` from another thread ends whatever is running."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._running: subprocess.Popen[str] | None = None
        self._cancelled = threading.Event()

    def build(self, front_ends: Sequence[FrontEnd] = FRONT_ENDS) -> None:
        waiting = [front_end for front_end in front_ends if front_end.folder.exists() and not front_end.built()]
        if waiting:
            require_node()
        for front_end in waiting:
            self.install(front_end)
            self._run(f"Building {front_end.name}", front_end, ["npm", "run", front_end.script])
            pack(front_end.folder / "dist")
            front_end.mark_built()

    def install(self, front_end: FrontEnd) -> None:
        if not front_end.installed():
            command = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=2"]
            self._run(f"Installing the packages of {front_end.name}", front_end, command)
            front_end.mark_installed()

    def cancel(self) -> None:
        self._cancelled.set()
        if (running := self._running) and running.poll() is None:
            os.killpg(running.pid, signal.SIGTERM)

    def _run(self, title: str, front_end: FrontEnd, command: list[str]) -> None:
        if self._cancelled.is_set():
            raise Trouble("The build was cancelled.")
        with self._progress.step(title) as step:
            process = subprocess.Popen(
                command,
                cwd=front_end.folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                start_new_session=True,
            )
            self._running = process
            lines = list(_shown(process, step))
            if process.wait():
                # What was ended in the middle must not count as done.
                cancelled = self._cancelled.is_set()
                raise Trouble("The build was cancelled." if cancelled else _explain(front_end, command, lines))


def require_node() -> None:
    """Refuses a machine without Node.js 20 and its npm in one sentence."""
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        raise Trouble(
            f"Node.js {OLDEST_NODE} or newer with npm is needed to build the pages and was not found;"
            " install it, or set MALL_SKIP_FRONTENDS=1 to run the API alone."
        )
    shown = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    if not shown.startswith("v") or int(shown[1:].split(".")[0]) < OLDEST_NODE:
        raise Trouble(
            f"Node.js {OLDEST_NODE} or newer is needed to build the pages and {node} is {shown or 'broken'};"
            " install a newer one, or set MALL_SKIP_FRONTENDS=1 to run the API alone."
        )


def _shown(process: subprocess.Popen[str], step: Step) -> Iterator[str]:
    assert process.stdout is not None
    for line in process.stdout:
        if words := line.strip():
            step(words[:60])
            yield words


def _explain(front_end: FrontEnd, command: list[str], lines: list[str]) -> str:
    text = " ".join(lines)
    if "ENOSPC" in text:
        return f"The disk is full while `{' '.join(command)}` runs in {front_end.name}; free some space and try again."
    if command[1] == "ci" and any(sign in text for sign in NETWORK_SIGNS):
        return (
            f"npm could not fetch the packages of {front_end.name}; check the network and npm's registry setting,"
            " then run the command again."
        )
    errors = [line for line in lines if "rror" in line] or lines
    told = " / ".join(errors[:3] if command[1] == "ci" else errors[-6:])
    return f"`{' '.join(command)}` failed in {front_end.name}: {told[:600]}"


def _digest(files: Iterator[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0")
        digest.update(file.read_bytes() if file.exists() else b"")
    return digest.hexdigest()
