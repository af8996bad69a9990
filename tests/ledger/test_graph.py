"""Who reads what of the money: the buyer his own, the shop its own, the platform the books."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain.base import Database, Viewer, ViewerKind, clock
from domain.members import roles
from models.base import new_id
from tests.factories import merchants
from tests.factories import orders as market
from tests.ledger import books
from tests.orders.gateway import FakeGateway
from tests.orders.test_graph import Graph

PLATFORM = Viewer(ViewerKind.PLATFORM, new_id(), "平台", permissions=frozenset(roles.SUPER_ADMIN.permissions))
AMOUNTS = "{ place amount }"
TRACE = f"""
fragment Money on Order {{ moneyTrace {{
  total returned came {AMOUNTS} now {AMOUNTS} moves {{ id at kind memo source target amount }} }} }}
"""
MINE = TRACE + "query ($id: ID!) { order(id: $id) { ...Money } }"
OF_SHOP = TRACE + "query ($id: ID!) { merchantOrder(id: $id) { ...Money } }"
OF_PLATFORM = TRACE + "query ($id: ID!) { platformOrder(id: $id) { ...Money } }"


def amounts(found: list[dict[str, Any]]) -> dict[str, int]:
    return {each["place"]: each["amount"] for each in found}


@pytest.fixture
def graph(database: Database, gateway: FakeGateway) -> Graph:
    return Graph(database, gateway)


async def test_each_reads_as_much_of_the_trace_as_is_his(graph: Graph, gateway: FakeGateway) -> None:
    """The buyer sees what he paid and got back; how shop and platform divide the rest is theirs."""
    database = graph.database
    shop, who = await market.shop(database, price=5000), await market.buyer(database)
    await books.with_rate(database, shop, 500)
    trade_id = await market.paid(database, gateway, who, {shop.sku: 2})
    order_id = (await market.order_of(database, trade_id))["id"]
    await books.arrive(database, await books.ask_back(database, order_id, 1000))
    await books.complete(database, order_id)
    mine = (await graph.ask(who.viewer, MINE, id=str(order_id)))["moneyTrace"]
    assert (mine["total"], mine["returned"]) == (10000, 1000)
    assert amounts(mine["came"]) == {"BUYER": 10000}
    assert amounts(mine["now"]) == {"BUYER": 1000, "MERCHANT": 9000}
    assert [(each["kind"], each["amount"]) for each in mine["moves"]] == [
        ("PAYMENT", 10000),
        ("REFUND", 1000),
        ("SETTLEMENT", 9000),
    ]
    for viewer, document in ((shop.keeper, OF_SHOP), (PLATFORM, OF_PLATFORM)):
        trace = (await graph.ask(viewer, document, id=str(order_id)))["moneyTrace"]
        assert amounts(trace["now"]) == {"BUYER": 1000, "MERCHANT": 8496, "COMMISSION": 450, "FEE": 54}
        assert sum(amounts(trace["now"]).values()) == sum(amounts(trace["came"]).values()) == trace["total"]


async def test_an_unpaid_order_has_an_empty_trace(graph: Graph) -> None:
    shop, who = await market.shop(graph.database), await market.buyer(graph.database)
    trade_id = await market.placed(graph.database, who, {shop.sku: 1})
    order_id = (await market.order_of(graph.database, trade_id))["id"]
    trace = (await graph.ask(who.viewer, MINE, id=str(order_id)))["moneyTrace"]
    assert trace == {"total": 0, "returned": 0, "came": [], "now": [], "moves": []}


async def test_nobody_reads_the_trace_of_others(graph: Graph, gateway: FakeGateway) -> None:
    database = graph.database
    order_id = str(await books.bought(database, gateway, await market.shop(database)))
    stranger, rival = await market.buyer(database), merchants.shopkeeper(await merchants.merchant(database))
    assert await graph.ask(stranger.viewer, MINE, id=order_id) is None
    assert await graph.ask(rival, OF_SHOP, id=order_id) is None


BALANCE = """
query ($since: String, $until: String) { platformTrialBalance(since: $since, until: $until) {
  debits credits difference rows { kind accounts opening debits credits closing } } }
"""
ACCOUNTS = """
query ($kind: LedgerAccountKind!) { platformLedgerAccounts(kind: $kind) {
  total items { id kind merchant { id name } opening debits credits closing } } }
