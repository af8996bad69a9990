"""The front ends' own documents are tests: every one is valid against the schema."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from graphql import FragmentDefinitionNode, OperationDefinitionNode, parse, print_ast, validate

from server.graphql import schema

ROOT = Path(__file__).parent.parent.parent
APPS = ("miniprogram-uniapp", "admin-web")
MANIFESTS = {"miniprogram-uniapp": "miniprogram", "admin-web": "console"}


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


@pytest.mark.parametrize("app", APPS)
def test_the_manifest_has_every_operation_under_the_hash_of_its_text(app: str) -> None:
    """What the pages send as ids; written by `npm run codegen`, read by the server."""
    manifest = json.loads((ROOT / f"schema/documents/{MANIFESTS[app]}.json").read_text(encoding="utf-8"))
    written = [parse(file.read_text(encoding="utf-8")) for file in documents(app)]
    definitions = [node for document in written for node in document.definitions]
    operations = {print_ast(node) for node in definitions if isinstance(node, OperationDefinitionNode)}
    fragments = {print_ast(node) for node in definitions if isinstance(node, FragmentDefinitionNode)}
    told = set()
    for id, text in manifest.items():
        assert id == hashlib.sha256(text.encode()).hexdigest()
        operation, *needed = parse(text).definitions
        told.add(print_ast(operation))
        assert {print_ast(node) for node in needed} <= fragments
        assert [error.message for error in validate(schema._schema, parse(text))] == []
    assert told == operations
