"""Groups of buyers as they should be: who sits where, and what becomes of a payment. Plain values, as in `truth`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from tests.factories.orders import Buyer

HELD, SEATED, FREED, GONE = "HELD", "PAID", "FREED", "REFUNDED"
FORMING, SUCCESS, FAILED, MERGED = "FORMING", "SUCCESS", "FAILED", "MERGED"
LIVING = (HELD, SEATED)
# How long somebody at the cashier keeps a group from ending.
PATIENCE = timedelta(hours=1)
# From so long before its end on it is merged with others; a quarter of its time, if that is less.
MERGED_WITHIN = timedelta(hours=2)


@dataclass
class Activity:
    """What a shop offers to groups, and how many of its pieces living seats have."""

    id: UUID
    sku: UUID
    size: int
    lasts: timedelta
    stock: int
    each: int
    ends_at: datetime
    taken: int = 0


@dataclass(eq=False)
class Group:
    activity: Activity = field(repr=False)
    expires_at: datetime
    #: None: it was opened a moment ago, and nobody has looked yet.
    id: UUID | None = None
    state: str = FORMING
    into: Group | None = None
    seats: list[Seat] = field(default_factory=list, repr=False)

    @property
    def living(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.state in LIVING]

    @property
    def paid(self) -> int:
        return sum(seat.state == SEATED for seat in self.seats)

    def admits(self, who: Buyer, now: datetime) -> bool:
        mine = any(seat.who is who for seat in self.living)
        return self.state == FORMING and self.expires_at > now and len(self.living) < self.activity.size and not mine

    def goes_with(self, other: Group) -> bool:
        """Whether two may become one: everybody agreed, nobody is in both, and together they are not too many."""
        seats = [*self.living, *other.living]
        together = len(seats) <= self.activity.size and len({id(seat.who) for seat in seats}) == len(seats)
        return together and all(seat.may_merge for seat in seats)


@dataclass(eq=False)
class Seat:
    """One order's place."""

    activity: Activity = field(repr=False)
    who: Buyer = field(repr=False)
    quantity: int
    group: Group | None
    may_merge: bool
    may_move: bool
    state: str = HELD


class Seats:
    """All of them."""

    def __init__(self) -> None:
        self.activities: list[Activity] = []
        self.groups: list[Group] = []
        self.all: dict[UUID, Seat] = {}

    # ------------------------------------------------------------------------------------------ ordering
    def refuses(self, activity: Activity, group: Group | None, who: Buyer, many: int, now: datetime) -> bool:
        """Whether somebody gets no seat."""
        mine = [each for each in self.all.values() if each.who is who and each.activity is activity]
        mine = [each for each in mine if each.state in LIVING]
        closed = now >= activity.ends_at if group is None else not group.admits(who, now)
        at_cashier = any(each.state == HELD for each in mine)
        many_mine = sum(each.quantity for each in mine) + many > activity.each
        return closed or at_cashier or many_mine or activity.taken + many > activity.stock

    def sat_down(self, order_id: UUID, seat: Seat) -> None:
        self.all[order_id] = seat
        seat.activity.taken += seat.quantity
        if seat.group is not None:
            seat.group.seats.append(seat)

    def freed(self, seat: Seat) -> None:
        """Its order was closed unpaid, or its group has waited long enough."""
        if seat.state == HELD:
            seat.state = FREED
            seat.activity.taken -= seat.quantity

    # ------------------------------------------------------------------------------------------ paying
    def paid(self, seat: Seat, now: datetime) -> bool:
        """The order's money came, in time or not; whether it has a seat now."""
        if seat.state == HELD:
            self._sits(seat, seat.group, now)
            return True
        found = self._find(seat, now)
        if found is None:
            return False
        seat.activity.taken += seat.quantity
        if found[0] is not seat.group and seat.group is not None:
            seat.group.seats.remove(seat)
            seat.group = None
        self._sits(seat, found[0], now)
        return True

    def _find(self, seat: Seat, now: datetime) -> tuple[Group | None] | None:
        """Where late money buys a seat: in a group, or (None,) for a new one; None: nowhere."""
        if seat.activity.taken + seat.quantity > seat.activity.stock:
            return None
        wanted = seat.group
        while wanted is not None and wanted.into is not None:
            wanted = wanted.into
        if wanted is not None:
            if wanted.admits(seat.who, now):
                return (wanted,)
            if not seat.may_move:
                return None
            others = [each for each in self.groups if each.activity is seat.activity and each.admits(seat.who, now)]
            if others:
                return (min(others, key=lambda each: (-len(each.living), each.expires_at)),)
        return (None,) if now < seat.activity.ends_at else None

    def _sits(self, seat: Seat, group: Group | None, now: datetime) -> None:
        if group is None:
            group = Group(seat.activity, now + seat.activity.lasts)
            self.groups.append(group)
        if seat not in group.seats:
            group.seats.append(seat)
        seat.state, seat.group = SEATED, group
        if group.paid == group.activity.size:
            group.state = SUCCESS

    def gone(self, seat: Seat) -> None:
        """The money goes back."""
        if seat.state in LIVING:
            seat.activity.taken -= seat.quantity
        seat.state = GONE

    # ------------------------------------------------------------------------------------------ ending
    def ended(self, group: Group, now: datetime) -> None:
        """Its time may be over."""
        if group.state != FORMING or group.expires_at > now:
            return
        unpaid = [seat for seat in group.living if seat.state == HELD]
        if not unpaid or now >= group.expires_at + PATIENCE:
            for seat in unpaid:
                self.freed(seat)
            group.state = FAILED

    def may_merge(self, group: Group, now: datetime) -> bool:
        """Whether the group is near its end and there is another that it goes together with."""
        near = group.expires_at - min(MERGED_WITHIN, group.activity.lasts / 4) <= now < group.expires_at
        own = group.state == FORMING and len(group.living) < group.activity.size
        others = [each for each in self.groups if each is not group and each.activity is group.activity]
        others = [each for each in others if each.state == FORMING and each.expires_at > now]
        others = [each for each in others if len(each.living) < each.activity.size]
        return near and own and any(group.goes_with(each) for each in others)

    def merged(self, into: Group, others: Collection[Group]) -> str | None:
        """They became one; answers what was wrong with it."""
        for other in others:
            if other.expires_at > into.expires_at or not into.goes_with(other):
                return f"{other} went into {into}"
            for seat in other.living:
                other.seats.remove(seat)
                into.seats.append(seat)
                seat.group = into
            other.state, other.into = MERGED, into
        if into.paid == into.activity.size:
            into.state = SUCCESS
        return None
