"""What is unusual, by hand: the same response as graphql-core's, by a plan where one can answer."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from graphql import parse

from compiled import Executor
from tests.compiled.sameness import Both, plainly, told, told_by
from tests.compiled.toy import schema, toy_shop

# Answered by a plan.
PLANNED = {
    "leaves": "{ books { id title pages price kind tags strict } }",
    "typename everywhere": "{ __typename shop { __typename books { __typename id } } }",
    "aliases": "{ a: books { x: id y: id title } b: books(ids: [6]) { id } version }",
    "fields merged": "{ shop { books { id } } shop { books { title } name } }",
    "fragments": "{ shop { ...S } } fragment S on Shop { id ...N books { ...B } } "
    "fragment N on Named { id } fragment B on Book { title id }",
    "inline fragments": "{ shop { ... on Named { id } ... { name } ... on Shop { name id } } }",
    "a union": "{ found { __typename ... on Shop { name } ... on Stall { place id } ... on Other { ok } } }",
    "an interface": "{ named { __typename id ... on Shop { books { id } } ... on Stall { place } } }",
    "an interface's fragment on a union": "{ found { ... on Named { id } } }",
    "relations": "{ books { author { id city books { id author { id } } } } }",
    "one relation by two names": "{ books { a: author { id } b: author { city } authorCity } }",
    "rows read along": "{ along { id author { id city } authorCity } }",
    "no author": "{ book(id: 4) { author { id } authorCity id title } }",
    "nothing there": "{ book(id: 77) { id } author(id: 77) { id } }",
    "an empty list": "{ books(ids: []) { id author { id } } }",
    "nullable items": "{ shop { maybe { id author { id } } } }",
    "methods": "{ books { slow fast x: slow(times: 3) } }",
    "skipped": "{ version @skip(if: true) shop { id @include(if: false) name @skip(if: false) } }",
    "a tuple for a list": "{ book(id: 5) { tags } }",
    "null for a leaf": "{ book(id: 3) { title } b: book(id: 4) { pages tags } }",
}
# Left for graphql-core, which knows the errors.
LEFT = {
    "null in non-null": "{ book(id: 3) { id strict } }",
    "null in non-null in a list": "{ books(ids: [1, 3, 6]) { id strict } }",
    "null list item": "{ book(id: 3) { id tags } }",
    "no row in non-null": "{ books(ids: [1, 3]) { sureAuthor { id } } }",
    "a null name below": "{ author(id: 2) { id name } }",
    "null from a resolver": "{ sure(id: 77) { id } version }",
    "too large an int": "{ books(ids: [1, 2]) { id pages } }",
    "not a number": "{ book(id: 3) { price } version }",
    "not of the enum": "{ book(id: 4) { id kind } }",
    "an error in the middle of a list": "{ books(ids: [1, 3, 6]) { id slow } }",
    "a failing root": "{ version fails }",
    "a failing non-null root": "{ version failsLate }",
    "one fails, one does not": "{ shop { id } fails books { id } }",
    "introspection": "{ __schema { queryType { name } } version }",
    "introspection of a type": '{ __type(name: "Book") { name } }',
}


@pytest.fixture
def both() -> Both:
    return Both(schema)


@pytest.mark.parametrize("name", PLANNED)
async def test_a_plan_answers(both: Both, name: str) -> None:
    await both.same(PLANNED[name])
    assert both.left == []


@pytest.mark.parametrize("name", LEFT)
async def test_what_a_plan_cannot_answer_is_answered_plainly(both: Both, name: str) -> None:
    await both.same(LEFT[name])
    assert len(both.left) == 1


async def test_values_of_another_class_are_coerced(both: Both) -> None:
    assert orjson.loads(await both.same("{ book(id: 5) { title pages price } }"))["data"]["book"]["title"] == "5"
    await both.same("{ book(id: 4) { price } }")


CONDITIONS = (
    "query($a: Boolean!, $b: Boolean = true) { shop { id @include(if: $a) name @skip(if: $b) } version @skip(if: $a) }"
)


@pytest.mark.parametrize("variables", [{"a": a, **b} for a in (True, False) for b in ({}, {"b": True}, {"b": False})])
async def test_conditions(both: Both, variables: dict[str, Any]) -> None:
    """One operation for all of them: each outcome has its own plan."""
    operation = both.executor.operation(parse(CONDITIONS))
    for given in ({"a": True}, {"a": False, "b": False}, variables):
        found = await operation.execute(given, {})
        assert told_by(found) == told(await plainly(schema, parse(CONDITIONS), given, {}))
    assert both.left == []


@pytest.mark.parametrize(
    "variables", [{}, {"a": None}, {"a": "yes"}, {"a": True, "b": None}, {"a": 1}, {"a": [True]}], ids=str
)
async def test_conditions_that_do_not_fit(both: Both, variables: dict[str, Any]) -> None:
    await both.same(CONDITIONS, **variables)
    assert both.left == ["variables do not fit"]


VARIABLES = """
query($ids: [Int!], $id: Int! = 6, $times: Int = 2) { books(ids: $ids) { slow(times: $times) } sure(id: $id) { id } }
"""


@pytest.mark.parametrize(
    ("variables", "fits"),
    [
        ({}, True),
        ({"ids": [6, 1]}, True),
        ({"ids": 6}, True),
        ({"ids": None}, True),
        ({"id": 1, "times": 0}, True),
        ({"times": None}, False),
        ({"id": None}, False),
        ({"id": "1"}, False),
        ({"id": 2**31}, False),
        ({"ids": [None]}, False),
        ({"ids": [[1]]}, False),
        ({"unknown": 1}, True),
    ],
    ids=str,
)
async def test_variables(both: Both, variables: dict[str, Any], fits: bool) -> None:
    await both.same(VARIABLES, **variables)
    assert (both.left == []) == fits


async def test_the_first_run_leaves_nothing_behind(both: Both) -> None:
    """A plan is made while the first variables are at hand, and must not keep them."""
    operation = both.executor.operation(parse(VARIABLES))
    for given in ({"ids": [1], "id": 1}, {"ids": [6]}, {"times": 5}, {}):
        assert told_by(await operation.execute(given, {})) == told(await plainly(schema, parse(VARIABLES), given, {}))


async def test_operations_by_name(both: Both) -> None:
    text = "query A { version } query B { shop { id } }"
    assert b"shop" in await both.same(text, name="B")
    assert b"version" in await both.same(text, name="A")


async def test_a_level_is_read_once(both: Both) -> None:
    context: dict[str, Any] = {}
    operation = both.executor.operation(parse("{ books(ids: [1, 2, 6]) { author { books { id } } } }"))
    await operation.execute({}, context)
    assert context["reads"] == 2


# ------------------------------------------------------------------------------------------- mutations, events
async def test_a_mutation_happens_once(both: Both) -> None:
    context: dict[str, Any] = {}
    text = "mutation { a: count { id books { id } } b: count(by: 5) { name } }"
    answer = await both.executor.operation(parse(text)).execute({}, context)
    assert (answer.compiled, context["count"]) == (True, 6)


@pytest.mark.parametrize(
    "text",
    [
        "mutation { breakAfter { id strict } }",
        "mutation { a: count { id } breakAfter { id strict } b: count { id } }",
        "mutation { breakAfter { slow } count { id } }",
    ],
)
async def test_a_mutation_whose_plan_is_left_happens_once_all_the_same(both: Both, text: str) -> None:
    ours: dict[str, Any] = {}
    plain: dict[str, Any] = {}
    answer = await both.executor.operation(parse(text)).execute({}, ours)
    expected = told(await plainly(schema, parse(text), {}, plain))
    assert (told_by(answer), ours["count"]) == (expected, plain["count"])
    assert len(both.left) == 1


async def test_an_event_is_answered(both: Both) -> None:
    """Of a subscription, `root` is the event; the selection below is planned like any other."""
    text = "subscription { news { id books { title author { id } } } }"
    answer = await both.executor.operation(parse(text)).execute({}, {}, root=toy_shop())
    assert answer.compiled
    assert told_by(answer) == told(await plainly(schema, parse(text), {}, {}, root=toy_shop()))


async def test_unknown_operations_are_named() -> None:
    executor = Executor(schema)
    with pytest.raises(Exception, match="Unknown operation"):
        executor.operation(parse("query A { version }"), "B")
    with pytest.raises(Exception, match="Must provide operation name"):
        executor.operation(parse("query A { version } query B { version }"))
