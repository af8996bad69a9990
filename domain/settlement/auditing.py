"""Do the ledger, the calls at WeChat Pay and the payouts tell the same?"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Forbidden, Viewer, ViewerKind, page_size
from domain.orders import auditing
from domain.orders.auditing import Difference

# What the platform got of an order is its commission. Not compared while something is on its way.
SPLITS = """
WITH got AS (
    SELECT settlement_id, sum(CASE WHEN kind = 'SPLIT' THEN amount ELSE 0 END)
           - sum(CASE WHEN kind = 'RETURN' THEN amount ELSE 0 END) AS amount
    FROM settlement_calls WHERE state = 'SUCCEEDED' GROUP BY settlement_id
)
SELECT 'SPLIT_DIFFERS' AS fault, s.order_id::text AS id, s.order_id, s.commission AS expected, got.amount AS found
FROM settlements s JOIN got ON got.settlement_id = s.id
WHERE s.state = 'DONE' AND got.amount <> s.commission
"""
FIGURES = """
WITH booked AS (
    SELECT t.order_id, -sum(e.amount) FILTER (WHERE a.kind = 'MERCHANT_PAYABLE') AS net,
           sum(e.amount) FILTER (WHERE a.kind = 'BUYER_CLEARING') AS held
    FROM ledger_transactions t JOIN ledger_entries e ON e.transaction_id = t.id
    JOIN ledger_accounts a ON a.id = e.account_id
    WHERE t.order_id IN (SELECT order_id FROM settlements WHERE state = 'DONE') GROUP BY t.order_id
)
SELECT 'SETTLEMENT_DIFFERS' AS fault, s.order_id::text AS id, s.order_id, coalesce(b.net, 0) AS expected,
       s.net AS found
FROM settlements s JOIN booked b USING (order_id)
WHERE s.state = 'DONE' AND NOT s.release AND coalesce(b.held, 0) = 0 AND coalesce(b.net, 0) <> s.net
"""
PAYOUTS = """
WITH known AS (
    SELECT t.ref, max(e.amount) AS amount FROM ledger_transactions t
    JOIN ledger_entries e ON e.transaction_id = t.id WHERE t.kind = 'PAYOUT' GROUP BY t.ref
), due AS (
    SELECT id::text AS id, amount, state FROM payouts
    WHERE state = 'SUCCEEDED' OR (state = 'BOUNCED' AND EXISTS (
        SELECT FROM ledger_transactions t WHERE t.kind = 'PAYOUT_RETURNED' AND t.ref = payouts.id::text))
)
SELECT CASE WHEN known.ref IS NULL THEN 'PAYOUT_NOT_POSTED' WHEN due.id IS NULL THEN 'PAYOUT_UNKNOWN'
            ELSE 'PAYOUT_DIFFERS' END AS fault,
       coalesce(due.id, known.ref) AS id, NULL::uuid AS order_id,
       coalesce(due.amount, 0) AS expected, coalesce(known.amount, 0) AS found
FROM due FULL JOIN known ON known.ref = due.id WHERE due.amount IS DISTINCT FROM known.amount
"""
QUESTIONS = (SPLITS, FIGURES, PAYOUTS)


async def differences(session: AsyncSession, *, most: int = 100) -> Sequence[Difference]:
    """As `orders.auditing.differences`, and what sharing out and payouts differ in."""
    return await auditing.differences(session, most=most, more=QUESTIONS)


async def differences_for(session: AsyncSession, viewer: Viewer, first: int) -> Sequence[Difference]:
    """As `differences`, for the platform."""
    if viewer.kind is not ViewerKind.PLATFORM:
        raise Forbidden("仅平台可以查看账本")
    return await differences(session, most=page_size(first))
