"""Drafts, copies, suggestions, and prices and stock of many SKUs at once."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from domain import catalog, listings, policies
from domain.base import Conflict, Forbidden, Invalid, NotFound, Refusal, TooMany, Viewer
from domain.listings.batches import BatchEffect, BatchRow, BatchWanted
from domain.listings.drafts import MOST_DRAFTS
from models.base import new_id
from models.catalog import Product, ProductState, Sku
from models.inventory import Stock
from models.listings import ListingDraft
from tests.factories.catalog import category, product, sku
from tests.factories.merchants import SAYU, ZHAOYANG, merchant, operator, shopkeeper


@pytest.fixture
async def owner(database: Any) -> Viewer:
    return shopkeeper(await merchant(database))


async def applied(database: Any, viewer: Viewer, wanted: BatchWanted) -> BatchEffect:
    async with database.begin() as uow:
        return await listings.apply_row(uow, viewer, wanted)


async def previewed(database: Any, viewer: Viewer, *wanted: BatchWanted) -> list[Any]:
    async with database.read() as session:
        return await listings.preview_batch(session, viewer, wanted)


async def stands(database: Any, id: UUID) -> tuple[int, int]:
    async with database.read() as session:
        chosen = select(Sku.price, Stock.actual).join(Stock, Stock.sku_id == Sku.id).where(Sku.id == id)
        price, actual = (await session.execute(chosen)).one()
        return price, actual


# ------------------------------------------------------------------------------------------------ batches
async def test_the_preview_says_old_and_new_and_writes_nothing(database: Any, owner: Viewer) -> None:
    made = await product(database, owner.shop_id, skus=(sku("5 斤", 3000), sku("10 斤", 6000)))
    five, ten = made.skus
    other = await product(database, await merchant(database))
    near, far, same, strange = await previewed(
        database,
        owner,
        BatchWanted(five, price=3300, stock=80),
        BatchWanted(ten, price=9000),
        *(BatchWanted(id) for id in (other.skus[0], new_id())),
    )
    assert (near.old_price, near.new_price, near.old_stock, near.new_stock) == (3000, 3300, 100, 80)
    assert (near.effect, far.effect) == (BatchEffect.AT_ONCE, BatchEffect.REVIEW)
    assert isinstance(same, NotFound)
    assert isinstance(strange, NotFound)
    assert await stands(database, five) == (3000, 100)


async def test_a_row_is_written_as_the_preview_said(database: Any, owner: Viewer) -> None:
    made = await product(database, owner.shop_id, skus=(sku("5 斤", 3000), sku("10 斤", 6000)))
    five, ten = made.skus
    wanted = BatchWanted(five, price=3300, stock=80, price_seen=3000, stock_seen=100)
    assert await applied(database, owner, wanted) is BatchEffect.AT_ONCE
    assert await stands(database, five) == (3300, 80)
    assert await applied(database, owner, BatchWanted(ten, price=9000, price_seen=6000)) is BatchEffect.REVIEW
    assert await stands(database, ten) == (6000, 100)


async def test_what_moved_since_the_preview_is_refused_whole(database: Any, owner: Viewer) -> None:
    made = await product(database, owner.shop_id, skus=(sku("5 斤", 3000),))
    wanted = BatchWanted(made.skus[0], price=3300, stock=80, price_seen=3000, stock_seen=99)
    with pytest.raises(Conflict):
        await applied(database, owner, wanted)
    assert await stands(database, made.skus[0]) == (3000, 100)


async def test_of_the_same_batch_twice_at_once_one_is_written(database: Any, owner: Viewer) -> None:
    made = await product(database, owner.shop_id, skus=(sku("5 斤", 3000),))
    wanted = BatchWanted(made.skus[0], price=3300, stock=80, price_seen=3000, stock_seen=100)
    answers = await asyncio.gather(*(applied(database, owner, wanted) for _ in range(4)), return_exceptions=True)
    assert [answer for answer in answers if not isinstance(answer, Refusal)] == [BatchEffect.AT_ONCE]
    assert await stands(database, made.skus[0]) == (3300, 80)


async def test_less_than_is_promised_cannot_be_left(database: Any, owner: Viewer) -> None:
    made = await product(database, owner.shop_id)
    async with database.begin() as uow:
        await uow.session.execute(update(Stock).where(Stock.sku_id == made.skus[0]).values(held=30))
    with pytest.raises(Invalid, match="占用"):
        await applied(database, owner, BatchWanted(made.skus[0], stock=29, stock_seen=100))


async def test_who_may_not_write_stock_writes_none(database: Any, owner: Viewer) -> None:
    made = await product(database, owner.shop_id)
    clerk = Viewer(owner.kind, owner.id, owner.name, owner.merchant_id, frozenset({"merchant:products.write"}))
    with pytest.raises(Forbidden):
        await applied(database, clerk, BatchWanted(made.skus[0], stock=5, stock_seen=100))


@pytest.mark.parametrize("count", [0, 201])
async def test_a_batch_has_bounds(database: Any, owner: Viewer, count: int) -> None:
    with pytest.raises(Invalid):
        await previewed(database, owner, *(BatchWanted(new_id()) for _ in range(count)))


# ------------------------------------------------------------------------------------------------ copies
async def test_a_copy_is_a_draft_with_nothing_in_stock(database: Any, owner: Viewer) -> None:
    made = await product(
        database, owner.shop_id, skus=(sku("5 斤", 3000), sku("旧", 1, active=False)), origin_code=SAYU
    )
    async with database.begin() as uow:
        copied = await listings.copy_product(uow, owner, made.id)
    async with database.read() as session:
        row = await session.scalar(select(Product).where(Product.id == copied))
        form = await catalog.as_wanted(session, copied)
    assert (row.state, row.published_at, row.origin_code, row.sold_count) == (ProductState.DRAFT, None, SAYU, 0)
    assert row.title.endswith("（副本）")
    assert [each.name for each in form.skus] == ["5 斤"]
    assert await stands(database, form.skus[0].id) == (3000, 0)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        async with database.begin() as uow:
            await listings.copy_product(uow, shopkeeper(await merchant(database)), made.id)


# ------------------------------------------------------------------------------------------------ drafts
async def kept(database: Any, viewer: Viewer, id: UUID, revision: int, body: str = '{"title":"苹果"}') -> None:
    async with database.begin() as uow:
        await listings.save_draft(uow, viewer, id, revision, "苹果", body)


async def held(database: Any, id: UUID) -> tuple[int, str]:
    async with database.read() as session:
        revision, body = (
            await session.execute(select(ListingDraft.revision, ListingDraft.body).where(ListingDraft.id == id))
        ).one()
        return revision, body


async def test_an_older_saving_that_comes_late_changes_nothing(database: Any, owner: Viewer) -> None:
    id = new_id()
    for revision, body in ((1, '{"a":1}'), (3, '{"a":3}'), (2, '{"a":2}'), (3, '{"a":33}')):
        await kept(database, owner, id, revision, body)
    assert await held(database, id) == (3, '{"a":3}')


async def test_savings_at_once_leave_the_newest(database: Any, owner: Viewer) -> None:
    id = new_id()
    await asyncio.gather(*(kept(database, owner, id, n, f'{{"a":{n}}}') for n in range(1, 9)))
    assert await held(database, id) == (8, '{"a":8}')


async def test_another_shops_draft_is_not_there(database: Any, owner: Viewer) -> None:
    id, stranger = new_id(), shopkeeper(await merchant(database))
    await kept(database, owner, id, 1)
    with pytest.raises(NotFound):
        await kept(database, stranger, id, 2)
    async with database.begin() as uow:
        await listings.drop_draft(uow, stranger, id)
    assert (await held(database, id))[0] == 1
    async with database.read() as session:
        assert await listings.shop_drafts(session, stranger, frozenset()) == []


@pytest.mark.parametrize("body", ["", "x", "[]", '{"a":"' + "x" * 70_000 + '"}'])
async def test_a_draft_has_bounds(database: Any, owner: Viewer, body: str) -> None:
    with pytest.raises(Invalid):
        await kept(database, owner, new_id(), 1, body)


async def test_a_shop_keeps_so_many_drafts(database: Any, owner: Viewer) -> None:
    for _ in range(MOST_DRAFTS):
        await kept(database, owner, new_id(), 1)
    with pytest.raises(TooMany):
        await kept(database, owner, new_id(), 1)


# ------------------------------------------------------------------------------------------------ suggestions
async def suggested(database: Any, viewer: Viewer, title: str) -> Any:
    async with database.read() as session:
        return await listings.suggest(session, viewer, title)


async def test_what_the_shop_sold_before_says_what_this_is(database: Any, owner: Viewer) -> None:
    apples = await category(database, name="苹果")
    await category(database, name="红富士")
    async with database.begin() as uow:
        await policies.save_policy(uow, operator(), apples, policies.PolicyWanted(grades=("一级果", "特级果")))
    await product(database, owner.shop_id, category_id=apples, title="洒渔红富士苹果 脆甜", origin_code=SAYU)
    found = await suggested(database, owner, "红富士苹果 特级果 大箱")
    assert (found.category_id, found.origin_code, found.grade) == (apples, SAYU, "特级果")
    assert found.return_class is not None


async def test_a_new_shop_is_helped_by_names(database: Any, owner: Viewer) -> None:
    potatoes = await category(database, name="土豆")
    found = await suggested(database, owner, "洒渔土豆 新挖")
    assert (found.category_id, found.origin_code) == (potatoes, SAYU)
    nothing = await suggested(database, owner, "没人见过的东西")
    assert (nothing.category_id, nothing.origin_code, nothing.reason) == (None, ZHAOYANG, "")


def test_a_row_says_what_it_is() -> None:
    assert BatchRow(new_id(), "苹果", "5 斤", 1, 2, 3, 4, BatchEffect.AT_ONCE).new_price == 2
