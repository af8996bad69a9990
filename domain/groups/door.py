"""Who may open or join a group by an order, for a whole lot of orders at once: locked, decided in memory, written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from domain.base import Invalid, NotFound, RowDict, TooMany, UnitOfWork, WrongState, among
from domain.groups.events import GroupChanged
from domain.groups.seats import ACTIVITY, GROUP, SEAT, count, take_pieces
from domain.groups.states import LIVING
from domain.pricing import Benefits, SpecialPrice
from models.base import new_id
from models.groups import ActivityState, Group, GroupActivity, GroupSeat, GroupState, SeatState
from models.pricing import Party


@dataclass(frozen=True)
class Wish:
    """What a buyer wants of an activity: a seat in `group_id`, or to open a group.

    `may_merge`: the group may be merged with another before it ends. `may_move`: money that comes too late for it buys
    a seat in another one.
    """

    activity_id: UUID
    group_id: UUID | None = None
    may_merge: bool = False
    may_move: bool = False

    def content(self) -> list[Any]:
        """As it is part of what a repeated key is compared with."""
        return [str(self.activity_id), str(self.group_id), self.may_merge, self.may_move]


def benefits(activity: RowDict) -> Benefits:
    """The price for groups and nothing else: no coupon, no points, no reduction goes with it."""
    special = SpecialPrice(activity["id"], activity["name"], activity["price"], Party.MERCHANT)
    return Benefits(campaigns={activity["sku_id"]: special})


class Door:
    """Activities and groups, locked, as they are after every order of the lot that was let in."""

    def __init__(self, activities: Iterable[RowDict], groups: Iterable[RowDict], seats: Iterable[RowDict]) -> None:
        self._activities = {row["id"]: dict(row) for row in activities}
        self._groups = {row["id"]: dict(row) for row in groups}
        self._seats = [dict(row) for row in seats]
        self._fresh: list[dict[str, Any]] = []

    def benefits_of(self, wish: Wish) -> Benefits:
        return benefits(self._activity(wish))

    def check(self, member_id: UUID, wish: Wish, lines: Sequence[tuple[UUID, int]], now: datetime) -> None:
        """Refuses an order that gets no seat: NotFound, WrongState, TooMany or Invalid, with the field it is about."""
        activity = self._activity(wish)
        if len(lines) != 1 or lines[0][0] != activity["sku_id"]:
            raise Invalid("拼团订单只能购买活动中的这一种商品", field="lines")
        quantity = lines[0][1]
        if wish.group_id is None:
            _refuse_closed(activity, now)
        else:
            self._refuse_full(member_id, wish.group_id, activity, now)
        self._refuse_many(member_id, activity, quantity)
        if activity["taken"] + quantity > activity["stock"]:
            left = activity["stock"] - activity["taken"]
            raise WrongState(f"拼团名额仅剩 {left} 件" if left else "拼团名额已抢完", field="quantity")

    def sit(self, member_id: UUID, wish: Wish, order_id: UUID, quantity: int, now: datetime) -> None:
        """Holds the seat of an order that was let in and stands."""
        seat = {
            "id": new_id(),
            "activity_id": wish.activity_id,
            "group_id": wish.group_id,
            "order_id": order_id,
            "member_id": member_id,
            "quantity": quantity,
            "state": SeatState.HELD,
            "may_merge": wish.may_merge,
            "may_move": wish.may_move,
            "created_at": now,
        }
        self._seats.append(seat)
        self._fresh.append(seat)
        self._activities[wish.activity_id]["taken"] += quantity
        if wish.group_id is not None:
            self._groups[wish.group_id]["seats_held"] += 1

    async def write(self, uow: UnitOfWork) -> None:
        """Writes the seats, once the orders are there."""
        if not self._fresh:
            return
        await uow.session.execute(insert(GroupSeat), self._fresh)
        pieces: dict[UUID, int] = {}
        joined: dict[UUID, int] = {}
        for seat in self._fresh:
            pieces[seat["activity_id"]] = pieces.get(seat["activity_id"], 0) + seat["quantity"]
            if seat["group_id"] is not None:
                joined[seat["group_id"]] = joined.get(seat["group_id"], 0) + 1
        for activity_id, more in pieces.items():
            await take_pieces(uow, activity_id, more)
        for group_id, more in joined.items():
            group = await count(uow, group_id, seats_held=more)
            uow.emit(GroupChanged(group_id, group["activity_id"], group["state"]))

    def _activity(self, wish: Wish) -> dict[str, Any]:
        if wish.activity_id not in self._activities:
            raise NotFound("拼团活动不存在", field="activityId")
        return self._activities[wish.activity_id]

    def _refuse_full(self, member_id: UUID, group_id: UUID, activity: RowDict, now: datetime) -> None:
        group = self._groups.get(group_id)
        if group is None or group["activity_id"] != activity["id"]:
            raise NotFound("这个团不存在", field="groupId")
        if any(seat["member_id"] == member_id and seat["group_id"] == group_id for seat in self._living()):
            raise WrongState("您已经在这个团里了，邀请朋友一起拼吧", field="groupId")
        if group["state"] is GroupState.MERGED:
            raise WrongState("这个团已与另一个团合并，请刷新后查看", field="groupId")
        if group["state"] is not GroupState.FORMING or group["expires_at"] <= now:
            raise WrongState("这个团已经结束，您可以自己开一个团", field="groupId")
        if group["seats_held"] >= group["size"]:
            raise WrongState("这个团的名额刚刚满了，您可以自己开一个团", field="groupId")

    def _refuse_many(self, member_id: UUID, activity: RowDict, quantity: int) -> None:
        mine = [s for s in self._living() if s["member_id"] == member_id and s["activity_id"] == activity["id"]]
        if any(seat["state"] is SeatState.HELD for seat in mine):
            raise WrongState("您在这个活动里还有一笔拼团订单未支付，请先支付或取消", field="activityId")
        if sum(seat["quantity"] for seat in mine) + quantity > activity["per_member"]:
            raise TooMany(f"这个拼团活动每人最多购买 {activity['per_member']} 件", field="quantity")

    def _living(self) -> Iterable[Mapping[str, Any]]:
        return (seat for seat in self._seats if seat["state"] in LIVING)


def _refuse_closed(activity: RowDict, now: datetime) -> None:
    if activity["state"] is not ActivityState.RUNNING or now >= activity["ends_at"]:
        raise WrongState("拼团活动已结束", field="activityId")
    if now < activity["starts_at"]:
        raise WrongState("拼团活动还没有开始", field="activityId")


NOBODY = Door((), (), ())


async def door(uow: UnitOfWork, asking: Sequence[tuple[UUID, Wish]]) -> Door:
    """The door for these members and what they want; their rows are locked already, and the stock's are not yet."""
    if not asking:
        return NOBODY
    activity_ids = list({wish.activity_id for _, wish in asking})
    group_ids = list({wish.group_id for _, wish in asking if wish.group_id})
    member_ids = list({member_id for member_id, _ in asking})
    session = uow.session
    chosen = select(*ACTIVITY).where(among(GroupActivity, "id", activity_ids)).order_by(ACTIVITY.id)
    activities = (await session.execute(chosen.with_for_update(key_share=True))).mappings().all()
    groups: Sequence[Any] = ()
    if group_ids:
        wanted = select(*GROUP).where(among(Group, "id", group_ids)).order_by(GROUP.id)
        groups = (await session.execute(wanted.with_for_update(key_share=True))).mappings().all()
    theirs = select(*SEAT).where(among(GroupSeat, "activity_id", activity_ids), SEAT.state.in_(LIVING))
    seats = (await session.execute(theirs.where(among(GroupSeat, "member_id", member_ids)))).mappings().all()
    return Door(*([dict(row) for row in rows] for rows in (activities, groups, seats)))
