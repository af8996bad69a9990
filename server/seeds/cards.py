"""Gift cards that the platform's own shop sells. Nobody has one yet: who holds a card has paid for it, here too."""

from __future__ import annotations

from domain import cards
from domain.base import UnitOfWork, Viewer, ViewerKind
from domain.cards import BatchDraft
from models.cards import CardBatchKind
from server.seeds.catalogue import shops


async def add_cards(uow: UnitOfWork) -> None:
    """A bearer card of 100 yuan that is good for three years, and a named one of 500 that never runs out."""
    issuer = next(shop for shop in shops() if shop.own)
    platform, kind = Viewer(ViewerKind.PLATFORM, None, "运营"), CardBatchKind.ONLINE
    bearer = BatchDraft(kind, issuer.id, "昭通好物卡", False, 10_000, 10_000, 500, valid_months=36)
    named = BatchDraft(kind, issuer.id, "昭通好物记名卡", True, 50_000, 50_000, 100)
    for draft in (bearer, named):
        await cards.open_batch(uow, platform, draft)
