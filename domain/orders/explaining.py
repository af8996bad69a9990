"""Why a stored order costs what it costs: the same tree the checkout page showed, from what was written then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ScalarSelect, Select, String, Uuid, any_, bindparam, cast, func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from domain import pricing
from domain.base import Columns, RowDict
from domain.pricing import CardPart, FreightStep, PricedGroup, PricedLine, Share
from domain.statements import NO_COLUMNS, Statement
from models.cards import Card, CardBatch, CardHold, CardHoldState
from models.orders import Order, OrderLine
from models.pricing import OrderLineShare
from models.vouchers import Voucher, VoucherBatch, VoucherHold, VoucherHoldState


@dataclass(frozen=True, slots=True)
class Sold:
    """A SKU as it was called and priced when it was ordered."""

    title: str
    sku_name: str
    price: int


def _parts(_columns: Columns) -> Select[Any]:
    order, line, share = Order.__table__.c, OrderLine.__table__.c, OrderLineShare.__table__.c
    return (
        select(order.id.label("order_id"), order.merchant_id, order.freight, order.freight_steps)
        .add_columns(line.id.label("line_id"), line.title, line.sku_name, line.unit_price, line.quantity)
        .add_columns(share.kind, share.party, share.source, share.name, share.amount, _cards().label("cards"))
        .add_columns(_voucher().label("voucher"))
        .select_from(Order)
        .join(OrderLine, line.order_id == order.id)
        .join(OrderLineShare, share.line_id == line.id, isouter=True)
        .where(order.id == any_(bindparam("order_ids", type_=ARRAY(Uuid))))
        .order_by(order.id, line.id, share.id)
    )


def _cards() -> ScalarSelect[Any]:
    """What gift cards paid or are to pay of an order, as [id, name, fen] each, in their turn."""
    hold, card = CardHold.__table__.c, Card.__table__.c
    name = CardBatch.name + literal("（尾号 ") + card.last4 + literal("）")
    each = func.jsonb_build_array(card.id, name, hold.amount)
    found = select(func.jsonb_agg(aggregate_order_by(each, hold.id))).join_from(CardHold, Card, card.id == hold.card_id)
    found = found.join(CardBatch, CardBatch.id == card.batch_id)
    there = (hold.order_id == Order.id) & (Order.card_total > 0) & (hold.state != CardHoldState.RELEASED)
    return found.where(there).correlate(Order).scalar_subquery()


def _voucher() -> ScalarSelect[Any]:
    """What a voucher paid or is to pay of an order, likewise; there is one at most."""
    hold, voucher = VoucherHold.__table__.c, Voucher.__table__.c
    name = VoucherBatch.name + literal("（尾号 ") + voucher.last4 + literal("）× ") + cast(hold.units, String)
    found = select(func.jsonb_build_array(voucher.id, name + literal(" 件"), hold.units * hold.value))
    found = found.join_from(VoucherHold, Voucher, voucher.id == hold.voucher_id)
    found = found.join(VoucherBatch, VoucherBatch.id == voucher.batch_id)
    there = (hold.order_id == Order.id) & (Order.card_total > 0) & (hold.state != VoucherHoldState.RELEASED)
    return found.where(there).correlate(Order).scalar_subquery()


PARTS = Statement(Order.__table__, _parts)


async def priced_by_id(session: AsyncSession, order_ids: Sequence[UUID]) -> dict[UUID, PricedGroup[Sold]]:
    """What each order was charged, line by line and share by share, in one statement."""
    rows = await PARTS.rows(session, NO_COLUMNS, order_ids=list(order_ids))
    return {order_id: _group(list(own)) for order_id, own in groupby(rows, key=lambda row: row["order_id"])}


def _group(rows: Sequence[RowDict]) -> PricedGroup[Sold]:
    lines = tuple(_line(list(own)) for _, own in groupby(rows, key=lambda row: row["line_id"]))
    goods, discount = sum(line.amount for line in lines), sum(line.discount for line in lines)
    steps = tuple(FreightStep(*step) for step in rows[0]["freight_steps"] or ())
    cards = tuple(CardPart(UUID(id), name, amount) for id, name, amount in rows[0]["cards"] or ())
    if rows[0]["voucher"]:
        id, name, amount = rows[0]["voucher"]
        cards = (CardPart(UUID(id), name, amount, voucher=True),)
    return PricedGroup(rows[0]["merchant_id"], lines, goods, discount, rows[0]["freight"], steps, cards=cards)


def _line(rows: Sequence[RowDict]) -> PricedLine[Sold]:
    sold = Sold(rows[0]["title"], rows[0]["sku_name"], rows[0]["unit_price"])
    shares = (
        Share(row["kind"], row["party"], row["source"], row["name"], row["amount"])
        for row in rows
        if row["kind"] is not None
    )
    return PricedLine(sold, rows[0]["quantity"], tuple(shares))


async def price_traces_by_order(
    session: AsyncSession, order_ids: Sequence[UUID], _columns: Columns
) -> dict[UUID, list[dict[str, Any]]]:
    """The rows of each order's price, the root first."""
    priced = await priced_by_id(session, order_ids)
    return {order_id: pricing.rows_of(pricing.of_placed(group)) for order_id, group in priced.items()}
