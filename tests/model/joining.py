"""Buyers who get a price together: opening and joining groups, and what becomes of groups by themselves."""

from __future__ import annotations

from random import Random
from uuid import UUID

from domain import checkout, groups, orders
from domain.base import clock
from domain.groups import Wish
from domain.orders import WantedOrder
from tests.factories.merchants import ZHAOYANG
from tests.model.base import wrong
from tests.model.buying import Buying
from tests.model.seats import FAILED, FORMING, MERGED, SEATED, SUCCESS, Group, Seat
from tests.model.truth import WAITING

FOUND = """SELECT s.order_id, g.id, g.expires_at FROM group_seats s JOIN groups g ON g.id = s.group_id
    WHERE s.order_id = ANY($1)"""


class Joining(Buying):
    """What is done by buyers, and by the job that looks after groups."""

    async def order_in_group(self, dice: Random) -> bool:
        seats, who = self.truth.seats, dice.choice(self.market.buyers)
        activity = dice.choice(seats.activities)
        known = [group for group in seats.groups if group.activity is activity]
        open_ = known if dice.random() < 0.1 else [group for group in known if group.state == FORMING]
        group = self.pick(dice, open_) if dice.random() < 0.6 else None
        many, agreed = dice.choice((1, 1, 1, 2)), (dice.random() < 0.7, dice.random() < 0.5)
        wish = Wish(activity.id, group.id if group else None, *agreed)
        total = await self._group_price(activity.id, activity.sku, many)
        asked = total + (1 if dice.random() < 0.05 else 0)
        page = WantedOrder(
            dice.randbytes(8).hex(), [(activity.sku, many)], who.address_id, asked, from_cart=False, group=wish
        )
        unpaid = sum(trade.who is who and trade.state == WAITING for trade in self.truth.trades)
        right = asked == total and unpaid < 10 and not self.truth.short({activity.sku: many})
        right = right and not seats.refuses(activity, group, who, many, clock.now())
        told = await self.attempt(self.do(orders.place, who.viewer, page), right)
        if told.done:
            await self.remember(told.answer, who)
            assert self.touched is not None
            seats.sat_down(self.touched.orders[0].id, Seat(activity, who, many, group, *agreed))
            if dice.random() < 0.75:
                await self.pays_at_once(self.touched)
        return True

    async def _group_price(self, id: UUID, sku: UUID, many: int) -> int:
        async with self.market.mall.read() as session:
            columns = frozenset({"id", "name", "price", "sku_id"})
            (row,) = (await groups.activities_by_id(session, [id], columns)).values()
            held = groups.benefits(row)
            return (await checkout.price_wanted(session, {sku: many}, held, region_code=ZHAOYANG, alone=True)).total

    async def look_at_groups(self) -> None:
        """What groups that were opened lately are called, and when they end."""
        if all(group.id for group in self.truth.seats.groups[-1:]):
            return
        fresh = {id: seat.group for id, seat in self.truth.seats.all.items() if seat.group and seat.group.id is None}
        for row in await self.market.sql.fetch(FOUND, list(fresh)):
            group = fresh[row["order_id"]]
            assert group is not None
            # By when the buyer paid, which may be known only later.
            if row["expires_at"] > group.expires_at:
                raise wrong("group", f"{group} ends at {row['expires_at']}")
            group.id, group.expires_at = row["id"], row["expires_at"]

    # ------------------------------------------------------------------------------------------ by themselves
    async def groups_end(self, dice: Random) -> bool:
        """As the job does that looks after them every few seconds."""
        async with self.market.mall.read() as session:
            soon, over = await groups.ending_soon(session), await groups.expired(session)
            forgotten = await groups.unrefunded(session)
        for id in soon:
            await self._may_merge(self._group(id))
        for id in over:
            await self.attempt(self.do(orders.expire_group, id), True)
            self.truth.seats.ended(self._group(id), clock.now())
        for id in forgotten:
            await self.attempt(self.do(orders.refund_failed, id), True)
            self.group_refunded(id)
        return bool(soon or over or forgotten)

    def _group(self, id: UUID) -> Group:
        return next(group for group in self.truth.seats.groups if group.id == id)

    async def _may_merge(self, group: Group) -> None:
        right = self.truth.seats.may_merge(group, clock.now())
        told = await self.attempt(self.do(orders.merge_group, group.id), True)
        if told.answer is not right:
            raise wrong("merge", f"{group} was {'' if told.answer else 'not '}merged")
        if not right:
            return
        chosen = "SELECT id, merged_into_id FROM groups WHERE state = 'MERGED'"
        into = {row["id"]: row["merged_into_id"] for row in await self.market.sql.fetch(chosen)}
        others = [each for each in self.truth.seats.groups if each.id in into and each.state != MERGED]
        (id,) = {into[each.id] for each in others if each.id}
        if detail := self.truth.seats.merged(self._group(id), others):
            raise wrong("merge", detail)
        self.truth.group_completed(self._group(id))

    def group_refunded(self, order_id: UUID) -> None:
        """The job of a failed group's order has run."""
        seat = self.truth.seats.all[order_id]
        if seat.group is not None and seat.group.state == FAILED and seat.state == SEATED:
            order = next(each for each in self.truth.orders if each.id == order_id)
            self.truth.seats.gone(seat)
            self.truth.never_sold(order)

    # ------------------------------------------------------------------------------------------ comparing
    async def compare_groups(self) -> None:
        seats, sql = self.truth.seats, self.market.sql
        for row in await sql.fetch("SELECT order_id, group_id, state FROM group_seats"):
            seat = seats.all[row["order_id"]]
            if (row["state"], row["group_id"]) != (seat.state, seat.group.id if seat.group else None):
                raise wrong("seat", f"{dict(row)} instead of {seat}")
        found = {row["id"]: row for row in await sql.fetch("SELECT id, state, seats_held, seats_paid FROM groups")}
        if found.keys() != {group.id for group in seats.groups}:
            raise wrong("groups", f"{len(found)} instead of {len(seats.groups)}")
        for group in seats.groups:
            row = found[group.id]
            held = len(group.living) if group.state in (FORMING, SUCCESS) else row["seats_held"]
            if (row["state"], row["seats_held"]) != (group.state, held):
                raise wrong("group", f"{dict(row)} instead of {group}")
        rows = await sql.fetch("SELECT id, taken FROM group_activities")
        taken = {row["id"]: row["taken"] for row in rows}
        if taken != {activity.id: activity.taken for activity in seats.activities}:
            raise wrong("pieces", f"{taken} instead of {seats.activities}")
