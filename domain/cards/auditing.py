"""Do the cards say what their logs, the orders and the ledger say? Each question answers what must not be there."""

from __future__ import annotations

from collections.abc import Mapping

# Rows of `fault, id, order_id, expected, found`, as `orders.auditing` reads them.
BALANCES = """
SELECT 'CARDS_DIFFER' AS fault, '' AS id, NULL::uuid AS order_id, cards.total AS expected, books.total AS found
FROM (SELECT coalesce(sum(balance), 0) AS total FROM cards) cards,
     (SELECT coalesce(-sum(e.amount), 0) AS total FROM ledger_entries e
        JOIN ledger_accounts a ON a.id = e.account_id WHERE a.kind = 'GIFTCARD_LIABILITY') books
WHERE cards.total <> books.total
"""
LOGS = """
SELECT 'CARD_LOG_DIFFERS' AS fault, c.id::text AS id, NULL::uuid AS order_id, c.balance AS expected,
       coalesce(e.total, 0) AS found
FROM cards c LEFT JOIN (
    SELECT card_id, sum(amount) AS total, max(position) AS last FROM card_events GROUP BY card_id) e ON e.card_id = c.id
WHERE c.balance IS DISTINCT FROM e.total OR c.events IS DISTINCT FROM e.last
"""
HOLDS = """
SELECT 'CARD_HOLD_DIFFERS' AS fault, c.id::text AS id, NULL::uuid AS order_id, c.held AS expected,
       coalesce(h.total, 0) AS found
FROM cards c LEFT JOIN (
    SELECT card_id, sum(amount) AS total FROM card_holds WHERE state = 'HELD' GROUP BY card_id) h ON h.card_id = c.id
WHERE c.held <> coalesce(h.total, 0)
"""
ORDERS = """
SELECT 'CARD_ORDER_DIFFERS' AS fault, o.id::text AS id, o.id AS order_id, o.card_total AS expected,
       coalesce(sum(h.amount), 0) AS found
FROM orders o JOIN card_holds h ON h.order_id = o.id
GROUP BY o.id HAVING o.card_total <> sum(h.amount)
    OR count(*) FILTER (WHERE h.state = 'HELD' AND o.state <> 'AWAITING_PAYMENT') > 0
    OR count(*) FILTER (WHERE h.state = 'SPENT' AND o.paid_at IS NULL) > 0
"""
QUESTIONS: Mapping[str, str] = {"balances": BALANCES, "logs": LOGS, "holds": HOLDS, "orders": ORDERS}
WRONG = tuple(QUESTIONS.values())
