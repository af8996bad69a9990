"""What a case is worth, in whole fen, so that whatever way a line is split its cases add up to what was paid for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.base import RowDict
from models.aftersales import AfterSaleKind, AfterSaleState

# The columns of a case that other cases of its order are reckoned with.
RECKONED = frozenset(
    {
        *("id", "line_id", "kind", "state", "quantity", "amount", "freight", "dear_units", "before_shipping", "reason"),
        "replacement_number",
    }
)


def stands(case: RowDict) -> bool:
    """Whether a case takes up its units: not one that ended with nothing, nor an exchange that ended with other goods.

    An exchange that ended with the money back is a refund like any other.
    """
    if case["state"] in (AfterSaleState.CANCELLED, AfterSaleState.CLOSED):
        return False
    exchanged = case["kind"] is AfterSaleKind.EXCHANGE and case["state"] is AfterSaleState.DONE
    return not (exchanged and case.get("replacement_number") is not None)


@dataclass(frozen=True)
class Worth:
    """So many fen for some units of a line; `dear_units` of them carry one fen more than the others."""

    fen: int
    dear_units: int


def worth_of(line: RowDict, others: Sequence[RowDict], units: int) -> Worth:
    """What `units` more of the line cost its buyer, beside the `others` that stand on the same line.

    The first units to be claimed take the fen that are left over by the division. How many did is kept with each
    case, so a case that ends with nothing gives them back, and all units together are worth exactly what was paid.
    """
    each, left_over = divmod(line["payable"], line["quantity"])
    taken = sum(case["dear_units"] for case in others if stands(case))
    dear = min(units, max(0, left_over - taken))
    return Worth(each * units + dear, dear)


def of_pieces(worth: int, damaged: int, received: int) -> int:
    """The share of the damaged pieces; a started fen goes to the buyer."""
    return -(-worth * damaged // received)


def freight_by_fault(order: RowDict, cases: Sequence[RowDict], amount: int) -> int:
    """Freight that goes back with goods that were the seller's fault, in proportion to their money.

    Reckoned over all such cases together, so that their freight adds up to the order's when everything went wrong.
    """
    counted = [case for case in cases if stands(case)]
    money, given = sum(case["amount"] for case in counted), sum(case["freight"] for case in counted)
    goods = order["total"] - order["freight"]
    due: int = order["freight"] * min(money + amount, goods) // goods if goods else 0
    left: int = min(due, order["freight"]) - given
    return max(0, left)


def freight_left(order: RowDict, cases: Sequence[RowDict]) -> int:
    """Freight that has not gone back with any case that stands."""
    left: int = order["freight"] - sum(case["freight"] for case in cases if stands(case))
    return max(0, left)
