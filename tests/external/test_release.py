"""What takes minutes: thousands of generated operations, and somebody who guesses at the schema."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from server.database import Database
from server.graphql import schema
from server.settings import Settings
from tests.external.conftest import serve
from tests.external.tools import HERE, environment_of, run
from tests.operations.world import make

pytestmark = [
    pytest.mark.external,
    pytest.mark.xdist_group("external"),
    pytest.mark.skipif("MALL_RELEASE_CHECK" not in os.environ, reason="part of `make release-check`"),
]
CASES = int(os.environ.get("MALL_CASES", "5000"))
PATIENCE = 3000  # seconds


async def test_schemathesis_finds_no_error_of_the_server(
    settings: Settings, database: Database, clean_redis: None, tmp_path: Path
) -> None:
    """As everybody: each role has its share of the cases."""
    programs, world = environment_of("schemathesis"), await make(database)
    root = schema._schema.query_type, schema._schema.mutation_type
    fields = sum(len(each.fields) for each in root if each)
    share = -(-CASES // (fields * len(world.tokens)))
    ids = ",".join(value for value in world.ids.values() if isinstance(value, str) and len(value) == 36)
    ran, wrong = 0, []
    async with serve(settings) as mall:
        for role, token in world.tokens.items():
            code, told = await run(
                *(str(programs / "st"), "--config-file", str(HERE / "schemathesis.toml"), "run"),
                *(f"http://{mall.address}/graphql", "--phases=fuzzing", "--checks=is_told_in_words", "--no-color"),
                *("--seed=1", f"--max-examples={share}", "--mode=all", "--continue-on-failure", "--no-shrink"),
                *("--exclude-name-regex", "Mutation.(logout|staffLogout)$", "--suppress-health-check=all"),
                *(("-H", f"Authorization:Bearer {token}") if token else ()),
                folder=tmp_path,
                seconds=PATIENCE,
                env={**os.environ, "SCHEMATHESIS_HOOKS": str(HERE / "hooks.py"), "MALL_TEST_IDS": ids},
            )
            found = re.search(r"([\d,]+) generated", told)
            ran += int(found[1].replace(",", "")) if found else 0
            if code:
                wrong.append((role, told[-4000:]))
    assert wrong == []
    assert ran >= CASES * 0.9, ran


async def test_clairvoyance_recovers_nothing(
    settings: Settings, database: Database, clean_redis: None, tmp_path: Path
) -> None:
    """Against the production profile; against that of development it finds fields, or it would prove nothing."""
    programs, words, few = environment_of("clairvoyance"), _list(tmp_path, _words()), _list(tmp_path, FEW)
    async with serve(settings, env="production", trusted_only=True) as mall:
        assert _recovered(await _guessed(programs, mall.address, words, tmp_path / "production.json")) == {}
    async with serve(settings) as mall:
        found = _recovered(await _guessed(programs, mall.address, few, tmp_path / "development.json"))
        assert {"carriers", "regions"} <= set(found["Query"])


FEW = ["carriers", "regions", "parent", "code", "name", "nothing"]


def _list(folder: Path, names: list[str]) -> Path:
    file = folder / f"{len(names)}.txt"
    file.write_text("\n".join(names), encoding="utf-8")
    return file


def _words() -> list[str]:
    """Every name there is, so that not the guessing fails."""
    graph = schema._schema
    names = {name for kind in graph.type_map.values() for name in getattr(kind, "fields", {})}
    assert len(names) > 200
    return sorted(names)


async def _guessed(programs: Path, address: str, words: Path, output: Path) -> dict[str, Any]:
    """The schema it wrote; an empty one where it gave up, for want of anything to go by."""
    command = (str(programs / "clairvoyance"), "-w", str(words), "-o", str(output), "-c", "8", "-m", "2")
    _, told = await run(*command, f"http://{address}/graphql", folder=output.parent, seconds=600)
    if "EndpointError: Unable to get TypeRef" in told:
        return {}
    found: dict[str, Any] = json.loads(_written(output, told))
    return found


def _written(output: Path, told: str) -> str:
    assert output.exists(), told[-2000:]
    return output.read_text(encoding="utf-8")


def _recovered(told: dict[str, Any]) -> dict[str, list[str]]:
    """Names of fields by type, where any were found."""
    types = told["data"]["__schema"]["types"] if told else []
    found = {each["name"]: [field["name"] for field in each.get("fields") or []] for each in types}
    return {name: fields for name, fields in found.items() if fields}
