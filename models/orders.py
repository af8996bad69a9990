"""A trade is one checkout and one payment; it holds one order per merchant."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    Sequence,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.audit import ActorKind
from models.base import Base, Fen, Row
from models.catalog import ReturnClass

# Feeds the readable numbers of trades and orders.
order_numbers = Sequence("order_numbers", metadata=Base.metadata)


class TradeState(StrEnum):
    AWAITING_PAYMENT = "AWAITING_PAYMENT"
    # The deposit of a presale is paid; the balance is due later.
    DEPOSIT_PAID = "DEPOSIT_PAID"
    PAID = "PAID"
    CLOSED = "CLOSED"


class OrderState(StrEnum):
    AWAITING_PAYMENT = "AWAITING_PAYMENT"
    # Paid, and the group it was bought with is not complete: nothing is shipped yet.
    AWAITING_GROUP = "AWAITING_GROUP"
    # What a presale asks for first is paid, and it waits for the harvest; then its balance can be paid.
    RESERVED = "RESERVED"
    AWAITING_BALANCE = "AWAITING_BALANCE"
    AWAITING_SHIPMENT = "AWAITING_SHIPMENT"
    # Some of it is under way, the rest is still to be shipped.
    PARTLY_SHIPPED = "PARTLY_SHIPPED"
    SHIPPED = "SHIPPED"
    RECEIVED = "RECEIVED"
    COMPLETED = "COMPLETED"
    CLOSED = "CLOSED"


class CloseReason(StrEnum):
    BUYER_CANCELLED = "BUYER_CANCELLED"
    PAYMENT_TIMEOUT = "PAYMENT_TIMEOUT"
    REFUNDED = "REFUNDED"
    OUT_OF_STOCK_AFTER_PAYMENT = "OUT_OF_STOCK_AFTER_PAYMENT"
    # The group did not come together, or had no seat any more when the money came.
    GROUP_FAILED = "GROUP_FAILED"
    # A presale: the buyer gave it up, did not pay the balance in time, or the shop could not keep its promise.
    PRESALE_GIVEN_UP = "PRESALE_GIVEN_UP"
    BALANCE_MISSED = "BALANCE_MISSED"
    PRESALE_FAILED = "PRESALE_FAILED"
    # Nobody came to pick it up in time.
    PICKUP_MISSED = "PICKUP_MISSED"


class Trade(Row):
    __tablename__ = "trades"
    __table_args__ = (
        UniqueConstraint("member_id", "idempotency_key"),
        # What orders refer to: theirs is the member of their trade.
        UniqueConstraint("id", "member_id"),
        CheckConstraint("total > 0", "total"),
        CheckConstraint("(state = 'PAID') = (paid_at IS NOT NULL)", "paid_has_time"),
        Index("ix_trades_unpaid", "expires_at", postgresql_where=text("state = 'AWAITING_PAYMENT'")),
    )

    number: Mapped[str] = mapped_column(String(32), unique=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"))
    state: Mapped[TradeState] = mapped_column(default=TradeState.AWAITING_PAYMENT)
    total: Mapped[Fen]
    idempotency_key: Mapped[str] = mapped_column(String(64))
    # Of the input that made it: the same key with another input is refused.
    request_hash: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]
    # Bought before the harvest: what becomes of it is in `presale_bookings`.
    presale: Mapped[bool] = mapped_column(default=False, server_default="false")


class Order(Row):
    __tablename__ = "orders"
    __table_args__ = (
        UniqueConstraint("trade_id", "merchant_id"),
        ForeignKeyConstraint(["trade_id", "member_id"], ["trades.id", "trades.member_id"]),
        CheckConstraint(
            "goods_total > 0 AND discount_total BETWEEN 0 AND goods_total AND freight >= 0"
            " AND total = goods_total - discount_total + freight",
            "total",
        ),
        CheckConstraint("total > 0", "costs_something"),
        CheckConstraint("card_total BETWEEN 0 AND total", "card_total"),
        CheckConstraint("points_total BETWEEN 0 AND discount_total", "points_total"),
        CheckConstraint("(state = 'CLOSED') = (closed_at IS NOT NULL)", "closed_has_time"),
        CheckConstraint("(state = 'CLOSED') = (close_reason IS NOT NULL)", "closed_has_reason"),
        CheckConstraint(
            "state NOT IN ('AWAITING_GROUP', 'RESERVED', 'AWAITING_BALANCE', 'AWAITING_SHIPMENT', 'PARTLY_SHIPPED',"
            " 'SHIPPED', 'RECEIVED', 'COMPLETED') OR paid_at IS NOT NULL",
            "after_payment_is_paid",
        ),
        CheckConstraint(
            "state NOT IN ('PARTLY_SHIPPED', 'SHIPPED', 'RECEIVED', 'COMPLETED') OR shipped_at IS NOT NULL",
            "after_shipping_is_shipped",
        ),
        CheckConstraint("state NOT IN ('RECEIVED', 'COMPLETED') OR received_at IS NOT NULL", "received_has_time"),
        # Sent to an address, all of it, or picked up at a point of its shop, which sends nothing and costs no freight.
        CheckConstraint(
            "num_nonnulls(region_code, region_name, name_sealed, phone_sealed, detail_sealed)"
            " = CASE WHEN pickup_point_id IS NULL THEN 5 ELSE 0 END",
            "address_or_point",
        ),
        CheckConstraint(
            "pickup_point_id IS NULL OR (freight = 0 AND state NOT IN ('PARTLY_SHIPPED', 'SHIPPED'))",
            "picked_up_is_not_sent",
        ),
        ForeignKeyConstraint(["pickup_point_id", "merchant_id"], ["pickup_points.id", "pickup_points.merchant_id"]),
        Index("ix_orders_member", "member_id", "created_at", "id"),
        Index("ix_orders_member_state", "member_id", "state", "created_at"),
        Index("ix_orders_merchant_state", "merchant_id", "state", "created_at"),
        Index("ix_orders_created", "created_at"),
        Index("ix_orders_balance_due", "expires_at", postgresql_where=text("state = 'AWAITING_BALANCE'")),
        Index("ix_orders_to_confirm", "auto_confirm_at", postgresql_where=text("state = 'SHIPPED'")),
        Index("ix_orders_to_complete", "complete_at", postgresql_where=text("state = 'RECEIVED'")),
        # The overviews add up by the day of payment.
        Index("ix_orders_paid", "paid_at", postgresql_where=text("paid_at IS NOT NULL")),
        Index("ix_orders_merchant_paid", "merchant_id", "paid_at", postgresql_where=text("paid_at IS NOT NULL")),
    )

    # By its bytes, whatever the database's language: consoles find orders by the beginning of their number.
    number: Mapped[str] = mapped_column(String(32, collation="C"), unique=True)
    trade_id: Mapped[UUID]
    member_id: Mapped[UUID]
    merchant_id: Mapped[UUID] = mapped_column(ForeignKey("merchants.id"))
    state: Mapped[OrderState] = mapped_column(default=OrderState.AWAITING_PAYMENT)
    # The lines at their list prices, and what was taken off them (by line and party: order_line_shares).
    goods_total: Mapped[Fen]
    discount_total: Mapped[Fen] = mapped_column(default=0, server_default="0")
    freight: Mapped[Fen]
    # How the freight came about, as [label, fen, note] each; null for orders of the time before that was kept.
    freight_steps: Mapped[list[Any] | None] = mapped_column(JSONB)
    total: Mapped[Fen]
    # What of it gift cards pay.
    card_total: Mapped[Fen] = mapped_column(default=0, server_default="0")
    # What points took off it, a fen each; it is part of the discount.
    points_total: Mapped[Fen] = mapped_column(default=0, server_default="0")
    remark: Mapped[str] = mapped_column(String(200), default="")
    # The address as it was when the order was placed; none where it is picked up.
    region_code: Mapped[str | None] = mapped_column(String(9))
    region_name: Mapped[str | None]
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    detail_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    pickup_point_id: Mapped[UUID | None]
    expires_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]
    # The first parcel was sent, the last one was signed for.
    shipped_at: Mapped[datetime | None]
    signed_at: Mapped[datetime | None]
    auto_confirm_at: Mapped[datetime | None]
    received_at: Mapped[datetime | None]
    # When the right to return without a reason is over, for a received order.
    complete_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    close_reason: Mapped[CloseReason | None]
    # Set while the order counts in the sold numbers of its products and merchant; makes counting repeatable.
    sale_counted_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class OrderLine(Row):
    """What was bought, as it was described and priced at that moment (kept 3 years: E-Commerce Law Art. 31)."""

    __tablename__ = "order_lines"
    __table_args__ = (
        UniqueConstraint("order_id", "sku_id"),
        ForeignKeyConstraint(["sku_id", "product_id"], ["skus.id", "skus.product_id"]),
        CheckConstraint("quantity BETWEEN 1 AND 999 AND unit_price > 0 AND amount = unit_price * quantity", "amount"),
        CheckConstraint("payable BETWEEN 0 AND amount", "payable"),
        CheckConstraint("shipped_quantity >= 0 AND withdrawn_quantity >= 0", "moved"),
        CheckConstraint("shipped_quantity + withdrawn_quantity <= quantity", "not_more_than_bought"),
        CheckConstraint("refunded_quantity BETWEEN 0 AND quantity", "refunded_quantity"),
        CheckConstraint("refunded_amount BETWEEN 0 AND payable", "refunded_amount"),
        CheckConstraint("commission_rate BETWEEN 0 AND 3000", "commission_rate"),
        Index("ix_order_lines_product", "product_id"),
    )

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    sku_id: Mapped[UUID]
    product_id: Mapped[UUID]
    title: Mapped[str] = mapped_column(String(80))
    sku_name: Mapped[str] = mapped_column(String(60))
    image_key: Mapped[str | None]
    quantity: Mapped[int]
    unit_price: Mapped[Fen]
    amount: Mapped[Fen]
    # What the buyer pays for the line after every discount, without freight.
    payable: Mapped[Fen]
    # In parcels; called off before they were shipped; given back to the buyer or on their way back, by any cause.
    shipped_quantity: Mapped[int] = mapped_column(default=0, server_default="0")
    withdrawn_quantity: Mapped[int] = mapped_column(default=0, server_default="0")
    refunded_quantity: Mapped[int] = mapped_column(default=0, server_default="0")
    refunded_amount: Mapped[Fen] = mapped_column(default=0, server_default="0")
    weight: Mapped[int]
    gross_weight: Mapped[int]
    return_class: Mapped[ReturnClass]
    # What the product's page said. Not checked line by line: the hash comes from the product, where it is.
    snapshot_hash: Mapped[str | None] = mapped_column(String(64))
    # What the platform takes of it, in basis points, by the rule that held when it was paid; null: there was none.
    commission_rate: Mapped[int | None] = mapped_column(SmallInteger)
    commission_rule_id: Mapped[UUID | None]
    # The buyer ticked that this line cannot be returned (needed for NO_RETURN_IF_CONFIRMED).
    no_return_confirmed: Mapped[bool] = mapped_column(default=False)


class OrderLimits(Base):
    """What one member may keep from others without paying: a platform setting, of which there is one row."""

    __tablename__ = "order_limits"
    __table_args__ = (
        CheckConstraint("single", "single"),
        CheckConstraint("most_unpaid BETWEEN 1 AND 50", "most_unpaid"),
        CheckConstraint("most_pieces BETWEEN 1 AND 999", "most_pieces"),
    )

    single: Mapped[bool] = mapped_column(primary_key=True, default=True, server_default="true")
    # Unpaid trades of a member, and pieces of one SKU in all of them.
    most_unpaid: Mapped[int] = mapped_column(SmallInteger)
    most_pieces: Mapped[int] = mapped_column(SmallInteger)


class OrderStep(Row):
    """One entry of an order's log, as the buyer reads it. Rows are added, never changed."""

    __tablename__ = "order_steps"
    # By order: nobody looks for an entry by itself.
    __table_args__ = (PrimaryKeyConstraint("order_id", "id"),)

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    event: Mapped[str] = mapped_column(String(40))
    state: Mapped[OrderState]
    actor_kind: Mapped[ActorKind]
    actor_id: Mapped[UUID | None]
    text: Mapped[str]
