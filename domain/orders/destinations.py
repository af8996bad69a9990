"""Where an order goes when it is placed: to one of its buyer's addresses, or to a counter of its shop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from domain import pickups, vouchers
from domain.base import NotFound, RowDict
from domain.members import addresses
from domain.members.addresses import Destination
from domain.orders.writing import Counter


class Wanted(Protocol):
    """What an order says of it."""

    @property
    def address_id(self) -> UUID | None: ...
    @property
    def pickup_point_id(self) -> UUID | None: ...
    @property
    def voucher(self) -> vouchers.Wish | None: ...


async def counters(session: AsyncSession, wanted: Sequence[Wanted]) -> Mapping[UUID, RowDict]:
    """The counters that are wanted; no statement where none is."""
    ids = sorted({id for each in wanted if (id := each.pickup_point_id)})
    return await pickups.points_by_id(session, ids, frozenset({"merchant_id", "closed_at"})) if ids else {}


def of(
    member_id: UUID, wanted: Wanted, owned: Mapping[tuple[UUID, UUID], RowDict], counters: Mapping[UUID, RowDict]
) -> Destination | Counter:
    """NotFound for an address of somebody else (`addressId`), and for a counter that takes no orders
    (`pickupPointId`).
    """
    if wanted.address_id is not None:
        return addresses.whole(owned.get((member_id, wanted.address_id)))
    point = counters.get(wanted.pickup_point_id) if wanted.pickup_point_id else None
    # What WeChat Pay was used for would have to be told to WeChat as picked up.
    if point is None or wanted.voucher is None or point["closed_at"] is not None:
        raise NotFound("该自提点不存在或已停用", field="pickupPointId")
    return Counter(point["id"], point["merchant_id"])


def region_of(to: Destination | Counter) -> str | None:
    """Where it is sent; None: nowhere."""
    return to.region_code if isinstance(to, Destination) else None
