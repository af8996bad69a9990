"""News of after-sale cases."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import strawberry

from domain import aftersales
from domain.base import Viewer
from domain.members.permissions import Permission
from schema.aftersales import AfterSale
from schema.audience import Audience
from subscriptions.base import Story, by_message, news

ARRIVAL = Story(
    type_=AfterSale,
    read=aftersales.after_sales_by_id,
    needs=aftersales.OWNERS,
    may_see=aftersales.sees,
    missing="售后单不存在",
    key=by_message,
)
CHANGE = replace(ARRIVAL, key=lambda _message, arguments: arguments["id"], begins=True)


@strawberry.type
class Subscription:
    @news(CHANGE, Audience.SIGNED_IN)
    def after_sale_changed(_viewer: Viewer, id: UUID) -> str:
        """The case as it stands now, and again whenever something is done or said. Each of its three sides."""
        return f"after-sale:{id}"

    @news(ARRIVAL, Audience.MERCHANT, Permission.MERCHANT_AFTERSALES)
    def merchant_after_sale_changed(viewer: Viewer) -> str:
        """Cases of the viewer's merchant, whenever something is done or said in one."""
        return f"merchant-after-sales:{viewer.shop_id}"
