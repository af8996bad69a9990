"""Writing the catalogue: categories, shops, brands, goods with their pictures and stock, banners."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.dialects.postgresql import insert as upsert

from domain import freight
from domain.base import SHANGHAI, UnitOfWork
from domain.crypto import vault
from domain.inventory import OPENED
from models.catalog import Banner, Brand, Category, MarketBasis, Picture, Product, ProductImage, ProductState, Sku
from models.inventory import Stock, StockMove
from models.merchants import Merchant, MerchantState
from models.policies import PlaceStory
from models.pricing import SkuPrice
from server.media import StoredPicture
from server.seeds.catalogue import Good, Shop, SkuSpec, goods, roots, shops, stories
from server.seeds.ids import demo_id, dice_for
from server.seeds.pictures import VIEWS

Pictures = Mapping[str, StoredPicture]

# Goods stand in the shops longer than the oldest order of the demo is old.
SHOWN_DAYS = 66
ALTS = ("", "近看", "产地")
BANNERS = (
    ("autumn", "昭阳苹果 应季鲜果", "从果园到家 一箱一箱现装", "category:apple"),
    ("mountain", "乌蒙山珍 林下来的", "竹荪 天麻 方竹笋", "category:fungus"),
    ("kitchen", "灶头味道 下饭第二碗", "老坛酱 火腿 糊辣椒", "category:sauce"),
    ("craft", "手上的功夫", "竹编 绣片 土陶", "category:embroidery"),
)


def brand_id(name: str) -> UUID:
    return demo_id("brand", name)


async def add_shops(uow: UnitOfWork, pictures: Pictures) -> None:
    stored = {picture.key: picture for picture in pictures.values()}.values()
    rows = [{name: getattr(picture, name) for name in ("key", "width", "height", "byte_size")} for picture in stored]
    # The same picture may have been uploaded already: it is one picture all the same.
    await uow.session.execute(upsert(Picture).on_conflict_do_nothing(), rows)
    await uow.session.execute(insert(Merchant), [_shop(shop, pictures) for shop in shops()])
    await freight.open_freight(uow, {shop.id: _freight(shop) for shop in shops()})
    await uow.session.execute(
        insert(PlaceStory), [{"code": code, "story": told} for code, told in stories("places").items()]
    )
    await uow.session.execute(insert(Brand), [_brand(shop, name, pictures) for shop in shops() for name in shop.brands])


def _shop(shop: Shop, pictures: Pictures) -> dict[str, Any]:
    phone = f"139000000{shop.number:02d}"
    copied = ("id", "name", "slug", "kind", "intro", "sub_mchid", "freight")
    return {
        **{name: getattr(shop, name) for name in copied},
        "state": MerchantState.OPEN,
        "logo_key": pictures[f"shop/{shop.login}/0"].key,
        "region_code": shop.region,
        "licence_number": shop.licence,
        "licence_exemption": shop.exemption,
        "is_platform_owned": shop.own,
        "contact_phone_sealed": vault.seal(phone, table="merchants", column="contact_phone_sealed", row=shop.id),
        "free_freight_from": shop.free_from,
        "opened_at": opened_at(shop),
        "created_at": opened_at(shop),
    }


def _freight(shop: Shop) -> freight.TemplateWanted:
    """One fee for the mainland but for what is too far for fresh goods."""
    far = freight.RuleWanted(deliverable=False, codes=("540000", "650000"), reason="路途较远，暂无法保证时效")
    return replace(freight.flat(shop.freight, shop.free_from), rules=(far,))


def opened_at(shop: Shop) -> datetime:
    return datetime.combine(shop.opened, time(10), SHANGHAI)


def _brand(shop: Shop, name: str, pictures: Pictures) -> dict[str, Any]:
    return {
        "id": brand_id(name),
        "name": name,
        "merchant_id": shop.id,
        "logo_key": pictures[f"brand/{name}/0"].key,
        "story": stories("brands").get(name, ""),
        "created_at": opened_at(shop),
    }


async def add_categories(uow: UnitOfWork, now: datetime) -> None:
    made = now - timedelta(days=400)
    tops: list[dict[str, Any]] = [
        {"id": root.id, "parent_id": None, "slug": root.slug, "name": root.name, "icon": root.slug, "position": k}
        for k, root in enumerate(roots())
    ]
    leaves: list[dict[str, Any]] = [
        {"id": leaf.id, "parent_id": root.id, "slug": leaf.slug, "name": leaf.name, "icon": leaf.slug, "position": k}
        for root in roots()
        for k, leaf in enumerate(root.leaves)
    ]
    await uow.session.execute(insert(Category), [{**row, "created_at": made} for row in (*tops, *leaves)])


async def add_goods(uow: UnitOfWork, pictures: Pictures, now: datetime) -> None:
    month = now.astimezone(SHANGHAI).month
    await uow.session.execute(insert(Product), [_product(good, month, now) for good in goods()])
    # Before the SKUs: the record begins when the goods were put on sale, not when the demo was written.
    await uow.session.execute(insert(SkuPrice), [row for good in goods() for row in _asked(good, month, now)])
    await uow.session.execute(insert(Sku), [row for good in goods() for row in _skus(good, now)])
    await uow.session.execute(insert(ProductImage), [row for good in goods() for row in _images(good, pictures)])
    stocked = [(sku.id, good.stock_in(month, sku), good) for good in goods() for sku in good.skus]
    await uow.session.execute(insert(Stock), [{"sku_id": id, "actual": n, "low_at": 10} for id, n, _ in stocked])
    await uow.session.execute(insert(StockMove), [row for row in _openings(stocked, now)])


def published_at(good: Good, now: datetime) -> datetime:
    """When the goods were put on sale: never before their shop opened, never after the demo's first order."""
    days = dice_for(f"published/{good.key}").randrange(240)
    return max(now - timedelta(days=SHOWN_DAYS + days, minutes=days * 7), min(opened_at(good.shop), now))


