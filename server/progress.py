"""What the commands show while they work: live lines on a terminal, plain lines everywhere else."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich import progress as bars
from rich.console import Console

PLAIN_EVERY = 10.0  # seconds between two lines about one long step in a log file


class Step:
    """One step that takes long enough to be shown. It may be told how far it is from any thread."""

    def __init__(self, title: str, bar: bars.Progress | None, console: Console) -> None:
        self._title = title
        self._bar = bar
        self._console = console
        self._task = bar.add_task(title, total=None) if bar else None
        self._said = self._began = time.monotonic()

    def __call__(self, what: str, done: int = 0, total: int = 0) -> None:
        """Says what is being done now, and how much of it where that is known."""
        if self._bar and self._task is not None:
            note = f"{self._title}: {what}" if what else self._title
            self._bar.update(self._task, description=note, completed=done, total=total or None)
        elif time.monotonic() - self._said > PLAIN_EVERY:
            self._said = time.monotonic()
            share = f" {100 * done // total} %" if total else ""
            self._console.print(f"  … {self._title}: {what}{share}", highlight=False)

    def end(self, good: bool) -> None:
        took = time.monotonic() - self._began
        if self._bar and self._task is not None:
            self._bar.remove_task(self._task)
        mark = "✓" if good else "✗"
        self._console.print(f"{mark} {self._title} ({took:.1f} s)", style=None if good else "red", highlight=False)


class Progress:
    """Shows steps; several may run at once in different threads."""

    def __init__(self) -> None:
        self.console = Console(file=sys.stdout, soft_wrap=True)
        self._lock = threading.Lock()
        self._running = 0
        self._bar: bars.Progress | None = None

    def say(self, sentence: str) -> None:
        self.console.print(sentence, highlight=False)

    @contextmanager
    def step(self, title: str) -> Iterator[Step]:
        step = Step(title, self._open(), self.console)
        good = False
        try:
            yield step
            good = True
        finally:
            step.end(good)
            self._close()

    def _open(self) -> bars.Progress | None:
        with self._lock:
            self._running += 1
            if self._bar is None and self.console.is_terminal:
                columns = (bars.SpinnerColumn(), bars.TextColumn("{task.description}"), bars.TimeElapsedColumn())
                self._bar = bars.Progress(*columns, console=self.console, transient=True)
                self._bar.start()
            return self._bar

    def _close(self) -> None:
        with self._lock:
            self._running -= 1
            if self._running == 0 and self._bar is not None:
                self._bar.stop()
                self._bar = None
