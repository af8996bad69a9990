"""Shops and products by the thousand: the demo's goods again and again, from other towns at other prices."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.catalog.prices import summary
from domain.inventory import OPENED
from models.catalog import ProductState
from models.merchants import MerchantKind, MerchantState
from server.seeds.catalogue import Good, SkuSpec, goods
from server.seeds.ids import dice_for
from server.seeds.regions import region_rows

Rows = Iterator[tuple[str, dict[str, Any]]]

STOCK = 100_000
SHOWN = timedelta(days=200)
EPOCH = 1_700_000_000_000


def block_id(kind: int, block: int, number: int, at: datetime | None = None) -> UUID:
    """An id as a UUIDv7 has it, so that indexes grow as they do in life, but the same each time.

    `kind` keeps tables apart; `at` is the moment in its front, without which the number stands for it.
    """
    front = int(at.timestamp() * 1000) if at else EPOCH + number
    rest = (kind << 50) | (block << 40) | number
    return UUID(int=(front << 80) | (7 << 76) | ((kind & 0xFFF) << 64) | (2 << 62) | (rest & (2**62 - 1)))


@dataclass(frozen=True)
class BulkProduct:
    """A product of a block; `shop` is the shop's number in the block."""

    id: UUID
    number: int
    shop: int
    title: str
    origin: str
    good: Good
    skus: tuple[SkuSpec, ...]
    cover: str


