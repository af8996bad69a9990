"""The demo's catalogue as it is written down in `data/`: categories, shops and goods, read once and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from domain.catalog.prices import summary
from domain.catalog.seasons import in_season
from models.catalog import ProductState, ReturnClass, StorageClass
from models.merchants import MerchantKind
from server.seeds.drawing.compose import Recipe
from server.seeds.ids import demo_id

DATA = Path(__file__).parent / "data"
# What a shop has of goods that are sold in their season only, while it lasts.
SEASONAL_STOCK = 150


@dataclass(frozen=True)
class Leaf:
    """A category that holds goods, and what its goods have in common."""

    slug: str
    name: str
    root: str
    storage: StorageClass
    returns: ReturnClass
    note: str

    @property
    def id(self) -> UUID:
        return demo_id("category", self.slug)


@dataclass(frozen=True)
class Root:
    slug: str
    name: str
    leaves: tuple[Leaf, ...]

    @property
    def id(self) -> UUID:
        return demo_id("category", self.slug)


@dataclass(frozen=True)
class Shop:
    """A shop. `freight` and `free_from` in fen; `art` is the sprite on its sign."""

    login: str
    slug: str
    name: str
    kind: MerchantKind
    region: str
    licence: str | None
    exemption: str | None
    freight: int
    free_from: int | None
    art: str
    owner: str
    opened: date
    own: bool
    brands: tuple[str, ...]
    intro: str

    @property
    def id(self) -> UUID:
        return demo_id("merchant", self.login)

    @property
    def number(self) -> int:
        return int(self.login.removeprefix("shop"))

    @property
    def sub_mchid(self) -> str:
        return str(1_900_100_000 + self.number)


@dataclass(frozen=True)
class SkuSpec:
    """Price in fen, weights in grams (net 0: not sold by weight), stock in sale units."""

    id: UUID
    name: str
    price: int
    weight: int
    gross_weight: int
    stock: int


@dataclass(frozen=True)
class Good:
    key: str
    title: str
    subtitle: str
    description: str
    leaf: Leaf
    shop: Shop
    origin: str
    brand: str
    art: tuple[str, str, str]
    season: tuple[int, int] | None
    keep: int | None
    storage: StorageClass
    returns: ReturnClass
    state: ProductState
    only_in_season: bool
    # How much people like it, 1 to 10: how often it is ordered.
    appeal: int
    skus: tuple[SkuSpec, ...]

    @property
    def id(self) -> UUID:
        return demo_id("product", self.key)

    @property
    def recipe(self) -> Recipe:
        main, prop, side = self.art
        return Recipe(self.key, main, prop, side, self.origin[:6])

    @property
    def prices(self) -> dict[str, int | None]:
        return summary(self.skus)

    def state_in(self, month: int) -> ProductState:
        """Goods of a short season leave the shop when it is over."""
        if self.only_in_season and not self.in_season(month):
            return ProductState.OFF_SALE
        return self.state

    def stock_in(self, month: int, sku: SkuSpec) -> int:
        if not self.only_in_season:
            return sku.stock
        return SEASONAL_STOCK if self.in_season(month) else 0

    def in_season(self, month: int) -> bool:
        begins, ends = self.season or (None, None)
        return in_season(begins, ends, month)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def roots() -> tuple[Root, ...]:
    return tuple(_root(raw) for raw in _read("categories")["root"])


def _root(raw: dict[str, Any]) -> Root:
    leaves = (_leaf({**raw, **leaf}, raw["slug"]) for leaf in raw["leaf"])
    return Root(raw["slug"], raw["name"], tuple(leaves))


def _leaf(raw: dict[str, Any], root: str) -> Leaf:
    storage = StorageClass(raw.get("storage", "AMBIENT"))
    returns = ReturnClass(raw.get("returns", "SEVEN_DAYS"))
    return Leaf(raw["slug"], raw["name"], root, storage, returns, raw["note"])


@cache
def shops() -> tuple[Shop, ...]:
    return tuple(_shop(raw) for raw in _read("shops")["shop"])


def _shop(raw: dict[str, Any]) -> Shop:
    rest = {"licence": None, "exemption": None, "free_from": None, "own": False, **raw}
    return Shop(**{**rest, "kind": MerchantKind(raw["kind"]), "brands": tuple(raw["brands"])})


@cache
def stories(kind: str) -> Mapping[str, str]:
    """What the pages tell: of `places` by code, of `brands` by name."""
    return {key: told.strip() for key, told in _read("stories")[kind].items()}


@cache
def goods() -> tuple[Good, ...]:
    leaves = {leaf.slug: leaf for root in roots() for leaf in root.leaves}
    by_login = {shop.login: shop for shop in shops()}
    files = sorted(path.stem for path in DATA.glob("goods_*.toml"))
    return tuple(_good(raw, leaves, by_login) for file in files for raw in _read(file)["goods"])


def _good(raw: dict[str, Any], leaves: dict[str, Leaf], by_login: dict[str, Shop]) -> Good:
    leaf_slug, login, origin, brand = raw["at"]
    leaf = leaves[leaf_slug]
    season: Sequence[int] | None = raw.get("season")
    return Good(
        key=raw["id"],
        title=raw["title"],
        subtitle=raw["subtitle"],
        description=raw["text"] + leaf.note,
        leaf=leaf,
        shop=by_login[login],
        origin=origin,
        brand=brand,
        art=tuple(raw["art"]),
        season=(season[0], season[1]) if season else None,
        keep=raw.get("keep"),
        storage=StorageClass(raw.get("storage", leaf.storage)),
        returns=ReturnClass(raw.get("returns", leaf.returns)),
        state=ProductState(raw.get("state", "ON_SALE")),
        only_in_season=raw.get("only_in_season", False),
        appeal=raw["appeal"],
        skus=tuple(SkuSpec(demo_id("sku", f"{raw['id']}/{k}"), *sku) for k, sku in enumerate(raw["skus"])),
    )
