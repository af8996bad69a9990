"""What merchants do with the cases of their shop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from domain import audit, delivery, orders, pickups
from domain.aftersales.addresses import sealed_for
from domain.aftersales.granting import crossed, grant
from domain.aftersales.reading import after_sales_by_order
from domain.aftersales.rules import REFUSAL_NAMES
from domain.aftersales.states import RETURNED_FIRST, AfterSaleEvent
from domain.aftersales.taking import Opened, open_case, said, say, step, told, unclaim
from domain.base import SYSTEM, Invalid, NotFound, RowDict, UnitOfWork, Viewer, ViewerKind, WrongState, clock
from domain.orders.taking import lock, trade_of
from models.aftersales import AfterSaleKind, AfterSaleRefusal, AfterSaleState
from models.orders import CloseReason
from models.pickups import PickupState

# Refusals by whether the goods are with the merchant again.
AT_FIRST = frozenset(AfterSaleRefusal) - {AfterSaleRefusal.RETURN_INCOMPLETE}
OVERTAKEN = (AfterSaleState.APPLIED, AfterSaleState.REJECTED, AfterSaleState.ESCALATED)


async def _ours(uow: UnitOfWork, viewer: Viewer, id: UUID) -> Opened:
    opened = await open_case(uow, viewer, id)
    if viewer.kind is not ViewerKind.MERCHANT:
        raise NotFound("售后单不存在")
    return opened


async def _noted(uow: UnitOfWork, viewer: Viewer, opened: Opened, action: str, **detail: object) -> None:
    detail |= {"number": opened.case["number"]}
    await audit.record(uow, viewer, f"after_sale.{action}", "after_sale", opened.case["id"], detail)
    told(uow, opened.order)


async def agree(uow: UnitOfWork, viewer: Viewer, id: UUID, *, restock: bool = False) -> None:
    """Agrees: to the money, or, where goods come back first, to take them back.

    `restock`: units that were never shipped can be sold again. WrongState without a return address where one is needed.
    """
    opened = await _ours(uow, viewer, id)
    if opened.case["returned_at"] is not None:
        raise WrongState("商品已经退回，请验收后退款")
    await agree_to(uow, opened, viewer, "商家", restock=restock)
    await _noted(uow, viewer, opened, "agree", restock=restock)


async def agree_to(uow: UnitOfWork, opened: Opened, viewer: Viewer, who: str, *, restock: bool) -> None:
    """As `agree`, whoever does it."""
    if opened.case["kind"] in RETURNED_FIRST:
        await take_back(uow, opened, viewer, f"{who}同意，请买家寄回商品并填写运单号")
    else:
        await grant(uow, opened, viewer, f"{who}同意退款", restock=restock if opened.case["before_shipping"] else None)


async def take_back(uow: UnitOfWork, opened: Opened, viewer: Viewer, text: str) -> RowDict:
    """The goods are to be sent to the merchant's return address. WrongState without one, or when they came already."""
    if opened.case["returned_at"] is not None:
        raise WrongState("商品已经退回商家")
    sealed = await sealed_for(uow.session, opened.case)
    to: dict[str, Any] = {"return_to_sealed": sealed, "agreed_at": clock.now(), "refused_for": None}
    return await step(uow, opened.case, AfterSaleEvent.AGREE_RETURN, viewer, text, **to)


async def reject(
    uow: UnitOfWork, viewer: Viewer, id: UUID, refusal: AfterSaleRefusal, text: str, pictures: Sequence[str]
) -> None:
    """Refuses a claim for one of the reasons there are; the buyer may then ask the platform."""
    opened = await _ours(uow, viewer, id)
    if refusal not in AT_FIRST:
        raise Invalid("商品尚未退回，不能以此为由拒绝", field="refusal")
    if refusal is AfterSaleRefusal.ALREADY_SHIPPED and not crossed(opened):
        raise Invalid("商品还没有发出，不能以此为由拒绝", field="refusal")
    sentence = f"商家拒绝：{REFUSAL_NAMES[refusal]}。{said(text, least=2)}"
    await step(uow, opened.case, AfterSaleEvent.REJECT, viewer, sentence, pictures, refused_for=refusal)
    await _noted(uow, viewer, opened, "reject", refusal=refusal.value)


