"""What members are told of a fact: only what is theirs, and once for each thing that happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import SHANGHAI
from domain.notices.drafts import Draft, MemberComposer, row_of, yuan
from models.aftersales import AfterSale, AfterSaleState
from models.base import id_of
from models.groups import GroupActivity, GroupSeat, GroupState, SeatState
from models.notices import NoticeKind
from models.orders import Order, OrderLine, OrderState
from models.payments import Refund, RefundState
from models.pickups import OrderPickup, PickupPoint, PickupState
from models.recalls import Recall, RecalledOrder
from models.reviews import Review, ReviewPart, ReviewState, ReviewWords, WordsState
from models.traces import Lot

K = NoticeKind
PICKUP = (OrderPickup.member_id, OrderPickup.state, OrderPickup.deadline, Order.number, PickupPoint.name)


def last_day(until: datetime) -> str:
    """The last day before a first moment that is too late."""
    return f"{(until - timedelta(microseconds=1)).astimezone(SHANGHAI):%m 月 %d 日}"


async def order_changed(session: AsyncSession, fact: Mapping[str, Any]) -> Sequence[Draft]:
    """It is under way, its code can be shown at the counter, or the rest of its price can be paid."""
    state = OrderState(fact["state"])
    if state is OrderState.AWAITING_SHIPMENT:
        return await _pickup(session, fact, K.PICKUP_READY)
    if state is not OrderState.SHIPPED and state is not OrderState.AWAITING_BALANCE:
        return ()
    id = id_of(fact["order_id"])
    chosen = select(Order.member_id, Order.number, Order.state, Order.expires_at).where(Order.id == id)
    row = await row_of(session, chosen)
    # What it is by now is told of by a fact of its own.
    if row is None or row["state"] is not state:
        return ()
    if state is OrderState.SHIPPED:
        said = f"订单 {row['number']} 已发货，收到后请当面查验"
        return (Draft(None, K.ORDER_SHIPPED, f"order:{id}:{state}", "商家已发货", said, id, row["member_id"]),)
    said = f"订单 {row['number']} 可以支付尾款了，请在 {last_day(row['expires_at'])}前支付"
    return (Draft(None, K.BALANCE_OPEN, f"order:{id}:{state}", "预售尾款可以支付", said, id, row["member_id"]),)


async def pickup_due(session: AsyncSession, fact: Mapping[str, Any]) -> Sequence[Draft]:
    return await _pickup(session, fact, K.PICKUP_ENDING)


async def _pickup(session: AsyncSession, fact: Mapping[str, Any], kind: NoticeKind) -> Sequence[Draft]:
    """Of an order that waits at a counter; the code itself is nowhere but on the order's page."""
    id = id_of(fact["order_id"])
    chosen = select(*PICKUP).join(Order, Order.id == OrderPickup.order_id)
    chosen = chosen.join(PickupPoint, PickupPoint.id == OrderPickup.point_id)
    row = await row_of(session, chosen.where(OrderPickup.order_id == id))
    if row is None or row["state"] is not PickupState.WAITING:
        return ()
    title, then = "自提码已生成", "出示自提码提货"
    if kind is K.PICKUP_ENDING:
        title, then = "自提即将到期", "提货，逾期订单将自动取消并退款"
    said = f"订单 {row['number']} 请于 {last_day(row['deadline'])}前到「{row['name']}」{then}"
    return (Draft(None, kind, f"pickup:{id}:{kind}", title, said, id, row["member_id"]),)


CASES = {
    AfterSaleState.WAIT_RETURN: ("商家同意退货", "请在期限内寄回商品并填写运单号"),
    AfterSaleState.REPLACED: ("换货已寄出", "商家已寄出换货商品"),
    AfterSaleState.REJECTED: ("售后申请被拒绝", "商家拒绝了申请，如有异议可申请平台介入"),
    AfterSaleState.CLOSED: ("售后已关闭", "本次售后已结束，可查看处理说明"),
}


async def case_changed(session: AsyncSession, fact: Mapping[str, Any]) -> Sequence[Draft]:
    """The first that is heard of each answer; that money is granted is told when it has arrived."""
    state = AfterSaleState(fact["state"])
    if state not in CASES:
        return ()
    title, text = CASES[state]
    id = id_of(fact["after_sale_id"])
    chosen = select(AfterSale.member_id, Order.number, OrderLine.title).join(Order, Order.id == AfterSale.order_id)
    chosen = chosen.join(OrderLine, OrderLine.id == AfterSale.line_id).where(AfterSale.id == id)
    if (row := await row_of(session, chosen)) is None:
        return ()
    said = f"订单 {row['number']}“{row['title']}”：{text}"
    return (Draft(None, K.CASE_ANSWERED, f"case:{id}:{state}", title, said[:300], id, row["member_id"]),)


