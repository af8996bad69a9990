"""Buying through the graph: every field of the order and cart types, in a constant number of statements."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from domain.base import ANONYMOUS, Database, Viewer
from domain.orders import PlacingDesk
from schema.base import Context, Services
from server.graphql import schema
from tests.client import counting_on
from tests.factories import merchants
from tests.factories import orders as market
from tests.factories.orders import Buyer
from tests.orders.gateway import FakeGateway

MONEY = "goodsTotal freight total"
ORDER = f"""
fragment Whole on Order {{
  id number tradeId state merchantId {MONEY} remark version buyerName
  createdAt expiresAt paidAt shippedAt receivedAt completedAt closedAt closeReason autoConfirmAt
  trade {{ id number state total orders {{ id }} }}
  merchant {{ id name }}
  lines {{ id skuId productId title skuName quantity unitPrice amount weight returnClass
           image {{ url alt width height }} }}
  address {{ name phone regionName detail }}
  steps {{ at text state actor }}
  shipments {{ id carrier {{ code name }} trackingNumber shippedAt upload uploadNote }}
  refunds {{ id number amount state reason createdAt finishedAt }}
}}
"""


class Graph:
    """The schema as one viewer asks it, with WeChat Pay in memory."""

    def __init__(self, database: Database, gateway: FakeGateway) -> None:
        self.database, self.gateway = database, gateway
        self.statements = 0

    async def send(self, viewer: Viewer, document: str, **variables: Any) -> Any:
        unused: Any = dict.fromkeys(("identity", "finder", "topics", "desk", "uploads", "entrance", "posters"))
        services = Services(
            gateway=self.gateway, clearing=cast(Any, None), placing=PlacingDesk(self.database), **unused
        )
        context = Context(viewer, self.database, services)
        async with counting_on(cast(Any, self.database)) as sent:
            result = await schema.execute(document, variables, context)
        self.statements = len(sent)
        return result

    async def ask(self, viewer: Viewer, document: str, **variables: Any) -> Any:
        result = await self.send(viewer, document, **variables)
        assert not result.errors, result.errors
        return next(iter(result.data.values()))


PLACE = """
mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) {
  __typename
  ... on Trade { id number total state expiresAt orders { id number total } }
  ... on OutOfStock { code message skuId available }
  ... on PriceChanged { code field total }
  ... on Refused { code message field }
} }
"""


def page(who: Buyer, sku: UUID, total: int, key: str = "checkout-1", **changes: Any) -> dict[str, Any]:
    lines = [{"skuId": str(sku), "quantity": changes.pop("quantity", 1)}]
    return {"idempotencyKey": key, "lines": lines, "addressId": str(who.address_id), "expectedTotal": total, **changes}


async def test_buying_from_cart_to_payment(database: Database, gateway: FakeGateway) -> None:
    shop, who, graph = await market.shop(database), await market.buyer(database), Graph(database, gateway)
    me, sku = who.viewer, str(shop.sku)
    cart = await graph.ask(
        me,
        """mutation ($sku: ID!) { addToCart(skuId: $sku, quantity: 2) { ... on Cart {
             lineCount selectedCount goodsTotal freight total
             groups { merchant { name } goodsTotal freight
                      lines { skuId sku { name price available product { title cover { url } } }
                              quantity selected priceSeen amount problem } } } } }""",
        sku=sku,
    )
    assert (cart["lineCount"], cart["selectedCount"], cart["total"]) == (1, 1, 7980)
    assert cart["groups"][0]["lines"][0]["sku"]["available"] == 100
    preview = await graph.ask(
        me,
        """query ($lines: [WantedSku!]!) { checkoutPreview(lines: $lines) { ... on CheckoutPreview {
             goodsTotal freight total needsReturnWaiver address { id name phone regionName detail }
             groups { merchant { id name } goodsTotal freight total
                      lines { sku { name } quantity unitPrice amount } } } } }""",
        lines=[{"skuId": sku, "quantity": 2}],
    )
    assert (preview["total"], preview["address"]["phone"]) == (7980, "13888880001")
    trade = await graph.ask(me, PLACE, input=page(who, shop.sku, 7980, quantity=2))
    assert (trade["__typename"], trade["state"], len(trade["orders"])) == ("Trade", "AWAITING_PAYMENT", 1)
    assert (await graph.ask(me, "{ cart { lineCount } }"))["lineCount"] == 0
    prepay = await graph.ask(
        me,
        """mutation ($id: ID!) { payTrade(tradeId: $id) { ... on Prepay {
             tradeId prepayId timeStamp nonceStr package signType paySign expiresAt } ... on Refused { code } } }""",
        id=trade["id"],
    )
    assert prepay["package"] == f"prepay_id={prepay['prepayId']}"
    gateway.pay(trade["number"] + "P1")
    confirm = "mutation ($id: ID!) { confirmPayment(tradeId: $id) { ... on Trade { state orders { state } } } }"
    assert await graph.ask(me, confirm, id=trade["id"]) == {"state": "PAID", "orders": [{"state": "AWAITING_SHIPMENT"}]}


async def test_refusals_have_their_own_types(database: Database, gateway: FakeGateway) -> None:
    shop, who, graph = await market.shop(database, stock=3), await market.buyer(database), Graph(database, gateway)
    changed = await graph.ask(who.viewer, PLACE, input=page(who, shop.sku, 1))
    assert changed == {
        "__typename": "PriceChanged", "code": "PRICE_CHANGED", "field": "expectedTotal", "total": 3990,
    }  # fmt: skip
    short = await graph.ask(who.viewer, PLACE, input=page(who, shop.sku, 4 * 3990, quantity=4))
    assert (short["__typename"], short["skuId"], short["available"]) == ("OutOfStock", str(shop.sku), 3)
    refused = await graph.ask(who.viewer, PLACE, input=page(who, shop.sku, 3990, key="short"))
    assert (refused["__typename"], refused["code"], refused["field"]) == (
        "Refused", "BAD_USER_INPUT", "idempotencyKey",
    )  # fmt: skip


async def test_a_list_of_orders_costs_the_same_for_one_and_for_many(database: Database, gateway: FakeGateway) -> None:
    one, two, who = await market.shop(database), await market.shop(database), await market.buyer(database)
    graph, counts = Graph(database, gateway), []
    document = ORDER + "{ myOrders(first: 50) { total pageInfo { hasNextPage endCursor } nodes { ...Whole } } }"
    for more in (1, 5):
        for _ in range(more):
            await market.paid(database, gateway, who, {one.sku: 1, two.sku: 2})
        mine = await graph.ask(who.viewer, document)
        counts.append(graph.statements)
    assert (mine["total"], len(mine["nodes"])) == (12, 12)
    assert counts[0] == counts[1] <= 12
    first = mine["nodes"][0]
    assert first["lines"][0]["image"]["url"].startswith("/media/")
    assert (first["buyerName"], first["address"]["name"]) == (who.viewer.name, "王小明")
    assert [step["actor"] for step in first["steps"]] == ["MEMBER", "SYSTEM"]


async def test_cursors_lead_on_and_wrong_ones_are_refused(database: Database, gateway: FakeGateway) -> None:
    shop, who, graph = await market.shop(database), await market.buyer(database), Graph(database, gateway)
    for _ in range(3):
        await market.placed(database, who, {shop.sku: 1})
    document = """query ($after: String) { myOrders(first: 2, after: $after) {
        nodes { id } pageInfo { hasNextPage endCursor } } }"""
    first = await graph.ask(who.viewer, document)
    second = await graph.ask(who.viewer, document, after=first["pageInfo"]["endCursor"])
    assert (len(first["nodes"]), len(second["nodes"])) == (2, 1)
    assert second["pageInfo"]["hasNextPage"] is False
    assert {node["id"] for node in first["nodes"]}.isdisjoint(node["id"] for node in second["nodes"])
    for after in ("x", "====", "eB94", "MjAyNi0xMS0yMlQwODowMB8x"):
        result = await graph.send(who.viewer, document, after=after)
        assert result.errors
        assert result.errors[0].extensions["code"] == "BAD_USER_INPUT"


async def test_the_shop_ships_and_reads_its_desk(database: Database, gateway: FakeGateway) -> None:
    shop, other, who = await market.shop(database, stock=5), await market.shop(database), await market.buyer(database)
    graph = Graph(database, gateway)
    trade_id = await market.paid(database, gateway, who, {shop.sku: 1, other.sku: 1})
    mine = next(o for o in await market.orders_of(database, trade_id) if o["merchant_id"] == shop.merchant_id)
    seen = await graph.ask(
        shop.keeper, ORDER + "query ($id: ID!) { merchantOrder(id: $id) { ...Whole } }", id=str(mine["id"])
    )
    assert [each["id"] for each in seen["trade"]["orders"]] == [str(mine["id"])]
    rows = await graph.ask(
        shop.keeper,
        ORDER
        + """mutation ($inputs: [ShipInput!]!) { merchantShipOrders(inputs: $inputs) {
               orderId order { ...Whole } problem { code message field } } }""",
        inputs=[
            {"orderId": str(mine["id"]), "carrier": "SF", "trackingNumber": "SF1234567890"},
            {"orderId": str(mine["id"]), "carrier": "DHL", "trackingNumber": "SF1234567890"},
        ],
    )
    assert (rows[0]["problem"], rows[0]["order"]["state"]) == (None, "SHIPPED")
    assert rows[0]["order"]["shipments"][0]["carrier"] == {"code": "SF", "name": "顺丰速运"}
    assert (rows[1]["order"], rows[1]["problem"]["field"]) == (None, "carrier")
    overview = await graph.ask(
        shop.keeper,
        """{ merchantOverview { todayOrders todaySales toShip lowStock onSale days { day orders sales }
               states { state count } topProducts { id name orders sales } } }""",
    )
    assert (overview["todayOrders"], overview["todaySales"], overview["toShip"], len(overview["days"])) == (
        1,
        3990,
        0,
        14,
    )
    stock = await graph.ask(
        shop.keeper,
        "{ merchantStock { total items { sku { id name product { title } } actual held available lowAt version } } }",
    )
    assert (stock["total"], stock["items"][0]["actual"], stock["items"][0]["sku"]["id"]) == (1, 4, str(shop.sku))
    moves = await graph.ask(
        shop.keeper,
        "query ($sku: ID!) { merchantStockMoves(skuId: $sku) { at delta reason reference actor } }",
        sku=str(shop.sku),
    )
    assert [(move["delta"], move["reference"]) for move in moves] == [(-1, mine["number"])]
    adjusted = await graph.ask(
        shop.keeper,
        """mutation ($sku: ID!) { merchantAdjustStock(skuId: $sku, delta: 6, reason: PURCHASE, version: 1) {
             ... on StockItem { actual available version sku { name } } ... on Refused { code } } }""",
        sku=str(shop.sku),
    )
    assert (adjusted["actual"], adjusted["available"], adjusted["version"]) == (10, 10, 2)


async def test_buyer_cannot_do_what_is_the_shops(database: Database, gateway: FakeGateway) -> None:
    shop, who, graph = await market.shop(database), await market.buyer(database), Graph(database, gateway)
    order = await market.order_of(database, await market.paid(database, gateway, who, {shop.sku: 1}))
    ship = """mutation ($id: ID!) { merchantShipOrder(input:
        {orderId: $id, carrier: "SF", trackingNumber: "SF1234567890"}) { __typename } }"""
    for viewer, code in (
        (who.viewer, "FORBIDDEN"),
        (ANONYMOUS, "UNAUTHENTICATED"),
        (merchants.operator(), "FORBIDDEN"),
    ):
        result = await graph.send(viewer, ship, id=str(order["id"]))
        assert result.errors
        assert result.errors[0].extensions["code"] == code
    for document in ("{ platformOrders { total } }", "{ platformOverview { todayOrders } }"):
        assert (await graph.send(shop.keeper, document)).errors
    overview = await graph.ask(
        merchants.operator(),
        """{ platformOverview(days: 2) { todayOrders todaySales members merchants productsOnSale toShip
               days { day orders sales } states { state count } topProducts { name } topMerchants { name sales }
               origins { id name orders sales } } }""",
    )
    assert (overview["todayOrders"], overview["toShip"], overview["topMerchants"][0]["sales"]) == (1, 1, 3990)
    orders = await graph.ask(merchants.operator(), ORDER + "{ platformOrders { total items { ...Whole } } }")
    assert orders["items"][0]["address"]["phone"] == "138****0001"


async def test_after_shipping(database: Database, gateway: FakeGateway) -> None:
    shop, who, graph = await market.shop(database), await market.buyer(database), Graph(database, gateway)
    order = await market.order_of(database, await market.paid(database, gateway, who, {shop.sku: 1}))
    receive = "mutation ($id: ID!) { confirmReceipt(orderId: $id) { ... on Order { state } ... on Refused { code } } }"
    assert await graph.ask(who.viewer, receive, id=str(order["id"])) == {"code": "WRONG_STATE"}
    await graph.ask(
        shop.keeper,
        """mutation ($id: ID!) { merchantShipOrder(input:
             {orderId: $id, carrier: "SF", trackingNumber: "SF1234567890"}) { __typename } }""",
        id=str(order["id"]),
    )
    assert await graph.ask(who.viewer, receive, id=str(order["id"])) == {"state": "RECEIVED"}
    again = "mutation ($id: ID!) { buyAgain(orderId: $id) { ... on Cart { lineCount } ... on Refused { code } } }"
    assert await graph.ask(who.viewer, again, id=str(order["id"])) == {"lineCount": 1}
    counts = await graph.ask(who.viewer, "{ myOrderCounts { state count } }")
    assert {"state": "RECEIVED", "count": 1} in counts
    assert len(await graph.ask(ANONYMOUS, "{ carriers { code name } }")) == 9


async def test_cancelling_in_the_graph(database: Database, gateway: FakeGateway) -> None:
    shop, who, graph = await market.shop(database), await market.buyer(database), Graph(database, gateway)
    trade_id = str(await market.placed(database, who, {shop.sku: 1}))
    cancel = "mutation ($id: ID!) { cancelTrade(tradeId: $id) { ... on Trade { state } ... on Refused { code } } }"
    stranger = await market.buyer(database)
    assert await graph.ask(stranger.viewer, cancel, id=trade_id) == {"code": "NOT_FOUND"}
    assert await graph.ask(who.viewer, cancel, id=trade_id) == {"state": "CLOSED"}
    assert await graph.ask(stranger.viewer, "query ($id: ID!) { trade(id: $id) { id } }", id=trade_id) is None
    assert (await graph.ask(who.viewer, "query ($id: ID!) { trade(id: $id) { number } }", id=trade_id))["number"]


async def test_a_shop_does_not_learn_what_its_buyer_spent_elsewhere(database: Database, gateway: FakeGateway) -> None:
    apples, pepper = await market.shop(database, price=3000), await market.shop(database, price=5000)
    who = await market.buyer(database)
    trade_id = await market.placed(database, who, {apples.sku: 1, pepper.sku: 1})
    mine = next(x for x in await market.orders_of(database, trade_id) if x["merchant_id"] == apples.merchant_id)
    asked = "(id: $id) { trade { total orders { id } } } }"
    graph, id = Graph(database, gateway), str(mine["id"])
    seen = await graph.ask(apples.keeper, "query ($id: ID!) { merchantOrder" + asked, id=id)
    assert seen["trade"] == {"total": 3000, "orders": [{"id": id}]}
    whole = await graph.ask(who.viewer, "query ($id: ID!) { order" + asked, id=id)
    assert whole["trade"]["total"] == 8000
