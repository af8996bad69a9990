"""Seats: held by the transaction that places an order, paid by the one that records its payment, freed with the order.

Whoever needs several locks takes them after the trade's and before the stock's: the activity, then the group. Paying
needs the group only, so that a rush of orders keeps nobody's payment waiting.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import RowDict, UnitOfWork, among
from domain.groups.events import GroupChanged
from domain.groups.states import LIVING, SEAT_STEPS, SeatEvent
from models.base import new_id
from models.groups import ActivityState, Group, GroupActivity, GroupSeat, GroupState, SeatState

ACTIVITY, GROUP, SEAT = GroupActivity.__table__.c, Group.__table__.c, GroupSeat.__table__.c


@dataclass(frozen=True)
class Seated:
    """An order has its seat in `group_id`. `complete`: the orders that may be shipped now, since it was the last."""

    group_id: UUID
    complete: Sequence[UUID] = ()
    opened: bool = False


# ------------------------------------------------------------------------------------------------ rows
def _for_update(chosen: Select[Any]) -> Select[Any]:
    """Locked, and still to be pointed at by others."""
    return chosen.with_for_update(key_share=True)


async def seats_of(session: AsyncSession, order_ids: Collection[UUID]) -> list[RowDict]:
    """The seats of these orders; most orders have none."""
    found = await session.execute(select(*SEAT).where(among(GroupSeat, "order_id", list(order_ids))).order_by(SEAT.id))
    return [dict(row) for row in found.mappings()]


async def lock_activity(uow: UnitOfWork, id: UUID) -> RowDict:
    return dict((await uow.session.execute(_for_update(select(*ACTIVITY).where(ACTIVITY.id == id)))).mappings().one())


async def lock_group(uow: UnitOfWork, id: UUID) -> RowDict:
    return dict((await uow.session.execute(_for_update(select(*GROUP).where(GROUP.id == id)))).mappings().one())


async def _seat(session: AsyncSession, id: UUID) -> RowDict:
    return dict((await session.execute(select(*SEAT).where(SEAT.id == id))).mappings().one())


async def step_seats(uow: UnitOfWork, ids: Collection[UUID], event: SeatEvent, **to: Any) -> list[RowDict]:
    """Takes the step with those of the seats that can, and answers them."""
    before = [state for state, name in SEAT_STEPS if name is event]
    (after,) = {SEAT_STEPS[state, event] for state in before}
    moved = update(GroupSeat).where(among(GroupSeat, "id", list(ids)), SEAT.state.in_(before))
    rows = (await uow.session.execute(moved.values(state=after, **to).returning(*SEAT))).mappings()
    return [dict(row) for row in rows]


async def count(uow: UnitOfWork, group_id: UUID, **by: int) -> RowDict:
    """Adds to the numbers of a locked group; the table's CHECKs have the last word."""
    more = {name: GROUP[name] + number for name, number in by.items()}
    changed = update(Group).where(GROUP.id == group_id).values(more).returning(*GROUP)
    return dict((await uow.session.execute(changed)).mappings().one())


async def take_pieces(uow: UnitOfWork, activity_id: UUID, pieces: int) -> None:
    changed = update(GroupActivity).where(ACTIVITY.id == activity_id)
    await uow.session.execute(changed.values(taken=ACTIVITY.taken + pieces))


# ------------------------------------------------------------------------------------------------ paying
async def pay(uow: UnitOfWork, seat: RowDict, now: datetime) -> Seated | None:
    """The seat's order was paid in time; None when it lost its seat all the same, and must be seated anew or refunded.

    The seat without a group opens one: its buyer is the leader.
    """
    if seat["state"] is not SeatState.HELD:
        return None
    if seat["group_id"] is None:
        return await _open(uow, seat, SeatEvent.PAY, now)
    while True:
        group = await lock_group(uow, seat["group_id"])
        seat = await _seat(uow.session, seat["id"])
        if seat["group_id"] == group["id"]:
            break
    if seat["state"] is not SeatState.HELD or group["state"] is not GroupState.FORMING:
        return None
    await step_seats(uow, [seat["id"]], SeatEvent.PAY, paid_at=now)
    return await _paid(uow, group, now, held=0)


async def _open(uow: UnitOfWork, seat: RowDict, event: SeatEvent, now: datetime) -> Seated:
    chosen = select(ACTIVITY.size, ACTIVITY.ttl_minutes).where(ACTIVITY.id == seat["activity_id"])
    activity = (await uow.session.execute(chosen)).one()
    group = {
        "id": new_id(),
        "activity_id": seat["activity_id"],
        "leader_id": seat["member_id"],
        "size": activity.size,
        "seats_held": 1,
        "seats_paid": 1,
        "state": GroupState.FORMING,
        "expires_at": now + timedelta(minutes=activity.ttl_minutes),
        "created_at": now,
    }
    await uow.session.execute(insert(Group), [group])
    await step_seats(uow, [seat["id"]], event, group_id=group["id"], paid_at=now)
    uow.emit(GroupChanged(group["id"], seat["activity_id"], GroupState.FORMING))
    return Seated(group["id"], opened=True)


async def _paid(uow: UnitOfWork, group: RowDict, now: datetime, *, held: int) -> Seated:
    """One seat more of a locked group is paid, of which `held` were not held before; the last one completes it."""
    if group["seats_paid"] + 1 < group["size"]:
        await count(uow, group["id"], seats_held=held, seats_paid=1)
        uow.emit(GroupChanged(group["id"], group["activity_id"], GroupState.FORMING))
        return Seated(group["id"])
    return Seated(group["id"], await complete(uow, group, now, seats_held=held, seats_paid=1))


