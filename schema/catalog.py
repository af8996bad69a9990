"""Categories, brands, products and their SKUs, banners; what the consoles send to change them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain import catalog, inventory, listings, merchants, policies, reviews
from domain.base import ViewerKind
from domain.media import shown_at
from models.base import Fen
from models.catalog import MarketBasis, ProductState, ReturnClass, SoldBy, StorageClass
from models.policies import AttributeKind
from schema.audience import internal
from schema.base import Info, NumberedPage, Refused
from schema.merchants import Merchant, Region
from schema.origins import Brand as Brand
from schema.pictures import Clip as Clip
from schema.pictures import Image as Image
from schema.policies import day_of
from schema.pricing import RunningCampaign
from schema.ratings import ReviewSummary
from schema.relations import RowType, derived, looked_up, many, one, reads

strawberry.enum(ProductState)
strawberry.enum(
    SoldBy,
    description="By the piece, by a packed weight, or weighed after it was ordered: then the weight of a SKU is an "
    "estimate, and its price is what is paid for now.",
)
strawberry.enum(StorageClass, description="How goods are kept and sent: at room temperature, chilled, frozen.")
strawberry.enum(
    ReturnClass,
    description="How the seven-day return right applies: by law, not by law (fresh goods …), "
    "or only with the buyer's confirmation.",
)

strawberry.enum(
    MarketBasis,
    description="What a struck-through price is: at most the lowest the shop asked in the seven days before the price "
    "went down, or what the maker suggests.",
)
strawberry.enum(catalog.MerchantStep, name="MerchantProductStep")
strawberry.enum(catalog.PlatformStep, name="PlatformProductStep")


STRUCK = ("market_price", "market_basis", "lowest_before")


def _same(value: int | None) -> int | None:
    return value


def _basis_or_none(value: str | None) -> MarketBasis | None:
    return None if value is None else MarketBasis(value)


@strawberry.type(description="A shelf of the catalogue; shelves hang in a tree of at most three levels.")
class Category(RowType):
    id: UUID
    slug: str = strawberry.field(description="The category in an address, lower-case ASCII.")
    name: str
    icon: str | None = strawberry.field(description="Name of a symbol of our own pages.")
    parent_id: UUID | None
    children: list[Category] = many(catalog.categories_by_parent, key="id")
    position: int = strawberry.field(description="Order among its siblings, lowest first.")

    product_count: int = looked_up(
        catalog.product_counts_by_category,
        "count",
        key="id",
        missing=0,
        description="Products on sale in it and in everything below it.",
    )


@strawberry.type(description="From `since` on a SKU was offered for `price`.")
class PriceChange(RowType):
    since: datetime
    price: Fen | None = strawberry.field(description="In fen; null: it was not on sale.")


@strawberry.type(description="One size or packing of a product: what is priced and bought.")
class Sku(RowType):
    id: UUID
    product_id: UUID
    product: Product = one(catalog.products_by_id, key="product_id")
    name: str
    price: Fen = strawberry.field(description="What one piece costs now, in fen. Freight is not in it.")
    market_price: Fen | None = derived(
        catalog.struck_price,
        *STRUCK,
        description="The price to compare with, in fen: above `price`, and null unless it holds by law now. "
        "Show it with `marketNote` only.",
    )
    market_basis: MarketBasis | None = derived(catalog.struck_basis, *STRUCK, description="What `marketPrice` is.")
    market_note: str | None = derived(
        catalog.struck_note, *STRUCK, "market_source", description="What `marketPrice` means, in a sentence for buyers."
    )
    market_wanted: Fen | None = internal(
        derived(_same, "market_price", description="As its shop filled it in, whether it is shown or not.")
    )
    market_wanted_basis: MarketBasis | None = internal(
        derived(_basis_or_none, "market_basis", description="What the shop says `marketWanted` is.")
    )
    market_source: str = internal(
        strawberry.field(description="Who suggests the price, and where; empty for an original price.")
    )
    market_hidden: str | None = internal(
        derived(catalog.struck_hidden_because, *STRUCK, description="Why `marketWanted` is not shown now; null: it is.")
    )
    weight: int = strawberry.field(
        description="Net weight in grams (0: not sold by weight) and gross weight used for freight."
    )
    gross_weight: int = strawberry.field(description="Weight of a parcel with one piece, in grams.")
    length: int | None = internal(strawberry.field(description="Of a parcel with one piece, in mm; all three or none."))
    width: int | None = internal(strawberry.field())
    height: int | None = internal(strawberry.field())
    limit_each: int | None = strawberry.field(description="How many one member may buy; null: as many as there are.")
    limit_days: int | None = strawberry.field(description="Within how many days the limit counts; null: for ever.")
    price_per_500g: Fen | None = derived(
        catalog.per_500g,
        "price",
        "weight",
        description="In fen per 500 g, rounded half up; null where goods are not sold by weight.",
    )
    active: bool = strawberry.field(description="Whether it is on sale.")
    position: int = strawberry.field(description="Order within the product, lowest first.")

    available: int = looked_up(
        inventory.stock_by_sku,
        "available",
        key="id",
        missing=0,
        only_if="active",
        description="Pieces that may be bought right now: actual − held, 0 when off sale.",
    )


@strawberry.type(description="What a product says of itself under an attribute of its category.")
class ProductAttribute(RowType):
    attribute_id: UUID
    name: str
    value: str = strawberry.field(description="An option, a number, a text, `true` or `false`.")
    shown: str = derived(
        lambda kind, unit, value: policies.shown_value(AttributeKind(kind), unit, value),
        "kind",
        "unit",
        "value",
        description="As a page shows it: 「80 mm」, 「是」.",
    )


@strawberry.type(description="Goods on sale, in one or more sizes.")
class Product(RowType):
    id: UUID
    title: str
    subtitle: str
    description: str
    state: ProductState = internal(strawberry.field())
    merchant_id: UUID
    merchant: Merchant = one(merchants.by_id, key="merchant_id")
    category_id: UUID
    category: Category = one(catalog.categories_by_id, key="category_id")
    brand: Brand | None = one(catalog.brands_by_id, key="brand_id")
    origin: Region = one(merchants.regions_by_code, key="origin_code")
    origin_code: str
    storage: StorageClass
    freight_template_id: UUID | None = internal(strawberry.field(description="Null: the shop's default template."))
    return_class: ReturnClass
    shelf_life_days: int | None = strawberry.field(description="Days it keeps as `storage` says; null: not stated.")
    harvest_from: int | None = strawberry.field(
        description="Months 1–12 of the harvest, may wrap around the year; null: all year."
    )
    harvest_to: int | None = strawberry.field(description="The last month of the harvest, 1–12.")
    in_season: bool = derived(
        catalog.in_season, "harvest_from", "harvest_to", description="Whether it is harvested this month in Shanghai."
    )
    season_text: str = derived(
        catalog.season_text, "harvest_from", "harvest_to", description="The harvest in Chinese words."
    )
    harvest_from_day: int | None = strawberry.field(description="The day of `harvestFrom`; null: its first.")
    harvest_window: str = derived(
        catalog.window_text,
        "harvest_from",
        "harvest_to",
        "harvest_from_day",
        description="「应季中」, 「10月15日起」 or 「全年供应」.",
    )
    ships_from: str | None = derived(
        lambda day: day.isoformat() if day else None,
        "ships_from",
        description="YYYY-MM-DD: what is ordered before is sent from this day on; null: at once.",
    )
    grade: str = strawberry.field(description="As it is sorted and called: 「一级果 80 mm」; empty: not sorted.")
    sold_by: SoldBy
    tolerance_percent: int | None = strawberry.field(
        description="How far the weighed piece may be off the estimate, in percent; null unless sold by CATCH_WEIGHT."
    )
    attributes: list[ProductAttribute] = many(catalog.attributes_by_product, key="id")
    min_price: Fen = strawberry.field(
        description="Lowest price of the SKUs on sale by themselves, in fen; `campaign` may have a lower one."
    )
    max_price: Fen = strawberry.field(description="Highest price of the SKUs on sale, in fen.")
    price_per_500g: Fen | None = strawberry.field(
        description="Lowest price of 500 g among the SKUs on sale, rounded half up; "
        "null where goods are not sold by weight."
    )
    campaign: RunningCampaign | None = one(
        catalog.running_by_product, key="id", description="What runs now; null for most goods."
    )
    sold_count: int = strawberry.field(description="Pieces sold of all its SKUs.")
    cover: Image | None = one(catalog.covers_by_product, key="id", description="The first of `images`.")
    images: list[Image] = many(catalog.images_by_product, key="id")
    clip: Clip | None = internal(
        one(catalog.clips_by_key, key="clip_key", description="The shop explains the goods (讲解视频).")
    )
    clip_poster: Image | None = internal(
        one(catalog.pictures_by_key, key="clip_poster_key", description="Shown until `clip` plays.")
    )
    skus: list[Sku] = many(catalog.skus_by_product, key="id")
    created_at: datetime
    published_at: datetime | None
    version: int = internal(strawberry.field())

    in_stock: bool = looked_up(
        inventory.products_in_stock,
        "in_stock",
        key="id",
        missing=False,
        description="Whether any of its SKUs may be bought right now.",
    )

    reviews: ReviewSummary | None = internal(
        one(reviews.summaries_by_product, key="id", description="What its reviews add up to; null before the first.")
    )

    @internal
    @reads("id", "merchant_id")
    async def pending_change_id(self, info: Info) -> UUID | None:
        """The change that waits for the platform, for the shop and the platform; others read null."""
        viewer, row = info.context.viewer, self.__dict__
        if viewer.kind is not ViewerKind.PLATFORM and viewer.merchant_id != row["merchant_id"]:
            return None
        found = await info.context.load(listings.pending_by_product, frozenset({"id"}), row["id"])
        return found["id"] if found else None

    @internal
    @reads("review_note", "merchant_id")
    async def review_note(self, info: Info) -> str | None:
        """What the platform told the shop; nobody else's business, so buyers read null."""
        viewer, row = info.context.viewer, self.__dict__
        concerned = viewer.kind is ViewerKind.PLATFORM or viewer.merchant_id == row["merchant_id"]
        return row["review_note"] if concerned else None


