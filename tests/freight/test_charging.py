"""What a shop's templates say is what the cart shows, the checkout page quotes and the order costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from domain import checkout, freight, orders
from domain.base import ANONYMOUS, SHANGHAI, Database, Invalid, NotFound, clock
from domain.checkout import CartProblem
from domain.freight import FreeWanted, RuleWanted, TemplateWanted, Undeliverable
from domain.members import addresses
from models.base import new_id
from models.catalog import StorageClass
from models.freight import FreightUnit
from models.orders import Order
from tests.factories import catalog, merchants
from tests.factories import orders as market
from tests.factories.merchants import TIANSHAN, WUHOU, XINJIANG, YUNNAN, shopkeeper
from tests.orders.conftest import running_clock as running_clock

FRESH = TemplateWanted(
    "生鲜",
    FreightUnit.WEIGHT,
    RuleWanted(first=1000, first_fee=1200, step=1000, step_fee=400),
    rules=(
        RuleWanted(codes=(YUNNAN,), first=1000, first_fee=800, step=1000, step_fee=200),
        RuleWanted(codes=(XINJIANG,), deliverable=False, reason="路途太远"),
    ),
    frees=(FreeWanted(codes=(YUNNAN,), from_amount=9900),),
    cold_fee=500,
    cold_from=1,
    cold_to=12,
)
DRY = replace(FRESH, name="干货", rules=(), frees=(), cold_fee=0)


async def shop_with(database: Database, *templates: TemplateWanted) -> tuple[UUID, list[UUID]]:
    merchant_id = await merchants.merchant(database, templates=False)
    async with database.begin() as uow:
        viewer = shopkeeper(merchant_id)
        return merchant_id, [await freight.save(uow, viewer, None, each, None) for each in templates]


async def sells(database: Database, merchant_id: UUID, price: int = 3990, grams: int = 2500, **values: Any) -> UUID:
    sku = catalog.sku(price=price, weight=0, gross_weight=grams)
    return (await catalog.product(database, merchant_id, skus=(sku,), **values)).skus[0]


async def moved_to(database: Database, who: market.Buyer, code: str) -> None:
    async with database.begin() as uow:
        wanted = addresses.Wanted("王小二", "13800000001", code, "团结路 8 号", True)
        await addresses.save(uow, who.viewer, who.address_id, wanted)


async def preview(database: Database, who: market.Buyer, wanted: dict[UUID, int]) -> checkout.Preview:
    async with database.read() as session:
        return await checkout.preview(session, who.viewer, wanted, who.address_id, frozenset())


async def place(database: Database, who: market.Buyer, wanted: dict[UUID, int], total: int) -> dict[str, Any]:
    page = orders.WantedOrder(str(new_id()), list(wanted.items()), who.address_id, total, from_cart=False)
    async with database.begin() as uow:
        trade = await orders.place(uow, who.viewer, page)
    return dict((await market.rows(database, Order, trade_id=trade))[0])


async def test_cart_page_and_order_ask_the_same_freight(database: Database) -> None:
    merchant_id, (_, dry) = await shop_with(database, FRESH, DRY)
    apples = await sells(database, merchant_id, storage=StorageClass.CHILLED)
    nuts = await sells(database, merchant_id, 1000, 800, freight_template_id=dry)
    who = await market.buyer(database)
    # 8.00 and two steps for apples; dry goods pay 12.00 first, being dearer, so apples continue at 2.00 for 3 kg.
    for wanted, fen in (({apples: 1}, 800 + 400 + 500), ({nuts: 1}, 1200), ({apples: 1, nuts: 1}, 1200 + 600 + 500)):
        quoted = (await preview(database, who, wanted)).priced
        assert quoted.freight == fen
        assert sum(step.amount for group in quoted.groups for step in group.freight_steps) == fen
        async with database.begin() as uow:
            for sku_id, quantity in wanted.items():
                await checkout.add(uow, who.viewer, sku_id, quantity)
            cart = await checkout.cart(uow.session, who.viewer)
            await checkout.remove(uow, who.viewer, list(wanted))
        order = await place(database, who, wanted, quoted.total)
        assert (cart.priced.freight, order["freight"], order["total"]) == (fen, fen, quoted.total)


async def test_the_season_is_said_before_and_kept_with_the_order(database: Database) -> None:
    """What the buyer read of the surcharge is what the order's price tells ever after."""
    merchant_id, _ = await shop_with(database, replace(FRESH, cold_from=4, cold_to=10))
    meat, who = await sells(database, merchant_id, storage=StorageClass.FROZEN), await market.buyer(database)
    said = {7: ["冷链附加费（4—10 月）5 元", 500], 12: ["冷链附加费：12 月不收（4—10 月收取）", 0]}
    for month, cold in said.items():
        clock.stop(datetime(2027, month, 1, tzinfo=SHANGHAI))
        quoted = (await preview(database, who, {meat: 1})).priced
        assert cold in [[step.label, step.amount] for step in quoted.groups[0].freight_steps]
        order = await place(database, who, {meat: 1}, quoted.total)
        assert order["freight"] == 1200 + cold[1]
        assert cold in [step[:2] for step in order["freight_steps"]]


