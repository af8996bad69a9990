"""Changes of a product that was published: what may hold at once, and what waits until the platform has seen it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit, catalog, policies
from domain.base import (
    Columns,
    Conflict,
    Invalid,
    NotFound,
    RowDict,
    UnitOfWork,
    Viewer,
    ViewerKind,
    page_offset,
    pick,
)
from domain.catalog.listing import ProductWanted
from domain.listings.edits import AT_ONCE, SKU_AT_ONCE, Edit, differences, overlaid, sku_field
from domain.listings.telling import told
from domain.statements import OneBy
from models.base import new_id
from models.catalog import ProductState
from models.listings import ChangeState, ProductChange

TABLE = ProductChange.__table__.c
PENDING = TABLE.state == ChangeState.PENDING
#: The change of each product that waits for the platform; there is one at most.
pending_by_product = OneBy(select(*TABLE).where(PENDING).subquery("pending"), "product_id")


@dataclass(frozen=True)
class SavedProduct:
    """The product, the opening stock of SKUs that are new, and the change that now waits, if any."""

    id: UUID
    openings: Mapping[UUID, int]
    change_id: UUID | None = None


async def save_product(uow: UnitOfWork, viewer: Viewer, id: UUID | None, wanted: ProductWanted) -> SavedProduct:
    """Writes a product as its shop wants it. Of one that was published, what must be seen first waits for review.

    Then nothing of it is written yet: all of it comes at once with the approval, or none. Conflict when somebody
    changed the product since `wanted.version`, or another change waits.
    """
    if id is None:
        return await _direct(uow, viewer, None, wanted)
    found = await catalog.access(uow.session, viewer, id, frozenset({"state", "published_at", "version"}))
    if found["published_at"] is None or found["state"] is ProductState.IN_REVIEW:
        return await _direct(uow, viewer, id, wanted)
    now = await catalog.as_wanted(uow.session, id, lock=True)
    if wanted.version is None:
        raise Invalid("缺少商品版本，请刷新后重试", field="version")
    if wanted.version != now.version:
        raise Conflict("商品刚被他人修改过，请刷新后重试", field="version")
    checked = await catalog.check_product(uow.session, viewer.shop_id, wanted)
    # As it would be stored: blanks around a word are no difference.
    clean = catalog.with_checked(wanted, checked)
    edits = differences(now, clean)
    if await _may_hold_at_once(uow.session, id, now, edits):
        return await _direct(uow, viewer, id, clean)
    await catalog.check_struck(uow.session, id, clean.skus)
    await policies.check(uow.session, goods_of(viewer.shop_id, id, overlaid(now, edits)))
    return SavedProduct(id, {}, await _ask(uow, viewer, id, now, edits))


async def _direct(uow: UnitOfWork, viewer: Viewer, id: UUID | None, wanted: ProductWanted) -> SavedProduct:
    saved = await catalog.save_product(uow, viewer, id, wanted)
    return SavedProduct(saved.id, saved.openings)


async def _may_hold_at_once(session: AsyncSession, id: UUID, now: ProductWanted, edits: Sequence[Edit]) -> bool:
    """Whether nobody needs to see any of it first: see `AT_ONCE`, and prices near those the platform saw last."""
    prices = [edit for edit in edits if (sku := sku_field(edit.field)) and sku[0] and sku[1] == "price"]
    others = [edit for edit in edits if edit not in prices]
    if not all(edit.field in AT_ONCE or _is_free(edit) for edit in others):
        return False
    return not prices or await prices_may_hold(session, id, now.category_id, prices)


def _is_free(edit: Edit) -> bool:
    sku = sku_field(edit.field)
    return sku is not None and sku[0] is not None and sku[1] in SKU_AT_ONCE


async def prices_may_hold(session: AsyncSession, id: UUID, category_id: UUID, edits: Sequence[Edit]) -> bool:
    """Whether every price stays near the one that was reviewed: many small steps are one large one."""
    free = (await policies.policy_of(session, category_id)).price_free_percent
    reviewed = await catalog.reviewed_prices(session, id)
    return all(is_near(reviewed[_sku(edit)], edit.after, free) for edit in edits)


def is_near(reviewed: int, price: int, percent: int) -> bool:
    return abs(price - reviewed) * 100 <= reviewed * percent


def _sku(edit: Edit) -> UUID:
    sku = sku_field(edit.field)
    assert sku is not None
    assert sku[0] is not None
    return sku[0]


def goods_of(merchant_id: UUID, id: UUID | None, wanted: ProductWanted) -> policies.Goods:
    """What is to be published, as the rules look at it."""
    texts = {
        "title": wanted.title,
        "subtitle": wanted.subtitle,
        "description": wanted.description,
        "grade": wanted.grade,
        "skus": "\n".join(sku.name for sku in wanted.skus if sku.active),
        "attributes": "\n".join(said.value for said in wanted.attributes),
    }
    said = frozenset(each.attribute_id for each in wanted.attributes)
    return policies.Goods(merchant_id, wanted.category_id, texts, said, id)


async def _ask(uow: UnitOfWork, viewer: Viewer, id: UUID, now: ProductWanted, edits: Sequence[Edit]) -> UUID:
    change = new_id()
    row = {
        "id": change,
        "product_id": id,
        "merchant_id": viewer.shop_id,
        "version": now.version,
        "edits": [asdict(edit) | words for edit, words in zip(edits, await told(uow.session, now, edits), strict=True)],
        "asked_by": viewer.name or "店铺",
    }
    try:
        async with uow.session.begin_nested():
            await uow.session.execute(insert(ProductChange).values(row))
    except IntegrityError:
        raise Conflict("这个商品已有一份修改在等待审核，请先撤回它") from None
    detail = {"title": now.title, "fields": [edit.field for edit in edits][:50]}
    await audit.record(uow, viewer, "product.change.ask", "product", id, detail)
    return change


# ------------------------------------------------------------------------------------------------ reading
async def find_change(session: AsyncSession, viewer: Viewer, id: UUID, columns: Columns) -> RowDict:
    """A change, for its shop and the platform; NotFound for anybody else."""
    rows = await session.execute(select(*pick(ProductChange, columns, "id", "merchant_id")).where(TABLE.id == id))
    found = rows.mappings().one_or_none()
    if found is None or not (viewer.kind is ViewerKind.PLATFORM or found["merchant_id"] == viewer.merchant_id):
        raise NotFound("修改不存在")
    return dict(found)


async def changes_page(
    session: AsyncSession, viewer: Viewer, state: ChangeState | None, page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    """Changes and how many there are: a shop's own, newest first; those that wait for the platform oldest first."""
    matches = [] if viewer.kind is ViewerKind.PLATFORM else [TABLE.merchant_id == viewer.shop_id]
    if state is not None:
        matches.append(TABLE.state == state)
    oldest_first = viewer.kind is ViewerKind.PLATFORM and state is ChangeState.PENDING
    order = (TABLE.created_at, TABLE.id) if oldest_first else (TABLE.created_at.desc(), TABLE.id.desc())
    chosen = select(*pick(ProductChange, columns, "id")).where(*matches).order_by(*order)
    rows = await session.execute(chosen.offset(page_offset(page, size)).limit(size))
    total = await session.scalar(select(func.count()).select_from(ProductChange).where(*matches))
    return [dict(row) for row in rows.mappings()], total or 0
