"""The house rules that a reader would otherwise have to check by eye."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# What a layer shares is in its base; the rest are not about one domain.
SHARED = {
    "models": {"base", "outbox", "idempotency", "search"},
    "schema": {
        "audience",
        "base",
        "applications",
        "campaigns",
        "experiments",
        "figures",
        "keeping",
        "origins",
        "relations",
        "search",
        "desk",
        "pictures",
        "ratings",
    },
    "resolvers": {"applications", "base", "campaigns", "desk", "experiments", "search"},
    "subscriptions": {"base"},
    "jobs": {"base", "keeping", "relay", "sweeping"},
}
OURS = ("models", "domain", "schema", "resolvers", "subscriptions", "search", "integrations", "jobs", "server")
CODE = ("compiled", *OURS)
LONGEST_FUNCTION = 60
LONGEST_MODULE = 400
LONGEST_TEST_MODULE = 500  # a table of cases may be long
NAIVE = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "utcfromtimestamp"), ("date", "today")}
BANNED_NAMES = {"utils", "common", "core", "helpers", "repositories"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _names(folder: str) -> set[str]:
    return {
        path.stem
        for path in (ROOT / folder).iterdir()
        if path.suffix == ".py" or (path.is_dir() and (path / "__init__.py").exists())
    } - {"__init__"}


def _modules() -> list[Path]:
    return sorted(path for folder in (*CODE, "tests", "bench", "scripts") for path in (ROOT / folder).rglob("*.py"))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _functions(tree: ast.Module) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize("folder", SHARED)
def test_every_module_is_named_after_a_domain(folder: str) -> None:
    domains = _names("domain") - {"base", "bulk", "crypto", "statements"}
    assert _names(folder) - SHARED[folder] - domains == set()


@pytest.mark.parametrize("package", CODE)
def test_no_dependency_brings_a_package_of_our_name(package: str) -> None:
    assert set(packages_distributions()[package]) == {"zhaotong-mall"}


def test_no_module_is_a_drawer_for_everything() -> None:
    assert [path for path in _modules() if path.stem in BANNED_NAMES] == []


def test_no_module_is_too_long_to_read() -> None:
    lengths = {path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines()) for path in _modules()}
    assert {str(path): lines for path, lines in lengths.items() if lines > _most_lines(path)} == {}


def _most_lines(path: Path) -> int:
    return LONGEST_TEST_MODULE if path.parts[0] == "tests" else LONGEST_MODULE


def test_no_function_is_too_long_to_read() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name}"
        for path in _modules()
        for function in _functions(_tree(path))
        if function.end_lineno and function.end_lineno - function.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


def test_nothing_is_imported_inside_a_function() -> None:
    hidden = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in _modules()
        for function in _functions(_tree(path))
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_no_time_is_without_its_zone() -> None:
    naive = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in _modules()
        for call in ast.walk(_tree(path))
        if isinstance(call, ast.Call) and _is_naive(call)
    ]
    assert naive == []


def _is_naive(call: ast.Call) -> bool:
    function = call.func
    if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Name):
        return False
    named = (function.value.id, function.attr)
    return named in NAIVE and not (named == ("datetime", "now") and (call.args or call.keywords))


@pytest.mark.parametrize("folder", CODE)
def test_every_module_says_what_it_is_for(folder: str) -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in (ROOT / folder).rglob("*.py")
        if path.read_text(encoding="utf-8").strip() and not ast.get_docstring(_tree(path))
    ]
    assert silent == []
