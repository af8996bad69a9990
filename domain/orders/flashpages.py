"""The checkout page of a flash order: what it would cost, and the page as it was sent."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from domain import checkout, flash
from domain.base import Columns, Viewer
from domain.inventory import OutOfStock
from domain.orders.placing import WantedOrder


async def preview_in_flash(
    session: AsyncSession,
    viewer: Viewer,
    offer_id: UUID,
    quantity: int,
    address_id: UUID | None,
    columns: Columns,
) -> checkout.Preview:
    """What so many pieces cost at the flash price, sent to this or the default address. Holds nothing."""
    offer = await flash.offer_to_buy(session, offer_id)
    wanted, held = (offer["sku_id"], quantity), flash.benefits(offer)
    preview = await checkout.preview_alone(session, viewer, wanted, held, address_id, columns)
    if (left := offer["total"] - offer["taken"]) < quantity:
        raise OutOfStock(offer["sku_id"], left)
    return preview


@dataclass(frozen=True)
class FlashPage:
    """A flash order's checkout page as it was sent, with the token that let its buyer in."""

    idempotency_key: str
    offer_id: UUID
    token: str
    quantity: int
    address_id: UUID
    expected_total: int
    remark: str
    no_return_confirmed: bool


async def wanted_in_flash(session: AsyncSession, viewer: Viewer, page: FlashPage) -> WantedOrder:
    """The order that the page asks for. Without a token that was given to this viewer nothing is read at all.

    One whose time is over is refused where the order would be placed: the same key may have placed it before.
    """
    entered = flash.still_good(page.token, page.offer_id, viewer.member_id)
    offer = await flash.offer_to_buy(session, page.offer_id)
    return WantedOrder(
        idempotency_key=page.idempotency_key,
        lines=[(offer["sku_id"], page.quantity)],
        address_id=page.address_id,
        expected_total=page.expected_total,
        remarks={offer["merchant_id"]: page.remark} if page.remark else {},
        return_waivers=frozenset([offer["sku_id"]] if page.no_return_confirmed else ()),
        from_cart=False,
        flash=flash.Wish(page.offer_id, entered),
    )
