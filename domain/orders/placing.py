"""Placing orders: one trade, one order per merchant, the goods held until it is paid."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import checkout, inventory
from domain.base import (
    Conflict,
    Forbidden,
    Invalid,
    Job,
    NotFound,
    Refusal,
    RowDict,
    TooMany,
    UnitOfWork,
    Viewer,
    clean_text,
    clock,
)
from domain.checkout import Priced, PricedGroup
from domain.crypto import vault
from domain.members import addresses
from domain.members.addresses import Destination
from domain.orders import numbers
from domain.orders.events import TradePlaced
from domain.orders.taking import note
from models.base import new_id
from models.members import Member
from models.orders import Order, OrderLine, OrderState, Trade, TradeState

PAY_WITHIN = timedelta(minutes=15)
MOST_UNPAID = 10


class PriceChanged(Refusal):
    """What the buyer saw is no longer the price. `total` is, in fen."""

    code = "PRICE_CHANGED"

    def __init__(self, total: int) -> None:
        super().__init__("商品价格或运费有变化，请确认后重新提交", field="expectedTotal", total=total)
        self.total = total


@dataclass(frozen=True)
class WantedOrder:
    """A checkout page as it was sent. `lines` are quantities by SKU, `expected_total` is in fen."""

    idempotency_key: str
    lines: Sequence[tuple[UUID, int]]
    address_id: UUID
    expected_total: int
    remarks: Mapping[UUID, str] = field(default_factory=dict)
    return_waivers: frozenset[UUID] = frozenset()
    from_cart: bool = True

    @property
    def request_hash(self) -> bytes:
        """Tells whether a repeated key comes with the same content; the order of lines does not matter."""
        content = [
            sorted((str(sku), quantity) for sku, quantity in self.lines),
            str(self.address_id),
            self.expected_total,
            sorted((str(merchant), text) for merchant, text in self.remarks.items()),
            sorted(map(str, self.return_waivers)),
            self.from_cart,
        ]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).digest()


async def place(uow: UnitOfWork, viewer: Viewer, wanted: WantedOrder) -> UUID:
    """Places the orders and holds their goods for 15 minutes; answers the trade's id.

    The same key with the same content answers the same trade, also to requests that run side by side; with another
    content it is a Conflict. Refuses with PriceChanged, OutOfStock, Invalid (`lines`, `returnWaivers`, `remarks`,
    `idempotencyKey`), NotFound (`addressId`) and TooMany.
    """
    key = clean_text(wanted.idempotency_key, field="idempotencyKey", least=8, most=64, label="幂等键")
    # One order at a time per member: a double tap waits here and then finds the trade of the first.
    await _lock_member(uow, viewer)
    if (earlier := await _earlier(uow, viewer, key, wanted)) is not None:
        return earlier
    await _check_unpaid(uow, viewer)
    address = await addresses.access(uow.session, viewer, wanted.address_id)
    priced = await _price(uow.session, wanted)
    remarks = _remarks(wanted.remarks, priced)
    return await _write(uow, viewer, wanted, key, priced, address, remarks)


# ------------------------------------------------------------------------------------------------ checks
async def _lock_member(uow: UnitOfWork, viewer: Viewer) -> None:
    mine = select(Member.blocked_at).where(Member.id == viewer.member_id).with_for_update(key_share=True)
    found = (await uow.session.execute(mine)).first()
    if found is None:
        raise NotFound("用户不存在")
    if found[0] is not None:
        raise Forbidden("账号已被限制下单，请联系客服")


async def _earlier(uow: UnitOfWork, viewer: Viewer, key: str, wanted: WantedOrder) -> UUID | None:
    chosen = select(Trade.id, Trade.request_hash)
    chosen = chosen.where(Trade.member_id == viewer.member_id, Trade.idempotency_key == key)
    found = (await uow.session.execute(chosen)).first()
    if found is None:
        return None
    if found[1] != wanted.request_hash:
        raise Conflict("该订单已提交过，且内容不同，请刷新页面后重新下单", field="idempotencyKey")
    return UUID(str(found[0]))


async def _check_unpaid(uow: UnitOfWork, viewer: Viewer) -> None:
    """A buyer who orders and never pays must not be able to hold the whole shop."""
    unpaid = select(func.count()).select_from(Trade)
    unpaid = unpaid.where(Trade.member_id == viewer.member_id, Trade.state == TradeState.AWAITING_PAYMENT)
    if (await uow.session.scalar(unpaid) or 0) >= MOST_UNPAID:
        raise TooMany(f"您有 {MOST_UNPAID} 笔订单尚未支付，请先支付或取消")


async def _price(session: AsyncSession, wanted: WantedOrder) -> Priced:
    quantities = dict(wanted.lines)
    if len(quantities) != len(wanted.lines):
        raise Invalid("同一规格请合并为一行", field="lines")
    priced = await checkout.price_wanted(session, quantities)
    if set(priced.needs_return_waiver) - wanted.return_waivers:
        raise Invalid("请先确认不支持七天无理由退货的商品", field="returnWaivers")
    if priced.total != wanted.expected_total:
        raise PriceChanged(priced.total)
    return priced


def _remarks(remarks: Mapping[UUID, str], priced: Priced) -> dict[UUID, str]:
    if set(remarks) - {group.merchant_id for group in priced.groups}:
        raise Invalid("留言的商户不在本单中", field="remarks")
    return {
        merchant_id: clean_text(text, field="remarks", most=200, label="留言") for merchant_id, text in remarks.items()
    }


# ------------------------------------------------------------------------------------------------ writing
async def _write(
    uow: UnitOfWork,
    viewer: Viewer,
    wanted: WantedOrder,
    key: str,
    priced: Priced,
    address: Destination,
    remarks: Mapping[UUID, str],
) -> UUID:
    now = clock.now()
    drawn = await numbers.draw(uow.session, "T" + "S" * len(priced.groups))
    trade = _trade(viewer, wanted, key, priced, drawn[0], now)
    orders = [
        _order(trade, group, number, address, remarks.get(group.merchant_id, ""))
        for group, number in zip(priced.groups, drawn[1:], strict=True)
    ]
    pairs = list(zip(orders, priced.groups, strict=True))
    await uow.session.execute(insert(Trade).values(trade))
    await uow.session.execute(insert(Order), orders)
    await uow.session.execute(insert(OrderLine), _lines(pairs, wanted.return_waivers, now))
    await inventory.hold(
        uow,
        [
            inventory.Wanted(order["id"], line.offer.sku_id, line.quantity)
            for order, group in pairs
            for line in group.lines
        ],
    )
    await _follow_up(uow, viewer, wanted, trade, orders)
    return UUID(str(trade["id"]))


async def _follow_up(
    uow: UnitOfWork, viewer: Viewer, wanted: WantedOrder, trade: RowDict, orders: Sequence[RowDict]
) -> None:
    if wanted.from_cart:
        await checkout.remove_bought(uow, viewer.member_id, [sku_id for sku_id, _ in wanted.lines])
    uow.emit(TradePlaced(trade["id"], trade["member_id"]))
    await note(uow, orders, "PLACE", viewer, "订单已提交，等待付款")
    payload, key = {"trade_id": str(trade["id"])}, f"trade:{trade['id']}:expire"
    uow.later(Job("trade.expire", payload, after=PAY_WITHIN, key=key))


def _trade(viewer: Viewer, wanted: WantedOrder, key: str, priced: Priced, number: str, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "number": number,
        "member_id": viewer.member_id,
        "state": TradeState.AWAITING_PAYMENT,
        "total": priced.total,
        "idempotency_key": key,
        "request_hash": wanted.request_hash,
        "expires_at": now + PAY_WITHIN,
        "created_at": now,
    }


def _order(trade: RowDict, group: PricedGroup, number: str, address: Destination, remark: str) -> dict[str, Any]:
    id = new_id()
    # Sealed anew: a sealed value is bound to its row.
    sealed = {
        f"{name}_sealed": vault.seal(getattr(address, name), table="orders", column=f"{name}_sealed", row=id)
        for name in addresses.SEALED
    }
    return {
        "id": id,
        "number": number,
        "trade_id": trade["id"],
        "member_id": trade["member_id"],
        "merchant_id": group.merchant_id,
        "state": OrderState.AWAITING_PAYMENT,
        "goods_total": group.goods_total,
        "freight": group.freight,
        "total": group.total,
        "remark": remark,
        "region_code": address.region_code,
        "region_name": address.region_name,
        "expires_at": trade["expires_at"],
        "created_at": trade["created_at"],
        **sealed,
    }


def _lines(
    pairs: Sequence[tuple[RowDict, PricedGroup]], waivers: frozenset[UUID], now: datetime
) -> list[dict[str, Any]]:
    copied = ("sku_id", "product_id", "title", "sku_name", "image_key", "weight", "gross_weight", "return_class")
    return [
        {
            "id": new_id(),
            "order_id": order["id"],
            **{name: getattr(line.offer, name) for name in copied},
            "quantity": line.quantity,
            "unit_price": line.offer.price,
            "amount": line.amount,
            "no_return_confirmed": line.offer.sku_id in waivers,
            "created_at": now,
        }
        for order, group in pairs
        for line in group.lines
    ]
