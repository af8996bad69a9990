"""The front ends' own documents are tests: every one is valid against the schema."""

from __future__ import annotations

from pathlib import Path

import pytest
from graphql import parse, validate

from server.graphql import schema

ROOT = Path(__file__).parent.parent.parent
APPS = ("miniprogram-uniapp", "admin-web")


def documents(app: str) -> list[Path]:
    return sorted((ROOT / app / "src").rglob("*.graphql"))


@pytest.mark.parametrize("app", APPS)
def test_every_document_is_valid(app: str) -> None:
    """All documents of an app together: fragments may live in files of their own."""
    files = documents(app)
    assert files, f"{app} has no documents"
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    errors = validate(schema._schema, parse(text))
    assert [error.message for error in errors] == []
