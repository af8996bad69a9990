"""Stories of the region (产地故事): posts in versions, what they show, who likes them, and what is said below them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.audit import ActorKind
from models.base import Base, Row

SHOWN = text("state = 'PUBLISHED'")


class PostState(StrEnum):
    # Kept for its author, handed in to nobody.
    DRAFT = "DRAFT"
    PENDING = "PENDING"
    PUBLISHED = "PUBLISHED"
    # The check said no; the author may write it anew.
    REJECTED = "REJECTED"
    # Taken from the page by the platform for a reason; the author may appeal.
    HIDDEN = "HIDDEN"
    # Its author took it away for good; its words are gone.
    REMOVED = "REMOVED"


class PostHiding(StrEnum):
    """Why the platform may take a story or a comment from the page."""

    ILLEGAL = "ILLEGAL"
    PRIVACY = "PRIVACY"
    ABUSE = "ABUSE"
    ADVERTISING = "ADVERTISING"
    FALSE = "FALSE"
    INFRINGEMENT = "INFRINGEMENT"
    COURT_ORDER = "COURT_ORDER"


class PostWordsState(StrEnum):
    DRAFT = "DRAFT"
    PENDING = "PENDING"
    PUBLISHED = "PUBLISHED"
    REJECTED = "REJECTED"
    # A newer version is shown.
    REPLACED = "REPLACED"
    REMOVED = "REMOVED"


class CommentState(StrEnum):
    PENDING = "PENDING"
    PUBLISHED = "PUBLISHED"
    REJECTED = "REJECTED"
    HIDDEN = "HIDDEN"
    # By whoever wrote it, or by the author of the story.
    REMOVED = "REMOVED"


class Post(Row):
    """A story of a member, or of a shop in its name. What is on the page hangs on `words_id`, and on nothing else."""

    __tablename__ = "posts"
    __table_args__ = (
        UniqueConstraint("member_id", "request_key"),
        UniqueConstraint("merchant_id", "request_key"),
        CheckConstraint("num_nonnulls(member_id, merchant_id) = 1", "one_author"),
        CheckConstraint("(state = 'PUBLISHED') = (words_id IS NOT NULL)", "only_published_is_pointed_to"),
        CheckConstraint("state NOT IN ('PUBLISHED', 'HIDDEN') OR published_at IS NOT NULL", "published_has_time"),
        CheckConstraint("(state = 'HIDDEN') = (hidden_for IS NOT NULL)", "hidden_has_reason"),
        CheckConstraint("(state = 'HIDDEN') = (hidden_at IS NOT NULL)", "hidden_has_time"),
        CheckConstraint("(state = 'REMOVED') = (removed_at IS NOT NULL)", "removed_has_time"),
        CheckConstraint("like_count >= 0 AND comment_count >= 0", "counts"),
        Index("ix_posts_newest", "published_at", "id", postgresql_where=SHOWN),
        Index("ix_posts_member_shown", "member_id", "published_at", "id", postgresql_where=SHOWN),
        Index("ix_posts_merchant_shown", "merchant_id", "published_at", "id", postgresql_where=SHOWN),
        Index("ix_posts_member", "member_id", "created_at", "id"),
        Index("ix_posts_merchant", "merchant_id", "created_at", "id"),
        Index("ix_posts_desk", "created_at", "id"),
    )

    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id"))
    merchant_id: Mapped[UUID | None] = mapped_column(ForeignKey("merchants.id"))
    # Made once by the page on which it was written: the same page sent twice is one story.
    request_key: Mapped[str] = mapped_column(String(64))
    state: Mapped[PostState] = mapped_column(default=PostState.DRAFT)
    words_id: Mapped[UUID | None] = mapped_column(ForeignKey("post_words.id", use_alter=True, name="fk_posts_words_id"))
    # Of the first version: a story that is changed does not come first again.
    published_at: Mapped[datetime | None]
    like_count: Mapped[int] = mapped_column(default=0)
    comment_count: Mapped[int] = mapped_column(default=0)
    hidden_for: Mapped[PostHiding | None]
    hidden_note: Mapped[str] = mapped_column(String(200), default="")
    hidden_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]


class PostWords(Row):
    """A version of a story with all it says. Only its state changes, and its words only to nothing, by its author."""

    __tablename__ = "post_words"
    __table_args__ = (
        UniqueConstraint("post_id", "version"),
        # One at a time is being written or waits for its check, and one is shown.
        Index(
            "uq_post_words_open", "post_id", unique=True, postgresql_where=text("state = 'DRAFT' OR state = 'PENDING'")
        ),
        Index("uq_post_words_shown", "post_id", unique=True, postgresql_where=SHOWN),
        Index("ix_post_words_region_shown", "region_code", postgresql_where=SHOWN),
        CheckConstraint("state IN ('DRAFT', 'REMOVED') OR (title <> '' AND text <> '')", "handed_in_has_words"),
        CheckConstraint("state <> 'REMOVED' OR (title = '' AND text = '' AND shown_as = '')", "removed_says_nothing"),
        CheckConstraint("(state = 'REJECTED') = (refusal <> '')", "refused_says_why"),
    )

    post_id: Mapped[UUID] = mapped_column(ForeignKey("posts.id"))
    version: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[PostWordsState] = mapped_column(default=PostWordsState.PENDING)
    title: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(String(2000))
    # The author's name as it was checked together with the words.
    shown_as: Mapped[str] = mapped_column(String(60))
    region_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"))
    author_kind: Mapped[ActorKind]
    author_id: Mapped[UUID]
    # Why it was refused, as its author reads it.
    refusal: Mapped[str] = mapped_column(String(200), default="")


class PostPicture(Base):
    __tablename__ = "post_pictures"
    __table_args__ = (CheckConstraint("position BETWEEN 0 AND 8", "nine"),)

    words_id: Mapped[UUID] = mapped_column(ForeignKey("post_words.id"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    width: Mapped[int]
    height: Mapped[int]


class PostGood(Base):
    """A product a version is about. `bought`: its author had received it when he wrote this, by his orders."""

    __tablename__ = "post_goods"
    __table_args__ = (
        UniqueConstraint("words_id", "product_id"),
        CheckConstraint("position BETWEEN 0 AND 2", "three"),
        Index("ix_post_goods_product", "product_id"),
    )

    words_id: Mapped[UUID] = mapped_column(ForeignKey("post_words.id"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    product_id: Mapped[UUID] = mapped_column(ForeignKey("products.id"))
    # As it was called then: what is no longer on sale is still named.
    title: Mapped[str] = mapped_column(String(120))
    bought: Mapped[bool]


class PostLike(Base):
    __tablename__ = "post_likes"

    post_id: Mapped[UUID] = mapped_column(ForeignKey("posts.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"), primary_key=True)
    created_at: Mapped[datetime]


class PostComment(Row):
    """What a member says below a story; it is never changed, only taken away."""

    __tablename__ = "post_comments"
    __table_args__ = (
        UniqueConstraint("member_id", "request_key"),
        CheckConstraint("(state = 'REMOVED') = (text = '')", "removed_says_nothing"),
        CheckConstraint("(state = 'HIDDEN') = (hidden_for IS NOT NULL)", "hidden_has_reason"),
        CheckConstraint("(state = 'REJECTED') = (refusal <> '')", "refused_says_why"),
        Index("ix_post_comments_shown", "post_id", "created_at", "id", postgresql_where=SHOWN),
        Index("ix_post_comments_mine", "member_id", "post_id"),
        Index("ix_post_comments_day", "member_id", "created_at"),
    )

    post_id: Mapped[UUID] = mapped_column(ForeignKey("posts.id"))
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"))
    request_key: Mapped[str] = mapped_column(String(64))
    state: Mapped[CommentState] = mapped_column(default=CommentState.PENDING)
    text: Mapped[str] = mapped_column(String(300))
    shown_as: Mapped[str] = mapped_column(String(60))
    refusal: Mapped[str] = mapped_column(String(200), default="")
    hidden_for: Mapped[PostHiding | None]