@strawberry.type
class Banner(RowType):
    id: UUID
    title: str
    subtitle: str
    image: Image = one(catalog.pictures_by_key, key="image_key")
    link: str = strawberry.field(
        description="product:<id>, category:<id>, merchant:<id>, origin:<code> or search:<words>"
    )


@strawberry.type
class ProductPage(NumberedPage[Product]):
    pass


ProductResult = Annotated[Product | Refused, strawberry.union("ProductResult")]
CategoryResult = Annotated[Category | Refused, strawberry.union("CategoryResult")]


@strawberry.input
class ConsoleProductFilter:
    text: str | None = None
    state: ProductState | None = None
    category_id: UUID | None = None
    merchant_id: UUID | None = None

    def wanted(self) -> catalog.Filter:
        return catalog.Filter(**vars(self))


@strawberry.input
class SkuInput:
    id: UUID | None = None
    name: str
    price: Fen
    market_price: Fen | None = strawberry.field(default=None, description="Struck through; with `marketBasis` only.")
    market_basis: MarketBasis | None = None
    market_source: str = strawberry.field(default="", description="Of a suggested price: who suggests it, and where.")
    weight: int
    gross_weight: int
    length: int | None = strawberry.field(
        default=None, description="Of a parcel with one piece, in mm; all three or none. Bulky goods weigh more."
    )
    width: int | None = None
    height: int | None = None
    limit_each: int | None = strawberry.field(default=None, description="How many one member may buy, 1 to 999.")
    limit_days: int | None = strawberry.field(default=None, description="Within how many days, 1 to 365; null: ever.")
    active: bool = True
    stock: int = strawberry.field(default=0, description="Opening stock of a new SKU; ignored for one that exists")

    def wanted(self) -> catalog.SkuWanted:
        return catalog.SkuWanted(**vars(self))


