"""Changes of products that were published: what waits for review, what becomes of it, who wins."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from domain import catalog, listings, policies
from domain.base import Conflict, Invalid, NotFound, Refusal, Viewer, WrongState
from domain.catalog.listing import ImageWanted, ProductWanted
from domain.catalog.skus import SkuWanted
from domain.listings.changes import SavedProduct, is_near
from domain.listings.edits import Edit, differences, overlaid
from models.audit import AuditEntry
from models.catalog import Product, ProductState, Sku
from models.listings import ChangeState, ProductChange
from tests.factories.catalog import Made, brand, category, picture, product, sku
from tests.factories.merchants import SAYU, ZHAOYANG, merchant, operator, shopkeeper


@pytest.fixture
async def owner(database: Any) -> Viewer:
    return shopkeeper(await merchant(database))


@pytest.fixture
async def apples(database: Any, owner: Viewer) -> Made:
    return await product(database, owner.shop_id, skus=(sku("5 斤", 2990, 2500), sku("10 斤", 4990, 5000)), images=1)


async def form(database: Any, made: Made) -> ProductWanted:
    """The product as its shop finds it in the form. Its pictures are the shop's."""
    async with database.read() as session:
        return await catalog.as_wanted(session, made.id)


async def save(database: Any, viewer: Viewer, made: Made, wanted: ProductWanted) -> SavedProduct:
    async with database.begin() as uow:
        return await listings.save_product(uow, viewer, made.id, wanted)


async def approve(database: Any, change: UUID | None) -> SavedProduct:
    assert change is not None
    async with database.begin() as uow:
        return await listings.apply_change(uow, operator(), change)


async def row(database: Any, made: Made) -> Any:
    async with database.read() as session:
        return await session.scalar(select(Product).where(Product.id == made.id))


async def state(database: Any, change: UUID | None) -> ChangeState:
    async with database.read() as session:
        return await session.scalar(select(ProductChange.state).where(ProductChange.id == change))


# ------------------------------------------------------------------------------------------------ what waits
async def test_what_is_on_sale_stays_as_it_is_until_the_platform_has_seen_the_change(
    database: Any, owner: Viewer, apples: Made
) -> None:
    wanted = replace(await form(database, apples), title="昭通丑苹果 高原红", grade="一级果 80 mm")
    saved = await save(database, owner, apples, wanted)
    before = await row(database, apples)
    assert (before.title, before.state, before.version) != (wanted.title, ProductState.ON_SALE, 1)
    assert (before.state, before.version) == (ProductState.ON_SALE, 1)
    await approve(database, saved.change_id)
    after = await row(database, apples)
    assert (after.title, after.grade, after.state, after.version) == (wanted.title, "一级果 80 mm", "ON_SALE", 2)
    assert await state(database, saved.change_id) is ChangeState.APPLIED
    async with database.read() as session:
        actions = set(await session.scalars(select(AuditEntry.action)))
    assert {"product.change.ask", "product.change.apply", "product.update"} <= actions


async def test_the_reviewer_reads_what_it_said_and_shall_say(database: Any, owner: Viewer, apples: Made) -> None:
    now = await form(database, apples)
    other = await category(database, name="梨")
    skus = (replace(now.skus[0], price=9990), sku("礼盒", 8800, 3000, stock=7))
    mark = await brand(database, name="昭品")
    wanted = replace(
        now,
        category_id=other,
        brand_id=mark,
        origin_code=SAYU,
        skus=skus,
        images=(*now.images, ImageWanted(await picture(database))),
    )
    saved = await save(database, owner, apples, wanted)
    async with database.read() as session:
        edits = await session.scalar(select(ProductChange.edits).where(ProductChange.id == saved.change_id))
    told = {each["label"]: (each["before_text"], each["after_text"]) for each in edits}
    assert told["分类"][1] == "梨"
    assert told["品牌"] == ("", "昭品")
    assert told["产地"] == ("昭通市 昭阳区", "昭通市 昭阳区 洒渔镇")
    assert told["图片"] == ("1 张", "2 张")
    assert told["规格“5 斤”价格"] == ("¥29.90", "¥99.90")
    assert told["规格“10 斤”销售"] == ("在售", "停售")
    assert told["新规格"] == ("", "礼盒，¥88.00，净重 3000 克")
    applied = await approve(database, saved.change_id)
    assert list(applied.openings.values()) == [7]
    after = await form(database, apples)
    assert [(each.name, each.price, each.active) for each in after.skus if each.active] == [
        ("5 斤", 9990, True),
        ("礼盒", 8800, True),
    ]


