"""One of everything that belongs to somebody, and everybody who may ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from domain.base import Database, Viewer, ViewerKind, clock
from domain.ledger import Account
from domain.members import roles
from models.ledger import AccountKind
from models.members import SignIn
from models.partners import PartnerKey
from tests.factories import members, merchants, partners
from tests.factories import orders as market
from tests.operations.world import make

# Whoever owns nothing here comes first: what the owners do may end what is asked for.
CALLERS = (
    "nobody",
    "partner",
    "stranger",
    "rival",
    "platform.auditor",
    "platform.support",
    "platform.operator",
    "platform.admin",
    "merchant.shipper",
    "merchant.owner",
    "buyer",
)


@dataclass
class Access:
    """Tokens by caller; what an argument of a name stands for, by itself or for one field."""

    tokens: dict[str, str | None]
    named: dict[str, Any]
    of_field: dict[str, Any]


async def everybody(database: Database) -> Access:
    """`buyer` bought of the shop of `merchant.owner` and `merchant.shipper`; `stranger` and `rival` have nothing to do
    with that."""
    world = await make(database)
    ids = world.ids
    shop = world.rows["products"]["merchant_id"]
    tokens: dict[str, str | None] = {"nobody": None, "buyer": world.tokens["member"]}
    tokens["stranger"] = (await members.signed_in(database, await members.member(database))).access
    rival = await members.shopkeeper(database, await merchants.merchant(database), "rival")
    tokens["rival"] = await _token(database, ViewerKind.MERCHANT, rival)
    for role in roles.ROLES:
        kind = ViewerKind(role.kind.value)
        if kind is ViewerKind.PLATFORM:
            staff = await members.operator(database, role.name, role=role.name)
        else:
            staff = await members.shopkeeper(database, shop, role.name, role.name)
        tokens[role.name] = await _token(database, kind, staff)
    # Everything is asked for once, and what is not there is a mistake that costs.
    partner = await partners.partner(database, burst=100_000)
    tokens["partner"] = (await partners.key(database, partner)).secret
    named = _named(ids, world.rows["pictures"]["key"], str(world.rows["products"]["category_id"]))
    return Access(tokens, named, await _of_field(database, world, partner))


async def _token(database: Database, kind: ViewerKind, id: Any) -> str:
    return (await members.signed_in(database, Viewer(kind, id))).access


def _named(ids: dict[str, Any], picture: str, leaf: str) -> dict[str, Any]:
    return {
        "skuId": ids["sku"],
        "memberId": ids["pointed"],
        "who": ids["pointed"],
        "version": 1,
        "voucherId": ids["voucher"],
        "validFrom": clock.now().isoformat(),
        "validUntil": (clock.now() + timedelta(days=90)).isoformat(),
        "issuerId": ids["shop"],
        "shipmentId": ids["shipment"],
        "invoiceId": ids["invoice"],
        "email": "wang@example.cn",
        "skuIds": [ids["sku"]],
        "activityId": ids["groupOffer"],
        "offerId": ids["flashOffer"],
        "sessionId": ids["flashSession"],
        "productId": ids["product"],
        "wordId": ids["word"],
        "orderId": ids["order"],
        "postId": ids["post"],
        "postIds": [ids["post"]],
        "requestKey": "a-page-opened-once",
        "reviewIds": ["00000000-0000-7000-8000-000000000000"],
        "lineId": "00000000-0000-7000-8000-000000000000",
        "accountId": str(Account(AccountKind.WECHAT_RECEIVABLE).id),
        "tradeId": ids["trade"],
        "addressId": ids["address"],
        "categoryId": leaf,
        "originCode": ids["parent"],
        "lotId": ids["lot"],
        "batchId": ids["pieces"],
        "number": ids["lotNumber"],
        "at": clock.now().isoformat(),
        **dict.fromkeys(("since", "until"), ids["today"]),
        "regionCode": ids["town"],
        "code": ids["town"],
        "key": picture,
        "carrier": "SF",
        "trackingNumber": "SF1234567890",
        "lines": ids["lines"],
        "campaignId": ids["offer"],
        "ids": [ids["application"]],
        "scene": ids["scene"],
        "inviterCampaignId": ids["reward"],
        "inviteeCampaignId": ids["reward"],
        "startsAt": clock.now().isoformat(),
        "endsAt": (clock.now() + timedelta(days=1)).isoformat(),
        "shipsAt": (clock.now() + timedelta(days=2)).isoformat(),
        "expiresAt": (clock.now() + timedelta(days=1)).isoformat(),
    }


async def _of_field(database: Database, world: Any, partner: Any) -> dict[str, Any]:
    ids, member = world.ids, world.rows["orders"]["member_id"]
    device = (await members.signed_in(database, Viewer(ViewerKind.MEMBER, member), "平板")).access
    devices = await market.rows(database, SignIn, member_id=member)
    key = (await market.rows(database, PartnerKey, partner_id=partner))[0]
    assert device
    async with database.read() as session:
        job = await session.scalar(text("select max(id) from pgqueuer where status = 'failed'"))
    made = {"Partner": str(partner), "Key": str(key["id"])}
    # Root fields whose `id` is of what their name ends with, or of what they answer with.
    return _in_groups(ids) | {
        "product": ids["product"],
        "brand": ids["brand"],
        "category": ids["category"],
        "merchant": ids["shop"],
        "myReview": ids["review"],
        "merchantReplyReview": ids["review"],
        "order": ids["order"],
        "trade": ids["trade"],
        "merchantProduct": ids["product"],
        "platformProduct": ids["product"],
        "merchantOrder": ids["order"],
        "platformOrder": ids["order"],
        "orderChanged": ids["order"],
        "merchantLot": ids["lot"],
        "platformLot": ids["lot"],
        "merchantMoveLot": ids["lot"],
        "platformMoveLot": ids["lot"],
        "unpaid": str(world.rows["unpaid"]["id"]),
        "merchantSaveDraft": ids["draft"],
        "merchantDropDraft": ids["draft"],
        "merchantCopyProduct": ids["product"],
        "merchantWithdrawChange": ids["change"],
        "platformApplyChange": ids["change"],
        "platformRejectChange": ids["change"],
        "platformDecidePaper": ids["waiting"],
        "platformSaveAttribute": ids["attribute"],
        "platformRetireAttribute": ids["attribute"],
        "platformSaveForbiddenWord": ids["word"],
        "merchantSaveProduct": ids["product"],
        "merchantMoveProduct": ids["product"],
        "platformMoveProduct": ids["product"],
        "saveAddress": ids["address"],
        "deleteAddress": ids["address"],
        "revokeDevice": str(devices[-1]["id"]),
        "merchantSaveFreightTemplate": ids["template"],
        "merchantSetDefaultFreightTemplate": ids["template"],
        "merchantDeleteFreightTemplate": ids["template"],
        "platformSuspendMerchant": ids["shop"],
        "platformReopenMerchant": ids["shop"],
        "platformSaveCategory": ids["category"],
        "platformSavePartner": made["Partner"],
        "platformStopPartner": made["Partner"],
        "platformResumePartner": made["Partner"],
        "platformRevokePartnerKey": made["Key"],
        "platformRequeueJob": str(UUID(int=job)),
        "platformIssuePartnerKey": made["Partner"],
        **_campaigns(ids["campaign"], ids["offer"], ids["application"]),
        "runningReduction": ids["reduction"],
    }


def _campaigns(draft: str, published: str, applied: str) -> dict[str, Any]:
    steps = dict.fromkeys(("Save", "Publish", "Stop"), draft) | {"Discard": published}
    named = {f"{desk}{step}Campaign": id for desk in ("merchant", "platform") for step, id in steps.items()}
    asked = ("PlanClashes", "TryCampaign", "CampaignResults")
    named |= {"merchantWithdrawApplication": applied, "platformRemoveApplication": applied}
    return named | {f"{desk}{of}": published for desk in ("merchant", "platform") for of in asked}


def _in_groups(ids: dict[str, Any]) -> dict[str, Any]:
    named = {"group": ids["group"], "groupChanged": ids["group"], "merchantGroupActivity": ids["groupOffer"]}
    named |= _of_cards(ids) | _of_referrals(ids) | _of_vouchers(ids) | _of_stories(ids)
    named |= dict.fromkeys(("merchantPublishGroupActivity", "merchantStopGroupActivity"), ids["groupOffer"])
    verbs = ("platformPublish", "platformDecline", "platformEnd", "merchantWithdraw")
    named |= dict.fromkeys((f"{verb}FlashOffer" for verb in verbs), ids["flashOffer"])
    named |= {"flashOffer": ids["flashOffer"], "platformSaveFlashSession": ids["flashSession"]}
    of_presales = ("", "Allocation"), ("Publish", "Stop", "Allocate")
    names = [f"merchantPresale{end}" for end in of_presales[0]] + [f"merchant{do}Presale" for do in of_presales[1]]
    return named | dict.fromkeys(names, ids["presale"])


def _of_stories(ids: dict[str, Any]) -> dict[str, Any]:
    mine = ("post", "myPost", "editPost", "appealPost", "likePost", "reportPost", "removePost")
    comments = ("removePostComment", "reportPostComment", "platformHidePostComment", "platformPostComment")
    named = dict.fromkeys((*mine, "platformPost", "platformHidePost", "platformRestorePost"), ids["post"])
    named |= dict.fromkeys(("merchantEditPost", "merchantRemovePost"), ids["shopPost"])
    return named | dict.fromkeys(comments, ids["postComment"])


def _of_cards(ids: dict[str, Any]) -> dict[str, Any]:
    mine = ("withdrawGiftCard", "giveGiftCard", "quoteGiftCardRefund", "refundGiftCard", "extendGiftCard")
    held = ("myGiftCard", "reportGiftCardLost", "restoreGiftCard", "reissueGiftCard")
    platform = ("platformFreezeCard", "platformUnfreezeCard", "platformRefundCard", *_codes("platform", "Card"))
    named = dict.fromkeys(("cardPurchase", "payCardPurchase", "confirmCardPurchase"), ids["cardPurchase"])
    named |= dict.fromkeys((*held, *platform), ids["giftCard"]) | dict.fromkeys(mine, ids["givenCard"])
    return named | {"platformStopCardBatch": ids["cardSale"]}


def _of_referrals(ids: dict[str, Any]) -> dict[str, Any]:
    named = dict.fromkeys(("platformApproveReferral", "platformRefuseReferral"), ids["referral"])
    named |= dict.fromkeys(("platformCloseChannel", "platformDrawChannel"), ids["channel"])
    steps = ("platformSaveReferralProgramme", "platformPublishReferralProgramme")
    return named | dict.fromkeys(steps, ids["drafted"]) | {"platformStopReferralProgramme": ids["programme"]}


def _codes(desk: str, thing: str) -> list[str]:
    return [f"{desk}{step}{thing}Codes" for step in ("Freeze", "Thaw", "Void")]


def _of_vouchers(ids: dict[str, Any]) -> dict[str, Any]:
    mine = ("myVoucher", "reportVoucherLost", "restoreVoucher", "extendVoucher", "askVoucherRefund", "keepVoucher")
    desks = [f"{desk}{do}" for desk in ("merchant", "platform") for do in ("VoucherPayee", "RefundVoucher")]
    platform = ("platformFreezeVoucher", "platformUnfreezeVoucher", *_codes("platform", "Voucher"))
    named = dict.fromkeys((*mine, *desks, *platform, *_codes("merchant", "Voucher")), ids["voucher"])
    named |= dict.fromkeys(("giveVoucher", "withdrawVoucher"), ids["givenVoucher"])
    named |= dict.fromkeys(("merchantSavePickupPoint", "merchantClosePickupPoint"), ids["pickupPoint"])
    return named | dict.fromkeys(("merchantStopVoucherBatch", "platformStopVoucherBatch"), ids["voucherBatch"])