@strawberry.input
class ImageInput:
    key: str
    alt: str = ""
    focus_x: int = strawberry.field(default=500, description="Where to look, in thousandths from the left.")
    focus_y: int = strawberry.field(default=500, description="The same from the top.")

    def wanted(self) -> catalog.ImageWanted:
        return catalog.ImageWanted(**vars(self))


@strawberry.input
class AttributeValueInput:
    attribute_id: UUID
    value: str = strawberry.field(description="An option, a number, a text, `true` or `false`.")

    def wanted(self) -> policies.Said:
        return policies.Said(self.attribute_id, self.value)


@strawberry.input
class ProductInput:
    title: str
    subtitle: str = ""
    description: str = ""
    category_id: UUID
    brand_id: UUID | None = None
    origin_code: str
    storage: StorageClass
    return_class: ReturnClass
    shelf_life_days: int | None = None
    harvest_from: int | None = None
    harvest_to: int | None = None
    harvest_from_day: int | None = None
    ships_from: str | None = strawberry.field(default=None, description="YYYY-MM-DD; null: sent at once.")
    grade: str = ""
    sold_by: SoldBy = SoldBy.PIECE
    tolerance_percent: int | None = None
    attributes: list[AttributeValueInput] = strawberry.field(default_factory=list)
    freight_template_id: UUID | None = strawberry.field(default=None, description="Null: the shop's default template.")
    clip_key: str | None = strawberry.field(
        default=None, description="Of a CLIP as `finishUpload` answered it; only together with `clipPosterKey`."
    )
    clip_poster_key: str | None = None
    images: list[ImageInput] = strawberry.field(
        description="Keys answered by `finishUpload`, in order; the first is the cover"
    )
    skus: list[SkuInput]
    version: int | None = strawberry.field(
        default=None, description="The version read; saving over somebody else's change is refused."
    )

    def wanted(self) -> catalog.ProductWanted:
        lists = {
            "images": tuple(image.wanted() for image in self.images),
            "skus": tuple(sku.wanted() for sku in self.skus),
            "attributes": tuple(value.wanted() for value in self.attributes),
        }
        return catalog.ProductWanted(**{**vars(self), **lists, "ships_from": day_of(self.ships_from, "shipsFrom")})


def _said(name: str) -> Callable[[dict[str, Any]], Any]:
    return lambda body: body.get(name)


@strawberry.type(description="What a product's page said when an order was placed (交易快照); it never changes.")
class ProductSnapshot(RowType):
    hash: str
    created_at: datetime = strawberry.field(description="The page first said so")
    title: str = derived(_said("title"), "body")
    subtitle: str = derived(_said("subtitle"), "body")
    description: str = derived(_said("description"), "body")
    storage: StorageClass = derived(lambda body: StorageClass(body["storage"]), "body")
    return_class: ReturnClass = derived(lambda body: ReturnClass(body["returnClass"]), "body")
    shelf_life_days: int | None = derived(_said("shelfLifeDays"), "body")
    origin: str = derived(_said("origin"), "body")
    harvest_from: int | None = derived(_said("harvestFrom"), "body")
    harvest_to: int | None = derived(_said("harvestTo"), "body")
    image_urls: list[str] = derived(lambda body: [shown_at(key) for key in body["images"]], "body")
