"""One program under uvicorn as `python -m server api` runs it.

`python -m bench.serve <target> <port> <processes> [factory]`
"""

from __future__ import annotations

import resource
import sys

import uvicorn

from server.sockets.serving import UVICORN


def main() -> None:
    target, port, processes, *rest = sys.argv[1:]
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # a socket is an open file
    uvicorn.run(target, port=int(port), workers=int(processes), factory=bool(rest), log_level="warning", **UVICORN)


if __name__ == "__main__":
    main()
