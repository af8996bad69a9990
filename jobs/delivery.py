"""Telling WeChat that a parcel is on its way, without which the shop's money stays frozen; and following it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import structlog

from domain import delivery, orders
from jobs.base import Tools, job

log = structlog.get_logger()


@job("shipment.upload")
async def upload(tools: Tools, payload: dict[str, Any]) -> None:
    await orders.upload_shipment(tools.database, tools.uploader, UUID(payload["shipment_id"]))


@job("shipment.follow")
async def follow(tools: Tools, payload: dict[str, Any]) -> None:
    await orders.follow_shipment(tools.database, tools.tracker, UUID(payload["shipment_id"]))


async def ask(tools: Tools) -> None:
    """Asks about the parcels nobody has told of for a while; one that fails is asked about again in half an hour."""
    async with tools.database.begin() as uow:
        due = await delivery.claim_to_ask(uow)
    for shipment_id in due:
        try:
            await orders.ask_shipment(tools.database, tools.tracker, shipment_id)
        except Exception as error:
            log.warning("tracking.failed", shipment=str(shipment_id), error=repr(error))
