"""Campaigns, what they offer, and the coupons that members hold of them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Fen, Row


class CampaignKind(StrEnum):
    """What a campaign is: each kind has a table of its own for what it offers."""

    COUPON = "COUPON"
    REDUCTION = "REDUCTION"
    GROUP_BUY = "GROUP_BUY"
    FLASH_SALE = "FLASH_SALE"
    PRESALE = "PRESALE"


class CampaignState(StrEnum):
    """Whether a published one has begun or is over is told by the clock, and kept nowhere."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    STOPPED = "STOPPED"


class CampaignAudience(StrEnum):
    EVERYBODY = "EVERYBODY"
    # Members who have paid for nothing yet.
    NEW_BUYERS = "NEW_BUYERS"


class Campaign(Row):
    """One way of making goods cheaper for a while, of a shop or (`merchant_id` null) of the platform.

    What was published is a promise: only its end may be brought forward, and what it offers may grow.
    """

    __tablename__ = "campaigns"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", "ends_after_start"),
        CheckConstraint("merchant_percent BETWEEN 0 AND 100", "merchant_percent"),
        CheckConstraint("merchant_id IS NULL OR merchant_percent = 100", "shops_pay_for_their_own"),
        # What the platform shares with shops, and its 满减, is for shops that applied; no shop invites others.
        CheckConstraint(
            "merchant_id IS NOT NULL OR apply_until IS NOT NULL OR (merchant_percent = 0 AND kind <> 'REDUCTION')",
            "shops_agree_first",
        ),
        CheckConstraint("apply_until IS NULL OR merchant_id IS NULL", "only_the_platform_invites"),
        CheckConstraint("apply_until <= ends_at", "apply_until"),
        CheckConstraint("used_up_at IS NULL OR (budget_fen IS NOT NULL AND kind = 'REDUCTION')", "used_up"),
        # What was promised to members never costs more than was set aside for it.
        CheckConstraint("promised_fen >= 0 AND (budget_fen IS NULL OR promised_fen <= budget_fen)", "budget"),
        # 明码标价规定 18: the rules are written down before anybody can take part.
        CheckConstraint("state = 'DRAFT' OR length(rules) >= 4", "rules_are_said"),
        CheckConstraint("(state = 'DRAFT') = (published_at IS NULL)", "published_has_time"),
        CheckConstraint("(state = 'STOPPED') = (stopped_at IS NOT NULL)", "stopped_has_time"),
        CheckConstraint("state <> 'STOPPED' OR length(stop_reason) >= 2", "stopped_has_reason"),
        CheckConstraint("kind = 'COUPON' OR NOT exclusive", "only_coupons_are_exclusive"),
        CheckConstraint("category_ids IS NULL OR product_ids IS NULL", "one_scope"),
        CheckConstraint("cardinality(category_ids) > 0 AND cardinality(product_ids) > 0", "scope_is_not_empty"),
        # What applications point at: the part of the cost they were shown.
        UniqueConstraint("id", "merchant_percent", name="uq_campaigns_terms"),
        Index("ix_campaigns_merchant", "merchant_id", "starts_at"),
        Index("ix_campaigns_starts", "starts_at"),
        Index("ix_campaigns_published", "ends_at", postgresql_where=text("state = 'PUBLISHED'")),
    )

    kind: Mapped[CampaignKind]
    merchant_id: Mapped[UUID | None] = mapped_column(ForeignKey("merchants.id"))
    name: Mapped[str] = mapped_column(String(40))
    rules: Mapped[str] = mapped_column(String(500), default="")
    state: Mapped[CampaignState] = mapped_column(default=CampaignState.DRAFT)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    # Who pays for what is taken off: so much of it the shops, the rest the platform.
    merchant_percent: Mapped[int] = mapped_column(SmallInteger)
    # The most it may cost, and the most that what members hold or used of it can cost. Null: no limit.
    budget_fen: Mapped[Fen | None]
    promised_fen: Mapped[Fen] = mapped_column(default=0, server_default="0")
    audience: Mapped[CampaignAudience] = mapped_column(default=CampaignAudience.EVERYBODY)
    # Its coupons go with no other coupon for the same goods.
    exclusive: Mapped[bool] = mapped_column(default=False, server_default="false")
    # The goods it is for, by category (with all below it) or by product; null: all of the shop's, or of all shops.
    category_ids: Mapped[list[UUID] | None] = mapped_column(ARRAY(Uuid()))
    product_ids: Mapped[list[UUID] | None] = mapped_column(ARRAY(Uuid()))
    # Shops may apply until then, and leave again; null: nobody applies.
    apply_until: Mapped[datetime | None]
    # Since then the budget of a 满减 is too small for another whole reduction.
    used_up_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    stop_reason: Mapped[str] = mapped_column(String(200), default="", server_default="")
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    created_by: Mapped[str] = mapped_column(String(60))


class ApplicationState(StrEnum):
    # The shop agrees to what it would bear; the platform has not answered.
    APPLIED = "APPLIED"
    # Its goods take part, and it bears its part of what is taken off them.
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"
    # Taken out again by the platform; what was ordered before stays as it was promised.
    REMOVED = "REMOVED"


