"""A running programme with coupons to give, members who invite, and newcomers whose first order is complete."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import update

from domain import aftersales, orders, referrals
from domain.base import Database, Viewer, clock
from domain.members import addresses
from domain.orders.taking import lock, trade_of
from models.orders import Order, OrderLine
from models.promotions import Coupon
from models.referrals import Referral
from tests.factories import members, merchants
from tests.factories import orders as market
from tests.factories import promotions as coupons
from tests.factories.orders import Buyer, Shop
from tests.orders.gateway import FakeGateway

RULES = "邀请从未下过单的新用户，对方首单完成且过了售后期、实付留存满 10 元，双方各得一张券。"
# Until nobody can claim anything about an order that was received today.
PAST_CLAIMS = timedelta(days=8)

_houses = count(1)


async def coupon_campaign(database: Database, *, budget_fen: int | None = None, **terms: Any) -> UUID:
    """Coupons that are given by events: 满 30 减 5, a hundred, twenty for each."""
    wanted = coupons.terms(**{"total": 100, "per_member": 20, "by_event": True, **terms})
    ends_at = clock.now() + timedelta(days=300)
    return await coupons.published(database, coupon=wanted, budget_fen=budget_fen, ends_at=ends_at)


async def draft(database: Database, **changes: Any) -> referrals.Draft:
    now = clock.now()
    about: dict[str, Any] = {"name": "老带新", "rules": RULES, "bind_days": 7, "order_days": 30, "least_kept": 1000}
    about |= {"per_inviter": 10, "per_month": 10, "total": 100, "held_from": 20}
    about |= {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(days=60), **changes}
    for name in ("inviter_campaign_id", "invitee_campaign_id"):
        about[name] = changes.get(name) or await coupon_campaign(database)
    return referrals.Draft(**about)


async def programme(database: Database, **changes: Any) -> UUID:
    """A running one; its coupons are made unless given."""
    operator = merchants.operator()
    wanted = await draft(database, **changes)
    async with database.begin() as uow:
        id = await referrals.save(uow, operator, None, wanted)
        await referrals.publish(uow, operator, id)
    return id


async def person(database: Database, **member: Any) -> Buyer:
    """Somebody who registers now, in a house and with a phone of his own."""
    viewer = await members.member(database, **{"created_at": clock.now(), **member})
    return await at_home(database, viewer, next(_houses))


async def at_home(database: Database, viewer: Viewer, house: int) -> Buyer:
    where = addresses.Wanted(
        "王小明", f"139{house:08d}", merchants.ZHAOYANG, f"洒渔镇三台村 {house} 号", is_default=True
    )
    async with database.begin() as uow:
        return Buyer(viewer, await addresses.save(uow, viewer, None, where))


async def scene_of(database: Database, who: Viewer, device: str = "") -> str:
    async with database.begin() as uow:
        return f"r={await referrals.my_code(uow, who, device)}"


async def accept(database: Database, who: Viewer, scene: str, device: str = "") -> UUID | None:
    async with database.begin() as uow:
        return await referrals.accept(uow, who, scene, device)


async def bound(database: Database, inviter: Viewer, **member: Any) -> tuple[Buyer, UUID]:
    """A newcomer whom the member has invited, and the referral."""
    who = await person(database, **member)
    id = await accept(database, who.viewer, await scene_of(database, inviter))
    assert id is not None
    return who, id


# ------------------------------------------------------------------------------------------------ orders
async def received(
    database: Database,
    gateway: FakeGateway,
    who: Buyer,
    shop: Shop,
    *,
    signed_days_ago: int | None = None,
    trade_id: UUID | None = None,
) -> UUID:
    """An order of one piece that was paid (or one that was), sent and received now; it may have arrived before."""
    trade_id = trade_id or await market.paid(database, gateway, who, {shop.sku: 1})
    order_id: UUID = (await market.order_of(database, trade_id))["id"]
    async with database.begin() as uow:
        await orders.ship(uow, shop.keeper, orders.Parcel(order_id, "ZTO", f"78{order_id.int % 10**10:010d}"))
    async with database.begin() as uow:
        if signed_days_ago is not None:
            signed = {"signed_at": clock.now() - timedelta(days=signed_days_ago)}
            await uow.session.execute(update(Order).where(Order.id == order_id).values(**signed))
        await orders.confirm_receipt(uow, who.viewer, order_id)
    return order_id


async def complete(database: Database, *order_ids: UUID, after: timedelta = PAST_CLAIMS) -> None:
    clock.advance(after)
    for order_id in order_ids:
        async with database.begin() as uow:
            await aftersales.complete_order(uow, order_id)


async def completed(database: Database, gateway: FakeGateway, who: Buyer, shop: Shop) -> UUID:
    """An order that is complete and past its claims: eight days go by."""
    order_id = await received(database, gateway, who, shop)
    await complete(database, order_id)
    return order_id


async def goes_back(database: Database, order_id: UUID) -> None:
    """All its money is claimed back, under the lock that every refund takes."""
    async with database.begin() as uow:
        await lock(uow, await trade_of(uow.session, order_id))
        line = OrderLine.__table__.c
        gone = {"refunded_amount": line.payable, "refunded_quantity": line.quantity}
        await uow.session.execute(update(OrderLine).where(line.order_id == order_id).values(gone))


async def hears(database: Database, order_id: UUID) -> None:
    """The fact of the refund arrives."""
    async with database.begin() as uow:
        await referrals.look_again(uow, order_id)


# ------------------------------------------------------------------------------------------------ rules
async def settle(database: Database, id: UUID) -> None:
    async with database.begin() as uow:
        await referrals.settle(uow, id)


async def lapse(database: Database, id: UUID) -> None:
    async with database.begin() as uow:
        await referrals.lapse(uow, id)


async def rewarded(database: Database, gateway: FakeGateway, inviter: Viewer, shop: Shop) -> tuple[Buyer, UUID, UUID]:
    """An invited member, the referral and its order, after the reward."""
    who, id = await bound(database, inviter)
    order_id = await completed(database, gateway, who, shop)
    await settle(database, id)
    return who, id, order_id


async def referral(database: Database, id: UUID) -> dict[str, Any]:
    return await market.row(database, Referral, id)


async def coupons_of(database: Database, who: Viewer) -> list[str]:
    return sorted(row["state"].value for row in await market.rows(database, Coupon, member_id=who.id))
