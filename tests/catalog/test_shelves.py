"""Categories and brands: a tree without knots, products only in its leaves."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from domain import catalog
from domain.base import Conflict, Invalid, NotFound
from domain.catalog import CategoryWanted
from models.base import new_id
from models.catalog import Brand, Category
from tests.factories.catalog import product
from tests.factories.merchants import merchant, operator


async def save(database: Any, wanted: CategoryWanted, id: UUID | None = None) -> UUID:
    async with database.begin() as uow:
        return await catalog.save_category(uow, operator(), id, wanted)


async def brand(database: Any, name: str, id: UUID | None = None) -> UUID:
    async with database.begin() as uow:
        return await catalog.save_brand(uow, operator(), id, name)


async def test_categories_get_a_slug_and_can_move(database: Any) -> None:
    fresh = await save(database, CategoryWanted("生鲜水果", position=2))
    pantry = await save(database, CategoryWanted("预包装"))
    apples = await save(database, CategoryWanted("苹果", fresh, "apple"))
    also = await save(database, CategoryWanted("苹果", pantry))
    await save(database, CategoryWanted("苹果干", pantry), also)
    async with database.read() as session:
        rows = {row.id: row for row in (await session.scalars(select(Category)))}
    assert rows[fresh].slug == "sheng-xian-shui-guo"
    assert rows[apples].slug == "ping-guo"
    assert rows[also].slug.startswith("ping-guo-")
    assert (rows[also].name, rows[also].parent_id) == ("苹果干", pantry)


async def test_a_name_stands_once_among_its_siblings(database: Any) -> None:
    root = await save(database, CategoryWanted("生鲜"))
    await save(database, CategoryWanted("苹果", root))
    for twin in (CategoryWanted("生鲜"), CategoryWanted("苹果", root)):
        with pytest.raises(Conflict):
            await save(database, twin)


async def test_the_tree_has_three_levels_and_no_knots(database: Any) -> None:
    first = await save(database, CategoryWanted("一"))
    second = await save(database, CategoryWanted("二", first))
    third = await save(database, CategoryWanted("三", second))
    for wanted, id in (
        (CategoryWanted("四", third), None),
        (CategoryWanted("一", third), first),
        (CategoryWanted("一", first), first),
        (CategoryWanted("五", new_id()), None),
        (CategoryWanted("", first), None),
        (CategoryWanted("六", first, position=-1), None),
    ):
        with pytest.raises(Invalid):
            await save(database, wanted, id)
    with pytest.raises(NotFound):
        await save(database, CategoryWanted("七"), new_id())


async def test_two_moves_at_once_tie_no_knot(database: Any) -> None:
    one, other = await save(database, CategoryWanted("甲")), await save(database, CategoryWanted("乙"))
    answers = await asyncio.gather(
        save(database, CategoryWanted("甲", other), one),
        save(database, CategoryWanted("乙", one), other),
        return_exceptions=True,
    )
    assert sum(isinstance(answer, Invalid) for answer in answers) == 1


async def test_a_category_with_products_stays_a_leaf(database: Any) -> None:
    leaf = await save(database, CategoryWanted("苹果"))
    await product(database, await merchant(database), category_id=leaf)
    with pytest.raises(Invalid):
        await save(database, CategoryWanted("红富士", leaf))
    assert await save(database, CategoryWanted("好苹果"), leaf) == leaf


async def test_brands_are_added_and_renamed(database: Any) -> None:
    first = await brand(database, " 昭果 ")
    await brand(database, "丑苹果")
    with pytest.raises(Conflict):
        await brand(database, "昭果")
    with pytest.raises(Conflict):
        await brand(database, "丑苹果", first)
    with pytest.raises(NotFound):
        await brand(database, "别的", new_id())
    with pytest.raises(Invalid):
        await brand(database, "")
    assert await brand(database, "昭通昭果", first) == first
    async with database.read() as session:
        assert sorted(await session.scalars(select(Brand.name))) == ["丑苹果", "昭通昭果"]
