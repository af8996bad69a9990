"""Stock: adjusted by difference, moved once, announced when it runs out or comes back."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError

from domain import inventory, orders
from domain.base import Conflict, Database, Invalid, NotFound, Viewer
from domain.inventory import MoveKind
from models.audit import AuditEntry
from models.catalog import Sku
from models.inventory import AdjustReason, Stock, StockMove
from models.outbox import OutboxEvent
from tests.factories import catalog, merchants
from tests.factories import orders as market
from tests.factories.orders import Shop
from tests.orders.gateway import FakeGateway


async def adjust(
    database: Database, shop: Shop, delta: int, version: int = 1, why: AdjustReason = AdjustReason.COUNT, note: str = ""
) -> None:
    async with database.begin() as uow:
        await inventory.adjust(uow, shop.keeper, shop.sku, delta, why, version, note)


async def news(database: Database) -> list[str]:
    return [fact["payload"]["product_id"] for fact in await market.rows(database, OutboxEvent, name="StockChanged")]


async def test_merchant_edit_does_not_overwrite_stock(database: Database) -> None:
    shop, who = await market.shop(database, stock=10), await market.buyer(database)
    # The page was opened at 10; meanwhile three were ordered. Seven more came in.
    await market.placed(database, who, {shop.sku: 3})
    await adjust(database, shop, 7, why=AdjustReason.PURCHASE, note="果园直送")
    assert await market.stock(database, shop.sku) == (17, 3)
    (move,) = await market.rows(database, StockMove)
    assert (move["delta"], move["reason"], move["actor"]) == (7, "进货：果园直送", "王店主")
    (entry,) = await market.rows(database, AuditEntry)
    assert entry["action"] == "stock.adjust"


async def test_two_colleagues_do_not_count_the_same_delivery_twice(database: Database) -> None:
    shop = await market.shop(database, stock=10)
    await adjust(database, shop, 5, version=1)
    with pytest.raises(Conflict):
        await adjust(database, shop, 5, version=1)
    await adjust(database, shop, -1, version=2)
    assert await market.stock(database, shop.sku) == (14, 0)


async def test_the_shop_says_from_where_on_a_sku_runs_low(database: Database) -> None:
    shop, who = await market.shop(database, stock=10), await market.buyer(database)

    async def lows() -> int:
        async with database.read() as session:
            return await inventory.count_low(session, shop.merchant_id)

    async def told() -> list[int]:
        facts = await market.rows(database, OutboxEvent, name="StockLow")
        return [fact["payload"]["available"] for fact in facts]

    assert await lows() == 1
    async with database.begin() as uow:
        row = await inventory.set_low_stock(uow, shop.keeper, shop.sku, 3)
    assert (row["low_at"], row["available"], row["version"]) == (3, 10, 1)
    assert (await lows(), await told()) == (0, [])
    await market.placed(database, who, {shop.sku: 7})
    await market.placed(database, who, {shop.sku: 1})
    assert (await lows(), await told()) == (1, [3])
    (entry,) = await market.rows(database, AuditEntry)
    assert (entry["action"], entry["detail"]) == ("stock.low", {"low_at": 3, "before": 10})


@pytest.mark.parametrize("low_at", [-1, 10_000_000])
async def test_a_line_beyond_what_a_shelf_may_hold_is_refused(database: Database, low_at: int) -> None:
    shop, rival = await market.shop(database), await market.shop(database)
    async with database.begin() as uow:
        with pytest.raises(Invalid) as refused:
            await inventory.set_low_stock(uow, shop.keeper, shop.sku, low_at)
        assert refused.value.field == "lowAt"
        with pytest.raises(NotFound):
            await inventory.set_low_stock(uow, rival.keeper, shop.sku, 5)


async def test_what_is_promised_cannot_be_taken_away(database: Database) -> None:
    shop, who = await market.shop(database, stock=10), await market.buyer(database)
    await market.placed(database, who, {shop.sku: 4})
    with pytest.raises(Invalid) as refused:
        await adjust(database, shop, -7)
    assert refused.value.field == "delta"
    await adjust(database, shop, -6)
    assert await market.stock(database, shop.sku) == (4, 4)


@pytest.mark.parametrize(
    ("delta", "why", "note", "field"),
    [
        (0, AdjustReason.COUNT, "", "delta"),
        (10**7, AdjustReason.COUNT, "", "delta"),
        (9_999_999, AdjustReason.COUNT, "", "delta"),
        (1, AdjustReason.LOSS, "", "delta"),
        (-1, AdjustReason.PURCHASE, "", "delta"),
        (-1, AdjustReason.RETURN, "", "delta"),
        (1, AdjustReason.OTHER, " x ", "note"),
        (1, AdjustReason.COUNT, "字" * 41, "note"),
    ],
)
async def test_a_senseless_adjustment_is_refused(
    database: Database, delta: int, why: AdjustReason, note: str, field: str
) -> None:
    shop = await market.shop(database, stock=10)
    with pytest.raises(Invalid) as refused:
        await adjust(database, shop, delta, why=why, note=note)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "statement", ["update stock_moves set delta = 1", "delete from stock_moves", "truncate stock_moves"]
)
async def test_movements_are_never_changed(database: Database, statement: str) -> None:
    shop = await market.shop(database, stock=10)
    await adjust(database, shop, 5)
    with pytest.raises(IntegrityError, match="never changed"):
        async with database.begin() as uow:
            await uow.session.execute(text(statement))


async def test_it_is_told_once_when_stock_falls_to_the_shops_line(database: Database) -> None:
    shop, who = await market.shop(database, stock=13), await market.buyer(database)

    async def told() -> list[int]:
        return [fact["payload"]["available"] for fact in await market.rows(database, OutboxEvent, name="StockLow")]

    await market.placed(database, who, {shop.sku: 2})
    assert await told() == []
    await market.placed(database, who, {shop.sku: 2})
    await market.placed(database, who, {shop.sku: 1})
    assert await told() == [9]
    await adjust(database, shop, 5)
    await adjust(database, shop, -4, version=2, why=AdjustReason.LOSS)
    assert await told() == [9, 9]


async def test_the_history_is_filtered_by_what_moved_it(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database, stock=50), await market.buyer(database)
    await adjust(database, shop, -2, why=AdjustReason.LOSS, note="压坏")
    await adjust(database, shop, 9, version=2, why=AdjustReason.PURCHASE)
    await market.paid(database, gateway, who, {shop.sku: 3})
    rival = await market.shop(database)

    async def shown(kind: MoveKind | None, words: str | None = None, keeper: Viewer = shop.keeper) -> list[int]:
        async with database.read() as session:
            rows, total = await inventory.history(session, keeper, words, kind, 1, 20)
        assert total == len(rows)
        return [row["delta"] for row in rows]

    assert await shown(None) == [-3, 9, -2]
    wanted = {MoveKind.ORDERS: [-3], MoveKind.LOSS: [-2], MoveKind.PURCHASE: [9], MoveKind.OTHER: []}
    assert {kind: await shown(kind) for kind in wanted} == wanted
    assert (await shown(None, "苹果"), await shown(None, "%")) == ([-3, 9, -2], [])
    assert await shown(None, keeper=rival.keeper) == []


async def test_another_shops_stock_is_not_found(database: Database) -> None:
    shop, other = await market.shop(database), await market.shop(database)
    with pytest.raises(NotFound):
        await adjust(database, Shop(other.merchant_id, shop.product, shop.sku, other.keeper), 1)
    async with database.read() as session:
        with pytest.raises(NotFound):
            await inventory.moves(session, other.keeper, shop.sku, 10)


async def test_it_is_announced_when_it_runs_out_and_when_it_comes_back(
    database: Database, gateway: FakeGateway
) -> None:
    shop, who = await market.shop(database, stock=3), await market.buyer(database)
    await market.placed(database, who, {shop.sku: 2})
    assert await news(database) == []
    last = await market.placed(database, who, {shop.sku: 1})
    assert await news(database) == [str(shop.product.id)]
    await orders.cancel(database, gateway, who.viewer, last)
    assert len(await news(database)) == 2
    await adjust(database, shop, -1)
    await adjust(database, shop, 9, version=2)
    await adjust(database, shop, 9, version=3)
    assert len(await news(database)) == 4


async def test_a_product_is_in_stock_while_one_active_sku_is(database: Database) -> None:
    merchant_id = await merchants.merchant(database)
    made = await catalog.product(
        database, merchant_id, skus=(catalog.sku("5 斤装"), catalog.sku("10 斤装", 6990, 5000)), stock=0
    )
    alone = await catalog.product(database, merchant_id, stock=1)

    async def in_stock() -> tuple[bool, bool]:
        async with database.read() as session:
            found = await inventory.products_in_stock(session, [made.id, alone.id], frozenset())
        return found[made.id]["in_stock"], found[alone.id]["in_stock"]

    assert await in_stock() == (False, True)
    await market.set_stock(database, made.skus[1], 1)
    assert await in_stock() == (True, True)
    async with database.begin() as uow:
        await uow.session.execute(update(Sku).where(Sku.id == made.skus[1]).values(active=False))
    assert await in_stock() == (False, True)


async def test_opening_stock_is_the_first_movement(database: Database) -> None:
    shop = await market.shop(database)
    fresh: UUID = shop.sku
    async with database.begin() as uow:
        await uow.session.execute(Stock.__table__.delete().where(Stock.sku_id == fresh))
        await inventory.open_stock(uow, {fresh: 30})
    async with database.read() as session:
        (move,) = await inventory.moves(session, shop.keeper, fresh, 10)
    assert (move["delta"], move["reason"]) == (30, "期初入库")
    with pytest.raises(Invalid):
        async with database.begin() as uow:
            await inventory.open_stock(uow, {fresh: -1})


async def test_moves_name_the_order_newest_first_and_add_up(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database, stock=10), await market.buyer(database)
    await adjust(database, shop, 5)
    order = await market.order_of(database, await market.paid(database, gateway, who, {shop.sku: 4}))
    async with database.read() as session:
        moves = await inventory.moves(session, shop.keeper, shop.sku, 10)
    assert [(move["delta"], move["reason"], move["reference"]) for move in moves] == [
        (-4, "订单售出", order["number"]),
        (5, "盘点", None),
    ]
    assert (await market.stock(database, shop.sku))[0] == 10 + sum(move["delta"] for move in moves)


async def test_the_list_shows_what_runs_low_first(database: Database) -> None:
    merchant_id = await merchants.merchant(database)
    many = await catalog.product(database, merchant_id, stock=500, title="昭通苹果")
    few = await catalog.product(database, merchant_id, stock=3, title="小草坝天麻")
    await catalog.product(database, await merchants.merchant(database), stock=1)
    async with database.read() as session:
        rows, total = await inventory.page_of_merchant(session, merchant_id, None, False, 1, 10)
        low, count = await inventory.page_of_merchant(session, merchant_id, None, True, 1, 10)
        named, _ = await inventory.page_of_merchant(session, merchant_id, "苹果", False, 1, 10)
        number = await inventory.count_low(session, merchant_id)
    assert ([row["sku_id"] for row in rows], total) == ([few.skus[0], many.skus[0]], 2)
    assert ([row["sku_id"] for row in low], count, number) == ([few.skus[0]], 1, 1)
    assert [row["sku_id"] for row in named] == [many.skus[0]]
    assert rows[0]["available"] == 3


async def test_the_database_has_the_last_word_on_overselling(database: Database) -> None:
    shop, who = await market.shop(database, stock=2), await market.buyer(database)
    await market.placed(database, who, {shop.sku: 2})
    with pytest.raises(IntegrityError, match="not_oversold"):
        await market.set_stock(database, shop.sku, 1)
