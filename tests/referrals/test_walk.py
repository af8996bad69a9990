"""The machine, walked: every pair of state and event, and the same events in every order, beside a plain account."""

from __future__ import annotations

import contextlib
import itertools
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from domain import payments, referrals
from domain.base import Refusal, WrongState, clock
from domain.referrals.states import PROGRAMME_STEPS, REFERRAL_REFUSALS, REFERRAL_STEPS, ProgrammeEvent, ReferralEvent
from models.promotions import Coupon
from models.referrals import ProgrammeState, Referral, ReferralProgramme, ReferralState
from server.database import Database
from tests.factories import members, merchants
from tests.factories import orders as market
from tests.factories import referrals as made
from tests.orders.gateway import FakeGateway

S, E = ReferralState, ReferralEvent
ENDS = (S.REFUSED, S.MISSED, S.LAPSED, S.TAKEN_BACK)


def test_ends_are_ends_and_everything_ends() -> None:
    before = {state for state, _ in REFERRAL_STEPS}
    assert set(S) - before == set(ENDS)
    assert set(REFERRAL_REFUSALS) == set(E)
    assert {event for _, event in REFERRAL_STEPS} == set(E)


async def test_every_pair_of_state_and_event_of_a_referral(database: Database, gateway: FakeGateway) -> None:
    """Rows as each state has them; a step the table does not name is refused and changes nothing."""
    await made.programme(database)
    shop, inviter = await market.shop(database), await members.member(database)
    _, id, order_id = await made.rewarded(database, gateway, inviter, shop)
    given = await made.referral(database, id)
    coupons = {name: given[name] for name in ("inviter_coupon_id", "invitee_coupon_id", "nth")}
    decided = {"order_id": order_id, "kept": 3990}
    nothing = dict.fromkeys((*coupons, *decided, "ended_at"))
    over = {"ended_at": clock.now()}
    rows: dict[ReferralState, dict[str, Any]] = {
        S.BOUND: nothing,
        S.HELD: {**nothing, **decided},
        S.REWARDED: {**decided, **coupons, **over},
        S.REFUSED: {**nothing, **decided, **over},
        S.MISSED: {**nothing, **decided, **over},
        S.LAPSED: {**nothing, **over},
        S.TAKEN_BACK: {**decided, **coupons, **over},
    }
    said = {"suspicions": ["SAME_DEVICE"], "reason": "原因"}
    for state, event in itertools.product(S, E):
        async with database.begin() as uow:
            wanted = {"state": state, **said, **rows[state]}
            await uow.session.execute(update(Referral).where(Referral.id == id).values(**wanted))
        after = REFERRAL_STEPS.get((state, event))
        with contextlib.nullcontext() if after else pytest.raises(WrongState):
            async with database.begin() as uow:
                to = rows[after] if after else {}
                words = REFERRAL_REFUSALS[event]
                await payments.move(uow.session, Referral, REFERRAL_STEPS, id, event, words, **to)
        assert (await made.referral(database, id))["state"] is (after or state), (state, event)


async def test_every_pair_of_state_and_event_of_a_programme(database: Database) -> None:
    id, operator = await made.programme(database), merchants.operator()
    for state, event in itertools.product(ProgrammeState, ProgrammeEvent):
        drafted, stopped = state is ProgrammeState.DRAFT, state is ProgrammeState.STOPPED
        to = {"state": state, "published_at": None if drafted else clock.now(), "stop_reason": "停止"}
        async with database.begin() as uow:
            to |= {"stopped_at": clock.now() if stopped else None}
            await uow.session.execute(update(ReferralProgramme).values(**to))
        with contextlib.suppress(Refusal):
            async with database.begin() as uow:
                if event is ProgrammeEvent.PUBLISH:
                    await referrals.publish(uow, operator, id)
                else:
                    await referrals.stop(uow, operator, id, "不办了")
        row = await market.row(database, ReferralProgramme, id)
        assert row["state"] is PROGRAMME_STEPS.get((state, event), state), (state, event)


