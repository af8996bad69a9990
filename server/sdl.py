"""The published SDL: written from the code, compared by `make check`, read in every review."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path

from server.graphql import schema

FILE = Path(__file__).parent.parent / "schema/schema.graphql"


def write_or_check(*, check: bool) -> int:
    """Writes the file; with `check` only compares, shows the difference and returns 1 if there is one."""
    made = schema.as_str().rstrip() + "\n"
    if not check:
        FILE.write_text(made, encoding="utf-8")
        return 0
    kept = FILE.read_text(encoding="utf-8")
    if kept.rstrip() == made.rstrip():
        return 0
    lines = difflib.unified_diff(kept.splitlines(True), made.splitlines(True), "schema/schema.graphql", "the code", n=1)
    sys.stderr.writelines(lines)
    sys.stderr.write("schema/schema.graphql differs from the code; run `make schema` and review the difference.\n")
    return 1
