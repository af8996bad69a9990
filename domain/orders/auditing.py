"""Does the ledger tell what the rows of payments, refunds and orders tell? And writing what was never told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from domain import cards, ledger, points, vouchers
from domain.base import Database, UnitOfWork
from domain.ledger import Of
from domain.orders import bookkeeping

# Facts written in one transaction while catching up.
MOST_AT_ONCE = 2_000


class Fault(StrEnum):
    """What is wrong. `NOT_POSTED` facts can be written by `catch_up`; all others are for a person."""

    PAYMENT_NOT_POSTED = "PAYMENT_NOT_POSTED"
    PAYMENT_DIFFERS = "PAYMENT_DIFFERS"
    PAYMENT_UNKNOWN = "PAYMENT_UNKNOWN"
    DISPUTE_NOT_POSTED = "DISPUTE_NOT_POSTED"
    REFUND_NOT_POSTED = "REFUND_NOT_POSTED"
    REFUND_DIFFERS = "REFUND_DIFFERS"
    REFUND_UNKNOWN = "REFUND_UNKNOWN"
    SETTLEMENT_NOT_POSTED = "SETTLEMENT_NOT_POSTED"
    SETTLEMENT_UNKNOWN = "SETTLEMENT_UNKNOWN"
    STILL_HELD = "STILL_HELD"
    # Found by `domain.cards.auditing`: what is on gift cards is what is owed for them, fen by fen.
    CARDS_DIFFER = "CARDS_DIFFER"
    CARD_LOG_DIFFERS = "CARD_LOG_DIFFERS"
    CARD_HOLD_DIFFERS = "CARD_HOLD_DIFFERS"
    CARD_ORDER_DIFFERS = "CARD_ORDER_DIFFERS"
    # Found by `domain.vouchers.auditing`, likewise.
    VOUCHERS_DIFFER = "VOUCHERS_DIFFER"
    VOUCHER_LOG_DIFFERS = "VOUCHER_LOG_DIFFERS"
    VOUCHER_HOLD_DIFFERS = "VOUCHER_HOLD_DIFFERS"
    VOUCHER_ORDER_DIFFERS = "VOUCHER_ORDER_DIFFERS"
    # Found by `domain.points.auditing`: what members have, and unpaid orders hold, is what is owed for points.
    POINTS_DIFFER = "POINTS_DIFFER"
    POINTS_LOG_DIFFERS = "POINTS_LOG_DIFFERS"
    POINTS_ORDER_DIFFERS = "POINTS_ORDER_DIFFERS"
    # Found by `domain.settlement.auditing`.
    SPLIT_DIFFERS = "SPLIT_DIFFERS"
    SETTLEMENT_DIFFERS = "SETTLEMENT_DIFFERS"
    PAYOUT_NOT_POSTED = "PAYOUT_NOT_POSTED"
    PAYOUT_DIFFERS = "PAYOUT_DIFFERS"
    PAYOUT_UNKNOWN = "PAYOUT_UNKNOWN"
    UNBALANCED = "UNBALANCED"


@dataclass(frozen=True)
class Difference:
    """One difference: what the rows say and what the ledger says, in fen. `id` is the part's, refund's or order's."""

    fault: Fault
    id: str
    order_id: UUID | None
    expected: int
    found: int


