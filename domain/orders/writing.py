"""The rows of placed trades, written for a whole group at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain import bulk, checkout, inventory
from domain.base import UnitOfWork, Viewer
from domain.checkout import Priced, PricedGroup, PricedLine
from domain.crypto import vault
from domain.inventory import Shelf
from domain.members import addresses
from domain.members.addresses import Destination
from domain.orders import numbers
from domain.orders.events import TradePlaced
from domain.orders.taking import tell
from domain.pricing import Share
from models.base import Base, new_id
from models.orders import Order, OrderLine, OrderState, OrderStep, Trade, TradeState
from models.pricing import OrderLineShare

PAY_WITHIN = timedelta(minutes=15)


@dataclass(frozen=True)
class Ready:
    """An order that only the stock can still refuse."""

    viewer: Viewer
    waivers: frozenset[UUID]
    from_cart: bool
    priced: Priced
    address: Destination
    remarks: Mapping[UUID, str]

    @property
    def lines(self) -> list[PricedLine]:
        return self.priced.lines

    @property
    def sku_ids(self) -> list[UUID]:
        return [line.offer.sku_id for line in self.lines]


@dataclass(frozen=True)
class Draft:
    """A trade that is about to stand, with one id per order. Its row gets its number when it is written."""

    ready: Ready
    trade: dict[str, Any]
    order_ids: Sequence[UUID]

    @property
    def groups(self) -> list[tuple[UUID, PricedGroup]]:
        """Each order's id with its goods."""
        return list(zip(self.order_ids, self.ready.priced.groups, strict=True))

    @property
    def wanted(self) -> list[inventory.Wanted]:
        return [
            inventory.Wanted(order_id, line.offer.sku_id, line.quantity)
            for order_id, group in self.groups
            for line in group.lines
        ]


def draft(ready: Ready, key: str, request_hash: bytes, now: datetime) -> Draft:
    trade = {
        "id": new_id(),
        "number": "",
        "member_id": ready.viewer.member_id,
        "state": TradeState.AWAITING_PAYMENT,
        "total": ready.priced.total,
        "idempotency_key": key,
        "request_hash": request_hash,
        "expires_at": now + PAY_WITHIN,
        "paid_at": None,
        "created_at": now,
    }
    return Draft(ready, trade, [new_id() for _ in ready.priced.groups])


async def write(uow: UnitOfWork, drafts: Sequence[Draft], shelf: Shelf) -> None:
    """Trades, orders, lines, log and facts; the goods leave the shelf and the carts."""
    if not drafts:
        return
    await shelf.write(uow)
    # Numbers are drawn last: those of refused orders would be lost, and a day has only so many.
    drawn = iter(await numbers.draw(uow.session, "".join("T" + "S" * len(each.order_ids) for each in drafts)))
    orders: list[dict[str, Any]] = []
    for each in drafts:
        each.trade["number"] = next(drawn)
        orders += [_order(each, id, group, next(drawn)) for id, group in each.groups]
    trades = [each.trade for each in drafts]
    lines = _lines(drafts)
    rows: dict[type[Base], list[dict[str, Any]]] = {Trade: trades, Order: orders, OrderLine: lines}
    rows |= {OrderLineShare: _shares(drafts, lines), OrderStep: _steps(drafts)}
    await bulk.insert(uow.session, rows)
    await checkout.remove_bought(uow, [pair for each in drafts if each.ready.from_cart for pair in _bought(each)])
    _announce(uow, drafts, orders)


def _announce(uow: UnitOfWork, drafts: Sequence[Draft], orders: Sequence[dict[str, Any]]) -> None:
    left = iter(orders)
    for each in drafts:
        uow.emit(TradePlaced(each.trade["id"], each.trade["member_id"]))
        for _ in each.order_ids:
            tell(uow, next(left))


def _bought(draft: Draft) -> list[tuple[UUID, UUID]]:
    return [(draft.trade["member_id"], sku_id) for sku_id in draft.ready.sku_ids]


def _order(draft: Draft, id: UUID, group: PricedGroup, number: str) -> dict[str, Any]:
    trade, address = draft.trade, draft.ready.address
    return {
        "id": id,
        "number": number,
        "trade_id": trade["id"],
        "member_id": trade["member_id"],
        "merchant_id": group.merchant_id,
        "state": OrderState.AWAITING_PAYMENT,
        "goods_total": group.goods_total,
        "discount_total": group.discount_total,
        "freight": group.freight,
        "total": group.total,
        "remark": draft.ready.remarks.get(group.merchant_id, ""),
        "region_code": address.region_code,
        "region_name": address.region_name,
        **_sealed(address, id),
        "expires_at": trade["expires_at"],
        "created_at": trade["created_at"],
        "version": 1,
    }


def _sealed(address: Destination, id: UUID) -> dict[str, bytes]:
    """Sealed anew: a sealed value is bound to its row."""
    return {
        f"{name}_sealed": vault.seal(getattr(address, name), table="orders", column=f"{name}_sealed", row=id)
        for name in addresses.SEALED
    }


def _lines(drafts: Sequence[Draft]) -> list[dict[str, Any]]:
    return [
        _line(draft, order_id, line) for draft in drafts for order_id, group in draft.groups for line in group.lines
    ]


def _line(draft: Draft, order_id: UUID, line: PricedLine) -> dict[str, Any]:
    offer = line.offer
    return {
        "id": new_id(),
        "order_id": order_id,
        "sku_id": offer.sku_id,
        "product_id": offer.product_id,
        "title": offer.title,
        "sku_name": offer.sku_name,
        "image_key": offer.image_key,
        "quantity": line.quantity,
        "unit_price": offer.price,
        "amount": line.amount,
        "payable": line.payable,
        "weight": offer.weight,
        "gross_weight": offer.gross_weight,
        "return_class": offer.return_class,
        "snapshot_hash": offer.snapshot_hash,
        "no_return_confirmed": offer.sku_id in draft.ready.waivers,
        "created_at": draft.trade["created_at"],
    }


def _shares(drafts: Sequence[Draft], lines: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was taken off the lines; nothing is looked at where everything costs its list price."""
    if not any(draft.ready.priced.discount_total for draft in drafts):
        return []
    priced = [line for draft in drafts for line in draft.ready.lines]
    return [_share(row, share) for row, line in zip(lines, priced, strict=True) for share in line.shares]


def _share(line: Mapping[str, Any], share: Share) -> dict[str, Any]:
    return {
        "id": new_id(),
        "line_id": line["id"],
        "kind": share.kind,
        "party": share.party,
        "source": share.source,
        "name": share.name,
        "amount": share.amount,
        "created_at": line["created_at"],
    }


def _steps(drafts: Sequence[Draft]) -> list[dict[str, Any]]:
    return [_step(draft, order_id) for draft in drafts for order_id in draft.order_ids]


def _step(draft: Draft, order_id: UUID) -> dict[str, Any]:
    viewer = draft.ready.viewer
    return {
        "id": new_id(),
        "order_id": order_id,
        "event": "PLACE",
        "state": OrderState.AWAITING_PAYMENT,
        "actor_kind": viewer.actor,
        "actor_id": viewer.id,
        "text": "订单已提交，等待付款",
        "created_at": draft.trade["created_at"],
    }
