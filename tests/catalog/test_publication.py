"""How a product comes on sale: every pair of state and step, who may take it, and what it leaves behind."""

from __future__ import annotations

import asyncio
from itertools import product as pairs
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from domain import catalog, merchants
from domain.base import Conflict, Invalid, NotFound, Viewer, WrongState
from domain.catalog.publication import BY_MERCHANT, BY_PLATFORM, MerchantStep, PlatformStep
from models.audit import AuditEntry
from models.catalog import Product, ProductState, Sku
from models.outbox import OutboxEvent
from tests.factories.catalog import Made, product
from tests.factories.merchants import merchant, operator, shopkeeper


async def move(database: Any, viewer: Viewer, id: UUID, step: MerchantStep | PlatformStep, note: str = "") -> None:
    async with database.begin() as uow:
        if isinstance(step, MerchantStep):
            await catalog.move_by_merchant(uow, viewer, id, step)
        else:
            await catalog.move_by_platform(uow, viewer, id, step, note)


async def row(database: Any, id: UUID) -> Any:
    async with database.read() as session:
        chosen = select(Product.state, Product.version, Product.review_note, Product.published_at)
        return (await session.execute(chosen.where(Product.id == id))).one()


async def in_state(database: Any, shop: UUID, state: ProductState) -> Made:
    published = {} if state in (ProductState.ON_SALE, ProductState.OFF_SALE) else {"published_at": None}
    return await product(database, shop, state=state, **published)


@pytest.mark.parametrize(("state", "step"), [*pairs(ProductState, [*MerchantStep, *PlatformStep])])
async def test_every_pair(database: Any, state: ProductState, step: MerchantStep | PlatformStep) -> None:
    shop = await merchant(database)
    made = await in_state(database, shop, state)
    viewer = shopkeeper(shop) if isinstance(step, MerchantStep) else operator()
    after = {**BY_MERCHANT, **BY_PLATFORM}.get((state, step))
    if after is None:
        with pytest.raises(WrongState):
            await move(database, viewer, made.id, step, "说明原因")
        assert (await row(database, made.id)).state is state
        return
    await move(database, viewer, made.id, step, "说明原因")
    found = await row(database, made.id)
    assert (found.state, found.version) == (after, 2)
    assert (found.published_at is not None) == (state in ("ON_SALE", "OFF_SALE") or after is ProductState.ON_SALE)
    async with database.read() as session:
        events = select(OutboxEvent.payload).where(OutboxEvent.name == "ProductChanged")
        assert list(await session.scalars(events)) == [{"product_id": str(made.id), "version": 2}]
        entry = (await session.execute(select(AuditEntry.action, AuditEntry.actor_id, AuditEntry.detail))).one()
    assert (entry.action, entry.actor_id) == (f"product.{step.value.lower()}", viewer.id)
    assert (entry.detail["from"], entry.detail["to"]) == (state.value, after.value)


def test_the_table_is_the_one_that_was_agreed() -> None:
    steps = {(before.value, step.value, after.value) for (before, step), after in (BY_MERCHANT | BY_PLATFORM).items()}
    assert steps == {
        ("DRAFT", "SUBMIT", "IN_REVIEW"),
        ("IN_REVIEW", "WITHDRAW", "DRAFT"),
        ("IN_REVIEW", "APPROVE", "ON_SALE"),
        ("IN_REVIEW", "REJECT", "DRAFT"),
        ("ON_SALE", "TAKE_OFF_SALE", "OFF_SALE"),
        ("OFF_SALE", "PUT_ON_SALE", "ON_SALE"),
        ("ON_SALE", "FREEZE", "FROZEN"),
        ("OFF_SALE", "FREEZE", "FROZEN"),
        ("FROZEN", "UNFREEZE", "OFF_SALE"),
    }


async def test_a_rejection_says_why_and_approval_clears_it(database: Any) -> None:
    shop = await merchant(database)
    made = await in_state(database, shop, ProductState.IN_REVIEW)
    with pytest.raises(Invalid) as refused:
        await move(database, operator(), made.id, PlatformStep.REJECT, " ")
    assert refused.value.field == "note"
    await move(database, operator(), made.id, PlatformStep.REJECT, "缺少产地照片")
    assert (await row(database, made.id)).review_note == "缺少产地照片"
    await move(database, shopkeeper(shop), made.id, MerchantStep.SUBMIT)
    await move(database, operator(), made.id, PlatformStep.APPROVE)
    assert (await row(database, made.id)).review_note is None


async def test_another_shops_product_is_not_there(database: Any) -> None:
    made = await product(database, await merchant(database))
    stranger = shopkeeper(await merchant(database))
    with pytest.raises(NotFound):
        await move(database, stranger, made.id, MerchantStep.TAKE_OFF_SALE)


async def test_what_nobody_could_buy_is_not_submitted(database: Any) -> None:
    shop = await merchant(database)
    bare = await product(database, shop, state=ProductState.DRAFT, published_at=None, images=0)
    with pytest.raises(WrongState, match="图片"):
        await move(database, shopkeeper(shop), bare.id, MerchantStep.SUBMIT)
    empty = await product(database, shop, state=ProductState.OFF_SALE)
    async with database.begin() as uow:
        await uow.session.execute(update(Sku).where(Sku.product_id == empty.id).values(active=False))
    with pytest.raises(WrongState, match="规格"):
        await move(database, shopkeeper(shop), empty.id, MerchantStep.PUT_ON_SALE)


async def test_a_suspended_shop_puts_nothing_on_sale(database: Any) -> None:
    shop = await merchant(database)
    made = await product(database, shop, state=ProductState.OFF_SALE)
    async with database.begin() as uow:
        await merchants.suspend(uow, operator(), shop, "资质过期")
    with pytest.raises(WrongState, match="营业"):
        await move(database, shopkeeper(shop), made.id, MerchantStep.PUT_ON_SALE)


async def test_of_two_steps_at_once_one_is_taken(database: Any) -> None:
    shop = await merchant(database)
    made = await in_state(database, shop, ProductState.IN_REVIEW)
    answers = await asyncio.gather(
        move(database, operator(), made.id, PlatformStep.APPROVE),
        move(database, operator(), made.id, PlatformStep.REJECT, "重复提交"),
        move(database, shopkeeper(shop), made.id, MerchantStep.WITHDRAW),
        return_exceptions=True,
    )
    assert sum(answer is None for answer in answers) == 1
    assert all(isinstance(answer, Conflict | WrongState) for answer in answers if answer is not None)
    assert (await row(database, made.id)).version == 2
