"""Where money came from, which way it went and where it is; and the platform's books."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry

from domain import ledger, merchants
from domain.ledger import AccountSums, Move, Place, Trace
from domain.orders.auditing import Difference, Fault
from models.base import Fen
from models.ledger import AccountKind, TransactionKind
from schema.base import NumberedPage, PageInfo
from schema.merchants import Merchant
from schema.relations import RowType, derived, many, one

strawberry.enum(AccountKind, name="LedgerAccountKind")
strawberry.enum(TransactionKind, name="LedgerTransactionKind")
strawberry.enum(Fault, name="LedgerFault")
strawberry.enum(
    Place,
    name="MoneyPlace",
    description="BUYER, COUPONS, POINTS and GIFT_CARDS are where money comes from and goes back to.",
)


# ------------------------------------------------------------------------------------------------ one order's money
@strawberry.type
class MoneyAmount:
    place: Place
    amount: Fen


@strawberry.type(description="So many fen went from `source` to `target`.")
class MoneyMove:
    id: str
    at: datetime
    kind: TransactionKind
    memo: str = strawberry.field(description="A Chinese sentence")
    source: Place
    target: Place
    amount: Fen


@strawberry.type(
    description="Every fen of an order: `came` and `now` add up to `total`, always. The buyer reads as MERCHANT all"
    " that the sale brought; how shop, platform and WeChat Pay divide it is told to shop and platform."
)
class MoneyTrace:
    total: Fen
    returned: Fen = strawberry.field(description="Back where it came from")
    came: list[MoneyAmount]
    now: list[MoneyAmount]
    moves: list[MoneyMove] = strawberry.field(description="In the order in which they happened")

    @classmethod
    def of(cls, trace: Trace) -> MoneyTrace:
        return cls(
            total=Fen(trace.total),
            returned=Fen(trace.returned),
            came=_amounts(trace.came),
            now=_amounts(trace.now),
            moves=[_move(place, move) for place, move in enumerate(trace.moves)],
        )


def _amounts(amounts: Mapping[Place, int]) -> list[MoneyAmount]:
    return [MoneyAmount(place=place, amount=Fen(amounts[place])) for place in Place if amounts.get(place)]


def _move(place: int, move: Move) -> MoneyMove:
    return MoneyMove(
        id=f"{move.transaction_id}:{place}",
        at=move.at,
        kind=move.kind,
        memo=move.memo,
        source=move.source,
        target=move.target,
        amount=Fen(move.amount),
    )


MOVES = frozenset({"order_id", "transaction_id", "kind", "memo", "at", "position", "account", "amount"})


# ------------------------------------------------------------------------------------------------ the books
@strawberry.type(description="Debits are above zero, credits below: a balance of what is owed is negative.")
class LedgerSums:
    kind: AccountKind
    accounts: int
    opening: Fen
    debits: Fen
    credits: Fen
    closing: Fen

    @classmethod
    def of(cls, sums: AccountSums) -> LedgerSums:
        return cls(**_sums(sums), accounts=sums.accounts)


def _sums(sums: AccountSums) -> dict[str, Any]:
    amounts = {name: Fen(getattr(sums, name)) for name in ("opening", "debits", "credits", "closing")}
    return {"kind": sums.kind, **amounts}


@strawberry.type(description="All accounts by kind over a period; in order when `difference` is 0.")
class TrialBalance:
    rows: list[LedgerSums]
    debits: Fen
    credits: Fen
    difference: Fen

    @classmethod
    def of(cls, balance: ledger.TrialBalance) -> TrialBalance:
        return cls(
            rows=[LedgerSums.of(row) for row in balance.rows],
            debits=Fen(balance.debits),
            credits=Fen(balance.credits),
            difference=Fen(balance.difference),
        )


@strawberry.type
class LedgerAccount(RowType):
    id: UUID
    kind: AccountKind
    merchant: Merchant | None = one(merchants.by_id, key="owner_id", description="Whose it is, of a shop's accounts")
    opening: Fen
    debits: Fen
    credits: Fen
    closing: Fen

    @classmethod
    def summed(cls, sums: AccountSums) -> LedgerAccount:
        return cls.of({**_sums(sums), "id": sums.id, "owner_id": sums.owner_id})


@strawberry.type
class LedgerAccountPage(NumberedPage[LedgerAccount]):
    pass


@strawberry.type(description="One entry of one account.")
class LedgerEntry(RowType):
    at: datetime
    amount: Fen
    transaction_id: UUID
    kind: TransactionKind
    memo: str
    order_id: UUID | None


@strawberry.type
class LedgerEntryConnection:
    nodes: list[LedgerEntry]
    page_info: PageInfo


@strawberry.type(description="One side of a transaction.")
class LedgerSide(RowType):
    position: int
    account_id: UUID
    account: AccountKind = derived(lambda kind: kind, "account_kind")
    merchant: Merchant | None = one(merchants.by_id, key="owner_id")
    amount: Fen


@strawberry.type(description="One fact about money; its sides add up to nothing, and it never changes.")
class LedgerTransaction(RowType):
    id: UUID
    kind: TransactionKind
    ref: str = strawberry.field(description="What names the fact among those of its kind")
    memo: str
    at: datetime = strawberry.field(description="When it happened")
    created_at: datetime = strawberry.field(description="When it was written down")
    order_id: UUID | None
    trade_id: UUID | None
    sides: list[LedgerSide] = many(ledger.entries_by_transaction, key="id")


@strawberry.type(description="What the rows of payments, refunds and orders say, and what the ledger says.")
class LedgerDifference:
    id: str
    fault: Fault
    order_id: UUID | None
    expected: Fen
    found: Fen


def differences(found: Iterable[Difference]) -> list[LedgerDifference]:
    return [
        LedgerDifference(
            id=each.id, fault=each.fault, order_id=each.order_id, expected=Fen(each.expected), found=Fen(each.found)
        )
        for each in found
    ]
