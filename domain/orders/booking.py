"""The checkout page of an order before the harvest: what it would cost, before it is placed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from domain import checkout, presales
from domain.base import Columns, NotFound, Viewer
from domain.orders.placing import WantedOrder

OFFER = frozenset({"id", "name", "price", "sku_id"})


async def preview_before_harvest(
    session: AsyncSession,
    viewer: Viewer,
    offer_id: UUID,
    quantity: int,
    address_id: UUID | None,
    columns: Columns,
) -> checkout.Preview:
    """What so many pieces cost before the harvest, sent to this or the default address. Holds nothing."""
    offer = (await presales.offers_by_id(session, [offer_id], OFFER)).get(offer_id)
    if offer is None:
        raise NotFound("预售不存在", field="offerId")
    wanted, held = (offer["sku_id"], quantity), presales.benefits(offer)
    return await checkout.preview_alone(session, viewer, wanted, held, address_id, columns)


@dataclass(frozen=True)
class PresalePage:
    """A presale order's checkout page as it was sent."""

    idempotency_key: str
    offer_id: UUID
    quantity: int
    address_id: UUID
    expected_total: int
    agreed: bool
    remark: str
    no_return_confirmed: bool


async def wanted_before_harvest(session: AsyncSession, _viewer: Viewer, page: PresalePage) -> WantedOrder:
    """The order that the page asks for. NotFound (`offerId`)."""
    columns = frozenset({"sku_id", "merchant_id"})
    offer = (await presales.offers_by_id(session, [page.offer_id], columns)).get(page.offer_id)
    if offer is None:
        raise NotFound("预售不存在", field="offerId")
    return WantedOrder(
        idempotency_key=page.idempotency_key,
        lines=[(offer["sku_id"], page.quantity)],
        address_id=page.address_id,
        expected_total=page.expected_total,
        remarks={offer["merchant_id"]: page.remark} if page.remark else {},
        return_waivers=frozenset([offer["sku_id"]] if page.no_return_confirmed else ()),
        from_cart=False,
        presale=presales.Wish(page.offer_id, page.agreed),
    )
