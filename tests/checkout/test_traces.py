"""Why it costs that much: the same answer before an order is placed and from what was stored."""

from __future__ import annotations

from typing import Any

from domain import orders, pricing
from domain.pricing import Benefits, NodeKind
from models.orders import Order
from server.database import Database
from tests.checkout.test_discounts import of_all, placed, shown
from tests.factories import orders as market
from tests.orders.gateway import FakeGateway
from tests.orders.test_graph import PLACE, Graph, page

WHY = "fragment Why on PriceNode { level kind label amount party note merchant { name } }"
ONLY_BEFORE = (NodeKind.UNUSED,)
Rows = list[dict[str, Any]]


async def test_the_stored_price_explains_itself_as_the_preview_did(database: Database) -> None:
    shop, other = await market.shop(database, freight=800), await market.shop(database)
    who, lines = await market.buyer(database), {shop.sku: 2, other.sku: 3}
    held = await of_all(database, shop, other)
    priced = await shown(database, who, lines, held)
    trade_id = await placed(database, who, lines, priced.total, held)
    for group in priced.groups:
        (order,) = await market.rows(database, Order, trade_id=trade_id, merchant_id=group.merchant_id)
        async with database.read() as session:
            stored = (await orders.price_traces_by_order(session, [order["id"]], frozenset()))[order["id"]]
        before = [row for row in pricing.rows_of(pricing.of_order(group)) if row["kind"] not in ONLY_BEFORE]
        assert list(stored) == before
        assert {row["kind"] for row in stored} > {NodeKind.PLATFORM_COUPON, NodeKind.POINTS, NodeKind.GOODS}
        # Whatever the shop makes of its freight afterwards, the order can tell how its own came about.
        assert [row["label"] for row in stored if row["kind"] is NodeKind.FREIGHT_STEP]


def assert_adds_up(rows: Rows) -> None:
    """Every row is the sum of those one level below it."""
    for at, row in enumerate(rows):
        below: list[int] = []
        for later in rows[at + 1 :]:
            if later["level"] <= row["level"]:
                break
            if later["level"] == row["level"] + 1:
                below.append(later["amount"])
        assert not below or sum(below) == row["amount"], row


async def test_cart_preview_order_and_trade_tell_one_story(database: Database, gateway: FakeGateway) -> None:
    shop, who, graph = await market.shop(database, freight=800), await market.buyer(database), Graph(database, gateway)
    me, wanted = who.viewer, [{"skuId": str(shop.sku), "quantity": 2}]
    add = """mutation ($sku: ID!) { addToCart(skuId: $sku, quantity: 2) { ... on Cart {
      discountTotal total priceTrace { ...Why } } } }"""
    cart = await graph.ask(me, add + WHY, sku=str(shop.sku))
    document = """query ($lines: [WantedSku!]!) { checkoutPreview(lines: $lines) { ... on CheckoutPreview {
      discountTotal total groups { discountTotal lines { payable } } priceTrace { ...Why } } } }"""
    preview = await graph.ask(me, document + WHY, lines=wanted)
    placed = await graph.ask(me, PLACE, input=page(who, shop.sku, preview["total"], quantity=2))
    trade = await graph.ask(
        me, "query ($id: ID!) { trade(id: $id) { total priceTrace { ...Why } } }" + WHY, id=placed["id"]
    )
    order_id = placed["orders"][0]["id"]
    order = await graph.ask(
        me, "query ($id: ID!) { order(id: $id) { discountTotal total priceTrace { ...Why } } }" + WHY, id=order_id
    )
    for told in (cart, preview, trade, order):
        assert told["priceTrace"][0]["amount"] == told["total"] == 8780
        assert_adds_up(told["priceTrace"])
    stored = preview["priceTrace"]
    assert cart["priceTrace"] == stored
    assert trade["priceTrace"] == stored
    assert [{**row, "level": row["level"] + 1} for row in order["priceTrace"]] == stored[1:]
    assert (order["discountTotal"], preview["groups"]) == (0, [{"discountTotal": 0, "lines": [{"payable": 7980}]}])


async def test_a_shop_learns_the_price_of_its_own_orders_only(database: Database, gateway: FakeGateway) -> None:
    shop, other = await market.shop(database), await market.shop(database, price=1000)
    who, graph = await market.buyer(database), Graph(database, gateway)
    trade_id = await market.paid(database, gateway, who, {shop.sku: 1, other.sku: 1})
    document = "query ($id: ID!) { merchantOrder(id: $id) { trade { total priceTrace { ...Why } } } }" + WHY
    (order,) = await market.rows(database, Order, trade_id=trade_id, merchant_id=other.merchant_id)
    trade = (await graph.ask(other.keeper, document, id=str(order["id"])))["trade"]
    assert trade["priceTrace"][0]["amount"] == trade["total"] == 1000
    assert [row["kind"] for row in trade["priceTrace"]] == [
        "TOTAL",
        "MERCHANT",
        "GOODS",
        "LINE",
        "FREIGHT",
        "FREIGHT_STEP",
    ]


async def test_an_empty_cart_costs_nothing_for_a_reason(database: Database, gateway: FakeGateway) -> None:
    who, graph = await market.buyer(database), Graph(database, gateway)
    cart = await graph.ask(who.viewer, "{ cart { total priceTrace { ...Why } } }" + WHY)
    assert [(row["kind"], row["amount"]) for row in cart["priceTrace"]] == [("TOTAL", 0)]


async def test_prices_of_many_orders_are_one_statement_more(database: Database, gateway: FakeGateway) -> None:
    shop, who, graph = await market.shop(database), await market.buyer(database), Graph(database, gateway)
    for _ in range(3):
        await market.placed(database, who, {shop.sku: 1})
    await graph.ask(who.viewer, "{ myOrders { nodes { id } } }")
    plain = graph.statements
    await graph.ask(who.viewer, "{ myOrders { nodes { id priceTrace { ...Why } } } }" + WHY)
    assert graph.statements - plain <= 2  # the prices, and the names of the shops


async def test_nothing_held_is_nothing_shown(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    priced = await shown(database, who, {shop.sku: 1}, Benefits())
    assert [node.kind for _, node in pricing.flat(pricing.of_trade(priced))][:4] == [
        NodeKind.TOTAL, NodeKind.MERCHANT, NodeKind.GOODS, NodeKind.LINE,
    ]  # fmt: skip
