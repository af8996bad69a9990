"""Offers before the harvest: written by a shop, published, stopped. What was published is kept as it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from domain import audit
from domain.base import (
    SHANGHAI,
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
from domain.presales.bookings import OFFER
from domain.presales.events import PresaleChanged
from domain.presales.states import OFFER_REFUSALS, OFFER_STEPS, OfferEvent
from models.base import new_id
from models.catalog import Product, Sku
from models.presales import DepositKind, PresaleKind, PresaleOffer, PresaleState

MOST_EACH, MOST_STOCK, MOST_DAYS = 99, 9_999_999, 60
LONGEST, LONGEST_BALANCE = timedelta(days=92), timedelta(days=30)
# From the first booking to the last parcel. After 180 days WeChat Pay sets a payment free by itself, and until then it
# must be received, past its claims and shared out.
LATEST = timedelta(days=150)
# Of the price, in percent: Civil Code Art. 586.
MOST_DEPOSIT = 20
NONE = "预售不存在"


@dataclass(frozen=True)
class Draft:
    """An offer as a shop writes it: `price` and `deposit` in fen for one piece, `stock` in pieces."""

    sku_id: UUID
    name: str
    kind: PresaleKind
    price: int
    deposit: int | None
    deposit_kind: DepositKind | None
    stock: int
    per_member: int
    starts_at: datetime
    ends_at: datetime
    balance_from: datetime | None
    balance_until: datetime | None
    ships_at: datetime
    ship_days: int


async def save(uow: UnitOfWork, viewer: Viewer, id: UUID | None, draft: Draft) -> UUID:
    """Writes a draft anew or over; refuses with Invalid (the field it is about), NotFound and WrongState."""
    sku = await _sku(uow, viewer, draft.sku_id)
    values = _checked(draft, sku)
    if id is None:
        id = new_id()
        fresh = {"id": id, "merchant_id": viewer.shop_id, "created_at": clock.now(), **values}
        await uow.session.execute(insert(PresaleOffer).values(fresh))
    else:
        offer = await mine(uow, viewer, id)
        if offer["state"] is not PresaleState.DRAFT:
            raise WrongState("预售已发布，不能再修改；可以停止接单后新建一个")
        changed = update(PresaleOffer).where(OFFER.id == id)
        await uow.session.execute(changed.values(**values, version=OFFER.version + 1))
    about = {"sku": str(draft.sku_id), "price": draft.price, "deposit": draft.deposit, "stock": draft.stock}
    await audit.record(uow, viewer, "presale.save", "presale", id, about)
    return id


async def publish(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """Buyers may book it from its beginning on. Conflict when another one for the SKU is running."""
    offer = await mine(uow, viewer, id)
    next_state(OFFER_STEPS, offer["state"], OfferEvent.PUBLISH, OFFER_REFUSALS[OfferEvent.PUBLISH])
    if offer["ends_at"] <= clock.now():
        raise WrongState("预订截止时间已过，请先修改时间")
    sku = await _sku(uow, viewer, offer["sku_id"])
    _refuse_price(offer["price"], sku["price"])
    other = select(OFFER.id).where(OFFER.sku_id == offer["sku_id"], OFFER.state == PresaleState.RUNNING)
    running = Conflict("该规格已有进行中的预售，请先停止它")
    if await uow.session.scalar(other):
        raise running
    to = {"state": PresaleState.RUNNING, "list_price": sku["price"], "version": OFFER.version + 1}
    try:
        await uow.session.execute(update(PresaleOffer).where(OFFER.id == id).values(to))
    except IntegrityError:  # published by a colleague in the same moment
        raise running from None
    await _told(uow, viewer, offer, "presale.publish")


async def stop(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """Nothing more is booked; what was booked stands, and is shipped as was promised."""
    offer = await mine(uow, viewer, id)
    next_state(OFFER_STEPS, offer["state"], OfferEvent.STOP, OFFER_REFUSALS[OfferEvent.STOP])
    to = {"state": PresaleState.STOPPED, "stopped_at": clock.now(), "version": OFFER.version + 1}
    await uow.session.execute(update(PresaleOffer).where(OFFER.id == id).values(to))
    await _told(uow, viewer, offer, "presale.stop")


async def _told(uow: UnitOfWork, viewer: Viewer, offer: RowDict, action: str) -> None:
    uow.emit(PresaleChanged(offer["id"], offer["product_id"]))
    await audit.record(uow, viewer, action, "presale", offer["id"], {"name": offer["name"]})


async def mine(uow: UnitOfWork, viewer: Viewer, id: UUID) -> RowDict:
    """The shop's own offer, locked."""
    chosen = select(*OFFER).where(OFFER.id == id, OFFER.merchant_id == viewer.shop_id)
    row = (await uow.session.execute(chosen.with_for_update(key_share=True))).mappings().first()
    if row is None:
        raise NotFound(NONE)
    return dict(row)


