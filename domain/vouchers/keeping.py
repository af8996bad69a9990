"""Lost and found, held by the platform, run out, extended, paid back. Nothing of a claim ends by time alone (L63)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit, ledger
from domain.base import (
    SYSTEM,
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
    clock,
)
from domain.crypto import vault
from domain.vouchers.batches import BATCH, bearer_of, refuse_others
from domain.vouchers.binding import NO_VOUCHER, mine, refuse_held
from domain.vouchers.log import VOUCHER, happened, locked, stepped
from domain.vouchers.states import EXTENDED_BY, VoucherStep
from models.vouchers import VoucherBatchKind, VoucherEventKind, VoucherState

LOST = "持券人挂失"
OTHERS = "该券由平台冻结，请联系客服"


async def report_lost(uow: UnitOfWork, viewer: Viewer, voucher_id: UUID) -> None:
    """Nothing is redeemed from now on; orders that hold something of it keep it until they end."""
    voucher = await mine(uow, viewer, voucher_id)
    to = {**stepped(voucher, VoucherStep.FREEZE), "frozen_for": LOST}
    await happened(uow, voucher, VoucherEventKind.LOST, _nth(voucher), viewer, LOST, **to)


async def thaw(uow: UnitOfWork, viewer: Viewer, voucher_id: UUID) -> None:
    """The holder found it again: good as before. What the platform froze, only the platform thaws."""
    voucher = await mine(uow, viewer, voucher_id)
    to = {**stepped(voucher, VoucherStep.THAW), "frozen_for": ""}
    if voucher["frozen_for"] != LOST:
        raise WrongState(OTHERS)
    await happened(uow, voucher, VoucherEventKind.THAWED, _nth(voucher), viewer, "解除挂失", **to)


async def extend(uow: UnitOfWork, viewer: Viewer, voucher_id: UUID) -> None:
    """What is left of a voucher that ran out is good for another year, for nothing, as often as its holder likes."""
    voucher = await mine(uow, viewer, voucher_id)
    if voucher["state"] is VoucherState.ACTIVE and voucher["expires_at"] <= clock.now():
        refuse_held(voucher)
        voucher = await _expire(uow, voucher)
    to = {**stepped(voucher, VoucherStep.EXTEND), "expires_at": clock.now() + EXTENDED_BY}
    await happened(uow, voucher, VoucherEventKind.EXTENDED, _nth(voucher), viewer, "到期后免费延期一年", **to)


# ------------------------------------------------------------------------------------------------ running out
async def due(session: AsyncSession, *, most: int = 200) -> Sequence[UUID]:
    """Vouchers whose time is over and that hold nothing for an unpaid order, those that wait longest first."""
    there = VOUCHER.state == VoucherState.ACTIVE, VOUCHER.expires_at <= clock.now(), VOUCHER.held == 0
    return (await session.scalars(select(VOUCHER.id).where(*there).order_by(VOUCHER.expires_at).limit(most))).all()


async def expire(uow: UnitOfWork, voucher_id: UUID) -> None:
    """Writes down that a voucher ran out; safe to repeat. Whoever redeems first has redeemed, and what is left is kept
    for its holder, who has it extended or paid back.
    """
    voucher = (await locked(uow, [voucher_id])).get(voucher_id)
    over = voucher is not None and voucher["expires_at"] <= clock.now() and not voucher["held"]
    if voucher is not None and over and voucher["state"] is VoucherState.ACTIVE:
        await _expire(uow, voucher)


async def _expire(uow: UnitOfWork, voucher: RowDict) -> RowDict:
    text = f"已到期，剩余 {voucher['balance']} 件为您保留，可免费延期或申请退款"
    to = stepped(voucher, VoucherStep.EXPIRE)
    return await happened(uow, voucher, VoucherEventKind.EXPIRED, _nth(voucher), SYSTEM, text, **to)


# ------------------------------------------------------------------------------------------------ paying back
async def ask_refund(uow: UnitOfWork, viewer: Viewer, voucher_id: UUID, payee: str) -> None:
    """The holder of a voucher that ran out wants the money for what is left, all of it, to this account."""
    voucher = await mine(uow, viewer, voucher_id)
    if voucher["state"] is VoucherState.ACTIVE and voucher["expires_at"] <= clock.now():
        refuse_held(voucher)
        voucher = await _expire(uow, voucher)
    to = stepped(voucher, VoucherStep.ASK_REFUND)
    if (await _batch(uow, voucher))["kind"] is VoucherBatchKind.GIVEN:
        raise WrongState("平台赠送的提货券没有购券款可退，可免费延期")
    payee = clean_text(payee, field="payee", least=6, most=120, label="收款信息")
    sealed = vault.seal(payee, table="vouchers", column="payee_sealed", row=voucher_id)
    text = f"申请退款：剩余 {voucher['balance']} 件"
    kind = VoucherEventKind.REFUND_ASKED
    await happened(uow, voucher, kind, _nth(voucher), viewer, text, **to, payee_sealed=sealed)


async def keep(uow: UnitOfWork, viewer: Viewer, voucher_id: UUID) -> None:
    """The holder wants no money after all."""
    voucher = await mine(uow, viewer, voucher_id)
    to = {**stepped(voucher, VoucherStep.KEEP), "payee_sealed": None}
    await happened(uow, voucher, VoucherEventKind.EXPIRED, _nth(voucher), viewer, "撤回退款申请", **to)


async def refund(database: Database, viewer: Viewer, voucher_id: UUID, reference: str) -> None:
    """Whoever was paid for a voucher has transferred the money for what was left, by the bank's number of the transfer.

    Conflict for a transfer that paid another one.
    """
    reference = clean_text(reference, field="reference", least=4, most=64, label="转账凭证号")
    try:
        async with database.begin() as uow:
            await _refund(uow, viewer, voucher_id, reference)
    except IntegrityError as error:
        if "refund_reference" not in str(error):
            raise
        raise Conflict("这个凭证号已用于另一张提货券", field="reference") from None


async def _refund(uow: UnitOfWork, viewer: Viewer, voucher_id: UUID, reference: str) -> None:
    voucher = await _console(uow, viewer, voucher_id)
    to = {**stepped(voucher, VoucherStep.REFUND), "refund_reference": reference, "payee_sealed": None}
    left = voucher["balance"]
    worth, text = left * voucher["value"], f"剩余 {left} 件已退款，凭证号 {reference}"
    await happened(uow, voucher, VoucherEventKind.REFUNDED, "refunded", viewer, text[:120], amount=-left, **to)
    by, memo = bearer_of(await _batch(uow, voucher)), f"提货券到期退款 尾号 {voucher['last4']}"
    await ledger.post(uow, ledger.voucher_refunded(str(voucher_id), worth, by, clock.now(), memo))
    about = {"left": left, "worth": worth, "reference": reference}
    await audit.record(uow, viewer, "voucher.refund", "voucher", voucher_id, about)


async def payee(uow: UnitOfWork, viewer: Viewer, voucher_id: UUID) -> str:
    """Where the money of a voucher shall go, for whoever has to send it; that it was looked at is kept."""
    voucher = await _console(uow, viewer, voucher_id)
    if voucher["payee_sealed"] is None:
        raise WrongState("该提货券没有待处理的退款申请")
    await audit.record(uow, viewer, "voucher.payee", "voucher", voucher_id, {"last4": voucher["last4"]})
    return vault.open(voucher["payee_sealed"], table="vouchers", column="payee_sealed", row=voucher_id)


# ------------------------------------------------------------------------------------------------ the platform
async def freeze(uow: UnitOfWork, viewer: Viewer, voucher_id: UUID, reason: str) -> None:
    """The platform holds a voucher, whosever shop's, with a reason its holder reads."""
    _only_platform(viewer)
    reason = clean_text(reason, field="reason", least=2, most=60, label="冻结原因")
    voucher = await _any(uow, voucher_id)
    # Whoever reports a voucher lost does not keep the platform from holding it.
    held = voucher["state"] is VoucherState.FROZEN and voucher["frozen_for"] == LOST
    to = {**({} if held else stepped(voucher, VoucherStep.FREEZE)), "frozen_for": f"平台冻结：{reason}"}
    await happened(uow, voucher, VoucherEventKind.FROZEN, _nth(voucher), viewer, f"平台冻结：{reason}", **to)
    await audit.record(uow, viewer, "voucher.freeze", "voucher", voucher_id, {"reason": reason})


