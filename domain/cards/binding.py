"""Binding a card by its code, giving one to a friend by a link that works once.

Two that bind one code: the first to lock the card has it, the other reads that it is bound.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from domain import bearer
from domain.base import Database, Invalid, NotFound, RowDict, UnitOfWork, Viewer, WrongState, clean_text, clock
from domain.bearer import Given
from domain.cards.log import CODES, LINKS, LOG, happened, locked, stepped
from domain.cards.making import Owner, sealed
from domain.cards.states import UNBINDABLE, CardStep
from models.cards import CardBatch, CardBatchState, CardEventKind

NO_CARD = "没有这张礼品卡"


# ------------------------------------------------------------------------------------------------ binding
async def bind(database: Database, viewer: Viewer, text: str) -> UUID:
    """Binds the card with this code to the member; answers its id.

    A code that is none counts as a wrong try, five a day; that is written even though the call is refused.
    """
    async with database.begin() as uow:
        await bearer.admit(uow, viewer)
        await bearer.refuse_guessing(uow, viewer)
        code = bearer.typed(text)
        found = None if code is None else await LOG.by_digest(uow, CODES.digest(code))
        if found is not None:
            return await _bind(uow, viewer, found)
        await bearer.count_wrong(uow, viewer)
    raise Invalid("卡号不正确，请核对后再试", field="code")


async def _bind(uow: UnitOfWork, viewer: Viewer, card: RowDict) -> UUID:
    if card["state"] in UNBINDABLE:
        raise WrongState(UNBINDABLE[card["state"]])
    to = stepped(card, CardStep.BIND)
    stopped = select(CardBatch.state).where(CardBatch.id == card["batch_id"])
    if await uow.session.scalar(stopped) is CardBatchState.STOPPED:
        raise WrongState("该批礼品卡已停用，请联系客服")
    to |= {"holder_id": viewer.member_id, "bound_at": clock.now()}
    await happened(uow, card, CardEventKind.BOUND, "bound", viewer, "凭卡号绑定到账户", **to)
    id: UUID = card["id"]
    return id


# ------------------------------------------------------------------------------------------------ giving
async def give(uow: UnitOfWork, viewer: Viewer, card_id: UUID, words: str) -> Given:
    """Makes a link that gives the card to whoever opens it first, for a week. An earlier link is void."""
    card = await mine(uow, viewer, card_id)
    stepped(card, CardStep.GIVE)
    _refuse_held(card)
    if not card["balance"]:
        raise WrongState("卡内没有余额，不能赠送")
    return await LINKS.open(uow, viewer, card, words)


async def take_back(uow: UnitOfWork, viewer: Viewer, card_id: UUID) -> None:
    """The link of the card is void. WrongState when nobody waits for it any more."""
    await LINKS.withdraw(uow, await mine(uow, viewer, card_id))


async def accept(uow: UnitOfWork, viewer: Viewer, token: str, name: str = "", ref: str = "") -> UUID:
    """Takes a card that somebody gave; a named one only with the new holder's own name. Answers the card's id.

    Two at once: the first to lock the card has it.
    """
    await bearer.admit(uow, viewer)
    gift_id, card = await LINKS.taken(uow, viewer, token)
    _refuse_held(card)
    owner = named_owner(viewer.member_id, name, ref) if card["named"] else Owner(viewer.member_id)
    to = {**stepped(card, CardStep.GIVE), "holder_id": viewer.member_id, "bound_at": clock.now()}
    to |= sealed(card["id"], owner)
    await happened(uow, card, CardEventKind.GIVEN, str(gift_id), viewer, "好友赠送，已领取", **to)
    id: UUID = card["id"]
    return id


def _refuse_held(card: RowDict) -> None:
    if card["held"]:
        raise WrongState("这张卡正用于未付款的订单，请先支付或取消该订单")


def named_owner(member_id: UUID, name: str, ref: str, purchase_id: UUID | None = None) -> Owner:
    """Whose a named card will be; Invalid without a name and the number of an identity paper."""
    name = clean_text(name, field="holderName", least=2, most=30, label="持卡人姓名")
    ref = clean_text(ref, field="holderRef", least=6, most=30, label="证件号码").upper()
    if not ref.isascii() or not ref.isalnum():
        raise Invalid("证件号码只能包含数字和字母", field="holderRef")
    return Owner(member_id, name, ref, purchase_id)


async def mine(uow: UnitOfWork, viewer: Viewer, card_id: UUID) -> RowDict:
    """A card of the member's, locked."""
    card = (await locked(uow, [card_id])).get(card_id)
    if card is None or card["holder_id"] != viewer.member_id:
        raise NotFound(NO_CARD)
    return card
