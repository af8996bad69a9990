"""Every query document of both front ends by its id, as its viewer: requests per second and SQL statements of each."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from graphql import OperationDefinitionNode, OperationType, parse

from bench.comparing import Comparing
from bench.load import post
from bench.viewers import Viewers
from tests.operations.cases import CASES

ROOT = Path(__file__).parent.parent
MANIFESTS = {"miniprogram-uniapp": "miniprogram", "admin-web": "console"}

# Exports take their turn one after another: several callers at once would measure how they are refused.
ALONE = {"PlatformLedgerDifferences", "PlatformTrialBalance"}
# Whose every field is null where nobody was invited and no rankings are compared, as in the demo.
ABSENT = {"InvitePage", "MyInvitation", "SearchExperiment"}


@dataclass(frozen=True)
class Page:
    """One document with who asks for it: the body of its request, and the most statements it may need."""

    app: str
    name: str
    viewer: str
    token: str | None
    body: dict[str, Any]


@dataclass(frozen=True)
class Measured:
    """What became of it. `problem`: the answer was not one, so there are no figures."""

    app: str
    document: str
    viewer: str
    statements: int | None = None
    per_second: float | None = None
    p50_ms: float | None = None
    p99_ms: float | None = None
    bytes: int | None = None
    problem: str | None = None

    def told(self) -> dict[str, Any]:
        return {name: round(value, 3) if isinstance(value, float) else value for name, value in asdict(self).items()}


def pages(viewers: Viewers) -> list[Page]:
    """The queries of the manifests with the variables their pages send; without those about what the demo has not."""
    return [page for app, manifest in MANIFESTS.items() for page in _of(app, manifest, viewers)]


def _of(app: str, manifest: str, viewers: Viewers) -> list[Page]:
    texts = json.loads((ROOT / f"schema/documents/{manifest}.json").read_text(encoding="utf-8"))
    found = []
    for id, text in texts.items():
        operation = next(node for node in parse(text).definitions if isinstance(node, OperationDefinitionNode))
        if operation.operation is not OperationType.QUERY or operation.name is None:
            continue
        case = CASES[app][operation.name.value]
        if operation.name.value in ABSENT or not viewers.has(case.variables):
            continue
        body = {"id": id, "variables": viewers.fill(case.variables)}
        found.append(Page(app, operation.name.value, case.viewer, viewers.tokens[case.viewer], body))
    return found


async def measure(port: int, asked: list[Page], comparing: Comparing) -> list[Measured]:
    counted = await count(asked)
    return [await _measure(port, page, statements, comparing) for page, statements in zip(asked, counted, strict=True)]


async def _measure(port: int, page: Page, statements: int | str, comparing: Comparing) -> Measured:
    who = (page.app, page.name, page.viewer)
    if isinstance(statements, str):
        return Measured(*who, problem=statements)
    request = post("/graphql", page.body, token=page.token)
    try:
        load = await comparing.once(page.name, port, lambda: request, connections=1 if page.name in ALONE else 8)
    except RuntimeError as error:
        return Measured(*who, statements, problem=str(error))
    return Measured(*who, statements, load.per_second, load.p50, load.p99, len(load.body))


async def count(asked: list[Page]) -> list[int | str]:
    """SQL statements of each, counted inside a process of its own; a text where the answer was none."""
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.counted"),
        cwd=ROOT,
        env={**os.environ, "MALL_ENV": "test", "MALL_KEPT_MEGABYTES": "0", "MALL_RATE_FACTOR": "1000"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    out, _ = await child.communicate(json.dumps([[page.body, page.token] for page in asked]).encode())
    if child.returncode:
        raise RuntimeError("the statements could not be counted")
    found: list[int | str] = json.loads(out)
    return found