async def test_nothing_changed_is_no_change(database: Any, owner: Viewer, apples: Made) -> None:
    wanted = await form(database, apples)
    saved = await save(database, owner, apples, replace(wanted, title=f"  {wanted.title} "))
    assert saved.change_id is None


async def test_a_draft_is_written_at_once(database: Any, owner: Viewer) -> None:
    made = await product(database, owner.shop_id, state=ProductState.DRAFT, published_at=None)
    saved = await save(database, owner, made, replace(await form(database, made), title="还没有上架的苹果"))
    assert saved.change_id is None
    assert (await row(database, made)).title == "还没有上架的苹果"


@pytest.mark.parametrize("resting", [ProductState.OFF_SALE, ProductState.FROZEN])
async def test_taking_it_off_sale_first_is_no_way_around(database: Any, owner: Viewer, resting: ProductState) -> None:
    made = await product(database, owner.shop_id, state=resting)
    saved = await save(database, owner, made, replace(await form(database, made), title="换了一种说法的苹果"))
    assert saved.change_id is not None
    await approve(database, saved.change_id)
    assert ((await row(database, made)).title, (await row(database, made)).state) == ("换了一种说法的苹果", resting)


# ------------------------------------------------------------------------------------------------ prices
@pytest.mark.parametrize(
    ("reviewed", "price", "percent", "near"),
    [
        (1000, 1200, 20, True),
        (1000, 1201, 20, False),
        (1000, 800, 20, True),
        (1000, 799, 20, False),
        (999, 999, 0, True),
    ],
)
def test_a_price_is_near_the_one_that_was_seen(reviewed: int, price: int, percent: int, near: bool) -> None:
    assert is_near(reviewed, price, percent) is near


async def priced(database: Any, owner: Viewer, made: Made, price: int) -> UUID | None:
    now = await form(database, made)
    saved = await save(database, owner, made, replace(now, skus=(replace(now.skus[0], price=price), *now.skus[1:])))
    return saved.change_id


async def test_a_price_moves_by_itself_within_bounds_that_many_small_steps_do_not_widen(
    database: Any, owner: Viewer, apples: Made
) -> None:
    async with database.begin() as uow:
        await uow.session.execute(update(Sku).where(Sku.product_id == apples.id).values(reviewed_price=Sku.price))
    assert await priced(database, owner, apples, 3400) is None
    assert (await row(database, apples)).min_price == 3400
    far = await priced(database, owner, apples, 3700)
    assert far is not None
    await approve(database, far)
    assert await priced(database, owner, apples, 4400) is None  # measured from what was seen last


async def test_the_bounds_are_the_categorys_or_those_above_it(database: Any, owner: Viewer) -> None:
    root = await category(database)
    leaf = await category(database, parent_id=root)
    made = await product(database, owner.shop_id, category_id=leaf, skus=(sku(price=1000),))
    async with database.begin() as uow:
        await policies.save_policy(uow, operator(), root, policies.PolicyWanted(price_free_percent=0))
    assert await priced(database, owner, made, 1001) is not None


# ------------------------------------------------------------------------------------------------ deciding
async def test_one_change_waits_at_a_time(database: Any, owner: Viewer, apples: Made) -> None:
    now = await form(database, apples)
    answers = await asyncio.gather(
        *(save(database, owner, apples, replace(now, subtitle=f"第 {n} 人")) for n in range(5)), return_exceptions=True
    )
    assert sum(isinstance(answer, SavedProduct) for answer in answers) == 1
    assert all(isinstance(answer, SavedProduct | Conflict) for answer in answers)


async def test_a_price_that_moved_meanwhile_is_not_undone_by_another_field(
    database: Any, owner: Viewer, apples: Made
) -> None:
    saved = await save(database, owner, apples, replace(await form(database, apples), title="昭通丑苹果 新名字"))
    assert await priced(database, owner, apples, 3100) is None
    await approve(database, saved.change_id)
    after = await row(database, apples)
    assert (after.title, after.min_price) == ("昭通丑苹果 新名字", 3100)


