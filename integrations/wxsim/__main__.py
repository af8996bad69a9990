"""python -m integrations.wxsim --port 9000 --state .state/wxsim"""

import argparse
import os
import time
from pathlib import Path
from threading import Thread

import uvicorn

from .app import create_app
from .config import SimConfig


def main() -> None:
    parser = argparse.ArgumentParser(prog="wxsim", description="WeChat simulator for tests and demos")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--state", type=Path, default=None, help="file or directory; without it nothing is kept")
    parser.add_argument("--refund-seconds", type=float, default=3.0, help="virtual seconds a refund takes")
    parser.add_argument("--parcel-seconds", type=float, default=180.0, help="virtual seconds a parcel travels")
    parser.add_argument("--funds-seconds", type=float, default=2.0, help="virtual seconds of a split or a withdrawal")
    parser.add_argument("--push-url", default=None, help="where events are pushed to")
    parser.add_argument("--log-level", default="warning")
    parser.add_argument("--exit-with-parent", action="store_true", help="end when the process that started it is gone")
    asked = parser.parse_args()
    if asked.exit_with_parent:
        Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    seconds = {name: getattr(asked, name) for name in ("refund_seconds", "parcel_seconds", "funds_seconds")}
    app = create_app(SimConfig(asked.state, push_url=asked.push_url, **seconds))
    uvicorn.run(app, host=asked.host, port=asked.port, log_level=asked.log_level, timeout_graceful_shutdown=2)


def _end_with_parent(parent: int) -> None:
    """A test run that was killed cannot stop what it started; state is on disk at every moment, so just leave."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


if __name__ == "__main__":
    main()
