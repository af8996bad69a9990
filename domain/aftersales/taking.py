"""Opening a case with its locks, taking a step with it, and writing down what was said.

Locks are those of orders (`domain/orders/taking.py`), then the case: so a case never waits for its own order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from domain import payments
from domain.aftersales.evidence import attach
from domain.aftersales.reading import sees
from domain.aftersales.states import AFTER_SALE_STEPS, ENDED, REFUSALS, TIMES, AfterSaleEvent
from domain.base import Event, Job, NotFound, RowDict, UnitOfWork, Viewer, clean_text, clock
from domain.orders.events import OrderChanged
from domain.orders.taking import Locked, lock, tell, trade_of
from models.aftersales import AfterSale, AfterSaleMessage, AfterSaleState, LineClaim
from models.base import new_id
from models.orders import Order, OrderLine

CASE = AfterSale.__table__.c
MISSING = "售后单不存在"
MOST_SAID = 500


@dataclass(frozen=True)
class AfterSaleChanged(Event):
    """A case was applied for, took a step, or somebody said something in it."""

    after_sale_id: UUID
    order_id: UUID
    member_id: UUID
    merchant_id: UUID
    state: AfterSaleState


@dataclass(frozen=True)
class Opened:
    """A case with its order and line, all locked until the transaction ends."""

    case: RowDict
    order: RowDict
    line: RowDict
    locked: Locked

    @property
    def units(self) -> int:
        """How many units the case is about."""
        return int(self.case["quantity"])


async def open_case(uow: UnitOfWork, viewer: Viewer, id: UUID) -> Opened:
    """Locks a case on somebody's behalf; NotFound when there is none, or none the viewer sees."""
    before = (await uow.session.execute(select(*CASE).where(CASE.id == id))).mappings().first()
    if before is None or not sees(viewer, dict(before)):
        raise NotFound(MISSING)
    locked = await lock(uow, await trade_of(uow.session, before["order_id"]))
    case = (await uow.session.execute(select(*CASE).where(CASE.id == id).with_for_update())).mappings().one()
    order = await order_row(uow.session, case["order_id"])
    line = (await lines_of(uow.session, case["order_id"]))[case["line_id"]]
    return Opened(dict(case), order, line, locked)


async def order_row(session: AsyncSession, order_id: UUID) -> RowDict:
    """What the rules look at of an order; it must be locked, or only looked at."""
    table = Order.__table__.c
    names = ("id", "trade_id", "member_id", "merchant_id", "state", "number", "total", "freight")
    chosen = select(*(table[name] for name in (*names, "signed_at", "received_at", "complete_at")))
    return dict((await session.execute(chosen.where(table.id == order_id))).mappings().one())


async def lines_of(session: AsyncSession, order_id: UUID) -> dict[UUID, RowDict]:
    """The lines of an order by id, in their order."""
    table = OrderLine.__table__.c
    found = await session.execute(select(*table).where(table.order_id == order_id).order_by(table.id))
    return {row["id"]: dict(row) for row in found.mappings()}


# ------------------------------------------------------------------------------------------------ steps
async def step(
    uow: UnitOfWork,
    case: RowDict,
    event: AfterSaleEvent,
    viewer: Viewer,
    text: str,
    pictures: Sequence[str] = (),
    **to: Any,
) -> RowDict:
    """Takes the step, writes `text` into the case's log, sets its timer, and tells of it; answers the row.

    WrongState from any state the table does not name.
    """
    after = next(state for (_, name), state in AFTER_SALE_STEPS.items() if name is event)
    now = clock.now()
    to = {"deadline_at": now + TIMES[after] if after in TIMES else None, **to}
    if after in ENDED:
        to["finished_at"] = now
    changes = {"version": AfterSale.version + 1, **to}
    row = await payments.move(uow.session, AfterSale, AFTER_SALE_STEPS, case["id"], event, REFUSALS[event], **changes)
    set_timer(uow, row)
    await say(uow, row, viewer, text, pictures)
    return row


def set_timer(uow: UnitOfWork, case: RowDict, *, after: timedelta | None = None) -> None:
    """Asks for the case to be looked at when its time comes."""
    if case["deadline_at"] is not None:
        wait = case["deadline_at"] - clock.now() if after is None else after
        key = f"after-sale:{case['id']}:{case['version']}:{wait.days}"
        uow.later(Job("after-sale.timer", {"id": str(case["id"])}, after=max(wait, timedelta(0)), key=key))


async def say(uow: UnitOfWork, case: RowDict, viewer: Viewer, text: str, pictures: Sequence[str] = ()) -> None:
    """Adds to the case's log what somebody said or did, and tells of it."""
    message = {"id": new_id(), "after_sale_id": case["id"], "state": case["state"], "text": text}
    message |= {"actor_kind": viewer.actor, "actor_id": viewer.id, "created_at": clock.now()}
    await uow.session.execute(insert(AfterSaleMessage).values(message))
    await attach(uow, viewer, message["id"], pictures)
    uow.emit(
        AfterSaleChanged(
            case["id"], case["order_id"], case["member_id"], case["merchant_id"], AfterSaleState(case["state"])
        )
    )


def told(uow: UnitOfWork, order: RowDict) -> None:
    """The order's page shows its cases too. A step of the order in the same transaction has told of its new state."""
    if not any(isinstance(event, OrderChanged) and event.order_id == order["id"] for event in uow.events):
        tell(uow, order)


def said(text: str, *, least: int = 0, label: str = "说明") -> str:
    """What somebody wrote, checked."""
    return clean_text(text, field="text", most=MOST_SAID, least=least, label=label)


# ------------------------------------------------------------------------------------------------ units
async def claim(uow: UnitOfWork, line: RowDict, units: int) -> None:
    """Units of a locked line go into a case; the table's CHECK refuses more than were bought."""
    await uow.session.execute(_claims(line, units))


async def unclaim(uow: UnitOfWork, case: RowDict) -> None:
    """The units of a case that ends with nothing can be claimed again."""
    less = LineClaim.claimed - case["quantity"]
    await uow.session.execute(update(LineClaim).where(LineClaim.line_id == case["line_id"]).values(claimed=less))


def _claims(line: RowDict, units: int) -> Any:
    new = upsert(LineClaim).values(line_id=line["id"], quantity=line["quantity"], claimed=units, uncounted=0)
    return new.on_conflict_do_update(index_elements=["line_id"], set_={"claimed": LineClaim.claimed + units})