# What arrived at or left WeChat Pay and the disputed money, per fact; the sign is that of money coming in.
POSTED = """
posted AS (
    SELECT t.kind, t.ref, t.order_id, coalesce(sum(e.amount) FILTER (
        WHERE a.kind = CASE WHEN t.kind IN ('DISPUTE_ACCEPTED', 'DISPUTE_RETURNED') THEN 'SUSPENSE'
                            ELSE 'WECHAT_RECEIVABLE' END),
        sum(e.amount) FILTER (WHERE a.kind IN ('GIFTCARD_LIABILITY', 'VOUCHER_LIABILITY'))) AS amount,
        sum(e.amount) FILTER (WHERE a.kind = 'PLATFORM_BANK') AS banked
    FROM ledger_transactions t JOIN ledger_entries e ON e.transaction_id = t.id
    JOIN ledger_accounts a ON a.id = e.account_id
    WHERE t.kind IN ('PAYMENT', 'DISPUTE_ACCEPTED', 'REFUND', 'DISPUTE_RETURNED') GROUP BY t.id
)
"""
PARTS = f"""
WITH {POSTED}, known AS (SELECT * FROM posted WHERE kind IN ('PAYMENT', 'DISPUTE_ACCEPTED')), due AS (
    SELECT s.id::text AS id, s.order_id, coalesce(s.paid, s.amount) AS amount
    FROM payment_parts s JOIN payments p ON p.id = s.payment_id WHERE p.state = 'PAID'
)
SELECT CASE WHEN known.ref IS NULL THEN 'PAYMENT_NOT_POSTED' WHEN due.id IS NULL THEN 'PAYMENT_UNKNOWN'
            ELSE 'PAYMENT_DIFFERS' END AS fault,
       coalesce(due.id, known.ref) AS id, coalesce(due.order_id, known.order_id) AS order_id,
       coalesce(due.amount, 0) AS expected, coalesce(known.amount, 0) AS found
FROM due FULL JOIN known ON known.ref = due.id WHERE due.amount IS DISTINCT FROM known.amount
"""
REFUNDS = f"""
WITH {POSTED}, known AS (SELECT * FROM posted WHERE kind IN ('REFUND', 'DISPUTE_RETURNED')), due AS (
    SELECT r.id::text AS id, r.order_id, r.amount, r.offline_reference IS NOT NULL AS offline
    FROM refunds r WHERE r.state = 'SUCCEEDED'
), gone AS (
    SELECT due.*, known.ref, known.order_id AS posted_order,
           abs(CASE WHEN due.offline AND known.kind = 'REFUND' THEN known.banked ELSE known.amount END) AS posted
    FROM due FULL JOIN known ON known.ref = due.id
)
SELECT CASE WHEN ref IS NULL THEN 'REFUND_NOT_POSTED' WHEN id IS NULL THEN 'REFUND_UNKNOWN'
            ELSE 'REFUND_DIFFERS' END AS fault,
       coalesce(id, ref) AS id, coalesce(order_id, posted_order) AS order_id,
       coalesce(amount, 0) AS expected, coalesce(posted, 0) AS found
FROM gone WHERE amount IS DISTINCT FROM posted
"""
DISPUTES = """
SELECT 'DISPUTE_NOT_POSTED' AS fault, p.id::text AS id, NULL::uuid AS order_id, p.amount AS expected, 0 AS found
FROM payments p WHERE p.state = 'DISPUTED' AND NOT EXISTS (
    SELECT FROM ledger_transactions t WHERE t.kind = 'DISPUTE' AND t.ref LIKE p.id::text || ':%')
"""
# Without payments that were sent back: their money never paid for an order.
LEFT = """
paid AS (
    SELECT o.id, o.state IN ('COMPLETED', 'CLOSED') AS ended,
           (SELECT coalesce(sum(coalesce(s.paid, s.amount)), 0) FROM payment_parts s
              JOIN payments p ON p.id = s.payment_id WHERE s.order_id = o.id AND p.state = 'PAID') AS came,
           (SELECT coalesce(sum(r.amount), 0) FROM refunds r JOIN payment_parts s ON s.id = r.part_id
              JOIN payments p ON p.id = s.payment_id WHERE r.order_id = o.id AND p.state = 'PAID') AS back,
           (SELECT coalesce(sum(r.amount), 0) FROM refunds r JOIN payment_parts s ON s.id = r.part_id
              JOIN payments p ON p.id = s.payment_id
             WHERE r.order_id = o.id AND p.state = 'PAID' AND r.state <> 'SUCCEEDED') AS awaited
    FROM orders o WHERE o.paid_at IS NOT NULL
)
"""
SETTLEMENTS = f"""
WITH {LEFT}, known AS (SELECT ref, order_id FROM ledger_transactions WHERE kind = 'SETTLEMENT')
SELECT CASE WHEN known.ref IS NULL THEN 'SETTLEMENT_NOT_POSTED' ELSE 'SETTLEMENT_UNKNOWN' END AS fault,
       coalesce(paid.id::text, known.ref) AS id, coalesce(paid.id, known.order_id) AS order_id,
       coalesce(paid.came - paid.back, 0) AS expected, 0 AS found
FROM (SELECT * FROM paid WHERE ended) paid FULL JOIN known ON known.ref = paid.id::text
WHERE (known.ref IS NULL AND paid.came > paid.back) OR paid.id IS NULL
"""
# Nothing but refunds on their way may be held for an order that has come to its end.
HELD = f"""
WITH {LEFT}, held AS (
    SELECT t.order_id, -sum(e.amount) AS amount FROM ledger_transactions t
    JOIN ledger_entries e ON e.transaction_id = t.id JOIN ledger_accounts a ON a.id = e.account_id
    WHERE a.kind = 'BUYER_CLEARING' GROUP BY t.order_id
)
SELECT 'STILL_HELD' AS fault, paid.id::text AS id, paid.id AS order_id, paid.awaited AS expected, held.amount AS found
FROM paid JOIN held ON held.order_id = paid.id
WHERE paid.ended AND CASE WHEN paid.awaited = 0 THEN held.amount <> 0
                                                     ELSE held.amount < paid.awaited END
"""


