"""Binding a voucher by its code, giving one to a friend by a link that works once.

Two that bind one code: the first to lock the voucher has it, the other reads that it is bound.
"""

from __future__ import annotations

from uuid import UUID

from domain import bearer
from domain.base import Database, Invalid, NotFound, RowDict, UnitOfWork, Viewer, WrongState, clock
from domain.bearer import Given
from domain.vouchers.log import CODES, LINKS, LOG, happened, locked, stepped
from domain.vouchers.states import UNBINDABLE, VoucherStep
from models.vouchers import VoucherEventKind

NO_VOUCHER = "没有这张提货券"
HELD = "这张券正用于未付款的订单，请先支付或取消该订单"


async def bind(database: Database, viewer: Viewer, text: str) -> UUID:
    """Binds the voucher with this code to the member; answers its id. A stopped batch and a time that is over are no
    reason to refuse: what was sold is owed.

    A code that is none counts as a wrong try, five a day; that is written even though the call is refused.
    """
    async with database.begin() as uow:
        await bearer.admit(uow, viewer)
        await bearer.refuse_guessing(uow, viewer)
        code = bearer.typed(text)
        found = None if code is None else await LOG.by_digest(uow, CODES.digest(code))
        if found is not None:
            if found["state"] in UNBINDABLE:
                raise WrongState(UNBINDABLE[found["state"]])
            to = {**stepped(found, VoucherStep.BIND), "holder_id": viewer.member_id, "bound_at": clock.now()}
            await happened(uow, found, VoucherEventKind.BOUND, "bound", viewer, "凭券码绑定到账户", **to)
            id: UUID = found["id"]
            return id
        await bearer.count_wrong(uow, viewer)
    raise Invalid("券码不正确，请核对后再试", field="code")


# ------------------------------------------------------------------------------------------------ giving
async def give(uow: UnitOfWork, viewer: Viewer, voucher_id: UUID, words: str) -> Given:
    """Makes a link that gives the voucher to whoever opens it first, for a week. An earlier link is void."""
    voucher = await mine(uow, viewer, voucher_id)
    stepped(voucher, VoucherStep.GIVE)
    refuse_held(voucher)
    if voucher["expires_at"] <= clock.now():
        raise WrongState("该券已到期，延期后才能赠送")
    return await LINKS.open(uow, viewer, voucher, words)


async def take_back(uow: UnitOfWork, viewer: Viewer, voucher_id: UUID) -> None:
    """The link of the voucher is void. WrongState when nobody waits for it any more."""
    await LINKS.withdraw(uow, await mine(uow, viewer, voucher_id))


async def accept(uow: UnitOfWork, viewer: Viewer, token: str) -> UUID:
    """Takes a voucher that somebody gave, with what is left of it; answers its id.

    One that its giver redeems from just then, or that ran out, is not given. Two at once: the first to lock it has it.
    """
    await bearer.admit(uow, viewer)
    gift_id, voucher = await LINKS.taken(uow, viewer, token)
    refuse_held(voucher)
    to = {**stepped(voucher, VoucherStep.GIVE), "holder_id": viewer.member_id, "bound_at": clock.now()}
    await happened(uow, voucher, VoucherEventKind.GIVEN, str(gift_id), viewer, "好友赠送，已领取", **to)
    id: UUID = voucher["id"]
    return id


def refuse_held(voucher: RowDict) -> None:
    if voucher["held"]:
        raise WrongState(HELD)


async def mine(uow: UnitOfWork, viewer: Viewer, voucher_id: UUID) -> RowDict:
    """A voucher of the member's, locked."""
    voucher = (await locked(uow, [voucher_id])).get(voucher_id)
    if voucher is None or voucher["holder_id"] != viewer.member_id:
        raise NotFound(NO_VOUCHER)
    return voucher