class CampaignApplication(Row):
    """A shop that wants to take part in a campaign of the platform, with the part of the cost it agreed to bear."""

    __tablename__ = "campaign_applications"
    __table_args__ = (
        # It agreed to the terms there are: the key says so, and what was published is never changed.
        ForeignKeyConstraint(
            ["campaign_id", "merchant_percent"],
            ["campaigns.id", "campaigns.merchant_percent"],
            name="fk_campaign_applications_terms",
        ),
        CheckConstraint("cardinality(product_ids) > 0", "goods"),
        CheckConstraint("(state IN ('DECLINED', 'REMOVED')) = (length(reason) >= 2)", "no_has_reason"),
        CheckConstraint("(state = 'APPLIED') = (decided_at IS NULL)", "decided_has_time"),
        # One at a time; who was taken out does not come back.
        Index(
            "uq_campaign_applications_shop",
            "campaign_id",
            "merchant_id",
            unique=True,
            postgresql_where=text("state IN ('APPLIED', 'ACCEPTED', 'REMOVED')"),
        ),
        Index("ix_campaign_applications_campaign", "campaign_id", "created_at"),
        Index("ix_campaign_applications_merchant", "merchant_id", "created_at"),
    )

    campaign_id: Mapped[UUID]
    merchant_id: Mapped[UUID] = mapped_column(ForeignKey("merchants.id"))
    merchant_percent: Mapped[int] = mapped_column(SmallInteger)
    # The goods it brings; null: all of its goods that the campaign is for.
    product_ids: Mapped[list[UUID] | None] = mapped_column(ARRAY(Uuid()))
    state: Mapped[ApplicationState] = mapped_column(default=ApplicationState.APPLIED)
    # Why the platform declined it, or took it out.
    reason: Mapped[str] = mapped_column(String(200), default="", server_default="")
    # When the platform answered, or the shop left.
    decided_at: Mapped[datetime | None]
    created_by: Mapped[str] = mapped_column(String(60))


class ReductionStep(Base):
    """满减: from so much on, so much less. It is always less than it takes, so goods never cost nothing."""

    __tablename__ = "reduction_steps"
    __table_args__ = (CheckConstraint("off > 0 AND off < threshold", "off"),)

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    threshold: Mapped[Fen] = mapped_column(primary_key=True, autoincrement=False)
    off: Mapped[Fen]


class CouponOffer(Base):
    """What every coupon of a campaign is worth, how many there are, and how long one is good for."""

    __tablename__ = "coupon_offers"
    __table_args__ = (
        CheckConstraint("threshold > 0", "threshold"),
        CheckConstraint("(off > 0 AND percent_off = 0) OR (off = 0 AND percent_off BETWEEN 1 AND 90)", "off"),
        CheckConstraint("off < threshold", "goods_cost_something"),
        CheckConstraint("(percent_off > 0) = (most IS NOT NULL) AND (most IS NULL OR most > 0)", "most"),
        CheckConstraint("total BETWEEN 1 AND 1000000", "total"),
        CheckConstraint("claimed BETWEEN 0 AND total", "never_more_than_there_are"),
        CheckConstraint("per_member BETWEEN 1 AND 20", "per_member"),
        CheckConstraint("(valid_days IS NULL) <> (valid_until IS NULL)", "one_end"),
        CheckConstraint("valid_days BETWEEN 1 AND 366", "valid_days"),
        CheckConstraint("NOT by_event OR code IS NULL", "given_or_claimed"),
    )

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    threshold: Mapped[Fen]
    off: Mapped[Fen] = mapped_column(default=0, server_default="0")
    percent_off: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    # What a percentage takes off at most.
    most: Mapped[Fen | None]
    total: Mapped[int]
    claimed: Mapped[int] = mapped_column(default=0, server_default="0")
    per_member: Mapped[int] = mapped_column(SmallInteger, default=1, server_default="1")
    # Who knows it may claim one; null: everybody sees it and may. No secret: it stands on leaflets.
    code: Mapped[str | None] = mapped_column(String(20), unique=True)
    # Nobody claims one: the mall gives them for something that happened (`promotions.give`).
    by_event: Mapped[bool] = mapped_column(default=False, server_default="false")
    valid_days: Mapped[int | None] = mapped_column(SmallInteger)
    valid_until: Mapped[datetime | None]


class CouponState(StrEnum):
    HELD = "HELD"
    USED = "USED"
    EXPIRED = "EXPIRED"


class Coupon(Row):
    """One coupon in a member's hands. What it is worth stands in its offer, which never changes once published."""

    __tablename__ = "coupons"
    __table_args__ = (
        # The member's first, second … of this offer: two claims at once cannot both be the same one.
        UniqueConstraint("campaign_id", "member_id", "nth"),
        CheckConstraint("nth >= 1", "nth"),
        CheckConstraint("(state = 'USED') = (trade_id IS NOT NULL)", "used_by_a_trade"),
        CheckConstraint("(state = 'USED') = (used_at IS NOT NULL)", "used_has_time"),
        Index("ix_coupons_member", "member_id", "state", "valid_until"),
        Index("ix_coupons_held", "valid_until", postgresql_where=text("state = 'HELD'")),
        Index("ix_coupons_trade", "trade_id", postgresql_where=text("trade_id IS NOT NULL")),
    )

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("coupon_offers.campaign_id"))
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"))
    nth: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[CouponState] = mapped_column(default=CouponState.HELD)
    # The first moment at which it is not good any more.
    valid_until: Mapped[datetime]
    trade_id: Mapped[UUID | None] = mapped_column(ForeignKey("trades.id"))
    used_at: Mapped[datetime | None]
