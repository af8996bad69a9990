"""What is there, what is promised, and every movement.

A SKU's stock is two numbers: `actual` on the shelf and `held` for unpaid orders; `actual − held` may be bought. Rows
are always taken in the order of their ids, so two buyers who want the same goods in opposite order never wait in a
circle.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Select,
    Subquery,
    any_,
    bindparam,
    case,
    cast,
    column,
    func,
    insert,
    literal_column,
    select,
    update,
    values,
)
from sqlalchemy import Uuid as UuidType
from sqlalchemy.dialects.postgresql import insert as insert_new
from sqlalchemy.ext.asyncio import AsyncSession

from domain import bulk
from domain.base import (
    Columns,
    Conflict,
    Event,
    Invalid,
    Refusal,
    UnitOfWork,
    among,
    clock,
    pick,
)
from domain.statements import NO_COLUMNS, OneBy, Statement
from models.base import new_id
from models.catalog import Sku
from models.inventory import HoldState, Stock, StockHold, StockMove

MOST_IN_STOCK = 9_999_999
OPENED, SOLD, RETURNED = "期初入库", "订单售出", "退款退回"


class OutOfStock(Refusal):
    """Less is there than was asked for; nothing of the whole lot was held. `available` is what could be bought."""

    code = "OUT_OF_STOCK"

    def __init__(self, sku_id: UUID, available: int) -> None:
        message = f"库存不足，仅剩 {available} 件" if available > 0 else "商品已售罄"
        super().__init__(message, sku_id=sku_id, available=available)
        self.sku_id = sku_id
        self.available = available


@dataclass(frozen=True)
class StockChanged(Event):
    """A SKU of the product sold out, or came back. Others of the product may still be there: read before you tell."""

    product_id: UUID


@dataclass(frozen=True)
class StockLow(Event):
    """So few of a SKU are left that its shop should see to it. Told once, when the number falls to the shop's line."""

    sku_id: UUID
    available: int


class Wanted(NamedTuple):
    """So many of a SKU for an order."""

    order_id: UUID
    sku_id: UUID
    quantity: int


# ------------------------------------------------------------------------------------------------ reading
def _stock() -> Subquery:
    stock = Stock.__table__.c
    return select(*stock, (stock.actual - stock.held).label("available")).subquery("stock_left")


def _in_stock() -> Subquery:
    any_left = func.coalesce(func.bool_or(Sku.active & (Stock.actual > Stock.held)), literal_column("false", Boolean))
    chosen = select(Sku.product_id, any_left.label("in_stock")).join(Stock, Stock.sku_id == Sku.id, isouter=True)
    return chosen.group_by(Sku.product_id).subquery("products_left")


#: Stock rows with `available` beside their columns. A SKU that never had stock is missing.
stock_by_sku = OneBy(_stock(), "sku_id", always=frozenset({"actual", "held", "available"}))
#: For each product with SKUs: `in_stock`, whether any active SKU can be bought.
products_in_stock = OneBy(_in_stock(), "product_id", always=frozenset({"in_stock"}), joinable=False)


# ------------------------------------------------------------------------------------------------ by the merchant
async def open_stock(uow: UnitOfWork, quantities: Mapping[UUID, int]) -> None:
    """Gives new SKUs their first stock; each SKU once."""
    for quantity in quantities.values():
        if not 0 <= quantity <= MOST_IN_STOCK:
            raise Invalid(f"库存须在 0 到 {MOST_IN_STOCK} 之间", field="stock")
    if not quantities:
        return
    rows = [{"sku_id": sku, "actual": quantity} for sku, quantity in sorted(quantities.items())]
    await uow.session.execute(insert(Stock), rows)
    await note_moves(uow, [(sku, None, quantity) for sku, quantity in quantities.items() if quantity], OPENED, None)


# ------------------------------------------------------------------------------------------------ by orders
class Shelf:
    """Stock that is locked: given out in memory to one lot after another, then written for all of them at once."""

    def __init__(self, left: Mapping[UUID, int], low_at: Mapping[UUID, int]) -> None:
        self._left = dict(left)
        self._before, self._low_at = dict(left), low_at
        self._taken: list[Wanted] = []
        self._sold_out: list[list[UUID]] = []

    def take(self, lot: Sequence[Wanted]) -> None:
        """Takes the whole lot or, with OutOfStock for the first SKU by id that is short, nothing of it."""
        left: dict[UUID, int] = {}
        for want in sorted(lot, key=lambda each: each.sku_id):
            now = left.get(want.sku_id, self._left.get(want.sku_id, 0))
            if now < want.quantity:
                raise OutOfStock(want.sku_id, max(now, 0))
            left[want.sku_id] = now - want.quantity
        self._left |= left
        self._taken += lot
        self._sold_out.append([sku_id for sku_id, rest in left.items() if rest == 0])

    async def write(self, uow: UnitOfWork) -> None:
        """Writes what was taken, and tells of what sold out, lot by lot."""
        if self._taken:
            arrays = [[want[place] for want in self._taken] for place in range(3)]
            await bulk.run(uow.session, HOLD, *arrays, HoldState.HELD, clock.now())
        flipped = {sku_id for lot in self._sold_out for sku_id in lot}
        products = await _products(uow.session, list(flipped)) if flipped else {}
        for lot in self._sold_out:
            for product_id in dict.fromkeys(products[sku_id] for sku_id in lot):
                uow.emit(StockChanged(product_id))
        for sku_id, low_at in self._low_at.items():
            if self._left[sku_id] <= low_at < self._before[sku_id]:
                uow.emit(StockLow(sku_id, self._left[sku_id]))


