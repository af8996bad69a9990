"""A 满减 of the platform from the invitation to the settlement, over HTTP: two shops apply, a buyer reaches it with the
goods of both, one line goes back, and each side bears what it agreed to.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.base import clock
from jobs import settlement
from models.orders import Order, OrderState
from models.payments import Refund, RefundState
from models.settlement import Settlement, SettlementState
from server.worker import tools_of
from tests.client import Client
from tests.factories import members
from tests.factories import orders as shops
from tests.journey import documents
from tests.journey.mall import relay, work_off
from tests.journey.market import APPLES, POTATOES, TOTAL, Market, Shopper, shopkeeper
from tests.ledger import books
from tests.wechat.simulator import Simulator

REFUSED = "... on Refused { code message field }"
SAVE = (
    "mutation ($input: CampaignInput!) { platformSaveCampaign(input: $input) { ... on Campaign { id } "
    + REFUSED
    + " } }"
)
PUBLISH = "mutation ($id: ID!) { platformPublishCampaign(id: $id) { ... on Campaign { phase } " + REFUSED + " } }"
INVITED = "{ merchantCampaignInvitations { total items { id merchantPercent open application { state } } } }"
APPLY = """mutation ($id: ID!, $percent: Int!) { merchantApplyForCampaign(campaignId: $id, merchantPercent: $percent) {
  ... on CampaignApplication { id state } ... on Refused { code message } } }"""
WAITING = "{ platformCampaignApplications(state: APPLIED) { total items { id } } }"
ACCEPT = "mutation ($ids: [ID!]!) { platformAcceptApplications(ids: $ids) { ... on Done { ok } " + REFUSED + " } }"
NOTICES = "{ merchantNotices(unreadOnly: true) { items { kind text } } }"
CART = "{ cart { total discountTotal reductions { name off } } }"
REFUND = """mutation ($order: ID!) { merchantRefundOrder(orderId: $order, reason: "缺货了", restock: true) {
  ... on Order { state closeReason } ... on Refused { code message } } }"""
RESULTS = """query ($id: ID!) { platformCampaignResults(id: $id) {
  orders refundedOrders paid refunded byShop byPlatform
  shops { merchant { id } orders refunded byShop byPlatform } } }"""
OWN_RESULTS = "query ($id: ID!) { merchantCampaignResults(id: $id) { orders paid refunded byShop byPlatform } }"
# Of 满 90 减 9 by the lines' worth, each line's part in fen; the shops bear half of theirs, half a fen up.
OFF = 900
APPLES_OFF, POTATOES_OFF = 721, 179
PERCENT = 50


async def test_a_campaign_from_the_invitation_to_the_settlement(
    mall: Client, buyer: Shopper, market: Market, wxsim: Simulator, database: Any
) -> None:
    desk = await platform(mall, database)
    campaign = await invites(desk)
    owners = [(shop.merchant_id, f"keeper-{n}") for n, shop in enumerate(market.shops)]
    keepers = [await shopkeeper(mall, database, *owner) for owner in owners]
    for keeper in keepers:
        await applies(keeper, campaign)
    waiting = await desk.ask(WAITING)
    assert waiting["total"] == 2
    # Nobody has been taken in: the cart costs what it cost.
    assert await fills_cart(buyer, market) == (TOTAL, 0)
    assert await desk.ask(ACCEPT, ids=[each["id"] for each in waiting["items"]]) == {"ok": True}
    await relay(mall.mall)
    await work_off(mall.mall)
    for keeper in keepers:
        assert [each["kind"] for each in (await keeper.ask(NOTICES))["items"]] == ["CAMPAIGN_ACCEPTED"]
    cart = await buyer.phone.ask(CART)
    assert (cart["total"], cart["reductions"]) == (TOTAL - OFF, [{"name": "跨店满减", "off": OFF}])
    orders = await buys(mall, buyer, market, wxsim)
    await one_line_goes_back(mall, keepers[1], orders[market.potatoes.merchant_id], wxsim, database)
    await is_completed(mall, keepers[0], buyer, orders[market.apples.merchant_id], wxsim)
    await settles(mall, wxsim)
    # Days have gone by: whoever wants to know signs in again.
    desk, keeper = await signs_in(mall, "planner"), await signs_in(mall, "keeper-0")
    await each_side_bore_its_part(desk, keeper, campaign, market, database)


async def platform(mall: Client, database: Any) -> Client:
    await members.operator(database, "planner")
    return await signs_in(mall, "planner")


async def signs_in(mall: Client, login: str) -> Client:
    session = await mall.ask(documents.STAFF_LOGIN, login=login, password=members.PASSWORD)
    return mall.as_(session["accessToken"])


async def invites(desk: Client) -> str:
    now = clock.now()
    times = {"startsAt": now, "endsAt": now + timedelta(days=3), "applyUntil": now + timedelta(days=1)}
    about = {
        "name": "跨店满减",
        "rules": "参加店铺合计满 90 元减 9 元。",
        "merchantPercent": PERCENT,
        "budget": 1_000_000,
    }
    about |= {name: moment.isoformat() for name, moment in times.items()}
    saved = await desk.ask(SAVE, input={**about, "steps": [{"threshold": 9000, "off": OFF}]})
    assert await desk.ask(PUBLISH, id=saved["id"]) == {"phase": "RUNNING"}
    return str(saved["id"])


async def applies(keeper: Client, campaign: str) -> None:
    invited = await keeper.ask(INVITED)
    assert invited["total"] == 1
    (item,) = invited["items"]
    assert item == {"id": campaign, "merchantPercent": PERCENT, "open": True, "application": None}
    refused = await keeper.ask(APPLY, id=campaign, percent=PERCENT - 1)
    assert refused["code"] == "CONFLICT"
    assert (await keeper.ask(APPLY, id=campaign, percent=PERCENT))["state"] == "APPLIED"


async def fills_cart(buyer: Shopper, market: Market) -> tuple[int, int]:
    for line in market.lines:
        await buyer.phone.ask(documents.ADD, sku=line["skuId"], quantity=line["quantity"])
    cart = await buyer.phone.ask(CART)
    return cart["total"], cart["discountTotal"]


async def buys(mall: Client, buyer: Shopper, market: Market, wxsim: Simulator) -> dict[UUID, str]:
    """The order of each shop."""
    trade = await buyer.prepaid(market.lines, TOTAL - OFF)
    await wxsim.user_pays(trade["payment"])
    assert await buyer.states(trade) == ("PAID", ["AWAITING_SHIPMENT"] * 2)
    totals = {UUID(order["merchantId"]): order["total"] for order in trade["orders"]}
    assert totals == {
        market.apples.merchant_id: 2 * APPLES - APPLES_OFF,
        market.potatoes.merchant_id: POTATOES - POTATOES_OFF,
    }
    return {UUID(order["merchantId"]): order["id"] for order in trade["orders"]}


async def one_line_goes_back(mall: Client, keeper: Client, order: str, wxsim: Simulator, database: Any) -> None:
    """What was paid for it, to the fen; what it had taken off stays with the other line."""
    assert await keeper.ask(REFUND, order=order) == {"state": "CLOSED", "closeReason": "REFUNDED"}
    await relay(mall.mall)
    await work_off(mall.mall, "refund.submit")
    await wxsim.advance(4)
    (refund,) = await shops.rows(database, Refund)
    assert (refund["amount"], refund["state"]) == (POTATOES - POTATOES_OFF, RefundState.SUCCEEDED)


async def is_completed(mall: Client, keeper: Client, buyer: Shopper, order: str, wxsim: Simulator) -> None:
    assert (await keeper.ask(documents.SHIP, order=order, number="SF1000000009"))["state"] == "SHIPPED"
    assert (await buyer.phone.ask(documents.RECEIVE, order=order))["state"] == "RECEIVED"
    for wait in (timedelta(minutes=2), timedelta(days=9)):
        clock.advance(wait)
        await wxsim.advance(wait.total_seconds(), wire=True)
        await work_off(mall.mall)
        await relay(mall.mall)
    assert (await shops.row(mall.mall.database, Order, UUID(order)))["state"] is OrderState.COMPLETED


async def settles(mall: Client, wxsim: Simulator) -> None:
    for _ in range(8):
        await work_off(mall.mall)
        await settlement.sweep(tools_of(mall.mall))
        await relay(mall.mall)
        clock.advance(timedelta(minutes=2))
        await wxsim.advance(120, wire=True)


async def each_side_bore_its_part(desk: Client, keeper: Client, campaign: str, market: Market, database: Any) -> None:
    """Of what buyers keep: the apples. By the results, by the settlement, and by the books."""
    by_shop = (APPLES_OFF * PERCENT + 50) // 100
    by_platform = APPLES_OFF - by_shop
    found = await desk.ask(RESULTS, id=campaign)
    told = {each["merchant"]["id"]: each for each in found.pop("shops")}
    assert found["orders"] == 2
    assert (found["byShop"], found["byPlatform"]) == (by_shop, by_platform)
    assert found["refunded"] == POTATOES - POTATOES_OFF
    apples = told[str(market.apples.merchant_id)]
    assert (apples["byShop"], apples["byPlatform"], apples["refunded"]) == (by_shop, by_platform, 0)
    own = await keeper.ask(OWN_RESULTS, id=campaign)
    assert (own["byShop"], own["byPlatform"]) == (by_shop, by_platform)
    (settled,) = [
        row for row in await shops.rows(database, Settlement) if row["merchant_id"] == market.apples.merchant_id
    ]
    assert settled["state"] is SettlementState.DONE
    assert settled["subsidy"] == by_platform
    assert await books.differences(database) == []
