"""Lots for everybody who holds one, for the shops that grow them, and for the platform."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import inventory, orders, traces
from domain.base import NotFound, page_size
from domain.members.permissions import Permission
from models.traces import LotState
from resolvers.base import Audience, mutation, query
from schema.base import Done, DoneResult, Info
from schema.relations import columns_for
from schema.traces import (
    Lot,
    LotInput,
    LotPage,
    LotResult,
    LotSent,
    TraceEventInput,
    TraceKey,
    TraceProof,
    anchors_of,
)

READ, WRITE = Permission.MERCHANT_PRODUCTS_READ, Permission.MERCHANT_STOCK_WRITE
PLATFORM_READ, PLATFORM_WRITE = Permission.PLATFORM_TRACES_READ, Permission.PLATFORM_TRACES_WRITE


async def _lot(info: Info, id: UUID) -> Lot:
    columns = columns_for(info, Lot)
    return Lot.of(await info.context.read(traces.access, info.context.viewer, id, columns))


async def _lot_or_none(info: Info, id: UUID) -> Lot | None:
    try:
        return await _lot(info, id)
    except NotFound:
        return None


async def _page(
    info: Info, text: str | None, state: LotState | None, product_id: UUID | None, page: int, size: int
) -> LotPage:
    columns, viewer = columns_for(info, Lot, "items"), info.context.viewer
    rows, total = await info.context.read(traces.page, viewer, text, state, product_id, page, size, columns)
    return LotPage(items=[Lot.of(row) for row in rows], total=total)


@strawberry.type
class Query:
    @query(Audience.ANYONE, public=True, description="The lot of a printed number; null for a mistyped one.")
    async def lot(self, info: Info, number: str) -> Lot | None:
        row = await info.context.read(traces.by_number, number, columns_for(info, Lot))
        return None if row is None else Lot.of(row)

    @query(Audience.ANYONE, public=True, description="The latest harvested lots of a product, 1 to 10.")
    async def product_lots(self, info: Info, product_id: UUID, first: int = 3) -> list[Lot]:
        rows = await info.context.read(traces.latest, product_id, first, columns_for(info, Lot))
        return [Lot.of(row) for row in rows]

    @query(Audience.ANYONE, public=True, description="Keys, and the latest daily anchors, newest first.")
    async def trace_proof(self, info: Info, first: int = 7) -> TraceProof:
        rows = await info.context.read(traces.anchors, page_size(first))
        keys = [TraceKey(id=id, public_key=key.hex()) for id, key in traces.public_keys().items()]
        return TraceProof(keys=keys, anchors=anchors_of(rows))

    @query(Audience.SIGNED_IN, description="Of which lots the goods of an order came that the viewer sees.")
    async def order_lots(self, info: Info, order_id: UUID, first: int = 50) -> list[LotSent]:
        columns, viewer = columns_for(info, LotSent), info.context.viewer
        rows = await info.context.read(orders.lots_sent, viewer, order_id, columns)
        return [LotSent.of(row) for row in rows[: page_size(first)]]

    @query(Audience.MERCHANT, READ)
    async def merchant_lots(
        self,
        info: Info,
        text: str | None = None,
        state: LotState | None = None,
        product_id: UUID | None = None,
        page: int = 1,
        size: int = 20,
    ) -> LotPage:
        return await _page(info, text, state, product_id, page, size)

    @query(Audience.MERCHANT, READ)
    async def merchant_lot(self, info: Info, id: UUID) -> Lot | None:
        return await _lot_or_none(info, id)

    @query(Audience.PLATFORM, PLATFORM_READ)
    async def platform_lots(
        self, info: Info, text: str | None = None, state: LotState | None = None, page: int = 1, size: int = 20
    ) -> LotPage:
        return await _page(info, text, state, None, page, size)

    @query(Audience.PLATFORM, PLATFORM_READ)
    async def platform_lot(self, info: Info, id: UUID) -> Lot | None:
        return await _lot_or_none(info, id)


@strawberry.type
class Mutation:
    @mutation(Audience.MERCHANT, WRITE)
    async def merchant_open_lot(self, info: Info, input: LotInput) -> LotResult:
        async with info.context.database.begin() as uow:
            id = await traces.open_lot(uow, info.context.viewer, input.wanted())
        return await _lot(info, id)

    @mutation(Audience.MERCHANT, WRITE, description="Adds an event; nothing that was recorded is ever changed.")
    async def merchant_record_trace(self, info: Info, lot_id: UUID, input: TraceEventInput) -> LotResult:
        async with info.context.database.begin() as uow:
            await traces.record_event(uow, info.context.viewer, lot_id, input.wanted())
        return await _lot(info, lot_id)

    @mutation(Audience.MERCHANT, WRITE)
    async def merchant_move_lot(self, info: Info, id: UUID, step: traces.LotStep, reason: str = "") -> LotResult:
        async with info.context.database.begin() as uow:
            await traces.move_by_merchant(uow, info.context.viewer, id, step, reason)
        return await _lot(info, id)

    @mutation(
        Audience.MERCHANT,
        WRITE,
        description="From now on the SKU's stock comes out of lots only; what is there came out of this one.",
    )
    async def merchant_trace_sku(self, info: Info, lot_id: UUID, sku_id: UUID) -> DoneResult:
        async with info.context.database.begin() as uow:
            await inventory.trace_sku(uow, info.context.viewer, lot_id, sku_id)
        return Done()

    @mutation(Audience.PLATFORM, PLATFORM_WRITE)
    async def platform_move_lot(self, info: Info, id: UUID, step: traces.LotStep, reason: str = "") -> LotResult:
        async with info.context.database.begin() as uow:
            await traces.move_by_platform(uow, info.context.viewer, id, step, reason)
        return await _lot(info, id)
