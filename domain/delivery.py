"""Parcels: who carries them, and what WeChat has been told of them.

Until WeChat knows of a parcel the merchant's money stays frozen, so the upload is part of the parcel's row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Invalid, Job, NotFound, RowDict, UnitOfWork, clock
from domain.statements import ManyBy, OneBy
from models.base import new_id
from models.delivery import Shipment, UploadState

# WeChat's codes of express companies (get_delivery_list), and what people call them.
CARRIERS = {
    "SF": "顺丰速运",
    "ZTO": "中通快递",
    "YTO": "圆通速递",
    "STO": "申通快递",
    "YD": "韵达速递",
    "EMS": "EMS",
    "YZPY": "邮政快递包裹",
    "JTSD": "极兔速递",
    "JD": "京东快递",
}
TRACKING = re.compile(r"[A-Za-z0-9-]{8,30}")
# WeChat's order service learns of a payment a little later than WeChat Pay.
AFTER_PAYMENT = timedelta(seconds=60)


class UploadOutcome(StrEnum):
    DONE = "DONE"
    RETRY = "RETRY"
    FAILED = "FAILED"


@dataclass(frozen=True)
class UploadAnswer:
    """What came of telling WeChat. RETRY: come again later; FAILED: a person must look; `note` says why."""

    outcome: UploadOutcome
    note: str | None = None


class Uploader(Protocol):
    """What the mall asks of WeChat's order shipping management (发货信息管理)."""

    async def upload(
        self,
        *,
        transaction_id: str,
        openid: str,
        carrier: str,
        tracking_number: str,
        item_desc: str,
        receiver_phone_masked: str,
        at: datetime,
    ) -> UploadAnswer:
        """Tells WeChat of a parcel; telling it again is DONE. `at` must grow with each call for one payment."""
        ...


def carriers() -> list[RowDict]:
    return [{"code": code, "name": name} for code, name in CARRIERS.items()]


def check_parcel(carrier: str, tracking_number: str) -> tuple[str, str]:
    """The carrier's code and the cleaned tracking number; Invalid for one that cannot be."""
    if carrier not in CARRIERS:
        raise Invalid("不支持的快递公司", field="carrier")
    cleaned = tracking_number.strip().upper()
    if not TRACKING.fullmatch(cleaned):
        raise Invalid("运单号须为 8 到 30 位字母、数字或短横线", field="trackingNumber")
    return carrier, cleaned


async def ship(uow: UnitOfWork, order_id: UUID, carrier: str, tracking_number: str, *, paid_at: datetime) -> UUID:
    """Writes a checked parcel down and sees to it that WeChat is told; answers its id."""
    now = clock.now()
    row = {"id": new_id(), "order_id": order_id, "carrier": carrier, "tracking_number": tracking_number}
    await uow.session.execute(insert(Shipment).values(**row, shipped_at=now, created_at=now))
    wait = max(timedelta(0), paid_at + AFTER_PAYMENT - now)
    payload = {"shipment_id": str(row["id"])}
    uow.later(Job("shipment.upload", payload, after=wait, key=f"shipment:{row['id']}:upload"))
    return UUID(str(row["id"]))


shipments_by_id = OneBy(Shipment.__table__, "id")
#: The parcels of each order, first shipped first.
shipments_by_order = ManyBy(Shipment.__table__, "order_id", order_by=("shipped_at", "id"))


async def shipment(session: AsyncSession, id: UUID) -> RowDict:
    columns = frozenset({"order_id", "carrier", "tracking_number", "upload", "shipped_at"})
    found = (await shipments_by_id(session, [id], columns)).get(id)
    if found is None:
        raise NotFound("包裹不存在")
    return found


async def pending_uploads(session: AsyncSession, *, older_than: timedelta, most: int = 100) -> Sequence[UUID]:
    """Parcels WeChat has not been told of for so long, oldest first: for a sweep that finds lost jobs."""
    chosen = select(Shipment.id).where(
        Shipment.upload == UploadState.PENDING, Shipment.created_at <= clock.now() - older_than
    )
    return (await session.scalars(chosen.order_by(Shipment.created_at).limit(most))).all()


async def record_upload(uow: UnitOfWork, shipment_id: UUID, answer: UploadAnswer) -> None:
    """Writes down what came of an upload; what is DONE stays done."""
    done = answer.outcome is UploadOutcome.DONE
    state = {UploadOutcome.RETRY: UploadState.PENDING, UploadOutcome.FAILED: UploadState.FAILED}
    changed = update(Shipment).where(Shipment.id == shipment_id, Shipment.upload != UploadState.DONE)
    await uow.session.execute(
        changed.values(
            upload=state.get(answer.outcome, UploadState.DONE),
            upload_attempts=Shipment.upload_attempts + 1,
            upload_note=None if done else answer.note,
            uploaded_at=clock.now() if done else None,
        )
    )
