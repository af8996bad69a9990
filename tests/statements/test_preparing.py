"""Texts are made once per set of columns, and no more of them are kept than there is room for."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from domain import catalog, merchants, statements
from domain.base import Columns
from domain.statements import MOST_KEPT, Joined, OneBy, Statement
from models.catalog import Product
from server.database import Database
from tests.client import counting_on
from tests.statements.market import declared, keys_of


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The statements that are finished meanwhile."""
    found: list[Any] = []
    prepare = statements.prepare

    def noted(statement: Any) -> Any:
        found.append(prepare(statement))
        return found[-1]

    monkeypatch.setattr(statements, "prepare", noted)
    return found


def sets(number: int) -> list[Columns]:
    names = sorted(Product.__table__.c.keys())
    return [frozenset(each) for each in list(combinations(names, 3))[:number]]


async def test_a_text_is_prepared_once_for_any_number_of_keys(mall: Database, prepared: list[Any]) -> None:
    reader = OneBy(Product.__table__, "id")
    keys = await keys_of(mall, reader)
    shop = Joined("merchant", "merchant_id", merchants.by_id, frozenset({"name"}))
    async with counting_on(mall) as sent, mall.read() as session:
        for number in (1, 2, len(keys), 0):
            await reader(session, keys[:number], frozenset({"title", "state"}))
            await reader(session, keys[:number], frozenset({"state", "title"}))
            # The same columns of the same relation, however often they are worked out.
            again = Joined("merchant", "merchant_id", merchants.by_id, frozenset({"name"}))
            await reader(session, keys[:number], frozenset({"title", shop}))
            await reader(session, keys[:number], frozenset({"title", again}))
    assert len(prepared) == 2
    assert len(sent) == 16
    assert {id(text) for text in sent} == {id(each.text) for each in prepared}


async def test_no_more_texts_are_kept_than_there_is_room_for(database: Database, prepared: list[Any]) -> None:
    reader, often = OneBy(Product.__table__, "id"), frozenset({"title"})
    async with database.read() as session:
        for columns in sets(MOST_KEPT * 2):
            await reader(session, [], columns)
            await reader(session, [], often)
        assert len(reader._kept) == MOST_KEPT
        assert len(prepared) == MOST_KEPT * 2 + 1, "what is asked for all the time is not forgotten"


def test_a_key_or_a_value_never_becomes_part_of_the_text() -> None:
    for name, statement in declared():
        text = statements.prepare(statement.select(frozenset({"id"}))).text
        assert "POSTCOMPILE" not in text, f"{name} lists its values one by one"
        assert " IN ($" not in text, f"{name} lists its values one by one"


def test_values_of_enums_are_stored_by_names_that_are_their_values() -> None:
    """The driver is handed a member as it is: as the text that it is."""
    for name, statement in declared():
        for column in statement.source.c:
            for member in getattr(column.type, "enum_class", None) or ():
                assert member.name == member.value, f"{name}: {member!r}"


@pytest.mark.parametrize("statement", [catalog.products_by_id, catalog.skus_by_product, catalog.covers_by_product])
def test_the_text_does_not_depend_on_the_order_of_names(statement: Statement) -> None:
    names = sorted(statement.source.c.keys())
    first, second = frozenset(names), frozenset(reversed(names))
    assert str(statement.select(first)) == str(statement.select(second))
