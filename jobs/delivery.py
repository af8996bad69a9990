"""Telling WeChat that a parcel is on its way; the merchant's money stays frozen until it knows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from domain import orders
from jobs.base import Tools, job


@job("shipment.upload")
async def upload(tools: Tools, payload: dict[str, Any]) -> None:
    await orders.upload_shipment(tools.database, tools.uploader, UUID(payload["shipment_id"]))
