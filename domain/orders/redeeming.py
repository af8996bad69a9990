"""The page on which a voucher is redeemed: what it would take and what is left to pay, before it is placed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from domain import checkout, vouchers
from domain.base import Columns, Invalid, UnitOfWork, Viewer, clock
from domain.orders.carding import is_covered
from domain.orders.placing import WantedOrder
from domain.orders.recording import pay_by_cards
from domain.orders.taking import lock
from domain.vouchers import VoucherUnusable
from models.orders import TradeState


async def preview_redemption(
    session: AsyncSession,
    viewer: Viewer,
    wanted: tuple[UUID, UUID, int],
    address_id: UUID | None,
    columns: Columns,
    *,
    picked_up: bool = False,
) -> checkout.Preview:
    """What it takes to redeem so many of a SKU (`wanted`: voucher, SKU, pieces), sent to this or the default address,
    or `picked_up` at a counter of the shop.

    Holds nothing. NotFound and VoucherUnusable (`voucherId`, `skuId`, `quantity`).
    """
    voucher_id, sku_id, quantity = wanted
    voucher = await vouchers.to_redeem(session, viewer, voucher_id)
    vouchers.refuse(voucher, viewer.member_id, clock.now())
    if sku_id not in voucher["sku_ids"]:
        raise VoucherUnusable("该券不能提取这种商品", field="skuId")
    if not 1 <= quantity <= (left := voucher["balance"] - voucher["held"]):
        raise VoucherUnusable(f"该券还可提 {left} 件", field="quantity")
    held = vouchers.benefits(voucher, quantity)
    goods = (sku_id, quantity)
    return await checkout.preview_alone(session, viewer, goods, held, address_id, columns, picked_up=picked_up)


@dataclass(frozen=True)
class RedemptionPage:
    """A page of redemption as it was sent."""

    idempotency_key: str
    voucher_id: UUID
    sku_id: UUID
    quantity: int
    # Exactly one of the two.
    address_id: UUID | None
    pickup_point_id: UUID | None
    expected_total: int
    no_return_confirmed: bool


def wanted_redemption(page: RedemptionPage) -> WantedOrder:
    """The order that the page asks for. Invalid unless it says either where it is sent or where it is picked up."""
    if (page.address_id is None) == (page.pickup_point_id is None):
        raise Invalid("请选择收货地址或自提点", field="addressId")
    return WantedOrder(
        idempotency_key=page.idempotency_key,
        lines=[(page.sku_id, page.quantity)],
        address_id=page.address_id,
        pickup_point_id=page.pickup_point_id,
        expected_total=page.expected_total,
        return_waivers=frozenset([page.sku_id] if page.no_return_confirmed else ()),
        from_cart=False,
        voucher=vouchers.Wish(page.voucher_id),
    )


async def finish_redemption(uow: UnitOfWork, viewer: Viewer, trade_id: UUID) -> None:
    """Pays at once what the voucher pays whole; freight that is left to pay is for the cashier. Safe to repeat."""
    locked = await lock(uow, trade_id)
    if locked.trade["state"] is TradeState.AWAITING_PAYMENT and is_covered(locked.orders):
        await pay_by_cards(uow, viewer, trade_id)
