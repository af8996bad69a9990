"""What a shop asks for sending goods: templates with rules by region, and when sending is free."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Fen, Row


class FreightUnit(StrEnum):
    WEIGHT = "WEIGHT"
    PIECE = "PIECE"


class FreightTemplate(Row):
    """How goods of one kind are sent. Counted in grams (WEIGHT) or in pieces (PIECE).

    `default_position` is always 0 and points to the rule that holds where no other does: so every template has
    exactly one.
    """

    __tablename__ = "freight_templates"
    __table_args__ = (
        CheckConstraint("cold_fee >= 0 AND (pack_fee IS NULL OR pack_fee >= 0) AND pack_grams > 0", "surcharges"),
        CheckConstraint("cold_from BETWEEN 1 AND 12 AND cold_to BETWEEN 1 AND 12", "cold_months"),
        CheckConstraint("(pack_grams IS NULL) = (pack_fee IS NULL)", "pack_whole"),
        CheckConstraint("default_position = 0", "default_position"),
        UniqueConstraint("merchant_id", "name"),
        # Products point to both, so that none can use another shop's template.
        UniqueConstraint("merchant_id", "id"),
        Index("uq_freight_templates_one_default", "merchant_id", unique=True, postgresql_where=text("is_default")),
        ForeignKeyConstraint(
            ["id", "default_position"],
            ["freight_rules.template_id", "freight_rules.position"],
            name="fk_freight_templates_default_rule",
            deferrable=True,
            initially="DEFERRED",
            use_alter=True,
        ),
    )

    merchant_id: Mapped[UUID] = mapped_column(ForeignKey("merchants.id"))
    name: Mapped[str] = mapped_column(String(40))
    unit: Mapped[FreightUnit]
    # Used by goods that name no template.
    is_default: Mapped[bool] = mapped_column(default=False)
    # For goods that travel cold, once an order, in fen; from one month to another, both included, also over New Year.
    cold_fee: Mapped[Fen] = mapped_column(default=0)
    cold_from: Mapped[int] = mapped_column(SmallInteger, default=4, server_default="4")
    cold_to: Mapped[int] = mapped_column(SmallInteger, default=10, server_default="10")
    # A box (with ice) holds so many grams and costs so many fen each.
    pack_grams: Mapped[int | None]
    pack_fee: Mapped[Fen | None]
    default_position: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime]


class FreightRule(Base):
    """What sending costs to some places, or why nothing is sent there. `first` and `step` in the template's unit."""

    __tablename__ = "freight_rules"
    __table_args__ = (
        CheckConstraint("position >= 0", "position"),
        CheckConstraint(
            "CASE WHEN deliverable THEN num_nonnulls(first, first_fee, step, step_fee) = 4 AND reason = ''"
            " ELSE num_nonnulls(first, first_fee, step, step_fee) = 0 AND reason <> '' END",
            "fee_or_reason",
        ),
        CheckConstraint("first > 0 AND step > 0", "units"),
        CheckConstraint("first_fee >= 0 AND step_fee >= 0", "fees"),
    )

    template_id: Mapped[UUID] = mapped_column(ForeignKey("freight_templates.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    deliverable: Mapped[bool] = mapped_column(default=True)
    reason: Mapped[str] = mapped_column(String(60), default="")
    first: Mapped[int | None]
    first_fee: Mapped[Fen | None]
    step: Mapped[int | None]
    step_fee: Mapped[Fen | None]


class FreightPlace(Base):
    """A region a rule is for, with everything below it. No region stands twice in a template; rule 0 needs none."""

    __tablename__ = "freight_places"
    __table_args__ = (
        CheckConstraint("position > 0", "position"),
        ForeignKeyConstraint(
            ["template_id", "position"],
            ["freight_rules.template_id", "freight_rules.position"],
            name="fk_freight_places_rule",
            ondelete="CASCADE",
        ),
        Index("ix_freight_places_code", "code"),
    )

    template_id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(9), ForeignKey("regions.code"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger)


class FreightFree(Base):
    """From when on sending costs nothing: so many pieces, so many fen, or both; `codes` empty means everywhere."""

    __tablename__ = "freight_frees"
    __table_args__ = (
        CheckConstraint("position >= 0", "position"),
        CheckConstraint("from_quantity > 0 AND from_amount > 0", "from"),
        CheckConstraint("num_nonnulls(from_quantity, from_amount) > 0", "some_from"),
    )

    template_id: Mapped[UUID] = mapped_column(ForeignKey("freight_templates.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    codes: Mapped[list[str]] = mapped_column(ARRAY(String(9)), default=list)
    from_quantity: Mapped[int | None]
    from_amount: Mapped[Fen | None]
