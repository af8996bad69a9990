"""Tools of Python that are run against the mall, each in an environment of its own: none of their packages is ours."""

from __future__ import annotations

import asyncio
import hashlib
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from server.embedded.state import default_cache_dir

HERE = Path(__file__).parent
INSTALL = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--retries=1", "--timeout=20")


def environment_of(tool: str) -> Path:
    """The folder of the tool's programs, installed as pinned here; skips where that cannot be done."""
    wanted = HERE / f"requirements-{tool}.txt"
    digest = hashlib.sha256(wanted.read_bytes() + sys.version.encode()).hexdigest()[:12]
    folder = default_cache_dir() / "tools" / f"{tool}-{digest}"
    done = folder / "installed"
    if not done.exists():
        subprocess.run((sys.executable, "-m", "venv", "--clear", str(folder)), check=True)
        command = (str(folder / "bin/python"), *INSTALL, "-r", str(wanted))
        found = subprocess.run(command, capture_output=True, text=True, check=False)
        if found.returncode:
            pytest.skip(f"pip could not fetch {tool}: {' / '.join(found.stderr.splitlines()[-2:])[:300]}")
        done.touch()
    return folder / "bin"


async def run(*command: str, folder: Path, seconds: float, env: Mapping[str, str] | None = None) -> tuple[int, str]:
    """The exit code and all that was said; `folder` is where it may leave what it likes."""
    pipe = asyncio.subprocess.PIPE
    both = {"stdout": pipe, "stderr": asyncio.subprocess.STDOUT}
    child = await asyncio.create_subprocess_exec(*command, cwd=folder, env=env, **both)
    try:
        async with asyncio.timeout(seconds):
            told, _ = await child.communicate()
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return child.returncode or 0, told.decode(errors="replace")
