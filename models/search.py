"""What the searches know besides products, what the platform decides about them, and what was asked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, SmallInteger, String, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Row

# Experiments that nobody has stopped.
OPEN = "stopped_at IS NULL"


class SearchPage(Base):
    """A page as both searches read it. `mark` grows with every change; what the engine has `confirmed` follows it.

    A page that is `gone` stays until the engine has confirmed that, too.
    """

    __tablename__ = "search_pages"
    __table_args__ = (
        CheckConstraint("confirmed <= mark", "confirmed"),
        Index("ix_search_pages_words", "words", postgresql_using="gin", postgresql_with={"fastupdate": "off"}),
        Index("ix_search_pages_spellings", "spellings", postgresql_using="gin"),
        Index("ix_search_pages_pending", "attempts", "since", postgresql_where=text("mark > confirmed")),
    )

    # A name of `search.kinds`, and the id or code of the row the page shows.
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    target: Mapped[str] = mapped_column(String(36), primary_key=True)
    title: Mapped[str]
    # What somebody types who means this very page.
    spellings: Mapped[list[str]] = mapped_column(ARRAY(Text))
    words: Mapped[Any] = mapped_column(TSVECTOR)
    weight: Mapped[int] = mapped_column(BigInteger)
    # What the engine is told, and its hash: another one is news.
    document: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
    gone: Mapped[bool] = mapped_column(default=False)
    since: Mapped[datetime]
    mark: Mapped[int] = mapped_column(BigInteger, default=1)
    confirmed: Mapped[int] = mapped_column(BigInteger, default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(default="")


class SearchSynonym(Row):
    """Words that mean the same, decided at the search desk; those of the region are in the code."""

    __tablename__ = "search_synonyms"
    __table_args__ = (CheckConstraint("cardinality(words) BETWEEN 2 AND 12", "words"),)

    words: Mapped[list[str]] = mapped_column(ARRAY(Text))


class SearchPick(Row):
    """A product that a query shows first (`place` counts from 1) or last (`place` is 0), whatever its rank."""

    __tablename__ = "search_picks"
    __table_args__ = (
        CheckConstraint("place BETWEEN 0 AND 10", "place"),
        Index("uq_search_picks_product", "query", "product_id", unique=True),
        Index("uq_search_picks_place", "query", "place", unique=True, postgresql_where=text("place > 0")),
    )

    # As `words.typed` has it: without blanks and marks, simplified, in lower case.
    query: Mapped[str] = mapped_column(String(60))
    product_id: Mapped[UUID] = mapped_column(ForeignKey("products.id"))
    place: Mapped[int] = mapped_column(SmallInteger)


class SearchExperiment(Row):
    """Two rankings compared: the challenger's weights, and the share of devices (per cent) that see it.

    It runs until it is stopped or `ends_at` has come. The ranking that holds is the one adopted last
    and not given up; without one the one in the code.
    """

    __tablename__ = "search_experiments"
    __table_args__ = (
        CheckConstraint("share BETWEEN 1 AND 50", "share"),
        CheckConstraint("ends_at > started_at", "ends_later"),
        CheckConstraint("stopped_at >= started_at", "stopped_later"),
        CheckConstraint("adopted_at IS NULL OR stopped_at IS NOT NULL", "adopted_is_over"),
        CheckConstraint(
            "given_up_at IS NULL OR (adopted_at IS NOT NULL AND given_up_at >= adopted_at)", "given_up_was_adopted"
        ),
        # One at a time.
        Index("uq_search_experiments_open", text(f"({OPEN})"), unique=True, postgresql_where=text(OPEN)),
    )

    name: Mapped[str] = mapped_column(String(40))
    # By the names of `finding.Ranking`.
    weights: Mapped[dict[str, Any]]
    share: Mapped[int] = mapped_column(SmallInteger)
    started_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]
    adopted_at: Mapped[datetime | None]
    # When the built-in ranking was taken in its place.
    given_up_at: Mapped[datetime | None]


class SearchExperimentDay(Base):
    """What came of an arm of an experiment on a day. Of nobody in particular."""

    __tablename__ = "search_experiment_days"
    __table_args__ = (
        CheckConstraint("arm IN ('A', 'B')", "arm"),
        CheckConstraint("shown >= 0 AND empty BETWEEN 0 AND shown", "shown"),
        CheckConstraint("followed BETWEEN 0 AND opened AND positions >= opened", "opened"),
    )

    experiment_id: Mapped[UUID] = mapped_column(ForeignKey("search_experiments.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    arm: Mapped[str] = mapped_column(String(1), primary_key=True)
    shown: Mapped[int] = mapped_column(default=0)
    empty: Mapped[int] = mapped_column(default=0)
    # Pages of which something was opened; how many results were; the sum of their places, from 1.
    followed: Mapped[int] = mapped_column(default=0)
    opened: Mapped[int] = mapped_column(default=0)
    positions: Mapped[int] = mapped_column(BigInteger, default=0)


class SearchCount(Base):
    """How often something was asked on a day, found nothing, and was followed to a result. Of nobody in particular."""

    __tablename__ = "search_counts"
    __table_args__ = (
        CheckConstraint("shown >= 0 AND empty BETWEEN 0 AND shown AND clicked >= 0 AND positions >= 0", "counts"),
        Index("ix_search_counts_words", "words"),
    )

    day: Mapped[date] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(String(60), primary_key=True)
    # Which of two rankings answered, while they are compared.
    ranking: Mapped[str] = mapped_column(String(1), primary_key=True)
    shown: Mapped[int] = mapped_column(default=0)
    empty: Mapped[int] = mapped_column(default=0)
    clicked: Mapped[int] = mapped_column(default=0)
    # The sum of the places that were clicked, from 1.
    positions: Mapped[int] = mapped_column(BigInteger, default=0)
