"""What searching answers: products with facets, and completions of what somebody types."""

from __future__ import annotations

from dataclasses import fields
from typing import Any
from uuid import UUID

import strawberry

from domain.base import clock
from domain.catalog.finding import Facets, Sort, SuggestionKind
from domain.catalog.finding import Suggestion as FoundSuggestion
from models.base import Fen
from models.catalog import StorageClass
from schema.base import Connection
from schema.catalog import Product
from schema.relations import RowType

strawberry.enum(
    Sort,
    name="ProductSort",
    description="RELEVANCE is by the words asked for; SALES and NEWEST begin with most and latest.",
)
strawberry.enum(SuggestionKind, description="What a suggestion names.")

STORAGE_LABELS = {StorageClass.AMBIENT: "常温", StorageClass.CHILLED: "冷藏", StorageClass.FROZEN: "冷冻"}


@strawberry.input(description="All that is given must hold; what is null does not matter.")
class ProductFilter:
    category_id: UUID | None = None
    origin_code: str | None = strawberry.field(
        default=None, description="A GB/T 2260 code; a county includes its towns, the city everything."
    )
    brand_id: UUID | None = None
    merchant_id: UUID | None = None
    price_from: Fen | None = strawberry.field(
        default=None, description="In fen, inclusive; the lowest price of a product counts."
    )
    price_to: Fen | None = strawberry.field(default=None, description="In fen, inclusive.")
    storage: StorageClass | None = None
    in_stock: bool | None = None
    in_season: bool | None = strawberry.field(default=None, description="Only `true` makes a difference.")

    def wanted(self) -> dict[str, Any]:
        """The filters as `Wanted` names them. Only what is in season can be asked for, not what is out of it."""
        same = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "in_season"}
        return same | {"month": clock.today().month if self.in_season else None}


@strawberry.type(description="One way to narrow the search, and how many products it would leave.")
class FacetValue:
    value: str = strawberry.field(description="What to send in the filter: an id, a code or an enum value.")
    label: str
    count: int


@strawberry.type(
    description="Counts over all hits; each leaves out its own filter, so that a reader sees what else there is."
)
class ProductFacets:
    categories: list[FacetValue]
    origins: list[FacetValue]
    brands: list[FacetValue]
    storage: list[FacetValue]
    price_min: Fen | None = strawberry.field(description="Lowest price among the hits, in fen.")
    price_max: Fen | None

    @classmethod
    def of(cls, facets: Facets, labels: dict[str, str]) -> ProductFacets:
        return cls(
            categories=_values(facets.categories, labels),
            origins=_values(facets.origins, labels),
            brands=_values(facets.brands, labels),
            storage=_values(facets.storage, {key.value: label for key, label in STORAGE_LABELS.items()}),
            price_min=_price(facets.price_min),
            price_max=_price(facets.price_max),
        )


def _values(counts: dict[str, int], labels: dict[str, str]) -> list[FacetValue]:
    """Most frequent first; a value whose name is gone is left out."""
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [FacetValue(value=value, label=labels[value], count=count) for value, count in order if value in labels]


def _price(value: int | None) -> Fen | None:
    return None if value is None else Fen(value)


@strawberry.type
class ProductSearch(Connection[Product], RowType):
    """No row, but as with rows only what is asked for is worked out."""

    facets: ProductFacets
    full_featured: bool = strawberry.field(
        description="False while the search engine is down and the database answers instead "
        "(no typo tolerance, plain ranking)."
    )


@strawberry.type(description="A completion of what somebody is typing.")
class Suggestion:
    text: str
    kind: SuggestionKind
    target: str = strawberry.field(description="id, or code of an origin")

    @classmethod
    def of(cls, found: FoundSuggestion) -> Suggestion:
        return cls(text=found.text, kind=found.kind, target=found.target)
