"""Parcels and who carries them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import strawberry

from domain.delivery import CARRIERS
from models.delivery import UploadState
from schema.relations import RowType, derived

strawberry.enum(UploadState)


@strawberry.type
class Carrier(RowType):
    code: str
    name: str


def carrier_of(code: str) -> Carrier:
    """A code that is no longer in the table names itself: the parcel was sent all the same."""
    return Carrier.of({"code": code, "name": CARRIERS.get(code, code)})


@strawberry.type
class Shipment(RowType):
    id: UUID
    carrier: Carrier = derived(carrier_of, "carrier")
    tracking_number: str
    shipped_at: datetime
    upload: UploadState = strawberry.field(description="Whether WeChat knows of it")
    upload_note: str | None
