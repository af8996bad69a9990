"""秒杀 for buyers, for the shops that apply and for the platform that decides."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import flash, orders
from domain.base import Refusal
from domain.members.permissions import Permission
from models.flash import FlashState
from resolvers.base import Audience, Keep, Room, mutation, query
from schema.base import Info
from schema.checkout import CheckoutPreview, CheckoutPreviewResult
from schema.flash import (
    ConsoleFlashOffer,
    FlashApplicationInput,
    FlashEntry,
    FlashEntryResult,
    FlashOffer,
    FlashOfferPage,
    FlashOfferResult,
    FlashSession,
    FlashSessionInput,
    FlashSessionPage,
    FlashSessionResult,
    PlaceFlashOrderInput,
)
from schema.members import Address
from schema.orders import PlaceOrderResult, Trade
from schema.relations import columns_for


async def _offer(info: Info, id: UUID) -> ConsoleFlashOffer:
    columns = columns_for(info, ConsoleFlashOffer)
    return ConsoleFlashOffer.of(await info.context.read(flash.access_offer, info.context.viewer, id, columns))


async def _offers(
    info: Info, session_id: UUID | None, state: FlashState | None, page: int, size: int
) -> FlashOfferPage:
    columns, viewer = columns_for(info, ConsoleFlashOffer, "items"), info.context.viewer
    rows, total = await info.context.read(flash.page_of_offers, viewer, session_id, state, page, size, columns)
    return FlashOfferPage(items=[ConsoleFlashOffer.of(row) for row in rows], total=total)


@strawberry.type
class Query:
    @query(Audience.ANYONE, keep=Keep(1, stale=1))
    async def flash_sessions(self, info: Info) -> list[FlashSession]:
        """The sessions of these days in their order: the last one over, the one that runs, those to come."""
        rows = await info.context.read(flash.sessions_now, columns_for(info, FlashSession))
        return [FlashSession.of(row) for row in rows]

    @query(Audience.ANYONE)
    async def flash_offers(self, info: Info, product_id: UUID) -> list[FlashOffer]:
        """Offers of a product that run or are to come, the next first."""
        rows = await info.context.read(flash.of_product, product_id, columns_for(info, FlashOffer))
        return [FlashOffer.of(row) for row in rows]

    @query(Audience.ANYONE)
    async def flash_offer(self, info: Info, id: UUID) -> FlashOffer | None:
        row = await info.context.read(flash.shown_offer, id, columns_for(info, FlashOffer))
        return FlashOffer.of(row) if row else None

    @query(Audience.MEMBER, room=Room.CHECKOUT)
    async def flash_checkout_preview(
        self, info: Info, offer_id: UUID, quantity: int, address_id: UUID | None = None
    ) -> CheckoutPreviewResult:
        """What so many pieces cost at the flash price; coupons and other offers do not go with it."""
        viewer, columns = info.context.viewer, columns_for(info, Address, "address")
        read = info.context.read
        preview = await read(orders.preview_in_flash, viewer, offer_id, quantity, address_id, columns)
        return CheckoutPreview.whole(preview)

    @query(Audience.MERCHANT, Permission.MERCHANT_PROMOTIONS)
    async def merchant_flash_offers(
        self, info: Info, state: FlashState | None = None, page: int = 1, size: int = 20
    ) -> FlashOfferPage:
        return await _offers(info, None, state, page, size)

    @query(Audience.PLATFORM, Permission.PLATFORM_PROMOTIONS)
    async def platform_flash_sessions(self, info: Info, page: int = 1, size: int = 20) -> FlashSessionPage:
        columns = columns_for(info, FlashSession, "items")
        rows, total = await info.context.read(flash.page_of_sessions, page, size, columns)
        return FlashSessionPage(items=[FlashSession.of(row) for row in rows], total=total)

    @query(Audience.PLATFORM, Permission.PLATFORM_PROMOTIONS)
    async def platform_flash_offers(
        self,
        info: Info,
        session_id: UUID | None = None,
        state: FlashState | None = None,
        page: int = 1,
        size: int = 20,
    ) -> FlashOfferPage:
        return await _offers(info, session_id, state, page, size)


@strawberry.type
class Mutation:
    @mutation(Audience.MEMBER, room=Room.CHECKOUT)
    async def enter_flash(self, info: Info, offer_id: UUID) -> FlashEntryResult:
        """The way in to an offer, or the viewer's place in the queue: asked again until it is answered."""
        return FlashEntry.of(await info.context.services.entrance.enter(info.context.viewer, offer_id))

    @mutation(Audience.MEMBER, room=Room.CHECKOUT)
    async def place_flash_order(self, info: Info, input: PlaceFlashOrderInput) -> PlaceOrderResult:
        """Orders at the flash price; the pieces are held until the order is paid, for as long as its session says."""
        viewer, services = info.context.viewer, info.context.services
        wanted = await info.context.read(orders.wanted_in_flash, viewer, orders.FlashPage(**vars(input)))
        try:
            placed = await services.placing.place(viewer, wanted)
        except Refusal:
            await services.entrance.left(viewer, input.offer_id, 0)
            raise
        # What a repeated request finds was counted by the first.
        await services.entrance.left(viewer, input.offer_id, 0 if placed.again else input.quantity)
        return Trade.of(placed.trade)

    @mutation(Audience.MERCHANT, Permission.MERCHANT_PROMOTIONS)
    async def merchant_apply_for_flash(self, info: Info, input: FlashApplicationInput) -> FlashOfferResult:
        """Asks for a SKU to be taken into a session. Nothing leaves the stock before the platform agrees."""
        async with info.context.database.begin() as uow:
            id = await flash.apply(uow, info.context.viewer, input.application())
        return await _offer(info, id)

    @mutation(Audience.MERCHANT, Permission.MERCHANT_PROMOTIONS)
    async def merchant_withdraw_flash_offer(self, info: Info, id: UUID) -> FlashOfferResult:
        async with info.context.database.begin() as uow:
            await flash.withdraw(uow, info.context.viewer, id)
        return await _offer(info, id)

    @mutation(Audience.PLATFORM, Permission.PLATFORM_PROMOTIONS)
    async def platform_save_flash_session(
        self, info: Info, input: FlashSessionInput, id: UUID | None = None
    ) -> FlashSessionResult:
        """Writes a session anew, or over while no shop has applied for it."""
        async with info.context.database.begin() as uow:
            saved = await flash.save_session(uow, info.context.viewer, id, input.draft())
        found = await info.context.read(flash.sessions_by_id, [saved], columns_for(info, FlashSession) | {"id"})
        return FlashSession.of(found[saved])

    @mutation(Audience.PLATFORM, Permission.PLATFORM_PROMOTIONS)
    async def platform_publish_flash_offer(self, info: Info, id: UUID) -> FlashOfferResult:
        """Takes the offer into its session: its pieces leave the normal stock."""
        async with info.context.database.begin() as uow:
            await flash.publish(uow, info.context.viewer, id)
        return await _offer(info, id)

    @mutation(Audience.PLATFORM, Permission.PLATFORM_PROMOTIONS)
    async def platform_decline_flash_offer(self, info: Info, id: UUID, reason: str) -> FlashOfferResult:
        async with info.context.database.begin() as uow:
            await flash.decline(uow, info.context.viewer, id, reason)
        return await _offer(info, id)

    @mutation(Audience.PLATFORM, Permission.PLATFORM_PROMOTIONS)
    async def platform_end_flash_offer(self, info: Info, id: UUID) -> FlashOfferResult:
        """Ends an offer before its session does: what nobody holds is in the normal stock again."""
        async with info.context.database.begin() as uow:
            await flash.end(uow, info.context.viewer, id)
        return await _offer(info, id)
