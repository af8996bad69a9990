"""The calendar shows what sells for a while, of all kinds, and what is in the way of what."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain import planning
from domain.base import SHANGHAI, Database, Forbidden, Invalid, NotFound, Viewer, clock
from domain.planning import Planned
from models.catalog import Product
from models.promotions import CampaignKind
from tests.factories import catalog as goods
from tests.factories import flash, groups, merchants, presales
from tests.factories import orders as market
from tests.factories import promotions as campaigns
from tests.promotions import joining

REDUCED = {"steps": ((3000, 500),)}


def days(before: int = 1, after: int = 40) -> tuple[str, str]:
    today = clock.now().astimezone(SHANGHAI).date()
    return str(today - timedelta(days=before)), str(today + timedelta(days=after))


async def seen(database: Database, viewer: Viewer) -> dict[CampaignKind, Planned]:
    async with database.read() as session:
        plans, _, truncated = await planning.calendar(session, viewer, *days())
    assert not truncated
    return {plan.kind: plan for plan in plans}


async def test_a_shop_sees_the_platforms_it_applied_for_and_what_they_get_in_the_way_of(database: Database) -> None:
    shop, other = await market.shop(database), await market.shop(database)
    own = await campaigns.published(database, shop.keeper, **REDUCED)
    invited = await joining.invited(database)
    assert invited not in {plan.id for plan in (await seen(database, shop.keeper)).values()}
    assert await why(database, shop.keeper, CampaignKind.REDUCTION, own) == []
    for each in (shop, other):
        await joining.taking_part(database, invited, each)
    assert (await seen(database, other.keeper))[CampaignKind.REDUCTION].id == invited
    said = ["与满减「丰收节满减」包含相同商品，同一商品只参加其中一个"]
    assert await why(database, shop.keeper, CampaignKind.REDUCTION, own) == said
    second = await joining.invited(database, name="年货节满减")
    for each in (shop, other):
        await joining.taking_part(database, second, each)
    met = await why(database, merchants.operator(), CampaignKind.REDUCTION, second)
    assert sorted(met) == sorted(["与满减「满 30 减 5」包含相同商品，同一商品只参加其中一个", *said])


async def why(database: Database, viewer: Viewer, kind: CampaignKind, id: object) -> list[str]:
    async with database.read() as session:
        return [clash.why for clash in await planning.in_the_way_of(session, viewer, kind, id)]  # type: ignore[arg-type]


async def test_of_what_a_shop_takes_part_in_the_goods_it_brought_count(database: Database) -> None:
    """Its own 满减 of other goods is in nobody's way; of the same product, its category or all of them it is."""
    shop, invited = await market.shop(database), await joining.invited(database)
    other = await goods.product(database, shop.merchant_id)
    await joining.taking_part(database, invited, shop, products=[shop.product.id])
    category = (await market.row(database, Product, shop.product.id))["category_id"]
    scopes: dict[str, dict[str, Any]] = {
        "别的商品": {"product_ids": frozenset({other.id})},
        "同一商品": {"product_ids": frozenset({other.id, shop.product.id})},
        "其类目": {"category_ids": frozenset({category})},
        "所有": {},
    }
    said = {}
    for name, scope in scopes.items():
        own = await campaigns.saved(database, shop.keeper, campaigns.draft(**REDUCED, **scope))
        said[name] = await why(database, shop.keeper, CampaignKind.REDUCTION, own)
    wrong = ["与满减「丰收节满减」包含相同商品，同一商品只参加其中一个"]
    assert said == {"别的商品": [], "同一商品": wrong, "其类目": wrong, "所有": wrong}


async def test_a_shop_sees_its_own_of_all_kinds_and_the_platform_all(database: Database) -> None:
    shop = await market.shop(database, price=groups.LISTED)
    offer = await groups.activity(database, shop)
    await presales.offer(database, shop, price=2900, deposit=500)
    await flash.applied(database, shop, await flash.session(database), price=1990)
    await campaigns.published(database, shop.keeper)
    drafted = await campaigns.saved(database, shop.keeper, campaigns.draft(**REDUCED))
    everything = await campaigns.published(database)
    found = await seen(database, shop.keeper)
    assert set(found) == set(CampaignKind)
    assert found[CampaignKind.GROUP_BUY].id == offer.id
    assert found[CampaignKind.GROUP_BUY].product_id == shop.product.id
    assert (found[CampaignKind.REDUCTION].id, found[CampaignKind.REDUCTION].draft) == (drafted, True)
    async with database.read() as session:
        plans, _, _ = await planning.calendar(session, merchants.operator(), *days())
        none, _, _ = await planning.calendar(session, shop.keeper, "2020-01-01", "2020-01-31")
    assert everything in {plan.id for plan in plans}
    assert none == []
    rival = merchants.shopkeeper(await merchants.merchant(database))
    assert await seen(database, rival) == {}
    with pytest.raises(NotFound):
        await why(database, rival, CampaignKind.GROUP_BUY, offer.id)
    with pytest.raises(Forbidden):
        await seen(database, (await market.buyer(database)).viewer)


