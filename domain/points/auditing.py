"""Do points add up, and are they what the books owe? Each question answers what must not be there."""

from __future__ import annotations

from collections.abc import Mapping

# Rows of `fault, id, order_id, expected, found`, as `orders.auditing` reads them.
BALANCES = """
SELECT 'POINTS_DIFFER' AS fault, '' AS id, NULL::uuid AS order_id, points.total AS expected, books.total AS found
FROM (SELECT (SELECT coalesce(sum(balance), 0) FROM points_accounts)
           + (SELECT coalesce(sum(amount), 0) FROM points_uses WHERE state = 'HELD') AS total) points,
     (SELECT coalesce(-sum(e.amount), 0) AS total FROM ledger_entries e
        JOIN ledger_accounts a ON a.id = e.account_id WHERE a.kind = 'POINTS_LIABILITY') books
WHERE points.total <> books.total
"""
LOGS = """
SELECT 'POINTS_LOG_DIFFERS' AS fault, a.member_id::text AS id, NULL::uuid AS order_id, a.balance AS expected,
       coalesce(e.total, 0) AS found
FROM points_accounts a LEFT JOIN (
    SELECT member_id, sum(amount) AS total, sum(debt) AS debt, max(position) AS last
    FROM points_entries GROUP BY member_id) e ON e.member_id = a.member_id
LEFT JOIN (SELECT member_id, sum(left_over) AS total FROM points_lots WHERE left_over > 0 GROUP BY member_id) l
       ON l.member_id = a.member_id
WHERE a.balance <> coalesce(e.total, 0) OR a.debt <> coalesce(e.debt, 0) OR a.entries <> coalesce(e.last, 0)
   OR a.balance <> coalesce(l.total, 0)
"""
ORDERS = """
SELECT 'POINTS_ORDER_DIFFERS' AS fault, o.id::text AS id, o.id AS order_id, o.points_total AS expected,
       coalesce(s.amount, 0) AS found
FROM orders o LEFT JOIN (
    SELECT l.order_id, sum(h.amount) AS amount FROM order_lines l
    JOIN order_line_shares h ON h.line_id = l.id AND h.kind = 'POINTS' GROUP BY l.order_id) s ON s.order_id = o.id
LEFT JOIN (SELECT order_id, sum(amount) FILTER (WHERE state <> 'RELEASED') AS amount,
                  count(*) FILTER (WHERE state = 'HELD') AS held FROM points_uses GROUP BY order_id) u
       ON u.order_id = o.id
WHERE (o.points_total > 0 OR s.amount > 0 OR u.order_id IS NOT NULL)
  AND (o.points_total <> coalesce(s.amount, 0) OR (o.state <> 'CLOSED' AND o.points_total <> coalesce(u.amount, 0))
       OR (u.held > 0 AND o.state <> 'AWAITING_PAYMENT'))
"""
QUESTIONS: Mapping[str, str] = {"balances": BALANCES, "logs": LOGS, "orders": ORDERS}
WRONG = tuple(QUESTIONS.values())
