"""Makes .venv and installs the pinned packages, with the standard library alone. Does nothing when all is in place."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
STAMP = VENV / ".installed"
EXTRAS = {"run": {"embedded"}, "test": {"embedded", "dev"}}
NEEDED_BYTES = 1_500_000_000
NETWORK_SIGNS = ("NewConnectionError", "No matching distribution", "Could not fetch URL", "timed out", "SSLError")


class Trouble(Exception):
    """One sentence for the person at the keyboard."""


def main() -> int:
    purpose = sys.argv[1] if len(sys.argv) > 1 else "run"
    try:
        prepare(EXTRAS[purpose])
    except Trouble as trouble:
        print(f"✗ {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def prepare(extras: set[str]) -> None:
    installed = _installed()
    wanted = extras | set(installed.get("extras", []))
    if installed.get("digest") == _digest() and extras <= set(installed["extras"]) and _works():
        return
    _require_disk()
    _make_environment()
    _install(wanted)
    STAMP.write_text(json.dumps({"digest": _digest(), "extras": sorted(wanted)}), encoding="utf-8")


def _installed() -> dict[str, list[str]]:
    try:
        return json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _digest() -> str:
    digest = hashlib.sha256()
    for name in ("pyproject.toml", "requirements.lock"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def _works() -> bool:
    if not PYTHON.exists():
        return False
    return subprocess.run([PYTHON, "-c", "import pip"], capture_output=True, check=False).returncode == 0


def _require_disk() -> None:
    if shutil.disk_usage(ROOT).free < NEEDED_BYTES:
        raise Trouble(f"The disk of {ROOT} has less than 1.5 GB left; free some space and try again.")


def _make_environment() -> None:
    if _works():
        return
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise Trouble(
            f"{sys.executable} cannot make virtual environments; install Python's venv package"
            f" (Debian and Ubuntu: apt-get install python{version}-venv) and try again."
        )
    if VENV.exists() and not (VENV / "pyvenv.cfg").exists():
        raise Trouble(f"{VENV} is not a virtual environment; move it away and try again.")
    began = time.monotonic()
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True, check=False)
    if made.returncode:
        raise Trouble(f"The virtual environment {VENV} could not be made: {_last(made.stdout + made.stderr)}")
    print(f"✓ Making the virtual environment ({time.monotonic() - began:.1f} s)", flush=True)


def _install(extras: set[str]) -> None:
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "-c", "requirements.lock"]
    command += ["-e", f".[{','.join(sorted(extras))}]"]
    began = time.monotonic()
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    lines = list(_shown(process, began))
    if process.wait():
        raise Trouble(_explain("\n".join(lines)))
    print(f"✓ Installing the Python packages ({time.monotonic() - began:.1f} s)", flush=True)


def _shown(process: subprocess.Popen[str], began: float) -> Iterator[str]:
    """Every line of pip's; a count of the packages on the way, live on a terminal, each ten seconds elsewhere."""
    total = sum(1 for line in (ROOT / "requirements.lock").read_text().splitlines() if "==" in line)
    found, said = 0, began
    assert process.stdout is not None
    for line in process.stdout:
        found += line.startswith("Collecting ")
        state = "unpacking" if line.startswith("Installing collected") else f"{found} of at most {total} found"
        if sys.stdout.isatty():
            print(f"\r\033[K… Installing the Python packages: {state}", end="", flush=True)
        elif time.monotonic() - said > 10:
            said = time.monotonic()
            print(f"  … Installing the Python packages: {state}", flush=True)
        yield line.strip()
    if sys.stdout.isatty():
        print("\r\033[K", end="")


def _explain(output: str) -> str:
    if "No space left" in output:
        return "The disk is full while packages are installed; free some space and try again."
    if any(sign in output for sign in NETWORK_SIGNS):
        return f"pip could not fetch a package; check the network and pip's index setting: {_last(output)}"
    return f"pip could not install the packages: {_last(output)}"


def _last(output: str) -> str:
    return " / ".join([line.strip() for line in output.splitlines() if line.strip()][-3:])


if __name__ == "__main__":
    sys.exit(main())
