"""A settlement for every order that came to its end with something left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import String, cast, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import RowDict, UnitOfWork, WrongState, clock
from domain.orders.returning import paid_parts
from domain.orders.taking import lock, trade_of
from domain.payments import Part
from domain.settlement.calls import begin_soon
from domain.settlement.figures import NOTHING, Figures, figures_of
from models.base import new_id
from models.ledger import LedgerTransaction, TransactionKind
from models.orders import Order
from models.payments import PaymentPart
from models.settlement import Settlement, SettlementState


async def open_settlement(uow: UnitOfWork, order_id: UUID) -> UUID | None:
    """Opens the settlement of an order that the ledger has settled, once. None for one without, or known already."""
    settled = select(LedgerTransaction.at).where(
        LedgerTransaction.kind == TransactionKind.SETTLEMENT, LedgerTransaction.ref == str(order_id)
    )
    at = await uow.session.scalar(settled)
    if at is None:
        return None
    locked = await lock(uow, await trade_of(uow.session, order_id))
    order = next(each for each in locked.orders if each["id"] == order_id)
    try:
        part, *earlier = await paid_parts(uow, locked, order_id)
    except WrongState:
        return None
    id = await _add(uow, order, part, at, await figures_of(uow.session, order_id))
    for other in earlier:
        await _add(uow, order, other, at, NOTHING, release=True)
    return id


async def _add(
    uow: UnitOfWork, order: RowDict, part: Part, at: datetime, figures: Figures, *, release: bool = False
) -> UUID | None:
    """`release`: of an earlier payment, which is only set free; whose it is, the other one says."""
    if part.transaction_id is None:
        return None
    row = {
        "id": new_id(),
        "release": release,
        "order_id": order["id"],
        "order_number": order["number"],
        "merchant_id": order["merchant_id"],
        "part_id": part.id,
        "part_number": part.number,
        "sub_mchid": part.sub_mchid,
        "transaction_id": part.transaction_id,
        "state": SettlementState.WAITING,
        "settled_at": at,
        "next_at": clock.now(),
        **figures.columns,
    }
    new = insert(Settlement).values(row).on_conflict_do_nothing().returning(Settlement.id)
    id = await uow.session.scalar(new)
    if id is not None:
        begin_soon(uow, id)
    return id


async def unopened(session: AsyncSession, *, most: int = 500) -> Sequence[UUID]:
    """Orders that the ledger has settled and that have no settlement: their event was lost, or is of before."""
    known = exists().where(cast(Settlement.order_id, String) == LedgerTransaction.ref)
    # What gift cards paid whole has nothing to share out.
    money = exists().where(PaymentPart.order_id == Order.id, PaymentPart.transaction_id.is_not(None))
    chosen = (
        select(Order.id)
        .join(LedgerTransaction, LedgerTransaction.ref == cast(Order.id, String))
        .where(LedgerTransaction.kind == TransactionKind.SETTLEMENT, ~known, money)
    )
    return (await session.scalars(chosen.limit(most))).all()
