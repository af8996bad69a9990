"""Struck-through prices: what was asked is on record, and only what the record bears out is shown or saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from domain import catalog
from domain.base import Invalid, Viewer, clock
from domain.catalog import StruckTooHigh, struck
from domain.catalog.listing import ProductWanted
from models.base import new_id
from models.catalog import MarketBasis, ProductState, Sku
from models.pricing import SkuPrice
from tests.catalog.test_graph import staff_token
from tests.client import Client
from tests.factories.catalog import Made, product, sku
from tests.factories.merchants import merchant, shopkeeper

ORIGINAL = {"market_basis": MarketBasis.ORIGINAL, "market_source": ""}
Offered = Sequence[tuple[float, int | None]]


async def asked(database: Any, id: UUID, offered: Offered) -> None:
    """Makes the record of a SKU say what it was offered for, from so many days ago on."""
    now = clock.now()
    rows = [{"sku_id": id, "since": now - timedelta(days=days), "price": price} for days, price in offered]
    async with database.begin() as uow:
        await uow.session.execute(text("set local session_replication_role = replica"))
        await uow.session.execute(delete(SkuPrice).where(SkuPrice.sku_id == id))
        await uow.session.execute(insert(SkuPrice), rows)
        lowest = func.lowest_price_before(id, rows[-1]["since"])
        await uow.session.execute(update(Sku).where(Sku.id == id).values(lowest_before=lowest, price=offered[-1][1]))


async def record(database: Any, id: UUID) -> list[int | None]:
    async with database.read() as session:
        return list(await session.scalars(select(SkuPrice.price).where(SkuPrice.sku_id == id).order_by(SkuPrice.since)))


async def form(database: Any, made: Made) -> ProductWanted:
    async with database.read() as session:
        return await catalog.as_wanted(session, made.id)


async def save(database: Any, viewer: Viewer, made: Made, **values: Any) -> None:
    wanted = await form(database, made)
    async with database.begin() as uow:
        await catalog.save_product(
            uow, viewer, made.id, replace(wanted, skus=(replace(wanted.skus[0], **values), *wanted.skus[1:]))
        )


@pytest.fixture
async def owner(database: Any) -> Viewer:
    return shopkeeper(await merchant(database))


@pytest.fixture
async def apples(database: Any, owner: Viewer) -> Made:
    return await product(database, owner.shop_id, skus=(sku("5 斤", 5000),))


# ------------------------------------------------------------------------------------------------ the record
async def test_every_price_that_was_asked_is_on_record(database: Any, owner: Viewer, apples: Made) -> None:
    for price in (4500, 4500, 5200):
        await save(database, owner, apples, price=price)
    assert await record(database, apples.skus[0]) == [5000, 4500, 5200]
    async with database.begin() as uow:
        await catalog.move_by_merchant(uow, owner, apples.id, catalog.MerchantStep.TAKE_OFF_SALE)
    await save(database, owner, apples, price=9900)
    assert await record(database, apples.skus[0]) == [5000, 4500, 5200, None]
    async with database.begin() as uow:
        await catalog.move_by_merchant(uow, owner, apples.id, catalog.MerchantStep.PUT_ON_SALE)
    assert await record(database, apples.skus[0]) == [5000, 4500, 5200, None, 9900]


async def test_what_is_not_on_sale_was_not_asked(database: Any, owner: Viewer) -> None:
    made = await product(database, owner.shop_id, state=ProductState.DRAFT, skus=(sku("甲"), sku("乙", active=False)))
    await save(database, owner, made, price=100)
    assert [await record(database, id) for id in made.skus] == [[], []]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sku_prices SET price = price - 1",
        "DELETE FROM sku_prices",
        "TRUNCATE sku_prices",
        "INSERT INTO sku_prices (sku_id, since, price) SELECT id, now() - interval '8 days', 99900 FROM skus",
    ],
)
async def test_the_record_is_only_added_to_in_order_of_time(database: Any, apples: Made, statement: str) -> None:
    with pytest.raises(DBAPIError):
        async with database.begin() as uow:
            await uow.session.execute(text(statement))
    assert await record(database, apples.skus[0]) == [5000]


def lowest_by_hand(offered: Sequence[tuple[datetime, int | None]], moment: datetime) -> int | None:
    """The rule told the long way round: every stretch of time with its price, cut by the seven days."""
    stretches = [
        (since, offered[place + 1][0] if place + 1 < len(offered) else moment, price)
        for place, (since, price) in enumerate(offered)
        if since < moment
    ]
    begins = moment - timedelta(days=7)
    within = [price for since, until, price in stretches if price is not None and min(until, moment) > begins]
    before = [price for _, _, price in stretches if price is not None]
    return min(within) if within else (before[-1] if before else None)


async def test_the_lowest_of_seven_days_in_random_histories(database: Any, apples: Made) -> None:
    dice, now, id = Random(31), clock.now(), apples.skus[0]
    for _ in range(150):
        days = sorted({dice.choice([dice.uniform(0, 30), dice.randrange(30)]) for _ in range(dice.randrange(1, 7))})[
            ::-1
        ]
        offered: list[tuple[datetime, int | None]] = [
            (now - timedelta(days=each), dice.choice([None, dice.randrange(1, 20)])) for each in days
        ]
        moment = dice.choice([now, offered[-1][0], now - timedelta(days=3)])
        async with database.begin() as uow:
            await uow.session.execute(text("set local session_replication_role = replica"))
            await uow.session.execute(delete(SkuPrice))
            rows = [{"sku_id": id, "since": since, "price": price} for since, price in offered]
            await uow.session.execute(insert(SkuPrice), rows)
            found = await uow.session.scalar(select(func.lowest_price_before(id, moment)))
        assert found == lowest_by_hand(offered, moment), (offered, moment)


# ------------------------------------------------------------------------------------------------ saving
CASES: list[tuple[str, Offered, int, int, int | None]] = [
    ("down from a month at 50", [(30, 5000)], 4000, 5000, None),
    ("more than it ever was", [(30, 5000)], 4000, 5001, 5000),
    ("raised yesterday to be lowered today", [(30, 4000), (1, 6000)], 4000, 6000, 4000),
    ("cheaper six days ago", [(30, 5000), (8, 3000), (6, 5000)], 2900, 5000, 3000),
    ("cheaper eight days ago, but not since", [(30, 3000), (8, 5000)], 2900, 5000, None),
    ("a promotion that runs stays true", [(60, 5000), (20, 4000)], 4000, 5000, None),
    ("lowered twice within the week", [(60, 5000), (3, 4000)], 3000, 5000, 4000),
    ("nothing was asked before", [(60, 4000)], 4000, 5000, 0),
    ("not on sale for a month: the last price counts", [(90, 5000), (30, None), (0.1, 4000)], 4000, 5000, None),
    ("and no more than that", [(90, 5000), (30, None), (0.1, 4000)], 4000, 5100, 5000),
]


@pytest.mark.parametrize(
    ("offered", "price", "wanted", "bound"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
async def test_an_original_price_was_really_asked(
    database: Any, owner: Viewer, apples: Made, offered: Offered, price: int, wanted: int, bound: int | None
) -> None:
    await asked(database, apples.skus[0], offered)
    if bound is None:
        await save(database, owner, apples, price=price, market_price=wanted, **ORIGINAL)
        assert await shown(database, apples) == wanted
        return
    with pytest.raises(StruckTooHigh) as refused:
        await save(database, owner, apples, price=price, market_price=wanted, **ORIGINAL)
    assert refused.value.field == "skus.0.marketPrice"
    assert (f"¥{bound // 100}." if bound else "还没有按更高的价格卖过") in refused.value.message
    assert await shown(database, apples) is None


async def shown(database: Any, made: Made) -> int | None:
    async with database.read() as session:
        row = await session.scalar(select(Sku).where(Sku.id == made.skus[0]))
    return struck.price(row.market_price, row.market_basis, row.lowest_before)


async def test_a_price_back_on_sale_begins_anew_and_hides_what_is_no_longer_true(
    database: Any, owner: Viewer, apples: Made
) -> None:
    await asked(database, apples.skus[0], [(30, 5000)])
    await save(database, owner, apples, price=4000, market_price=5000, **ORIGINAL)
    for step in (catalog.MerchantStep.TAKE_OFF_SALE, catalog.MerchantStep.PUT_ON_SALE):
        async with database.begin() as uow:
            await catalog.move_by_merchant(uow, owner, apples.id, step)
    assert await shown(database, apples) is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "skus.0.marketBasis"),
        ({"market_basis": MarketBasis.SUGGESTED, "market_source": ""}, "skus.0.marketSource"),
        ({"market_basis": MarketBasis.SUGGESTED, "market_source": "字" * 81}, "skus.0.marketSource"),
    ],
)
async def test_a_struck_price_says_what_it_is(
    database: Any, owner: Viewer, apples: Made, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await save(database, owner, apples, market_price=9900, **values)
    assert refused.value.field == field


async def test_the_database_wants_a_basis_too(database: Any, apples: Made) -> None:
    with pytest.raises(DBAPIError):
        async with database.begin() as uow:
            await uow.session.execute(update(Sku).where(Sku.id == apples.skus[0]).values(market_price=9900))


# ------------------------------------------------------------------------------------------------ the graph
PAGE = "query($id: ID!) { product(id: $id) { skus { price marketPrice marketBasis marketNote } } }"
OWN = (
    "query($id: ID!) { merchantProduct(id: $id) { skus { marketPrice marketWanted marketWantedBasis marketHidden } } }"
)
HISTORY = "query($id: ID!) { merchantPriceHistory(skuId: $id) { since price } }"


async def test_buyers_read_what_a_struck_price_means(client: Client, database: Any, owner: Viewer) -> None:
    skus = (sku("甲", 2990, market_price=3990), sku("乙", 2990, market_price=3990, **ORIGINAL), sku("丙", 2990))
    made = await product(database, owner.shop_id, skus=skus)
    found = (await client.ask(PAGE, id=str(made.id)))["skus"]
    assert [each["marketPrice"] for each in found] == [3990, None, None]
    assert [each["marketBasis"] for each in found] == ["SUGGESTED", None, None]
    assert "厂商建议零售价" in found[0]["marketNote"]
    assert "合作社 2026 年建议零售价" in found[0]["marketNote"]
    keeper = await staff_token(database, client, owner.shop_id)
    own = (await keeper.ask(OWN, id=str(made.id)))["skus"][1]
    assert (own["marketPrice"], own["marketWanted"], own["marketWantedBasis"]) == (None, 3990, "ORIGINAL")
    assert "还没有按更高的价格卖过" in own["marketHidden"]
    await asked(database, made.skus[1], [(30, 3990), (1, 2990)])
    own = (await keeper.ask(OWN, id=str(made.id)))["skus"][1]
    assert (own["marketPrice"], own["marketHidden"]) == (3990, None)


async def test_a_shop_reads_what_it_asked_and_nobody_elses(client: Client, database: Any, owner: Viewer) -> None:
    made = await product(database, owner.shop_id)
    await save(database, owner, made, price=2500)
    keeper = await staff_token(database, client, owner.shop_id)
    found = await keeper.ask(HISTORY, id=str(made.skus[0]))
    assert [each["price"] for each in found] == [2500, 3990]
    others = await product(database, await merchant(database))
    for id in (others.skus[0], new_id()):
        answer = await keeper.send(HISTORY, id=str(id))
        assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"
