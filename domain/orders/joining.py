"""The checkout page of a group order: what it would cost, before it is placed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from domain import checkout, groups
from domain.base import Columns, NotFound, Viewer
from domain.inventory import OutOfStock
from domain.orders.placing import WantedOrder

ACTIVITY = frozenset({"id", "name", "price", "sku_id"})


async def preview_in_group(
    session: AsyncSession,
    viewer: Viewer,
    activity_id: UUID,
    quantity: int,
    address_id: UUID | None,
    columns: Columns,
) -> checkout.Preview:
    """What so many pieces cost with a group, sent to this or the default address. Holds nothing."""
    activity = (await groups.activities_by_id(session, [activity_id], ACTIVITY)).get(activity_id)
    if activity is None:
        raise NotFound("拼团活动不存在", field="activityId")
    wanted, held = (activity["sku_id"], quantity), groups.benefits(activity)
    preview = await checkout.preview_alone(session, viewer, wanted, held, address_id, columns)
    (line,) = preview.priced.lines
    if line.offer.available < quantity:
        raise OutOfStock(line.offer.sku_id, max(line.offer.available, 0))
    return preview


@dataclass(frozen=True)
class GroupPage:
    """A group order's checkout page as it was sent."""

    idempotency_key: str
    activity_id: UUID
    group_id: UUID | None
    quantity: int
    address_id: UUID
    expected_total: int
    may_merge: bool
    may_move: bool
    remark: str
    no_return_confirmed: bool


async def wanted_in_group(session: AsyncSession, _viewer: Viewer, page: GroupPage) -> WantedOrder:
    """The order that the page asks for. NotFound (`activityId`)."""
    columns = frozenset({"sku_id", "merchant_id"})
    activity = (await groups.activities_by_id(session, [page.activity_id], columns)).get(page.activity_id)
    if activity is None:
        raise NotFound("拼团活动不存在", field="activityId")
    return WantedOrder(
        idempotency_key=page.idempotency_key,
        lines=[(activity["sku_id"], page.quantity)],
        address_id=page.address_id,
        expected_total=page.expected_total,
        remarks={activity["merchant_id"]: page.remark} if page.remark else {},
        return_waivers=frozenset([activity["sku_id"]] if page.no_return_confirmed else ()),
        from_cart=False,
        group=groups.Wish(page.activity_id, page.group_id, page.may_merge, page.may_move),
    )