async def receive(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """The goods are back with the merchant, who now has seven days for the money or the replacement."""
    opened = await _ours(uow, viewer, id)
    await received(uow, opened, viewer, "商家已收到退回的商品")
    await _noted(uow, viewer, opened, "receive")


async def received(uow: UnitOfWork, opened: Opened, viewer: Viewer, text: str) -> RowDict:
    return await step(uow, opened.case, AfterSaleEvent.RECEIVE, viewer, text, returned_at=clock.now())


async def refund_return(uow: UnitOfWork, viewer: Viewer, id: UUID, *, restock: bool) -> None:
    """Gives the money back for goods that came back; `restock`: they can be sold again."""
    opened = await _ours(uow, viewer, id)
    if opened.case["returned_at"] is None:
        raise WrongState("收到退回的商品后才能退款")
    await grant(uow, opened, viewer, "商家已验收并退款", restock=restock)
    await _noted(uow, viewer, opened, "refund", restock=restock)


async def contest(
    uow: UnitOfWork, viewer: Viewer, id: UUID, refusal: AfterSaleRefusal, text: str, pictures: Sequence[str]
) -> None:
    """What came back is not what it should be: since the merchant has the goods and the money, the platform decides."""
    opened = await _ours(uow, viewer, id)
    if opened.case["state"] is not AfterSaleState.RECEIVED:
        raise WrongState("收到退回的商品后才能提出异议")
    if not pictures:
        raise Invalid("请上传退回商品的照片", field="pictures")
    sentence = f"商家对退回的商品有异议：{REFUSAL_NAMES[refusal]}。{said(text, least=2)}"
    await step(uow, opened.case, AfterSaleEvent.ESCALATE, viewer, sentence, pictures, refused_for=refusal)
    await _noted(uow, viewer, opened, "contest", refusal=refusal.value)


async def ship_replacement(uow: UnitOfWork, viewer: Viewer, id: UUID, carrier: str, tracking_number: str) -> None:
    """Sends what the buyer gets in exchange. It is not taken from the counted stock: adjust that by hand."""
    opened = await _ours(uow, viewer, id)
    if opened.case["kind"] is not AfterSaleKind.EXCHANGE:
        raise WrongState("只有换货需要寄出商品")
    carrier, number = delivery.check_parcel(carrier, tracking_number)
    text = f"商家已寄出换货：{delivery.CARRIERS[carrier]} {number}"
    to = {"replacement_carrier": carrier, "replacement_number": number}
    await step(uow, opened.case, AfterSaleEvent.REPLACE, viewer, text, **to)
    await _noted(uow, viewer, opened, "replace", carrier=carrier, parcel=number)


# ------------------------------------------------------------------------------------------------ all sides
async def speak(uow: UnitOfWork, viewer: Viewer, id: UUID, text: str, pictures: Sequence[str]) -> None:
    """Says something in a case that is open, with or without pictures: its buyer, its merchant or the platform."""
    opened = await open_case(uow, viewer, id)
    if opened.case["finished_at"] is not None:
        raise WrongState("售后已结束，不能再留言")
    await say(uow, opened.case, viewer, said(text, least=0 if pictures else 1, label="留言"), pictures)


async def refund_order(uow: UnitOfWork, viewer: Viewer, order_id: UUID, reason: str, *, restock: bool) -> None:
    """Calls off a whole order before anything of it is shipped, with the cases that stand on it."""
    await orders.access(uow.session, viewer, order_id, frozenset({"id"}))
    await lock(uow, await trade_of(uow.session, order_id))
    await orders.refund_unshipped(uow, viewer, order_id, reason, restock=restock)
    await _overtake(uow, viewer, order_id, "订单已整单退款，售后关闭")


async def cancel_pickup(uow: UnitOfWork, viewer: Viewer, order_id: UUID) -> None:
    """The buyer will not pick the order up, whatever cases stand on it. WrongState once it was handed over."""
    await orders.access(uow.session, viewer, order_id, frozenset({"id"}))
    await lock(uow, await trade_of(uow.session, order_id))
    await orders.refund_uncollected(uow, viewer, order_id, CloseReason.BUYER_CANCELLED, "买家取消自提")
    await _overtake(uow, viewer, order_id, "订单已取消，售后关闭")


async def expire_pickup(uow: UnitOfWork, order_id: UUID) -> None:
    """Ends an order for which nobody came in time: what was paid goes back. Safe to repeat."""
    await lock(uow, await trade_of(uow.session, order_id))
    waits = await pickups.of_order(uow.session, order_id)
    if waits["state"] is not PickupState.WAITING or waits["deadline"] > clock.now():
        return
    await orders.refund_uncollected(uow, SYSTEM, order_id, CloseReason.PICKUP_MISSED, "逾期未提货")
    await _overtake(uow, SYSTEM, order_id, "订单逾期未提货，已退款，售后关闭")


async def _overtake(uow: UnitOfWork, viewer: Viewer, order_id: UUID, sentence: str) -> None:
    """The order is over: so are the cases on it that nobody has decided."""
    wanted = frozenset({"id", "state", "quantity", "line_id", "order_id"})
    for case in (await after_sales_by_order(uow.session, [order_id], wanted)).get(order_id, []):
        if case["state"] in OVERTAKEN:
            await unclaim(uow, await step(uow, case, AfterSaleEvent.OVERTAKE, viewer, sentence))
