"""Do the vouchers say what their logs, the orders and the ledger say? Each question answers what must not be there."""

from __future__ import annotations

from collections.abc import Mapping

# Rows of `fault, id, order_id, expected, found`, as `orders.auditing` reads them. Worth is in fen, the rest in pieces.
WORTH = """
SELECT 'VOUCHERS_DIFFER' AS fault, '' AS id, NULL::uuid AS order_id, owed.total AS expected, books.total AS found
FROM (SELECT coalesce(sum(balance * value), 0) AS total FROM vouchers) owed,
     (SELECT coalesce(-sum(e.amount), 0) AS total FROM ledger_entries e
        JOIN ledger_accounts a ON a.id = e.account_id WHERE a.kind = 'VOUCHER_LIABILITY') books
WHERE owed.total <> books.total
"""
LOGS = """
SELECT 'VOUCHER_LOG_DIFFERS' AS fault, v.id::text AS id, NULL::uuid AS order_id, v.balance AS expected,
       coalesce(e.total, 0) AS found
FROM vouchers v LEFT JOIN (
    SELECT voucher_id, sum(amount) AS total, max(position) AS last FROM voucher_events GROUP BY voucher_id
) e ON e.voucher_id = v.id
WHERE v.balance IS DISTINCT FROM e.total OR v.events IS DISTINCT FROM e.last
"""
HOLDS = """
SELECT 'VOUCHER_HOLD_DIFFERS' AS fault, v.id::text AS id, NULL::uuid AS order_id, v.held AS expected,
       coalesce(h.total, 0) AS found
FROM vouchers v LEFT JOIN (
    SELECT voucher_id, sum(units) AS total FROM voucher_holds WHERE state = 'HELD' GROUP BY voucher_id
) h ON h.voucher_id = v.id
WHERE v.held <> coalesce(h.total, 0)
"""
ORDERS = """
SELECT 'VOUCHER_ORDER_DIFFERS' AS fault, o.id::text AS id, o.id AS order_id, o.card_total AS expected,
       h.units * h.value AS found
FROM orders o JOIN voucher_holds h ON h.order_id = o.id
WHERE o.card_total <> h.units * h.value OR (h.state = 'HELD' AND o.state <> 'AWAITING_PAYMENT')
    OR (h.state = 'SPENT' AND o.paid_at IS NULL)
"""
QUESTIONS: Mapping[str, str] = {"worth": WORTH, "logs": LOGS, "holds": HOLDS, "orders": ORDERS}
WRONG = tuple(QUESTIONS.values())
