"""How a product comes on sale and off again: one table of steps, one UPDATE that takes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit, policies
from domain.base import Conflict, Event, Steps, UnitOfWork, Viewer, WrongState, clean_text, clock, next_state
from domain.catalog.reading import access
from models.catalog import Product, ProductAttribute, ProductImage, ProductState, Sku
from models.merchants import Merchant, MerchantState


@dataclass(frozen=True)
class ProductChanged(Event):
    """Something search or a list shows of the product has changed; `version` grows with every change."""

    product_id: UUID
    version: int


@dataclass(frozen=True)
class ProductJudged(Event):
    """The platform took a step with the product: its shop is told. `version` is the one after it."""

    product_id: UUID
    step: str
    version: int


class MerchantStep(StrEnum):
    SUBMIT = "SUBMIT"
    WITHDRAW = "WITHDRAW"
    PUT_ON_SALE = "PUT_ON_SALE"
    TAKE_OFF_SALE = "TAKE_OFF_SALE"


class PlatformStep(StrEnum):
    APPROVE = "APPROVE"
    REJECT = "REJECT"
    FREEZE = "FREEZE"
    UNFREEZE = "UNFREEZE"


S, M, P = ProductState, MerchantStep, PlatformStep

BY_MERCHANT: Steps[ProductState, MerchantStep] = {
    (S.DRAFT, M.SUBMIT): S.IN_REVIEW,
    (S.IN_REVIEW, M.WITHDRAW): S.DRAFT,
    (S.OFF_SALE, M.PUT_ON_SALE): S.ON_SALE,
    (S.ON_SALE, M.TAKE_OFF_SALE): S.OFF_SALE,
}

# A frozen product comes back off sale: its shop decides when to sell it again.
BY_PLATFORM: Steps[ProductState, PlatformStep] = {
    (S.IN_REVIEW, P.APPROVE): S.ON_SALE,
    (S.IN_REVIEW, P.REJECT): S.DRAFT,
    (S.ON_SALE, P.FREEZE): S.FROZEN,
    (S.OFF_SALE, P.FREEZE): S.FROZEN,
    (S.FROZEN, P.UNFREEZE): S.OFF_SALE,
}

NAMES = {
    S.DRAFT: "草稿",
    S.IN_REVIEW: "审核中",
    S.ON_SALE: "在售",
    S.OFF_SALE: "已下架",
    S.FROZEN: "已被平台冻结",
}
MUST_SAY_WHY = (P.REJECT, P.FREEZE)
FIELDS = frozenset({"state", "version", "merchant_id", "title", "published_at"})


async def move_by_merchant(uow: UnitOfWork, viewer: Viewer, id: UUID, step: MerchantStep) -> None:
    """A step of the product's own shop. Submitting and selling need a picture, a SKU on sale and an open shop."""
    product = await access(uow.session, viewer, id, FIELDS)
    after = next_state(BY_MERCHANT, product["state"], step, _refusal(product["state"]))
    if step in (M.SUBMIT, M.PUT_ON_SALE):
        await _is_complete(uow.session, id)
    await _take(uow, viewer, id, product, step, {"state": after})


async def move_by_platform(uow: UnitOfWork, viewer: Viewer, id: UUID, step: PlatformStep, note: str) -> None:
    """A step of the platform; a rejection or a freeze must say why, and the shop reads it."""
    product = await access(uow.session, viewer, id, FIELDS)
    after = next_state(BY_PLATFORM, product["state"], step, _refusal(product["state"]))
    why = clean_text(note, field="note", least=2 if step in MUST_SAY_WHY else 0, most=200, label="说明")
    if step is P.APPROVE:
        await _is_complete(uow.session, id)
    await _take(uow, viewer, id, product, step, {"state": after, "review_note": why or None})
    if step is P.APPROVE:
        await record_reviewed(uow.session, id)


async def record_reviewed(session: AsyncSession, id: UUID) -> None:
    """Notes the prices the platform has just seen: later ones are measured by them."""
    await session.execute(update(Sku).where(Sku.product_id == id).values(reviewed_price=Sku.price))


async def _take(
    uow: UnitOfWork,
    viewer: Viewer,
    id: UUID,
    product: Mapping[str, Any],
    step: StrEnum,
    values: dict[str, Any],
) -> None:
    now, before = clock.now(), product["state"]
    if values["state"] is S.ON_SALE:
        values["published_at"] = func.coalesce(Product.published_at, now)
    taken = update(Product).where(Product.id == id, Product.state == before)
    changed = taken.values(**values, version=Product.version + 1, updated_at=now).returning(Product.version)
    version = await uow.session.scalar(changed)
    if version is None:
        raise Conflict("商品状态刚刚被改变，请刷新后重试")
    uow.emit(ProductChanged(id, version))
    if isinstance(step, PlatformStep):
        uow.emit(ProductJudged(id, step.value, version))
    detail = {"title": product["title"], "from": before.value, "to": values["state"].value}
    if note := values.get("review_note"):
        detail["note"] = note
    await audit.record(uow, viewer, f"product.{step.value.lower()}", "product", id, detail)


async def _is_complete(session: AsyncSession, id: UUID) -> None:
    """Refuses what nobody could buy."""
    has_sku = select(Sku.id).where(Sku.product_id == id, Sku.active).exists()
    has_image = select(ProductImage.key).where(ProductImage.product_id == id).exists()
    shop = select(Merchant.state).join(Product, Product.merchant_id == Merchant.id).where(Product.id == id)
    checks: tuple[tuple[ColumnElement[bool], str], ...] = (
        (has_sku, "请至少启用一个规格"),
        (has_image, "请至少上传一张商品图片"),
        (shop.scalar_subquery() == MerchantState.OPEN, "店铺当前不在营业"),
    )
    passed = (await session.execute(select(*(check for check, _ in checks)))).one()
    for fine, (_, sentence) in zip(passed, checks, strict=True):
        if not fine:
            raise WrongState(sentence)
    await policies.check(session, await _goods(session, id))


async def _goods(session: AsyncSession, id: UUID) -> policies.Goods:
    table = Product.__table__.c
    texts = (table.title, table.subtitle, table.description, table.grade)
    row = (await session.execute(select(table.merchant_id, table.category_id, *texts).where(table.id == id))).one()
    names = await session.scalars(select(Sku.name).where(Sku.product_id == id, Sku.active).order_by(Sku.position))
    said = await session.execute(
        select(ProductAttribute.attribute_id, ProductAttribute.value).where(ProductAttribute.product_id == id)
    )
    values = {attribute: value for attribute, value in said}
    words = {column.name: getattr(row, column.name) for column in texts}
    words |= {"skus": "\n".join(names), "attributes": "\n".join(values.values())}
    return policies.Goods(row.merchant_id, row.category_id, words, frozenset(values), id)


def _refusal(state: ProductState) -> str:
    return f"商品当前为「{NAMES[state]}」，不能执行此操作"
