"""News of inboxes."""

from __future__ import annotations

import strawberry

from domain import notices
from domain.base import Viewer
from domain.members.permissions import Permission
from schema.audience import Audience
from schema.notices import NoticeArrival
from subscriptions.base import Story, by_message, news

ARRIVAL = Story(
    type_=NoticeArrival,
    read=notices.notices_by_id,
    needs=frozenset({"merchant_id"}),
    may_see=notices.sees,
    missing="消息不存在",
    key=by_message,
)


@strawberry.type
class Subscription:
    @news(ARRIVAL, Audience.MERCHANT, Permission.MERCHANT_OVERVIEW)
    def merchant_notice_arrived(viewer: Viewer) -> str:
        """Whenever something new lies in the inbox of the viewer's shop."""
        return f"notices:{viewer.shop_id}"

    @news(ARRIVAL, Audience.PLATFORM, Permission.PLATFORM_OVERVIEW)
    def platform_notice_arrived(_viewer: Viewer) -> str:
        """Whenever something new lies in the inbox of the platform."""
        return "notices:platform"