# Several lots may want the same SKU: its row is updated once, by their sum.
HOLD = """
WITH lots AS (SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[]) AS lot(order_id, sku_id, quantity)),
sums AS (SELECT sku_id, sum(quantity)::int AS quantity FROM lots GROUP BY sku_id),
moved AS (UPDATE stock SET held = stock.held + sums.quantity FROM sums WHERE stock.sku_id = sums.sku_id)
INSERT INTO stock_holds (order_id, sku_id, quantity, state, changed_at)
SELECT order_id, sku_id, quantity, $4, $5 FROM lots
ON CONFLICT (order_id, sku_id) DO UPDATE SET state = excluded.state, changed_at = excluded.changed_at
"""


async def shelf(uow: UnitOfWork, sku_ids: Iterable[UUID]) -> Shelf:
    """The stock of these SKUs, locked in the one order everybody keeps."""
    rows = await lock(uow.session, list(set(sku_ids)))
    low_at = {sku_id: row["low_at"] for sku_id, row in rows.items()}
    return Shelf({sku_id: row["available"] for sku_id, row in rows.items()}, low_at)


async def hold(uow: UnitOfWork, wanted: Sequence[Wanted]) -> None:
    """Promises the goods to unpaid orders, all of them or, with OutOfStock, none."""
    taking = await shelf(uow, (want.sku_id for want in wanted))
    taking.take(wanted)
    await taking.write(uow)


async def hold_again(uow: UnitOfWork, order_ids: Sequence[UUID]) -> set[UUID]:
    """Promises given-back goods anew to those orders whose every line is still there; answers these orders."""
    wanted = await _holds(uow.session, order_ids, HoldState.RELEASED)
    taking = await shelf(uow, (want.sku_id for want in wanted))
    lucky: set[UUID] = set()
    for order_id in order_ids:
        mine = [want for want in wanted if want.order_id == order_id]
        with suppress(OutOfStock):
            taking.take(mine)
            lucky.update(want.order_id for want in mine)
    await taking.write(uow)
    return lucky


async def use(uow: UnitOfWork, order_ids: Sequence[UUID]) -> None:
    """The held goods of paid orders leave the shelf. Done once, however often it is called."""
    taken = await settle_holds(uow.session, order_ids, HoldState.HELD, HoldState.USED)
    await _move(uow.session, taken, actual=-1, held=-1)
    await note_moves(uow, [(want.sku_id, want.order_id, -want.quantity) for want in taken], SOLD, None)


async def promised(uow: UnitOfWork, want: Wanted) -> None:
    """Goods that never lay on the shelf are an order's to be shipped, such as of a harvest sold before. Done once.

    Given back, they come to the shelf like any others.
    """
    row = {**want._asdict(), "state": HoldState.USED, "changed_at": clock.now()}
    await uow.session.execute(insert_new(StockHold).values(row).on_conflict_do_nothing())


async def release(uow: UnitOfWork, order_ids: Sequence[UUID]) -> None:
    """Gives back what closed orders held. Done once, however often it is called."""
    freed = await settle_holds(uow.session, order_ids, HoldState.HELD, HoldState.RELEASED)
    left = await _move(uow.session, freed, actual=0, held=-1)
    await announce(uow, _came_back(freed, left))


async def put_back(uow: UnitOfWork, order_ids: Sequence[UUID]) -> None:
    """Goods of refunded orders that can be sold again return to the shelf, once."""
    back = await settle_holds(uow.session, order_ids, HoldState.USED, HoldState.RELEASED)
    left = await _move(uow.session, back, actual=1, held=0)
    await note_moves(uow, [(want.sku_id, want.order_id, want.quantity) for want in back], RETURNED, None)
    await announce(uow, _came_back(back, left))


