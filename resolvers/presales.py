"""预售 for buyers, for the shops that promise and for the platform."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import orders, presales
from domain.members.permissions import Permission
from resolvers.base import Audience, Room, mutation, query
from schema.base import Done, DoneResult, Info
from schema.checkout import CheckoutPreview, CheckoutPreviewResult
from schema.members import Address
from schema.orders import Order, OrderResult, PlaceOrderResult, Trade
from schema.presales import (
    ConsolePresale,
    PlacePresaleOrderInput,
    PresaleAllocation,
    PresaleAllocationResult,
    PresaleCompensation,
    PresaleCompensationPage,
    PresaleInput,
    PresaleOffer,
    PresaleOfferPage,
    PresalePage,
    PresaleResult,
)
from schema.relations import columns_for

FUNDS = Permission.PLATFORM_FUNDS


async def _offer(info: Info, id: UUID) -> ConsolePresale:
    columns = columns_for(info, ConsolePresale)
    return ConsolePresale.of(await info.context.read(presales.access_offer, info.context.viewer, id, columns))


async def _offers(info: Info, page: int, size: int) -> PresalePage:
    columns = columns_for(info, ConsolePresale, "items")
    rows, total = await info.context.read(presales.page_of_offers, info.context.viewer, page, size, columns)
    return PresalePage(items=[ConsolePresale.of(row) for row in rows], total=total)


@strawberry.type
class Query:
    @query(Audience.ANYONE)
    async def presales(self, info: Info, product_id: UUID) -> list[PresaleOffer]:
        """What of a product can be booked before its harvest, now or soon, for each of its SKUs that is offered so."""
        rows = await info.context.read(presales.running, product_id, columns_for(info, PresaleOffer))
        return [PresaleOffer.of(row) for row in rows]

    @query(Audience.ANYONE)
    async def presale_offers(self, info: Info, page: int = 1, size: int = 20) -> PresaleOfferPage:
        """What all shops offer before its harvest, now or soon, the first to end first."""
        columns = columns_for(info, PresaleOffer, "items")
        rows, total = await info.context.read(presales.page_of_running, page, size, columns)
        return PresaleOfferPage(items=[PresaleOffer.of(row) for row in rows], total=total)

    @query(Audience.MEMBER, room=Room.CHECKOUT)
    async def presale_checkout_preview(
        self, info: Info, offer_id: UUID, quantity: int, address_id: UUID | None = None
    ) -> CheckoutPreviewResult:
        """What so many pieces cost before the harvest, deposit and balance together; nothing else goes with it."""
        viewer, columns = info.context.viewer, columns_for(info, Address, "address")
        read = info.context.read
        preview = await read(orders.preview_before_harvest, viewer, offer_id, quantity, address_id, columns)
        return CheckoutPreview.whole(preview)

    @query(Audience.MERCHANT, Permission.MERCHANT_PRODUCTS_READ)
    async def merchant_presales(self, info: Info, page: int = 1, size: int = 20) -> PresalePage:
        return await _offers(info, page, size)

    @query(Audience.MERCHANT, Permission.MERCHANT_PRODUCTS_READ)
    async def merchant_presale(self, info: Info, id: UUID) -> ConsolePresale:
        return await _offer(info, id)

    @query(Audience.MERCHANT, Permission.MERCHANT_PRODUCTS_READ)
    async def merchant_presale_allocation(self, info: Info, id: UUID, harvested: int) -> PresaleAllocationResult:
        """Who would get goods of so many pieces; nothing is written."""
        found = await info.context.read(presales.preview, info.context.viewer, id, harvested)
        return PresaleAllocation.of(found)

    @query(Audience.PLATFORM, Permission.PLATFORM_PRODUCTS_READ)
    async def platform_presales(self, info: Info, page: int = 1, size: int = 20) -> PresalePage:
        return await _offers(info, page, size)

    @query(Audience.PLATFORM, FUNDS)
    async def platform_presale_compensations(
        self, info: Info, page: int = 1, size: int = 20
    ) -> PresaleCompensationPage:
        """Deposits to be returned once more, that wait for their transfer; the oldest first."""
        columns = columns_for(info, PresaleCompensation, "items")
        rows, total = await info.context.read(presales.page_of_owed, info.context.viewer, page, size, columns)
        return PresaleCompensationPage(items=[PresaleCompensation.of(row) for row in rows], total=total)


@strawberry.type
class Mutation:
    @mutation(Audience.MEMBER, room=Room.CHECKOUT)
    async def place_presale_order(self, info: Info, input: PlacePresaleOrderInput) -> PlaceOrderResult:
        """Books before the harvest; what is due first is paid within 15 minutes, as with every order."""
        viewer = info.context.viewer
        wanted = await info.context.read(orders.wanted_before_harvest, viewer, orders.PresalePage(**vars(input)))
        placed = await info.context.services.placing.place(viewer, wanted)
        return Trade.of(placed.trade)

    @mutation(Audience.MEMBER)
    async def cancel_presale(self, info: Info, order_id: UUID, forfeits: bool = False) -> OrderResult:
        """Gives a booked order up; `forfeits`: the buyer knows that a 定金 is lost. Nothing is lost where the shop is
        late with shipping: then it comes back twice."""
        database, gateway, viewer = info.context.database, info.context.services.gateway, info.context.viewer
        await orders.cancel_booking(database, gateway, viewer, order_id, forfeits=forfeits)
        return Order.of(await info.context.read(orders.access, viewer, order_id, columns_for(info, Order)))

    @mutation(Audience.MERCHANT, Permission.MERCHANT_PRODUCTS_WRITE)
    async def merchant_save_presale(self, info: Info, input: PresaleInput, id: UUID | None = None) -> PresaleResult:
        """Writes a draft, anew or over; nobody sees it before it is published."""
        async with info.context.database.begin() as uow:
            saved = await presales.save(uow, info.context.viewer, id, input.draft())
        return await _offer(info, saved)

    @mutation(Audience.MERCHANT, Permission.MERCHANT_PRODUCTS_WRITE)
    async def merchant_publish_presale(self, info: Info, id: UUID) -> PresaleResult:
        async with info.context.database.begin() as uow:
            await presales.publish(uow, info.context.viewer, id)
        return await _offer(info, id)

    @mutation(Audience.MERCHANT, Permission.MERCHANT_PRODUCTS_WRITE)
    async def merchant_stop_presale(self, info: Info, id: UUID) -> PresaleResult:
        """Nothing more is booked; what was booked stands."""
        async with info.context.database.begin() as uow:
            await presales.stop(uow, info.context.viewer, id)
        return await _offer(info, id)

    @mutation(Audience.MERCHANT, Permission.MERCHANT_PRODUCTS_WRITE)
    async def merchant_allocate_presale(self, info: Info, id: UUID, harvested: int, failing: int) -> PresaleResult:
        """Says how much there is, once and for good. `failing`: how many orders the preview said get nothing."""
        async with info.context.database.begin() as uow:
            await orders.allocate_presale(uow, info.context.viewer, id, harvested, failing)
        return await _offer(info, id)

    @mutation(Audience.PLATFORM, FUNDS)
    async def platform_pay_presale_compensation(self, info: Info, order_id: UUID, transfer: str) -> DoneResult:
        """The second half of a deposit was transferred to its buyer, by the bank's number of the transfer."""
        async with info.context.database.begin() as uow:
            await orders.pay_compensation(uow, info.context.viewer, order_id, transfer)
        return Done()
