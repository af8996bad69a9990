"""Codes of gift cards and vouchers that people hand out: lots, and codes that nobody has bound."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from schema.base import NumberedPage, Refused
from schema.relations import RowType, derived


@strawberry.type(description="Codes that were handed out at once, and what became of them.")
class CodeLot(RowType):
    id: UUID
    many: int
    issued_by: str
    created_at: datetime
    codes_until: datetime = strawberry.field(description="Until then they are told again to the same key.")
    unbound: int
    frozen: int = strawberry.field(description="Nobody has bound them, nor can")
    voided: int
    bound: int = derived(
        lambda many, *others: many - sum(others), "many", "unbound", "frozen", "voided", description="Somebody's"
    )


@strawberry.type
class CodeLotPage(NumberedPage[CodeLot]):
    pass


@strawberry.type(description="What was done to codes that nobody has bound.")
class CodesChanged:
    count: int


CodesChangedResult = Annotated[CodesChanged | Refused, strawberry.union("CodesChangedResult")]
