"""到店自提: the counters of shops, and what an order waits for at one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from domain import pickups
from domain.base import ViewerKind
from models.pickups import PickupState
from schema.base import Info, Refused
from schema.relations import RowType, derived, reads

strawberry.enum(PickupState)


@strawberry.type(description="A counter at which a shop hands goods over.")
class PickupPoint(RowType):
    id: UUID
    name: str
    region_code: str
    region_name: str
    detail: str
    hours: str = strawberry.field(description="In words")
    phone: str
    closed: bool = derived(
        lambda closed_at: closed_at is not None, "closed_at", description="It takes no new orders any more."
    )


@strawberry.type(description="What a paid order that is picked up waits for.")
class OrderPickup(RowType):
    state: PickupState
    deadline: datetime = strawberry.field(description="The first moment that is too late: then it is called off.")
    picked_up_at: datetime | None

    @reads(*pickups.SHOWN, description="提货码: to its buyer alone, while the order waits.")
    def code(self, info: Info) -> str | None:
        return pickups.code_for(info.context.viewer, self.__dict__)

    @reads(*pickups.SHOWN, description="The code as a QR code, a picture within its own address; told likewise.")
    def code_picture(self, info: Info) -> str | None:
        code = pickups.code_for(info.context.viewer, self.__dict__)
        return None if code is None else pickups.picture_of(code)

    @reads("handed_over_by", description="Who of the shop did; told to the shop and the platform.")
    def handed_over_by(self, info: Info) -> str | None:
        return None if info.context.viewer.kind is ViewerKind.MEMBER else self.__dict__["handed_over_by"]


@strawberry.input
class PickupPointInput:
    name: str
    region_code: str = strawberry.field(description="Of a county or town of Zhaotong")
    detail: str
    hours: str = strawberry.field(description="In words, such as 每天 9:00–18:00")
    phone: str

    def draft(self) -> pickups.PointDraft:
        return pickups.PointDraft(**vars(self))


PickupPointResult = Annotated[PickupPoint | Refused, strawberry.union("PickupPointResult")]
