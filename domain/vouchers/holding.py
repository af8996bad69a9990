"""What orders hold of vouchers: spent when they are paid, freed when they are closed, given back when refunded."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import SYSTEM, RowDict, UnitOfWork, clock
from domain.vouchers.log import happened, locked, stepped
from domain.vouchers.making import Kind, make
from domain.vouchers.states import EXTENDED_BY, VoucherStep
from models.vouchers import Voucher, VoucherEventKind, VoucherHold, VoucherHoldState, VoucherState

HOLD = VoucherHold.__table__.c
USED = (VoucherState.ACTIVE, VoucherState.FROZEN)
LIVING = (*USED, VoucherState.REDEEMED, VoucherState.EXPIRED)


async def spend(uow: UnitOfWork, order_ids: Collection[UUID]) -> dict[UUID, int]:
    """These orders are paid: what they hold is redeemed; answers what that is worth by order, in fen.

    A voucher that was frozen meanwhile, or ran out, is redeemed all the same: its pieces were set aside before.
    """
    spent: dict[UUID, int] = {}
    holds = await _holds(uow.session, order_ids, VoucherHoldState.HELD)
    vouchers = await locked(uow, {hold["voucher_id"] for hold in holds}) if holds else {}
    for hold in holds:
        voucher, units = vouchers[hold["voucher_id"]], hold["units"]
        to: dict[str, Any] = {"held": Voucher.held - units}
        if voucher["balance"] == units:
            to |= stepped(voucher, VoucherStep.USE_UP)
        about = {"amount": -units, "order_id": hold["order_id"], **to}
        kind, ref, text = VoucherEventKind.REDEEMED, str(hold["id"]), f"提货 {units} 件"
        vouchers[voucher["id"]] = await happened(uow, voucher, kind, ref, SYSTEM, text, **about)
        spent[hold["order_id"]] = units * hold["value"]
        await _become(uow, hold, VoucherHoldState.SPENT)
    return spent


async def release(uow: UnitOfWork, order_id: UUID) -> None:
    """The unpaid order is closed: what it held is free again. Nothing for an order that was paid."""
    for hold in await _holds(uow.session, [order_id], VoucherHoldState.HELD):
        await locked(uow, [hold["voucher_id"]])
        free = update(Voucher).where(Voucher.id == hold["voucher_id"])
        await uow.session.execute(free.values(held=Voucher.held - hold["units"]))
        await _become(uow, hold, VoucherHoldState.RELEASED)


async def hold_again(uow: UnitOfWork, order_ids: Collection[UUID]) -> frozenset[UUID]:
    """For orders whose freight was paid after they were closed: holds the same again; answers those that cannot.

    That the time has run out since does not count while nobody has written it down: the order was in time.
    """
    dead: set[UUID] = set()
    for hold in await _holds(uow.session, order_ids, VoucherHoldState.RELEASED):
        voucher = (await locked(uow, [hold["voucher_id"]]))[hold["voucher_id"]]
        mine = voucher["holder_id"] == hold["member_id"] and voucher["state"] is VoucherState.ACTIVE
        if not mine or voucher["balance"] - voucher["held"] < hold["units"]:
            dead.add(hold["order_id"])
            continue
        more = update(Voucher).where(Voucher.id == hold["voucher_id"])
        await uow.session.execute(more.values(held=Voucher.held + hold["units"]))
        await _become(uow, hold, VoucherHoldState.HELD)
    return frozenset(dead)


# ------------------------------------------------------------------------------------------------ giving back
async def whole_pieces(session: AsyncSession, order_id: UUID, amount: int, left: int, in_money: int) -> int:
    """What of `amount` fen goes back to a voucher that has `left` fen of the order, as whole pieces.

    What is less than a piece goes back in money where the order was paid in money, too (its freight); where it was not,
    a piece that was begun goes back whole.
    """
    (hold,) = await _holds(session, [order_id], VoucherHoldState.SPENT)
    value: int = hold["value"]
    pieces, rest = divmod(min(amount, left), value)
    started = rest and amount - pieces * value > in_money
    return min(left, (pieces + 1 if started else pieces) * value)


async def give_back(uow: UnitOfWork, order_id: UUID, amount: int, refund_id: UUID, text: str) -> int:
    """Pieces worth `amount` fen return to the voucher they came from, or to a new one; answers how many.

    A new one is made for who redeemed them where the voucher is somebody else's by now, or was paid back. One that has
    run out is good for another year.
    """
    (hold,) = await _holds(uow.session, [order_id], VoucherHoldState.SPENT)
    pieces, rest = divmod(amount, hold["value"])
    if rest or pieces > hold["units"] - hold["returned"]:
        raise RuntimeError(f"{amount} fen are not whole pieces that order {order_id} took")
    voucher = (await locked(uow, [hold["voucher_id"]]))[hold["voucher_id"]]
    more = update(VoucherHold).where(HOLD.id == hold["id"])
    await uow.session.execute(more.values(returned=HOLD.returned + pieces))
    kind, about = VoucherEventKind.RETURNED, {"amount": pieces, "order_id": order_id}
    until = voucher["expires_at"] if voucher["expires_at"] > clock.now() else clock.now() + EXTENDED_BY
    if is_his(voucher, hold):
        to = {} if voucher["state"] in USED else stepped(voucher, VoucherStep.REVIVE)
        await happened(uow, voucher, kind, str(refund_id), SYSTEM, text, **about, **to, expires_at=until)
        return int(pieces)
    new = Kind(voucher["batch_id"], voucher["merchant_id"], pieces, hold["value"], until)
    sentence = f"{text}，原券已不在您名下"
    await make(uow, new, 1, SYSTEM, sentence, holder_id=hold["member_id"], event=kind, ref=str(refund_id))
    return int(pieces)


def is_his(voucher: RowDict, hold: RowDict) -> bool:
    """Whether the voucher still is of who redeemed from it, and can have pieces again."""
    return voucher["holder_id"] == hold["member_id"] and voucher["state"] in LIVING


async def _holds(session: AsyncSession, order_ids: Collection[UUID], state: VoucherHoldState) -> list[RowDict]:
    """What these orders have of vouchers."""
    chosen = select(*HOLD).where(HOLD.order_id.in_(order_ids), HOLD.state == state).order_by(HOLD.voucher_id, HOLD.id)
    return [dict(row) for row in (await session.execute(chosen)).mappings()]


async def _become(uow: UnitOfWork, hold: RowDict, state: VoucherHoldState) -> None:
    await uow.session.execute(update(VoucherHold).where(HOLD.id == hold["id"]).values(state=state))
