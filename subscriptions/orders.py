"""News of orders. Subscribe first, read then: what happens in between is announced and read again."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from uuid import UUID

import strawberry

from domain import orders
from domain.members.permissions import Permission
from integrations.topics import RESYNC
from schema.audience import Audience
from schema.base import Info
from schema.orders import Order
from schema.relations import columns_for
from subscriptions.base import subscription


@strawberry.type
class Subscription:
    @subscription(Audience.SIGNED_IN)
    async def order_changed(self, info: Info, id: UUID) -> AsyncGenerator[Order, None]:
        """The order as it stands now, and again after every change. Its buyer, its merchant's staff or the platform."""
        columns = columns_for(info, Order)
        async with info.context.services.topics.listen(f"order:{id}") as news:
            yield Order.of(await info.context.read(orders.access, info.context.viewer, id, columns))
            async for _ in news:
                # Read again on the viewer's behalf each time: what was allowed may be so no longer.
                info.context.forget()
                yield Order.of(await info.context.read(orders.access, info.context.viewer, id, columns))

    @subscription(Audience.MERCHANT, Permission.MERCHANT_ORDERS_READ)
    async def merchant_order_arrived(self, info: Info) -> AsyncGenerator[Order, None]:
        """Orders of the viewer's merchant, when their payment arrives."""
        columns = columns_for(info, Order)
        async with info.context.services.topics.listen(f"merchant-orders:{info.context.viewer.shop_id}") as news:
            async for order_id in news:
                # After a lost connection the client reads its list anew, as it does when it connects.
                if order_id != RESYNC:
                    info.context.forget()
                    viewer = info.context.viewer
                    yield Order.of(await info.context.read(orders.access, viewer, UUID(order_id), columns))
