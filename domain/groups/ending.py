"""How groups end by themselves: merged with others before their time is over, failed when it is.

Both lock the activity first. Joining and freeing do so too, so whoever holds it sees every seat where it is; only
payments go on meanwhile, and those lock the group.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import UnitOfWork, among, clock
from domain.groups.events import GroupChanged
from domain.groups.merging import Forming, near_its_end, partners
from domain.groups.seats import (
    ACTIVITY,
    GROUP,
    SEAT,
    complete,
    count,
    free,
    living,
    lock_activity,
    lock_group,
)
from domain.groups.states import LIVING, MERGE_WITHIN, PATIENCE
from models.groups import Group, GroupActivity, GroupSeat, GroupState, SeatState


# ------------------------------------------------------------------------------------------------ failing
async def expire(uow: UnitOfWork, group_id: UUID) -> list[UUID]:
    """Fails a group whose time is over; answers the paid orders that must be refunded now.

    Nothing while somebody is at the cashier: his order closes within minutes, after WeChat Pay has said that it is not
    paid. Only a payment that a person must look at holds a group up no longer than an hour.
    """
    now = clock.now()
    activity_id = await uow.session.scalar(select(GROUP.activity_id).where(GROUP.id == group_id))
    if activity_id is None:
        return []
    await lock_activity(uow, activity_id)
    group = await lock_group(uow, group_id)
    if group["state"] is not GroupState.FORMING or group["expires_at"] > now:
        return []
    seats = await living(uow.session, group_id)
    unpaid = [seat for seat in seats if seat["state"] is SeatState.HELD]
    if unpaid and now < group["expires_at"] + PATIENCE:
        return []
    await free(uow, unpaid)
    to = {"state": GroupState.FAILED, "ended_at": now}
    await uow.session.execute(update(Group).where(GROUP.id == group_id).values(to))
    uow.emit(GroupChanged(group_id, activity_id, GroupState.FAILED))
    return [seat["order_id"] for seat in seats if seat["state"] is SeatState.PAID]


async def expired(session: AsyncSession, *, most: int = 100) -> Sequence[UUID]:
    """Groups whose time is over, the longest over first."""
    chosen = select(GROUP.id).where(GROUP.state == GroupState.FORMING, GROUP.expires_at <= clock.now())
    return (await session.scalars(chosen.order_by(GROUP.expires_at).limit(most))).all()


async def unrefunded(session: AsyncSession, *, most: int = 100) -> Sequence[UUID]:
    """Paid orders of groups that failed more than a minute ago: their job was lost, or is being tried again."""
    chosen = select(SEAT.order_id).join_from(GroupSeat, Group, GROUP.id == SEAT.group_id)
    late = GROUP.ended_at <= clock.now() - timedelta(minutes=1)
    chosen = chosen.where(SEAT.state == SeatState.PAID, GROUP.state == GroupState.FAILED, late)
    return (await session.scalars(chosen.order_by(SEAT.id).limit(most))).all()


# ------------------------------------------------------------------------------------------------ merging
@dataclass(frozen=True)
class Merged:
    """`moved` are the paid orders that came over to the group `into`; `complete` those that may be shipped now.

    Orders at the cashier are moved as well but not named: their rows are their payers', who may wait for the group.
    """

    into: UUID
    moved: Sequence[UUID]
    complete: Sequence[UUID]


async def merge(uow: UnitOfWork, group_id: UUID) -> Merged | None:
    """Merges a group that is near its end with others of its activity; None when there is none it goes together with.

    All of them go into the one that ends last, whole. Every member of every one of them has agreed.
    """
    now = clock.now()
    activity_id = await uow.session.scalar(select(GROUP.activity_id).where(GROUP.id == group_id))
    if activity_id is None:
        return None
    activity = await lock_activity(uow, activity_id)
    forming = await _forming(uow.session, activity_id, now)
    own = forming.get(group_id)
    if own is None or not near_its_end(own, timedelta(minutes=activity["ttl_minutes"]), now):
        return None
    found = partners(own, [each for each in forming.values() if each.id != group_id])
    if not found:
        return None
    *others, into = sorted([own, *found], key=lambda each: (each.expires_at, each.id.int))
    return await _merge(uow, into.id, [each.id for each in others], now)


async def _forming(session: AsyncSession, activity_id: UUID, now: datetime) -> dict[UUID, Forming]:
    """Groups of the activity with a free seat, whose members all agreed. Right while the activity is locked."""
    agreed = func.bool_and(SEAT.may_merge)
    chosen = (
        select(GROUP.id, GROUP.size, GROUP.expires_at, func.array_agg(SEAT.member_id).label("members"))
        .join_from(Group, GroupSeat, (SEAT.group_id == GROUP.id) & SEAT.state.in_(LIVING))
        .where(GROUP.activity_id == activity_id, GROUP.state == GroupState.FORMING, GROUP.expires_at > now)
        .group_by(GROUP.id)
        .having(agreed, func.count() < GROUP.size)
    )
    rows = (await session.execute(chosen)).all()
    return {row.id: Forming(row.id, row.size, row.expires_at, frozenset(row.members)) for row in rows}


async def _merge(uow: UnitOfWork, into_id: UUID, other_ids: Sequence[UUID], now: datetime) -> Merged:
    groups = {id: await lock_group(uow, id) for id in sorted([into_id, *other_ids], key=lambda id: id.int)}
    others = [groups[id] for id in other_ids]
    moving = update(GroupSeat).where(among(GroupSeat, "group_id", list(other_ids)), SEAT.state.in_(LIVING))
    moving = moving.values(group_id=into_id, moved_from_id=SEAT.group_id).returning(SEAT.order_id, SEAT.state)
    came = (await uow.session.execute(moving)).all()
    moved = sorted((row.order_id for row in came if row.state is SeatState.PAID), key=lambda id: id.int)
    emptied = {"state": GroupState.MERGED, "merged_into_id": into_id, "ended_at": now}
    emptied |= {"seats_held": 0, "seats_paid": 0}
    await uow.session.execute(update(Group).where(among(Group, "id", list(other_ids))).values(emptied))
    for each in others:
        uow.emit(GroupChanged(each["id"], each["activity_id"], GroupState.MERGED))
    held, paid = (sum(each[name] for each in others) for name in ("seats_held", "seats_paid"))
    into = groups[into_id]
    if into["seats_paid"] + paid == into["size"]:
        return Merged(into_id, moved, await complete(uow, into, now, seats_held=held, seats_paid=paid))
    await count(uow, into_id, seats_held=held, seats_paid=paid)
    uow.emit(GroupChanged(into_id, into["activity_id"], GroupState.FORMING))
    return Merged(into_id, moved, [])


async def ending_soon(session: AsyncSession, *, most: int = 100) -> Sequence[UUID]:
    """Groups with free seats so near their end that others are looked for, those that end first in front."""
    now = clock.now()
    window = func.least(MERGE_WITHIN, func.make_interval(0, 0, 0, 0, 0, ACTIVITY.ttl_minutes) / 4)
    near = (GROUP.expires_at > now) & (GROUP.expires_at <= now + window)
    chosen = select(GROUP.id).join_from(Group, GroupActivity, ACTIVITY.id == GROUP.activity_id)
    chosen = chosen.where(GROUP.state == GroupState.FORMING, GROUP.seats_held < GROUP.size, near)
    return (await session.scalars(chosen.order_by(GROUP.expires_at).limit(most))).all()