async def test_free_freight_looks_at_the_template_it_belongs_to(database: Database) -> None:
    merchant_id, (_, dry) = await shop_with(database, FRESH, DRY)
    apples, nuts = await sells(database, merchant_id), await sells(database, merchant_id, 9000, freight_template_id=dry)
    who = await market.buyer(database)
    assert (await preview(database, who, {apples: 2, nuts: 1})).priced.freight > 1200 + 4 * 200
    # Three boxes are 119.70, so they travel free; the nuts pay for themselves.
    assert (await preview(database, who, {apples: 3, nuts: 1})).priced.freight == 1200 + 2 * 400
    await moved_to(database, who, WUHOU)
    assert (await preview(database, who, {apples: 3})).priced.freight == 1200 + 7 * 400


async def test_what_is_not_sent_is_said_before_and_refused_at_the_order(database: Database) -> None:
    merchant_id, _ = await shop_with(database, FRESH)
    other = await market.shop(database, price=1000)
    apples, who = await sells(database, merchant_id), await market.buyer(database)
    async with database.begin() as uow:
        await checkout.add(uow, who.viewer, apples, 1)
        await checkout.add(uow, who.viewer, other.sku, 1)
    await moved_to(database, who, TIANSHAN)
    async with database.read() as session:
        cart = await checkout.cart(session, who.viewer)
    assert {item.offer.sku_id: (item.problem, item.not_sent) for item in cart.items} == {
        apples: (CartProblem.UNDELIVERABLE, "路途太远"),
        other.sku: (None, None),
    }
    assert [line.offer.sku_id for line in cart.priced.lines] == [other.sku]
    for act in (preview(database, who, {apples: 1, other.sku: 1}), place(database, who, {apples: 1}, 1)):
        with pytest.raises(Undeliverable) as refused:
            await act
        assert (refused.value.sku_ids, refused.value.region_code) == ([apples], TIANSHAN)
    assert await market.rows(database, Order, merchant_id=merchant_id) == []


async def test_a_fee_changed_since_the_page_was_shown_is_told(database: Database) -> None:
    merchant_id, (id,) = await shop_with(database, FRESH)
    apples, who = await sells(database, merchant_id), await market.buyer(database)
    shown = (await preview(database, who, {apples: 1})).priced.total
    async with database.begin() as uow:
        await freight.save(uow, shopkeeper(merchant_id), id, replace(FRESH, rules=()), 1)
    with pytest.raises(orders.PriceChanged) as refused:
        await place(database, who, {apples: 1}, shown)
    assert refused.value.total == 3990 + 1200 + 2 * 400


async def test_a_group_is_charged_by_each_buyers_region(database: Database) -> None:
    merchant_id, _ = await shop_with(database, FRESH)
    apples = await sells(database, merchant_id)
    near, far, nowhere = [await market.buyer(database) for _ in range(3)]
    await moved_to(database, far, WUHOU)
    await moved_to(database, nowhere, TIANSHAN)
    group = [
        (who.viewer, orders.WantedOrder(str(new_id()), [(apples, 1)], who.address_id, total, from_cart=False))
        for who, total in ((near, 3990 + 1200), (far, 3990 + 2000), (nowhere, 3990))
    ]
    async with database.begin() as uow:
        answers = await orders.place_many(uow, group)
    assert [type(answer).__name__ for answer in answers] == ["Placed", "Placed", "Undeliverable"]


async def test_a_products_page_asks_for_the_buyers_region(database: Database) -> None:
    merchant_id, _ = await shop_with(database, FRESH)
    apples, who = await sells(database, merchant_id), await market.buyer(database)

    async def ask(viewer: Any, code: str | None, sku_id: UUID = apples, quantity: int = 1) -> checkout.SkuFreight:
        async with database.read() as session:
            return await checkout.sku_freight(session, viewer, sku_id, quantity, code)

    at_home, anywhere = await ask(who.viewer, None), await ask(ANONYMOUS, None)
    assert at_home.answer.freight is not None
    assert anywhere.answer.freight is not None
    assert (at_home.answer.freight.fen, anywhere.answer.freight.fen) == (1200, 2000)
    assert (at_home.region_code is not None, anywhere.region_code) == (True, None)
    assert (await ask(who.viewer, TIANSHAN)).answer == freight.Answer(None, "路途太远")
    with pytest.raises(NotFound):
        await ask(ANONYMOUS, None, new_id())
    for code, quantity in (("昭阳", 1), (None, 0), (None, 1000), ("\ud800", 1)):
        with pytest.raises(Invalid):
            await ask(ANONYMOUS, code, quantity=quantity)
