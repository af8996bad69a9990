"""Shops and the places goods come from."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Fen, Row, new_id


class RegionLevel(StrEnum):
    PROVINCE = "PROVINCE"
    CITY = "CITY"
    COUNTY = "COUNTY"
    TOWN = "TOWN"


class Region(Base):
    """GB/T 2260 and, below the county, the nine-digit codes of towns. Reference data."""

    __tablename__ = "regions"
    __table_args__ = (CheckConstraint("code ~ '^[0-9]{6}([0-9]{3})?$'", "code"),)

    code: Mapped[str] = mapped_column(String(9), primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    full_name: Mapped[str] = mapped_column(String(120))
    level: Mapped[RegionLevel]
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"), index=True)
    longitude: Mapped[float | None]
    latitude: Mapped[float | None]
    position: Mapped[int] = mapped_column(SmallInteger, default=0)


class MerchantKind(StrEnum):
    COMPANY = "COMPANY"
    COOPERATIVE = "COOPERATIVE"
    FARMER = "FARMER"
    INDIVIDUAL = "INDIVIDUAL"


class MerchantState(StrEnum):
    OPEN = "OPEN"
    SUSPENDED = "SUSPENDED"
    CLOSED = "CLOSED"


class Merchant(Row):
    __tablename__ = "merchants"
    __table_args__ = (
        # E-Commerce Law Art. 10 and 15: a licence is shown, or the ground on which none is needed.
        CheckConstraint("licence_number IS NOT NULL OR licence_exemption IS NOT NULL", "licence_or_exemption"),
        CheckConstraint("freight >= 0 AND (free_freight_from IS NULL OR free_freight_from > 0)", "freight"),
        CheckConstraint("sold_count >= 0", "sold_count"),
        CheckConstraint("commission_rate BETWEEN 0 AND 3000", "commission_rate"),
    )

    name: Mapped[str] = mapped_column(String(60), unique=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    kind: Mapped[MerchantKind]
    state: Mapped[MerchantState] = mapped_column(default=MerchantState.OPEN)
    state_reason: Mapped[str] = mapped_column(default="")
    intro: Mapped[str] = mapped_column(default="")
    logo_key: Mapped[str | None]
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    licence_number: Mapped[str | None] = mapped_column(String(40))
    licence_exemption: Mapped[str | None]
    is_platform_owned: Mapped[bool] = mapped_column(default=False)
    # The merchant's number at WeChat Pay (二级商户号): money of its orders settles there, never with us.
    sub_mchid: Mapped[str] = mapped_column(String(32))
    contact_phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    # What the platform keeps of a sale, in basis points (1/100 %).
    # Basis points, for sales that no rule of `commission_rules` was for.
    commission_rate: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    # What the shop's page says of its default template: the lowest first fee, and from when on all of it is free.
    # Written with the template, so that pages need not read rules; nothing is charged by them.
    freight: Mapped[Fen] = mapped_column(default=0)
    free_freight_from: Mapped[Fen | None]
    # Another one after every change of the shop's freight: rules read under the same mark are the same rules.
    freight_mark: Mapped[UUID] = mapped_column(default=new_id, server_default=text("gen_random_uuid()"))
    # Another one whenever what the shop reduces its goods by was changed, by the same rule; null: it never did that.
    promotions_mark: Mapped[UUID | None]
    sold_count: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime]
