"""What searching answers: products with facets, and completions of what somebody types."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain import catalog, community, merchants
from domain.base import OneReader, clock
from domain.catalog import asked, searching
from domain.catalog.asked import Asked
from domain.catalog.finding import PRICE_BANDS, PRODUCT, Arm, Facets, Point, Sort, SuggestionKind, TraitsWanted
from domain.catalog.finding import Suggestion as FoundSuggestion
from domain.catalog.traits import TraitFacet
from models.base import Fen
from models.catalog import StorageClass
from models.pricing import CampaignMark
from schema.base import Connection, PageInfo
from schema.catalog import Brand, Product
from schema.community import Post
from schema.merchants import Merchant, Region
from schema.relations import RowType

strawberry.enum(
    Sort,
    name="ProductSort",
    description="RELEVANCE is by the words asked for; SALES and NEWEST begin with most and latest.",
)
strawberry.enum(Arm, name="SearchArm", description="A: the ranking that holds; B: the one it is compared with.")
strawberry.enum(SuggestionKind, description="What a suggestion names.")

RELAXED = "Nothing has all the words that were asked for: these have some of them."
CAMPAIGN_LABELS = {CampaignMark.FLASH: "秒杀", CampaignMark.PRESALE: "预售", CampaignMark.GROUP: "拼团"}
STORAGE_LABELS = {StorageClass.AMBIENT: "常温", StorageClass.CHILLED: "冷藏", StorageClass.FROZEN: "冷冻"}


@strawberry.input(description="Goods that say one of these values under an attribute.")
class AttributeFilter:
    attribute_id: UUID
    values: list[str] = strawberry.field(description="1 to 20, as `AttributeFacet` tells them.")

    def wanted(self) -> TraitsWanted:
        return TraitsWanted(self.attribute_id, tuple(self.values))


@strawberry.input(description="All that is given must hold; what is null does not matter.")
class ProductFilter:
    category_id: UUID | None = None
    origin_code: str | None = strawberry.field(
        default=None, description="A GB/T 2260 code; a county includes its towns, the city everything."
    )
    brand_id: UUID | None = None
    merchant_id: UUID | None = None
    shop_in: str | None = strawberry.field(
        default=None, description="A GB/T 2260 code: the shop, or one of its pickup points, is there."
    )
    price_from: Fen | None = strawberry.field(
        default=None, description="In fen, inclusive; what one piece costs now counts, a running campaign included."
    )
    price_to: Fen | None = strawberry.field(default=None, description="In fen, inclusive.")
    campaign: CampaignMark | None = strawberry.field(default=None, description="Goods for which this runs now.")
    storage: StorageClass | None = None
    in_stock: bool | None = None
    in_season: bool | None = strawberry.field(default=None, description="Only `true` makes a difference.")
    attributes: list[AttributeFilter] | None = strawberry.field(
        default=None, description="Every one of these, at most 12; each attribute once."
    )

    def wanted(self) -> dict[str, Any]:
        """The filters as `Wanted` names them. Only what is in season can be asked for, not what is out of it."""
        others = ("in_season", "attributes")
        same = {field.name: getattr(self, field.name) for field in fields(self) if field.name not in others}
        now = clock.today().month
        traits = tuple(each.wanted() for each in self.attributes or ())
        return same | {"month": now if self.in_season else None, "counted_month": now, "traits": traits}


@strawberry.type(description="One way to narrow the search, and how many products it would leave.")
class FacetValue:
    value: str = strawberry.field(description="What to send in the filter: an id, a code or an enum value.")
    label: str
    count: int


@strawberry.type(description="A range of prices in fen, and how many products are in it.")
class PriceBand:
    price_from: Fen
    price_to: Fen | None = strawberry.field(description="Inclusive, as the filter takes it; null: as dear as you like.")
    count: int


@strawberry.type(description="An attribute that tells these goods apart; values of one are alternatives.")
class AttributeFacet:
    attribute_id: UUID
    name: str
    values: list[FacetValue] = strawberry.field(description="In the order in which somebody looks for one.")

    @classmethod
    def of(cls, facet: TraitFacet) -> AttributeFacet:
        values = [FacetValue(value=each.value, label=each.label, count=each.count) for each in facet.values]
        return cls(attribute_id=facet.attribute_id, name=facet.name, values=values)


@strawberry.type(
    description="Counts over all hits; each leaves out its own filter, so that a reader sees what else there is."
)
class ProductFacets(RowType):
    """No row, but what is not asked for is not counted."""

    categories: list[FacetValue]
    origins: list[FacetValue]
    brands: list[FacetValue]
    storage: list[FacetValue]
    merchants: list[FacetValue]
    places: list[FacetValue] = strawberry.field(description="Where the shops and their pickup points are.")
    campaigns: list[FacetValue] = strawberry.field(description="What runs now; goods may be counted several times.")
    price_bands: list[PriceBand] = strawberry.field(description="From the cheapest; bands without goods are left out.")
    in_stock: int
    in_season: int
    price_min: Fen | None = strawberry.field(description="Lowest price of now among the hits, in fen.")
    price_max: Fen | None
    attributes: list[AttributeFacet] = strawberry.field(
        description="Of the category that is wanted, or that nearly all hits are in; none where goods are mixed."
    )


def facets_of(facets: Facets, labels: Mapping[str, str], traits: Sequence[TraitFacet]) -> ProductFacets:
    return ProductFacets(
        categories=_values(facets.categories, labels),
        origins=_values(facets.origins, labels),
        brands=_values(facets.brands, labels),
        storage=_values(facets.storage, {key.value: label for key, label in STORAGE_LABELS.items()}),
        merchants=_values(facets.merchants, labels),
        places=_values(facets.places, labels),
        campaigns=_values(facets.campaigns, {key.value: label for key, label in CAMPAIGN_LABELS.items()}),
        price_bands=_bands(facets.price_bands),
        in_stock=facets.in_stock,
        in_season=facets.in_season,
        price_min=_price(facets.price_min),
        price_max=_price(facets.price_max),
        attributes=[AttributeFacet.of(each) for each in traits],
    )


def _values(counts: Mapping[str, int], labels: Mapping[str, str]) -> list[FacetValue]:
    """Most frequent first; a value whose name is gone is left out."""
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [FacetValue(value=value, label=labels[value], count=count) for value, count in order if value in labels]


def _bands(counts: dict[str, int]) -> list[PriceBand]:
    ends = [Fen(band - 1) for band in PRICE_BANDS[1:]]
    bands = zip(PRICE_BANDS, [*ends, None], strict=True)
    return [PriceBand(price_from=Fen(at), price_to=to, count=counts[str(at)]) for at, to in bands if str(at) in counts]


def _price(value: int | None) -> Fen | None:
    return None if value is None else Fen(value)


@strawberry.input(description="Degrees in GCJ-02; a kilometre more or less makes no difference.")
class Position:
    latitude: float
    longitude: float

    def point(self) -> Point:
        return Point(self.latitude, self.longitude)


@strawberry.type(description="How far it is to the shop of a product: to the seat of its district.")
class ShopDistance:
    product_id: UUID
    metres: int = strawberry.field(description="As the crow flies, to a hundred metres.")


@strawberry.type
class ProductSearch(Connection[Product], RowType):
    """No row, but as with rows only what is asked for is worked out."""

    facets: ProductFacets
    full_featured: bool = strawberry.field(
        description="False while the search engine is down and the database answers instead "
        "(no typo tolerance, plain ranking)."
    )
    relaxed: bool = strawberry.field(description=RELAXED)
    distances: list[ShopDistance] = strawberry.field(
        description="Of the products on this page whose shop has a known place; only of `searchNearby`."
    )


# ------------------------------------------------------------------------------------------------ of all kinds
class SearchKind(StrEnum):
    """Names of `search.kinds`, and products."""

    PRODUCT = PRODUCT
    MERCHANT = "MERCHANT"
    ORIGIN = "ORIGIN"
    BRAND = "BRAND"
    POST = "POST"


strawberry.enum(SearchKind, description="What a search finds: things to buy, pages that lead to them, and stories.")

SearchHit = Annotated[
    Product | Merchant | Region | Brand | Post,
    strawberry.union("SearchHit", description="A `Region` stands for what comes from there."),
]


@dataclass(frozen=True)
class Shown:
    """How hits of a kind are shown: as rows of which type, found by which reader, under which key."""

    type_: type[RowType]
    reader: OneReader
    key: Callable[[str], Any]


SHOWN: Mapping[SearchKind, Shown] = {
    SearchKind.PRODUCT: Shown(Product, searching.shown_by_id, UUID),
    SearchKind.MERCHANT: Shown(Merchant, merchants.open_by_id, UUID),
    SearchKind.ORIGIN: Shown(Region, merchants.regions_by_code, str),
    SearchKind.BRAND: Shown(Brand, catalog.brands_by_id, UUID),
    SearchKind.POST: Shown(Post, community.shown_by_id, UUID),
}


@strawberry.type(description="How many things of a kind match.")
class SearchCount:
    kind: SearchKind
    count: int


@strawberry.type(description="Things of several kinds in one ranking, best first.")
class SearchConnection:
    found: strawberry.Private[list[Any]]
    total: int = strawberry.field(description="How many there are on all pages together.")
    page_info: PageInfo
    counts: list[SearchCount] = strawberry.field(description="Of every kind asked for, also where it is 0.")
    full_featured: bool = strawberry.field(
        description="False while the search engine is down and the database answers instead."
    )
    relaxed: bool = strawberry.field(description=RELAXED)

    @strawberry.field
    def nodes(self) -> list[SearchHit]:
        return self.found


# ------------------------------------------------------------------------------------------------ help and hot words
@strawberry.type(description="A filter that could be given up, and how many products there would be then.")
class RelaxedFilter:
    filter: str = strawberry.field(description="The name of its field in `ProductFilter`; priceFrom for both prices.")
    total: int


@strawberry.type(description="For whoever found nothing, or little.")
class SearchHelp:
    did_you_mean: str | None = strawberry.field(
        description="The question as it was probably meant; it finds something."
    )
    nearest: list[str] = strawberry.field(description="Other words close to what was typed that find something.")
    relaxed: list[RelaxedFilter] = strawberry.field(
        description="What giving up one filter at a time would find; filters that change nothing are left out."
    )


@strawberry.type(description="What many people asked for in the last days.")
class HotSearch:
    words: str


@strawberry.input(description="A page of results that was shown, or one result that was opened. Nobody is named.")
class SearchEvent:
    query: str
    found: int = strawberry.field(description="How much was found.")
    position: int | None = strawberry.field(
        default=None, description="Of the result that was opened, from 1; null when the page was shown."
    )

    experiment: UUID | None = strawberry.field(
        default=None, description="The one that runs, where the engine answered in the order of relevance."
    )
    ranking: Arm = strawberry.field(default=Arm.A, description="Which ranking the page was shown in.")
    again: bool = strawberry.field(default=False, description="Another result of this page was opened before.")

    def asked(self) -> Asked:
        return asked.checked(Asked(self.query, self.found, self.ranking, self.position))


@strawberry.type(description="Two rankings that are being compared.")
class RunningExperiment:
    id: UUID
    share: int = strawberry.field(
        description="Per cent of the devices that see ranking B: those for which the FNV-1a hash (32 bits) of "
        "`<id>:<random number they keep>`, modulo 10000, is below 100 times this. The number stays on the device."
    )


@strawberry.type(description="A completion of what somebody is typing.")
class Suggestion:
    text: str
    kind: SuggestionKind
    target: str = strawberry.field(description="id, or code of an origin")

    @classmethod
    def of(cls, found: FoundSuggestion) -> Suggestion:
        return cls(text=found.text, kind=found.kind, target=found.target)
