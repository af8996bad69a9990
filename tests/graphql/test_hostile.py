"""Whatever a stranger sends is answered in a coded sentence, with a 4xx or the 200 the protocol demands."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.client import Client
from tests.graphql.hostile import Hostile, groups

GROUPS = dict(groups())
RESPONSE = "application/graphql-response+json"


async def sent(client: Client, case: Hostile, **headers: str) -> httpx.Response:
    path = f"/graphql?{case.query_string}" if case.query_string else "/graphql"
    return await client.http.request(case.method, path, content=case.body, headers={**case.headers, **headers})


def faults(case: Hostile, reply: httpx.Response, status: int) -> list[Any]:
    if reply.status_code != status:
        return [case.name, "status", reply.status_code, reply.text[:200]]
    found = reply.json()
    errors = found.get("errors")
    if set(found) != {"errors"} or not errors:
        return [case.name, "answered", found]
    if any(not error["message"] or not error["extensions"]["code"] for error in errors):
        return [case.name, "uncoded", errors]
    if errors[0]["extensions"]["code"] != case.code:
        return [case.name, "code", errors[0]]
    if any(word in reply.text for word in ("Traceback", "Exception", 'File "', "object at 0x")):
        return [case.name, "speaks Python", reply.text[:300]]
    return []


@pytest.mark.parametrize("group", GROUPS)
async def test_what_is_hostile_is_refused_in_words(client: Client, group: str) -> None:
    found = [faults(case, await sent(client, case), case.status) for case in GROUPS[group]]
    assert [fault for fault in found if fault] == []


@pytest.mark.parametrize("group", ["documents", "variables"])
async def test_who_takes_the_newer_type_gets_400_for_a_wrong_document(client: Client, group: str) -> None:
    replies = [(case, await sent(client, case, accept=RESPONSE)) for case in GROUPS[group]]
    found = [faults(case, reply, 400) for case, reply in replies]
    assert [fault for fault in found if fault] == []
    assert {reply.headers["content-type"] for _, reply in replies} == {f"{RESPONSE}; charset=utf-8"}


async def test_answers_to_nonsense_stay_short(client: Client) -> None:
    """What a caller sends may be quoted, but not multiplied."""
    cases = [case for group in GROUPS.values() for case in group]
    lengths = {case.name: len((await sent(client, case)).content) for case in cases}
    assert {name: length for name, length in lengths.items() if length > 20_000} == {}


def test_there_are_at_least_150() -> None:
    cases = [case for group in GROUPS.values() for case in group]
    assert len(cases) >= 150
    assert len({case.name for case in cases}) == len(cases)
