"""What a statement answers, whichever way it goes: straight to the driver, or in a unit of work."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Integer, bindparam, func, insert, select

from domain import catalog, merchants, orders
from domain.base import Columns, clock
from domain.catalog.reading import FOR_SALE
from domain.statements import NO_COLUMNS, Joined, ManyBy, OneBy, Statement, joined, plain
from models.audit import ActorKind, AuditEntry
from models.base import new_id
from models.catalog import Brand, Product, ProductState
from models.orders import OrderState
from server.database import Database
from tests.factories import catalog as goods
from tests.factories import merchants as shops
from tests.factories import orders as market
from tests.statements.market import ALONG, keys_of, readers

READERS = readers()


async def both(database: Database, reader: OneBy | ManyBy, keys: Sequence[Any], columns: Columns) -> Mapping[Any, Any]:
    """What the reader finds, the same on both ways, down to the types."""
    async with database.read() as session:
        straight = await reader(session, keys, columns)
    async with database.begin() as uow:
        within = await reader(uow.session, keys, columns)
    assert straight == within
    assert _types(straight) == _types(within)
    return straight


def _types(found: Mapping[Any, Any]) -> Any:
    rows = {key: value if isinstance(value, list) else [value] for key, value in found.items()}
    return {key: [{name: type(value) for name, value in row.items()} for row in own] for key, own in rows.items()}


def some(dice: random.Random, values: Sequence[Any], *, most: int = 8) -> list[Any]:
    return dice.sample(list(values), dice.randint(0, min(most, len(values))))


# ------------------------------------------------------------------------------------------------ one table
@pytest.mark.parametrize("seed", range(3))
async def test_both_ways_give_the_same_rows(everything: Database, seed: int) -> None:
    dice = random.Random(seed)
    assert len(READERS) >= 25
    for name, reader in READERS.items():
        there = await keys_of(everything, reader)
        assert there, f"{name} finds nothing here"
        for _ in range(4):
            columns = frozenset(some(dice, [*reader.source.c.keys(), "cover_url", "somebody_elses"]))
            keys = some(dice, there, most=50)
            found = await both(everything, reader, keys, columns)
            assert set(found) <= set(keys), name
            wanted = {column for column in columns if column in reader.source.c}
            for rows in found.values():
                for row in rows if isinstance(rows, list) else [rows]:
                    assert wanted | {reader.key} <= row.keys() <= set(reader.source.c.keys()), name


async def test_every_key_that_is_there_is_found_and_no_other(everything: Database) -> None:
    for name, reader in READERS.items():
        there = await keys_of(everything, reader)
        stranger = "f" * 64 if isinstance(there[0], str) else new_id()
        found = await both(everything, reader, [*there, stranger, there[0]], NO_COLUMNS)
        missing = set(there) - set(found)
        # Readers with a condition of their own leave rows out: a shop that is closed, an address that was deleted.
        assert not missing, f"{name} lacks {missing}"
        assert stranger not in found
        assert await both(everything, reader, [], NO_COLUMNS) == {}


async def test_values_come_as_the_models_type_them(mall: Database) -> None:
    products = await keys_of(mall, catalog.products_by_id)
    columns = frozenset({"state", "published_at", "brand_id", "harvest_from", "min_price", "title"})
    rows = (await both(mall, catalog.products_by_id, products, columns)).values()
    assert {type(row["state"]) for row in rows} == {ProductState}
    assert {row["state"] for row in rows} == {ProductState.ON_SALE, ProductState.DRAFT}
    assert {row["brand_id"] is None for row in rows} == {True, False}
    assert {row["harvest_from"] for row in rows} == {9, None}
    published = [row["published_at"] for row in rows if row["published_at"]]
    assert all(isinstance(at, datetime) and at.utcoffset() is not None for at in published)
    assert len(published) == len(rows) - 1
    assert all(isinstance(id, UUID) for id in products)


@pytest.mark.parametrize("detail", [{}, {"title": "苹果", "weights": [1, 2.5, None], "by": {"name": "王\u2028"}}])
async def test_json_is_read_as_it_was_written(database: Database, detail: dict[str, Any]) -> None:
    entries = OneBy(AuditEntry.__table__, "id")
    entry = {"id": new_id(), "actor_kind": ActorKind.SYSTEM, "actor_name": "系统", "action": "test.json"}
    entry |= {"subject_kind": "test", "subject_id": "1", "detail": detail, "created_at": clock.now()}
    async with database.begin() as uow:
        await uow.session.execute(insert(AuditEntry).values(entry))
    found = await both(database, entries, [entry["id"]], frozenset({"detail", "actor_kind", "trace_id"}))
    assert found == {
        entry["id"]: {"id": entry["id"], "detail": detail, "actor_kind": ActorKind.SYSTEM, "trace_id": None}
    }


async def test_lists_keep_their_order(mall: Database) -> None:
    for id in await keys_of(mall, catalog.products_by_id):
        skus = (await both(mall, catalog.skus_by_product, [id], frozenset({"position", "active"}))).get(id, [])
        assert [row["position"] for row in skus] == sorted(row["position"] for row in skus)
        images = (await both(mall, catalog.images_by_product, [id], frozenset({"position", "width"}))).get(id, [])
        assert [row["position"] for row in images] == list(range(len(images)))


# ------------------------------------------------------------------------------------------------ read along
def tree(dice: random.Random, reader: OneBy | ManyBy, deep: int = 0) -> Columns:
    """Random columns of the reader's rows, with random rows to be read along, down to three levels."""
    columns: set[Any] = set(some(dice, reader.source.c.keys(), most=4))
    for name, (key, other) in ALONG.get(reader.source.name, {}).items():  # type: ignore[attr-defined]
        if deep < 3 and dice.random() < 0.6:
            columns.add(Joined(name, key, other, tree(dice, other, deep + 1)))
    return frozenset(columns)