async def take_back(uow: UnitOfWork, back: Sequence[Wanted], reason: str, *, restock: bool) -> None:
    """Some goods of paid orders are the shop's again, on the shelf only if they can be sold (`restock`).

    `reason` names the one occasion, such as the number of an after-sale: the same SKU of an order comes back to the
    shelf once for it.
    """
    for want in sorted(back):
        all_of_it = StockHold.quantity == want.quantity
        taken = (
            update(StockHold)
            .where(StockHold.order_id == want.order_id, StockHold.sku_id == want.sku_id)
            .where(StockHold.state == HoldState.USED, StockHold.quantity >= want.quantity)
            .values(
                quantity=case((all_of_it, StockHold.quantity), else_=StockHold.quantity - want.quantity),
                state=case((all_of_it, HoldState.RELEASED), else_=StockHold.state),
                changed_at=clock.now(),
            )
        )
        if (await uow.session.execute(taken.returning(StockHold.sku_id))).first() is None:
            raise Conflict("该商品的出库记录不足，无法退回")
    if restock and back:
        left = await _move(uow.session, back, actual=1, held=0)
        await note_moves(uow, [(want.sku_id, want.order_id, want.quantity) for want in back], reason, None)
        await announce(uow, _came_back(back, left))


# ------------------------------------------------------------------------------------------------ rows
def _locked(_columns: Columns) -> Select[Any]:
    table = Stock.__table__.c
    chosen = select(*pick(Stock, ("actual", "held", "low_at", "version"), "sku_id"))
    wanted = table.sku_id == any_(bindparam("sku_ids", type_=ARRAY(UuidType)))
    return chosen.where(wanted).order_by(table.sku_id).with_for_update()


LOCKED = Statement(Stock.__table__, _locked)


async def lock(session: AsyncSession, sku_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    rows = await LOCKED.rows(session, NO_COLUMNS, sku_ids=sku_ids)
    return {row["sku_id"]: {**row, "available": row["actual"] - row["held"]} for row in rows}


async def _holds(session: AsyncSession, order_ids: Sequence[UUID], state: HoldState) -> list[Wanted]:
    chosen = select(StockHold.order_id, StockHold.sku_id, StockHold.quantity)
    chosen = chosen.where(among(StockHold, "order_id", order_ids), StockHold.state == state)
    return [Wanted(*row) for row in await session.execute(chosen)]


async def settle_holds(
    session: AsyncSession, order_ids: Sequence[UUID], before: HoldState, after: HoldState
) -> list[Wanted]:
    changed = (
        update(StockHold)
        .where(among(StockHold, "order_id", order_ids), StockHold.state == before)
        .values(state=after, changed_at=clock.now())
        .returning(StockHold.order_id, StockHold.sku_id, StockHold.quantity)
    )
    return [Wanted(*row) for row in await session.execute(changed)]


async def _move(session: AsyncSession, wanted: Sequence[Wanted], *, actual: int, held: int) -> dict[UUID, int]:
    """Adds each quantity times `actual` and `held` to the SKU's numbers; answers what can be bought then."""
    if not wanted:
        return {}
    total: defaultdict[UUID, int] = defaultdict(int)
    for want in wanted:
        total[want.sku_id] += want.quantity
    await lock(session, list(total))
    change = values(column("sku_id", UuidType), column("quantity", BigInteger), name="change").data([*total.items()])
    quantity = cast(change.c.quantity, Stock.actual.type)
    moved = (
        update(Stock)
        .where(Stock.sku_id == change.c.sku_id)
        .values(actual=Stock.actual + actual * quantity, held=Stock.held + held * quantity)
        .returning(Stock.sku_id, Stock.actual - Stock.held)
    )
    return {row[0]: row[1] for row in await session.execute(moved)}


def _came_back(wanted: Sequence[Wanted], left: Mapping[UUID, int]) -> list[UUID]:
    freed: defaultdict[UUID, int] = defaultdict(int)
    for want in wanted:
        freed[want.sku_id] += want.quantity
    return [sku for sku, quantity in freed.items() if left[sku] > 0 and left[sku] - quantity <= 0]


async def note_moves(
    uow: UnitOfWork,
    changes: Sequence[tuple[UUID, UUID | None, int]],
    reason: str,
    actor: str | None,
    lot_id: UUID | None = None,
) -> None:
    now = clock.now()
    rows = [
        {"id": new_id(), "sku_id": sku, "order_id": order, "delta": delta, "reason": reason, "actor": actor}
        for sku, order, delta in changes
    ]
    if rows:
        await uow.session.execute(insert(StockMove), [{**row, "lot_id": lot_id, "created_at": now} for row in rows])


async def announce(uow: UnitOfWork, flipped: Sequence[UUID]) -> None:
    """Announces the products of SKUs that came back; looked up only then, which is rare."""
    if flipped:
        for product_id in dict.fromkeys((await _products(uow.session, flipped)).values()):
            uow.emit(StockChanged(product_id))


async def _products(session: AsyncSession, sku_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    chosen = select(Sku.id, Sku.product_id).where(among(Sku, "id", sku_ids))
    return {row[0]: row[1] for row in await session.execute(chosen)}
