"""News of orders."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import strawberry

from domain import orders
from domain.base import Viewer
from domain.members.permissions import Permission
from schema.audience import Audience
from schema.orders import Order
from subscriptions.base import Story, by_message, news

ARRIVAL = Story(
    type_=Order,
    read=orders.orders_by_id,
    needs=orders.OWNERS,
    may_see=orders.sees,
    missing="订单不存在",
    key=by_message,
)
CHANGE = replace(ARRIVAL, key=lambda _message, arguments: arguments["id"], begins=True)


@strawberry.type
class Subscription:
    @news(CHANGE, Audience.SIGNED_IN)
    def order_changed(_viewer: Viewer, id: UUID) -> str:
        """The order as it stands now, and again after every change. Its buyer, its merchant's staff or the platform."""
        return f"order:{id}"

    @news(ARRIVAL, Audience.MERCHANT, Permission.MERCHANT_ORDERS_READ)
    def merchant_order_arrived(viewer: Viewer) -> str:
        """Orders of the viewer's merchant, when their payment arrives."""
        return f"merchant-orders:{viewer.shop_id}"

    @news(ARRIVAL, Audience.MERCHANT, Permission.MERCHANT_ORDERS_READ)
    def merchant_order_changed(viewer: Viewer) -> str:
        """Orders of the viewer's merchant, whenever one is placed or takes a step, for lists that move."""
        return f"merchant-order-steps:{viewer.shop_id}"
