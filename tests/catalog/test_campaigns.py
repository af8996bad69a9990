"""What runs for a product begins, ends, sells out, comes back, is stopped by itself; and makes an honest price."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from domain import groups, orders, presales
from domain.base import Database, clock
from domain.catalog import campaigns
from models.base import new_id
from models.catalog import Product, Sku
from models.outbox import OutboxEvent
from models.pricing import CampaignMark, RunningCampaign
from tests.catalog.test_struck import asked
from tests.factories import flash as flashed
from tests.factories import groups as grouped
from tests.factories import orders as market
from tests.factories import presales as presold
from tests.factories.catalog import sku as another
from tests.orders.conftest import gateway as gateway
from tests.orders.gateway import FakeGateway

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _clock_reset() -> Iterator[None]:
    yield
    clock.reset()


async def refresh(database: Database) -> int:
    async with database.begin() as uow:
        return await campaigns.refresh(uow)


async def told(database: Database, shop: market.Shop) -> tuple[list[str], CampaignMark | None, int | None] | None:
    """What runs for the shop's product, whose price it is, and the price; after a round of the worker."""
    await refresh(database)
    found = await market.rows(database, RunningCampaign, product_id=shop.product.id)
    return (found[0]["kinds"], found[0]["kind"], found[0]["price"]) if found else None


async def row(database: Database, shop: market.Shop) -> dict[str, Any]:
    await refresh(database)
    return await market.row(database, RunningCampaign, shop.product.id, key="product_id")


FLASH = (["FLASH"], CampaignMark.FLASH, flashed.PRICE)


async def test_a_session_begins_and_ends_by_the_clock(database: Database) -> None:
    shop = await market.shop(database)
    await flashed.published(database, shop, await flashed.session(database, starts_in=HOUR))
    assert await told(database, shop) is None
    clock.advance(HOUR)
    assert await told(database, shop) == FLASH
    clock.advance(flashed.LASTS - timedelta(seconds=1))
    assert await told(database, shop) == FLASH
    clock.advance(timedelta(seconds=1))
    assert await told(database, shop) is None, "although nobody has ended the offer yet"


async def test_who_is_stopped_is_gone(database: Database) -> None:
    offer = await flashed.published(database)
    assert await told(database, offer.shop) == FLASH
    async with database.begin() as uow:
        await flashed.flash.end(uow, flashed.operator(), offer.id)
    assert await told(database, offer.shop) is None


async def test_sold_out_it_is_no_price_until_pieces_come_back(database: Database, gateway: FakeGateway) -> None:
    offer = await flashed.published(database, total=1, per_member=1)
    who = await market.buyer(database)
    trade_id = await flashed.placed(database, offer, who)
    assert await told(database, offer.shop) is None
    await orders.cancel(database, gateway, who.viewer, trade_id)
    assert await told(database, offer.shop) == FLASH


async def test_presales_that_are_paid_at_once_make_a_price_and_deposits_a_mark(database: Database) -> None:
    full, deposit = await presold.full(database), await presold.offer(database)
    assert await told(database, full.shop) == (["PRESALE"], CampaignMark.PRESALE, presold.PRICE)
    assert await told(database, deposit.shop) == (["PRESALE"], None, None)
    later = await presold.full(database, starts_at=clock.now() + HOUR)
    assert await told(database, later.shop) is None
    async with database.begin() as uow:
        await presales.stop(uow, full.shop.keeper, full.id)
    assert await told(database, full.shop) is None


async def test_a_group_is_a_mark_since_nobody_gets_its_price_alone(database: Database) -> None:
    offer = await grouped.activity(database)
    assert await told(database, offer.shop) == (["GROUP"], None, None)
    async with database.begin() as uow:
        await groups.stop(uow, offer.shop.keeper, offer.id)
    assert await told(database, offer.shop) is None


async def test_the_lowest_of_all_that_run_is_told_and_the_first_end(database: Database) -> None:
    offer = await flashed.published(database)
    await presold.full(database, shop=offer.shop, price=flashed.PRICE + 100)
    found = await row(database, offer.shop)
    assert (found["kinds"], found["kind"], found["price"]) == (["FLASH", "PRESALE"], *FLASH[1:])
    assert found["ends_at"] <= clock.now() + flashed.LASTS
    clock.advance(flashed.LASTS)
    assert await told(database, offer.shop) == (["PRESALE"], CampaignMark.PRESALE, flashed.PRICE + 100)


