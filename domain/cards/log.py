"""Every change of a card: one guarded UPDATE and one row of its log, which together can leave no fen out.

Cards are locked after an order's coupons and before its goods (`orders.taking`), several of them by id.
"""

from __future__ import annotations

from typing import Any

from domain.base import RowDict, next_state
from domain.bearer import Codes, Links, Log, Lots
from domain.cards.states import CARD_REFUSALS, CARD_STEPS, CardStep
from models.cards import Card, CardEvent, CardGift, CardLot

LOG = Log(Card, CardEvent, "card_id")
CARD = Card.__table__.c
CODES = Codes("gift-card")
LOTS = Lots(CardLot, LOG)
LINKS = Links(CardGift, LOG, CODES, "礼品卡")
locked, happened = LOG.locked, LOG.happened


def stepped(card: RowDict, step: CardStep) -> dict[str, Any]:
    """The state after a step; WrongState from any that the table does not name."""
    return {"state": next_state(CARD_STEPS, card["state"], step, CARD_REFUSALS[step])}
