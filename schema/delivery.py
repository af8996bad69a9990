"""Parcels and who carries them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import strawberry

from domain import catalog, delivery, orders
from domain.delivery import CARRIERS
from models.delivery import TrackState, UploadState
from schema.pictures import Image
from schema.relations import RowType, derived, many, one

strawberry.enum(UploadState)
strawberry.enum(TrackState)


@strawberry.type
class Carrier(RowType):
    code: str
    name: str


def carrier_of(code: str) -> Carrier:
    """A code that is no longer in the table names itself: the parcel was sent all the same."""
    return Carrier.of({"code": code, "name": CARRIERS.get(code, code)})


@strawberry.type(description="Some of an order's line, in one parcel.")
class ShipmentLine(RowType):
    line_id: UUID
    title: str
    sku_name: str
    image: Image | None = one(catalog.pictures_by_key, key="image_key")
    quantity: int


@strawberry.type
class ShipmentTrace(RowType):
    at: datetime
    state: TrackState | None = strawberry.field(description="Null where the carrier's words do not say.")
    text: str = strawberry.field(description="The carrier's own words")
    place: str


@strawberry.type
class Shipment(RowType):
    id: UUID
    carrier: Carrier = derived(carrier_of, "carrier")
    tracking_number: str
    shipped_at: datetime
    lines: list[ShipmentLine] = many(delivery.goods_by_shipment, key="id")
    state: TrackState | None = strawberry.field(description="Null until the carrier has said anything of it.")
    latest_text: str | None
    latest_at: datetime | None
    signed_at: datetime | None = strawberry.field(
        description="The recipient signed: the time to return goods without a reason begins on the day after."
    )
    traces: list[ShipmentTrace] = many(delivery.traces_by_shipment, key="id", description="The latest first")
    upload: UploadState = strawberry.field(description="Whether WeChat knows of it")
    upload_note: str | None


@strawberry.input
class ShipLineInput:
    line_id: UUID
    quantity: int


@strawberry.input
class ShipInput:
    order_id: UUID
    carrier: str
    tracking_number: str
    lines: list[ShipLineInput] | None = strawberry.field(
        default=None, description="What is in the parcel; left out, all that is still to be shipped."
    )

    def parcel(self) -> orders.Parcel:
        goods = None if self.lines is None else [(line.line_id, line.quantity) for line in self.lines]
        return orders.Parcel(self.order_id, self.carrier, self.tracking_number, goods)


@strawberry.input
class CorrectTrackingInput:
    shipment_id: UUID
    carrier: str
    tracking_number: str
