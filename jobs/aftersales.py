"""After-sale cases by themselves: timers, and the end that a refund brings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from domain import aftersales
from jobs.base import Tools, job
from jobs.sweeping import attempt


@job("after-sale.timer")
async def tick(tools: Tools, payload: dict[str, Any]) -> None:
    """Does what is due in a case, if anything is."""
    async with tools.database.begin() as uow:
        await aftersales.tick(uow, UUID(str(payload["id"])))


async def refund_heard(tools: Tools, payload: dict[str, Any]) -> None:
    """For the consumer of RefundChanged."""
    async with tools.database.begin() as uow:
        await aftersales.refund_heard(uow, UUID(payload["refund_id"]))


async def announce(tools: Tools, payload: dict[str, Any]) -> None:
    """For the consumer of AfterSaleChanged: whoever looks at the case, and the desk of its shop."""
    await tools.announcer.publish(f"after-sale:{payload['after_sale_id']}", payload["state"])
    await tools.announcer.publish(f"merchant-after-sales:{payload['merchant_id']}", payload["after_sale_id"])


async def sweep(tools: Tools) -> None:
    """Cases whose timer was lost. One that fails stops no other."""
    async with tools.database.read() as session:
        due = await aftersales.overdue(session)
    for id in due:
        await attempt("after-sale.timer", tick(tools, {"id": id}), id=str(id))


async def tidy(tools: Tools) -> None:
    """Pictures that were uploaded and hung on nothing for a day: first nobody knows them, then they are gone."""
    async with tools.database.begin() as uow:
        keys = await aftersales.forget_loose(uow)
    for key in keys:
        await tools.evidence.drop(key, older_than=aftersales.KEPT_LOOSE)
