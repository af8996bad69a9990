"""The published SDLs, ours and the partners': written from the code, compared by `make check`, read in every review."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path

from server.graphql import schema
from server.partners import SDL

FOLDER = Path(__file__).parent.parent / "schema"
FILES = {FOLDER / "schema.graphql": schema.as_str().rstrip() + "\n", FOLDER / "partner.graphql": SDL}


def write_or_check(*, check: bool) -> int:
    """Writes the files; with `check` only compares, shows the differences and returns 1 if there are any."""
    if check:
        return max(_compare(file, made) for file, made in FILES.items())
    for file, made in FILES.items():
        file.write_text(made, encoding="utf-8")
    return 0


def _compare(file: Path, made: str) -> int:
    kept, name = file.read_text(encoding="utf-8"), f"schema/{file.name}"
    if kept.rstrip() == made.rstrip():
        return 0
    sys.stderr.writelines(difflib.unified_diff(kept.splitlines(True), made.splitlines(True), name, "the code", n=1))
    sys.stderr.write(f"{name} differs from the code; run `make schema` and review the difference.\n")
    return 1
