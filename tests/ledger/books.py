"""Looking into the ledger, and orders brought through their lives."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import insert, select, text, update

from domain import ledger, orders
from domain.base import Database, UnitOfWork, clock
from domain.ledger import Trace
from domain.orders import auditing, bookkeeping
from domain.orders.auditing import Difference
from models.base import new_id
from models.ledger import AccountKind
from models.merchants import Merchant
from models.orders import Order, OrderLine, OrderState
from models.payments import Payment, PaymentPart, PaymentState, Refund, RefundState
from tests.factories import orders as market
from tests.factories.orders import Shop
from tests.orders.gateway import FakeGateway

EVERYTHING = frozenset({"order_id", "transaction_id", "kind", "memo", "at", "position", "account", "amount"})


async def sums(database: Database, order_id: UUID) -> dict[AccountKind, int]:
    async with database.read() as session:
        found = (await ledger.sums_by_order(session, [order_id])).get(order_id, {})
    return {kind: total for kind, total in found.items() if total}


async def trace(database: Database, order_id: UUID, *, divided: bool = True) -> Trace:
    async with database.read() as session:
        found = await ledger.entries_by_order(session, [order_id], EVERYTHING)
    return ledger.trace(found.get(order_id, ()), divided=divided)


async def differences(database: Database) -> list[Difference]:
    async with database.read() as session:
        return list(await auditing.differences(session))


async def forget_all(database: Database) -> None:
    """As before there was a ledger: only a superuser who turns triggers off can do this."""
    async with database.begin() as uow:
        await uow.session.execute(text("set local session_replication_role = replica"))
        for table in ("ledger_entries", "ledger_transactions", "ledger_accounts", "commissions"):
            await uow.session.execute(text(f"delete from {table}"))


# ------------------------------------------------------------------------------------------------ lives
async def bought(database: Database, gateway: FakeGateway, shop: Shop, quantity: int = 2) -> UUID:
    """A paid order."""
    trade_id = await market.paid(database, gateway, await market.buyer(database), {shop.sku: quantity})
    order = await market.order_of(database, trade_id)
    assert isinstance(order["id"], UUID)
    return order["id"]


async def with_rate(database: Database, shop: Shop, rate: int) -> None:
    async with database.begin() as uow:
        await uow.session.execute(update(Merchant).where(Merchant.id == shop.merchant_id).values(commission_rate=rate))


async def complete(database: Database, order_id: UUID) -> None:
    """Time passes for a paid order until it is completed."""
    now = clock.now()
    done = {"state": OrderState.COMPLETED, "shipped_at": now, "received_at": now, "completed_at": now}
    async with database.begin() as uow:
        await uow.session.execute(update(Order).where(Order.id == order_id).values(done))
        await bookkeeping.completed(uow, [order_id])


async def ask_back(
    database: Database, order_id: UUID, amount: int, quantity: int = 0, *, announced: bool = True
) -> UUID:
    """A refund of `amount` fen of the order's first line is asked for, with so many units."""
    id, line = new_id(), OrderLine.__table__.c
    async with database.begin() as uow:
        part = await _part(uow, order_id)
        row = {"id": id, "part_id": part.id, "order_id": order_id, "number": f"{part.number}R{id.hex[-12:]}"}
        about = {"cause": f"test:{id.hex[-20:]}", "reason": "坏果包赔", "amount": amount, "created_at": clock.now()}
        await uow.session.execute(insert(Refund).values(**row, **about))
        first = select(line.id).where(line.order_id == order_id).order_by(line.id).limit(1).scalar_subquery()
        counted = {
            "refunded_amount": line.refunded_amount + amount,
            "refunded_quantity": line.refunded_quantity + quantity,
        }
        await uow.session.execute(update(OrderLine).where(line.id == first).values(counted))
        if announced:
            await bookkeeping.refund_asked(uow, order_id, id, clock.now())
    return id


async def _part(uow: UnitOfWork, order_id: UUID) -> PaymentPart:
    chosen = select(PaymentPart).join(Payment, Payment.id == PaymentPart.payment_id)
    chosen = chosen.where(PaymentPart.order_id == order_id, Payment.state == PaymentState.PAID)
    return (await uow.session.scalars(chosen.order_by(PaymentPart.id).limit(1))).one()


async def arrive(database: Database, refund_id: UUID) -> None:
    """A refund reaches the buyer."""
    async with database.begin() as uow:
        done = {"state": RefundState.SUCCEEDED, "finished_at": clock.now()}
        await uow.session.execute(update(Refund).where(Refund.id == refund_id).values(done))
        await bookkeeping.refunded(uow, [refund_id])


async def call_off(database: Database, gateway: FakeGateway, shop: Shop, order_id: UUID) -> None:
    """The shop calls a paid order off, and all of it reaches the buyer."""
    async with database.begin() as uow:
        await orders.refund_unshipped(uow, shop.keeper, order_id, "果园受灾，无法发货", restock=True)
    await refunds_arrive(database, gateway, order_id)


async def refunds_arrive(database: Database, gateway: FakeGateway, order_id: UUID) -> None:
    for refund in await market.rows(database, Refund, order_id=order_id):
        await orders.submit_refund(database, gateway, refund["id"])
        async with database.begin() as uow:
            await orders.record_refund(uow, gateway.finish_refund(refund["number"]))
