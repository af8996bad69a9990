"""Campaigns, coupons, groups and flash sales: what must be refused in words. Operations by name, then the table."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from domain.base import clock
from tests.bad_input.cases import ADDRESS_ID, HUGE, NOWHERE, REFUSED, Case, Values, each, with_

OPERATIONS = {
    "claim": "mutation($id: ID!) { claimCoupon(campaignId: $id) { " + REFUSED + " } }",
    "claimByCode": "mutation($c: String!) { claimCouponByCode(code: $c) { " + REFUSED + " } }",
    "shopCampaign": "mutation($id: ID, $input: CampaignInput!) { merchantSaveCampaign(id: $id, input: $input) { "
    + REFUSED
    + " } }",
    "platformCampaign": "mutation($id: ID, $input: CampaignInput!) { platformSaveCampaign(id: $id, input: $input) { "
    + REFUSED
    + " } }",
    "tryCampaign": "query($id: ID!, $lines: [WantedSku!]) { merchantTryCampaign(id: $id, lines: $lines) { "
    + REFUSED
    + " } }",
    "applyCampaign": "mutation($id: ID!, $percent: Int!, $products: [ID!]) { merchantApplyForCampaign(campaignId: $id, "
    "merchantPercent: $percent, productIds: $products) { " + REFUSED + " } }",
    "withdrawApplication": "mutation($id: ID!) { merchantWithdrawApplication(id: $id) { " + REFUSED + " } }",
    "acceptApplications": "mutation($ids: [ID!]!) { platformAcceptApplications(ids: $ids) { " + REFUSED + " } }",
    "declineApplications": "mutation($ids: [ID!]!, $r: String!) { platformDeclineApplications(ids: $ids, reason: $r) { "
    + REFUSED
    + " } }",
    "removeApplication": "mutation($id: ID!, $r: String!) { platformRemoveApplication(id: $id, reason: $r) { "
    + REFUSED
    + " } }",
    "campaignResults": "query($id: ID!) { merchantCampaignResults(id: $id) { claimed } }",
    "publishCampaign": "mutation($id: ID!) { merchantPublishCampaign(id: $id) { " + REFUSED + " } }",
    "stopCampaign": "mutation($id: ID!, $r: String!) { platformStopCampaign(id: $id, reason: $r) { " + REFUSED + " } }",
    "groupOffer": "mutation($input: GroupActivityInput!) { merchantSaveGroupActivity(input: $input) { "
    + REFUSED
    + " } }",
    "groupOrder": "mutation($input: PlaceGroupOrderInput!) { placeGroupOrder(input: $input) { " + REFUSED + " } }",
    "presale": "mutation($input: PresaleInput!) { merchantSavePresale(input: $input) { " + REFUSED + " } }",
    "presaleOrder": "mutation($input: PlacePresaleOrderInput!) { placePresaleOrder(input: $input) { "
    + REFUSED
    + " } }",
    "cancelPresale": "mutation($id: ID!) { cancelPresale(orderId: $id) { " + REFUSED + " } }",
    "allocate": "mutation($id: ID!, $n: Int!) { merchantAllocatePresale(id: $id, harvested: $n, failing: 0) { "
    + REFUSED
    + " } }",
    "group": "query($id: ID!) { group(id: $id) { id } }",
    "flashOffer": "mutation($input: FlashApplicationInput!) { merchantApplyForFlash(input: $input) { "
    + REFUSED
    + " } }",
    "flashSession": "mutation($input: FlashSessionInput!) { platformSaveFlashSession(input: $input) { "
    + REFUSED
    + " } }",
    "declineFlash": "mutation($id: ID!, $r: String!) { platformDeclineFlashOffer(id: $id, reason: $r) { "
    + REFUSED
    + " } }",
    "enterFlash": "mutation($id: ID!) { enterFlash(offerId: $id) { " + REFUSED + " } }",
    "flashOrder": "mutation($input: PlaceFlashOrderInput!) { placeFlashOrder(input: $input) { " + REFUSED + " } }",
}
BEGIN, END, LATER, LONG_AGO = ((clock.now() + timedelta(days=days)).isoformat() for days in (1, 31, 40, -400))
COUPON = {"threshold": 5000, "total": 100, "off": 500, "validDays": 7}
CAMPAIGN = {"name": "新果上市", "rules": "全店通用，每单限用一张", "startsAt": BEGIN, "endsAt": END, "coupon": COUPON}
OFFER = {"skuId": "$sku", "name": "两人团", "price": 3000, "size": 2, "ttlMinutes": 1440, "perMember": 3, "stock": 100}
OFFER = {**OFFER, "startsAt": BEGIN, "endsAt": END}
HARVEST = {"skuId": "$sku", "name": "新果预售", "kind": "DEPOSIT", "price": 3000, "deposit": 600, "stock": 100}
HARVEST |= {"depositKind": "DINGJIN", "perMember": 3, "startsAt": BEGIN, "endsAt": END, "shipDays": 7}
HARVEST |= {"balanceFrom": END, "balanceUntil": LATER, "shipsAt": END}
BOOKING = {"idempotencyKey": "presale-00000001", "offerId": NOWHERE, "quantity": 1, "expectedTotal": 3000, **ADDRESS_ID}
SEAT = {"idempotencyKey": "group-00000001", "activityId": NOWHERE, "quantity": 1, "expectedTotal": 3000, **ADDRESS_ID}

BAD_COUPONS: tuple[Values, ...] = (
    {"threshold": 0},
    {"threshold": -1},
    {"threshold": HUGE},
    {"total": 0},
    {"total": 1_000_001},
    {"off": 0},
    {"off": -500},
    {"off": 5000},
    {"off": 0, "percentOff": 95, "most": 100},
    {"off": 0, "percentOff": 10},
    {"off": 0, "percentOff": -1, "most": 100},
    {"percentOff": 10, "most": 100},
    {"perMember": 0},
    {"perMember": 21},
    {"validDays": None},
    {"validDays": 0},
    {"validDays": 367},
    {"validDays": 7, "validUntil": END},
    {"validDays": None, "validUntil": LONG_AGO},
    {"code": "a"},
    {"code": "码" * 21},
    {"code": "有 空格\u0000"},
)
BAD_CAMPAIGNS: tuple[Values, ...] = (
    {"name": ""},
    {"name": "长" * 41},
    {"rules": "短"},
    {"rules": "长" * 501},
    {"endsAt": BEGIN},
    {"startsAt": END, "endsAt": BEGIN},
    {"coupon": None},
    {"steps": [{"threshold": 5000, "off": 500}]},
    {"coupon": None, "steps": [{"threshold": 5000, "off": 5000}]},
    {"coupon": None, "steps": [{"threshold": 5000, "off": 0}]},
    {"coupon": None, "steps": [{"threshold": 5000, "off": 500}, {"threshold": 5000, "off": 600}]},
    {"coupon": None, "steps": [{"threshold": 5000, "off": 500}], "exclusive": True},
    {"categoryIds": []},
    {"categoryIds": [NOWHERE]},
    {"productIds": [NOWHERE]},
    {"categoryIds": ["$category"], "productIds": ["$product"]},
    {"budget": 0},
    {"budget": -1},
)
BAD_OFFERS: tuple[Values, ...] = (
    {"name": ""},
    {"name": "长" * 100},
    {"price": 0},
    {"price": HUGE},
    {"size": 1},
    {"size": 1001},
    {"ttlMinutes": 0},
    {"ttlMinutes": 10**6},
    {"perMember": 0},
    {"stock": 0},
    {"stock": 2**31 - 1},
    {"endsAt": BEGIN},
    {"startsAt": END, "endsAt": BEGIN},
)

BAD_HARVESTS: tuple[Values, ...] = (
    {"name": ""},
    {"price": 0},
    {"price": -1},
    {"price": HUGE},
    {"deposit": None},
    {"deposit": 0},
    {"deposit": -600},
    {"deposit": 601},
    {"depositKind": None},
    {"kind": "FULL"},
    {"stock": 0},
    {"stock": 2**31 - 1},
    {"perMember": 0},
    {"perMember": 100},
    {"shipDays": 0},
    {"shipDays": 61},
    {"endsAt": BEGIN},
    {"balanceFrom": BEGIN},
    {"balanceUntil": END},
    {"balanceUntil": None},
    {"shipsAt": BEGIN},
    {"shipsAt": "2999-01-01T00:00:00+08:00"},
)


STEPS = [{"threshold": 5000, "off": 500}]
ACROSS: Values = {"coupon": None, "steps": STEPS, "applyUntil": "2999-01-01T00:00:00+08:00"}
BAD_INVITATIONS: tuple[Values, ...] = (
    {"coupon": None, "steps": STEPS},
    {"merchantPercent": 30},
    ACROSS,
    {**ACROSS, "applyUntil": LONG_AGO},
    {**ACROSS, "applyUntil": END, "productIds": ["$product"]},
    {**ACROSS, "applyUntil": END, "budget": 499},
    {**ACROSS, "applyUntil": END, "merchantPercent": 101},
    {"coupon": {**COUPON, "byEvent": True}, "applyUntil": END},
)


def invitations() -> list[Case]:
    many = [NOWHERE] * 2
    bad = each(
        "invitation",
        "admin",
        "platformCampaign",
        "BAD_USER_INPUT",
        *({"input": with_(CAMPAIGN, **x)} for x in BAD_INVITATIONS),
    )
    return [
        *bad,
        Case("a shop that invites", "shop", "shopCampaign", {"input": with_(CAMPAIGN, applyUntil=END)}),
        Case("to apply for nothing", "shop", "applyCampaign", {"id": NOWHERE, "percent": 30}, "NOT_FOUND"),
        Case("to apply as a clerk", "clerk", "applyCampaign", {"id": NOWHERE, "percent": 30}, "FORBIDDEN"),
        Case("to withdraw nothing", "shop", "withdrawApplication", {"id": NOWHERE}, "NOT_FOUND"),
        Case("to accept nothing", "admin", "acceptApplications", {"ids": many}, "NOT_FOUND"),
        Case("to accept none", "admin", "acceptApplications", {"ids": []}),
        Case(
            "to accept too many", "admin", "acceptApplications", {"ids": [f"{NOWHERE[:-3]}{n:03}" for n in range(101)]}
        ),
        Case("to accept as a shop", "shop", "acceptApplications", {"ids": many}, "FORBIDDEN"),
        *each(
            "to decline",
            "admin",
            "declineApplications",
            "BAD_USER_INPUT",
            *({"ids": many, "r": r} for r in ("", "无", "长" * 201)),
        ),
        *each(
            "to take out",
            "admin",
            "removeApplication",
            "BAD_USER_INPUT",
            *({"id": NOWHERE, "r": r} for r in ("", "无", "长" * 201)),
        ),
        Case("to take out nobody", "admin", "removeApplication", {"id": NOWHERE, "r": "多次缺货"}, "NOT_FOUND"),
    ]


def campaigns() -> list[Case]:
    def saved(name: str, role: str, changes: tuple[Values, ...]) -> list[Case]:
        operation = "platformCampaign" if role == "admin" else "shopCampaign"
        return each(name, role, operation, None, *({"input": with_(CAMPAIGN, **x)} for x in changes))

    bad = [{"coupon": with_(COUPON, **x)} for x in BAD_COUPONS]
    found = saved("coupon", "shop", tuple(bad)) + saved("campaign", "shop", BAD_CAMPAIGNS)
    found += saved("share of the shops", "admin", ({"merchantPercent": -1}, {"merchantPercent": 101}))
    coded = [Case(case.name, case.role, case.operation, case.variables) for case in found]
    gone = {"id": NOWHERE, "input": CAMPAIGN}
    return [
        *coded,
        Case("unknown campaign", "shop", "shopCampaign", gone, "NOT_FOUND"),
        Case("unknown campaign to publish", "shop", "publishCampaign", {"id": NOWHERE}, "NOT_FOUND"),
        Case("unknown campaign to stop", "admin", "stopCampaign", {"id": NOWHERE, "r": "规则有误"}, "NOT_FOUND"),
        Case("unknown campaign to try", "shop", "tryCampaign", {"id": NOWHERE}, "NOT_FOUND"),
        Case("results of an unknown campaign", "shop", "campaignResults", {"id": NOWHERE}, "NOT_FOUND"),
        Case("campaign by a clerk", "clerk", "shopCampaign", {"input": CAMPAIGN}, "FORBIDDEN"),
        Case("unknown coupon", "buyer", "claim", {"id": NOWHERE}, "NOT_FOUND"),
        Case("coupon without a member", "nobody", "claim", {"id": NOWHERE}, "UNAUTHENTICATED"),
        Case("unknown code", "buyer", "claimByCode", {"c": "没有这个口令"}, "NOT_FOUND"),
        *each("code", "buyer", "claimByCode", "BAD_USER_INPUT", {"c": ""}, {"c": "码" * 5000}),
    ]


def groups() -> list[Case]:
    def offered(**changes: Any) -> Values:
        return {"input": with_(OFFER, **changes)}

    def ordered(**changes: Any) -> Values:
        return {"input": with_(SEAT, **changes)}

    quantities = ({"quantity": 0}, {"quantity": -1}, {"quantity": 2**31 - 1})
    return [
        *each("offer to groups", "shop", "groupOffer", "BAD_USER_INPUT", *(offered(**x) for x in BAD_OFFERS)),
        Case("offer of nothing", "shop", "groupOffer", offered(skuId=NOWHERE), "NOT_FOUND"),
        Case("offer of another shop's", "rival", "groupOffer", offered(), "NOT_FOUND"),
        Case("offer by a clerk", "clerk", "groupOffer", offered(), "FORBIDDEN"),
        Case("unknown offer", "buyer", "groupOrder", ordered(), "NOT_FOUND"),
        *each("group order", "buyer", "groupOrder", "NOT_FOUND", *(ordered(**x) for x in quantities)),
        Case("unknown group", "nobody", "group", {"id": NOWHERE}, None),
    ]


FLASH = {"sessionId": NOWHERE, "skuId": "$sku", "price": 3000, "total": 10}
SLOT = {"name": "早市", "startsAt": BEGIN, "endsAt": (clock.now() + timedelta(days=1, hours=2)).isoformat()}
RUSH = {"idempotencyKey": "flash-00000001", "offerId": NOWHERE, "token": "1.x", "quantity": 1, "expectedTotal": 3000}
RUSH = {**RUSH, **ADDRESS_ID}
BAD_SLOTS: tuple[Values, ...] = (
    {"name": ""},
    {"name": "场" * 21},
    {"name": "早\u0000市"},
    {"endsAt": BEGIN},
    {"endsAt": END},
    {"startsAt": LONG_AGO},
    {"startsAt": LONG_AGO, "endsAt": LONG_AGO},
    {"payMinutes": 0},
    {"payMinutes": 16},
    {"payMinutes": -5},
)


def flash() -> list[Case]:
    def slot(**changes: Any) -> Values:
        return {"input": with_(SLOT, **changes)}

    def ordered(**changes: Any) -> Values:
        return {"input": with_(RUSH, **changes)}

    forged = ({"token": ""}, {"token": "9" * 90}, {"token": "9999999999.AAAA"}, {"token": "٣.é"}, {"quantity": -1})
    return [
        *each("session", "admin", "flashSession", "BAD_USER_INPUT", *(slot(**x) for x in BAD_SLOTS)),
        Case("application to no session", "shop", "flashOffer", {"input": FLASH}, "NOT_FOUND"),
        Case("application by a clerk", "clerk", "flashOffer", {"input": FLASH}, "FORBIDDEN"),
        *each(
            "reason",
            "admin",
            "declineFlash",
            "BAD_USER_INPUT",
            {"id": NOWHERE, "r": ""},
            {"id": NOWHERE, "r": "因" * 201},
        ),
        Case("decline nothing", "admin", "declineFlash", {"id": NOWHERE, "r": "不合适"}, "NOT_FOUND"),
        Case("way in to nothing", "buyer", "enterFlash", {"id": NOWHERE}, "NOT_FOUND"),
        Case("way in for nobody", "nobody", "enterFlash", {"id": NOWHERE}, "UNAUTHENTICATED"),
        *each("forged token", "buyer", "flashOrder", "WRONG_STATE", *(ordered(**x) for x in forged)),
        Case("endless token", "buyer", "flashOrder", ordered(token="9" * 5000), "BAD_USER_INPUT"),
    ]


def presales() -> list[Case]:
    def saved(**changes: Any) -> Values:
        return {"input": with_(HARVEST, **changes)}

    return [
        *each("presale", "shop", "presale", "BAD_USER_INPUT", *(saved(**x) for x in BAD_HARVESTS)),
        Case("presale of nothing", "shop", "presale", saved(skuId=NOWHERE), "NOT_FOUND"),
        Case("presale of another shop's", "rival", "presale", saved(), "NOT_FOUND"),
        Case("presale by a clerk", "clerk", "presale", saved(), "FORBIDDEN"),
        Case("unknown presale", "buyer", "presaleOrder", {"input": BOOKING}, "NOT_FOUND"),
        Case("no presale's order", "buyer", "cancelPresale", {"id": NOWHERE}, "NOT_FOUND"),
        Case("harvest of nothing", "shop", "allocate", {"id": NOWHERE, "n": 1}, "NOT_FOUND"),
        Case("harvest below nothing", "shop", "allocate", {"id": NOWHERE, "n": -1}, "BAD_USER_INPUT"),
    ]


CASES = [*campaigns(), *invitations(), *groups(), *flash(), *presales()]
