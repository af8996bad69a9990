"""Sessions and offers: made by the platform, applied for by shops, published, declined, ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit, inventory
from domain.base import Conflict, Invalid, NotFound, RowDict, UnitOfWork, Viewer, WrongState, clean_text, clock
from domain.flash.rows import NO_OFFER, OFFER, SESSION, lock_offer, session_row, step_offer
from domain.flash.states import OfferEvent
from domain.traces import STOPPED
from models.base import new_id
from models.catalog import Product, ProductState, Sku
from models.flash import FlashOffer, FlashSession, FlashState
from models.groups import ActivityState, GroupActivity
from models.traces import Lot, LotStock

LONGEST = timedelta(hours=24)
MOST_EACH, MOST_TOTAL = 99, 99_999
APPLIED_ALREADY = "该规格已报名这个场次，请勿重复报名"
LIVING = (FlashState.APPLIED, FlashState.PUBLISHED, FlashState.ENDED)


# ------------------------------------------------------------------------------------------------ sessions
@dataclass(frozen=True)
class SessionDraft:
    name: str
    starts_at: datetime
    ends_at: datetime
    pay_minutes: int


async def save_session(uow: UnitOfWork, viewer: Viewer, id: UUID | None, draft: SessionDraft) -> UUID:
    """Writes a session anew, or over while nobody has applied. Conflict when it would run beside another one."""
    values = _checked_session(draft)
    try:
        if id is None:
            id = new_id()
            await uow.session.execute(insert(FlashSession).values(id=id, created_at=clock.now(), **values))
        else:
            await _untouched(uow, id)
            changed = update(FlashSession).where(SESSION.id == id)
            await uow.session.execute(changed.values(**values, version=SESSION.version + 1))
    except IntegrityError:
        raise Conflict("该时间段与已有场次重叠，请调整时间", field="startsAt") from None
    await audit.record(uow, viewer, "flash_session.save", "flash_session", id, {"name": values["name"]})
    return id


async def _untouched(uow: UnitOfWork, id: UUID) -> None:
    locked = select(SESSION.id).where(SESSION.id == id).with_for_update()
    if await uow.session.scalar(locked) is None:
        raise NotFound("秒杀场次不存在")
    if await uow.session.scalar(select(OFFER.id).where(OFFER.session_id == id).limit(1)):
        raise WrongState("已有商家报名，场次不能再修改")


def _checked_session(draft: SessionDraft) -> dict[str, Any]:
    name = clean_text(draft.name, field="name", most=20, least=2, label="场次名称")
    if draft.starts_at.tzinfo is None or draft.ends_at.tzinfo is None:
        raise Invalid("时间须带时区", field="startsAt")
    if not timedelta(0) < draft.ends_at - draft.starts_at <= LONGEST:
        raise Invalid("结束时间须晚于开始时间，且一场不超过 24 小时", field="endsAt")
    if draft.ends_at <= clock.now():
        raise Invalid("结束时间已过", field="endsAt")
    _between(draft.pay_minutes, 1, 15, "payMinutes", "支付时限（分钟）")
    return {**vars(draft), "name": name}


# ------------------------------------------------------------------------------------------------ shops
@dataclass(frozen=True)
class Application:
    """What a shop offers: `price` in fen for one piece, `total` pieces, `per_member` of them for one member."""

    session_id: UUID
    sku_id: UUID
    price: int
    total: int
    per_member: int


async def apply(uow: UnitOfWork, viewer: Viewer, wanted: Application) -> UUID:
    """Asks the platform to take the offer into the session. Nothing leaves the stock before it is published."""
    _refuse_over(await session_row(uow.session, wanted.session_id))
    sku = await _sku(uow.session, wanted.sku_id, viewer.shop_id)
    _refuse_price(wanted.price, sku["price"])
    _between(wanted.total, 1, MOST_TOTAL, "total", "秒杀库存")
    _between(wanted.per_member, 1, min(MOST_EACH, wanted.total), "perMember", "每人限购")
    values = {**vars(wanted), "product_id": sku["product_id"], "list_price": sku["price"]}
    twice = Conflict(APPLIED_ALREADY, field="skuId")
    same = OFFER.session_id == wanted.session_id, OFFER.sku_id == wanted.sku_id, OFFER.state.in_(LIVING)
    if await uow.session.scalar(select(OFFER.id).where(*same)):
        raise twice
    id = new_id()
    values |= {"id": id, "merchant_id": viewer.shop_id, "created_at": clock.now(), "state": FlashState.APPLIED}
    try:
        await uow.session.execute(insert(FlashOffer).values(values))
    except IntegrityError:  # by a colleague in the same moment
        raise twice from None
    about = {"sku": str(wanted.sku_id), "price": wanted.price, "total": wanted.total}
    await audit.record(uow, viewer, "flash_offer.apply", "flash_offer", id, about)
    return id


async def withdraw(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    offer = await lock_offer(uow, id)
    if offer["merchant_id"] != viewer.shop_id:
        raise NotFound(NO_OFFER)
    await step_offer(uow, offer, OfferEvent.WITHDRAW)
    await audit.record(uow, viewer, "flash_offer.withdraw", "flash_offer", id, {})


# ------------------------------------------------------------------------------------------------ the platform
async def publish(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """Takes the offer into its session: its pieces leave the normal stock.

    Refused with the reason when the session is over, the price is no longer below the list price, the goods are off
    sale or fewer are there, or a group offer for the same goods runs at the same time.
    """
    sku_id = await uow.session.scalar(select(OFFER.sku_id).where(OFFER.id == id))
    if sku_id is None:
        raise NotFound(NO_OFFER)
    sku = await _sku(uow.session, sku_id)
    offer = await lock_offer(uow, id)
    _refuse_over(offer)
    if sku["state"] is not ProductState.ON_SALE or not sku["active"]:
        raise WrongState("商品未在售，不能上架秒杀")
    _refuse_price(offer["price"], sku["price"])
    await _refuse_grouped(uow.session, sku_id, offer)
    now = clock.now()
    await step_offer(uow, offer, OfferEvent.PUBLISH, list_price=sku["price"], decided_at=now)
    await inventory.reserve(uow, sku_id, offer["total"])
    await audit.record(uow, viewer, "flash_offer.publish", "flash_offer", id, {"total": offer["total"]})


async def decline(uow: UnitOfWork, viewer: Viewer, id: UUID, reason: str) -> None:
    reason = clean_text(reason, field="reason", most=200, least=2, label="驳回原因")
    offer = await lock_offer(uow, id)
    await step_offer(uow, offer, OfferEvent.DECLINE, reason=reason, decided_at=clock.now())
    await audit.record(uow, viewer, "flash_offer.decline", "flash_offer", id, {"reason": reason})


async def end(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """Ends an offer, early if need be: who holds pieces may still pay, the rest is in the normal stock again."""
    offer = await lock_offer(uow, id)
    rest = offer["total"] - offer["taken"]
    await step_offer(uow, offer, OfferEvent.END, returned=rest, ended_at=clock.now())
    await inventory.unreserve(uow, offer["sku_id"], rest)
    await audit.record(uow, viewer, "flash_offer.end", "flash_offer", id, {"returned": rest})


async def end_due(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """Ends an offer whose session is over; nothing for every other one."""
    offer = await lock_offer(uow, id)
    if offer["state"] is FlashState.PUBLISHED and offer["ends_at"] <= clock.now():
        await end(uow, viewer, id)


async def due(session: AsyncSession, *, most: int = 100) -> Sequence[UUID]:
    """Published offers of sessions that are over."""
    chosen = select(OFFER.id).join_from(FlashOffer, FlashSession, SESSION.id == OFFER.session_id)
    chosen = chosen.where(OFFER.state == FlashState.PUBLISHED, SESSION.ends_at <= clock.now())
    return (await session.scalars(chosen.order_by(SESSION.ends_at, OFFER.id).limit(most))).all()


async def of_stopped(session: AsyncSession, lot_id: UUID) -> Sequence[UUID]:
    """Published offers of goods of a stopped lot: their pieces are set apart, so stock alone does not take them off."""
    left = LotStock.added - LotStock.lost - LotStock.shipped
    chosen = select(OFFER.id).join_from(FlashOffer, LotStock, LotStock.sku_id == OFFER.sku_id)
    chosen = chosen.join(Lot, Lot.id == LotStock.lot_id).where(
        Lot.id == lot_id, Lot.state.in_(STOPPED), LotStock.blocked < left, OFFER.state == FlashState.PUBLISHED
    )
    return (await session.scalars(chosen.order_by(OFFER.id))).all()


# ------------------------------------------------------------------------------------------------ checks
async def _sku(session: AsyncSession, sku_id: UUID, merchant_id: UUID | None = None) -> RowDict:
    """The SKU, of this shop if one is named; locked, so that no other price for it is published meanwhile."""
    chosen = select(Sku.price, Sku.active, Product.id.label("product_id"), Product.state)
    chosen = chosen.join(Product, Product.id == Sku.product_id).where(Sku.id == sku_id)
    if merchant_id is not None:
        chosen = chosen.where(Product.merchant_id == merchant_id)
    row = (await session.execute(chosen.with_for_update(of=Sku, key_share=True))).mappings().first()
    if row is None:
        raise NotFound("规格不存在", field="skuId")
    return dict(row)


async def _refuse_grouped(session: AsyncSession, sku_id: UUID, offer: RowDict) -> None:
    group = GroupActivity.__table__.c
    running = select(group.name).where(group.sku_id == sku_id, group.state == ActivityState.RUNNING)
    beside = running.where(group.starts_at < offer["ends_at"], group.ends_at > offer["starts_at"])
    if name := await session.scalar(beside.limit(1)):
        raise Conflict(f"该规格同时段有拼团活动「{name}」，请先停止它")


def _refuse_over(session: RowDict) -> None:
    if session["ends_at"] <= clock.now():
        raise WrongState("这个场次已结束")


def _refuse_price(price: int, listed: int) -> None:
    if not 0 < price < listed:
        raise Invalid("秒杀价须大于 0 且低于原价", field="price")


def _between(value: int, least: int, most: int, field: str, label: str) -> None:
    if not least <= value <= most:
        raise Invalid(f"{label}须在 {least} 到 {most} 之间", field=field)
