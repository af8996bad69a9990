"""Goods from a table: rows with the same name are the SKUs of one product, and each product is a draft by itself."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import catalog, inventory
from domain.base import Invalid, Refusal, UnitOfWork, Viewer, among
from domain.catalog.listing import ProductWanted
from domain.catalog.skus import SkuWanted
from models.base import id_of
from models.catalog import Category, Product, ReturnClass, Sku, SoldBy, StorageClass
from models.inventory import Stock
from models.merchants import Region, RegionLevel

TITLE, CATEGORY, ORIGIN, SKU, PRICE = "商品名称", "分类", "产地", "规格", "售价（元）"
WEIGHT, GROSS, STOCK, GRADE, STORAGE, WORDS = "净重（克）", "毛重（克）", "库存", "等级", "储运", "详情"
EACH, DAYS = "每人限购（件）", "限购周期（天）"
NEEDED = (TITLE, CATEGORY, ORIGIN, SKU, PRICE, WEIGHT)
HEADINGS = (*NEEDED, GROSS, STOCK, GRADE, STORAGE, WORDS, EACH, DAYS)
SAMPLE = ("洒渔红富士苹果", "苹果", "洒渔镇", "5 斤装", "39.90", 2500, 2800, 100, "", "常温", "", "", "")
KEPT = {
    "": StorageClass.AMBIENT,
    "常温": StorageClass.AMBIENT,
    "冷藏": StorageClass.CHILLED,
    "冷冻": StorageClass.FROZEN,
}
MOST_EXPORTED = 5000


@dataclass
class Row:
    """A row of the table by its line; `problem` says why it cannot be imported."""

    line: int
    cells: Mapping[str, str]
    problem: str = ""

    @property
    def title(self) -> str:
        return self.cells.get(TITLE, "")


@dataclass
class Group:
    """The rows of one product. Its id follows from shop, file and name: sending the file again makes nothing twice."""

    id: UUID
    rows: list[Row]
    wanted: ProductWanted | None = None
    there: bool = False

    @property
    def fine(self) -> bool:
        return self.wanted is not None and not any(row.problem for row in self.rows)


@dataclass(frozen=True)
class Known:
    """Categories and places by the names people write."""

    categories: Mapping[str, UUID]
    places: Mapping[str, str]
    ambiguous: frozenset[str] = field(default_factory=frozenset)


async def looked_at(
    session: AsyncSession, viewer: Viewer, content: bytes, table: Sequence[Sequence[str]]
) -> list[Group]:
    """Every product of the table with what is wrong with it; writes nothing."""
    headings = [heading.strip().rstrip("*") for heading in table[0]]
    if missing := [name for name in NEEDED if name not in headings]:
        raise Invalid(f"缺少这些列：{'、'.join(missing)}", field="file")
    rows = [Row(n, dict(zip(headings, cells, strict=False))) for n, cells in enumerate(table[1:], 2)]
    known, groups = await _known(session), _grouped(viewer.shop_id, content, rows)
    ids = await session.scalars(select(Product.id).where(among(Product, "id", [group.id for group in groups])))
    there = set(ids)
    for group in groups:
        group.there = group.id in there
        group.wanted = _wanted(group, known)
        if group.fine and group.wanted:
            await _check(session, viewer, group)
    return groups


def _grouped(shop: UUID, content: bytes, rows: Sequence[Row]) -> list[Group]:
    mark, groups = hashlib.sha256(content).hexdigest(), dict[str, Group]()
    for row in rows:
        key = row.title or f"#{row.line}"
        if key not in groups:
            groups[key] = Group(id_of(str(uuid5(shop, f"{mark}:{key}"))), [])
        groups[key].rows.append(row)
    return list(groups.values())


async def _check(session: AsyncSession, viewer: Viewer, group: Group) -> None:
    assert group.wanted is not None
    try:
        await catalog.check_product(session, viewer.shop_id, group.wanted)
    except Refusal as refusal:
        place = (refusal.field or "").split(".")
        at = int(place[1]) if len(place) > 1 and place[0] == "skus" and place[1].isdigit() else 0
        group.rows[at].problem = refusal.message


def _wanted(group: Group, known: Known) -> ProductWanted | None:
    skus = []
    for row in group.rows:
        try:
            if formula := next((name for name, cell in row.cells.items() if cell.startswith("=")), None):
                raise Invalid(f"“{formula}”是公式，不会计算，请填写结果")
            skus.append(_sku(row.cells))
        except Invalid as refusal:
            row.problem = refusal.message
    first = group.rows[0]
    try:
        category, origin = _category(first.cells, known), _place(first.cells, known)
        storage = _storage(first.cells)
    except Invalid as refusal:
        first.problem = first.problem or refusal.message
        return None
    return ProductWanted(
        title=first.title,
        category_id=category,
        origin_code=origin,
        storage=storage,
        return_class=ReturnClass.NO_RETURN_BY_LAW if storage is not StorageClass.AMBIENT else ReturnClass.SEVEN_DAYS,
        images=(),
        skus=tuple(skus),
        description=first.cells.get(WORDS, ""),
        grade=first.cells.get(GRADE, ""),
        sold_by=SoldBy.WEIGHT if skus and all(sku.weight for sku in skus) else SoldBy.PIECE,
    )


def _sku(cells: Mapping[str, str]) -> SkuWanted:
    weight = _whole(cells, WEIGHT)
    gross = _whole(cells, GROSS) if cells.get(GROSS) else weight + max(1, weight // 10)
    stock = _whole(cells, STOCK) if cells.get(STOCK) else 0
    if stock > inventory.MOST_IN_STOCK:
        raise Invalid(f"库存不能超过 {inventory.MOST_IN_STOCK}")
    limits = [_whole(cells, name) if cells.get(name) else None for name in (EACH, DAYS)]
    price = _fen(cells.get(PRICE, ""))
    return SkuWanted(cells.get(SKU, ""), price, weight, gross, limit_each=limits[0], limit_days=limits[1], stock=stock)


def _whole(cells: Mapping[str, str], name: str) -> int:
    text = cells.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise Invalid(f"“{name}”须为整数")
    return int(text)


def _fen(text: str) -> int:
    try:
        yuan = Decimal(text.removeprefix("¥").replace(",", ""))
    except InvalidOperation:
        raise Invalid(f"“{PRICE}”须为金额，如 39.90") from None
    if not yuan.is_finite() or not 0 < yuan <= 1_000_000 or yuan != round(yuan, 2):
        raise Invalid(f"“{PRICE}”须大于 0，最多两位小数")
    return int(yuan * 100)


def _category(cells: Mapping[str, str], known: Known) -> UUID:
    name = cells.get(CATEGORY, "").replace("›", "/").replace(" ", "")
    if name in known.ambiguous:
        raise Invalid(f"有几个叫“{name}”的分类，请写成“上级/{name}”")
    if name not in known.categories:
        raise Invalid(f"没有“{name}”这个末级分类")
    return known.categories[name]


def _place(cells: Mapping[str, str], known: Known) -> str:
    name = cells.get(ORIGIN, "").replace(" ", "").removeprefix("昭通市")
    if name not in known.places:
        raise Invalid(f"没有“{name}”这个产地，请写到区县或乡镇，如“昭阳区洒渔镇”")
    return known.places[name]


def _storage(cells: Mapping[str, str]) -> StorageClass:
    if cells.get(STORAGE, "") not in KEPT:
        raise Invalid("储运只能填：常温、冷藏、冷冻")
    return KEPT[cells.get(STORAGE, "")]


async def _known(session: AsyncSession) -> Known:
    rows = list(await session.execute(select(Category.id, Category.parent_id, Category.name)))
    parents, names = {parent for _, parent, _ in rows}, {id: name for id, _, name in rows}
    leaves = [(id, parent, name) for id, parent, name in rows if id not in parents]
    counts = [name for _, _, name in leaves]
    found = {name: id for id, _, name in leaves}
    found |= {f"{names[parent]}/{name}": id for id, parent, name in leaves if parent}
    county = select(Region.code).where(Region.level == RegionLevel.COUNTY, Region.parent_code == "530600")
    here = Region.code.in_(county) | Region.parent_code.in_(county)
    places: dict[str, str] = {}
    for code, name, full in await session.execute(select(Region.code, Region.name, Region.full_name).where(here)):
        places |= {name: code, full.replace(" ", "").removeprefix("昭通市"): code}
    return Known(found, places, frozenset(name for name in counts if counts.count(name) > 1))


async def create(uow: UnitOfWork, viewer: Viewer, group: Group) -> None:
    """The product of one group as a draft with its opening stock; nothing when it is there already."""
    assert group.wanted is not None
    if await uow.session.scalar(select(Product.id).where(Product.id == group.id)):
        return
    saved = await catalog.write_product(uow, viewer, viewer.shop_id, None, group.wanted, as_id=group.id)
    await inventory.open_stock(uow, saved.openings)


async def exported(session: AsyncSession, viewer: Viewer) -> list[Sequence[str | int]]:
    """Every SKU on sale of the shop, in the columns of the import; the headings first."""
    place = {state: name for name, state in KEPT.items() if name}
    chosen = select(Product, Sku, Category.name, Region.full_name, Stock.actual).join(Sku, Sku.product_id == Product.id)
    chosen = chosen.join(Category, Category.id == Product.category_id).join(Region, Region.code == Product.origin_code)
    chosen = chosen.outerjoin(Stock, Stock.sku_id == Sku.id).where(Product.merchant_id == viewer.shop_id, Sku.active)
    rows = await session.execute(chosen.order_by(Product.id.desc(), Sku.position).limit(MOST_EXPORTED))
    return [
        HEADINGS,
        *(
            (p.title, category, origin.replace(" ", ""), s.name, f"{s.price // 100}.{s.price % 100:02d}", s.weight)
            + (s.gross_weight, actual or 0, p.grade, place[p.storage], p.description)
            + (s.limit_each or "", s.limit_days or "")
            for p, s, category, origin, actual in rows
        ),
    ]
