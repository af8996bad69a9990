"""Binding a card by its code, giving one to a friend by a link that works once.

Two that bind one code: the first to lock the card has it, the other reads that it is bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from domain.base import (
    Database,
    Forbidden,
    Invalid,
    NotFound,
    RowDict,
    TooMany,
    UnitOfWork,
    Viewer,
    WrongState,
    clean_text,
    clock,
)
from domain.cards import codes
from domain.cards.log import CARD, happened, locked, stepped
from domain.cards.making import Owner, sealed
from domain.cards.states import CardStep
from models.base import new_id
from models.cards import CardBatch, CardBatchState, CardEventKind, CardGift, CardGiftState, CardTry
from models.members import Member

MOST_WRONG = 5
LINK_FOR = timedelta(days=7)
GIFT, TRY = CardGift.__table__.c, CardTry.__table__.c
NO_CARD = "没有这张礼品卡"
NO_GIFT = "这个赠送链接不存在或已失效"


@dataclass(frozen=True)
class Given:
    """A link to give away: its secret is told once."""

    gift_id: UUID
    token: str


# ------------------------------------------------------------------------------------------------ binding
async def bind(database: Database, viewer: Viewer, text: str) -> UUID:
    """Binds the card with this code to the member; answers its id.

    A code that is none counts as a wrong try, five a day; that is written even though the call is refused.
    """
    async with database.begin() as uow:
        await admit(uow, viewer)
        await _refuse_guessing(uow, viewer)
        code = codes.typed(text)
        found = None if code is None else await _by_digest(uow, codes.digest(code))
        if found is not None:
            return await _bind(uow, viewer, found)
        await _count_wrong(uow, viewer)
    raise Invalid("卡号不正确，请核对后再试", field="code")


async def admit(uow: UnitOfWork, viewer: Viewer) -> None:
    """One thing of a member at a time; members are locked first, as everywhere."""
    mine = select(Member.blocked_at).where(Member.id == viewer.member_id).with_for_update(key_share=True)
    row = (await uow.session.execute(mine)).first()
    if row is None:
        raise NotFound("用户不存在")
    if row.blocked_at is not None:
        raise Forbidden("账号已被限制，请联系客服")


async def _refuse_guessing(uow: UnitOfWork, viewer: Viewer) -> None:
    today = select(TRY.wrong).where(TRY.member_id == viewer.member_id, TRY.day == clock.today())
    if (await uow.session.scalar(today) or 0) >= MOST_WRONG:
        raise TooMany("今天输错卡号的次数过多，请明天再试或联系客服")


async def _count_wrong(uow: UnitOfWork, viewer: Viewer) -> None:
    first = upsert(CardTry).values(member_id=viewer.member_id, day=clock.today(), wrong=1)
    again = first.on_conflict_do_update(index_elements=["member_id", "day"], set_={"wrong": TRY.wrong + 1})
    await uow.session.execute(again)


async def _by_digest(uow: UnitOfWork, digest: bytes) -> RowDict | None:
    chosen = select(*CARD).where(CARD.digest == digest).with_for_update()
    row = (await uow.session.execute(chosen)).mappings().first()
    return dict(row) if row else None


async def _bind(uow: UnitOfWork, viewer: Viewer, card: RowDict) -> UUID:
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
    words = clean_text(words, field="words", most=60, label="赠言")
    card = await mine(uow, viewer, card_id)
    stepped(card, CardStep.GIVE)
    _refuse_held(card)
    if not card["balance"]:
        raise WrongState("卡内没有余额，不能赠送")
    void = update(CardGift).where(GIFT.card_id == card_id, GIFT.state == CardGiftState.OPEN)
    await uow.session.execute(void.values(state=CardGiftState.WITHDRAWN))
    id, token = new_id(), codes.token()
    row = {"id": id, "card_id": card_id, "giver_id": viewer.member_id, "digest": codes.token_digest(token)}
    row |= {"words": words, "state": CardGiftState.OPEN, "created_at": clock.now()}
    await uow.session.execute(insert(CardGift).values(**row, expires_at=clock.now() + LINK_FOR))
    return Given(id, token)


async def take_back(uow: UnitOfWork, viewer: Viewer, card_id: UUID) -> None:
    """The link of the card is void. WrongState when nobody waits for it any more."""
    await mine(uow, viewer, card_id)
    void = update(CardGift).where(GIFT.card_id == card_id, GIFT.state == CardGiftState.OPEN)
    done = await uow.session.execute(void.values(state=CardGiftState.WITHDRAWN).returning(GIFT.id))
    if done.first() is None:
        raise WrongState("没有待领取的赠送")


async def accept(uow: UnitOfWork, viewer: Viewer, token: str, name: str = "", ref: str = "") -> UUID:
    """Takes a card that somebody gave; a named one only with the new holder's own name. Answers the card's id.

    Two at once: the first to lock the card has it.
    """
    await admit(uow, viewer)
    if len(token) > 64:
        raise NotFound(NO_GIFT)
    asked = select(GIFT.id, GIFT.card_id).where(GIFT.digest == codes.token_digest(token))
    found = (await uow.session.execute(asked)).first()
    if found is None:
        raise NotFound(NO_GIFT)
    card = (await locked(uow, [found.card_id]))[found.card_id]
    gift = (await uow.session.execute(select(*GIFT).where(GIFT.id == found.id).with_for_update())).mappings().one()
    _refuse_gone(dict(gift), card, viewer)
    owner = named_owner(viewer.member_id, name, ref) if card["named"] else Owner(viewer.member_id)
    done = {"state": CardGiftState.ACCEPTED, "accepted_by": viewer.member_id}
    await uow.session.execute(update(CardGift).where(GIFT.id == gift["id"]).values(done))
    to = {**stepped(card, CardStep.GIVE), "holder_id": viewer.member_id, "bound_at": clock.now()}
    to |= sealed(card["id"], owner)
    await happened(uow, card, CardEventKind.GIVEN, str(gift["id"]), viewer, "好友赠送，已领取", **to)
    id: UUID = card["id"]
    return id


def _refuse_gone(gift: RowDict, card: RowDict, viewer: Viewer) -> None:
    if gift["state"] is CardGiftState.ACCEPTED:
        raise WrongState("这张礼品卡已被领取")
    if gift["state"] is CardGiftState.WITHDRAWN or gift["expires_at"] <= clock.now():
        raise NotFound(NO_GIFT)
    if card["holder_id"] != gift["giver_id"]:
        raise NotFound(NO_GIFT)
    if card["holder_id"] == viewer.member_id:
        raise WrongState("不能领取自己赠送的礼品卡")
    _refuse_held(card)


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
