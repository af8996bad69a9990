"""Why something costs what it costs, as a list that a page draws line by line."""

from __future__ import annotations

import strawberry

from domain import merchants
from domain.pricing import NodeKind
from models.base import Fen
from models.pricing import Party
from schema.merchants import Merchant
from schema.relations import RowType, one

strawberry.enum(NodeKind, name="PriceNodeKind")
strawberry.enum(Party, name="PriceParty", description="Who bears a discount.")


@strawberry.type(
    description="One entry of a price, parents before their children: an entry with others one level below it is their"
    " sum, down to the single lines. The first one has level 0 and is the whole price."
)
class PriceNode(RowType):
    level: int
    kind: NodeKind
    label: str = strawberry.field(description="In Chinese, as the buyer reads it")
    amount: Fen = strawberry.field(description="Negative where something is taken off")
    party: Party | None
    note: str | None = strawberry.field(description="Which offer it is, how it came about, or why it was not used")
    merchant: Merchant | None = one(merchants.by_id, key="merchant_id")
