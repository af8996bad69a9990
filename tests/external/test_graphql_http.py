"""GraphQL over HTTP by the audits of those who write the specification."""

from __future__ import annotations

import pytest

from server.settings import Settings
from tests.external.conftest import run, serve

pytestmark = [pytest.mark.external, pytest.mark.xdist_group("external")]
AUDITS = 61


async def test_all_audits_are_ok(node: str, settings: Settings, clean_database: None, clean_redis: None) -> None:
    async with serve(settings) as mall:
        found = await run(node, "audit.mjs", {"url": f"http://{mall.address}/graphql"})
    assert [audit for audit in found if audit["status"] != "ok"] == []
    assert len(found) == AUDITS