async def _sku(uow: UnitOfWork, viewer: Viewer, sku_id: UUID) -> RowDict:
    chosen = select(Sku.price, Product.id.label("product_id"), Product.harvest_from, Product.harvest_from_day)
    chosen = chosen.join(Product, Product.id == Sku.product_id)
    own = chosen.where(Sku.id == sku_id, Product.merchant_id == viewer.shop_id)
    row = (await uow.session.execute(own)).mappings().first()
    if row is None:
        raise NotFound("规格不存在", field="skuId")
    return dict(row)


# ------------------------------------------------------------------------------------------------ rules
def _checked(draft: Draft, sku: RowDict) -> dict[str, Any]:
    name = clean_text(draft.name, field="name", most=40, least=2, label="预售名称")
    _refuse_price(draft.price, sku["price"])
    _between(draft.stock, 1, MOST_STOCK, "stock", "预售件数")
    _between(draft.per_member, 1, MOST_EACH, "perMember", "每人限购")
    _between(draft.ship_days, 1, MOST_DAYS, "shipDays", "发货天数")
    moments: dict[str, datetime | None] = {
        "startsAt": draft.starts_at,
        "endsAt": draft.ends_at,
        "shipsAt": draft.ships_at,
    }
    moments |= {"balanceFrom": draft.balance_from, "balanceUntil": draft.balance_until}
    for field, at in moments.items():
        if at is not None and at.tzinfo is None:
            raise Invalid("时间须带时区", field=field)
    if not timedelta(0) < draft.ends_at - draft.starts_at <= LONGEST:
        raise Invalid("预订截止须晚于开始，且不超过 92 天", field="endsAt")
    if draft.ships_at < draft.ends_at:
        raise Invalid("预计发货须不早于预订截止", field="shipsAt")
    last = max(draft.ships_at, draft.balance_until or draft.ships_at) + timedelta(days=draft.ship_days)
    if last - draft.starts_at > LATEST:
        raise Invalid(
            "从开始预订到最后发货不得超过 150 天，请推迟开始或提前发货", field="shipsAt", most_days=LATEST.days
        )
    _refuse_before_harvest(draft.ships_at, sku)
    _check_deposit(draft)
    values = {each: getattr(draft, each) for each in draft.__dataclass_fields__}
    return {**values, "name": name, "product_id": sku["product_id"], "list_price": sku["price"]}


def _check_deposit(draft: Draft) -> None:
    if draft.kind is PresaleKind.FULL:
        for field, value in (("deposit", draft.deposit), ("depositKind", draft.deposit_kind)):
            if value is not None:
                raise Invalid("全款预售没有定金", field=field)
        if draft.balance_from is not None or draft.balance_until is not None:
            raise Invalid("全款预售没有尾款时间", field="balanceFrom")
        return
    if draft.deposit_kind is None:
        raise Invalid("请选择定金（不退、双倍返还）或订金（可退）", field="depositKind")
    if draft.deposit is None or draft.deposit <= 0:
        raise Invalid("请填写定金金额", field="deposit")
    if draft.deposit * 100 > draft.price * MOST_DEPOSIT:
        most = draft.price * MOST_DEPOSIT // 100
        raise Invalid(f"定金不得超过预售价的 20%，最多 {most / 100:.2f} 元", field="deposit", most=most)
    if draft.balance_from is None or draft.balance_until is None:
        raise Invalid("请填写尾款支付时间", field="balanceFrom")
    if draft.balance_from < draft.ends_at:
        raise Invalid("尾款开始须不早于预订截止", field="balanceFrom")
    if not timedelta(hours=1) <= draft.balance_until - draft.balance_from <= LONGEST_BALANCE:
        raise Invalid("尾款支付时间须为 1 小时到 30 天", field="balanceUntil")


def _refuse_before_harvest(ships_at: datetime, sku: RowDict) -> None:
    """Nothing is promised for the months just before the harvest that the goods' own page tells of."""
    begins = sku["harvest_from"]
    if begins is None:
        return
    day = ships_at.astimezone(SHANGHAI)
    first = sku["harvest_from_day"] or 1
    if (day.month, day.day) < (begins, first) and begins - day.month <= 3:
        raise Invalid(f"该商品 {begins}月{first}日起采收，预计发货不能早于采收", field="shipsAt")


def _refuse_price(price: int, listed: int) -> None:
    if not 0 < price <= listed:
        raise Invalid("预售价须大于 0 且不高于单独购买价", field="price")


def _between(value: int, least: int, most: int, field: str, label: str) -> None:
    if not least <= value <= most:
        raise Invalid(f"{label}须在 {least} 到 {most} 之间", field=field)
