"""What finding products means, whichever engine does it: the question, the answer, the interface."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol, TypeAlias
from uuid import UUID

from models.catalog import StorageClass
from models.pricing import CampaignMark


class Sort(StrEnum):
    RELEVANCE = "RELEVANCE"
    SALES = "SALES"
    PRICE_ASC = "PRICE_ASC"
    PRICE_DESC = "PRICE_DESC"
    NEWEST = "NEWEST"


@dataclass(frozen=True)
class Picks:
    """Products that a query shows first, in this order, and last."""

    first: tuple[UUID, ...] = ()
    last: tuple[UUID, ...] = ()


class Arm(StrEnum):
    """Which of two rankings answers while they are compared: the current one, or the challenger."""

    A = "A"
    B = "B"


@dataclass(frozen=True)
class Ranking:
    """What each form of a question weighs, and by how much goods of the category a word names come before others."""

    text: float = 1.0
    characters: float = 0.9
    pinyin: float = 0.6
    letters: float = 0.6
    initials: float = 0.5
    category: float = 1.15


# A product says under an attribute of its category what a trait tells in one word: "attribute's id=value". Of longer
# lists than this the searches know the beginning.
MOST_TRAITS = 60


def trait(attribute_id: UUID, value: str) -> str:
    """What the searches know of one attribute of a product; ids have no `=`, so the first one parts them."""
    return f"{attribute_id}={value}"


def attribute_of(trait: str) -> str:
    return trait.partition("=")[0]


@dataclass(frozen=True)
class TraitsWanted:
    """Values of one attribute, any of which will do."""

    attribute_id: UUID
    values: tuple[str, ...]

    @property
    def traits(self) -> list[str]:
        return [trait(self.attribute_id, value) for value in self.values]


@dataclass(frozen=True)
class Point:
    """Degrees, in GCJ-02 as everything here."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Wanted:
    """A question: words and filters. Prices in fen of this moment, inclusive; `origin_code` includes what is below."""

    words: str = ""
    category_id: UUID | None = None
    origin_code: str | None = None
    brand_id: UUID | None = None
    merchant_id: UUID | None = None
    # The shop, or one of its pickup points, is at this place or below it.
    shop_in: str | None = None
    price_from: int | None = None
    price_to: int | None = None
    # What runs for the goods.
    campaign: CampaignMark | None = None
    storage: StorageClass | None = None
    in_stock: bool | None = None
    # The month (1–12) the goods must be in season, or None.
    month: int | None = None
    # Every one of these attributes must have one of its values.
    traits: tuple[TraitsWanted, ...] = ()
    # Only these products, if any are named; and these never.
    only: tuple[UUID, ...] = ()
    without: tuple[UUID, ...] = ()
    sort: Sort = Sort.RELEVANCE
    # Which ranking answers, and its weights once they are known: the engine's; the tables rank by words and sales.
    arm: Arm = Arm.A
    ranking: Ranking = Ranking()
    # Whoever is here sees the shops near by first, whatever `sort` says.
    near: Point | None = None
    offset: int = 0
    limit: int = 20
    facets: bool = True
    # Beside the other facets; they are of use among goods of one kind only, and cost as much as all others together.
    count_traits: bool = False
    # The month whose goods in season are counted.
    counted_month: int = 1

    @property
    def by_relevance(self) -> bool:
        """Whether how well goods fit decides what comes first."""
        return self.sort is Sort.RELEVANCE and self.near is None


# Lower bounds in fen: a distribution over bands costs a fraction of one over prices, and is what a buyer can read.
PRICE_BANDS = (0, 2000, 5000, 10_000, 20_000, 50_000)


def band_of(price: int) -> int:
    """The lower bound of the band a price is in."""
    return max(band for band in PRICE_BANDS if band <= price)


@dataclass(frozen=True)
class Facets:
    """Counts by value; each leaves out its own filter, so that a reader sees what else there is."""

    categories: dict[str, int] = field(default_factory=dict)
    origins: dict[str, int] = field(default_factory=dict)
    brands: dict[str, int] = field(default_factory=dict)
    storage: dict[str, int] = field(default_factory=dict)
    merchants: dict[str, int] = field(default_factory=dict)
    # Where their shops and pickup points are.
    places: dict[str, int] = field(default_factory=dict)
    # By `CampaignMark`.
    campaigns: dict[str, int] = field(default_factory=dict)
    # By the lower bound of each of `PRICE_BANDS`.
    price_bands: dict[str, int] = field(default_factory=dict)
    # By `trait`.
    traits: dict[str, int] = field(default_factory=dict)
    in_stock: int = 0
    in_season: int = 0
    price_min: int | None = None
    price_max: int | None = None


