"""The servers under an account without any rights: no home, no root, no group."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SCRIPT = """
import json, os, pathlib
from server.embedded.meilisearch import Meilisearch, find_program
from server.embedded.postgres import Postgres
from server.embedded.state import StateDir
from server.embedded.valkey import Valkey
state = StateDir(pathlib.Path(os.environ['MALL_STATE_DIR']))
state.claim()
postgres, valkey = Postgres(state), Valkey(state)
try:
    postgres.start(); postgres.check(); valkey.start()
    owner = os.stat(state.path / 'postgres/data').st_uid
    print(json.dumps({'uid': os.getuid(), 'owner': owner, 'alive': postgres.alive() and valkey.alive()}))
finally:
    postgres.stop(); valkey.stop()
"""


def _python_of(account: pwd.struct_passwd) -> str | None:
    """A Python of our version that the account may execute; root's own may lie below a directory it cannot enter."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for python in (sys.executable, f"/usr/bin/{version}", shutil.which(version)):
        probe = [python or "", "-c", f"import os; os.listdir({str(ROOT)!r})"]
        try:
            if subprocess.run(probe, capture_output=True, check=False, **_as(account)).returncode == 0:
                return python
        except OSError:
            continue
    return None


def _as(account: pwd.struct_passwd) -> dict[str, object]:
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": [], "cwd": "/"}


@pytest.mark.skipif(os.geteuid() != 0, reason="we are an ordinary user already: every other test shows the same")
def test_an_account_without_rights_runs_the_servers(place: Path) -> None:
    account = pwd.getpwnam("nobody")
    python = _python_of(account)
    if python is None:
        pytest.skip("the account nobody can run no Python of this version")
    (place / "state").mkdir()
    os.chown(place / "state", account.pw_uid, account.pw_gid)
    paths = os.pathsep.join([str(ROOT), sysconfig.get_path("purelib")])
    env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": paths, "MALL_STATE_DIR": str(place / "state"), "HOME": "/nonexistent"}
    done = subprocess.run(
        [python, "-c", SCRIPT], env=env, capture_output=True, text=True, check=False, timeout=120, **_as(account)
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"uid": account.pw_uid, "owner": account.pw_uid, "alive": True}


@pytest.mark.skipif(os.geteuid() != 0, reason="needs a directory of somebody else's")
def test_a_directory_of_somebody_elses_is_refused_in_one_sentence(place: Path) -> None:
    account = pwd.getpwnam("nobody")
    python = _python_of(account)
    if python is None:
        pytest.skip("the account nobody can run no Python of this version")
    paths = os.pathsep.join([str(ROOT), sysconfig.get_path("purelib")])
    env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": paths, "MALL_STATE_DIR": str(place / "state"), "YES": "1"}
    command = [python, "-m", "server", "migrate"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, **_as(account) | {"cwd": ROOT})
    assert done.returncode == 1
    assert done.stderr.strip() == (
        f"The state directory {place}/state cannot be used (permission denied); set MALL_STATE_DIR to one of yours."
    )
