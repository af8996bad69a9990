"""What the public sees: on sale in open shops, in season, by origin; categories with their counts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from domain import catalog, merchants
from domain.base import NotFound, clock
from domain.catalog import in_season, season_text
from models.base import new_id
from models.catalog import ProductState
from tests.factories.catalog import brand, category, product
from tests.factories.merchants import CITY, SAYU, ZHAOYANG, ZHENXIONG, merchant, operator, shopkeeper

NOTHING = frozenset[str]()


async def read(database: Any, reader: Any, *args: Any) -> Any:
    async with database.read() as session:
        return await reader(session, *args)


@pytest.mark.parametrize("state", ProductState)
async def test_only_what_is_on_sale_is_a_product(database: Any, state: ProductState) -> None:
    made = await product(database, await merchant(database), state=state)
    found = await read(database, catalog.product_for_sale, made.id, NOTHING)
    assert (found is not None) == (state is ProductState.ON_SALE)


async def test_what_a_suspended_shop_sells_vanishes_and_returns(database: Any) -> None:
    shop = await merchant(database)
    made = await product(database, shop, harvest_from=1, harvest_to=12)

    async def seen() -> set[UUID]:
        lists = [await read(database, catalog.seasonal, 10, NOTHING)]
        lists.append(await read(database, catalog.from_origin, ZHAOYANG, 10, NOTHING))
        single = await read(database, catalog.product_for_sale, made.id, NOTHING)
        return {row["id"] for rows in lists for row in rows} | ({single["id"]} if single else set())

    assert await seen() == {made.id}
    async with database.begin() as uow:
        await merchants.suspend(uow, operator(), shop, "资质过期")
    assert await seen() == set()
    async with database.begin() as uow:
        await merchants.reopen(uow, operator(), shop)
    assert await seen() == {made.id}


@pytest.mark.parametrize(
    ("begins", "ends", "months"),
    [
        (9, 11, {9, 10, 11}),
        (11, 2, {11, 12, 1, 2}),
        (6, 6, {6}),
        (1, 12, set(range(1, 13))),
        (12, 1, {12, 1}),
        (None, None, set()),
    ],
)
async def test_seasons_run_over_the_turn_of_the_year(
    database: Any, begins: int | None, ends: int | None, months: set[int]
) -> None:
    made = await product(database, await merchant(database), harvest_from=begins, harvest_to=ends)
    for month in range(1, 13):
        clock.stop(datetime(2026, month, 15, tzinfo=UTC))
        listed = [row["id"] for row in await read(database, catalog.seasonal, 10, NOTHING)]
        assert listed == ([made.id] if month in months else []), month
        assert in_season(begins, ends) == (month in months or begins is None)
    clock.reset()


async def test_the_month_is_that_of_shanghai() -> None:
    clock.stop(datetime(2026, 8, 31, 16, 30, tzinfo=UTC))  # September there
    assert in_season(9, 9)
    clock.reset()


@pytest.mark.parametrize(
    ("begins", "ends", "text"),
    [(9, 11, "9月—11月 应季"), (11, 2, "11月—2月 应季"), (6, 6, "6月 应季"), (None, None, "全年供应")],
)
def test_a_season_is_said_in_words(begins: int | None, ends: int | None, text: str) -> None:
    assert season_text(begins, ends) == text


async def test_a_county_includes_its_towns_and_the_city_everything(database: Any) -> None:
    shop = await merchant(database)
    town = await product(database, shop, origin_code=SAYU, sold_count=5)
    county = await product(database, shop, origin_code=ZHAOYANG, sold_count=9)
    other = await product(database, shop, origin_code=ZHENXIONG, sold_count=7)
    for code, expected in (
        (SAYU, [town.id]),
        (ZHAOYANG, [county.id, town.id]),
        (CITY, [county.id, other.id, town.id]),
        ("110000", []),
        ("", []),
        ("530602' or 1=1", []),
        ("\x00", []),
    ):
        rows = await read(database, catalog.from_origin, code, 10, NOTHING)
        assert [row["id"] for row in rows] == expected
    assert len(await read(database, catalog.from_origin, CITY, 2, NOTHING)) == 2


async def test_a_category_counts_what_is_below_it(database: Any) -> None:
    shop, closed = await merchant(database), await merchant(database, state="SUSPENDED")
    root = await category(database, name="生鲜")
    fruit, vegetables = await category(database, parent_id=root), await category(database, parent_id=root)
    apples = await category(database, parent_id=fruit)
    for _ in range(2):
        await product(database, shop, category_id=apples)
    await product(database, shop, category_id=vegetables)
    await product(database, shop, category_id=vegetables, state=ProductState.OFF_SALE)
    await product(database, closed, category_id=vegetables)
    counts = await read(database, catalog.product_counts_by_category, [root, fruit, apples, vegetables], NOTHING)
    assert {key: row["count"] for key, row in counts.items()} == {root: 3, fruit: 2, apples: 2, vegetables: 1}
    assert [row["id"] for row in await read(database, catalog.root_categories, NOTHING)] == [root]


async def test_shops_and_brands_count_what_is_on_sale(database: Any) -> None:
    shop, other = await merchant(database), await merchant(database)
    mark = await brand(database)
    await product(database, shop, brand_id=mark)
    await product(database, shop, brand_id=mark, state=ProductState.DRAFT)
    by_shop = await read(database, catalog.product_counts_by_merchant, [shop, other], NOTHING)
    by_brand = await read(database, catalog.product_counts_by_brand, [mark], NOTHING)
    assert {key: row["count"] for key, row in by_shop.items()} == {shop: 1}
    assert by_brand[mark]["count"] == 1


async def test_consoles_see_their_own_in_every_state(database: Any) -> None:
    shop, other = await merchant(database), await merchant(database)
    root = await category(database)
    mine = await product(database, shop, state=ProductState.DRAFT, published_at=None, title="小草坝天麻 特级")
    below = await product(database, shop, category_id=await category(database, parent_id=root))
    theirs = await product(database, other)

    async def listed(viewer: Any, **wanted: Any) -> tuple[list[UUID], int]:
        rows, total = await read(
            database, catalog.products_page, viewer, catalog.Filter(**wanted), 1, 20, frozenset({"title"})
        )
        return [row["id"] for row in rows], total

    keeper = shopkeeper(shop)
    assert await listed(keeper) == ([below.id, mine.id], 2)
    assert await listed(keeper, merchant_id=other) == ([below.id, mine.id], 2)
    assert await listed(keeper, text="天麻") == ([mine.id], 1)
    assert await listed(keeper, text="%") == ([], 0)
    assert await listed(keeper, state=ProductState.ON_SALE) == ([below.id], 1)
    assert await listed(keeper, category_id=root) == ([below.id], 1)
    assert (await listed(operator(), merchant_id=other))[0] == [theirs.id]
    assert (await listed(operator()))[1] == 3


async def test_somebody_elses_product_is_not_there(database: Any) -> None:
    shop = await merchant(database)
    made = await product(database, shop, state=ProductState.DRAFT, published_at=None)
    stranger = shopkeeper(await merchant(database))
    assert await read(database, catalog.find, stranger, made.id, NOTHING) is None
    with pytest.raises(NotFound):
        await read(database, catalog.access, stranger, made.id, NOTHING)
    with pytest.raises(NotFound):
        await read(database, catalog.access, operator(), new_id(), NOTHING)
    assert (await read(database, catalog.access, shopkeeper(shop), made.id, NOTHING))["id"] == made.id