class BulkGoods:
    """The shops and products of one block. Of the demo's are `pictures` (product, key, position) and what its goods
    `said` under attributes (product, attribute, value)."""

    def __init__(
        self,
        block: int,
        products: int,
        shops: int,
        pictures: Sequence[tuple[UUID, str, int]],
        said: Sequence[tuple[UUID, UUID, str]],
        now: datetime,
    ) -> None:
        self.block, self.now, self._shops = block, now, shops
        self._towns = [row for row in region_rows() if len(row["code"]) == 9]
        self._pictures: defaultdict[UUID, list[tuple[int, str]]] = defaultdict(list)
        for product, key, position in pictures:
            self._pictures[product].append((position, key))
        self._said: defaultdict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
        for product, attribute, value in said:
            self._said[product].append((attribute, value))
        self._known = [good for good in goods() if good.state is ProductState.ON_SALE]
        self.all = [self._product(k) for k in range(products)]

    def merchant_id(self, shop: int) -> UUID:
        return block_id(1, self.block, shop)

    def sub_mchid(self, shop: int) -> str:
        return str(1_900_000_000 + 1000 + (self.block % 90) * 1000 + shop)

    def _product(self, number: int) -> BulkProduct:
        dice = dice_for(f"bulk{self.block}/{number}")
        good = dice.choice(self._known)
        town = dice.choice(self._towns)
        title = f"{good.title} {town['name']}{self.block * 100_000 + number + 1}号"[:80]
        cover = min(self._pictures[good.id])[1]
        skus = tuple(self._sku(number, k, sku, dice) for k, sku in enumerate(good.skus))
        return BulkProduct(
            block_id(2, self.block, number), number, number % self._shops, title, town["code"], good, skus, cover
        )

    def _sku(self, number: int, k: int, sku: SkuSpec, dice: random.Random) -> SkuSpec:
        price = max(100, round(sku.price * dice.uniform(0.85, 1.2) / 10) * 10)
        id = block_id(3, self.block, number * 8 + k)
        return SkuSpec(id, sku.name, price, sku.weight, sku.gross_weight, STOCK)

    # -------------------------------------------------------------------------------------- rows
    def products(self, sold: Mapping[UUID, int]) -> Iterator[Rows]:
        """The rows of each product, and before the first of a shop those of the shop. `sold` by SKU."""
        by_shop: defaultdict[int, int] = defaultdict(int)
        for product in self.all:
            by_shop[product.shop] += sum(sold.get(sku.id, 0) for sku in product.skus)
        for product in self.all:
            yield self._rows(product, sold, by_shop[product.shop])

    def _rows(self, product: BulkProduct, sold: Mapping[UUID, int], shop_sold: int) -> Rows:
        if product.number < self._shops:
            yield "merchants", self._merchant(product.shop, shop_sold)
            yield from self._freight(product.shop)
            yield "brands", self._brand(product.shop)
        since = self.now - SHOWN - timedelta(minutes=product.number % 9000)
        yield "products", self._product_row(product, since, sum(sold.get(sku.id, 0) for sku in product.skus))
        for position, key in sorted(self._pictures[product.good.id]):
            yield (
                "product_images",
                {"product_id": product.id, "position": position, "key": key, "alt": product.title},
            )
        for attribute, value in self._said[product.good.id]:
            yield "product_attributes", {"product_id": product.id, "attribute_id": attribute, "value": value}
        for k, sku in enumerate(product.skus):
            yield "skus", self._sku_row(product, sku, k, since)
            left = sku.stock - sold.get(sku.id, 0)
            yield "stock", {"sku_id": sku.id, "actual": left, "held": 0, "low_at": 10, "version": 1}
            yield "stock_moves", self._opening(sku, product.number * 8 + k, since)

    def _merchant(self, shop: int, sold: int) -> dict[str, Any]:
        town = self._towns[(shop * 7 + self.block) % len(self._towns)]
        since = self.now - SHOWN - timedelta(days=30)
        return {
            "id": self.merchant_id(shop),
            "name": f"{town['name']}演示商户{self.block + 1}-{shop + 1}",
            "slug": f"bulk-{self.block}-{shop}",
            "kind": MerchantKind.COOPERATIVE.name,
            "state": MerchantState.OPEN.name,
            "state_reason": "",
            "intro": "用于性能测量的演示商户，不对应任何真实经营者。",
            "region_code": town["code"],
            "licence_number": f"93DEMO{self.block:03d}{shop:05d}",
            "is_platform_owned": False,
            "sub_mchid": self.sub_mchid(shop),
            "freight": 600,
            "free_freight_from": 8800,
            "sold_count": sold,
            "opened_at": since,
            "created_at": since,
        }

    def _freight(self, shop: int) -> Rows:
        """One fee an order, as the shop's page says."""
        id, since = block_id(40, self.block, shop), self.now - SHOWN
        merchant = self._merchant(shop, 0)
        template = {"id": id, "merchant_id": merchant["id"], "name": "默认运费", "unit": "PIECE", "is_default": True}
        yield "freight_templates", {**template, "cold_fee": 0, "version": 1, "updated_at": since, "created_at": since}
        rule = {"template_id": id, "position": 0, "deliverable": True, "reason": "", "first": 1, "step": 1}
        yield "freight_rules", {**rule, "first_fee": merchant["freight"], "step_fee": 0}
        free = {"template_id": id, "position": 0, "codes": []}
        yield "freight_frees", {**free, "from_amount": merchant["free_freight_from"]}

    def _brand(self, shop: int) -> dict[str, Any]:
        name = f"演示品牌{self.block + 1}-{shop + 1}"
        return {"id": block_id(4, self.block, shop), "name": name, "merchant_id": self.merchant_id(shop)}

    def _product_row(self, product: BulkProduct, since: datetime, sold: int) -> dict[str, Any]:
        good = product.good
        begins, ends = good.season or (None, None)
        return {
            "id": product.id,
            "merchant_id": self.merchant_id(product.shop),
            "category_id": good.leaf.id,
            "brand_id": block_id(4, self.block, product.shop),
            "origin_code": product.origin,
            "title": product.title,
            "subtitle": good.subtitle,
            "description": good.description,
            "state": ProductState.ON_SALE.name,
            "storage": good.storage.name,
            "return_class": good.returns.name,
            "shelf_life_days": good.keep,
            "harvest_from": begins,
            "harvest_to": ends,
            **summary(product.skus),
            "sold_count": sold,
            "published_at": since,
            "created_at": since,
            "updated_at": since,
            "version": 1,
        }

    def _sku_row(self, product: BulkProduct, sku: SkuSpec, position: int, since: datetime) -> dict[str, Any]:
        return {
            "id": sku.id,
            "product_id": product.id,
            "name": sku.name,
            "price": sku.price,
            "weight": sku.weight,
            "gross_weight": sku.gross_weight,
            "active": True,
            "position": position,
            "created_at": since,
        }

    def _opening(self, sku: SkuSpec, number: int, since: datetime) -> dict[str, Any]:
        return {
            "id": block_id(5, self.block, number, since),
            "sku_id": sku.id,
            "delta": sku.stock,
            "reason": OPENED,
            "order_id": None,
            "created_at": since,
        }
