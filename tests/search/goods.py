"""A small stock of Zhaotong goods for the tests of searching."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from domain.base import Database, clock
from models.base import new_id
from models.catalog import Brand, Category, Product, ProductAttribute, ProductState, ReturnClass, Sku, StorageClass
from models.inventory import Stock
from models.merchants import Merchant, MerchantKind, Region, RegionLevel
from models.policies import Attribute, AttributeKind

REGIONS = [
    ("530600", "昭通市", RegionLevel.CITY, None),
    ("530602", "昭阳区", RegionLevel.COUNTY, "530600"),
    ("530624", "大关县", RegionLevel.COUNTY, "530600"),
    ("530627", "镇雄县", RegionLevel.COUNTY, "530600"),
    ("530628", "彝良县", RegionLevel.COUNTY, "530600"),
    ("530628109", "小草坝镇", RegionLevel.TOWN, "530628"),
]


# The last one has marks of the engine's language in it.
KINDS = ["红富士", "丑苹果", '大"樱桃\\']
# Name, category, kind and what else an attribute has.
ATTRIBUTES: list[tuple[str, str, AttributeKind, dict[str, Any]]] = [
    ("采收", "药材", AttributeKind.ENUM, {"options": ["冬季", "春季"], "filterable": True, "position": 1}),
    ("果径", "水果", AttributeKind.NUMBER, {"unit": "mm", "filterable": True, "position": 1}),
    (
        "品种",
        "水果",
        AttributeKind.ENUM,
        {"options": ["红富士", "丑苹果", '大"樱桃\\'], "filterable": True, "position": 2},
    ),
    ("套袋", "水果", AttributeKind.BOOLEAN, {"filterable": True, "position": 3}),
    # Not to filter by.
    ("故事", "水果", AttributeKind.TEXT, {"position": 4}),
]
SAID = {
    "昭通红富士苹果": {"果径": "80", "品种": "红富士", "套袋": "true", "故事": "洒渔"},
    "昭通丑苹果 5斤装": {"果径": "75", "品种": "丑苹果", "套袋": "false"},
    "冷冻樱桃": {"果径": "28.5", "品种": KINDS[-1]},
    "彝良小草坝乌天麻": {"采收": "冬季"},
    "小草坝天麻片": {"采收": "春季"},
}

# Latitude and longitude; nobody knows where 镇雄县 is.
SEATS = {"530602": (27.320075, 103.706539), "530624": (27.747978, 103.891146), "530628": (27.625418, 104.048289)}


@dataclass
class Goods:
    """Ids by name of what `stock_up` made."""

    products: dict[str, UUID] = field(default_factory=dict)
    categories: dict[str, UUID] = field(default_factory=dict)
    brands: dict[str, UUID] = field(default_factory=dict)
    merchants: dict[str, UUID] = field(default_factory=dict)
    attributes: dict[str, UUID] = field(default_factory=dict)

    def titles(self, ids: list[UUID]) -> list[str]:
        by_id = {id: title for title, id in self.products.items()}
        return [by_id[id] for id in ids]


async def stock_up(database: Database) -> Goods:
    """Nine products of two shops, four categories in a tree with attributes, two brands."""
    goods = Goods()
    async with database.begin() as uow:
        await _regions(uow.session)
        for name, slug, place in (("小草坝天麻合作社", "tianma", "530628109"), ("昭阳果业", "guoye", "530602")):
            goods.merchants[name] = await add_merchant(uow.session, name, slug, place)
        for name, slug, parent in (
            ("药材", "herbs", None),
            ("天麻", "gastrodia", "药材"),
            ("水果", "fruit", None),
            ("山货", "mountain", None),
        ):
            goods.categories[name] = await _insert(
                uow.session, Category, slug=slug, name=name, parent_id=goods.categories.get(parent or "")
            )
        for name, category, kind, rest in ATTRIBUTES:
            goods.attributes[name] = await _insert(
                uow.session, Attribute, category_id=goods.categories[category], name=name, kind=kind, **rest
            )
        for name in ("乌蒙山宝", "昭通红"):
            goods.brands[name] = await _insert(uow.session, Brand, name=name)
    fruit = {"category": "水果", "merchant": "昭阳果业", "origin": "530602", "harvest": (8, 11)}
    herbs = {"category": "天麻", "merchant": "小草坝天麻合作社", "origin": "530628109", "brand": "乌蒙山宝"}
    hills = {"category": "山货", "merchant": "昭阳果业", "origin": "530624"}
    await add_product(database, goods, "昭通红富士苹果", price=3980, sold=900, brand="昭通红", **fruit)
    await add_product(database, goods, "昭通丑苹果 5斤装", price=2980, sold=700, **fruit)
    await add_product(database, goods, "彝良小草坝乌天麻", price=29800, sold=300, **herbs)
    await add_product(database, goods, "小草坝天麻片", price=12800, sold=500, in_stock=False, **herbs)
    await add_product(database, goods, "镇雄天麻", price=9900, sold=100, **{**herbs, "origin": "530627", "brand": None})
    await add_product(database, goods, "大关方竹笋", price=4500, sold=400, harvest=(9, 2), **hills)
    await add_product(database, goods, "大关核桃", price=3500, sold=350, **hills)
    await add_product(database, goods, "高山洋芋", price=1980, sold=800, **{**hills, "origin": "530602"})
    await add_product(database, goods, "冷冻樱桃", price=5900, sold=50, storage=StorageClass.FROZEN, **fruit)
    for title, said in SAID.items():
        await say(database, goods, title, said)
    return goods


async def say(database: Database, goods: Goods, title: str, said: dict[str, str]) -> None:
    """What a product says under attributes, by their names."""
    rows = [{"attribute_id": goods.attributes[name], "value": value} for name, value in said.items()]
    async with database.begin() as uow:
        for row in rows:
            await uow.session.execute(insert(ProductAttribute).values(product_id=goods.products[title], **row))


async def add_merchant(session: Any, name: str, slug: str, place: str = "530602") -> UUID:
    return await _insert(
        session,
        Merchant,
        name=name,
        slug=slug,
        kind=MerchantKind.COOPERATIVE,
        region_code=place,
        licence_number=f"licence-{slug}",
        sub_mchid="1900000109",
        opened_at=clock.now(),
    )


async def add_product(
    database: Database,
    goods: Goods,
    title: str,
    *,
    category: str,
    merchant: str,
    origin: str,
    price: int,
    sold: int = 0,
    brand: str | None = None,
    harvest: tuple[int, int] | None = None,
    storage: StorageClass = StorageClass.AMBIENT,
    in_stock: bool = True,
) -> UUID:
    begins, ends = harvest or (None, None)
    async with database.begin() as uow:
        product_id = await _insert(
            uow.session,
            Product,
            title=title,
            merchant_id=goods.merchants[merchant],
            category_id=goods.categories[category],
            brand_id=goods.brands[brand] if brand else None,
            origin_code=origin,
            state=ProductState.ON_SALE,
            storage=storage,
            return_class=ReturnClass.SEVEN_DAYS,
            harvest_from=begins,
            harvest_to=ends,
            min_price=price,
            max_price=price,
            sold_count=sold,
            published_at=clock.now(),
            updated_at=clock.now(),
        )
        sku_id = await _insert(
            uow.session, Sku, product_id=product_id, name="标准装", price=price, weight=500, gross_weight=600
        )
        await uow.session.execute(insert(Stock).values(sku_id=sku_id, actual=10 if in_stock else 0, held=0))
    goods.products[title] = product_id
    return product_id


async def _regions(session: Any) -> None:
    named = [
        {"code": code, "name": name, "full_name": name, "level": level, "parent_code": parent}
        for code, name, level, parent in REGIONS
    ]
    nowhere = (None, None)
    rows = [row | dict(zip(("latitude", "longitude"), SEATS.get(row["code"], nowhere), strict=True)) for row in named]
    # Regions outlive a test, and one before this may have made them without a seat.
    new = insert(Region).values(rows)
    seated = {name: new.excluded[name] for name in ("latitude", "longitude")}
    await session.execute(new.on_conflict_do_update(index_elements=["code"], set_=seated))


async def _insert(session: Any, model: Any, **values: Any) -> UUID:
    id = new_id()
    await session.execute(insert(model).values(id=id, **values))
    return id
