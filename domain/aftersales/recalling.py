"""Money back for goods of a recalled lot: a case for each line, opened for its buyer and granted at once.

No deadline and no class of goods stands against it; what was claimed or given back before is left alone. The goods are
not sent back.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from domain.aftersales.amounts import RECKONED, freight_by_fault, stands, worth_of
from domain.aftersales.applying import Quoted, Situation, WantedAfterSale, WantedUnits, open_for
from domain.aftersales.granting import grant
from domain.aftersales.reading import after_sales_by_order
from domain.aftersales.taking import lines_of, open_case, order_row
from domain.base import SYSTEM, UnitOfWork
from domain.orders.numbers import draw
from domain.orders.taking import lock, note, trade_of
from models.aftersales import AfterSaleKind, AfterSaleReason


async def refund_recalled(
    uow: UnitOfWork, order_id: UUID, units: Mapping[UUID, int], *, key: str, sentence: str
) -> int:
    """Tells the buyer by `sentence` in the order's log, and gives back what `units` by line cost; answers the fen.

    `key` names the recall: told again, nothing of it happens twice.
    """
    await lock(uow, await trade_of(uow.session, order_id))
    order, lines = await order_row(uow.session, order_id), await lines_of(uow.session, order_id)
    known = RECKONED | {"request_key"}
    cases = list((await after_sales_by_order(uow.session, [order_id], known)).get(order_id, []))
    if any(case["request_key"] == key for case in cases):
        return sum(case["amount"] + case["freight"] for case in cases if case["request_key"] == key)
    await note(uow, [order], "RECALL", SYSTEM, sentence)
    given = 0
    for line_id, many in sorted(units.items()):
        seen = Situation(order, lines, cases)
        line = lines[line_id]
        left = min(many, seen.shipped(line))
        if left <= 0:
            continue
        worth = worth_of(line, seen.of_line(line_id), left)
        freight = freight_by_fault(order, [case for case in cases if stands(case)], worth.fen)
        quoted = Quoted(line_id, worth.fen, worth.dear_units, worth.fen, freight, False)
        wanted = WantedAfterSale(
            key, order_id, AfterSaleKind.REFUND_ONLY, AfterSaleReason.QUALITY, [WantedUnits(line_id, left)]
        )
        (number,) = await draw(uow.session, "A")
        made = (wanted.lines[0], quoted, number)
        id = await open_for(uow, SYSTEM, seen, wanted, made, key, f"批次召回，系统代买家申请退款。{sentence}")
        row = await grant(uow, await open_case(uow, SYSTEM, id), SYSTEM, "批次召回，全额退款，商品无需寄回")
        given += row["amount"] + row["freight"]
        cases = list((await after_sales_by_order(uow.session, [order_id], known)).get(order_id, []))
        order, lines = await order_row(uow.session, order_id), await lines_of(uow.session, order_id)
    return given