# Of shops and brands so many are offered to choose from; nobody reads hundreds.
MOST_OFFERED = 50


def most_frequent(facets: Facets, wanted: Wanted) -> Facets:
    """The same with the most frequent shops and brands alone, and those that are filtered by."""
    return replace(
        facets,
        brands=_most(facets.brands, wanted.brand_id),
        merchants=_most(facets.merchants, wanted.merchant_id),
    )


def _most(counts: dict[str, int], chosen: UUID | None) -> dict[str, int]:
    if len(counts) <= MOST_OFFERED:
        return counts
    most = sorted(counts, key=lambda value: (-counts[value], value))[:MOST_OFFERED]
    return {value: counts[value] for value in (*most, *([str(chosen)] if str(chosen) in counts else []))}


def apart(everything: Mapping[str, int], own: Mapping[UUID, Mapping[str, int]]) -> dict[str, int]:
    """Counts of traits of which each attribute that is filtered leaves out its own filter: those are in `own`."""
    filtered = {str(id) for id in own}
    found = {key: count for key, count in everything.items() if attribute_of(key) not in filtered}
    for id, counts in own.items():
        found |= {key: count for key, count in counts.items() if attribute_of(key) == str(id)}
    return found


@dataclass(frozen=True)
class Found:
    """Ids in order; everything else about a product is read from PostgreSQL."""

    ids: list[UUID]
    total: int
    facets: Facets
    # False while the fallback answers: no typo tolerance, plain ranking.
    full_featured: bool
    # Nothing has all the words: these have some of them.
    relaxed: bool = False
    # To the shops of these products, where the question says from where and their place is known.
    metres: Mapping[UUID, float] = field(default_factory=dict)


PRODUCT = "PRODUCT"


@dataclass(frozen=True)
class Mixed:
    """A question for things of several kinds at once; `kinds` are names of `search.kinds`, products among them."""

    words: str
    kinds: frozenset[str]
    offset: int = 0
    limit: int = 20
    # Products that are left out.
    without: tuple[UUID, ...] = ()
    ranking: Ranking = Ranking()


@dataclass(frozen=True)
class Hit:
    """Something found: its kind, and the id or code of the row that is shown."""

    kind: str
    target: str


@dataclass(frozen=True)
class MixedFound:
    hits: list[Hit]
    counts: dict[str, int]
    full_featured: bool
    relaxed: bool = False

    @property
    def total(self) -> int:
        return sum(self.counts.values())


class SuggestionKind(StrEnum):
    PRODUCT = "PRODUCT"
    CATEGORY = "CATEGORY"
    ORIGIN = "ORIGIN"
    BRAND = "BRAND"
    MERCHANT = "MERCHANT"


@dataclass(frozen=True)
class Suggestion:
    text: str
    kind: SuggestionKind
    target: str


# Is told of the page as soon as that is known, maybe without some facets: what follows from it need not wait for them.
Early: TypeAlias = Callable[[Found], None]


class Finder(Protocol):
    async def find(self, wanted: Wanted, early: Early | None = None) -> Found:
        """The products that match, only such as are on sale. What `early` is told of may still turn out otherwise."""
        ...

    async def mixed(self, mixed: Mixed) -> MixedFound:
        """Things of several kinds in one ranking, with the number of each kind that match."""
        ...

    async def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        """Completions of what somebody is typing."""
        ...


class Guide(Finder, Protocol):
    """A finder that also helps who found nothing."""

    async def labels(self, facets: Facets) -> Mapping[str, str]:
        """What the values of facets are called; a name that changed may be told for half a minute longer."""
        ...

    async def nearest(self, text: str, limit: int) -> list[str]:
        """What may have been meant, best guess first; nothing when every word is known."""
        ...

    async def picked(self, wanted: Wanted, picks: Picks) -> Found:
        """The answer as it would be with these picks of the desk."""
        ...
