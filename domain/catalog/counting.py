"""What is found and how many products each narrowing would leave, counted by PostgreSQL when no engine answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, and_, case, func, literal, literal_column, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from domain.catalog.finding import PRICE_BANDS, Facets, Found, Wanted, apart
from models.catalog import SearchDocument

AnySelect: TypeAlias = "Select[*tuple[Any, ...]]"
DOCUMENT = SearchDocument.__table__.c
COUNTED = ("categories", "origins", "brands", "storage", "merchants", "places", "campaigns")


def in_season(month: int) -> ColumnElement[bool]:
    """Harvested in `month`, or of the whole year: the same rule as `seasons.in_season`."""
    begins, ends, now = DOCUMENT.harvest_from, DOCUMENT.harvest_to, literal(month)
    within = and_(begins <= ends, now.between(begins, ends))
    return or_(begins.is_(None), within, and_(begins > ends, or_(now >= begins, now <= ends)))


def trait_filter(place: int) -> str:
    """The name of the filter of the attribute that is wanted at this place."""
    return f"trait_{place}"


async def found(
    session: AsyncSession,
    wanted: Wanted,
    own: Mapping[str, ColumnElement[bool]],
    among: ColumnElement[bool],
    page: AnySelect,
) -> Found:
    """The `page`, a query of `id` and of metres in order; of the documents `among` which it is the total and, if
    wanted, every facet without its own filter. One statement: rows of each part say in front which part they are of."""
    columns = (DOCUMENT.category_ids, DOCUMENT.origin_codes, DOCUMENT.brand_id, DOCUMENT.storage, DOCUMENT.price)
    more = (
        DOCUMENT.merchant_id,
        DOCUMENT.shop_codes,
        DOCUMENT.campaigns,
        DOCUMENT.in_stock,
        in_season(wanted.counted_month).label("in_season"),
    )
    traits = (DOCUMENT.traits,) if wanted.count_traits else ()
    fits = [condition.label(f"fits_{name}") for name, condition in own.items()]
    matched = select(*columns, *more, *traits, *fits).where(among).cte("matched")
    told: dict[str, dict[str, int]] = defaultdict(dict)
    for part, value, number in await session.execute(union_all(*_hits(page), *_facets(matched, own, wanted))):
        told[part][value] = number
    # The parts may come in any order, the hits of one as the database likes: each says its place.
    ids = [UUID(id) for id in sorted(told["hit"], key=lambda id: told["hit"][id])]
    metres = {UUID(id): float(far) for id, far in told["far"].items()}
    return Found(ids, told["total"][""], _told(told, wanted), full_featured=False, metres=metres)


def _hits(page: AnySelect) -> list[AnySelect]:
    """Each hit with its place on the page, and with its metres where it has any."""
    hits = page.cte("hits")
    # Numbered as they come, which is in the page's order: an order within the window would sort all there is.
    place = func.row_number().over()
    return [
        select(literal_column("'hit'"), hits.c.id.label("value"), place),
        select(literal_column("'far'"), hits.c.id, hits.c.far).where(hits.c.far.is_not(None)),
    ]


def _told(found: Mapping[str, dict[str, int]], wanted: Wanted) -> Facets:
    filtered = {each.attribute_id: found[trait_filter(place)] for place, each in enumerate(wanted.traits)}
    price = found["price"]
    return Facets(
        **{name: found[name] for name in COUNTED},
        price_bands=found["bands"],
        traits=apart(found["traits"], filtered),
        in_stock=found["stock"].get("true", 0),
        in_season=found["season"].get("true", 0),
        price_min=price.get("min"),
        price_max=price.get("max"),
    )


def _facets(matched: Any, own: Iterable[str], wanted: Wanted) -> list[AnySelect]:
    def where(without: str | None) -> list[ColumnElement[bool]]:
        return [matched.c[f"fits_{name}"] for name in own if name != without]

    def counted(facet: str, value: ColumnElement[Any], without: str | None = None) -> AnySelect:
        chosen: AnySelect = select(literal_column(f"'{facet}'"), value.cast(Text).label("value"), func.count())
        return chosen.where(*where(without or facet)).group_by(literal_column("2"))

    def extreme(name: str, value: ColumnElement[Any]) -> AnySelect:
        found = select(literal_column("'price'"), literal_column(f"'{name}'"), value).where(*where("price"))
        return found.having(func.count() > 0)

    total: AnySelect = select(literal_column("'total'"), literal_column("''"), func.count()).select_from(matched)
    if not wanted.facets:
        return [total.where(*where(None))]
    traits = ["traits", *map(trait_filter, range(len(wanted.traits)))] if wanted.count_traits else []
    return [
        total.where(*where(None)),
        counted("categories", func.unnest(matched.c.category_ids)),
        counted("origins", func.unnest(matched.c.origin_codes)),
        counted("brands", matched.c.brand_id).where(matched.c.brand_id.is_not(None)),
        counted("storage", matched.c.storage),
        counted("merchants", matched.c.merchant_id),
        counted("places", func.unnest(matched.c.shop_codes)),
        counted("campaigns", func.unnest(matched.c.campaigns)),
        counted("stock", matched.c.in_stock),
        counted("season", matched.c.in_season),
        counted("bands", _band(matched.c.price), without="price"),
        extreme("min", func.min(matched.c.price)),
        extreme("max", func.max(matched.c.price)),
        *[counted(name, func.unnest(matched.c.traits)) for name in traits],
    ]


def _band(price: ColumnElement[Any]) -> ColumnElement[Any]:
    """The lower bound of a price's band: the same as `finding.band_of`."""
    bands: list[Any] = [literal_column(str(band)) for band in reversed(PRICE_BANDS)]
    return case(*[(price >= band, band) for band in bands])
