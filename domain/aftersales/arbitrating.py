"""What the platform decides when buyer and merchant cannot agree; it is binding."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

from domain import audit
from domain.aftersales.deciding import take_back
from domain.aftersales.granting import crossed, grant
from domain.aftersales.states import AfterSaleEvent
from domain.aftersales.taking import open_case, said, step, told, unclaim
from domain.base import Invalid, NotFound, UnitOfWork, Viewer, ViewerKind, WrongState
from models.aftersales import AfterSaleState


class Decision(StrEnum):
    # Money, all or part of it; the goods go back first; nothing.
    REFUND = "REFUND"
    RETURN = "RETURN"
    DISMISS = "DISMISS"


async def decide(
    uow: UnitOfWork,
    viewer: Viewer,
    id: UUID,
    decision: Decision,
    text: str,
    *,
    amount: int | None = None,
    restock: bool = False,
    pictures: Sequence[str] = (),
) -> None:
    """Decides an escalated case. `amount` fen of goods, for REFUND only; without it what was asked for.

    Goods that were sent although they were to be called off may be paid all the same: they stay with the buyer.
    Refuses with WrongState unless it is escalated, and for the return of goods that were not sent; Invalid (`text`,
    `amount`).
    """
    opened = await open_case(uow, viewer, id)
    if viewer.kind is not ViewerKind.PLATFORM:
        raise NotFound("售后单不存在")
    if opened.case["state"] is not AfterSaleState.ESCALATED:
        raise WrongState("只有平台介入中的售后单可以裁决")
    if amount is not None and (decision is not Decision.REFUND or amount <= 0):
        raise Invalid("退款金额须大于 0，且只在裁决退款时填写", field="amount")
    why = said(text, least=2, label="裁决理由")
    if decision is Decision.REFUND:
        sentence = f"平台裁决退款：{why}"
        await grant(uow, opened, viewer, sentence, pictures=pictures, amount=amount, restock=restock)
    elif decision is Decision.RETURN:
        if opened.case["before_shipping"] and not crossed(opened):
            raise WrongState("商品还没有发出，不需要退回，请裁决退款")
        await take_back(uow, opened, viewer, f"平台裁决退货退款，请买家寄回商品：{why}")
    else:
        sentence = f"平台裁决不支持买家的申请：{why}"
        await unclaim(uow, await step(uow, opened.case, AfterSaleEvent.DISMISS, viewer, sentence, pictures))
    detail = {"number": opened.case["number"], "decision": decision.value, "amount": amount}
    await audit.record(uow, viewer, "after_sale.decide", "after_sale", id, detail)
    told(uow, opened.order)
