"""What WeChat is told of an order's parcels, and when.

Until WeChat knows of them the merchant's money stays frozen. One parcel that is the whole order goes in one piece
(统一发货); several go one by one, the last of them saying so (分拆发货). After that WeChat takes one correction, of
the whole list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from sqlalchemy import Update, case, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import RowDict, UnitOfWork, clock
from models.delivery import Shipment, UploadState


class UploadOutcome(StrEnum):
    DONE = "DONE"
    RETRY = "RETRY"
    FAILED = "FAILED"


@dataclass(frozen=True)
class UploadAnswer:
    """What came of telling WeChat. RETRY: come again later; FAILED: a person must look; `note` says why."""

    outcome: UploadOutcome
    note: str | None = None


@dataclass(frozen=True)
class ToldParcel:
    """A parcel as WeChat is told of it; the phone is masked but for its last four digits."""

    carrier: str
    tracking_number: str
    item_desc: str
    receiver_phone_masked: str


class Uploader(Protocol):
    """What the mall asks of WeChat's order shipping management (发货信息管理)."""

    async def upload(
        self,
        *,
        transaction_id: str,
        openid: str,
        parcels: Sequence[ToldParcel],
        split: bool,
        complete: bool,
        at: datetime,
    ) -> UploadAnswer:
        """Tells WeChat of parcels of one payment; telling it again is DONE. `at` must grow with each call for it.

        Not `split`: the one parcel is all there is. `complete`: no parcel follows these.
        """
        ...


@dataclass(frozen=True)
class Plan:
    """What is to be told of an order now: these of its parcels, and how."""

    parcels: Sequence[RowDict]
    split: bool
    complete: bool


def plan(parcels: Sequence[RowDict], *, complete: bool) -> Plan | None:
    """What WeChat must be told next of an order's parcels; None when nothing, or nothing yet.

    `complete`: no further parcel follows. A number that was told and then put right waits until all is told: before
    that WeChat would take it for one more parcel.
    """
    fresh = [parcel for parcel in parcels if parcel["told_as"] is None]
    wrong = [parcel for parcel in parcels if parcel["told_as"] not in (None, name_of(parcel))]
    split = len(parcels) > 1
    if any(parcel["told_last"] for parcel in parcels):
        return Plan(parcels, split, complete=True) if fresh or wrong else None
    if complete:
        # One that was told as the first of several cannot become the only one any more.
        return Plan(fresh or parcels, split or not fresh, complete=True)
    return Plan(fresh, split=True, complete=False) if fresh else None


def name_of(parcel: RowDict) -> str:
    """How WeChat knows a parcel."""
    return f"{parcel['carrier']} {parcel['tracking_number']}"


async def pending_uploads(session: AsyncSession, *, older_than: timedelta, most: int = 100) -> Sequence[UUID]:
    """Parcels WeChat has not been told of for so long, oldest first: for a sweep that finds lost jobs."""
    chosen = select(Shipment.id).where(
        Shipment.upload == UploadState.PENDING, Shipment.created_at <= clock.now() - older_than
    )
    return (await session.scalars(chosen.order_by(Shipment.created_at).limit(most))).all()


async def record_upload(uow: UnitOfWork, told: Plan, answer: UploadAnswer) -> None:
    """Writes down what came of telling; a number put right meanwhile is still to be told."""
    for parcel in told.parcels:
        await uow.session.execute(_told(parcel, told, answer))


def _told(parcel: RowDict, told: Plan, answer: UploadAnswer) -> Update:
    table = Shipment.__table__.c
    same = (table.carrier == parcel["carrier"]) & (table.tracking_number == parcel["tracking_number"])
    changed = update(Shipment).where(table.id == parcel["id"])
    counted = {"upload_attempts": Shipment.upload_attempts + 1}
    if answer.outcome is UploadOutcome.DONE:
        state = case((same, UploadState.DONE.value), else_=table.upload)
        known = {"told_as": name_of(parcel), "told_last": told.complete, "uploaded_at": clock.now()}
        return changed.values(upload=state, upload_note=None, **known, **counted)
    failed = answer.outcome is UploadOutcome.FAILED
    pending = changed.where(same, table.upload == UploadState.PENDING)
    return pending.values(
        upload=UploadState.FAILED if failed else UploadState.PENDING, upload_note=answer.note, **counted
    )
