"""Feeding the searches: products as they should be found, what an engine has not confirmed, who may write an index."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    CursorResult,
    Select,
    String,
    Text,
    Uuid,
    bindparam,
    delete,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import RowDict, UnitOfWork, among, clock
from domain.catalog import placing
from domain.catalog.campaigns import BESIDE_THE_SHELF
from domain.catalog.finding import MOST_TRAITS
from domain.catalog.reading import for_sale
from models.catalog import (
    Brand,
    Category,
    Product,
    ProductAttribute,
    SearchDocument,
    SearchIndex,
    SearchPending,
    Sku,
    StorageClass,
)
from models.inventory import Stock
from models.merchants import Merchant, Region, RegionLevel
from models.policies import Attribute
from models.pricing import RunningCampaign

# All writers of documents take turns, or one that read earlier could write later.
WRITERS = func.pg_advisory_xact_lock(func.hashtext("search_documents"))
# From below: the order in which a product lists the places it is from.
LEVELS = (RegionLevel.TOWN, RegionLevel.COUNTY, RegionLevel.CITY)
DOCUMENT_COLUMNS = frozenset(
    {"title", "subtitle", "merchant_id", "category_id", "brand_id", "origin_code", "storage", "min_price"}
    | {"sold_count", "harvest_from", "harvest_to", "published_at", "version"}
)


COPIED = tuple(column.name for column in SearchDocument.__table__.c if column.name not in ("product_id", "words"))


@dataclass(frozen=True)
class SearchRow:
    """A product on sale with all names it may be found by. `price` in fen: what one piece of one SKU costs now."""

    id: UUID
    title: str
    subtitle: str
    merchant_id: UUID
    # Where the shop is, and where it hands goods over.
    shop_codes: list[str]
    latitude: float | None
    longitude: float | None
    category_ids: list[UUID]
    brand_id: UUID | None
    origin_codes: list[str]
    # Of categories, origins, brand and shop.
    names: list[str]
    storage: StorageClass
    price: int
    campaigns: list[str]
    sold_count: int
    in_stock: bool
    harvest_from: int | None
    harvest_to: int | None
    published_at: datetime
    traits: list[str]
    version: int


# The words each product may be found by.
Tokens: TypeAlias = Callable[[Sequence[SearchRow]], Awaitable[Sequence[list[str]]]]


# ------------------------------------------------------------------------------------------------ reading
async def rows(session: AsyncSession, ids: Sequence[UUID]) -> list[SearchRow]:
    """The products among `ids` that are on sale in an open shop; three statements for any number."""
    found = await _products(session, ids)
    categories = await _categories(session)
    places = await _places(session, {row["origin_code"] for row in found})
    return [_row(row, _upwards(categories, row["category_id"]), places[row["origin_code"]]) for row in found]


def _row(row: RowDict, categories: Sequence[tuple[UUID, str]], places: Sequence[tuple[str, str]]) -> SearchRow:
    names = [name for _, name in (*categories, *places)]
    campaigns: list[str] = row["campaigns"]
    return SearchRow(
        id=row["id"],
        title=row["title"],
        subtitle=row["subtitle"],
        merchant_id=row["merchant_id"],
        shop_codes=placing.levels([row["shop_code"], *(row["counters"] or ())]),
        latitude=row["latitude"],
        longitude=row["longitude"],
        category_ids=[id for id, _ in categories],
        brand_id=row["brand_id"],
        origin_codes=[code for code, _ in places],
        names=[*names, row["merchant"], *([row["brand"]] if row["brand"] else [])],
        storage=row["storage"],
        price=row["price_now"],
        campaigns=campaigns,
        sold_count=row["sold_count"],
        in_stock=row["in_stock"] or not BESIDE_THE_SHELF.isdisjoint(campaigns),
        harvest_from=row["harvest_from"],
        harvest_to=row["harvest_to"],
        published_at=row["published_at"],
        traits=row["traits"][:MOST_TRAITS],
        version=row["version"],
    )


async def _products(session: AsyncSession, ids: Sequence[UUID]) -> list[RowDict]:
    sellable = exists().where(
        Sku.product_id == Product.id, Sku.active, Stock.sku_id == Sku.id, Stock.actual > Stock.held
    )
    chosen = for_sale(DOCUMENT_COLUMNS).outerjoin(Brand, Brand.id == Product.brand_id)
    chosen = chosen.outerjoin(placing.SEAT, placing.at_its_seat()).where(among(Product, "id", ids))
    chosen = _with_campaigns(chosen).add_columns(
        *(Merchant.name.label("merchant"), Brand.name.label("brand"), sellable.label("in_stock"), _traits()),
        *(Merchant.region_code.label("shop_code"), placing.counters().label("counters")),
        *(placing.SEAT.c.latitude, placing.SEAT.c.longitude),
    )
    return [dict(row) for row in (await session.execute(chosen)).mappings()]


def _with_campaigns(chosen: Select[Any]) -> Select[Any]:
    """Of each product also `price_now`, and the `campaigns` that run."""
    running = RunningCampaign.__table__.c
    price = func.least(Product.min_price, running.price).label("price_now")
    kinds = func.coalesce(running.kinds, literal([], ARRAY(String(16)))).label("campaigns")
    chosen = chosen.outerjoin(RunningCampaign, running.product_id == Product.id)
    return chosen.add_columns(price, kinds)


def _traits() -> ColumnElement[list[str]]:
    """What a product says under attributes that are asked and may be filtered by."""
    said, asked = ProductAttribute.__table__.c, Attribute.__table__.c
    trait = said.attribute_id.cast(Text) + "=" + said.value
    chosen = select(func.array_agg(aggregate_order_by(trait, asked.position, asked.id)))
    chosen = chosen.join_from(ProductAttribute, Attribute, asked.id == said.attribute_id)
    chosen = chosen.where(said.product_id == Product.id, asked.active, asked.filterable).correlate(Product)
    return func.coalesce(chosen.scalar_subquery(), literal([], ARRAY(Text))).label("traits")


async def _categories(session: AsyncSession) -> Mapping[UUID, tuple[UUID | None, str]]:
    chosen = select(Category.id, Category.parent_id, Category.name)
    return {id: (parent, name) for id, parent, name in await session.execute(chosen)}


def _upwards(categories: Mapping[UUID, tuple[UUID | None, str]], id: UUID) -> list[tuple[UUID, str]]:
    found: list[tuple[UUID, str]] = []
    at: UUID | None = id
    while at is not None and len(found) < 10:  # no tree is deeper; a ring must not hang the indexer
        parent, name = categories[at]
        found.append((at, name))
        at = parent
    return found


async def _places(session: AsyncSession, codes: set[str]) -> dict[str, list[tuple[str, str]]]:
    """Town, county and city of each code, from the code up."""
    table = Region.__table__.c
    columns = (table.code, table.parent_code, table.name, table.level)
    start = select(table.code.label("start"), *columns).where(among(Region, "code", sorted(codes)))
    up = start.cte("up", recursive=True)
    up = up.union_all(select(up.c.start, *columns).join(up, up.c.parent_code == table.code))
    found: dict[str, list[tuple[str, str]]] = {code: [] for code in codes}
    chosen = select(up.c.start, up.c.code, up.c.name, up.c.level)
    listed = [place for place in await session.execute(chosen) if place.level in LEVELS]
    for begins, code, name, _ in sorted(listed, key=lambda place: LEVELS.index(place.level)):
        found[begins].append((code, name))
    return found


async def on_sale_after(session: AsyncSession, after: UUID | None, limit: int) -> list[UUID]:
    """Ids of products on sale in the order of ids, for walking through all of them."""
    chosen = for_sale(frozenset()).order_by(Product.id).limit(limit)
    if after is not None:
        chosen = chosen.where(Product.id > after)
    return [row["id"] for row in (await session.execute(chosen)).mappings()]


async def on_sale_count(session: AsyncSession) -> int:
    return await session.scalar(select(func.count()).select_from(for_sale(frozenset()).subquery())) or 0


async def document_count(session: AsyncSession) -> int:
    return await session.scalar(select(func.count()).select_from(SearchDocument)) or 0


async def products_named_by(
    session: AsyncSession,
    *,
    merchant_id: UUID | None = None,
    category_id: UUID | None = None,
    brand_id: UUID | None = None,
) -> list[UUID]:
    """Products that are found by the name of this shop, of this category or one above theirs, or of this brand."""
    named: list[ColumnElement[bool]] = []
    if merchant_id:
        named.append(Product.merchant_id == merchant_id)
    if brand_id:
        named.append(Product.brand_id == brand_id)
    if category_id:
        tree = select(Category.id).where(Category.id == category_id).cte("tree", recursive=True)
        tree = tree.union_all(select(Category.id).join(tree, Category.parent_id == tree.c.id))
        named.append(Product.category_id.in_(select(tree.c.id)))
    return list(await session.scalars(select(Product.id).where(or_(false(), *named))))


async def strays(session: AsyncSession, limit: int) -> list[UUID]:
    """Products whose document is missing, outdated or should be gone, in case news of them was lost."""
    listed = _with_campaigns(for_sale(frozenset({"version"}))).subquery()
    both = listed.outerjoin(SearchDocument, SearchDocument.product_id == listed.c.id, full=True)
    missing = or_(listed.c.id.is_(None), SearchDocument.product_id.is_(None))
    says = (SearchDocument.version, SearchDocument.price, SearchDocument.campaigns)
    outdated = or_(missing, tuple_(listed.c.version, listed.c.price_now, listed.c.campaigns) != tuple_(*says))
    id = func.coalesce(listed.c.id, SearchDocument.product_id)
    return list(await session.scalars(select(id).select_from(both).where(outdated).order_by(id).limit(limit)))


# ------------------------------------------------------------------------------------------------ documents
async def note(uow: UnitOfWork, ids: Sequence[UUID], tokens: Tokens, *, for_engine: bool) -> None:
    """Writes the documents of `ids` anew and, `for_engine`, remembers that the engine must hear of them."""
    await uow.session.execute(select(WRITERS))
    if for_engine:
        await _mark(uow, ids)
    listed = await rows(uow.session, ids)
    gone = set(ids) - {row.id for row in listed}
    if gone:
        await uow.session.execute(delete(SearchDocument).where(among(SearchDocument, "product_id", sorted(gone))))
    if listed:
        await _write(uow, listed, await tokens(listed))


async def _write(uow: UnitOfWork, listed: Sequence[SearchRow], words: Sequence[list[str]]) -> None:
    new = insert(SearchDocument).values(words=func.array_to_tsvector(bindparam("tokens", type_=ARRAY(Text))))
    columns = {name: new.excluded[name] for name in (*COPIED, "words")}
    # What is the same stays untouched: a row written anew costs its index every word of it.
    known, found = (tuple_(*(table[name] for name in columns)) for table in (SearchDocument.__table__.c, new.excluded))
    differs = known.is_distinct_from(found)
    upsert = new.on_conflict_do_update(index_elements=["product_id"], set_=columns, where=differs)
    connection = await uow.session.connection()
    await connection.execute(
        upsert, [_document(row) | {"tokens": found} for row, found in zip(listed, words, strict=True)]
    )


def _document(row: SearchRow) -> dict[str, object]:
    return {"product_id": row.id} | {name: getattr(row, name) for name in COPIED}


async def prune(uow: UnitOfWork) -> None:
    """Takes away documents of products that are no longer on sale."""
    await uow.session.execute(select(WRITERS))
    listed = for_sale(frozenset()).where(Product.id == SearchDocument.product_id).correlate(SearchDocument)
    await uow.session.execute(delete(SearchDocument).where(~listed.exists()))


# ------------------------------------------------------------------------------------------------ pending
async def _mark(uow: UnitOfWork, ids: Sequence[UUID]) -> None:
    new = insert(SearchPending).values(
        [{"product_id": id, "since": clock.now(), "mark": 1, "attempts": 0, "error": ""} for id in sorted(ids)]
    )
    again = {"mark": SearchPending.mark + 1, "attempts": 0, "error": ""}
    await uow.session.execute(new.on_conflict_do_update(index_elements=["product_id"], set_=again))


async def pending(session: AsyncSession, limit: int) -> dict[UUID, int]:
    """Products the engine must hear of with their marks, oldest first; those it refused before come last."""
    table = SearchPending.__table__.c
    chosen = select(table.product_id, table.mark).order_by(table.attempts, table.since, table.product_id).limit(limit)
    return {id: mark for id, mark in await session.execute(chosen)}


async def confirm(uow: UnitOfWork, marks: Mapping[UUID, int]) -> int:
    """Forgets what the engine has confirmed, unless it changed again meanwhile; how many were forgotten."""
    table = SearchPending.__table__.c
    sent = (
        func.unnest(literal(list(marks), ARRAY(Uuid)), literal(list(marks.values()), ARRAY(table.mark.type)))
        .table_valued("id", "mark")
        .render_derived()
    )
    done = delete(SearchPending).where(tuple_(table.product_id, table.mark).in_(select(sent.c.id, sent.c.mark)))
    result = await uow.session.execute(done)
    return result.rowcount if isinstance(result, CursorResult) else 0


async def record_refused(uow: UnitOfWork, id: UUID, error: str) -> None:
    """Notes that the engine would not take this document."""
    step = update(SearchPending).where(SearchPending.product_id == id)
    await uow.session.execute(step.values(attempts=SearchPending.attempts + 1, error=error[:500]))


async def backlog(session: AsyncSession) -> tuple[int, float]:
    """How many products the engine has not confirmed, and since how many seconds the oldest waits."""
    chosen = select(func.count(), func.min(SearchPending.since)).select_from(SearchPending)
    count, since = (await session.execute(chosen)).one()
    return count, max(0.0, (clock.now() - since).total_seconds()) if since else 0.0


# ------------------------------------------------------------------------------------------------ index
async def hold(uow: UnitOfWork, name: str, holder: UUID, seconds: int, *, rebuilding: bool = False) -> bool:
    """Takes or prolongs the right to write to an index for so long; False while another process has it.

    A row with an end time, not a lock of a connection: it survives PgBouncer and ends by itself with a killed process.
    """
    now = clock.now()
    held = {"holder": holder, "held_until": now + timedelta(seconds=seconds), "rebuilding": rebuilding}
    taken = insert(SearchIndex).values(name=name, fingerprint="", **held)
    free = or_(SearchIndex.holder.is_(None), SearchIndex.holder == holder, SearchIndex.held_until < now)
    taken_over = taken.on_conflict_do_update(index_elements=["name"], set_=held, where=free)
    return await uow.session.scalar(taken_over.returning(SearchIndex.name)) is not None


async def release(uow: UnitOfWork, name: str, holder: UUID) -> None:
    step = update(SearchIndex).where(SearchIndex.name == name, SearchIndex.holder == holder)
    await uow.session.execute(step.values(holder=None, held_until=None, rebuilding=False))


async def record_built(uow: UnitOfWork, name: str, fingerprint: str) -> None:
    step = update(SearchIndex).where(SearchIndex.name == name)
    await uow.session.execute(step.values(fingerprint=fingerprint, built_at=clock.now()))


async def fingerprint_of(session: AsyncSession, name: str) -> str:
    """Of the settings an index was last built with; empty when it never was."""
    return await session.scalar(select(SearchIndex.fingerprint).where(SearchIndex.name == name)) or ""


async def is_rebuilding(session: AsyncSession, name: str) -> bool:
    held = select(SearchIndex.rebuilding).where(SearchIndex.name == name, SearchIndex.held_until > clock.now())
    return bool(await session.scalar(held))