# Each finds differences of its own kinds. What no catching up can mend comes last, in one statement.
QUESTIONS = (PARTS, SETTLEMENTS, REFUNDS)
OTHERS = (DISPUTES, HELD, *cards.WRONG, *vouchers.WRONG, *points.WRONG)


async def differences(session: AsyncSession, *, most: int = 100, more: Sequence[str] = ()) -> Sequence[Difference]:
    """At most so many differences, those that `catch_up` can mend first; none when the books are right.

    `more`: questions of those above, which find faults of their own.
    """
    found: list[Difference] = []
    others = " UNION ALL ".join(f"SELECT * FROM ({each}) q{n}" for n, each in enumerate((*OTHERS, *more)))
    for question in (*QUESTIONS, others):
        asked = text(f"SELECT * FROM ({question}) found ORDER BY fault, id LIMIT :most")
        rows = (await session.execute(asked, {"most": most - len(found)})).all()
        found += [Difference(Fault(r.fault), r.id, r.order_id, int(r.expected), int(r.found)) for r in rows]
        if len(found) >= most:
            break
    total = await ledger.total(session)
    return [*found, Difference(Fault.UNBALANCED, "", None, 0, total)] if total else found


# ------------------------------------------------------------------------------------------------ catching up
PARTS_TO_POST = """
SELECT s.id, s.order_id, p.trade_id, s.amount, s.number, p.paid_at, NOT EXISTS (
    SELECT FROM refunds r WHERE r.part_id = s.id AND r.cause IN ('double', 'late')) AS sold
FROM payment_parts s JOIN payments p ON p.id = s.payment_id
WHERE p.state = 'PAID' AND p.way NOT IN ('CARD', 'VOUCHER')
  AND EXISTS (SELECT FROM orders o WHERE o.id = s.order_id) AND NOT EXISTS (
    SELECT FROM ledger_transactions t WHERE t.kind IN ('PAYMENT', 'DISPUTE_ACCEPTED') AND t.ref = s.id::text)
ORDER BY s.id LIMIT :most
"""
ORDERS_TO_SETTLE = f"""
WITH {LEFT} SELECT id FROM paid WHERE ended AND came > back AND NOT EXISTS (
    SELECT FROM ledger_transactions t WHERE t.kind = 'SETTLEMENT' AND t.ref = paid.id::text)
LIMIT :most
"""
REFUNDS_TO_POST = """
SELECT r.id FROM refunds r WHERE r.state = 'SUCCEEDED' AND NOT EXISTS (
    SELECT FROM ledger_transactions t WHERE t.kind IN ('REFUND', 'DISPUTE_RETURNED') AND t.ref = r.id::text)
ORDER BY r.finished_at, r.id LIMIT :most
"""


async def catch_up(database: Database, told: Callable[[int], None] = lambda _: None) -> int:
    """Posts what happened before there was a ledger, or while an older release ran; answers how many facts.

    In steps of `MOST_AT_ONCE`, each a transaction of its own: stopped, it goes on where it was when run again.
    """
    written = 0
    for step in (_catch_up_payments, _catch_up_settlements, _catch_up_refunds):
        while many := await _one_step(database, step):
            written += many
            told(written)
    return written


async def _one_step(database: Database, step: Callable[[UnitOfWork], Awaitable[int]]) -> int:
    async with database.begin() as uow:
        return await step(uow)


async def _catch_up_payments(uow: UnitOfWork) -> int:
    rows = (await uow.session.execute(text(PARTS_TO_POST), {"most": MOST_AT_ONCE})).all()
    by = await bookkeeping.subsidies_of(uow.session, {row.order_id for row in rows if row.sold})
    postings = [_payment(row, by if row.sold else {}) for row in rows]
    return await ledger.post(uow, *postings)


def _payment(row: Any, by: dict[UUID, ledger.Subsidy]) -> ledger.Posting:
    at: datetime = row.paid_at
    of, subsidy = Of(row.order_id, row.trade_id), by.get(row.order_id, ledger.NOTHING_SUBSIDISED)
    return ledger.paid(row.id, of, row.amount, at, by=subsidy, memo=f"微信支付 {row.number}")


async def _catch_up_settlements(uow: UnitOfWork) -> int:
    ids = (await uow.session.scalars(text(ORDERS_TO_SETTLE), {"most": MOST_AT_ONCE})).all()
    return await bookkeeping.completed(uow, ids)


async def _catch_up_refunds(uow: UnitOfWork) -> int:
    ids = (await uow.session.scalars(text(REFUNDS_TO_POST), {"most": MOST_AT_ONCE})).all()
    # What was written, not what was found: one that cannot be written must not keep this going for ever.
    return await bookkeeping.refunded(uow, ids)
