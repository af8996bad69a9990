"""Seeded defects of the ways to sell, of 24 to 30: presales, coupons, gift cards, points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from domain import cards, rewards
from domain.base import NotFound, RowDict, UnitOfWork, Viewer
from domain.cards import till
from domain.points.purses import Purse
from domain.points.spending import Till
from domain.presales import allocating
from domain.presales.bookings import OFFER
from domain.pricing import cards as paying
from domain.promotions import Claims
from domain.rewards import earning
from models.points import PointsEarningState
from tests.referrals.mutants import coupons_are_given_without_turns as coupons_are_given_without_turns

PLENTY = 10**9


def offers_are_not_locked(patch: pytest.MonkeyPatch) -> None:
    """Two colleagues see the same offer, and both state its harvest."""

    async def as_it_looks(uow: UnitOfWork, viewer: Viewer, id: UUID) -> RowDict:
        chosen = select(*OFFER).where(OFFER.id == id, OFFER.merchant_id == viewer.shop_id)
        row = (await uow.session.execute(chosen)).mappings().first()
        if row is None:
            raise NotFound("预售不存在")
        return dict(row)

    patch.setattr(allocating, "mine", as_it_looks)


def used_coupons_are_used_again(patch: pytest.MonkeyPatch) -> None:
    def whosever(claims: Claims, _member_id: UUID, id: UUID) -> Mapping[str, Any]:
        return claims.rows[id]

    patch.setattr(Claims, "_row", whosever)


def what_orders_hold_of_cards_is_not_looked_at(patch: pytest.MonkeyPatch) -> None:
    """Whoever has locked a card takes all that is on it for his."""

    async def whole(uow: UnitOfWork, picks: Any) -> till.Till:
        found = await till.open_till(uow, picks)
        return till.Till({id: {**row, "held": 0} for id, row in found.rows.items()})

    patch.setattr(cards, "open_till", whole)


def cards_pay_in_the_order_they_were_made(patch: pytest.MonkeyPatch) -> None:
    def pay(groups: Any, held: Any) -> Any:
        in_turn = sorted(held, key=lambda each: -each.balance)
        return tuple(paying._paid(group, in_turn) for group in groups)

    patch.setattr(paying, "pay", pay)


def points_that_were_spent_still_count(patch: pytest.MonkeyPatch) -> None:
    """As many as are asked for are had, and what is left of them is taken."""
    as_it_is = Purse.take

    def what_is_left(purse: Purse, amount: int, **how: Any) -> Any:
        return as_it_is(purse, min(amount, sum(lot.left for lot in purse.lots)), **how)

    patch.setattr(Till, "_usable", lambda _till, _member_id: PLENTY)
    patch.setattr(Purse, "take", what_is_left)


def what_brought_points_brings_them_again(patch: pytest.MonkeyPatch) -> None:
    """A decided order is looked at as if nobody had decided."""
    as_it_is = earning._locked

    async def waiting(uow: UnitOfWork, order_id: UUID) -> RowDict | None:
        row = await as_it_is(uow, order_id)
        return row and {**row, "state": PointsEarningState.WAITING}

    patch.setattr(earning, "_locked", waiting)


def goods_that_go_back_leave_their_points(patch: pytest.MonkeyPatch) -> None:
    async def deaf(_uow: UnitOfWork, _order_id: UUID) -> None:
        """Nobody looks again."""

    patch.setattr(rewards, "look_again", deaf)
    patch.setattr(earning, "look_again", deaf)


RED = {
    "24": ("presales.test_races::test_presale_allocation_locked", offers_are_not_locked),
    "25": ("promotions.test_claiming::test_voucher_limit_1_two_buyers", coupons_are_given_without_turns),
    "26": ("promotions.test_using::test_voucher_two_threads_same_checkout", used_coupons_are_used_again),
    "28": ("cards.test_buying::test_giftcard_double_spend", what_orders_hold_of_cards_is_not_looked_at),
    "28 two": ("cards.test_spending::test_two_giftcards_exact_split", cards_pay_in_the_order_they_were_made),
    "29": ("points.test_races::test_of_two_orders_at_once_one_has_the_points", points_that_were_spent_still_count),
    "30": ("points.test_races::test_an_order_brings_its_points_once", what_brought_points_brings_them_again),
    "30 back": (
        "points.test_lives::test_what_went_back_takes_back_what_it_had_brought",
        goods_that_go_back_leave_their_points,
    ),
}
