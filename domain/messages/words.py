"""What a message says, read when it is sent: nothing where it is not true any more, or too late to be of use."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import Date, Select, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import RowDict, clock
from domain.days import midnight
from domain.delivery import CARRIERS
from domain.messages.port import Words
from models.aftersales import AfterSale
from models.base import Fen
from models.delivery import Shipment
from models.groups import GroupActivity, GroupSeat
from models.notices import NoticeKind
from models.orders import Order, OrderLine, OrderState
from models.payments import Refund, RefundState
from models.pickups import OrderPickup, PickupPoint, PickupState
from models.presales import PresaleBooking
from models.promotions import Coupon, CouponState

K = NoticeKind
# What has happened is news for so long; what ends is told of until it has ended.
NEWS = timedelta(days=3)

Composer: TypeAlias = Callable[[AsyncSession, RowDict], Awaitable[Words | None]]


async def words_of(session: AsyncSession, notice: RowDict) -> Words | None:
    """What is to be said of a notice; None where it is of no use by now."""
    found = await COMPOSERS[notice["kind"]](session, notice)
    return found if found is not None and found.until > clock.now() else None


async def _row(session: AsyncSession, chosen: Select[*tuple[Any, ...]]) -> RowDict | None:
    found = (await session.execute(chosen.limit(1))).mappings().first()
    return None if found is None else dict(found)


def _last(too_late: datetime) -> datetime:
    """The last moment before one that is too late: a day ends at 23:59."""
    return too_late - timedelta(microseconds=1)


def _order(notice: RowDict, *also: Any) -> Select[*tuple[Any, ...]]:
    """The order a notice is about, with its dearest line."""
    chosen = select(Order.number, OrderLine.title.label("goods"), *also)
    chosen = chosen.join(OrderLine, OrderLine.order_id == Order.id).where(Order.id == notice["subject_id"])
    return chosen.order_by(OrderLine.amount.desc(), OrderLine.id)


async def _shipped(session: AsyncSession, notice: RowDict) -> Words | None:
    chosen = _order(notice, Shipment.carrier, Shipment.shipped_at).join(Shipment, Shipment.order_id == Order.id)
    chosen = chosen.where(Order.state == OrderState.SHIPPED).order_by(None)
    row = await _row(session, chosen.order_by(Shipment.shipped_at.desc(), OrderLine.amount.desc(), OrderLine.id))
    if row is None:
        return None
    said = {"number": row["number"], "goods": row["goods"], "time": row["shipped_at"]}
    said["carrier"] = CARRIERS.get(row["carrier"], "快递")
    return Words(said, row["shipped_at"] + NEWS)


async def _pickup(session: AsyncSession, notice: RowDict) -> Words | None:
    """The code opens a door: it stands on the order's page and nowhere else."""
    chosen = _order(notice, PickupPoint.name.label("place"), OrderPickup.deadline)
    chosen = chosen.join(OrderPickup, OrderPickup.order_id == Order.id)
    chosen = chosen.join(PickupPoint, PickupPoint.id == OrderPickup.point_id)
    row = await _row(session, chosen.where(OrderPickup.state == PickupState.WAITING))
    if row is None:
        return None
    said = {"number": row["number"], "goods": row["goods"], "place": row["place"], "until": _last(row["deadline"])}
    return Words(said, row["deadline"])


async def _refund(session: AsyncSession, notice: RowDict) -> Words | None:
    """The refund is named by what happened, `refund:<id>`: an order may have had several."""
    chosen = _order(notice, Refund.amount, Refund.finished_at).join(Refund, Refund.order_id == Order.id)
    chosen = chosen.where(Refund.state == RefundState.SUCCEEDED, Refund.id == notice["source"].partition(":")[2])
    row = await _row(session, chosen)
    if row is None:
        return None
    when = row["finished_at"] or notice["created_at"]
    said = {"number": row["number"], "goods": row["goods"], "amount": Fen(row["amount"]), "time": when}
    return Words(said, when + NEWS)


