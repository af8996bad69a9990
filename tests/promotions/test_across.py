"""满减 of the platform over the goods of several shops: what buyers pay, what each shop bears, and who wins."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import insert, text, update
from sqlalchemy.exc import IntegrityError

from domain import orders, promotions
from domain.orders import PriceChanged
from domain.promotions import BEST, NONE
from models.base import new_id
from models.ledger import AccountKind as K
from models.orders import Order, OrderLine
from models.pricing import OrderLineShare, Party, ShareKind
from models.promotions import Campaign, CampaignApplication
from server.database import Database
from tests.factories import merchants
from tests.factories import orders as market
from tests.factories import promotions as making
from tests.factories.orders import Buyer, Shop
from tests.ledger import books
from tests.orders.gateway import FakeGateway
from tests.promotions import joining
from tests.promotions.test_using import closed, paid_late
from tests.races.test_orders import all_at_once


async def total(database: Database, who: Buyer, lines: dict[UUID, int]) -> int:
    return (await making.shown(database, who, lines, NONE)).priced.total


async def shares(database: Database, kind: ShareKind = ShareKind.PLATFORM_REDUCTION) -> list[tuple[Party, int]]:
    found = await market.rows(database, OrderLineShare, kind=kind)
    return sorted((Party(each["party"]), each["amount"]) for each in found)


async def promised(database: Database, campaign: UUID) -> int:
    return int((await market.row(database, Campaign, campaign))["promised_fen"])


async def test_the_goods_of_all_shops_that_take_part_count_together(database: Database) -> None:
    """60 and 40 yuan reach 100: 10 off, 6 and 4 by line; each shop bears 30 percent of its part."""
    one, two, out = [await market.shop(database, price=price) for price in (6000, 4000, 9000)]
    who = await market.buyer(database)
    campaign = await joining.invited(database)
    await joining.applied(database, out, campaign)  # never accepted
    await joining.taking_part(database, campaign, one, two)
    assert await total(database, who, {one.sku: 1, out.sku: 1}) == 15_000
    lines = {one.sku: 1, two.sku: 1, out.sku: 1}
    preview = await making.shown(database, who, lines, BEST)
    assert preview.priced.total == 18_000
    await market.place(database, who, await market.wanted(database, who, lines, expected_total=18_000))
    found = {each["merchant_id"]: each["discount_total"] for each in await market.rows(database, Order)}
    assert found == {one.merchant_id: 600, two.merchant_id: 400, out.merchant_id: 0}
    assert await shares(database) == [
        (Party.MERCHANT, 120),
        (Party.MERCHANT, 180),
        (Party.PLATFORM, 280),
        (Party.PLATFORM, 420),
    ]


async def test_only_the_goods_a_shop_brings_take_part(database: Database) -> None:
    one, two = await market.shop(database, price=10_000), await market.shop(database, price=10_000)
    who = await market.buyer(database)
    campaign = await joining.invited(database)
    await joining.taking_part(database, campaign, one, products=[one.product.id])
    assert await total(database, who, {one.sku: 1}) == 9000
    assert await total(database, who, {two.sku: 1}) == 10_000


async def test_a_line_takes_part_in_one_of_the_shops_and_the_platforms(database: Database) -> None:
    """What takes most off goes first: the shop's 15 beat the platform's 10, and of the other shop 10 are left."""
    one, two = await market.shop(database, price=10_000), await market.shop(database, price=10_000)
    who = await market.buyer(database)
    await making.published(database, one.keeper, steps=((10_000, 1500),))
    await joining.taking_part(database, await joining.invited(database), one, two)
    assert await total(database, who, {one.sku: 1}) == 8500
    assert await total(database, who, {one.sku: 1, two.sku: 1}) == 17_500


async def test_it_ends_with_the_stop_and_with_the_shop_that_leaves(database: Database) -> None:
    shop, who = await market.shop(database, price=10_000), await market.buyer(database)
    campaign = await joining.invited(database)
    (id,) = await joining.taking_part(database, campaign, shop)
    assert await total(database, who, {shop.sku: 1}) == 9000
    await joining.removed(database, id)
    assert await total(database, who, {shop.sku: 1}) == 10_000
    other = await market.shop(database, price=10_000)
    await joining.taking_part(database, campaign, other)
    assert await total(database, who, {other.sku: 1}) == 9000
    await making.stopped(database, merchants.operator(), campaign)
    assert await total(database, who, {other.sku: 1}) == 10_000


# ------------------------------------------------------------------------------------------------ money back
async def test_one_shops_goods_go_back_and_the_other_keeps_its_part(database: Database, gateway: FakeGateway) -> None:
    one, two = await market.shop(database, price=3000), await market.shop(database, price=4000)
    who = await market.buyer(database)
    campaign = await joining.invited(database, budget_fen=10_000)
    await joining.taking_part(database, campaign, one, two)
    trade_id = await making.paid(database, gateway, who, {one.sku: 2, two.sku: 1})
    assert await promised(database, campaign) == 700
    first, second = sorted(await market.orders_of(database, trade_id), key=lambda each: -each["goods_total"])
    # 54 yuan were paid for two, half of it goes back with one of them, and of the platform's 4.20 half as well.
    await books.arrive(database, await books.ask_back(database, first["id"], 2700, 1))
    sums = await books.sums(database, first["id"])
    assert sums[K.COUPON_EXPENSE] == 210
    other = await books.sums(database, second["id"])
    assert other[K.COUPON_EXPENSE] == 280
    assert await books.differences(database) == []


async def test_what_a_closed_order_had_of_the_budget_is_free_again(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database, price=10_000), await market.buyer(database)
    campaign = await joining.invited(database, percent=0, budget_fen=1500)
    await joining.taking_part(database, campaign, shop, percent=0)
    trade_id = await making.bought(database, who, {shop.sku: 1})
    assert await promised(database, campaign) == 1000
    assert await total(database, who, {shop.sku: 1}) == 10_000  # five yuan are no whole reduction
    await orders.cancel(database, gateway, who.viewer, trade_id)
    assert await promised(database, campaign) == 0
    assert await total(database, who, {shop.sku: 1}) == 9000


@pytest.mark.parametrize("gone", [False, True])
async def test_paid_after_closing_the_budget_must_still_be_there(
    database: Database, gateway: FakeGateway, gone: bool
) -> None:
    shop = await market.shop(database, price=10_000)
    campaign = await joining.invited(database, percent=0, budget_fen=1000)
    await joining.taking_part(database, campaign, shop, percent=0)
    late, other = await market.buyer(database), await market.buyer(database)
    trade_id = await closed(database, gateway, late, {shop.sku: 1})
    if gone:
        await making.bought(database, other, {shop.sku: 1})
    await paid_late(database, gateway, trade_id)
    order = await market.order_of(database, trade_id)
    assert order["state"] == ("CLOSED" if gone else "AWAITING_SHIPMENT")
    assert await promised(database, campaign) == 1000


# ------------------------------------------------------------------------------------------------ at one moment
async def test_a_budget_for_three_over_two_shops_is_three_orders(database: Database) -> None:
    """Twelve buyers at once: three pay the reduced price, nine are told the new one, and nothing is spent twice."""
    one, two = await market.shop(database, price=10_000), await market.shop(database, price=10_000)
    campaign = await joining.invited(database, percent=0, budget_fen=3500)
    await joining.taking_part(database, campaign, one, two, percent=0)
    buyers = [await market.buyer(database) for _ in range(12)]
    pages = [await making.page_with(database, who, {(one, two)[at % 2].sku: 1}) for at, who in enumerate(buyers)]
    done = await all_at_once(*(market.place(database, who, page) for who, page in zip(buyers, pages, strict=True)))
    told = [each for each in done if isinstance(each, PriceChanged)]
    assert [each.total for each in told] == [10_000] * 9
    assert await promised(database, campaign) == 3000
    assert await total(database, buyers[0], {one.sku: 1}) == 10_000


async def test_of_one_group_the_first_have_the_budget(database: Database) -> None:
    shop = await market.shop(database, price=10_000)
    campaign = await joining.invited(database, percent=0, budget_fen=2000)
    await joining.taking_part(database, campaign, shop, percent=0)
    buyers = [await market.buyer(database) for _ in range(3)]
    pages = [(who.viewer, await making.page_with(database, who, {shop.sku: 1})) for who in buyers]
    async with database.begin() as uow:
        done = await orders.place_many(uow, pages)
    assert [isinstance(each, orders.Placed) for each in done] == [True, True, False]
    assert isinstance(done[2], PriceChanged)
    assert done[2].total == 10_000
    assert await promised(database, campaign) == 2000


async def test_an_order_against_taking_the_shop_out_whoever_holds_the_application_first(database: Database) -> None:
    """Placed first, the order keeps what it was promised; taken out first, the buyer is told the new price."""
    shop = await market.shop(database, price=10_000)
    for _ in range(6):
        (id,) = await joining.taking_part(database, await joining.invited(database), shop)
        who = await market.buyer(database)
        page = await making.page_with(database, who, {shop.sku: 1})
        placed, out = await all_at_once(market.place(database, who, page), joining.removed(database, id))
        assert out is None
        if isinstance(placed, PriceChanged):
            assert placed.total == 10_000
        else:
            assert (await market.order_of(database, placed))["discount_total"] == 1000


async def test_taking_a_shop_out_waits_for_the_order_that_it_carries(database: Database) -> None:
    shop, who = await market.shop(database, price=10_000), await market.buyer(database)
    (id,) = await joining.taking_part(database, await joining.invited(database), shop)
    page = await making.page_with(database, who, {shop.sku: 1})
    async with database.begin() as uow:
        await orders.place(uow, who.viewer, page)
        going = asyncio.create_task(joining.removed(database, id))
        await asyncio.sleep(0.2)
        assert not going.done()
    await going
    assert await shares(database) == [(Party.MERCHANT, 300), (Party.PLATFORM, 700)]


# ------------------------------------------------------------------------------------------------ shared coupons
async def test_a_coupon_whose_cost_the_shops_share(database: Database) -> None:
    shop, out = await market.shop(database), await market.shop(database)
    who = await market.buyer(database)
    campaign = await joining.invited(database, coupon=making.terms(), percent=40)
    (id,) = await joining.taking_part(database, campaign, shop, percent=40)
    held = await making.claimed(database, who.viewer, campaign)
    async with database.read() as session:
        offered = [await promotions.claimable(session, who.viewer, each.merchant_id, 10) for each in (shop, out)]
    assert [len(each) for each in offered] == [1, 0]
    assert (await making.shown(database, who, {out.sku: 1}, BEST)).priced.total == 3990
    page = await making.page_with(database, who, {shop.sku: 1}, held)
    await market.place(database, who, page)
    assert await shares(database, ShareKind.PLATFORM_COUPON) == [(Party.MERCHANT, 200), (Party.PLATFORM, 300)]
    other = await market.buyer(database)
    kept = await making.claimed(database, other.viewer, campaign)
    page = await making.page_with(database, other, {shop.sku: 1}, kept)
    await joining.removed(database, id)
    with pytest.raises(PriceChanged) as told:
        await market.place(database, other, page)
    assert told.value.total == 3990


# ------------------------------------------------------------------------------------------------ the database
async def line_of(database: Database, shop: Shop, off: int) -> UUID:
    """A line of which so much was taken off, with no cause yet."""
    trade_id = await market.placed(database, await market.buyer(database), {shop.sku: 1})
    (line,) = await market.rows(database, OrderLine, order_id=(await market.order_of(database, trade_id))["id"])
    async with database.begin() as uow:
        less = update(OrderLine).where(OrderLine.id == line["id"]).values(payable=line["amount"] - off)
        await uow.session.execute(less)
    return UUID(str(line["id"]))


async def bear(database: Database, line: UUID, kind: ShareKind, source: UUID, *parts: tuple[Party, int]) -> None:
    rows = [
        {"id": new_id(), "line_id": line, "kind": kind, "party": party, "source": source, "name": "测试", "amount": fen}
        for party, fen in parts
    ]
    async with database.begin() as uow:
        await uow.session.execute(insert(OrderLineShare).values(rows))


REFUSED = "never agreed to bear"


async def test_no_shop_bears_what_it_has_not_agreed_to(database: Database) -> None:
    """Whatever writes the rows: only an accepted application, and only its part, lets a shop bear anything."""
    shop, other = await market.shop(database), await market.shop(database)
    campaign = await joining.invited(database)
    halves = ((Party.MERCHANT, 300), (Party.PLATFORM, 700))

    async def refused(*parts: tuple[Party, int], source: UUID = campaign) -> None:
        with pytest.raises(IntegrityError, match=REFUSED):
            await bear(database, await line_of(database, shop, 1000), ShareKind.PLATFORM_REDUCTION, source, *parts)

    await refused(*halves)
    id = await joining.applied(database, shop, campaign)
    await refused(*halves)
    await joining.taking_part(database, await joining.invited(database), shop)
    await joining.taking_part(database, campaign, other)
    await refused(*halves)
    await joining.accepted(database, id)
    await refused((Party.MERCHANT, 302), (Party.PLATFORM, 698))
    await refused((Party.MERCHANT, 1000))
    await bear(database, await line_of(database, shop, 1000), ShareKind.PLATFORM_REDUCTION, campaign, *halves)
    await joining.removed(database, id)
    await refused(*halves)
    assert (await shares(database))[0] == (Party.MERCHANT, 300)  # what stood before stands


async def test_a_shop_bears_its_own_and_nobody_elses(database: Database) -> None:
    shop, other = await market.shop(database), await market.shop(database)
    own, foreign = [await making.published(database, each.keeper, steps=((900_000, 200),)) for each in (shop, other)]
    held = await making.coupon(database, (await market.buyer(database)).viewer, other.keeper)
    for kind, source in (
        (ShareKind.REDUCTION, foreign),
        (ShareKind.REDUCTION, new_id()),
        (ShareKind.MERCHANT_COUPON, held),
        (ShareKind.PLATFORM_COUPON, held),
        (ShareKind.CAMPAIGN, own),
        (ShareKind.MEMBER, new_id()),
    ):
        with pytest.raises(IntegrityError, match=REFUSED):
            await bear(database, await line_of(database, shop, 200), kind, source, (Party.MERCHANT, 200))
    await bear(database, await line_of(database, shop, 200), ShareKind.REDUCTION, own, (Party.MERCHANT, 200))


async def test_the_guarantee_is_the_databases(database: Database) -> None:
    """The mutant: without its trigger the same rows are written without a word."""
    shop = await market.shop(database)
    async with database.begin() as uow:
        await uow.session.execute(text("ALTER TABLE order_line_shares DISABLE TRIGGER shop_bears_what_it_agreed_to"))
    try:
        line = await line_of(database, shop, 200)
        await bear(database, line, ShareKind.PLATFORM_REDUCTION, new_id(), (Party.MERCHANT, 200))
    finally:
        async with database.begin() as uow:
            await uow.session.execute(text("ALTER TABLE order_line_shares ENABLE TRIGGER shop_bears_what_it_agreed_to"))
    assert await shares(database) == [(Party.MERCHANT, 200)]


async def test_the_trigger_holds_the_application_until_the_commit(database: Database) -> None:
    """Also of who asks nothing of the rules: rows of a share are checked, and the shop is taken out after them."""
    shop = await market.shop(database)
    campaign = await joining.invited(database)
    (id,) = await joining.taking_part(database, campaign, shop)
    line = await line_of(database, shop, 1000)
    async with database.begin() as uow:
        parts = ((Party.MERCHANT, 300), (Party.PLATFORM, 700))
        rows = [
            {
                "id": new_id(),
                "line_id": line,
                "kind": ShareKind.PLATFORM_REDUCTION,
                "party": party,
                "name": "测试",
                "source": campaign,
                "amount": fen,
            }
            for party, fen in parts
        ]
        await uow.session.execute(insert(OrderLineShare).values(rows))
        await uow.session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        going = asyncio.create_task(joining.removed(database, id))
        await asyncio.sleep(0.2)
        assert not going.done()
    await going
    assert (await market.row(database, CampaignApplication, id))["state"] == "REMOVED"
