"""Codes that nobody has bound: frozen, thawed, and taken back for good; one of them, or all of a lot.

Two at once, with whoever binds the code: the first to lock the voucher has it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from domain import audit, ledger
from domain.base import RowDict, UnitOfWork, Viewer, clock
from domain.bearer import Chosen, cleaned
from domain.vouchers.batches import BATCH, bearer_of, locked_batch
from domain.vouchers.binding import NO_VOUCHER
from domain.vouchers.log import LOG, LOTS
from domain.vouchers.states import VOUCHER_REFUSALS, VOUCHER_STEPS, VoucherStep
from models.vouchers import VoucherBatch, VoucherEventKind, VoucherState

GONE = {VoucherState.VOIDED: "该券码已作废"}


async def suspend(uow: UnitOfWork, viewer: Viewer, chosen: Chosen, reason: str) -> int:
    """Nobody can bind these codes until they are thawed; answers how many they are."""
    text = f"冻结未绑定的券码：{cleaned(reason)}"
    await _batch(uow, viewer, chosen)
    rows = await _of(uow, chosen, VoucherStep.SUSPEND)
    to: dict[str, Any] = {"state": VoucherState.SUSPENDED, "frozen_for": text}
    await LOG.happened_to_all(uow, rows, VoucherEventKind.FROZEN, viewer, text, **to)
    about = {"many": len(rows), "reason": text}
    await audit.record(uow, viewer, "voucher_lot.freeze", *chosen.named("voucher"), about)
    return len(rows)


async def resume(uow: UnitOfWork, viewer: Viewer, chosen: Chosen, reason: str) -> int:
    """Whoever knows these codes may bind them again; answers how many they are."""
    text = f"解冻未绑定的券码：{cleaned(reason)}"
    await _batch(uow, viewer, chosen)
    rows = await _of(uow, chosen, VoucherStep.RESUME)
    to: dict[str, Any] = {"state": VoucherState.ISSUED, "frozen_for": ""}
    await LOG.happened_to_all(uow, rows, VoucherEventKind.THAWED, viewer, text, **to)
    about = {"many": len(rows), "reason": text}
    await audit.record(uow, viewer, "voucher_lot.thaw", *chosen.named("voucher"), about)
    return len(rows)


async def void(uow: UnitOfWork, viewer: Viewer, chosen: Chosen, reason: str) -> int:
    """These codes are worth nothing any more, and the batch has room for as many again; answers how many they are.

    Whoever was paid for them has given that back, or never received it: `reason` says which.
    """
    text = f"作废未绑定的券码：{cleaned(reason)}"
    batch = await _batch(uow, viewer, chosen)
    rows = await _of(uow, chosen, VoucherStep.VOID)
    to: dict[str, Any] = {"state": VoucherState.VOIDED, "frozen_for": text}
    await LOG.happened_to_all(uow, rows, VoucherEventKind.VOIDED, viewer, text, emptied=True, **to)
    many, worth = len(rows), sum(row["balance"] * row["value"] for row in rows)
    room = update(VoucherBatch).where(BATCH.id == batch["id"])
    await uow.session.execute(room.values(made=BATCH.made - many))
    by, memo = bearer_of(batch), f"提货券作废 {many} 张"
    await ledger.post(uow, ledger.vouchers_voided(str(rows[0]["id"]), worth, by, clock.now(), memo))
    about = {"many": many, "worth": worth, "reason": text}
    await audit.record(uow, viewer, "voucher_lot.void", *chosen.named("voucher"), about)
    return many


async def _batch(uow: UnitOfWork, viewer: Viewer, chosen: Chosen) -> RowDict:
    """Their batch, locked, which the viewer has to do with."""
    return await locked_batch(uow, viewer, await LOTS.batch_of(uow, chosen, NO_VOUCHER))


async def _of(uow: UnitOfWork, chosen: Chosen, step: VoucherStep) -> list[RowDict]:
    """The chosen codes that can take the step; WrongState where there is none."""
    states = {state for state, event in VOUCHER_STEPS if event is step}
    return await LOTS.locked(uow, chosen, states, GONE, VOUCHER_REFUSALS[step])


async def forget(uow: UnitOfWork) -> None:
    """Codes of lots whose day is over are kept no longer; safe to repeat."""
    await LOTS.forget(uow)
