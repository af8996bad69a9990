"""Cases by themselves: what happens when nobody acts in time, when money has arrived, and when an order may end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain import orders, payments
from domain.aftersales.addresses import NoReturnAddress
from domain.aftersales.deciding import agree_to, received
from domain.aftersales.granting import grant
from domain.aftersales.states import OPEN, WARN_AFTER, AfterSaleEvent
from domain.aftersales.taking import Opened, open_case, say, set_timer, step, told, unclaim
from domain.base import SYSTEM, UnitOfWork, clock
from domain.orders.receiving import LATE
from domain.orders.taking import lock, trade_of
from models.aftersales import AfterSale, AfterSaleRefusal, AfterSaleState
from models.orders import Order, OrderState
from models.payments import RefundState

S, E = AfterSaleState, AfterSaleEvent
CAUSE = "after-sale:"


async def tick(uow: UnitOfWork, id: UUID) -> None:
    """Does what the time of a case's state demands, if it has come. Safe to repeat and at any time."""
    opened = await open_case(uow, SYSTEM, id)
    case, now = opened.case, clock.now()
    if case["deadline_at"] is None:
        return
    if now < case["deadline_at"]:
        await _remind(uow, opened, now)
        return
    await _due(uow, opened)
    told(uow, opened.order)


async def _remind(uow: UnitOfWork, opened: Opened, now: datetime) -> None:
    """Before the time is over: reminds a merchant who has the goods, and asks to be called again."""
    case = opened.case
    if case["state"] is S.RECEIVED and case["warned_at"] is None and now >= case["returned_at"] + WARN_AFTER:
        await uow.session.execute(update(AfterSale).where(AfterSale.id == case["id"]).values(warned_at=now))
        await say(uow, case, SYSTEM, "退回的商品已签收满 5 天，请商家尽快退款；满 7 天系统将自动退款")
    elif case["state"] is S.RECEIVED and case["warned_at"] is None:
        set_timer(uow, case, after=case["returned_at"] + WARN_AFTER - now)
        return
    set_timer(uow, case)


async def _due(uow: UnitOfWork, opened: Opened) -> None:
    case = opened.case
    if case["state"] is S.APPLIED:
        await _agree(uow, opened)
    elif case["state"] is S.WAIT_RETURN:
        await unclaim(uow, await step(uow, case, E.EXPIRE, SYSTEM, "买家 7 天内没有寄回商品，售后关闭"))
    elif case["state"] is S.RETURN_SHIPPED:
        await received(uow, opened, SYSTEM, "商家 10 天内没有确认，视为已收到退回的商品")
    elif case["state"] is S.RECEIVED:
        # Who has looked at the goods says whether they can be sold again; time cannot.
        await grant(uow, opened, SYSTEM, "商品退回满 7 天，系统自动退款", restock=False)
    elif case["state"] is S.REPLACED:
        await unclaim(uow, await step(uow, case, E.CONFIRM, SYSTEM, "换货寄出满 10 天，视为买家已收到"))
    elif case["state"] is S.REJECTED:
        await unclaim(uow, await step(uow, case, E.EXPIRE, SYSTEM, "买家 7 天内没有申请平台介入，售后关闭"))


async def _agree(uow: UnitOfWork, opened: Opened) -> None:
    """The merchant said nothing for 48 hours: that is a yes, unless it cannot be done."""
    case, line = opened.case, opened.line
    left = line["quantity"] - line["shipped_quantity"] - line["withdrawn_quantity"]
    if case["before_shipping"] and left < case["quantity"]:
        text = "商品在申请后已经发出，不能再按未发货退款；收到后可申请退货，或申请平台介入"
        await step(uow, case, E.REJECT, SYSTEM, text, refused_for=AfterSaleRefusal.ALREADY_SHIPPED)
        return
    try:
        await agree_to(uow, opened, SYSTEM, "商家 48 小时未处理，系统自动", restock=bool(case["before_shipping"]))
    except NoReturnAddress:
        await step(uow, case, E.ESCALATE, SYSTEM, "商家 48 小时未处理，且没有退货地址，转平台处理")


async def overdue(session: AsyncSession, *, most: int = 100) -> Sequence[UUID]:
    """Cases that should have gone on by themselves a minute ago: their job was lost."""
    chosen = select(AfterSale.id).where(AfterSale.deadline_at <= clock.now() - timedelta(minutes=1))
    return (await session.scalars(chosen.order_by(AfterSale.deadline_at).limit(most))).all()


# ------------------------------------------------------------------------------------------------ money
async def refund_heard(uow: UnitOfWork, refund_id: UUID) -> None:
    """Ends the case whose refund has arrived; says so where it got stuck. Safe to repeat and in any order."""
    wanted = frozenset({"cause", "state", "order_id"})
    refund = (await payments.refunds_by_id(uow.session, [refund_id], wanted)).get(refund_id)
    if refund is None or not refund["cause"].startswith(CAUSE):
        return
    opened = await open_case(uow, SYSTEM, UUID(refund["cause"].removeprefix(CAUSE)))
    # What was paid in two payments goes back in two refunds: the case ends with the last of them.
    own = (await payments.refunds_by_order(uow.session, [refund["order_id"]], wanted)).get(refund["order_id"], ())
    if any(each["cause"] == refund["cause"] and each["state"] is not RefundState.SUCCEEDED for each in own):
        return
    if opened.case["state"] is S.REFUNDING and refund["state"] is RefundState.SUCCEEDED:
        await step(uow, opened.case, E.PAID, SYSTEM, "退款已到账，售后完成")
        told(uow, opened.order)


# ------------------------------------------------------------------------------------------------ the order's end
async def complete_order(uow: UnitOfWork, order_id: UUID) -> None:
    """Ends a received order after its time, but not while a case of it is open. Safe to repeat."""
    await lock(uow, await trade_of(uow.session, order_id))
    mine = select(AfterSale.id).where(AfterSale.order_id == order_id, AfterSale.state.in_(OPEN)).limit(1)
    if await uow.session.scalar(mine) is None:
        await orders.complete(uow, order_id)


async def overdue_completions(session: AsyncSession, *, most: int = 100) -> Sequence[UUID]:
    """Received orders whose time is over and of which no case is open."""
    due = Order.complete_at <= clock.now() - LATE
    busy = exists().where(AfterSale.order_id == Order.id, AfterSale.state.in_(OPEN))
    chosen = select(Order.id).where(Order.state == OrderState.RECEIVED, due, ~busy)
    return (await session.scalars(chosen.order_by(Order.complete_at).limit(most))).all()
