"""Who carries parcels."""

from __future__ import annotations

import strawberry

from domain import delivery
from resolvers.base import Audience, Keep, query
from schema.base import Info
from schema.delivery import Carrier


@strawberry.type
class Query:
    @query(Audience.ANYONE, keep=Keep(300))
    async def carriers(self, info: Info) -> list[Carrier]:
        return [Carrier.of(row) for row in delivery.carriers()]
