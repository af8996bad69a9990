"""Payouts that the platform makes itself, by bank transfer: what a person says became of them."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select

from domain import audit
from domain.base import (
    Conflict,
    Database,
    Forbidden,
    NotFound,
    RowDict,
    UnitOfWork,
    Viewer,
    ViewerKind,
    WrongState,
    clean_text,
)
from domain.settlement.payouts import record_payout
from domain.settlement.port import WithdrawalOutcome, WithdrawalSeen
from models.settlement import Payout, PayoutState

WAITING = (PayoutState.ASKED, PayoutState.PROCESSING)


async def transferred(database: Database, viewer: Viewer, payout_id: UUID, reference: str) -> None:
    """The money left the platform's bank account; `reference` is the bank's number of the transfer.

    Said again with the same number it changes nothing. Conflict when another payout has the number; WrongState unless
    the payout waits for a transfer.
    """
    reference = clean_text(reference, field="reference", least=4, most=64, label="银行流水号")
    async with database.begin() as uow:
        # Of two payouts told the same number at once the second waits, and is refused in words.
        await uow.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"transfer:{reference}", 0))))
        payout = await _by_hand(uow, viewer, payout_id)
        if payout["state"] is PayoutState.SUCCEEDED and payout["provider_id"] == reference:
            return
        if payout["state"] not in WAITING:
            raise WrongState("该笔提现不在待转账状态，请刷新后查看")
        same = select(Payout.number).where(Payout.provider_id == reference, Payout.sub_mchid == "")
        if (other := await uow.session.scalar(same)) is not None:
            raise Conflict(f"该银行流水号已登记在提现单 {other}", field="reference")
        await record_payout(uow, payout_id, WithdrawalSeen(WithdrawalOutcome.SUCCEEDED, reference))
        await audit.record(uow, viewer, "payout.transferred", "payout", payout_id, {"reference": reference})


async def not_transferred(uow: UnitOfWork, viewer: Viewer, payout_id: UUID, note: str) -> None:
    """The transfer was not made, or the bank sent it back after all (退票): the shop is owed the money again.

    `note` says why, for the shop to read. WrongState when that was said already.
    """
    note = clean_text(note, field="note", least=2, most=200, label="原因")
    payout = await _by_hand(uow, viewer, payout_id)
    if payout["state"] in WAITING:
        outcome = WithdrawalOutcome.FAILED
    elif payout["state"] is PayoutState.SUCCEEDED:
        outcome = WithdrawalOutcome.BOUNCED
    else:
        raise WrongState("该笔提现已处理，请刷新后查看")
    await record_payout(uow, payout_id, WithdrawalSeen(outcome, reason=note))
    await audit.record(uow, viewer, "payout.not_transferred", "payout", payout_id, {"note": note, "outcome": outcome})


async def _by_hand(uow: UnitOfWork, viewer: Viewer, payout_id: UUID) -> RowDict:
    """The payout, locked, for the platform; WrongState for one that WeChat Pay makes."""
    if viewer.kind is not ViewerKind.PLATFORM:
        raise Forbidden("仅平台可以登记转账")
    table = Payout.__table__.c
    chosen = select(*table).where(table.id == payout_id).with_for_update()
    row = (await uow.session.execute(chosen)).mappings().first()
    if row is None:
        raise NotFound("提现单不存在")
    if row["sub_mchid"]:
        raise WrongState("该笔提现由微信支付打款，无需登记")
    return dict(row)
