"""A seeded defect for each race of 老带新: what somebody could have written instead, so that its test must fail."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import false, select

from domain import referrals
from domain.base import RowDict, UnitOfWork
from domain.promotions import claiming
from domain.referrals import binding, rewarding
from domain.referrals.programmes import PROGRAMME
from domain.referrals.states import REFERRAL_STEPS, ReferralEvent
from models.members import Member
from models.orders import Order
from models.promotions import Campaign, CouponOffer
from models.referrals import ReferralState

Mutant = Callable[[pytest.MonkeyPatch], None]
S, E = ReferralState, ReferralEvent


def members_are_not_locked(patch: pytest.MonkeyPatch) -> None:
    async def as_they_look(uow: UnitOfWork, *ids: UUID) -> Mapping[UUID, RowDict]:
        table = Member.__table__.c
        rows = (await uow.session.execute(select(*table).where(table.id.in_(ids)))).mappings()
        return {row["id"]: dict(row) for row in rows}

    for module in (binding, rewarding):
        patch.setattr(module, "lock_members", as_they_look)


def what_was_rewarded_is_rewarded_again(patch: pytest.MonkeyPatch) -> None:
    """Read before the locks, and no step that says no."""

    async def as_it_looked(uow: UnitOfWork, referral: RowDict, order_id: UUID) -> tuple[RowDict, int]:
        kept = select(rewarding._kept_sum()).select_from(Order).where(rewarding.ORDER.id == order_id)
        return referral, int(await uow.session.scalar(kept) or 0)

    patch.setattr(rewarding, "_locked", as_it_looked)
    patch.setitem(REFERRAL_STEPS, (S.REWARDED, E.REWARD), S.REWARDED)  # type: ignore[arg-type]


def what_was_refused_is_rewarded(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(REFERRAL_STEPS, (S.REFUSED, E.REWARD), S.REWARDED)  # type: ignore[arg-type]
    patch.setitem(REFERRAL_STEPS, (S.REWARDED, E.REWARD), S.REWARDED)  # type: ignore[arg-type]


def refunds_are_not_heard(patch: pytest.MonkeyPatch) -> None:
    async def deaf(uow: UnitOfWork, order_id: UUID) -> None:
        """Nobody looks again."""

    patch.setattr(referrals, "look_again", deaf)


def coupons_are_given_without_turns(patch: pytest.MonkeyPatch) -> None:
    async def as_it_looks(uow: UnitOfWork, which: Any) -> RowDict | None:
        campaign, offer = Campaign.__table__.c, CouponOffer.__table__.c
        chosen = select(*campaign, *(each for each in offer if each.name != "campaign_id"))
        joined = chosen.join_from(Campaign, CouponOffer, offer.campaign_id == campaign.id).where(which)
        found = (await uow.session.execute(joined)).mappings().first()
        return dict(found) if found else None

    patch.setattr(claiming, "_locked", as_it_looks)


def programmes_are_not_locked(patch: pytest.MonkeyPatch) -> None:
    async def as_it_looks(uow: UnitOfWork, id: UUID) -> RowDict:
        return dict((await uow.session.execute(select(*PROGRAMME).where(PROGRAMME.id == id))).mappings().one())

    patch.setattr(rewarding, "_programme", as_it_looks)


def budgets_are_not_locked(patch: pytest.MonkeyPatch) -> None:
    """Neither the coupons' campaign nor the programme, which makes rewards of one programme take turns."""
    coupons_are_given_without_turns(patch)
    programmes_are_not_locked(patch)


def inviters_are_not_locked(patch: pytest.MonkeyPatch) -> None:
    members_are_not_locked(patch)
    budgets_are_not_locked(patch)


def lapsing_looks_at_no_order(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rewarding, "_may_count", lambda referral: false())


RED: Mapping[str, Mutant] = {
    "test_of_two_inviters_at_once_one_has_the_member": members_are_not_locked,
    "test_two_who_invite_each_other_at_once_are_one_pair": members_are_not_locked,
    "test_a_reward_is_given_once": what_was_rewarded_is_rewarded_again,
    "test_two_at_the_desk_decide_once": what_was_refused_is_rewarded,
    "test_refund_against_reward_nothing_stays_given": refunds_are_not_heard,
    "test_the_budgets_last_reward_goes_to_one": budgets_are_not_locked,
    "test_the_programmes_last_reward_goes_to_one": programmes_are_not_locked,
    "test_the_inviters_last_reward_is_one": inviters_are_not_locked,
    "test_lapse_against_reward_one_of_them": lapsing_looks_at_no_order,
}
