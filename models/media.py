"""Files on their way: asked for, sent to the object store, looked at, and then kept or refused."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.audit import ActorKind
from models.base import Row


class UploadKind(StrEnum):
    """What a file is to become, which says who may send it and who may see it."""

    # A picture of a shop: goods, papers, lots. Everybody may see it.
    PRODUCT = "PRODUCT"
    # A picture in an after-sale case, for its three sides.
    EVIDENCE = "EVIDENCE"
    # A picture that a member, or a shop that answers, shows to others once it is checked.
    POSTED = "POSTED"
    # A short video of a shop that explains a product.
    CLIP = "CLIP"


class UploadState(StrEnum):
    WAITING = "WAITING"
    STORED = "STORED"
    REFUSED = "REFUSED"


class Upload(Row):
    """One file somebody may send. Kept for some hours, so that asking again how it ended gets the same answer."""

    __tablename__ = "uploads"
    __table_args__ = (
        CheckConstraint("byte_size > 0", "size"),
        CheckConstraint("(state = 'STORED') = (key IS NOT NULL)", "stored_has_key"),
        CheckConstraint("(state = 'STORED') = (width IS NOT NULL AND height IS NOT NULL)", "stored_has_size"),
        CheckConstraint("(state = 'REFUSED') = (told IS NOT NULL)", "refused_says_why"),
        CheckConstraint("owner_kind IN ('MEMBER', 'MERCHANT', 'PLATFORM')", "owner"),
        Index("ix_uploads_created", "created_at"),
        Index("ix_uploads_owner", "owner_id", "created_at"),
    )

    kind: Mapped[UploadKind]
    owner_kind: Mapped[ActorKind]
    owner_id: Mapped[UUID]
    content_type: Mapped[str] = mapped_column(String(40))
    # What the sender promised; the store takes no more.
    byte_size: Mapped[int]
    state: Mapped[UploadState] = mapped_column(default=UploadState.WAITING)
    # Of what was made of it: the hash of its bytes, and its size in pixels.
    key: Mapped[str | None] = mapped_column(String(64))
    width: Mapped[int | None]
    height: Mapped[int | None]
    told: Mapped[str | None] = mapped_column(String(200))
    # The form is good until then.
    ends_at: Mapped[datetime]
