"""The platform looks after settlements that WeChat Pay refused."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from domain import audit, payments
from domain.base import Forbidden, NotFound, UnitOfWork, Viewer, ViewerKind, WrongState, clean_text
from domain.settlement.calls import step
from domain.settlement.figures import figures_for
from domain.settlement.sharing import locked, next_call, waiting_refund
from domain.settlement.states import SettlementEvent
from models.settlement import Settlement, SettlementState


async def retry(uow: UnitOfWork, viewer: Viewer, settlement_id: UUID, note: str) -> None:
    """What WeChat Pay refused is asked for again, under a new number. WrongState unless it is stuck."""
    note = await _may(uow, viewer, settlement_id, note)
    await _go_on(uow, settlement_id)
    await audit.record(uow, viewer, "settlement.retry", "settlement", settlement_id, {"note": note})


async def release_refund(uow: UnitOfWork, viewer: Viewer, settlement_id: UUID, note: str) -> None:
    """A buyer's refund goes on although the commission could not be fetched back: the shop's account bears it until it
    is, which is tried again at once, and by `retry` as often as it is refused.

    WrongState unless the settlement is stuck and a refund waits for it.
    """
    note = await _may(uow, viewer, settlement_id, note)
    settlement = await locked(uow, settlement_id)
    refund_id = await waiting_refund(uow.session, settlement["part_id"])
    if settlement["state"] is not SettlementState.STUCK or refund_id is None:
        raise WrongState("没有退款在等待该笔分账回退")
    await payments.fetched(uow, refund_id)
    await _go_on(uow, settlement_id)
    detail = {"note": note, "refund": str(refund_id)}
    await audit.record(uow, viewer, "settlement.release_refund", "settlement", settlement_id, detail)


async def _may(uow: UnitOfWork, viewer: Viewer, settlement_id: UUID, note: str) -> str:
    if viewer.kind is not ViewerKind.PLATFORM:
        raise Forbidden("仅平台可以处理结算")
    if await uow.session.scalar(select(Settlement.id).where(Settlement.id == settlement_id)) is None:
        raise NotFound("结算单不存在")
    return clean_text(note, field="note", most=200, least=2, label="处理说明")


async def _go_on(uow: UnitOfWork, settlement_id: UUID) -> None:
    settlement = await locked(uow, settlement_id)
    row = await step(uow, settlement_id, SettlementEvent.RETRY, trouble=None)
    await next_call(uow, row, await figures_for(uow.session, settlement))
