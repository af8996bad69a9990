"""到店自提: counters and their desk for shops, calling off for buyers."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import aftersales, orders, pickups
from domain.members.permissions import Permission
from resolvers.base import Audience, By, Rate, mutation, query
from schema.base import Info
from schema.orders import Order, OrderResult
from schema.pickups import PickupPoint, PickupPointInput, PickupPointResult
from schema.relations import columns_for

SHIPS = Permission.MERCHANT_ORDERS_SHIP
# A clerk with a line of people in front of him; whoever tries out codes is soon slow, besides being counted.
AT_THE_DESK = Rate(By.VIEWER, burst=30, seconds=2)


async def _point(info: Info, id: UUID) -> PickupPoint:
    columns = columns_for(info, PickupPoint)
    return PickupPoint.of(await info.context.read(pickups.point_of_shop, info.context.viewer, id, columns))


async def _order(info: Info, id: UUID) -> Order:
    return Order.of(await info.context.read(orders.access, info.context.viewer, id, columns_for(info, Order)))


@strawberry.type
class Query:
    @query(Audience.MERCHANT, Permission.MERCHANT_ORDERS_READ, description="All of the shop's, closed ones last.")
    async def merchant_pickup_points(self, info: Info) -> list[PickupPoint]:
        columns = columns_for(info, PickupPoint)
        return [PickupPoint.of(row) for row in await info.context.read(pickups.of_shop, info.context.viewer, columns)]


@strawberry.type
class Mutation:
    @mutation(Audience.MERCHANT, SHIPS, description="Opens a counter, or changes one; at most twenty.")
    async def merchant_save_pickup_point(
        self, info: Info, input: PickupPointInput, id: UUID | None = None
    ) -> PickupPointResult:
        async with info.context.database.begin() as uow:
            saved = await pickups.save_point(uow, info.context.viewer, id, input.draft())
        return await _point(info, saved)

    @mutation(Audience.MERCHANT, SHIPS, description="It takes no new orders; who waits there is served all the same.")
    async def merchant_close_pickup_point(self, info: Info, id: UUID) -> PickupPointResult:
        async with info.context.database.begin() as uow:
            await pickups.close_point(uow, info.context.viewer, id)
        return await _point(info, id)

    @mutation(
        Audience.MERCHANT,
        SHIPS,
        rates=(AT_THE_DESK,),
        description="What is to be handed over for this code, or was; fifty wrong codes a day for the shop.",
    )
    async def merchant_find_pickup(self, info: Info, code: str) -> OrderResult:
        return await _order(info, await orders.find_pickup(info.context.database, info.context.viewer, code))

    @mutation(
        Audience.MERCHANT,
        SHIPS,
        rates=(AT_THE_DESK,),
        description="The goods are the buyer's now: the order is received. A code is good once.",
    )
    async def merchant_hand_over(self, info: Info, code: str) -> OrderResult:
        return await _order(info, await orders.hand_over(info.context.database, info.context.viewer, code))

    @mutation(Audience.MEMBER, description="Calls off what waits at a counter: what was paid goes back.")
    async def cancel_pickup(self, info: Info, order_id: UUID) -> OrderResult:
        async with info.context.database.begin() as uow:
            await aftersales.cancel_pickup(uow, info.context.viewer, order_id)
        return await _order(info, order_id)
