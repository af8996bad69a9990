"""python -m integrations.wxsim --port 9000 --state .state/wxsim"""

import argparse
from pathlib import Path

import uvicorn

from .app import create_app
from .config import SimConfig


def main() -> None:
    parser = argparse.ArgumentParser(prog="wxsim", description="WeChat simulator for tests and demos")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--state", type=Path, default=None, help="file or directory; without it nothing is kept")
    parser.add_argument("--refund-seconds", type=float, default=3.0, help="virtual seconds a refund takes")
    parser.add_argument("--log-level", default="warning")
    asked = parser.parse_args()
    app = create_app(SimConfig(state=asked.state, refund_seconds=asked.refund_seconds))
    uvicorn.run(app, host=asked.host, port=asked.port, log_level=asked.log_level, timeout_graceful_shutdown=2)


if __name__ == "__main__":
    main()
