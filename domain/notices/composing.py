"""What is told of a fact, and to whom: a notice in words, named by what happened so that it is written once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import SHANGHAI, clock
from domain.notices.drafts import Composer, Draft, row_of, yuan
from models.aftersales import AfterSale, AfterSaleState
from models.base import id_of
from models.bills import Bill, BillDifference
from models.catalog import Product, Sku
from models.listings import ChangeState, ProductChange
from models.merchants import Merchant
from models.notices import NoticeKind
from models.orders import Order, OrderLine, Trade
from models.payments import Refund, RefundState
from models.pickups import OrderPickup, PickupPoint, PickupState
from models.pieces import PieceAlarm
from models.promotions import ApplicationState, Campaign, CampaignApplication
from models.recalls import Recall
from models.reviews import Review, ReviewState
from models.settlement import Payout, PayoutState, Settlement, SettlementState
from models.traces import Lot

K = NoticeKind
# So many stars or fewer call for an answer.
POOR = 2


async def stock_low(session: AsyncSession, fact: Mapping[str, Any]) -> Draft | None:
    """Once a day for each SKU, however often it falls to its line."""
    id = id_of(fact["sku_id"])
    chosen = select(Product.merchant_id, Product.title, Sku.name).join(Sku, Sku.product_id == Product.id)
    if (row := await row_of(session, chosen.where(Sku.id == id))) is None:
        return None
    said = f"“{row['title']}”{row['name']} 只剩 {fact['available']} 件，请及时补货"
    return Draft(row["merchant_id"], K.STOCK_LOW, f"stock:{id}:{clock.today()}", "库存不足", said, id)


CASES = {
    AfterSaleState.APPLIED: (K.AFTER_SALE_OPENED, "新的售后申请", "买家申请了售后，请在期限内处理"),
    AfterSaleState.RETURN_SHIPPED: (K.AFTER_SALE_RETURNED, "买家已寄回商品", "请收到后及时验收"),
    AfterSaleState.ESCALATED: (K.CASE_ESCALATED, "售后争议待裁决", "买卖双方未达成一致，请平台裁决"),
}


async def case_changed(session: AsyncSession, fact: Mapping[str, Any]) -> Draft | None:
    """The first that is heard of each state somebody has to act in."""
    state = AfterSaleState(fact["state"])
    if state not in CASES:
        return None
    kind, title, text = CASES[state]
    id = id_of(fact["after_sale_id"])
    chosen = select(AfterSale.merchant_id, Order.number, OrderLine.title).join(Order, Order.id == AfterSale.order_id)
    chosen = chosen.join(OrderLine, OrderLine.id == AfterSale.line_id).where(AfterSale.id == id)
    if (row := await row_of(session, chosen)) is None:
        return None
    whose = None if kind is K.CASE_ESCALATED else row["merchant_id"]
    return Draft(whose, kind, f"case:{id}:{state}", title, f"订单 {row['number']}“{row['title']}”：{text}", id)


async def review_changed(session: AsyncSession, fact: Mapping[str, Any]) -> Draft | None:
    """A review that is shown and has few stars; changed again, it was told already."""
    id = id_of(fact["review_id"])
    chosen = select(Review.merchant_id, Review.score, Review.state, Product.title)
    row = await row_of(session, chosen.join(Product, Product.id == Review.product_id).where(Review.id == id))
    if row is None or row["state"] is not ReviewState.PUBLISHED or row["score"] > POOR:
        return None
    said = f"“{row['title']}”收到一条 {row['score']} 星评价，建议尽快回复"
    return Draft(row["merchant_id"], K.REVIEW_POOR, f"review:{id}", "收到差评", said, id)


PAYOUTS = {
    PayoutState.FAILED: (K.PAYOUT_FAILED, "提现失败", "未能到账"),
    PayoutState.BOUNCED: (K.PAYOUT_BOUNCED, "提现被银行退回", "已被银行退回，请核对收款账户"),
}


async def payout_ended(session: AsyncSession, fact: Mapping[str, Any]) -> Draft | None:
    state = PayoutState(fact["state"])
    if state not in PAYOUTS:
        return None
    kind, title, text = PAYOUTS[state]
    id = id_of(fact["payout_id"])
    chosen = select(Payout.merchant_id, Payout.number, Payout.amount, Payout.reason).where(Payout.id == id)
    if (row := await row_of(session, chosen)) is None:
        return None
    why = f"（{row['reason']}）" if row["reason"] else ""
    said = f"提现单 {row['number']}，{yuan(row['amount'])}{text}{why}"
    return Draft(row["merchant_id"], kind, f"payout:{id}:{state}", title, said[:300], id)


JUDGED = {
    "APPROVE": (K.PRODUCT_APPROVED, "商品审核通过", "已通过审核并上架"),
    "REJECT": (K.PRODUCT_REJECTED, "商品审核未通过", "未通过审核"),
    "FREEZE": (K.PRODUCT_FROZEN, "商品被平台冻结", "已被平台冻结"),
}


async def product_judged(session: AsyncSession, fact: Mapping[str, Any]) -> Draft | None:
    if fact["step"] not in JUDGED:
        return None
    kind, title, text = JUDGED[fact["step"]]
    id = id_of(fact["product_id"])
    chosen = select(Product.merchant_id, Product.title, Product.review_note).where(Product.id == id)
    if (row := await row_of(session, chosen)) is None:
        return None
    why = f"：{row['review_note']}" if row["review_note"] and kind is not K.PRODUCT_APPROVED else ""
    source = f"product:{id}:{fact['version']}"
    return Draft(row["merchant_id"], kind, source, title, f"“{row['title']}”{text}{why}"[:300], id)


CHANGES = {
    ChangeState.APPLIED: (K.CHANGE_APPLIED, "商品修改已生效", "的修改已通过审核并生效"),
    ChangeState.REJECTED: (K.CHANGE_REJECTED, "商品修改被退回", "的修改被退回"),
}


async def change_decided(session: AsyncSession, fact: Mapping[str, Any]) -> Draft | None:
    id = id_of(fact["change_id"])
    chosen = select(ProductChange.merchant_id, ProductChange.state, ProductChange.note, Product.title)
    row = await row_of(
        session, chosen.join(Product, Product.id == ProductChange.product_id).where(ProductChange.id == id)
    )
    if row is None or row["state"] not in CHANGES:
        return None
    kind, title, text = CHANGES[row["state"]]
    why = f"：{row['note']}" if row["note"] else ""
    return Draft(row["merchant_id"], kind, f"change:{id}", title, f"“{row['title']}”{text}{why}"[:300], id)


async def recall_started(session: AsyncSession, fact: Mapping[str, Any]) -> Draft | None:
    id = id_of(fact["recall_id"])
    chosen = select(Lot.merchant_id, Lot.id, Lot.number, Recall.reason).join(Lot, Lot.id == Recall.lot_id)
    if (row := await row_of(session, chosen.where(Recall.id == id))) is None:
        return None
    said = f"批次 {row['number']} 已被召回，停止销售并通知买家退款：{row['reason']}"
    return Draft(row["merchant_id"], K.LOT_RECALLED, f"recall:{id}", "批次被召回", said[:300], row["id"])


ANSWERS = {
    ApplicationState.ACCEPTED: (K.CAMPAIGN_ACCEPTED, "平台活动报名已通过", "的报名已通过，本店商品按约定参加"),
    ApplicationState.DECLINED: (K.CAMPAIGN_DECLINED, "平台活动报名未通过", "的报名未通过"),
    ApplicationState.REMOVED: (K.CAMPAIGN_REMOVED, "已被移出平台活动", "已将本店移出，之前的订单仍按原优惠"),
}


async def application_answered(session: AsyncSession, fact: Mapping[str, Any]) -> Draft | None:
    """What the platform answered, unless the shop has withdrawn since, or was taken out, of which it is told then."""
    id = id_of(fact["application_id"])
    entry = CampaignApplication
    chosen = select(entry.merchant_id, entry.state, entry.reason, entry.campaign_id, Campaign.name)
    row = await row_of(session, chosen.join(Campaign, Campaign.id == entry.campaign_id).where(entry.id == id))
    if row is None or row["state"] != fact["state"] or row["state"] not in ANSWERS:
        return None
    kind, title, text = ANSWERS[row["state"]]
    why = f"：{row['reason']}" if row["reason"] else ""
    said = f"“{row['name']}”{text}{why}"
    return Draft(row["merchant_id"], kind, f"application:{id}:{row['state']}", title, said[:300], row["campaign_id"])


async def pickup_due(session: AsyncSession, fact: Mapping[str, Any]) -> Draft | None:
    """An order that waits at a counter, two days before it is called off."""
    id = id_of(fact["order_id"])
    chosen = select(OrderPickup.merchant_id, OrderPickup.state, OrderPickup.deadline, Order.number, PickupPoint.name)
    chosen = chosen.join(Order, Order.id == OrderPickup.order_id)
    chosen = chosen.join(PickupPoint, PickupPoint.id == OrderPickup.point_id)
    row = await row_of(session, chosen.where(OrderPickup.order_id == id))
    if row is None or row["state"] is not PickupState.WAITING:
        return None
    last = row["deadline"].astimezone(SHANGHAI) - timedelta(days=1)
    said = f"订单 {row['number']} 在「{row['name']}」待自提，{last:%m 月 %d 日}仍未提货将自动取消，建议联系买家"
    return Draft(row["merchant_id"], K.PICKUP_DUE, f"pickup:{id}", "自提订单即将到期", said, id)


async def bill_differs(session: AsyncSession, fact: Mapping[str, Any]) -> Draft | None:
    id = id_of(fact["bill_id"])
    waits = select(func.count()).where(BillDifference.bill_id == id, BillDifference.explained_at.is_(None))
    row = await row_of(session, select(Bill.day, waits.scalar_subquery().label("open")).where(Bill.id == id))
    if row is None or not row["open"]:
        return None
    said = f"{row['day']} 的微信账单有 {row['open']} 条差异，请查明并说明"
    return Draft(None, K.BILL_DIFFERS, f"bill:{id}", "对账有差异", said, id)


async def payment_disputed(session: AsyncSession, fact: Mapping[str, Any]) -> Draft | None:
    id = id_of(fact["payment_id"])
    chosen = select(Trade.number).where(Trade.id == id_of(fact["trade_id"]))
    if (row := await row_of(session, chosen)) is None:
        return None
    said = f"交易 {row['number']} 的付款与应付不符，请人工核实：{fact['reason']}"
    return Draft(None, K.PAYMENT_DISPUTED, f"payment:{id}", "付款待核实", said[:300], id)


async def refund_short(session: AsyncSession, fact: Mapping[str, Any]) -> Draft | None:
    """A shop is told to see to its account, unless the refund was taken in meanwhile."""
    id = id_of(fact["refund_id"])
    chosen = select(Order.merchant_id, Order.number, Refund.amount).join(Order, Order.id == Refund.order_id)
    row = await row_of(session, chosen.where(Refund.id == id, Refund.state == RefundState.REQUESTED))
    if row is None:
        return None
    said = f"订单 {row['number']} 退款 {yuan(row['amount'])}，微信支付账户余额不足，请尽快充值；超过一天由平台处理"
    return Draft(row["merchant_id"], K.REFUND_SHORT, f"refund:{id}", "余额不足，退款受阻", said, id)


async def refund_changed(session: AsyncSession, fact: Mapping[str, Any]) -> Draft | None:
    """One that did not arrive, each time under its number of that time; of an order, or of bought gift cards."""
    if fact["state"] != RefundState.ABNORMAL:
        return None
    id = id_of(fact["refund_id"])
    chosen = select(Refund.number, Refund.amount, Refund.trouble, Refund.state).where(Refund.id == id)
    row = await row_of(session, chosen)
    if row is None or row["state"] is not RefundState.ABNORMAL:
        return None
    said = f"退款 {row['number']}，{yuan(row['amount'])}未能到账，请处理：{row['trouble'] or ''}"
    return Draft(None, K.REFUND_ABNORMAL, f"refund:{row['number']}", "退款异常", said[:300], id)


async def settlement_stuck(session: AsyncSession, fact: Mapping[str, Any]) -> Draft | None:
    """Once for each call that was refused for good, unless a person has seen to it meanwhile."""
    id = id_of(fact["settlement_id"])
    chosen = select(Settlement.order_number, Settlement.state, Settlement.trouble).where(Settlement.id == id)
    row = await row_of(session, chosen)
    if row is None or row["state"] is not SettlementState.STUCK:
        return None
    said = f"订单 {row['order_number']} 的结算被微信支付拒绝，请查明原因后重试：{row['trouble'] or ''}"
    return Draft(None, K.SETTLEMENT_STUCK, f"settlement:{fact['call_id']}", "结算受阻", said[:300], id)


async def piece_copied(session: AsyncSession, fact: Mapping[str, Any]) -> Draft | None:
    id = id_of(fact["alarm_id"])
    chosen = select(Lot.number, Merchant.name, PieceAlarm.scans).join(Lot, Lot.id == PieceAlarm.lot_id)
    chosen = chosen.join(Merchant, Merchant.id == Lot.merchant_id).where(PieceAlarm.id == id)
    if (row := await row_of(session, chosen)) is None:
        return None
    said = f"{row['name']}批次 {row['number']} 的一枚溯源码被查询 {row['scans']} 次，疑似被复制，请核实"
    return Draft(None, K.PIECE_COPIED, f"piece-alarm:{id}", "溯源码疑似被复制", said[:300], id)


#: By the name of the fact.
HEARD: Mapping[str, Composer] = {
    "AfterSaleChanged": case_changed,
    "ApplicationAnswered": application_answered,
    "BillDiffers": bill_differs,
    "ChangeDecided": change_decided,
    "PaymentDisputed": payment_disputed,
    "PayoutEnded": payout_ended,
    "PickupDue": pickup_due,
    "PieceCopied": piece_copied,
    "ProductJudged": product_judged,
    "RecallStarted": recall_started,
    "RefundChanged": refund_changed,
    "RefundShort": refund_short,
    "ReviewChanged": review_changed,
    "SettlementStuck": settlement_stuck,
    "StockLow": stock_low,
}
