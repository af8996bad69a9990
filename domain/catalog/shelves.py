"""Categories and brands, kept by the platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from pypinyin import lazy_pinyin
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit
from domain.base import Conflict, Event, Invalid, NotFound, UnitOfWork, Viewer, clean_text
from domain.catalog.stories import alone, told
from models.base import new_id
from models.catalog import Brand, Category, Product

MOST_LEVELS = 3


@dataclass(frozen=True)
class CategoryChanged(Event):
    """A category has another name or another place: what is found below it may have changed."""

    category_id: UUID


@dataclass(frozen=True)
class BrandChanged(Event):
    brand_id: UUID


@dataclass(frozen=True)
class CategoryWanted:
    name: str
    parent_id: UUID | None = None
    icon: str | None = None
    position: int = 0


async def save_category(uow: UnitOfWork, viewer: Viewer, id: UUID | None, wanted: CategoryWanted) -> UUID:
    """Adds or changes a category. Products stand in leaves only, so one that has any cannot become a parent."""
    name = clean_text(wanted.name, field="name", least=1, most=20, label="分类名称")
    icon = clean_text(wanted.icon or "", field="icon", most=60, label="图标") or None
    if not 0 <= wanted.position <= 9999:
        raise Invalid("排序须在 0 到 9999 之间", field="position")
    tree = await _locked_tree(uow.session)
    if id is not None and id not in tree:
        raise NotFound("分类不存在", field="id")
    if wanted.parent_id is not None and wanted.parent_id != tree.get(id or wanted.parent_id):
        await _may_hold(uow.session, tree, id, wanted.parent_id)
    values = {"name": name, "parent_id": wanted.parent_id, "icon": icon, "position": wanted.position}
    key = id or new_id()
    try:
        async with uow.session.begin_nested():
            if id is None:
                slug = await _slug(uow.session, name, key)
                await uow.session.execute(insert(Category).values(id=key, slug=slug, **values))
            else:
                await uow.session.execute(update(Category).where(Category.id == id).values(values))
    except IntegrityError:
        raise Conflict("同级分类中已有此名称", field="name") from None
    uow.emit(CategoryChanged(key))
    await audit.record(uow, viewer, "category.update" if id else "category.create", "category", key, {"name": name})
    return key


async def _locked_tree(session: AsyncSession) -> Mapping[UUID, UUID | None]:
    """Every category and its parent; held, so that two moves at once cannot tie a knot."""
    chosen = select(Category.id, Category.parent_id).order_by(Category.id).with_for_update()
    return {id: parent for id, parent in await session.execute(chosen)}


async def _may_hold(session: AsyncSession, tree: Mapping[UUID, UUID | None], id: UUID | None, parent_id: UUID) -> None:
    above = _path(tree, parent_id)
    if parent_id not in tree:
        raise Invalid("上级分类不存在", field="parentId")
    if id in above:
        raise Invalid("不能移到自己的下级分类中", field="parentId")
    if len(above) + (_height(tree, id) if id else 1) > MOST_LEVELS:
        raise Invalid(f"分类最多 {MOST_LEVELS} 级", field="parentId")
    if await session.scalar(select(Product.id).where(Product.category_id == parent_id).limit(1)):
        raise Invalid("上级分类中已有商品，不能再分下级", field="parentId")


def _path(tree: Mapping[UUID, UUID | None], id: UUID) -> list[UUID]:
    """The category and everything above it."""
    path, here = list[UUID](), id if id in tree else None
    while here is not None:
        path.append(here)
        here = tree[here]
    return path


def _height(tree: Mapping[UUID, UUID | None], id: UUID) -> int:
    """How many levels the category and what is below it take."""
    return 1 + max((_height(tree, child) for child, parent in tree.items() if parent == id), default=0)


async def _slug(session: AsyncSession, name: str, id: UUID) -> str:
    base = "-".join("".join(c for c in word if c.isascii() and c.isalnum()) for word in lazy_pinyin(name.lower()))
    slug = base.strip("-")[:50] or "category"
    taken = await session.scalar(select(Category.id).where(Category.slug == slug))
    return f"{slug}-{id.hex[-6:]}" if taken else slug


async def save_brand(
    uow: UnitOfWork,
    viewer: Viewer,
    id: UUID | None,
    name: str,
    story: str | None = None,
    logo_key: str | None = None,
) -> UUID:
    """Adds a brand of the whole platform, or changes any; no story, no key: what its page tells and shows stays.

    An empty key takes the logo away. Raises NotFound, Conflict (`name`), Invalid (`story`, `logoKey`).
    """
    cleaned = clean_text(name, field="name", least=1, most=30, label="品牌名称")
    values: dict[str, str | None] = {"name": cleaned, **({} if story is None else {"story": told(story)})}
    if logo_key is not None:
        values["logo_key"] = await alone(uow.session, logo_key, field="logoKey")
    key = id or new_id()
    try:
        async with uow.session.begin_nested():
            if id is None:
                await uow.session.execute(insert(Brand).values(id=key, **values))
            elif not await uow.session.scalar(update(Brand).where(Brand.id == id).values(values).returning(Brand.id)):
                raise NotFound("品牌不存在", field="id")
    except IntegrityError:
        raise Conflict("已有同名品牌", field="name") from None
    uow.emit(BrandChanged(key))
    await audit.record(uow, viewer, "brand.update" if id else "brand.create", "brand", key, {"name": cleaned})
    return key
