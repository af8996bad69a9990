"""A small block of made-up trade, with every constraint in force."""

from __future__ import annotations

import pytest

from server.database import Database
from server.seeds import scale, scaling
from server.seeds.scaling import Size
from server.settings import Settings
from tests.seeds.conftest import quietly
from tests.seeds.test_demo import IDENTITIES, rows, value

SMALL = Size(products=120, orders=500, members=40, shops=7, stories=30)


@pytest.fixture
async def scaled(own_seeded: Database, own_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setattr(scaling, "CHUNK", 200)
    await scale(own_seeded, own_settings, 2, quietly, SMALL)
    return own_seeded


async def test_blocks_are_as_large_as_promised_and_add_up(scaled: Database) -> None:
    assert await value(scaled, "select count(*) from merchants where slug like 'bulk-%'") == 14
    assert (
        await value(
            scaled,
            "select count(*) from products p join merchants m on m.id = p.merchant_id where m.slug like 'bulk-%'",
        )
        == 240
    )
    assert (
        await value(
            scaled, "select count(*) from orders o join merchants m on m.id = o.merchant_id where m.slug like 'bulk-%'"
        )
        == 1000
    )
    shown = "select count(*) from posts where request_key like 'bulk-%' and state = 'PUBLISHED'"
    assert await value(scaled, shown) == 60
    said = "select count(*) from product_attributes a join products p on p.id = a.product_id where p.title like '%号'"
    assert await value(scaled, said) > 0
    for identity, statement in IDENTITIES.items():
        assert await rows(scaled, statement) == [], identity


async def test_blocks_are_not_added_twice(scaled: Database, own_settings: Settings) -> None:
    before = await value(scaled, "select count(*) from orders")
    await scale(scaled, own_settings, 2, quietly, SMALL)
    assert await value(scaled, "select count(*) from orders") == before


async def test_made_up_orders_are_not_for_production(database: Database, own_settings: Settings) -> None:
    with pytest.raises(RuntimeError, match="not for production"):
        await scale(database, own_settings.model_copy(update={"env": "production"}), 1, quietly)