async def test_what_was_changed_meanwhile_is_named_and_nothing_is_written(
    database: Any, owner: Viewer, apples: Made
) -> None:
    now = await form(database, apples)
    wanted = replace(now, title="昭通丑苹果 新名字", skus=(replace(now.skus[0], price=9900), now.skus[1]))
    saved = await save(database, owner, apples, wanted)
    async with database.begin() as uow:
        await uow.session.execute(update(Sku).where(Sku.id == apples.skus[0]).values(price=3000))
    with pytest.raises(Conflict, match="规格“5 斤”价格"):
        await approve(database, saved.change_id)
    assert (await row(database, apples)).title == now.title
    assert await state(database, saved.change_id) is ChangeState.PENDING


async def test_of_approval_rejection_and_withdrawal_at_once_one_holds(
    database: Any, owner: Viewer, apples: Made
) -> None:
    saved = await save(database, owner, apples, replace(await form(database, apples), title="昭通丑苹果 新名字"))
    assert saved.change_id is not None
    id = saved.change_id

    async def withdraw() -> None:
        async with database.begin() as uow:
            await listings.withdraw_change(uow, owner, id)

    async def reject() -> None:
        async with database.begin() as uow:
            await listings.reject_change(uow, operator(), id, "图文不符")

    answers = await asyncio.gather(withdraw(), reject(), approve(database, id), return_exceptions=True)
    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    assert len(refused) == 2
    assert all(isinstance(answer, WrongState) for answer in refused)
    applied = (await row(database, apples)).title == "昭通丑苹果 新名字"
    assert applied == (await state(database, id) is ChangeState.APPLIED)


async def test_a_rejection_says_why_and_another_change_may_follow(database: Any, owner: Viewer, apples: Made) -> None:
    now = await form(database, apples)
    saved = await save(database, owner, apples, replace(now, title="昭通丑苹果 新名字"))
    assert saved.change_id is not None
    with pytest.raises(Invalid):
        async with database.begin() as uow:
            await listings.reject_change(uow, operator(), saved.change_id, " ")
    async with database.begin() as uow:
        await listings.reject_change(uow, operator(), saved.change_id, "标题与实物不符")
    assert (await save(database, owner, apples, replace(now, title="昭通丑苹果 再改"))).change_id is not None


async def test_another_shops_change_is_not_there(database: Any, owner: Viewer, apples: Made) -> None:
    saved = await save(database, owner, apples, replace(await form(database, apples), title="昭通丑苹果 新名字"))
    assert saved.change_id is not None
    stranger = shopkeeper(await merchant(database))
    with pytest.raises(NotFound):
        async with database.begin() as uow:
            await listings.withdraw_change(uow, stranger, saved.change_id)
    async with database.read() as session:
        with pytest.raises(NotFound):
            await listings.find_change(session, stranger, saved.change_id, frozenset({"edits"}))
        assert await listings.changes_page(session, stranger, None, 1, 20, frozenset()) == ([], 0)


async def test_a_stale_form_is_refused(database: Any, owner: Viewer, apples: Made) -> None:
    now = await form(database, apples)
    with pytest.raises(Conflict):
        await save(database, owner, apples, replace(now, title="昭通丑苹果 新名字", version=7))


# ------------------------------------------------------------------------------------------------ the arithmetic
def wanted(*skus: SkuWanted, **values: Any) -> ProductWanted:
    basis = {"title": "苹果苹果", "category_id": CATEGORY, "origin_code": ZHAOYANG, "storage": "AMBIENT"}
    return ProductWanted(**{**basis, "return_class": "SEVEN_DAYS", "images": (), **values}, skus=skus)  # type: ignore[arg-type]


CATEGORY, FIVE, TEN = (UUID(int=n) for n in (1, 2, 3))


def test_writing_the_differences_over_the_old_gives_the_new() -> None:
    now = wanted(sku("5", 100, 1, id=FIVE), sku("10", 200, 1, id=TEN))
    new = wanted(sku("5", 150, 1, id=FIVE), sku("3", 70, 1, stock=4), title="别的名字", grade="特级")
    edits = differences(now, new)
    after = overlaid(now, edits)
    assert (after.title, after.grade) == ("别的名字", "特级")
    assert [(each.name, each.price, each.id) for each in after.skus] == [("5", 150, FIVE), ("3", 70, None)]
    assert differences(now, now) == []


def test_a_new_sku_of_an_old_name_is_the_old_one() -> None:
    now = wanted(sku("5", 100, 1, id=FIVE), sku("10", 200, 1, id=TEN, active=False))
    edits = differences(now, wanted(sku("5", 100, 1, id=FIVE), sku("10", 210, 1)))
    assert edits == [Edit(f"sku.{TEN}.price", 200, 210), Edit(f"sku.{TEN}.active", False, True)]
