"""After-sale cases, an abnormal refund and a disputed payment for the world; written past the rules, as copies are."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import insert

from domain.aftersales import save_address
from domain.base import Database, UnitOfWork, clock
from models.aftersales import (
    AfterSale,
    AfterSaleKind,
    AfterSaleMessage,
    AfterSaleReason,
    AfterSaleState,
    MessagePicture,
)
from models.audit import ActorKind
from models.base import new_id
from models.orders import OrderLine
from models.payments import Payment, PaymentPart, PaymentState, Refund, RefundState
from tests.factories import merchants
from tests.factories import orders as market

OPEN = (AfterSaleState.APPLIED, AfterSaleState.ESCALATED)


async def claimed(database: Database, order_id: UUID, shop: UUID) -> tuple[UUID, UUID]:
    """One of each; answers the case that waits for the shop, and its line: of another order, so that units are left."""
    order = await market.row(database, market.Order, order_id)
    lines = await market.rows(database, OrderLine)
    line = next(each for each in lines if each["order_id"] != order_id)
    cases = [case_of(order, line["id"], state, f"A{state.value}") for state in OPEN]
    async with database.begin() as uow:
        where = {"region_code": merchants.ZHAOYANG, "detail": "洒渔镇仓库 3 号"}
        await save_address(uow, merchants.shopkeeper(shop), name="赵师傅", phone="13987000001", **where)
        await uow.session.execute(insert(AfterSale), cases)
        for case in cases:
            await _said(uow, case["id"], 1)
        await _trouble(uow, order, 1)
    first: UUID = cases[0]["id"]
    return first, line["id"]


async def more(uow: UnitOfWork, order: dict[str, Any], case_id: UUID, line_id: UUID, many: int) -> None:
    """So many more of each, and of what was said in the first case."""
    cases = [case_of(order, line_id, state, f"A{state.value[:3]}{n}") for n in range(many) for state in OPEN]
    await uow.session.execute(insert(AfterSale), cases)
    for case in cases:
        await _said(uow, case["id"], 1)
    await _said(uow, case_id, many)
    await _trouble(uow, order, many)


def case_of(order: dict[str, Any], line_id: UUID, state: AfterSaleState, number: str) -> dict[str, Any]:
    about = {"order_id": order["id"], "member_id": order["member_id"], "merchant_id": order["merchant_id"]}
    money = {"quantity": 1, "worth": 100, "amount": 100, "freight": 0, "dear_units": 0, "before_shipping": False}
    kind = {"kind": AfterSaleKind.REFUND_ONLY, "reason": AfterSaleReason.QUALITY, "state": state}
    made = {"id": new_id(), "number": number, "request_key": number, "line_id": line_id, "created_at": clock.now()}
    return {**about, **money, **kind, **made, "version": 1}


async def _said(uow: UnitOfWork, case_id: UUID, many: int) -> None:
    said = {"after_sale_id": case_id, "state": AfterSaleState.APPLIED, "actor_kind": ActorKind.MEMBER}
    rows = [{**said, "id": new_id(), "text": "果子发霉", "created_at": clock.now()} for _ in range(many)]
    await uow.session.execute(insert(AfterSaleMessage), rows)
    shown = [{"message_id": row["id"], "position": 0, "key": "ab" * 32, "width": 8, "height": 6} for row in rows]
    await uow.session.execute(insert(MessagePicture), shown)


async def _trouble(uow: UnitOfWork, order: dict[str, Any], many: int) -> None:
    for _ in range(many):
        payment, part, number = new_id(), new_id(), new_id().hex[8:]
        row = {"id": payment, "trade_id": new_id(), "attempt": 1, "number": f"D{number}", "amount": 100, "openid": "o"}
        row |= {"state": PaymentState.DISPUTED, "paid_at": clock.now(), "expires_at": clock.now(), "checks": 0}
        await uow.session.execute(insert(Payment).values(row))
        piece = {"id": part, "payment_id": payment, "order_id": new_id(), "number": f"E{number}", "amount": 100}
        await uow.session.execute(insert(PaymentPart).values(piece | {"sub_mchid": "1900000001", "description": "果"}))
        back = {"part_id": part, "order_id": order["id"], "number": f"F{number}", "cause": "double", "amount": 1}
        await uow.session.execute(insert(Refund).values(back | {"reason": "退款", "state": RefundState.ABNORMAL}))