async def unfreeze(uow: UnitOfWork, viewer: Viewer, voucher_id: UUID, reason: str) -> None:
    """Good again, whoever had frozen it."""
    _only_platform(viewer)
    reason = clean_text(reason, field="reason", least=2, most=60, label="解冻原因")
    voucher = await _any(uow, voucher_id)
    to = {**stepped(voucher, VoucherStep.THAW), "frozen_for": ""}
    await happened(uow, voucher, VoucherEventKind.THAWED, _nth(voucher), viewer, f"平台解冻：{reason}", **to)
    await audit.record(uow, viewer, "voucher.unfreeze", "voucher", voucher_id, {"reason": reason})


def _only_platform(viewer: Viewer) -> None:
    if viewer.kind is not ViewerKind.PLATFORM:
        raise Forbidden("仅平台可以冻结提货券")


def _nth(voucher: RowDict) -> str:
    """What tells this happening from all others of its kind."""
    return f"after:{voucher['events']}"


async def _any(uow: UnitOfWork, voucher_id: UUID) -> RowDict:
    voucher = (await locked(uow, [voucher_id])).get(voucher_id)
    if voucher is None:
        raise NotFound(NO_VOUCHER)
    return voucher


async def _console(uow: UnitOfWork, viewer: Viewer, voucher_id: UUID) -> RowDict:
    """A voucher, locked, of whose batch the viewer has to do with."""
    voucher = await _any(uow, voucher_id)
    refuse_others(viewer, (await _batch(uow, voucher))["kind"], voucher["merchant_id"])
    return voucher


async def _batch(uow: UnitOfWork, voucher: RowDict) -> RowDict:
    chosen = select(BATCH.kind, BATCH.merchant_id).where(BATCH.id == voucher["batch_id"])
    return dict((await uow.session.execute(chosen)).mappings().one())