async def complete(uow: UnitOfWork, group: RowDict, now: datetime, **by: int) -> list[UUID]:
    """The locked group is complete with these seats more; answers the orders that waited for it."""
    more = {name: GROUP[name] + number for name, number in by.items()}
    to = {"state": GroupState.SUCCESS, "ended_at": now, **more}
    await uow.session.execute(update(Group).where(GROUP.id == group["id"]).values(to))
    uow.emit(GroupChanged(group["id"], group["activity_id"], GroupState.SUCCESS))
    return [row["order_id"] for row in await living(uow.session, group["id"])]


async def living(session: AsyncSession, group_id: UUID) -> list[RowDict]:
    chosen = select(*SEAT).where(SEAT.group_id == group_id, SEAT.state.in_(LIVING)).order_by(SEAT.order_id)
    return [dict(row) for row in (await session.execute(chosen)).mappings()]


# ------------------------------------------------------------------------------------------------ freeing
async def free(uow: UnitOfWork, seats: Sequence[RowDict]) -> None:
    """The seats of orders that were closed unpaid are free again, with their pieces. Done once."""
    for seat in seats:
        await lock_activity(uow, seat["activity_id"])
        # Nobody merges groups meanwhile: where the seat is now, it stays.
        now = await _seat(uow.session, seat["id"])
        if now["group_id"] is not None:
            await lock_group(uow, now["group_id"])
        if not await step_seats(uow, [seat["id"]], SeatEvent.FREE):
            continue
        await take_pieces(uow, seat["activity_id"], -seat["quantity"])
        if now["group_id"] is not None:
            group = await count(uow, now["group_id"], seats_held=-1)
            uow.emit(GroupChanged(group["id"], seat["activity_id"], group["state"]))


async def refunded(uow: UnitOfWork, order_id: UUID) -> bool:
    """The order's money goes back: its seat is nobody's any more. Whether it was not so already."""
    for seat in await seats_of(uow.session, [order_id]):
        await lock_activity(uow, seat["activity_id"])
        if await step_seats(uow, [seat["id"]], SeatEvent.REFUND):
            if seat["state"] in LIVING:
                await take_pieces(uow, seat["activity_id"], -seat["quantity"])
            return True
    return False


# ------------------------------------------------------------------------------------------------ late money
async def find_again(uow: UnitOfWork, seat: RowDict, now: datetime) -> RowDict | None:
    """Where the late money of a freed seat still buys one: the activity, locked, with the locked `group` or None.

    Who was to open a group opens it. Who joined one gets back into it while it forms; into another one, or a new one,
    only if that was agreed to when ordering. None: nowhere, the money goes back.
    """
    activity = await lock_activity(uow, seat["activity_id"])
    if activity["taken"] + seat["quantity"] > activity["stock"]:
        return None
    wanted = await _end_of(uow.session, seat["group_id"])
    if wanted is not None and (group := await _free_seat(uow, wanted, seat, now)):
        return {**activity, "group": group}
    if wanted is not None and not seat["may_move"]:
        return None
    open_ids = select(GROUP.id).where(GROUP.activity_id == seat["activity_id"], GROUP.state == GroupState.FORMING)
    fullest = open_ids.where(GROUP.seats_held < GROUP.size, GROUP.expires_at > now)
    fullest = fullest.order_by(GROUP.seats_held.desc(), GROUP.expires_at).limit(20)
    for id in (await uow.session.scalars(fullest)).all() if wanted is not None else ():
        if group := await _free_seat(uow, id, seat, now):
            return {**activity, "group": group}
    return {**activity, "group": None} if _opens(activity, now) else None


def _opens(activity: RowDict, now: datetime) -> bool:
    running: bool = activity["state"] is ActivityState.RUNNING
    return running and bool(activity["starts_at"] <= now < activity["ends_at"])


async def _end_of(session: AsyncSession, group_id: UUID | None) -> UUID | None:
    """The group that a merged one has become part of."""
    while group_id is not None:
        into = await session.scalar(select(GROUP.merged_into_id).where(GROUP.id == group_id))
        if into is None:
            return group_id
        group_id = into
    return None


async def _free_seat(uow: UnitOfWork, group_id: UUID, seat: RowDict, now: datetime) -> RowDict | None:
    """The group, locked, if it still takes the member."""
    forming: ColumnElement[bool] = GROUP.state == GroupState.FORMING
    if await uow.session.scalar(select(GROUP.id).where(GROUP.id == group_id, forming)) is None:
        return None
    group = await lock_group(uow, group_id)
    mine = [each for each in await living(uow.session, group_id) if each["member_id"] == seat["member_id"]]
    free_ = group["state"] is GroupState.FORMING and group["seats_held"] < group["size"] and group["expires_at"] > now
    return group if free_ and not mine else None


async def pay_again(uow: UnitOfWork, seat: RowDict, found: RowDict, now: datetime) -> Seated:
    """Takes what `find_again` found for the paid order."""
    await take_pieces(uow, seat["activity_id"], seat["quantity"])
    group = found["group"]
    if group is None:
        return await _open(uow, seat, SeatEvent.PAY_LATE, now)
    moved = seat["group_id"] if seat["group_id"] != group["id"] else None
    await step_seats(uow, [seat["id"]], SeatEvent.PAY_LATE, group_id=group["id"], moved_from_id=moved, paid_at=now)
    return await _paid(uow, group, now, held=1)


async def has_failed(session: AsyncSession, order_id: UUID) -> bool:
    """Whether the order has a seat in a group that failed."""
    chosen = select(GROUP.state).join_from(GroupSeat, Group, GROUP.id == SEAT.group_id)
    return await session.scalar(chosen.where(SEAT.order_id == order_id)) is GroupState.FAILED
