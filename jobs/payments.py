"""Payments by themselves: asking WeChat Pay, acting on its notices, sending refunds off."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog

from domain import orders, payments
from domain.base import NotFound
from integrations.cashier import refund_seen, seen_in
from integrations.wechatpay import Notice, NoticeRejected
from jobs.base import Tools, job

# A notice of a payment that is not ours: its attempt may still be being written, but not for a day.
GIVE_UP = timedelta(days=1)

log = structlog.get_logger()


async def handle_notice(tools: Tools, notice_id: str) -> None:
    """Acts on a kept notice, once, however often and from wherever this is called."""
    async with tools.database.begin() as uow:
        kept = await payments.open_notice(uow, notice_id)
        if kept is None:
            return
        notice = Notice(notice_id, kept["event_type"], None, "", "", kept["resource"])
        try:
            payment, refund = seen_in(notice), notice.refund
        except NoticeRejected:
            await payments.notice_handled(uow, notice_id, "malformed")
            return
        if payment is not None:
            await orders.record_payment(uow, payment)
        elif refund is not None:
            await orders.record_refund(uow, refund_seen(refund))
        outcome = "payment" if payment else "refund" if refund else "ignored"
        await payments.notice_handled(uow, notice_id, outcome)


async def sweep_notices(tools: Tools) -> None:
    """Notices that were kept while their handler died. One that cannot be handled holds up no other."""
    async with tools.database.read() as session:
        left = await payments.waiting_notices(session, older_than=timedelta(seconds=20))
        given_up = set(await payments.waiting_notices(session, older_than=GIVE_UP))
    for notice_id in left:
        try:
            await handle_notice(tools, notice_id)
        except NotFound:
            if notice_id in given_up:
                await _lay_aside(tools, notice_id)
        except Exception as error:
            log.warning("notice.waits", notice=notice_id, error=repr(error))


async def _lay_aside(tools: Tools, notice_id: str) -> None:
    log.error("notice.unknown", notice=notice_id)
    async with tools.database.begin() as uow:
        await payments.notice_handled(uow, notice_id, "unknown")


@job("payment.check")
async def check(tools: Tools, payload: dict[str, Any]) -> None:
    """Asks WeChat Pay about an attempt nobody told us of."""
    await orders.reconcile(tools.database, tools.gateway, UUID(payload["payment_id"]))


@job("refund.submit")
async def submit_refund(tools: Tools, payload: dict[str, Any]) -> None:
    await orders.submit_refund(tools.database, tools.gateway, UUID(payload["refund_id"]))


@job("refund.check")
async def check_refund(tools: Tools, payload: dict[str, Any]) -> None:
    await orders.check_refund(tools.database, tools.gateway, UUID(payload["refund_id"]))