def _product(good: Good, month: int, now: datetime) -> dict[str, Any]:
    state = good.state_in(month)
    since = published_at(good, now)
    begins, ends = good.season or (None, None)
    return {
        "id": good.id,
        "merchant_id": good.shop.id,
        "category_id": good.leaf.id,
        "brand_id": brand_id(good.brand),
        "origin_code": good.origin,
        "title": good.title,
        "subtitle": good.subtitle,
        "description": good.description,
        "state": state,
        "storage": good.storage,
        "return_class": good.returns,
        "shelf_life_days": good.keep,
        "harvest_from": begins,
        "harvest_to": ends,
        **good.prices,
        "published_at": None if state in (ProductState.DRAFT, ProductState.IN_REVIEW) else since,
        "created_at": since - timedelta(days=2),
        "updated_at": since,
    }


def _asked(good: Good, month: int, now: datetime) -> Iterable[dict[str, Any]]:
    """What was asked since it is on sale; goods that left the shop went with today."""
    if good.state_in(month) is ProductState.ON_SALE:
        for sku in good.skus:
            yield {"sku_id": sku.id, "since": published_at(good, now), "price": sku.price}


def _compared(good: Good, sku: SkuSpec) -> dict[str, Any]:
    """What the maker suggests for packaged goods, a tenth more in whole yuan."""
    if good.leaf.root != "packaged":
        return {"market_price": None, "market_basis": None, "market_source": ""}
    suggested = -(-sku.price * 11 // 1000) * 100
    source = f"{good.brand} 2026 年产品价目表"[:80]
    return {"market_price": suggested, "market_basis": MarketBasis.SUGGESTED, "market_source": source}


def _limited(good: Good) -> dict[str, Any]:
    """Of tubers that are dug up on order, nobody may have more than a few within a month."""
    few = good.key == "tianma-fresh-box"
    return {"limit_each": 5 if few else None, "limit_days": 30 if few else None}


def _skus(good: Good, now: datetime) -> Iterable[dict[str, Any]]:
    copied = ("id", "name", "price", "weight", "gross_weight")
    for k, sku in enumerate(good.skus):
        yield {
            **{name: getattr(sku, name) for name in copied},
            "product_id": good.id,
            "position": k,
            **_limited(good),
            "created_at": published_at(good, now) - timedelta(days=2),
            **_compared(good, sku),
        }


def _images(good: Good, pictures: Pictures) -> Iterable[dict[str, Any]]:
    for view in range(VIEWS):
        key = pictures[f"product/{good.key}/{view}"].key
        alt = f"{good.title} {ALTS[view]}".strip()[:80]
        yield {"product_id": good.id, "position": view, "key": key, "alt": alt}


def _openings(stocked: Iterable[tuple[UUID, int, Good]], now: datetime) -> Iterable[dict[str, Any]]:
    for id, quantity, good in stocked:
        if quantity:
            yield {
                "id": demo_id("opening", str(id)),
                "sku_id": id,
                "delta": quantity,
                "reason": OPENED,
                "order_id": None,
                "actor": good.shop.owner,
                "created_at": published_at(good, now) - timedelta(days=1),
            }


async def add_banners(uow: UnitOfWork, pictures: Pictures, now: datetime) -> None:
    rows = [
        {
            "id": demo_id("banner", name),
            "title": title,
            "subtitle": subtitle,
            "image_key": pictures[f"banner/{name}/0"].key,
            "link": f"category:{demo_id('category', link.removeprefix('category:'))}",
            "position": k,
            "created_at": now,
        }
        for k, (name, title, subtitle, link) in enumerate(BANNERS)
    ]
    await uow.session.execute(insert(Banner), rows)
