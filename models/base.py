"""What every table shares: ids, timestamps, enums as text, and the naming of constraints."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from asyncpg.pgproto.pgproto import UUID as DriverUUID
from sqlalchemy import BigInteger, DateTime, Enum, MetaData, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from uuid_utils import uuid7


def new_id() -> UUID:
    """A UUIDv7: ids made later sort later, so indexes grow at one end.

    Of the driver's own class, as the ids that are read: it is made, written and sent in a fraction of the time.
    """
    made: UUID = DriverUUID(uuid7().bytes)
    return made


def id_of(text: str) -> UUID:
    """The id that a text stands for; ValueError for none."""
    try:
        found: UUID = DriverUUID(text)
    except ValueError:
        return UUID(text)  # it knows more ways of writing one
    return found


class Fen(int):
    """Marks an amount of money: integer fen (1/100 yuan), 64 bits in the database."""


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    # Enums are text with a CHECK: a value can be added without a lock-taking ALTER TYPE.
    type_annotation_map = {
        datetime: DateTime(timezone=True),
        Fen: BigInteger,
        dict[str, Any]: JSONB,
        StrEnum: Enum(StrEnum, native_enum=False, create_constraint=True, length=32),
    }


class Row(Base):
    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
