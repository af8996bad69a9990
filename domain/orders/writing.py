"""The rows of placed trades, written for a whole group at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson

from domain import bulk, checkout, inventory
from domain.base import UnitOfWork, Viewer
from domain.checkout import Priced, PricedGroup, PricedLine
from domain.crypto import vault
from domain.inventory import Shelf
from domain.members import addresses
from domain.members.addresses import Destination
from domain.orders import numbers
from domain.orders.events import OrderChanged
from domain.pricing import Share
from domain.record import record
from models.audit import ActorKind
from models.base import Base, new_id
from models.orders import Order, OrderLine, OrderState, OrderStep, Trade, TradeState
from models.pricing import OrderLineShare

PAY_WITHIN = timedelta(minutes=15)
# What of an address is kept sealed, and in which columns.
SEALED = [(name, f"{name}_sealed") for name in addresses.SEALED]


@dataclass(frozen=True)
class Counter:
    """Where an order is picked up: a point of its shop."""

    point_id: UUID
    merchant_id: UUID


@record
class Ready:
    """An order that only the stock can still refuse."""

    viewer: Viewer
    waivers: frozenset[UUID]
    from_cart: bool
    priced: Priced
    to: Destination | Counter
    remarks: Mapping[UUID, str]

    @property
    def lines(self) -> list[PricedLine]:
        return self.priced.lines

    @property
    def sku_ids(self) -> list[UUID]:
        return [line.offer.sku_id for line in self.lines]

    @property
    def shares(self) -> list[Share]:
        return [share for line in self.lines for share in line.shares]

    @property
    def sources(self) -> set[UUID | None]:
        """What made the goods cheaper."""
        return {share.source for share in self.shares}


@record
class Draft:
    """A trade that is about to stand, with the id and the goods of each of its orders.

    Its row gets its number when it is written.
    """

    ready: Ready
    trade: dict[str, Any]
    groups: Sequence[tuple[UUID, PricedGroup]]

    @property
    def wanted(self) -> list[inventory.Wanted]:
        return [
            inventory.Wanted(order_id, line.offer.sku_id, line.quantity)
            for order_id, group in self.groups
            for line in group.lines
        ]


def draft(
    ready: Ready,
    key: str,
    request_hash: bytes,
    now: datetime,
    pay_within: timedelta = PAY_WITHIN,
    *,
    presale: bool = False,
) -> Draft:
    trade = {
        "id": new_id(),
        "number": "",
        "member_id": ready.viewer.member_id,
        "state": TradeState.AWAITING_PAYMENT,
        "total": ready.priced.total,
        "idempotency_key": key,
        "request_hash": request_hash,
        "expires_at": now + pay_within,
        "paid_at": None,
        "presale": presale,
        "created_at": now,
    }
    return Draft(ready, trade, [(new_id(), group) for group in ready.priced.groups])


async def write(uow: UnitOfWork, drafts: Sequence[Draft], shelf: Shelf) -> None:
    """Trades, orders, lines, log and facts; the goods leave the shelf and the carts. All drafts are of one moment."""
    if not drafts:
        return
    await shelf.write(uow)
    # Numbers are drawn last: those of refused orders would be lost, and a day has only so many.
    drawn = iter(await numbers.draw(uow.session, "".join("T" + "S" * len(each.groups) for each in drafts)))
    orders: list[dict[str, Any]] = []
    for each in drafts:
        each.trade["number"] = next(drawn)
        orders += [_order(each, id, group, next(drawn)) for id, group in each.groups]
    await _insert(uow, drafts, orders)
    await checkout.remove_bought(uow, [pair for each in drafts if each.ready.from_cart for pair in _bought(each)])
    _announce(uow, orders)


async def _insert(uow: UnitOfWork, drafts: Sequence[Draft], orders: Sequence[Mapping[str, Any]]) -> None:
    moment = _shared_times(drafts)
    placed = {"created_at": moment["created_at"]}
    unpaid = {"state": TradeState.AWAITING_PAYMENT, "paid_at": None}
    lines = _lines(drafts, placed)
    rows: dict[type[Base], bulk.Rows | bulk.Follows] = {
        Trade: bulk.Rows([each.trade for each in drafts], {**unpaid, **moment}),
        Order: _orders(orders, [group for each in drafts for _, group in each.groups], moment),
        OrderLine: lines,
        OrderLineShare: bulk.Rows(_shares(drafts, lines.own), placed),
        OrderStep: bulk.Follows(Order, FIRST_STEP, {**STEP, **placed}),
    }
    await bulk.insert(uow.session, rows)


def _shared_times(drafts: Sequence[Draft]) -> dict[str, datetime]:
    """The times that all drafts have in common: the end of payment too, mostly."""
    first = drafts[0].trade
    alike = all(each.trade["expires_at"] == first["expires_at"] for each in drafts)
    return {name: first[name] for name in (("expires_at", "created_at") if alike else ("created_at",))}


def _announce(uow: UnitOfWork, orders: Sequence[Mapping[str, Any]]) -> None:
    for order in orders:
        uow.emit(OrderChanged(order["id"], order["trade_id"], order["member_id"], order["merchant_id"], PLACED))


PLACED = OrderState.AWAITING_PAYMENT


def _bought(draft: Draft) -> list[tuple[UUID, UUID]]:
    return [(draft.trade["member_id"], sku_id) for sku_id in draft.ready.sku_ids]


def _order(draft: Draft, id: UUID, group: PricedGroup, number: str) -> dict[str, Any]:
    trade, to = draft.trade, draft.ready.to
    return {
        "id": id,
        "number": number,
        "trade_id": trade["id"],
        "member_id": trade["member_id"],
        "merchant_id": group.merchant_id,
        "remark": draft.ready.remarks.get(group.merchant_id, ""),
        "expires_at": trade["expires_at"],
        **(at(to) if isinstance(to, Counter) else sent_to(to, id)),
    }


PRICED = ("merchant_id", "goods_total", "discount_total", "freight", "total")


def _orders(orders: Sequence[Mapping[str, Any]], groups: Sequence[PricedGroup], moment: Mapping[str, Any]) -> bulk.Rows:
    """What the goods of an order cost is sent once for all who want the same."""
    awaiting = {"state": OrderState.AWAITING_PAYMENT, "version": 1}
    alike = {id(group): group for group in groups}
    places = {group: place for place, group in enumerate(alike)}
    own = [{**order, "kind": places[id(group)]} for order, group in zip(orders, groups, strict=True)]
    if any("pickup_point_id" in order for order in own):
        own = [{"pickup_point_id": None, **order} for order in own]
    kinds = [{**{name: getattr(group, name) for name in PRICED}, **_freight(group)} for group in alike.values()]
    return bulk.Rows(own, {**awaiting, **moment}, kinds)


def _freight(group: PricedGroup) -> dict[str, Any]:
    """The rules may be others tomorrow: what they made of this order is kept with it."""
    steps = [[step.label, step.amount, step.note] for step in group.freight_steps]
    return {"freight_steps": orjson.dumps(steps).decode()}


def sent_to(address: Destination, id: UUID) -> dict[str, Any]:
    """Where the order `id` goes, as its columns."""
    return {"region_code": address.region_code, "region_name": address.region_name, **sealed(address, id)}


NOWHERE: Mapping[str, Any] = dict.fromkeys(("region_code", "region_name", *(column for _, column in SEALED)))


def at(counter: Counter) -> dict[str, Any]:
    """Where the order is picked up, as its columns."""
    return {**NOWHERE, "pickup_point_id": counter.point_id}


def sealed(address: Destination, id: UUID) -> dict[str, bytes]:
    """An address as the columns of an order; sealed anew, since a sealed value is bound to its row."""
    plain = {column: getattr(address, name) for name, column in SEALED}
    return vault.seal_all(plain, table="orders", row=id)


def _lines(drafts: Sequence[Draft], placed: Mapping[str, Any]) -> bulk.Rows:
    """Those who buy together often buy the same: so many of an offer are described once for all of them."""
    places: dict[tuple[int, bool], int] = {}
    kinds: list[dict[str, Any]] = []
    own: list[dict[str, Any]] = []
    for draft in drafts:
        waivers = draft.ready.waivers
        for order_id, group in draft.groups:
            for line in group.lines:
                waived = line.offer.sku_id in waivers
                # By the object: what is alike is priced once, and the drafts keep it.
                kind = places.setdefault((id(line), waived), len(kinds))
                if kind == len(kinds):
                    kinds.append(_described(line, waived))
                own.append({"id": new_id(), "kind": kind, "order_id": order_id})
    return bulk.Rows(own, placed, kinds)


def _described(line: PricedLine, waived: bool) -> dict[str, Any]:
    offer = line.offer
    return {
        "sku_id": offer.sku_id,
        "product_id": offer.product_id,
        "title": offer.title,
        "sku_name": offer.sku_name,
        "image_key": offer.image_key,
        "unit_price": offer.price,
        "weight": offer.weight,
        "gross_weight": offer.gross_weight,
        "return_class": offer.return_class,
        "snapshot_hash": offer.snapshot_hash,
        "quantity": line.quantity,
        "amount": line.amount,
        "payable": line.payable,
        "no_return_confirmed": waived,
    }


def _shares(drafts: Sequence[Draft], lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
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
    }


# The first entry of every order's log, under the order's own id; only members place orders.
FIRST_STEP = {"id": "id", "order_id": "id", "actor_id": "member_id"}
STEP = {
    "event": "PLACE",
    "state": OrderState.AWAITING_PAYMENT,
    "actor_kind": ActorKind.MEMBER,
    "text": "订单已提交，等待付款",
}