async def test_what_costs_less_by_itself_has_no_campaign_price(database: Database) -> None:
    """Another SKU is cheaper, so the campaign's price is not what the goods cost from."""
    offer = await flashed.published(database)
    assert not (await row(database, offer.shop))["varies"]
    await _another(database, offer.shop, price=5990)
    assert (await row(database, offer.shop))["varies"]
    await _another(database, offer.shop, price=990)
    assert await told(database, offer.shop) == (["FLASH"], None, None)


async def test_of_a_sku_that_is_off_sale_nothing_is_told(database: Database) -> None:
    offer = await flashed.published(database)
    async with database.begin() as uow:
        await uow.session.execute(update(Sku).where(Sku.id == offer.shop.sku).values(active=False))
    assert await told(database, offer.shop) is None


async def test_the_price_of_500_g_follows(database: Database) -> None:
    offer = await flashed.published(database)
    found = await row(database, offer.shop)
    assert found["price_per_500g"] == flashed.PRICE * 500 // 2500


# ------------------------------------------------------------------------------------------------ struck through
async def test_struck_is_what_the_goods_cost_by_themselves_if_that_held_for_a_week(database: Database) -> None:
    offer = await flashed.published(database)
    assert (await row(database, offer.shop))["struck_price"] == flashed.LISTED
    # Five days ago it was cheaper than it is by itself now.
    await asked(database, offer.shop.sku, [(30, 3990), (6, 2990), (5, flashed.LISTED)])
    assert (await row(database, offer.shop))["struck_price"] is None
    await asked(database, offer.shop.sku, [(30, 2990), (20, flashed.LISTED)])
    assert (await row(database, offer.shop))["struck_price"] == flashed.LISTED


async def test_a_sale_of_yesterday_was_its_price_too(database: Database) -> None:
    shop = await market.shop(database)
    first = await flashed.published(database, shop)
    clock.advance(flashed.LASTS)
    await flashed.end(database, first)
    clock.advance(timedelta(days=1))
    await flashed.published(database, shop)
    assert (await row(database, shop))["struck_price"] is None
    clock.advance(flashed.LASTS + timedelta(days=8))
    await flashed.published(database, shop)
    assert (await row(database, shop))["struck_price"] == flashed.LISTED


# ------------------------------------------------------------------------------------------------ facts
async def test_a_fact_for_every_change_and_none_without(database: Database) -> None:
    offer = await flashed.published(database)
    assert [await refresh(database) for _ in range(3)] == [1, 0, 0]
    clock.advance(flashed.LASTS)
    assert [await refresh(database) for _ in range(2)] == [1, 0]
    facts = await market.rows(database, OutboxEvent, name="RunningCampaignChanged")
    assert [fact["payload"]["product_id"] for fact in facts] == [str(offer.shop.product.id)] * 2


async def test_two_workers_at_once_write_the_same(database: Database) -> None:
    offer = await flashed.published(database)
    async with database.begin() as slow:
        await campaigns.refresh(slow)
        clock.advance(flashed.LASTS)
        quick = asyncio.create_task(refresh(database))
        await asyncio.sleep(0.2)
        assert not quick.done(), "it waits for its turn, and reads then"
    assert await quick == 1
    assert await told(database, offer.shop) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"kinds": []},
        {"kinds": ["COUPON"]},
        {"kind": CampaignMark.GROUP},
        {"kind": CampaignMark.PRESALE},
        {"price": None},
        {"struck_price": 1000},
    ],
)
async def test_the_table_has_the_last_word(database: Database, wrong: dict[str, Any]) -> None:
    shop = await market.shop(database)
    right = {"kinds": ["FLASH", "GROUP"], "kind": CampaignMark.FLASH, "price": 1000, "varies": False}
    values = {"product_id": shop.product.id, "ends_at": clock.now(), **right, **wrong}
    async with database.begin() as uow:
        with pytest.raises(IntegrityError):
            await uow.session.execute(insert(RunningCampaign).values(values))
        await uow.session.rollback()


async def _another(database: Database, shop: market.Shop, price: int) -> None:
    made = another(name=f"{price} 分装", price=price)
    about = {"name": made.name, "price": price, "weight": 500, "gross_weight": 600}
    async with database.begin() as uow:
        await uow.session.execute(insert(Sku).values(id=new_id(), product_id=shop.product.id, **about))
        lowest = {"min_price": min(price, flashed.LISTED), "max_price": max(price, flashed.LISTED)}
        await uow.session.execute(update(Product).where(Product.id == shop.product.id).values(**lowest))
