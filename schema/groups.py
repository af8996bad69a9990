"""拼团: offers to groups, groups, and who is in them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from domain import catalog, groups, merchants, orders
from domain.base import clock
from models.base import Fen
from models.groups import ActivityState, GroupState, SeatState
from schema.base import Info, NumberedPage, Refused
from schema.catalog import Product, Sku
from schema.merchants import Merchant
from schema.orders import Order
from schema.relations import RowType, columns_for, derived, looked_up, many, one, reads

strawberry.enum(ActivityState, name="GroupActivityState")
strawberry.enum(GroupState)
strawberry.enum(SeatState, name="GroupSeatState")


@strawberry.type(description="A buyer in a group, as whoever has the link sees one.")
class GroupMember(RowType):
    name: str = looked_up(
        groups.names_by_member, "shown_as", key="member_id", missing="", description="First letter only."
    )
    paid_at: datetime | None


@strawberry.type(description="The viewer's own place in a group.")
class GroupSeat(RowType):
    id: UUID
    state: SeatState
    order_id: UUID
    order: Order = one(orders.orders_by_id, key="order_id")
    group_id: UUID | None
    group: Group | None = one(groups.groups_by_id, key="group_id")
    quantity: int
    may_merge: bool = strawberry.field(description="Agreed: the group may be merged with another before it ends.")
    may_move: bool = strawberry.field(description="Agreed: late money buys a seat in another group.")
    moved_from_id: UUID | None = strawberry.field(description="The group the seat was in before it was merged.")
    created_at: datetime


@strawberry.type(description="Buyers who want a price together. Open to whoever has its link.")
class Group(RowType):
    id: UUID
    state: GroupState
    size: int
    paid: int = derived(lambda paid: paid, "seats_paid", description="Members who have paid")
    paying: int = derived(
        lambda held, paid: held - paid, "seats_held", "seats_paid", description="At the cashier: their seats are held"
    )
    missing: int = derived(
        lambda size, held: size - held, "size", "seats_held", description="Seats that can still be taken"
    )
    expires_at: datetime
    server_time: datetime = derived(
        lambda _: clock.now(), "id", description="Now, by the clock that ends the group: count down from this."
    )
    ended_at: datetime | None
    created_at: datetime
    merged_into_id: UUID | None = strawberry.field(description="The group that its members went over to.")
    activity_id: UUID
    activity: GroupActivity = one(groups.activities_by_id, key="activity_id")
    leader: str = looked_up(groups.names_by_member, "shown_as", key="leader_id", missing="")
    members: list[GroupMember] = many(
        groups.members_by_group, key="id", description="Who has paid and stays, in that order. Real buyers, always."
    )

    @reads("id", description="The viewer's own seat, if there is one.")
    async def mine(self, info: Info) -> GroupSeat | None:
        columns = columns_for(info, GroupSeat)
        row = await info.context.read(groups.mine_in, info.context.viewer, self.__dict__["id"], columns)
        return GroupSeat.of(row) if row else None


@strawberry.type(description="A SKU at a price for groups.")
class GroupActivity(RowType):
    id: UUID
    name: str
    state: ActivityState
    price: Fen = strawberry.field(description="Of one piece, in a group")
    list_price: Fen = strawberry.field(description="Of one piece by itself, when the offer was published")
    size: int
    ttl_minutes: int = strawberry.field(description="From the leader's payment on, a group has so long")
    per_member: int = strawberry.field(description="Pieces one member may have in all groups of it")
    left: int = derived(lambda stock, taken: stock - taken, "stock", "taken", description="Pieces that are left")
    starts_at: datetime
    ends_at: datetime
    product_id: UUID
    product: Product = one(catalog.products_by_id, key="product_id")
    sku_id: UUID
    sku: Sku = one(catalog.skus_by_id, key="sku_id")
    forming: list[Group] = many(
        groups.forming_by_activity, key="id", description="Groups that can be joined now, the fullest first; a few."
    )


@strawberry.type(description="What came of an offer. Money in fen, without freight.")
class GroupResults:
    opened: int
    succeeded: int
    failed: int
    merged: int
    forming: int
    members: int = strawberry.field(description="Buyers in complete groups")
    turnover: Fen = strawberry.field(description="Paid for orders of complete groups")
    refunded: Fen = strawberry.field(description="Went back of any of its orders")

    @classmethod
    def of(cls, found: groups.Results) -> GroupResults:
        return cls(**{**vars(found), "turnover": Fen(found.turnover), "refunded": Fen(found.refunded)})


@strawberry.type(description="An offer to groups as its shop and the platform see it.")
class ConsoleGroupActivity(GroupActivity):
    stock: int
    taken: int
    stopped_at: datetime | None
    created_at: datetime
    version: int
    merchant: Merchant = one(merchants.by_id, key="merchant_id")

    @reads("id")
    async def results(self, info: Info) -> GroupResults:
        row = await info.context.load(groups.results_by_activity, frozenset(), self.__dict__["id"])
        return GroupResults.of(row["results"] if row else groups.Results())


@strawberry.type
class GroupPage(NumberedPage[Group]):
    pass


@strawberry.type
class GroupSeatPage(NumberedPage[GroupSeat]):
    pass


@strawberry.type
class GroupOfferPage(NumberedPage[GroupActivity]):
    pass


@strawberry.type
class GroupActivityPage(NumberedPage[ConsoleGroupActivity]):
    pass


GroupActivityResult = Annotated[ConsoleGroupActivity | Refused, strawberry.union("GroupActivityResult")]


# ------------------------------------------------------------------------------------------------ inputs
@strawberry.input
class GroupActivityInput:
    sku_id: UUID
    name: str
    price: Fen
    size: int
    ttl_minutes: int
    per_member: int
    stock: int
    starts_at: datetime
    ends_at: datetime

    def draft(self) -> groups.Draft:
        return groups.Draft(**vars(self))


@strawberry.input
class PlaceGroupOrderInput:
    idempotency_key: str = strawberry.field(
        description="Made once per visit of the checkout page; the same key gives the same trade. 8–64 characters."
    )
    activity_id: UUID
    group_id: UUID | None = strawberry.field(default=None, description="Null: open a group of one's own.")
    quantity: int
    address_id: UUID
    expected_total: Fen
    may_merge: bool = strawberry.field(
        default=False, description="Agreed: before it ends, the group may be merged with another of the same offer."
    )
    may_move: bool = strawberry.field(
        default=False, description="Agreed: money that comes too late for this group buys a seat in another."
    )
    remark: str = ""
    no_return_confirmed: bool = False
