"""Offers to groups: written by a shop, published, stopped. What was published is kept: it cannot be made worse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from domain import audit
from domain.base import (
    Conflict,
    Invalid,
    NotFound,
    RowDict,
    UnitOfWork,
    Viewer,
    WrongState,
    clean_text,
    clock,
    next_state,
)
from domain.groups.events import ActivityChanged
from domain.groups.seats import ACTIVITY
from domain.groups.states import ACTIVITY_REFUSALS, ACTIVITY_STEPS, ActivityEvent
from models.base import new_id
from models.catalog import Product, Sku
from models.flash import FlashOffer, FlashSession, FlashState
from models.groups import ActivityState, GroupActivity

LEAST_SIZE, MOST_SIZE = 2, 50
LEAST_MINUTES, MOST_MINUTES = 10, 72 * 60
MOST_EACH, MOST_STOCK = 99, 9_999_999
LONGEST = timedelta(days=92)
NONE = "拼团活动不存在"


@dataclass(frozen=True)
class Draft:
    """An activity as a shop writes it: `price` in fen for one piece, `stock` in pieces."""

    sku_id: UUID
    name: str
    price: int
    size: int
    ttl_minutes: int
    per_member: int
    stock: int
    starts_at: datetime
    ends_at: datetime


async def save(uow: UnitOfWork, viewer: Viewer, id: UUID | None, draft: Draft) -> UUID:
    """Writes a draft anew or over; refuses with Invalid (the field it is about), NotFound and WrongState."""
    sku = await _sku(uow, viewer, draft.sku_id)
    values = _checked(draft, sku)
    if id is None:
        id = new_id()
        fresh = {"id": id, "merchant_id": viewer.shop_id, "created_at": clock.now(), **values}
        await uow.session.execute(insert(GroupActivity).values(fresh))
    else:
        activity = await _mine(uow, viewer, id)
        if activity["state"] is not ActivityState.DRAFT:
            raise WrongState("拼团活动已发布，不能再修改；可以停止后新建一个")
        changed = update(GroupActivity).where(ACTIVITY.id == id)
        await uow.session.execute(changed.values(**values, version=ACTIVITY.version + 1))
    about = {"sku": str(draft.sku_id), "price": draft.price, "size": draft.size, "stock": draft.stock}
    await audit.record(uow, viewer, "group_activity.save", "group_activity", id, about)
    return id


async def publish(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """Buyers may open groups from its beginning on. Conflict when another one for the SKU is running."""
    activity = await _mine(uow, viewer, id)
    next_state(ACTIVITY_STEPS, activity["state"], ActivityEvent.PUBLISH, ACTIVITY_REFUSALS[ActivityEvent.PUBLISH])
    if activity["ends_at"] <= clock.now():
        raise WrongState("结束时间已过，请先修改活动时间")
    sku = await _sku(uow, viewer, activity["sku_id"])
    _refuse_price(activity["price"], sku["price"])
    other = select(ACTIVITY.id).where(ACTIVITY.sku_id == activity["sku_id"], ACTIVITY.state == ActivityState.RUNNING)
    running = Conflict("该规格已有进行中的拼团活动，请先停止它")
    if await uow.session.scalar(other):
        raise running
    to = {"state": ActivityState.RUNNING, "list_price": sku["price"], "version": ACTIVITY.version + 1}
    try:
        await uow.session.execute(update(GroupActivity).where(ACTIVITY.id == id).values(to))
    except IntegrityError:  # published by a colleague in the same moment
        raise running from None
    await _refuse_flash(uow, activity)
    await _told(uow, viewer, activity, "group_activity.publish")


async def stop(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """No group is opened any more; those that form may still be completed, as was promised to their members."""
    activity = await _mine(uow, viewer, id)
    next_state(ACTIVITY_STEPS, activity["state"], ActivityEvent.STOP, ACTIVITY_REFUSALS[ActivityEvent.STOP])
    to = {"state": ActivityState.STOPPED, "stopped_at": clock.now(), "version": ACTIVITY.version + 1}
    await uow.session.execute(update(GroupActivity).where(ACTIVITY.id == id).values(to))
    await _told(uow, viewer, activity, "group_activity.stop")


async def _refuse_flash(uow: UnitOfWork, activity: RowDict) -> None:
    """Two prices that lower one another cannot be explained. The SKU is locked, as whoever publishes 秒杀 locks it."""
    await uow.session.execute(select(Sku.id).where(Sku.id == activity["sku_id"]).with_for_update(key_share=True))
    offer, slot = FlashOffer.__table__.c, FlashSession.__table__.c
    beside = select(slot.name).join_from(FlashOffer, FlashSession, slot.id == offer.session_id)
    beside = beside.where(offer.sku_id == activity["sku_id"], offer.state == FlashState.PUBLISHED)
    beside = beside.where(slot.starts_at < activity["ends_at"], slot.ends_at > activity["starts_at"])
    if name := await uow.session.scalar(beside.limit(1)):
        raise Conflict(f"该规格同时段有秒杀「{name}」，请调整拼团时间")


async def _told(uow: UnitOfWork, viewer: Viewer, activity: RowDict, action: str) -> None:
    uow.emit(ActivityChanged(activity["id"], activity["product_id"]))
    await audit.record(uow, viewer, action, "group_activity", activity["id"], {"name": activity["name"]})


async def _mine(uow: UnitOfWork, viewer: Viewer, id: UUID) -> RowDict:
    chosen = select(*ACTIVITY).where(ACTIVITY.id == id, ACTIVITY.merchant_id == viewer.shop_id)
    row = (await uow.session.execute(chosen.with_for_update(key_share=True))).mappings().first()
    if row is None:
        raise NotFound(NONE)
    return dict(row)


async def _sku(uow: UnitOfWork, viewer: Viewer, sku_id: UUID) -> RowDict:
    chosen = select(Sku.price, Sku.active, Product.id.label("product_id")).join(Product, Product.id == Sku.product_id)
    row = (
        (await uow.session.execute(chosen.where(Sku.id == sku_id, Product.merchant_id == viewer.shop_id)))
        .mappings()
        .first()
    )
    if row is None:
        raise NotFound("规格不存在", field="skuId")
    return dict(row)


def _checked(draft: Draft, sku: RowDict) -> dict[str, Any]:
    name = clean_text(draft.name, field="name", most=40, least=2, label="活动名称")
    _refuse_price(draft.price, sku["price"])
    _between(draft.size, LEAST_SIZE, MOST_SIZE, "size", "成团人数")
    _between(draft.ttl_minutes, LEAST_MINUTES, MOST_MINUTES, "ttlMinutes", "成团时限（分钟）")
    _between(draft.per_member, 1, MOST_EACH, "perMember", "每人限购")
    _between(draft.stock, draft.size, MOST_STOCK, "stock", "活动库存（不少于成团人数）")
    if draft.starts_at.tzinfo is None or draft.ends_at.tzinfo is None:
        raise Invalid("时间须带时区", field="startsAt")
    if not timedelta(0) < draft.ends_at - draft.starts_at <= LONGEST:
        raise Invalid("结束时间须晚于开始时间，且活动不超过 92 天", field="endsAt")
    values = {each: getattr(draft, each) for each in draft.__dataclass_fields__}
    return {**values, "name": name, "product_id": sku["product_id"], "list_price": sku["price"]}


def _refuse_price(price: int, listed: int) -> None:
    if not 0 < price < listed:
        raise Invalid("拼团价须大于 0 且低于单独购买价", field="price")


def _between(value: int, least: int, most: int, field: str, label: str) -> None:
    if not least <= value <= most:
        raise Invalid(f"{label}须在 {least} 到 {most} 之间", field=field)
