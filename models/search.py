"""What the searches know besides products: pages of shops, places and brands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, String, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


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
