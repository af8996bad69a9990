"""New texts are read by turns and in slices: nobody who writes much, or nonsense, keeps others waiting."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from graphql import GraphQLError

from compiled import Executor
from server import documents as room
from server import reading
from server.bodies import MOST_DEPTH, decode
from server.documents import Documents
from server.graphql import schema
from server.limits import Limits
from server.prices import MOST_VALUES, check_amount
from server.reading import Turns, breathe, in_slices
from server.refusing import Mistaken, RequestRefused
from server.skimming import check_text

LONG = "{ me { id nickname } } " + " ".join(f"fragment F{n} on Member {{ id nickname }}" for n in range(60))


@pytest.fixture
def door() -> Documents:
    return Documents(Executor(schema), Limits(), trusted={}, introspection=True)


# ------------------------------------------------------------------------------------------------ slices
async def test_others_work_between_the_slices(door: Documents, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SLICE", 0.0)
    turns, done = 0, asyncio.Event()

    async def other() -> None:
        nonlocal turns
        while not done.is_set():
            turns += 1
            await asyncio.sleep(0)

    async with asyncio.TaskGroup() as group:
        group.create_task(other())
        with pytest.raises(Mistaken):  # fragments that nobody spreads
            await door.by_text(LONG)
        done.set()
    assert turns > 100


async def test_work_in_slices_answers_and_fails_as_it_would_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SLICE", 0.0)

    def work(number: int) -> int:
        for _ in range(10):
            breathe()
        return 10 // number

    assert await in_slices(lambda: work(2)) == 5
    with pytest.raises(ZeroDivisionError):
        await in_slices(lambda: work(0))
    assert work(5) == 2, "outside of slices nothing is interrupted"


async def test_who_goes_away_leaves_no_work_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SLICE", 0.0)
    ended = False

    def work() -> None:
        nonlocal ended
        try:
            while True:
                breathe()
        finally:
            ended = True

    task = asyncio.create_task(in_slices(work))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended


# ------------------------------------------------------------------------------------------------ turns
async def _visit(turns: Turns, caller: str, came: list[str]) -> None:
    async with turns.mine(caller):
        came.append(caller)


async def test_one_text_of_each_in_turn() -> None:
    turns, came = Turns(patience=60), list[str]()
    async with asyncio.TaskGroup() as group, turns.mine("somebody"):
        for caller in ("a", "a", "a", "b", "c", "c"):
            group.create_task(_visit(turns, caller, came))
        await asyncio.sleep(0)
    assert came == ["a", "b", "c", "a", "c", "a"]


async def test_who_waits_too_long_is_told_to_come_back_and_leaves_no_gap() -> None:
    turns, came = Turns(patience=0), list[str]()
    async with turns.mine("somebody"):
        with pytest.raises(RequestRefused) as refused:
            await _visit(turns, "a", came)
    assert (refused.value.status, refused.value.code) == (503, "BUSY")
    assert refused.value.retry_after is not None
    await _visit(turns, "a", came)
    assert came == ["a"]


async def test_who_leaves_the_queue_leaves_no_gap() -> None:
    turns, came = Turns(patience=60), list[str]()
    async with turns.mine("somebody"):
        waiting = [asyncio.create_task(_visit(turns, caller, came)) for caller in "abc"]
        await asyncio.sleep(0)
        waiting[1].cancel()
        await asyncio.wait(waiting[1:2])
    waiting[0].cancel()  # in the moment in which it is its turn
    await asyncio.wait(waiting)
    await _visit(turns, "d", came)
    assert came == ["c", "d"]


async def test_a_flood_of_one_leaves_room_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_WAITING", 6)
    monkeypatch.setattr(reading, "MOST_OF_ONE", 4)
    turns, came = Turns(patience=60), list[str]()
    async with turns.mine("somebody"):
        flood = [asyncio.create_task(_visit(turns, "a", came)) for _ in range(9)]
        more = [asyncio.create_task(_visit(turns, caller, came)) for caller in "bcd"]
        await asyncio.sleep(0)
    found = await asyncio.gather(*flood, *more, return_exceptions=True)
    assert [isinstance(each, RequestRefused) for each in found] == [False] * 4 + [True] * 5 + [False] * 2 + [True]
    assert came == ["a", "b", "c", "a", "a", "a"]


async def test_what_many_ask_at_once_is_read_once(door: Documents, monkeypatch: pytest.MonkeyPatch) -> None:
    read = list[str]()

    def counted(text: str) -> Any:
        read.append(text)
        return reading.parsed(text)

    monkeypatch.setattr(reading, "SLICE", 0.0)
    monkeypatch.setattr(room, "parsed", counted)
    found = await asyncio.gather(*(door.by_text("{ me { id } }", caller=str(n)) for n in range(500)))
    assert len(read) == 1
    assert all(each is found[0] for each in found)


async def test_what_there_is_no_time_for_is_refused_to_all_who_asked_for_it(door: Documents) -> None:
    door._turns = Turns(patience=0)
    async with door._turns.mine("somebody"):
        found = await asyncio.gather(*(door.by_text("{ me { id } }") for _ in range(50)), return_exceptions=True)
    assert {each.code for each in found if isinstance(each, RequestRefused)} == {"BUSY"}
    assert len({id(each) for each in found}) == 50, "each is raised by itself"
    assert await door.by_text("{ me { id } }"), "and is no fault of the text"


async def test_who_reads_for_others_and_goes_away_is_followed_by_the_next(
    door: Documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "SLICE", 0.0)
    first, *others = [asyncio.create_task(door.by_text("{ me { id } }")) for _ in range(5)]
    await asyncio.sleep(0)
    first.cancel()
    found = await asyncio.gather(*others)
    assert all(each is found[0] for each in found)
    assert first.cancelled()


# ------------------------------------------------------------------------------------------------ skimming
LIMITS = Limits(nesting=6, aliases=2, directives=2, roots=2, operations=2, repeats=2, fields=6, tokens=60)
HARMLESS = {
    "as many in each definition": "{ a: x b: x } fragment F on Q { a: x b: x } fragment G on Q { a: x b: x }",
    "values that look like selections": "query($f: F = {a: {b: 1, c: 2}, d: 3}) { x(f: {a: 1, b: {d: 1}}) { y } }",
    "arguments are no aliases": "{ x(a: 1, b: 2, c: 3, d: 4) { y } }",
    "names of fragments and types are no fields": "{ x { ...A ...B ...C ... on D { y } ... @e { z } ... { w } } }",
    "names in strings": '{ x(a: "{{{{{{{ @a @b @c") { y } }',
    "names in block strings": '{ x(a: """ {{{{{{{ \\""" @a @b @c " "" """) { y } }',
    "names in comments": "{ x { y } } # {{{{{{{ @a @b @c a: b c: d e: f",
    "a field named on": "{ on { on } }",
    "a field named fragment": "{ fragment query } query A { mutation fragment }",
    "nothing": "",
    "a closing bracket too many": "} } ) { x }",
}


@pytest.mark.parametrize("text", HARMLESS.values(), ids=list(HARMLESS))
def test_nothing_harmless_is_skimmed_off(text: str) -> None:
    check_text(text, LIMITS)


TOO_MUCH = {
    "nesting": "{ a { a { a { a { a { a { a } } } } } } }",
    "aliases": "{ x { a: x b: x } y { c: x } }",
    "directives": "{ x @a @b @c { y } }",
    "roots": "{ a b c }",
    "operations": "{ a } query B { b } query C { c }",
    "repeats": "{ x { y y y } }",
    "fields": "{ x { a b c } y { d e } }",
    "tokens": "{ x }" + "#\n" * 60,
}


@pytest.mark.parametrize("limit", TOO_MUCH)
def test_what_is_plainly_too_much_is_never_parsed(limit: str) -> None:
    with pytest.raises(RequestRefused) as refused:
        check_text(TOO_MUCH[limit], LIMITS)
    assert refused.value.extensions["limit"] == limit


@pytest.mark.parametrize("text", ["{ " + "a" * 101 + " }", "{ a(b: -" + "1" * 41 + ") }"])
def test_monstrous_tokens_are_never_parsed(text: str) -> None:
    with pytest.raises(GraphQLError):
        check_text(text, LIMITS)


# ------------------------------------------------------------------------------------------------ what holds much
def test_variables_of_many_values_are_not_looked_at_one_by_one() -> None:
    check_amount({"a": [{"b": n} for n in range(MOST_VALUES // 2 - 1)]})
    for given in (
        {"a": [1] * MOST_VALUES},
        {"a": [[1, 2]] * MOST_VALUES},
        {"a": {str(n): n for n in range(MOST_VALUES)}},
    ):
        with pytest.raises(Mistaken) as refused:
            check_amount(given)
        assert refused.value.code == "BAD_USER_INPUT"


@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}"), (b'[0,{"a":', b"}]")])
def test_json_is_only_so_deep(opening: bytes, closing: bytes) -> None:
    def nested(levels: int) -> bytes:
        return opening * levels + b"1" + closing * levels

    brackets = opening.count(b"[") + opening.count(b"{")
    assert decode(nested(MOST_DEPTH // brackets))
    for levels in (MOST_DEPTH // brackets + 1, 10_000):
        with pytest.raises(ValueError, match="nested too deeply|depth limit"):
            decode(nested(levels))
    assert decode(b'["' + b"[" * 1000 + b'"]'), "brackets in texts are none"