async def assembled(database: Database, rows: list[dict[str, Any]], columns: Columns, prefix: str = "") -> None:
    """Adds to the rows what is read along, each relation by a statement of its own."""
    for each in joined(columns):
        keys = [row[f"{prefix}{each.key}"] for row in rows if row[f"{prefix}{each.key}"] is not None]
        names = plain(each.columns) | {each.reader.key} | {below.key for below in joined(each.columns)}
        async with database.read() as session:
            found = await each.reader(session, keys, names)
        for row in rows:
            other = found.get(row[f"{prefix}{each.key}"], {})
            row |= {f"{prefix}{each.name}.{name}": other.get(name) for name in names}
        await assembled(database, rows, each.columns, f"{prefix}{each.name}.")


@pytest.mark.parametrize("seed", range(8))
async def test_rows_read_along_are_those_read_by_themselves(mall: Database, seed: int) -> None:
    dice = random.Random(seed)
    for reader in READERS.values():
        if reader.source.name not in ALONG:  # type: ignore[attr-defined]
            continue
        there, columns = await keys_of(mall, reader), tree(dice, reader)
        found = await both(mall, reader, there, columns)
        own = plain(columns) | {each.key for each in joined(columns)}
        async with mall.read() as session:
            alone = await reader(session, there, own)
        expected = {key: rows if isinstance(rows, list) else [rows] for key, rows in alone.items()}
        await assembled(mall, [row for rows in expected.values() for row in rows], columns)  # type: ignore[misc]
        assert {key: rows if isinstance(rows, list) else [rows] for key, rows in found.items()} == expected


async def test_a_product_on_sale_brings_its_shop_and_what_it_lacks_is_null(mall: Database) -> None:
    place = Joined("region", "region_code", merchants.regions_by_code, frozenset({"full_name", "level"}))
    shop = Joined("merchant", "merchant_id", merchants.by_id, frozenset({"name", "kind", place}))
    logo = Joined("logo", "logo_key", catalog.pictures_by_key, frozenset({"alt", "width"}))
    brand = Joined("brand", "brand_id", catalog.brands_by_id, frozenset({"name", logo}))
    made = await goods.product(mall, await shops.merchant(mall, name="小草坝天麻社"))
    async with mall.read() as session:
        row = await FOR_SALE.first(session, frozenset({"title", shop, brand}), id=made.id)
        (listed,) = [
            each
            for each in await catalog.from_origin(session, shops.ZHAOYANG, 100, frozenset({"title", shop, brand}))
            if each["id"] == made.id
        ]
    assert row is not None
    assert row == listed
    assert row["merchant.id"] == row["merchant_id"]
    assert row["merchant.name"] == "小草坝天麻社"
    assert row["merchant.kind"].name == "COOPERATIVE"
    assert row["merchant.region.code"] == row["merchant.region_code"] == shops.ZHAOYANG
    assert row["merchant.region.full_name"] == "昭通市 昭阳区"
    nothing = {name: value for name, value in row.items() if name.startswith("brand")}
    assert nothing == dict.fromkeys(
        ["brand_id", "brand.id", "brand.name", "brand.logo_key", "brand.logo.key", "brand.logo.alt", "brand.logo.width"]
    )


async def test_lists_with_a_limit_keep_order_and_length_beside_rows_read_along(mall: Database) -> None:
    shop = await shops.merchant(mall)
    made = [(await goods.product(mall, shop, sold_count=sold)).id for sold in range(100, 130)]
    cover = Joined("cover", "id", catalog.covers_by_product, frozenset({"key", "width"}))
    async with mall.read() as session:
        rows = await catalog.from_origin(session, shops.ZHAOYANG, 20, frozenset({"title", cover}))
    assert [row["id"] for row in rows] == made[:9:-1]
    assert all(row["cover.width"] == 800 for row in rows)


