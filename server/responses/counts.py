"""How often each level answered, and why the others had to be run."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass
class Counts:
    """Of one process since it began. `raw` are those of `memory` that were answered before the request was read."""

    raw: int = 0
    memory: int = 0
    stale: int = 0
    shared: int = 0
    joined: int = 0
    run: int = 0
    renewed: int = 0
    # Runs that failed, and runs whose rows were overtaken by a change while they were read.
    failed: int = 0
    overtaken: int = 0
    # Answers with errors, and questions whose answers are not for everybody.
    refused: int = 0
    private: int = 0
    # Entries ended by a change.
    dropped: int = 0

    def snapshot(self) -> dict[str, int]:
        return asdict(self)