async def refund_changed(session: AsyncSession, fact: Mapping[str, Any]) -> Sequence[Draft]:
    """Money of an order that has arrived."""
    if fact["state"] != RefundState.SUCCEEDED:
        return ()
    id = id_of(fact["refund_id"])
    chosen = select(Order.member_id, Order.id, Order.number, Refund.amount).join(Order, Order.id == Refund.order_id)
    row = await row_of(session, chosen.where(Refund.id == id, Refund.state == RefundState.SUCCEEDED))
    if row is None:
        return ()
    said = f"订单 {row['number']} 的退款 {yuan(row['amount'])}已退回原支付账户"
    return (Draft(None, K.REFUND_ARRIVED, f"refund:{id}", "退款已到账", said, row["id"], row["member_id"]),)


GROUPS = {
    GroupState.SUCCESS: (K.GROUP_SUCCEEDED, "拼团成功", "人数已满，商家将尽快发货"),
    GroupState.FAILED: (K.GROUP_FAILED, "拼团未成功", "人数未满，已付款项将原路退回"),
}


async def group_changed(session: AsyncSession, fact: Mapping[str, Any]) -> Sequence[Draft]:
    """How it ended, to everybody who had paid."""
    state = GroupState(fact["state"])
    if state not in GROUPS:
        return ()
    kind, title, text = GROUPS[state]
    id = id_of(fact["group_id"])
    paid = (GroupSeat.state == SeatState.PAID) | (GroupSeat.state == SeatState.REFUNDED)
    chosen = select(GroupSeat.member_id, GroupActivity.name).distinct()
    chosen = chosen.join(GroupActivity, GroupActivity.id == GroupSeat.activity_id)
    rows = (await session.execute(chosen.where(GroupSeat.group_id == id, paid))).all()
    return [Draft(None, kind, f"group:{id}:{state}", title, f"“{name}”{text}", id, member) for member, name in rows]


async def recall_started(session: AsyncSession, fact: Mapping[str, Any]) -> Sequence[Draft]:
    """Whoever got some of the lot, once for each of his orders."""
    id = id_of(fact["recall_id"])
    chosen = select(RecalledOrder.member_id, RecalledOrder.order_id, Order.number, Lot.product_name, Recall.reason)
    chosen = chosen.add_columns(Lot.number.label("lot")).join(Recall, Recall.id == RecalledOrder.recall_id)
    chosen = chosen.join(Lot, Lot.id == Recall.lot_id).join(Order, Order.id == RecalledOrder.order_id)
    rows = (await session.execute(chosen.where(RecalledOrder.recall_id == id))).mappings()
    return [_recalled(dict(row), f"recall:{id}:{row['order_id']}") for row in rows]


def _recalled(row: Mapping[str, Any], source: str) -> Draft:
    what = f"订单 {row['number']} 中「{row['product_name']}」批次 {row['lot']} 已被召回"
    said = f"{what}：{row['reason'][:120]}。请停止使用或食用，货款将原路退回"
    return Draft(None, K.GOODS_RECALLED, source, "商品召回通知", said[:300], row["order_id"], row["member_id"])


async def review_changed(session: AsyncSession, fact: Mapping[str, Any]) -> Sequence[Draft]:
    """The shop has answered a review that is shown; said anew, it was told already."""
    id = id_of(fact["review_id"])
    chosen = select(Review.member_id, OrderLine.title).join(OrderLine, OrderLine.id == Review.line_id)
    chosen = chosen.join(ReviewWords, ReviewWords.review_id == Review.id)
    replied = (ReviewWords.part == ReviewPart.REPLY, ReviewWords.state == WordsState.PUBLISHED)
    chosen = chosen.where(Review.id == id, Review.state == ReviewState.PUBLISHED, *replied).limit(1)
    if (row := await row_of(session, chosen)) is None:
        return ()
    said = f"商家回复了您对“{row['title']}”的评价"
    return (Draft(None, K.REVIEW_REPLIED, f"review:{id}:REPLY", "商家回复了评价", said[:300], id, row["member_id"]),)


#: By the name of the fact.
TOLD: Mapping[str, MemberComposer] = {
    "AfterSaleChanged": case_changed,
    "GroupChanged": group_changed,
    "OrderChanged": order_changed,
    "PickupDue": pickup_due,
    "RecallStarted": recall_started,
    "RefundChanged": refund_changed,
    "ReviewChanged": review_changed,
}
