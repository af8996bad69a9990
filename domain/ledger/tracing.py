"""Where each fen of an order came from, which way it went, and where it is now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import RowDict, among
from domain.statements import ManyBy
from models.ledger import AccountKind, LedgerAccount, LedgerEntry, LedgerTransaction, TransactionKind

ENTRY, TRANSACTION, ACCOUNT = LedgerEntry.__table__, LedgerTransaction.__table__, LedgerAccount.__table__


class Place(StrEnum):
    """Where money is, as people think of it."""

    BUYER = "BUYER"
    COUPONS = "COUPONS"
    POINTS = "POINTS"
    GIFT_CARDS = "GIFT_CARDS"
    VOUCHERS = "VOUCHERS"
    HELD = "HELD"
    DISPUTED = "DISPUTED"
    MERCHANT = "MERCHANT"
    COMMISSION = "COMMISSION"
    FEE = "FEE"
    PAID_OUT = "PAID_OUT"
    # Owed to the buyer on top of what was paid.
    COMPENSATION = "COMPENSATION"


PLACES = {
    AccountKind.WECHAT_RECEIVABLE: Place.BUYER,
    AccountKind.PLATFORM_BANK: Place.PAID_OUT,
    AccountKind.COUPON_EXPENSE: Place.COUPONS,
    AccountKind.POINTS_LIABILITY: Place.POINTS,
    AccountKind.GIFTCARD_LIABILITY: Place.GIFT_CARDS,
    AccountKind.VOUCHER_LIABILITY: Place.VOUCHERS,
    AccountKind.BUYER_CLEARING: Place.HELD,
    AccountKind.SUSPENSE: Place.DISPUTED,
    AccountKind.BUYER_COMPENSATION: Place.COMPENSATION,
    AccountKind.MERCHANT_PAYABLE: Place.MERCHANT,
    AccountKind.CARD_SALES: Place.MERCHANT,
    AccountKind.SHOP_VOUCHERS: Place.MERCHANT,
    AccountKind.PLATFORM_REVENUE: Place.COMMISSION,
    AccountKind.FEE_EXPENSE: Place.FEE,
}
# Money comes from these, and goes back to them.
SOURCES = (Place.BUYER, Place.COUPONS, Place.POINTS, Place.GIFT_CARDS, Place.VOUCHERS)
# How what was sold is divided is the shop's and the platform's affair.
SHARED_OUT = frozenset({Place.MERCHANT, Place.COMMISSION, Place.FEE, Place.PAID_OUT})
# Facts in which several places give to one; in all others one gives to several.
ARRIVALS = frozenset(
    {
        TransactionKind.PAYMENT,
        TransactionKind.DISPUTE,
        TransactionKind.DISPUTE_ACCEPTED,
        TransactionKind.SETTLEMENT_RETURN,
    }
)

_moves = (
    select(TRANSACTION.c.order_id, TRANSACTION.c.id.label("transaction_id"), TRANSACTION.c.kind, TRANSACTION.c.memo)
    .add_columns(TRANSACTION.c.at, ENTRY.c.position, ACCOUNT.c.kind.label("account"), ENTRY.c.amount)
    .join(ENTRY, ENTRY.c.transaction_id == TRANSACTION.c.id)
    .join(ACCOUNT, ACCOUNT.c.id == ENTRY.c.account_id)
    .where(TRANSACTION.c.order_id.is_not(None))
    .subquery("moves")
)
#: All entries about each order, in the order in which things happened.
entries_by_order = ManyBy(_moves, "order_id", order_by=("at", "transaction_id", "position"))


@dataclass(frozen=True)
class Move:
    """`amount` fen, above zero, from one place to another."""

    transaction_id: UUID
    at: datetime
    kind: TransactionKind
    memo: str
    source: Place
    target: Place
    amount: int


@dataclass(frozen=True)
class Trace:
    """`came`: what each source gave; `now`: where it is. Both add up to the same."""

    moves: Sequence[Move]
    came: Mapping[Place, int]
    now: Mapping[Place, int]

    @property
    def total(self) -> int:
        return sum(self.came.values())

    @property
    def returned(self) -> int:
        """Fen that are back where they came from."""
        return sum(self.now.get(place, 0) for place in SOURCES)


def trace(entries: Iterable[RowDict], *, divided: bool = True) -> Trace:
    """Makes moves of the entries of one order. Not `divided`: all that the shop's side got is one place, MERCHANT."""
    moves = [
        move
        for _, own in groupby(entries, key=lambda entry: entry["transaction_id"])
        for move in _moves_of(list(own), divided=divided)
    ]
    came: Counter[Place] = Counter()
    now: Counter[Place] = Counter()
    for move in moves:
        if move.source in SOURCES:
            came[move.source] += move.amount
        else:
            now[move.source] -= move.amount
        now[move.target] += move.amount
    return Trace(moves, came, {place: now[place] for place in Place if now[place]})


def _moves_of(entries: Sequence[RowDict], *, divided: bool) -> Iterator[Move]:
    """Every fact has one account on one of its sides: money goes from it to the others, or comes to it from them."""
    hub, others = _hub(entries)
    shared: Counter[tuple[Place, Place]] = Counter()
    for entry in others:
        place = _place(entry, divided=divided)
        to_hub = entry["amount"] > 0
        shared[(place, hub) if to_hub else (hub, place)] += abs(entry["amount"])
    about = entries[0]
    for (source, target), amount in shared.items():
        if source is not target:
            yield Move(about["transaction_id"], about["at"], about["kind"], about["memo"], source, target, amount)


def _hub(entries: Sequence[RowDict]) -> tuple[Place, list[RowDict]]:
    debits = [entry for entry in entries if entry["amount"] > 0]
    credits = [entry for entry in entries if entry["amount"] < 0]
    hub, others = (credits, debits) if entries[0]["kind"] in ARRIVALS else (debits, credits)
    return PLACES[hub[0]["account"]], others


def _place(entry: RowDict, *, divided: bool) -> Place:
    place = PLACES[entry["account"]]
    if entry["kind"] is TransactionKind.COMPENSATION_PAID and place is Place.PAID_OUT:
        return Place.BUYER
    if entry["kind"] is TransactionKind.PAYOUT:
        place = Place.PAID_OUT
    return Place.MERCHANT if place in SHARED_OUT and not divided else place


async def sums_by_order(session: AsyncSession, order_ids: Sequence[UUID]) -> dict[UUID, dict[AccountKind, int]]:
    """What the entries about each order add up to by kind of account; only kinds that have any."""
    chosen = (
        select(TRANSACTION.c.order_id, ACCOUNT.c.kind, func.sum(ENTRY.c.amount))
        .join(ENTRY, ENTRY.c.transaction_id == TRANSACTION.c.id)
        .join(ACCOUNT, ACCOUNT.c.id == ENTRY.c.account_id)
        .where(among(LedgerTransaction, "order_id", order_ids))
        .group_by(TRANSACTION.c.order_id, ACCOUNT.c.kind)
    )
    found: dict[UUID, dict[AccountKind, int]] = {}
    for order_id, kind, total in await session.execute(chosen):
        found.setdefault(order_id, {})[kind] = int(total)
    return found
