"""Saving a product: what is refused, what follows from the SKUs, and two people saving at once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from domain import catalog
from domain.base import Conflict, Invalid, NotFound, Refusal, Viewer, WrongState
from domain.catalog import per_500g, prices
from domain.catalog.listing import ImageWanted, ProductWanted, Saved
from models.base import new_id
from models.catalog import Product, ProductImage, ProductState, ReturnClass, Sku, StorageClass
from tests.factories.catalog import brand, category, picture, product, sku
from tests.factories.merchants import CITY, SAYU, merchant, shopkeeper


async def save(database: Any, viewer: Viewer, wanted: ProductWanted, id: UUID | None = None) -> Saved:
    async with database.begin() as uow:
        return await catalog.save_product(uow, viewer, id, wanted)


@pytest.fixture
async def owner(database: Any) -> Viewer:
    return shopkeeper(await merchant(database))


@pytest.fixture
async def apples(database: Any, owner: Viewer) -> ProductWanted:
    return ProductWanted(
        title="昭通丑苹果 5 斤装",
        category_id=await category(database),
        origin_code=SAYU,
        storage=StorageClass.AMBIENT,
        return_class=ReturnClass.NO_RETURN_BY_LAW,
        images=(ImageWanted(await picture(database, merchant_id=owner.merchant_id), "红苹果"),),
        skus=(sku("5 斤", 2990, 2500, stock=80), sku("10 斤", 4990, 5000, stock=40)),
        harvest_from=9,
        harvest_to=11,
    )


async def skus(database: Any, id: UUID) -> dict[str, Any]:
    async with database.read() as session:
        rows = (await session.execute(select(Sku).where(Sku.product_id == id))).scalars()
        return {row.name: row for row in rows}


async def one(database: Any, id: UUID) -> Any:
    async with database.read() as session:
        return await session.scalar(select(Product).where(Product.id == id))


# ------------------------------------------------------------------------------------------------ prices
@pytest.mark.parametrize(
    ("price", "weight", "expected"),
    [
        (3990, 2500, 798),
        (1, 1000, 1),  # half a fen rounds up
        (1, 1001, 0),
        (2990, 0, None),
        (100_000_000, 1, 50_000_000_000),
        (3333, 500, 3333),
        (1000, 3000, 167),
    ],
)
def test_the_price_of_500_g_rounds_half_up(price: int, weight: int, expected: int | None) -> None:
    assert per_500g(price, weight) == expected


def test_a_product_says_the_lowest_of_its_skus() -> None:
    listed = [sku("a", 2990, 2500), sku("b", 4990, 5000), sku("礼盒", 9900, 0, gross_weight=2000)]
    assert prices.summary(listed) == {"min_price": 2990, "max_price": 9900, "price_per_500g": 499}
    assert prices.summary([]) == {"min_price": 0, "max_price": 0, "price_per_500g": None}


# ------------------------------------------------------------------------------------------------ saving
async def test_a_new_product_is_a_draft_with_opening_stock(database: Any, owner: Viewer, apples: ProductWanted) -> None:
    saved = await save(database, owner, replace(apples, skus=(*apples.skus, sku("旧装", 100, 500, active=False))))
    row, made = await one(database, saved.id), await skus(database, saved.id)
    assert (row.state, row.version, row.merchant_id) == (ProductState.DRAFT, 1, owner.merchant_id)
    assert (row.min_price, row.max_price, row.price_per_500g) == (2990, 4990, 499)
    assert saved.openings == {made["5 斤"].id: 80, made["10 斤"].id: 40, made["旧装"].id: 0}


async def test_skus_are_changed_added_and_taken_off_sale(database: Any, owner: Viewer, apples: ProductWanted) -> None:
    saved = await save(database, owner, apples)
    before = await skus(database, saved.id)
    five = replace(apples.skus[0], id=before["5 斤"].id, price=2590, stock=999)
    again = await save(
        database, owner, replace(apples, skus=(sku("3 斤", 1990, 1500, stock=7), five), version=1), saved.id
    )
    after = await skus(database, saved.id)
    assert again.openings == {after["3 斤"].id: 7}
    assert (after["5 斤"].id, after["5 斤"].price, after["5 斤"].position) == (before["5 斤"].id, 2590, 1)
    assert not after["10 斤"].active
    row = await one(database, saved.id)
    assert (row.min_price, row.max_price, row.version) == (1990, 2590, 2)


async def test_a_sku_that_left_comes_back_by_its_name(database: Any, owner: Viewer, apples: ProductWanted) -> None:
    saved = await save(database, owner, apples)
    before = await skus(database, saved.id)
    only = (replace(apples.skus[0], id=before["5 斤"].id),)
    await save(database, owner, replace(apples, skus=only, version=1), saved.id)
    back = await save(database, owner, replace(apples, skus=(*only, apples.skus[1]), version=2), saved.id)
    after = await skus(database, saved.id)
    assert back.openings == {}
    assert after["10 斤"].id == before["10 斤"].id
    assert after["10 斤"].active


async def test_names_may_change_hands(database: Any, owner: Viewer, apples: ProductWanted) -> None:
    saved = await save(database, owner, apples)
    before = await skus(database, saved.id)
    five, ten = before["5 斤"].id, before["10 斤"].id
    swapped = (replace(apples.skus[0], id=ten), replace(apples.skus[1], id=five))
    await save(database, owner, replace(apples, skus=swapped, version=1), saved.id)
    assert {name: row.id for name, row in (await skus(database, saved.id)).items()} == {"5 斤": ten, "10 斤": five}
    # And from one that leaves: the other takes its name.
    await save(database, owner, replace(apples, skus=(replace(apples.skus[0], id=five),), version=2), saved.id)
    after = await skus(database, saved.id)
    assert after["5 斤"].id == five
    assert [row.active for name, row in after.items() if name != "5 斤"] == [False]


async def test_saving_over_somebody_elses_change_is_refused(
    database: Any, owner: Viewer, apples: ProductWanted
) -> None:
    saved = await save(database, owner, apples)
    made = await skus(database, saved.id)
    kept = tuple(replace(each, id=made[each.name].id) for each in apples.skus)
    wanted = replace(apples, skus=kept, version=1)
    answers = await asyncio.gather(
        *(save(database, owner, replace(wanted, subtitle=f"第 {n} 人"), saved.id) for n in range(5)),
        return_exceptions=True,
    )
    assert sum(isinstance(answer, Saved) for answer in answers) == 1
    assert sum(isinstance(answer, Conflict) for answer in answers) == 4
    with pytest.raises(Invalid):
        await save(database, owner, replace(wanted, version=None), saved.id)
    assert (await one(database, saved.id)).version == 2


async def test_a_product_in_review_is_not_changed(database: Any, owner: Viewer, apples: ProductWanted) -> None:
    assert owner.merchant_id is not None
    made = await product(database, owner.merchant_id, state=ProductState.IN_REVIEW, published_at=None)
    with pytest.raises(WrongState):
        await save(database, owner, replace(apples, version=1), made.id)


async def test_another_shops_product_is_not_there(database: Any, owner: Viewer, apples: ProductWanted) -> None:
    made = await product(database, await merchant(database))
    with pytest.raises(NotFound):
        await save(database, owner, replace(apples, version=1), made.id)
    with pytest.raises(NotFound):
        await save(database, owner, replace(apples, version=1), new_id())
    # Nor may a product take in another one's SKU.
    with pytest.raises(NotFound):
        await save(database, owner, replace(apples, skus=(replace(sku(), id=made.skus[0]),)))


async def test_pictures_are_kept_in_order(database: Any, owner: Viewer, apples: ProductWanted) -> None:
    more = ImageWanted(await picture(database), "平台图")
    saved = await save(database, owner, replace(apples, images=(*apples.images, more)))
    made = await skus(database, saved.id)
    kept = tuple(replace(each, id=made[each.name].id) for each in apples.skus)
    await save(database, owner, replace(apples, images=(more, *apples.images), skus=kept, version=1), saved.id)
    async with database.read() as session:
        chosen = select(ProductImage.key).where(ProductImage.product_id == saved.id).order_by(ProductImage.position)
        assert list(await session.scalars(chosen)) == [more.key, apples.images[0].key]


# ------------------------------------------------------------------------------------------------ refusals
SKU = sku()
REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"title": "苹果"}, "title"),
    ({"title": "长" * 61}, "title"),
    ({"title": "坏\x00标题吗"}, "title"),
    ({"subtitle": "长" * 81}, "subtitle"),
    ({"description": "长" * 5001}, "description"),
    ({"shelf_life_days": 0}, "shelfLifeDays"),
    ({"shelf_life_days": 2**31 - 1}, "shelfLifeDays"),
    ({"harvest_from": None}, "harvestFrom"),
    ({"harvest_to": None}, "harvestTo"),
    ({"harvest_from": 0}, "harvestFrom"),
    ({"harvest_to": 13}, "harvestTo"),
    ({"origin_code": CITY}, "originCode"),
    ({"origin_code": "999999"}, "originCode"),
    ({"origin_code": "\x00"}, "originCode"),
    ({"category_id": new_id()}, "categoryId"),
    ({"brand_id": new_id()}, "brandId"),
    ({"images": (ImageWanted("0" * 64),)}, "images"),
    ({"images": (ImageWanted("../../etc/passwd"),)}, "images"),
    ({"images": tuple(ImageWanted(f"{n:064x}") for n in range(10))}, "images"),
    ({"images": (ImageWanted("a" * 64), ImageWanted("a" * 64))}, "images"),
    ({"skus": ()}, "skus"),
    ({"skus": tuple(sku(f"规格{n}") for n in range(21))}, "skus"),
    ({"skus": (SKU, replace(SKU, name=f" {SKU.name} "))}, "skus"),
    ({"skus": (replace(SKU, active=False),)}, "skus"),
    ({"skus": (replace(SKU, name=""),)}, "skus.0.name"),
    ({"skus": (replace(SKU, name="长" * 41),)}, "skus.0.name"),
    ({"skus": (replace(SKU, price=0),)}, "skus.0.price"),
    ({"skus": (replace(SKU, price=-1),)}, "skus.0.price"),
    ({"skus": (replace(SKU, price=100_000_001),)}, "skus.0.price"),
    ({"skus": (replace(SKU, market_price=SKU.price),)}, "skus.0.marketPrice"),
    ({"skus": (replace(SKU, market_price=2**53),)}, "skus.0.marketPrice"),
    ({"skus": (SKU, replace(SKU, name="b", weight=-1))}, "skus.1.weight"),
    ({"skus": (replace(SKU, weight=1_000_001),)}, "skus.0.weight"),
    ({"skus": (replace(SKU, gross_weight=SKU.weight - 1),)}, "skus.0.grossWeight"),
    ({"skus": (replace(SKU, weight=0, gross_weight=0),)}, "skus.0.grossWeight"),
]


@pytest.mark.parametrize(("change", "field"), REFUSED, ids=lambda value: value if isinstance(value, str) else "")
async def test_what_may_not_be_sold_is_refused_by_its_field(
    database: Any, owner: Viewer, apples: ProductWanted, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        await save(database, owner, replace(apples, **change))
    assert refused.value.field == field
    async with database.read() as session:
        assert await session.scalar(select(Product.id)) is None


async def test_a_parent_category_and_foreign_things_are_refused(
    database: Any, owner: Viewer, apples: ProductWanted
) -> None:
    other = await merchant(database)
    await category(database, parent_id=apples.category_id)
    own = await brand(database, merchant_id=owner.merchant_id)
    for change, field in (
        ({}, "categoryId"),
        ({"category_id": await category(database), "brand_id": await brand(database, merchant_id=other)}, "brandId"),
        (
            {
                "category_id": await category(database),
                "brand_id": own,
                "images": (ImageWanted(await picture(database, merchant_id=other)),),
            },
            "images",
        ),
    ):
        with pytest.raises(Invalid) as refused:
            await save(database, owner, replace(apples, **change))
        assert refused.value.field == field
    assert (await save(database, owner, replace(apples, category_id=await category(database), brand_id=own))).id
