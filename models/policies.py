"""What a category asks of its goods: attributes, papers, what is forbidden; and the papers shops have shown."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Row


class AttributeKind(StrEnum):
    ENUM = "ENUM"
    NUMBER = "NUMBER"
    TEXT = "TEXT"
    BOOLEAN = "BOOLEAN"


class Attribute(Row):
    """Something goods of a category, and of every category below it, say of themselves."""

    __tablename__ = "attributes"
    __table_args__ = (
        CheckConstraint("(kind = 'ENUM') = (cardinality(options) > 0)", "options_of_a_choice"),
        CheckConstraint("unit IS NULL OR kind = 'NUMBER'", "unit_of_a_number"),
        # A name that was given up may be used again.
        Index("uq_attributes_category_id_name", "category_id", "name", unique=True, postgresql_where=text("active")),
    )

    category_id: Mapped[UUID] = mapped_column(ForeignKey("categories.id"), index=True)
    name: Mapped[str] = mapped_column(String(20))
    kind: Mapped[AttributeKind]
    unit: Mapped[str | None] = mapped_column(String(10))
    options: Mapped[list[str]] = mapped_column(ARRAY(String(40)), default=list, server_default="{}")
    required: Mapped[bool] = mapped_column(default=False)
    filterable: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(SmallInteger, default=0)
    # What is no longer asked stays where products have said it, until they are saved again.
    active: Mapped[bool] = mapped_column(default=True)


class CategoryPolicy(Base):
    """Rules of a category; what is null is as in the category above."""

    __tablename__ = "category_policies"
    __table_args__ = (
        CheckConstraint("price_free_percent BETWEEN 0 AND 90", "price_free_percent"),
        CheckConstraint("blocked_reason <> ''", "blocked_says_why"),
    )

    category_id: Mapped[UUID] = mapped_column(ForeignKey("categories.id"), primary_key=True)
    # Nothing here or below may be published, and why.
    blocked_reason: Mapped[str | None] = mapped_column(String(200))
    # How far a price may move from the reviewed one without another review.
    price_free_percent: Mapped[int | None] = mapped_column(SmallInteger)
    # How goods are sorted here; a product's grade begins with one of them.
    grades: Mapped[list[str] | None] = mapped_column(ARRAY(String(20)))


class PaperKind(StrEnum):
    FOOD_BUSINESS = "FOOD_BUSINESS"
    PREPACKAGED_FILING = "PREPACKAGED_FILING"
    FOOD_PRODUCTION = "FOOD_PRODUCTION"
    SMALL_WORKSHOP = "SMALL_WORKSHOP"
    ANIMAL_QUARANTINE = "ANIMAL_QUARANTINE"
    GI_AUTHORISATION = "GI_AUTHORISATION"
    ORGANIC = "ORGANIC"
    ALCOHOL = "ALCOHOL"
    HEALTH_FOOD = "HEALTH_FOOD"


class RequiredPaper(Row):
    """To publish in the category or below it, a shop has one of `any_of`; `sellers` empty: every kind of shop."""

    __tablename__ = "required_papers"
    __table_args__ = (CheckConstraint("cardinality(any_of) > 0", "any_of"),)

    category_id: Mapped[UUID] = mapped_column(ForeignKey("categories.id"), index=True)
    any_of: Mapped[list[str]] = mapped_column(ARRAY(String(32)))
    sellers: Mapped[list[str]] = mapped_column(ARRAY(String(32)), default=list, server_default="{}")
    reason: Mapped[str] = mapped_column(String(200))


class PaperState(StrEnum):
    PENDING = "PENDING"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"


class MerchantPaper(Row):
    """A paper a shop has shown. Good when approved and not expired; a newer one does not end an older one."""

    __tablename__ = "merchant_papers"
    __table_args__ = (
        CheckConstraint("(state = 'PENDING') = (decided_at IS NULL)", "decided"),
        CheckConstraint("state <> 'REJECTED' OR note <> ''", "rejection_says_why"),
        Index(
            "uq_merchant_papers_number",
            "merchant_id",
            "kind",
            "number",
            unique=True,
            postgresql_where=text("state <> 'REJECTED'"),
        ),
        Index("ix_merchant_papers_open", "created_at", postgresql_where=text("state = 'PENDING'")),
    )

    merchant_id: Mapped[UUID] = mapped_column(ForeignKey("merchants.id"))
    kind: Mapped[PaperKind]
    number: Mapped[str] = mapped_column(String(60))
    picture_key: Mapped[str] = mapped_column(ForeignKey("pictures.key"))
    # Null: it does not expire.
    expires_on: Mapped[date | None]
    state: Mapped[PaperState] = mapped_column(default=PaperState.PENDING)
    note: Mapped[str] = mapped_column(String(200), default="")
    decided_at: Mapped[datetime | None]


class WordSeverity(StrEnum):
    """Refused anywhere; refused in titles and pointed out elsewhere; only pointed out."""

    BLOCK = "BLOCK"
    BLOCK_IN_TITLE = "BLOCK_IN_TITLE"
    WARN = "WARN"


class ForbiddenWord(Row):
    """A word advertising may not hold, and why."""

    __tablename__ = "forbidden_words"
    __table_args__ = (CheckConstraint("word <> '' AND reason <> ''", "says_why"),)

    # In its one form: see `domain.policies.words.folded`.
    word: Mapped[str] = mapped_column(String(40), unique=True)
    reason: Mapped[str] = mapped_column(String(200))
    # Where it stands: 「广告法 9(3)」.
    law: Mapped[str] = mapped_column(String(80))
    severity: Mapped[WordSeverity]
    # Longer words in which it is harmless: 最小起订量.
    harmless_in: Mapped[list[str]] = mapped_column(ARRAY(String(40)), default=list, server_default="{}")
    # Fine for a shop that has this paper, such as the authorisation for a protected name.
    unless_paper: Mapped[PaperKind | None]
    active: Mapped[bool] = mapped_column(default=True)


class WordException(Base):
    """A reviewer found a word right for one product, and said why."""

    __tablename__ = "word_exceptions"
    __table_args__ = (CheckConstraint("reason <> ''", "says_why"),)

    product_id: Mapped[UUID] = mapped_column(ForeignKey("products.id"), primary_key=True)
    word_id: Mapped[UUID] = mapped_column(ForeignKey("forbidden_words.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(200))
    given_by: Mapped[str] = mapped_column(String(60))
    given_at: Mapped[datetime]


class PlaceStory(Base):
    """What the page of a place says of it."""

    __tablename__ = "place_stories"

    code: Mapped[str] = mapped_column(ForeignKey("regions.code"), primary_key=True)
    story: Mapped[str]
    picture_key: Mapped[str | None] = mapped_column(ForeignKey("pictures.key"))
