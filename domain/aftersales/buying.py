"""What buyers do with their cases."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from domain import delivery
from domain.aftersales.states import AfterSaleEvent
from domain.aftersales.taking import Opened, open_case, said, step, told, unclaim
from domain.base import NotFound, UnitOfWork, Viewer, ViewerKind, WrongState


async def _mine(uow: UnitOfWork, viewer: Viewer, id: UUID) -> Opened:
    opened = await open_case(uow, viewer, id)
    if viewer.kind is not ViewerKind.MEMBER:
        raise NotFound("售后单不存在")
    return opened


async def cancel(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """Takes a claim back. WrongState once the goods are on their way back, or it was granted or ended."""
    opened = await _mine(uow, viewer, id)
    if opened.case["returned_at"] is not None:
        raise WrongState("商品已经退回商家，不能撤销")
    row = await step(uow, opened.case, AfterSaleEvent.CANCEL, viewer, "买家撤销了申请")
    await unclaim(uow, row)
    told(uow, opened.order)


async def escalate(uow: UnitOfWork, viewer: Viewer, id: UUID, text: str, pictures: Sequence[str]) -> None:
    """Asks the platform to decide, after the merchant has refused."""
    opened = await _mine(uow, viewer, id)
    if opened.case["refused_for"] is None:
        raise WrongState("商家拒绝后才能申请平台介入")
    text = f"买家申请平台介入：{said(text, least=2)}"
    await step(uow, opened.case, AfterSaleEvent.ESCALATE, viewer, text, pictures)
    told(uow, opened.order)


async def send_return(uow: UnitOfWork, viewer: Viewer, id: UUID, carrier: str, tracking_number: str) -> None:
    """The goods are on their way back. `carrier` is a code of `delivery.CARRIERS`."""
    opened = await _mine(uow, viewer, id)
    carrier, number = delivery.check_parcel(carrier, tracking_number)
    text = f"买家已寄回商品：{delivery.CARRIERS[carrier]} {number}"
    to = {"return_carrier": carrier, "return_number": number}
    await step(uow, opened.case, AfterSaleEvent.SEND, viewer, text, **to)
    told(uow, opened.order)


async def confirm_replacement(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """The replacement has come; the units may be claimed anew."""
    opened = await _mine(uow, viewer, id)
    row = await step(uow, opened.case, AfterSaleEvent.CONFIRM, viewer, "买家已收到换货，售后完成")
    await unclaim(uow, row)
    told(uow, opened.order)