# ------------------------------------------------------------------------------------------------ all orders
@dataclass
class Account:
    """What is true, told plainly: one bound member, one order; it is paid, it completes, goes back, time is over."""

    suspicious: bool
    state: ReferralState = S.BOUND
    paid: bool = False
    complete: bool = False
    back: bool = False
    over: bool = False
    coupons: int = 0

    def pays(self) -> None:
        self.paid = True

    def completes(self) -> None:
        self.complete = self.complete or (self.paid and not self.back)
        self._settles()

    def goes_back(self) -> None:
        if not self.paid or self.back:
            return
        self.back = True
        if self.state is S.HELD:
            self.state = S.REFUSED
        elif self.state is S.REWARDED:
            self.state, self.coupons = S.TAKEN_BACK, 0

    def desk_approves(self) -> None:
        if self.state is S.HELD:
            self.state, self.coupons = S.REWARDED, 2

    def time_is_over(self) -> None:
        self.over = True
        if self.state is S.BOUND and not (self.in_time and not self.back):
            self.state = S.LAPSED

    @property
    def in_time(self) -> bool:
        return self.paid and not self.late

    late: bool = False

    def _settles(self) -> None:
        if self.state is S.BOUND and self.complete and not self.back and not self.late:
            self.state, self.coupons = (S.HELD, 0) if self.suspicious else (S.REWARDED, 2)


@dataclass
class Rows:
    """The same on PostgreSQL."""

    database: Database
    gateway: FakeGateway
    shop: market.Shop
    who: market.Buyer
    id: UUID
    order_id: UUID | None = None
    complete: bool = False
    back: bool = False

    async def pays(self) -> None:
        self.order_id = await made.received(self.database, self.gateway, self.who, self.shop)

    async def completes(self) -> None:
        if self.order_id and not self.back:
            await made.complete(self.database, self.order_id)
        await made.settle(self.database, self.id)

    async def goes_back(self) -> None:
        if self.order_id and not self.back:
            self.back = True
            await made.goes_back(self.database, self.order_id)
            await made.hears(self.database, self.order_id)

    async def desk_approves(self) -> None:
        async with self.database.begin() as uow:
            await referrals.approve(uow, merchants.operator(), self.id)

    async def time_is_over(self) -> None:
        clock.advance(timedelta(days=30, minutes=1))
        await made.lapse(self.database, self.id)


EVENTS = ("pays", "completes", "goes_back", "desk_approves", "time_is_over")
# Who has not paid has nothing that completes or goes back: those orders of events are the others over again.
ORDERS = [each for each in itertools.permutations(EVENTS) if each.index("pays") < each.index("completes")]


@pytest.mark.parametrize("suspicious", [False, True])
async def test_the_same_events_in_every_order(database: Database, gateway: FakeGateway, suspicious: bool) -> None:
    campaign = await made.coupon_campaign(database, total=1000)
    about = {"inviter_campaign_id": campaign, "invitee_campaign_id": campaign, "total": 1000}
    shop = await market.shop(database, stock=1000)
    await made.programme(database, ends_at=clock.now() + timedelta(days=200), order_days=30, **about)
    for events in ORDERS:
        clock.reset()
        inviter = await members.member(database)
        scene = await made.scene_of(database, inviter, "one-device")
        who = await made.person(database)
        id = await made.accept(database, who.viewer, scene, "one-device" if suspicious else "")
        assert id is not None
        account, rows = Account(suspicious), Rows(database, gateway, shop, who, id)
        for event in events:
            account.late = account.late or (account.over and event == "pays")
            getattr(account, event)()
            with contextlib.suppress(Refusal):
                await getattr(rows, event)()
            row = await made.referral(database, id)
            assert row["state"] is account.state, (events, event)
            held = [
                each
                for each in await market.rows(database, Coupon, state="HELD")
                if each["member_id"] in (inviter.id, who.viewer.id)
            ]
            assert len(held) == account.coupons, (events, event)
        async with database.begin() as uow:  # one device for all would make the next suspicious, too
            await uow.session.execute(update(Referral).values(device_index=None, phone_index=None, address_index=None))
