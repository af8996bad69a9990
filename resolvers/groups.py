"""拼团 for buyers, for the shops that offer it and for the platform."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import strawberry

from domain import groups, orders
from domain.base import NotFound, RowDict
from domain.members.permissions import Permission
from models.groups import GroupState
from resolvers.base import Audience, Room, mutation, query
from schema.base import Info
from schema.checkout import CheckoutPreview, CheckoutPreviewResult
from schema.groups import (
    ConsoleGroupActivity,
    Group,
    GroupActivity,
    GroupActivityInput,
    GroupActivityPage,
    GroupActivityResult,
    GroupOfferPage,
    GroupPage,
    GroupSeat,
    GroupSeatPage,
    PlaceGroupOrderInput,
)
from schema.members import Address
from schema.orders import PlaceOrderResult, Trade
from schema.relations import columns_for


async def _activity(info: Info, id: UUID) -> ConsoleGroupActivity:
    columns = columns_for(info, ConsoleGroupActivity)
    return ConsoleGroupActivity.of(await info.context.read(groups.access_activity, info.context.viewer, id, columns))


async def _activities(info: Info, page: int, size: int) -> GroupActivityPage:
    columns = columns_for(info, ConsoleGroupActivity, "items")
    rows, total = await info.context.read(groups.page_of_activities, info.context.viewer, page, size, columns)
    return GroupActivityPage(items=[ConsoleGroupActivity.of(row) for row in rows], total=total)


async def _groups(info: Info, id: UUID, state: GroupState | None, page: int, size: int) -> GroupPage:
    columns, viewer = columns_for(info, Group, "items"), info.context.viewer
    found = await info.context.read(groups.page_of_groups, viewer, id, state, page, size, columns)
    return _page(found)


def _page(found: tuple[Sequence[RowDict], int]) -> GroupPage:
    rows, total = found
    return GroupPage(items=[Group.of(row) for row in rows], total=total)


@strawberry.type
class Query:
    @query(Audience.ANYONE)
    async def group_activities(self, info: Info, product_id: UUID) -> list[GroupActivity]:
        """What a product costs with a group right now, for each of its SKUs that is offered so."""
        columns = columns_for(info, GroupActivity)
        rows = await info.context.read(groups.running, product_id, columns)
        return [GroupActivity.of(row) for row in rows]

    @query(Audience.ANYONE)
    async def group_offers(self, info: Info, page: int = 1, size: int = 20) -> GroupOfferPage:
        """What all shops offer to groups right now, the newest first."""
        columns = columns_for(info, GroupActivity, "items")
        rows, total = await info.context.read(groups.page_of_running, page, size, columns)
        return GroupOfferPage(items=[GroupActivity.of(row) for row in rows], total=total)

    @query(Audience.ANYONE)
    async def group(self, info: Info, id: UUID) -> Group | None:
        """A group, for whoever has its link; null when there is none."""
        try:
            return Group.of(await info.context.read(groups.group, id, columns_for(info, Group)))
        except NotFound:
            return None

    @query(Audience.MEMBER)
    async def my_groups(self, info: Info, page: int = 1, size: int = 20) -> GroupSeatPage:
        """The groups the viewer has a seat in or had one, the newest first."""
        columns = columns_for(info, GroupSeat, "items")
        rows, total = await info.context.read(groups.of_member, info.context.viewer, page, size, columns)
        return GroupSeatPage(items=[GroupSeat.of(row) for row in rows], total=total)

    @query(Audience.MEMBER, room=Room.CHECKOUT)
    async def group_checkout_preview(
        self, info: Info, activity_id: UUID, quantity: int, address_id: UUID | None = None
    ) -> CheckoutPreviewResult:
        """What so many pieces cost with a group; coupons and other offers do not go with it."""
        viewer, columns = info.context.viewer, columns_for(info, Address, "address")
        read = info.context.read
        preview = await read(orders.preview_in_group, viewer, activity_id, quantity, address_id, columns)
        return CheckoutPreview.whole(preview)

    @query(Audience.MERCHANT, Permission.MERCHANT_PRODUCTS_READ)
    async def merchant_group_activities(self, info: Info, page: int = 1, size: int = 20) -> GroupActivityPage:
        return await _activities(info, page, size)

    @query(Audience.MERCHANT, Permission.MERCHANT_PRODUCTS_READ)
    async def merchant_group_activity(self, info: Info, id: UUID) -> ConsoleGroupActivity:
        return await _activity(info, id)

    @query(Audience.MERCHANT, Permission.MERCHANT_PRODUCTS_READ)
    async def merchant_groups(
        self, info: Info, activity_id: UUID, state: GroupState | None = None, page: int = 1, size: int = 20
    ) -> GroupPage:
        return await _groups(info, activity_id, state, page, size)

    @query(Audience.PLATFORM, Permission.PLATFORM_PRODUCTS_READ)
    async def platform_group_activities(self, info: Info, page: int = 1, size: int = 20) -> GroupActivityPage:
        return await _activities(info, page, size)

    @query(Audience.PLATFORM, Permission.PLATFORM_PRODUCTS_READ)
    async def platform_groups(
        self, info: Info, activity_id: UUID, state: GroupState | None = None, page: int = 1, size: int = 20
    ) -> GroupPage:
        return await _groups(info, activity_id, state, page, size)


@strawberry.type
class Mutation:
    @mutation(Audience.MEMBER, room=Room.CHECKOUT)
    async def place_group_order(self, info: Info, input: PlaceGroupOrderInput) -> PlaceOrderResult:
        """Orders with a group: opens one, which begins with the payment, or holds a seat in one until it is paid."""
        viewer = info.context.viewer
        wanted = await info.context.read(orders.wanted_in_group, viewer, orders.GroupPage(**vars(input)))
        placed = await info.context.services.placing.place(viewer, wanted)
        return Trade.of(placed.trade)

    @mutation(Audience.MERCHANT, Permission.MERCHANT_PRODUCTS_WRITE)
    async def merchant_save_group_activity(
        self, info: Info, input: GroupActivityInput, id: UUID | None = None
    ) -> GroupActivityResult:
        """Writes a draft, anew or over; nobody sees it before it is published."""
        async with info.context.database.begin() as uow:
            saved = await groups.save(uow, info.context.viewer, id, input.draft())
        return await _activity(info, saved)

    @mutation(Audience.MERCHANT, Permission.MERCHANT_PRODUCTS_WRITE)
    async def merchant_publish_group_activity(self, info: Info, id: UUID) -> GroupActivityResult:
        async with info.context.database.begin() as uow:
            await groups.publish(uow, info.context.viewer, id)
        return await _activity(info, id)

    @mutation(Audience.MERCHANT, Permission.MERCHANT_PRODUCTS_WRITE)
    async def merchant_stop_group_activity(self, info: Info, id: UUID) -> GroupActivityResult:
        """No group is opened any more; those that form may still be completed."""
        async with info.context.database.begin() as uow:
            await groups.stop(uow, info.context.viewer, id)
        return await _activity(info, id)