async def test_a_list_is_the_same_list_beside_rows_read_along(mall: Database) -> None:
    shop = await shops.merchant(mall, sold_count=3)
    for sold in (5, 1, 5, 3):
        await goods.product(mall, shop, sold_count=sold, harvest_from=1, harvest_to=12)
    who = await market.buyer(mall)
    made = await goods.product(mall, shop)
    for _ in range(3):
        await market.placed(mall, who, {made.skus[0]: 1})
    shown: Columns = frozenset({"id", "created_at"})
    beside = shown | {Joined("merchant", "merchant_id", merchants.by_id, frozenset({"name"}))}
    region = shown | {Joined("region", "region_code", merchants.regions_by_code, frozenset({"level"}))}

    async def lists(columns: Columns, of_shops: Columns) -> list[list[Any]]:
        async with mall.read() as session:
            found = [await catalog.seasonal(session, 3, columns)]
            found.append(await catalog.from_origin(session, shops.CITY, 4, columns))
            first, _ = await merchants.open_shops(session, 1, None, of_shops)
            after = (first[0]["sold_count"], first[0]["id"])
            found += [first, (await merchants.open_shops(session, 1, after, of_shops))[0]]
            page = await orders.of_member(session, who.viewer, None, 2, None, columns)
            last = (page.rows[-1]["created_at"], page.rows[-1]["id"])
            further = await orders.of_member(session, who.viewer, [OrderState.AWAITING_PAYMENT], 2, last, columns)
        return [[row["id"] for row in rows] for rows in (*found, page.rows, further.rows)]

    alone = await lists(shown, shown)
    assert [len(rows) for rows in alone] == [3, 4, 2, 2, 2, 1]
    assert await lists(beside, region) == alone


async def test_what_limits_itself_is_not_cut_shorter(mall: Database) -> None:
    """A limit that is a number stands; one that is a parameter is that of a page."""
    many = Statement(Product.__table__, lambda columns: catalog.products_by_id._chosen(columns).limit(500))
    shop = await shops.merchant(mall)
    made = [await goods.product(mall, shop, images=0, skus=()) for _ in range(3)]
    beside = Joined("merchant", "merchant_id", merchants.by_id, frozenset({"name"}))
    assert "101" not in str(many.select(frozenset({"title", beside})))
    async with mall.read() as session:
        rows = await many.rows(session, frozenset({"title", beside}), keys=[each.id for each in made])
    assert len(rows) == 3


async def test_consoles_read_along_too(mall: Database) -> None:
    shop = Joined("merchant", "merchant_id", merchants.by_id, frozenset({"name"}))
    async with mall.read() as session:
        rows, total = await catalog.products_page(
            session, shops.operator(), catalog.Filter(), 1, 20, frozenset({"title", "merchant_id", shop})
        )
        pages = await orders.page_of_platform(session, shops.operator(), orders.OrderFilter(), 1, 20, frozenset({shop}))
    assert total == len(rows) > 0
    assert set(rows[0]) == {"id", "title", "merchant_id", "merchant.id", "merchant.name"}
    assert pages[1] == len(pages[0]) > 0


async def test_a_grouping_source_is_not_read_along() -> None:
    assert catalog.products_by_id.joinable
    assert catalog.covers_by_product.joinable
    assert not catalog.product_counts_by_merchant.joinable
    assert not merchants.open_by_id.joinable


# ------------------------------------------------------------------------------------------------ in a unit of work
async def test_a_reader_sees_what_its_own_unit_of_work_wrote(database: Database) -> None:
    row = {"id": new_id(), "name": "昭果"}
    columns = frozenset({"name"})
    async with database.begin() as uow:
        await uow.session.execute(insert(Brand).values(row))
        assert (await catalog.brands_by_id(uow.session, [row["id"]], columns)) == {row["id"]: row}
        async with database.read() as session:
            assert await catalog.brands_by_id(session, [row["id"]], columns) == {}
    async with database.read() as session:
        assert await catalog.brands_by_id(session, [row["id"]], columns) == {row["id"]: row}


async def test_a_statement_of_its_own_columns_has_one_value(mall: Database) -> None:
    count = Statement(
        Product.__table__,
        lambda _: (
            select(func.count()).select_from(Product).where(Product.sold_count >= bindparam("most", type_=Integer))
        ),
    )
    async with mall.read() as session:
        assert await count.scalar(session, most=0) == len(await keys_of(mall, catalog.products_by_id))
        assert await count.scalar(session, most=10**6) == 0
        assert await FOR_SALE.first(session, NO_COLUMNS, id=new_id()) is None