#: What became of a case, in the five letters there is room for; by the last word of what happened.
RESULTS = {"WAIT_RETURN": "同意退货", "REPLACED": "换货寄出", "REJECTED": "已被拒绝", "CLOSED": "售后关闭"}


async def _case(session: AsyncSession, notice: RowDict) -> Words | None:
    """Only while it is as it was: what came after is told by a notice of its own."""
    state = notice["source"].rpartition(":")[2]
    chosen = select(AfterSale.number, OrderLine.title.label("goods")).join(OrderLine, OrderLine.id == AfterSale.line_id)
    row = await _row(session, chosen.where(AfterSale.id == notice["subject_id"], AfterSale.state == state))
    if row is None or state not in RESULTS:
        return None
    said = {"number": row["number"], "goods": row["goods"], "result": RESULTS[state], "time": notice["created_at"]}
    return Words(said, notice["created_at"] + NEWS)


async def _group(session: AsyncSession, notice: RowDict) -> Words | None:
    chosen = select(GroupActivity.name, Order.number).join(GroupSeat, GroupSeat.activity_id == GroupActivity.id)
    chosen = chosen.join(Order, Order.id == GroupSeat.order_id)
    mine = (GroupSeat.group_id == notice["subject_id"], GroupSeat.member_id == notice["member_id"])
    row = await _row(session, chosen.where(*mine, GroupSeat.paid_at.is_not(None)).order_by(GroupSeat.paid_at.desc()))
    if row is None:
        return None
    well = notice["kind"] is K.GROUP_SUCCEEDED
    note = "人数已满，商家将尽快发货" if well else "人数未满，货款将原路退回"
    said = {"number": row["number"], "goods": row["name"], "result": "拼团成功" if well else "拼团失败", "note": note}
    return Words(said | {"time": notice["created_at"]}, notice["created_at"] + NEWS)


async def _balance(session: AsyncSession, notice: RowDict) -> Words | None:
    chosen = _order(notice, PresaleBooking.balance, Order.expires_at)
    chosen = chosen.join(PresaleBooking, PresaleBooking.order_id == Order.id)
    row = await _row(session, chosen.where(Order.state == OrderState.AWAITING_BALANCE))
    if row is None or row["expires_at"] is None:
        return None
    said = {
        "number": row["number"],
        "goods": row["goods"],
        "amount": Fen(row["balance"]),
        "until": _last(row["expires_at"]),
    }
    return Words(said, row["expires_at"])


async def _coupons(session: AsyncSession, notice: RowDict) -> Words | None:
    """Those that are still there on their last day, which what happened names: `coupons:2026-12-03`."""
    day = date.fromisoformat(notice["source"].partition(":")[2])
    ends = cast(func.timezone("Asia/Shanghai", Coupon.valid_until - timedelta(microseconds=1)), Date)
    mine = (Coupon.member_id == notice["member_id"], Coupon.state == CouponState.HELD, ends == day)
    many = await session.scalar(select(func.count()).select_from(Coupon).where(*mine))
    end = midnight(day + timedelta(days=1))
    if not many:
        return None
    return Words({"goods": f"{many} 张优惠券", "until": _last(end), "note": "请在到期前使用，逾期作废"}, end)


COMPOSERS: Mapping[NoticeKind, Composer] = {
    K.ORDER_SHIPPED: _shipped,
    K.PICKUP_READY: _pickup,
    K.PICKUP_ENDING: _pickup,
    K.REFUND_ARRIVED: _refund,
    K.CASE_ANSWERED: _case,
    K.GROUP_SUCCEEDED: _group,
    K.GROUP_FAILED: _group,
    K.BALANCE_OPEN: _balance,
    K.BALANCE_ENDING: _balance,
    K.COUPONS_ENDING: _coupons,
}
