"""老带新: a running programme, an inviter and an invited one, something for the desk, a channel; then many of each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from domain import referrals
from domain.base import Database, UnitOfWork, clock
from domain.referrals.scenes import new_code
from models.base import new_id
from models.members import Member
from models.orders import Order
from models.referrals import Channel, Inviter, Referral, ReferralProgramme, ReferralState, Suspicion
from tests.factories import merchants
from tests.factories import referrals as made
from tests.factories.orders import Buyer


async def referred(database: Database, buyer: Buyer, order_id: UUID, picture: str) -> dict[str, Any]:
    """The buyer invites one, and was invited by another; that one waits for the desk."""
    campaign = await made.coupon_campaign(database)
    programme = await made.programme(database, inviter_campaign_id=campaign, invitee_campaign_id=campaign)
    code = (await made.scene_of(database, buyer.viewer)).removeprefix("r=")
    async with database.begin() as uow:
        await uow.session.execute(Inviter.__table__.update().values(picture_key=picture))
        friend = await _inviter(uow)
        await _referral(uow, programme, buyer.viewer.member_id, await _member(uow), None)
        held = await _referral(uow, programme, friend, buyer.viewer.member_id, order_id)
        channel = await referrals.open_channel(uow, merchants.operator(), "昭阳区农贸市场", "东门海报")
        await uow.session.execute(Channel.__table__.update().values(picture_key=picture))
        drafted = await _copied(uow, programme)
    ids = {"reward": campaign, "programme": programme, "drafted": drafted, "referral": held, "channel": channel}
    return {name: str(id) for name, id in ids.items()} | {"scene": f"r={code}"}


async def more_referred(uow: UnitOfWork, ids: dict[str, Any], picture: str, many: int) -> None:
    """The buyer has invited more, more wait for the desk, and there are more programmes and channels."""
    programme = UUID(ids["programme"])
    buyer = await uow.session.scalar(select(Inviter.member_id).where(Inviter.code == ids["scene"].removeprefix("r=")))
    taken = select(Referral.order_id).where(Referral.order_id.is_not(None))
    free = select(Order.id).where(Order.id.not_in(taken)).order_by(Order.id).limit(many)
    orders = (await uow.session.scalars(free)).all()
    for n, order_id in enumerate(orders):
        await _referral(uow, programme, buyer, await _member(uow), None)
        await _referral(uow, programme, await _inviter(uow), await _member(uow), order_id)
        await _copied(uow, programme)
        row = {
            "name": f"集市 {n}",
            "code": new_code(),
            "created_by": "李运营",
            "picture_key": picture,
        }
        await uow.session.execute(insert(Channel).values(row))


async def _member(uow: UnitOfWork) -> UUID:
    id = new_id()
    await uow.session.execute(insert(Member).values(id=id, openid=f"o-{id.hex}", nickname="小杨"))
    return id


async def _inviter(uow: UnitOfWork) -> UUID:
    id = await _member(uow)
    row = {"member_id": id, "code": new_code(), "created_at": clock.now()}
    await uow.session.execute(insert(Inviter).values(row))
    return id


async def _referral(uow: UnitOfWork, programme: UUID, inviter: UUID, invitee: UUID, order_id: UUID | None) -> UUID:
    row: dict[str, Any] = {"id": new_id(), "programme_id": programme, "inviter_id": inviter, "invitee_id": invitee}
    row |= {"due_at": clock.now() + timedelta(days=30), "created_at": clock.now()}
    if order_id is not None:
        row |= {"order_id": order_id, "kept": 1000, "state": ReferralState.HELD}
        row |= {"suspicions": [Suspicion.SAME_ADDRESS.value]}
    await uow.session.execute(insert(Referral).values(row))
    id: UUID = row["id"]
    return id


async def _copied(uow: UnitOfWork, programme: UUID) -> UUID:
    """A draft like it."""
    table = ReferralProgramme.__table__
    row = dict((await uow.session.execute(select(*table.c).where(table.c.id == programme))).mappings().one())
    row |= {"id": new_id(), "state": "DRAFT", "published_at": None}
    await uow.session.execute(insert(ReferralProgramme).values(row))
    id: UUID = row["id"]
    return id
