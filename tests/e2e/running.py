"""The whole mall as `make run` starts it, with its demo data, for browsers to use."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pyotp import TOTP

from server.embedded.process import free_port

ROOT = Path(__file__).parent.parent.parent
PAGES = ("miniprogram-uniapp/dist/build/h5/index.html", "admin-web/dist/admin/index.html")
GENEROUS = 900.0  # seconds: the first start draws the demo's pictures, and perhaps builds the front ends


class Running:
    """`base_url` is where browsers go. With MALL_E2E_URL set a mall that runs already is used, and left running."""

    def __init__(self) -> None:
        self._place: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self.base_url = os.environ.get("MALL_E2E_URL", "")
        # Of the administrator, once a test has turned it on.
        self.second_factor: TOTP | None = None

    def start(self) -> None:
        if self.base_url:
            return
        self._place = Path(tempfile.mkdtemp(prefix="mall-e2e-"))
        self._place.chmod(0o755)
        port = free_port()
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "MALL_CACHE_DIR") if name in os.environ}
        env = {**kept, "MALL_STATE_DIR": str(self._place / "state"), "MALL_PORT": str(port)}
        if all((ROOT / page).exists() for page in PAGES):
            env["MALL_SKIP_FRONTENDS"] = "1"
        with open(self._place / "run.log", "wb") as log:
            command = [sys.executable, "-m", "server", "run"]
            self._process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
        self._wait()
        self.base_url = f"http://127.0.0.1:{port}"

    def stop(self) -> None:
        if self._process:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(60)
        if self._place:
            shutil.rmtree(self._place, ignore_errors=True)

    def _wait(self) -> None:
        assert self._process is not None
        end = time.monotonic() + GENEROUS
        while " runs after " not in self._said():
            assert self._process.poll() is None, self._said()
            assert time.monotonic() < end, self._said()
            time.sleep(0.2)

    def _said(self) -> str:
        assert self._place is not None
        return (self._place / "run.log").read_text(encoding="utf-8")
