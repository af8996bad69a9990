"""The cart and the checkout page."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import cards, checkout, promotions
from resolvers.base import Audience, Room, mutation, query
from schema.base import Info
from schema.checkout import (
    AskedPoints,
    Cart,
    CartResult,
    CheckoutPreview,
    CheckoutPreviewResult,
    PickedCards,
    PickedCoupons,
    WantedSku,
    quantities,
)
from schema.members import Address
from schema.relations import columns_for


@strawberry.type
class Query:
    @query(Audience.MEMBER)
    async def cart(self, info: Info) -> Cart:
        return Cart.whole(await info.context.read(checkout.cart, info.context.viewer))

    @query(Audience.MEMBER, room=Room.CHECKOUT)
    async def checkout_preview(
        self,
        info: Info,
        lines: list[WantedSku],
        address_id: UUID | None = None,
        coupon_ids: PickedCoupons = None,
        card_ids: PickedCards = None,
        points: AskedPoints = 0,
    ) -> CheckoutPreviewResult:
        wanted, columns = quantities(lines), columns_for(info, Address, "address")
        picks = promotions.Picks(None if coupon_ids is None else frozenset(coupon_ids))
        paying = cards.CardPicks(None if card_ids is None else frozenset(card_ids))
        viewer = info.context.viewer
        preview = await info.context.read(
            checkout.preview, viewer, wanted, address_id, columns, picks=picks, card_picks=paying, asked_points=points
        )
        return CheckoutPreview.whole(preview)


@strawberry.type
class Mutation:
    @mutation(Audience.MEMBER)
    async def add_to_cart(self, info: Info, sku_id: UUID, quantity: int = 1) -> CartResult:
        async with info.context.database.begin() as uow:
            await checkout.add(uow, info.context.viewer, sku_id, quantity)
            return Cart.whole(await checkout.cart(uow.session, info.context.viewer))

    @mutation(Audience.MEMBER, description="Sets the quantity; 0 takes the line out.")
    async def set_cart_line(self, info: Info, sku_id: UUID, quantity: int) -> CartResult:
        async with info.context.database.begin() as uow:
            await checkout.set_quantity(uow, info.context.viewer, sku_id, quantity)
            return Cart.whole(await checkout.cart(uow.session, info.context.viewer))

    @mutation(Audience.MEMBER)
    async def select_cart_lines(self, info: Info, sku_ids: list[UUID], selected: bool) -> CartResult:
        async with info.context.database.begin() as uow:
            await checkout.select_lines(uow, info.context.viewer, sku_ids, selected)
            return Cart.whole(await checkout.cart(uow.session, info.context.viewer))

    @mutation(Audience.MEMBER)
    async def remove_cart_lines(self, info: Info, sku_ids: list[UUID]) -> CartResult:
        async with info.context.database.begin() as uow:
            await checkout.remove(uow, info.context.viewer, sku_ids)
            return Cart.whole(await checkout.cart(uow.session, info.context.viewer))
