"""WeChat Pay's bills and where they differ from our books."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import strawberry

from domain import bills
from models.base import Fen
from models.bills import BillFault, BillKind, BillSubject
from schema.base import NumberedPage, Refused
from schema.relations import RowType, derived, looked_up, many

strawberry.enum(BillFault)
strawberry.enum(BillKind, description="TRADE: payments and refunds. FUNDS: splits, subsidies and payouts.")
strawberry.enum(BillSubject)


@strawberry.type(description="`ours` and `theirs` in fen; null where that side has nothing of the number.")
class BillDifference(RowType):
    id: UUID
    fault: BillFault
    subject: BillSubject
    number: str
    order_id: UUID | None
    ours: Fen | None
    theirs: Fen | None
    our_state: str | None
    their_state: str | None
    explained_at: datetime | None
    explained_by: str | None
    note: str | None


@strawberry.type
class Bill(RowType):
    id: UUID
    day: str = derived(date.isoformat, "day", description="In Shanghai, YYYY-MM-DD")
    kind: BillKind
    empty: bool = derived(lambda text: text is None, "hash", description="WeChat Pay has no bill of the day")
    lines: int
    paid: Fen = strawberry.field(description="FUNDS: came to shops' accounts")
    refunded: Fen = strawberry.field(description="FUNDS: left shops' accounts")
    fees: Fen = strawberry.field(description="Less those given back")
    compared_at: datetime
    open_differences: int = looked_up(
        bills.counts_by_bill, "open", key="id", missing=0, description="That nobody has explained yet"
    )
    differences: list[BillDifference] = many(bills.differences_by_bill, key="id")


@strawberry.type
class BillPage(NumberedPage[Bill]):
    pass


BillResult = Annotated[Bill | Refused, strawberry.union("BillResult")]
