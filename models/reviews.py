"""What buyers say of what they bought. Rows are never deleted: the law forbids it (E-Commerce Law Art. 39)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.audit import ActorKind
from models.base import Base, Row


class ReviewState(StrEnum):
    """Of the first words; a follow-up and a reply have states of their own (`WordsState`)."""

    PENDING = "PENDING"
    PUBLISHED = "PUBLISHED"
    # The check said no; the author may write it anew.
    REJECTED = "REJECTED"
    # Taken from the page by the platform for one of the reasons there are.
    HIDDEN = "HIDDEN"
    # The author took his words back; the score stays without them.
    WITHDRAWN = "WITHDRAWN"


class ReviewHiding(StrEnum):
    """Why the platform may take words away. That a shop dislikes them is no reason, so it is not here."""

    ILLEGAL = "ILLEGAL"
    PRIVACY = "PRIVACY"
    ABUSE = "ABUSE"
    ADVERTISING = "ADVERTISING"
    COURT_ORDER = "COURT_ORDER"
    # The purchase was a sham: the only reason for which the score goes too.
    FABRICATED = "FABRICATED"


class ReviewPart(StrEnum):
    FIRST = "FIRST"
    FOLLOW_UP = "FOLLOW_UP"
    REPLY = "REPLY"


class WordsState(StrEnum):
    PENDING = "PENDING"
    PUBLISHED = "PUBLISHED"
    REJECTED = "REJECTED"
    HIDDEN = "HIDDEN"
    WITHDRAWN = "WITHDRAWN"
    # A newer version of the same part is shown.
    REPLACED = "REPLACED"


def _stars(column: str) -> CheckConstraint:
    return CheckConstraint(f"{column} BETWEEN 1 AND 5", column)


class Review(Row):
    """One buyer's judgement of one order line.

    What is shown hangs on the three pointers: only words that passed the check are pointed to, so whoever reads
    through them cannot see what waits, was refused, hidden or taken back.
    """

    __tablename__ = "reviews"
    __table_args__ = (
        _stars("score"),
        _stars("freshness"),
        _stars("accuracy"),
        _stars("logistics"),
        _stars("service"),
        CheckConstraint("(state = 'HIDDEN') = (hidden_for IS NOT NULL)", "hidden_has_reason"),
        CheckConstraint("state <> 'PUBLISHED' OR words_id IS NOT NULL", "published_has_words"),
        CheckConstraint(
            "state = 'PUBLISHED' OR (words_id IS NULL AND follow_up_id IS NULL AND reply_id IS NULL)",
            "only_published_is_pointed_to",
        ),
        CheckConstraint("NOT counted OR published_at IS NOT NULL", "counted_was_published"),
        CheckConstraint("helpful_count >= 0 AND picture_count >= 0", "counts"),
        Index(
            "ix_reviews_product_newest",
            "product_id",
            "published_at",
            "id",
            postgresql_where=text("state = 'PUBLISHED'"),
        ),
        Index(
            "ix_reviews_product_helpful",
            "product_id",
            "helpful_count",
            "published_at",
            "id",
            postgresql_where=text("state = 'PUBLISHED'"),
        ),
        Index("ix_reviews_merchant", "merchant_id", "published_at", "id", postgresql_where=text("state = 'PUBLISHED'")),
        Index("ix_reviews_product_all", "product_id"),
        Index("ix_reviews_member", "member_id", "created_at", "id"),
        Index("ix_reviews_order", "order_id"),
        Index("ix_reviews_hidden", "hidden_at", "id", postgresql_where=text("state = 'HIDDEN'")),
    )

    line_id: Mapped[UUID] = mapped_column(ForeignKey("order_lines.id"), unique=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    product_id: Mapped[UUID] = mapped_column(ForeignKey("products.id"))
    merchant_id: Mapped[UUID] = mapped_column(ForeignKey("merchants.id"))
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"))
    state: Mapped[ReviewState] = mapped_column(default=ReviewState.PENDING)
    # What the buyer chose; nothing is filled in for him.
    score: Mapped[int] = mapped_column(SmallInteger)
    freshness: Mapped[int | None] = mapped_column(SmallInteger)
    accuracy: Mapped[int | None] = mapped_column(SmallInteger)
    logistics: Mapped[int | None] = mapped_column(SmallInteger)
    service: Mapped[int | None] = mapped_column(SmallInteger)
    anonymous: Mapped[bool]
    # The author as everybody reads it, masked when it was written: the page never meets the whole name.
    shown_as: Mapped[str] = mapped_column(String(40))
    sku_name: Mapped[str] = mapped_column(String(60))
    words_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("review_words.id", use_alter=True, name="fk_reviews_words_id")
    )
    follow_up_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("review_words.id", use_alter=True, name="fk_reviews_follow_up_id")
    )
    reply_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("review_words.id", use_alter=True, name="fk_reviews_reply_id")
    )
    published_at: Mapped[datetime | None]
    # Whether the score is in the summary.
    counted: Mapped[bool] = mapped_column(default=False)
    helpful_count: Mapped[int] = mapped_column(default=0)
    picture_count: Mapped[int] = mapped_column(SmallInteger, default=0)
    hidden_for: Mapped[ReviewHiding | None]
    hidden_note: Mapped[str] = mapped_column(String(200), default="")
    hidden_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class ReviewWords(Row):
    """A version of one part of a review. Only its state changes, and its text only to nothing, by its author."""

    __tablename__ = "review_words"
    __table_args__ = (
        UniqueConstraint("review_id", "part", "version"),
        # One follow-up, and one text at a time that waits for its check.
        Index(
            "uq_review_words_waiting",
            "review_id",
            "part",
            unique=True,
            postgresql_where=text("state = 'PENDING'"),
        ),
        Index("uq_review_words_shown", "review_id", "part", unique=True, postgresql_where=text("state = 'PUBLISHED'")),
    )

    review_id: Mapped[UUID] = mapped_column(ForeignKey("reviews.id"))
    part: Mapped[ReviewPart]
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[WordsState] = mapped_column(default=WordsState.PENDING)
    text: Mapped[str] = mapped_column(String(500))
    author_kind: Mapped[ActorKind]
    author_id: Mapped[UUID]
    # Why it was refused, as its author reads it.
    refusal: Mapped[str] = mapped_column(String(200), default="")


class ReviewPicture(Base):
    __tablename__ = "review_pictures"

    words_id: Mapped[UUID] = mapped_column(ForeignKey("review_words.id"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    width: Mapped[int]
    height: Mapped[int]


class ReviewVote(Base):
    """A member found a review helpful."""

    __tablename__ = "review_votes"

    review_id: Mapped[UUID] = mapped_column(ForeignKey("reviews.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"), primary_key=True)
    created_at: Mapped[datetime]


class Sums:
    """What a summary holds: how many of each score, what the aspects add up to. All of it follows from `reviews`."""

    count: Mapped[int] = mapped_column(default=0)
    ones: Mapped[int] = mapped_column(default=0)
    twos: Mapped[int] = mapped_column(default=0)
    threes: Mapped[int] = mapped_column(default=0)
    fours: Mapped[int] = mapped_column(default=0)
    fives: Mapped[int] = mapped_column(default=0)
    with_pictures: Mapped[int] = mapped_column(default=0)
    with_follow_up: Mapped[int] = mapped_column(default=0)
    # On the page; hidden for a reason; taken back by their authors.
    shown: Mapped[int] = mapped_column(default=0)
    hidden: Mapped[int] = mapped_column(default=0)
    withdrawn: Mapped[int] = mapped_column(default=0)
    freshness_count: Mapped[int] = mapped_column(default=0)
    freshness_sum: Mapped[int] = mapped_column(BigInteger, default=0)
    accuracy_count: Mapped[int] = mapped_column(default=0)
    accuracy_sum: Mapped[int] = mapped_column(BigInteger, default=0)
    logistics_count: Mapped[int] = mapped_column(default=0)
    logistics_sum: Mapped[int] = mapped_column(BigInteger, default=0)
    service_count: Mapped[int] = mapped_column(default=0)
    service_sum: Mapped[int] = mapped_column(BigInteger, default=0)


def _distribution() -> CheckConstraint:
    return CheckConstraint("count = ones + twos + threes + fours + fives", "distribution")


class ProductReviews(Sums, Base):
    __tablename__ = "product_reviews"
    __table_args__ = (_distribution(), Index("ix_product_reviews_merchant", "merchant_id"))

    product_id: Mapped[UUID] = mapped_column(ForeignKey("products.id"), primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(ForeignKey("merchants.id"))


class MerchantReviews(Sums, Base):
    __tablename__ = "merchant_reviews"
    __table_args__ = (_distribution(),)

    merchant_id: Mapped[UUID] = mapped_column(ForeignKey("merchants.id"), primary_key=True)
