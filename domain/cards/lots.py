"""Codes that nobody has bound: frozen, thawed, and taken back for good; one of them, or all of a lot.

Two at once, with whoever binds the code: the first to lock the card has it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from domain import audit, ledger
from domain.base import RowDict, UnitOfWork, Viewer, clock
from domain.bearer import Chosen, cleaned
from domain.cards.batches import BATCH, locked_batch, only_platform
from domain.cards.binding import NO_CARD
from domain.cards.log import LOG, LOTS
from domain.cards.states import CARD_REFUSALS, CARD_STEPS, CardStep
from models.cards import CardBatch, CardEventKind, CardState

GONE = {CardState.VOIDED: "该卡号已作废"}


async def suspend(uow: UnitOfWork, viewer: Viewer, chosen: Chosen, reason: str) -> int:
    """Nobody can bind these codes until they are thawed; answers how many they are."""
    text = f"冻结未绑定的卡号：{cleaned(reason)}"
    rows = await _locked(uow, viewer, chosen, CardStep.SUSPEND)
    to: dict[str, Any] = {"state": CardState.SUSPENDED, "frozen_for": text}
    await LOG.happened_to_all(uow, rows, CardEventKind.FROZEN, viewer, text, **to)
    about = {"many": len(rows), "reason": text}
    await audit.record(uow, viewer, "card_lot.freeze", *chosen.named("card"), about)
    return len(rows)


async def resume(uow: UnitOfWork, viewer: Viewer, chosen: Chosen, reason: str) -> int:
    """Whoever knows these codes may bind them again; answers how many they are."""
    text = f"解冻未绑定的卡号：{cleaned(reason)}"
    rows = await _locked(uow, viewer, chosen, CardStep.RESUME)
    to: dict[str, Any] = {"state": CardState.ISSUED, "frozen_for": ""}
    await LOG.happened_to_all(uow, rows, CardEventKind.THAWED, viewer, text, **to)
    about = {"many": len(rows), "reason": text}
    await audit.record(uow, viewer, "card_lot.thaw", *chosen.named("card"), about)
    return len(rows)


async def void(uow: UnitOfWork, viewer: Viewer, chosen: Chosen, reason: str) -> int:
    """These codes are worth nothing any more, and the batch has room for as many again; answers how many they are.

    What was paid for them by bank transfer is written as given back, or as never received: `reason` says which.
    """
    text = f"作废未绑定的卡号：{cleaned(reason)}"
    rows = await _locked(uow, viewer, chosen, CardStep.VOID)
    to: dict[str, Any] = {"state": CardState.VOIDED, "frozen_for": text}
    await LOG.happened_to_all(uow, rows, CardEventKind.VOIDED, viewer, text, emptied=True, **to)
    batch_id, many = rows[0]["batch_id"], len(rows)
    room = update(CardBatch).where(BATCH.id == batch_id)
    await uow.session.execute(room.values(made=BATCH.made - many))
    worth, paid = sum(row["balance"] for row in rows), sum(row["paid"] for row in rows)
    memo = f"礼品卡作废 {many} 张"
    await ledger.post(uow, ledger.cards_voided(str(rows[0]["id"]), worth, paid, clock.now(), memo))
    about = {"many": many, "worth": worth, "reason": text}
    await audit.record(uow, viewer, "card_lot.void", *chosen.named("card"), about)
    return many


async def _locked(uow: UnitOfWork, viewer: Viewer, chosen: Chosen, step: CardStep) -> list[RowDict]:
    """The chosen codes that can take the step, behind their batch; WrongState where there is none."""
    only_platform(viewer)
    await locked_batch(uow, await LOTS.batch_of(uow, chosen, NO_CARD))
    states = {state for state, event in CARD_STEPS if event is step}
    return await LOTS.locked(uow, chosen, states, GONE, CARD_REFUSALS[step])


async def forget(uow: UnitOfWork) -> None:
    """Codes of lots whose day is over are kept no longer; safe to repeat."""
    await LOTS.forget(uow)