async def test_what_was_stopped_ends_there(database: Database) -> None:
    shop = await market.shop(database)
    id = await campaigns.published(database, shop.keeper)
    await campaigns.stopped(database, shop.keeper, id)
    assert (await seen(database, shop.keeper))[CampaignKind.COUPON].ends_at <= clock.now()


async def test_one_sku_sold_in_two_ways_at_once_is_said_before_it_is_published(database: Database) -> None:
    shop = await market.shop(database, price=groups.LISTED)
    offer = await groups.activity(database, shop)
    session_id = await flash.session(database, timedelta(days=1))
    asked = await flash.applied(database, shop, session_id, price=1990)
    said = await why(database, merchants.operator(), CampaignKind.FLASH_SALE, asked)
    assert said == ["同一规格同时参加拼团「苹果三人团」，买家会看到两个价格"]
    # What is only applied for is in nobody's way yet.
    assert await why(database, shop.keeper, CampaignKind.GROUP_BUY, offer.id) == []
    async with database.read() as session:
        _, clashes, _ = await planning.calendar(session, shop.keeper, *days())
    assert {id: [each.other.id for each in found] for id, found in clashes.items()} == {
        offer.id: [asked],
        asked: [offer.id],
    }


async def test_one_after_the_other_is_in_nobodys_way(database: Database) -> None:
    shop = await market.shop(database, price=groups.LISTED)
    now = clock.now()
    await groups.activity(database, shop, ends_at=now + timedelta(days=2))
    later = {"starts_at": now + timedelta(days=2), "ends_at": now + timedelta(days=7)}
    offer = await presales.offer(database, shop, price=2900, deposit=500, **later)
    assert await why(database, shop.keeper, CampaignKind.PRESALE, offer.id) == []


async def test_two_reductions_of_the_same_goods_are_said_and_of_others_are_not(database: Database) -> None:
    shop = await market.shop(database)
    async with database.begin() as uow:
        other = await uow.session.get_one(Product, shop.product.id)
    elsewhere = await goods.product(database, shop.keeper.shop_id)
    await campaigns.published(database, shop.keeper, name="苹果满减", product_ids=frozenset({other.id}), **REDUCED)
    drafts = {
        "所有": await campaigns.saved(database, shop.keeper, campaigns.draft(**REDUCED)),
        "同一商品": await campaigns.saved(
            database, shop.keeper, campaigns.draft(product_ids=frozenset({other.id}), **REDUCED)
        ),
        "其类目": await campaigns.saved(
            database, shop.keeper, campaigns.draft(category_ids=frozenset({other.category_id}), **REDUCED)
        ),
        "别的商品": await campaigns.saved(
            database, shop.keeper, campaigns.draft(product_ids=frozenset({elsewhere.id}), **REDUCED)
        ),
    }
    said = {name: await why(database, shop.keeper, CampaignKind.REDUCTION, id) for name, id in drafts.items()}
    wrong = ["与满减「苹果满减」包含相同商品，同一商品只参加其中一个"]
    assert said == {"所有": wrong, "同一商品": wrong, "其类目": wrong, "别的商品": []}


@pytest.mark.parametrize(
    ("since", "until", "field"),
    [
        ("gestern", "2026-01-31", "since"),
        ("2026-01-01", "", "until"),
        ("2026-02-01", "2026-01-31", "until"),
        ("2026-01-01", "2026-04-03", "until"),
        ("1999-01-01", "1999-01-02", "since"),
    ],
)
async def test_days_that_are_none_or_too_many_are_refused(
    database: Database, since: str, until: str, field: str
) -> None:
    async with database.read() as session:
        with pytest.raises(Invalid) as refused:
            await planning.calendar(session, merchants.operator(), since, until)
    assert refused.value.field == field