"""
ENTRIES = """
query ($id: ID!, $first: Int!, $after: String) {
  platformLedgerEntries(accountId: $id, first: $first, after: $after) {
    nodes { at amount transactionId kind memo orderId } pageInfo { hasNextPage endCursor } } }
"""
TRANSACTION = """
query ($id: ID!) { platformLedgerTransaction(id: $id) {
  id kind ref memo at createdAt orderId tradeId sides { position accountId account merchant { id } amount } } }
"""
DIFFERENCES = "{ platformLedgerDifferences { id fault orderId expected found } }"


async def settled(graph: Graph, gateway: FakeGateway, many: int) -> tuple[UUID, list[UUID]]:
    shop = await market.shop(graph.database, price=5000)
    bought = [await books.bought(graph.database, gateway, shop, 1) for _ in range(many)]
    for order_id in bought:
        await books.complete(graph.database, order_id)
    return shop.merchant_id, bought


async def test_from_the_trial_balance_to_a_transaction(graph: Graph, gateway: FakeGateway) -> None:
    merchant_id, bought = await settled(graph, gateway, 3)
    balance = await graph.ask(PLATFORM, BALANCE)
    assert (balance["debits"], balance["credits"], balance["difference"]) == (30000, 30000, 0)
    rows = {row["kind"]: row for row in balance["rows"]}
    assert rows["MERCHANT_PAYABLE"]["closing"] == -3 * 4970
    (account,) = (await graph.ask(PLATFORM, ACCOUNTS, kind="MERCHANT_PAYABLE"))["items"]
    assert (account["merchant"]["id"], account["closing"]) == (str(merchant_id), -3 * 4970)
    page = await graph.ask(PLATFORM, ENTRIES, id=account["id"], first=2)
    rest = await graph.ask(PLATFORM, ENTRIES, id=account["id"], first=2, after=page["pageInfo"]["endCursor"])
    seen = [*page["nodes"], *rest["nodes"]]
    assert [each["orderId"] for each in seen] == [str(id) for id in reversed(bought)]
    assert (page["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)
    transaction = await graph.ask(PLATFORM, TRANSACTION, id=seen[0]["transactionId"])
    assert [side["amount"] for side in transaction["sides"]] == [5000, -4970, -30]
    assert [side["account"] for side in transaction["sides"]] == ["BUYER_CLEARING", "MERCHANT_PAYABLE", "FEE_EXPENSE"]
    assert await graph.ask(PLATFORM, TRANSACTION, id=str(new_id())) is None
    assert await graph.ask(PLATFORM, DIFFERENCES) == []


async def test_the_trial_balance_of_a_day(graph: Graph, gateway: FakeGateway) -> None:
    await settled(graph, gateway, 1)
    today = clock.today().isoformat()
    of_today = await graph.ask(PLATFORM, BALANCE, since=today, until=today)
    before = await graph.ask(PLATFORM, BALANCE, until="2026-01-01")
    later = await graph.ask(PLATFORM, BALANCE, since="2100-01-01")
    assert (of_today["debits"], before["debits"], later["debits"]) == (10000, 0, 0)
    opening = {row["kind"]: row["opening"] for row in later["rows"]}
    assert opening["WECHAT_RECEIVABLE"] == 5000


@pytest.mark.parametrize(
    "days", [{"since": "gestern"}, {"since": "2026-02-01", "until": "2026-01-01"}, {"until": "0001-01-01"}]
)
async def test_days_that_are_none_are_refused(graph: Graph, days: dict[str, str]) -> None:
    result = await graph.send(PLATFORM, BALANCE, **days)
    assert [error.extensions["code"] for error in result.errors] == ["BAD_USER_INPUT"]


async def test_a_cursor_that_is_none_is_refused(graph: Graph) -> None:
    result = await graph.send(PLATFORM, ENTRIES, id=str(new_id()), first=5, after="eA")
    assert [error.extensions["field"] for error in result.errors] == ["after"]


async def test_differences_are_told(graph: Graph, gateway: FakeGateway) -> None:
    order_id = await books.bought(graph.database, gateway, await market.shop(graph.database, price=5000))
    await books.forget_all(graph.database)
    (found,) = await graph.ask(PLATFORM, DIFFERENCES)
    about = (found["fault"], found["orderId"], found["expected"], found["found"])
    assert about == ("PAYMENT_NOT_POSTED", str(order_id), 10000, 0)
