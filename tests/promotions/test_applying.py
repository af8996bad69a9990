"""Shops apply for campaigns of the platform: what is asked, what is answered, and who wins at the deadline."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from domain import promotions
from domain.base import Conflict, Invalid, NotFound, Refusal, WrongState, clock
from domain.promotions.states import APPLICATION_STEPS, ApplicationEvent
from models.base import new_id
from models.catalog import Product
from models.promotions import ApplicationState as S
from models.promotions import CampaignApplication
from server.database import Database
from tests.factories import merchants
from tests.factories import orders as market
from tests.factories import promotions as making
from tests.promotions import joining
from tests.races.test_orders import all_at_once


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"apply_until": None}, "applyUntil"),
        ({"steps": (), "coupon": making.terms(), "apply_until": None}, "merchantPercent"),
        ({"apply_until": clock.now() - timedelta(hours=1)}, "applyUntil"),
        ({"apply_until": clock.now() + timedelta(days=60)}, "applyUntil"),
        ({"apply_until": (clock.now() + timedelta(days=1)).replace(tzinfo=None)}, "applyUntil"),
        ({"budget_fen": 999}, "budgetFen"),
        ({"merchant_percent": 101}, "merchantPercent"),
        ({"product_ids": [new_id()]}, "productIds"),
        ({"steps": (), "coupon": making.terms(by_event=True)}, "byEvent"),
    ],
)
async def test_what_an_invitation_needs(database: Database, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        await joining.invited(database, **changes)
    assert refused.value.field == field


async def test_a_shop_invites_nobody(database: Database) -> None:
    shop = await market.shop(database)
    with pytest.raises(Invalid) as refused:
        await making.saved(database, shop.keeper, making.draft(apply_until=clock.now() + timedelta(days=1)))
    assert refused.value.field == "applyUntil"


async def test_what_an_application_needs(database: Database) -> None:
    shop, other = await market.shop(database), await market.shop(database)
    campaign = await joining.invited(database)
    with pytest.raises(Conflict, match="承担比例"):
        await joining.applied(database, shop, campaign, percent=20)
    foreign = other.product.id
    for products in ([], [foreign], [new_id()]):
        with pytest.raises(Invalid) as refused:
            await joining.applied(database, shop, campaign, products=products)
        assert refused.value.field == "productIds"
    for none in (new_id(), await making.published(database), await making.published(database, shop.keeper)):
        with pytest.raises(NotFound):
            await joining.applied(database, shop, none)
    await joining.applied(database, shop, campaign)
    with pytest.raises(Conflict, match="已报名"):
        await joining.applied(database, shop, campaign)


async def test_goods_outside_of_the_campaigns_categories_are_refused(database: Database) -> None:
    shop, other = await market.shop(database), await market.shop(database)
    category = (await market.row(database, Product, other.product.id))["category_id"]
    campaign = await joining.invited(database, category_ids=[category])
    own = shop.product.id
    if (await market.row(database, Product, own))["category_id"] != category:
        with pytest.raises(Invalid, match="类目"):
            await joining.applied(database, shop, campaign, products=[own])
    await joining.applied(database, other, campaign, products=[other.product.id])


async def test_every_pair_of_state_and_event(database: Database) -> None:
    """What the table does not name is refused, and changes nothing."""
    shop = await market.shop(database)
    ways = {
        S.APPLIED: (),
        S.ACCEPTED: (ApplicationEvent.ACCEPT,),
        S.DECLINED: (ApplicationEvent.DECLINE,),
        S.WITHDRAWN: (ApplicationEvent.WITHDRAW,),
        S.REMOVED: (ApplicationEvent.ACCEPT, ApplicationEvent.REMOVE),
    }

    async def happen(id: UUID, event: ApplicationEvent) -> None:
        if event is ApplicationEvent.WITHDRAW:
            await joining.withdrawn(database, shop, id)
        else:
            done = {"ACCEPT": joining.accepted, "DECLINE": joining.declined, "REMOVE": joining.removed}[event]
            await done(database, id)

    for start, way in ways.items():
        for event in ApplicationEvent:
            id = await joining.applied(database, shop, await joining.invited(database))
            for step in way:
                await happen(id, step)
            assert await joining.state(database, id) is start
            if (to := APPLICATION_STEPS.get((start, event))) is None:
                with pytest.raises(WrongState):
                    await happen(id, event)
            else:
                await happen(id, event)
            assert await joining.state(database, id) is (to or start)


async def test_after_the_deadline_nobody_comes_or_goes(database: Database) -> None:
    shop, other = await market.shop(database), await market.shop(database)
    campaign = await joining.invited(database)
    id = await joining.applied(database, shop, campaign)
    clock.advance(timedelta(days=1))
    with pytest.raises(WrongState, match="截止"):
        await joining.applied(database, other, campaign)
    with pytest.raises(WrongState, match="截止"):
        await joining.withdrawn(database, shop, id)
    await joining.accepted(database, id)  # the platform still answers


async def test_who_was_declined_may_ask_again_and_who_was_removed_may_not(database: Database) -> None:
    shop = await market.shop(database)
    campaign = await joining.invited(database)
    await joining.declined(database, await joining.applied(database, shop, campaign))
    id = await joining.applied(database, shop, campaign)
    await joining.accepted(database, id)
    await joining.removed(database, id)
    with pytest.raises(Conflict, match="移出"):
        await joining.applied(database, shop, campaign)


async def test_many_are_answered_at_once_or_none(database: Database) -> None:
    shops = [await market.shop(database) for _ in range(3)]
    campaign = await joining.invited(database)
    ids = [await joining.applied(database, shop, campaign) for shop in shops]
    await joining.withdrawn(database, shops[1], ids[1])
    with pytest.raises(WrongState):
        await joining.accepted(database, *ids)
    assert await joining.state(database, ids[0]) is S.APPLIED
    await joining.accepted(database, ids[0], ids[2])
    other = await joining.applied(database, shops[0], await joining.invited(database))
    with pytest.raises(Invalid, match="同一个活动"):
        await joining.accepted(database, other, ids[0])
    with pytest.raises(NotFound):
        await joining.accepted(database, new_id())
    with pytest.raises(Invalid):
        await joining.accepted(database)


async def test_only_the_shop_withdraws_its_application(database: Database) -> None:
    shop, other = await market.shop(database), await market.shop(database)
    id = await joining.applied(database, shop, await joining.invited(database))
    with pytest.raises(NotFound):
        await joining.withdrawn(database, other, id)
    async with database.read() as session:
        with pytest.raises(NotFound):
            await promotions.access_application(session, other.keeper, id, frozenset())


# ------------------------------------------------------------------------------------------------ at one moment
async def test_a_shop_that_applies_from_ten_pages_applies_once(database: Database) -> None:
    shop = await market.shop(database)
    campaign = await joining.invited(database)
    done = await all_at_once(*(joining.applied(database, shop, campaign) for _ in range(10)))
    assert sum(isinstance(each, Conflict) for each in done) == 9
    assert len(await market.rows(database, CampaignApplication)) == 1


async def test_accepting_against_withdrawing_whoever_locks_first(database: Database) -> None:
    """Withdrawn, and never accepted; or accepted, then withdrawn: the shop that left in time is out either way."""
    shop = await market.shop(database)
    for _ in range(8):
        id = await joining.applied(database, shop, await joining.invited(database))
        answer, left = await all_at_once(joining.accepted(database, id), joining.withdrawn(database, shop, id))
        assert left is None
        assert answer is None or isinstance(answer, WrongState)
        assert await joining.state(database, id) is S.WITHDRAWN


async def test_accepting_against_declining_one_answer_stands(database: Database) -> None:
    shop = await market.shop(database)
    for _ in range(8):
        id = await joining.applied(database, shop, await joining.invited(database))
        done = await all_at_once(joining.accepted(database, id), joining.declined(database, id))
        assert sum(isinstance(each, WrongState) for each in done) == 1
        assert await joining.state(database, id) is (S.DECLINED if isinstance(done[0], Refusal) else S.ACCEPTED)


async def test_applying_against_stopping_nobody_applies_for_what_was_stopped(database: Database) -> None:
    shop = await market.shop(database)
    for _ in range(8):
        campaign = await joining.invited(database)
        done = await all_at_once(
            joining.applied(database, shop, campaign), making.stopped(database, merchants.operator(), campaign)
        )
        assert done[1] is None
        if not isinstance(done[0], WrongState):
            with pytest.raises(WrongState):
                await joining.accepted(database, done[0])


# ------------------------------------------------------------------------------------------------ the database
@pytest.mark.parametrize(
    ("values", "broken"),
    [
        ({"merchant_percent": 10}, "fk_campaign_applications_terms"),
        ({"product_ids": []}, "ck_campaign_applications_goods"),
        ({"state": S.DECLINED, "decided_at": clock.now()}, "no_has_reason"),
        ({"state": S.ACCEPTED}, "decided_has_time"),
    ],
)
async def test_the_tables_have_the_last_word(database: Database, values: dict[str, Any], broken: str) -> None:
    shop = await market.shop(database)
    row = {"id": new_id(), "campaign_id": await joining.invited(database), "merchant_id": shop.merchant_id}
    row |= {"merchant_percent": 30, "created_by": "测试", "created_at": clock.now()}
    with pytest.raises(IntegrityError, match=broken):
        async with database.begin() as uow:
            await uow.session.execute(insert(CampaignApplication).values({**row, **values}))
