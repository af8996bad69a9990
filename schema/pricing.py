"""Why something costs what it costs, as a list that a page draws line by line; and what makes it cost less just now."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain import catalog, merchants
from domain.pricing import NodeKind
from models.base import Fen
from models.pricing import CampaignMark, Party
from schema.merchants import Merchant
from schema.relations import RowType, derived, one

strawberry.enum(NodeKind, name="PriceNodeKind")
strawberry.enum(CampaignMark, description="What runs for goods: a flash sale (秒杀), a presale (预售), groups (拼团).")
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


@strawberry.type(description="What runs for goods at this moment and has pieces left.")
class RunningCampaign(RowType):
    kinds: list[CampaignMark] = derived(catalog.shown_marks, "kinds")
    kind: CampaignMark | None = strawberry.field(description="Whose price `price` is.")
    price: Fen | None = strawberry.field(
        description="What one piece of one of the SKUs costs whoever buys it now by himself, in fen; lower than "
        "`minPrice`, and null where nothing that runs makes a lower one."
    )
    price_per_500g: Fen | None = strawberry.field(description="As of the product, with `price`.")
    struck_price: Fen | None = strawberry.field(
        description="What that SKU costs by itself, in fen: at most the lowest it was offered for in the seven days "
        "before. Null where the law lets nothing be struck through."
    )
    varies: bool = strawberry.field(description="Whether other SKUs cost more than `price`.")
    ends_at: datetime = strawberry.field(description="When the first of `kinds` ends; ask again then.")
