"""What the pages of docs lean on is there: the tests, constraints and files they name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.operations.test_documents import ROOT

MIGRATIONS = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "migrations/versions").glob("*.py"))
TESTS = set(
    re.findall(
        r"^(?:async )?def (test_\w+)",
        "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")),
        re.MULTILINE,
    )
)


PAGES = [*sorted((ROOT / "docs/domains").glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_names_nothing_that_is_gone(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", text))
    constraints = set(re.findall(r"`((?:ck|uq|ix)_\w+)`", text))
    files = set(re.findall(r"`((?:tests|domain|server|search)/[\w/]+\.\w+)`", text))
    assert named <= TESTS, named - TESTS
    assert {name for name in constraints if name not in MIGRATIONS} == set()
    assert {file for file in files if not (ROOT / file).exists()} == set()
