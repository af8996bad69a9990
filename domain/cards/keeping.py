"""Cards that were lost, must be held, or have run out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from domain import audit
from domain.base import NotFound, UnitOfWork, Viewer, WrongState, clean_text, clock
from domain.cards.batches import LEAST_MONTHS, only_platform
from domain.cards.binding import NO_CARD, mine
from domain.cards.log import happened, locked, stepped
from domain.cards.making import Kind, Owner, make
from domain.cards.states import EXTENDED_BY, CardStep, months_later
from domain.crypto import vault
from models.cards import CardEventKind, CardState

LOST = "持卡人挂失"


async def report_lost(uow: UnitOfWork, viewer: Viewer, card_id: UUID) -> None:
    """Nothing is paid with the card from now on; orders that hold something of it keep it until they end."""
    card = await mine(uow, viewer, card_id)
    to = {**stepped(card, CardStep.FREEZE), "frozen_for": LOST}
    await happened(uow, card, CardEventKind.LOST, f"lost:{card['events']}", viewer, LOST, **to)


async def reissue(uow: UnitOfWork, viewer: Viewer, card_id: UUID) -> UUID:
    """A card that was reported lost makes way for another with its balance; answers that one's id."""
    card = await mine(uow, viewer, card_id)
    to = stepped(card, CardStep.REPLACE)
    if card["frozen_for"] != LOST:
        raise WrongState("该卡由平台冻结，请联系客服")
    if card["held"]:
        raise WrongState("这张卡正用于未付款的订单，请先支付或取消该订单")
    left = card["balance"]
    await happened(uow, card, CardEventKind.MOVED_OUT, "replaced", viewer, "补发新卡，余额转出", amount=-left, **to)
    # A card is good for three years from when it is made (管理办法 第十九条): this one, too.
    until = card["expires_at"] and max(card["expires_at"], months_later(clock.now(), LEAST_MONTHS))
    about = (card["batch_id"], card["issuer_id"], card["named"], card["face"], card["paid"], left, until)
    name = ref = None
    if card["named"]:
        kept = {each: card[each] for each in ("name_sealed", "ref_sealed")}
        opened = vault.open_all(kept, table="cards", row=card["id"])
        name, ref = opened["name_sealed"], opened["ref_sealed"]
    owner = Owner(viewer.member_id, name, ref, card["purchase_id"])
    kind = Kind(*about, replaces_id=card["id"])
    event = CardEventKind.MOVED_IN
    ids, _ = await make(
        uow, kind, 1, viewer, f"补发，替换尾号 {card['last4']}", owner=owner, event=event, ref="replaces"
    )
    return ids[0]


async def thaw(uow: UnitOfWork, viewer: Viewer, card_id: UUID) -> None:
    """The holder found it again: good as before. What the platform froze, only the platform thaws."""
    card = await mine(uow, viewer, card_id)
    to = {**stepped(card, CardStep.THAW), "frozen_for": ""}
    if card["frozen_for"] != LOST:
        raise WrongState("该卡由平台冻结，请联系客服")
    await happened(uow, card, CardEventKind.THAWED, f"thawed:{card['events']}", viewer, "解除挂失", **to)


async def extend(uow: UnitOfWork, viewer: Viewer, card_id: UUID) -> None:
    """What is left on a card that ran out is good for another year, for nothing (管理办法 第十九条)."""
    card = await mine(uow, viewer, card_id)
    if card["expires_at"] is None or card["expires_at"] > clock.now():
        raise WrongState("该卡尚在有效期内，无需延期")
    if not card["balance"]:
        raise WrongState("卡内没有余额")
    to: dict[str, Any] = {"expires_at": clock.now() + EXTENDED_BY}
    await happened(uow, card, CardEventKind.EXTENDED, f"extended:{card['events']}", viewer, "到期后免费延期一年", **to)


# ------------------------------------------------------------------------------------------------ the platform
async def freeze(uow: UnitOfWork, viewer: Viewer, card_id: UUID, reason: str) -> None:
    """The platform holds a card, with a reason its holder reads."""
    only_platform(viewer)
    reason = clean_text(reason, field="reason", least=2, most=60, label="冻结原因")
    card = (await locked(uow, [card_id])).get(card_id)
    if card is None:
        raise NotFound(NO_CARD)
    # Whoever reports a card lost does not keep the platform from holding it.
    held = card["state"] is CardState.FROZEN and card["frozen_for"] == LOST
    to = {**({} if held else stepped(card, CardStep.FREEZE)), "frozen_for": f"平台冻结：{reason}"}
    await happened(uow, card, CardEventKind.FROZEN, f"frozen:{card['events']}", viewer, f"平台冻结：{reason}", **to)
    await audit.record(uow, viewer, "card.freeze", "card", card_id, {"reason": reason})


async def unfreeze(uow: UnitOfWork, viewer: Viewer, card_id: UUID, reason: str) -> None:
    """Good again, whoever had frozen it."""
    only_platform(viewer)
    reason = clean_text(reason, field="reason", least=2, most=60, label="解冻原因")
    card = (await locked(uow, [card_id])).get(card_id)
    if card is None:
        raise NotFound(NO_CARD)
    to = {**stepped(card, CardStep.THAW), "frozen_for": ""}
    await happened(uow, card, CardEventKind.THAWED, f"thawed:{card['events']}", viewer, f"平台解冻：{reason}", **to)
    await audit.record(uow, viewer, "card.unfreeze", "card", card_id, {"reason": reason})
